//! Amounts, counts, shares and scores: `12.5万`, `100k`, `1,200`, `30%`, `4.5分`.

use super::input::{Input, Read, any, found, is_latin, maybe, next, pass};
use crate::domain::measure::{Rate, Score};
use crate::parse::amount::amount;
use crate::parse::number::{Commas, Number};
use crate::query::filter::Value;
use crate::query::filter::fault::Wanted;

/// A number; sides that cannot belong to what is wanted are left unread. Commas group the digits of money, and divide
/// anything else.
pub(super) fn number(input: &mut Input<'_>, wanted: Wanted) -> Read<Number> {
    let commas = if wanted == Wanted::Money { Commas::Group } else { Commas::Divide };
    let number = found(input, |cursor| amount(cursor, commas).ok())?;
    if !number.percent {
        maybe(input, |input| any(input, counted(wanted)))?;
    }
    match next(input) {
        Some(c) if is_latin(c) || is_measure_of_time(c) => pass(),
        _ => Ok(number),
    }
}

const fn is_measure_of_time(c: char) -> bool {
    matches!(c, '天' | '日' | '周' | '月' | '年')
}

/// What may be said after a number for good measure.
const fn counted(wanted: Wanted) -> &'static [&'static str] {
    match wanted {
        Wanted::Whole => &["次", "单", "个", "笔", "岁", "times"],
        Wanted::Quantity => &["年", "years", "year", "y"],
        Wanted::Score => &["分", "星"],
        _ => &[],
    }
}

/// The value of what is wanted; `None` where the number is not of its kind.
pub(super) fn value(number: Number, wanted: Wanted) -> Option<Value> {
    if number.percent && wanted != Wanted::Rate {
        return None;
    }
    match wanted {
        Wanted::Money => number.money().ok().map(Value::Money),
        Wanted::Whole => number.scaled(1, 0).ok().filter(|_| number.is_whole()).map(Value::Whole),
        Wanted::Rate => {
            let in_percent = number.percent || !number.is_share();
            let points = number.scaled(1, if in_percent { 2 } else { 4 }).ok()?;
            i32::try_from(points).ok().map(Rate::from_basis_points).map(Value::Rate)
        }
        Wanted::Score | Wanted::Quantity => {
            i32::try_from(number.scaled(1, 2).ok()?).ok().map(Score::from_hundredths).map(Value::Score)
        }
        Wanted::Day | Wanted::Word => None,
    }
}

/// A plain count of what follows: `12`, also `十二` is not read here.
pub(super) fn count(input: &mut Input<'_>) -> Read<u32> {
    found(input, |cursor| cursor.digits(10).and_then(|(count, _)| u32::try_from(count).ok()))
}
