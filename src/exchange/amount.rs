//! Numbers as people write them in cells, read exactly and never through a binary fraction.

use crate::domain::money::{Exact, Money};
use crate::exchange::header::Unit;
use crate::exchange::reason::Reason;
use crate::exchange::text_key::half_width;
use crate::parse::amount::whole;
use crate::parse::number::{Number, Unread};

/// Texts that mean nothing was filled in.
const NOTHING: &[&str] = &[
    "", "-", "--", "---", "—", "——", "–", "/", "\\", "n/a", "na", "#n/a", "null", "none", "nil", "nan", "\\n", "无",
    "暂无", "空", "未填", "未知", "?", "tbd", "待定",
];

/// Whether a cell says that there is nothing.
pub fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    NOTHING.contains(&text) || NOTHING.contains(&half_width(text).to_lowercase().trim())
}

/// The amount of money in a cell: `12.5万`, `￥1,234.50`, `(500)`, `$1.2k`, `12万5`; `None` for an empty one. `unit` is the
/// heading's and counts only where the cell names none.
///
/// # Errors
/// The reason why it is no amount.
pub fn amount(text: &str, unit: Unit) -> Result<Option<Money>, Reason> {
    let Some(number) = number(text)? else { return Ok(None) };
    if number.percent {
        return Err(Reason::NotAnAmount);
    }
    Ok(Some(Money::from_cents(number.scaled(times(&number, unit), 2)?)))
}

/// A price, discount or line amount in ten-thousandths; `None` for an empty cell.
///
/// # Errors
/// The reason why it is no number.
pub fn exact(text: &str, unit: Unit) -> Result<Option<Exact>, Reason> {
    let Some(number) = number(text)? else { return Ok(None) };
    let places = if number.percent { 2 } else { 4 };
    Ok(Some(Exact::from_parts(number.scaled(times(&number, unit), places)?)))
}

/// A quantity in thousandths; `None` for an empty cell.
///
/// # Errors
/// The reason why it is no number.
pub fn quantity(text: &str) -> Result<Option<i64>, Reason> {
    Ok(number(text)?.map(|number| number.scaled(1, 3)).transpose()?)
}

/// What one unit of a number is worth: the heading's unit counts only where the cell names none.
const fn times(number: &Number, unit: Unit) -> i128 {
    if number.has_own_unit() { 1 } else { unit.times() }
}

/// The number in a cell with whatever sign, currency and unit stand around it; `None` for an empty cell.
///
/// # Errors
/// The reason why it is no number.
pub fn number(text: &str) -> Result<Option<Number>, Reason> {
    if is_nothing(text) { Ok(None) } else { Ok(Some(whole(text)?)) }
}

impl From<Unread> for Reason {
    fn from(why: Unread) -> Reason {
        match why {
            Unread::Nothing => Reason::NotAnAmount,
            Unread::TwoWays => Reason::TwoWays,
            Unread::Exponent => Reason::Exponent,
            Unread::TooBig => Reason::TooBig,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{amount, exact, quantity};
    use crate::domain::money::{Exact, Money};
    use crate::exchange::header::Unit;
    use proptest::prelude::*;

    #[test]
    fn an_empty_cell_is_nothing_and_not_zero() {
        for text in ["", "  ", "-", "N/A", "无", "NULL", "——", "　"] {
            assert_eq!(amount(text, Unit::One), Ok(None), "{text}");
        }
        assert_eq!(amount("0", Unit::One), Ok(Some(Money::ZERO)));
    }

    #[test]
    fn the_headings_unit_counts_only_where_the_cell_names_none() {
        assert_eq!(amount("120", Unit::TenThousand), Ok(Some(Money::from_units(1_200_000))));
        assert_eq!(amount("12.5万", Unit::TenThousand), Ok(Some(Money::from_units(125_000))));
        assert_eq!(amount("300元", Unit::TenThousand), Ok(Some(Money::from_units(300))));
    }

    #[test]
    fn prices_and_discounts_keep_four_places() {
        assert_eq!(exact("14.0", Unit::One), Ok(Some(Exact::from_parts(140_000))));
        assert_eq!(exact("0.05", Unit::One), Ok(Some(Exact::from_parts(500))));
        assert_eq!(exact("5%", Unit::One), Ok(Some(Exact::from_parts(500))));
        assert_eq!(quantity("12"), Ok(Some(12_000)));
        assert_eq!(quantity("1.5"), Ok(Some(1_500)));
    }

    proptest! {
        #[test]
        fn no_text_makes_an_amount_panic(text in "\\PC*") {
            let _ = amount(&text, Unit::HundredMillion);
            let _ = exact(&text, Unit::TenThousand);
        }

        #[test]
        fn no_amount_wraps_around(text in "[-(]?[0-9]{1,30}(,[0-9]{3})?(\\.[0-9]{0,30})?[万亿kMb]?[0-9千]{0,6}") {
            if let Ok(Some(money)) = amount(&text, Unit::HundredMillion) {
                prop_assert!(money.cents() >= 0 || text.starts_with(['-', '(']), "{} → {}", text, money);
            }
        }
    }
}
