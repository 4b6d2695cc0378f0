//! What of a customer's fields a row keeps for nothing but its columns, packed one behind the other.

use crate::book::cell::Cell;
use crate::book::packed::bounded;
use crate::book::row_layout::is_value;
use crate::domain::choice::{Level, LifeStage};
use crate::domain::customer::Customer;
use crate::domain::fields::Fields;
use crate::domain::id::Id;
use crate::domain::measure::{Rate, Score};
use crate::domain::money::Money;
use crate::domain::time::Day;
use crate::domain::value::Value;
use crate::query::closed_list::ClosedList;
use crate::query::field::{Column, FieldType};
use crate::query::filter::Choice;
use crate::store::codec::{Reader, put_number};
use std::sync::LazyLock;

/// The columns that are kept so, with the numbers of the record's fields.
static KEPT: LazyLock<Vec<(Column, u16)>> = LazyLock::new(|| {
    let columns = Column::ALL.iter().copied().filter(|column| is_value(*column));
    columns.filter_map(|column| Some((column, column.field().number()?))).collect()
});

/// Whether bytes follow the column, and no number.
const BYTES: u64 = 1;

/// The values of a row: each with its column in front, empty ones left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Values<'a>(&'a [u8]);

/// One value as it is packed.
#[derive(Clone, Copy)]
enum Packed<'a> {
    Number(i64),
    Bytes(&'a [u8]),
}

impl<'a> Values<'a> {
    /// Values from their packed bytes.
    pub const fn of(bytes: &'a [u8]) -> Values<'a> {
        Values(bytes)
    }

    /// Packs the fields of a customer that its row keeps.
    pub fn of_customer(customer: &Customer) -> Vec<u8> {
        Values::pack(KEPT.iter().map(|(column, number)| (*column, customer.get(*number).unwrap_or_default())))
    }

    /// Packs values, each with its column.
    pub fn pack(values: impl IntoIterator<Item = (Column, Value)>) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (column, value) in values {
            let head = (column as u64) << 1;
            if let Some(number) = number_of(&value) {
                put_number(head, &mut bytes);
                put_number(((number << 1) ^ (number >> 63)) as u64, &mut bytes);
            } else if let Some(packed) = bytes_of(&value) {
                put_number(head | BYTES, &mut bytes);
                put_number(packed.len() as u64, &mut bytes);
                bytes.extend(packed);
            }
        }
        bytes
    }

    fn iter(self) -> impl Iterator<Item = (u64, Packed<'a>)> {
        let mut reader = Reader::of(self.0);
        std::iter::from_fn(move || {
            let head = reader.number().ok()?;
            let packed = match head & BYTES {
                0 => reader.number().map(|number| Packed::Number((number >> 1) as i64 ^ -((number & 1) as i64))),
                _ => reader.block().map(Packed::Bytes),
            };
            Some((head >> 1, packed.ok()?))
        })
    }

    fn get(self, column: Column) -> Option<Packed<'a>> {
        self.iter().find(|(own, _)| *own == column as u64).map(|(_, packed)| packed)
    }

    /// A column's value in its smallest unit, or its number in a closed list.
    pub fn number(self, column: Column) -> Option<i64> {
        match self.get(column)? {
            Packed::Number(number) => Some(number),
            Packed::Bytes(_) => None,
        }
    }

    /// A column's text; empty where nothing is known.
    pub fn text(self, column: Column) -> &'a str {
        match self.get(column) {
            Some(Packed::Bytes(bytes)) => std::str::from_utf8(bytes).unwrap_or(""),
            _ => "",
        }
    }

    /// The record that a column names.
    pub fn link(self, column: Column) -> Option<Id> {
        match self.get(column)? {
            Packed::Bytes(bytes) => bytes.try_into().ok().map(Id::from_bytes),
            Packed::Number(_) => None,
        }
    }

    /// A column's amount.
    pub fn money(self, column: Column) -> Option<Money> {
        self.number(column).map(Money::from_cents)
    }

    /// A column's count.
    pub fn whole(self, column: Column) -> Option<u32> {
        u32::try_from(self.number(column)?).ok()
    }

    /// A column's score.
    pub fn score(self, column: Column) -> Option<Score> {
        Some(Score::from_hundredths(i32::try_from(self.number(column)?).ok()?))
    }

    /// A column's day.
    pub fn day(self, column: Column) -> Option<Day> {
        Some(Day::from_number(i32::try_from(self.number(column)?).ok()?))
    }

    /// Whether a table brought any figure that stands in for orders.
    pub fn are_given(self) -> bool {
        let is_given = |column: &Column| column.field().stores.is_some_and(|stores| stores.starts_with("given_"));
        self.iter().any(|(column, _)| Column::ALL.get(column as usize).is_some_and(is_given))
    }

    /// What a column shows of its value; nothing of another record, whose name only the book knows.
    pub fn cell(self, column: Column) -> Cell {
        let holds = column.field().holds;
        match holds {
            FieldType::Text | FieldType::List(_) | FieldType::Stage => Cell::text(self.text(column)),
            FieldType::Texts => match self.text(column) {
                "" => Cell::Empty,
                texts => Cell::Texts(texts.lines().map(str::to_owned).collect()),
            },
            FieldType::Link(_) => Cell::Empty,
            _ => self.number(column).and_then(|number| figure(column, holds, number)).unwrap_or(Cell::Empty),
        }
    }
}

/// A number as what its column holds.
fn figure(column: Column, holds: FieldType, number: i64) -> Option<Cell> {
    let small = || i32::try_from(number).ok();
    Some(match holds {
        FieldType::Money | FieldType::Price => Cell::Money(Money::from_cents(number)),
        FieldType::Whole => Cell::Whole(u32::try_from(number).ok()?),
        // Kept in thousandths, and shown to a hundredth as a score is.
        FieldType::Quantity => Cell::Score(Score::from_hundredths(i32::try_from(number / 10).ok()?)),
        FieldType::Rate => Cell::Rate(Rate::from_basis_points(small()?)),
        FieldType::Score => Cell::Score(Score::from_hundredths(small()?)),
        FieldType::Day | FieldType::Moment => Cell::Day(Day::from_number(small()?)),
        FieldType::Flag => Cell::Choice(Choice::flag(number != 0)),
        FieldType::Choice(list) => {
            let number = u8::try_from(number).ok()?;
            match list {
                ClosedList::LifeStage => Cell::LifeStage(LifeStage::try_from(number).ok()?),
                ClosedList::Level | ClosedList::Activity => Cell::Level(Level::try_from(number).ok()?),
                list => Cell::Choice(Choice::keyed(column, list.key(number)?)?),
            }
        }
        FieldType::Text | FieldType::Texts | FieldType::List(_) | FieldType::Stage | FieldType::Link(_) => return None,
    })
}

/// A value as a number in its smallest unit; a moment as its day.
fn number_of(value: &Value) -> Option<i64> {
    Some(match value {
        Value::Whole(whole) => i64::from(*whole),
        Value::Flag(flag) => i64::from(*flag),
        Value::Choice(choice) => i64::from(*choice),
        Value::Day(day) => i64::from(day.number()),
        Value::Moment(moment) => i64::from(moment.day().number()),
        Value::Due(due) => i64::from(due.day.number()),
        Value::Money(money) => money.cents(),
        Value::Rate(rate) => i64::from(rate.basis_points()),
        Value::Score(score) => i64::from(score.hundredths()),
        _ => return None,
    })
}

/// A value that is no number, as bytes; several texts one a line.
fn bytes_of(value: &Value) -> Option<Vec<u8>> {
    match value {
        Value::Text(text) => Some(bounded(text).as_bytes().to_vec()),
        Value::Texts(texts) => Some(bounded(&texts.join("\n")).as_bytes().to_vec()),
        Value::Link(id) => Some(id.bytes().to_vec()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Values;
    use crate::book::cell::Cell;
    use crate::domain::choice::Level;
    use crate::domain::customer::Customer;
    use crate::domain::measure::Score;
    use crate::domain::money::Money;
    use crate::domain::time::Day;
    use crate::query::field::Column;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_a_customer_has_in_a_column_comes_out_of_the_row_again(
            total in prop::option::of(any::<i64>()), orders in prop::option::of(any::<u32>()), tier in "\\PC{0,9}",
            potential in prop::option::of(any::<i32>()), first in prop::option::of(-40_000..40_000_i32),
        ) {
            let customer = Customer {
                given_total: total.map(Money::from_cents),
                given_orders: orders,
                given_tier: tier.clone(),
                given_first_purchase: first.map(Day::from_number),
                given_loyalty: Some(Level::Middle),
                potential: potential.map(Score::from_hundredths),
                ..Customer::default()
            };
            let packed = Values::of_customer(&customer);
            let values = Values::of(&packed);
            let cell = |value: Option<Cell>| value.unwrap_or(Cell::Empty);
            prop_assert_eq!(values.cell(Column::TotalAmount), cell(customer.given_total.map(Cell::Money)));
            prop_assert_eq!(values.cell(Column::Orders), cell(orders.map(Cell::Whole)));
            prop_assert_eq!(values.text(Column::Tier), tier);
            prop_assert_eq!(values.day(Column::FirstPurchase), customer.given_first_purchase);
            prop_assert_eq!(values.cell(Column::Loyalty), Cell::Level(Level::Middle));
            prop_assert_eq!(values.cell(Column::Potential), cell(customer.potential.map(Cell::Score)));
            prop_assert!(values.are_given());
        }

        #[test]
        fn damaged_bytes_hold_nothing_and_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            for column in Column::ALL {
                let _ = Values::of(&bytes).cell(*column);
            }
        }
    }

    #[test]
    fn a_potential_alone_is_no_figure_given_by_a_table() {
        let customer = Customer { potential: Some(Score::from_hundredths(50)), ..Customer::default() };
        assert!(!Values::of(&Values::of_customer(&customer)).are_given());
    }
}
