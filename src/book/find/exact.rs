//! Customers looked at one after another for those who match without an error.
use super::block::{Block, Packed, Texts};
use super::compiled::Search;
use super::pattern::Pattern;
use super::rank::{NAMED, best, is_found, most};
use super::slot_of;
use super::spots::{Seen, Spots};
use std::cmp::Reverse;
use std::ops::Range;

/// Classes there are.
const CLASSES: usize = 16;
/// Of a block in which one customer in so many is left, all texts are looked through at once.
const DENSE: usize = 3;

/// A customer that matches, roughly ranked.
#[derive(Clone, Copy)]
pub(super) struct Rough {
    /// In quarters of a class.
    pub(super) class: u32,
    /// Breaks ties, higher first.
    pub(super) weight: u32,
    /// Where it was put.
    pub(super) slot: u32,
}

impl Rough {
    /// What orders them.
    pub(super) fn key(&self) -> (Reverse<u32>, Reverse<u32>, u32) {
        (Reverse(self.class), Reverse(self.weight), self.slot)
    }
}

/// How well a customer matches.
#[derive(Clone, Copy)]
enum Class {
    /// Not at all.
    None,
    /// Less well than enough others.
    Lesser,
    /// So well, in quarters of a class.
    Best(u32),
}

/// Some customers of a block.
#[derive(Clone)]
pub(super) struct Part<'b, I> {
    pub(super) key: u32,
    pub(super) block: &'b Block,
    /// Their places in it, in order.
    pub(super) customers: I,
}

/// Who was found so far.
pub(super) struct Exact<'s, 'a> {
    search: &'s Search<'a>,
    /// Everyone.
    pub(super) slots: Vec<u32>,
    /// Those of them who may be of the best `limit`, and not many more.
    rough: Vec<Rough>,
    limit: usize,
    bar: Bar,
    /// Where each word may begin in the texts looked at.
    spots: Vec<Spots>,
}

impl<'s, 'a> Exact<'s, 'a> {
    /// Nobody yet; only the best `limit` will be asked for.
    pub(super) fn new(search: &'s Search<'a>, limit: usize) -> Exact<'s, 'a> {
        // Several words are each as good as they are: only of one word alone the lesser matches can be passed over.
        let bar = Bar::new(if search.single().is_some() { limit } else { usize::MAX });
        let spots = search.all().map(|_| Spots::default()).collect();
        Exact { search, slots: Vec::new(), rough: Vec::new(), limit, bar, spots }
    }

    /// Looks at the customers of these parts.
    pub(super) fn look<'b, I>(&mut self, parts: impl Iterator<Item = Part<'b, I>> + Clone)
    where
        I: ExactSizeIterator<Item = usize>,
    {
        let mut early = self.look_ahead(parts.clone()).into_iter().peekable();
        let is_told = self.search.single().is_some_and(|word| word.single_bit().is_some());
        for Part { key, block, customers } in parts {
            let closely = !is_told || self.bar.least < NAMED;
            let at_once = closely && customers.len() * DENSE > block.len();
            if at_once {
                look_through(self.search, &mut self.spots, block.texts());
            }
            for at in customers {
                let (slot, packed) = (slot_of(key, at), block.packed(at));
                let class = match early.next_if(|early| early.0 == slot) {
                    Some((_, class)) => class,
                    None if at_once => self.class(&packed, &block.places(at)),
                    None => self.class_alone(&packed),
                };
                self.take(class, slot, block.weight(at));
            }
        }
    }

    /// Looks first at those whose name may begin with the word: once enough of them are known, lesser matches need no
    /// close look.
    fn look_ahead<'b, I>(&mut self, parts: impl Iterator<Item = Part<'b, I>>) -> Vec<(u32, Class)>
    where
        I: Iterator<Item = usize>,
    {
        let mut early = Vec::new();
        let head = self.search.single().and_then(Pattern::head_bit).unwrap_or(0);
        for Part { key, block, customers } in parts {
            if head == 0 || self.bar.least >= NAMED {
                break;
            }
            for at in customers {
                let packed = block.packed(at);
                if packed.firsts & head != 0 {
                    early.push((slot_of(key, at), self.class_alone(&packed)));
                }
            }
        }
        early
    }

    /// How well a customer matches whose texts are looked through alone.
    fn class_alone(&mut self, packed: &Packed<'_>) -> Class {
        if let Some((word, bit)) = self.search.single().and_then(|word| Some((word, word.single_bit()?))) {
            if packed.heads & bit == 0 {
                return Class::None;
            }
            if most(word, packed, true) < self.bar.least {
                return Class::Lesser;
            }
        }
        look_through(self.search, &mut self.spots, packed.texts());
        self.class(packed, &packed.places())
    }

    fn class(&mut self, packed: &Packed<'_>, places: &[Range<usize>; 3]) -> Class {
        let seen = |word: usize| self.spots.get(word).map(|spots| spots.of(packed, places));
        let class = match self.search.single() {
            None => self.search.matches(packed, &seen).map_or(Class::None, |(class, _)| Class::Best(class)),
            Some(word) => seen(0).map_or(Class::None, |seen| rated(word, packed, &seen, self.bar.least)),
        };
        if let Class::Best(class) = class {
            self.bar.raise((class / 4) as usize);
        }
        class
    }

    fn take(&mut self, class: Class, slot: u32, weight: u32) {
        match class {
            Class::None => return,
            Class::Lesser => {}
            Class::Best(class) => self.rough.push(Rough { class, weight, slot }),
        }
        self.slots.push(slot);
        if self.rough.len() > self.limit.saturating_mul(4) {
            self.rough.select_nth_unstable_by_key(self.limit, Rough::key);
            self.rough.truncate(self.limit);
        }
    }

    /// Those of them who may be of the best that are asked for.
    pub(super) fn best(&self) -> impl Iterator<Item = Rough> {
        let least = 4 * u32::from(self.bar.least);
        self.rough.iter().filter(move |rough| rough.class >= least).copied()
    }
}

fn look_through(search: &Search<'_>, spots: &mut [Spots], texts: Texts<'_>) {
    search.all().zip(spots).for_each(|(pattern, spots)| spots.look(pattern, texts));
}

fn rated(word: &Pattern<'_>, packed: &Packed<'_>, seen: &Seen<'_>, least: u8) -> Class {
    let in_words = seen.is_in_words();
    if !in_words && !seen.is_apart() {
        return Class::None;
    }
    let closely = most(word, packed, in_words) >= least;
    match closely.then(|| best(word, packed, seen, least)).flatten() {
        Some(found) => Class::Best(4 * u32::from(found.class)),
        None if least > 0 && is_found(word, packed, seen) => Class::Lesser,
        None => Class::None,
    }
}

/// The least class that is still of interest: so many were found of it and of better ones that no lesser one comes among
/// the best.
struct Bar {
    limit: usize,
    least: u8,
    counts: [usize; CLASSES],
    /// How many were found of better classes than the least.
    above: usize,
}

impl Bar {
    fn new(limit: usize) -> Bar {
        Bar { limit, least: 0, counts: [0; CLASSES], above: 0 }
    }

    /// Notes that one more was found.
    fn raise(&mut self, class: usize) {
        if let Some(count) = self.counts.get_mut(class) {
            *count += 1;
        }
        self.above += usize::from(class > usize::from(self.least));
        while self.above >= self.limit {
            self.least += 1;
            self.above -= self.counts.get(usize::from(self.least)).copied().unwrap_or(0);
        }
    }
}
