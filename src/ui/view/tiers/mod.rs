//! The tiers: what each customer is worth and why, what a recalculation would change, who is leaving, and what came of it.

pub mod asking;
mod doing;
mod heat_map;
mod leaving;
mod opened;
mod overview;
mod page;
mod preview;
mod rule_list;
mod rulebook;
mod runs;
mod screen;
mod worth;

use crate::analysis::grading::Grading;
use crate::book::tiers::leaving::Leaver;
use crate::book::tiers::outlook::Outlook;
use crate::book::tiers::worth::Worth;
use crate::domain::id::Id;
use crate::domain::time::Day;
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Place};
use crate::ui::widget::rows::Rows;
use asking::{Asking, choosing};
use opened::Opened;
use page::Page;
use std::collections::HashSet;
use std::sync::Arc;

/// Some customers of the outlook, opened from a number.
struct Members {
    title: String,
    places: Vec<usize>,
    rows: Rows,
}

/// What is being graded away from the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    /// The tiers in force, looked at again as of today.
    InForce,
    /// What was asked for, to be looked at before it is applied; of some customers only, where they were chosen.
    Asked(Box<Grading>, Day, Only),
}

/// The customers chosen, or all.
type Only = Option<Arc<HashSet<Id>>>;

/// Customers chosen whose preview is kept when the line drops; of more it would be slow to write down at every pause.
const KEPT: usize = 2_000;

/// The screen.
#[derive(Default)]
pub struct Tiers {
    page: Page,
    /// The book as the way in force grades it today.
    current: Option<Box<Outlook>>,
    /// What was asked for and not applied yet.
    proposal: Option<Box<Outlook>>,
    wanted: Option<Wanted>,
    /// Wanted, and not yet given to the thread beside.
    to_send: bool,
    /// A rule that could not be read.
    fault: Option<(usize, crate::query::filter::Fault)>,
    overview: Rows,
    /// The cell of the heat map that has the keys: recency and frequency.
    cell: Option<(u8, u8)>,
    members: Option<Members>,
    opened: Option<Opened>,
    movers: Rows,
    leaving: Rows,
    runs: Rows,
    marks: HashSet<Id>,
    asking: Option<Asking>,
    worth: Option<worth::Weighed>,
    /// The customers the questions are about.
    asked_of: Only,
    /// Revision of the book whose worth was asked for last.
    weighed: Option<u64>,
    figures: Rows,
    rules: rulebook::Rulebook,
}

impl Tiers {
    fn want(&mut self, wanted: Wanted) {
        self.wanted = Some(wanted);
        self.to_send = true;
    }

    /// The outlook the page draws from.
    fn shown(&self) -> Option<&Outlook> {
        let outlook = if self.page == Page::Preview { self.proposal.as_ref() } else { self.current.as_ref() };
        outlook.map(Box::as_ref)
    }

    fn leavers(&self) -> &[Leaver] {
        self.current.as_ref().map_or(&[], |outlook| &outlook.leaving)
    }

    /// What all are worth, once that is known.
    fn weighed(&self) -> Option<&Worth> {
        self.worth.as_ref()?.as_ref().ok().map(Box::as_ref)
    }

    /// The rows that have the keys, and how many there are.
    fn rows(&mut self, context: &Context<'_>) -> (&mut Rows, usize) {
        let movers = self.proposal.as_ref().map_or(0, |outlook| outlook.movers.len() + outlook.staying.len());
        let leavers = self.leavers().len();
        let figures = self.weighed().map_or(0, |worth| worth.figures.len() + worth.quadrants.len());
        let lines = self.current.as_ref().map_or(0, |outlook| overview::lines(outlook));
        if let Some(opened) = &mut self.opened {
            let count = opened.count();
            return (&mut opened.rows, count);
        }
        match (&mut self.members, self.page) {
            (Some(members), _) => (&mut members.rows, members.places.len()),
            (None, Page::Overview) => (&mut self.overview, lines),
            (None, Page::Preview) => (&mut self.movers, movers),
            (None, Page::Worth) => (&mut self.figures, figures),
            (None, Page::Leaving) => (&mut self.leaving, leavers),
            (None, page @ (Page::Schemes | Page::Advice | Page::Levels)) => self.rules.rows(page, context),
            (None, Page::Runs) => (&mut self.runs, context.book().standards().runs().len()),
        }
    }

    fn moved(&mut self, action: Action, context: &Context<'_>) -> bool {
        if self.page == Page::Overview && self.members.is_none() && heat_map::steer(&mut self.cell, action) {
            return true;
        }
        let (rows, count) = self.rows(context);
        rows.act(action, count)
    }

    fn turn_page(&mut self, on: bool) {
        let mut pages =
            vec![Page::Overview, Page::Leaving, Page::Runs, Page::Worth, Page::Schemes, Page::Advice, Page::Levels];
        if self.proposal.is_some() {
            pages.insert(1, Page::Preview);
        }
        let place = pages.iter().position(|page| *page == self.page).unwrap_or(0);
        let next = if on { place + 1 } else { place + pages.len() - 1 } % pages.len();
        self.go_to(pages.get(next).copied().unwrap_or_default());
    }

    fn go_to(&mut self, page: Page) {
        (self.page, self.members, self.opened, self.cell) = (page, None, None, None);
        if matches!(self.worth, Some(Err(_))) {
            // It is tried again when one comes back to the page.
            (self.worth, self.weighed) = (None, None);
        }
    }

    fn back(&mut self, context: &Context<'_>) -> Effect {
        if self.opened.take().is_some() || self.members.take().is_some() || self.cell.take().is_some() {
            return Effect::None;
        }
        if matches!(self.wanted, Some(Wanted::Asked(..))) {
            // What comes of it is not waited for any more.
            self.wanted = None;
            self.to_send = false;
            return Effect::None;
        }
        if self.page == Page::Preview && !self.marks.is_empty() {
            // Marks are work: one stray key does not throw them away with the preview.
            return self.marks_first(context);
        }
        if self.page == Page::Preview {
            self.proposal = None;
        }
        if self.page != Page::Overview {
            self.page = Page::Overview;
            return Effect::None;
        }
        Effect::Unknown
    }

    fn ask(&mut self, asking: Asking, context: &Context<'_>) -> Effect {
        let choosing = choosing(&asking, context);
        self.asking = Some(asking);
        Effect::Open(Place::Choose(choosing))
    }
}
