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
pub mod moves;
pub mod record;
pub mod report;
pub mod retrospect;
mod template;
mod xlsx;

use crate::book::Book;
use crate::domain::record::{Kind, Record};
use crate::domain::time::Day;
use crate::exchange::export::cell::OutCell;
use crate::exchange::export::column::{OutColumn, chosen};
use crate::exchange::export::record::Describing;
use crate::exchange::json::LISTS;
use crate::store::dossier::Dossier;
use crate::store::error::StoreError;
use crate::text::disk::refusal;
use crate::text::{Language, Words, words};
use std::io::{self, Write};

/// What is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Records of one kind.
    Of(Kind),
    /// Everything that a file of ours can hold: the kinds of [`LISTS`]. Settings, views, remembered columns and the
    /// history of tiers are of the book itself.
    All,
    /// The analysis table of the first template: 15 columns, amounts in 万元.
    S0,
    /// The tier table of the fourth: 12 columns.
    S4,
}

impl Subject {
    /// The subject with this name: `customers`, `follow-ups`, `all`, `s0`.
    pub fn from_name(name: &str) -> Option<Subject> {
        let name = name.trim().to_ascii_lowercase().replace('-', "_");
        match name.as_str() {
            "all" | "book" => return Some(Subject::All),
            "s0" => return Some(Subject::S0),
            "s4" => return Some(Subject::S4),
            _ => {}
        }
        let found = LISTS.iter().find(|(list, kind)| *list == name || kind.key() == name);
        found.map(|(_, kind)| Subject::Of(*kind))
    }
}

/// A file format that can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Separated values, UTF-8 with a mark that spreadsheets know it by.
    #[default]
    Csv,
    /// A workbook.
    Xlsx,
    /// JSON, in the shape our own import reads.
    Json,
    /// Cards (vCard 4.0).
    Cards,
    /// A table for notes and mails.
    Markdown,
}

impl Format {
    /// The format with this name or file ending.
    pub fn from_name(name: &str) -> Option<Format> {
        Some(match name.trim().trim_start_matches('.').to_ascii_lowercase().as_str() {
            "csv" => Format::Csv,
            "xlsx" | "excel" => Format::Xlsx,
            "json" => Format::Json,
            "vcf" | "vcard" => Format::Cards,
            "md" | "markdown" => Format::Markdown,
            _ => return None,
        })
    }

    /// How its files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Json => "json",
            Format::Cards => "vcf",
            Format::Markdown => "md",
        }
    }
}

/// How it is to be written.
#[derive(Clone, Copy, Default)]
pub struct Asked<'a> {
    /// The language of headings and words.
    pub language: Language,
    /// The columns by name, in their order; none for all that are kept.
    pub columns: &'a [String],
    /// Which records; none for all.
    pub keep: Option<&'a dyn Fn(&Record) -> bool>,
    /// Whether phones, e-mails and names of people are masked.
    pub mask: bool,
    /// The day on which figures are computed.
    pub as_of: Day,
    /// Minutes east of UTC of the place it is written for.
    pub offset_minutes: i16,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows, or records in JSON and cards.
    pub rows: u64,
}

/// Why it could not be written.
#[derive(Debug)]
pub enum OutError {
    /// The disk or the pipe refused.
    Io(io::Error),
    /// The book could not be read.
    Store(StoreError),
    /// There is no such column.
    NoSuchColumn(String),
    /// This cannot be written in that format.
    Unfit(Format),
}

impl OutError {
    /// What happened.
    pub fn say(&self, language: Language) -> String {
        let pair = |en: String, zh: String| if language == Language::En { en } else { zh };
        match self {
            OutError::Io(error) => {
                let why = refusal(error, language);
                pair(format!("cannot be written: {why}"), format!("无法写入：{why}"))
            }
            OutError::Store(_) => pair("the book cannot be read".into(), "客户簿无法读取".into()),
            OutError::NoSuchColumn(name) => pair(format!("no column {name}"), format!("没有 {name} 这一列")),
            OutError::Unfit(format) => pair(
                format!("this cannot be written as {}", format.ending()),
                format!("这个内容不能存成 {}", format.ending()),
            ),
        }
    }

    /// What to do about it, where that helps.
    pub fn hint(&self, language: Language) -> Option<&'static str> {
        let hint: Words = match self {
            OutError::Unfit(Format::Cards) => words("cards hold contacts only", "名片只能存联系人"),
            OutError::Unfit(_) => words("everything together is written as json", "全部内容请存成 json"),
            _ => return None,
        };
        Some(hint.say(language))
    }
}

impl From<io::Error> for OutError {
    fn from(error: io::Error) -> OutError {
        OutError::Io(error)
    }
}

impl From<StoreError> for OutError {
    fn from(error: StoreError) -> OutError {
        OutError::Store(error)
    }
}

/// A table that takes rows.
pub(super) trait Sheet {
    /// Writes the headings.
    fn head(&mut self, headings: &[&str]) -> Result<(), OutError>;
    /// Writes a row.
    fn row(&mut self, cells: &[OutCell]) -> Result<(), OutError>;
    /// Writes what is left.
    fn end(&mut self) -> Result<(), OutError>;
}

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
