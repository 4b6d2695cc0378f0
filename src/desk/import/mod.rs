//! What came from files, matched with what is there and written as one group that can be undone as one.

pub mod altered;
mod key;
mod matching;
mod merging;
mod model;
pub mod stepping;

pub use model::{Counts, Imported, Importing, Mode};

use self::model::CHANGES_AN_ENTRY;
use self::stepping::{Import, Load};
use crate::desk::Desk;
use crate::desk::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::id::Id;
use crate::domain::record::Record;
use crate::domain::time::Moment;
use crate::exchange::intake::{FileRead, Intake};
use crate::store::entry::{Cause, Durability};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Entries after which the working copy is put in order.
const RESTS_AFTER: u64 = 50;
/// Entries after which the store gives back the memory that writing took, in the middle of a large import.
const RESTS_EVERY: u64 = 256;

impl Desk {
    /// Takes in what files said.
    pub fn import(&mut self, intake: Intake, importing: Importing<'_>, now: Moment) -> Result<Imported, Trouble> {
        let (name, mode, dry_run) = (name_of_files(&intake.files), importing.mode, importing.dry_run);
        let load = Load { name, incoming: Arc::new(intake.incoming), mode, dry_run, ..Load::default() };
        let mut import = self.begin_import(load, now)?;
        while !self.step_import(&mut import, &mut || true)? {
            let (done, of) = import.progress();
            if !import.is_taking_back() && !(importing.progress)(done, of) {
                import.stop();
            }
        }
        Ok(import.into_imported())
    }

    /// Begins to take in what files said; [`Desk::step_import`] goes on with it.
    pub fn begin_import(&mut self, load: Load, now: Moment) -> Result<Import, Trouble> {
        stepping::begin_import(self, load, now)
    }

    /// Goes on until `enough` says that it is, asked after each small piece of work; true when all is done. What fails is
    /// taken back, as far as the disk allows it.
    pub fn step_import(&mut self, import: &mut Import, enough: &mut dyn FnMut() -> bool) -> Result<bool, Trouble> {
        stepping::step_import(self, import, enough)
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
        self.end_group(group, self.store.next_seq() - first, now)
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

    fn end_group(&mut self, group: Id, entries: u64, now: Moment) -> Result<(), Trouble> {
        let seq = self.append(Vec::new(), Some(group), Cause::GroupEnd, now, Durability::Now)?;
        self.settle(seq, &[], BTreeMap::new(), true)?;
        if entries > RESTS_AFTER {
            self.store.rest()?;
        }
        Ok(())
    }
}

/// The files of an import, as the journal tells them.
pub fn name_of_files(files: &[FileRead]) -> String {
    files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(" ")
}
