//! What a view may look at, and nothing it may change.

use crate::book::Book;
use crate::book::find::Finder;
use crate::desk::Desk;
use crate::desk::errand::Far;
use crate::domain::time::{Day, Moment};
use crate::text::{Language, Words};
use crate::ui::keymap::Keymap;
use crate::ui::theme::Theme;

/// Everything a view may look at.
pub struct Context<'a> {
    /// The desk, for reading dossiers.
    pub desk: &'a Desk,
    /// The finder, once it has been made.
    pub finder: Option<&'a Finder>,
    /// The keys.
    pub keymap: &'a Keymap,
    /// How things look.
    pub theme: &'a Theme,
    /// The language words are said in.
    pub language: Language,
    /// The follow-up lines written in this session, the latest last.
    pub recalled: &'a [String],
    /// Now.
    pub now: Moment,
    /// Only plain ASCII in frames and pictures.
    pub ascii: bool,
    /// Each row scrolled costs time: at the edge of a list go on by half a page.
    pub slow_line: bool,
    /// How far long work at the desk is, while there is some.
    pub far: Option<Far>,
    /// Whether the book can only be read.
    pub read_only: bool,
}

impl Context<'_> {
    /// The book.
    pub fn book(&self) -> &Book {
        self.desk.book()
    }

    /// Today.
    pub fn today(&self) -> Day {
        self.now.day()
    }

    /// `words` in the language of the screen.
    pub const fn say(&self, words: Words) -> &'static str {
        words.say(self.language)
    }
}
