//! What each column shows of a row: what is worked out has its line here, what is stored is shown as the table says.

use crate::analysis::queue::Standing;
use crate::book::Book;
use crate::book::beyond::years;
use crate::book::cell::{Cell, Shown};
use crate::book::row::{Row, RowText};
use crate::book::tier_words::tier_shown;
use crate::book::values::Values;
use crate::domain::choice::Level;
use crate::domain::id::Id;
use crate::domain::measure::Score;
use crate::domain::record::Kind;
use crate::domain::time::Day;
use crate::query::field::{Column, FieldType};
use crate::query::filter::Choice;
use crate::text::Language;
use crate::text::choices::Said;
use std::borrow::Cow;

impl Book {
    /// What `column` shows of `row` as of a day.
    pub fn cell(&self, row: &Row, column: Column, as_of: Day, language: Language) -> Shown {
        let text = |which| Cell::text(row.text(which));
        Shown::known(match column {
            Column::Code => text(RowText::Code),
            Column::Name => text(RowText::Name),
            Column::ShortName => text(RowText::ShortName),
            Column::Phone => Cell::text(&phone(row)),
            Column::Conclusion => text(RowText::Conclusion),
            Column::Owner => Cell::text(self.standards().owner_name(row.owner)),
            Column::Tags if row.tags().next().is_none() => Cell::Empty,
            Column::Tags => Cell::Texts(row.tags().map(|tag| self.symbols().word(tag).to_owned()).collect()),
            Column::NextContact => Cell::some(row.next_contact, Cell::Due),
            Column::LastContact => Cell::some(row.last_contact, Cell::Day),
            Column::Kind => {
                let kind = row.kind.and_then(|kind| Choice::keyed(column, kind.key()));
                Cell::some(kind, Cell::Choice)
            }
            Column::Segment => {
                let segment = self.tiers().of(row.id).and_then(|standing| standing.segment);
                Cell::some(segment, |segment| Cell::text(segment.words().say(language)))
            }
            Column::ChurnRisk => Cell::Choice(Choice::flag(row.is_at_risk(as_of))),
            Column::Product => match self.beyond().map(|beyond| beyond.products.of(row.id)).unwrap_or_default() {
                products if products.is_empty() => Cell::Empty,
                products => Cell::Texts(products),
            },
            Column::Age => Cell::some(self.beyond().and_then(|beyond| beyond.age(row.id, as_of)), Cell::Whole),
            Column::Gender => {
                let gender = self.beyond().and_then(|beyond| beyond.gender(row.id));
                Cell::some(gender.and_then(|gender| Choice::keyed(column, gender.key())), Cell::Choice)
            }
            Column::Tier => match self.tiers().of(row.id) {
                Some(standing) => Cell::text(&tier_shown(self.tiers().name(standing.tier), language)),
                None => return Shown::given(row.values().cell(column)),
            },
            Column::Satisfaction => match row.satisfaction(as_of) {
                Some(score) => Cell::Score(score),
                None => return Shown::given(row.values().cell(column)),
            },
            Column::LifeStage | Column::Activity | Column::Loyalty => return behaviour_cell(row, column, as_of),
            Column::TotalAmount
            | Column::OrderValue
            | Column::Orders
            | Column::RepurchaseRate
            | Column::FirstPurchase
            | Column::LastPurchase
            | Column::Profit => return purchase_cell(row, column, as_of),
            Column::YearsOfCooperation => return years_of_cooperation(row, as_of),
            _ => self.stored_cell(row, column, language),
        })
    }

    /// What a column shows that is stored and nothing else.
    fn stored_cell(&self, row: &Row, column: Column, language: Language) -> Cell {
        let word = || self.symbols().word(row.word(column));
        match column.field().holds {
            FieldType::List(list) => Cell::text(self.standards().shown(list, word(), language)),
            FieldType::Stage => Cell::text(self.standards().stage_shown(word(), language)),
            FieldType::Link(kind) => match row.values().link(column) {
                Some(id) if kind == Kind::Customer => Cell::some(self.row_of(id), |row| Cell::text(row.name())),
                id => Cell::text(self.standards().owner_name(id)),
            },
            _ => row.values().cell(column),
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
        let tier = match self.tiers().of(row.id) {
            Some(standing) => self.tiers().name(standing.tier),
            None => row.values().text(Column::Tier),
        };
        match tier {
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
    let Cell::Day(day) = first.cell else { return Shown::known(Cell::Empty) };
    let full = years(day, as_of).and_then(|years| i32::try_from(years).ok()).unwrap_or_default();
    let begun = day.plus_months(full * 12);
    let length = day.plus_months((full + 1) * 12).days_since(begun).max(1);
    let hundredths = full * 100 + as_of.days_since(begun).max(0) * 100 / length;
    Shown { cell: Cell::Score(Score::from_hundredths(hundredths)), given: first.given }
}

/// Whether a table says that the customer has bought: orders, or revenue.
fn has_bought(given: Values<'_>) -> bool {
    given.whole(Column::Orders).is_some_and(|orders| orders > 0)
        || given.money(Column::TotalAmount).is_some_and(|total| total.cents() > 0)
}

fn behaviour_cell(row: &Row, column: Column, as_of: Day) -> Shown {
    let behaviour = row.behaviour(as_of);
    let brought = Some(row.values()).filter(|values| behaviour.activity.is_none() && values.are_given());
    match (column, brought) {
        (Column::LifeStage, _) if row.life_stage.is_some() => Shown::known(Cell::some(row.life_stage, Cell::LifeStage)),
        (Column::LifeStage, Some(brought)) if brought.number(column).is_some() => Shown::given(brought.cell(column)),
        // It is known to have bought, but not when: no stage can be told from that.
        (Column::LifeStage, Some(brought)) if has_bought(brought) => Shown::known(Cell::Empty),
        (Column::LifeStage, _) => Shown::known(Cell::LifeStage(behaviour.life_stage)),
        (_, Some(brought)) => Shown::given(brought.cell(column)),
        (Column::Activity, None) => Shown::known(Cell::some(behaviour.activity, Cell::Activity)),
        (_, None) => Shown::known(Cell::some(behaviour.loyalty, Cell::Level)),
    }
}

/// A figure of the customer's orders; a given one stands in while there are none.
fn purchase_cell(row: &Row, column: Column, as_of: Day) -> Shown {
    let sums = row.purchases(as_of);
    if sums.orders == 0 && row.values().are_given() {
        return Shown::given(row.values().cell(column));
    }
    Shown::known(match column {
        Column::TotalAmount => Cell::Money(sums.total),
        Column::OrderValue => Cell::some(sums.order_value(), Cell::Money),
        Column::Orders => Cell::Whole(sums.orders),
        Column::RepurchaseRate => Cell::some(sums.repurchase_rate(), Cell::Rate),
        Column::FirstPurchase => Cell::some(sums.first, Cell::Day),
        Column::LastPurchase => Cell::some(sums.last, Cell::Day),
        Column::Profit => Cell::some(sums.profit, Cell::Money),
        _ => Cell::Empty,
    })
}

#[cfg(test)]
mod tests {
    use super::years_of_cooperation;
    use crate::book::Book;
    use crate::book::cell::Cell;
    use crate::book::portrait::row_of;
    use crate::book::row::StoredRow;
    use crate::book::standards::Standards;
    use crate::book::values::Values;
    use crate::domain::change::Change;
    use crate::domain::id::Id;
    use crate::domain::measure::{Rate, Score};
    use crate::domain::money::Money;
    use crate::domain::people::Owner;
    use crate::domain::record::{Kind, Record};
    use crate::domain::time::{Day, Due, Moment};
    use crate::domain::value::Value;
    use crate::query::field::Column;
    use crate::query::filter::{Check, Filter};
    use crate::store::dossier::Dossier;
    use crate::text::Language;

    /// A value of whichever type the record's field has.
    fn some_value(record: &mut Record, number: u16, owner: Id) {
        let values = [
            Value::Text("甲".to_owned()),
            Value::Texts(vec!["甲".to_owned()]),
            Value::Whole(3),
            Value::Flag(true),
            Value::Choice(1),
            Value::Day(Day::from_number(20_000)),
            Value::Moment(Moment::default()),
            Value::Due(Due::default()),
            Value::Money(Money::from_units(3)),
            Value::Rate(Rate::from_basis_points(300)),
            Value::Score(Score::from_hundredths(300)),
            Value::Link(owner),
        ];
        assert!(values.into_iter().any(|value| record.set(number, value)), "{number}");
    }

    #[test]
    fn whatever_a_customer_stores_for_a_column_is_shown_there_and_found_by_a_filter() {
        let (id, today) = (Id::from_bytes([1; 16]), Day::from_number(20_100));
        let owner = Owner { id: Id::of_name("甲"), name: "甲".to_owned(), ..Owner::default() };
        for column in Column::ALL.iter().copied().filter(|column| column.field().stores.is_some()) {
            let mut customer = Record::empty(Kind::Customer, id);
            some_value(&mut customer, column.field().number().unwrap(), owner.id);
            let standards = Standards::of([Record::from(owner.clone())].into_iter());
            let mut dossier = Dossier::empty(id);
            dossier.apply(&Change::Born(customer));
            let row = row_of(&dossier, &standards);
            let mut book = Book::new(standards);
            book.put(id, row);
            let shown = book.cell(book.row_of(id).unwrap(), column, today, Language::En).cell;
            assert_ne!(shown, Cell::Empty, "{column:?}");
            let nothing = Filter::test(column, Check::Empty);
            assert!(book.filtered(&nothing, today, None).is_empty(), "{column:?}");
            assert_eq!(book.filtered(&nothing.negated(), today, None).len(), 1, "{column:?}");
        }
    }

    /// A story: 364 days were told as 1.00.
    #[test]
    fn a_year_of_cooperation_is_full_on_its_day_and_not_before() {
        let day = |year, month, day| Day::from_ymd(year, month, day).unwrap();
        let years = |first: Day, as_of: Day| {
            let mut book = Book::new(Standards::shipped());
            let values = Values::pack([(Column::FirstPurchase, Value::Day(first))]).into();
            let id = Id::from_bytes([1; 16]);
            book.put(id, Some(StoredRow { id, values, ..StoredRow::default() }));
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
