//! Files to incoming records: kinds guessed, columns understood, files joined, and everything unread reported with its place.

mod beside;
mod catalogue;
pub mod column;
mod column_map;
mod deal;
mod draft;
mod fill;
mod guess;
pub mod harvest;
mod join;
mod lexicon;
mod link;
mod mending;
mod model;
mod order;
mod order_row;
mod reading;
mod repeated;
mod result;
mod row;
mod source;
pub mod survey;

pub use model::{Incoming, IntakeError, KINDS, LinkWord, Lists, Options, Problem};
pub use result::{FileRead, Intake};

use crate::domain::record::Kind;
use crate::exchange::header::{Heading, joined};
use crate::exchange::intake::column::{Column, Names, Use};
use crate::exchange::intake::column_map::map_columns;
use crate::exchange::intake::guess::guess;
use crate::exchange::intake::join::references;
use crate::exchange::intake::model::Role;
use crate::exchange::intake::reading::Reading;
use crate::exchange::intake::source::{Source, reopened, unreadable};
use crate::exchange::reason::Reason;
use crate::exchange::sheet::Sheet;
use crate::exchange::split::{Row, Table};

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
        let is_joined = |role: &Option<Role>| {
            matches!(role, Some(Role::Reference)) || (said == Role::Rows(Kind::Order) && *role == Some(Role::Lines))
        };
        roles.iter_mut().filter(|role| !is_joined(role)).for_each(|role| *role = Some(said));
    }
    roles
}

fn file_read(table: &dyn Table, sheet: &Sheet, role: Role, columns: &[Column]) -> FileRead {
    let named = |column: &Column| (column.used.name().to_owned(), column.shown());
    FileRead {
        name: table.name().to_owned(),
        kind: if let Role::Rows(kind) = role { Some(kind) } else { None },
        header_line: sheet.header_line(),
        header: joined(&sheet.headings),
        columns: columns.iter().map(named).collect(),
        rows: 0,
        blank: 0,
        passed: 0,
    }
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
