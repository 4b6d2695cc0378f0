//! What a column shows of a row, as a value that list, files and JSON each write in their own way.

use crate::analysis::lifecycle::Activity;
use crate::analysis::queue::Standing;
use crate::book::Book;
use crate::book::beyond::years;
use crate::book::row::{Given, Row, RowText};
use crate::book::symbols::Symbol;
use crate::book::tier_words::tier_shown;
use crate::domain::choice::{Level, LifeStage, ListKind};
use crate::domain::id::Id;
use crate::domain::measure::{Rate, Score};
use crate::domain::money::Money;
use crate::domain::time::{Day, Due};
use crate::query::field::Column;
use crate::query::filter::Choice;
use crate::text::Language;
use crate::text::choices::Said;
use std::borrow::Cow;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing known.
    Empty,
    /// Text.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
    /// A count.
    Whole(u32),
    /// An amount.
    Money(Money),
    /// A share.
    Rate(Rate),
    /// A score.
    Score(Score),
    /// A day.
    Day(Day),
    /// A day with or without a time.
    Due(Due),
    /// A life stage.
    LifeStage(LifeStage),
    /// A level.
    Level(Level),
    /// An activity.
    Activity(Activity),
    /// A choice of another closed list, or yes or no.
    Choice(Choice),
}

impl Cell {
    fn text(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }

    fn some<T>(value: Option<T>, make: impl FnOnce(T) -> Cell) -> Cell {
        value.map_or(Cell::Empty, make)
    }
}

/// A cell, and whether it is a figure given by a table rather than computed from orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What it shows.
    pub cell: Cell,
    /// Given by a table.
    pub given: bool,
}

impl Book {
    /// What `column` shows of `row` as of a day.
    pub fn cell(&self, row: &Row, column: Column, as_of: Day, language: Language) -> Shown {
        let plain = |cell| Shown { cell, given: false };
        let text = |which| plain(Cell::text(row.text(which)));
        let listed = |list, symbol: Symbol| {
            plain(Cell::text(self.standards().shown(list, self.symbols().word(symbol), language)))
        };
        match column {
            Column::Code => text(RowText::Code),
            Column::Name => text(RowText::Name),
            Column::ShortName => text(RowText::ShortName),
            Column::Phone => plain(Cell::text(&phone(row))),
            Column::Conclusion => text(RowText::Conclusion),
            Column::Industry => listed(ListKind::Industry, row.industry),
            Column::Size => listed(ListKind::Size, row.size),
            Column::Region => listed(ListKind::Region, row.region),
            Column::Source => listed(ListKind::Source, row.source),
            Column::Need => listed(ListKind::Need, row.need),
            Column::Owner => plain(Cell::text(self.standards().owner_name(row.owner))),
            Column::Stage => plain(Cell::text(self.standards().stage_shown(self.symbols().word(row.stage), language))),
            Column::Tags if row.tags().next().is_none() => plain(Cell::Empty),
            Column::Tags => plain(Cell::Texts(row.tags().map(|tag| self.symbols().word(tag).to_owned()).collect())),
            Column::NextContact => plain(Cell::some(row.next_contact, Cell::Due)),
            Column::LastContact => plain(Cell::some(row.last_contact, Cell::Day)),
            Column::Satisfaction => satisfaction(row, as_of),
            Column::Tier => match self.tiers().of(row.id) {
                Some(standing) => plain(Cell::text(&tier_shown(self.tiers().name(standing.tier), language))),
                None => given_text(row),
            },
            Column::Segment => match self.tiers().of(row.id).and_then(|standing| standing.segment) {
                Some(segment) => plain(Cell::text(segment.words().say(language))),
                None => plain(Cell::Empty),
            },
            Column::Kind => {
                let kind = row.kind.and_then(|kind| Choice::called(column, kind.key()));
                plain(Cell::some(kind, Cell::Choice))
            }
            Column::Potential => plain(Cell::some(row.heard().and_then(|heard| heard.potential), Cell::Score)),
            Column::ChurnRisk => plain(Cell::Choice(Choice::flag(row.is_at_risk(as_of)))),
            Column::LifeStage | Column::Activity | Column::Loyalty => behaviour_cell(row, column, as_of),
            Column::Product => {
                plain(match self.beyond().map(|beyond| beyond.products.of(row.id)).unwrap_or_default() {
                    products if products.is_empty() => Cell::Empty,
                    products => Cell::Texts(products),
                })
            }
            Column::Age => plain(Cell::some(self.beyond().and_then(|beyond| beyond.age(row.id, as_of)), Cell::Whole)),
            Column::Gender => {
                let gender = self.beyond().and_then(|beyond| beyond.gender(row.id));
                plain(Cell::some(gender.and_then(|gender| Choice::called(column, gender.key())), Cell::Choice))
            }
            Column::YearsOfCooperation => years_of_cooperation(row, as_of),
            _ => purchase_cell(row, column, as_of),
        }
    }
}

impl Book {
    /// Where a customer stands, as far as the queue of a day asks, with the tier its cell shows.
    pub fn standing(&self, row: &Row, as_of: Day) -> Standing {
        let named = || match self.cell(row, Column::Tier, as_of, Language::Zh).cell {
            Cell::Level(level) => Some(level),
            Cell::Text(text) => level_of(&text),
            _ => None,
        };
        Standing { tier: self.graded(row.id).or_else(named), ..row.standing(as_of) }
    }

    /// How much a customer is worth by the tier it was graded into, where that says so.
    pub fn graded(&self, customer: Id) -> Option<Level> {
        match self.tiers().tier_of(customer) {
            "" => None,
            "high" | "core" | "loyal" => Some(Level::High),
            "middle" | "potential" | "promising" | "growing" => Some(Level::Middle),
            "low" | "tail" | "leaving" => Some(Level::Low),
            own => level_of(own),
        }
    }
}

impl Book {
    /// The place of a tier among those it is one of, the worst first; `None` for a tier of the firm's own.
    pub(super) fn tier_place(&self, row: &Row) -> Option<usize> {
        let given = || row.given().map(|given| given.tier).unwrap_or_default();
        let tier = match self.tiers().of(row.id) {
            Some(standing) => self.tiers().name(standing.tier).to_owned(),
            None => given(),
        };
        match tier.as_str() {
            "low" | "tail" | "leaving" | "低" => Some(1),
            "middle" | "potential" | "growing" | "中" => Some(2),
            "high" | "core" | "promising" | "高" => Some(3),
            "loyal" => Some(4),
            _ => None,
        }
    }
}

/// How a tier's word begins, for each level.
const LEVELS: &[(&str, Level)] = &[
    ("高", Level::High),
    ("a", Level::High),
    ("战略", Level::High),
    ("核心", Level::High),
    ("vip", Level::High),
    ("high", Level::High),
    ("top", Level::High),
    ("中", Level::Middle),
    ("b", Level::Middle),
    ("重点", Level::Middle),
    ("潜力", Level::Middle),
    ("mid", Level::Middle),
    ("低", Level::Low),
    ("c", Level::Low),
    ("d", Level::Low),
    ("普通", Level::Low),
    ("长尾", Level::Low),
    ("low", Level::Low),
];

/// How much a customer of this tier is worth, as the tier's own word says.
fn level_of(tier: &str) -> Option<Level> {
    let word = crate::query::field::fold(tier);
    LEVELS.iter().find(|(mark, _)| word.starts_with(mark)).map(|(_, level)| *level)
}

/// The customer's phone, or else that of the first contact who has one.
pub fn phone(row: &Row) -> Cow<'_, str> {
    match row.text(RowText::Phone) {
        "" => row.contacts().phone().map(|phone| Cow::Owned(phone.to_owned())).unwrap_or_default(),
        phone => Cow::Borrowed(phone),
    }
}

/// Years since the first purchase, to a hundredth, cut off: a year is full on its day and not before. Of a given first
/// purchase where no order is known.
fn years_of_cooperation(row: &Row, as_of: Day) -> Shown {
    let first = purchase_cell(row, Column::FirstPurchase, as_of);
    let Cell::Day(day) = first.cell else { return Shown { cell: Cell::Empty, given: false } };
    let full = years(day, as_of).and_then(|years| i32::try_from(years).ok()).unwrap_or_default();
    let begun = day.plus_months(full * 12);
    let length = day.plus_months((full + 1) * 12).days_since(begun).max(1);
    let hundredths = full * 100 + as_of.days_since(begun).max(0) * 100 / length;
    Shown { cell: Cell::Score(Score::from_hundredths(hundredths)), given: first.given }
}

fn given_text(row: &Row) -> Shown {
    let tier = row.given().map_or(String::new(), |given| given.tier);
    Shown { cell: Cell::text(&tier), given: !tier.is_empty() }
}

fn satisfaction(row: &Row, as_of: Day) -> Shown {
    match row.satisfaction(as_of) {
        Some(score) => Shown { cell: Cell::Score(score), given: false },
        None => given(row.given().and_then(|given| given.satisfaction).map(Cell::Score)),
    }
}

fn given(cell: Option<Cell>) -> Shown {
    Shown { given: cell.is_some(), cell: cell.unwrap_or(Cell::Empty) }
}

/// Whether a table says that the customer has bought: orders, or revenue.
fn has_bought(given: &Given) -> bool {
    given.orders.is_some_and(|orders| orders > 0) || given.total.is_some_and(|total| total.cents() > 0)
}

fn behaviour_cell(row: &Row, column: Column, as_of: Day) -> Shown {
    let behaviour = row.behaviour(as_of);
    let from_orders = behaviour.activity.is_some();
    let brought = row.given().filter(|_| !from_orders);
    let computed = |cell: Option<Cell>| Shown { cell: cell.unwrap_or(Cell::Empty), given: false };
    match (column, brought) {
        (Column::LifeStage, _) if row.life_stage.is_some() => computed(row.life_stage.map(Cell::LifeStage)),
        (Column::LifeStage, Some(brought)) if brought.life_stage.is_some() => {
            given(brought.life_stage.map(Cell::LifeStage))
        }
        // It is known to have bought, but not when: no stage can be told from that.
        (Column::LifeStage, Some(brought)) if has_bought(&brought) => computed(None),
        (Column::LifeStage, _) => computed(Some(Cell::LifeStage(behaviour.life_stage))),
        (Column::Activity, Some(brought)) => given(brought.activity.map(Cell::Level)),
        (Column::Activity, None) => computed(behaviour.activity.map(Cell::Activity)),
        (_, Some(brought)) => given(brought.loyalty.map(Cell::Level)),
        (_, None) => computed(behaviour.loyalty.map(Cell::Level)),
    }
}

/// A figure of the customer's orders; a given one stands in while there are none.
fn purchase_cell(row: &Row, column: Column, as_of: Day) -> Shown {
    let sums = row.purchases(as_of);
    if sums.orders == 0
        && let Some(brought) = row.given()
    {
        return given(match column {
            Column::TotalAmount => brought.total.map(Cell::Money),
            Column::OrderValue => brought.order_value.map(Cell::Money),
            Column::Orders => brought.orders.map(Cell::Whole),
            Column::RepurchaseRate => brought.repurchase.map(Cell::Rate),
            Column::FirstPurchase => brought.first_purchase.map(Cell::Day),
            Column::LastPurchase => brought.last_purchase.map(Cell::Day),
            Column::Profit => brought.profit.map(Cell::Money),
            _ => None,
        });
    }
    let cell = match column {
        Column::TotalAmount => Cell::Money(sums.total),
        Column::OrderValue => Cell::some(sums.order_value(), Cell::Money),
        Column::Orders => Cell::Whole(sums.orders),
        Column::RepurchaseRate => Cell::some(sums.repurchase_rate(), Cell::Rate),
        Column::FirstPurchase => Cell::some(sums.first, Cell::Day),
        Column::LastPurchase => Cell::some(sums.last, Cell::Day),
        Column::Profit => Cell::some(sums.profit, Cell::Money),
        _ => Cell::Empty,
    };
    Shown { cell, given: false }
}

#[cfg(test)]
mod tests {
    use super::years_of_cooperation;
    use crate::book::Book;
    use crate::book::cell::Cell;
    use crate::book::row::{Given, StoredRow};
    use crate::book::standards::Standards;
    use crate::domain::id::Id;
    use crate::domain::measure::Score;
    use crate::domain::time::Day;

    /// A story: 364 days were told as 1.00.
    #[test]
    fn a_year_of_cooperation_is_full_on_its_day_and_not_before() {
        let day = |year, month, day| Day::from_ymd(year, month, day).unwrap();
        let years = |first: Day, as_of: Day| {
            let mut book = Book::new(Standards::shipped());
            let given = Given { first_purchase: Some(first), ..Given::default() };
            let id = Id::from_bytes([1; 16]);
            book.put(id, Some(StoredRow { id, given: Some(Box::new(given)), ..StoredRow::default() }));
            match years_of_cooperation(book.row_of(id).unwrap(), as_of).cell {
                Cell::Score(years) => years,
                cell => panic!("{cell:?}"),
            }
        };
        let score = Score::from_hundredths;
        assert_eq!(years(day(2025, 11, 19), day(2026, 11, 18)), score(99));
        assert_eq!(years(day(2025, 11, 19), day(2026, 11, 19)), score(100));
        assert_eq!(years(day(2020, 11, 19), day(2026, 11, 18)), score(599));
        assert_eq!(years(day(2024, 2, 29), day(2026, 2, 28)), score(200));
        assert_eq!(years(day(2026, 11, 19), day(2026, 11, 19)), score(0));
        assert_eq!(years(day(2027, 1, 1), day(2026, 11, 19)), score(0));
    }
}
