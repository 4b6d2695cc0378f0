//! The list as a view: what its keys do, and what is seen of it.

use super::order::ids;
use super::{List, PREVIEW, PREVIEW_FROM, Question, filter_line};
use crate::domain::id::Id;
use crate::text::figures::grouped;
use crate::text::words;
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Place};
use crate::ui::job::{Done, Job};
use crate::ui::view::View;
use crate::ui::view::customer::{copy_phone, edit};
use crate::ui::view::detail::Detail;
use crate::ui::widget::paint::Brush;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::sync::Arc;

impl View for List {
    fn scope(&self) -> Scope {
        if self.finding || self.filter.writing { Scope::Find } else { Scope::List }
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        if self.filter.writing {
            return self.act_on_filter(action, context);
        }
        if self.finding && self.find.act(action) {
            self.arrange(context, false);
            return Effect::None;
        }
        self.settle(context);
        if self.moved(action) {
            return Effect::None;
        }
        let effect = self.must_wait(action, context).or_else(|| self.act_on_marks(action, context));
        if let Some(effect) = effect {
            return effect;
        }
        match action {
            Action::Open | Action::Choose => return self.open(context),
            Action::Find => self.finding = true,
            Action::Filter => {
                self.finding = false;
                self.filter.begin();
            }
            Action::Close | Action::GoBack => return self.back(context),
            Action::SortBy => return self.choose_sorting(false, context),
            Action::SortAlso => return self.choose_sorting(true, context),
            Action::SortReverse => self.turn_round(context),
            Action::GroupBy => return self.choose_grouping(context),
            Action::SumUp => return self.choose_sum(context),
            Action::Views => return self.choose_view(context),
            Action::Columns => return Effect::Open(Place::Columns(Box::new(self.layout.clone()), self.drawn.clone())),
            Action::Bulk => return self.choose_bulk(context),
            Action::ExportRows => return self.ask_format(context),
            Action::Recalculate => return Effect::GradeOnly(self.chosen(context)),
            Action::NewCustomer => return Effect::Open(Place::CustomerForm(Box::default())),
            Action::Edit => return edit(self.selected_customer(context), context),
            Action::Delete => return self.delete(context),
            Action::CopyPhone => return copy_phone(self.selected_row(context), context),
            Action::SearchTalk => return Effect::Open(Place::SearchTalk(self.find.text().trim().to_owned())),
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, context: &Context<'_>) -> Effect {
        if self.filter.writing {
            self.filter.typed(text);
            self.filter_changed(context);
            return Effect::None;
        }
        let opens = self.finding || !text.is_ascii() || text.chars().count() > 1;
        if !opens {
            return Effect::Unknown;
        }
        self.finding = true;
        self.find.insert(text);
        self.arrange(context, false);
        Effect::None
    }

    fn answered(&mut self, answer: Answer, context: &Context<'_>) -> Effect {
        let question = std::mem::take(&mut self.question);
        match (question, answer) {
            (_, Answer::Layout(layout)) => {
                self.layout = *layout;
                self.called.clear();
                self.first_column = self.first_column.min(self.last_first_column());
                self.sums = None;
            }
            (Question::Sort { also }, Answer::Option(place)) => {
                self.sort_by(place, also);
                self.arrange(context, false);
            }
            (Question::Group, Answer::Option(place)) => self.group_by(place, context),
            (Question::Sum, Answer::Option(place)) => self.sum_up(place),
            (Question::View, Answer::Option(place)) => return self.view_chosen(place, context),
            (Question::Keep, answer) => return self.keep_view(answer, context),
            (Question::Drop, Answer::Option(place)) => return Self::drop_view(place, context),
            (Question::Bulk, Answer::Option(place)) => return self.bulk_chosen(place, context),
            (Question::Value(bulk), answer) => return self.value_chosen(bulk, &answer, context),
            (Question::Sure(bulk), Answer::Option(1)) => return self.run_bulk(&bulk, context),
            (Question::Format, Answer::Option(place)) => return self.export_listed(place, context),
            _ => {}
        }
        self.arrange(context, true);
        Effect::None
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.arrange(context, true);
    }

    fn work(&mut self, context: &Context<'_>) -> Option<Job> {
        self.gather_beyond(context).or_else(|| self.list_away(context))
    }

    fn found(&mut self, done: Done) -> Option<Done> {
        self.away.came_back(done)
    }

    fn logged(&mut self, _customer: Id) {
        self.dealt_with = true;
    }

    fn select_customer(&mut self, customer: Id, context: &Context<'_>) {
        self.settle(context);
        let slot = context.book().slot_of(customer);
        if let Some(place) = slot.and_then(|slot| self.order.iter().position(|other| *other == slot)) {
            self.rows.select(place, self.count());
        }
    }

    fn mark_made_since(&mut self, since: Id, context: &Context<'_>) {
        // Ids grow as they are given out, and an import's own is given out before those of what it makes.
        self.marks.set(context.book().rows().map(|(_, row)| row.id).filter(|id| *id > since).collect());
        self.settle(context);
        let first = self
            .order
            .iter()
            .position(|slot| context.book().row(*slot).is_some_and(|row| self.marks.contains(&row.id)));
        self.rows.select(first.unwrap_or_default(), self.count());
    }

    fn selected_customer(&self, context: &Context<'_>) -> Option<Id> {
        self.selected_row(context).map(|row| row.id)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        self.arrange(context, true);
        let wide = area.width >= PREVIEW_FROM && !self.is_grouped();
        let width = if wide { area.width - PREVIEW } else { area.width };
        let list = Rect { width, ..area };
        let head = if self.filter.writing { filter_line::HEIGHT + 1 } else { 2 };
        let caret = self.draw_heading(&mut Brush::new(buffer, list), head - 1, context);
        let foot = u16::from(self.layout.summed.is_some());
        let body = Rect { y: list.y + head, height: list.height.saturating_sub(head + foot), ..list };
        self.rows.fit(usize::from(body.height), self.count());
        let selected = match self.is_grouped() {
            true => self.draw_groups(&mut Brush::new(buffer, body), context),
            false => self.draw_rows(&mut Brush::new(buffer, body), context),
        };
        if foot > 0 {
            let line = Rect { y: body.bottom(), height: 1, ..list };
            self.draw_sums(&mut Brush::new(buffer, line), context);
        }
        if wide && let Some(row) = self.selected_row(context) {
            let beside = Rect { x: area.x + width + 2, width: PREVIEW - 3, ..area };
            let preview = self.preview.get_or_insert_with(|| Detail::new(row.id, Arc::default()));
            preview.draw_beside(row.id, beside, buffer, context);
        }
        caret.or(selected)
    }

    /// With marks the foot names what is done to many; without, what finds one.
    fn offers(&self, action: Action) -> bool {
        let nobody = self.order.is_empty() && !self.is_narrowed();
        match action {
            // In an empty book there is nothing to be done but to fill it.
            _ if nobody => matches!(action, Action::NewCustomer | Action::Undo),
            Action::Recalculate | Action::Bulk => !self.marks.is_empty(),
            Action::Find | Action::Filter | Action::Views | Action::SortBy | Action::Columns => self.marks.is_empty(),
            Action::CompleteName => self.filter.writing,
            Action::FollowUp | Action::Edit => !self.filter.writing && !self.is_grouped(),
            Action::GoBack => self.is_narrowed(),
            _ => true,
        }
    }

    fn foot(&self, context: &Context<'_>) -> String {
        if self.count() == 0 {
            return String::new();
        }
        let place = format!("{}/{}", grouped(self.rows.selected as u64 + 1), grouped(self.count() as u64));
        match self.marks.len() {
            0 => place,
            marks => format!("{} {marks}  {place}", context.say(words("marked", "已标记"))),
        }
    }
}

impl List {
    fn open(&mut self, context: &Context<'_>) -> Effect {
        if self.is_grouped() {
            self.open_group(context);
            return Effect::None;
        }
        // Whoever comes back from there comes back to the list, narrowed as it was.
        self.finding = false;
        match self.selected_row(context) {
            Some(row) => {
                let among = Arc::new(ids(&self.order, context.book()).collect());
                Effect::Open(Place::Detail { customer: row.id, among })
            }
            None => Effect::None,
        }
    }
}
