//! What the book holds, written as files: tables, JSON and cards, whole or chosen, plain or masked.

mod card;
pub mod cell;
pub mod column;
pub(super) mod csv;
pub mod file;
mod json;
pub mod leavers;
mod markdown;
mod mask;
pub mod meeting;
mod model;
pub mod moves;
pub mod plain;
pub mod record;
pub mod report;
pub mod retrospect;
mod template;
mod xlsx;

pub(super) use model::Sheet;
pub use model::{Asked, Format, OutError, Subject, Written};

use crate::book::Book;
use crate::domain::record::Kind;
use crate::exchange::export::cell::OutCell;
use crate::exchange::export::column::{OutColumn, chosen};
use crate::exchange::export::record::Describing;
use crate::exchange::json::LISTS;
use crate::store::dossier::Dossier;
use crate::store::error::StoreError;
use std::io::Write;

/// Writes `subject` to `out`. `source` gives the dossiers of the book, as often as they are asked for.
///
/// # Errors
/// Why it could not be written; what was written before stays.
pub fn write<I: Iterator<Item = Result<Dossier, StoreError>>>(
    subject: Subject,
    format: Format,
    source: impl Fn() -> Result<I, StoreError>,
    book: &Book,
    asked: &Asked,
    out: &mut dyn Write,
) -> Result<Written, OutError> {
    let describing = Describing { book, asked, keys: format == Format::Json };
    let mut written = Written::default();
    match (subject, format) {
        (Subject::All, Format::Json) => {
            let kinds: Vec<Kind> = LISTS.iter().map(|(_, kind)| *kind).collect();
            written.rows = json::write(&kinds, &source, &describing, out)?;
        }
        (Subject::Of(kind), Format::Json) => written.rows = json::write(&[kind], &source, &describing, out)?,
        (Subject::S0 | Subject::S4, Format::Json) => {
            written.rows = json::write_template(subject, source()?, &describing, out)?;
        }
        (Subject::Of(Kind::Contact | Kind::Customer), Format::Cards) => {
            written.rows = card::write(source()?, &describing, out)?;
        }
        (Subject::All, _) | (_, Format::Cards) => return Err(OutError::Unfit(format)),
        (Subject::Of(kind), _) => {
            let columns = chosen(kind, asked.columns).map_err(OutError::NoSuchColumn)?;
            let mut sheet = sheet(format, asked, out);
            written.rows = table(kind, &columns, source()?, &describing, sheet.as_mut())?;
        }
        (Subject::S0 | Subject::S4, _) => {
            let mut sheet = sheet(format, asked, out);
            written.rows = template::write(subject, source()?, &describing, sheet.as_mut())?;
        }
    }
    out.flush()?;
    Ok(written)
}

/// Writes a table of rows already made: separated values, a workbook or Markdown.
///
/// # Errors
/// Why it could not be written; JSON and cards hold no such table.
pub fn write_rows(
    format: Format,
    asked: &Asked,
    headings: &[&str],
    rows: impl Iterator<Item = Vec<OutCell>>,
    out: &mut dyn Write,
) -> Result<Written, OutError> {
    if matches!(format, Format::Json | Format::Cards) {
        return Err(OutError::Unfit(format));
    }
    let mut written = Written::default();
    let mut sheet = sheet(format, asked, out);
    sheet.head(headings)?;
    for row in rows {
        sheet.row(&row)?;
        written.rows += 1;
    }
    sheet.end()?;
    Ok(written)
}

fn sheet<'o>(format: Format, asked: &Asked, out: &'o mut dyn Write) -> Box<dyn Sheet + 'o> {
    match format {
        Format::Xlsx => Box::new(xlsx::Workbook::new(out).at_offset(asked.offset_minutes)),
        Format::Markdown => Box::new(markdown::Markdown::new(out, asked.language)),
        _ => Box::new(csv::Csv::new(out, asked.language)),
    }
}

fn table(
    kind: Kind,
    columns: &[OutColumn],
    source: impl Iterator<Item = Result<Dossier, StoreError>>,
    describing: &Describing,
    sheet: &mut dyn Sheet,
) -> Result<u64, OutError> {
    let headings: Vec<&str> = columns.iter().map(|column| column.words.say(describing.asked.language)).collect();
    sheet.head(&headings)?;
    let mut rows = 0;
    for dossier in source {
        let dossier = dossier?;
        for record in describing.records(kind, &dossier) {
            for row in describing.rows(columns, &record, &dossier) {
                sheet.row(&row)?;
                rows += 1;
            }
        }
    }
    sheet.end()?;
    Ok(rows)
}
