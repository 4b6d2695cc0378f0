//! Files of any known format, told by their content first and their ending second, opened as tables.

use crate::exchange::card;
use crate::exchange::encoding::{Charset, DecodeError, Decoded, Found, find};
use crate::exchange::json;
use crate::exchange::sheet_error::SheetError;
use crate::exchange::split::{CsvFile, MOST_PIPED, Origin, Table, refused};
use crate::exchange::text::Text;
use crate::exchange::workbook::{self, read_new, read_old};
use encoding_rs::Encoding;
use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::Path;

/// How files are to be opened.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// The encoding of text files.
    pub charset: Charset,
    /// The sheet of a workbook, by its name or its number from 1.
    pub sheet: Option<String>,
}

/// A file format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Csv,
    Workbook,
    OldWorkbook,
    Json,
    Cards,
}

/// The tables in the file at `path`: one, or one for each kind of record in JSON.
///
/// # Errors
/// Why it cannot be read.
pub fn open(path: &Path, opening: &Opening) -> Result<Vec<Box<dyn Table>>, SheetError> {
    let found = std::fs::metadata(path).map_err(|error| refused(&error))?;
    if found.is_dir() {
        return Err(SheetError::Folder);
    }
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    if !found.is_file() {
        return open_reader(&name, File::open(path).map_err(|error| refused(&error))?, opening);
    }
    tables(&name, Origin::Path(path.to_owned()), opening)
}

/// The tables in what `input` gives, such as a pipe: held in memory, for it can be read only once.
///
/// # Errors
/// Why it cannot be read.
pub fn open_reader(name: &str, input: impl Read, opening: &Opening) -> Result<Vec<Box<dyn Table>>, SheetError> {
    let mut bytes = Vec::new();
    input.take(MOST_PIPED + 1).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
    if bytes.len() as u64 > MOST_PIPED {
        return Err(SheetError::LongPipe);
    }
    tables(name, Origin::Held(bytes.into()), opening)
}

fn tables(name: &str, origin: Origin, opening: &Opening) -> Result<Vec<Box<dyn Table>>, SheetError> {
    let one = |table: Box<dyn Table>| Ok(vec![table]);
    let sheet = opening.sheet.as_deref();
    match format(name, &origin, opening.charset)? {
        (Format::Csv, _) => one(Box::new(CsvFile::look(name.to_owned(), origin, opening.charset)?)),
        (Format::Json, Some(encoding)) => {
            let read = json::read(name, Text::new(origin.open()?, encoding))?;
            Ok(read.into_iter().map(|held| Box::new(held) as Box<dyn Table>).collect())
        }
        (Format::Cards, Some(encoding)) => one(Box::new(card::read(name, Text::new(origin.open()?, encoding))?)),
        (old_or_new, _) => one(Box::new(match (&origin, old_or_new) {
            (Origin::Path(path), Format::OldWorkbook) => read_old(name, file(path)?, sheet)?,
            (Origin::Path(path), _) => read_new(name, file(path)?, sheet)?,
            (Origin::Held(bytes), Format::OldWorkbook) => read_old(name, Cursor::new(bytes), sheet)?,
            (Origin::Held(bytes), _) => read_new(name, Cursor::new(bytes), sheet)?,
        })),
    }
}

/// The sheets of the workbook at `path`; none where it is no workbook, or cannot be read.
pub fn sheets(path: &Path) -> Vec<String> {
    let origin = Origin::Path(path.to_owned());
    let first = || {
        let mut first = [0; 4];
        origin.open().ok()?.read_exact(&mut first).ok()?;
        Some(first)
    };
    let names = match first() {
        Some([b'P', b'K', 3, 4]) => file(path).and_then(workbook::new_sheets),
        Some([0xd0, 0xcf, 0x11, 0xe0]) => file(path).and_then(workbook::old_sheets),
        _ => return Vec::new(),
    };
    names.unwrap_or_default()
}

fn file(path: &Path) -> Result<BufReader<File>, SheetError> {
    File::open(path).map(BufReader::new).map_err(|error| refused(&error))
}

/// The format, and the encoding where it is text of another kind than csv.
fn format(name: &str, origin: &Origin, charset: Charset) -> Result<(Format, Option<&'static Encoding>), SheetError> {
    let mut first = [0; 8];
    let count = origin.open()?.read(&mut first).map_err(|error| refused(&error))?;
    match first.get(..count).unwrap_or_default() {
        [b'P', b'K', 3, 4, ..] => return Ok((Format::Workbook, None)),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return Ok((Format::OldWorkbook, None)),
        _ => {}
    }
    let Found::Text(encoding) = find(origin.open()?, charset).map_err(|error| refused(&error))? else {
        return Ok((Format::Csv, None));
    };
    let mut beginning = String::new();
    match Decoded::new(origin.open()?, encoding).next_piece(&mut beginning) {
        Ok(_) | Err(DecodeError::Malformed) => {}
        Err(DecodeError::Io(error)) => return Err(refused(&error)),
    }
    Ok((text_format(name, beginning.trim_start()), Some(encoding)))
}

fn text_format(name: &str, beginning: &str) -> Format {
    let start: String = beginning.chars().take(11).collect::<String>().to_ascii_uppercase();
    if start == "BEGIN:VCARD" {
        return Format::Cards;
    }
    let mut signs = beginning.chars().filter(|c| !c.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | '[' | ']')) => return Format::Json,
        _ => {}
    }
    match name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).as_deref() {
        Some("json") => Format::Json,
        Some("vcf" | "vcard") => Format::Cards,
        _ => Format::Csv,
    }
}

#[cfg(test)]
#[path = "opening_tests.rs"]
mod tests;
