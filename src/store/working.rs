//! Dossiers being brought up to date: read once, changed step by step, and written together.

use crate::domain::id::Id;
use crate::store::codec::entry::Step;
use crate::store::codec::record::{read_record, write_record};
use crate::store::dossier::Dossier;
use crate::store::tree::{Tree, Worn, chunk_key, chunk_of, dossier_prefix};
use sled::Batch;
use std::collections::HashMap;

/// The dossiers touched so far.
#[derive(Default)]
pub struct Working {
    dossiers: HashMap<Id, Dossier>,
    weight: usize,
}

/// Reads the dossier of `home`.
pub fn read_dossier(tree: &Tree, home: Id) -> Result<Dossier, Worn> {
    let pairs = tree.with_prefix(&dossier_prefix(home)).collect::<Result<Vec<_>, Worn>>()?;
    let chunks = pairs.iter().filter_map(|(key, value)| Some((chunk_of(key)?.1, value.as_ref())));
    Dossier::read(home, chunks).map_err(|fault| {
        tree.doubt();
        format!("dossier {home}: {fault:?}")
    })
}

impl Working {
    /// Does one step of entry `seq`; doing it again changes nothing.
    pub fn step(&mut self, tree: &Tree, step: &Step<'_>, seq: u64) -> Result<(), Worn> {
        let faulty = |fault| format!("entry {seq}: {fault:?}");
        match step {
            Step::Put { home, .. } | Step::Drop { home, .. } => {
                let dossier = self.dossier(tree, *home)?;
                dossier.step(step).map_err(faulty)?;
                dossier.note(seq);
            }
            Step::Set(set) => {
                let (before, after) = (set.home, set.home_after());
                self.dossier(tree, before)?.note(seq);
                if before != after {
                    self.dossier(tree, after)?.note(seq);
                }
                let holder = if self.dossier(tree, before)?.has(set.id) { before } else { after };
                let Some(bytes) = self.dossier(tree, holder)?.bytes_of(set.id) else { return Ok(()) };
                let mut record = read_record(&bytes).map_err(faulty)?;
                record.put(set.field, set.after.clone());
                let bytes = write_record(&record).map_err(faulty)?;
                if holder != after {
                    self.dossier(tree, holder)?.take(set.id);
                }
                self.dossier(tree, after)?.put(bytes).map_err(faulty)?;
            }
        }
        Ok(())
    }

    fn dossier(&mut self, tree: &Tree, home: Id) -> Result<&mut Dossier, Worn> {
        use std::collections::hash_map::Entry;
        match self.dossiers.entry(home) {
            Entry::Occupied(held) => Ok(held.into_mut()),
            Entry::Vacant(vacant) => {
                let dossier = read_dossier(tree, home)?;
                self.weight += dossier.weight() + 256;
                Ok(vacant.insert(dossier))
            }
        }
    }

    /// About how many bytes it holds.
    pub fn weight(&self) -> usize {
        self.weight
    }

    /// Counts in what a step added.
    pub fn grew(&mut self, bytes: usize) {
        self.weight += bytes;
    }

    /// The homes touched.
    pub fn homes(&self) -> impl Iterator<Item = Id> {
        self.dossiers.keys().copied()
    }

    /// Puts what changed into `batch` and lets the dossiers go.
    pub fn write_to(&mut self, batch: &mut Batch) {
        for (home, mut dossier) in self.dossiers.drain() {
            for (number, bytes) in dossier.rewritten() {
                match bytes {
                    Some(bytes) => batch.insert(chunk_key(home, number), bytes),
                    None => batch.remove(chunk_key(home, number)),
                }
            }
        }
        self.weight = 0;
    }
}
