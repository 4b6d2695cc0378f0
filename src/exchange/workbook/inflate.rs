//! Deflated bytes unfolded piece by piece (RFC 1951), so that a packed file is measured before anybody else unpacks it.

use std::io::Read;

/// How far back a copy may reach, in bytes.
const WINDOW: usize = 32 * 1024;
/// Bytes unfolded between two calls of the sink.
const PIECE: usize = 256 * 1024;
/// The longest code, in bits.
const LONGEST: usize = 15;

/// Why unfolding ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The bytes are not deflated, or end too soon.
    Damaged,
    /// The sink has had enough.
    Stopped,
}

/// Unfolds `input` and shows `sink` each piece; the sink stops it by answering false.
///
/// # Errors
/// Why it ended early.
pub fn inflate(input: impl Read, sink: &mut dyn FnMut(&[u8]) -> bool) -> Result<(), Broken> {
    let mut unfolding = Unfolding {
        bits: Bits { input, buffer: Vec::new(), at: 0, held: 0, count: 0 },
        out: Vec::new(),
        shown: 0,
        sink,
    };
    while !unfolding.block()? {}
    unfolding.show()
}

/// Bits, the lowest of each byte first.
struct Bits<R> {
    input: R,
    buffer: Vec<u8>,
    at: usize,
    held: u64,
    count: u32,
}

impl<R: Read> Bits<R> {
    fn byte(&mut self) -> Option<u8> {
        if self.at >= self.buffer.len() {
            self.buffer.resize(64 * 1024, 0);
            let count = self.input.read(&mut self.buffer).ok()?;
            self.buffer.truncate(count);
            self.at = 0;
        }
        let byte = self.buffer.get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }

    /// Holds at least so many bits, as far as there are any.
    fn fill(&mut self, wanted: u32) {
        while self.count < wanted {
            let Some(byte) = self.byte() else { return };
            self.held |= u64::from(byte) << self.count;
            self.count += 8;
        }
    }

    fn drop(&mut self, count: u32) -> Result<(), Broken> {
        self.count = self.count.checked_sub(count).ok_or(Broken::Damaged)?;
        self.held >>= count;
        Ok(())
    }

    fn take(&mut self, count: u32) -> Result<usize, Broken> {
        self.fill(count);
        let bits = self.held & ((1 << count) - 1);
        self.drop(count)?;
        Ok(bits as usize)
    }

    fn symbol(&mut self, codes: &Codes) -> Result<usize, Broken> {
        self.fill(LONGEST as u32);
        let found = codes.0.get(self.held as usize & ((1 << LONGEST) - 1)).copied().unwrap_or(0);
        if found & 15 == 0 {
            return Err(Broken::Damaged);
        }
        self.drop(u32::from(found & 15))?;
        Ok(usize::from(found >> 4))
    }
}

/// Codes by the bits they begin with: symbol × 16 + length.
struct Codes(Vec<u16>);

impl Codes {
    /// The canonical codes of symbols with these lengths.
    fn of(lengths: &[u8]) -> Result<Codes, Broken> {
        let mut counts = [0_u32; LONGEST + 1];
        for length in lengths.iter().filter(|length| **length > 0) {
            if let Some(count) = counts.get_mut(usize::from(*length)) {
                *count += 1;
            }
        }
        // The first code of each length: those of all shorter ones come before it.
        let mut code = 0;
        let mut next = counts.map(|count| {
            let first = code << 1;
            code = first + count;
            first
        });
        let mut table = vec![0; 1 << LONGEST];
        for (symbol, length) in lengths.iter().enumerate().filter(|(_, length)| **length > 0) {
            let length = u32::from(*length);
            let free = next.get_mut(length as usize).ok_or(Broken::Damaged)?;
            let mut place = code_of(*free, length)?;
            *free += 1;
            while let Some(entry) = table.get_mut(place) {
                *entry = (symbol as u16) << 4 | length as u16;
                place += 1 << length;
            }
        }
        Ok(Codes(table))
    }
}

/// A code with its bits turned round, as they are met.
fn code_of(code: u32, length: u32) -> Result<usize, Broken> {
    if code >= 1 << length {
        return Err(Broken::Damaged);
    }
    Ok((code.reverse_bits() >> (32 - length)) as usize)
}

/// Lengths of copies: the shortest of each symbol from 257, and the extra bits behind it.
const LENGTHS: [(u16, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

/// How far back: the shortest of each symbol, and the extra bits behind it.
const DISTANCES: [(u16, u8); 30] = [
    (1, 0),
    (2, 0),
    (3, 0),
    (4, 0),
    (5, 1),
    (7, 1),
    (9, 2),
    (13, 2),
    (17, 3),
    (25, 3),
    (33, 4),
    (49, 4),
    (65, 5),
    (97, 5),
    (129, 6),
    (193, 6),
    (257, 7),
    (385, 7),
    (513, 8),
    (769, 8),
    (1025, 9),
    (1537, 9),
    (2049, 10),
    (3073, 10),
    (4097, 11),
    (6145, 11),
    (8193, 12),
    (12289, 12),
    (16385, 13),
    (24577, 13),
];

/// The order in which lengths of lengths are written.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

struct Unfolding<'a, R> {
    bits: Bits<R>,
    out: Vec<u8>,
    /// Bytes of `out` the sink has seen.
    shown: usize,
    sink: &'a mut dyn FnMut(&[u8]) -> bool,
}

impl<R: Read> Unfolding<'_, R> {
    /// Unfolds one block; true after the last.
    fn block(&mut self) -> Result<bool, Broken> {
        let last = self.bits.take(1)? == 1;
        match self.bits.take(2)? {
            0 => self.stored()?,
            1 => {
                let lengths: Vec<u8> = (0..288)
                    .map(|symbol| match symbol {
                        0..144 => 8,
                        144..256 => 9,
                        256..280 => 7,
                        _ => 8,
                    })
                    .collect();
                self.coded(&Codes::of(&lengths)?, &Codes::of(&[5; 30])?)?;
            }
            2 => {
                let (symbols, distances) = self.codes()?;
                self.coded(&symbols, &distances)?;
            }
            _ => return Err(Broken::Damaged),
        }
        Ok(last)
    }

    fn stored(&mut self) -> Result<(), Broken> {
        self.bits.drop(self.bits.count % 8)?;
        let (length, inverse) = (self.bits.take(16)?, self.bits.take(16)?);
        if length != !inverse & 0xffff {
            return Err(Broken::Damaged);
        }
        for _ in 0..length {
            let byte = self.bits.take(8)? as u8;
            self.out.push(byte);
        }
        self.pass_on()
    }

    fn codes(&mut self) -> Result<(Codes, Codes), Broken> {
        let (symbols, distances, count) = (self.bits.take(5)? + 257, self.bits.take(5)? + 1, self.bits.take(4)? + 4);
        let mut lengths = [0_u8; 19];
        for place in ORDER.iter().take(count) {
            let bits = self.bits.take(3)? as u8;
            if let Some(length) = lengths.get_mut(*place) {
                *length = bits;
            }
        }
        let codes = Codes::of(&lengths)?;
        let mut all: Vec<u8> = Vec::with_capacity(320);
        while all.len() < symbols + distances {
            let (length, times) = match self.bits.symbol(&codes)? {
                symbol @ 0..16 => (symbol as u8, 1),
                16 => (all.last().copied().ok_or(Broken::Damaged)?, self.bits.take(2)? + 3),
                17 => (0, self.bits.take(3)? + 3),
                _ => (0, self.bits.take(7)? + 11),
            };
            all.extend(std::iter::repeat_n(length, times));
        }
        let (symbols, distances) =
            all.get(..symbols + distances).and_then(|all| all.split_at_checked(symbols)).ok_or(Broken::Damaged)?;
        Ok((Codes::of(symbols)?, Codes::of(distances)?))
    }

    fn coded(&mut self, symbols: &Codes, distances: &Codes) -> Result<(), Broken> {
        loop {
            match self.bits.symbol(symbols)? {
                byte @ 0..256 => self.out.push(byte as u8),
                256 => return Ok(()),
                symbol => {
                    let length = self.range(&LENGTHS, symbol - 257)?;
                    let symbol = self.bits.symbol(distances)?;
                    let back = self.range(&DISTANCES, symbol)?;
                    let start = self.out.len().checked_sub(back).ok_or(Broken::Damaged)?;
                    for place in start..start + length {
                        let byte = self.out.get(place).copied().ok_or(Broken::Damaged)?;
                        self.out.push(byte);
                    }
                }
            }
            if self.out.len() >= PIECE {
                self.pass_on()?;
            }
        }
    }

    fn range(&mut self, ranges: &[(u16, u8)], symbol: usize) -> Result<usize, Broken> {
        let (least, extra) = ranges.get(symbol).copied().ok_or(Broken::Damaged)?;
        Ok(usize::from(least) + self.bits.take(u32::from(extra))?)
    }

    /// Shows what is new and forgets what no copy can reach.
    fn pass_on(&mut self) -> Result<(), Broken> {
        if self.out.len() >= PIECE {
            self.show()?;
            self.out.drain(..self.out.len() - WINDOW);
            self.shown = self.out.len();
        }
        Ok(())
    }

    fn show(&mut self) -> Result<(), Broken> {
        let new = self.out.get(self.shown..).unwrap_or_default();
        self.shown = self.out.len();
        if (self.sink)(new) { Ok(()) } else { Err(Broken::Stopped) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Broken, inflate};
    use proptest::prelude::*;

    fn all(bytes: &[u8]) -> Result<Vec<u8>, Broken> {
        let mut out = Vec::new();
        inflate(bytes, &mut |piece| {
            out.extend_from_slice(piece);
            true
        })?;
        Ok(out)
    }

    #[test]
    fn stored_and_coded_blocks_are_unfolded() {
        assert_eq!(all(b"\x01\x03\x00\xfc\xffabc").unwrap(), b"abc");
        // Fixed codes: "a" and a copy of it.
        assert_eq!(all(&[0x4b, 0x4c, 0x84, 0x01, 0x00]).unwrap(), b"aaaaaaaaaa");
        assert_eq!(all(&[0x4b]), Err(Broken::Damaged));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut total = 0;
            let _ = inflate(bytes.as_slice(), &mut |piece| {
                total += piece.len();
                total < 1 << 22
            });
        }
    }
}
