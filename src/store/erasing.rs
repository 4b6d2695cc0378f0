//! Erases a person: rewrites the journal without what was kept of one home, and makes the working copy again.

use crate::domain::id::Id;
use crate::store::codec::entry::{Step, open_entry};
use crate::store::codec::frame::{read_frame_head, write_frame, write_segment_head};
use crate::store::codec::index::{Place, write_progressed};
use crate::store::error::{ReadOnly, StoreError};
use crate::store::journal::{Frame, Journal, fault_at, segment_head, segment_name};
use crate::store::mark::{Acknowledged, MarkFile, State, boot_id};
use crate::store::scan::{Found, Scan};
use crate::store::tree::{PROGRESSED, Tree};
use crate::store::{Progress, Store, doubt, opening, worn};
use sled::Batch;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::sync::Arc;

/// One journal file as it is to be.
struct Rewriting {
    bytes: Vec<u8>,
    is_changed: bool,
}

impl Store {
    /// Takes every record of `home` out of every entry, for ever: entries keep their numbers, and those that had
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
        let records = self.records_of(home)?;
        self.forget_sum()?;
        // Whatever happens from here on, the next opening does not believe where the working copy says entries stand.
        let mark = &self.paths.mark;
        self.disk.remove(mark).map_err(|error| StoreError::disk(mark, &error))?;
        let acknowledged = self.mark.mark.acknowledged;
        self.mark = MarkFile::default();
        self.keeps_mark = false;
        self.read_only = Some(ReadOnly::HalfErased);
        self.remove_sidecars()?;
        let erased = self.rewrite_without(&records)?;
        let replayed = opening::make_anew(self, progress)?;
        let limit = self.journal.limit();
        self.journal = Journal::open(Arc::clone(&self.disk), &self.paths.journal, replayed.end, limit)?;
        let (last, book) = (replayed.end.next_seq - 1, self.book_id());
        self.journal.follow(self.sum_of(last).unwrap_or(0), book);
        let crc = self.sum_of(acknowledged.seq).unwrap_or(0);
        self.mark.mark.acknowledged = Acknowledged { crc, ..acknowledged };
        let boot = self.boot.clone().unwrap_or_else(boot_id);
        self.write_mark(State::Open(boot))?;
        for (_, copy) in doubt::kept(&self.paths) {
            doubt::remove_folder(&copy)?;
        }
        self.keeps_mark = true;
        self.read_only = None;
        Ok(erased)
    }

    /// Lets the working copy forget the checksum of its last entry: the entry may get another one, and should that be all
    /// that happens, the journal is not to be taken for another book's.
    fn forget_sum(&mut self) -> Result<(), StoreError> {
        self.progressed.crc = 0;
        let mut batch = Batch::default();
        batch.insert(PROGRESSED, write_progressed(&self.progressed));
        self.tree()?.write(batch).and_then(|()| self.tree.as_ref().map_or(Ok(()), Tree::flush)).map_err(worn)
    }

    /// The records kept in `home`, or last kept there: one that was given to another customer since is that one's.
    fn records_of(&self, home: Id) -> Result<HashSet<Id>, StoreError> {
        let mut touched: HashMap<Id, HashSet<Id>> = HashMap::new();
        self.each_step(&mut |step, id| {
            if step.homes().contains(&home) {
                touched.entry(id).or_default();
            }
        })?;
        self.each_step(&mut |step, id| {
            if let Some(homes) = touched.get_mut(&id) {
                homes.extend(step.homes());
            }
        })?;
        let mut records = HashSet::new();
        for (id, homes) in touched {
            let mut elsewhere = false;
            for other in homes.into_iter().filter(|other| *other != home) {
                elsewhere |= self.dossier(other)?.has(id);
            }
            if !elsewhere {
                records.insert(id);
            }
        }
        Ok(records)
    }

    fn each_step(&self, see: &mut dyn FnMut(&Step<'_>, Id)) -> Result<(), StoreError> {
        let faulty = fault_at(&self.paths.journal);
        let mut scan = Scan::from_start(self.disk.as_ref(), &self.paths.journal)?;
        while let Some((_, frame)) = next_whole(&mut scan)? {
            for step in open_entry(frame.head.seq, &frame.body).and_then(|opened| opened.steps()).map_err(&faulty)? {
                see(&step, step.id().map_err(&faulty)?);
            }
        }
        Ok(())
    }

    /// Rewrites the journal files that hold something of these records, one at a time.
    fn rewrite_without(&self, records: &HashSet<Id>) -> Result<u64, StoreError> {
        let faulty = fault_at(&self.paths.journal);
        let mut scan = Scan::from_start(self.disk.as_ref(), &self.paths.journal)?;
        let mut files: BTreeMap<u32, Rewriting> = BTreeMap::new();
        let (mut erased, mut last) = (0, (0, 0));
        while let Some((place, frame)) = next_whole(&mut scan)? {
            if !files.contains_key(&place.segment) {
                self.put_in_place(&mut files)?;
                let bytes = write_segment_head(place.segment, self.book_id(), last);
                let told = segment_head(self.disk.as_ref(), &self.paths.journal, place.segment);
                let is_changed = told.and_then(|head| head.before).is_some_and(|before| before != last);
                files.insert(place.segment, Rewriting { bytes, is_changed });
            }
            let opened = open_entry(frame.head.seq, &frame.body).map_err(&faulty)?;
            let without = opened.without(records).map_err(&faulty)?;
            let Some(file) = files.get_mut(&place.segment) else { continue };
            erased += u64::from(without.is_some());
            file.is_changed |= without.is_some();
            let body = without.unwrap_or(frame.body);
            let written = write_frame(frame.head.seq, frame.head.later, &body).map_err(&faulty)?;
            last = (frame.head.seq, read_frame_head(&written).map_or(0, |head| head.crc));
            file.bytes.extend(written);
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

/// The next entry; a lost one is an error, for what it holds cannot be erased.
fn next_whole(scan: &mut Scan<'_>) -> Result<Option<(Place, Frame)>, StoreError> {
    match scan.advance()? {
        Found::Entry(place, frame) => Ok(Some((place, frame))),
        Found::Damage(damage) => Err(StoreError::Damaged { path: damage.path, offset: damage.offset, what: "entry" }),
        Found::End(..) => Ok(None),
    }
}
