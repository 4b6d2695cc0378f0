//! The list of customers: found, sorted, opened.

mod columns;
mod customer;
mod drawing;

pub use customer::{copy_phone, edit, new_customer_called};

use crate::book::Slot;
use crate::book::command::Command;
use crate::book::find::Previous;
use crate::book::row::Row;
use crate::book::sorting::Sorting;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::time::Day;
use crate::query::field::{Column, columns, of_column};
use crate::text::figures::grouped;
use crate::text::{Language, Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Choosing, Effect, Place};
use crate::ui::view::View;
use crate::ui::view::detail::Detail;
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::collections::HashSet;
use std::sync::Arc;

/// Columns shown at first, in order.
const SHOWN: [Column; 15] = [
    Column::Name,
    Column::NextContact,
    Column::Owner,
    Column::LifeStage,
    Column::TotalAmount,
    Column::Phone,
    Column::LastPurchase,
    Column::Orders,
    Column::OrderValue,
    Column::Satisfaction,
    Column::Stage,
    Column::Industry,
    Column::Region,
    Column::Tier,
    Column::Code,
];
/// Width from which the selected customer is shown beside the list.
const PREVIEW_FROM: u16 = 130;
/// Columns of the screen that the preview takes.
const PREVIEW: u16 = 58;

/// Customers listed of those found: nobody reads further, and more would cost time at every key.
const MOST_FOUND: usize = 2_000;

/// Customers deleted at once without a question.
const UNASKED: usize = 50;
const MANY: Words = words("That is very many", "数量很多，请确认");
const SORT_BY: Words = words("Sort by", "按哪一列排序");
const DELETED: Words = words("Deleted; undo brings it back", "已删除，撤销可找回");

/// The list.
pub struct List {
    order: Arc<Vec<Slot>>,
    rows: Rows,
    sorting: Sorting,
    first_column: usize,
    marks: HashSet<Id>,
    find: Input,
    finding: bool,
    seen: Option<(u64, bool, String, Sorting)>,
    preview: Option<Detail>,
    /// The customer selected was just dealt with: when the rows move, the place stays and the next one comes up.
    dealt_with: bool,
    /// Whether to delete very many was asked, and the answer is awaited.
    asked: bool,
    /// Customers found, though not all may be listed.
    found: usize,
    /// The search before, for the next key.
    previous: Option<Previous>,
    /// Customers late and due, as of a revision and a day.
    counted: Option<(u64, Day, usize, usize)>,
}

impl List {
    /// The whole list, by name.
    pub fn new(context: &Context<'_>) -> List {
        let mut list = List {
            order: Arc::default(),
            rows: Rows { leaps: context.slow_line, ..Rows::default() },
            sorting: Sorting { column: Column::NextContact, descending: false },
            first_column: 0,
            marks: HashSet::new(),
            find: Input::default(),
            finding: false,
            seen: None,
            preview: None,
            dealt_with: false,
            asked: false,
            found: 0,
            previous: None,
            counted: None,
        };
        list.refresh(context);
        list
    }

    fn selected(&self) -> Option<Slot> {
        self.order.get(self.rows.selected).copied()
    }

    fn selected_row<'a>(&self, context: &'a Context<'_>) -> Option<&'a Row> {
        context.book().row(self.selected()?)
    }

    /// What is found, best first, or all in the order of the column; the selected customer stays selected.
    fn arrange(&mut self, context: &Context<'_>, keep_selection: bool) {
        let query = self.find.text();
        let now = (context.book().revision(), context.finder.is_some(), query.clone(), self.sorting);
        if self.seen.as_ref() == Some(&now) {
            return;
        }
        self.marks.retain(|id| context.book().slot_of(*id).is_some());
        if self.seen.as_ref().is_none_or(|seen| (seen.0, seen.1) != (now.0, now.1)) {
            self.previous = None;
        }
        let dealt_with = std::mem::take(&mut self.dealt_with);
        let selected = self.selected().filter(|_| keep_selection && !dealt_with);
        let book = context.book();
        let order = match context.finder {
            _ if query.trim().is_empty() => {
                let all: Vec<Slot> = book.rows().map(|(slot, _)| slot).collect();
                book.sorted(&all, &[self.sorting], context.today(), context.language)
            }
            Some(finder) => {
                let hits = finder.search(&query, MOST_FOUND, self.previous.as_ref());
                self.found = hits.total;
                self.previous = Some(hits.previous);
                hits.hits.iter().map(|hit| hit.slot).collect()
            }
            None => book.rows().filter(|(_, row)| row.name().contains(query.trim())).map(|(slot, _)| slot).collect(),
        };
        self.order = Arc::new(order);
        self.seen = Some(now);
        let place = selected.and_then(|slot| self.order.iter().position(|other| *other == slot));
        let place = place.unwrap_or(if keep_selection { self.rows.selected } else { 0 });
        self.rows.select(place, self.order.len());
    }

    fn open(&mut self, context: &Context<'_>) -> Effect {
        // Whoever comes back from there comes back to the list, narrowed as it was.
        self.finding = false;
        match self.selected_row(context) {
            Some(row) => {
                Effect::Open(Place::Detail { customer: row.id, among: Arc::new(self.listed(context).collect()) })
            }
            None => Effect::None,
        }
    }

    fn delete(&mut self, sure: bool, context: &Context<'_>) -> Effect {
        let ids: Vec<Id> = match self.marks.is_empty() {
            true => self.selected_row(context).map(|row| row.id).into_iter().collect(),
            false => self.listed(context).filter(|id| self.marks.contains(id)).collect(),
        };
        self.asked = ids.len() > UNASKED && !sure;
        if self.asked {
            return ask_before_deleting(ids.len(), context);
        }
        let remove = |id: Id| Command::Remove { kind: Kind::Customer, id, home: id };
        Effect::RunAll(ids.into_iter().map(remove).collect(), DELETED)
    }

    fn choose_column(&mut self, context: &Context<'_>) -> Effect {
        self.asked = false;
        let options = columns().map(|field| (field.heading(context.language).to_owned(), String::new())).collect();
        let selected =
            columns().position(|field| field.column.is_some_and(|(column, _)| column == self.sorting.column));
        Effect::Open(Place::Choose(Choosing { title: SORT_BY, options, selected: selected.unwrap_or(0), own: false }))
    }

    /// The customers of the list, in its order.
    fn listed<'a>(&'a self, context: &'a Context<'_>) -> impl Iterator<Item = Id> + 'a {
        self.order.iter().filter_map(|slot| context.book().row(*slot)).map(|row| row.id)
    }

    fn mark(&mut self, context: &Context<'_>) {
        if let Some(id) = self.selected_customer(context) {
            if !self.marks.remove(&id) {
                self.marks.insert(id);
            }
            self.rows.move_by(1, self.order.len());
        }
    }

    fn moved(&mut self, action: Action) -> bool {
        let count = self.order.len();
        match action {
            Action::SelectNext | Action::NextMatch => self.rows.move_by(1, count),
            Action::SelectPrevious | Action::PreviousMatch => self.rows.move_by(-1, count),
            Action::SelectFirst => self.rows.select(0, count),
            Action::SelectLast => self.rows.select(count.saturating_sub(1), count),
            Action::PageDown => self.rows.move_by(self.rows.page(), count),
            Action::PageUp => self.rows.move_by(-self.rows.page(), count),
            Action::HalfPageDown => self.rows.move_by(self.rows.half(), count),
            Action::HalfPageUp => self.rows.move_by(-self.rows.half(), count),
            Action::NextColumn => self.first_column = (self.first_column + 1).min(SHOWN.len() - 2),
            Action::PreviousColumn => self.first_column = self.first_column.saturating_sub(1),
            _ => return false,
        }
        true
    }

    /// One level back: the find line is left, then emptied, then the marks are taken off.
    fn back(&mut self, context: &Context<'_>) -> Effect {
        if self.finding {
            self.finding = false;
        } else if !self.find.is_empty() {
            self.find = Input::default();
            self.arrange(context, true);
        } else if !self.marks.is_empty() {
            self.marks.clear();
        }
        Effect::None
    }
}

impl View for List {
    fn scope(&self) -> Scope {
        if self.finding { Scope::Find } else { Scope::List }
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        if self.moved(action) {
            return Effect::None;
        }
        match action {
            Action::Open | Action::Choose => return self.open(context),
            Action::Find => self.finding = true,
            Action::Close | Action::GoBack => return self.back(context),
            Action::Mark => self.mark(context),
            Action::MarkAll => self.marks = self.listed(context).collect(),
            Action::ClearMarks => self.marks.clear(),
            Action::SortBy => return self.choose_column(context),
            Action::SortReverse => {
                self.sorting.descending = !self.sorting.descending;
                self.arrange(context, false);
            }
            Action::NewCustomer => return Effect::Open(Place::CustomerForm(Box::default())),
            Action::Edit => return edit(self.selected_customer(context), context),
            Action::Delete => return self.delete(false, context),
            Action::CopyPhone => return copy_phone(self.selected_row(context), context),
            _ if self.finding && self.find.act(action) => self.arrange(context, false),
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, context: &Context<'_>) -> Effect {
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
        let Answer::Option(place) = answer else { return Effect::None };
        if std::mem::take(&mut self.asked) {
            return if place == 1 { self.delete(true, context) } else { Effect::None };
        }
        if let Some((column, _)) = columns().nth(place).and_then(|field| field.column) {
            let numbers = of_column(column).is_some_and(|field| field.holds.is_number());
            let again = self.sorting.column == column;
            self.sorting = Sorting { column, descending: if again { !self.sorting.descending } else { numbers } };
            self.arrange(context, false);
        }
        Effect::None
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.arrange(context, true);
    }

    fn logged(&mut self, _customer: Id) {
        self.dealt_with = true;
    }

    fn select_customer(&mut self, customer: Id, context: &Context<'_>) {
        self.arrange(context, true);
        let slot = context.book().slot_of(customer);
        if let Some(place) = slot.and_then(|slot| self.order.iter().position(|other| *other == slot)) {
            self.rows.select(place, self.order.len());
        }
    }

    fn selected_customer(&self, context: &Context<'_>) -> Option<Id> {
        self.selected_row(context).map(|row| row.id)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        self.arrange(context, true);
        let wide = area.width >= PREVIEW_FROM;
        let width = if wide { area.width - PREVIEW } else { area.width };
        let list = Rect { width, ..area };
        let caret = self.draw_heading(&mut Brush::new(buffer, list), context);
        let body = Rect { y: list.y + 2, height: list.height.saturating_sub(2), ..list };
        self.rows.fit(usize::from(body.height), self.order.len());
        let selected = self.draw_rows(&mut Brush::new(buffer, body), context);
        if wide && let Some(row) = self.selected_row(context) {
            let beside = Rect { x: area.x + width + 2, width: PREVIEW - 3, ..area };
            let preview = self.preview.get_or_insert_with(|| Detail::new(row.id, Arc::default()));
            preview.draw_beside(row.id, beside, buffer, context);
        }
        caret.or(selected)
    }

    fn foot(&self, context: &Context<'_>) -> String {
        if self.order.is_empty() {
            return String::new();
        }
        let place = format!("{}/{}", grouped(self.rows.selected as u64 + 1), grouped(self.order.len() as u64));
        match self.marks.len() {
            0 => place,
            marks => format!("{} {marks}  {place}", context.say(words("marked", "已标记"))),
        }
    }
}

/// Only what concerns very many is asked; everything else is undone instead.
fn ask_before_deleting(count: usize, context: &Context<'_>) -> Effect {
    let delete = match context.language {
        Language::En => format!("delete {count} customers"),
        Language::Zh => format!("删除 {count} 位客户"),
    };
    let options = vec![(context.say(words("keep them", "不删除")).to_owned(), String::new()), (delete, String::new())];
    Effect::Open(Place::Choose(Choosing { title: MANY, options, selected: 0, own: false }))
}
