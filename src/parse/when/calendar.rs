//! Dates that say their year: 2026-9-30, 2026年9月30日, 20260930, 30/9/2026, 30 Sep 2026, Sep 30, 2026.

use super::DateOrder;
use super::month_name::english_month;
use super::number::{is_counted, number, year};
use super::weekday_word::{Named, Week, english, han};
use crate::domain::time::Day;
use crate::parse::cursor::Cursor;
use crate::parse::fold::is_han;

/// A date as its numbers were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::parse) enum Dated {
    /// Year, month and day.
    Sure(i64, i64, i64),
    /// Month and day in either order, then the year.
    Either(i64, i64, i64),
}

impl Dated {
    /// The day, and the one that the other order would make; `None` where there is no such day.
    pub(in crate::parse) fn days(self, order: DateOrder) -> (Option<Day>, Option<Day>) {
        let (first, second, year) = match self {
            Dated::Sure(year, month, day) => return (day_of(year, month, day), None),
            Dated::Either(first, second, year) => (first, second, year),
        };
        let (month_first, day_first) = (day_of(year, first, second), day_of(year, second, first));
        if order == DateOrder::DayFirst { (day_first, month_first) } else { (month_first, day_first) }
    }

    /// The year.
    pub(super) const fn year(self) -> i64 {
        match self {
            Dated::Sure(year, ..) | Dated::Either(.., year) => year,
        }
    }
}

/// The day of these numbers, if there is one.
pub(super) fn day_of(year: i64, month: i64, day: i64) -> Option<Day> {
    Day::from_ymd(i32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// The date with its year at the cursor.
pub(in crate::parse) fn dated(cursor: &mut Cursor) -> Option<Dated> {
    let readers: [fn(&mut Cursor) -> Option<Dated>; 5] = [dashed, in_han, compact, year_behind, named];
    readers.into_iter().find_map(|read| cursor.attempt(|trial| read(trial)))
}

/// What stands between two numbers of a date: a dash, a stroke or a point, perhaps padded.
pub(super) fn mark(cursor: &mut Cursor) -> Option<()> {
    cursor.spaces();
    cursor.take_if(|c| "-/.。".contains(c))?;
    cursor.spaces();
    Some(())
}

fn four_digits(cursor: &mut Cursor) -> Option<i64> {
    cursor.digits(4).filter(|(_, count)| *count == 4).map(|(value, _)| value)
}

fn two_digits(cursor: &mut Cursor) -> Option<i64> {
    cursor.digits(2).map(|(value, _)| value)
}

fn dashed(cursor: &mut Cursor) -> Option<Dated> {
    let year = four_digits(cursor)?;
    mark(cursor)?;
    let month = two_digits(cursor)?;
    mark(cursor)?;
    Some(Dated::Sure(year, month, two_digits(cursor)?))
}

fn in_han(cursor: &mut Cursor) -> Option<Dated> {
    let named = |cursor: &mut Cursor, name: char| {
        cursor.spaces();
        cursor.take(name).then(|| cursor.spaces())
    };
    let year = year(cursor)?;
    named(cursor, '年')?;
    let month = number(cursor)?;
    named(cursor, '月')?;
    let day = number(cursor)?;
    let ends = |cursor: &Cursor| !cursor.peek().is_some_and(|c| is_han(c) || c == ':') && !is_counted(*cursor);
    let closed = cursor.attempt(|trial| {
        trial.spaces();
        trial.any(&["日", "号"]).then_some(())
    });
    (closed.is_some() || ends(cursor)).then_some(Dated::Sure(year, month, day))
}

fn compact(cursor: &mut Cursor) -> Option<Dated> {
    let (all, count) = cursor.digits(8)?;
    let month = all / 100 % 100;
    let is_date = count == 8 && all / 10_000 >= 1900 && (1..=12).contains(&month);
    is_date.then_some(Dated::Sure(all / 10_000, month, all % 100))
}

fn year_behind(cursor: &mut Cursor) -> Option<Dated> {
    let first = two_digits(cursor)?;
    mark(cursor)?;
    let second = two_digits(cursor)?;
    mark(cursor)?;
    Some(Dated::Either(first, second, four_digits(cursor)?))
}

/// `30 Sep 2026`, `30-Sep-2026`, `Sep 30, 2026`, `2026 Sep 30`.
fn named(cursor: &mut Cursor) -> Option<Dated> {
    let before = cursor.attempt(|trial| {
        let year = four_digits(trial)?;
        gap(trial);
        Some(year)
    });
    let (month, day) = day_and_month(cursor)?;
    match before {
        Some(year) => Some(Dated::Sure(year, month, day)),
        None => {
            gap(cursor);
            let year = four_digits(cursor).filter(|_| cursor.peek() != Some(':'))?;
            Some(Dated::Sure(year, month, day))
        }
    }
}

/// Month and day, the month by its English name: `30 Sep`, `Sep 30th`.
pub(super) fn day_and_month(cursor: &mut Cursor) -> Option<(i64, i64)> {
    let day = |cursor: &mut Cursor| {
        let day = two_digits(cursor)?;
        cursor.any(&["st", "nd", "rd", "th"]);
        Some(day)
    };
    let day_first = cursor.attempt(|trial| {
        let day = day(trial)?;
        gap(trial);
        Some((english_month(trial)?, day))
    });
    day_first.or_else(|| {
        cursor.attempt(|trial| {
            let month = english_month(trial)?;
            gap(trial);
            Some((month, day(trial)?))
        })
    })
}

/// What may stand between a day, a month's name and a year.
pub(super) fn gap(cursor: &mut Cursor) {
    while cursor.take_if(|c| " ,-/.".contains(c)).is_some() || cursor.any(&["of", "the"]) {}
}

/// A weekday before a date, which is passed over: `Wed, 30 Sep 2026`.
pub(in crate::parse) fn weekday_before(cursor: &mut Cursor) {
    cursor.attempt(|trial| {
        let (week, named) = trial.attempt(han).or_else(|| trial.attempt(english))?;
        trial.take(',');
        trial.spaces();
        matches!((week, named), (Week::Nearest, Named::Day(_))).then_some(())
    });
}
