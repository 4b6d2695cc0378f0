//! The first or last so many of a column: `top 20%`, `后10名`.

use super::input::{Input, Read, any, cut, maybe, one_of, place, spaces};
use super::number::{self, count};
use super::subject;
use crate::query::field::Column;
use crate::query::filter::fault::{Wanted, Wrong};
use crate::query::filter::{Check, Share, Value};

/// `前20%`, `top 10`, `后10名`.
pub(super) fn rank(input: &mut Input<'_>) -> Read<Check> {
    let largest = one_of(input, &[("前", true), ("top", true), ("后", false), ("bottom", false), ("末", false)])?;
    spaces(input);
    let (start, before) = (place(input), *input);
    let number = number::number(input, Wanted::Rate);
    let share = match number.ok().filter(|number| number.percent) {
        Some(number) => match number::value(number, Wanted::Rate) {
            Some(Value::Rate(rate)) if (1..=10_000).contains(&rate.basis_points()) => Share::Part(rate),
            _ => return cut(start, input, Wrong::Share),
        },
        None => {
            *input = before;
            return counted_rank(input, largest);
        }
    };
    Ok(Check::Rank { largest, share })
}

fn counted_rank(input: &mut Input<'_>, largest: bool) -> Read<Check> {
    let start = place(input);
    let count = count(input)?;
    maybe(input, |input| any(input, &["名", "位", "个", "家"]))?;
    if count == 0 {
        return cut(start, input, Wrong::Share);
    }
    Ok(Check::Rank { largest, share: Share::Count(count) })
}

/// `by profit`, `(利润)` after a rank.
pub(super) fn column(input: &mut Input<'_>) -> Read<Column> {
    spaces(input);
    let bracket = maybe(input, |input| any(input, &["("]))?.is_some();
    if !bracket {
        any(input, &["by", "按"])?;
    }
    spaces(input);
    let start = place(input);
    let field = subject::field(input)?;
    let column = match field.column {
        Some((column, _)) if field.holds.is_number() => column,
        Some((column, _)) => return cut(start, input, Wrong::NotNumber(column)),
        None => return cut(start, input, Wrong::NotInList(field.words)),
    };
    if bracket {
        spaces(input);
        any(input, &[")"])?;
    }
    Ok(column)
}
