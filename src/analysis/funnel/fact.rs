//! What the funnel knows of a deal: the stages it entered in their order, its amount, its dates, whose it is.

use crate::domain::id::Id;
use crate::domain::measure::Rate;
use crate::domain::money::Money;
use crate::domain::time::Day;
use serde::{Deserialize, Serialize};

/// A stage by its number in a table of the stages' keys, which names it whatever it is called and wherever it stands.
pub type StageNo = u16;

/// A stage entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The stage.
    pub stage: StageNo,
    /// When, if that is known.
    pub day: Option<Day>,
}

/// Where a deal is found: its home and its id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DealAt {
    /// Where its record is kept: with its customer, or by itself.
    pub home: Id,
    /// The deal.
    pub deal: Id,
}

/// A deal, as far as the funnel asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealFact {
    /// The deal.
    pub id: Id,
    /// Where its record is kept: with its customer, or by itself.
    pub home: Id,
    /// The customer, if it is known.
    pub customer: Option<Id>,
    /// Whose it is.
    pub owner: Option<Id>,
    /// What it is called.
    pub title: Box<str>,
    /// The stage it stands in.
    pub stage: StageNo,
    /// The stages it entered, in order: see [`in_order`].
    pub steps: Box<[Step]>,
    /// Whether its log was written out of order.
    pub disordered: bool,
    /// What it is worth.
    pub amount: Option<Money>,
    /// When it was opened.
    pub opened: Option<Day>,
    /// When it was won or lost.
    pub closed: Option<Day>,
    /// When it is expected to be won.
    pub expected: Option<Day>,
    /// Until when it is put aside.
    pub parked_until: Option<Day>,
    /// The own probability of whoever has it.
    pub probability: Option<Rate>,
    /// Why it was lost, by its number among the reasons.
    pub reason: Option<u16>,
    /// Its products, by their numbers.
    pub products: Box<[u16]>,
    /// The names of its contacts.
    pub contacts: Box<[Box<str>]>,
    /// The first follow-up about this very deal.
    pub first_contact: Option<Day>,
    /// The latest follow-up with its customer.
    pub last_contact: Option<Day>,
}

impl DealFact {
    /// Where it is found.
    pub const fn at(&self) -> DealAt {
        DealAt { home: self.home, deal: self.id }
    }

    /// When it began: opened, first moved or first spoken of, whichever was first. Without any of these it has no date.
    pub fn begun(&self) -> Option<Day> {
        let moved = self.steps.iter().find_map(|step| step.day);
        [self.opened, moved, self.first_contact].into_iter().flatten().min()
    }

    /// Its amount; nothing where none is known.
    pub fn worth(&self) -> Money {
        self.amount.unwrap_or_default()
    }

    /// The day it entered the stage it stands in; one whose log says nothing has been there since it was opened.
    pub fn entered(&self) -> Option<Day> {
        match self.steps.last() {
            Some(last) if self.steps.len() > 1 => last.day,
            Some(last) => last.day.or(self.opened),
            None => self.opened,
        }
    }

    /// Whole days in the stage it stands in; none for a day that is unknown or still to come.
    pub fn age(&self, as_of: Day) -> Option<i32> {
        self.entered().map(|day| as_of.days_since(day)).filter(|days| *days >= 0)
    }

    /// The latest day anything happened to it: a step, a follow-up, its opening. Days to come do not count.
    pub fn last_activity(&self, as_of: Day) -> Option<Day> {
        let steps = self.steps.iter().filter_map(|step| step.day);
        let days = steps.chain(self.last_contact).chain(self.opened);
        days.filter(|day| *day <= as_of).max()
    }

    /// The stage it stood in at the end of `day`; none before it began, or when nobody knows when it began.
    pub fn stage_on(&self, day: Day) -> Option<StageNo> {
        self.begun().filter(|begun| *begun <= day)?;
        // A step without a date was taken right after the one before it.
        let entered = self.steps.iter().take_while(|step| step.day.is_none_or(|at| at <= day)).last();
        entered.or(self.steps.first()).map(|step| step.stage)
    }
}

/// The stages a deal entered, oldest first, and whether its log had them in another order.
///
/// A step without a date keeps its place behind the one before it. The stage the deal stands in comes last, entered on
/// `closed` where the log does not say when.
pub fn in_order(log: impl Iterator<Item = Step>, stage: StageNo, closed: Option<Day>) -> (Box<[Step]>, bool) {
    let mut known = None;
    let mut dated: Vec<(Option<Day>, Step)> = log
        .map(|step| {
            known = step.day.or(known);
            (known, step)
        })
        .collect();
    let disordered = !dated.is_sorted_by_key(|(day, _)| *day);
    if disordered {
        dated.sort_by_key(|(day, _)| *day);
    }
    let mut steps: Vec<Step> = dated.into_iter().map(|(_, step)| step).collect();
    if steps.last().is_none_or(|last| last.stage != stage) {
        let after = |day: &Day| steps.iter().filter_map(|step| step.day).all(|other| other <= *day);
        let day = closed.filter(after);
        steps.push(Step { stage, day });
    }
    (steps.into(), disordered)
}

#[cfg(test)]
mod tests {
    use super::{Step, in_order};
    use crate::domain::time::Day;

    fn step(stage: u16, day: Option<i32>) -> Step {
        Step { stage, day: day.map(Day::from_number) }
    }

    #[test]
    fn a_log_out_of_order_is_put_in_order_and_said_to_be_so() {
        let log = [step(2, Some(9)), step(0, Some(1)), step(1, Some(5))];
        let (steps, disordered) = in_order(log.into_iter(), 2, None);
        assert!(disordered);
        assert_eq!(steps.iter().map(|step| step.stage).collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn a_step_without_a_date_stays_behind_the_one_before_it() {
        let log = [step(0, Some(1)), step(1, None), step(2, Some(5))];
        let (steps, disordered) = in_order(log.into_iter(), 2, None);
        assert!(!disordered);
        assert_eq!(steps.iter().map(|step| step.stage).collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn the_stage_it_stands_in_is_the_last_one_entered_though_no_log_says_so() {
        let closed = Some(Day::from_number(40));
        let (steps, _) = in_order([step(0, Some(1))].into_iter(), 7, closed);
        assert_eq!(steps.last(), Some(&step(7, Some(40))));
        let (alone, _) = in_order(std::iter::empty(), 3, None);
        assert_eq!(&alone[..], &[step(3, None)]);
    }
}
