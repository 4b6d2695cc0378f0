//! What stands around an entry in a journal file: its length, number and checksum; and the first bytes of such a file.

use super::{Fault, Reader};

/// Bytes before an entry's body.
pub const FRAME_HEAD: usize = 17;
/// Bytes before the first entry of a file.
pub const SEGMENT_HEAD: usize = 24;
/// The longest body of an entry, in bytes.
pub const ENTRY_LIMIT: usize = 64 * 1024 * 1024;

const MAGIC: [u8; 4] = *b"kehu";
/// The version of the journal's files.
const VERSION: u32 = 1;
/// The entry was written to be made last with a later one.
const LATER: u8 = 1;

/// What stands before an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameHead {
    /// Bytes of the body.
    pub length: usize,
    /// The entry's number.
    pub seq: u64,
    /// Whether it was to be made last with a later one.
    pub later: bool,
    /// Checksum of the above and of the body.
    pub crc: u32,
}

/// An entry as it stands in the journal.
pub fn write_frame(seq: u64, later: bool, body: &[u8]) -> Result<Vec<u8>, Fault> {
    let length = u32::try_from(body.len()).ok().filter(|_| body.len() <= ENTRY_LIMIT);
    let length = length.ok_or(Fault::TooLong("an entry"))?;
    let mut frame = Vec::with_capacity(FRAME_HEAD + body.len());
    frame.extend(length.to_le_bytes());
    frame.extend(seq.to_le_bytes());
    frame.push(if later { LATER } else { 0 });
    let sum = checksum(&frame, body);
    frame.extend(sum.to_le_bytes());
    frame.extend(body);
    Ok(frame)
}

/// What stands before an entry, if that can be: the body is not looked at.
pub fn read_frame_head(bytes: &[u8]) -> Option<FrameHead> {
    let mut reader = Reader::of(bytes);
    let length = reader.fixed_u32().ok().and_then(|length| usize::try_from(length).ok())?;
    let seq = reader.fixed_u64().ok()?;
    let flags = reader.byte().ok()?;
    let crc = reader.fixed_u32().ok()?;
    (length <= ENTRY_LIMIT && seq > 0 && flags <= LATER).then_some(FrameHead {
        length,
        seq,
        later: flags == LATER,
        crc,
    })
}

/// Whether `body` is what was written behind `head`, which stands in `bytes`.
pub fn is_whole(bytes: &[u8], head: FrameHead, body: &[u8]) -> bool {
    body.len() == head.length && bytes.get(..FRAME_HEAD - 4).is_some_and(|start| checksum(start, body) == head.crc)
}

fn checksum(start: &[u8], body: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(start);
    hasher.update(body);
    hasher.finalize()
}

/// The beginning of journal file `number`, whose first entry is `first_seq`.
pub fn write_segment_head(number: u32, first_seq: u64) -> Vec<u8> {
    let mut head = Vec::with_capacity(SEGMENT_HEAD);
    head.extend(MAGIC);
    head.extend(VERSION.to_le_bytes());
    head.extend(number.to_le_bytes());
    head.extend(first_seq.to_le_bytes());
    head.extend(crc32fast::hash(&head).to_le_bytes());
    head
}

/// The number of the first entry in journal file `number`, read from its beginning.
pub fn read_segment_head(bytes: &[u8], number: u32) -> Result<u64, Fault> {
    let mut reader = Reader::of(bytes);
    if reader.array::<4>()? != MAGIC {
        return Err(Fault::Spoiled("journal file"));
    }
    let found = reader.fixed_u32()?;
    if reader.fixed_u32()? != number {
        return Err(Fault::Spoiled("journal file number"));
    }
    let first_seq = reader.fixed_u64()?;
    let sum = reader.fixed_u32()?;
    if bytes.get(..SEGMENT_HEAD - 4).map(crc32fast::hash) != Some(sum) {
        return Err(Fault::Spoiled("journal file"));
    }
    match found {
        VERSION => Ok(first_seq),
        _ => Err(Fault::Newer { what: "a journal file", found, known: VERSION }),
    }
}
