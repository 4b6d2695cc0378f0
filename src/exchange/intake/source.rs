//! A file whose header is understood, and its rows opened again.

use crate::exchange::intake::column::{Column, Names};
use crate::exchange::intake::model::{IntakeError, Role};
use crate::exchange::sheet::Sheet;
use crate::exchange::sheet_error::SheetError;
use crate::exchange::split::Table;

/// A file with its header understood.
pub(super) struct Source<'a> {
    pub(super) file: u16,
    pub(super) table: &'a dyn Table,
    pub(super) role: Role,
    pub(super) columns: Vec<Column>,
}

pub(super) fn unreadable<'t>(table: &'t dyn Table) -> impl Fn(SheetError) -> IntakeError + 't {
    |error| IntakeError::Sheet(table.name().to_owned(), error)
}

/// Opens a file's rows again, its header where it was found.
pub(super) fn reopened<'a>(source: &Source<'a>, names: &Names) -> Result<Sheet<'a>, IntakeError> {
    Sheet::open(source.table, &|heading| names.knows(heading)).map_err(unreadable(source.table))
}
