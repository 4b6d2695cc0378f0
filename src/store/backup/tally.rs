//! Counts the entries of journal files as they go by, each proven by its checksum, one behind the other.

use crate::domain::id::Id;
use crate::store::backup::contents::{Hole, LastEntry};
use crate::store::backup::error::Met;
use crate::store::codec::Fault;
use crate::store::codec::entry::open_entry;
use crate::store::codec::frame::{
    FRAME_HEAD, SEGMENT_HEAD, SHORTEST_SEGMENT_HEAD, SegmentHead, is_whole, read_frame_head, read_segment_head,
};
use std::collections::VecDeque;
use std::io::{self, Read};

/// How much of an entry is made room for at once, in bytes.
const PIECE: u64 = 64 * 1024;

/// What has been counted.
pub(super) struct Tally {
    next_seq: u64,
    segment: u32,
    segments: u32,
    /// The book's number, as the last file names it.
    named: Option<Id>,
    first: Option<Id>,
    last: Option<LastEntry>,
    /// How far the file under way is read, in bytes.
    at: u64,
    body: Vec<u8>,
    /// The bytes that are known to hold no entry, still to come.
    holes: VecDeque<Hole>,
}

impl Tally {
    /// A count that passes over these bytes.
    pub(super) fn new(holes: &[Hole]) -> Tally {
        let holes = holes.iter().copied().collect();
        Tally {
            next_seq: 1,
            segment: 0,
            segments: 0,
            named: None,
            first: None,
            last: None,
            at: 0,
            body: Vec::new(),
            holes,
        }
    }

    /// How many entries.
    pub(super) const fn entries(&self) -> u64 {
        self.next_seq - 1
    }

    /// How many files.
    pub(super) const fn segments(&self) -> u32 {
        self.segments
    }

    /// The book's own number; where no file names it, the first entry's id.
    pub(super) fn book(&self) -> Option<Id> {
        self.named.or(self.first)
    }

    /// The last entry.
    pub(super) fn last(self) -> Option<LastEntry> {
        self.last
    }

    /// Where the last whole entry ended, in bytes of the file read last.
    pub(super) const fn at(&self) -> u64 {
        self.at
    }

    /// Reads journal file `number` to its end.
    pub(super) fn take(&mut self, number: u32, from: &mut dyn Read) -> Result<(), Met> {
        self.at = 0;
        if number <= self.segment {
            return Err(Fault::Spoiled("journal file number").into());
        }
        let head = match take_head(number, from) {
            // The entries behind it say in which place they belong, each with its checksum.
            Err(Met::Fault(Fault::Spoiled(_))) => {
                SegmentHead { length: SEGMENT_HEAD, first_seq: self.next_seq, ..SegmentHead::default() }
            }
            head => head?,
        };
        if head.first_seq != self.next_seq {
            return Err(Fault::Spoiled("journal file in its place").into());
        }
        self.named = head.book.map(Id::from_bytes).or(self.named);
        self.at = head.length as u64;
        while self.take_hole(number, from)? || self.take_entry(from)? {}
        self.segment = number;
        self.segments += 1;
        Ok(())
    }

    /// Passes over bytes that are known to hold no entry; false where none are.
    fn take_hole(&mut self, number: u32, from: &mut dyn Read) -> Result<bool, Met> {
        let is_here = |hole: &Hole| hole.segment == number && hole.offset == self.at && hole.last >= self.next_seq;
        let Some(hole) = self.holes.front().copied().filter(is_here) else { return Ok(false) };
        self.holes.pop_front();
        if io::copy(&mut from.take(hole.bytes), &mut io::sink())? != hole.bytes {
            return Err(Fault::Spoiled("entry").into());
        }
        self.at += hole.bytes;
        self.next_seq = hole.last + 1;
        Ok(true)
    }

    /// Reads an entry; false at the end of the file.
    fn take_entry(&mut self, from: &mut dyn Read) -> Result<bool, Met> {
        let mut start = [0; FRAME_HEAD];
        match fill(from, &mut start)? {
            0 => return Ok(false),
            FRAME_HEAD => {}
            _ => return Err(Fault::Spoiled("entry").into()),
        }
        let head = read_frame_head(&start).filter(|head| head.seq == self.next_seq).ok_or(Fault::Spoiled("entry"))?;
        self.body.clear();
        self.body.reserve((head.length as u64).min(PIECE) as usize);
        from.take(head.length as u64).read_to_end(&mut self.body)?;
        if !is_whole(&start, head, &self.body) {
            return Err(Fault::Spoiled("entry").into());
        }
        let told = open_entry(head.seq, &self.body)?.head;
        self.first.get_or_insert(told.id);
        self.last = Some(LastEntry { at: told.at, by: told.by });
        self.next_seq += 1;
        self.at += (FRAME_HEAD + head.length) as u64;
        Ok(true)
    }
}

/// Reads the beginning of journal file `number`: files of the first version have a shorter one.
fn take_head(number: u32, from: &mut dyn Read) -> Result<SegmentHead, Met> {
    let mut bytes = [0; SEGMENT_HEAD];
    let (shortest, rest) = bytes.split_at_mut(SHORTEST_SEGMENT_HEAD);
    from.read_exact(shortest)?;
    if let Ok(head) = read_segment_head(shortest, number) {
        return Ok(head);
    }
    from.read_exact(rest)?;
    Ok(read_segment_head(&bytes, number)?)
}

/// Fills `into`, or as much of it as there is.
fn fill(from: &mut dyn Read, into: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = into.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match from.read(rest) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
