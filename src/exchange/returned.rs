//! Rows with problems, handed back as a file: the same columns and the reason behind them, to be mended and fed in again.

use crate::exchange::export::cell::OutCell;
use crate::exchange::export::csv::Csv;
use crate::exchange::export::{OutError, Sheet as _};
use crate::exchange::header::{REASON, is_reason};
use crate::exchange::intake::column::Names;
use crate::exchange::intake::{IntakeError, Problem};
use crate::exchange::sheet::Sheet;
use crate::exchange::split::{Row, Table};
use crate::text::{Language, words};
use std::collections::BTreeMap;
use std::io::Write;

/// Writes those rows of `table`, the file of this place, that have problems; gives how many.
///
/// # Errors
/// Why the file cannot be read again, or the rows not written.
pub fn write(
    table: &dyn Table,
    file: u16,
    problems: &[Problem],
    language: Language,
    out: &mut dyn Write,
) -> Result<usize, ReturnError> {
    let reasons = reasons(file, problems, language);
    let names = Names::new();
    let unread = |error| ReturnError::Read(IntakeError::Sheet(table.name().to_owned(), error));
    let mut sheet = Sheet::open(table, &|heading| names.knows(heading)).map_err(unread)?;
    let own: Vec<bool> = sheet.headings.iter().map(|heading| !is_reason(heading)).collect();
    let headings: Vec<&str> = sheet.headings.iter().map(|heading| heading.text.as_str()).collect();
    let kept = |cells: Vec<&str>| -> Vec<String> {
        let there = cells.into_iter().zip(own.iter().chain(std::iter::repeat(&true)));
        there.filter(|(_, own)| **own).map(|(cell, _)| cell.to_owned()).collect()
    };
    let mut heads = kept(headings);
    let width = heads.len();
    heads.push(REASON.say(language).to_owned());
    let mut csv = Csv::new(out, language);
    csv.head(&heads.iter().map(String::as_str).collect::<Vec<_>>())?;
    let (mut row, mut count) = (Row::default(), 0);
    while sheet.next_row(&mut row).map_err(unread)? {
        let Some(reason) = reasons.get(&row.line) else { continue };
        let mut cells: Vec<OutCell> = kept(row.cells().collect()).into_iter().map(OutCell::text).collect();
        cells.resize(width, OutCell::Empty);
        cells.push(OutCell::text(reason.as_str()));
        csv.row(&cells)?;
        count += 1;
    }
    csv.end()?;
    Ok(count)
}

/// What is wrong on each line, in words.
fn reasons(file: u16, problems: &[Problem], language: Language) -> BTreeMap<u32, String> {
    let mut reasons: BTreeMap<u32, String> = BTreeMap::new();
    for problem in problems.iter().filter(|problem| problem.file == file) {
        let reason = reasons.entry(problem.line).or_default();
        if !reason.is_empty() {
            reason.push_str(words("; ", "；").say(language));
        }
        if !problem.column.is_empty() {
            reason.push_str(&problem.column);
            reason.push_str(words(": ", "：").say(language));
        }
        reason.push_str(&problem.reason.say(language));
    }
    reasons
}

/// Why rows could not be handed back.
#[derive(Debug)]
pub enum ReturnError {
    /// The file cannot be read again.
    Read(IntakeError),
    /// The rows cannot be written.
    Write(OutError),
}

impl ReturnError {
    /// What happened.
    pub fn say(&self, language: Language) -> String {
        match self {
            ReturnError::Read(error) => error.say(language),
            ReturnError::Write(error) => error.say(language),
        }
    }
}

impl From<OutError> for ReturnError {
    fn from(error: OutError) -> ReturnError {
        ReturnError::Write(error)
    }
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::exchange::encoding::Charset;
    use crate::exchange::intake::Problem;
    use crate::exchange::reason::Reason;
    use crate::exchange::split::CsvFile;
    use crate::text::Language;

    fn handed_back(text: &str, line: u32) -> String {
        let file = CsvFile::from_reader("test", text.as_bytes(), Charset::Auto).unwrap();
        let problem = Problem {
            file: 0,
            line,
            column: "金额".into(),
            value: "abc".into(),
            reason: Reason::NotAnAmount,
            kept: true,
        };
        let mut out = Vec::new();
        assert_eq!(write(&file, 0, &[problem], Language::Zh, &mut out).unwrap(), 1);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_row_comes_back_with_its_own_columns_and_the_reason() {
        let text = handed_back("客户名称,金额\n甲公司,5\n=乙公司,abc\n", 3);
        assert_eq!(text, "\u{feff}客户名称,金额,导入问题\r\n'=乙公司,abc,金额：看不出是多少钱\r\n");
    }

    #[test]
    fn handed_back_twice_it_has_one_column_of_reasons() {
        let text = handed_back("客户名称,金额,导入问题\n乙公司,abc,旧原因\n", 2);
        assert_eq!(text, "\u{feff}客户名称,金额,导入问题\r\n乙公司,abc,金额：看不出是多少钱\r\n");
    }
}
