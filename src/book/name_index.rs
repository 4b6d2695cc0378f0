//! Customers by their whole names, so that whose name stands at the start of a text is known without going over everybody.

use crate::parse::fold::folded;

/// The names of all customers as numbers, in order; two names may share a number, so what is found is looked at again.
#[derive(Debug, Default)]
pub(super) struct NameIndex {
    /// The book's revision whose names these are.
    pub(super) revision: u64,
    /// Each name's number with the customer's slot.
    numbers: Vec<(u32, u32)>,
}

/// Changes of the book that an index is kept through: so many rows more are looked at by each question.
pub(super) const KEPT_THROUGH: u64 = 1_000;

impl NameIndex {
    /// The index of customers by their slots, each with all it goes by, as they are at `revision`.
    pub(super) fn of<'a>(customers: impl Iterator<Item = (u32, [&'a str; 3])>, revision: u64) -> NameIndex {
        let named = |(slot, names): (u32, [&'a str; 3])| names.map(move |name| (slot, name));
        let number = |(slot, name): (u32, &str)| (folded(name).into_iter().fold(FIRST, next), slot);
        let mut numbers: Vec<(u32, u32)> =
            customers.flat_map(named).filter(|(_, name)| !name.is_empty()).map(number).collect();
        numbers.sort_unstable();
        NameIndex { revision, numbers }
    }

    /// Whether it is better made anew.
    pub(super) const fn is_old(&self, revision: u64) -> bool {
        revision.abs_diff(self.revision) > KEPT_THROUGH
    }

    /// The customers of whom a name may be the beginning of a folded text.
    pub(super) fn beginning(&self, text: &[char]) -> impl Iterator<Item = u32> {
        let prefixes = text.iter().scan(FIRST, |number, c| {
            *number = next(*number, *c);
            Some(*number)
        });
        prefixes.flat_map(|number| {
            let from = self.numbers.partition_point(|(other, _)| *other < number);
            let alike = self.numbers.iter().skip(from).take_while(move |(other, _)| *other == number);
            alike.map(|(_, slot)| *slot)
        })
    }
}

/// FNV-1a over the characters of a name.
const FIRST: u32 = 0x811c_9dc5;

fn next(number: u32, c: char) -> u32 {
    (number ^ u32::from(c)).wrapping_mul(0x0100_0193)
}
