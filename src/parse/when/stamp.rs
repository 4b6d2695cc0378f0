//! A whole text that is a date with its year, perhaps with its time: as machines write them, and people in cells.

use super::DateOrder;
use super::calendar::{dated, day_and_month, gap, mark, weekday_before};
use super::hour::{Hour, separators, time_of_day};
use super::weekday_word::behind;
use crate::domain::time::{Day, Due, Moment};
use crate::parse::cursor::Cursor;
use crate::parse::fold::folded;

/// A day, with its time where one was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The day.
    pub day: Day,
    /// Seconds after midnight.
    pub seconds: Option<u32>,
    /// Minutes east of UTC, where that was said.
    pub offset: Option<i16>,
}

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDate {
    /// Nothing in it is one.
    NotADate,
    /// There is no such day.
    NoSuchDay,
    /// Its year has two digits.
    ShortYear,
    /// Its year is before 1900 or after 2100.
    FarYear,
    /// What stands behind the day is no time.
    NotATime,
}

const DAY: u32 = 24 * 3600;

impl Stamp {
    /// The day with its minute.
    pub fn due(self) -> Due {
        Due { day: self.day, minute: self.seconds.and_then(|seconds| u16::try_from(seconds / 60).ok()) }
    }

    /// The moment; without an offset of its own it is local to `offset_minutes` east of UTC, without a time it is midnight.
    pub fn moment(self, offset_minutes: i16) -> Moment {
        let midnight = Moment::start_of(self.day, self.offset.unwrap_or(offset_minutes));
        midnight.plus_seconds(i64::from(self.seconds.unwrap_or(0)))
    }
}

/// The date that a text is; month and day in either order are read in this one.
///
/// # Errors
/// Why it is none.
pub fn stamp(text: &str, order: DateOrder) -> Result<Stamp, NoDate> {
    let folded = folded(text.trim().trim_start_matches('\'').trim());
    let mut cursor = Cursor::new(&folded);
    weekday_before(&mut cursor);
    let dated = cursor.attempt(dated).ok_or_else(|| wrong_year(cursor))?;
    if !(1900..=2100).contains(&dated.year()) {
        return Err(NoDate::FarYear);
    }
    let day = match (dated.days(order), order) {
        ((day, other), DateOrder::Unclear) => day.or(other),
        ((day, _), _) => day,
    };
    let day = day.ok_or(NoDate::NoSuchDay)?;
    behind(&mut cursor);
    let hour = time(&mut cursor)?;
    let offset = if hour.is_some() { zone(&mut cursor) } else { None };
    if cursor.peek().is_some() {
        return Err(if hour.is_some() { NoDate::NotATime } else { NoDate::NotADate });
    }
    let seconds = hour.map(Hour::seconds);
    let day = day.plus(seconds.map_or(0, |seconds| (seconds / DAY) as i32));
    Ok(Stamp { day, seconds: seconds.map(|seconds| seconds % DAY), offset })
}

/// Why what begins like a date is none: nobody can place `3/14/23` and `15-Mar-23`, and no calendar reaches 12023.
fn wrong_year(mut cursor: Cursor) -> NoDate {
    let digits = |cursor: &mut Cursor| cursor.digits(9).map(|(_, count)| count);
    let numbers = cursor.attempt(|trial| {
        let first = digits(trial)?;
        mark(trial).and_then(|()| digits(trial)).and_then(|_| mark(trial))?;
        Some((first, digits(trial)?))
    });
    match numbers {
        Some((5.., _) | (_, 5..)) => NoDate::FarYear,
        Some((1..=2, 1..=2)) => NoDate::ShortYear,
        Some(_) => NoDate::NotADate,
        None => {
            let named = day_and_month(&mut cursor).is_some();
            gap(&mut cursor);
            if named && cursor.digits(2).is_some() { NoDate::ShortYear } else { NoDate::NotADate }
        }
    }
}

fn time(cursor: &mut Cursor) -> Result<Option<Hour>, NoDate> {
    if !cursor.take('t') {
        separators(cursor);
    }
    if cursor.peek().is_none() {
        return Ok(None);
    }
    let is_time = |c: &char| matches!(c, ':' | '点' | '时');
    let wrong = if cursor.rest().iter().any(is_time) { NoDate::NotATime } else { NoDate::NotADate };
    time_of_day(cursor, None, true).map(Some).ok_or(wrong)
}

/// An offset from UTC: `Z`, `+08:00`, `-0330`, `+8`.
fn zone(cursor: &mut Cursor) -> Option<i16> {
    cursor.attempt(|trial| {
        trial.spaces();
        if trial.take('z') {
            return Some(0);
        }
        let west = trial.take_if(|c| matches!(c, '+' | '-'))? == '-';
        let (value, count) = trial.digits(4)?;
        let behind = trial.attempt(|inner| if inner.take(':') { inner.digits(2) } else { None });
        let minutes = match (behind, count) {
            (Some((minutes, 2)), 1 | 2) => value * 60 + minutes,
            (None, 1 | 2) => value * 60,
            (None, _) => value / 100 * 60 + value % 100,
            _ => return None,
        };
        let minutes = i16::try_from(minutes).ok().filter(|minutes| *minutes <= 14 * 60)?;
        Some(if west { -minutes } else { minutes })
    })
}
