//! Amounts: ￥12.5万 12万5 300元 $125k, in whole cents and never through floats.

use super::cursor::{Cursor, is_han, is_word};
use crate::domain::money::Money;

/// An amount and the characters it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) money: Money,
    pub(super) chars: usize,
}

const UNITS: &[(char, i128)] =
    &[('万', 10_000), ('亿', 100_000_000), ('千', 1_000), ('k', 1_000), ('m', 1_000_000), ('w', 10_000)];

/// The amount behind a currency sign, which stands at the cursor.
pub(super) fn signed(cursor: Cursor) -> Option<Amount> {
    let start = cursor.at();
    let mut cursor = cursor;
    cursor.take_if(|c| matches!(c, '$' | '¥'))?;
    let number = Number::read(&mut cursor)?;
    let cents = with_unit(&mut cursor, number, UNITS)?.0;
    cursor.take('元');
    ended(&cursor, false).then(|| Amount { money: Money::from_cents(cents), chars: cursor.at() - start })
}

/// An amount told by its unit alone: 12万5, 300元. What follows must not be a noun that is counted (12万台).
pub(super) fn bare(cursor: Cursor) -> Option<Amount> {
    let start = cursor.at();
    let mut cursor = cursor;
    let number = Number::read(&mut cursor)?;
    let (cents, unit) = with_unit(&mut cursor, number, UNITS.get(..2).unwrap_or_default())?;
    let yuan = cursor.any(&["元", "块钱", "块", "元钱"]);
    let told = unit || yuan;
    (told && ended(&cursor, true)).then(|| Amount { money: Money::from_cents(cents), chars: cursor.at() - start })
}

/// A number as it was written: its digits, and how many of them stand behind the point.
#[derive(Clone, Copy)]
struct Number {
    digits: i128,
    places: u32,
}

/// The most digits an amount may have.
const DIGITS: u32 = 15;

impl Number {
    /// 1250, 1,250, 12.5
    fn read(cursor: &mut Cursor) -> Option<Number> {
        let mut trial = *cursor;
        let mut number = Number { digits: 0, places: 0 };
        let mut count = 0;
        let mut pointed = false;
        loop {
            if let Some(digit) = trial.take_if(|c| c.is_ascii_digit()).and_then(|c| c.to_digit(10)) {
                number.digits = number.digits * 10 + i128::from(digit);
                number.places += u32::from(pointed);
                count += 1;
                if count > DIGITS {
                    return None;
                }
            } else if count > 0 && !pointed && trial.peek() == Some(',') && groups(&trial) {
                trial.take(',');
            } else if count > 0 && !pointed && trial.peek() == Some('.') && is_digit(trial.peek_at(1)) {
                trial.take('.');
                pointed = true;
            } else {
                break;
            }
        }
        (count > 0).then(|| {
            *cursor = trial;
            number
        })
    }

    /// Cents of this number of `unit`s; `None` when that is no whole number of cents.
    fn cents(self, unit: i128) -> Option<i64> {
        let all = self.digits.checked_mul(unit)?.checked_mul(100)?;
        let by = 10i128.checked_pow(self.places)?;
        (all % by == 0).then(|| i64::try_from(all / by).ok()).flatten()
    }
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// Whether the comma at the cursor stands before exactly three digits.
fn groups(cursor: &Cursor) -> bool {
    (1..=3).all(|ahead| is_digit(cursor.peek_at(ahead))) && !is_digit(cursor.peek_at(4))
}

/// Cents of `number` with the unit at the cursor, if one is there, and whether one was; 12万5 is 12.5 万.
fn with_unit(cursor: &mut Cursor, number: Number, units: &[(char, i128)]) -> Option<(i64, bool)> {
    let unit = cursor.peek().and_then(|c| units.iter().find(|(name, _)| *name == c));
    let Some((name, worth)) = unit else { return Some((number.cents(1)?, false)) };
    cursor.take(*name);
    let mut cents = number.cents(*worth)?;
    if matches!(name, '万' | '亿') && number.places == 0 && !is_digit(cursor.peek_at(1)) {
        let digit = cursor.take_if(|c| c.is_ascii_digit()).and_then(|c| c.to_digit(10));
        if let Some(digit) = digit {
            cents = cents.checked_add(i64::try_from(i128::from(digit) * worth * 10).ok()?)?;
            cursor.take(if *name == '万' { '千' } else { '仟' });
        }
    }
    Some((cents, true))
}

/// Whether an amount may end here: not within a word, a range (5万-8万), a price by the piece (300元/台) or a share.
fn ended(cursor: &Cursor, strict: bool) -> bool {
    match cursor.peek() {
        None => true,
        Some('-' | '~' | '至' | '到') => {
            !is_digit(cursor.peek_at(1)) && !matches!(cursor.peek_at(1), Some('¥' | '$'))
        }
        Some('/' | '%' | '+' | '*') => false,
        Some('.') => !is_digit(cursor.peek_at(1)),
        Some(c) => !(is_word(c) || strict && is_han(c)),
    }
}
