//! Where a character of a line is a sign and where it is text.

use super::amount;
use crate::parse::cursor::Cursor;
use crate::parse::fold::{fold, is_han};

/// A line as it was written and as the recognisers see it.
pub(super) struct Source {
    pub(super) raw: Vec<char>,
    pub(super) folded: Vec<char>,
    /// Where the words begin behind the way.
    pub(super) start: usize,
}

/// The signs, folded.
const SIGNS: &str = "@+#=!^>$¥€£";

/// Punctuation after which a sign counts, as it was written.
const CJK_MARKS: &str = "、。，；：！？（）《》〈〉「」『』【】“”‘’…—～·｜";

impl Source {
    /// `line` with nothing read of it.
    pub(super) fn new(line: &str) -> Source {
        let raw: Vec<char> = line.chars().collect();
        let folded = raw.iter().map(|c| fold(*c)).collect();
        Source { raw, folded, start: 0 }
    }

    /// A cursor at character `at`.
    pub(super) fn cursor(&self, at: usize) -> Cursor<'_> {
        Cursor::from(&self.folded, at)
    }

    /// The folded character at `at`.
    pub(super) fn at(&self, at: usize) -> Option<char> {
        self.folded.get(at).copied()
    }

    fn before(&self, at: usize) -> Option<char> {
        if at <= self.start { None } else { self.raw.get(at - 1).copied() }
    }

    /// Whether a token may begin at `at`: at the start, after a space or after CJK punctuation.
    pub(super) fn is_open(&self, at: usize) -> bool {
        self.before(at).is_none_or(|c| c.is_whitespace() || CJK_MARKS.contains(c))
    }

    /// The sign at `at`, if the character there is one in its place. A sign before a space or at the end is text.
    pub(super) fn sign(&self, at: usize) -> Option<char> {
        let sign = self.at(at).filter(|c| SIGNS.contains(*c))?;
        if sign == '!' {
            let alone = self.before(at).is_none_or(char::is_whitespace) && self.shouts(at).is_some();
            return alone.then_some(sign);
        }
        self.at(at + 1).filter(|c| *c != ' ')?;
        let after_han = matches!(sign, '#' | '$' | '¥' | '€' | '£') && self.before(at).is_some_and(is_han);
        (self.is_open(at) || after_han).then_some(sign)
    }

    /// How many `!` stand from `at` on, when a space or the end follows them.
    pub(super) fn shouts(&self, at: usize) -> Option<usize> {
        let count = self.folded.iter().skip(at).take_while(|c| **c == '!').take(9).count();
        self.at(at + count).is_none_or(|c| c == ' ').then_some(count)
    }

    /// Whether the backslash at `at` takes the meaning from what follows it.
    pub(super) fn is_escape(&self, at: usize) -> bool {
        let Some(next) = self.at(at + 1).filter(|_| self.at(at) == Some('\\')) else { return false };
        let first = || self.folded.iter().take(at).all(|c| *c == ' ');
        SIGNS.contains(next)
            || next == '\\'
            || amount::begins(&self.cursor(at + 1), true) && amount::bare(self.cursor(at + 1)).is_some()
            || first()
    }

    /// What stands from `at` to the next space, for telling what was not read.
    pub(super) fn word_at(&self, at: usize) -> String {
        self.raw.iter().skip(at).take_while(|c| !c.is_whitespace()).take(24).collect()
    }

    /// At most `most` characters from `at` on, as they were written.
    pub(super) fn text_at(&self, at: usize, most: usize) -> String {
        self.raw.iter().skip(at).take(most).collect()
    }
}
