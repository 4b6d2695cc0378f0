//! The list as a view: what its keys do, and what is seen of it.

use super::bulk::{self, Bulk};
use super::layout::{self, Laid};
use super::order::ids;
use super::{Chosen, List, PREVIEW, PREVIEW_FROM, export, filter_line};
use crate::domain::id::Id;
use crate::exchange::export::Format;
use crate::query::field::Column;
use crate::text::figures::grouped;
use crate::text::words;
use crate::ui::action::{Action, Scope};
use crate::ui::choosing::Choosing;
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Intent, Notice, Place};
use crate::ui::job::{Done, Work};
use crate::ui::view::View;
use crate::ui::view::customer::{copy_phone, edit};
use crate::ui::view::detail::Detail;
use crate::ui::view::tiers::asking::{self, Next};
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
            Action::SortBy => return self.choose(layout::sortings(&self.layout, false, context).map(Chosen::Laid)),
            Action::SortAlso => return self.choose(layout::sortings(&self.layout, true, context).map(Chosen::Laid)),
            Action::SortReverse => self.turn_round(context),
            Action::GroupBy => return self.choose(layout::groupings(&self.layout, context).map(Chosen::Laid)),
            Action::SumUp => return self.choose(layout::sums(&self.layout, context).map(Chosen::Laid)),
            Action::Views => return self.choose(layout::views(context).map(Chosen::Laid)),
            Action::Columns => return Effect::Open(Place::Columns(Box::new(self.layout.clone()), self.drawn.clone())),
            Action::Bulk => return self.choose_bulk(context),
            Action::ExportRows => return self.ask_format(context),
            Action::Recalculate => {
                return self.choose(asking::way(context).map(|chosen| Chosen::Grading(Box::new(chosen))));
            }
            Action::NewCustomer => return Effect::Open(Place::CustomerForm(Box::default())),
            Action::Edit => return edit(self.selected_customer(context), context),
            Action::Delete => return self.run_bulk(Bulk::Delete, context),
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
        if let Answer::Layout(layout) = answer {
            self.layout = *layout;
            self.called.clear();
            self.sideways.keep_within(&self.layout);
            self.sums = None;
            self.arrange(context, true);
            return Effect::None;
        }
        match self.choice.chosen(answer) {
            Some(Chosen::Laid(laid)) => self.laid(laid, context),
            Some(Chosen::Bulk(chosen)) => self.bulk_chosen(chosen, context),
            Some(Chosen::Grading(chosen)) => match asking::next(*chosen, context) {
                Next::Ask(choosing) => self.choose(choosing.map(|chosen| Chosen::Grading(Box::new(chosen)))),
                Next::Grade(grading, as_of) => {
                    let only = Some(self.chosen(context)).filter(|chosen| !chosen.is_empty());
                    let only = only.map(|only| Arc::new(only.into_iter().collect()));
                    Effect::Go(Box::new(Place::Tiers), Some(Intent::Grade(Box::new(grading), as_of, only)), None)
                }
                Next::Done(effect) => effect,
            },
            Some(Chosen::Format(format)) => self.exported(&self.written(context), format, context),
            None => Effect::None,
        }
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.arrange(context, true);
    }

    fn work(&mut self, context: &Context<'_>) -> Option<Work> {
        self.gather_beyond(context).or_else(|| self.list_away(context)).map(Work::from)
    }

    fn found(&mut self, done: Done, context: &Context<'_>) -> Result<Effect, Done> {
        match self.away.take(done) {
            Ok(_) => {
                self.arrange(context, true);
                Ok(Effect::None)
            }
            Err(done) => self.take_beyond(done, context),
        }
    }

    fn receive(&mut self, intent: Intent, context: &Context<'_>) -> Effect {
        match intent {
            Intent::Select(customer) | Intent::Seen(customer) => self.go_to(customer, context),
            Intent::MarkMadeSince(since) => self.mark_made_since(since, context),
            Intent::Logged(_) => self.dealt_with = true,
            Intent::Act(action) => return self.act(action, context),
            Intent::Grade(..) => {}
        }
        Effect::None
    }

    fn selected_customer(&self, context: &Context<'_>) -> Option<Id> {
        self.selected_row(context).map(|row| row.id)
    }

    fn prepare(&mut self, area: Rect, context: &Context<'_>) {
        self.arrange(context, true);
        self.reckon(context);
        if self.is_wide(area)
            && let Some(customer) = self.selected_customer(context)
        {
            let preview = self.preview.get_or_insert_with(|| Detail::new(customer, Arc::default()));
            preview.read_beside(customer, context);
        }
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let wide = self.is_wide(area);
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
        if wide
            && self.selected().is_some()
            && let Some(preview) = &mut self.preview
        {
            let beside = Rect { x: area.x + width + 2, width: PREVIEW - 3, ..area };
            preview.draw_beside(beside, buffer, context);
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
    /// Whether the selected customer is shown beside.
    fn is_wide(&self, area: Rect) -> bool {
        area.width >= PREVIEW_FROM && !self.is_grouped()
    }

    fn go_to(&mut self, customer: Id, context: &Context<'_>) {
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

    fn choose(&mut self, choosing: Choosing<Chosen>) -> Effect {
        self.choice.open(choosing)
    }

    /// Takes how it is to be laid out.
    fn laid(&mut self, laid: Laid, context: &Context<'_>) -> Effect {
        match laid {
            Laid::Sort { column, also } => {
                layout::sort_by(&mut self.layout, column, also);
                self.arrange(context, false);
            }
            Laid::Group(column) => {
                self.layout.grouping = column;
                self.opened_from.clear();
                self.regroup(context);
                self.rows.select(0, self.count());
            }
            Laid::Sum(column) => (self.layout.summed, self.sums) = (column, None),
            Laid::View(layout, name) => self.lay_out(*layout, &name, context),
            Laid::Keep => return self.choose(layout::names(context).map(Chosen::Laid)),
            Laid::KeepAs(_, name) if name.is_empty() => {}
            Laid::KeepAs(id, name) => {
                self.called.clone_from(&name);
                return layout::keep(&self.layout, id, &name, context);
            }
            Laid::Drop => return self.choose(layout::dropped(context).map(Chosen::Laid)),
            Laid::DropView(id) => return layout::drop_view(id, context),
        }
        self.arrange(context, true);
        Effect::None
    }

    /// Asks what to do to all that are marked.
    fn choose_bulk(&mut self, context: &Context<'_>) -> Effect {
        let meant = self.meant(context);
        if meant.is_empty() {
            let nobody = words("nobody is marked or selected", "没有标记或选中的客户");
            return Effect::Say(Notice::note(context.say(nobody)));
        }
        let whom = bulk::whom(&meant, &self.order, context);
        self.choose(bulk::acts(whom, context).map(Chosen::Bulk))
    }

    /// Takes the act, then its value where it has one.
    fn bulk_chosen(&mut self, chosen: bulk::Chosen, context: &Context<'_>) -> Effect {
        match chosen {
            bulk::Chosen::Act(Bulk::Delete) => self.run_bulk(Bulk::Delete, context),
            bulk::Chosen::Act(Bulk::HandOver) => Effect::Open(Place::HandOver(self.meant(context))),
            bulk::Chosen::Act(act) => self.choose(bulk::value(act, &self.meant(context), context).map(Chosen::Bulk)),
            bulk::Chosen::Value(act) => self.run_bulk(act, context),
            bulk::Chosen::Typed(act, text) => match bulk::typed(act, &text, context) {
                Ok(act) => self.run_bulk(act, context),
                Err(told) => Effect::Say(Notice::error(told)),
            },
            bulk::Chosen::Sure(Some(act)) => bulk::run(&act, &self.meant(context), context),
            bulk::Chosen::Sure(None) => Effect::None,
        }
    }

    /// Does it to all that are meant, unless they are very many: then it is asked first.
    fn run_bulk(&mut self, act: Bulk, context: &Context<'_>) -> Effect {
        let meant = self.meant(context);
        match (bulk::sure(&act, meant.len(), context), act) {
            (Some(sure), _) => self.choose(sure.map(Chosen::Bulk)),
            (None, Bulk::Export(format)) => self.exported(&meant, format, context),
            (None, act) => bulk::run(&act, &meant, context),
        }
    }

    /// Asks in which format those marked are to be written, or all that are listed where nobody is marked.
    fn ask_format(&mut self, context: &Context<'_>) -> Effect {
        let meant = self.written(context);
        if meant.is_empty() {
            return Effect::Say(Notice::note(context.say(words("nobody is listed", "列表里没有客户"))));
        }
        let whom = bulk::whom(&meant, &self.order, context);
        self.choose(export::formats(whom, context).map(Chosen::Format))
    }

    /// Those marked, else all that are found.
    fn written(&self, context: &Context<'_>) -> Vec<Id> {
        match self.marks.is_empty() {
            true => ids(&self.all_found(context), context.book()).collect(),
            false => self.meant(context),
        }
    }

    fn exported(&self, ids: &[Id], format: Format, context: &Context<'_>) -> Effect {
        let columns: Vec<Column> = self.layout.columns.iter().map(|(column, _)| *column).collect();
        export::exported(ids, &columns, format, context)
    }
}
