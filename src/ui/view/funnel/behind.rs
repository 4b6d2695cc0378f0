//! What is behind a number of the funnel: which deals it counts.

use crate::analysis::funnel::fact::{DealAt, DealFact, StageNo};
use crate::analysis::funnel::forecast::When;
use crate::analysis::funnel::movement::{Earlier, Enter, InPlay, Leave, course};
use crate::book::Book;
use crate::book::deals::Deals;
use crate::book::deals::grouping::By;
use crate::book::deals::reckoning::{Answered, Asked};
use crate::domain::choice::StageRole;
use crate::domain::id::Id;
use crate::domain::time::Day;

/// Deals of the cohort by how they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    All,
    /// In this role.
    In(StageRole),
}

/// A column of the meeting's sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moving {
    /// Came into play so.
    Came(Enter),
    /// Left it so.
    Left(Leave),
}

/// What is behind a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behind {
    /// Deals that reached a stage of the way.
    Reached(usize),
    /// Deals that stand in a stage.
    Now(StageNo),
    /// Deals that came just so far and were lost.
    LostAt(usize),
    /// Deals that came just so far and are not decided.
    UndecidedAt(usize),
    /// All open deals, whenever they were opened.
    Pipeline,
    /// A part of a group of it.
    Group(By, String, Part),
    /// Deals lost for a reason.
    Reason(Option<u16>),
    /// Deals stuck in their stage.
    Stuck,
    /// Deals nobody noticed for long.
    Unnoticed,
    /// Deals moved of late, forward or back.
    Moved(bool),
    /// Open deals expected at a time.
    Expected(When),
    /// Deals of the meeting's sheet: of everybody or of one.
    Sheet(InPlay, Option<Option<Id>>, Moving),
    /// Deals whose expected close has passed.
    Slipped,
    /// The same, of what is compared with.
    Against(Box<Behind>),
}

/// Everything the deals behind a number are found from.
pub struct Finding<'a> {
    pub asked: &'a Asked,
    pub against: Option<&'a Asked>,
    pub answered: &'a Answered,
    pub earlier: &'a Earlier,
    pub meeting: (Day, Day),
    pub deals: &'a Deals,
    pub book: &'a Book,
}

impl Finding<'_> {
    /// The deals behind a number, those not decided first, and of these the longest in their stage; those of late moves in their own order.
    pub fn find(&self, behind: &Behind) -> Vec<DealAt> {
        let reckoned = &self.answered.main;
        match behind {
            Behind::Stuck => reckoned.stuck.iter().map(|watched| watched.deal).collect(),
            Behind::Unnoticed => reckoned.unnoticed.iter().map(|watched| watched.deal).collect(),
            Behind::Moved(forward) => {
                let moved = reckoned.moved.iter().filter(|moved| moved.forward == *forward).map(|moved| moved.deal);
                let mut met = std::collections::HashSet::new();
                moved.filter(|deal| met.insert(*deal)).collect()
            }
            Behind::Slipped => self.answered.due.slipped.clone(),
            Behind::Against(behind) => {
                let Some(against) = self.against else { return Vec::new() };
                Finding { asked: against, against: None, ..*self }.find(behind)
            }
            Behind::Group(by, key, part) => {
                let cohort = self.deals.iter().filter(|deal| self.asked.holds(deal));
                let groups = self.deals.groups(cohort, *by, self.book, self.asked.language);
                let group = groups.into_iter().find(|group| group.key == *key);
                let deals = group.map(|group| group.deals).unwrap_or_default();
                self.oldest_first(deals.into_iter().filter(|deal| self.is_part(deal, *part)))
            }
            behind => self.oldest_first(self.deals.iter().filter(|deal| self.is_behind(deal, behind))),
        }
    }

    fn oldest_first<'d>(&self, deals: impl Iterator<Item = &'d DealFact>) -> Vec<DealAt> {
        let ladder = &self.answered.main.ladder;
        let place = |deal: &DealFact| {
            let decided = matches!(ladder.role(deal.stage), StageRole::Won | StageRole::Lost);
            (decided, std::cmp::Reverse(deal.age(self.asked.as_of)), deal.at())
        };
        let mut found: Vec<_> = deals.map(place).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, _, at)| at).collect()
    }

    fn is_part(&self, deal: &DealFact, part: Part) -> bool {
        let role = self.answered.main.ladder.role(deal.stage);
        match part {
            Part::All => true,
            Part::In(wanted) => role == wanted,
        }
    }

    fn is_behind(&self, deal: &DealFact, behind: &Behind) -> bool {
        let ladder = &self.answered.main.ladder;
        let furthest = || ladder.furthest(deal.steps.iter().map(|step| step.stage));
        let role = || ladder.role(deal.stage);
        let in_cohort = || self.asked.holds(deal);
        match behind {
            Behind::Reached(at) => in_cohort() && furthest() >= *at,
            Behind::Now(stage) => in_cohort() && self.counts_in(deal.stage, *stage),
            Behind::LostAt(at) => in_cohort() && role() == StageRole::Lost && furthest() == *at,
            Behind::UndecidedAt(at) => {
                in_cohort() && matches!(role(), StageRole::Open | StageRole::Parked) && furthest() == *at
            }
            Behind::Pipeline => self.asked.is_whose(deal) && role() == StageRole::Open,
            Behind::Reason(reason) => in_cohort() && role() == StageRole::Lost && deal.reason == *reason,
            Behind::Expected(when) => {
                self.asked.is_whose(deal)
                    && role() == StageRole::Open
                    && When::of(deal.expected, self.asked.as_of) == *when
            }
            Behind::Sheet(in_play, owner, moving) => {
                self.asked.is_whose(deal)
                    && owner.is_none_or(|owner| deal.owner == owner)
                    && self.moved_so(deal, *in_play, *moving)
            }
            _ => false,
        }
    }

    /// A stage no longer offered is counted with the one before it.
    fn counts_in(&self, stands: StageNo, stage: StageNo) -> bool {
        let ladder = &self.answered.main.ladder;
        let (one, other) = (ladder.place(stands), ladder.place(stage));
        stands == stage || (one.rank.is_some() && one.rank == other.rank)
    }

    fn moved_so(&self, deal: &DealFact, in_play: InPlay, moving: Moving) -> bool {
        if deal.begun().is_none() {
            return false;
        }
        let then = self.earlier.get(&deal.id).copied().unwrap_or(deal.expected);
        let course = course(deal, then, &self.answered.main.ladder, self.meeting, in_play);
        course.is_some_and(|(enter, leave)| moving == Moving::Came(enter) || moving == Moving::Left(leave))
    }
}
