//! A table held in memory, small: what workbooks, cards and JSON are read into.

use crate::domain::record::Kind;
use crate::exchange::sheet_error::SheetError;
use crate::exchange::split::{LONGEST_CELL, LONGEST_ROW, MOST_COLUMNS, Row, Rows, Table};

/// The most text of a table that is held, in bytes.
pub const MOST_HELD: usize = 512 << 20;

/// Rows of cells, in one piece of text.
#[derive(Clone, Debug, Default)]
pub struct Held {
    name: String,
    kind: Option<Kind>,
    text: String,
    ends: Vec<u32>,
    /// Each row's line, and how many cells stand before its end.
    rows: Vec<(u32, u32)>,
    width: usize,
    /// A header that was known only in the end.
    header: Option<Vec<String>>,
}

impl Held {
    /// An empty table called `name`, of rows of `kind` where that is known.
    pub fn new(name: &str, kind: Option<Kind>) -> Held {
        Held { name: name.to_owned(), kind, ..Held::default() }
    }

    /// Adds a row; empty cells at its end are left out.
    ///
    /// # Errors
    /// What is too large, and where.
    pub fn push<C: AsRef<str>>(&mut self, line: u32, cells: &[C]) -> Result<(), SheetError> {
        let filled = cells.iter().rposition(|cell| !cell.as_ref().is_empty()).map_or(0, |last| last + 1);
        if filled > MOST_COLUMNS {
            return Err(SheetError::ManyColumns(line));
        }
        let before = self.text.len();
        for (at, cell) in cells.iter().take(filled).enumerate() {
            let cell = cell.as_ref();
            if cell.len() > LONGEST_CELL {
                return Err(SheetError::LongCell(line, at as u32 + 1));
            }
            self.text.push_str(cell);
            self.ends.push(self.text.len() as u32);
        }
        if self.text.len() - before > LONGEST_ROW {
            return Err(SheetError::LongRow(line));
        }
        if self.text.len() + self.ends.len() * 4 > MOST_HELD {
            return Err(SheetError::TooMuch);
        }
        self.rows.push((line, self.ends.len() as u32));
        self.width = self.width.max(filled);
        Ok(())
    }

    /// Puts a header above all rows.
    pub fn put_header(&mut self, cells: Vec<String>) {
        self.width = self.width.max(cells.len());
        self.header = Some(cells);
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether it has a header and rows of more than one cell: a table, and not a page of notes.
    pub fn is_table(&self) -> bool {
        self.rows.len() > 1 && self.width > 1
    }

    fn row(&self, at: usize) -> Option<(u32, std::ops::Range<usize>)> {
        let (line, end) = *self.rows.get(at)?;
        let start = at.checked_sub(1).and_then(|before| self.rows.get(before)).map_or(0, |row| row.1);
        Some((line, start as usize..end as usize))
    }

    fn cell(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }
}

impl Table for Held {
    fn name(&self) -> &str {
        &self.name
    }

    fn kind(&self) -> Option<Kind> {
        self.kind
    }

    fn rows(&self) -> Result<Box<dyn Rows + '_>, SheetError> {
        Ok(Box::new(HeldRows { table: self, header: self.header.as_deref(), next: 0 }))
    }
}

struct HeldRows<'a> {
    table: &'a Held,
    header: Option<&'a [String]>,
    next: usize,
}

impl Rows for HeldRows<'_> {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, SheetError> {
        if let Some(header) = self.header.take() {
            let missing = self.table.width - header.len();
            row.refill(0, header.iter().map(String::as_str).chain(std::iter::repeat_n("", missing)));
            return Ok(true);
        }
        let Some((line, cells)) = self.table.row(self.next) else { return Ok(false) };
        self.next += 1;
        // Every row is as wide as the widest, for workbooks leave out empty cells.
        let missing = self.table.width - cells.len();
        row.refill(line, cells.map(|at| self.table.cell(at)).chain(std::iter::repeat_n("", missing)));
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::Held;
    use crate::exchange::sheet_error::SheetError;
    use crate::exchange::split::{Row, Table};

    #[test]
    fn rows_come_back_as_wide_as_the_widest() {
        let mut held = Held::new("x", None);
        held.push(1, &["甲", "b", ""]).unwrap();
        held.push(4, &["", ""]).unwrap();
        held.push(5, &["1", "", "3"]).unwrap();
        let (mut rows, mut row, mut all) = (held.rows().unwrap(), Row::default(), Vec::new());
        while rows.next_row(&mut row).unwrap() {
            all.push((row.line, row.cells().collect::<Vec<_>>().join("|")));
        }
        assert_eq!(all, [(1, "甲|b|".to_owned()), (4, "||".to_owned()), (5, "1||3".to_owned())]);
    }

    #[test]
    fn what_is_too_large_is_refused_with_its_place() {
        let mut held = Held::new("x", None);
        assert_eq!(held.push(3, &["a".to_owned(), "x".repeat(2 << 20)]), Err(SheetError::LongCell(3, 2)));
        assert_eq!(held.push(7, &vec!["1"; 100_000]), Err(SheetError::ManyColumns(7)));
    }
}
