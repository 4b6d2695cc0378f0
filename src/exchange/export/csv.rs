//! Separated values as spreadsheets open them rightly: marked as UTF-8, and nothing in them is a formula.

use crate::exchange::export::cell::OutCell;
use crate::exchange::export::{OutError, Sheet};
use crate::exchange::text_key::is_formula;
use crate::text::Language;
use std::io::Write;

/// A file of separated values under way.
pub struct Csv<'o> {
    out: &'o mut dyn Write,
    language: Language,
}

impl<'o> Csv<'o> {
    pub fn new(out: &'o mut dyn Write, language: Language) -> Csv<'o> {
        Csv { out, language }
    }

    fn line<'t>(&mut self, cells: impl Iterator<Item = &'t str>) -> Result<(), OutError> {
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                self.out.write_all(b",")?;
            }
            if cell.contains([',', '"', '\n', '\r', ';', '\t', '|']) || cell != cell.trim() {
                write!(self.out, "\"{}\"", cell.replace('"', "\"\""))?;
            } else {
                self.out.write_all(cell.as_bytes())?;
            }
        }
        Ok(self.out.write_all(b"\r\n")?)
    }
}

/// A cell as it is written: words that a spreadsheet would calculate get an apostrophe, which our own reader takes off.
fn guarded(cell: &OutCell, language: Language) -> String {
    let text = cell.shown(language);
    if cell.is_words() && is_formula(&text) { format!("'{text}") } else { text }
}

impl Sheet for Csv<'_> {
    fn head(&mut self, headings: &[&str]) -> Result<(), OutError> {
        self.out.write_all("\u{feff}".as_bytes())?;
        self.line(headings.iter().copied())
    }

    fn row(&mut self, cells: &[OutCell]) -> Result<(), OutError> {
        let texts: Vec<String> = cells.iter().map(|cell| guarded(cell, self.language)).collect();
        self.line(texts.iter().map(String::as_str))
    }

    fn end(&mut self) -> Result<(), OutError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Csv;
    use crate::domain::money::Money;
    use crate::exchange::export::Sheet;
    use crate::exchange::export::cell::OutCell;
    use crate::text::Language;

    #[test]
    fn no_cell_is_a_formula_and_amounts_stay_numbers() {
        let mut out = Vec::new();
        let mut csv = Csv::new(&mut out, Language::Zh);
        csv.head(&["名称", "金额"]).unwrap();
        for text in ["=1+1", "+86 138", "@sum", "-x", "'=1", "'quoted'"] {
            csv.row(&[OutCell::text(text), OutCell::Money(Money::from_cents(-5))]).unwrap();
        }
        let text = String::from_utf8(out).unwrap();
        let expected = "\u{feff}名称,金额\r\n'=1+1,-0.05\r\n'+86 138,-0.05\r\n'@sum,-0.05\r\n'-x,-0.05\r\n''=1,-0.05\r\n'quoted',-0.05\r\n";
        assert_eq!(text, expected);
    }
}
