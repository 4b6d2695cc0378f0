//! Where matches may begin: looked for in many texts at once, a bit for each packed character.
use super::block::{Packed, Texts};
use super::pattern::{Pattern, Told};
use std::ops::Range;

/// Characters looked at together: as many as a number has bits.
const STRETCH: usize = 64;

/// Where one word may begin in the texts of a block, or of one customer.
#[derive(Default)]
pub(super) struct Spots {
    words: Vec<u64>,
    plain: Vec<u64>,
    phones: Vec<u64>,
    /// The characters it is made of, as those of [`Packed::signs`].
    signs: u64,
    /// What the characters of the words do in it.
    told: Vec<Told>,
}

/// Where one word may begin in the texts of one customer.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    /// In [`Packed::words`](super::block::Packed::words).
    pub(super) words: Bits<'a>,
    /// In [`Packed::plain`](super::block::Packed::plain).
    pub(super) plain: Bits<'a>,
    /// In [`Packed::phones`](super::block::Packed::phones).
    pub(super) phones: Bits<'a>,
}

impl Seen<'_> {
    /// Whether there is any such place in the words.
    pub(super) fn is_in_words(&self) -> bool {
        !self.words.is_empty()
    }

    /// Whether there is any in the plain texts or in the phones.
    pub(super) fn is_apart(&self) -> bool {
        !self.plain.is_empty() || !self.phones.is_empty()
    }
}

/// The bits that are set in a part of many, counted from the part's beginning.
#[derive(Clone, Copy)]
pub(super) struct Bits<'a> {
    bits: &'a [u64],
    from: usize,
    next: usize,
    to: usize,
}

impl Bits<'_> {
    fn is_empty(mut self) -> bool {
        self.next().is_none()
    }
}

impl Iterator for Bits<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.next < self.to {
            let rest = self.bits.get(self.next / STRETCH)? >> (self.next % STRETCH);
            if rest != 0 {
                let at = self.next + rest.trailing_zeros() as usize;
                self.next = at + 1;
                return (at < self.to).then_some(at - self.from);
            }
            self.next = (self.next / STRETCH + 1) * STRETCH;
        }
        None
    }
}

impl Spots {
    /// Looks through these texts, where a word may be at all.
    pub(super) fn look(&mut self, pattern: &Pattern<'_>, texts: Texts<'_>) {
        self.signs = pattern.signs();
        self.told.clear();
        self.told.extend(texts.words.iter().map(|unit| pattern.told(*unit)));
        note(&self.told, &mut self.words, Told::may_begin);
        let Some(plain) = pattern.in_plain() else { return };
        let begins = |before, unit, after| plain.may_begin(before, unit, after);
        note(texts.plain, &mut self.plain, begins);
        if pattern.may_be_in_phones() {
            note(texts.phones, &mut self.phones, begins);
        }
    }

    /// What was seen of a customer whose texts stand in these places.
    pub(super) fn of(&self, packed: &Packed<'_>, places: &[Range<usize>; 3]) -> Seen<'_> {
        let part = |bits, place: &Range<usize>| Bits { bits, from: place.start, next: place.start, to: place.end };
        let [words, plain, phones] = places;
        let fits = packed.signs & self.signs == self.signs;
        Seen {
            words: part(&self.words, words),
            plain: part(if fits { &self.plain } else { &[] }, plain),
            phones: part(&self.phones, phones),
        }
    }
}

/// Sets a bit for every character at which a match may begin, as told by it, the one before and the one after; before the
/// first and after the last there is a mark.
fn note<T: Copy + Default>(units: &[T], bits: &mut Vec<u64>, begins: impl Fn(T, T, T) -> bool) {
    bits.clear();
    for start in (0..units.len()).step_by(STRETCH) {
        let mut padded = [T::default(); STRETCH + 2];
        let whole = start.checked_sub(1).and_then(|before| units.get(before..)?.first_chunk());
        let around = whole.unwrap_or_else(|| {
            let (before, into) = if start == 0 { (0, 1) } else { (start - 1, 0) };
            let here = units.iter().skip(before);
            padded.iter_mut().skip(into).zip(here).for_each(|(into, unit)| *into = *unit);
            &padded
        });
        let mut flags = [0; STRETCH];
        let around = around.iter().zip(around.iter().skip(1).zip(around.iter().skip(2)));
        for (flag, (before, (unit, after))) in flags.iter_mut().zip(around) {
            *flag = u8::from(begins(*before, *unit, *after));
        }
        bits.push(packed(&flags));
    }
}

/// Flags of one byte each as bits, the first one lowest.
fn packed(flags: &[u8; STRETCH]) -> u64 {
    // The product brings the eight flags of a number together in its highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = flags.as_chunks();
    let bytes = eights.iter().map(|eight| u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56);
    bytes.rev().fold(0, |bits, byte| bits << 8 | byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::find::alphabet::{Alphabet, fold};
    use proptest::prelude::*;

    /// Texts of 64 characters and some more, so that stretches begin and end in them.
    fn text() -> impl Strategy<Value = String> {
        prop_oneof!["[a-d0-2 .@]{0,150}", "[重庆长沙厦门a-c1 ]{0,150}", any::<String>()]
    }

    fn word() -> impl Strategy<Value = Vec<char>> {
        prop_oneof!["[a-d0-2]{1,4}", "[重庆长a-c]{1,3}", "(ch|zh|chong|changs|xiam|q)"]
            .prop_map(|word: String| word.chars().collect())
    }

    fn marked(places: usize, bits: &[u64]) -> Vec<usize> {
        Bits { bits, from: 0, next: 0, to: places }.collect()
    }

    proptest! {
        #[test]
        fn every_place_where_a_word_stands_is_seen(text in text(), word in word()) {
            let mut alphabet = Alphabet::new();
            let folded: Vec<char> = text.chars().map(fold).collect();
            let words: Vec<u16> = std::iter::once(1).chain(folded.iter().map(|c| alphabet.number(*c))).collect();
            let ascii = folded.iter().filter_map(|c| u8::try_from(*c).ok().filter(u8::is_ascii));
            let plain: Vec<u8> = std::iter::once(1).chain(ascii).collect();
            let pattern = Pattern::new(&word, &alphabet);
            let mut spots = Spots::default();
            spots.look(&pattern, Texts { words: &words, plain: &plain, phones: &plain });
            let seen = marked(words.len(), &spots.words);
            let missed = (1..words.len()).find(|at| pattern.run(&words, *at).is_some() && !seen.contains(at));
            prop_assert_eq!(missed, None);
            let seen = marked(plain.len(), &spots.plain);
            let missed = (1..plain.len()).find(|at| pattern.run(&plain, *at).is_some() && !seen.contains(at));
            prop_assert!(pattern.in_plain().is_none() || missed.is_none(), "{:?}", missed);
        }
    }

    #[test]
    fn flags_become_bits_in_their_order() {
        let mut flags = [0; STRETCH];
        for at in [0, 1, 7, 8, 30, 63] {
            flags[at] = 1;
        }
        assert_eq!(packed(&flags), 1 | 1 << 1 | 1 << 7 | 1 << 8 | 1 << 30 | 1 << 63);
    }
}
