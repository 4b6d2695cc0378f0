//! Looking back: what was decided in a quarter, whether it was done and what followed; and complaints by kind.

mod complaints;
mod draw;
mod reading;
mod screen;

use self::reading::Reading;
use crate::analysis::grievance::Tally;
use crate::analysis::review::quarter;
use crate::book::past::Decision;
use crate::domain::id::Id;
use crate::domain::working::Review;
use crate::exchange::export::Format;
use crate::exchange::export::retrospect::Retrospect;
use crate::text::words;
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Outgoing, Place, Settling};
use crate::ui::widget::rows::Rows;
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
type MadeFor = (u64, bool, i32, bool);

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
        let now = (self.reading.revision(), self.reading.is_going(), self.before, self.mine);
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
}
