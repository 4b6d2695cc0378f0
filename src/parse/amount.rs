//! Numbers with what stands around them: a sign, brackets, a currency, a per cent sign.

use crate::parse::cursor::Cursor;
use crate::parse::fold::folded;
use crate::parse::number::{Commas, Number, Unread, behind, number};

/// Signs and words of currencies; which one is not kept, for a book has one.
const CURRENCIES: &[&str] = &["人民币", "rmb", "cny", "usd", "us$", "hk$", "¥", "$", "€", "£"];

/// The number at the cursor with its sign, its currency and a per cent sign; the cursor is left behind it.
///
/// # Errors
/// Why there is none that can be relied on.
pub fn amount(cursor: &mut Cursor, commas: Commas) -> Result<Number, Unread> {
    let mut trial = *cursor;
    let signed = sign(&mut trial);
    let before = currency_before(&mut trial);
    let negative = signed.or_else(|| sign(&mut trial)).unwrap_or(false);
    let mut found = number(&mut trial, commas)?;
    found.in_currency = behind(&mut trial, currency_behind) || before;
    found.percent = behind(&mut trial, |trial| trial.take('%'));
    *cursor = trial;
    Ok(if negative { found.negated() } else { found })
}

/// The number that is a whole text; `(500)` and `500-` are below zero, as accounts write them.
///
/// # Errors
/// Why it is none that can be relied on.
pub fn whole(text: &str) -> Result<Number, Unread> {
    let folded = folded(text.trim().trim_start_matches('\'').trim());
    let mut cursor = Cursor::new(&folded);
    let bracket = cursor.attempt(|trial| {
        currency_before(trial);
        trial.take('(').then(|| trial.spaces())
    });
    let found = amount(&mut cursor, Commas::Group)?;
    cursor.spaces();
    let negative = match bracket {
        Some(_) => cursor.take(')') && !found.is_negative(),
        None => !found.is_negative() && cursor.take('-'),
    };
    if cursor.peek().is_some() || bracket.is_some() && !negative {
        return Err(Unread::Nothing);
    }
    Ok(if negative { found.negated() } else { found })
}

/// Whether a currency is named at the cursor by a word: RMB 1,000.
pub fn names_currency(cursor: &Cursor) -> bool {
    cursor.peek().is_some_and(char::is_alphabetic) && currency_before(&mut { *cursor })
}

/// Reads currencies, straight before a number or with a space between; says whether there was one.
fn currency_before(cursor: &mut Cursor) -> bool {
    let mut found = false;
    while CURRENCIES.iter().any(|currency| cursor.text(currency)) {
        cursor.spaces();
        found = true;
    }
    found
}

/// Reads the currency behind a number: a word, or a sign with nothing behind it, for it may begin an amount of its own.
fn currency_behind(cursor: &mut Cursor) -> bool {
    let is_word = cursor.peek().is_some_and(char::is_alphabetic);
    cursor.any(CURRENCIES) && (is_word || cursor.peek().is_none_or(|c| matches!(c, ' ' | ')')))
}

/// Reads a sign; says whether it is that of a number below zero.
fn sign(cursor: &mut Cursor) -> Option<bool> {
    let sign = cursor.take_if(|c| matches!(c, '-' | '–' | '—' | '负' | '+'))?;
    cursor.spaces();
    Some(sign != '+')
}

#[cfg(test)]
mod tests {
    use super::whole;
    use crate::domain::money::Money;
    use crate::parse::number::Unread;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_they_are_written() {
        let cases = [
            ("12.5万", 12_500_000),
            ("￥1,234.50", 123_450),
            ("(500)", -50_000),
            ("（500）", -50_000),
            ("￥(500)", -50_000),
            ("-500", -50_000),
            ("￥-500", -50_000),
            ("-$500", -50_000),
            ("500-", -50_000),
            ("+500", 50_000),
            ("$1.2k", 120_000),
            ("3亿", 30_000_000_000),
            ("1.5M", 150_000_000),
            ("12万5", 12_500_000),
            ("12w5", 12_500_000),
            ("12万5千", 12_500_000),
            ("12万5000", 12_500_000),
            ("1亿2000万", 12_000_000_000),
            ("1亿 2000万", 12_000_000_000),
            ("300元", 30_000),
            ("300 元", 30_000),
            ("12.5 万元", 12_500_000),
            ("１２３．４５", 12_345),
            ("12。5万", 12_500_000),
            ("2,000,000", 200_000_000),
            ("0.005", 1),
            ("-0.005", -1),
            ("1.005", 101),
            ("RMB1,000", 100_000),
            ("RMB 1,000", 100_000),
            ("1000 USD", 100_000),
            (".5", 50),
            ("5.", 500),
            ("10000元整", 1_000_000),
            ("1万亿", 100_000_000_000_000),
        ];
        for (text, cents) in cases {
            assert_eq!(whole(text).and_then(|number| number.money()), Ok(Money::from_cents(cents)), "{text}");
        }
    }

    #[test]
    fn what_could_be_two_numbers_is_refused() {
        let cases = [
            ("1 234,50", Unread::TwoWays),
            ("1.234,50", Unread::TwoWays),
            ("1234,50", Unread::TwoWays),
            ("1,2345", Unread::TwoWays),
            ("12万50", Unread::TwoWays),
            ("1.2.3", Unread::TwoWays),
            ("20多万", Unread::TwoWays),
            ("1e5", Unread::Exponent),
            ("1.38E+10", Unread::Exponent),
            ("abc", Unread::Nothing),
            ("约200", Unread::Nothing),
            ("50%", Unread::Nothing),
            ("5m2", Unread::Nothing),
            ("300 元旦", Unread::Nothing),
            ("()", Unread::Nothing),
            ("(-5)", Unread::Nothing),
            ("万", Unread::Nothing),
            ("99999999999999999999999", Unread::TooBig),
            ("9999999999999999亿", Unread::TooBig),
        ];
        for (text, why) in cases {
            assert_eq!(whole(text).and_then(|number| number.money()), Err(why), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_an_amount_panic(text in "\\PC*") {
            let _ = whole(&text);
        }

        #[test]
        fn what_is_shown_is_read_back(cents in any::<i64>()) {
            let money = Money::from_cents(cents);
            prop_assert_eq!(whole(&money.to_string()).and_then(|number| number.money()), Ok(money));
        }
    }
}
