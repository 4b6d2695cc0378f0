//! One word of a query as a row of bits run along the texts.
//!
//! Bit i of a state means that i characters of the word are used up. A letter read
//! moves every state at once, so all readings of a character are tried together.
use super::alphabet::{Alphabet, Kind, is_last, plain};
use super::block::{Packed, Unit, sign_bit};

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
    head: Head,
    /// The first two characters, as far as there are so many and they are ASCII.
    signs_first: [u16; 2],
    /// The bits of all its characters, if all are ASCII.
    signs: Option<u64>,
    /// By number: whether a match can begin with this character.
    starts: Vec<bool>,
    /// By number: the states after a match began with this character.
    first: Vec<u64>,
    /// By number: the states from which this character can be used at all.
    from: Vec<u64>,
}

/// Places where a match may begin, one after another.
pub(super) struct Starts<'p, 'a, 'u, U> {
    pattern: &'p Pattern<'a>,
    units: &'u [U],
    next: usize,
}

impl<U: Unit> Starts<'_, '_, '_, U> {
    /// Stretches from here on in which nothing can begin. To ask of many plain characters at once is quicker: the first
    /// character must stand there, and after it the second, or a gap, or the rest of a word that begins with it.
    fn others(&self) -> usize {
        let [first, second] = self.pattern.signs_first;
        let begins = |(before, (unit, after)): (&U, (&U, &U))| {
            let is_letter = |unit: &U| unit.number().wrapping_sub(u16::from(b'a')) < 26;
            let is_digit = |unit: &U| unit.number().wrapping_sub(u16::from(b'0')) < 10;
            let goes_on = (after.number() == second) | (second == 0) | !(is_letter(after) | is_digit(after));
            (unit.number() == first) & (goes_on | !is_letter(before))
        };
        let part = |from: usize| self.units.get(from..).unwrap_or(&[]).chunks_exact(STRETCH);
        let stretches = part(self.next - 1).zip(part(self.next).zip(part(self.next + 1)));
        let other = |(before, (units, after)): &(&[U], (&[U], &[U]))| {
            !before.iter().zip(units.iter().zip(*after)).fold(false, |any, three| any | begins(three))
        };
        stretches.take_while(other).count()
    }
}

impl<U: Unit> Iterator for Starts<'_, '_, '_, U> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        loop {
            let mut rest = self.units.get(self.next..)?;
            if U::PLAIN {
                self.next += STRETCH * self.others();
                rest = self.units.get(self.next..)?;
            }
            let skipped = rest.iter().position(|unit| self.pattern.begins(*unit))?;
            let start = self.next + skipped;
            self.next = start + 1;
            if self.pattern.may_go_on(self.units, start) {
                return Some(start);
            }
        }
    }
}

/// What a match must begin with.
#[derive(Clone, Copy)]
enum Head {
    /// A letter, digit or sign, by its bit.
    Sign(u64),
    /// A character other than ASCII, by its number.
    Written(u16),
    /// A character in no text.
    Unknown,
}

/// Characters that are asked together whether a match begins with one of them.
const STRETCH: usize = 16;
/// The bits of letters among those of signs.
const LETTERS: u64 = (1 << 26) - 1;

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
            head: head(word, alphabet),
            signs_first: [0, 1].map(|at| word.get(at).map_or(0, |c| u16::try_from(*c).unwrap_or(0))),
            signs: word.iter().try_fold(0, |bits, c| c.is_ascii().then(|| bits | sign_bit(*c))),
            starts: vec![false; alphabet.len()],
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
            self.starts[id] = first != 0;
        }
    }

    /// Whether a match can begin with this character.
    pub(super) fn begins<U: Unit>(&self, unit: U) -> bool {
        self.starts.get(unit.id()).copied().unwrap_or(false)
    }

    /// Where a match may begin: where the first character fits, and the next one does not rule it out.
    pub(super) fn starts<'p, 'u, U: Unit>(&'p self, units: &'u [U]) -> Starts<'p, 'a, 'u, U> {
        // The first of all is the mark of the first field.
        Starts { pattern: self, units, next: 1 }
    }

    /// Whether a match that begins with the character at `start` may go on with the next one.
    fn may_go_on<U: Unit>(&self, units: &[U], start: usize) -> bool {
        let id = units.get(start).map_or(0, |unit| unit.id());
        let live = self.first.get(id).copied().unwrap_or(0);
        if live & self.accept != 0 {
            return true;
        }
        let next = units.get(start + 1).map_or(0, |unit| unit.id());
        match self.alphabet.kind(next) {
            _ if self.from(next) & live != 0 => true,
            Kind::Gap => true,
            // The rest of a Latin word may be left out.
            Kind::Letter => {
                self.alphabet.kind(id) == Kind::Letter && previous_kind(self.alphabet, units, start) != Kind::Letter
            }
            _ => false,
        }
    }

    /// Whether a match may end with this character; seldom wrong, and only by saying yes.
    pub(super) fn may_end<U: Unit>(&self, unit: U) -> bool {
        unit.id() >= 128 || self.from(unit.id()) & (self.accept >> 1) != 0
    }

    /// The states from which the character numbered `id` can be used.
    pub(super) fn from(&self, id: usize) -> u64 {
        self.from.get(id).copied().unwrap_or(0)
    }

    /// Whether the word may be found in the words of this customer; seldom wrong, and
    /// only by saying yes.
    pub(super) fn may_be_in_words(&self, packed: Packed<'_>) -> bool {
        match self.head {
            Head::Sign(bit) => packed.heads & bit != 0,
            Head::Written(id) => packed.words.iter().fold(false, |found, unit| found | (*unit == id)),
            Head::Unknown => false,
        }
    }

    /// Whether the word may be found in the plain texts of this customer.
    pub(super) fn may_be_in_plain(&self, packed: Packed<'_>) -> bool {
        self.signs.is_some_and(|signs| packed.signs & signs == signs)
    }

    /// Whether the word may be found in a phone.
    pub(super) fn may_be_in_phones(&self) -> bool {
        self.signs.is_some_and(|signs| signs & LETTERS == 0)
    }

    /// Where of a customer a match can begin at all: in the name or short name, in another text.
    pub(super) fn begins_in(&self, packed: Packed<'_>) -> (bool, bool) {
        match self.head {
            Head::Sign(bit) => (packed.firsts & bit != 0, packed.others & bit != 0),
            Head::Written(_) => (true, true),
            Head::Unknown => (false, false),
        }
    }

    /// Whether the word is a single letter or digit: of these, `heads` and `signs` tell all.
    pub(super) fn is_told_by_bits(&self) -> bool {
        self.word.len() == 1 && self.word.iter().all(char::is_ascii_alphanumeric)
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
        let id = units.get(start)?.id();
        let mut before = self.alphabet.kind(id);
        let mut state = State { live: self.first.get(id).copied().unwrap_or(0), wait: 0 };
        if before == Kind::Letter && before.begins_word(previous_kind(self.alphabet, units, start)) {
            state.wait = state.live;
        }
        let mut reach = self.accepted(&mut state, start, None);
        for (at, unit) in units.iter().enumerate().skip(start + 1) {
            if state.live | state.wait == 0 {
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

fn head(word: &[char], alphabet: &Alphabet) -> Head {
    match word.first() {
        Some(c) if c.is_ascii() => Head::Sign(sign_bit(*c)),
        Some(c) => alphabet.find(*c).map_or(Head::Unknown, Head::Written),
        None => Head::Unknown,
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
