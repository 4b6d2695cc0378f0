//! A report of several tables, each under its title: a sheet each in a workbook, a heading each in Markdown.

use crate::exchange::export::cell::OutCell;
use crate::exchange::export::{Format, OutError, Sheet, csv, markdown, xlsx};
use crate::text::Language;
use std::io::Write;

/// One table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its title.
    pub title: String,
    /// Its headings.
    pub heads: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<OutCell>>,
}

/// A report.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Its title.
    pub title: String,
    /// Said below the title.
    pub notes: Vec<String>,
    /// Its tables.
    pub tables: Vec<Table>,
}

impl Report {
    /// Writes it: workbooks and Markdown hold all tables, separated values the first alone.
    ///
    /// # Errors
    /// Why it could not be written.
    pub fn write(&self, format: Format, language: Language, out: &mut dyn Write) -> Result<(), OutError> {
        match format {
            Format::Xlsx => {
                let mut book = xlsx::Workbook::new(out);
                for table in &self.tables {
                    book.name_next(&table.title);
                    put(table, &mut book)?;
                }
                book.end()?;
            }
            Format::Markdown => {
                writeln!(out, "# {}\n", self.title)?;
                for note in &self.notes {
                    writeln!(out, "{note}\n")?;
                }
                for table in &self.tables {
                    writeln!(out, "## {}\n", table.title)?;
                    put(table, &mut markdown::Markdown::new(out, language))?;
                    writeln!(out)?;
                }
            }
            Format::Csv => {
                let mut sheet = csv::Csv::new(out, language);
                if let Some(table) = self.tables.first() {
                    put(table, &mut sheet)?;
                }
                sheet.end()?;
            }
            Format::Json | Format::Cards => return Err(OutError::Unfit(format)),
        }
        Ok(out.flush()?)
    }
}

fn put(table: &Table, sheet: &mut dyn Sheet) -> Result<(), OutError> {
    let heads: Vec<&str> = table.heads.iter().map(String::as_str).collect();
    sheet.head(&heads)?;
    table.rows.iter().try_for_each(|row| sheet.row(row))
}
