//! Writes what a working copy holds beyond the journal as new entries, so that the journal tells all of it again.
//!
//! It only adds: a record that the journal does not tell, or what a field holds where the journal tells otherwise. It never
//! removes a record, never empties a field, never takes an item out of a list, and brings back nothing that was erased.

use crate::domain::change::{Change, SetField};
use crate::domain::id::{Id, IdSource};
use crate::domain::record::Record;
use crate::domain::time::Moment;
use crate::domain::value::Value;
use crate::store::dossier::Dossier;
use crate::store::doubt::{kept, remove_folder};
use crate::store::entry::{Cause, Draft, Durability};
use crate::store::error::{ReadOnly, StoreError};
use crate::store::journal::Journal;
use crate::store::mark::{Acknowledged, State, boot_id};
use crate::store::reading::Dossiers;
use crate::store::tree::Tree;
use crate::store::{Progress, Store, opening, worn};
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

/// Changes in one restoring entry, at most.
const CHANGES_AN_ENTRY: usize = 1000;

/// What a working copy holds beyond the journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beyond {
    /// Customers, and what belongs to none, of which something is missing in the journal.
    pub homes: u64,
    /// Records that the journal does not tell.
    pub records: u64,
    /// Fields that hold something the journal does not tell.
    pub fields: u64,
    /// Records left out because a person was erased since the copy was made.
    pub left_out: u64,
}

impl Beyond {
    /// Whether it is nothing.
    pub const fn is_empty(&self) -> bool {
        self.records == 0 && self.fields == 0
    }

    fn count(&mut self, changes: &[Change]) {
        self.homes += u64::from(!changes.is_empty());
        let records = changes.iter().filter(|change| matches!(change, Change::Born(_))).count() as u64;
        self.records += records;
        self.fields += changes.len() as u64 - records;
    }
}

/// Who writes the restoring entries, and when.
pub struct Salvaging<'a> {
    /// The author.
    pub by: String,
    /// Now.
    pub now: Moment,
    /// Where their ids come from.
    pub ids: &'a mut IdSource,
}

/// Is shown what a home holds in the fuller copy, and in the other if it has it.
type See<'a> = &'a mut dyn FnMut(&Dossier, Option<&Dossier>) -> Result<(), StoreError>;

/// Two copies, home by home: `see` is shown what each home holds in the fuller and in the other.
fn beside(mut fuller: Dossiers<'_>, mut told: Dossiers<'_>, see: See<'_>) -> Result<(), StoreError> {
    let (mut held, mut tell) = (fuller.next().transpose()?, told.next().transpose()?);
    while let Some(dossier) = &held {
        match tell.as_ref().map_or(Ordering::Less, |tell| dossier.home().cmp(&tell.home())) {
            Ordering::Greater => tell = told.next().transpose()?,
            Ordering::Less => {
                see(dossier, None)?;
                held = fuller.next().transpose()?;
            }
            Ordering::Equal => {
                see(dossier, tell.as_ref())?;
                held = fuller.next().transpose()?;
                tell = told.next().transpose()?;
            }
        }
    }
    Ok(())
}

/// What is to be added to `told`, a copy made of the journal, so that it holds all that `fuller` does.
pub(super) struct Additions<'a> {
    fuller: &'a Store,
    told: &'a Store,
    /// Records that the journal tells of another home, as it tells them.
    elsewhere: HashMap<Id, Record>,
    /// Whether a person was erased since the fuller copy was made: whole homes that the journal lacks are then left out.
    is_stale: bool,
    /// What the journal tells of after the last entry the fuller copy knows: there the journal knows better.
    since: Since,
}

/// What entries behind a copy changed.
#[derive(Default)]
struct Since {
    fields: HashSet<(Id, u16)>,
    gone: HashSet<Id>,
}

impl Since {
    /// What the entries of `told` behind entry `seq` changed, as far as they can be read.
    fn of(told: &Store, seq: u64) -> Since {
        let mut since = Since::default();
        let heads = (seq + 1..=told.progressed.seq).filter_map(|seq| told.head(seq).ok());
        for change in heads.flat_map(|head| told.changes_of(&head).unwrap_or_default()) {
            match change {
                Change::Set(set) => drop(since.fields.insert((set.id, set.field))),
                Change::Gone(record) => drop(since.gone.insert(record.id())),
                Change::Born(record) => drop(since.gone.remove(&record.id())),
            }
        }
        since
    }

    /// Whether the journal says nothing later of what a change is about.
    fn allows(&self, change: &Change) -> bool {
        match change {
            Change::Set(set) => !self.fields.contains(&(set.id, set.field)),
            Change::Born(record) => !self.gone.contains(&record.id()),
            Change::Gone(_) => false,
        }
    }
}

impl<'a> Additions<'a> {
    /// Finds out which records moved.
    pub(super) fn of(fuller: &'a Store, told: &'a Store) -> Result<Additions<'a>, StoreError> {
        let mut missing = HashSet::new();
        beside(fuller.dossiers()?, told.dossiers()?, &mut |held, tell| {
            let is_new = |id: &Id| tell.is_none_or(|tell| !tell.has(*id));
            missing.extend(held.records().map(|record| record.id()).filter(is_new));
            Ok(())
        })?;
        let mut elsewhere = HashMap::new();
        if !missing.is_empty() {
            told.scan(|dossier| {
                let records = dossier.records().filter(|record| missing.contains(&record.id()));
                elsewhere.extend(records.map(|record| (record.id(), record)));
            })?;
        }
        let erased = |seq: &u64| told.head(*seq).is_ok_and(|head| head.cause == Cause::Erase);
        let is_stale = (fuller.progressed.seq + 1..=told.progressed.seq).any(|seq| erased(&seq));
        let since = Since::of(told, fuller.progressed.seq);
        Ok(Additions { fuller, told, elsewhere, is_stale, since })
    }

    /// Shows what is to be added, a home at a time, and counts it.
    pub(super) fn each(
        &self,
        see: &mut dyn FnMut(Vec<Change>) -> Result<(), StoreError>,
    ) -> Result<Beyond, StoreError> {
        let mut beyond = Beyond::default();
        beside(self.fuller.dossiers()?, self.told.dossiers()?, &mut |held, tell| {
            if self.is_stale && tell.is_none() {
                beyond.left_out += held.len() as u64;
                return Ok(());
            }
            let mut changes = Vec::new();
            for record in held.records() {
                let before = tell.and_then(|tell| tell.get(record.id()));
                match before.as_ref().or_else(|| self.elsewhere.get(&record.id())) {
                    None => changes.push(Change::Born(record)),
                    Some(before) => changes.extend(before.changes_to(&record).into_iter().filter_map(added)),
                }
            }
            changes.retain(|change| self.since.allows(change));
            beyond.count(&changes);
            if changes.is_empty() { Ok(()) } else { see(changes) }
        })?;
        Ok(beyond)
    }
}

/// A change as far as it adds something.
fn added(change: Change) -> Option<Change> {
    let Change::Set(set) = change else { return Some(change) };
    let after = joined(&set.before, set.after.clone());
    let adds = after != set.before && !matches!(after, Value::Empty | Value::Flag(false));
    adds.then_some(Change::Set(SetField { after, ..set }))
}

/// What a field is to hold: of lists all items of both.
fn joined(before: &Value, after: Value) -> Value {
    fn all<T: PartialEq + Clone>(before: &[T], after: Vec<T>) -> Vec<T> {
        if before.iter().all(|item| after.contains(item)) {
            return after;
        }
        let more = after.into_iter().filter(|item| !before.contains(item));
        before.iter().cloned().chain(more).collect()
    }
    match (before, after) {
        (Value::Texts(before), Value::Texts(after)) => Value::Texts(all(before, after)),
        (Value::Links(before), Value::Links(after)) => Value::Links(all(before, after)),
        (Value::Pairs(before), Value::Pairs(after)) => Value::Pairs(all(before, after)),
        (Value::Parts(before), Value::Parts(after)) => Value::Parts(all(before, after)),
        (_, after) => after,
    }
}

impl Store {
    /// Writes what a working copy holds beyond the journal as new entries behind what the journal still tells, and says
    /// what that was. Nothing that stands in the journal is cut away, and the copy is kept until all of it is written.
    /// All derived rows are gone then.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`] where the book was opened to be read only, where its journal is another book's, or where a
    /// newer program wrote it; what the disk refuses.
    pub fn salvage(
        &mut self,
        salvaging: &mut Salvaging<'_>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Beyond, StoreError> {
        match &self.read_only {
            None | Some(ReadOnly::Ahead { .. } | ReadOnly::Damaged) if self.aside.is_none() => {}
            why => return Err(StoreError::ReadOnly(why.clone().unwrap_or(ReadOnly::Asked))),
        }
        let (fuller, copy) = self.fullest()?;
        self.begin_behind(progress)?;
        opening::undo_unfinished_of(self, salvaging.now)?;
        let beyond = self.write_beyond(&fuller, salvaging)?;
        self.end_salvage(salvaging)?;
        drop(fuller);
        if beyond.left_out == 0 {
            remove_folder(&copy)?;
        }
        Ok(beyond)
    }

    /// The copy that knows most, put aside under its own name where it is the working copy. A copy kept from an earlier
    /// doubt may know less than the one worked on since.
    fn fullest(&mut self) -> Result<(Store, PathBuf), StoreError> {
        let latest_kept = kept(&self.paths).pop().map_or(0, |(seq, _)| seq);
        if self.progressed.seq > latest_kept && self.progressed.gaps.is_empty() || latest_kept == 0 {
            super::doubt::keep(self)?;
        }
        let (_, path) = kept(&self.paths).pop().ok_or(StoreError::Worn { text: "no working copy".to_owned() })?;
        self.tree = None;
        let mut fuller = self.snapshot();
        let tree = Tree::open(&path).map_err(worn)?;
        fuller.progressed = opening::read_progressed_of(&tree).map_err(worn)?.unwrap_or_default();
        fuller.tree = Some(tree);
        Ok((fuller, path))
    }

    /// A working copy of what the journal tells, and the journal open behind all that it holds.
    fn begin_behind(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<(), StoreError> {
        let acknowledged = self.mark.mark.acknowledged;
        // Until all is written, whoever opens the book finds that the journal lacks something.
        self.write_mark(State::Doubted)?;
        let replayed = opening::make_anew(self, progress)?;
        let limit = super::journal::SEGMENT_LIMIT;
        self.journal = Journal::open_behind(Arc::clone(&self.disk), &self.paths.journal, replayed.end, limit)?;
        let last = replayed.end.next_seq - 1;
        let (crc, book) = (self.sum_of(last).unwrap_or(0), self.book_id());
        self.journal.follow(crc, book);
        self.mark.mark.acknowledged = acknowledged;
        self.read_only = None;
        self.is_salvaging = true;
        Ok(())
    }

    fn write_beyond(&mut self, fuller: &Store, salvaging: &mut Salvaging<'_>) -> Result<Beyond, StoreError> {
        let told = self.snapshot();
        let group = Some(salvaging.ids.next(salvaging.now));
        let mut waiting: Vec<Change> = Vec::new();
        let beyond = Additions::of(fuller, &told)?.each(&mut |changes| {
            waiting.extend(changes);
            while waiting.len() >= CHANGES_AN_ENTRY {
                let more = waiting.split_off(CHANGES_AN_ENTRY);
                let piece = std::mem::replace(&mut waiting, more);
                self.write_restoring(salvaging, group, Cause::Salvage, &piece, Durability::Later)?;
            }
            Ok(())
        })?;
        if !beyond.is_empty() {
            self.write_restoring(salvaging, group, Cause::Salvage, &waiting, Durability::Later)?;
            self.write_restoring(salvaging, group, Cause::GroupEnd, &[], Durability::Now)?;
        }
        Ok(beyond)
    }

    /// The entry that says that what was lost is made good.
    fn end_salvage(&mut self, salvaging: &mut Salvaging<'_>) -> Result<(), StoreError> {
        let seq = self.write_restoring(salvaging, None, Cause::Salvage, &[], Durability::Now)?;
        self.is_salvaging = false;
        let crc = self.sum_of(seq).unwrap_or(0);
        self.mark.mark.acknowledged = Acknowledged { seq, crc };
        self.keeps_mark = true;
        let boot = self.boot.clone().unwrap_or_else(boot_id);
        self.write_mark(State::Open(boot))
    }

    fn write_restoring(
        &mut self,
        salvaging: &mut Salvaging<'_>,
        group: Option<Id>,
        cause: Cause,
        changes: &[Change],
        durability: Durability,
    ) -> Result<u64, StoreError> {
        let id = salvaging.ids.next(salvaging.now);
        let by = salvaging.by.clone();
        let draft = Draft { id, at: salvaging.now, by, group, cause, changes: changes.to_vec(), ..Draft::default() };
        let seq = self.append(&draft, durability)?;
        self.settle(seq, &draft.changes, &[])?;
        Ok(seq)
    }
}

#[cfg(test)]
mod tests {
    use super::{added, joined};
    use crate::domain::change::{Change, SetField};
    use crate::domain::id::Id;
    use crate::domain::record::Kind;
    use crate::domain::value::Value;

    fn set(before: Value, after: Value) -> Change {
        Change::Set(SetField { kind: Kind::Customer, id: Id::BOOK, home: Id::BOOK, field: 2, before, after })
    }

    #[test]
    fn a_field_is_never_emptied_and_a_list_loses_nothing() {
        let text = |text: &str| Value::Text(text.to_owned());
        assert_eq!(added(set(text("a"), Value::Empty)), None);
        assert_eq!(added(set(Value::Flag(true), Value::Flag(false))), None);
        assert_eq!(added(set(text("a"), text("b"))), Some(set(text("a"), text("b"))));
        let texts = |texts: &[&str]| Value::Texts(texts.iter().map(|text| (*text).to_owned()).collect());
        assert_eq!(joined(&texts(&["a", "b"]), texts(&["b", "c"])), texts(&["a", "b", "c"]));
        assert_eq!(joined(&texts(&["a"]), texts(&["c", "a"])), texts(&["c", "a"]));
        assert_eq!(added(set(texts(&["a", "b"]), texts(&["b"]))), None);
    }
}
