//! Customers counted by what a column holds, and a column summed over many.

use crate::book::banding::band_of;
use crate::book::beyond::is_gathered;
use crate::book::cell::Cell;
use crate::book::row::Row;
use crate::book::{Book, Slot};
use crate::domain::measure::{Rate, Score};
use crate::domain::money::{Money, round_div};
use crate::domain::time::Day;
use crate::query::field::{Column, FieldType};
use crate::query::filter::{Check, Choice, Filter, Period, Value};
use crate::text::Language;
use crate::text::choices::Said;
use std::collections::HashMap;

/// Customers that have one thing in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they have in common, as it is shown; empty where nothing is known.
    pub name: String,
    /// The filter that lets just these through.
    pub filter: Filter,
    /// How many.
    pub count: usize,
    /// What they bought in all.
    pub total: Money,
    /// Its place where groups have an order of their own: the latest month and the highest band first.
    place: i64,
}

/// A column over many customers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summed {
    /// Customers.
    pub count: usize,
    /// Of whom the column is known.
    pub known: usize,
    /// The sum, where one makes sense.
    pub sum: Option<Cell>,
    /// The mean of those known.
    pub mean: Option<Cell>,
}

/// Whether customers can be counted by a column: not by what each has alone.
pub fn can_group(column: Column) -> bool {
    column.field().holds != FieldType::Text || matches!(column, Column::Tier | Column::Segment)
}

/// Whether customers can be split among people by a column: it holds words or days that many share.
pub fn can_split(column: Column) -> bool {
    let at_hand = can_group(column) && column != Column::Segment && !is_gathered(column);
    at_hand && !column.field().holds.is_number()
}

/// The groups of some rows, the largest first, months and bands in their order, the unknown last. Whoever has several
/// tags is in several groups.
pub fn groups(book: &Book, slots: &[Slot], column: Column, as_of: Day, language: Language) -> Vec<Group> {
    let mut groups: HashMap<String, Group> = HashMap::new();
    for row in slots.iter().filter_map(|slot| book.row(*slot)) {
        let total = match book.cell(row, Column::TotalAmount, as_of, language).cell {
            Cell::Money(money) => money,
            _ => Money::ZERO,
        };
        for (name, filter, place) in belongings(book, row, column, as_of, language) {
            let group = groups.entry(name.clone()).or_insert_with(|| Group {
                name,
                filter,
                count: 0,
                total: Money::ZERO,
                place,
            });
            group.count += 1;
            group.total += total;
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by(|a, b| {
        let key = |group: &Group| (group.name.is_empty(), group.place, std::cmp::Reverse(group.count));
        key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name))
    });
    groups
}

/// The group a row is in, the first where it is in several; empty where nothing is known.
pub fn group_of(book: &Book, row: &Row, column: Column, as_of: Day, language: Language) -> String {
    let first = belongings(book, row, column, as_of, language).into_iter().next();
    first.map(|(name, ..)| name).unwrap_or_default()
}

/// The groups a row is in, by what the column shows, each with its filter.
fn belongings(book: &Book, row: &Row, column: Column, as_of: Day, language: Language) -> Vec<(String, Filter, i64)> {
    let is = |value: Value| Filter::test(column, Check::Is(vec![value]));
    let word = |text: String| (text.clone(), is(Value::Word(text)), 0);
    let choice = |shown: &str, key: &str| {
        let filter = Choice::called(column, key).map(|choice| is(Value::Choice(choice)));
        (shown.to_owned(), filter.unwrap_or_else(|| is(Value::Word(shown.to_owned()))), 0)
    };
    let month = |day: Day| {
        let month = day.month();
        let place = -(i64::from(month.year()) * 12 + i64::from(month.number()));
        (format!("{}-{:02}", month.year(), month.number()), is(Value::Period(Period::Month(month))), place)
    };
    let cell = book.cell(row, column, as_of, language).cell;
    if let Some(band) = number(&cell).and_then(|number| band_of(column, number, language)) {
        return vec![(band.name, band.filter, band.place)];
    }
    match cell {
        Cell::Text(text) => vec![word(text)],
        Cell::Texts(texts) => texts.into_iter().map(word).collect(),
        Cell::Day(day) => vec![month(day)],
        Cell::Due(due) => vec![month(due.day)],
        Cell::LifeStage(stage) => vec![choice(stage.words().say(language), stage.key())],
        Cell::Level(level) => vec![choice(level.words().say(language), level.key())],
        Cell::Activity(activity) => {
            let called = Choice::called(column, activity.key());
            vec![choice(called.map_or(activity.key(), |choice| choice.say(language)), activity.key())]
        }
        Cell::Choice(chosen) => vec![(chosen.say(language).to_owned(), is(Value::Choice(chosen)), 0)],
        _ => vec![(String::new(), Filter::test(column, Check::Empty), 0)],
    }
}

/// A column of some rows summed up; a share or a score has a mean only.
pub fn summed(book: &Book, slots: &[Slot], column: Column, as_of: Day) -> Summed {
    let (mut summed, mut sum) = (Summed { count: slots.len(), ..Summed::default() }, 0_i128);
    for row in slots.iter().filter_map(|slot| book.row(*slot)) {
        let Some(number) = number(&book.cell(row, column, as_of, Language::En).cell) else { continue };
        sum += i128::from(number);
        summed.known += 1;
    }
    if summed.known == 0 {
        return summed;
    }
    let mean = round_div(sum, summed.known as i128);
    let small = |value: i128| i32::try_from(value).unwrap_or(i32::MAX);
    let (sum, mean) = match column.field().holds {
        FieldType::Money => (Some(Cell::Money(Money::from_wide(sum))), Some(Cell::Money(Money::from_wide(mean)))),
        FieldType::Rate => (None, Some(Cell::Rate(Rate::from_basis_points(small(mean))))),
        // Years of one customer and another make years in all; opinions do not.
        FieldType::Quantity => {
            let score = |value| Some(Cell::Score(Score::from_hundredths(small(value))));
            (score(sum), score(mean))
        }
        FieldType::Score => (None, Some(Cell::Score(Score::from_hundredths(small(mean))))),
        _ => {
            // A mean of counts is told to a hundredth, as a score is.
            let hundredths = round_div(sum.saturating_mul(100), summed.known as i128);
            let sum = Cell::Whole(u32::try_from(sum).unwrap_or(u32::MAX));
            (Some(sum), Some(Cell::Score(Score::from_hundredths(small(hundredths)))))
        }
    };
    (summed.sum, summed.mean) = (sum, mean);
    summed
}

/// A cell as a whole number in its smallest unit.
fn number(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Whole(count) => Some(i64::from(*count)),
        Cell::Money(money) => Some(money.cents()),
        Cell::Rate(rate) => Some(i64::from(rate.basis_points())),
        Cell::Score(score) => Some(i64::from(score.hundredths())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{can_group, groups, number, summed};
    use crate::book::banding::band_of;
    use crate::book::row::StoredRow;
    use crate::book::standards::Standards;
    use crate::book::values::Values;
    use crate::book::{Book, Slot};
    use crate::domain::customer::Customer;
    use crate::domain::id::Id;
    use crate::domain::measure::{Rate, Score};
    use crate::domain::money::Money;
    use crate::domain::time::Day;
    use crate::query::field::{Column, columns};
    use crate::text::Language;

    fn today() -> Day {
        Day::from_ymd(2026, 11, 19).unwrap()
    }

    /// Two customers of two years each.
    fn book() -> Book {
        let mut book = Book::new(Standards::shipped());
        for number in [1, 2] {
            let id = Id::from_bytes([number; 16]);
            let customer = Customer {
                given_total: Some(Money::from_units(3_000)),
                given_order_value: Some(Money::from_units(1_500)),
                given_orders: Some(2),
                given_repurchase: Some(Rate::from_basis_points(5_000)),
                given_satisfaction: Some(Score::from_hundredths(450)),
                given_first_purchase: Day::from_ymd(2024, 11, 19),
                given_profit: Some(Money::from_units(700)),
                ..Customer::default()
            };
            let values = Values::of_customer(&customer).into();
            book.put(id, Some(StoredRow { id, values, ..StoredRow::default() }));
        }
        book
    }

    /// A story: two customers of 2.00 years each had “400” in all.
    #[test]
    fn what_is_summed_up_is_the_sum_of_what_the_cells_show() {
        let book = book();
        let slots: Vec<Slot> = book.rows().map(|(slot, _)| slot).collect();
        for column in columns().filter(|field| field.holds.is_number()).filter_map(|field| Some(field.column?.0)) {
            let cells: Vec<_> =
                book.rows().map(|(_, row)| book.cell(row, column, today(), Language::En).cell).collect();
            let sums = summed(&book, &slots, column, today());
            let Some(sum) = sums.sum else { continue };
            let kind = std::mem::discriminant(&sum);
            assert!(cells.iter().all(|cell| std::mem::discriminant(cell) == kind), "{column:?}: {sum:?} of {cells:?}");
            assert_eq!(number(&sum), Some(cells.iter().filter_map(number).sum()), "{column:?}");
        }
        let years = summed(&book, &slots, Column::YearsOfCooperation, today());
        assert_eq!((number(&years.sum.unwrap()), number(&years.mean.unwrap())), (Some(400), Some(200)));
    }

    /// A story: customers could be grouped by years of cooperation, and were all in the group of the unknown.
    #[test]
    fn every_figure_that_groups_customers_parts_them_in_bands() {
        let figures = columns().filter(|field| field.holds.is_number()).filter_map(|field| Some(field.column?.0));
        for column in figures.filter(|column| can_group(*column)) {
            assert!(band_of(column, 200, Language::En).is_some(), "{column:?}");
        }
        let slots: Vec<Slot> = book().rows().map(|(slot, _)| slot).collect();
        let groups = groups(&book(), &slots, Column::YearsOfCooperation, today(), Language::En);
        assert_eq!(groups.iter().map(|group| (group.name.as_str(), group.count)).collect::<Vec<_>>(), [("1–3", 2)]);
        assert_eq!(band_of(Column::Age, 17, Language::En).unwrap().name, "< 18");
        assert_eq!(band_of(Column::Age, 34, Language::En).unwrap().name, "25–34");
    }
}
