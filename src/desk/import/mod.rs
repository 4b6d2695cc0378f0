//! What came from files, matched with what is there and written as one group that can be undone as one.

pub mod altered;
mod key;
pub mod lineage;
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
use crate::store::entry::{Cause, Draft, Durability};
use lineage::{Came, Source, lineage_of};
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
        let sources = Source::all_of(&intake.files);
        let load = Load { name, sources, incoming: Arc::new(intake.incoming), mode, dry_run, ..Load::default() };
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
        let part = Draft { group: Some(group), cause: Cause::Found, ..Draft::default() };
        let mut waiting: Vec<Change> = Vec::new();
        for (done, piece) in (1..).zip(pieces) {
            waiting.extend(piece.into_iter().map(Change::Born));
            if waiting.len() >= CHANGES_AN_ENTRY {
                self.write_part(&part, &std::mem::take(&mut waiting), Came::default(), now)?;
                progress(done);
            }
        }
        if !waiting.is_empty() {
            self.write_part(&part, &waiting, Came::default(), now)?;
        }
        self.end_group(group, self.store.next_seq() - first, now)
    }

    /// Writes changes as entries like `part`, as many as are needed.
    fn write_part(&mut self, part: &Draft, changes: &[Change], came: Came<'_>, now: Moment) -> Result<(), Trouble> {
        for (place, changes) in changes.chunks(CHANGES_AN_ENTRY).enumerate() {
            let rows = came.rows.chunks(CHANGES_AN_ENTRY).nth(place).unwrap_or_default();
            let lineage = lineage_of(changes, rows, came.sources);
            let touched = self.touch(changes)?;
            let draft = Draft { changes: changes.to_vec(), lineage, ..part.clone() };
            let seq = self.append(draft, now, Durability::Later)?;
            self.settle(seq, changes, touched, true)?;
            if seq.is_multiple_of(RESTS_EVERY) {
                self.store.rest()?;
            }
        }
        Ok(())
    }

    fn end_group(&mut self, group: Id, entries: u64, now: Moment) -> Result<(), Trouble> {
        let end = Draft { group: Some(group), cause: Cause::GroupEnd, ..Draft::default() };
        let seq = self.append(end, now, Durability::Now)?;
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
