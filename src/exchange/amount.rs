//! Numbers as people write them in cells, read exactly and never through a binary fraction.

use crate::domain::money::{Exact, Money, round_div};
use crate::exchange::header::Unit;
use crate::exchange::reason::Reason;
use crate::exchange::text_key::half_width;

/// A number as written: `digits` ÷ 10^`decimals`, already multiplied by the unit written beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    digits: i128,
    decimals: u32,
    /// Whether the cell itself named its unit (万, k, 元), which then outweighs the heading's.
    pub own_unit: bool,
    /// Whether a per cent sign stood behind it.
    pub percent: bool,
}

/// Digits a number may have, so that no product below can overflow.
const MOST_DIGITS: usize = 24;

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

impl Number {
    /// The number times `times`, in units of 1 ÷ 10^`places`, rounded half away from zero.
    ///
    /// # Errors
    /// [`Reason::TooBig`] when it cannot be kept.
    pub fn scaled(self, times: i128, places: u32) -> Result<i64, Reason> {
        let wide = self.digits.checked_mul(times).ok_or(Reason::TooBig)?;
        let scaled = if places >= self.decimals {
            wide.checked_mul(power(places - self.decimals)).ok_or(Reason::TooBig)?
        } else {
            round_div(wide, power(self.decimals - places))
        };
        i64::try_from(scaled).map_err(|_| Reason::TooBig)
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// Whether it has no fraction.
    pub fn is_whole(self) -> bool {
        self.digits % power(self.decimals) == 0
    }

    /// Whether it lies between 0 and 1, both in.
    pub fn is_share(self) -> bool {
        (0..=power(self.decimals)).contains(&self.digits)
    }
}

const fn power(exponent: u32) -> i128 {
    10_i128.pow(if exponent > 37 { 37 } else { exponent })
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
    Ok(Some(Money::from_cents(number.scaled(number.heading_times(unit), 2)?)))
}

/// A price, discount or line amount in ten-thousandths; `None` for an empty cell.
///
/// # Errors
/// The reason why it is no number.
pub fn exact(text: &str, unit: Unit) -> Result<Option<Exact>, Reason> {
    let Some(number) = number(text)? else { return Ok(None) };
    let places = if number.percent { 2 } else { 4 };
    Ok(Some(Exact::from_parts(number.scaled(number.heading_times(unit), places)?)))
}

/// A quantity in thousandths; `None` for an empty cell.
///
/// # Errors
/// The reason why it is no number.
pub fn quantity(text: &str) -> Result<Option<i64>, Reason> {
    number(text)?.map(|number| number.scaled(1, 3)).transpose()
}

impl Number {
    const fn heading_times(self, unit: Unit) -> i128 {
        if self.own_unit { 1 } else { unit.times() }
    }
}

/// The number in a cell with whatever sign, currency and unit stand around it; `None` for an empty cell.
///
/// # Errors
/// The reason why it is no number.
pub fn number(text: &str) -> Result<Option<Number>, Reason> {
    if is_nothing(text) {
        return Ok(None);
    }
    let folded = half_width(text).to_lowercase();
    let (body, negative) = without_sign(folded.trim().trim_start_matches('\'').trim());
    let body = without_currency(body);
    let (body, inner_negative) = if negative { (body, false) } else { without_sign(body) };
    let (body, percent) = match body.strip_suffix('%') {
        Some(rest) => (rest.trim(), true),
        None => (body, false),
    };
    let mut number = unsigned(without_currency(body))?;
    if negative || inner_negative {
        number.digits = -number.digits;
    }
    Ok(Some(Number { percent, ..number }))
}

/// The text without brackets or a sign before or behind it, and whether they made it negative.
fn without_sign(text: &str) -> (&str, bool) {
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return (inner.trim(), true);
    }
    if let Some(rest) = text.strip_prefix(['-', '–']).or_else(|| text.strip_suffix('-')) {
        return (rest.trim(), true);
    }
    (text.strip_prefix('+').unwrap_or(text).trim(), false)
}

fn without_currency(text: &str) -> &str {
    const BEFORE: &[&str] = &["人民币", "rmb", "cny", "usd", "us$", "hk$", "¥", "$", "€", "£"];
    let mut text = text.trim();
    for sign in BEFORE {
        text = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)).unwrap_or(text).trim();
    }
    text
}

/// A word for a multiple, longest first.
const MULTIPLES: &[(&str, i128)] = &[
    ("百万", 1_000_000),
    ("千万", 10_000_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("thousand", 1_000),
    ("bn", 1_000_000_000),
    ("mn", 1_000_000),
    ("mm", 1_000_000),
    ("万", 10_000),
    ("萬", 10_000),
    ("w", 10_000),
    ("亿", 100_000_000),
    ("億", 100_000_000),
    ("千", 1_000),
    ("百", 100),
    ("k", 1_000),
    ("m", 1_000_000),
    ("b", 1_000_000_000),
];

/// Words for one that may stand behind a number.
const ONES: &[&str] = &["元整", "圆整", "元", "圆", "块钱", "块", "整", "yuan", "dollars"];

/// A number without sign: pieces such as `1亿` `2000万`, each smaller than the one before, added up.
fn unsigned(text: &str) -> Result<Number, Reason> {
    let mut rest = text.trim();
    let mut sum = Number { digits: 0, decimals: 0, own_unit: false, percent: false };
    for one in ONES {
        if let Some(before) = rest.strip_suffix(one) {
            (rest, sum.own_unit) = (before.trim(), true);
            break;
        }
    }
    let mut last = None;
    while !rest.is_empty() {
        let end =
            rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\''))).unwrap_or(rest.len());
        let (written, after) = rest.split_at_checked(end).ok_or(Reason::NotAnAmount)?;
        let (digits, decimals) = plain(written.trim())?;
        let (times, behind) = multiple(after)?;
        let worth = match (times, last) {
            (Some(times), Some(before)) if times >= before => return Err(Reason::TwoWays),
            (Some(times), _) => times,
            (None, Some(before)) => tail_worth(written.trim(), before)?,
            (None, None) => 1,
        };
        sum.add(digits.checked_mul(worth).ok_or(Reason::TooBig)?, decimals)?;
        sum.own_unit |= times.is_some();
        (last, rest) = (Some(worth), behind);
    }
    if last.is_none() { Err(Reason::NotAnAmount) } else { Ok(sum) }
}

impl Number {
    fn add(&mut self, digits: i128, decimals: u32) -> Result<(), Reason> {
        let places = self.decimals.max(decimals);
        let lift = |digits: i128, from: u32| digits.checked_mul(power(places - from)).ok_or(Reason::TooBig);
        let sum = lift(self.digits, self.decimals)?.checked_add(lift(digits, decimals)?).ok_or(Reason::TooBig)?;
        (self.digits, self.decimals) = (sum, places);
        Ok(())
    }
}

/// What one unit of the digits behind `12万…` is worth: `12万5` is 125,000, `12万5000` as well; `12万50` could be either.
fn tail_worth(written: &str, before: i128) -> Result<i128, Reason> {
    let width = before.ilog10() as usize;
    match written.len() {
        1 => Ok(before / 10),
        length if length == width => Ok(1),
        _ => Err(Reason::TwoWays),
    }
}

/// The multiple at the start of the text behind a number, if there is one, and what follows.
fn multiple(after: &str) -> Result<(Option<i128>, &str), Reason> {
    if after.is_empty() {
        return Ok((None, ""));
    }
    let mut exponent = after.chars();
    if exponent.next() == Some('e') && exponent.next().is_some_and(|c| c.is_ascii_digit() || c == '+' || c == '-') {
        return Err(Reason::Exponent);
    }
    for (word, times) in MULTIPLES {
        if let Some(behind) = after.strip_prefix(word) {
            return Ok((Some(*times), behind.trim()));
        }
    }
    Err(Reason::NotAnAmount)
}

/// Plain digits with thousands in threes and a decimal point.
fn plain(text: &str) -> Result<(i128, u32), Reason> {
    if text.contains(' ') || text.contains('\'') || text.matches('.').count() > 1 {
        return Err(if text.is_empty() { Reason::NotAnAmount } else { Reason::TwoWays });
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.contains(',') || !in_threes(whole) {
        return Err(Reason::TwoWays);
    }
    let digits: String = whole.chars().chain(fraction.chars()).filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return Err(Reason::NotAnAmount);
    }
    let shown = digits.trim_start_matches('0');
    if shown.len() > MOST_DIGITS || fraction.len() > MOST_DIGITS {
        return Err(Reason::TooBig);
    }
    let value = if shown.is_empty() { 0 } else { shown.parse().map_err(|_| Reason::TooBig)? };
    Ok((value, fraction.len() as u32))
}

fn in_threes(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().map_or(0, str::len);
    !whole.contains(',') || ((1..=3).contains(&first) && groups.all(|group| group.len() == 3))
}

#[cfg(test)]
mod tests {
    use super::{amount, exact, quantity};
    use crate::domain::money::{Exact, Money};
    use crate::exchange::header::Unit;
    use crate::exchange::reason::Reason;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_they_are_written() {
        let cases = [
            ("12.5万", 12_500_000),
            ("￥1,234.50", 123_450),
            ("(500)", -50_000),
            ("（500）", -50_000),
            ("-500", -50_000),
            ("￥-500", -50_000),
            ("-$500", -50_000),
            ("500-", -50_000),
            ("$1.2k", 120_000),
            ("3亿", 30_000_000_000),
            ("1.5M", 150_000_000),
            ("12万5", 12_500_000),
            ("12万5千", 12_500_000),
            ("12万5000", 12_500_000),
            ("1亿2000万", 12_000_000_000),
            ("300元", 30_000),
            ("12.5 万元", 12_500_000),
            ("１２３．４５", 12_345),
            ("2,000,000", 200_000_000),
            ("0.005", 1),
            ("-0.005", -1),
            ("1.005", 101),
            ("RMB 1,000", 100_000),
            ("1000 USD", 100_000),
            (".5", 50),
            ("5.", 500),
            ("10000元整", 1_000_000),
        ];
        for (text, cents) in cases {
            assert_eq!(amount(text, Unit::One), Ok(Some(Money::from_cents(cents))), "{text}");
        }
    }

    #[test]
    fn an_empty_cell_is_nothing_and_not_zero() {
        for text in ["", "  ", "-", "N/A", "无", "NULL", "——", "　"] {
            assert_eq!(amount(text, Unit::One), Ok(None), "{text}");
        }
        assert_eq!(amount("0", Unit::One), Ok(Some(Money::ZERO)));
    }

    #[test]
    fn what_could_be_two_numbers_is_refused() {
        let cases = [
            ("1 234,50", Reason::TwoWays),
            ("1.234,50", Reason::TwoWays),
            ("1234,50", Reason::TwoWays),
            ("1,2345", Reason::TwoWays),
            ("12万50", Reason::TwoWays),
            ("1.2.3", Reason::TwoWays),
            ("1e5", Reason::Exponent),
            ("1.38E+10", Reason::Exponent),
            ("abc", Reason::NotAnAmount),
            ("约200", Reason::NotAnAmount),
            ("50%", Reason::NotAnAmount),
            ("()", Reason::NotAnAmount),
            ("万", Reason::NotAnAmount),
            ("99999999999999999999999", Reason::TooBig),
            ("9999999999999999亿", Reason::TooBig),
        ];
        for (text, reason) in cases {
            assert_eq!(amount(text, Unit::One), Err(reason), "{text}");
        }
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

        #[test]
        fn what_is_shown_is_read_back(cents in any::<i64>()) {
            prop_assert_eq!(amount(&Money::from_cents(cents).to_string(), Unit::One), Ok(Some(Money::from_cents(cents))));
        }
    }
}
