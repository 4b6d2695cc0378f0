//! Rows that a comma inside an amount has made too long: put together again where there is but one way to do it.

use crate::exchange::intake::column::Column;
use crate::exchange::split::Row;
use crate::exchange::text_key::half_width;
use crate::query::field::FieldType;

/// The most commas too many that are looked at.
const MOST: usize = 8;
/// The most ways that are tried.
const TRIES: u32 = 4_096;

/// What can be done with a row that has more cells than the header.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mended {
    /// Its amounts put together: as long as the header.
    Whole(Row),
    /// It cannot be told; the cells before this place are as they were written.
    Until(usize),
}

/// What can be done with a row; nothing is to be done when it is not longer than `columns`.
pub(super) fn mend(row: &Row, columns: &[Column]) -> Option<Mended> {
    if row.len() <= columns.len() {
        return None;
    }
    let cells: Vec<&str> = row.cells().collect();
    let filled = cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
    let cells = cells.get(..filled).unwrap_or_default();
    let doubtful = (0..filled).find(|at| pieces(cells, *at) > 0).unwrap_or(filled);
    if filled <= columns.len() {
        return None;
    }
    if filled - columns.len() > MOST {
        return Some(Mended::Until(doubtful));
    }
    let mut trying = Trying { cells, columns, path: Vec::new(), found: Vec::new(), left: TRIES };
    trying.from(0);
    Some(match trying.found.as_slice() {
        [only] if trying.left > 0 => {
            let mut joined: Vec<String> = Vec::new();
            let mut at = 0;
            for more in only {
                joined.push(cells.get(at..=at + more).unwrap_or_default().iter().map(|cell| cell.trim()).collect());
                at += more + 1;
            }
            Mended::Whole(Row::of(row.line, joined.iter().map(String::as_str)))
        }
        _ => Mended::Until(doubtful),
    })
}

/// A search for the ways to put cells together.
struct Trying<'a> {
    cells: &'a [&'a str],
    columns: &'a [Column],
    /// For each column so far, how many further cells belong to it.
    path: Vec<usize>,
    found: Vec<Vec<usize>>,
    left: u32,
}

impl Trying<'_> {
    fn from(&mut self, at: usize) {
        self.left = self.left.saturating_sub(1);
        if self.left == 0 || self.found.len() > 1 {
            return;
        }
        let Some(column) = self.columns.get(self.path.len()) else {
            if at == self.cells.len() {
                self.found.push(self.path.clone());
            }
            return;
        };
        let (cells, columns) = (self.cells.len().saturating_sub(at), self.columns.len() - self.path.len());
        if cells < columns {
            return;
        }
        let most = if takes_thousands(column) { pieces(self.cells, at).min(cells - columns) } else { 0 };
        for more in 0..=most {
            self.path.push(more);
            self.from(at + more + 1);
            self.path.pop();
        }
    }
}

/// Whether a column's cells are written with thousands apart. One nobody knows may hold amounts too.
const fn takes_thousands(column: &Column) -> bool {
    matches!(column.holds(), None | Some(FieldType::Money | FieldType::Price | FieldType::Quantity | FieldType::Whole))
}

/// How many of the cells behind the one at `at` may be the rest of its number: `￥1`, `234.50`.
fn pieces(cells: &[&str], at: usize) -> usize {
    let Some(first) = cells.get(at) else { return 0 };
    let first = half_width(first);
    let digits = first.trim().trim_start_matches(['\u{a5}', '$', '€', '£', '-', '(', ' ', '¥']);
    if !(1..=3).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    let rest = cells.get(at + 1..).unwrap_or_default();
    let whole = rest.iter().take_while(|cell| is_thousand(cell, false)).count();
    if rest.get(whole).is_some_and(|cell| is_thousand(cell, true)) { whole + 1 } else { whole }
}

/// Three digits; the last piece may go on with decimals and the unit.
fn is_thousand(cell: &str, last: bool) -> bool {
    let cell = cell.trim();
    let digits = cell.bytes().take_while(u8::is_ascii_digit).count();
    let Some(rest) = cell.get(digits..).filter(|_| digits == 3) else { return false };
    if !last {
        return rest.is_empty();
    }
    let rest = rest.trim_end_matches(['元', '万', ')', ' ']);
    rest.is_empty() || rest.strip_prefix('.').is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
}
