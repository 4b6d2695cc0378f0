//! The one door between bytes and what they mean: nothing is written to a disk or read from it but through here.

pub mod chunk;
pub mod derived;
pub mod entry;
pub mod field;
mod first;
pub mod frame;
mod head;
pub mod index;
pub mod record;

/// The first byte of everything stored: which key it is sealed with. 0 is none.
const PLAIN: u8 = 0;

/// The longest body of one record or value, in bytes.
pub const BODY_LIMIT: u64 = 16 * 1024 * 1024;

/// The format in which books are written: 2 has fields by number, and entries that say which device wrote them. It rises
/// only where a program that does not know the new one could not pass over what is new.
pub const FORMAT: u32 = 2;

/// A format as it is noted. Books of format 1 noted the sum of the versions of everything in them, which was 61 at most: a
/// program that knows format 1 alone takes every other for newer.
pub const fn noted(format: u32) -> u32 {
    format * 1000
}

/// The format that is noted.
pub const fn format_of(noted: u32) -> u32 {
    if noted < 1000 { 1 } else { noted / 1000 }
}

/// Why bytes could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// They are not what they should be.
    Spoiled(&'static str),
    /// They were written by a newer version of this program.
    Newer {
        /// What they are.
        what: &'static str,
        /// Their version.
        found: u32,
        /// The newest known.
        known: u32,
    },
    /// They are longer than may be stored.
    TooLong(&'static str),
}

/// `body` as it is stored.
pub fn seal(mut body: Vec<u8>) -> Vec<u8> {
    body.insert(0, PLAIN);
    body
}

/// A body begun: what is appended to it is stored as it stands.
fn begin() -> Vec<u8> {
    vec![PLAIN]
}

/// The body of what is stored.
pub fn unseal(stored: &[u8]) -> Result<&[u8], Fault> {
    match stored.split_first() {
        Some((&PLAIN, body)) => Ok(body),
        Some((&key, _)) => Err(Fault::Newer { what: "a sealed book", found: u32::from(key), known: u32::from(PLAIN) }),
        None => Err(Fault::Spoiled("key byte")),
    }
}

/// How much stands before the body of a small file.
pub const FILE_HEAD: usize = 5;

/// What stands before the body of a small file: the key byte and the checksum.
pub fn file_head(body: &[u8]) -> Vec<u8> {
    let mut bytes = begin();
    bytes.extend(crc32fast::hash(body).to_le_bytes());
    bytes
}

/// Whether `body` is what stood behind `head`.
pub fn check_file(head: &[u8], body: &[u8]) -> Result<(), Fault> {
    let sum = Reader::of(unseal(head)?).fixed_u32()?;
    if crc32fast::hash(body) == sum { Ok(()) } else { Err(Fault::Spoiled("checksum")) }
}

/// A whole small file: its checksum and its body.
pub fn write_file(body: &[u8]) -> Vec<u8> {
    let mut bytes = file_head(body);
    bytes.extend(body);
    bytes
}

/// The body of a small file.
pub fn read_file(stored: &[u8]) -> Result<&[u8], Fault> {
    let (head, body) = stored.split_at_checked(FILE_HEAD).ok_or(Fault::Spoiled("length"))?;
    check_file(head, body).map(|()| body)
}

/// Takes bytes apart from the front.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader of `bytes`.
    pub const fn of(bytes: &'a [u8]) -> Reader<'a> {
        Reader { rest: bytes }
    }

    /// What is not yet read.
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Whether all is read.
    pub const fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next `count` bytes.
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Fault> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Fault::Spoiled("length"))?;
        self.rest = rest;
        Ok(taken)
    }

    /// The next so many bytes, as an array.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        self.take(N)?.try_into().map_err(|_| Fault::Spoiled("length"))
    }

    /// One byte.
    pub fn byte(&mut self) -> Result<u8, Fault> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// A whole number of four bytes.
    pub fn fixed_u32(&mut self) -> Result<u32, Fault> {
        self.array().map(u32::from_le_bytes)
    }

    /// A whole number of eight bytes.
    pub fn fixed_u64(&mut self) -> Result<u64, Fault> {
        self.array().map(u64::from_le_bytes)
    }

    /// A whole number of as many bytes as it needs, seven bits in each.
    pub fn number(&mut self) -> Result<u64, Fault> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Fault::Spoiled("number"))
    }

    /// Bytes that stand behind their length.
    pub fn block(&mut self) -> Result<&'a [u8], Fault> {
        let length = usize::try_from(self.number()?).map_err(|_| Fault::Spoiled("length"))?;
        self.take(length)
    }

    /// Text that stands behind its length.
    pub fn text(&mut self) -> Result<String, Fault> {
        let bytes = self.block()?;
        std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| Fault::Spoiled("text"))
    }

    /// An id.
    pub fn id(&mut self) -> Result<crate::domain::id::Id, Fault> {
        self.array().map(crate::domain::id::Id::from_bytes)
    }
}

/// Appends a whole number in as many bytes as it needs.
pub fn put_number(mut number: u64, into: &mut Vec<u8>) {
    while number >= 0x80 {
        into.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

/// How many bytes [`put_number`] needs.
pub const fn number_length(number: u64) -> usize {
    let bits = 64 - (number | 1).leading_zeros() as usize;
    bits.div_ceil(7)
}

/// Appends bytes behind their length.
pub fn put_block(bytes: &[u8], into: &mut Vec<u8>) {
    put_number(bytes.len() as u64, into);
    into.extend(bytes);
}

#[cfg(test)]
mod tests {
    use super::{Fault, Reader, number_length, put_number, read_file, seal, unseal, write_file};

    #[test]
    fn a_number_is_read_back_and_its_length_is_known() {
        for number in [0, 1, 127, 128, 16_383, 16_384, u64::from(u32::MAX), u64::MAX] {
            let mut bytes = Vec::new();
            put_number(number, &mut bytes);
            assert_eq!(bytes.len(), number_length(number));
            assert_eq!(Reader::of(&bytes).number(), Ok(number));
        }
    }

    #[test]
    fn what_is_sealed_with_an_unknown_key_is_refused_as_newer() {
        assert_eq!(unseal(&seal(vec![1, 2])), Ok([1, 2].as_slice()));
        assert!(matches!(unseal(&[7, 1]), Err(Fault::Newer { found: 7, .. })));
    }

    #[test]
    fn a_small_file_with_one_bit_changed_is_not_believed() {
        let stored = write_file("draft".as_bytes());
        assert_eq!(read_file(&stored), Ok("draft".as_bytes()));
        for place in 0..stored.len() {
            let mut spoiled = stored.clone();
            spoiled[place] ^= 4;
            assert!(read_file(&spoiled).is_err(), "byte {place}");
        }
    }
}
