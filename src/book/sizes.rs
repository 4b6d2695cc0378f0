//! Sizes in their order: by the revenue that their bands say, else as they stand in the book's list.

use crate::book::Book;
use crate::domain::choice::ListKind;
use crate::query::band::Band;
use crate::query::field::Column;
use crate::query::filter::{Check, Fault, Filter, Order, Value, Wrong};

/// Where a size stands among the others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    band: Option<Band>,
    place: Option<usize>,
}

/// The size that a word means: one of the list by its key, its words or an alias, a band, or an amount.
pub(super) fn size(book: &Book, word: &str) -> Size {
    // A bare amount is meant as such, though a size may go by a name that differs in a sign only: `<500万`.
    if let Some(band) = Band::read(word).filter(|band| band.is_amount()) {
        return Size { band: Some(band), place: None };
    }
    let standards = book.standards();
    let item = || standards.items(ListKind::Size).find(|item| item.key == word);
    match item().or_else(|| standards.item(ListKind::Size, word)) {
        Some(item) => Size {
            band: Band::read(&item.zh).or_else(|| Band::read(&item.en)),
            place: standards.items(ListKind::Size).position(|other| other.key == item.key),
        },
        None => Size { band: Band::read(word), place: None },
    }
}

/// The first size that a filter compares with and nobody knows, as it stands in the filter's text.
pub fn unknown_size(book: &Book, filter: &Filter, text: &str) -> Option<Fault> {
    let fault = |value: &Value| {
        let Value::Word(word) = value else { return None };
        let size = size(book, word);
        let at = || text.split_once(word.as_str()).map_or(0, |(before, _)| before.chars().count());
        let is_unknown = size.band.is_none() && size.place.is_none();
        is_unknown.then(|| Fault { at: at(), length: word.chars().count().max(1), wrong: Wrong::Size(word.clone()) })
    };
    match filter {
        Filter::All(parts) | Filter::Any(parts) => parts.iter().find_map(|part| unknown_size(book, part, text)),
        Filter::Not(inner) => unknown_size(book, inner, text),
        Filter::Test(subject, check) if subject.column == Column::Size => match check {
            Check::Compare(_, value) => fault(value),
            Check::Between(low, high) => fault(low).or_else(|| fault(high)),
            _ => None,
        },
        _ => None,
    }
}

/// The place of a kept size in the book's list, for sorting.
pub(super) fn size_place(book: &Book, word: &str) -> Option<usize> {
    book.standards().items(ListKind::Size).position(|item| item.key == word)
}

impl Size {
    /// Whether all of it lies on a side of another: what reaches over it is neither more nor less.
    pub(super) fn is_on(self, side: Order, other: Size) -> bool {
        if let (Some(own), Some(other)) = (self.band, other.band) {
            return match side {
                Order::More => own.is_above(other),
                Order::AtLeast => own.is_from(other),
                Order::Less => other.is_above(own),
                Order::AtMost => own.is_up_to(other),
            };
        }
        let (Some(own), Some(other)) = (self.place, other.place) else { return false };
        match side {
            Order::More => own > other,
            Order::AtLeast => own >= other,
            Order::Less => own < other,
            Order::AtMost => own <= other,
        }
    }

    /// Whether it lies within another, as 1000万-5000万 does in 1000万以上.
    pub(super) fn is_within(self, other: Size) -> bool {
        other.band.is_some() && self.is_on(Order::AtLeast, other) && self.is_on(Order::AtMost, other)
    }
}

#[cfg(test)]
mod tests {
    use super::unknown_size;
    use crate::book::Book;
    use crate::book::standards::Standards;
    use crate::query::filter::Filter;

    /// A story: `规模>大` passed nobody, without a word.
    #[test]
    fn a_size_that_nobody_knows_is_pointed_at() {
        let book = Book::new(Standards::shipped());
        let pointed = |text: &str| {
            let fault = unknown_size(&book, &Filter::read(text).unwrap(), text)?;
            Some(fault.pointed(text).1.to_owned())
        };
        assert_eq!(pointed("行业=零售业 且 规模>大"), Some("大".to_owned()));
        assert_eq!(pointed("size between 5M and huge"), Some("huge".to_owned()));
        assert_eq!((pointed("规模>500万"), pointed("规模≥1000万-5000万"), pointed("规模=大")), (None, None, None));
    }
}
