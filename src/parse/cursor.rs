//! Reading along a text whose width and case have been folded away, character by character.

use crate::parse::fold::{fold, is_word};

/// A place in a folded text. Copying it is how a recogniser tries something and forgets it again.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    text: &'a [char],
    at: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor at the start of `text`, which must be folded.
    pub fn new(text: &'a [char]) -> Cursor<'a> {
        Cursor { text, at: 0 }
    }

    /// The same text, read from character `at` on.
    pub fn from(text: &'a [char], at: usize) -> Cursor<'a> {
        Cursor { text, at: at.min(text.len()) }
    }

    /// Characters read so far.
    pub fn at(&self) -> usize {
        self.at
    }

    /// What is still to be read.
    pub fn rest(&self) -> &'a [char] {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next character.
    pub fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    /// The character `ahead` places on.
    pub fn peek_at(&self, ahead: usize) -> Option<char> {
        self.text.get(self.at + ahead).copied()
    }

    /// Reads one character for which `wanted` holds.
    pub fn take_if(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let next = self.peek().filter(|c| wanted(*c))?;
        self.at += 1;
        Some(next)
    }

    /// Reads the character `wanted`, if it is next.
    pub fn take(&mut self, wanted: char) -> bool {
        self.take_if(|c| c == wanted).is_some()
    }

    /// Reads spaces; says whether there were any.
    pub fn spaces(&mut self) -> bool {
        let before = self.at;
        while self.take(' ') {}
        self.at > before
    }

    /// Reads `text`, whatever follows it; a space in it stands for spaces or one hyphen.
    pub fn text(&mut self, text: &str) -> bool {
        let mut trial = *self;
        for c in text.chars() {
            let read = if c == ' ' { trial.spaces() || trial.take('-') } else { trial.take(c) };
            if !read {
                return false;
            }
        }
        *self = trial;
        true
    }

    /// Reads `word` as [`Cursor::text`] does, a whole one where it ends in a letter or digit.
    pub fn word(&mut self, word: &str) -> bool {
        let mut trial = *self;
        let whole = trial.text(word) && !(word.ends_with(is_word) && trial.peek().is_some_and(is_word));
        if whole {
            *self = trial;
        }
        whole
    }

    /// Reads `name` as loosely as names are written: a space, `_` or `-` in it stands for any number of them, and a name that
    /// ends in a Latin letter ends there in the text too.
    pub fn name(&mut self, name: &str) -> bool {
        let is_gap = |c: char| matches!(c, ' ' | '_' | '-');
        let is_sign = name.chars().nth(1).is_none();
        let mut trial = *self;
        for c in name.chars().map(fold) {
            if is_gap(c) && !is_sign {
                while trial.take_if(is_gap).is_some() {}
            } else if !trial.take(c) {
                return false;
            }
        }
        let ends_latin = name.ends_with(|c: char| c.is_ascii_alphabetic());
        let whole = !(ends_latin && trial.peek().is_some_and(|c| c.is_ascii_lowercase() || c == '_'));
        if whole {
            *self = trial;
        }
        whole
    }

    /// Reads with `read` the longest text of `table` that is next, the earlier of two alike; gives what stands beside it.
    fn furthest<'t, T>(
        &mut self,
        table: impl IntoIterator<Item = (&'t str, T)>,
        read: impl Fn(&mut Cursor<'a>, &str) -> bool,
    ) -> Option<T> {
        let mut best: Option<(Cursor<'a>, T)> = None;
        for (text, meaning) in table {
            let mut trial = *self;
            if read(&mut trial, text) && best.as_ref().is_none_or(|(found, _)| trial.at > found.at) {
                best = Some((trial, meaning));
            }
        }
        let (found, meaning) = best?;
        *self = found;
        Some(meaning)
    }

    /// Reads the longest word of `table` that is next, and gives what stands beside it.
    pub fn longest<T: Copy>(&mut self, table: &[(&str, T)]) -> Option<T> {
        self.furthest(table.iter().copied(), Cursor::word)
    }

    /// Reads the longest name of `table` that is next, and gives what stands beside it.
    pub fn longest_name<'t, T>(&mut self, table: impl IntoIterator<Item = (&'t str, T)>) -> Option<T> {
        self.furthest(table, Cursor::name)
    }

    /// Reads the longest of `words` that is next; says whether there was one.
    pub fn any(&mut self, words: &[&str]) -> bool {
        self.furthest(words.iter().map(|word| (*word, ())), Cursor::word).is_some()
    }

    /// Reads the longest of `names` that is next; says whether there was one.
    pub fn any_name(&mut self, names: &[&str]) -> bool {
        self.longest_name(names.iter().map(|name| (*name, ()))).is_some()
    }

    /// Whether one of `words` is next, reading nothing.
    pub fn sees(&self, words: &[&str]) -> bool {
        let mut trial = *self;
        trial.any(words)
    }

    /// Whether one of `names` is next, reading nothing.
    pub fn sees_name(&self, names: &[&str]) -> bool {
        { *self }.any_name(names)
    }

    /// Reads an unsigned number of at most `most` ASCII digits: its value and how many digits it has.
    pub fn digits(&mut self, most: usize) -> Option<(i64, usize)> {
        let mut trial = *self;
        let mut value = 0i64;
        let mut count = 0;
        while let Some(digit) = trial.peek().and_then(|c| c.to_digit(10)) {
            value = value.checked_mul(10)?.checked_add(i64::from(digit))?;
            count += 1;
            trial.at += 1;
            if count > most {
                return None;
            }
        }
        (count > 0).then(|| {
            *self = trial;
            (value, count)
        })
    }

    /// Tries `read`; when it gives nothing, nothing has been read.
    pub fn attempt<T>(&mut self, read: impl FnOnce(&mut Cursor<'a>) -> Option<T>) -> Option<T> {
        let mut trial = *self;
        let found = read(&mut trial)?;
        *self = trial;
        Some(found)
    }
}
