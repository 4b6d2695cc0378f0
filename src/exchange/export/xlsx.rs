//! A workbook with typed cells, its header frozen, its columns as wide as what stands in them.

use crate::domain::time::{Day, Moment};
use crate::exchange::export::cell::OutCell;
use crate::exchange::export::{OutError, Sheet};
use crate::text::Language;
use chrono::{Datelike, Timelike};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Worksheet, XlsxError};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Rows of a sheet, without its header.
const MOST_ROWS: u32 = 1_048_575;
/// Signs of a cell at most.
const MOST_SIGNS: usize = 32_767;
/// The widest column, in cells.
const WIDEST: usize = 60;
/// The amount, in cents, up to which a spreadsheet counts exactly.
const EXACT: i64 = 1_000_000_000_000_000;

/// A workbook under way.
pub struct Workbook<'o> {
    out: &'o mut dyn Write,
    offset_minutes: Option<i16>,
    sheets: Vec<Worksheet>,
    headings: Vec<String>,
    widths: Vec<usize>,
    row: u32,
    formats: Formats,
    /// What the next sheet is called.
    name: Option<String>,
}

/// How cells are shown.
struct Formats {
    money: Format,
    rate: Format,
    day: Format,
    moment: Format,
    head: Format,
}

impl<'o> Workbook<'o> {
    pub fn new(out: &'o mut dyn Write) -> Workbook<'o> {
        let formats = Formats {
            money: Format::new().set_num_format("#,##0.00##"),
            rate: Format::new().set_num_format("0.##%"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            head: Format::new().set_bold().set_align(FormatAlign::VerticalCenter),
        };
        let (sheets, headings, widths) = (Vec::new(), Vec::new(), Vec::new());
        Workbook { out, offset_minutes: None, sheets, headings, widths, row: 0, formats, name: None }
    }

    fn begin_sheet(&mut self) -> Result<(), OutError> {
        let mut sheet = Worksheet::new();
        if let Some(name) = self.name.take() {
            sheet.set_name(name).map_err(refused)?;
        }
        sheet.set_freeze_panes(1, 0).map_err(refused)?;
        for (column, heading) in (0..).zip(&self.headings) {
            sheet.write_with_format(0, column, heading.as_str(), &self.formats.head).map_err(refused)?;
        }
        self.sheets.push(sheet);
        self.row = 0;
        Ok(())
    }
}

fn refused(error: XlsxError) -> OutError {
    OutError::Io(io::Error::other(error.to_string()))
}

impl Sheet for Workbook<'_> {
    fn head(&mut self, headings: &[&str]) -> Result<(), OutError> {
        self.headings = headings.iter().map(|heading| (*heading).to_owned()).collect();
        // The columns of several sheets are as wide as the widest of them.
        let mut widths: Vec<usize> = headings.iter().map(|heading| heading.width()).collect();
        for (width, before) in widths.iter_mut().zip(&self.widths) {
            *width = (*width).max(*before);
        }
        widths.extend(self.widths.iter().skip(widths.len()));
        self.widths = widths;
        self.begin_sheet()
    }

    fn row(&mut self, cells: &[OutCell]) -> Result<(), OutError> {
        if self.row >= MOST_ROWS {
            self.begin_sheet()?;
        }
        self.row += 1;
        let Some(sheet) = self.sheets.last_mut() else { return Ok(()) };
        for (column, cell) in (0..).zip(cells) {
            put(sheet, self.row, column, cell, &self.formats, self.offset_minutes).map_err(refused)?;
            if let Some(width) = self.widths.get_mut(usize::from(column)) {
                let longest = cell.shown(Language::default()).lines().map(UnicodeWidthStr::width).max();
                *width = (*width).max(longest.unwrap_or(0)).min(WIDEST);
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), OutError> {
        let mut book = rust_xlsxwriter::Workbook::new();
        for mut sheet in self.sheets.drain(..) {
            for (column, width) in (0..).zip(&self.widths) {
                sheet.set_column_width(column, (*width + 2) as f64).map_err(refused)?;
            }
            book.push_worksheet(sheet);
        }
        let bytes = book.save_to_buffer().map_err(refused)?;
        Ok(self.out.write_all(&bytes)?)
    }
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &OutCell,
    formats: &Formats,
    offset_minutes: Option<i16>,
) -> Result<(), XlsxError> {
    let number = |number: i64, of: f64| (number.abs() < EXACT).then_some(number as f64 / of);
    let typed = match cell {
        OutCell::Empty => return Ok(()),
        OutCell::Whole(whole) => Some((f64::from(*whole), None)),
        OutCell::Quantity(quantity) => number(*quantity, 1_000.0).map(|number| (number, None)),
        OutCell::Money(money) => number(money.cents(), 100.0).map(|number| (number, Some(&formats.money))),
        OutCell::Exact(exact) => number(exact.parts(), 10_000.0).map(|number| (number, Some(&formats.money))),
        OutCell::TenThousands(money) => number(money.cents(), 1_000_000.0).map(|number| (number, None)),
        OutCell::Rate(rate) => Some((rate.as_number(), Some(&formats.rate))),
        OutCell::Percent(rate) => Some((f64::from(rate.basis_points()) / 100.0, None)),
        OutCell::Score(score) => Some((score.as_number(), None)),
        _ => None,
    };
    if let Some((number, format)) = typed {
        match format {
            Some(format) => sheet.write_number_with_format(row, column, number, format)?,
            None => sheet.write_number(row, column, number)?,
        };
        return Ok(());
    }
    let date = match cell {
        OutCell::Day(day) => excel_day(*day).map(|date| (date, &formats.day)),
        OutCell::Moment(moment) if Some(moment.offset_minutes()) == offset_minutes => {
            excel_moment(*moment).map(|date| (date, &formats.moment))
        }
        _ => None,
    };
    match (date, cell) {
        (Some((date, format)), _) => sheet.write_datetime_with_format(row, column, &date, format)?,
        (None, OutCell::Flag(flag)) => sheet.write_boolean(row, column, *flag)?,
        (None, cell) => {
            let text: String = cell.shown(Language::default()).chars().take(MOST_SIGNS).collect();
            sheet.write_string(row, column, &text)?
        }
    };
    Ok(())
}

/// The day as a spreadsheet counts it; none before March 1900, where its calendar errs.
fn excel_day(day: Day) -> Option<ExcelDateTime> {
    let date = day.date();
    let year = u16::try_from(date.year()).ok().filter(|year| (1901..=9999).contains(year))?;
    ExcelDateTime::from_ymd(year, date.month() as u8, date.day() as u8).ok()
}

fn excel_moment(moment: Moment) -> Option<ExcelDateTime> {
    let local = moment.local();
    excel_day(moment.day())?.and_hms(local.hour() as u16, local.minute() as u8, local.second() as u8).ok()
}

impl Workbook<'_> {
    /// Names the sheet that is begun next; a name holds at most 31 signs and none that paths are made of.
    pub fn name_next(&mut self, name: &str) {
        let sign = |sign: char| if "[]:*?/\\'".contains(sign) { ' ' } else { sign };
        self.name = Some(name.chars().map(sign).take(31).collect());
    }

    /// Writes moments of this offset as the local times they are.
    pub const fn at_offset(mut self, offset_minutes: i16) -> Self {
        self.offset_minutes = Some(offset_minutes);
        self
    }
}
