//! The list of customers: found, filtered, sorted, grouped, opened, marked.

mod asked;
mod bulk;
mod columns;
mod completing;
mod drawing;
mod export;
mod filter_line;
mod grouped;
mod layout;
mod marks;
mod order;
mod screen;

pub(in crate::ui) use columns::wish;

use crate::book::Slot;
use crate::book::arrangement::Arrangement;
use crate::book::beyond::{Beyond, asks_beyond, is_gathered};
use crate::book::find::Previous;
use crate::book::grouping::{Group, Summed, groups};
use crate::book::listing::Listed;
use crate::book::row::Row;
use crate::desk::gathering::{beyond, take_beyond};
use crate::domain::time::Day;
use crate::exchange::export::Format;
use crate::query::field::Column;
use crate::query::filter::Filter;
use crate::store::error::StoreError;
use crate::text::words;
use crate::ui::action::Action;
use crate::ui::choosing::Choice;
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice};
use crate::ui::job::{Done, Job};
use crate::ui::pending::Pending;
use crate::ui::view::View;
use crate::ui::view::detail::Detail;
use crate::ui::view::tiers::asking;
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use asked::{Asked, Away};
use columns::Sideways;
use filter_line::FilterLine;
use layout::Laid;
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
    sideways: Sideways,
    marks: Marks,
    find: Input,
    finding: bool,
    /// What those listed were found by: while the answer to the next letter is on its way they stand as they stood.
    found_by: String,
    filter: FilterLine,
    seen: Option<Asked>,
    /// The list that is worked out beside the screen.
    away: Pending<Away, Listed>,
    /// What rows do not hold, gathered beside the screen once it is asked for.
    beyond: Pending<(), (u64, Box<Beyond>)>,
    /// Why it could not be.
    unread: Option<StoreError>,
    /// The list before anything was looked for.
    unsearched: Option<(Asked, Arc<Vec<Slot>>)>,
    preview: Option<Detail>,
    /// The customer selected was just dealt with: when the rows move, the place stays and the next one comes up.
    dealt_with: bool,
    choice: Choice<Chosen>,
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

/// What is chosen in a list laid over this one.
enum Chosen {
    /// How it is laid out.
    Laid(Laid),
    /// What is done to many.
    Bulk(bulk::Chosen),
    /// How those marked, or all, are graded anew.
    Grading(Box<asking::Chosen>),
    /// In which format those marked, or all, are written.
    Format(Format),
}

impl List {
    /// Everybody, by next contact.
    pub fn new(context: &Context<'_>) -> List {
        let mut list = List {
            order: Arc::default(),
            rows: Rows { leaps: context.slow_line, ..Rows::default() },
            layout: Arrangement::default(),
            called: String::new(),
            sideways: Sideways::default(),
            marks: Marks::default(),
            find: Input::default(),
            finding: false,
            found_by: String::new(),
            filter: FilterLine::default(),
            seen: None,
            away: Pending::default(),
            beyond: Pending::default(),
            unread: None,
            unsearched: None,
            preview: None,
            dealt_with: false,
            choice: Choice::default(),
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
            Action::NextColumn => self.sideways.go(true, &self.layout),
            Action::PreviousColumn => self.sideways.go(false, &self.layout),
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

    /// Whether groups are listed; a find lists customers again.
    pub(super) fn is_grouped(&self) -> bool {
        self.layout.grouping.is_some() && self.find.is_empty()
    }

    /// Makes the groups of those listed.
    pub(super) fn regroup(&mut self, context: &Context<'_>) {
        let grouping = self.layout.grouping.filter(|_| self.is_grouped() && !self.is_in_doubt(context));
        self.groups = match grouping {
            Some(column) => groups(context.book(), &self.order, column, context.today(), context.language),
            None => Vec::new(),
        };
    }

    /// Lists the customers of the group selected; going back lists the groups again.
    pub(super) fn open_group(&mut self, context: &Context<'_>) {
        let Some(group) = self.groups.get(self.rows.selected) else { return };
        let parts = self.filter.filter().cloned().into_iter().chain([group.filter.clone()]).collect();
        let text = Filter::all(parts).said(context.language);
        self.opened_from.push((self.layout.clone(), self.called.clone(), self.rows.selected));
        self.layout.grouping = None;
        self.put_filter(&text);
        self.arrange(context, false);
    }

    /// Back to the groups that a list of customers was opened from; false where it was opened from none.
    pub(super) fn leave_group(&mut self) -> bool {
        let Some((layout, called, place)) = self.opened_from.pop() else { return false };
        self.filter.set(&layout.filter);
        (self.layout, self.called, self.rows.selected) = (layout, called, place);
        self.seen = None;
        true
    }

    /// Lays the list out anew.
    pub(super) fn lay_out(&mut self, layout: Arrangement, name: &str, context: &Context<'_>) {
        self.filter.set(&layout.filter);
        self.layout = layout;
        name.clone_into(&mut self.called);
        (self.sideways, self.sums) = (Sideways::default(), None);
        self.opened_from.clear();
        self.find = Input::default();
        self.seen = None;
        self.arrange(context, false);
    }

    /// Turns the whole order round.
    pub(super) fn turn_round(&mut self, context: &Context<'_>) {
        for sorting in &mut self.layout.sorting {
            sorting.descending = !sorting.descending;
        }
        self.arrange(context, false);
    }

    /// Whether anything is asked for that rows do not hold.
    pub(super) fn wants_beyond(&self) -> bool {
        let shown = self.layout.columns.iter().map(|(column, _)| *column);
        let sorted = self.layout.sorting.iter().map(|sorting| sorting.column);
        let told = self.layout.grouping.into_iter().chain(self.layout.summed).chain(self.filter.about());
        shown.chain(sorted).chain(told).any(is_gathered) || self.filter.filter().is_some_and(asks_beyond)
    }

    /// Whether it is still being gathered.
    pub(super) fn awaits_beyond(&self, context: &Context<'_>) -> bool {
        self.wants_beyond() && !context.book().knows_beyond()
    }

    /// Whether it is not known yet who is listed, or in which groups.
    pub(super) fn is_in_doubt(&self, context: &Context<'_>) -> bool {
        let grouping = self.layout.grouping.filter(|_| self.is_grouped());
        let asks = self.filter.filter().is_some_and(asks_beyond) || grouping.is_some_and(is_gathered);
        asks && !context.book().knows_beyond()
    }

    /// Says what an act over many has to wait for.
    pub(super) fn must_wait(&self, action: Action, context: &Context<'_>) -> Option<Effect> {
        let waits = match action {
            Action::ExportRows => self.awaits_beyond(context),
            Action::MarkAll | Action::Bulk | Action::Recalculate => self.is_in_doubt(context),
            _ => false,
        };
        waits.then(|| Effect::Say(Notice::note(self.told_beyond(context))))
    }

    /// The work of gathering it: one at a time, none while the book changes by much, and none again where it failed.
    pub(super) fn gather_beyond(&mut self, context: &Context<'_>) -> Option<Job> {
        if !self.awaits_beyond(context) || context.far.is_some() || self.unread.is_some() {
            return None;
        }
        self.beyond.ask((), 0);
        self.beyond.unsent()?;
        let (desk, revision) = (context.desk.snapshot(), context.book().revision());
        self.beyond.send(|()| move || Ok((revision, Box::new(beyond(&desk)?))))
    }

    /// Takes what was gathered; where too much has changed since, it is asked for again.
    pub(super) fn take_beyond(&mut self, done: Done, context: &Context<'_>) -> Result<Effect, Done> {
        let Some((_, gathered)) = self.beyond.receive(done)? else { return Ok(Effect::None) };
        let taken = gathered.and_then(|(revision, beyond)| take_beyond(context.desk, *beyond, revision));
        self.unread = taken.err();
        self.arrange(context, true);
        let error = self.unread.as_ref().map(|error| Notice::error(error.say(context.language)));
        Ok(error.map_or(Effect::None, Effect::Say))
    }

    /// What is said while it is being gathered, or why it cannot be.
    pub(super) fn told_beyond(&self, context: &Context<'_>) -> String {
        match &self.unread {
            Some(error) => error.say(context.language),
            None => context.say(words("reading orders and contacts …", "正在读取订单和联系人……")).to_owned(),
        }
    }

    /// Says that it is being gathered, or why it cannot be.
    pub(super) fn draw_gathering(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        brush.text(2, 1, &self.told_beyond(context), u16::MAX, context.theme.dim);
    }
}
