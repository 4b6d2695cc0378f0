//! Numbers in bands, so that customers can be counted by a figure of which each has its own.

use crate::domain::measure::{Rate, Score};
use crate::domain::money::Money;
use crate::query::field::{Column, FieldType};
use crate::query::filter::{Check, Filter, Order, Value};
use crate::text::Language;

/// Where amounts are parted, in whole units.
const AMOUNTS: [i64; 7] = [10_000, 50_000, 100_000, 500_000, 1_000_000, 5_000_000, 10_000_000];
/// Counts.
const COUNTS: [i64; 6] = [1, 2, 5, 10, 20, 50];
/// Shares, in per cent.
const SHARES: [i64; 4] = [20, 40, 60, 80];
/// Opinions: below 3 is not content, from 4 on is.
const OPINIONS: [i64; 2] = [3, 4];
/// Years of cooperation.
const YEARS: [i64; 4] = [1, 3, 5, 10];
/// Ages.
const AGES: [i64; 5] = [18, 25, 35, 45, 60];
/// Scores up to a hundred.
const SCORES: [i64; 4] = [20, 40, 60, 80];

/// A band: what it is called, whom it lets through, and its place among the others, the highest first.
pub(super) struct InBand {
    pub(super) name: String,
    pub(super) filter: Filter,
    pub(super) place: i64,
}

/// The band of a column that a number lies in, counted in the smallest unit; `None` where the column holds no numbers.
pub(super) fn band_of(column: Column, number: i64, language: Language) -> Option<InBand> {
    let holds = column.field().holds;
    let (edges, unit): (&[i64], i64) = match holds {
        FieldType::Money => (&AMOUNTS, 100),
        FieldType::Whole if column == Column::Age => (&AGES, 1),
        FieldType::Whole => (&COUNTS, 1),
        FieldType::Rate => (&SHARES, 100),
        FieldType::Score if column == Column::Satisfaction => (&OPINIONS, 100),
        FieldType::Score => (&SCORES, 100),
        // Years are shown to a hundredth, as scores are.
        FieldType::Quantity => (&YEARS, 100),
        _ => return None,
    };
    let below = edges.iter().filter(|edge| number >= **edge * unit).count();
    let low = below.checked_sub(1).and_then(|place| edges.get(place));
    let high = edges.get(below);
    let said = |edge: &i64| said(*edge, holds, language);
    let name = match (low, high) {
        (Some(low), Some(high)) if holds == FieldType::Whole && high - low == 1 => low.to_string(),
        (Some(low), Some(high)) if holds == FieldType::Whole => format!("{low}–{}", high - 1),
        (Some(low), Some(high)) => format!("{}–{}", said(low), said(high)),
        (None, Some(1)) if holds == FieldType::Whole => "0".to_owned(),
        (None, high) => format!("< {}", high.map(said).unwrap_or_default()),
        (Some(low), None) => format!("≥ {}", said(low)),
    };
    let side = |order, edge: &i64| Filter::test(column, Check::Compare(order, value(*edge, holds)));
    let sides = low.map(|low| side(Order::AtLeast, low)).into_iter().chain(high.map(|high| side(Order::Less, high)));
    Some(InBand { name, filter: Filter::all(sides.collect()), place: -(below as i64) })
}

fn value(edge: i64, holds: FieldType) -> Value {
    let small = i32::try_from(edge.saturating_mul(100)).unwrap_or(i32::MAX);
    match holds {
        FieldType::Money => Value::Money(Money::from_units(edge)),
        FieldType::Rate => Value::Rate(Rate::from_basis_points(small)),
        FieldType::Score | FieldType::Quantity => Value::Score(Score::from_hundredths(small)),
        _ => Value::Whole(edge),
    }
}

fn said(edge: i64, holds: FieldType, language: Language) -> String {
    match (holds, language) {
        (FieldType::Money, Language::Zh) => format!("{}万", edge / 10_000),
        (FieldType::Money, Language::En) if edge >= 1_000_000 => format!("{}M", edge / 1_000_000),
        (FieldType::Money, Language::En) => format!("{}k", edge / 1_000),
        (FieldType::Rate, _) => format!("{edge}%"),
        _ => edge.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::band_of;
    use crate::query::field::Column;
    use crate::query::filter::Filter;
    use crate::text::Language;

    fn name(column: Column, number: i64, language: Language) -> String {
        band_of(column, number, language).map(|band| band.name).unwrap_or_default()
    }

    #[test]
    fn a_number_lies_in_the_band_that_begins_with_it() {
        assert_eq!(name(Column::TotalAmount, 0, Language::Zh), "< 1万");
        assert_eq!(name(Column::TotalAmount, 1_000_000, Language::Zh), "1万–5万");
        assert_eq!(name(Column::TotalAmount, 99_999_999, Language::En), "500k–1M");
        assert_eq!(name(Column::Orders, 0, Language::Zh), "0");
        assert_eq!(name(Column::Orders, 1, Language::Zh), "1");
        assert_eq!(name(Column::Orders, 4, Language::Zh), "2–4");
        assert_eq!(name(Column::Satisfaction, 433, Language::Zh), "≥ 4");
        assert_eq!(name(Column::Name, 1, Language::Zh), "");
    }

    #[test]
    fn the_filter_of_a_band_reads_back_from_its_words() {
        for number in [0, 1_000_000, 60_000_000, 2_000_000_000] {
            let filter = band_of(Column::TotalAmount, number, Language::Zh).unwrap().filter;
            assert_eq!(Filter::read(&filter.said(Language::Zh)), Ok(filter));
        }
    }
}
