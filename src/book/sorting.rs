//! Rows in the order of a column; what is empty comes last either way, and what is equal goes by its code.

use crate::book::cell::Cell;
use crate::book::find::sort_key;
use crate::book::row::{Row, RowText};
use crate::book::sizes::size_place;
use crate::book::{Book, Slot};
use crate::domain::time::Day;
use crate::query::field::Column;
use crate::text::Language;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

/// A column and which way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sorting {
    /// The column.
    pub column: Column,
    /// Largest, latest, last first.
    pub descending: bool,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i64),
    Text(String),
}

/// A row with its leading key, the others, and the beginning of its code: where many rows have the same key, or none, to
/// look at each row for its code would take most of the time.
type Keyed = (Option<Key>, Box<[Option<Key>]>, u128, Slot);

/// Words with what they sort by: of the products and tags that many rows have, each is spelled once.
type Spelled = HashMap<String, String>;

/// `slots` sorted by several columns, the first leading; equal rows go by code, then by name.
pub fn sorted(book: &Book, slots: &[Slot], by: &[Sorting], as_of: Day, language: Language) -> Vec<Slot> {
    let (at, mut spelled) = ((as_of, language), Spelled::new());
    let mut keyed: Vec<Keyed> = slots.iter().filter_map(|slot| keyed(book, *slot, by, at, &mut spelled)).collect();
    keyed.sort_unstable_by(|one, other| first_of(book, one, other, by));
    keyed.into_iter().map(|(.., slot)| slot).collect()
}

/// A row with what it is sorted by.
fn keyed(
    book: &Book,
    slot: Slot,
    by: &[Sorting],
    (as_of, language): (Day, Language),
    spelled: &mut Spelled,
) -> Option<Keyed> {
    let row = book.row(slot)?;
    let mut key = |sorting: &Sorting| {
        let placed = || key(book.cell(row, sorting.column, as_of, language).cell, spelled);
        place_of(book, row, sorting.column).or_else(placed)
    };
    let (leading, others) = by.split_first().map_or((None, by), |(leading, others)| (Some(leading), others));
    let code = beginning(row.text(RowText::Code));
    Some((leading.and_then(&mut key), others.iter().map(&mut key).collect(), code, slot))
}

/// What is sorted by its place among others, and not by its words: sizes, stages, the tiers that are known.
fn place_of(book: &Book, row: &Row, column: Column) -> Option<Key> {
    let place = match column {
        Column::Size => size_place(book, book.symbols().word(row.word(column)))?,
        Column::Stage => {
            let stage = book.symbols().word(row.word(column));
            book.standards().stages().iter().position(|other| other.key == stage)?
        }
        Column::Tier => book.tier_place(row)?,
        _ => return None,
    };
    i64::try_from(place).ok().map(Key::Number)
}

/// Takes rows that have changed out of a sorted list and puts those that belong there in their places.
pub fn put_in_place(
    book: &Book,
    order: &mut Vec<Slot>,
    changed: &[Slot],
    by: &[Sorting],
    at: (Day, Language),
    belongs: impl Fn(&Row) -> bool,
) {
    let gone: HashSet<Slot> = changed.iter().copied().collect();
    order.retain(|slot| !gone.contains(slot));
    let mut spelled = Spelled::new();
    for slot in gone {
        let new = keyed(book, slot, by, at, &mut spelled);
        let Some(new) = new.filter(|_| book.row(slot).is_some_and(&belongs)) else { continue };
        let place = order.partition_point(|other| {
            let other = keyed(book, *other, by, at, &mut spelled);
            other.is_some_and(|other| first_of(book, &other, &new, by) == Ordering::Less)
        });
        order.insert(place, slot);
    }
}

/// Which of two rows with their keys comes first.
fn first_of(
    book: &Book,
    (a, more, code, one): &Keyed,
    (b, other_more, other_code, other): &Keyed,
    by: &[Sorting],
) -> Ordering {
    let descending = |place: usize| by.get(place).is_some_and(|sorting| sorting.descending);
    let rest = (1..).zip(more.iter().zip(other_more));
    let order = rest.fold(compare(a, b, descending(0)), |order, (place, (a, b))| {
        order.then_with(|| compare(a, b, descending(place)))
    });
    let tie = |slot: &Slot| book.row(*slot).map(|row| (row.text(RowText::Code), row.name()));
    let order = order.then(code.cmp(other_code));
    order.then_with(|| tie(one).cmp(&tie(other))).then(one.cmp(other))
}

/// The first bytes of a text, which sort as it does.
fn beginning(text: &str) -> u128 {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(text.bytes()).for_each(|(kept, byte)| *kept = byte);
    u128::from_be_bytes(bytes)
}

fn compare(a: &Option<Key>, b: &Option<Key>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

fn key(cell: Cell, spelled: &mut Spelled) -> Option<Key> {
    Some(match cell {
        Cell::Empty => return None,
        Cell::Text(text) => Key::Text(sort_key(&text)),
        Cell::Texts(texts) => Key::Text(texts.iter().fold(String::new(), |key, text| key + spell(text, spelled))),
        Cell::Whole(count) => Key::Number(i64::from(count)),
        Cell::Money(money) => Key::Number(money.cents()),
        Cell::Rate(rate) => Key::Number(i64::from(rate.basis_points())),
        Cell::Score(score) => Key::Number(i64::from(score.hundredths())),
        Cell::Day(day) => Key::Number(i64::from(day.number())),
        Cell::Due(due) => Key::Number(i64::from(due.day.number()) * 1440 + i64::from(due.minute.unwrap_or(0))),
        Cell::LifeStage(stage) => Key::Number(i64::from(u8::from(stage))),
        Cell::Level(level) => Key::Number(i64::from(u8::from(level))),
        Cell::Activity(activity) => Key::Number(activity as i64),
        Cell::Choice(choice) => Key::Text(sort_key(choice.key())),
    })
}

fn spell<'s>(text: &str, spelled: &'s mut Spelled) -> &'s str {
    if !spelled.contains_key(text) {
        spelled.insert(text.to_owned(), sort_key(text));
    }
    spelled.get(text).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::{Sorting, put_in_place, sorted};
    use crate::book::row::StoredRow;
    use crate::book::standards::Standards;
    use crate::book::{Book, Slot};
    use crate::domain::id::Id;
    use crate::domain::time::{Day, Due};
    use crate::query::field::Column;
    use crate::text::Language;
    use proptest::prelude::*;

    fn put(book: &mut Book, number: u8, due: Option<u8>) {
        let name = format!("客户{number}");
        let row = StoredRow {
            id: Id::of_name(&name),
            name: name.clone().into(),
            next_contact: due.map(|due| Due::on(Day::from_number(i32::from(due)))),
            ..StoredRow::default()
        };
        book.put(row.id, Some(row));
    }

    proptest! {
        #[test]
        fn rows_put_in_place_one_by_one_stand_as_if_all_were_sorted(
            before in prop::collection::vec(prop::option::of(0..9_u8), 1..40),
            changes in prop::collection::vec((0..50_u8, prop::option::of(0..9_u8)), 0..20),
            descending: bool,
        ) {
            let by = [Sorting { column: Column::NextContact, descending }];
            let (today, language) = (Day::from_number(20_000), Language::Zh);
            let mut book = Book::new(Standards::shipped());
            (0..).zip(before).for_each(|(number, due)| put(&mut book, number, due));
            let slots = |book: &Book| book.rows().map(|(slot, _)| slot).collect::<Vec<Slot>>();
            let mut order = sorted(&book, &slots(&book), &by, today, language);
            let revision = book.revision();
            changes.into_iter().for_each(|(number, due)| put(&mut book, number, due));
            let changed = book.changed_since(revision).unwrap();
            put_in_place(&book, &mut order, &changed, &by, (today, language), |_| true);
            prop_assert_eq!(order, sorted(&book, &slots(&book), &by, today, language));
        }
    }
}
