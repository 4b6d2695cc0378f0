//! A customer looked for from wherever one is: type, Enter, and Esc walks back.

use crate::book::Slot;
use crate::book::columns::phone;
use crate::book::row::Row;
use crate::domain::id::Id;
use crate::text::{Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Place};
use crate::ui::fit;
use crate::ui::inquiry::Finding;
use crate::ui::job::{Done, Work};
use crate::ui::view::View;
use crate::ui::view::choose::sheet;
use crate::ui::view::customer::{mark_matches, meant_contact, new_customer_called};
use crate::ui::widget::input::Input;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::sync::Arc;

/// Hits that are shown at most.
const MOST: usize = 50;

const FIND: Words = words("Find ", "查找 ");
const WHOSE: Words = words("Whose deal is it? ", "哪位客户的商机？");

/// The line and what it found.
#[derive(Default)]
pub struct FindAnywhere {
    input: Input,
    finding: Finding,
    rows: Rows,
    /// Whether the view below asked whom is meant: it gets the customer as its answer.
    answers: bool,
}

impl FindAnywhere {
    /// The line that tells the view below whom is meant.
    pub fn answering() -> FindAnywhere {
        FindAnywhere { answers: true, ..FindAnywhere::default() }
    }

    fn search(&mut self, context: &Context<'_>) {
        self.finding.seek(&self.input.text(), context);
        self.rows.select(0, self.shown().len());
    }

    /// Takes an answer over; by the same words as before, the customer selected stays so.
    fn take_answer(&mut self, context: &Context<'_>, take: impl FnOnce(&mut Finding) -> bool) {
        let before = self.selected_customer(context).filter(|_| self.finding.found_by_these_words());
        if take(&mut self.finding) {
            let place = before.and_then(|before| self.listed(context).position(|listed| listed == before));
            self.rows.select(place.unwrap_or_default(), self.shown().len());
        }
    }

    /// Those shown.
    fn shown(&self) -> &[Slot] {
        let found = self.finding.found();
        found.get(..MOST).unwrap_or(found)
    }

    /// The customers found, best first.
    fn listed<'a>(&'a self, context: &'a Context<'_>) -> impl Iterator<Item = Id> + 'a {
        self.shown().iter().filter_map(|slot| context.book().row(*slot)).map(|row| row.id)
    }

    fn open(&self, context: &Context<'_>) -> Effect {
        let row = self.shown().get(self.rows.selected).and_then(|slot| context.book().row(*slot));
        match row {
            Some(row) if self.answers => Effect::Answer(Answer::Customer(row.id)),
            None if self.answers => Effect::None,
            Some(row) => {
                Effect::Replace(Place::Detail { customer: row.id, among: Arc::new(self.listed(context).collect()) })
            }
            None if self.input.is_empty() => Effect::None,
            None => Effect::Replace(Place::CustomerForm(Box::new(new_customer_called(self.input.text().trim())))),
        }
    }
}

impl View for FindAnywhere {
    fn scope(&self) -> Scope {
        Scope::Find
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        if self.input.act(action) {
            self.search(context);
            return Effect::None;
        }
        self.take_answer(context, |finding| finding.settle(context));
        let count = self.shown().len();
        match action {
            Action::SelectNext => self.rows.move_by(1, count),
            Action::SelectPrevious => self.rows.move_by(-1, count),
            Action::PageDown => self.rows.move_by(self.rows.page(), count),
            Action::PageUp => self.rows.move_by(-self.rows.page(), count),
            Action::Choose | Action::Open => return self.open(context),
            Action::Close | Action::GoBack | Action::FindAnywhere => return Effect::Back,
            Action::SearchTalk => return Effect::Open(Place::SearchTalk(self.input.text().trim().to_owned())),
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, context: &Context<'_>) -> Effect {
        self.input.insert(text);
        self.search(context);
        Effect::None
    }

    fn selected_customer(&self, context: &Context<'_>) -> Option<Id> {
        let slot = self.shown().get(self.rows.selected)?;
        context.book().row(*slot).map(|row| row.id)
    }

    fn refresh(&mut self, context: &Context<'_>) {
        let query = self.input.text();
        self.take_answer(context, |finding| {
            finding.seek(&query, context);
            true
        });
    }

    fn work(&mut self, context: &Context<'_>) -> Option<Work> {
        self.finding.work(context).map(Work::from)
    }

    fn found(&mut self, done: Done, context: &Context<'_>) -> Result<Effect, Done> {
        let mut others = None;
        self.take_answer(context, |finding| match finding.came_back(done) {
            Ok(is_new) => is_new,
            Err(done) => {
                others = Some(done);
                false
            }
        });
        others.map_or(Ok(Effect::None), Err)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let mut brush = sheet(area, buffer, 13, context);
        let panel = brush.area();
        let theme = context.theme;
        let x = brush.pieces(1, 0, &[(context.say(if self.answers { WHOSE } else { FIND }), theme.accent)]);
        let query = self.input.text();
        let caret = self.input.draw(&mut brush, x, 0, panel.width.saturating_sub(x + 1), theme.strong);
        let count = self.shown().len();
        self.rows.fit(usize::from(panel.height.saturating_sub(2)), count);
        for (y, place) in (1..).zip(self.rows.seen(count)) {
            let row = self.shown().get(place).and_then(|slot| context.book().row(*slot));
            let Some(row) = row else { continue };
            let name = fit::fit(row.name(), 40);
            brush.text(2, y, &name, 40, Style::new());
            let (contact, number) = reached(row, &query);
            brush.text(44, y, &contact, 12, Style::new());
            brush.text(58, y, &number, 18, Style::new());
            let selected = place == self.rows.selected;
            if selected {
                brush.select_line(y, theme.selected);
            }
            mark_matches(&mut brush, (2, y), &name, &query, selected, context);
        }
        if count == 0 {
            let hint = match (context.finder.is_some(), query.trim().is_empty() || self.finding.is_waiting()) {
                (false, _) => words("the index is being made …", "正在建立索引……"),
                (_, true) => words(
                    "name, pinyin, contact, or the last four digits of a phone",
                    "名称、拼音、联系人，或电话后四位",
                ),
                (_, false) if self.answers => words("nobody found: Esc goes back", "查无此人：按 Esc 返回"),
                (_, false) => words("nobody yet: Enter enters a new customer", "查无此人：按回车新建客户"),
            };
            brush.text(2, 1, context.say(hint), u16::MAX, theme.dim);
        }
        Some(caret)
    }

    fn floats(&self) -> bool {
        true
    }
}

/// Whom to ask for, and the number: the contact that was looked for, or else the first.
fn reached(row: &Row, query: &str) -> (String, String) {
    if let Some((name, number)) = meant_contact(row, query) {
        let number = if number.is_empty() { phone(row).into_owned() } else { number };
        return (name, number);
    }
    let first = row.contacts().iter().next().map(|(name, ..)| name.to_owned()).unwrap_or_default();
    (first, phone(row).into_owned())
}
