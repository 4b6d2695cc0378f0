//! How good a match is: exact, then prefix, then the start of a word, by field.
use super::alphabet::{Kind, MARKS};
use super::block::{Packed, Unit, field_end};
use super::entry::Field;
use super::pattern::{Pattern, Reach, previous_kind};
use super::reading::spoken;
use super::spots::{Bits, Seen};

/// The texts of a customer are packed in three lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    /// [`Packed::words`].
    Words,
    /// [`Packed::plain`].
    Plain,
    /// [`Packed::phones`].
    Phones,
}

/// The best match of one word in one customer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// 0 to 15, higher is better.
    pub(super) class: u8,
    /// Where it is.
    pub(super) field: Field,
    /// In which lane.
    pub(super) lane: Lane,
    /// Where the field begins in the lane.
    pub(super) from: usize,
    /// Where the match begins in the lane.
    pub(super) start: usize,
    /// How far it goes.
    pub(super) reach: Reach,
}

/// Digits from which on the end of a phone is more than its middle.
const ENDING: usize = 3;

/// The least class of a customer whose name begins with what was typed.
pub(super) const NAMED: u8 = 11;

/// Where in a field a match lies.
#[derive(Clone, Copy)]
enum Place {
    Exact,
    /// The last digits of a phone.
    End,
    Prefix,
    Word,
    Inside,
    /// In the legal form of a company.
    Tail,
}

/// The best match of `pattern` in a customer, if there is one of class `least` or better.
pub(super) fn best(pattern: &Pattern<'_>, packed: &Packed<'_>, seen: &Seen<'_>, least: u8) -> Option<Found> {
    let mut scan = Scan { pattern, core: packed.core, least, found: None };
    scan.lane(packed.words, seen.words, Lane::Words, class(Field::Name, Place::Exact, true));
    scan.lane(packed.plain, seen.plain, Lane::Plain, most_apart(pattern, packed));
    scan.lane(packed.phones, seen.phones, Lane::Phones, most_of_phones(pattern, packed));
    scan.found
}

/// Whether `pattern` is found in a customer at all.
pub(super) fn is_found(pattern: &Pattern<'_>, packed: &Packed<'_>, seen: &Seen<'_>) -> bool {
    if let Some(bit) = pattern.single_bit() {
        return packed.heads & bit != 0;
    }
    runs(pattern, packed.words, seen.words)
        || runs(pattern, packed.plain, seen.plain)
        || runs(pattern, packed.phones, seen.phones)
}

fn runs<U: Unit>(pattern: &Pattern<'_>, units: &[U], mut spots: Bits<'_>) -> bool {
    spots.any(|start| pattern.runs(units, start))
}

/// The best class that a match in a customer can have; told without looking closely, and seldom too high.
pub(super) fn most(pattern: &Pattern<'_>, packed: &Packed<'_>, in_words: bool) -> u8 {
    let strong = !pattern.has_letters() || pattern.word.len() > 1;
    match in_words {
        true if pattern.begins_among(packed.firsts) => class(Field::Name, Place::Exact, true),
        true => class(Field::Name, Place::Word, strong).max(most_apart(pattern, packed)),
        false => most_apart(pattern, packed),
    }
}

/// The best class that a match in any text but the names can have.
fn most_apart(pattern: &Pattern<'_>, packed: &Packed<'_>) -> u8 {
    let length = pattern.word.len();
    let (others, code) = (pattern.begins_among(packed.others), pattern.begins_among(packed.code));
    if (others && length >= packed.shortest) || (code && length >= packed.code_length) {
        class(Field::Code, Place::Exact, true)
    } else if length >= ENDING && pattern.may_be_in_phones() {
        class(Field::Phone, Place::End, true)
    } else if others || code {
        class(Field::Contact, Place::Prefix, true)
    } else {
        class(Field::Code, Place::Word, true)
    }
}

/// The best class that a match in a phone can have.
fn most_of_phones(pattern: &Pattern<'_>, packed: &Packed<'_>) -> u8 {
    let place = match pattern.word.len() {
        _ if pattern.begins_among(packed.others) => Place::Exact,
        ENDING.. => Place::End,
        _ => Place::Word,
    };
    class(Field::Phone, place, true)
}

/// A word looked for in one customer.
struct Scan<'p, 'a> {
    pattern: &'p Pattern<'a>,
    core: usize,
    least: u8,
    found: Option<Found>,
}

/// A field in its lane.
struct Text<'u, U> {
    units: &'u [U],
    field: Field,
    from: usize,
    end: usize,
}

impl<'u, U: Unit> Text<'u, U> {
    /// The field in which the character at `start` stands.
    fn around(units: &'u [U], start: usize) -> Option<Text<'u, U>> {
        let mark = units.get(..start)?.iter().rposition(|unit| unit.id() < MARKS)?;
        let field = *Field::ALL.get(units.get(mark)?.id().checked_sub(1)?)?;
        Some(Text { units, field, from: mark + 1, end: field_end(units, start) })
    }
}

impl Scan<'_, '_> {
    /// Looks through a lane in which no match can have a better class than `most`.
    fn lane<U: Unit>(&mut self, units: &[U], spots: Bits<'_>, lane: Lane, most: u8) {
        let mut text = Text { units, field: Field::Name, from: 0, end: 0 };
        for start in spots {
            if !self.is_wanted(most) {
                return;
            }
            if start >= text.end {
                let Some(next) = Text::around(units, start) else { continue };
                text = next;
            }
            if self.is_wanted(most_here(self.pattern, &text, start)) {
                self.at(start, &text, lane);
            }
        }
    }

    /// Whether a match of this class would tell more than is known.
    fn is_wanted(&self, class: u8) -> bool {
        class >= self.least && self.found.is_none_or(|found| class > found.class)
    }

    fn at<U: Unit>(&mut self, start: usize, text: &Text<'_, U>, lane: Lane) {
        let Some(reach) = self.pattern.run(text.units, start) else { return };
        let core = if text.field == Field::Name { self.core } else { 0 };
        let place = place(self.pattern, text, start, reach, core);
        let class = class(text.field, place, is_strong(self.pattern, text.units, start, reach));
        if self.is_wanted(class) {
            self.found = Some(Found { class, field: text.field, lane, from: text.from, start, reach });
        }
    }
}

fn place<U: Unit>(pattern: &Pattern<'_>, text: &Text<'_, U>, start: usize, reach: Reach, core: usize) -> Place {
    let (units, from) = (text.units, text.from);
    let ends = || text.end == reach.last;
    if start == from {
        let whole = core > 0 && reach.last >= from + core;
        return if whole || ends() { Place::Exact } else { Place::Prefix };
    }
    if text.field == Field::Phone && ends() && pattern.word.len() >= ENDING {
        return Place::End;
    }
    if core > 0 && start >= from + core {
        return Place::Tail;
    }
    let before = previous_kind(pattern.alphabet(), units, start);
    let kind = units.get(start).map_or(Kind::Gap, |u| pattern.alphabet().kind(u.id()));
    if kind.begins_word(before) { Place::Word } else { Place::Inside }
}

/// Whether characters were typed as they stand or spelled out, not by initials.
fn is_strong<U: Unit>(pattern: &Pattern<'_>, units: &[U], start: usize, reach: Reach) -> bool {
    let kind = units.get(start).map_or(Kind::Gap, |u| pattern.alphabet().kind(u.id()));
    !pattern.has_letters() || kind != Kind::Han || pattern.word.len() >= 2 * (reach.first - start)
}

fn class(field: Field, place: Place, strong: bool) -> u8 {
    let (good, weak) = match (field, place) {
        (Field::Name | Field::Short, Place::Exact) => (15, 14),
        (Field::Name | Field::Short, Place::Prefix | Place::End) => (12, 11),
        (Field::Name | Field::Short, Place::Word) => (9, 6),
        (Field::Name | Field::Short, Place::Inside) => (4, 4),
        (_, Place::Tail) => (1, 1),
        (Field::Phone | Field::Code, Place::Exact) => (15, 15),
        (Field::Phone, Place::End) => (11, 11),
        (Field::Code, Place::Prefix) => (10, 10),
        (Field::Contact | Field::Email, Place::Exact) => (13, 9),
        (Field::Contact, Place::Prefix) => (10, 7),
        (Field::Email | Field::Phone, Place::Prefix) => (8, 8),
        (Field::Tag, Place::Exact) => (10, 8),
        (Field::Tag, Place::Prefix) => (7, 6),
        (Field::Owner, Place::Exact) => (7, 5),
        (Field::Owner, Place::Prefix) => (6, 4),
        (Field::Code, Place::Word | Place::End) => (7, 7),
        (Field::Phone, Place::Word | Place::Inside) => (5, 5),
        (Field::Code, Place::Inside) => (5, 5),
        (Field::Contact | Field::Email, Place::Word | Place::End) => (6, 4),
        (Field::Contact | Field::Email | Field::Tag, Place::Inside) => (3, 3),
        (Field::Tag, Place::Word | Place::End) => (5, 4),
        (Field::Owner, Place::Word | Place::End) => (3, 3),
        (Field::Owner, Place::Inside) => (2, 2),
    };
    if strong { good } else { weak }
}

/// The best class that a match beginning at `start` can have.
fn most_here<U: Unit>(pattern: &Pattern<'_>, text: &Text<'_, U>, start: usize) -> u8 {
    if start == text.from {
        return class(text.field, Place::Exact, true);
    }
    let last = || text.end.checked_sub(1).and_then(|at| text.units.get(at));
    if text.field == Field::Phone && pattern.word.len() >= ENDING && last().is_some_and(|last| pattern.may_end(*last)) {
        return class(Field::Phone, Place::End, true);
    }
    class(text.field, Place::Word, !pattern.has_letters() || pattern.word.len() > 1)
}

/// Within a class, higher is better: 2 when spelled out, 1 more when by the reading a
/// reader would say.
pub(super) fn fineness(pattern: &Pattern<'_>, packed: &Packed<'_>, found: Found) -> u32 {
    match found.lane {
        Lane::Words => {
            let strong = is_strong(pattern, packed.words, found.start, found.reach);
            let said = !pattern.has_letters() || is_said(pattern, packed.words, found);
            2 * u32::from(strong) + u32::from(said)
        }
        Lane::Plain | Lane::Phones => 3,
    }
}

/// Whether the match also holds with the one reading of each character usually said.
fn is_said(pattern: &Pattern<'_>, units: &[u16], found: Found) -> bool {
    let end = field_end(units, found.from);
    let field = units.get(found.from..end).unwrap_or(&[]);
    let text: Vec<char> = field.iter().map(|u| pattern.alphabet().char(u.id())).collect();
    let mut state = 1;
    let readings = spoken(&text);
    for (unit, reading) in field.iter().zip(&readings).skip(found.start - found.from) {
        state = match reading.as_deref() {
            Some(said) => {
                let letters = said.trim_end_matches(|c: char| c.is_ascii_digit());
                pattern.step_spoken(state, unit.id(), letters)
            }
            None if pattern.alphabet().kind(unit.id()) == Kind::Gap => state,
            None => return true,
        };
        if state & pattern.accept() != 0 {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_name_is_better_than_its_beginning_and_that_than_its_middle() {
        for field in Field::ALL {
            let [exact, prefix, word, inside] =
                [Place::Exact, Place::Prefix, Place::Word, Place::Inside].map(|place| class(field, place, true));
            assert!(exact > prefix && prefix > word && word >= inside, "{field:?}");
        }
    }
}
