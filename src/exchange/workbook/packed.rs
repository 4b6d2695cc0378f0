//! The parts of a zipped workbook, measured before they are read: nothing in it may unfold beyond bounds.

use crate::exchange::sheet_error::SheetError;
use crate::exchange::split::LONGEST_CELL;
use crate::exchange::workbook::inflate::{Broken, inflate};
use std::io::{BufReader, Read, Seek, SeekFrom};

/// The most a sheet may unfold to; sheets are read row by row.
const MOST_OF_SHEET: u64 = 4 << 30;
/// The most any other part may unfold to; those are held in memory.
const MOST_OF_PART: u64 = 256 << 20;
/// The most parts.
const MOST_PARTS: usize = 10_000;
/// The beginning of a part in which its counts stand.
const BEGINNING: usize = 64 * 1024;

/// One part of a zip.
struct Part {
    name: String,
    coded: bool,
    size: u64,
    offset: u64,
}

/// Looks at every part of a workbook.
///
/// # Errors
/// What would not fit, or cannot be a workbook.
pub fn check(input: &mut (impl Read + Seek)) -> Result<(), SheetError> {
    let parts = parts(input).ok_or(SheetError::BadWorkbook)?;
    if parts.len() > MOST_PARTS {
        return Err(SheetError::Bomb);
    }
    for part in parts.iter().filter(|part| part.name.ends_with(".xml") || part.name.ends_with(".rels")) {
        look(input, part)?;
    }
    input.rewind().map_err(|error| SheetError::io(&error))
}

fn look(input: &mut (impl Read + Seek), part: &Part) -> Result<(), SheetError> {
    let start = data_start(input, part).ok_or(SheetError::BadWorkbook)?;
    input.seek(SeekFrom::Start(start)).map_err(|error| SheetError::io(&error))?;
    let most = if part.name.contains("worksheets/") { MOST_OF_SHEET } else { MOST_OF_PART };
    let mut measure = Measure { most, ..Measure::default() };
    let content = BufReader::new(input).take(part.size);
    let read =
        if part.coded { inflate(content, &mut |piece| measure.see(piece)) } else { plain(content, &mut measure) };
    match (measure.trouble(), read) {
        (Some(trouble), _) => Err(trouble),
        (None, Err(_)) => Err(SheetError::BadWorkbook),
        (None, Ok(())) => Ok(()),
    }
}

fn plain(mut content: impl Read, measure: &mut Measure) -> Result<(), Broken> {
    let mut piece = vec![0; BEGINNING];
    loop {
        let count = content.read(&mut piece).map_err(|_| Broken::Damaged)?;
        if count == 0 {
            return Ok(());
        }
        if !measure.see(piece.get(..count).unwrap_or_default()) {
            return Err(Broken::Stopped);
        }
    }
}

/// What is seen of a part while it unfolds.
#[derive(Default)]
struct Measure {
    most: u64,
    total: u64,
    /// Bytes since the last bracket of a tag: the text of a cell, or a tag's own.
    run: usize,
    longest: usize,
    beginning: Vec<u8>,
}

impl Measure {
    fn see(&mut self, piece: &[u8]) -> bool {
        self.total += piece.len() as u64;
        let room = BEGINNING.saturating_sub(self.beginning.len());
        self.beginning.extend(piece.iter().take(room));
        for part in piece.split_inclusive(|byte| matches!(byte, b'<' | b'>')) {
            self.run += part.len();
            self.longest = self.longest.max(self.run);
            if part.ends_with(b"<") || part.ends_with(b">") {
                self.run = 0;
            }
        }
        self.total <= self.most && self.longest <= LONGEST_CELL
    }

    fn trouble(&self) -> Option<SheetError> {
        if self.total > self.most {
            return Some(SheetError::Bomb);
        }
        if self.longest > LONGEST_CELL {
            return Some(SheetError::LongText);
        }
        // A reader makes room for as many texts as the beginning promises.
        let promised = promised(&self.beginning);
        (promised > self.total / 4).then_some(SheetError::BadWorkbook)
    }
}

/// The number of texts a part says it has.
fn promised(beginning: &[u8]) -> u64 {
    const NAME: &[u8] = b"uniqueCount=";
    let Some(at) = beginning.windows(NAME.len()).position(|window| window == NAME) else { return 0 };
    let digits = beginning.iter().skip(at + NAME.len() + 1).take_while(|byte| byte.is_ascii_digit());
    digits.fold(0_u64, |number, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
}

fn number(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    let field = bytes.get(at..at + width)?;
    Some(field.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

/// The parts a zip's directory names; none of more than 4 GB.
fn parts(input: &mut (impl Read + Seek)) -> Option<Vec<Part>> {
    let length = input.seek(SeekFrom::End(0)).ok()?;
    let tail_at = length.saturating_sub(66_000);
    let mut tail = Vec::new();
    input.seek(SeekFrom::Start(tail_at)).ok()?;
    input.take(66_000).read_to_end(&mut tail).ok()?;
    let end = tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let (size, start) = (number(&tail, end + 12, 4)?, number(&tail, end + 16, 4)?);
    if size > 16 << 20 || start + size > length {
        return None;
    }
    let mut directory = Vec::new();
    input.seek(SeekFrom::Start(start)).ok()?;
    input.take(size).read_to_end(&mut directory).ok()?;
    let mut parts = Vec::new();
    let mut at = 0;
    while directory.get(at..at + 4) == Some(b"PK\x01\x02") {
        let (name, extra, note) =
            (number(&directory, at + 28, 2)?, number(&directory, at + 30, 2)?, number(&directory, at + 32, 2)?);
        let (size, offset) = (number(&directory, at + 20, 4)?, number(&directory, at + 42, 4)?);
        let method = number(&directory, at + 10, 2)?;
        let name_bytes = directory.get(at + 46..at + 46 + name as usize)?;
        if method != 0 && method != 8 || size == u64::from(u32::MAX) || offset == u64::from(u32::MAX) {
            return None;
        }
        let name_text = String::from_utf8_lossy(name_bytes).replace('\\', "/").to_ascii_lowercase();
        parts.push(Part { name: name_text, coded: method == 8, size, offset });
        at += 46 + (name + extra + note) as usize;
    }
    (!parts.is_empty()).then_some(parts)
}

fn data_start(input: &mut (impl Read + Seek), part: &Part) -> Option<u64> {
    input.seek(SeekFrom::Start(part.offset)).ok()?;
    let mut head = [0; 30];
    input.read_exact(&mut head).ok()?;
    if !head.starts_with(b"PK\x03\x04") {
        return None;
    }
    Some(part.offset + 30 + number(&head, 26, 2)? + number(&head, 28, 2)?)
}
