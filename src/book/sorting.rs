//! Rows in the order of a column; what is empty comes last either way, and what is equal goes by its code.

use crate::book::cell::Cell;
use crate::book::find::sort_key;
use crate::book::row::RowText;
use crate::book::{Book, Slot};
use crate::domain::time::Day;
use crate::query::field::Column;
use crate::text::Language;
use std::cmp::Ordering;

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

impl Book {
    /// `slots` sorted by several columns, the first leading; equal rows go by code, then by name.
    pub fn sorted(&self, slots: &[Slot], by: &[Sorting], as_of: Day, language: Language) -> Vec<Slot> {
        // The leading key stands in its place: mostly it is the only one, and is compared most.
        let (leading, others) = by.split_first().map_or((None, by), |(leading, others)| (Some(leading), others));
        let mut keyed: Vec<Keyed> = slots
            .iter()
            .filter_map(|slot| {
                let row = self.row(*slot)?;
                let key = |sorting: &Sorting| key(self.cell(row, sorting.column, as_of, language).cell);
                let code = beginning(row.text(RowText::Code));
                Some((leading.and_then(key), others.iter().map(key).collect(), code, *slot))
            })
            .collect();
        let tie = |slot: &Slot| self.row(*slot).map(|row| (row.text(RowText::Code), row.name()));
        keyed.sort_unstable_by(|(a, more, code, one), (b, other_more, other_code, other)| {
            let pairs = more.iter().zip(other_more).zip(others);
            let order = pairs
                .fold(compare(a, b, leading.is_some_and(|leading| leading.descending)), |order, ((a, b), sorting)| {
                    order.then_with(|| compare(a, b, sorting.descending))
                });
            let order = order.then(code.cmp(other_code));
            order.then_with(|| tie(one).cmp(&tie(other))).then(one.cmp(other))
        });
        keyed.into_iter().map(|(.., slot)| slot).collect()
    }
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

fn key(cell: Cell) -> Option<Key> {
    Some(match cell {
        Cell::Empty => return None,
        Cell::Text(text) => Key::Text(sort_key(&text)),
        Cell::Texts(texts) => Key::Text(sort_key(&texts.join(" "))),
        Cell::Whole(count) => Key::Number(i64::from(count)),
        Cell::Money(money) => Key::Number(money.cents()),
        Cell::Rate(rate) => Key::Number(i64::from(rate.basis_points())),
        Cell::Score(score) => Key::Number(i64::from(score.hundredths())),
        Cell::Day(day) => Key::Number(i64::from(day.number())),
        Cell::Due(due) => Key::Number(i64::from(due.day.number()) * 1440 + i64::from(due.minute.unwrap_or(0))),
        Cell::LifeStage(stage) => Key::Number(i64::from(u8::from(stage))),
        Cell::Level(level) => Key::Number(i64::from(u8::from(level))),
        Cell::Activity(activity) => Key::Number(activity as i64),
    })
}
