//! What is done to a deal on its way: moved, lost with a reason, put aside, given to another; as commands.

use crate::book::command::{Command, edit_between};
use crate::book::logging::move_to;
use crate::book::standards::Standards;
use crate::domain::choice::{ListKind, StageRole};
use crate::domain::deal::{Deal, Stage};
use crate::domain::follow_up::NextStep;
use crate::domain::id::Id;
use crate::domain::list::ListItem;
use crate::domain::record::Record;
use crate::domain::time::{Day, Due, Moment};
use crate::text::{Language, words};

/// Who does it, when, and in which language what is planned is written.
#[derive(Clone, Copy)]
pub struct Mover<'a> {
    /// The book's lists.
    pub standards: &'a Standards,
    /// Now.
    pub now: Moment,
    /// Who.
    pub me: &'a str,
    /// The language.
    pub language: Language,
}

/// The lost reason that says nothing without a note.
pub const OTHER: &str = "other";

impl Mover<'_> {
    fn change(&self, before: &Deal, after: Deal) -> Option<Command> {
        edit_between(&before.clone().into(), &after.into())
    }

    /// The deal in another stage. One that is open again has no reason for its loss and is put aside no more.
    pub fn moved(&self, deal: &Deal, stage: &Stage) -> Option<Command> {
        let mut after = deal.clone();
        self.enter(&mut after, stage);
        self.change(deal, after)
    }

    /// Puts a deal into a stage: see [`Mover::moved`].
    pub fn enter(&self, deal: &mut Deal, stage: &Stage) {
        move_to(deal, &stage.key, stage.role, self.now, self.me);
        if stage.role != Some(StageRole::Lost) {
            deal.lost_reason.clear();
        }
        if stage.role != Some(StageRole::Parked) {
            deal.parked_until = None;
        }
    }

    /// The stage one step further, or one back; from a stage beside the way back to where the deal had come.
    pub fn beside(&self, deal: &Deal, forward: bool) -> Option<&Stage> {
        let on_the_way = |stage: &&Stage| !stage.hidden && matches!(stage.role, Some(StageRole::Open | StageRole::Won));
        let mut way: Vec<&Stage> = self.standards.stages().iter().filter(on_the_way).collect();
        way.sort_by_key(|stage| (stage.role == Some(StageRole::Won), stage.position));
        let place = |key: &str| way.iter().position(|stage| stage.key == key);
        if let Some(at) = place(&deal.stage) {
            return way.get(if forward { at + 1 } else { at.checked_sub(1)? }).copied();
        }
        if matches!(self.standards.role(&deal.stage), StageRole::Open) {
            // A stage no longer offered stands where it stood.
            let position = self.standards.stage(&deal.stage).map_or(0, |stage| stage.position);
            let before = way.iter().filter(|stage| stage.position < position && stage.role == Some(StageRole::Open));
            let before = before.count();
            return way.get(if forward { before } else { before.checked_sub(1)? }).copied();
        }
        let came = deal.moves.iter().rev().find_map(|step| place(&step.stage)).unwrap_or(0);
        way.get(came).copied().filter(|stage| stage.role == Some(StageRole::Open)).or(way.first().copied())
    }

    /// The deal lost for a reason of the list, with a note; and the win-back, where the reason leaves room for one.
    pub fn lost(&self, deal: &Deal, reason: &str, note: &str) -> Vec<Command> {
        let Some(stage) = self.standards.stages().iter().find(|stage| stage.role == Some(StageRole::Lost)) else {
            return Vec::new();
        };
        self.lost_in(deal, stage, reason, note)
    }

    /// The same, in a stage of this very name.
    pub fn lost_in(&self, deal: &Deal, stage: &Stage, reason: &str, note: &str) -> Vec<Command> {
        let mut after = deal.clone();
        self.enter(&mut after, stage);
        reason.clone_into(&mut after.lost_reason);
        if !note.trim().is_empty() {
            note.trim().clone_into(&mut after.reason_note);
        }
        let changed = self.change(deal, after);
        let win_back = changed.as_ref().and_then(|_| self.win_back(deal, reason));
        changed.into_iter().chain(win_back).collect()
    }

    /// When the customer of a deal lost for a reason is to be asked again.
    pub fn win_back_on(&self, reason: &str) -> Option<Day> {
        let item: &ListItem = self.standards.item(ListKind::LostReason, reason)?;
        let days = item.days.filter(|_| item.can_return)?;
        Some(self.now.day().plus(i32::try_from(days).ok()?))
    }

    fn win_back(&self, deal: &Deal, reason: &str) -> Option<Command> {
        let due = self.win_back_on(reason)?;
        let shown = self.standards.shown(ListKind::LostReason, reason, self.language);
        let what = match self.language {
            Language::En => format!("{} {} ({shown})", words("Win back:", "赢回").say(self.language), deal.title),
            Language::Zh => format!("赢回“{}”（{shown}）", deal.title),
        };
        let step = NextStep {
            customer: Some(deal.customer?),
            what,
            due: Some(Due::on(due)),
            owner: deal.owner,
            by: self.me.to_owned(),
            ..NextStep::default()
        };
        Some(Command::Add(Box::new(Record::from(step))))
    }

    /// The deal put aside until a day.
    pub fn parked(&self, deal: &Deal, until: Option<Day>) -> Option<Command> {
        let stage = self.standards.stages().iter().find(|stage| stage.role == Some(StageRole::Parked))?;
        let mut after = deal.clone();
        self.enter(&mut after, stage);
        after.parked_until = until;
        self.change(deal, after)
    }

    /// The deal in the hands of another; its stage and history stay as they are.
    pub fn given(&self, deal: &Deal, owner: Option<Id>) -> Option<Command> {
        self.change(deal, Deal { owner, ..deal.clone() })
    }
}
