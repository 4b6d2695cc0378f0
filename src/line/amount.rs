//! Amounts in a line: ￥12.5万 12万5 300元 $125k $2 million, read whole or left in the text.

use crate::domain::money::Money;
use crate::parse::amount::{amount, names_currency};
use crate::parse::cursor::Cursor;
use crate::parse::fold::{is_han, is_word};
use crate::parse::number::{Commas, Number};

/// An amount and the characters it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) money: Money,
    pub(super) chars: usize,
}

/// The amount behind a currency sign, which stands at the cursor.
pub(super) fn signed(cursor: Cursor) -> Option<Amount> {
    read(cursor, false, |_, _| true)
}

/// An amount told by its unit or currency alone: 12万5, 1亿2, 300元, RMB 500. What follows must not be a noun that is counted
/// (12万台).
pub(super) fn bare(cursor: Cursor) -> Option<Amount> {
    read(cursor, true, |number, written| {
        // 3百万 and 5k are said of many things; 万 and 亿 with nothing behind them nearly always of money.
        let large = || written.iter().any(|c| "万亿萬億".contains(*c));
        number.in_ones || number.in_currency || matches!(number.unit, Some(10_000 | 100_000_000)) && large()
    })
}

/// Whether an amount without a sign may begin at the cursor: a digit, or the word of a currency where a word begins.
pub(super) fn begins(cursor: &Cursor, is_open: bool) -> bool {
    cursor.peek().is_some_and(|c| c.is_ascii_digit()) || is_open && names_currency(cursor)
}

/// The number at the cursor where it is an amount, as nothing below zero and no share is.
fn read(start: Cursor, strict: bool, told: impl Fn(Number, &[char]) -> bool) -> Option<Amount> {
    let mut cursor = start;
    let number = amount(&mut cursor, Commas::Group).ok()?;
    let chars = cursor.at() - start.at();
    let is_amount = !number.is_negative() && told(number, start.rest().get(..chars)?) && ended(&cursor, strict);
    let money = number.money().ok().filter(|_| is_amount)?;
    Some(Amount { money, chars })
}

/// Whether an amount may end here: not within a word, a range (5万-8万), a price by the piece (300元/台) or a share.
fn ended(cursor: &Cursor, strict: bool) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match cursor.peek() {
        None => true,
        Some('-' | '~' | '至' | '到') => {
            !is_digit(cursor.peek_at(1)) && !matches!(cursor.peek_at(1), Some('¥' | '$' | '€' | '£'))
        }
        Some('/' | '%' | '+' | '*') => false,
        Some('.') => !is_digit(cursor.peek_at(1)),
        Some(c) => !(is_word(c) || strict && is_han(c)),
    }
}
