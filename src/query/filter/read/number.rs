//! Amounts, counts, shares and scores: `12.5万`, `100k`, `1,200`, `30%`, `4.5分`.

use super::word::{any, is_latin, measure, one_of, plain};
use super::{Input, Read, maybe, pass, rest, skip, spaces};
use crate::domain::measure::{Rate, Score};
use crate::domain::money::{Money, round_div};
use crate::query::filter::Value;
use crate::query::filter::fault::Wanted;
use winnow::stream::LocatingSlice;

/// A number as written: its value in millionths, before its unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    millionths: i128,
    unit: Option<i128>,
    percent: bool,
}

const MILLION: i128 = 1_000_000;
/// Digits before the point that are read; more make no number.
const MOST_DIGITS: usize = 20;

const UNITS: &[(&str, i128)] = &[
    ("千", 1_000),
    ("k", 1_000),
    ("万", 10_000),
    ("w", 10_000),
    ("百万", MILLION),
    ("m", MILLION),
    ("mn", MILLION),
    ("million", MILLION),
    ("千万", 10_000_000),
    ("亿", 100_000_000),
    ("bn", 1_000_000_000),
    ("billion", 1_000_000_000),
];

/// A number; sides that cannot belong to what is wanted are left unread.
pub(super) fn number(input: &mut Input<'_>, wanted: Wanted) -> Read<Number> {
    let negative = maybe(input, |input| any(input, &["-", "负"]))?.is_some();
    maybe(input, |input| any(input, &["￥", "¥", "$"]))?;
    let mut millionths = digits(input, wanted == Wanted::Money)?;
    let unit = maybe(input, |input| one_of(input, UNITS))?;
    if matches!(unit, Some(10_000 | 100_000_000)) {
        millionths += trailing_digit(input);
    }
    let before = *input;
    spaces(input);
    let percent = maybe(input, |input| any(input, &["%"]))?.is_some();
    if !percent {
        *input = before;
        maybe(input, |input| any(input, counted(wanted)))?;
    }
    if rest(input).chars().next().is_some_and(|c| is_latin(plain(c)) || is_measure_of_time(c)) {
        return pass(input);
    }
    let sign = if negative { -1 } else { 1 };
    Ok(Number { millionths: sign * millionths, unit, percent })
}

const fn is_measure_of_time(c: char) -> bool {
    matches!(c, '天' | '日' | '周' | '月' | '年')
}

/// What may be said after a number for good measure.
const fn counted(wanted: Wanted) -> &'static [&'static str] {
    match wanted {
        Wanted::Money => &["元", "块", "块钱", "rmb", "cny", "yuan"],
        Wanted::Whole => &["次", "单", "个", "笔", "岁", "times"],
        Wanted::Quantity => &["年", "years", "year", "y"],
        Wanted::Score => &["分", "星"],
        _ => &[],
    }
}

/// Digits with a point, in millionths.
fn digits(input: &mut Input<'_>, grouped: bool) -> Read<i128> {
    let mut whole = 0_i128;
    let mut count = 0;
    // The first group of `1,000,000` has up to three digits, every other has three.
    let mut group = 0;
    let mut least = 1;
    loop {
        if let Some(digit) = next_digit(input) {
            whole = whole * 10 + digit;
            count += 1;
            group += 1;
        } else if grouped && (least..=3).contains(&group) && take_group_mark(input) {
            (group, least) = (0, 3);
        } else {
            break;
        }
        if count > MOST_DIGITS {
            return pass(input);
        }
    }
    if count == 0 {
        return pass(input);
    }
    let mut value = whole * MILLION;
    let mut point = rest(input).chars().map(plain);
    if point.next() == Some('.') && point.next().is_some_and(|c| c.is_ascii_digit()) {
        skip(input, rest(input).chars().next().map_or(0, char::len_utf8));
        let mut place = MILLION;
        while let Some(digit) = next_digit(input) {
            place /= 10;
            value += digit * place;
        }
    }
    Ok(value)
}

/// The comma of `1,200`: three digits follow it and no more.
fn take_group_mark(input: &mut Input<'_>) -> bool {
    let Some(after) = rest(input).strip_prefix(',') else { return false };
    let digits = after.chars().take_while(char::is_ascii_digit).count();
    let grouped = digits == 3;
    if grouped {
        skip(input, 1);
    }
    grouped
}

/// The digit of `12万5`, as a tenth of the unit before it.
fn trailing_digit(input: &mut Input<'_>) -> i128 {
    let before = *input;
    let digit = next_digit(input);
    let alone = rest(input).chars().next().is_none_or(|c| !is_latin(plain(c)) && plain(c) != '.' && plain(c) != '%');
    match digit {
        Some(digit) if alone => digit * MILLION / 10,
        _ => {
            *input = before;
            0
        }
    }
}

fn next_digit(input: &mut Input<'_>) -> Option<i128> {
    let c = rest(input).chars().next()?;
    let digit = plain(c).to_digit(10)?;
    skip(input, c.len_utf8());
    Some(i128::from(digit))
}

/// The amount that a whole text says.
pub(in crate::query) fn money(text: &str) -> Option<Money> {
    let mut input = LocatingSlice::new(text.trim());
    let read = number(&mut input, Wanted::Money).ok()?.value(Wanted::Money);
    match read.filter(|_| rest(&input).trim().is_empty()) {
        Some(Value::Money(money)) => Some(money),
        _ => None,
    }
}

impl Number {
    /// The number before a range's end: in `10-50万` both are 万.
    pub(super) fn with_unit_of(self, other: Number) -> Number {
        let unit = other.unit.filter(|_| self.unit.is_none() && self.millionths.abs() < other.millionths.abs());
        Number { unit: self.unit.or(unit), percent: self.percent || other.percent, ..self }
    }

    /// Whether it was written as a share.
    pub(super) const fn is_percent(&self) -> bool {
        self.percent
    }

    fn full(self) -> i128 {
        self.millionths.saturating_mul(self.unit.unwrap_or(1))
    }

    /// The value of what is wanted; `None` where the number is not of its kind.
    pub(super) fn value(self, wanted: Wanted) -> Option<Value> {
        if self.percent && wanted != Wanted::Rate {
            return None;
        }
        match wanted {
            Wanted::Money => Some(Value::Money(Money::from_wide(round_div(self.full(), 10_000)))),
            Wanted::Whole => {
                let whole = (self.full() % MILLION == 0).then(|| self.full() / MILLION)?;
                i64::try_from(whole).ok().map(Value::Whole)
            }
            Wanted::Rate => {
                let points = if self.percent || self.full().abs() > MILLION { 10_000 } else { 100 };
                i32::try_from(round_div(self.full(), points)).ok().map(Rate::from_basis_points).map(Value::Rate)
            }
            Wanted::Score | Wanted::Quantity => {
                i32::try_from(round_div(self.full(), 10_000)).ok().map(Score::from_hundredths).map(Value::Score)
            }
            Wanted::Day | Wanted::Word => None,
        }
    }
}

/// A plain count of what follows: `12`, also `十二` is not read here.
pub(super) fn count(input: &mut Input<'_>) -> Read<u32> {
    let mut value = 0_u32;
    let mut any = false;
    while let Some(digit) = next_digit(input) {
        any = true;
        value = value.saturating_mul(10).saturating_add(u32::try_from(digit).unwrap_or_default());
    }
    if any { Ok(value) } else { pass(input) }
}

/// Whether a text begins with one of these.
pub(super) fn begins(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| measure(text, word).is_some())
}
