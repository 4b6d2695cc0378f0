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
use crate::query::filter::Fault;
use crate::store::error::StoreError;
use crate::ui::action::Action;
use crate::ui::choosing::Choice;
use crate::ui::context::Context;
use crate::ui::effect::Effect;
use crate::ui::pending::Pending;
use crate::ui::widget::rows::Rows;
use asking::Chosen;
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

/// How everyone is to be graded, to be looked at before it is applied; of some customers only, where they were chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    grading: Grading,
    as_of: Day,
    only: Only,
}

/// Why nobody was graded.
pub enum Ungraded {
    /// The rule of this number cannot be read.
    Rule(usize, Fault),
    /// What the rules ask for cannot.
    Unread(StoreError),
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
    current: Pending<(), Box<Outlook>, Ungraded>,
    /// What was asked for and not applied yet.
    proposal: Pending<Wanted, Box<Outlook>, Ungraded>,
    overview: Rows,
    /// The cell of the heat map that has the keys: recency and frequency.
    cell: Option<(u8, u8)>,
    members: Option<Members>,
    opened: Option<Opened>,
    movers: Rows,
    leaving: Rows,
    runs: Rows,
    marks: HashSet<Id>,
    choice: Choice<Chosen>,
    worth: Pending<(), Box<Worth>>,
    /// The customers the questions are about.
    asked_of: Only,
    figures: Rows,
    rules: rulebook::Rulebook,
}

impl Tiers {
    /// The book as the way in force grades it, once that is known.
    fn in_force(&self) -> Option<&Outlook> {
        self.current.answer().map(Box::as_ref)
    }

    /// What was asked for and not applied, once that is known.
    fn proposed(&self) -> Option<&Outlook> {
        self.proposal.answer().map(Box::as_ref)
    }

    /// The outlook the page draws from.
    fn shown(&self) -> Option<&Outlook> {
        if self.page == Page::Preview { self.proposed() } else { self.in_force() }
    }

    fn leavers(&self) -> &[Leaver] {
        self.in_force().map_or(&[], |outlook| &outlook.leaving)
    }

    /// A rule that cannot be read, by its number.
    fn fault(&self) -> Option<(usize, &Fault)> {
        match self.proposal.error().or(self.current.error())? {
            Ungraded::Rule(number, fault) => Some((*number, fault)),
            Ungraded::Unread(_) => None,
        }
    }

    /// The rows that have the keys, and how many there are.
    fn rows(&mut self, context: &Context<'_>) -> (&mut Rows, usize) {
        let movers = self.proposed().map_or(0, |outlook| outlook.movers.len() + outlook.staying.len());
        let leavers = self.leavers().len();
        let figures = self.worth.answer().map_or(0, |worth| worth.figures.len() + worth.quadrants.len());
        let lines = self.in_force().map_or(0, overview::lines);
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
        if self.proposed().is_some() {
            pages.insert(1, Page::Preview);
        }
        let place = pages.iter().position(|page| *page == self.page).unwrap_or(0);
        let next = if on { place + 1 } else { place + pages.len() - 1 } % pages.len();
        self.go_to(pages.get(next).copied().unwrap_or_default());
    }

    fn go_to(&mut self, page: Page) {
        (self.page, self.members, self.opened, self.cell) = (page, None, None, None);
        if self.worth.error().is_some() {
            // It is tried again when one comes back to the page.
            self.worth.forget();
        }
    }

    fn back(&mut self, context: &Context<'_>) -> Effect {
        if self.opened.take().is_some() || self.members.take().is_some() || self.cell.take().is_some() {
            return Effect::None;
        }
        if self.proposal.withdraw().is_some() {
            // What comes of it is not waited for any more.
            return Effect::None;
        }
        if self.proposal.error().is_some() {
            self.proposal.forget();
            return Effect::None;
        }
        if self.page == Page::Preview && !self.marks.is_empty() {
            // Marks are work: one stray key does not throw them away with the preview.
            return self.marks_first(context);
        }
        if self.page == Page::Preview {
            self.proposal.forget();
        }
        if self.page != Page::Overview {
            self.page = Page::Overview;
            return Effect::None;
        }
        Effect::Unknown
    }
}
