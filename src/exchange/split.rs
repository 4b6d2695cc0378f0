//! Text to rows of cells, each with its true line number, within bounds of memory.

use crate::domain::record::Kind;
use crate::exchange::encoding::{Charset, DecodeError, Decoded, Found, find};
use crate::exchange::sheet_error::SheetError;
use crate::exchange::text_key::is_defused;
use encoding_rs::Encoding;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::PathBuf;
use std::sync::Arc;

/// The longest cell, in bytes.
pub const LONGEST_CELL: usize = 1 << 20;
/// The longest row, in bytes.
pub const LONGEST_ROW: usize = 8 << 20;
/// The most columns.
pub const MOST_COLUMNS: usize = 4_096;
/// The most that is read from a pipe, in bytes.
pub const MOST_PIPED: u64 = 512 << 20;

/// One row, its cells in one piece of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line it begins on, from 1.
    pub line: u32,
    text: String,
    ends: Vec<usize>,
}

impl Row {
    /// A row made of these cells.
    pub fn of<'a>(line: u32, cells: impl IntoIterator<Item = &'a str>) -> Row {
        let mut row = Row { line, ..Row::default() };
        for cell in cells {
            row.text.push_str(cell);
            row.ends.push(row.text.len());
        }
        row
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has no cells.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A cell as it is written; nothing beyond the last.
    pub fn cell(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    /// Every cell.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.cell(at))
    }

    /// Whether no cell says anything.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Puts other cells in place of those it had.
    pub(super) fn refill<'a>(&mut self, line: u32, cells: impl Iterator<Item = &'a str>) {
        self.clear(line);
        for cell in cells {
            self.text.push_str(cell);
            end_cell(self);
        }
    }

    fn clear(&mut self, line: u32) {
        self.line = line;
        self.text.clear();
        self.ends.clear();
    }
}

/// Rows one after the other.
pub trait Rows {
    /// Puts the next row in place of what `row` held; false at the end.
    ///
    /// # Errors
    /// What makes the rest unreadable.
    fn next_row(&mut self, row: &mut Row) -> Result<bool, SheetError>;
}

/// Something whose rows can be read from the beginning, more than once.
pub trait Table {
    /// The name it is called by in reports.
    fn name(&self) -> &str;

    /// What its rows are, where the file itself says so.
    fn kind(&self) -> Option<Kind> {
        None
    }

    /// The encoding it is read in, where that had to be found out.
    fn encoding(&self) -> Option<&'static str> {
        None
    }

    /// Its rows from the beginning.
    ///
    /// # Errors
    /// Why it cannot be opened.
    fn rows(&self) -> Result<Box<dyn Rows + '_>, SheetError>;
}

/// A file of separated values, looked through once.
#[derive(Clone, Debug)]
pub struct CsvFile {
    name: String,
    origin: Origin,
    encoding: &'static Encoding,
    delimiter: u8,
}

/// Where bytes come from, as often as they are wanted.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    Path(PathBuf),
    Held(Arc<[u8]>),
}

impl Origin {
    pub(super) fn open(&self) -> Result<Box<dyn Read + '_>, SheetError> {
        match self {
            Origin::Path(path) => Ok(Box::new(File::open(path).map_err(|error| refused(&error))?)),
            Origin::Held(bytes) => Ok(Box::new(Cursor::new(bytes))),
        }
    }
}

pub(super) fn refused(error: &io::Error) -> SheetError {
    match error.kind() {
        io::ErrorKind::NotFound => SheetError::Missing,
        io::ErrorKind::IsADirectory => SheetError::Folder,
        _ => SheetError::io(error),
    }
}

impl CsvFile {
    /// What `input` gives, held in memory, for a pipe can be read only once.
    ///
    /// # Errors
    /// Why it cannot be read as a table.
    pub fn from_reader(name: &str, input: impl Read, charset: Charset) -> Result<CsvFile, SheetError> {
        let mut bytes = Vec::new();
        input.take(MOST_PIPED + 1).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
        if bytes.len() as u64 > MOST_PIPED {
            return Err(SheetError::LongPipe);
        }
        CsvFile::look(name.to_owned(), Origin::Held(bytes.into()), charset)
    }

    pub(super) fn look(name: String, origin: Origin, charset: Charset) -> Result<CsvFile, SheetError> {
        let found = find(origin.open()?, charset).map_err(|error| refused(&error))?;
        let encoding = match found {
            Found::Text(encoding) => encoding,
            Found::Other(looks) => return Err(SheetError::OtherEncoding(looks.name())),
            Found::Empty => return Err(SheetError::Empty),
            Found::Binary(binary) => return Err(SheetError::NoText(binary)),
        };
        let mut beginning = String::new();
        let mut decoded = Decoded::new(origin.open()?, encoding);
        match decoded.next_piece(&mut beginning) {
            Ok(true) | Err(DecodeError::Malformed) => {}
            Ok(false) => return Err(SheetError::Empty),
            Err(DecodeError::Io(error)) => return Err(refused(&error)),
        }
        drop(decoded);
        if beginning.trim().is_empty() && beginning.len() < 1024 {
            return Err(SheetError::Empty);
        }
        Ok(CsvFile { name, origin, encoding, delimiter: delimiter_of(&beginning) })
    }
}

impl Table for CsvFile {
    fn name(&self) -> &str {
        &self.name
    }

    fn encoding(&self) -> Option<&'static str> {
        Some(self.encoding.name())
    }

    fn rows(&self) -> Result<Box<dyn Rows + '_>, SheetError> {
        let input = Decoded::new(self.origin.open()?, self.encoding);
        Ok(Box::new(Splitter {
            input,
            encoding: self.encoding,
            delimiter: self.delimiter,
            piece: String::new(),
            at: 0,
            line: 1,
            ended: false,
        }))
    }
}

/// The delimiter on which most of the first lines agree; a first line `sep=;` names it.
fn delimiter_of(beginning: &str) -> u8 {
    if let Some(named) = beginning.strip_prefix("sep=").and_then(|rest| rest.bytes().next())
        && matches!(named, b',' | b';' | b'\t' | b'|')
    {
        return named;
    }
    let score = |delimiter: u8| {
        let counts: Vec<usize> = counts_by_line(beginning, delimiter);
        let agree = |count: usize| counts.iter().filter(|other| **other == count).count();
        counts.iter().filter(|count| **count > 0).map(|count| (agree(*count), *count)).max().unwrap_or((0, 0))
    };
    // The last of equals wins, so the comma stands last.
    [b'|', b';', b'\t', b','].into_iter().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

/// How often `delimiter` stands outside quotation marks on each of the first lines that are not blank.
fn counts_by_line(text: &str, delimiter: u8) -> Vec<usize> {
    let (mut counts, mut count, mut quoted, mut blank) = (Vec::new(), 0, false, true);
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                if !blank {
                    counts.push(count);
                }
                (count, blank) = (0, true);
                if counts.len() >= 30 {
                    break;
                }
                continue;
            }
            _ if byte == delimiter && !quoted => count += 1,
            _ => {}
        }
        blank &= byte.is_ascii_whitespace();
    }
    if !blank {
        counts.push(count);
    }
    counts
}

/// Splits decoded text into rows.
struct Splitter<R> {
    input: Decoded<R>,
    encoding: &'static Encoding,
    delimiter: u8,
    piece: String,
    at: usize,
    line: u32,
    ended: bool,
}

/// Where in a cell the splitter stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Plain,
    Quoted,
    /// After a quotation mark inside a quoted cell: its end, or the first of a doubled one.
    Closing,
}

impl<R: Read> Rows for Splitter<R> {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, SheetError> {
        row.clear(self.line);
        let (mut place, mut quote_at) = (Place::Start, (0, 0));
        loop {
            if self.at >= self.piece.len() && !self.refill()? {
                return self.last_row(row, place, quote_at);
            }
            let run = self.run(place);
            self.check(row, run)?;
            row.text.push_str(self.piece.get(self.at..self.at + run).unwrap_or_default());
            if run > 0 && place != Place::Quoted {
                place = Place::Plain;
            }
            self.line += self.breaks(run);
            self.at += run;
            let Some(byte) = self.piece.as_bytes().get(self.at).copied() else { continue };
            self.at += 1;
            match (place, byte) {
                (Place::Start, b'"') => {
                    quote_at = (self.line, row.ends.len() as u32 + 1);
                    place = Place::Quoted;
                }
                (Place::Quoted, b'"') => place = Place::Closing,
                (Place::Closing, b'"') => {
                    row.text.push('"');
                    place = Place::Quoted;
                }
                (Place::Plain, b'"') => row.text.push('"'),
                (_, b'\n') => {
                    self.line += 1;
                    end_written_cell(row);
                    return Ok(true);
                }
                (_, b'\r') => {
                    // A lone carriage return ends a row too, as old spreadsheets wrote it.
                    if self.follows(b'\n')? {
                        self.at += 1;
                    }
                    self.line += 1;
                    end_written_cell(row);
                    return Ok(true);
                }
                _ => {
                    end_written_cell(row);
                    if row.ends.len() >= MOST_COLUMNS {
                        return Err(SheetError::ManyColumns(row.line));
                    }
                    place = Place::Start;
                }
            }
        }
    }
}

/// Ends a cell of plain text.
fn end_cell(row: &mut Row) {
    row.ends.push(row.text.len());
}

/// Ends a cell of separated values: an apostrophe that keeps a spreadsheet from calculating is taken off.
fn end_written_cell(row: &mut Row) {
    let start = row.ends.last().copied().unwrap_or(0);
    if row.text.get(start..).is_some_and(is_defused) {
        row.text.remove(start);
    }
    end_cell(row);
}

impl<R: Read> Splitter<R> {
    /// Reads on; false at the end of the file.
    fn refill(&mut self) -> Result<bool, SheetError> {
        if self.ended {
            return Ok(false);
        }
        self.at = 0;
        match self.input.next_piece(&mut self.piece) {
            Ok(more) => {
                self.ended = !more;
                Ok(more)
            }
            Err(DecodeError::Io(error)) => Err(refused(&error)),
            Err(DecodeError::Malformed) => {
                Err(SheetError::Damaged(self.encoding.name(), self.line + self.breaks(self.piece.len())))
            }
        }
    }

    /// How many bytes from here on are plain content of the cell.
    fn run(&self, place: Place) -> usize {
        let rest = self.piece.as_bytes().get(self.at..).unwrap_or_default();
        let ends = |byte: u8| match place {
            Place::Quoted => byte == b'"',
            _ => byte == b'"' || byte == b'\n' || byte == b'\r' || byte == self.delimiter,
        };
        rest.iter().position(|byte| ends(*byte)).unwrap_or(rest.len())
    }

    fn breaks(&self, run: usize) -> u32 {
        let text = self.piece.as_bytes().get(self.at..self.at + run).unwrap_or_default();
        text.iter().filter(|byte| **byte == b'\n').count() as u32
    }

    fn check(&self, row: &Row, run: usize) -> Result<(), SheetError> {
        let start = row.ends.last().copied().unwrap_or(0);
        if row.text.len() + run - start > LONGEST_CELL {
            return Err(SheetError::LongCell(row.line, row.ends.len() as u32 + 1));
        }
        if row.text.len() + run > LONGEST_ROW {
            return Err(SheetError::LongRow(row.line));
        }
        Ok(())
    }

    fn follows(&mut self, byte: u8) -> Result<bool, SheetError> {
        if self.at >= self.piece.len() && !self.refill()? {
            return Ok(false);
        }
        Ok(self.piece.as_bytes().get(self.at) == Some(&byte))
    }

    fn last_row(&self, row: &mut Row, place: Place, quote_at: (u32, u32)) -> Result<bool, SheetError> {
        if place == Place::Quoted {
            return Err(SheetError::OpenQuote(quote_at.0, quote_at.1));
        }
        if row.text.is_empty() && row.ends.is_empty() && place == Place::Start {
            return Ok(false);
        }
        end_written_cell(row);
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::{CsvFile, Row, Table};
    use crate::exchange::encoding::Charset;
    use crate::exchange::sheet_error::SheetError;
    use proptest::prelude::*;
    use std::io::Read;

    fn split(text: &[u8]) -> Result<Vec<(u32, Vec<String>)>, SheetError> {
        let file = CsvFile::from_reader("test", text, Charset::Auto)?;
        let (mut rows, mut row, mut all) = (file.rows()?, Row::default(), Vec::new());
        while rows.next_row(&mut row)? {
            all.push((row.line, row.cells().map(str::to_owned).collect()));
        }
        Ok(all)
    }

    fn lines(text: &str) -> Vec<(u32, String)> {
        split(text.as_bytes()).unwrap().into_iter().map(|(line, cells)| (line, cells.join("|"))).collect()
    }

    #[test]
    fn a_row_knows_its_line_even_behind_a_cell_of_several_lines() {
        let rows = lines("a,b\r\n\"x\ny\",2\n\n\"\"\"引号,逗号\"\"公司\",4");
        let expected = [(1, "a|b"), (2, "x\ny|2"), (4, ""), (5, "\"引号,逗号\"公司|4")];
        assert_eq!(rows, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn the_delimiter_is_the_one_the_lines_agree_on() {
        assert_eq!(lines("a;b;c\n1;2,5;3\n4;5,5;6\n")[1].1, "1|2,5|3");
        assert_eq!(lines("a\tb\n1,2\t3\n")[1].1, "1,2|3");
        assert_eq!(lines("a,b\n\"1;2;3\",4\n")[1].1, "1;2;3|4");
        assert_eq!(lines("sep=;\na;b\n")[1].1, "a|b");
        assert_eq!(lines("only\nvalues\n")[1].1, "values");
    }

    #[test]
    fn a_quotation_mark_inside_a_plain_cell_is_itself() {
        assert_eq!(lines("a,5\" pipe,c\n\"x\"y,\"\",z\n"), [(1, "a|5\" pipe|c".into()), (2, "xy||z".into())]);
    }

    #[test]
    fn what_cannot_be_a_table_is_refused_with_its_place() {
        assert_eq!(split(b""), Err(SheetError::Empty));
        assert_eq!(split(b"\xef\xbb\xbf \n"), Err(SheetError::Empty));
        assert_eq!(split(b"a,b\n1,\"2\n3,4\n"), Err(SheetError::OpenQuote(2, 2)));
        assert_eq!(split(&[b'x'; 2 << 20]), Err(SheetError::LongCell(1, 1)));
        assert_eq!(split(",".repeat(5_000).as_bytes()), Err(SheetError::ManyColumns(1)));
        let wide = format!("a\n{}\n", vec!["y".repeat(10_000); 1_000].join(","));
        assert_eq!(split(wide.as_bytes()), Err(SheetError::LongRow(2)));
    }

    #[test]
    fn a_line_of_fifty_megabytes_is_refused_after_the_first() {
        let file = CsvFile::from_reader("test", std::io::repeat(b'x').take(50 << 20), Charset::Auto).unwrap();
        assert_eq!(file.rows().unwrap().next_row(&mut Row::default()), Err(SheetError::LongCell(1, 1)));
    }

    #[test]
    fn a_missing_path_and_a_folder_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let open = |path: &std::path::Path| crate::exchange::opening::open(path, &Default::default()).err();
        assert_eq!(open(folder.path()), Some(SheetError::Folder));
        assert_eq!(open(&folder.path().join("none.csv")), Some(SheetError::Missing));
    }

    proptest! {
        #[test]
        fn quoted_cells_come_back_as_they_went_in(cells in proptest::collection::vec("[^\\x00\r\u{feff}]{0,12}", 1..6)) {
            let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            let text = format!("h,h,h\nh,h,h\nh,h,h\n{}\n", quoted.join(","));
            if let Ok(rows) = split(text.as_bytes()) && cells.iter().all(|cell| !cell.contains(['\t', ';', '|', '\n']) && !cell.starts_with('\'')) {
                prop_assert_eq!(rows.get(3).map(|row| row.1.clone()), Some(cells));
            }
        }

        #[test]
        fn no_bytes_make_the_splitter_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = split(&bytes);
        }
    }
}
