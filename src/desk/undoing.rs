//! Taking back and doing again: of one's own latest entry, or of a chosen one.

use crate::book::planning::Refusal;
use crate::desk::trouble::Trouble;
use crate::desk::writing::{Touched, touch};
use crate::desk::{Desk, Done};
use crate::domain::change::Change;
use crate::domain::id::Id;
use crate::domain::record::Record;
use crate::domain::time::Moment;
use crate::domain::value::Value;
use crate::store::dossier::Dossier;
use crate::store::entry::{Cause, Draft, Durability, Head, Target};
use crate::store::error::StoreError;
use std::collections::btree_map::Entry;
use std::collections::{HashMap, HashSet};

/// What has become of a target: taken back, or in force (again).
type Fates = HashMap<Target, bool>;

/// What an entry did in itself: it or its group.
fn target_of(head: &Head) -> Target {
    head.group.map_or(Target::Entry(head.seq), Target::Group)
}

/// A target being turned back, or forward again. What was written of it by the time the program is killed, the next
/// opening of the book brings to its end.
pub struct Turning {
    target: Target,
    back: bool,
    now: Moment,
    phase: Phase,
    parts: Vec<u64>,
    at: usize,
    seq: u64,
    changes: usize,
    home: Id,
}

enum Phase {
    /// The entries are yet to be found, then checked.
    Begun(Checking),
    /// They are yet to be found, and need no check.
    Unchecked,
    /// They are looked at one by one.
    Checking(Checking),
    /// The turn is written, and is being made.
    Writing,
    /// All is done.
    Over,
}

/// What the entries checked so far would leave.
#[derive(Default)]
struct Checking {
    touched: Touched,
    gone: HashSet<Id>,
}

impl Turning {
    /// Takes back a group nothing was written after.
    pub(super) const fn unchecked(group: Id, now: Moment) -> Turning {
        let target = Target::Group(group);
        Turning {
            target,
            back: true,
            now,
            phase: Phase::Unchecked,
            parts: Vec::new(),
            at: 0,
            seq: 0,
            changes: 0,
            home: Id::BOOK,
        }
    }

    /// Entries looked at or turned, and of how many; each counts anew.
    pub const fn progress(&self) -> (u64, u64) {
        (self.at as u64, self.parts.len() as u64)
    }

    /// Gives it up, unless it is written already: then it is made to its end.
    pub fn stop(&mut self) {
        if self.seq == 0 {
            self.phase = Phase::Over;
        }
    }

    /// Whether it was given up before anything was written.
    pub const fn was_stopped(&self) -> bool {
        self.seq == 0
    }

    /// What was done.
    pub const fn done(&self) -> Done {
        Done { seq: self.seq, home: self.home, changes: self.changes }
    }
}

impl Desk {
    /// Takes back one's own latest entry that is in force.
    pub fn undo(&mut self, now: Moment) -> Result<(Done, Head), Trouble> {
        let target = self.latest_in_force()?.ok_or(Refusal::NothingToUndo)?;
        let done = self.turn(target, true, now)?;
        Ok((done, self.beginning(target, done)?))
    }

    /// What [`Desk::undo`] would take back.
    pub fn next_undo(&self) -> Result<Option<Target>, Trouble> {
        Ok(self.latest_in_force()?)
    }

    /// Does again what one took back last.
    pub fn redo(&mut self, now: Moment) -> Result<(Done, Head), Trouble> {
        let target = self.latest_taken_back()?.ok_or(Refusal::NothingToRedo)?;
        let done = self.turn(target, false, now)?;
        Ok((done, self.beginning(target, done)?))
    }

    /// The entry that names a target: itself, or what a group began with, counting all that was turned.
    fn beginning(&self, target: Target, done: Done) -> Result<Head, StoreError> {
        match target {
            Target::Entry(seq) => self.store.head(seq),
            Target::Group(group) => {
                let first = self.store.group_entries(group)?.into_iter().next();
                first.map(|first| Head { count: done.changes as u64, ..first }).ok_or(StoreError::NoEntry(done.seq))
            }
        }
    }

    /// Takes back a chosen entry or group, if it is in force.
    pub fn undo_chosen(&mut self, target: Target, now: Moment) -> Result<Done, Trouble> {
        self.turn(target, true, now)
    }

    /// One's own entries, the latest first.
    fn own_back(&self) -> impl Iterator<Item = Result<Head, StoreError>> + '_ {
        self.store.entries_back().filter(|head| head.as_ref().map_or(true, |head| head.by == self.me))
    }

    fn latest_in_force(&self) -> Result<Option<Target>, StoreError> {
        let mut fates = Fates::new();
        for head in self.own_back() {
            let head = head?;
            match head.cause {
                Cause::Undo(target) => {
                    fates.entry(target).or_insert(false);
                }
                Cause::Redo(target) => {
                    fates.entry(target).or_insert(true);
                }
                Cause::Found | Cause::Restore | Cause::Erase | Cause::Salvage | Cause::Reveal | Cause::Pulled => {}
                Cause::Do | Cause::Import(_) | Cause::GroupEnd | Cause::Merge | Cause::Unmerge | Cause::Handover => {
                    let target = target_of(&head);
                    let is_in_force = fates.get(&target).copied().unwrap_or(true);
                    if is_in_force && !self.is_founding(target)? && !self.is_partly_lost(target)? {
                        return Ok(Some(target));
                    }
                }
            }
        }
        Ok(None)
    }

    /// Whether a group is how the book began.
    fn is_founding(&self, target: Target) -> Result<bool, StoreError> {
        let Target::Group(group) = target else { return Ok(false) };
        let first = self.store.group_entries(group)?.into_iter().next();
        Ok(first.is_some_and(|first| matches!(first.cause, Cause::Found | Cause::Salvage)))
    }

    /// Whether entries of a group are lost: what is left of it cannot be taken back as one.
    fn is_partly_lost(&self, target: Target) -> Result<bool, StoreError> {
        match target {
            Target::Group(group) => self.store.has_lost_entries(group),
            Target::Entry(_) => Ok(false),
        }
    }

    fn latest_taken_back(&self) -> Result<Option<Target>, StoreError> {
        let mut fates = Fates::new();
        for head in self.own_back() {
            let head = head?;
            match head.cause {
                // Half an import, stopped or cut off by a crash, is nothing to be done again.
                Cause::Undo(Target::Group(group)) if !self.is_whole(Some(group))? => {}
                Cause::Undo(target) if !fates.contains_key(&target) => return Ok(Some(target)),
                Cause::Undo(_) => {}
                Cause::Redo(target) => {
                    fates.entry(target).or_insert(true);
                }
                _ if fates.contains_key(&target_of(&head)) => {}
                Cause::Import(_) if !self.is_whole(head.group)? => {}
                // Nothing is changed by showing, and what came from elsewhere is nothing one did.
                Cause::Reveal | Cause::Pulled => {}
                // Something new was done since: what was taken back before it stays so.
                _ => return Ok(None),
            }
        }
        Ok(None)
    }

    /// Whether an entry is none of a group that was never finished.
    fn is_whole(&self, group: Option<Id>) -> Result<bool, StoreError> {
        group.map_or(Ok(true), |group| self.store.is_whole(group))
    }

    /// Turns a target back, or forward again.
    fn turn(&mut self, target: Target, back: bool, now: Moment) -> Result<Done, Trouble> {
        let mut turning = self.begin_turning(target, back, now)?;
        while !self.step_turning(&mut turning, &mut || false)? {}
        Ok(turning.done())
    }

    /// Begins to take back a chosen entry or group; [`Desk::step_turning`] goes on with it.
    pub fn begin_undo(&mut self, target: Target, now: Moment) -> Result<Turning, Trouble> {
        self.begin_turning(target, true, now)
    }

    fn begin_turning(&mut self, target: Target, back: bool, now: Moment) -> Result<Turning, Trouble> {
        if self.is_read_only() {
            return Err(Trouble::Refused(Refusal::ReadOnly));
        }
        let checking = Checking::default();
        Ok(Turning {
            target,
            back,
            now,
            phase: Phase::Begun(checking),
            parts: Vec::new(),
            at: 0,
            seq: 0,
            changes: 0,
            home: Id::BOOK,
        })
    }

    /// Goes on entry by entry until `enough` says that it is: checks everything first, then writes; true when all is done.
    pub fn step_turning(&mut self, turning: &mut Turning, enough: &mut dyn FnMut() -> bool) -> Result<bool, Trouble> {
        loop {
            turning.phase = match std::mem::replace(&mut turning.phase, Phase::Over) {
                Phase::Begun(checking) => {
                    turning.parts = self.parts_of(turning.target, turning.back)?;
                    Phase::Checking(checking)
                }
                Phase::Unchecked => {
                    turning.parts = self.parts_of(turning.target, turning.back)?;
                    self.write_turn(turning)?
                }
                Phase::Checking(checking) => self.check_more(turning, checking)?,
                Phase::Writing => self.turn_more(turning)?,
                Phase::Over => return Ok(true),
            };
            if enough() {
                return Ok(matches!(turning.phase, Phase::Over));
            }
        }
    }

    /// Writes the entry that turns the target; from here on it counts as turned.
    fn write_turn(&mut self, turning: &mut Turning) -> Result<Phase, Trouble> {
        turning.at = 0;
        let cause = if turning.back { Cause::Undo(turning.target) } else { Cause::Redo(turning.target) };
        turning.seq = self.append(Draft { cause, ..Draft::default() }, turning.now, Durability::Now)?;
        Ok(Phase::Writing)
    }

    fn turn_more(&mut self, turning: &mut Turning) -> Result<Phase, Trouble> {
        let part = turning.parts.get(turning.at).copied();
        let changes = part.map_or(Ok(Vec::new()), |part| self.part(part, turning.back))?;
        turning.at += 1;
        turning.changes += changes.len();
        turning.home = changes.first().map_or(turning.home, Change::home_after);
        let touched = self.touch(&changes)?;
        let last = turning.at >= turning.parts.len();
        self.settle(turning.seq, &changes, touched, last)?;
        Ok(if last { Phase::Over } else { Phase::Writing })
    }

    /// The entries of a target in the order in which they are to be turned.
    fn parts_of(&self, target: Target, back: bool) -> Result<Vec<u64>, StoreError> {
        let mut seqs = match target {
            Target::Entry(seq) => vec![seq],
            Target::Group(group) => self.store.group_entries(group)?.into_iter().map(|head| head.seq).collect(),
        };
        if back {
            seqs.reverse();
        }
        Ok(seqs)
    }

    fn part(&self, seq: u64, back: bool) -> Result<Vec<Change>, StoreError> {
        let changes = self.store.entry(seq)?.changes;
        Ok(if back { changes.into_iter().rev().map(Change::inverted).collect() } else { changes })
    }

    /// Checks the next entry: refuses while something the target touched is not as it left it, or, in the end, something
    /// hangs on what it created.
    fn check_more(&mut self, turning: &mut Turning, mut checking: Checking) -> Result<Phase, Trouble> {
        let Some(seq) = turning.parts.get(turning.at).copied() else {
            let Some(home) = self.left_hanging(&checking.touched, &checking.gone) else {
                return self.write_turn(turning);
            };
            let name = self.book().row_of(home).map_or(String::new(), |row| row.name().to_owned());
            return Err(Trouble::Refused(Refusal::InUse { name }));
        };
        let Checking { touched, gone } = &mut checking;
        for change in self.part(seq, turning.back)? {
            for home in [change.home(), change.home_after()] {
                if let Entry::Vacant(vacant) = touched.entry(home) {
                    vacant.insert(self.store.dossier(home)?);
                }
            }
            if !touched.get(&change.home()).is_some_and(|dossier| fits(&change, dossier)) {
                return Err(Trouble::Refused(self.changed_since(&change, seq)?));
            }
            match &change {
                Change::Gone(record) => {
                    gone.insert(record.id());
                }
                Change::Born(record) => {
                    gone.remove(&record.id());
                }
                Change::Set(_) => {}
            }
            touch(touched, &change);
        }
        turning.at += 1;
        Ok(Phase::Checking(checking))
    }

    /// The home where something would be left that hangs on what is gone: records without their customer, records that
    /// name a contact, deal or follow-up that is gone, or customers of an owner that is.
    fn left_hanging(&self, touched: &Touched, gone: &HashSet<Id>) -> Option<Id> {
        let names_gone = |record: &Record| {
            let fields = record.kind().fields().iter().filter_map(|(number, _)| record.get(*number));
            fields.into_iter().any(|value| match value {
                Value::Link(id) => gone.contains(&id),
                Value::Links(ids) => ids.iter().any(|id| gone.contains(id)),
                _ => false,
            })
        };
        let hangs = |dossier: &&Dossier| {
            is_orphaned(dossier) || (!gone.is_empty() && dossier.records().any(|record| names_gone(&record)))
        };
        let near = touched.values().find(hangs).map(Dossier::home);
        let owned = || {
            let others = self.book().rows().filter(|(_, row)| !touched.contains_key(&row.id));
            others.filter(|(_, row)| row.owner.is_some_and(|owner| gone.contains(&owner))).map(|(_, row)| row.id).next()
        };
        near.or_else(|| if gone.is_empty() { None } else { owned() })
    }

    /// Names the latest entry after `seq` that touched the same record.
    fn changed_since(&self, change: &Change, seq: u64) -> Result<Refusal, StoreError> {
        let dossier = self.store.dossier(change.home())?;
        for later in dossier.history().iter().rev().take_while(|later| **later > seq) {
            let head = self.store.head(*later)?;
            if self.store.changes_of(&head)?.iter().any(|other| other.id() == change.id()) {
                return Ok(Refusal::ChangedSince { seq: Some(head.seq), by: head.by, at: Some(head.at) });
            }
        }
        Ok(Refusal::ChangedSince { seq: None, by: String::new(), at: None })
    }
}

/// Whether a change finds what it is to replace.
fn fits(change: &Change, dossier: &Dossier) -> bool {
    match change {
        Change::Born(record) => !dossier.has(record.id()),
        Change::Gone(record) => dossier.get(record.id()).as_ref() == Some(record),
        Change::Set(set) => dossier.get(set.id).and_then(|record| record.get(set.field)) == Some(set.before.clone()),
    }
}

/// Whether records of a customer are left without the customer.
fn is_orphaned(dossier: &Dossier) -> bool {
    let home = dossier.home();
    home != Id::BOOK && !dossier.is_empty() && !dossier.has(home)
}
