//! A table as people keep it: titles above the header, sums and footnotes among the rows, the header once more on each page.

use crate::exchange::amount::number;
use crate::exchange::header::{Heading, Unit};
use crate::exchange::reason::Reason;
use crate::exchange::sheet_error::SheetError;
use crate::exchange::split::{Row, Rows, Table};
use crate::exchange::text_key::half_width;
use crate::query::field::fold;
use std::collections::VecDeque;

/// How far down a header is looked for, in rows.
const HEADER_WITHIN: usize = 20;

/// A row that holds no record and was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Its line.
    pub line: u32,
    /// Its first words.
    pub text: String,
    /// Why.
    pub reason: Reason,
}

/// The rows of records in a table, with its header found.
pub struct Sheet<'a> {
    rows: Box<dyn Rows + 'a>,
    ahead: VecDeque<Row>,
    header: Row,
    /// The headings of the columns.
    pub headings: Vec<Heading>,
    /// What stands above the header.
    pub titles: Vec<String>,
    /// Sums and footnotes passed over so far.
    pub passed: Vec<Passed>,
    /// Blank rows and repeated headers passed over so far.
    pub blank: u32,
}

impl<'a> Sheet<'a> {
    /// Opens `table` and finds its header with the help of `knows`, which says whether a heading is one it has heard of.
    ///
    /// # Errors
    /// What makes the table unreadable.
    pub fn open(table: &'a dyn Table, knows: &dyn Fn(&Heading) -> bool) -> Result<Sheet<'a>, SheetError> {
        let mut rows = table.rows()?;
        let (mut ahead, mut blank) = (VecDeque::new(), 0);
        let mut row = Row::default();
        while ahead.len() < HEADER_WITHIN && rows.next_row(&mut row)? {
            if row.is_blank() {
                blank += 1;
            } else if !(row.line == 1 && row.cell(0).starts_with("sep=")) {
                ahead.push_back(std::mem::take(&mut row));
            }
        }
        let at = header_at(&ahead, knows);
        let mut titles = Vec::new();
        for title in ahead.drain(..at) {
            titles.extend(title.cells().map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned));
        }
        let header = ahead.pop_front().ok_or(SheetError::Empty)?;
        let headings = header.cells().map(Heading::read).collect();
        Ok(Sheet { rows, ahead, header, headings, titles, passed: Vec::new(), blank })
    }

    /// The line of the header.
    pub fn header_line(&self) -> u32 {
        self.header.line
    }

    /// The unit a title names for the whole table: `单位：万元`.
    pub fn title_unit(&self) -> Option<Unit> {
        self.titles.iter().find_map(|title| {
            let folded = half_width(title);
            let (_, unit) = folded.split_once("单位")?;
            Unit::from_name(unit.trim_start_matches([':', ' ']).trim_end_matches([')', ' ']))
        })
    }

    /// Puts the next row of a record in place of what `row` held; false at the end.
    ///
    /// # Errors
    /// What makes the rest unreadable.
    pub fn next_row(&mut self, row: &mut Row) -> Result<bool, SheetError> {
        loop {
            if let Some(next) = self.ahead.pop_front() {
                *row = next;
            } else if !self.rows.next_row(row)? {
                return Ok(false);
            }
            if row.is_blank() || self.repeats_header(row) {
                self.blank += 1;
            } else if let Some(reason) = passed_over(row) {
                let text = row.cells().find(|cell| !cell.trim().is_empty()).unwrap_or_default().trim();
                self.passed.push(Passed { line: row.line, text: text.to_owned(), reason });
            } else {
                return Ok(true);
            }
        }
    }

    fn repeats_header(&self, row: &Row) -> bool {
        row.len() > 1
            && row.len() == self.header.len()
            && row.cells().zip(self.header.cells()).all(|(cell, head)| cell.trim() == head.trim())
    }
}

/// The place of the header: the first row of which a third, and more than one cell, is known; else the first with two cells.
fn header_at(rows: &VecDeque<Row>, knows: &dyn Fn(&Heading) -> bool) -> usize {
    let counts = |row: &Row| {
        let cells: Vec<&str> = row.cells().filter(|cell| !cell.trim().is_empty()).collect();
        let known = cells.iter().filter(|cell| knows(&Heading::read(cell))).count();
        (known, cells.len())
    };
    let narrow = rows.iter().all(|row| counts(row).1 <= 1);
    let known_enough = |row: &Row| {
        let (known, cells) = counts(row);
        (known >= 2 && known * 3 >= cells) || (known == 1 && narrow)
    };
    let Some(found) = rows.iter().position(known_enough) else {
        return rows.iter().position(|row| counts(row).1 >= 2).unwrap_or(0);
    };
    // A header of two rows: the lower names the columns, and begins like the upper where cells are merged.
    let lower = |upper: &Row| {
        let below = rows.get(found + 1)?;
        let shares = upper.cells().zip(below.cells()).any(|(one, other)| one == other && !one.trim().is_empty());
        (shares && counts(below).0 >= counts(upper).0 && counts(below).1 > counts(upper).1).then_some(found + 1)
    };
    rows.get(found).and_then(lower).unwrap_or(found)
}

fn passed_over(row: &Row) -> Option<Reason> {
    let mut cells = row.cells().map(str::trim).filter(|cell| !cell.is_empty());
    let first = cells.next()?;
    let others: Vec<&str> = cells.collect();
    if is_total(first) && others.iter().all(|cell| number(cell).is_ok()) && !others.is_empty() {
        return Some(Reason::TotalRow);
    }
    let notes = ["制表", "审核", "打印", "导出时间", "注:", "备注:", "说明:", "第"];
    let folded = half_width(first);
    let is_note = notes.iter().any(|note| folded.starts_with(note));
    let is_page = folded.starts_with('第') && folded.ends_with('页');
    let names_maker = folded.contains(':') && !folded.starts_with('第');
    (is_note && others.len() <= 2 && (is_page || names_maker)).then_some(Reason::Footnote)
}

fn is_total(cell: &str) -> bool {
    let key = fold(cell);
    let ends = ["小计", "合计", "总计", "共计", "累计"];
    ends.iter().any(|end| key.ends_with(end))
        || matches!(key.as_str(), "total" | "grandtotal" | "subtotal" | "sum" | "totals")
}

#[cfg(test)]
mod tests {
    use super::Sheet;
    use crate::exchange::encoding::Charset;
    use crate::exchange::header::{Heading, Unit};
    use crate::exchange::reason::Reason;
    use crate::exchange::split::{CsvFile, Row};

    type Seen = (Vec<String>, Vec<(u32, String)>, Vec<(u32, Reason)>, Option<Unit>);

    fn read(text: &str) -> Seen {
        let file = CsvFile::from_reader("test", text.as_bytes(), Charset::Auto).unwrap();
        let knows = |heading: &Heading| ["客户名称", "金额", "电话", "name"].contains(&heading.name.as_str());
        let mut sheet = Sheet::open(&file, &knows).unwrap();
        let (mut row, mut rows) = (Row::default(), Vec::new());
        while sheet.next_row(&mut row).unwrap() {
            rows.push((row.line, row.cells().collect::<Vec<_>>().join("|")));
        }
        let passed = sheet.passed.iter().map(|passed| (passed.line, passed.reason.clone())).collect();
        let headings = sheet.headings.iter().map(|heading| heading.text.clone()).collect();
        (headings, rows, passed, sheet.title_unit())
    }

    #[test]
    fn the_header_is_found_below_titles_and_sums_are_passed_over() {
        let (headings, rows, passed, unit) = read(
            "销售明细表,,\n单位：万元,,\n\n客户名称,电话,金额\n甲公司,123,5\n华东小计,,5\n\n客户名称,电话,金额\n乙公司,456,7\n合计,,12\n制表人：李四,,\n",
        );
        assert_eq!(headings, ["客户名称", "电话", "金额"]);
        assert_eq!(rows, [(5, "甲公司|123|5".into()), (9, "乙公司|456|7".into())]);
        assert_eq!(passed, [(6, Reason::TotalRow), (10, Reason::TotalRow), (11, Reason::Footnote)]);
        assert_eq!(unit, Some(Unit::TenThousand));
    }

    #[test]
    fn a_firm_called_total_with_more_than_numbers_is_a_customer() {
        let (_, rows, passed, _) = read("name,电话\nTotal,la Défense\n小计科技,138\n");
        assert_eq!((rows.len(), passed.len()), (2, 0));
    }

    #[test]
    fn a_header_alone_is_a_table_of_no_rows() {
        assert_eq!(read("客户名称,电话\n").1, []);
        assert_eq!(read("什么,都不认识\n甲,乙\n").0, ["什么", "都不认识"]);
    }
}
