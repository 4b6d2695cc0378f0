//! The list of customers: found, filtered, sorted, grouped, opened, marked.

mod asked;
mod beyond;
mod bulk;
mod columns;
mod completing;
mod drawing;
mod export;
mod filter_line;
mod grouped;
mod layout;
mod marking;
mod marks;
mod order;
mod screen;

pub(in crate::ui) use columns::wish;
pub(in crate::ui) use export::FORMATS;

use crate::book::Slot;
use crate::book::arrangement::Arrangement;
use crate::book::find::Previous;
use crate::book::grouping::{Group, Summed};
use crate::book::row::Row;
use crate::domain::time::Day;
use crate::query::field::Column;
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::effect::Effect;
use crate::ui::inquiry::Inquiry;
use crate::ui::view::View;
use crate::ui::view::detail::Detail;
use crate::ui::widget::input::Input;
use crate::ui::widget::rows::Rows;
use asked::{Asked, Away};
use bulk::Bulk;
use filter_line::FilterLine;
use marks::Marks;
use std::sync::Arc;

/// Width from which the selected customer is shown beside the list.
const PREVIEW_FROM: u16 = 130;
/// Columns of the screen that the preview takes.
const PREVIEW: u16 = 58;

/// The list.
pub struct List {
    order: Arc<Vec<Slot>>,
    rows: Rows,
    layout: Arrangement,
    /// What the layout is called, where it is a view.
    called: String,
    first_column: usize,
    /// The columns that stay on the screen as it was drawn last.
    stays: Option<usize>,
    marks: Marks,
    find: Input,
    finding: bool,
    /// What those listed were found by: while the answer to the next letter is on its way they stand as they stood.
    found_by: String,
    filter: FilterLine,
    seen: Option<Asked>,
    /// The list that is worked out beside the screen.
    away: Inquiry<Away>,
    /// The list before anything was looked for.
    unsearched: Option<(Asked, Arc<Vec<Slot>>)>,
    preview: Option<Detail>,
    /// The customer selected was just dealt with: when the rows move, the place stays and the next one comes up.
    dealt_with: bool,
    /// What was asked above, and is answered next.
    question: Question,
    /// Customers found, though not all may be listed.
    found: usize,
    /// The search before, for the next key.
    previous: Option<Previous>,
    /// The groups listed instead of customers, and the layouts from which one of them was opened.
    groups: Vec<Group>,
    opened_from: Vec<(Arrangement, String, usize)>,
    /// The column summed up.
    sums: Option<Summed>,
    /// Customers late and due, as of a revision and a day.
    counted: Option<(u64, Day, usize, usize)>,
    /// The columns on the screen, and how wide.
    drawn: Vec<(Column, u16)>,
}

/// What the list has asked in a view above.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Question {
    /// Nothing.
    #[default]
    None,
    /// Which column to sort by, after those it is sorted by or instead.
    Sort { also: bool },
    /// What to group by.
    Group,
    /// What to sum up.
    Sum,
    /// Which view.
    View,
    /// Under which name to keep the view.
    Keep,
    /// Which of the views kept to drop.
    Drop,
    /// What to do to all that are marked.
    Bulk,
    /// With which value.
    Value(Bulk),
    /// Whether really.
    Sure(Bulk),
    /// In which format those marked, or all, are to be written.
    Format,
}

impl List {
    /// Everybody, by next contact.
    pub fn new(context: &Context<'_>) -> List {
        let mut list = List {
            order: Arc::default(),
            rows: Rows { leaps: context.slow_line, ..Rows::default() },
            layout: Arrangement::default(),
            called: String::new(),
            first_column: 0,
            stays: None,
            marks: Marks::default(),
            find: Input::default(),
            finding: false,
            found_by: String::new(),
            filter: FilterLine::default(),
            seen: None,
            away: Inquiry::default(),
            unsearched: None,
            preview: None,
            dealt_with: false,
            question: Question::None,
            found: 0,
            previous: None,
            groups: Vec::new(),
            opened_from: Vec::new(),
            sums: None,
            counted: None,
            drawn: Vec::new(),
        };
        list.refresh(context);
        list
    }

    fn selected(&self) -> Option<Slot> {
        self.order.get(self.rows.selected).copied().filter(|_| !self.is_grouped())
    }

    fn selected_row<'a>(&self, context: &'a Context<'_>) -> Option<&'a Row> {
        context.book().row(self.selected()?)
    }

    /// Rows listed: customers, or groups of them.
    fn count(&self) -> usize {
        if self.is_grouped() { self.groups.len() } else { self.order.len() }
    }

    fn moved(&mut self, action: Action) -> bool {
        let count = self.count();
        match action {
            Action::NextMatch => self.rows.move_by(1, count),
            Action::PreviousMatch => self.rows.move_by(-1, count),
            Action::NextColumn => self.first_column = (self.first_column + 1).min(self.last_first_column()),
            Action::PreviousColumn => self.first_column = self.first_column.saturating_sub(1),
            _ if !self.rows.act(action, count) => return false,
            _ => {}
        }
        self.marks.end_range();
        true
    }

    /// One level back: a line is left, the find emptied, a group left, the filter taken off. Marks stay: they are work.
    fn back(&mut self, context: &Context<'_>) -> Effect {
        if self.filter.writing {
            self.filter.leave();
            let text = self.layout.filter.clone();
            self.filter.set(&text);
        } else if self.finding {
            self.finding = false;
        } else if !self.find.is_empty() {
            self.find = Input::default();
        } else if self.leave_group() {
            // Its groups are listed again.
        } else if self.layout.grouping.take().is_some() {
            self.rows.select(0, self.count());
        } else if !self.filter.text().is_empty() {
            self.put_filter("");
        } else {
            return self.marks_stay(context);
        }
        self.arrange(context, true);
        Effect::None
    }

    /// Whether Esc has something to undo of what narrows or groups the list.
    fn is_narrowed(&self) -> bool {
        let filters = self.filter.writing || !self.filter.text().is_empty();
        self.finding || filters || !self.find.is_empty() || self.layout.grouping.is_some()
    }

    /// Acts of the filter line while it is written.
    fn act_on_filter(&mut self, action: Action, context: &Context<'_>) -> Effect {
        match action {
            Action::Choose | Action::Open => {
                if self.filter.finish() {
                    self.layout.filter = self.filter.text().to_owned();
                    self.called.clear();
                    self.arrange(context, false);
                }
            }
            Action::Close | Action::GoBack => return self.back(context),
            _ if self.filter.act(action, context) => self.filter_changed(context),
            _ => {
                self.settle(context);
                return if self.moved(action) { Effect::None } else { Effect::Unknown };
            }
        }
        Effect::None
    }

    /// A filter is applied at every key at which it can be read.
    fn filter_changed(&mut self, context: &Context<'_>) {
        // What is offered next may have to be gathered first.
        self.filter.offer(context);
        self.filter.look_up(context);
        if self.filter.apply() {
            self.arrange(context, false);
        }
    }

    /// Puts a filter in force.
    fn put_filter(&mut self, text: &str) {
        text.clone_into(&mut self.layout.filter);
        self.filter.set(text);
        self.called.clear();
    }
}
