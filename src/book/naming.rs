//! Whose name stands at the start of a text.

use crate::book::name_index::NameIndex;
use crate::book::row::{Row, RowText};
use crate::book::{Book, Slot};
use crate::line::{Named, longest_of};
use crate::parse::fold::folded;
use std::iter;

/// What a customer goes by.
fn names(row: &Row) -> [&str; 3] {
    [row.text(RowText::Name), row.text(RowText::ShortName), row.text(RowText::Code)]
}

/// Makes the index of names now, where it is not there: it takes some 40 ms for 100,000 customers.
pub fn index_names(book: &Book) {
    book.names.get_or_init(|| NameIndex::of(book.rows().map(|(slot, row)| (slot, names(row))), book.revision()));
}

/// The customer whose name, short name or code is the longest that `text` begins with; the one put last of two alike.
pub fn named_at_start(book: &Book, text: &str) -> Option<Named> {
    let text = folded(text);
    let found = who_may_be_named(book, &text).filter_map(|slot| {
        let row = book.row(slot)?;
        let (_, chars) = longest_of(names(row), &text)?;
        Some((chars, slot, row.id))
    });
    found.max().map(|(chars, _, id)| Named { id, chars })
}

/// The customers to be looked at: those the index gives and those changed since it was made, or else everybody.
fn who_may_be_named<'a>(book: &'a Book, text: &[char]) -> Box<dyn Iterator<Item = Slot> + 'a> {
    let index =
        book.names.get_or_init(|| NameIndex::of(book.rows().map(|(slot, row)| (slot, names(row))), book.revision()));
    let known = index.revision <= book.revision();
    match known.then(|| book.changed_since(index.revision)).flatten() {
        Some(changed) => Box::new(index.beginning(text).collect::<Vec<_>>().into_iter().chain(changed)),
        None => Box::new(iter::empty().chain(book.rows().map(|(slot, _)| slot))),
    }
}

#[cfg(test)]
mod tests {
    use super::{index_names, named_at_start, who_may_be_named};
    use crate::book::Book;
    use crate::book::row::StoredRow;
    use crate::book::standards::Standards;
    use crate::domain::id::Id;
    use crate::parse::fold::folded;
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
            assert!(who_may_be_named(&book, &folded(text)).count() <= 2, "{text}");
        }
        let found = named_at_start(&book, "义乌百盛42汽车 谈报价").unwrap();
        assert_eq!((found.id, found.chars), (Id::of_name("C000042"), 8));
    }

    #[test]
    fn a_customer_put_changed_or_taken_out_since_is_known_as_it_is_now() {
        let mut book = book_of(10);
        index_names(&book);
        let new = put(&mut book, "新星电子", "", "N1");
        assert_eq!(named_at_start(&book, "新星电子 谈").map(|named| named.id), Some(new));
        put(&mut book, "新星电器", "", "N1");
        assert_eq!(named_at_start(&book, "新星电子 谈"), None);
        assert_eq!(named_at_start(&book, "新星电器").map(|named| named.id), Some(new));
        book.put(new, None);
        assert_eq!(named_at_start(&book, "新星电器"), None);
    }

    #[test]
    fn an_index_left_behind_by_many_changes_is_made_anew() {
        let mut book = book_of(3);
        index_names(&book);
        for number in 0..crate::book::name_index::KEPT_THROUGH + 2 {
            put(&mut book, &format!("新客户{number}号"), "", &format!("N{number}"));
        }
        assert!(who_may_be_named(&book, &folded("新客户7号")).count() <= 2);
        assert!(named_at_start(&book, "新客户7号 谈").is_some());
    }

    proptest! {
        #[test]
        fn who_is_found_is_who_is_found_by_going_over_everybody(
            names in prop::collection::vec("[甲乙aAＡ ]{0,3}", 1..12), text in "[甲乙aA ]{0,6}", late in 0usize..12
        ) {
            let mut book = Book::new(Standards::shipped());
            for (number, name) in names.iter().enumerate() {
                if number == late {
                    index_names(&book);
                }
                put(&mut book, name, "", &format!("Z{number}"));
            }
            let all = book.rows().filter_map(|(slot, row)| {
                let (_, chars) = crate::line::longest_name(super::names(row), &text)?;
                Some((chars, slot, row.id))
            });
            let expected = all.max().map(|(chars, _, id)| (id, chars));
            prop_assert_eq!(named_at_start(&book, &text).map(|named| (named.id, named.chars)), expected);
        }
    }
}
