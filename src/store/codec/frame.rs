//! What stands around an entry in a journal file: its length, number and checksum; and the first bytes of such a file.

use super::{Fault, Reader};

/// Bytes before an entry's body.
pub const FRAME_HEAD: usize = 17;
/// Bytes before the first entry of a file, as files are begun today.
pub const SEGMENT_HEAD: usize = 56;
/// Bytes before the first entry of a file of the first version: no file has fewer.
pub const SHORTEST_SEGMENT_HEAD: usize = 24;
/// The longest body of an entry, in bytes.
pub const ENTRY_LIMIT: usize = 64 * 1024 * 1024;

const MAGIC: [u8; 4] = *b"kehu";
/// The version of the journal's files: since 2 their heads name the book and the entry before.
pub(super) const VERSION: u32 = 2;
/// The key that the entries of a file are sealed with; 0 is none.
const NO_KEY: u32 = 0;
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

/// What the beginning of a journal file says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SegmentHead {
    /// The number of its first entry.
    pub first_seq: u64,
    /// The book it belongs to; files of the first version do not say it.
    pub book: Option<[u8; 16]>,
    /// The number and the checksum of the entry before its first one, 0 for none; files of the first version do not say it.
    pub before: Option<(u64, u32)>,
    /// Bytes that the head takes.
    pub length: usize,
}

/// The beginning of journal file `number` of `book`, whose first entry comes behind the entry `before` (number, checksum).
pub fn write_segment_head(number: u32, book: [u8; 16], before: (u64, u32)) -> Vec<u8> {
    let (last_seq, last_crc) = before;
    let mut head = Vec::with_capacity(SEGMENT_HEAD);
    head.extend(MAGIC);
    head.extend(VERSION.to_le_bytes());
    head.extend(number.to_le_bytes());
    head.extend((last_seq + 1).to_le_bytes());
    head.extend(book);
    head.extend(last_seq.to_le_bytes());
    head.extend(last_crc.to_le_bytes());
    head.extend(NO_KEY.to_le_bytes());
    head.extend(crc32fast::hash(&head).to_le_bytes());
    head
}

/// What the beginning of journal file `number` says.
pub fn read_segment_head(bytes: &[u8], number: u32) -> Result<SegmentHead, Fault> {
    let mut reader = Reader::of(bytes);
    if reader.array::<4>()? != MAGIC {
        return Err(Fault::Spoiled("journal file"));
    }
    let found = reader.fixed_u32()?;
    let length = match found {
        1 => SHORTEST_SEGMENT_HEAD,
        _ => SEGMENT_HEAD,
    };
    let sum = bytes.get(length - 4..length).and_then(|sum| sum.try_into().ok()).map(u32::from_le_bytes);
    if sum.is_none() || bytes.get(..length - 4).map(crc32fast::hash) != sum {
        return Err(Fault::Spoiled("journal file"));
    }
    if reader.fixed_u32()? != number {
        return Err(Fault::Spoiled("journal file number"));
    }
    let first_seq = reader.fixed_u64()?;
    match found {
        1 => Ok(SegmentHead { first_seq, length, ..SegmentHead::default() }),
        VERSION => {
            let book = Some(reader.array()?);
            let before = Some((reader.fixed_u64()?, reader.fixed_u32()?));
            match reader.fixed_u32()? {
                NO_KEY => Ok(SegmentHead { first_seq, book, before, length }),
                key => Err(Fault::Newer { what: "a sealed journal file", found: key, known: NO_KEY }),
            }
        }
        _ => Err(Fault::Newer { what: "a journal file", found, known: VERSION }),
    }
}

#[cfg(test)]
mod tests {
    use super::{SegmentHead, read_segment_head, write_segment_head};
    use crate::store::codec::Fault;

    /// The head of file 3, first entry 70, as the first version wrote it.
    fn first_version() -> Vec<u8> {
        let mut head = b"kehu\x01\0\0\0\x03\0\0\0F\0\0\0\0\0\0\0".to_vec();
        head.extend(crc32fast::hash(&head).to_le_bytes());
        head
    }

    #[test]
    fn a_head_of_the_first_version_is_read_for_ever() {
        let head = SegmentHead { first_seq: 70, length: 24, ..SegmentHead::default() };
        assert_eq!(read_segment_head(&first_version(), 3), Ok(head));
    }

    #[test]
    fn a_head_says_its_book_and_the_entry_before() {
        let bytes = write_segment_head(3, [7; 16], (69, 5));
        let head = SegmentHead { first_seq: 70, book: Some([7; 16]), before: Some((69, 5)), length: bytes.len() };
        assert_eq!(read_segment_head(&bytes, 3), Ok(head));
    }

    #[test]
    fn a_head_with_one_bit_changed_or_cut_short_is_not_believed() {
        for bytes in [first_version(), write_segment_head(3, [7; 16], (69, 5))] {
            for place in 0..bytes.len() {
                let mut spoiled = bytes.clone();
                spoiled[place] ^= 4;
                assert!(read_segment_head(&spoiled, 3).is_err(), "byte {place}");
                assert_eq!(
                    read_segment_head(&bytes[..place], 3),
                    Err(Fault::Spoiled(if place < 8 { "length" } else { "journal file" }))
                );
            }
        }
    }
}
