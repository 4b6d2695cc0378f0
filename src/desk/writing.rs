//! How changes become an entry of the journal first, and then rows of the book and records of the working copy.

use crate::book::Book;
use crate::book::portrait::row_of;
use crate::book::row::{Row, StoredRow};
use crate::book::standards::Standards;
use crate::book::standings::Tiers;
use crate::desk::rows::{derive_again, read_tiers, row_writes};
use crate::desk::trouble::Trouble;
use crate::desk::{Desk, Done};
use crate::domain::change::Change;
use crate::domain::deal::Stage;
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::domain::tiers::TierMoves;
use crate::domain::time::Moment;
use crate::query::field::Column;
use crate::store::Stale;
use crate::store::dossier::Dossier;
use crate::store::entry::{Cause, Draft, Durability};
use crate::store::error::StoreError;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Dossiers with changes already made in them.
pub(super) type Touched = BTreeMap<Id, Dossier>;

impl Desk {
    /// Writes changes as one entry; when this answers well, they are safe.
    pub(super) fn commit(&mut self, changes: Vec<Change>, cause: Cause, now: Moment) -> Result<Done, Trouble> {
        let touched = self.touch(&changes)?;
        let carried = match cause {
            Cause::Undo(_) | Cause::Redo(_) => Vec::new(),
            _ => changes.clone(),
        };
        let seq = self.append(Draft { changes: carried, cause, ..Draft::default() }, now, Durability::Now)?;
        self.settle(seq, &changes, touched, true)?;
        let home = changes.first().map_or(Id::BOOK, Change::home_after);
        Ok(Done { seq, home, changes: changes.len() })
    }

    /// Writes an entry in the journal and nowhere else, under a new id and in the name of who works here.
    pub(super) fn append(&mut self, draft: Draft, now: Moment, durability: Durability) -> Result<u64, StoreError> {
        let author = self.book.standards().owner_called(&self.me).map(|owner| owner.id);
        let draft = Draft { id: self.ids.next(now), at: now, by: self.me.clone(), author, ..draft };
        self.store.append(&draft, durability)
    }

    /// The dossiers of these changes, with the changes made in them.
    pub(super) fn touch(&self, changes: &[Change]) -> Result<Touched, StoreError> {
        let mut touched = Touched::new();
        for change in changes {
            for home in [change.home(), change.home_after()] {
                if let Entry::Vacant(vacant) = touched.entry(home) {
                    vacant.insert(self.store.dossier(home)?);
                }
            }
            touch(&mut touched, change);
        }
        Ok(touched)
    }

    /// Brings the working copy and the book up to an entry that is safe in the journal. `last`: no more of the entry comes.
    pub(super) fn settle(
        &mut self,
        seq: u64,
        changes: &[Change],
        touched: Touched,
        last: bool,
    ) -> Result<(), StoreError> {
        let mut again = Vec::new();
        if let Some(dossier) = touched.get(&Id::BOOK) {
            let standards = Standards::of(dossier.records());
            again = self.staged_anew(&standards);
            self.book.set_standards(standards);
        }
        if changes.iter().any(|change| change.kind() == Kind::TierMoves) {
            self.tiers_moved(changes, &touched)?;
        }
        touched.values().for_each(|dossier| self.book.know_again(dossier));
        let mut rows: Vec<_> = touched.values().map(|dossier| self.row(dossier)).collect();
        for home in again.into_iter().filter(|home| !touched.contains_key(home)) {
            rows.push(self.row(&self.store.dossier(home)?));
        }
        let blocks = self.place_rows(rows);
        let rows = row_writes(&self.book, &blocks);
        let stale =
            if last { self.store.settle(seq, changes, &rows)? } else { self.store.settle_part(seq, changes, &rows)? };
        match stale {
            Stale::None => Ok(()),
            stale => {
                derive_again(&mut self.store, &mut self.book, stale)?;
                read_tiers(&self.store, &mut self.book)
            }
        }
    }

    /// Customers whose furthest stage may be another under these standards: those in any stage when stages changed places,
    /// all when one means something else now.
    fn staged_anew(&self, standards: &Standards) -> Vec<Id> {
        let before = self.book.standards();
        let known = |stage: &&Stage| before.stage(&stage.key).is_some();
        let order = |all: &[Stage]| all.iter().filter(known).map(|stage| stage.key.clone()).collect::<Vec<_>>();
        let moved = order(before.stages()) != order(standards.stages());
        let other_role = before.stages().iter().any(|stage| standards.role(&stage.key) != before.role(&stage.key));
        let staged = |row: &Row| !self.book.symbols().word(row.word(Column::Stage)).is_empty();
        let rows = self.book.rows().filter(|(_, row)| other_role || (moved && staged(row)));
        rows.map(|(_, row)| row.id).collect()
    }

    /// Takes over the moves of a recalculation that is the latest; makes all tiers again where one was taken back.
    fn tiers_moved(&mut self, changes: &[Change], touched: &Touched) -> Result<(), StoreError> {
        let born: Vec<&TierMoves> = changes
            .iter()
            .filter_map(|change| match change {
                Change::Born(Record::TierMoves(moves)) => Some(moves),
                _ => None,
            })
            .collect();
        let latest = self.book.standards().runs().last().cloned();
        let run = latest.filter(|run| !born.is_empty() && born.iter().all(|moves| moves.run == Some(run.id)));
        match run {
            Some(run) => born.into_iter().for_each(|moves| self.book.take_moves(&run, moves)),
            None => self.tiers_again(touched)?,
        }
        Ok(())
    }

    /// Every tier, as the recalculations that are left say. What is being changed is not in the store yet.
    fn tiers_again(&mut self, touched: &Touched) -> Result<(), StoreError> {
        let mut tiers = Tiers::default();
        for run in self.book.standards().runs() {
            for home in &run.moves {
                let moves = match touched.get(home) {
                    Some(dossier) => dossier.get(*home),
                    None => self.store.dossier(*home)?.get(*home),
                };
                if let Some(Record::TierMoves(moves)) = moves {
                    tiers.take(run, &moves);
                }
            }
        }
        self.book.set_tiers(tiers);
        Ok(())
    }

    fn row(&self, dossier: &Dossier) -> (Id, Option<StoredRow<'static>>) {
        (dossier.home(), row_of(dossier, self.book.standards()))
    }

    fn place_rows(&mut self, rows: Vec<(Id, Option<StoredRow<'static>>)>) -> BTreeSet<u32> {
        let places = rows.into_iter().filter_map(|(home, row)| self.book.put(home, row));
        places.map(Book::block_of).collect()
    }
}

/// Makes one change in the dossiers it concerns. A record given to another customer moves from one to the other.
pub(super) fn touch(touched: &mut Touched, change: &Change) {
    let (home, after) = (change.home(), change.home_after());
    let moved = match change {
        Change::Set(set) if home != after => touched.get(&home).and_then(|dossier| dossier.get(set.id)).map(|record| {
            let mut record: Record = record;
            record.put(set.field, set.after.clone());
            record
        }),
        _ => None,
    };
    if let Some(dossier) = touched.get_mut(&home) {
        dossier.apply(change);
    }
    if let (Some(record), Some(dossier)) = (moved, touched.get_mut(&after)) {
        dossier.apply(&Change::Born(record));
    }
}
