//! Words kept once and known by a number, however often a file repeats them.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// Every word met.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    text: String,
    ends: Vec<usize>,
    /// By the hash of a word, or the next free number behind it, the word's number.
    places: HashMap<u64, u32>,
    hasher: RandomState,
}

impl Lexicon {
    /// The number of a word.
    pub fn keep(&mut self, word: &str) -> u32 {
        let mut hash = self.hasher.hash_one(word);
        loop {
            match self.places.get(&hash) {
                Some(number) if self.word(*number) == word => return *number,
                Some(_) => hash = hash.wrapping_add(1),
                None => break,
            }
        }
        let number = self.ends.len() as u32;
        self.text.push_str(word);
        self.ends.push(self.text.len());
        self.places.insert(hash, number);
        number
    }

    /// The word with this number.
    pub fn word(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }
}
