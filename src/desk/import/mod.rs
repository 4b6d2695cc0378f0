//! What came from files, matched with what is there and written as one group that can be undone as one.

mod matching;
mod merging;

use self::matching::{Known, Matching, Queue, number_of, text_of};
use self::merging::{changes_of_home, natural_key};
use crate::book::command::{Codes, Refusal};
use crate::desk::Desk;
use crate::desk::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::domain::time::Moment;
use crate::exchange::intake::Intake;
use crate::exchange::intake::harvest::Harvest;
use crate::store::entry::{Cause, Durability, Target};
use std::collections::{BTreeMap, HashSet};

/// Changes of one entry at most.
const CHANGES_AN_ENTRY: usize = 1_000;
/// Entries after which the working copy is put in order.
const RESTS_AFTER: u64 = 50;
/// Entries after which the store gives back the memory that writing took, in the middle of a large import.
const RESTS_EVERY: u64 = 256;

/// Records between two questions whether to go on, while nothing is written yet.
const ASKED_EVERY: usize = 1_000;

/// What may be done with rows that match a record, and with those that do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Only new records.
    Create,
    /// Only records that are there.
    Update,
    /// Both.
    #[default]
    Both,
}

/// How an import is to go.
pub struct Importing<'a> {
    /// What may be done.
    pub mode: Mode,
    /// Only count what would be done.
    pub dry_run: bool,
    /// Told of homes done and of how many, none of the records while they are still matched; answers false to stop. What was
    /// done is then undone.
    pub progress: &'a mut dyn FnMut(u64, u64) -> bool,
}

/// What became of the rows of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records made.
    pub created: u64,
    /// Records changed.
    pub updated: u64,
    /// Records that were so already.
    pub unchanged: u64,
    /// Rows that were not taken.
    pub refused: u64,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The group it can be undone by; none when nothing was written.
    pub group: Option<Id>,
    /// By kind of record.
    pub counts: BTreeMap<Kind, Counts>,
    /// Stages met for the first time, added as open.
    pub new_stages: Vec<String>,
    /// It was stopped, and nothing is left of it.
    pub stopped: bool,
}

impl Imported {
    /// Stopped before anything was written.
    fn stopped() -> Imported {
        Imported { stopped: true, ..Imported::default() }
    }
}

impl Desk {
    /// Takes in what files said.
    pub fn import(&mut self, intake: Intake, importing: Importing<'_>, now: Moment) -> Result<Imported, Trouble> {
        if self.is_read_only() && !importing.dry_run {
            return Err(Trouble::Refused(Refusal::ReadOnly));
        }
        let names: Vec<&str> = intake.files.iter().map(|file| file.name.as_str()).collect();
        let name = names.join(" ");
        let mut imported = Imported::default();
        let of = intake.incoming.len() as u64;
        let mut goes_on = |at: usize| !at.is_multiple_of(ASKED_EVERY) || (importing.progress)(0, of);
        let Some(known) = self.known(&intake.incoming, &mut goes_on)? else { return Ok(Imported::stopped()) };
        let mut matching = Matching::new(self, known, importing.mode, now);
        for (at, incoming) in (1..).zip(intake.incoming.iter()) {
            matching.take(incoming, self);
            if !goes_on(at) {
                return Ok(Imported::stopped());
            }
        }
        let Matching { mut arriving, counts, new_stages, .. } = matching;
        imported.counts = counts;
        imported.new_stages = new_stages;
        drop(intake.incoming);
        // Homes keep together, so that each dossier is read and written once; the book's own come first.
        arriving.waiting.sort_by_key(|record| record.home);
        self.write_homes(&arriving, &name, importing, now, &mut imported)?;
        Ok(imported)
    }

    /// Takes in records as they are, each vector the records of one home or of the book: for sample books. It is how the
    /// book began, and no act of anybody's: undo does not take it back.
    pub fn fill(
        &mut self,
        pieces: impl Iterator<Item = Vec<Record>>,
        now: Moment,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), Trouble> {
        let (group, first) = (self.ids.next(now), self.store.next_seq());
        let mut waiting: Vec<Change> = Vec::new();
        for (done, piece) in (1..).zip(pieces) {
            waiting.extend(piece.into_iter().map(Change::Born));
            if waiting.len() >= CHANGES_AN_ENTRY {
                self.write_part(std::mem::take(&mut waiting), group, &Cause::Found, now)?;
                progress(done);
            }
        }
        if !waiting.is_empty() {
            self.write_part(waiting, group, &Cause::Found, now)?;
        }
        self.end_group(group, first, now)
    }

    fn write_homes(
        &mut self,
        queue: &Queue,
        name: &str,
        importing: Importing<'_>,
        now: Moment,
        imported: &mut Imported,
    ) -> Result<(), Trouble> {
        let (group, first) = (self.ids.next(now), self.store.next_seq());
        let cause = Cause::Import(name.to_owned());
        let mut codes = Codes::of(&self.book);
        let mut waiting: Vec<Change> = Vec::new();
        let homes = || queue.waiting.chunk_by(|one, other| one.home == other.home);
        let of = homes().count() as u64;
        for (done, queued) in (1..).zip(homes()) {
            let home = queued.first().map_or(Id::BOOK, |record| record.home);
            let arriving = queued.iter().filter_map(|record| queue.unpack(record)).collect();
            let dossier = self.store.dossier(home)?;
            let changes = changes_of_home(arriving, &dossier, importing.mode, &mut codes, now, &mut imported.counts);
            waiting.extend(changes);
            if waiting.len() >= CHANGES_AN_ENTRY && !importing.dry_run {
                imported.group = Some(group);
                self.write_part(std::mem::take(&mut waiting), group, &cause, now)?;
            }
            if !(importing.progress)(done, of) {
                imported.stopped = true;
                break;
            }
        }
        if importing.dry_run {
            return Ok(());
        }
        if imported.stopped {
            return self.take_back(imported, first, now);
        }
        if !waiting.is_empty() {
            imported.group = Some(group);
            self.write_part(waiting, group, &cause, now)?;
        }
        if imported.group.is_some() { self.end_group(group, first, now) } else { Ok(()) }
    }

    /// Undoes what was written of an import that was stopped.
    fn take_back(&mut self, imported: &mut Imported, first: u64, now: Moment) -> Result<(), Trouble> {
        if let Some(group) = imported.group.take() {
            self.end_group(group, first, now)?;
            self.undo_chosen(Target::Group(group), now)?;
        }
        Ok(())
    }

    fn write_part(&mut self, changes: Vec<Change>, group: Id, cause: &Cause, now: Moment) -> Result<(), Trouble> {
        for changes in changes.chunks(CHANGES_AN_ENTRY) {
            let touched = self.touch(changes)?;
            let seq = self.append(changes.to_vec(), Some(group), cause.clone(), now, Durability::Later)?;
            self.settle(seq, changes, touched, true)?;
            if seq.is_multiple_of(RESTS_EVERY) {
                self.store.rest()?;
            }
        }
        Ok(())
    }

    fn end_group(&mut self, group: Id, first: u64, now: Moment) -> Result<(), Trouble> {
        let seq = self.append(Vec::new(), Some(group), Cause::GroupEnd, now, Durability::Now)?;
        self.settle(seq, &[], BTreeMap::new(), true)?;
        if self.store.next_seq() - first > RESTS_AFTER {
            self.store.rest()?;
        }
        Ok(())
    }

    /// Records that are there and may come again: those with an incoming number wherever they are kept, and those of no
    /// customer, each by what it is known again. Nothing when `goes_on` says to stop.
    fn known(&self, incoming: &Harvest, goes_on: &mut dyn FnMut(usize) -> bool) -> Result<Option<Known>, Trouble> {
        let mut known = Known::new();
        let numbers = [Kind::Order, Kind::Deal].into_iter().flat_map(|kind| incoming.of(kind));
        let wanted: HashSet<String> =
            numbers.filter_map(|record| text_of(&record.fields, record.kind, "number").map(str::to_owned)).collect();
        let alone = incoming.iter().any(|record| {
            let customer = number_of(record.kind, "customer");
            customer.is_some()
                && record.under.is_none()
                && !record.links.iter().any(|(field, _)| Some(*field) == customer)
        });
        if (wanted.is_empty() && !alone) || self.book.is_empty() {
            return Ok(Some(known));
        }
        for (at, dossier) in (1..).zip(self.store.dossiers()?) {
            let dossier = dossier?;
            if !goes_on(at) {
                return Ok(None);
            }
            let home = dossier.home();
            let homeless = home != Id::BOOK && dossier.count(Kind::Customer) == 0;
            let kinds: &[Kind] = if homeless { Kind::ALL } else { &[Kind::Order, Kind::Deal] };
            for record in kinds.iter().flat_map(|kind| dossier.of(*kind)) {
                let Some(key) = natural_key(&record) else { continue };
                if homeless || key.1.strip_prefix('#').is_some_and(|number| wanted.contains(number)) {
                    known.insert(key, (home, record.id()));
                }
            }
        }
        Ok(Some(known))
    }
}
