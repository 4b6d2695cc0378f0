//! Looking back: what was decided in a quarter, whether it was done and what followed; and complaints by kind.

mod complaints;
mod draw;
mod reading;

use self::reading::Reading;
use crate::analysis::grievance::Tally;
use crate::analysis::review::quarter;
use crate::book::past::Decision;
use crate::domain::id::Id;
use crate::domain::working::Review;
use crate::exchange::export::Format;
use crate::exchange::export::retrospect::Retrospect;
use crate::text::words;
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Outgoing, Place, Settling};
use crate::ui::job::{Done, Job, Ticket};
use crate::ui::view::View;
use crate::ui::view::customer::copy_phone;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::collections::HashSet;
use std::sync::Arc;

/// Lines below the list, for what was found.
const BELOW: u16 = 3;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// What was decided in a quarter.
    Decisions,
    /// Complaints by kind.
    Complaints,
}

/// What the list was made for.
type MadeFor = (u64, Ticket, bool, i32, bool);

/// The decisions of a quarter, with what came of each.
pub struct QuarterReview {
    page: Page,
    reading: Reading,
    looked: Vec<Decision>,
    tallies: Vec<Tally>,
    rows: Rows,
    /// Quarters before the one that runs.
    before: i32,
    /// Whose; everybody's where none is chosen.
    mine: bool,
    made_for: Option<MadeFor>,
}

/// Who sits here, if among the people responsible.
fn me(context: &Context<'_>) -> Option<Id> {
    context.book().standards().owner_called(context.desk.me()).map(|owner| owner.id)
}

impl QuarterReview {
    /// The view, at a page.
    pub fn new(page: Page, context: &Context<'_>) -> QuarterReview {
        QuarterReview {
            page,
            reading: Reading::new(context),
            looked: Vec::new(),
            tallies: Vec::new(),
            rows: Rows::default(),
            before: 0,
            mine: false,
            made_for: None,
        }
    }

    /// Makes the lists anew where the book, the page or what is asked changed.
    fn make(&mut self, context: &Context<'_>) {
        self.reading.catch_up(context);
        let (revision, ticket) = self.reading.stands_for();
        let now = (revision, ticket, self.reading.is_going(), self.before, self.mine);
        if self.made_for == Some(now) {
            return;
        }
        let (first, last) = quarter(context.today(), self.before);
        let me = me(context);
        let decided = self.reading.past().map(|past| past.decisions(first, last)).unwrap_or_default();
        let counts = |one: &&&Decision| {
            let is_mine = me.is_some() && one.step.owner == me;
            (!self.mine || is_mine) && context.book().row_of(one.customer).is_some()
        };
        self.looked = decided.iter().filter(counts).map(|one| (*one).clone()).collect();
        self.tallies = self.tally(context);
        self.rows.select(self.rows.selected, self.count());
        self.made_for = Some(now);
    }

    fn count(&self) -> usize {
        match self.page {
            Page::Decisions => self.looked.len(),
            Page::Complaints => self.tallies.len(),
        }
    }

    /// The decision selected.
    fn decision(&self) -> Option<&Decision> {
        self.looked.get(self.rows.selected).filter(|_| self.page == Page::Decisions)
    }

    fn moved(&mut self, action: Action) -> bool {
        let count = self.count();
        self.rows.act(action, count)
    }

    fn turn(&mut self) {
        self.page = match self.page {
            Page::Decisions => Page::Complaints,
            Page::Complaints => Page::Decisions,
        };
        self.rows.select(0, self.count());
    }

    fn open(&self, context: &Context<'_>) -> Effect {
        match (self.page, self.decision()) {
            (Page::Complaints, _) => self.open_kind(context),
            (Page::Decisions, Some(one)) => {
                let (customer, record) = (one.customer, one.step.id);
                let mut met = HashSet::new();
                let among = self.looked.iter().map(|one| one.customer).filter(|customer| met.insert(*customer));
                Effect::Open(Place::Happened { customer, record, among: Arc::new(among.collect()) })
            }
            (Page::Decisions, None) => Effect::None,
        }
    }

    /// Opens the words on what was found.
    fn note(&self, context: &Context<'_>) -> Effect {
        let Some(one) = self.decision() else { return Effect::None };
        let begun = || Review {
            customer: Some(one.customer),
            step: Some(one.step.id),
            by: context.desk.me().to_owned(),
            at: context.now,
            ..Review::default()
        };
        Effect::Open(Place::EntryForm(Box::new(one.review.clone().unwrap_or_else(begun).into())))
    }

    fn done(&self, context: &Context<'_>) -> Effect {
        match self.decision() {
            Some(one) if one.step.done_at.is_none() => {
                Effect::Open(Place::Settle(Settling::Done(Box::new(one.step.clone()))))
            }
            Some(_) => Effect::Say(Notice::note(context.say(words("it is done already", "已经完成")))),
            None => Effect::None,
        }
    }

    /// Both pages as Markdown, for the meeting where they are talked over.
    fn export(&self, context: &Context<'_>) -> Effect {
        if self.reading.is_going() {
            let wait = words("not all is read yet; try again in a moment", "还没读完，请稍后再导出");
            return Effect::Say(Notice::note(context.say(wait)));
        }
        let period = quarter(context.today(), self.before);
        let retrospect = Retrospect {
            decisions: &self.looked,
            tallies: &self.tallies,
            book: context.book(),
            period,
            language: context.language,
        };
        let mut bytes = Vec::new();
        match retrospect.report().write(Format::Markdown, context.language, &mut bytes) {
            Ok(()) => Effect::Write(vec![Outgoing { name: format!("kehu-review-{}.md", period.0), bytes, rows: None }]),
            Err(error) => Effect::Say(Notice::error(error.say(context.language))),
        }
    }

    fn draw_rows(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let count = self.count();
        self.rows.fit(usize::from(area.height), count);
        let mut brush = Brush::new(buffer, area);
        if count == 0 && !self.reading.is_going() {
            let none = match self.page {
                Page::Decisions => words("Nothing was promised in this quarter.", "这个季度没有定下任何待办。"),
                Page::Complaints => words("No complaints in twelve months.", "近 12 个月没有投诉。"),
            };
            brush.text(2, 1, context.say(none), u16::MAX, context.theme.strong);
        }
        let mut cursor = None;
        for (y, place) in (0..).zip(self.rows.seen(count)) {
            match (self.page, self.looked.get(place), self.tallies.get(place)) {
                (Page::Decisions, Some(one), _) => draw::draw_looked(&mut brush, y, one, context),
                (Page::Complaints, _, Some(tally)) => complaints::draw_kind(&mut brush, y, tally, context),
                _ => continue,
            }
            if place == self.rows.selected {
                brush.select_line(y, context.theme.selected);
                cursor = Some(Position { x: area.x, y: area.y + y });
            }
        }
        cursor
    }
}

impl View for QuarterReview {
    fn scope(&self) -> Scope {
        Scope::Review
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        // What was read since the last frame is there for a key typed ahead of the next.
        self.make(context);
        if self.moved(action) {
            return Effect::None;
        }
        match action {
            Action::NextPane | Action::PreviousPane => self.turn(),
            Action::Review if self.page == Page::Complaints => self.turn(),
            Action::Complaints if self.page == Page::Decisions => self.turn(),
            Action::Review | Action::Complaints => {}
            Action::OtherQuarter if self.page == Page::Decisions => self.before = 1 - self.before,
            Action::OnlyMine => self.mine = !self.mine,
            Action::Open => return self.open(context),
            Action::NoteFinding => return self.note(context),
            Action::Done => return self.done(context),
            Action::ExportReview => return self.export(context),
            Action::CopyPhone => {
                let row = self.decision().and_then(|one| context.book().row_of(one.customer));
                return copy_phone(row, context);
            }
            Action::GoBack => return Effect::Back,
            _ => return Effect::Unknown,
        }
        self.make(context);
        Effect::None
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.make(context);
    }

    fn work(&mut self, context: &Context<'_>) -> Option<Job> {
        self.reading.next(context)
    }

    fn found(&mut self, done: Done) -> Option<Done> {
        match done {
            Done::LookedBack(found) => {
                self.reading.take(*found);
                None
            }
            done => Some(done),
        }
    }

    fn selected_customer(&self, _context: &Context<'_>) -> Option<Id> {
        self.decision().map(|one| one.customer)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        self.make(context);
        let head = Rect { height: 2.min(area.height), ..area };
        let below = if self.page == Page::Decisions { BELOW } else { 0 };
        let height = area.height.saturating_sub(2 + below);
        let body = Rect { y: area.y + 2, height, ..area };
        match self.page {
            Page::Decisions => self.draw_head(&mut Brush::new(buffer, head), context),
            Page::Complaints => self.draw_kinds_head(&mut Brush::new(buffer, head), context),
        }
        if self.page == Page::Decisions && !self.looked.is_empty() {
            self.draw_found(&mut Brush::new(buffer, Rect { y: body.bottom(), height: BELOW, ..area }), context);
        }
        self.draw_rows(body, buffer, context)
    }

    fn offers(&self, action: Action) -> bool {
        let decisions = self.page == Page::Decisions;
        match action {
            Action::OtherQuarter => decisions,
            Action::Open | Action::FollowUp | Action::NoteFinding | Action::Done => {
                decisions && self.decision().is_some()
            }
            _ => true,
        }
    }

    fn foot(&self, _context: &Context<'_>) -> String {
        match self.count() {
            0 => String::new(),
            count => format!("{}/{count}", self.rows.selected + 1),
        }
    }
}
