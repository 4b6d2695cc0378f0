//! Who is leaving, why, how much a year is at risk, what is being done and by whom: the table of screen and command.

use crate::book::Book;
use crate::book::row::RowText;
use crate::book::tiers::leaving::Leaver;
use crate::book::tiers::say::reasons_words;
use crate::domain::time::Day;
use crate::exchange::export::cell::OutCell;
use crate::exchange::export::{Asked, Format, OutError, Written, write_rows};
use crate::text::choices::Said;
use crate::text::{Language, Words, words};
use std::io::Write;

/// Customers that seem to be leaving, to be told or written.
pub struct Leavers<'a> {
    /// The book they are in.
    pub book: &'a Book,
    /// Who.
    pub leavers: &'a [Leaver],
    /// The day it is told of.
    pub as_of: Day,
    /// The language of headings and words.
    pub language: Language,
}

impl Leavers<'_> {
    /// The headings, and whether their column holds numbers.
    pub const HEADS: [(Words, bool); 9] = [
        (words("code", "编号"), false),
        (words("name", "名称"), false),
        (words("owner", "负责人"), false),
        (words("a year at risk", "年风险金额"), true),
        (words("why", "流失原因"), false),
        (words("cause", "确认原因"), false),
        (words("what is done", "正在做"), false),
        (words("by", "由谁"), false),
        (words("next contact", "下次联系"), false),
    ];

    /// One of them, under the headings.
    pub fn cells(&self, leaver: &Leaver) -> Vec<OutCell> {
        let row = self.book.row(leaver.slot);
        let owner = |owner| OutCell::text(self.book.standards().owner_name(owner));
        let (doing, by) = match &leaver.doing {
            None => (String::new(), OutCell::Empty),
            Some((what, due, by)) => (doing_words(what, due.map(|due| due.day)), owner(*by)),
        };
        vec![
            OutCell::text(row.map_or("", |row| row.text(RowText::Code))),
            OutCell::text(row.map_or("", |row| row.name())),
            owner(leaver.owner),
            OutCell::Money(leaver.warning.amount),
            OutCell::text(reasons_words(&leaver.warning.reasons, self.language)),
            OutCell::text(leaver.cause.map_or("", |cause| cause.words().say(self.language))),
            OutCell::text(doing),
            by,
            leaver.next_contact.map_or(OutCell::Empty, |due| OutCell::Day(due.day)),
        ]
    }

    /// Writes them as one table.
    ///
    /// # Errors
    /// Why it could not be written.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> Result<Written, OutError> {
        let heads = Self::HEADS.map(|(head, _)| head.say(self.language));
        let asked = Asked { language: self.language, as_of: self.as_of, ..Asked::default() };
        write_rows(format, &asked, &heads, self.leavers.iter().map(|leaver| self.cells(leaver)), out)
    }
}

/// What is being done, and by when.
pub fn doing_words(what: &str, due: Option<Day>) -> String {
    due.map_or_else(|| what.to_owned(), |day| format!("{what} ({day})"))
}
