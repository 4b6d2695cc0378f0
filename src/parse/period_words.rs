//! Days and periods: `2023年`, `2023-05`, `近12月`, `last 90d`, `本季度`, `90天前`.

use crate::domain::time::{Day, Month};
use crate::parse::cursor::Cursor;
use crate::parse::fold::folded;
use crate::parse::period::{MOST, Period, Unit};
use crate::parse::when::DateOrder;
use crate::parse::when::calendar::{dated, weekday_before};
use crate::parse::when::weekday_word::{Named, Week, english, han};

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
    ("前天", Period::Away(-2, Unit::Day)),
    ("大前天", Period::Away(-3, Unit::Day)),
    ("day before yesterday", Period::Away(-2, Unit::Day)),
    ("后天", Period::Away(2, Unit::Day)),
    ("大后天", Period::Away(3, Unit::Day)),
    ("day after tomorrow", Period::Away(2, Unit::Day)),
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
pub fn period(cursor: &mut Cursor) -> Option<Period> {
    let readers: [fn(&mut Cursor) -> Option<Period>; 7] =
        [weekday, named, lasting, distant, quarter, marked_day, month_or_year];
    readers.into_iter().find_map(|read| cursor.attempt(|trial| read(trial)))
}

/// A day or a period where one is wanted: there `2025` is a year.
pub fn wanted_period(cursor: &mut Cursor) -> Option<Period> {
    cursor.attempt(period).or_else(|| cursor.attempt(one_day)).or_else(|| {
        let year = year(cursor).filter(|_| ends(cursor))?;
        // What is written like a date and is none, such as 2026-13-45, is no year either.
        (!looks_dated(*cursor)).then_some(Period::Year(year))
    })
}

/// Whether a month and a day seem to follow: `-13-45`.
fn looks_dated(mut cursor: Cursor) -> bool {
    let mut part = || cursor.take_if(|c| "-/.".contains(c)).is_some() && cursor.digits(2).is_some();
    part() && part()
}

/// `下周三`, `last fri`: the day of a week that is said.
fn weekday(cursor: &mut Cursor) -> Option<Period> {
    let (week, named) = cursor.attempt(han).or_else(|| cursor.attempt(english))?;
    let weeks = match week {
        Week::Away(weeks @ -1..=1) => weeks,
        Week::Next => 1,
        Week::Last => -1,
        Week::Away(_) | Week::Nearest => return None,
    };
    match named {
        Named::Day(weekday) => Some(Period::Weekday(weeks, weekday)),
        Named::Weekend => None,
    }
}

fn named(cursor: &mut Cursor) -> Option<Period> {
    cursor.longest_name(NAMED.iter().copied())
}

/// `90天`, `12m`: a length; what follows says whether it is a period or a day.
pub fn length(cursor: &mut Cursor) -> Option<(u32, Unit)> {
    let count = count(cursor)?;
    cursor.spaces();
    let unit = cursor.longest_name(UNITS.iter().copied())?;
    (count <= MOST).then_some((count, unit))
}

/// `近12月`, `last 90d`, `未来7天`, `next 2 weeks`.
fn lasting(cursor: &mut Cursor) -> Option<Period> {
    let back = cursor.any_name(BACK);
    (back || cursor.any_name(ON)).then_some(())?;
    cursor.spaces();
    let (count, unit) = length(cursor)?;
    Some(if back { Period::Last(count, unit) } else { Period::Next(count, unit) })
}

/// The window of time that a whole text says, in months, 1,200 at most: `12m`, `近12月`, `last 2 years`, or `18` alone;
/// no months are all years.
pub fn window(text: &str) -> Option<Option<u32>> {
    const ALL: &[&str] = &["all", "all years", "全部", "全部年份", "所有"];
    let folded = folded(text.trim());
    let mut cursor = Cursor::new(&folded);
    let months = match cursor.any_name(ALL) {
        true => None,
        false => Some(months(&mut cursor).filter(|months| (1..=1200).contains(months))?),
    };
    cursor.peek().is_none().then_some(months)
}

/// What stands between the ends of a stretch of days.
pub const TO: &[&str] = &["..", "。。", "~", "到", "至", "to"];

/// The first and the last day of the period that a whole text says, or of two with a sign between, as of `today`: `2026`,
/// `本季度`, `2026-02 至 2026-03-15`.
pub fn stretch(text: &str, today: Day) -> Option<(Day, Day)> {
    let folded = folded(text.trim());
    let mut cursor = Cursor::new(&folded);
    let (first, mut last) = wanted_period(&mut cursor)?.days(today);
    cursor.spaces();
    if cursor.any_name(TO) || cursor.take('—') {
        cursor.spaces();
        last = wanted_period(&mut cursor)?.days(today).1;
    }
    (cursor.peek().is_none() && first <= last).then_some((first, last))
}

/// The month that a whole text says, or within which all of what it says lies: `2026-11`, `上月`.
pub fn month(text: &str, today: Day) -> Option<Month> {
    stretch(text, today).filter(|(first, last)| first.month() == last.month()).map(|(first, _)| first.month())
}

/// So many months: `12m`, `近12月`, `last 2 years`, `半年`, `18`.
fn months(cursor: &mut Cursor) -> Option<u32> {
    cursor.any_name(BACK);
    cursor.spaces();
    if cursor.any_name(&["半年"]) {
        return Some(6);
    }
    let Some((count, unit)) = cursor.attempt(length) else { return count(cursor) };
    match unit {
        Unit::Month => Some(count),
        Unit::Quarter => Some(count * 3),
        Unit::Year => Some(count * 12),
        Unit::Day | Unit::Week => None,
    }
}

/// `90天前`, `90 days ago`, `3天后`, `in 3 days`.
fn distant(cursor: &mut Cursor) -> Option<Period> {
    let on = cursor.any_name(&["in"]);
    cursor.spaces();
    let (count, unit) = length(cursor)?;
    let count = i32::try_from(count).ok()?;
    cursor
        .attempt(|trial| {
            trial.spaces();
            if on {
                Some(count)
            } else if trial.any_name(EARLIER) {
                Some(-count)
            } else {
                trial.any_name(LATER).then_some(count)
            }
        })
        .map(|count| Period::Away(count, unit))
}

/// `2023Q1`, `2023年一季度`, `2023年第1季度`.
fn quarter(cursor: &mut Cursor) -> Option<Period> {
    const NUMBERS: &[(&str, u32)] =
        &[("1", 1), ("2", 2), ("3", 3), ("4", 4), ("一", 1), ("二", 2), ("三", 3), ("四", 4)];
    let year = year(cursor)?;
    if !of_year(cursor) {
        cursor.take('-');
    }
    let latin = cursor.take('q');
    if !latin {
        cursor.take('第');
    }
    let number = cursor.longest_name(NUMBERS.iter().copied())?;
    let named = if latin { ends(cursor) } else { cursor.any_name(&["季度", "季"]) };
    named.then_some(Period::Quarter(year, number))
}

/// `2023-01-31`, `2023年1月31日`, `31/1/2023`, `Tue, 31 Jan 2023`: a day that says its year.
fn one_day(cursor: &mut Cursor) -> Option<Period> {
    weekday_before(cursor);
    let (day, other) = dated(cursor)?.days(DateOrder::Unclear);
    day.or(other).filter(|_| ends(cursor)).map(Period::On)
}

/// A day that no number can be: `20230131` may be one, where no day is wanted.
fn marked_day(cursor: &mut Cursor) -> Option<Period> {
    let is_number = (0..5).all(|ahead| cursor.peek_at(ahead).is_some_and(|c| c.is_ascii_digit()));
    if is_number { None } else { one_day(cursor) }
}

/// `2023-01`, `2023年1月`, `2023年`.
fn month_or_year(cursor: &mut Cursor) -> Option<Period> {
    let year = year(cursor)?;
    let in_words = of_year(cursor);
    let mark = if in_words { '年' } else { cursor.take_if(|c| "-/.".contains(c))? };
    let Some(month) = count(cursor) else { return in_words.then_some(Period::Year(year)) };
    let of_month = || Day::from_ymd(year, month, 1).map(|day| Period::Month(day.month()));
    if in_words {
        cursor.any_name(&["月份", "月"]).then_some(())?;
    } else if cursor.peek_at(1) == Some(mark) || !cursor.take(mark) {
        // Two points make a range, not a date.
        return of_month().filter(|_| ends(cursor));
    }
    // What goes on like a day and is none, 2026-05-45, is no month either.
    of_month().filter(|_| in_words && count(cursor).is_none())
}

/// The `年` after a year, with a space before it or not: `2023 年`.
fn of_year(cursor: &mut Cursor) -> bool {
    cursor
        .attempt(|trial| {
            trial.spaces();
            trial.take('年').then_some(())
        })
        .is_some()
}

fn count(cursor: &mut Cursor) -> Option<u32> {
    cursor.digits(9).and_then(|(count, _)| u32::try_from(count).ok())
}

/// A year of four digits that can be meant.
fn year(cursor: &mut Cursor) -> Option<i32> {
    count(cursor).and_then(|year| i32::try_from(year).ok()).filter(|year| (1900..=2999).contains(year))
}

/// Whether no digit or Latin letter goes on here.
fn ends(cursor: &Cursor) -> bool {
    !cursor.peek().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::{month, stretch};
    use crate::domain::time::Day;

    #[test]
    fn a_stretch_is_one_period_or_goes_from_one_to_another() {
        let today = Day::from_ymd(2026, 11, 19).unwrap();
        let said =
            |text: &str| stretch(text, today).map_or_else(String::new, |(first, last)| format!("{first}..{last}"));
        for (text, days) in [
            ("2026", "2026-01-01..2026-12-31"),
            ("2026年2月", "2026-02-01..2026-02-28"),
            ("2026-02 至 2026-03-15", "2026-02-01..2026-03-15"),
            ("20260201~20260228", "2026-02-01..2026-02-28"),
            ("本季度", "2026-10-01..2026-12-31"),
            ("last month", "2026-10-01..2026-10-31"),
            ("2026-03..2026-01", ""),
            ("2026-13", ""),
            ("soon", ""),
        ] {
            assert_eq!(said(text), days, "{text}");
        }
        let number = |text: &str| month(text, today).map(|month| (month.year(), month.number()));
        assert_eq!((number("2026.3"), number("上月"), number("2026")), (Some((2026, 3)), Some((2026, 10)), None));
    }
}
