//! Writes: an entry in the journal first, then what it changed in the working copy.

use crate::domain::change::Change;
use crate::domain::id::Id;
use crate::store::codec::entry::{Step, open_entry, write_entry};
use crate::store::codec::frame::SEGMENT_HEAD;
use crate::store::codec::index::{read_homes, write_homes};
use crate::store::codec::seal;
use crate::store::entry::{Cause, Class, Draft, Durability, Origin, Target};
use crate::store::error::StoreError;
use crate::store::journal::fault_at;
use crate::store::mark::Acknowledged;
use crate::store::tree::{ALL_STALE, STALE, Tree, Worn, row_key};
use crate::store::upgrade::upgrade;
use crate::store::working::Working;
use crate::store::{RowWrite, Stale, Store, opening, worn};
use sled::Batch;
use std::collections::HashSet;

impl Store {
    /// Writes an entry in the journal and answers with its number. An error means that nothing happened, but for
    /// [`StoreError::Unsure`]. Its changes are then to be settled.
    pub fn append(&mut self, draft: &Draft, durability: Durability) -> Result<u64, StoreError> {
        if let Some(why) = &self.read_only {
            return Err(StoreError::ReadOnly(why.clone()));
        }
        let faulty = fault_at(&self.paths.journal);
        if self.is_older {
            self.upgraded = Some(upgrade(self.disk.as_ref(), &self.paths, &self.host, draft.at)?);
            self.is_older = false;
        }
        let (origin, target) = (self.origin_of(draft)?, self.target_of(draft)?);
        let body = write_entry(draft, &self.host, origin, target).map_err(&faulty)?;
        let seq = self.journal.end().next_seq;
        let head = open_entry(seq, &body).map_err(&faulty)?.head;
        let (place, crc) = self.journal.append(&body, durability)?;
        if durability == Durability::Now {
            self.durable = seq;
            if !self.is_salvaging {
                self.mark.acknowledge(Acknowledged { seq, crc });
            }
            if place.offset as usize == SEGMENT_HEAD {
                // The entry is the first of its file, which was waited for too.
                self.mark.sync();
            }
        }
        // The entry is safe; what the working copy fails to note it finds in the journal when it is settled.
        if self.note(place, crc, &head).is_err() {
            self.tree = None;
        }
        Ok(seq)
    }

    /// What tells the next entry from those of other devices.
    fn origin_of(&self, draft: &Draft) -> Result<Origin, StoreError> {
        let millis = u64::try_from(draft.at.seconds()).unwrap_or(0).saturating_mul(1000);
        let class = match draft.cause {
            Cause::Undo(target) | Cause::Redo(target) => self.class_of(target)?,
            _ => Class::of(&draft.changes),
        };
        Ok(Origin {
            device: self.device,
            number: self.progressed.last_of(self.device) + 1,
            stamp: (millis << 16).max(self.progressed.stamp + 1),
            session: self.session,
            author: draft.author,
            class,
        })
    }

    /// Whose matter it is to turn a target round.
    fn class_of(&self, target: Target) -> Result<Class, StoreError> {
        let first = match target {
            Target::Entry(seq) => Some(self.head(seq)?),
            Target::Group(group) => self.group_entries(group)?.into_iter().next(),
        };
        let Some(first) = first else { return Ok(Class::default()) };
        match first.origin {
            Some(origin) => Ok(origin.class),
            None => Ok(Class::of(&self.changes_of(&first)?)),
        }
    }

    /// The id of the entry that is to be turned round.
    fn target_of(&self, draft: &Draft) -> Result<Option<Id>, StoreError> {
        match draft.cause {
            Cause::Undo(Target::Entry(seq)) | Cause::Redo(Target::Entry(seq)) => Ok(Some(self.head(seq)?.id)),
            _ => Ok(None),
        }
    }

    /// Makes the changes of entry `seq` in the working copy, with the rows derived from them. The entry is saved already:
    /// where the working copy fails it is brought up again from the journal, and the answer names the homes whose rows
    /// are then to be derived anew.
    pub fn settle(&mut self, seq: u64, changes: &[Change], rows: &[RowWrite]) -> Result<Stale, StoreError> {
        match self.try_settle(seq, changes, rows, true) {
            Ok(()) => Ok(Stale::None),
            Err(_) => opening::heal(self),
        }
    }

    /// As [`Store::settle`], for all but the last part of an entry that is made in several.
    pub fn settle_part(&mut self, seq: u64, changes: &[Change], rows: &[RowWrite]) -> Result<Stale, StoreError> {
        match self.try_settle(seq, changes, rows, false) {
            Ok(()) => Ok(Stale::None),
            Err(_) => opening::heal(self),
        }
    }

    fn try_settle(&mut self, seq: u64, changes: &[Change], rows: &[RowWrite], last: bool) -> Result<(), Worn> {
        if seq > self.progressed.seq + 1 {
            // An entry before it was never settled.
            return Err("out of order".to_owned());
        }
        let tree = self.tree.as_ref().ok_or("not open")?;
        let mut working = Working::default();
        for change in changes {
            let step = Step::of(change).map_err(|fault| format!("{fault:?}"))?;
            working.step(tree, &step, seq)?;
        }
        let mut batch = Batch::default();
        working.write_to(&mut batch);
        put_rows(rows, &mut batch);
        self.write_batch(batch, if last { seq } else { self.progressed.seq })
    }

    /// Writes rows that were derived anew. When all that were stale are written, say so by [`Store::rows_are_fresh`].
    pub fn write_rows(&mut self, rows: &[RowWrite]) -> Result<(), StoreError> {
        let mut batch = Batch::default();
        put_rows(rows, &mut batch);
        self.tree()?.write(batch).map_err(worn)
    }

    /// Notes that no row is stale any more.
    pub fn rows_are_fresh(&mut self) -> Result<(), StoreError> {
        let mut batch = Batch::default();
        batch.remove(ALL_STALE);
        batch.remove(STALE);
        self.tree()?.write(batch).map_err(worn)
    }
}

fn put_rows(rows: &[RowWrite], batch: &mut Batch) {
    for row in rows {
        match &row.bytes {
            Some(bytes) => batch.insert(row_key(row.block).as_slice(), seal(bytes.clone())),
            None => batch.remove(row_key(row.block).as_slice()),
        }
    }
}

/// The homes whose rows are noted as stale.
pub fn stale(tree: &Tree) -> Result<Stale, Worn> {
    if tree.get(ALL_STALE)?.is_some() {
        return Ok(Stale::All);
    }
    match tree.get(STALE)? {
        None => Ok(Stale::None),
        Some(stored) => read_homes(&stored).map(Stale::Homes).map_err(|fault| format!("stale homes: {fault:?}")),
    }
}

/// Notes that the rows of `homes`, or of all, are stale besides those that are.
pub fn mark_stale(tree: &Tree, batch: &mut Batch, homes: Option<&HashSet<Id>>) -> Result<(), Worn> {
    let before = match stale(tree)? {
        Stale::All => return Ok(()),
        Stale::None => Vec::new(),
        Stale::Homes(homes) => homes,
    };
    match homes {
        Some(homes) if homes.is_empty() => {}
        Some(homes) => {
            let mut all: Vec<Id> = homes.iter().copied().chain(before).collect();
            all.sort_unstable();
            all.dedup();
            batch.insert(STALE, write_homes(&all));
        }
        None => batch.insert(ALL_STALE, seal(Vec::new())),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::domain::change::Change;
    use crate::domain::customer::Customer;
    use crate::domain::id::Id;
    use crate::domain::record::Record;
    use crate::store::entry::{Draft, Durability};
    use crate::store::{Options, RowWrite, Stale, Store};
    use std::path::Path;

    const HOME: Id = Id::from_bytes([5; 16]);

    fn born() -> Vec<Change> {
        vec![Change::Born(Record::from(Customer { id: HOME, name: "a".to_owned(), ..Customer::default() }))]
    }

    fn open_with_one_entry(folder: &Path) -> Store {
        let (mut store, _) = Store::open(folder, Options::default(), &mut |_| ()).unwrap();
        let draft = Draft { id: HOME, changes: born(), ..Draft::default() };
        assert_eq!(store.append(&draft, Durability::Now), Ok(1));
        store
    }

    #[test]
    fn a_working_copy_that_fails_after_the_entry_is_saved_is_brought_up_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = open_with_one_entry(folder.path());
        store.tree = None;
        let row = RowWrite { block: 0, bytes: Some(vec![1]) };
        assert_eq!(store.settle(1, &born(), &[row]), Ok(Stale::Homes(vec![HOME])));
        assert!(store.dossier(HOME).unwrap().customer().is_some());
        assert_eq!(store.settled(), 1);
    }

    #[test]
    fn a_working_copy_that_is_gone_after_the_entry_is_saved_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = open_with_one_entry(folder.path());
        store.tree = None;
        std::fs::remove_dir_all(&store.paths.working).unwrap();
        assert_eq!(store.settle(1, &born(), &[]), Ok(Stale::All));
        assert!(store.dossier(HOME).unwrap().customer().is_some());
    }

    #[test]
    fn settling_an_entry_twice_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = open_with_one_entry(folder.path());
        for _ in 0..2 {
            assert_eq!(store.settle(1, &born(), &[]), Ok(Stale::None));
            let dossier = store.dossier(HOME).unwrap();
            assert_eq!((dossier.len(), dossier.history()), (1, [1].as_slice()));
        }
    }

    #[test]
    fn a_store_can_be_given_to_a_thread_of_its_own() {
        fn is_send<T: Send>() {}
        is_send::<Store>();
    }
}
