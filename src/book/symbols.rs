//! Words that many rows share, each kept once.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// A word that is kept once. The default is the empty word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Symbol(u32);

impl Symbol {
    /// Whether it is the empty word.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The one at this place among [`Symbols::all`].
    pub(super) fn at(place: u64) -> Symbol {
        Symbol(u32::try_from(place).unwrap_or_default())
    }

    /// Its place among [`Symbols::all`].
    pub const fn place(self) -> usize {
        self.0 as usize
    }
}

/// All words kept.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    words: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
}

impl Symbols {
    /// These words, each with the symbol it had in the words of which [`Symbols::words`] told.
    pub fn of_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Symbols {
        let mut symbols = Symbols::default();
        for word in words {
            symbols.keep(word);
        }
        symbols
    }

    /// All words, in the order in which they were first kept.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(AsRef::as_ref)
    }

    /// The symbol of `word`.
    pub fn keep(&mut self, word: &str) -> Symbol {
        if word.is_empty() {
            return Symbol::default();
        }
        if let Some(number) = self.numbers.get(word) {
            return Symbol(*number);
        }
        let kept: Arc<str> = Arc::from(word);
        self.words.push(Arc::clone(&kept));
        let number = self.words.len() as u32;
        self.numbers.insert(kept, number);
        Symbol(number)
    }

    /// The symbol of `word`, where it is kept.
    pub fn of(&self, word: &str) -> Option<Symbol> {
        self.numbers.get(word).map(|number| Symbol(*number))
    }

    /// The word of `symbol`.
    pub fn word(&self, symbol: Symbol) -> &str {
        let place = (symbol.0 as usize).checked_sub(1);
        place.and_then(|place| self.words.get(place)).map_or("", |word| word)
    }

    /// Every word, each at its symbol's place; the empty one first.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once("").chain(self.words.iter().map(|word| &**word))
    }
}
