//! What a line is read against: the book's lists and names, the clock, and where the writer stands.

use crate::domain::deal::Stage;
use crate::domain::id::Id;
use crate::domain::list::ListItem;
use crate::parse::cursor::Cursor;
use crate::parse::fold::{fold, folded, is_word};
use crate::parse::when::Clock;
use crate::text::Language;

/// A name found at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Whose name it is.
    pub id: Id,
    /// How many characters of the text it takes.
    pub chars: usize,
}

/// The names of a book. Each search gives the longest name that `text` begins with, width and case aside;
/// [`longest_name`] is how two names compare. `text` is at most [`NAME_CHARS`] characters.
pub trait Names {
    /// A customer: name, short name or code.
    fn customer(&self, text: &str) -> Option<Named>;
    /// A contact of `customer`, or of anyone where none is known.
    fn contact(&self, customer: Option<Id>, text: &str) -> Option<Named>;
    /// One of our own people.
    fn owner(&self, text: &str) -> Option<Named>;
}

/// The longest name that is looked for.
pub const NAME_CHARS: usize = 64;

/// All that a line is read against.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Now, and how dates are written.
    pub clock: Clock<'a>,
    /// The language spoken.
    pub language: Language,
    /// The ways of the book.
    pub ways: &'a [ListItem],
    /// The outcomes of the book.
    pub outcomes: &'a [ListItem],
    /// The stages of the book.
    pub stages: &'a [Stage],
    /// The tags in use.
    pub tags: &'a [String],
    /// The names of the book.
    pub names: &'a dyn Names,
    /// The customer the line is about unless it says another.
    pub customer: Option<Id>,
    /// The deal that was picked.
    pub deal: Option<Id>,
}

/// Which of `names` is the longest that `text` begins with, and its characters; a name that ends in a letter or digit of
/// a language with spaces must end the word.
pub fn longest_name<'a>(names: impl IntoIterator<Item = &'a str>, text: &str) -> Option<(usize, usize)> {
    longest_of(names, &folded(text))
}

/// The same in a text that is folded already.
pub fn longest_of<'a>(names: impl IntoIterator<Item = &'a str>, text: &[char]) -> Option<(usize, usize)> {
    let fits = |name: &str| {
        let count = name.chars().count();
        let same = count > 0 && count <= text.len() && name.chars().map(fold).eq(text.iter().take(count).copied());
        let whole = !name.ends_with(is_word) || !text.get(count).copied().is_some_and(is_word);
        (same && whole).then_some(count)
    };
    let found = names.into_iter().enumerate().filter_map(|(at, name)| fits(name).map(|count| (at, count)));
    found.max_by_key(|(at, count)| (*count, std::cmp::Reverse(*at)))
}

/// Words with what each stands for, folded once for a whole line.
pub(super) struct Lexicon<T> {
    words: Vec<(Vec<char>, T)>,
}

impl<T: Copy> Lexicon<T> {
    /// From words and their meanings; empty words are left out.
    pub(super) fn new<'a>(words: impl Iterator<Item = (&'a str, T)>) -> Lexicon<T> {
        let folded = words.map(|(word, meaning)| (word.trim().chars().map(fold).collect::<Vec<char>>(), meaning));
        Lexicon { words: folded.filter(|(word, _)| !word.is_empty()).collect() }
    }

    /// The longest word at the cursor: its characters and its meaning; the earlier of two alike.
    pub(super) fn longest(&self, cursor: &Cursor) -> Option<(&[char], T)> {
        let rest = cursor.rest();
        let mut best: Option<(&[char], T)> = None;
        for (word, meaning) in &self.words {
            let whole =
                || !word.last().copied().is_some_and(is_word) || !rest.get(word.len()).copied().is_some_and(is_word);
            if best.is_none_or(|(found, _)| word.len() > found.len()) && rest.starts_with(word) && whole() {
                best = Some((word, *meaning));
            }
        }
        best
    }
}

/// Every word an item of a list goes by: key, both names, aliases.
pub(super) fn words_of<'a>(
    key: &'a str,
    en: &'a str,
    zh: &'a str,
    aliases: &'a [String],
) -> impl Iterator<Item = &'a str> {
    [key, en, zh].into_iter().chain(aliases.iter().map(String::as_str))
}

/// Every word an item of a list goes by, with its key.
pub(super) fn item_words(item: &ListItem) -> impl Iterator<Item = (&str, &str)> {
    words_of(&item.key, &item.en, &item.zh, &item.aliases).map(|word| (word, item.key.as_str()))
}
