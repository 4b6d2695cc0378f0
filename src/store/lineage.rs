//! Where the changes of an entry came from: file, sheet, row and column, kept in runs.

/// A place in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Which sheet, by its place among [`Lineage::sheets`].
    pub sheet: u32,
    /// The row, as the file counts them from 1.
    pub row: u32,
    /// The column, counted from 1; 0 for the whole row.
    pub column: u32,
}

/// A sheet of a file; one without a name is all of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The file's name.
    pub file: String,
    /// The sheet's name.
    pub name: String,
}

/// Changes one after another that came from one row, or from rows one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// How many changes.
    pub changes: u32,
    /// Where the first came from; `None` for nowhere in a file.
    pub first: Option<Cell>,
    /// Rows from one change to the next: 0 or 1.
    pub step: u32,
}

/// Where the changes of an entry came from, in their order; those behind the last run came from nowhere in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lineage {
    /// The sheets, each once.
    pub sheets: Vec<Sheet>,
    /// The changes, in runs.
    pub runs: Vec<Run>,
}

impl Run {
    /// Where its change `place` came from.
    fn cell(&self, place: u32) -> Option<Cell> {
        self.first.map(|first| Cell { row: first.row + place * self.step, ..first })
    }
}

impl Lineage {
    /// Whether no change came from a file.
    pub fn is_empty(&self) -> bool {
        self.runs.iter().all(|run| run.first.is_none())
    }

    /// The number of a sheet, which is noted if it is new.
    pub fn sheet(&mut self, file: &str, name: &str) -> u32 {
        let known = self.sheets.iter().position(|sheet| sheet.file == file && sheet.name == name);
        let place = known.unwrap_or_else(|| {
            self.sheets.push(Sheet { file: file.to_owned(), name: name.to_owned() });
            self.sheets.len() - 1
        });
        place as u32
    }

    /// Notes where the next change came from.
    pub fn push(&mut self, cell: Option<Cell>) {
        if let Some(last) = self.runs.last_mut() {
            if last.changes == 1 && last.first.is_some() {
                let steps = (0..2).find(|step| cell.is_some() && Run { step: *step, ..*last }.cell(1) == cell);
                last.step = steps.unwrap_or(last.step);
            }
            if last.cell(last.changes) == cell {
                last.changes += 1;
                return;
            }
        }
        self.runs.push(Run { changes: 1, first: cell, step: 0 });
    }

    /// Where each change came from, in their order.
    pub fn cells(&self) -> impl Iterator<Item = Option<Cell>> + '_ {
        self.runs.iter().flat_map(|run| (0..run.changes).map(|place| run.cell(place)))
    }

    /// Where change `place` came from.
    pub fn of(&self, place: usize) -> Option<(&Sheet, Cell)> {
        let cell = self.cells().nth(place)??;
        Some((self.sheets.get(cell.sheet as usize)?, cell))
    }

    /// The lineage of the changes for whose places `keeps` says so.
    pub fn retained(&self, keeps: impl Fn(usize) -> bool) -> Lineage {
        let mut kept = Lineage { sheets: self.sheets.clone(), runs: Vec::new() };
        self.cells().enumerate().filter(|(place, _)| keeps(*place)).for_each(|(_, cell)| kept.push(cell));
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Lineage};

    fn at(row: u32, column: u32) -> Option<Cell> {
        Some(Cell { sheet: 0, row, column })
    }

    #[test]
    fn rows_one_after_another_and_changes_of_one_cell_are_a_run_and_all_are_told_again() {
        let mut lineage = Lineage::default();
        assert_eq!((lineage.sheet("a.csv", ""), lineage.sheet("a.csv", "")), (0, 0));
        let cells = [at(2, 0), at(3, 0), at(4, 0), at(4, 7), at(4, 7), at(4, 7), None, None, at(9, 1), at(9, 2)];
        cells.iter().for_each(|cell| lineage.push(*cell));
        assert_eq!(lineage.runs.len(), 5, "{lineage:?}");
        assert_eq!(lineage.cells().collect::<Vec<_>>(), cells);
        assert_eq!(lineage.of(2).map(|(sheet, cell)| (sheet.file.as_str(), cell.row)), Some(("a.csv", 4)));
        assert_eq!(lineage.of(6), None);
    }

    #[test]
    fn a_lineage_without_some_changes_tells_of_the_others() {
        let mut lineage = Lineage::default();
        (2..9).for_each(|row| lineage.push(at(row, 0)));
        let kept = lineage.retained(|place| place % 3 == 0);
        assert_eq!(kept.cells().collect::<Vec<_>>(), [at(2, 0), at(5, 0), at(8, 0)]);
    }
}
