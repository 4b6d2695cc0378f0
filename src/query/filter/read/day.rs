//! Days and periods: `2023年`, `2023-05`, `近12月`, `last 90d`, `本季度`, `90天前`.

use super::number::count;
use super::word::{any, is_latin, one_of, plain};
use super::{Input, Read, maybe, pass, rest, spaces};
use crate::domain::time::Day;
use crate::query::filter::period::{MOST, Period, Unit};

const UNITS: &[(&str, Unit)] = &[
    ("天", Unit::Day),
    ("日", Unit::Day),
    ("d", Unit::Day),
    ("day", Unit::Day),
    ("days", Unit::Day),
    ("周", Unit::Week),
    ("个星期", Unit::Week),
    ("星期", Unit::Week),
    ("w", Unit::Week),
    ("week", Unit::Week),
    ("weeks", Unit::Week),
    ("月", Unit::Month),
    ("个月", Unit::Month),
    ("m", Unit::Month),
    ("month", Unit::Month),
    ("months", Unit::Month),
    ("季度", Unit::Quarter),
    ("个季度", Unit::Quarter),
    ("q", Unit::Quarter),
    ("quarter", Unit::Quarter),
    ("quarters", Unit::Quarter),
    ("年", Unit::Year),
    ("y", Unit::Year),
    ("year", Unit::Year),
    ("years", Unit::Year),
];

const NAMED: &[(&str, Period)] = &[
    ("今天", Period::This(Unit::Day, 0)),
    ("今日", Period::This(Unit::Day, 0)),
    ("today", Period::This(Unit::Day, 0)),
    ("昨天", Period::This(Unit::Day, -1)),
    ("昨日", Period::This(Unit::Day, -1)),
    ("yesterday", Period::This(Unit::Day, -1)),
    ("明天", Period::This(Unit::Day, 1)),
    ("明日", Period::This(Unit::Day, 1)),
    ("tomorrow", Period::This(Unit::Day, 1)),
    ("本周", Period::This(Unit::Week, 0)),
    ("这周", Period::This(Unit::Week, 0)),
    ("this week", Period::This(Unit::Week, 0)),
    ("上周", Period::This(Unit::Week, -1)),
    ("last week", Period::This(Unit::Week, -1)),
    ("下周", Period::This(Unit::Week, 1)),
    ("next week", Period::This(Unit::Week, 1)),
    ("本月", Period::This(Unit::Month, 0)),
    ("这个月", Period::This(Unit::Month, 0)),
    ("当月", Period::This(Unit::Month, 0)),
    ("this month", Period::This(Unit::Month, 0)),
    ("上月", Period::This(Unit::Month, -1)),
    ("上个月", Period::This(Unit::Month, -1)),
    ("last month", Period::This(Unit::Month, -1)),
    ("下月", Period::This(Unit::Month, 1)),
    ("下个月", Period::This(Unit::Month, 1)),
    ("next month", Period::This(Unit::Month, 1)),
    ("本季", Period::This(Unit::Quarter, 0)),
    ("本季度", Period::This(Unit::Quarter, 0)),
    ("这个季度", Period::This(Unit::Quarter, 0)),
    ("this quarter", Period::This(Unit::Quarter, 0)),
    ("上季", Period::This(Unit::Quarter, -1)),
    ("上季度", Period::This(Unit::Quarter, -1)),
    ("上个季度", Period::This(Unit::Quarter, -1)),
    ("last quarter", Period::This(Unit::Quarter, -1)),
    ("下季度", Period::This(Unit::Quarter, 1)),
    ("next quarter", Period::This(Unit::Quarter, 1)),
    ("今年", Period::This(Unit::Year, 0)),
    ("本年", Period::This(Unit::Year, 0)),
    ("this year", Period::This(Unit::Year, 0)),
    ("去年", Period::This(Unit::Year, -1)),
    ("上年", Period::This(Unit::Year, -1)),
    ("last year", Period::This(Unit::Year, -1)),
    ("明年", Period::This(Unit::Year, 1)),
    ("next year", Period::This(Unit::Year, 1)),
    ("近半年", Period::Last(6, Unit::Month)),
    ("最近半年", Period::Last(6, Unit::Month)),
    ("半年前", Period::Away(-6, Unit::Month)),
];

const BACK: &[&str] = &["近", "最近", "过去", "last", "past"];
const ON: &[&str] = &["未来", "今后", "接下来", "next"];
const EARLIER: &[&str] = &["前", "之前", "以前", "ago"];
const LATER: &[&str] = &["后", "之后", "以后", "from now"];

/// A day or a period that needs no field before it to be known as one.
pub(super) fn period(input: &mut Input<'_>) -> Read<Period> {
    type Reader = fn(&mut Input<'_>) -> Read<Period>;
    let readers: [Reader; 5] = [named, lasting, distant, quarter, dated];
    for reader in readers {
        if let Some(period) = maybe(input, reader)? {
            return Ok(period);
        }
    }
    pass(input)
}

/// A day or a period where one is wanted: there `2025` is a year.
pub(super) fn wanted(input: &mut Input<'_>) -> Read<Period> {
    match maybe(input, period)? {
        Some(period) => Ok(period),
        None => {
            let year = bare_year(input)?;
            // What is written like a date and is none, such as 2026-13-45, is no year either.
            if looks_dated(rest(input)) { pass(input) } else { Ok(Period::Year(year)) }
        }
    }
}

/// Whether a month and a day seem to follow: `-13-45`.
fn looks_dated(rest: &str) -> bool {
    let mut parts = rest.split(['-', '/', '.']);
    let is_number = |part: Option<&str>| {
        part.is_some_and(|part| matches!(part.chars().take_while(char::is_ascii_digit).count(), 1 | 2))
    };
    parts.next() == Some("") && is_number(parts.next()) && is_number(parts.next())
}

fn named(input: &mut Input<'_>) -> Read<Period> {
    one_of(input, NAMED)
}

/// `90天`, `12m`: a length; what follows says whether it is a period or a day.
pub(super) fn length(input: &mut Input<'_>) -> Read<(u32, Unit)> {
    let count = count(input)?;
    spaces(input);
    let unit = one_of(input, UNITS)?;
    if count > MOST { pass(input) } else { Ok((count, unit)) }
}

/// `近12月`, `last 90d`, `未来7天`, `next 2 weeks`.
fn lasting(input: &mut Input<'_>) -> Read<Period> {
    let back = maybe(input, |input| any(input, BACK))?.is_some();
    if !back {
        any(input, ON)?;
    }
    spaces(input);
    let (count, unit) = length(input)?;
    Ok(if back { Period::Last(count, unit) } else { Period::Next(count, unit) })
}

/// So many months, as a window of time: `12m`, `近12月`, `last 2 years`, `半年`, `18`.
pub(super) fn months(input: &mut Input<'_>) -> Read<u32> {
    maybe(input, |input| any(input, BACK))?;
    spaces(input);
    if maybe(input, |input| any(input, &["半年"]))?.is_some() {
        return Ok(6);
    }
    let Some((count, unit)) = maybe(input, length)? else { return count(input) };
    match unit {
        Unit::Month => Ok(count),
        Unit::Quarter => Ok(count * 3),
        Unit::Year => Ok(count * 12),
        Unit::Day | Unit::Week => pass(input),
    }
}

/// `90天前`, `90 days ago`, `3天后`, `in 3 days`.
fn distant(input: &mut Input<'_>) -> Read<Period> {
    let on = maybe(input, |input| any(input, &["in"]))?.is_some();
    spaces(input);
    let (count, unit) = length(input)?;
    let count = i32::try_from(count).unwrap_or_default();
    if on {
        return Ok(Period::Away(count, unit));
    }
    spaces(input);
    if maybe(input, |input| any(input, EARLIER))?.is_some() {
        return Ok(Period::Away(-count, unit));
    }
    any(input, LATER)?;
    Ok(Period::Away(count, unit))
}

/// `2023Q1`, `2023年一季度`, `2023年第1季度`.
fn quarter(input: &mut Input<'_>) -> Read<Period> {
    const NUMBERS: &[(&str, u32)] =
        &[("1", 1), ("2", 2), ("3", 3), ("4", 4), ("一", 1), ("二", 2), ("三", 3), ("四", 4)];
    let year = year(input)?;
    if maybe(input, of_year)?.is_none() {
        maybe(input, |input| any(input, &["-"]))?;
    }
    let latin = maybe(input, |input| any(input, &["q"]))?.is_some();
    if !latin {
        maybe(input, |input| any(input, &["第"]))?;
    }
    let number = one_of(input, NUMBERS)?;
    match latin {
        true => ends(input)?,
        false => any(input, &["季度", "季"])?,
    }
    Ok(Period::Quarter(year, number))
}

/// `2023-01-31`, `2023/1/31`, `2023年1月31日`, `2023-01`, `2023年1月`, `2023年`.
fn dated(input: &mut Input<'_>) -> Read<Period> {
    let year = year(input)?;
    let mark = match maybe(input, of_year)? {
        Some(()) => '年',
        None => one_of(input, &[("-", '-'), ("/", '/'), (".", '.')])?,
    };
    let Some(month) = maybe(input, count)? else {
        return if mark == '年' { Ok(Period::Year(year)) } else { pass(input) };
    };
    if mark == '年' {
        any(input, &["月份", "月"])?;
    } else if maybe(input, |input| separator(input, mark))?.is_none() {
        ends(input)?;
        return month_of(input, year, month);
    }
    let Some(day) = maybe(input, count)? else {
        return if mark == '年' { month_of(input, year, month) } else { pass(input) };
    };
    if mark == '年' {
        any(input, &["日", "号"])?;
    }
    ends(input)?;
    Day::from_ymd(year, month, day).map_or_else(|| pass(input), |day| Ok(Period::On(day)))
}

/// The `年` after a year, with a space before it or not: `2023 年`.
fn of_year(input: &mut Input<'_>) -> Read<()> {
    spaces(input);
    any(input, &["年"])
}

fn separator(input: &mut Input<'_>, mark: char) -> Read<()> {
    let doubled = rest(input).chars().nth(1).map(plain) == Some(mark);
    let mark = match mark {
        '-' => "-",
        '/' => "/",
        _ => ".",
    };
    // Two points make a range, not a date.
    if doubled { pass(input) } else { any(input, &[mark]) }
}

fn month_of(input: &Input<'_>, year: i32, month: u32) -> Read<Period> {
    Day::from_ymd(year, month, 1).map_or_else(|| pass(input), |day| Ok(Period::Month(day.month())))
}

/// A year of four digits that can be meant.
fn year(input: &mut Input<'_>) -> Read<i32> {
    let year = count(input)?;
    match i32::try_from(year) {
        Ok(year @ 1900..=2999) => Ok(year),
        _ => pass(input),
    }
}

fn bare_year(input: &mut Input<'_>) -> Read<i32> {
    let year = year(input)?;
    ends(input)?;
    Ok(year)
}

/// No digit or Latin letter goes on here.
fn ends(input: &Input<'_>) -> Read<()> {
    match rest(input).chars().next() {
        Some(c) if is_latin(plain(c)) => pass(input),
        _ => Ok(()),
    }
}
