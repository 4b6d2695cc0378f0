//! Looks through the journal's files for damage, a little at a time: what was proven once is not read again.
//!
//! A working copy hides damage in the middle of a journal for as long as it lives. So the files are read in idle time, and a
//! note beside the book says which of them were whole, as the file system told them from any other then: number, length and
//! time of the last change. A file that is another now is read again.

use crate::domain::id::Id;
use crate::store::Store;
use crate::store::codec::entry::open_entry;
use crate::store::codec::index::Place;
use crate::store::codec::{Reader, put_number, read_file, write_file};
use crate::store::disk::{Disk, read_whole};
use crate::store::error::StoreError;
use crate::store::journal::{segment_head, segment_name, segments};
use crate::store::paths::Paths;
use crate::store::scan::{Damage, Found, Scan};
use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// What the note is called.
const NAME: &str = "proven";
/// Bytes read between two pauses.
const STRIDE: u64 = 4 * 1024 * 1024;

/// A check of a journal, to be done beside the work on it.
pub struct Check {
    disk: Arc<dyn Disk>,
    paths: Paths,
    /// The last entry that was acknowledged when it began.
    acknowledged: u64,
    /// Whether what is proven may be noted.
    notes: bool,
}

/// How much is read at once.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Bytes after which it stops: the next check goes on.
    pub most: u64,
    /// How long it rests behind every few megabytes.
    pub rest: Duration,
}

/// A file as the file system tells it from any other: number, length, and time of the last change in nanoseconds.
type Stamp = [u64; 3];

impl Store {
    /// A check of this book's journal up to what is saved now.
    pub fn check(&self) -> Check {
        Check {
            disk: Arc::clone(&self.disk),
            paths: self.paths.clone(),
            acknowledged: self.mark.mark.acknowledged.seq.min(self.next_seq() - 1),
            notes: self.is_alone() && self.read_only().is_none(),
        }
    }
}

impl Check {
    /// Reads what is not yet proven and names the entries that are lost and that nothing made good; none where it is told to
    /// stop.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn run(&self, measure: Measure, stop: &AtomicBool) -> Result<Vec<Damage>, StoreError> {
        let mut proven = self.read_note();
        let mut left = measure.most;
        let (mut damages, mut whole) = (Vec::new(), Vec::new());
        let numbers = segments(self.disk.as_ref(), &self.paths.journal)?;
        for (index, number) in numbers.iter().enumerate() {
            let stamp = stamp_of(&self.file(*number));
            let length = stamp.map_or(0, |[_, length, _]| length);
            if stamp.is_some() && proven.get(number) == stamp.as_ref() {
                continue;
            }
            if length > left || stop.load(Ordering::Relaxed) {
                break;
            }
            left -= length;
            let next = numbers.get(index + 1).copied();
            let found = self.look_through(*number, next, measure.rest, stop)?;
            if found.is_empty() {
                whole.extend(stamp.map(|stamp| (*number, stamp)));
            }
            damages.extend(found);
        }
        if stop.load(Ordering::Relaxed) {
            return Ok(Vec::new());
        }
        let lost = self.not_mended(damages)?;
        if lost.is_empty() && self.notes && !whole.is_empty() {
            proven.extend(whole);
            proven.retain(|number, _| numbers.contains(number));
            self.write_note(&proven);
        }
        Ok(lost)
    }

    fn file(&self, number: u32) -> PathBuf {
        self.paths.journal.join(segment_name(number))
    }

    /// The lost entries of one file; `next` is the file behind it.
    fn look_through(
        &self,
        number: u32,
        next: Option<u32>,
        rest: Duration,
        stop: &AtomicBool,
    ) -> Result<Vec<Damage>, StoreError> {
        let (disk, folder) = (self.disk.as_ref(), &self.paths.journal);
        let behind = next.and_then(|next| segment_head(disk, folder, next)).map(|head| head.first_seq);
        let Some(head) = segment_head(disk, folder, number) else {
            return Ok(self.without_beginning(number, behind));
        };
        let mut scan = Scan::of_file(disk, folder, number, head)?;
        let (mut damages, mut paused) = (Vec::new(), 0);
        loop {
            match scan.advance()? {
                Found::Entry(Place { offset, .. }, _) => {
                    if u64::from(offset) > paused + STRIDE {
                        paused = u64::from(offset);
                        std::thread::sleep(rest);
                    }
                    if stop.load(Ordering::Relaxed) {
                        return Ok(Vec::new());
                    }
                }
                Found::Damage(damage) => damages.push(damage),
                Found::End(end, _) => {
                    let expected = behind.unwrap_or(self.acknowledged + 1);
                    if end.next_seq < expected {
                        let offset = u64::from(end.place.offset);
                        let (first, last) = (end.next_seq, expected - 1);
                        damages.push(Damage { path: self.file(number), offset, first, last });
                    }
                    return Ok(damages);
                }
            }
        }
    }

    /// The lost entries of a file without a beginning that can be read: it was being begun when the machine stopped, or its
    /// entries are whole all the same; `behind` is the first entry of the file behind it.
    fn without_beginning(&self, number: u32, behind: Option<u64>) -> Vec<Damage> {
        let read = || -> Result<Option<Damage>, StoreError> {
            let mut scan = Scan::from_start(self.disk.as_ref(), &self.paths.journal)?;
            loop {
                match scan.advance()? {
                    Found::Damage(damage) if damage.path == self.file(number) => return Ok(Some(damage)),
                    Found::Entry(place, _) if place.segment > number => return Ok(None),
                    Found::Entry(..) | Found::Damage(_) => {}
                    Found::End(..) => return Ok(None),
                }
            }
        };
        let unread = Damage { path: self.file(number), offset: 0, first: 0, last: behind.unwrap_or(0) };
        read().unwrap_or_else(|_| behind.map(|_| unread)).into_iter().collect()
    }

    /// Those behind which no salvage was written.
    fn not_mended(&self, mut damages: Vec<Damage>) -> Result<Vec<Damage>, StoreError> {
        if damages.is_empty() {
            return Ok(damages);
        }
        let mut scan = Scan::from_start(self.disk.as_ref(), &self.paths.journal)?;
        loop {
            match scan.advance()? {
                Found::Entry(_, frame) => {
                    let seq = frame.head.seq;
                    if open_entry(seq, &frame.body).is_ok_and(|opened| opened.head.ends_salvage()) {
                        damages.retain(|damage| damage.first >= seq);
                    }
                }
                Found::Damage(_) => {}
                Found::End(..) => return Ok(damages),
            }
        }
    }

    fn note_path(&self) -> PathBuf {
        self.paths.sidecars.join(Id::of_name(NAME).to_string())
    }

    fn read_note(&self) -> BTreeMap<u32, Stamp> {
        let read = || -> Option<BTreeMap<u32, Stamp>> {
            let stored = read_whole(self.disk.as_ref(), &self.note_path()).ok()?;
            let mut reader = Reader::of(read_file(&stored).ok()?);
            let mut proven = BTreeMap::new();
            while !reader.is_done() {
                let number = u32::try_from(reader.number().ok()?).ok()?;
                proven.insert(number, [reader.number().ok()?, reader.number().ok()?, reader.number().ok()?]);
            }
            Some(proven)
        };
        read().unwrap_or_default()
    }

    /// Where it cannot be written, the next check only reads more.
    fn write_note(&self, proven: &BTreeMap<u32, Stamp>) {
        let mut body = Vec::new();
        for (number, stamp) in proven {
            put_number(u64::from(*number), &mut body);
            stamp.iter().for_each(|part| put_number(*part, &mut body));
        }
        let path = self.note_path();
        let fresh = path.with_extension("new");
        let put = || -> std::io::Result<()> {
            self.disk.make_folder(&self.paths.sidecars)?;
            self.disk.create(&fresh)?.write_at(&write_file(&body), 0)?;
            self.disk.rename(&fresh, &path)
        };
        let _ = put();
    }
}

fn stamp_of(path: &Path) -> Option<Stamp> {
    let about = std::fs::metadata(path).ok()?;
    let changed = (about.ctime() as u64).wrapping_mul(1_000_000_000).wrapping_add(about.ctime_nsec() as u64);
    Some([about.ino(), about.len(), changed])
}
