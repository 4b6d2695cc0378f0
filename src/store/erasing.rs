//! Erases a person: rewrites the journal without what was kept of one home, and makes the working copy again.

use crate::domain::id::Id;
use crate::store::codec::entry::open_entry;
use crate::store::codec::frame::{write_frame, write_segment_head};
use crate::store::error::{ReadOnly, StoreError};
use crate::store::journal::{Journal, fault_at, segment_name};
use crate::store::mark::{Mark, boot_id, write_mark};
use crate::store::scan::{Found, Scan};
use crate::store::{Progress, Store, opening};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// One journal file as it is to be.
struct Rewriting {
    bytes: Vec<u8>,
    is_changed: bool,
}

impl Store {
    /// Takes everything kept of `home` out of every entry, for ever: entries keep their numbers, and those that had
    /// nothing else become empty. It cannot be taken back. Answers with the number of entries changed. All derived rows
    /// are gone then. Write an entry with [`crate::store::entry::Cause::Erase`] before, and name the backups that still
    /// hold what was erased; stopped half way, it is to be done again.
    pub fn erase(&mut self, home: Id, progress: &mut dyn FnMut(Progress)) -> Result<u64, StoreError> {
        if let Some(why) = &self.read_only {
            return Err(StoreError::ReadOnly(why.clone()));
        }
        if !self.keeps_mark {
            return Err(StoreError::ReadOnly(ReadOnly::Damaged));
        }
        self.journal.sync()?;
        // Whatever happens from here on, the next opening does not believe where the working copy says entries stand.
        let mark = &self.paths.mark;
        self.disk.remove(mark).map_err(|error| StoreError::disk(mark, &error))?;
        self.keeps_mark = false;
        self.read_only = Some(ReadOnly::HalfErased);
        let erased = self.rewrite_without(home)?;
        let replayed = opening::rebuild(self, progress)?;
        let limit = self.journal.limit();
        self.journal = Journal::open(Arc::clone(&self.disk), &self.paths.journal, replayed.end, limit)?;
        let boot = self.boot.clone().unwrap_or_else(boot_id);
        write_mark(self.disk.as_ref(), &self.paths.book, &self.paths.mark, &Mark::Open(boot))
            .map_err(|error| StoreError::disk(&self.paths.mark, &error))?;
        self.keeps_mark = true;
        self.read_only = None;
        Ok(erased)
    }

    /// Rewrites the journal files that hold something of `home`, one at a time.
    fn rewrite_without(&self, home: Id) -> Result<u64, StoreError> {
        let faulty = fault_at(&self.paths.journal);
        let mut scan = Scan::from_start(self.disk.as_ref(), &self.paths.journal)?;
        let mut files: BTreeMap<u32, Rewriting> = BTreeMap::new();
        let mut erased = 0;
        loop {
            let (place, frame) = match scan.advance()? {
                Found::Entry(place, frame) => (place, frame),
                Found::Damage(damage) => {
                    let (path, offset) = (damage.path, damage.offset);
                    return Err(StoreError::Damaged { path, offset, what: "entry" });
                }
                Found::End(..) => break,
            };
            if !files.contains_key(&place.segment) {
                self.put_in_place(&mut files)?;
                let bytes = write_segment_head(place.segment, frame.head.seq);
                files.insert(place.segment, Rewriting { bytes, is_changed: false });
            }
            let opened = open_entry(frame.head.seq, &frame.body).map_err(&faulty)?;
            let without = opened.without(home).map_err(&faulty)?;
            let Some(file) = files.get_mut(&place.segment) else { continue };
            erased += u64::from(without.is_some());
            file.is_changed |= without.is_some();
            let body = without.unwrap_or(frame.body);
            file.bytes.extend(write_frame(frame.head.seq, frame.head.later, &body).map_err(&faulty)?);
        }
        self.put_in_place(&mut files)?;
        Ok(erased)
    }

    fn put_in_place(&self, files: &mut BTreeMap<u32, Rewriting>) -> Result<(), StoreError> {
        for (number, file) in std::mem::take(files).into_iter().filter(|(_, file)| file.is_changed) {
            let path = self.paths.journal.join(segment_name(number));
            let fresh = path.with_extension("new");
            let replace = || -> io::Result<()> {
                let mut written = self.disk.create(&fresh)?;
                written.write_at(&file.bytes, 0)?;
                written.sync()?;
                self.disk.rename(&fresh, &path)?;
                self.disk.sync_folder(&self.paths.journal)
            };
            replace().map_err(|error| StoreError::disk(&path, &error))?;
        }
        Ok(())
    }
}
