//! Customers by their whole names, so that whose name stands at the start of a text is known without going over everybody.

use crate::book::row::{Row, RowText};
use crate::book::{Book, Slot};
use crate::line::cursor::folded;
use crate::line::{Named, longest_of};
use std::iter;

/// The names of all customers as numbers, in order; two names may share a number, so what is found is looked at again.
#[derive(Debug, Default)]
pub(super) struct NameIndex {
    /// The book's revision whose names these are.
    revision: u64,
    numbers: Vec<(u32, Slot)>,
}

/// Changes of the book that an index is kept through: so many rows more are looked at by each question.
const KEPT_THROUGH: u64 = 1_000;

impl NameIndex {
    fn of(book: &Book) -> NameIndex {
        let names = |(slot, row)| names(row).into_iter().filter(|name| !name.is_empty()).map(move |name| (slot, name));
        let number = |(slot, name): (Slot, &str)| (folded(name).into_iter().fold(FIRST, next), slot);
        let mut numbers: Vec<(u32, Slot)> = book.rows().flat_map(names).map(number).collect();
        numbers.sort_unstable();
        NameIndex { revision: book.revision(), numbers }
    }

    /// Whether it is better made anew.
    pub(super) const fn is_old(&self, revision: u64) -> bool {
        revision.abs_diff(self.revision) > KEPT_THROUGH
    }

    /// The customers of whom a name may be the beginning of a folded text.
    fn beginning(&self, text: &[char]) -> impl Iterator<Item = Slot> {
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

/// What a customer goes by.
fn names(row: &Row) -> [&str; 3] {
    [row.text(RowText::Name), row.text(RowText::ShortName), row.text(RowText::Code)]
}

impl Book {
    /// Makes the index of names now, where it is not there: it takes some 40 ms for 100,000 customers.
    pub fn index_names(&self) {
        self.names.get_or_init(|| NameIndex::of(self));
    }

    /// The customer whose name, short name or code is the longest that `text` begins with; the one put last of two alike.
    pub fn named_at_start(&self, text: &str) -> Option<Named> {
        let text = folded(text);
        let found = self.who_may_be_named(&text).filter_map(|slot| {
            let row = self.row(slot)?;
            let (_, chars) = longest_of(names(row), &text)?;
            Some((chars, slot, row.id))
        });
        found.max().map(|(chars, _, id)| Named { id, chars })
    }

    /// The customers to be looked at: those the index gives and those changed since it was made, or else everybody.
    fn who_may_be_named(&self, text: &[char]) -> Box<dyn Iterator<Item = Slot> + '_> {
        let index = self.names.get_or_init(|| NameIndex::of(self));
        let known = index.revision <= self.revision();
        match known.then(|| self.changed_since(index.revision)).flatten() {
            Some(changed) => Box::new(index.beginning(text).collect::<Vec<_>>().into_iter().chain(changed)),
            None => Box::new(iter::empty().chain(self.rows().map(|(slot, _)| slot))),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::book::Book;
    use crate::book::row::StoredRow;
    use crate::book::standards::Standards;
    use crate::domain::id::Id;
    use crate::line::cursor::folded;
    use proptest::prelude::*;
    use std::borrow::Cow;

    fn put(book: &mut Book, name: &str, short: &str, code: &str) -> Id {
        let id = Id::of_name(code);
        let text = |text: &str| Cow::Owned(text.to_owned());
        let row = StoredRow { id, name: text(name), short_name: text(short), code: text(code), ..StoredRow::default() };
        book.put(id, Some(row));
        id
    }

    fn book_of(customers: usize) -> Book {
        let mut book = Book::new(Standards::shipped());
        for number in 0..customers {
            put(&mut book, &format!("义乌百盛{number}汽车"), &format!("百盛{number}"), &format!("C{number:06}"));
        }
        book
    }

    #[test]
    fn of_thousands_of_customers_only_those_are_looked_at_whose_name_may_stand_there() {
        let book = book_of(5_000);
        for text in ["义乌百盛42汽车 谈报价", "百盛42 谈", "c000042", "义乌", "百盛", "谁也不是"] {
            assert!(book.who_may_be_named(&folded(text)).count() <= 2, "{text}");
        }
        let found = book.named_at_start("义乌百盛42汽车 谈报价").unwrap();
        assert_eq!((found.id, found.chars), (Id::of_name("C000042"), 8));
    }

    #[test]
    fn a_customer_put_changed_or_taken_out_since_is_known_as_it_is_now() {
        let mut book = book_of(10);
        book.index_names();
        let new = put(&mut book, "新星电子", "", "N1");
        assert_eq!(book.named_at_start("新星电子 谈").map(|named| named.id), Some(new));
        put(&mut book, "新星电器", "", "N1");
        assert_eq!(book.named_at_start("新星电子 谈"), None);
        assert_eq!(book.named_at_start("新星电器").map(|named| named.id), Some(new));
        book.put(new, None);
        assert_eq!(book.named_at_start("新星电器"), None);
    }

    #[test]
    fn an_index_left_behind_by_many_changes_is_made_anew() {
        let mut book = book_of(3);
        book.index_names();
        for number in 0..super::KEPT_THROUGH + 2 {
            put(&mut book, &format!("新客户{number}号"), "", &format!("N{number}"));
        }
        assert!(book.who_may_be_named(&folded("新客户7号")).count() <= 2);
        assert!(book.named_at_start("新客户7号 谈").is_some());
    }

    proptest! {
        #[test]
        fn who_is_found_is_who_is_found_by_going_over_everybody(
            names in prop::collection::vec("[甲乙aAＡ ]{0,3}", 1..12), text in "[甲乙aA ]{0,6}", late in 0usize..12
        ) {
            let mut book = Book::new(Standards::shipped());
            for (number, name) in names.iter().enumerate() {
                if number == late {
                    book.index_names();
                }
                put(&mut book, name, "", &format!("Z{number}"));
            }
            let all = book.rows().filter_map(|(slot, row)| {
                let (_, chars) = crate::line::longest_name(super::names(row), &text)?;
                Some((chars, slot, row.id))
            });
            let expected = all.max().map(|(chars, _, id)| (id, chars));
            prop_assert_eq!(book.named_at_start(&text).map(|named| (named.id, named.chars)), expected);
        }
    }
}
