//! Where the changes of an import come from: the file and row of each record, and the column of each field.

use crate::domain::change::Change;
use crate::domain::record::Kind;
use crate::exchange::intake::FileRead;
use crate::query::field::of_stored;
use crate::store::lineage::{Cell, Lineage};

/// A row of a file: the file by its place, and the line; line 0 where nothing stands in a file.
pub(super) type FileRow = (u16, u32);

/// Where changes came from: the row of each, and the files.
#[derive(Clone, Copy, Default)]
pub(super) struct Came<'a> {
    pub(super) rows: &'a [FileRow],
    pub(super) sources: &'a [Source],
}

/// A file, as the lineage of what it brought names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    file: String,
    /// The field of each of its columns, by the names of files.
    columns: Vec<String>,
}

impl Source {
    /// Every file that was read.
    pub fn all_of(files: &[FileRead]) -> Vec<Source> {
        let columns = |file: &FileRead| file.columns.iter().map(|(field, _)| field.clone()).collect();
        files.iter().map(|file| Source { file: file.name.clone(), columns: columns(file) }).collect()
    }

    /// The column that brought a field, counted from 1; 0 where several did, or none.
    fn column_of(&self, kind: Kind, stored: u16) -> u32 {
        let stored = kind.fields().iter().find(|(number, _)| *number == stored).map_or("", |(_, name)| *name);
        let named = of_stored(kind, stored).map_or(stored, |field| field.name);
        let mut found = (1..).zip(&self.columns).filter(|(_, field)| field.as_str() == named);
        match (found.next(), found.next()) {
            (Some((column, _)), None) => column,
            _ => 0,
        }
    }
}

/// Where these changes came from.
pub(super) fn lineage_of(changes: &[Change], rows: &[FileRow], sources: &[Source]) -> Lineage {
    let mut lineage = Lineage::default();
    for (change, (file, line)) in changes.iter().zip(rows) {
        let source = sources.get(usize::from(*file)).filter(|_| *line > 0);
        let cell = source.map(|source| {
            let column = match change {
                Change::Set(set) => source.column_of(set.kind, set.field),
                Change::Born(_) | Change::Gone(_) => 0,
            };
            Cell { sheet: lineage.sheet(&source.file, ""), row: *line, column }
        });
        lineage.push(cell);
    }
    lineage
}
