//! Numbers with their units as people write them: 12.5 1,250 12万5 1千万 1亿2000万 2 million, never through floats.

use crate::parse::cursor::Cursor;
use crate::parse::fold::is_han;

/// A number as it was written, its units multiplied in: `digits` ÷ 10^`decimals`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    digits: i128,
    decimals: u32,
    /// What its first unit is worth (万, k); `None` where none was written.
    pub unit: Option<i128>,
    /// Whether it was said to be money: 元, yuan.
    pub in_money: bool,
}

/// Why what begins like a number is none that can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// No digit stands there.
    Nothing,
    /// It could be two numbers: 1,5 and 1 234 and 20多万.
    TwoWays,
    /// It is written with an exponent.
    Exponent,
    /// It is too big to be kept.
    TooBig,
}

/// Digits a number may have, so that no product below can overflow.
const MOST_DIGITS: usize = 24;

/// Words for a multiple.
const UNITS: &[(&str, i128)] = &[
    ("十", 10),
    ("百", 100),
    ("千", 1_000),
    ("万", 10_000),
    ("十万", 100_000),
    ("百万", 1_000_000),
    ("千万", 10_000_000),
    ("亿", 100_000_000),
    ("个亿", 100_000_000),
    ("十亿", 1_000_000_000),
    ("百亿", 10_000_000_000),
    ("千亿", 100_000_000_000),
    ("万亿", 1_000_000_000_000),
    ("萬", 10_000),
    ("十萬", 100_000),
    ("百萬", 1_000_000),
    ("千萬", 10_000_000),
    ("億", 100_000_000),
    ("個億", 100_000_000),
    ("十億", 1_000_000_000),
    ("百億", 10_000_000_000),
    ("千億", 100_000_000_000),
    ("萬億", 1_000_000_000_000),
    ("k", 1_000),
    ("thousand", 1_000),
    ("w", 10_000),
    ("m", 1_000_000),
    ("mn", 1_000_000),
    ("mm", 1_000_000),
    ("million", 1_000_000),
    ("b", 1_000_000_000),
    ("bn", 1_000_000_000),
    ("billion", 1_000_000_000),
];

/// Signs of a multiple; one that is left behind a number makes it unsure.
const MULTIPLES: &str = "十百千万亿萬億佰仟拾";

/// Words for one that may stand behind a number.
const ONES: &[&str] = &["元整", "圆整", "元", "元钱", "圆", "块钱", "块", "整"];

/// What makes a digit behind 12万 a count of its own: 12万5台, 12万5月前.
const COUNTED: &str = "台件个套份批箱吨条人家场位单笔项款辆盒袋天日号月年周次点折%";

/// The number at the cursor, which is left behind it.
///
/// # Errors
/// Why there is none that can be relied on.
pub fn number(cursor: &mut Cursor) -> Result<Number, Unread> {
    let mut trial = *cursor;
    let mut sum = Number { digits: 0, decimals: 0, unit: None, in_money: false };
    let (mut last, mut zero) = (None, false);
    loop {
        let written = written(&mut trial)?;
        let unit = unit(&mut trial)?;
        let worth = match (unit, last) {
            (Some(unit), Some(before)) if unit >= before => return Err(Unread::TwoWays),
            (Some(unit), _) => unit,
            (None, Some(before)) if !zero => tail_worth(&written, before, trial)?,
            (None, _) => 1,
        };
        sum.add(written.digits.checked_mul(worth).ok_or(Unread::TooBig)?, written.decimals)?;
        (sum.unit, last) = (sum.unit.or(unit), Some(worth));
        zero = unit.is_some() && is_digit(trial.peek_at(1)) && trial.take('零');
        if unit.is_none() || !is_digit(trial.peek()) {
            break;
        }
    }
    sum.in_money = trial.any(ONES);
    let leaves_a_unit = trial.peek().is_some_and(|c| MULTIPLES.contains(c));
    if leaves_a_unit || (sum.unit.is_none() && !sum.in_money && is_doubtful(trial)) {
        return Err(Unread::TwoWays);
    }
    *cursor = trial;
    Ok(sum)
}

/// Digits as they were written, before any unit.
struct Written {
    digits: i128,
    decimals: u32,
    /// How many digits there are.
    count: usize,
}

/// `1250`, `1,250`, `12.5`: thousands in threes and a point.
fn written(cursor: &mut Cursor) -> Result<Written, Unread> {
    let mut written = Written { digits: 0, decimals: 0, count: 0 };
    let (mut pointed, mut grouped) = (false, false);
    loop {
        let next = (cursor.peek(), is_digit(cursor.peek_at(1)));
        match next {
            (Some(c), _) if c.is_ascii_digit() => {
                cursor.take(c);
                let digit = i128::from(c.to_digit(10).unwrap_or_default());
                written.digits = written.digits * 10 + digit;
                written.decimals += u32::from(pointed);
                written.count += 1;
                if written.count > MOST_DIGITS {
                    return Err(Unread::TooBig);
                }
            }
            _ if written.count == 0 => return Err(Unread::Nothing),
            (Some(','), true) if !pointed && (grouped || written.count <= 3) && is_group(cursor) => {
                grouped = cursor.take(',');
            }
            (Some('.'), true) if !pointed => pointed = cursor.take('.'),
            // Behind 300，3天后 a new word begins; 1,5万 could be 1.5万 or 15万.
            (Some(','), true) if begins_a_word(*cursor) => return Ok(written),
            (Some(',' | '.' | '\'' | '’' | '点'), true) => return Err(Unread::TwoWays),
            (Some('e'), _) if is_digit(cursor.peek_at(1)) || matches!(cursor.peek_at(1), Some('+' | '-')) => {
                return Err(Unread::Exponent);
            }
            _ => return Ok(written),
        }
    }
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// Whether exactly three digits stand behind the sign at the cursor.
fn is_group(cursor: &Cursor) -> bool {
    (1..=3).all(|ahead| is_digit(cursor.peek_at(ahead))) && !is_digit(cursor.peek_at(4))
}

/// Whether the digits behind the comma at the cursor count something of their own: `，3天后`.
fn begins_a_word(mut cursor: Cursor) -> bool {
    cursor.take(',');
    while cursor.take_if(|c| c.is_ascii_digit()).is_some() {}
    cursor.peek().is_some_and(|c| is_han(c) && !MULTIPLES.contains(c)) && !cursor.sees(ONES)
}

/// The multiple at the cursor, perhaps with a space before it: `1千万`, `2 million`, but not the 万 of `12 万科`.
fn unit(cursor: &mut Cursor) -> Result<Option<i128>, Unread> {
    if let Some(unit) = cursor.longest(UNITS) {
        return Ok(Some(unit));
    }
    let mut trial = *cursor;
    if !trial.spaces() {
        return Ok(None);
    }
    let Some(unit) = trial.longest(UNITS) else { return Ok(None) };
    let goes_on = trial.peek().is_some_and(is_han) && !trial.sees(ONES);
    if goes_on {
        return Err(Unread::TwoWays);
    }
    *cursor = trial;
    Ok(Some(unit))
}

/// What one unit of the digits behind `12万…` is worth: `12万5` is 125,000, `12万5000` as well; `12万50` could be either, and
/// `12万5台` be two numbers.
fn tail_worth(written: &Written, before: i128, behind: Cursor) -> Result<i128, Unread> {
    let is_own = written.decimals > 0 || behind.peek().is_some_and(|c| COUNTED.contains(c));
    match written.count {
        1 if !is_own => Ok(before / 10),
        count if !is_own && count == before.ilog10() as usize => Ok(1),
        _ => Err(Unread::TwoWays),
    }
}

/// Whether what stands behind a number without a unit may belong to it: 20多万, 20几万, 1 234.
fn is_doubtful(behind: Cursor) -> bool {
    let roughly = |c: char| "多几余来个".contains(c);
    let mut trial = behind;
    if trial.take_if(roughly).is_some() {
        trial.take_if(roughly);
        return trial.peek().is_some_and(|c| MULTIPLES.contains(c));
    }
    let group = trial.spaces() && (0..3).all(|ahead| is_digit(trial.peek_at(ahead)));
    (0..3).for_each(|_| _ = trial.take_if(|c| c.is_ascii_digit()));
    let counts = |c: char| c.is_alphanumeric() && !MULTIPLES.contains(c) && !trial.sees(ONES);
    group && !trial.peek().is_some_and(counts)
}

impl Number {
    fn add(&mut self, digits: i128, decimals: u32) -> Result<(), Unread> {
        let places = self.decimals.max(decimals);
        let lift = |digits: i128, from: u32| digits.checked_mul(power(places - from)).ok_or(Unread::TooBig);
        let sum = lift(self.digits, self.decimals)?.checked_add(lift(digits, decimals)?).ok_or(Unread::TooBig)?;
        (self.digits, self.decimals) = (sum, places);
        Ok(())
    }

    /// Its cents, where that is a whole number of them.
    pub fn cents(self) -> Option<i64> {
        let all = self.digits.checked_mul(100)?;
        (all % power(self.decimals) == 0).then(|| i64::try_from(all / power(self.decimals)).ok()).flatten()
    }
}

const fn power(exponent: u32) -> i128 {
    10_i128.pow(if exponent > 37 { 37 } else { exponent })
}
