//! How files would be read, with their first rows beside it: what a person looks at before anything is taken in.

use super::column::{Column, Names, linked, topics};
use super::join::references;
use super::model::Role;
use super::{Intake, IntakeError, Options, Source, forget_keys, reopened, understand, unreadable};
use crate::domain::record::Kind;
use crate::exchange::header::Unit;
use crate::exchange::sheet::Sheet;
use crate::exchange::split::{Row, Table};
use crate::query::field::fields;
use crate::text::{Words, words};

/// Rows shown of each file.
const SHOWN: usize = 3;
/// Rows looked through for a cell of a column without a heading.
const LOOKED_THROUGH: usize = 1000;
/// Characters of a cell shown.
const LONGEST: usize = 60;

/// How one file would be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surveyed {
    /// Its name.
    pub name: String,
    /// The encoding of a text file.
    pub encoding: Option<&'static str>,
    /// What its rows are.
    pub rows: Rows,
    /// The line of its header.
    pub header_line: u32,
    /// The unit a title names for all amounts.
    pub title_unit: Option<Unit>,
    /// Its columns.
    pub columns: Vec<Seen>,
    /// What its columns may be read as: names, and what they are called.
    pub choices: Vec<(&'static str, Words)>,
}

/// What a file's rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Records of this kind.
    Of(Kind),
    /// Lines of orders.
    Lines,
    /// Names other files know by id.
    Names,
}

/// One column with its first cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its heading, or its place.
    pub heading: String,
    /// What it is read as; empty for a column not read.
    pub field: &'static str,
    /// Whether it holds amounts of money.
    pub is_money: bool,
    /// Its first cells.
    pub cells: Vec<String>,
}

/// How `tables` would be read.
///
/// # Errors
/// What makes the files unreadable as a whole.
pub fn survey(tables: &[&dyn Table], options: &Options) -> Result<Vec<Surveyed>, IntakeError> {
    let names = Names::new();
    let mut intake = Intake::default();
    let mut sources = understand(tables, options, &names, &mut intake)?;
    references(&mut sources, &names)?;
    forget_keys(&sources, &mut intake);
    sources.iter().map(|source| surveyed(source, &names)).collect()
}

fn surveyed(source: &Source, names: &Names) -> Result<Surveyed, IntakeError> {
    let mut sheet = reopened(source, names)?;
    let mut columns: Vec<Seen> = source.columns.iter().map(seen).collect();
    let mut row = Row::default();
    for _ in 0..SHOWN {
        if !sheet.next_row(&mut row).map_err(unreadable(source.table))? {
            break;
        }
        for (at, column) in columns.iter_mut().enumerate() {
            column.cells.push(row.cell(at).trim().chars().take(LONGEST).collect());
        }
    }
    let blank = blank(source, &mut sheet, &columns)?;
    let mut places = 0..;
    columns.retain(|_| places.next().is_none_or(|place| !blank.contains(&place)));
    Ok(Surveyed {
        name: source.table.name().to_owned(),
        encoding: source.table.encoding(),
        rows: match source.role {
            Role::Rows(kind) => Rows::Of(kind),
            Role::Lines => Rows::Lines,
            Role::Reference => Rows::Names,
        },
        header_line: sheet.header_line(),
        title_unit: sheet.title_unit(),
        columns,
        choices: choices(source.role),
    })
}

/// The columns that say nothing: no heading, and no cell of the file's first part is filled. Spreadsheets write them at the
/// right of their tables.
fn blank(source: &Source, sheet: &mut Sheet<'_>, columns: &[Seen]) -> Result<Vec<usize>, IntakeError> {
    let mut blank: Vec<usize> = (0..columns.len())
        .filter(|at| source.columns.get(*at).is_some_and(|column| column.heading.text.is_empty()))
        .filter(|at| columns.get(*at).is_some_and(|column| column.cells.iter().all(String::is_empty)))
        .collect();
    let mut row = Row::default();
    for _ in 0..LOOKED_THROUGH {
        if blank.is_empty() || !sheet.next_row(&mut row).map_err(unreadable(source.table))? {
            break;
        }
        blank.retain(|at| row.cell(*at).trim().is_empty());
    }
    Ok(blank)
}

fn seen(column: &Column) -> Seen {
    use crate::query::field::FieldType::{Money, Price};
    Seen {
        heading: column.shown(),
        field: column.used.name(),
        is_money: matches!(column.holds(), Some(Money | Price)),
        cells: Vec::new(),
    }
}

/// What the columns of a file of this role may be read as.
fn choices(role: Role) -> Vec<(&'static str, Words)> {
    let mut choices: Vec<(&'static str, Words)> = Vec::new();
    for field in topics(role).iter().flat_map(|topic| fields(*topic)).filter(|field| field.stores.is_some()) {
        if !choices.iter().any(|(name, _)| *name == field.name) {
            choices.push((field.name, field.words));
        }
    }
    let Role::Rows(kind) = role else { return choices };
    let more = [("customer", words("customer", "客户")), ("owner", words("owner", "负责人"))];
    for (name, called) in more {
        if linked(kind, name) && !choices.iter().any(|(other, _)| *other == name) {
            choices.push((name, called));
        }
    }
    choices
}

/// What a column that is read as no field of a list is read as.
pub const fn other_use(name: &str) -> Option<Words> {
    match name.as_bytes() {
        b"customer_code" => Some(words("customer code", "客户编号")),
        b"customer" => Some(words("customer", "客户")),
        b"owner" => Some(words("owner", "负责人")),
        b"name" => Some(words("name", "名称")),
        b"id" => Some(words("id for the other files", "与其他文件对应的编号")),
        b"custom" => Some(words("own field", "自定义字段")),
        _ => None,
    }
}
