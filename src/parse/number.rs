//! Numbers with their units as people write them: 12.5 1,250 12万5 1千万 1亿2000万 2 million, never through floats.

use crate::domain::money::{Money, round_div};
use crate::parse::cursor::Cursor;
use crate::parse::fold::{is_han, is_word};

/// A number as it was written, its units multiplied in: `digits` ÷ 10^`decimals`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Number {
    digits: i128,
    decimals: u32,
    /// What its first unit is worth (万, k); `None` where none was written.
    pub unit: Option<i128>,
    /// Whether a word for one stood behind it: 元, yuan.
    pub in_ones: bool,
    /// Whether a currency stood beside it: ￥, RMB, USD.
    pub in_currency: bool,
    /// Whether a per cent sign stood behind it.
    pub percent: bool,
}

/// Why what begins like a number is none that can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// No number stands there, or more than a number.
    Nothing,
    /// It could be two numbers: 1,5 and 1 234 and 20多万.
    TwoWays,
    /// It is written with an exponent.
    Exponent,
    /// It is too big to be kept.
    TooBig,
}

/// What a comma between digits is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Commas {
    /// It groups them in threes: 1,250.
    Group,
    /// It ends the number, and another follows: 4,5.
    Divide,
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

/// Letters with a digit straight behind them: 12w5, 3k5. A 5m2 is the size of a room.
const LETTERS_BEFORE_DIGIT: &[(char, i128)] = &[('w', 10_000), ('k', 1_000)];

/// Signs of a multiple; one that is left behind a number makes it unsure.
const MULTIPLES: &str = "十百千万亿萬億佰仟拾";

/// Words for one that may stand behind a number.
const ONES: &[&str] = &["元整", "圆整", "元", "元钱", "圆", "块钱", "块", "整", "yuan", "dollars"];

/// What makes a digit behind 12万 a count of its own: 12万5台, 12万5月前.
const COUNTED: &str = "台件个套份批箱吨条人家场位单笔项款辆盒袋天日号月年周次点折%";

/// The number at the cursor, which is left behind it.
///
/// # Errors
/// Why there is none that can be relied on.
pub fn number(cursor: &mut Cursor, commas: Commas) -> Result<Number, Unread> {
    let mut trial = *cursor;
    let mut sum = Number::default();
    let (mut last, mut zero) = (None, false);
    loop {
        let written = written(&mut trial, commas)?;
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
        if unit.is_none() || !(is_digit(trial.peek()) || spaced_piece(&mut trial, worth, commas)) {
            break;
        }
    }
    sum.in_ones = behind(&mut trial, |trial| trial.any(ONES));
    let leaves_a_unit = trial.peek().is_some_and(|c| MULTIPLES.contains(c));
    if leaves_a_unit || (sum.unit.is_none() && !sum.in_ones && is_doubtful(trial)) {
        return Err(Unread::TwoWays);
    }
    *cursor = trial;
    Ok(sum)
}

/// Reads what may stand straight behind a number, or behind a space where it ends its word: `300元`, `300 元`, and not the 元
/// of `300 元旦`.
pub(super) fn behind(cursor: &mut Cursor, read: impl Fn(&mut Cursor) -> bool) -> bool {
    let mut trial = *cursor;
    let spaced = trial.spaces();
    let found = read(&mut trial) && !(spaced && goes_on(&trial));
    if found {
        *cursor = trial;
    }
    found
}

/// Whether a word goes on at the cursor.
fn goes_on(cursor: &Cursor) -> bool {
    cursor.peek().is_some_and(|c| is_han(c) || is_word(c))
}

/// Goes over a space to a smaller piece with a unit of its own, and nothing behind it: `1亿 2000万`.
fn spaced_piece(cursor: &mut Cursor, before: i128, commas: Commas) -> bool {
    let mut start = *cursor;
    if !start.spaces() {
        return false;
    }
    let mut trial = start;
    let whole = written(&mut trial, commas).is_ok()
        && matches!(unit(&mut trial), Ok(Some(unit)) if unit < before)
        && (trial.sees(ONES) || !goes_on(&trial));
    if whole {
        *cursor = start;
    }
    whole
}

/// Digits as they were written, before any unit.
struct Written {
    digits: i128,
    decimals: u32,
    /// How many digits there are.
    count: usize,
}

/// `1250`, `1,250`, `12.5`, `.5`, `5.`: thousands in threes and a point, which input methods write 。 as well.
fn written(cursor: &mut Cursor, commas: Commas) -> Result<Written, Unread> {
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
            (Some('.'), true) if !pointed => pointed = cursor.take('.'),
            _ if written.count == 0 => return Err(Unread::Nothing),
            (Some('.'), false) if !pointed && cursor.peek_at(1).is_none_or(|c| c == ' ') => {
                cursor.take('.');
                return Ok(written);
            }
            (Some(','), _) if commas == Commas::Divide => return Ok(written),
            (Some(','), true) if !pointed && (grouped || written.count <= 3) && is_group(cursor) => {
                grouped = cursor.take(',');
            }
            // Behind 300，3天后 a new word begins; 1,5万 could be 1.5万 or 15万.
            (Some(',' | '。'), true) if begins_a_word(*cursor) => return Ok(written),
            (Some('。'), true) if !pointed => pointed = cursor.take('。'),
            (Some(',' | '.' | '。' | '\'' | '’' | '点'), true) => return Err(Unread::TwoWays),
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

/// Whether the digits behind the mark at the cursor count something of their own: `，3天后`.
fn begins_a_word(mut cursor: Cursor) -> bool {
    cursor.take_if(|c| matches!(c, ',' | '。'));
    while cursor.take_if(|c| c.is_ascii_digit()).is_some() {}
    cursor.peek().is_some_and(|c| is_han(c) && !MULTIPLES.contains(c)) && !cursor.sees(ONES)
}

/// The multiple at the cursor, perhaps with a space before it: `1千万`, `2 million`, but not the 万 of `12 万科`.
fn unit(cursor: &mut Cursor) -> Result<Option<i128>, Unread> {
    if let Some(unit) = cursor.longest(UNITS) {
        return Ok(Some(unit));
    }
    let letter = |(letter, _): &&(char, i128)| cursor.peek() == Some(*letter) && is_digit(cursor.peek_at(1));
    if let Some((letter, unit)) = LETTERS_BEFORE_DIGIT.iter().find(letter) {
        cursor.take(*letter);
        return Ok(Some(*unit));
    }
    let mut trial = *cursor;
    if !trial.spaces() {
        return Ok(None);
    }
    let Some(unit) = trial.longest(UNITS) else { return Ok(None) };
    if trial.peek().is_some_and(is_han) && !trial.sees(ONES) {
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

    /// The number times `times`, in units of 1 ÷ 10^`places`, rounded half away from zero.
    ///
    /// # Errors
    /// [`Unread::TooBig`] when it cannot be kept.
    pub fn scaled(self, times: i128, places: u32) -> Result<i64, Unread> {
        let wide = self.digits.checked_mul(times).ok_or(Unread::TooBig)?;
        let scaled = if places >= self.decimals {
            wide.checked_mul(power(places - self.decimals)).ok_or(Unread::TooBig)?
        } else {
            round_div(wide, power(self.decimals - places))
        };
        i64::try_from(scaled).map_err(|_| Unread::TooBig)
    }

    /// The amount of money it is; a share is none.
    ///
    /// # Errors
    /// Why it is none.
    pub fn money(self) -> Result<Money, Unread> {
        if self.percent { Err(Unread::Nothing) } else { self.scaled(1, 2).map(Money::from_cents) }
    }

    /// The same number on the other side of zero.
    pub(super) const fn negated(self) -> Number {
        Number { digits: -self.digits, ..self }
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

    /// Whether the text itself said what it counts: 万, k, 元.
    pub const fn has_own_unit(self) -> bool {
        self.unit.is_some() || self.in_ones
    }

    /// The number at the beginning of a range that ends with `other`: in `10-50万` both are 万, and both shares in `10-50%`.
    pub fn with_unit_of(self, other: Number) -> Number {
        let percent = self.percent || other.percent;
        let (Some(unit), None) = (other.unit, self.unit) else { return Number { percent, ..self } };
        let lifted = self.digits.checked_mul(unit);
        let sides = lifted.and_then(|own| own.checked_mul(power(other.decimals))).map(i128::abs);
        let others = other.digits.checked_mul(power(self.decimals)).map(i128::abs);
        match (lifted, sides < others && sides.is_some()) {
            (Some(digits), true) => Number { digits, unit: Some(unit), percent, ..self },
            _ => Number { percent, ..self },
        }
    }
}

const fn power(exponent: u32) -> i128 {
    10_i128.pow(if exponent > 37 { 37 } else { exponent })
}
