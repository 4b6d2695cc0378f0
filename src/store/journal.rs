//! The journal: entries one behind the other in files of 64 MB, and the only truth there is.

use crate::store::codec::Fault;
use crate::store::codec::frame::{
    FRAME_HEAD, FrameHead, SEGMENT_HEAD, SegmentHead, is_whole, read_frame_head, read_segment_head, write_frame,
    write_segment_head,
};
use crate::store::codec::index::Place;
use crate::store::disk::{Disk, DiskFile};
use crate::store::entry::Durability;
use crate::store::error::StoreError;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How long a journal file grows, in bytes.
pub const SEGMENT_LIMIT: u64 = 64 * 1024 * 1024;

/// The journal, open for writing at its end.
pub struct Journal {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    limit: u64,
    segment: u32,
    file: Option<Box<dyn DiskFile>>,
    end: u64,
    next_seq: u64,
    /// From where on this file holds entries that are not yet made last.
    unsynced: Option<u64>,
    /// A sync failed: what was written must be written again before the next one means anything.
    rewrite: bool,
    /// Bytes behind the end that could not be cut away.
    uncut: bool,
    /// The last entry's checksum; 0 where it is not known.
    last_crc: u32,
    /// The book's own number, written into each file that is begun.
    book: [u8; 16],
}

/// Where the journal ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct End {
    /// Where the next entry goes; segment 0 when there is none yet.
    pub place: Place,
    /// The number the next entry gets.
    pub next_seq: u64,
}

/// An entry as it stands in the journal.
pub struct Frame {
    /// What stands before it.
    pub head: FrameHead,
    /// Its body.
    pub body: Vec<u8>,
}

/// The name of a journal file.
pub fn segment_name(number: u32) -> String {
    format!("{number:08}.kj")
}

/// The number of the journal file at `path`; 0 where it is none.
pub fn segment_of(path: &Path) -> u32 {
    let name = path.file_stem().and_then(|name| name.to_str());
    name.and_then(|name| name.parse().ok()).unwrap_or(0)
}

/// The numbers of the journal files in `folder`, rising.
pub fn segments(disk: &dyn Disk, folder: &Path) -> Result<Vec<u32>, StoreError> {
    let names = disk.names(folder).map_err(|error| StoreError::disk(folder, &error))?;
    let mut numbers: Vec<u32> =
        names.iter().filter_map(|name| name.strip_suffix(".kj")).filter_map(|number| number.parse().ok()).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// Reads the entry at `place`. `None` when there is no whole entry there.
pub fn read_frame(disk: &dyn Disk, folder: &Path, place: Place) -> Result<Option<Frame>, StoreError> {
    let path = folder.join(segment_name(place.segment));
    let read = || -> io::Result<Option<Frame>> {
        let file = disk.open(&path)?;
        read_frame_from(file.as_ref(), u64::from(place.offset))
    };
    match read() {
        Ok(frame) => Ok(frame),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::disk(&path, &error)),
    }
}

fn read_frame_from(file: &dyn DiskFile, offset: u64) -> io::Result<Option<Frame>> {
    let mut start = [0; FRAME_HEAD];
    let read = file.read_at(&mut start, offset)?;
    let Some(head) = start.get(..read).filter(|start| start.len() == FRAME_HEAD).and_then(read_frame_head) else {
        return Ok(None);
    };
    if offset + FRAME_HEAD as u64 + head.length as u64 > file.length()? {
        return Ok(None);
    }
    let mut body = vec![0; head.length];
    file.read_at(&mut body, offset + FRAME_HEAD as u64)?;
    Ok(is_whole(&start, head, &body).then_some(Frame { head, body }))
}

/// Whether journal file `number` holds an entry that can be read.
fn has_entry(file: &dyn DiskFile, number: u32) -> bool {
    let mut head = [0; SEGMENT_HEAD];
    let read = file.read_at(&mut head, 0).unwrap_or(0);
    let head = head.get(..read).and_then(|head| read_segment_head(head, number).ok());
    head.is_some_and(|head| matches!(read_frame_from(file, head.length as u64), Ok(Some(_))))
}

/// What the beginning of journal file `number` in `folder` says; `None` where it cannot be read.
pub fn segment_head(disk: &dyn Disk, folder: &Path, number: u32) -> Option<SegmentHead> {
    let mut head = [0; SEGMENT_HEAD];
    let read = disk.open(&folder.join(segment_name(number))).and_then(|file| file.read_at(&mut head, 0)).ok()?;
    read_segment_head(head.get(..read)?, number).ok()
}

/// Reads the first bytes of the entry at `place`, unchecked: enough for its head.
pub fn read_beginning(disk: &dyn Disk, folder: &Path, place: Place) -> Result<(FrameHead, Vec<u8>), StoreError> {
    const ENOUGH: usize = 1024;
    let path = folder.join(segment_name(place.segment));
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; ENOUGH];
        let read = disk.open(&path)?.read_at(&mut bytes, u64::from(place.offset))?;
        bytes.truncate(read);
        Ok(bytes)
    };
    let mut bytes = read().map_err(|error| StoreError::disk(&path, &error))?;
    let head = read_frame_head(&bytes).ok_or_else(|| damaged(&path, place))?;
    let body = bytes.split_off(FRAME_HEAD.min(bytes.len()));
    Ok((head, body))
}

/// The error for no readable entry at `place`.
pub fn damaged(path: &Path, place: Place) -> StoreError {
    StoreError::Damaged { path: path.to_owned(), offset: u64::from(place.offset), what: "entry" }
}

impl Journal {
    /// The journal in `folder`, to be written on in a new file behind `end`, so that nothing that is there is cut away.
    pub fn open_behind(disk: Arc<dyn Disk>, folder: &Path, end: End, limit: u64) -> Result<Journal, StoreError> {
        let last = segments(disk.as_ref(), folder)?.last().copied().unwrap_or(0);
        let mut journal = Journal::read_only(disk, folder, end);
        (journal.limit, journal.segment, journal.end) = (limit, last.max(end.place.segment), 0);
        Ok(journal)
    }

    /// The journal in `folder`, to be written on from `end`: what stands behind it is cut away.
    pub fn open(disk: Arc<dyn Disk>, folder: &Path, end: End, limit: u64) -> Result<Journal, StoreError> {
        let mut journal = Journal::read_only(disk, folder, end);
        journal.limit = limit;
        if end.place.segment == 0 {
            return Ok(journal);
        }
        let path = folder.join(segment_name(end.place.segment));
        let open = || -> io::Result<Box<dyn DiskFile>> {
            let mut file = journal.disk.open_to_write(&path)?;
            if file.length()? != journal.end {
                file.set_length(journal.end)?;
                file.sync()?;
            }
            Ok(file)
        };
        journal.file = Some(open().map_err(|error| StoreError::disk(&path, &error))?);
        Ok(journal)
    }

    /// The journal in `folder`, never to be written on.
    pub fn read_only(disk: Arc<dyn Disk>, folder: &Path, end: End) -> Journal {
        Journal {
            disk,
            folder: folder.to_owned(),
            limit: 0,
            segment: end.place.segment,
            file: None,
            end: u64::from(end.place.offset),
            next_seq: end.next_seq,
            unsynced: None,
            rewrite: false,
            uncut: false,
            last_crc: 0,
            book: [0; 16],
        }
    }

    /// Says what the last entry's checksum is, and the number of the book: both are written into the next file.
    pub const fn follow(&mut self, last_crc: u32, book: [u8; 16]) {
        (self.last_crc, self.book) = (last_crc, book);
    }

    /// Makes what was found at the end last: an entry that was read, and built upon, must not go with the next power cut.
    pub fn settle_end(&mut self) -> Result<(), StoreError> {
        self.sync_file().map_err(|error| self.refused(&error))
    }

    /// Where it ends.
    pub fn end(&self) -> End {
        End { place: Place { segment: self.segment, offset: self.end as u32 }, next_seq: self.next_seq }
    }

    /// How long its files grow, in bytes.
    pub const fn limit(&self) -> u64 {
        self.limit
    }

    /// The entry at `place`, which must be entry `seq`.
    pub fn read(&self, seq: u64, place: Place) -> Result<Frame, StoreError> {
        match read_frame(self.disk.as_ref(), &self.folder, place)? {
            Some(frame) if frame.head.seq == seq => Ok(frame),
            _ => Err(damaged(&self.folder.join(segment_name(place.segment)), place)),
        }
    }

    /// The first bytes of the entry at `place`, unchecked.
    pub fn read_beginning(&self, place: Place) -> Result<(FrameHead, Vec<u8>), StoreError> {
        read_beginning(self.disk.as_ref(), &self.folder, place)
    }

    /// Writes an entry behind all others and says where it stands and its checksum. An error means that it is not there,
    /// but for [`StoreError::Unsure`].
    pub fn append(&mut self, body: &[u8], durability: Durability) -> Result<(Place, u32), StoreError> {
        let frame =
            write_frame(self.next_seq, durability == Durability::Later, body).map_err(fault_at(&self.folder))?;
        if durability == Durability::Now {
            // So that an entry found behind a hole tells damage from a power cut.
            self.sync()?;
        }
        self.cut_leftover()?;
        self.check_alone()?;
        if self.file.is_none() || (self.end > SEGMENT_HEAD as u64 && self.end + frame.len() as u64 > self.limit) {
            self.begin_segment()?;
        }
        let place = Place { segment: self.segment, offset: self.end as u32 };
        if let Err(error) = self.write(&frame) {
            self.uncut = self.cut_back().is_err();
            return Err(self.refused(&error));
        }
        if durability == Durability::Later {
            self.unsynced.get_or_insert(self.end);
        } else if let Err(error) = self.sync_file() {
            self.after_failed_sync(&frame, &error)?;
        }
        self.end += frame.len() as u64;
        self.next_seq += 1;
        self.last_crc = read_frame_head(&frame).map_or(0, |head| head.crc);
        Ok((place, self.last_crc))
    }

    /// That nobody else wrote in this journal since: a lock that does not reach another machine or another mount would let
    /// two sessions write over each other's entries.
    fn check_alone(&self) -> Result<(), StoreError> {
        if self.file.is_none() {
            return Ok(());
        }
        let path = self.folder.join(segment_name(self.segment));
        // A file that is gone is refused too: what is written into it would go with it.
        let length = self.disk.open(&path).and_then(|file| file.length()).map_err(|error| self.refused(&error))?;
        if length == self.end { Ok(()) } else { Err(StoreError::Foreign { path }) }
    }

    /// Makes all entries last.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        let Some(from) = self.unsynced else { return Ok(()) };
        if self.rewrite {
            self.write_again(from).map_err(|error| self.refused(&error))?;
        }
        if let Err(error) = self.sync_file() {
            self.rewrite = true;
            return Err(self.refused(&error));
        }
        self.rewrite = false;
        self.unsynced = None;
        Ok(())
    }

    /// Writes the entries from `from` on once more: after a failed sync the system may have forgotten that they were not
    /// on the disk.
    fn write_again(&mut self, from: u64) -> io::Result<()> {
        let mut bytes = vec![0; (self.end - from) as usize];
        let Some(file) = self.file.as_mut() else { return Ok(()) };
        file.read_at(&mut bytes, from)?;
        file.write_at(&bytes, from)
    }

    fn write(&mut self, frame: &[u8]) -> io::Result<()> {
        let end = self.end;
        self.file.as_mut().map_or(Ok(()), |file| file.write_at(frame, end))
    }

    fn sync_file(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), |file| file.sync())
    }

    fn cut_back(&mut self) -> io::Result<()> {
        let end = self.end;
        self.file.as_mut().map_or(Ok(()), |file| file.set_length(end))
    }

    fn cut_leftover(&mut self) -> Result<(), StoreError> {
        if self.uncut {
            self.cut_back().map_err(|error| self.refused(&error))?;
            self.uncut = false;
        }
        Ok(())
    }

    /// Takes back an entry that may or may not be on the disk; where that fails too, looks whether it is and lets it stand.
    fn after_failed_sync(&mut self, frame: &[u8], error: &io::Error) -> Result<(), StoreError> {
        if self.cut_back().and_then(|()| self.sync_file()).is_ok() {
            return Err(self.refused(error));
        }
        let path = self.folder.join(segment_name(self.segment));
        let stands = || -> io::Result<Box<dyn DiskFile>> {
            let mut file = self.disk.open_to_write(&path)?;
            file.write_at(frame, self.end)?;
            file.sync()?;
            match read_frame_from(file.as_ref(), self.end)? {
                Some(_) => Ok(file),
                None => Err(io::ErrorKind::UnexpectedEof.into()),
            }
        };
        match stands() {
            Ok(file) => {
                self.file = Some(file);
                Ok(())
            }
            Err(_) => {
                self.uncut = true;
                Err(StoreError::Unsure { seq: self.next_seq, text: error.to_string() })
            }
        }
    }

    fn begin_segment(&mut self) -> Result<(), StoreError> {
        self.sync()?;
        let number = self.segment + 1;
        let path = self.folder.join(segment_name(number));
        if self.disk.open(&path).is_ok_and(|file| has_entry(file.as_ref(), number)) {
            return Err(StoreError::Foreign { path });
        }
        let begin = || -> io::Result<Box<dyn DiskFile>> {
            let mut file = self.disk.create(&path)?;
            file.write_at(&write_segment_head(number, self.book, (self.next_seq - 1, self.last_crc)), 0)?;
            file.sync()?;
            self.disk.sync_folder(&self.folder)?;
            Ok(file)
        };
        match begin() {
            Ok(file) => {
                self.file = Some(file);
                self.segment = number;
                self.end = SEGMENT_HEAD as u64;
                Ok(())
            }
            Err(error) => {
                // A file without an entry is taken for unfinished at the next opening, should this fail.
                let _ = self.disk.remove(&path);
                Err(StoreError::disk(&path, &error))
            }
        }
    }

    fn refused(&self, error: &io::Error) -> StoreError {
        StoreError::disk(&self.folder.join(segment_name(self.segment)), error)
    }
}

/// Says of a fault where it was met.
pub fn fault_at(path: &Path) -> impl Fn(Fault) -> StoreError + use<> {
    let path = path.to_owned();
    move |fault| match fault {
        Fault::Spoiled(what) => StoreError::Damaged { path: path.clone(), offset: 0, what },
        Fault::Newer { what, found, known } => StoreError::NewerFormat { what, found, known },
        Fault::TooLong(what) => StoreError::TooLong { what },
    }
}
