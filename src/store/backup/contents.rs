//! What a backup says of itself, and what was found in it.

use crate::domain::id::Id;
use crate::domain::time::Moment;
use crate::store::codec::{Fault, Reader, put_block, put_number};

/// The version of the header of a whole journal.
const VERSION: u8 = 1;
/// The version where bytes of the journal cannot be read.
const WITH_HOLES: u8 = 2;

/// Where and when a backup is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// This machine's name.
    pub device: String,
    /// Now.
    pub made_at: Moment,
}

/// What stands at the beginning of a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The book's own number: see [`crate::store::Store::book_id`].
    pub book: Id,
    /// The format the book was written in, as it is noted: see [`crate::store::codec::format_of`].
    pub format: u32,
    /// Where and when it was made.
    pub stamp: Stamp,
    /// The number of its last entry.
    pub last_seq: u64,
    /// How many entries it tells of, those in its holes counted.
    pub entries: u64,
    /// How long its journal is unpacked, in bytes.
    pub journal_bytes: u64,
    /// Bytes of the journal that hold no readable entry; what they held was written again behind them.
    pub holes: Vec<Hole>,
}

/// Bytes of a journal file that hold no readable entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hole {
    /// The file's number.
    pub segment: u32,
    /// The first of the bytes.
    pub offset: u64,
    /// How many bytes; 0 where a file ends too early.
    pub bytes: u64,
    /// The last entry lost with them.
    pub last: u64,
}

/// What a backup was found to hold, every entry of it read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// What it says of itself; that is true.
    pub header: Header,
    /// Journal files.
    pub segments: u32,
    /// Drafts: words typed and not yet saved.
    pub drafts: u32,
    /// When its last entry was written, and by whom.
    pub last: Option<LastEntry>,
}

/// The last entry of a journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LastEntry {
    /// When it was written.
    pub at: Moment,
    /// By whom.
    pub by: String,
}

impl Header {
    /// In how many places of the journal no entry can be read.
    pub const fn unreadable(&self) -> usize {
        self.holes.len()
    }

    /// The header as it is stored.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut body = vec![if self.holes.is_empty() { VERSION } else { WITH_HOLES }];
        body.extend(self.book.bytes());
        put_number(u64::from(self.format), &mut body);
        put_block(self.stamp.device.as_bytes(), &mut body);
        body.extend(self.stamp.made_at.seconds().to_le_bytes());
        body.extend(self.stamp.made_at.offset_minutes().to_le_bytes());
        for number in [self.last_seq, self.entries, self.journal_bytes] {
            put_number(number, &mut body);
        }
        if !self.holes.is_empty() {
            put_number(self.holes.len() as u64, &mut body);
        }
        for Hole { segment, offset, bytes, last } in &self.holes {
            [u64::from(*segment), *offset, *bytes, *last].into_iter().for_each(|number| put_number(number, &mut body));
        }
        body
    }

    /// The header in `body`.
    pub(super) fn read(body: &[u8]) -> Result<Header, Fault> {
        let mut reader = Reader::of(body);
        let version = reader.byte()?;
        if !(VERSION..=WITH_HOLES).contains(&version) {
            let (found, known) = (u32::from(version), u32::from(WITH_HOLES));
            return Err(Fault::Newer { what: "a backup", found, known });
        }
        let book = reader.id()?;
        let format = u32::try_from(reader.number()?).map_err(|_| Fault::Spoiled("header"))?;
        let device = reader.text()?;
        let made_at = Moment::from_parts(i64::from_le_bytes(reader.array()?), i16::from_le_bytes(reader.array()?));
        let (last_seq, entries, journal_bytes) = (reader.number()?, reader.number()?, reader.number()?);
        let mut holes = Vec::new();
        for _ in 0..if version == WITH_HOLES { reader.number()? } else { 0 } {
            let segment = u32::try_from(reader.number()?).map_err(|_| Fault::Spoiled("header"))?;
            holes.push(Hole { segment, offset: reader.number()?, bytes: reader.number()?, last: reader.number()? });
        }
        Ok(Header { book, format, stamp: Stamp { device, made_at }, last_seq, entries, journal_bytes, holes })
    }
}
