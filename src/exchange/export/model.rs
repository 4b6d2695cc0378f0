//! What is to be written, how, and why it could not be.

use crate::domain::record::{Kind, Record};
use crate::domain::time::Day;
use crate::exchange::export::cell::OutCell;
use crate::exchange::json::LISTS;
use crate::store::error::StoreError;
use crate::text::disk::refusal;
use crate::text::{Language, Words, words};
use std::io;

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
pub trait Sheet {
    /// Writes the headings.
    fn head(&mut self, headings: &[&str]) -> Result<(), OutError>;
    /// Writes a row.
    fn row(&mut self, cells: &[OutCell]) -> Result<(), OutError>;
    /// Writes what is left.
    fn end(&mut self) -> Result<(), OutError>;
}
