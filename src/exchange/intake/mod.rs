//! Files to incoming records: kinds guessed, columns understood, files joined, and everything unread reported with its place.

mod beside;
mod catalogue;
pub mod column;
mod deal;
mod fill;
mod guess;
pub mod harvest;
mod join;
mod lexicon;
mod link;
mod mending;
mod order;
mod order_row;
mod repeated;
mod row;
pub mod survey;

use crate::domain::choice::ListKind;
use crate::domain::record::Kind;
use crate::domain::time::Day;
use crate::domain::value::Value;
use crate::exchange::header::{Heading, Unit};
use crate::exchange::intake::column::{Column, Names, Use, map_columns};
use crate::exchange::intake::guess::{Role, guess};
use crate::exchange::intake::harvest::Harvest;
use crate::exchange::intake::join::references;
use crate::exchange::intake::row::Reading;
use crate::exchange::reason::Reason;
use crate::exchange::sheet::Sheet;
use crate::exchange::sheet_error::SheetError;
use crate::exchange::split::{Row, Table};
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
    /// Which file it came from, by its place among [`Intake::files`].
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
    /// Which file, by its place among [`Intake::files`].
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

/// How one file was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// The file's name.
    pub name: String,
    /// What its rows are; `None` for lines of orders and for names looked up from other files.
    pub kind: Option<Kind>,
    /// The line of its header.
    pub header_line: u32,
    /// Its headings, joined: what a mapping is remembered by.
    pub header: String,
    /// Field (or `custom`) and column, in the order of the columns; a column not read has no field.
    pub columns: Vec<(String, String)>,
    /// Rows of records.
    pub rows: u32,
    /// Blank rows and repeated headers.
    pub blank: u32,
    /// Sums and footnotes.
    pub passed: u32,
}

/// All that files said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// Each file.
    pub files: Vec<FileRead>,
    /// Each record.
    pub incoming: Harvest,
    /// Bad cells and refused rows.
    pub problems: Vec<Problem>,
    /// What was decided on the way and is good to know: columns kept as own fields, sums passed over, unclear dates.
    pub notes: Vec<Problem>,
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

/// A file with its header understood.
struct Source<'a> {
    file: u16,
    table: &'a dyn Table,
    role: Role,
    columns: Vec<Column>,
}

/// Rows between two calls of the progress callback.
const STEP: u32 = 1_000;

/// Reads `tables` together. `progress` is told the rows read so far, twice counted where a column had to be looked through
/// first, and stops the reading by answering false.
///
/// # Errors
/// What makes the files unreadable as a whole; anything less is in [`Intake::problems`].
pub fn read(
    tables: &[&dyn Table],
    options: &Options,
    lists: &Lists,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<Intake, IntakeError> {
    let names = Names::new();
    let mut intake = Intake::default();
    let mut sources = understand(tables, options, &names, &mut intake)?;
    let references = references(&mut sources, &names)?;
    forget_keys(&sources, &mut intake);
    let mut rows_read = 0_u64;
    for source in &mut sources {
        look_through(source, &names, &mut intake, &mut rows_read, progress)?;
    }
    let mut reading = Reading::new(options, lists, &references, intake);
    for source in &sources {
        read_rows(source, &names, &mut reading, &mut rows_read, progress)?;
    }
    reading.finish(&mut || progress(rows_read)).ok_or(IntakeError::Stopped)
}

/// An id that other files use is read after all.
fn forget_keys(sources: &[Source], intake: &mut Intake) {
    for source in sources {
        let Some(key) = source.columns.first().filter(|column| matches!(column.used, Use::Key)) else { continue };
        let shown = key.shown();
        intake.notes.retain(|note| note.file != source.file || note.column != shown);
        if let Some(read) = intake.files.get_mut(usize::from(source.file))
            && let Some(first) = read.columns.first_mut()
        {
            first.0 = Use::Key.name().to_owned();
        }
    }
}

fn unreadable<'t>(table: &'t dyn Table) -> impl Fn(SheetError) -> IntakeError + 't {
    |error| IntakeError::Sheet(table.name().to_owned(), error)
}

/// Reads the headers, and says what each file's rows and columns are.
fn understand<'a>(
    tables: &[&'a dyn Table],
    options: &Options,
    names: &Names,
    intake: &mut Intake,
) -> Result<Vec<Source<'a>>, IntakeError> {
    let mut sheets = Vec::new();
    for table in tables {
        sheets.push(Sheet::open(*table, &|heading| names.knows(heading)).map_err(unreadable(*table))?);
    }
    let headings: Vec<_> = sheets.iter().map(|sheet| sheet.headings.clone()).collect();
    let own: Vec<Option<Kind>> = tables.iter().map(|table| table.kind()).collect();
    let roles = roles(&headings, &own, options.kind, names);
    let mut sources = Vec::new();
    for (at, ((sheet, table), role)) in sheets.iter().zip(tables).zip(roles).enumerate() {
        let role = role.ok_or_else(|| IntakeError::UnknownRows(table.name().to_owned()))?;
        let file = at as u16;
        let columns = map_columns(sheet, role, names, options, &mut |problem| {
            let problem = Problem { file, ..problem };
            let list = if problem.reason == Reason::SameHeader { &mut intake.problems } else { &mut intake.notes };
            list.push(problem);
        })?;
        intake.files.push(file_read(*table, sheet, role, &columns));
        sources.push(Source { file, table: *table, role, columns });
    }
    let unused = options
        .map
        .iter()
        .find(|(_, column)| !headings.iter().flatten().any(|heading| column::is_named(heading, column)));
    match unused {
        Some((_, column)) => Err(IntakeError::NoSuchColumn(column.clone())),
        None => Ok(sources),
    }
}

/// What each file's rows are. What the user said is for all that are not lines or names, unless it was guessed of one of them.
fn roles(headings: &[Vec<Heading>], own: &[Option<Kind>], said: Option<Kind>, names: &Names) -> Vec<Option<Role>> {
    let guessed = headings.iter().zip(own).enumerate().map(|(at, (own, kind))| {
        if let Some(kind) = kind {
            return Some(Role::Rows(*kind));
        }
        let others: Vec<_> =
            headings.iter().enumerate().filter(|(other, _)| *other != at).flat_map(|(_, all)| all).collect();
        guess(own, names, &others)
    });
    let mut roles: Vec<Option<Role>> = guessed.collect();
    if let Some(said) = said.map(Role::Rows).filter(|said| !roles.contains(&Some(*said))) {
        let joined = |role: &Option<Role>| {
            matches!(role, Some(Role::Reference)) || (said == Role::Rows(Kind::Order) && *role == Some(Role::Lines))
        };
        roles.iter_mut().filter(|role| !joined(role)).for_each(|role| *role = Some(said));
    }
    roles
}

fn file_read(table: &dyn Table, sheet: &Sheet, role: Role, columns: &[Column]) -> FileRead {
    let named = |column: &Column| (column.used.name().to_owned(), column.shown());
    FileRead {
        name: table.name().to_owned(),
        kind: if let Role::Rows(kind) = role { Some(kind) } else { None },
        header_line: sheet.header_line(),
        header: crate::exchange::mapping::joined(&sheet.headings),
        columns: columns.iter().map(named).collect(),
        rows: 0,
        blank: 0,
        passed: 0,
    }
}

/// Opens a file's rows again, its header where it was found.
fn reopened<'a>(source: &Source<'a>, names: &Names) -> Result<Sheet<'a>, IntakeError> {
    Sheet::open(source.table, &|heading| names.knows(heading)).map_err(unreadable(source.table))
}

/// Looks through the columns whose cells can be understood only together: dates and shares.
fn look_through(
    source: &mut Source,
    names: &Names,
    intake: &mut Intake,
    rows_read: &mut u64,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<(), IntakeError> {
    if source.role == Role::Reference || !source.columns.iter().any(Column::needs_look) {
        return Ok(());
    }
    let mut sheet = reopened(source, names)?;
    let mut row = Row::default();
    while sheet.next_row(&mut row).map_err(unreadable(source.table))? {
        for (at, column) in source.columns.iter_mut().enumerate() {
            column.look(row.cell(at));
        }
        tell(rows_read, progress)?;
    }
    for column in &mut source.columns {
        if column.settle() {
            let (line, value) = (sheet.header_line(), String::new());
            let column = column.shown();
            let reason = Reason::UnclearDates;
            intake.notes.push(Problem { file: source.file, line, column, value, reason, kept: true });
        }
    }
    Ok(())
}

fn tell(rows_read: &mut u64, progress: &mut dyn FnMut(u64) -> bool) -> Result<(), IntakeError> {
    *rows_read += 1;
    if rows_read.is_multiple_of(u64::from(STEP)) && !progress(*rows_read) {
        return Err(IntakeError::Stopped);
    }
    Ok(())
}

fn read_rows(
    source: &Source,
    names: &Names,
    reading: &mut Reading,
    rows_read: &mut u64,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<(), IntakeError> {
    let mut sheet = reopened(source, names)?;
    let (mut row, mut rows) = (Row::default(), 0);
    while sheet.next_row(&mut row).map_err(unreadable(source.table))? {
        rows += 1;
        reading.take(source, &row);
        tell(rows_read, progress)?;
    }
    reading.end_of_file(source.file, rows, &sheet);
    Ok(())
}

impl Use {
    /// The field's name, `custom` for an own field, nothing for a column not read.
    const fn name(self) -> &'static str {
        match self {
            Use::Field(field) | Use::Nested(field) | Use::Line(field) => field.name,
            Use::CustomerCode => "customer_code",
            Use::CustomerName => "customer",
            Use::OwnerName => "owner",
            Use::FirstName | Use::LastName => "name",
            Use::Key => "id",
            Use::Own => "custom",
            Use::Unread => "",
        }
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod more_tests;

#[cfg(test)]
mod export_tests;
