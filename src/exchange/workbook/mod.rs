//! Workbooks of Excel and its like, old and new, read sheet by sheet into tables.

mod packed;

use crate::exchange::held::Held;
use crate::exchange::sheet_error::SheetError;
use crate::exchange::split::MOST_COLUMNS;
use crate::exchange::workbook::packed::{Measured, Trouble};
use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, Xls, Xlsx};
use std::collections::HashMap;
use std::io::{Read, Seek};

/// The largest old workbook, in bytes: it is not packed, but is held whole.
const MOST_OF_OLD: u64 = 64 << 20;
/// The most merged regions that are heeded.
const MOST_MERGED: usize = 200_000;

/// Which sheet of a workbook is wanted: by its name or its number from 1; none for the first with a table in it.
pub type Wanted<'a> = Option<&'a str>;

/// Reads a sheet of a new workbook (xlsx).
///
/// # Errors
/// Why it cannot be read.
pub fn read_new<R: Read + Seek>(name: &str, input: R, wanted: Wanted) -> Result<Held, SheetError> {
    let (mut book, trouble) = open_new(input)?;
    let sheets = chosen(&book.sheet_names(), wanted)?;
    first_table(sheets, wanted, |sheet| {
        let read = new_sheet(&mut book, name, sheet);
        trouble.any().map_or(read, Err)
    })
}

/// Reads a sheet of an old workbook (xls).
///
/// # Errors
/// Why it cannot be read.
pub fn read_old<R: Read + Seek>(name: &str, mut input: R, wanted: Wanted) -> Result<Held, SheetError> {
    let length = input.seek(std::io::SeekFrom::End(0)).and_then(|length| input.rewind().map(|()| length));
    if length.map_err(|error| SheetError::io(&error))? > MOST_OF_OLD {
        return Err(SheetError::TooMuch);
    }
    let mut book = Xls::new(input).map_err(|_| SheetError::BadWorkbook)?;
    let sheets = chosen(&book.sheet_names(), wanted)?;
    first_table(sheets, wanted, |sheet| old_sheet(&mut book, name, sheet))
}

/// The names of the sheets of a new workbook.
///
/// # Errors
/// Why it cannot be read.
pub fn new_sheets<R: Read + Seek>(input: R) -> Result<Vec<String>, SheetError> {
    Ok(open_new(input)?.0.sheet_names())
}

fn open_new<R: Read + Seek>(input: R) -> Result<(Xlsx<Measured<R>>, Trouble), SheetError> {
    let (input, trouble) = Measured::new(input)?;
    match Xlsx::new(input) {
        Ok(book) => Ok((book, trouble)),
        Err(_) => Err(trouble.found()),
    }
}

/// The names of the sheets of an old workbook.
///
/// # Errors
/// Why it cannot be read.
pub fn old_sheets<R: Read + Seek>(input: R) -> Result<Vec<String>, SheetError> {
    Ok(Xls::new(input).map_err(|_| SheetError::BadWorkbook)?.sheet_names())
}

fn chosen(names: &[String], wanted: Wanted) -> Result<Vec<String>, SheetError> {
    let Some(wanted) = wanted.map(str::trim).filter(|wanted| !wanted.is_empty()) else { return Ok(names.to_vec()) };
    let by_name = names.iter().find(|name| name.trim() == wanted);
    let by_number = || wanted.parse::<usize>().ok().and_then(|number| names.get(number.checked_sub(1)?));
    let found = by_name.or_else(by_number);
    found.map(|name| vec![name.clone()]).ok_or_else(|| SheetError::NoSheet(wanted.to_owned(), names.join(", ")))
}

/// The first sheet that is a table, or else the first that has anything; a sheet asked for is taken as it is.
fn first_table(
    sheets: Vec<String>,
    wanted: Wanted,
    mut read: impl FnMut(&str) -> Result<Held, SheetError>,
) -> Result<Held, SheetError> {
    let mut first = None;
    for sheet in sheets {
        let held = read(&sheet)?;
        if held.is_table() || (wanted.is_some() && !held.is_empty()) {
            return Ok(held);
        }
        if !held.is_empty() && first.is_none() {
            first = Some(held);
        }
    }
    first.ok_or(SheetError::Empty)
}

fn new_sheet<R: Read + Seek>(book: &mut Xlsx<R>, name: &str, sheet: &str) -> Result<Held, SheetError> {
    let merged = Merged::of(&book.merge_cells_by_sheet_name(sheet).unwrap_or_default());
    // A sheet of nothing but a chart has no cells.
    let Ok(mut cells) = book.worksheet_cells_reader(sheet) else { return Ok(Held::new(name, None)) };
    let mut gathering = Gathering::new(name, merged);
    while let Some(cell) = cells.next_cell().map_err(|_| SheetError::BadWorkbook)? {
        let at = cell.get_position();
        match cell.get_value() {
            DataRef::SharedString(text) => gathering.put(at, text, true)?,
            DataRef::Empty => {}
            other => {
                let data = Data::from(other.clone());
                gathering.put(at, &shown(&data), is_text(&data))?;
            }
        }
    }
    gathering.finish()
}

fn old_sheet<R: Read + Seek>(book: &mut Xls<R>, name: &str, sheet: &str) -> Result<Held, SheetError> {
    let merged = Merged::of(&book.merge_cells_by_sheet_name(sheet).unwrap_or_default());
    let mut gathering = Gathering::new(name, merged);
    let Ok(range) = book.worksheet_range(sheet) else { return Ok(Held::new(name, None)) };
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, data) in range.used_cells() {
        gathering.put((top + row as u32, left + column as u32), &shown(data), is_text(data))?;
    }
    gathering.finish()
}

/// Whether a merged cell says the same of each of its rows; an amount does not.
const fn is_text(data: &Data) -> bool {
    matches!(data, Data::String(_) | Data::DateTime(_) | Data::DateTimeIso(_))
}

/// A cell as text: dates as ISO, numbers with all their digits.
fn shown(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::DateTime(at) => moment(at),
        Data::Error(error) => error.to_string(),
    }
}

/// `2023-05-08`, `2023-05-08T10:30:00`, or for a time alone `10:30:00`; what is beyond Excel's own calendar stays a number.
fn moment(at: &ExcelDateTime) -> String {
    let serial = at.as_f64();
    if at.is_duration() || !(0.0..2_958_466.0).contains(&serial) {
        return serial.to_string();
    }
    let rounded = ExcelDateTime::new(
        ((serial * 86_400.0).round() + 0.001) / 86_400.0,
        calamine::ExcelDateTimeType::DateTime,
        is_1904(at),
    );
    let (year, month, day, hour, minute, second, _) = rounded.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        _ if serial < 1.0 => format!("{hour:02}:{minute:02}:{second:02}"),
        (0, 0, 0) => date,
        _ => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
    }
}

/// Whether the workbook counts its days from 1904, told by how it reads the day.
fn is_1904(at: &ExcelDateTime) -> bool {
    let plain = ExcelDateTime::new(at.as_f64(), calamine::ExcelDateTimeType::DateTime, false);
    plain.to_ymd_hms_milli().0 != at.to_ymd_hms_milli().0
}

/// Regions merged over several rows, by their first cell, with their last row.
struct Merged(HashMap<(u32, u32), u32>);

impl Merged {
    fn of(regions: &[Dimensions]) -> Merged {
        let high = regions.iter().take(MOST_MERGED).filter(|region| region.end.0 > region.start.0);
        Merged(high.map(|region| (region.start, region.end.0)).collect())
    }
}

/// Cells gathered to rows.
struct Gathering {
    held: Held,
    merged: Merged,
    row: u32,
    cells: Vec<String>,
    /// By column, the text of a merged cell above and the last row it is for.
    hanging: HashMap<u32, (u32, String)>,
}

impl Gathering {
    fn new(name: &str, merged: Merged) -> Gathering {
        Gathering { held: Held::new(name, None), merged, row: 0, cells: Vec::new(), hanging: HashMap::new() }
    }

    fn put(&mut self, (row, column): (u32, u32), text: &str, repeats: bool) -> Result<(), SheetError> {
        if row != self.row {
            self.end_row()?;
            self.row = row;
        }
        if text.is_empty() {
            return Ok(());
        }
        let place = column as usize;
        if place >= MOST_COLUMNS {
            return Err(SheetError::ManyColumns(row.saturating_add(1)));
        }
        if self.cells.len() <= place {
            self.cells.resize(place + 1, String::new());
        }
        if let Some(last) = self.merged.0.get(&(row, column)).filter(|_| repeats) {
            self.hanging.insert(column, (*last, text.to_owned()));
        }
        if let Some(cell) = self.cells.get_mut(place) {
            text.clone_into(cell);
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), SheetError> {
        if self.cells.is_empty() {
            return Ok(());
        }
        let row = self.row;
        self.hanging.retain(|_, (last, _)| row <= *last);
        for (column, (_, text)) in &self.hanging {
            let place = *column as usize;
            if self.cells.len() <= place {
                self.cells.resize(place + 1, String::new());
            }
            if let Some(cell) = self.cells.get_mut(place).filter(|cell| cell.is_empty()) {
                cell.clone_from(text);
            }
        }
        self.held.push(row.saturating_add(1), &self.cells)?;
        self.cells.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<Held, SheetError> {
        self.end_row()?;
        Ok(self.held)
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod old_tests;
