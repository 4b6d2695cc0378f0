//! Where a journal ends, told by its files alone: what was kept for this end is true for no other.

use crate::store::codec::put_number;
use crate::store::disk::{Disk, RealDisk};
use crate::store::journal::{segment_name, segments};
use crate::store::mark::{State, read_mark};
use crate::store::paths::Paths;
use crate::store::{Store, lock};
use std::path::Path;

/// Bytes before the end that are looked at; every entry has a number, an id and a checksum.
const LAST: u64 = 4096;

/// How a journal ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing(Vec<u8>);

impl Standing {
    /// How the journal of the book in `folder` ends; `None` unless the book was closed well and nobody has it open.
    pub fn of(folder: &Path) -> Option<Standing> {
        let paths = Paths::of(folder);
        let closed = matches!(read_mark(&RealDisk, &paths.mark).state, State::Closed(_));
        let standing = Standing::read(&RealDisk, &paths.journal).filter(|_| closed)?;
        lock::is_free(&paths.lock).then_some(standing)
    }

    /// It as bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn read(disk: &dyn Disk, journal: &Path) -> Option<Standing> {
        let segment = *segments(disk, journal).ok()?.last()?;
        let file = disk.open(&journal.join(segment_name(segment))).ok()?;
        let length = file.length().ok()?;
        let counted = LAST.min(length);
        let mut last = vec![0; counted as usize];
        file.read_at(&mut last, length - counted).ok()?;
        let mut told = Vec::new();
        for number in [u64::from(segment), length, u64::from(crc32fast::hash(&last))] {
            put_number(number, &mut told);
        }
        Some(Standing(told))
    }
}

impl Store {
    /// How the journal ends now; `None` where this session will not close the book well, or is not its only one.
    pub fn standing(&self) -> Option<Standing> {
        let closes_well = self.keeps_mark && self.is_alone() && self.read_only().is_none();
        closes_well.then(|| Standing::read(self.disk.as_ref(), &self.paths.journal)).flatten()
    }
}
