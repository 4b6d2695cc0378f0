//! Spelling with one letter wrong, missing, too many or swapped with its neighbour.
use super::alphabet::{Kind, MARKS, is_last, plain};
use super::block::{Packed, Unit};
use super::entry::Field;
use super::pattern::{Pattern, previous_kind};

/// Letters a word needs before errors in it are looked for.
pub(super) const SHORTEST: usize = 3;

/// Where a run may be: bit i means that i characters of the word are used up.
#[derive(Clone, Copy, Default)]
struct State {
    /// Without an error.
    clean: u64,
    /// With one error behind.
    erred: u64,
    /// The character after the i-th was read first; the i-th is owed.
    swapped: u64,
}

impl State {
    fn is_dead(self) -> bool {
        self.clean | self.erred | self.swapped == 0
    }

    fn or(self, other: State) -> State {
        State {
            clean: self.clean | other.clean,
            erred: self.erred | other.erred,
            swapped: self.swapped | other.swapped,
        }
    }
}

/// A match with one error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Near {
    /// The field it is in.
    pub(super) field: Field,
    /// Where the field begins in [`Packed::words`].
    pub(super) from: usize,
    /// The first character.
    pub(super) start: usize,
    /// Just past the last character.
    pub(super) end: usize,
}

impl Near {
    /// Whether the field begins with it.
    pub(super) fn is_prefix(&self) -> bool {
        self.start == self.from
    }
}

/// Whether errors are looked for in this word.
pub(super) fn may_err(word: &[char]) -> bool {
    word.iter().filter(|c| c.is_ascii_lowercase()).count() >= SHORTEST
}

/// A word compiled for running along texts with one error.
pub(super) struct Erring<'p, 'a> {
    pattern: &'p Pattern<'a>,
    /// By number: the states after a match began with this character.
    first: Vec<State>,
}

impl<'p, 'a> Erring<'p, 'a> {
    /// Compiles a word; linear in the size of the alphabet.
    pub(super) fn new(pattern: &'p Pattern<'a>) -> Erring<'p, 'a> {
        let first = (0..pattern.alphabet().len()).map(|id| step(pattern, BEGIN, id)).collect();
        Erring { pattern, first }
    }

    /// The first place in the names of a customer where the word stands with one error;
    /// the first letter may be wrong only at the beginning of a field.
    pub(super) fn find(&self, packed: Packed<'_>) -> Option<Near> {
        let units = packed.words;
        let alphabet = self.pattern.alphabet();
        let (mut field, mut from) = (Field::Name, 0);
        for (start, unit) in units.iter().enumerate() {
            let id = unit.id();
            if start != from && id >= MARKS && !self.pattern.begins(*unit) {
                continue;
            }
            if let Some(next) = id.checked_sub(1).and_then(|i| Field::ALL.get(i)) {
                if !matches!(next, Field::Name | Field::Short | Field::Contact) {
                    break;
                }
                (field, from) = (*next, start + 1);
                continue;
            }
            let state = self.first.get(id).copied().unwrap_or_default();
            if state.is_dead() || !alphabet.kind(id).begins_word(previous_kind(alphabet, units, start)) {
                continue;
            }
            if let Some(end) = run(self.pattern, state, units, start) {
                return Some(Near { field, from, start, end });
            }
        }
        None
    }
}

/// Nothing used yet, or the first letter already one too many.
const BEGIN: State = State { clean: 1, erred: 2, swapped: 0 };

/// Where a match with one error that begins at `start` ends.
pub(super) fn first<U: Unit>(pattern: &Pattern<'_>, units: &[U], start: usize) -> Option<usize> {
    let state = step(pattern, BEGIN, units.get(start)?.id());
    run(pattern, state, units, start)
}

/// Goes on after the character at `start`, which led to `state`.
fn run<U: Unit>(pattern: &Pattern<'_>, mut state: State, units: &[U], start: usize) -> Option<usize> {
    let alphabet = pattern.alphabet();
    let mut end = start + 1;
    while state.erred & pattern.accept() == 0 {
        let id = units.get(end)?.id();
        let kind = alphabet.kind(id);
        if kind != Kind::Gap {
            let stuck = state.clean | state.swapped == 0 && state.erred & pattern.from(id) == 0;
            if kind == Kind::Mark || stuck || state.is_dead() {
                return None;
            }
            state = step(pattern, state, id);
        }
        end += 1;
    }
    Some(end)
}

fn step(pattern: &Pattern<'_>, state: State, id: usize) -> State {
    let alphabet = pattern.alphabet();
    match alphabet.kind(id) {
        Kind::Mark | Kind::Gap => State::default(),
        Kind::Digit => exactly(pattern, state, id),
        Kind::Letter if id < 128 => letter(pattern, state, id as u8),
        Kind::Letter => written(pattern, state, id),
        Kind::Han => written(pattern, state, id).or(spelled(pattern, state, alphabet.readings(id))),
    }
}

fn exactly(pattern: &Pattern<'_>, state: State, id: usize) -> State {
    State { clean: pattern.step(state.clean, id), erred: pattern.step(state.erred, id), swapped: 0 }
}

fn written(pattern: &Pattern<'_>, state: State, id: usize) -> State {
    State { clean: pattern.step_written(state.clean, id), erred: pattern.step_written(state.erred, id), swapped: 0 }
}

/// Reads one letter of the text, rightly or with an error.
fn letter(pattern: &Pattern<'_>, state: State, letter: u8) -> State {
    let at = pattern.letter(letter);
    let clean = (state.clean << 1) & at;
    let right = (state.erred << 1) & at;
    let wrong = state.clean << 1;
    let missing = state.clean;
    let completed = (state.swapped & (at >> 1)) << 2;
    let extra = clean << 1;
    let within = pattern.accept() | (pattern.accept() - 1);
    State { clean, erred: (right | wrong | missing | completed | extra) & within, swapped: state.clean & (at >> 2) }
}

/// Reads one Chinese character by each of its readings, spelled out; the last one as far
/// as the word goes.
fn spelled(pattern: &Pattern<'_>, state: State, letters: &[u8]) -> State {
    let (mut out, mut now) = (State::default(), state);
    for byte in letters {
        now = letter(pattern, now, plain(*byte));
        out.erred |= now.erred & pattern.accept();
        if is_last(*byte) {
            out = out.or(now);
            now = state;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::find::alphabet::Alphabet;

    fn is_near(text: &str, word: &str) -> bool {
        let mut alphabet = Alphabet::new();
        let units: Vec<u16> = text.chars().map(|c| alphabet.number(c)).collect();
        let word: Vec<char> = word.chars().collect();
        first(&Pattern::new(&word, &alphabet), &units, 0).is_some()
    }

    #[test]
    fn one_error_of_any_kind_is_forgiven() {
        for word in [
            "huadungdianzi",  // wrong
            "huadongdinzi",   // missing
            "huaddongdianzi", // too many
            "huadongidanzi",  // swapped inside a syllable
            "hudaongdianzi",  // swapped across two
            "uhadong",        // swapped at the beginning
            "kuadong",        // first letter wrong
            "uadong",         // first letter missing
            "hhuadong",       // first letter doubled
            "huadonk",        // last letter wrong
        ] {
            assert!(is_near("华东电子", word), "{word}");
        }
        for word in ["acne", "acm etrading", "acmetradnig", "amce", "acmme"] {
            assert!(is_near("acme trading", word.trim()), "{word}");
        }
    }

    #[test]
    fn two_errors_are_not() {
        for word in ["huedang", "uhadogn", "xxadong", "huaixdn"] {
            assert!(!is_near("华东电子", word), "{word}");
        }
    }
}
