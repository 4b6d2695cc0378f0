//! Dates of the calendar: 2026-12-05, 12月5日, 12/5, 15号, 下月15号, 5 dec, dec 5th, the 15th.

use super::calendar::{dated, day_and_month, day_of};
use super::month_name::english_month;
use super::number::{is_counted, number, year};
use super::period::part_of_month;
use super::weekday_word::behind;
use super::{DateOrder, Found, Note, Reader, Why};
use crate::domain::time::{Day, Due, Month};
use crate::parse::cursor::Cursor;
use crate::parse::fold::{is_han, is_word};
use chrono::{Datelike, Weekday};

/// Days named with a weekday that is not theirs say so, and give the nearest day that has it as the rival.
pub(super) fn checked(found: Found, weekday: Weekday) -> Found {
    let day = found.due.day;
    if found.lost.is_some() || day.date().weekday() == weekday {
        return found;
    }
    let near = [1, -1, 2, -2, 3, -3].iter().map(|days| day.plus(*days)).find(|day| day.date().weekday() == weekday);
    found.or(near).noted(Note::WeekdayDiffers)
}

fn with_weekday(reader: &mut Reader, found: Found) -> Found {
    match behind(&mut reader.cursor) {
        Some(weekday) => checked(found, weekday),
        None => found,
    }
}

fn this_year(reader: &Reader) -> i64 {
    i64::from(reader.today().date().year())
}

/// The day of this month and day of the month that is nearest in the direction looked; this year's is the rival when it
/// has just been passed over. A day this year does not have is lost.
fn nearest_year(reader: &Reader, month: i64, day: i64) -> Found {
    let this = this_year(reader);
    let (Some(here), Some(found)) =
        (day_of(this, month, day), reader.nearest(|turn| day_of(this + i64::from(turn), month, day)))
    else {
        return Found::lost(Why::NoSuchDay);
    };
    Found::on(found).or((found != here).then_some(here))
}

/// A year before a month: 2026年, 明年.
fn year_before(reader: &mut Reader) -> Option<i64> {
    let this = this_year(reader);
    let said = [("今年", 0), ("本年", 0), ("明年", 1), ("来年", 1), ("后年", 2), ("去年", -1), ("前年", -2)];
    reader.cursor.longest(&said).map(|years| this + years).or_else(|| {
        reader.cursor.attempt(|trial| {
            let found = year(trial)?;
            trial.take('年').then_some(found)
        })
    })
}

/// 2026-12-05, 20261205, 2026年12月5日, 12/5/2026, 5 dec 2026.
pub(super) fn full_date(reader: &mut Reader) -> Option<Found> {
    let dated = reader.cursor.attempt(dated)?;
    reader.cursor.attempt(|trial| (trial.take('t') && trial.peek().is_some_and(|c| c.is_ascii_digit())).then_some(()));
    let (day, other) = dated.days(reader.clock.order);
    let rival = day.and(other).filter(|other| Some(*other) != day);
    let found = Found { dated: true, ..Found::on_some(day.or(other)) };
    Some(with_weekday(reader, found.or(rival)))
}

/// 12月5日, 明年3月5号, 十二月五日, and a month's parts: 12月底, 12月.
pub(super) fn month_and_day(reader: &mut Reader) -> Option<Found> {
    let year = year_before(reader);
    let month = match reader.cursor.take('元') {
        true => 1,
        false => number(&mut reader.cursor)?,
    };
    (reader.cursor.any(&["月", "月份"]) && (1..=12).contains(&month)).then_some(())?;
    let day = reader.cursor.attempt(|trial| {
        trial.take('的');
        let day = number(trial)?;
        let named = trial.any(&["日", "号"]);
        let free = !trial.peek().is_some_and(|c| is_han(c) || c == ':') && !is_counted(*trial);
        (named || free).then_some(day)
    });
    if let Some(day) = day {
        let found = match year {
            Some(year) => Found::on_some(day_of(year, month, day)),
            None => nearest_year(reader, month, day),
        };
        return Some(with_weekday(reader, found));
    }
    let year = year.or_else(|| month_year(reader, month))?;
    part_of_month(&mut reader.cursor, month_at(year, month)?)
}

/// The year of a month said without one: nearest in the direction looked, the running month counted.
fn month_year(reader: &Reader, month: i64) -> Option<i64> {
    let (this, now) = (this_year(reader), i64::from(reader.today().month().number()));
    Some(match reader.is_ahead() {
        true if month < now => this + 1,
        false if month > now => this - 1,
        _ => this,
    })
}

fn month_at(year: i64, month: i64) -> Option<Month> {
    day_of(year, month, 1).map(Day::month)
}

/// Months before a bare day of the month.
const MONTHS: &[(&str, i32)] = &[
    ("本月", 0),
    ("这个月", 0),
    ("这月", 0),
    ("当月", 0),
    ("下月", 1),
    ("下个月", 1),
    ("次月", 1),
    ("下下月", 2),
    ("下下个月", 2),
    ("上月", -1),
    ("上个月", -1),
    ("上上个月", -2),
];

/// Nouns that make 1号 or 3日 a number and not a day.
const NUMBERED: &[&str] = &[
    "楼", "线", "店", "门", "机", "仓", "方案", "院", "馆", "厅", "车", "产品", "库", "员工", "客户", "样", "地块",
    "厂",
];

/// 15号, 下月15号, the 15th.
pub(super) fn day_of_month(reader: &mut Reader) -> Option<Found> {
    let month = reader.cursor.longest(MONTHS);
    reader.cursor.take('的');
    reader.cursor.spaces();
    let day = number(&mut reader.cursor)?;
    let named = reader.cursor.any(&["号", "日"]) && !reader.cursor.sees(NUMBERED);
    // 下月5 says the day as well; 下月5家 and 下月5 台设备 do not.
    let ends = |cursor: Cursor| cursor.peek().is_none_or(|c| c == ' ') && !is_counted(cursor);
    let bare = || month.is_some() && ends(reader.cursor) && day >= 1;
    (named || bare()).then_some(())?;
    let found = bare_day(reader, day, month);
    Some(with_weekday(reader, found))
}

/// The day of the running month, or of the next (last) one when it has passed; a month that does not have it loses it.
fn bare_day(reader: &Reader, day: i64, month: Option<i32>) -> Found {
    let this = reader.today().month();
    let at = |turn: i32| {
        let month = this.plus(turn);
        day_of(i64::from(month.year()), i64::from(month.number()), day)
    };
    match month {
        Some(turn) => Found::on_some(at(turn)),
        None if at(0).is_none() => Found::lost(Why::NoSuchDay),
        None => Found::on_some(reader.nearest(at)),
    }
}

/// What behind two numbers makes them no date: 3-5个, 2-3点.
const UNITS: &str = "点天个周小时月年分万亿元%台件条家人:-/.~";

/// 12/5, 12/5/26, 12-5, 12.5.
pub(super) fn numeric_date(reader: &mut Reader) -> Option<Found> {
    let (first, second, separator, year) = reader.cursor.attempt(numbers)?;
    let weekday = behind(&mut reader.cursor);
    if weekday.is_none()
        && reader.cursor.peek().is_some_and(|c| UNITS.contains(c) && (c, separator) != ('-', '/') || is_word(c))
    {
        return None;
    }
    let read = |month, day| match year {
        Some(year) => Found::on_some(day_of(year, month, day)),
        None => nearest_year(reader, month, day),
    };
    let (mut chosen, mut other) = (read(first, second), read(second, first));
    if reader.clock.order == DateOrder::DayFirst {
        std::mem::swap(&mut chosen, &mut other);
    }
    if chosen.lost.is_some() {
        std::mem::swap(&mut chosen, &mut other);
    }
    if other.lost.is_none() && other.due != chosen.due {
        chosen.rival = Some(other.due);
    }
    if let Some(year) = year.filter(|_| separator != '.') {
        chosen = year_first(reader, chosen, (first, second, year));
    }
    if first > 31 || second > 31 || first == 0 || second == 0 {
        return None;
    }
    let found = if separator == '/' { chosen } else { chosen.weak() };
    Some(weekday.map_or(found, |weekday| checked(found, weekday)))
}

/// 26/11/25 in the Chinese order, year first: believed where the other reading lies on the other side of today, else its rival.
fn year_first(reader: &Reader, chosen: Found, (year, month, day): (i64, i64, i64)) -> Found {
    let Some(day) = day_of(2000 + year, month, day - 2000) else { return chosen };
    let beyond = |day: Day| if reader.is_ahead() { day < reader.today() } else { day > reader.today() };
    match (chosen.lost.is_some() || beyond(chosen.due.day)) && !beyond(day) {
        true => Found { rival: (chosen.lost.is_none()).then_some(chosen.due), ..Found::on(day) },
        false => Found { rival: chosen.rival.or(Some(Due::on(day))), ..chosen },
    }
}

fn numbers(cursor: &mut Cursor) -> Option<(i64, i64, char, Option<i64>)> {
    let (first, _) = cursor.digits(2)?;
    let separator = cursor.take_if(|c| "/-.".contains(c))?;
    let (second, _) = cursor.digits(2)?;
    let year = cursor.attempt(|trial| {
        trial.take(separator).then_some(())?;
        trial.digits(2).filter(|(_, count)| *count == 2).map(|(year, _)| 2000 + year)
    });
    Some((first, second, separator, year))
}

/// 5 dec, dec 5th, the 15th, 15th of next month, dec.
pub(super) fn english_date(reader: &mut Reader) -> Option<Found> {
    reader.cursor.any(&["the"]);
    reader.cursor.spaces();
    if let Some((month, day)) = reader.cursor.attempt(month_and_its_day) {
        let found = nearest_year(reader, month, day);
        return Some(with_weekday(reader, found));
    }
    reader.attempt(ordinal_alone).or_else(|| {
        let may = reader.cursor.sees(&["may", "mar", "march"]);
        let month = english_month(&mut reader.cursor)?;
        let year = reader.cursor.attempt(english_year).or_else(|| month_year(reader, month))?;
        let found = Found::on(month_at(year, month)?.first_day()).noted(Note::FirstDay);
        (!may).then_some(found.weak())
    })
}

fn ordinal(cursor: &mut Cursor) -> Option<(i64, bool)> {
    let (day, _) = cursor.digits(2)?;
    let ending = cursor.any(&["st", "nd", "rd", "th"]);
    (!cursor.peek().is_some_and(|c| c.is_ascii_alphanumeric() || c == ':') || ending).then_some((day, ending))
}

/// 5 dec, dec 5th. The 3 of dec 3pm is an hour, and the 15-mar of 15-mar-23 no date by itself.
fn month_and_its_day(cursor: &mut Cursor) -> Option<(i64, i64)> {
    let found = day_and_month(cursor)?;
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let hour = cursor.clone().attempt(|trial| {
        trial.spaces();
        trial.any(&["am", "pm"]).then_some(())
    });
    let goes_on = match cursor.peek() {
        Some('-' | '/') => is_digit(cursor.peek_at(1)),
        Some(c) => c.is_ascii_alphanumeric() || c == ':',
        None => false,
    };
    (hour.is_none() && !goes_on).then_some(found)
}

fn english_year(cursor: &mut Cursor) -> Option<i64> {
    cursor.take(',');
    cursor.spaces();
    let (year, count) = cursor.digits(4)?;
    (count == 4 && cursor.peek() != Some(':')).then_some(year)
}

const ENGLISH_TURNS: &[(&str, i32)] = &[("this month", 0), ("next month", 1), ("last month", -1), ("the month", 0)];

/// 15th, 15th of next month, next month 15th: an ordinal without a month's name.
fn ordinal_alone(reader: &mut Reader) -> Option<Found> {
    let before = reader.cursor.longest(ENGLISH_TURNS);
    if before.is_some() {
        reader.cursor.spaces();
        reader.cursor.any(&["the", "on the"]);
        reader.cursor.spaces();
    }
    let (day, ending) = ordinal(&mut reader.cursor)?;
    ending.then_some(())?;
    let month = reader.cursor.attempt(|trial| {
        trial.spaces();
        if trial.any(&["of"]) {
            trial.spaces();
        }
        trial.longest(ENGLISH_TURNS)
    });
    Some(bare_day(reader, day, before.or(month)))
}
