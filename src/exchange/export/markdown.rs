//! A table in Markdown.

use crate::exchange::export::cell::OutCell;
use crate::exchange::export::{OutError, Sheet};
use crate::text::Language;
use std::io::Write;

/// A table under way.
pub struct Markdown<'o> {
    out: &'o mut dyn Write,
    language: Language,
}

impl<'o> Markdown<'o> {
    pub fn new(out: &'o mut dyn Write, language: Language) -> Markdown<'o> {
        Markdown { out, language }
    }

    fn line(&mut self, cells: impl Iterator<Item = String>) -> Result<(), OutError> {
        for cell in cells {
            write!(self.out, "| {cell} ")?;
        }
        Ok(self.out.write_all(b"|\n")?)
    }
}

/// Text that stays in its cell.
fn kept(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;").replace('\n', "<br>").replace('\r', "")
}

impl Sheet for Markdown<'_> {
    fn head(&mut self, headings: &[&str]) -> Result<(), OutError> {
        self.line(headings.iter().map(|heading| kept(heading)))?;
        self.line(headings.iter().map(|_| "---".to_owned()))
    }

    fn row(&mut self, cells: &[OutCell]) -> Result<(), OutError> {
        let language = self.language;
        self.line(cells.iter().map(|cell| kept(&cell.shown(language))))
    }

    fn end(&mut self) -> Result<(), OutError> {
        Ok(())
    }
}
