//! A zipped workbook, of which no part is unpacked before it was measured: nothing in it may unfold beyond bounds.

use crate::exchange::sheet_error::SheetError;
use crate::exchange::split::LONGEST_CELL;
use flate2::read::DeflateDecoder;
use std::cell::RefCell;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::rc::Rc;
use zip::{CompressionMethod, ZipArchive};

/// The most a sheet may unfold to; sheets are read row by row.
const MOST_OF_SHEET: u64 = 4 << 30;
/// The most any other part may unfold to; those are held in memory.
const MOST_OF_PART: u64 = 256 << 20;
/// The most parts.
const MOST_PARTS: usize = 10_000;
/// The most bytes that the list of the parts may take.
const MOST_OF_LIST: u32 = 16 << 20;
/// The beginning of a part in which its counts stand.
const BEGINNING: usize = 64 * 1024;
/// Bytes unfolded at a time.
const PIECE: usize = 64 * 1024;
/// Where the end of a zip is looked for: its own 22 bytes, and the longest note behind them.
const END: u64 = 22 + 65_535;

/// One part of a zip.
struct Part {
    is_sheet: bool,
    packed: bool,
    start: u64,
    size: u64,
    measured: bool,
}

/// Why a part could not be measured, to be asked for when reading has failed.
#[derive(Clone, Default)]
pub struct Trouble(Rc<RefCell<Option<SheetError>>>);

impl Trouble {
    /// What was wrong with a part; a broken workbook where nothing was.
    pub fn found(&self) -> SheetError {
        self.any().unwrap_or(SheetError::BadWorkbook)
    }

    /// What was wrong with a part, if anything.
    pub fn any(&self) -> Option<SheetError> {
        self.0.borrow().clone()
    }
}

/// The file of a workbook. Whoever reads in a part has it measured first, once; what is never read is not.
pub struct Measured<R> {
    input: R,
    at: u64,
    parts: Vec<Part>,
    trouble: Trouble,
}

impl<R: Read + Seek> Measured<R> {
    /// Reads the list of the parts.
    ///
    /// # Errors
    /// What would not fit, or cannot be a workbook.
    pub fn new(mut input: R) -> Result<(Measured<R>, Trouble), SheetError> {
        let list = length_of_list(&mut input).ok_or(SheetError::BadWorkbook)?;
        if list > MOST_OF_LIST {
            return Err(SheetError::Bomb);
        }
        let mut archive = ZipArchive::new(&mut input).map_err(|_| SheetError::BadWorkbook)?;
        if archive.len() > MOST_PARTS {
            return Err(SheetError::Bomb);
        }
        let parts = (0..archive.len()).map(|place| Part::of(&mut archive, place)).collect::<Option<Vec<_>>>();
        let parts = parts.ok_or(SheetError::BadWorkbook)?.into_iter().filter(|part| part.size > 0).collect();
        input.rewind().map_err(|error| SheetError::io(&error))?;
        let trouble = Trouble::default();
        Ok((Measured { input, at: 0, parts, trouble: trouble.clone() }, trouble))
    }

    /// Measures the parts that lie here and were not measured yet.
    fn measure_here(&mut self) -> Result<(), SheetError> {
        let at = self.at;
        let here = |part: &&mut Part| !part.measured && (part.start..part.start + part.size).contains(&at);
        for part in self.parts.iter_mut().filter(here) {
            part.measured = true;
            part.measure(&mut self.input)?;
        }
        Ok(())
    }
}

impl<R: Read + Seek> Read for Measured<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Err(error) = self.measure_here() {
            self.trouble.0.borrow_mut().get_or_insert(error);
        }
        if self.trouble.any().is_some() {
            return Err(io::Error::from(io::ErrorKind::InvalidData));
        }
        self.input.seek(SeekFrom::Start(self.at))?;
        let count = self.input.read(buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl<R: Read + Seek> Seek for Measured<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Current(by) => SeekFrom::Start(self.at.saturating_add_signed(by)),
            other => other,
        };
        self.at = self.input.seek(to)?;
        Ok(self.at)
    }
}

impl Part {
    /// The part at this place of the list, if it is stored or deflated.
    fn of(archive: &mut ZipArchive<impl Read + Seek>, place: usize) -> Option<Part> {
        let entry = archive.by_index_raw(place).ok()?;
        let packed = match entry.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            _ => return None,
        };
        let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/").to_ascii_lowercase();
        let (is_sheet, size) = (name.contains("worksheets/"), entry.compressed_size());
        Some(Part { is_sheet, packed, start: entry.data_start()?, size, measured: false })
    }

    fn measure(&self, input: &mut (impl Read + Seek)) -> Result<(), SheetError> {
        input.seek(SeekFrom::Start(self.start)).map_err(|error| SheetError::io(&error))?;
        let most = if self.is_sheet { MOST_OF_SHEET } else { MOST_OF_PART };
        let mut measure = Measure { most, ..Measure::default() };
        let content = BufReader::new(input).take(self.size);
        let seen = if self.packed { measure.see_all(DeflateDecoder::new(content)) } else { measure.see_all(content) };
        match (measure.trouble(), seen) {
            (Some(trouble), _) => Err(trouble),
            (None, Err(_)) => Err(SheetError::BadWorkbook),
            (None, Ok(())) => Ok(()),
        }
    }
}

/// How many bytes the list of the parts takes, as the end of the zip has it; `None` where there is no end.
fn length_of_list(input: &mut (impl Read + Seek)) -> Option<u32> {
    let length = input.seek(SeekFrom::End(0)).ok()?;
    input.seek(SeekFrom::Start(length.saturating_sub(END))).ok()?;
    let mut tail = Vec::new();
    input.take(END).read_to_end(&mut tail).ok()?;
    let end = tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let field = tail.get(end + 12..end + 16)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*field))
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
    /// Sees all of a part, or as much of it as is within the bounds.
    fn see_all(&mut self, mut content: impl Read) -> io::Result<()> {
        let mut piece = vec![0; PIECE];
        loop {
            match content.read(&mut piece) {
                Ok(0) => return Ok(()),
                Ok(count) if self.see(piece.get(..count).unwrap_or_default()) => {}
                Ok(_) => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

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
