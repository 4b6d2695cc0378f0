//! What is asked of a reading of files, and what it is made of: records that come in, and what could not be taken.

use crate::domain::choice::ListKind;
use crate::domain::record::Kind;
use crate::domain::time::Day;
use crate::domain::value::Value;
use crate::exchange::header::Unit;
use crate::exchange::reason::Reason;
use crate::exchange::sheet_error::SheetError;
use crate::text::Language;

/// How files are to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What the rows are, where it is not to be guessed.
    pub kind: Option<Kind>,
    /// Field and column, as the user paired them.
    pub map: Vec<(String, String)>,
    /// Field, word in the file, word to read it as.
    pub values: Vec<(String, String, String)>,
    /// The unit of amounts whose heading names none.
    pub unit: Option<Unit>,
    /// Minutes east of UTC of times without an offset.
    pub offset_minutes: i16,
    /// The day from which given figures are marked to be.
    pub today: Option<Day>,
    /// The products the book knows: each one's name, and the other names it goes by.
    pub products: Vec<(String, Vec<String>)>,
}

/// What the book knows words by.
pub struct Lists<'a> {
    /// The key of a standard list's item, by any of its words.
    pub item: &'a dyn Fn(ListKind, &str) -> Option<String>,
    /// The key of a stage, by any of its words.
    pub stage: &'a dyn Fn(&str) -> Option<String>,
}

/// Another record as a file names it; either word may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkWord {
    /// By its code.
    pub code: String,
    /// By its name.
    pub name: String,
}

/// One record read from a file, not yet matched with the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// What it is.
    pub kind: Kind,
    /// Which file it came from, by its place among [`Intake::files`](super::Intake::files).
    pub file: u16,
    /// The line it begins on.
    pub line: u32,
    /// The incoming record whose row it shared, by its place: a contact's customer.
    pub under: Option<u32>,
    /// Field numbers and what they are to hold.
    pub fields: Vec<(u16, Value)>,
    /// Numbers of fields that hold other records, and the words for those.
    pub links: Vec<(u16, LinkWord)>,
}

/// Something that could not be taken as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which file, by its place among [`Intake::files`](super::Intake::files).
    pub file: u16,
    /// Which line; 0 for the file as a whole.
    pub line: u32,
    /// The column's heading; empty for a whole row.
    pub column: String,
    /// What stood there, its beginning.
    pub value: String,
    /// Why.
    pub reason: Reason,
    /// Whether the row was kept all the same.
    pub kept: bool,
}

/// Kinds that the rows of a file can be said to be, and that a report always counts.
pub const KINDS: [Kind; 10] = [
    Kind::Customer,
    Kind::Contact,
    Kind::Order,
    Kind::Deal,
    Kind::FollowUp,
    Kind::Feedback,
    Kind::Product,
    Kind::Owner,
    Kind::Cost,
    Kind::Target,
];

/// Why nothing could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntakeError {
    /// A file, by its name, cannot be read as a table.
    Sheet(String, SheetError),
    /// What a file's rows are cannot be told.
    UnknownRows(String),
    /// The user named a field that does not exist.
    NoSuchField(String),
    /// The user named a column that is in none of the files.
    NoSuchColumn(String),
    /// The user stopped it.
    Stopped,
}

impl IntakeError {
    /// What happened.
    pub fn say(&self, language: Language) -> String {
        let of = |name: &str, reason: &Reason| match language {
            Language::En => format!("{name}: {}", reason.say(language)),
            Language::Zh => format!("{name}:{}", reason.say(language)),
        };
        match self {
            IntakeError::Sheet(name, error) => match language {
                Language::En => format!("{name}: {}", error.say(language)),
                Language::Zh => format!("{name}:{}", error.say(language)),
            },
            IntakeError::UnknownRows(name) => of(name, &Reason::UnknownRows),
            IntakeError::NoSuchField(name) => of(name, &Reason::NoSuchField),
            IntakeError::NoSuchColumn(name) => of(name, &Reason::NoSuchColumn),
            IntakeError::Stopped => match language {
                Language::En => "stopped".into(),
                Language::Zh => "已停止".into(),
            },
        }
    }

    /// What to do about it, where that helps.
    pub fn hint(&self, language: Language) -> Option<&'static str> {
        match self {
            IntakeError::Sheet(_, error) => error.hint(language),
            _ => None,
        }
    }
}

/// What a file's rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Records of this kind.
    Rows(Kind),
    /// Lines of orders that stand in another file.
    Lines,
    /// Names that other files know by id.
    Reference,
}

/// The number of a kind's field by its name.
pub(super) fn number_of(kind: Kind, name: &str) -> Option<u16> {
    kind.fields().iter().find(|(_, field)| *field == name).map(|(number, _)| *number)
}

pub(super) fn text_of(kind: Kind, name: &str, fields: &[(u16, Value)]) -> String {
    let number = number_of(kind, name);
    fields
        .iter()
        .find_map(|(field, value)| match value {
            Value::Text(text) if Some(*field) == number => Some(text.clone()),
            _ => None,
        })
        .unwrap_or_default()
}
