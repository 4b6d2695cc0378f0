//! Amounts in a line: ￥12.5万 12万5 300元 $125k $2 million, read whole or left in the text.

use crate::domain::money::Money;
use crate::parse::cursor::Cursor;
use crate::parse::fold::{is_han, is_word};
use crate::parse::number::number;

/// An amount and the characters it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) money: Money,
    pub(super) chars: usize,
}

/// The amount behind a currency sign, which stands at the cursor.
pub(super) fn signed(cursor: Cursor) -> Option<Amount> {
    let start = cursor.at();
    let mut cursor = cursor;
    cursor.take_if(|c| matches!(c, '$' | '¥'))?;
    let cents = number(&mut cursor).ok()?.cents()?;
    ended(&cursor, false).then(|| Amount { money: Money::from_cents(cents), chars: cursor.at() - start })
}

/// An amount told by its unit alone: 12万5, 1亿2, 300元. What follows must not be a noun that is counted (12万台).
pub(super) fn bare(cursor: Cursor) -> Option<Amount> {
    let (start, mut cursor) = (cursor, cursor);
    let number = number(&mut cursor).ok()?;
    // 3百万 and 5k are said of many things; 万 and 亿 with nothing behind them nearly always of money.
    let large = || start.rest().iter().take(cursor.at() - start.at()).any(|c| "万亿萬億".contains(*c));
    let told = number.in_money || matches!(number.unit, Some(10_000 | 100_000_000)) && large();
    let cents = number.cents().filter(|_| told && ended(&cursor, true))?;
    Some(Amount { money: Money::from_cents(cents), chars: cursor.at() - start.at() })
}

/// Whether an amount may end here: not within a word, a range (5万-8万), a price by the piece (300元/台) or a share.
fn ended(cursor: &Cursor, strict: bool) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
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
