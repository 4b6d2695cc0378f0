//! Reads what is kept: entries, groups, dossiers one by one, and the rows derived from them.

use crate::domain::change::Change;
use crate::domain::id::Id;
use crate::store::codec::entry::{Step, open_entry};
use crate::store::codec::index::Place;
use crate::store::codec::{Fault, unseal};
use crate::store::dossier::Dossier;
use crate::store::entry::{Cause, Entry, Head, Part};
use crate::store::error::StoreError;
use crate::store::journal::Journal;
use crate::store::replay::group_range;
use crate::store::tree::{ROWS, Tree, chunk_of, row_of};
use crate::store::{Store, worn};
use sled::IVec;
use std::marker::PhantomData;
use std::sync::Arc;

impl Store {
    /// Entry `seq`, as it was written.
    pub fn entry(&self, seq: u64) -> Result<Entry, StoreError> {
        let (place, frame) = self.frame(seq)?;
        open_entry(seq, &frame.body).and_then(super::codec::entry::Opened::entry).map_err(self.fault_in(place))
    }

    /// Entry `seq` without what happened.
    pub fn head(&self, seq: u64) -> Result<Head, StoreError> {
        let place = self.place(seq)?;
        let (frame, beginning) = self.journal.read_beginning(place)?;
        if frame.seq != seq {
            return Err(self.fault_in(place)(Fault::Spoiled("entry")));
        }
        match open_entry(seq, &beginning) {
            Ok(opened) => Ok(opened.head),
            Err(_) => self.entry(seq).map(|entry| entry.head),
        }
    }

    /// All entries, newest first, without what happened. Those that are known to be lost are left out: the others still
    /// tell.
    pub fn entries_back(&self) -> impl Iterator<Item = Result<Head, StoreError>> {
        (1..self.next_seq()).rev().map(|seq| self.head(seq)).filter(|head| !matches!(head, Err(StoreError::NoEntry(_))))
    }

    /// The first and the last entry of a group, those of others between them counted.
    pub fn group_range(&self, group: Id) -> Result<Option<(u64, u64)>, StoreError> {
        group_range(self, group).map_err(worn)
    }

    /// Whether a group was ended, and not stopped or cut off on the way.
    pub fn is_whole(&self, group: Id) -> Result<bool, StoreError> {
        let Some((_, last)) = self.group_range(group)? else { return Ok(false) };
        Ok(self.head(last)?.cause == Cause::GroupEnd)
    }

    /// Whether an entry between a group's first and last is known to be lost: it may have been the group's.
    pub fn has_lost_entries(&self, group: Id) -> Result<bool, StoreError> {
        let Some((first, last)) = self.group_range(group)? else { return Ok(true) };
        Ok((first..=last).any(|seq| matches!(self.head(seq), Err(StoreError::NoEntry(_)))))
    }

    /// The entries of a group that carry changes, oldest first; without those that are known to be lost.
    ///
    /// # Errors
    /// Where one cannot be read that was not known to be lost.
    pub fn group_entries(&self, group: Id) -> Result<Vec<Head>, StoreError> {
        let Some((first, last)) = group_range(self, group).map_err(worn)? else { return Ok(Vec::new()) };
        let mut members = Vec::new();
        for seq in first..=last {
            match self.head(seq) {
                Ok(head) if head.group == Some(group) && carries_changes(&head.cause) => members.push(head),
                Ok(_) | Err(StoreError::NoEntry(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(members)
    }

    /// The changes of one part of an entry, in the order in which they are to be done: see [`Store::parts`].
    pub fn changes_of_part(&self, part: Part) -> Result<Vec<Change>, StoreError> {
        let (place, frame) = self.frame(part.seq)?;
        let faulty = self.fault_in(place);
        let steps = open_entry(part.seq, &frame.body).and_then(|opened| opened.steps()).map_err(&faulty)?;
        let changes = if part.inverted {
            steps.into_iter().rev().map(|step| step.inverted().change()).collect::<Result<Vec<Change>, _>>()
        } else {
            steps.iter().map(Step::change).collect()
        };
        changes.map_err(faulty)
    }

    /// All that an entry changed, whether it carries it or takes back or does again what others did. For a large group,
    /// take [`Store::parts`] one by one.
    pub fn changes_of(&self, entry: &Head) -> Result<Vec<Change>, StoreError> {
        let parts = self.parts(entry)?;
        let changes =
            parts.into_iter().map(|part| self.changes_of_part(part)).collect::<Result<Vec<_>, StoreError>>()?;
        Ok(changes.into_iter().flatten().collect())
    }

    /// Every dossier, one by one, in no order that means anything.
    pub fn dossiers(&self) -> Result<Dossiers<'_>, StoreError> {
        self.dossiers_from(Id::BOOK)
    }

    /// The dossiers from `home` on, in the order of their homes.
    pub fn dossiers_from(&self, home: Id) -> Result<Dossiers<'_>, StoreError> {
        Ok(Dossiers { pairs: self.tree()?.dossier_chunks(home), held: None, _store: PhantomData })
    }

    /// At most so many entries from `first` on, to be read by another thread while this one goes on writing.
    pub fn pages(&self, first: u64, most: usize) -> Result<Pages, StoreError> {
        let first = first.max(1);
        let end = self.next_seq().min(first.saturating_add(most as u64));
        let seqs = first..end;
        let places = seqs.map(|seq| Ok((seq, self.place(seq)?)));
        // An entry that is lost was named at opening; the others still tell.
        let places = places.filter(|place| !matches!(place, Err(StoreError::NoEntry(_)))).collect::<Result<_, _>>()?;
        let journal = Journal::read_only(Arc::clone(&self.disk), &self.paths.journal, self.journal.end());
        Ok(Pages { journal, places, end })
    }

    /// The dossiers, to be read by another thread while this one goes on writing.
    pub fn reader(&self) -> Result<Reader, StoreError> {
        Ok(Reader(self.tree()?.clone()))
    }

    /// Every home, one by one.
    pub fn homes(&self) -> Result<impl Iterator<Item = Result<Id, StoreError>>, StoreError> {
        let mut last = None;
        let homes = self.tree()?.dossier_chunks(Id::BOOK).filter_map(move |pair| match pair {
            Ok((key, _)) => {
                chunk_of(&key).map(|(home, _)| home).filter(|home| last.replace(*home) != Some(*home)).map(Ok)
            }
            Err(text) => Some(Err(worn(text))),
        });
        Ok(homes)
    }

    /// Shows every dossier to `see`.
    pub fn scan(&self, mut see: impl FnMut(Dossier)) -> Result<(), StoreError> {
        for dossier in self.dossiers()? {
            see(dossier?);
        }
        Ok(())
    }

    /// All derived row blocks, by their numbers, with their bytes.
    pub fn rows(&self) -> Result<impl Iterator<Item = Result<(u32, Vec<u8>), StoreError>>, StoreError> {
        let tree = self.tree()?;
        let rows = tree.with_prefix(ROWS).filter_map(move |pair| match pair {
            Ok((key, stored)) => {
                let faulty = |fault| {
                    tree.doubt();
                    worn(format!("row block: {fault:?}"))
                };
                row_of(&key).map(|block| Ok((block, unseal(&stored).map_err(faulty)?.to_vec())))
            }
            Err(text) => Some(Err(worn(text))),
        });
        Ok(rows)
    }
}

/// Dossiers read beside the store. It is to be let go soon: while one is held the working copy cannot be opened anew.
pub struct Reader(Tree);

impl Reader {
    /// The dossiers from `home` on, in the order of their homes; what is written meanwhile may be seen or not.
    pub fn dossiers_from(&self, home: Id) -> Dossiers<'_> {
        let Reader(tree) = self;
        Dossiers { pairs: tree.dossier_chunks(home), held: None, _store: PhantomData }
    }
}

/// A part of the journal, read beside the store.
pub struct Pages {
    journal: Journal,
    places: Vec<(u64, Place)>,
    end: u64,
}

impl Pages {
    /// The number of the entry behind the last.
    pub const fn end(&self) -> u64 {
        self.end
    }

    /// The entries, oldest first, without what happened.
    pub fn heads(&self) -> impl Iterator<Item = Result<Head, StoreError>> {
        self.places.iter().map(|(seq, place)| {
            let (_, beginning) = self.journal.read_beginning(*place)?;
            match open_entry(*seq, &beginning) {
                Ok(opened) => Ok(opened.head),
                Err(_) => self.entry(*seq).map(|entry| entry.head),
            }
        })
    }

    /// One of the entries, as it was written.
    pub fn entry(&self, seq: u64) -> Result<Entry, StoreError> {
        let found = self.places.binary_search_by_key(&seq, |(seq, _)| *seq).ok();
        let (_, place) = found.and_then(|at| self.places.get(at)).ok_or(StoreError::NoEntry(seq))?;
        let frame = self.journal.read(seq, *place)?;
        open_entry(seq, &frame.body)
            .and_then(super::codec::entry::Opened::entry)
            .map_err(|fault| worn(format!("entry {seq}: {fault:?}")))
    }
}

/// Whether an entry carries what happened.
const fn carries_changes(cause: &Cause) -> bool {
    !matches!(cause, Cause::Undo(_) | Cause::Redo(_) | Cause::GroupEnd)
}

/// Every dossier, one by one.
pub struct Dossiers<'a> {
    pairs: super::tree::Pairs,
    held: Option<(Id, u32, IVec)>,
    /// The working copy cannot be closed while it is read.
    _store: PhantomData<&'a Store>,
}

impl Iterator for Dossiers<'_> {
    type Item = Result<Dossier, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut chunks: Vec<(u32, IVec)> = Vec::new();
        let mut home = None;
        if let Some((held, number, bytes)) = self.held.take() {
            home = Some(held);
            chunks.push((number, bytes));
        }
        for pair in self.pairs.by_ref() {
            let (key, bytes) = match pair {
                Ok(pair) => pair,
                Err(text) => return Some(Err(worn(text))),
            };
            let Some((found, number)) = chunk_of(&key) else { continue };
            if home.is_some_and(|home| home != found) {
                self.held = Some((found, number, bytes));
                break;
            }
            home = Some(found);
            chunks.push((number, bytes));
        }
        let home = home?;
        let read = Dossier::read(home, chunks.iter().map(|(number, bytes)| (*number, bytes.as_ref())));
        Some(read.map_err(|fault| {
            self.pairs.doubt();
            worn(format!("dossier {home}: {fault:?}"))
        }))
    }
}
