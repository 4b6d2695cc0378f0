//! Reads the journal from front to back, tells a torn end from damage, and names what is lost.

use crate::store::codec::frame::{
    ENTRY_LIMIT, FRAME_HEAD, FrameHead, SEGMENT_HEAD, SHORTEST_SEGMENT_HEAD, SegmentHead, is_whole, read_frame_head,
    read_segment_head,
};
use crate::store::codec::index::Place;
use crate::store::disk::{Disk, DiskFile};
use crate::store::error::StoreError;
use crate::store::journal::{End, Frame, fault_at, segment_name, segments};
use std::io;
use std::path::{Path, PathBuf};

/// How much is read at a time, in bytes.
const WINDOW: usize = 1024 * 1024;

/// Bytes of the journal that hold no readable entry, with readable ones behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The file.
    pub path: PathBuf,
    /// From this byte on.
    pub offset: u64,
    /// The first entry lost.
    pub first: u64,
    /// The last entry lost.
    pub last: u64,
}

/// A last entry, or a group's last entries, that were being written when the machine stopped. Nobody was told they were saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Torn {
    /// The file.
    pub path: PathBuf,
    /// From this byte on.
    pub offset: u64,
    /// How many bytes.
    pub bytes: u64,
}

/// What is found next.
pub enum Found {
    /// An entry.
    Entry(Place, Frame),
    /// Lost entries.
    Damage(Damage),
    /// The end.
    End(End, Option<Torn>),
}

/// A reading of the journal.
pub struct Scan<'a> {
    disk: &'a dyn Disk,
    folder: PathBuf,
    segments: Vec<u32>,
    at: Place,
    next_seq: u64,
    file: Option<Window>,
    /// The last entry read: its number and checksum.
    last: Option<(u64, u32)>,
    unlinked: Vec<u32>,
}

impl<'a> Scan<'a> {
    /// Reads from the beginning.
    pub fn from_start(disk: &'a dyn Disk, folder: &Path) -> Result<Scan<'a>, StoreError> {
        let segments = segments(disk, folder)?;
        let first = segments.first().copied().unwrap_or(0);
        let at = Place { segment: first, offset: SHORTEST_SEGMENT_HEAD as u32 };
        let mut scan = Scan::at(disk, folder, segments, at, 1);
        if first != 0 && scan.enter(first)?.is_none() {
            scan.at.offset = 0;
        }
        Ok(scan)
    }

    /// Reads one file alone, whose beginning says `head`.
    pub fn of_file(disk: &'a dyn Disk, folder: &Path, number: u32, head: SegmentHead) -> Result<Scan<'a>, StoreError> {
        let at = Place { segment: number, offset: head.length as u32 };
        Ok(Scan::at(disk, folder, vec![number], at, head.first_seq))
    }

    /// Reads behind the entry `seq` that stands at `place`.
    pub fn behind(
        disk: &'a dyn Disk,
        folder: &Path,
        seq: u64,
        place: Place,
        length: usize,
    ) -> Result<Scan<'a>, StoreError> {
        let segments = segments(disk, folder)?;
        let at = Place { offset: place.offset + (FRAME_HEAD + length) as u32, ..place };
        Ok(Scan::at(disk, folder, segments, at, seq + 1))
    }

    fn at(disk: &'a dyn Disk, folder: &Path, segments: Vec<u32>, at: Place, next_seq: u64) -> Scan<'a> {
        Scan { disk, folder: folder.to_owned(), segments, at, next_seq, file: None, last: None, unlinked: Vec::new() }
    }

    /// The files so far that were begun behind another entry than the one before them.
    pub fn unlinked(&self) -> &[u32] {
        &self.unlinked
    }

    /// Bytes from where it is to the end of the last file.
    pub fn bytes_left(&self) -> u64 {
        let ahead = self.segments.iter().filter(|number| **number >= self.at.segment);
        let lengths = ahead.filter_map(|number| self.disk.open(&self.path(*number)).ok()?.length().ok());
        lengths.sum::<u64>().saturating_sub(u64::from(self.at.offset))
    }

    fn path(&self, number: u32) -> PathBuf {
        self.folder.join(segment_name(number))
    }

    fn failed(&self, number: u32) -> impl Fn(io::Error) -> StoreError + use<> {
        let path = self.path(number);
        move |error| StoreError::disk(&path, &error)
    }

    /// What is found next.
    pub fn advance(&mut self) -> Result<Found, StoreError> {
        if self.at.segment == 0 {
            return Ok(Found::End(End { place: Place::default(), next_seq: 1 }, None));
        }
        self.open_window()?;
        let failed = self.failed(self.at.segment);
        let Some(file) = self.file.as_mut() else { return Err(failed(io::ErrorKind::NotFound.into())) };
        if u64::from(self.at.offset) >= file.length && self.at.offset >= SHORTEST_SEGMENT_HEAD as u32 {
            return self.leave_segment();
        }
        let frame = match self.at.offset {
            0 => None,
            offset => file.frame(u64::from(offset)).map_err(&failed)?.filter(|frame| frame.head.seq == self.next_seq),
        };
        match frame {
            Some(frame) => {
                let place = self.at;
                self.at.offset += (FRAME_HEAD + frame.head.length) as u32;
                self.next_seq += 1;
                self.last = Some((frame.head.seq, frame.head.crc));
                Ok(Found::Entry(place, frame))
            }
            None => self.look_behind_damage(),
        }
    }

    fn open_window(&mut self) -> Result<(), StoreError> {
        if self.file.is_none() {
            let failed = self.failed(self.at.segment);
            let file = self.disk.open(&self.path(self.at.segment)).map_err(&failed)?;
            self.file = Some(Window::of(file).map_err(&failed)?);
        }
        Ok(())
    }

    fn next_segment(&self) -> Option<u32> {
        self.segments.iter().copied().find(|number| *number > self.at.segment)
    }

    /// Opens file `number` and says its first entry; `None` when its beginning cannot be read.
    fn enter(&mut self, number: u32) -> Result<Option<u64>, StoreError> {
        let failed = self.failed(number);
        let file = self.disk.open(&self.path(number)).map_err(&failed)?;
        let mut head = [0; SEGMENT_HEAD];
        let read = file.read_at(&mut head, 0).map_err(&failed)?;
        match read_segment_head(head.get(..read).unwrap_or_default(), number) {
            Ok(head) => {
                self.file = Some(Window::of(file).map_err(&failed)?);
                self.at = Place { segment: number, offset: head.length as u32 };
                if let (Some((seq, crc)), Some((last, sum))) = (head.before, self.last)
                    && seq == last
                    && crc != 0
                    && crc != sum
                {
                    self.unlinked.push(number);
                }
                Ok(Some(head.first_seq))
            }
            Err(crate::store::codec::Fault::Spoiled(_)) => Ok(None),
            Err(fault) => Err(fault_at(&self.path(number))(fault)),
        }
    }

    fn leave_segment(&mut self) -> Result<Found, StoreError> {
        let end = End { place: self.at, next_seq: self.next_seq };
        let (here, expected) = (self.at, self.next_seq);
        let Some(next) = self.next_segment() else { return Ok(Found::End(end, None)) };
        match self.enter(next)? {
            Some(first) if first == expected => self.advance(),
            Some(first) if first > expected => {
                self.next_seq = first;
                Ok(Found::Damage(Damage {
                    path: self.path(here.segment),
                    offset: u64::from(here.offset),
                    first: expected,
                    last: first - 1,
                }))
            }
            _ if self.segments.last() == Some(&next) => {
                // Begun when the machine stopped; it holds no entry that was acknowledged unless one can be read.
                self.at = Place { segment: next, offset: 0 };
                self.file = None;
                match self.advance()? {
                    Found::End(_, torn) => Ok(Found::End(end, torn)),
                    other => Ok(other),
                }
            }
            _ => {
                self.at = Place { segment: next, offset: 0 };
                self.file = None;
                self.advance()
            }
        }
    }

    /// No entry can be read here: finds the next that can, or takes what is left for a torn end.
    fn look_behind_damage(&mut self) -> Result<Found, StoreError> {
        let failed = self.failed(self.at.segment);
        let here = self.at;
        let Some(file) = self.file.as_mut() else { return Err(failed(io::ErrorKind::NotFound.into())) };
        let length = file.length;
        let found = file.find(u64::from(here.offset) + 1, self.next_seq).map_err(&failed)?;
        let durable = match found {
            Some((offset, _)) => file.any_durable_from(offset).map_err(&failed)?,
            None => false,
        };
        let next = self.next_segment();
        let damage =
            |last| Damage { path: self.path(here.segment), offset: u64::from(here.offset), first: self.next_seq, last };
        match (found, next) {
            (Some((offset, head)), next) if durable || next.is_some() => {
                let damage = damage(head.seq - 1);
                self.at.offset = offset as u32;
                self.next_seq = head.seq;
                Ok(if damage.last < damage.first { self.advance()? } else { Found::Damage(damage) })
            }
            (None, Some(_)) => {
                self.at.offset = (length as u32).max(SHORTEST_SEGMENT_HEAD as u32);
                self.leave_segment()
            }
            _ => {
                let torn = Torn {
                    path: damage(0).path,
                    offset: u64::from(here.offset),
                    bytes: length - u64::from(here.offset),
                };
                // A file whose very beginning was not written is begun anew.
                let place = if here.offset == 0 { Place { segment: here.segment - 1, offset: 0 } } else { here };
                Ok(Found::End(End { place, next_seq: self.next_seq }, Some(torn)))
            }
        }
    }
}

/// A piece of a journal file in memory.
struct Window {
    file: Box<dyn DiskFile>,
    length: u64,
    start: u64,
    bytes: Vec<u8>,
}

impl Window {
    fn of(file: Box<dyn DiskFile>) -> io::Result<Window> {
        let length = file.length()?;
        Ok(Window { file, length, start: 0, bytes: Vec::new() })
    }

    /// `count` bytes from `offset` on, fewer at the end of the file.
    fn bytes(&mut self, offset: u64, count: usize) -> io::Result<&[u8]> {
        let count = (self.length.saturating_sub(offset)).min(count as u64) as usize;
        let held = self.start..=self.start + self.bytes.len() as u64;
        if !held.contains(&offset) || !held.contains(&(offset + count as u64)) {
            let wanted = count.max(WINDOW).min((self.length - offset.min(self.length)) as usize);
            self.bytes.resize(wanted, 0);
            let read = self.file.read_at(&mut self.bytes, offset)?;
            self.bytes.truncate(read);
            self.start = offset;
        }
        let from = (offset - self.start) as usize;
        let to = (from + count).min(self.bytes.len());
        Ok(self.bytes.get(from..to).unwrap_or_default())
    }

    fn frame(&mut self, offset: u64) -> io::Result<Option<Frame>> {
        let Some(head) = read_frame_head(self.bytes(offset, FRAME_HEAD)?) else { return Ok(None) };
        if head.length > ENTRY_LIMIT || offset + (FRAME_HEAD + head.length) as u64 > self.length {
            return Ok(None);
        }
        let bytes = self.bytes(offset, FRAME_HEAD + head.length)?;
        let Some((start, body)) = bytes.split_at_checked(FRAME_HEAD) else { return Ok(None) };
        Ok(is_whole(start, head, body).then(|| Frame { head, body: body.to_vec() }))
    }

    /// The first whole entry at or behind `from` that may follow entry `seq` − 1.
    fn find(&mut self, from: u64, seq: u64) -> io::Result<Option<(u64, FrameHead)>> {
        let farthest = seq.saturating_add(self.length);
        for offset in from.max(SHORTEST_SEGMENT_HEAD as u64)..self.length {
            let head = read_frame_head(self.bytes(offset, FRAME_HEAD)?);
            let Some(head) = head.filter(|head| (seq..farthest).contains(&head.seq)) else { continue };
            if self.frame(offset)?.is_some() {
                return Ok(Some((offset, head)));
            }
        }
        Ok(None)
    }

    /// Whether, from the entry at `offset` on, one was to be made last at once: then all before it was.
    fn any_durable_from(&mut self, mut offset: u64) -> io::Result<bool> {
        while let Some(frame) = self.frame(offset)? {
            if !frame.head.later {
                return Ok(true);
            }
            offset += (FRAME_HEAD + frame.head.length) as u64;
        }
        Ok(false)
    }
}
