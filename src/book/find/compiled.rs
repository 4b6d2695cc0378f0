//! A query compiled, and how well one customer matches it.
use super::block::Packed;
use super::near::{Erring, Near, may_err};
use super::pattern::Pattern;
use super::rank::{Found, best, fineness, is_found};
use super::spots::{Seen, Spots};

/// A query compiled: each of its words, and all of them written together.
pub(super) struct Search<'a> {
    pub(super) words: Vec<Pattern<'a>>,
    pub(super) joined: Option<Pattern<'a>>,
}

impl<'a> Search<'a> {
    /// The words, and behind them all of them together.
    pub(super) fn all(&self) -> impl Iterator<Item = &Pattern<'a>> {
        self.words.iter().chain(&self.joined)
    }

    /// The word, if there is only one.
    pub(super) fn single(&self) -> Option<&Pattern<'a>> {
        match self.words.as_slice() {
            [word] if self.joined.is_none() => Some(word),
            _ => None,
        }
    }

    /// Where each of them may begin in the texts of one customer.
    pub(super) fn spots(&self, packed: &Packed<'_>) -> Vec<Spots> {
        let look = |pattern: &Pattern<'_>| {
            let mut spots = Spots::default();
            spots.look(pattern, packed.texts());
            spots
        };
        self.all().map(look).collect()
    }

    /// How well a customer matches, in quarters of a class, and its best single match. `seen` tells by its number where
    /// a word may begin.
    pub(super) fn matches<'s>(
        &self,
        packed: &Packed<'_>,
        seen: &impl Fn(usize) -> Option<Seen<'s>>,
    ) -> Option<(u32, Found)> {
        let joined = self.joined.as_ref().and_then(|p| best(p, packed, &seen(self.words.len())?, 0));
        let joined = joined.map(|found| (4 * u32::from(found.class), found));
        let mut sum = 0;
        let mut top: Option<Found> = None;
        for (number, pattern) in self.words.iter().enumerate() {
            let Some(found) = seen(number).and_then(|seen| best(pattern, packed, &seen, 0)) else {
                return joined;
            };
            sum += u32::from(found.class);
            if top.is_none_or(|t| found.class > t.class) {
                top = Some(found);
            }
        }
        let apart = top.map(|found| (4 * sum / self.words.len() as u32, found));
        match (joined, apart) {
            (Some(joined), Some(apart)) if joined.0 < apart.0 => Some(apart),
            (joined, apart) => joined.or(apart),
        }
    }

    /// The least fineness of the words found; `found` is the one there is if there is but one.
    pub(super) fn fineness<'s>(
        &self,
        packed: &Packed<'_>,
        found: Found,
        seen: &impl Fn(usize) -> Option<Seen<'s>>,
    ) -> u32 {
        if let Some(word) = self.single() {
            return fineness(word, packed, found);
        }
        let each = self.words.iter().enumerate().filter_map(|(number, pattern)| {
            let found = best(pattern, packed, &seen(number)?, 0)?;
            Some(fineness(pattern, packed, found))
        });
        each.min().unwrap_or(0)
    }

    pub(super) fn erring(&self) -> SearchErring<'_, 'a> {
        SearchErring {
            words: self.words.iter().map(|p| (p, erring(p))).collect(),
            joined: self.joined.as_ref().and_then(erring),
        }
    }
}

fn erring<'p, 'a>(pattern: &'p Pattern<'a>) -> Option<Erring<'p, 'a>> {
    may_err(pattern.word).then(|| Erring::new(pattern))
}

/// A query compiled for errors.
pub(super) struct SearchErring<'p, 'a> {
    words: Vec<(&'p Pattern<'a>, Option<Erring<'p, 'a>>)>,
    joined: Option<Erring<'p, 'a>>,
}

impl SearchErring<'_, '_> {
    /// Whether every word is found, some of them with one error; or all together are.
    pub(super) fn find(&self, packed: &Packed<'_>) -> Option<Near> {
        if let Some(found) = self.joined.as_ref().and_then(|e| e.find(*packed)) {
            return Some(found);
        }
        let mut first = None;
        for (pattern, erring) in &self.words {
            if self.words.len() > 1 && is_exact(pattern, packed) {
                continue;
            }
            let found = erring.as_ref()?.find(*packed)?;
            first = first.or(Some(found));
        }
        first
    }
}

fn is_exact(pattern: &Pattern<'_>, packed: &Packed<'_>) -> bool {
    let mut spots = Spots::default();
    spots.look(pattern, packed.texts());
    is_found(pattern, packed, &spots.of(packed, &packed.places()))
}
