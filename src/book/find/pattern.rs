//! One word of a query as a row of bits run along the texts.
//!
//! Bit i of a state means that i characters of the word are used up. A letter read
//! moves every state at once, so all readings of a character are tried together.
use super::alphabet::{Alphabet, Kind, MARKS, is_last, plain};
use super::block::{Unit, sign_bit};

/// Where a run along a text may be.
#[derive(Clone, Copy, Default)]
struct State {
    /// The next character must go on from here.
    live: u64,
    /// The rest of a Latin word may be left out; the next word must go on from here.
    wait: u64,
}

/// How far a match reaches: positions just past the last character used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    /// The first place the whole word was used up.
    pub(super) first: usize,
    /// The last such place.
    pub(super) last: usize,
}

/// A word compiled against an alphabet.
pub(super) struct Pattern<'a> {
    alphabet: &'a Alphabet,
    /// The word itself, folded.
    pub(super) word: &'a [char],
    /// For each ASCII character, a bit just past each place it stands at in the word.
    ascii: [u64; 128],
    /// The same for other characters, by number.
    others: Vec<(u16, u64)>,
    accept: u64,
    has_letters: bool,
    /// The bits of its characters.
    signs: u64,
    /// By number: what the character does in the word.
    told: Vec<Told>,
    /// By number: the states after a match began with this character.
    first: Vec<u64>,
    /// By number: the states from which this character can be used at all.
    from: Vec<u64>,
}

/// What a character does in a word, a bit each: in the low byte after how many letters a match stands that begins with
/// it, in the high byte after how many letters it goes on with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told(u16);

impl Default for Told {
    /// That of a mark: what ends before it is whole.
    fn default() -> Told {
        Told(Told::WHOLE << 8)
    }
}

impl Told {
    /// Letters that a character can use up: the longest syllable has six.
    const SYLLABLE: u64 = 0x3f;
    /// A letter of a Latin word, the rest of which may be left out.
    const LETTER: u16 = 0x40;
    /// The word is used up.
    const WHOLE: u16 = 0x80;

    /// After letters by a state's bits, for what begins with a character.
    fn new(first: u64, from: u64, is_whole: bool, kind: Kind) -> Told {
        let letters = |state: u64| (state >> 1 & Told::SYLLABLE) as u16;
        let flag = |flag: u16, is_set: bool| if is_set { flag } else { 0 };
        let begins =
            letters(first) | flag(Told::LETTER, first != 0 && kind == Kind::Letter) | flag(Told::WHOLE, is_whole);
        let goes_on = match kind {
            Kind::Mark => 0,
            Kind::Gap => Told::SYLLABLE as u16,
            Kind::Letter => letters(from) | Told::LETTER,
            Kind::Digit | Kind::Han => letters(from),
        };
        Told(begins | (goes_on | Told::WHOLE) << 8)
    }

    /// Whether a match can begin with it at all.
    fn begins(self) -> bool {
        self.0 & 0xff != 0
    }

    /// Whether a match may begin with `unit` between these two; seldom wrong, and only by saying yes.
    pub(super) fn may_begin(before: Told, unit: Told, after: Told) -> bool {
        let inside = before.0 >> 8 & Told::LETTER;
        unit.0 & (after.0 >> 8) & !inside != 0
    }
}

/// What a match in plain texts begins with.
#[derive(Clone, Copy)]
pub(super) struct PlainHead {
    first: u8,
    /// The character after it; none where the word is but one.
    second: Option<u8>,
}

impl PlainHead {
    /// Whether a match may begin with `unit` between these two.
    pub(super) fn may_begin(self, before: u8, unit: u8, after: u8) -> bool {
        let is_letter = |unit: u8| unit.wrapping_sub(b'a') < 26;
        let is_digit = |unit: u8| unit.wrapping_sub(b'0') < 10;
        let goes_on = self.second.is_none_or(|second| after == second);
        let is_gap = (usize::from(after) >= MARKS) & !is_letter(after) & !is_digit(after);
        let left_out = is_letter(unit) & is_letter(after) & !is_letter(before);
        (unit == self.first) & (goes_on | is_gap | left_out)
    }
}

impl<'a> Pattern<'a> {
    /// Compiles `word`, of 1 to 63 characters; linear in the size of the alphabet.
    pub(super) fn new(word: &'a [char], alphabet: &'a Alphabet) -> Pattern<'a> {
        let mut new = Pattern {
            alphabet,
            word,
            ascii: [0; 128],
            others: Vec::new(),
            accept: 1 << word.len(),
            has_letters: word.iter().any(char::is_ascii_lowercase),
            signs: word.iter().fold(0, |bits, c| bits | sign_bit(*c)),
            told: vec![Told::default(); alphabet.len()],
            first: vec![0; alphabet.len()],
            from: vec![0; alphabet.len()],
        };
        for (i, c) in word.iter().enumerate() {
            let bit = 1 << (i + 1);
            if let Some(mask) = new.ascii.get_mut(u32::from(*c) as usize) {
                *mask |= bit;
            } else if let Some(id) = alphabet.find(*c) {
                match new.others.iter_mut().find(|o| o.0 == id) {
                    Some(other) => other.1 |= bit,
                    None => new.others.push((id, bit)),
                }
            }
        }
        new.tabulate();
        new
    }

    fn tabulate(&mut self) {
        let mut written = vec![0u64; self.alphabet.len()];
        let ascii = self.ascii.iter().enumerate().map(|(id, mask)| (id, *mask));
        let others = self.others.iter().map(|(id, mask)| (usize::from(*id), *mask));
        for (id, mask) in ascii.chain(others) {
            if let Some(place) = written.get_mut(id) {
                *place = mask;
            }
        }
        for (id, mask) in written.into_iter().enumerate() {
            let mut after = mask;
            if id >= 128 {
                let mut initials = self.alphabet.initials(id);
                while initials != 0 {
                    after |= self.letter(b'a' + initials.trailing_zeros() as u8);
                    initials &= initials - 1;
                }
            }
            let from = after >> 1;
            let first = if from & 1 != 0 { self.step(1, id) } else { 0 };
            self.from[id] = from;
            self.first[id] = first;
            self.told[id] = Told::new(first, from, first & self.accept != 0, self.alphabet.kind(id));
        }
    }

    /// Whether a match can begin with this character.
    pub(super) fn begins<U: Unit>(&self, unit: U) -> bool {
        self.told(unit).begins()
    }

    /// What a character does in the word.
    pub(super) fn told<U: Unit>(&self, unit: U) -> Told {
        self.told.get(unit.id()).copied().unwrap_or_default()
    }

    /// The bit of what it begins with, where that is of those that have one.
    pub(super) fn head_bit(&self) -> Option<u64> {
        self.word.first().filter(|c| c.is_ascii()).map(|c| sign_bit(*c))
    }

    /// The bit of a word that is a single letter or digit: of these, bits tell who is found.
    pub(super) fn single_bit(&self) -> Option<u64> {
        match self.word {
            [only] if only.is_ascii_alphanumeric() => Some(sign_bit(*only)),
            _ => None,
        }
    }

    /// What it begins with where texts are plain; nothing if it can stand in none.
    pub(super) fn in_plain(&self) -> Option<PlainHead> {
        let byte = |at: usize| self.word.get(at).and_then(|c| u8::try_from(*c).ok());
        let is_plain = self.word.iter().all(char::is_ascii);
        byte(0).filter(|_| is_plain).map(|first| PlainHead { first, second: byte(1) })
    }

    /// Whether a match may end with this character; seldom wrong, and only by saying yes.
    pub(super) fn may_end<U: Unit>(&self, unit: U) -> bool {
        unit.id() >= 128 || self.from(unit.id()) & (self.accept >> 1) != 0
    }

    /// The states from which the character numbered `id` can be used.
    pub(super) fn from(&self, id: usize) -> u64 {
        self.from.get(id).copied().unwrap_or(0)
    }

    /// The bits of its characters.
    pub(super) fn signs(&self) -> u64 {
        self.signs
    }

    /// Whether the word may be found in a phone.
    pub(super) fn may_be_in_phones(&self) -> bool {
        !self.has_letters
    }

    /// Whether a match can begin with one of these characters, by their bits.
    pub(super) fn begins_among(&self, bits: u64) -> bool {
        self.head_bit().is_none_or(|head| bits & head != 0)
    }

    /// The alphabet the word is compiled against.
    pub(super) fn alphabet(&self) -> &'a Alphabet {
        self.alphabet
    }

    /// The states reached from `state` by using the character numbered `id`.
    pub(super) fn step(&self, state: u64, id: usize) -> u64 {
        if let Some(mask) = self.ascii.get(id) {
            return (state << 1) & mask;
        }
        let mut out = self.step_written(state, id);
        if self.has_letters {
            out |= self.step_readings(state, self.alphabet.readings(id));
        }
        out
    }

    /// The states reached by using a character other than ASCII as it stands.
    pub(super) fn step_written(&self, state: u64, id: usize) -> u64 {
        let written = self.others.iter().find(|other| usize::from(other.0) == id);
        written.map_or(0, |other| (state << 1) & other.1)
    }

    /// Whether the word holds a letter, which may stand for a Chinese character.
    pub(super) fn has_letters(&self) -> bool {
        self.has_letters
    }

    /// Uses a reading whole, by its initial (zh, ch and sh too), or by as much of it as
    /// the word has left.
    fn step_readings(&self, state: u64, letters: &[u8]) -> u64 {
        let (mut out, mut now, mut at) = (0, state, 0);
        for byte in letters {
            let letter = plain(*byte);
            now = (now << 1) & self.letter(letter);
            out |= now & self.accept;
            if at == 0 || (at == 1 && letter == b'h') {
                out |= now;
            }
            at += 1;
            if is_last(*byte) {
                out |= now;
                (now, at) = (state, 0);
            }
        }
        out
    }

    /// The states reached by using the character numbered `id` when it is read one way.
    pub(super) fn step_spoken(&self, state: u64, id: usize, reading: &str) -> u64 {
        let mut out = 0;
        let mut now = state;
        for (at, letter) in reading.bytes().enumerate() {
            now = (now << 1) & self.letter(letter);
            out |= now & self.accept;
            if at == 0 || (at == 1 && letter == b'h') {
                out |= now;
            }
        }
        out | now | self.step_written(state, id)
    }

    /// A bit past each place of the word where `letter` stands.
    pub(super) fn letter(&self, letter: u8) -> u64 {
        self.ascii.get(usize::from(letter)).copied().unwrap_or(0)
    }

    /// The bit of the state in which the whole word is used up.
    pub(super) fn accept(&self) -> u64 {
        self.accept
    }

    /// Runs from `start`, which need not begin a word, to the end of the field.
    pub(super) fn run<U: Unit>(&self, units: &[U], start: usize) -> Option<Reach> {
        self.run_while(units, start, |_| true)
    }

    /// Whether a run from `start` uses up the word.
    pub(super) fn runs<U: Unit>(&self, units: &[U], start: usize) -> bool {
        self.run_while(units, start, |reach| reach.is_none()).is_some()
    }

    fn run_while<U: Unit>(&self, units: &[U], start: usize, goes_on: impl Fn(Option<Reach>) -> bool) -> Option<Reach> {
        let id = units.get(start)?.id();
        let mut before = self.alphabet.kind(id);
        let mut state = State { live: self.first.get(id).copied().unwrap_or(0), wait: 0 };
        if before == Kind::Letter && before.begins_word(previous_kind(self.alphabet, units, start)) {
            state.wait = state.live;
        }
        let mut reach = self.accepted(&mut state, start, None);
        for (at, unit) in units.iter().enumerate().skip(start + 1) {
            if state.live | state.wait == 0 || !goes_on(reach) {
                break;
            }
            let id = unit.id();
            let kind = self.alphabet.kind(id);
            if kind == Kind::Mark {
                break;
            }
            state = self.advance(state, before, kind, id);
            before = kind;
            reach = self.accepted(&mut state, at, reach);
        }
        reach
    }

    /// Notes that the word is used up at `at`, and goes on with what is not.
    fn accepted(&self, state: &mut State, at: usize, reach: Option<Reach>) -> Option<Reach> {
        if (state.live | state.wait) & self.accept == 0 {
            return reach;
        }
        state.live &= !self.accept;
        state.wait &= !self.accept;
        Some(Reach { first: reach.map_or(at + 1, |r| r.first), last: at + 1 })
    }

    fn advance(&self, state: State, before: Kind, kind: Kind, id: usize) -> State {
        let begins = kind.begins_word(before);
        let from = if begins { state.live | state.wait } else { state.live };
        let next = if from & self.from(id) == 0 { 0 } else { self.step(from, id) };
        match kind {
            Kind::Gap => State { live: next | state.live, wait: state.wait },
            Kind::Letter if begins => State { live: next, wait: next },
            Kind::Letter if state.wait != 0 => State { live: next, wait: next | state.wait },
            _ => State { live: next, wait: 0 },
        }
    }

    /// The characters a match from `start` to `end` uses, in order.
    pub(super) fn used<U: Unit>(&self, units: &[U], start: usize, end: usize) -> Vec<usize> {
        let mut before = previous_kind(self.alphabet, units, start);
        let mut state = State { live: 1, wait: 0 };
        let part = units.get(start..end).unwrap_or(&[]);
        let mut came = Vec::with_capacity(part.len());
        for unit in part {
            let kind = self.alphabet.kind(unit.id());
            let begins = kind.begins_word(before);
            came.push(if begins { state.live | state.wait } else { state.live });
            state = self.advance(state, before, kind, unit.id());
            before = kind;
        }
        let mut wanted = self.accept;
        let mut used = Vec::new();
        for (at, (unit, came)) in part.iter().zip(came).enumerate().rev() {
            let mut from = (0..self.word.len()).rev().map(|i| 1u64 << i).filter(|bit| came & bit != 0);
            if let Some(bit) = from.find(|bit| self.step(*bit, unit.id()) & wanted != 0) {
                used.push(start + at);
                wanted = bit;
            }
        }
        used.reverse();
        used
    }
}

/// The kind of the character before `at`, or a mark.
pub(super) fn previous_kind<U: Unit>(alphabet: &Alphabet, units: &[U], at: usize) -> Kind {
    let before = at.checked_sub(1).and_then(|b| units.get(b));
    before.map_or(Kind::Mark, |unit| alphabet.kind(unit.id()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::find::alphabet::fold;

    fn reach(text: &str, word: &str, start: usize) -> Option<(usize, usize)> {
        let mut alphabet = Alphabet::new();
        let units: Vec<u16> = text.chars().map(|c| alphabet.number(fold(c))).collect();
        let word: Vec<char> = word.chars().collect();
        let reach = Pattern::new(&word, &alphabet).run(&units, start)?;
        Some((reach.first, reach.last))
    }

    #[test]
    fn characters_syllables_and_initials_mix() {
        for word in ["重庆华东", "chongqinghuadong", "cqhd", "zhqhuad", "重qhdong", "cqhua东"] {
            assert_eq!(reach("重庆华东", word, 0), Some((4, 4)), "{word}");
        }
        assert_eq!(reach("重庆华东", "chonqing", 0), None);
        assert_eq!(reach("重庆华东", "huad", 2), Some((4, 4)));
    }

    #[test]
    fn an_initial_may_also_be_two_letters_of_one_syllable() {
        assert_eq!(reach("上海", "sh", 0), Some((1, 2)));
    }

    #[test]
    fn latin_words_may_be_cut_and_gaps_left_out() {
        assert_eq!(reach("Acme Trading Co", "at", 0), Some((6, 6)));
        assert_eq!(reach("Acme Trading Co", "acmetr", 0), Some((7, 7)));
        assert_eq!(reach("Acme Trading Co", "ac", 0), Some((2, 2)));
        assert_eq!(reach("TCL科技", "tkj", 0), Some((5, 5)));
        assert_eq!(reach("138-0013", "1380013", 0), Some((8, 8)));
        assert_eq!(reach("138-0013", "100", 0), None);
    }

    #[test]
    fn the_characters_used_are_known() {
        let mut alphabet = Alphabet::new();
        let units: Vec<u16> = "acme tr".chars().map(|c| alphabet.number(c)).collect();
        let word = ['a', 't', 'r'];
        let pattern = Pattern::new(&word, &alphabet);
        assert_eq!(pattern.used(&units, 0, 7), [0, 5, 6]);
    }
}
