//! Days, months and moments, small enough to be stored a million times.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Offset, TimeZone};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(i32);

/// Days between chrono's first day of the common era and 1970-01-01.
const EPOCH: i32 = 719_163;

impl Day {
    /// The day `number` days after 1970-01-01.
    pub const fn from_number(number: i32) -> Day {
        Day(number)
    }

    /// Days since 1970-01-01.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day of this year, month (1–12) and day of the month, if there is one.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).map(Day::from)
    }

    /// The day as chrono has it.
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0.saturating_add(EPOCH)).unwrap_or_default()
    }

    /// The day `days` later (earlier when negative).
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// Whole days from `earlier` to this day.
    pub fn days_since(self, earlier: Day) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The month the day lies in.
    pub fn month(self) -> Month {
        let date = self.date();
        Month(date.year() * 12 + date.month0() as i32)
    }

    /// The same day of the month so many months later, or the month's last day when it has no such day.
    pub fn plus_months(self, months: i32) -> Day {
        let month = self.month().plus(months);
        (0..4).find_map(|short| Day::from_ymd(month.year(), month.number(), self.date().day() - short)).unwrap_or(self)
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Day {
        Day(date.num_days_from_ce() - EPOCH)
    }
}

impl fmt::Display for Day {
    /// `2026-11-21`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date().format("%Y-%m-%d"))
    }
}

/// A calendar month, counted from January of the year 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month(i32);

impl Month {
    /// The year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the year, 1–12.
    pub fn number(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }

    /// The month so many months later (earlier when negative).
    pub fn plus(self, months: i32) -> Month {
        Month(self.0.saturating_add(months))
    }

    /// Whole months from `earlier` to this month.
    pub fn months_since(self, earlier: Month) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The month's first day.
    pub fn first_day(self) -> Day {
        Day::from_ymd(self.year(), self.number(), 1).unwrap_or_default()
    }
}

/// A moment, with the offset from UTC of the place where it was noted, so that it is always shown as it was then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment {
    seconds: i64,
    offset_minutes: i16,
}

impl Moment {
    /// The moment `seconds` after 1970-01-01T00:00:00Z, at a place `offset_minutes` east of UTC.
    pub const fn from_parts(seconds: i64, offset_minutes: i16) -> Moment {
        Moment { seconds, offset_minutes }
    }

    /// The local time `local` at a place `offset_minutes` east of UTC.
    pub fn from_local(local: NaiveDateTime, offset_minutes: i16) -> Moment {
        Moment { seconds: local.and_utc().timestamp() - i64::from(offset_minutes) * 60, offset_minutes }
    }

    /// Midnight at the start of `day`, at a place `offset_minutes` east of UTC.
    pub fn start_of(day: Day, offset_minutes: i16) -> Moment {
        Moment::from_local(day.date().and_hms_opt(0, 0, 0).unwrap_or_default(), offset_minutes)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Minutes east of UTC.
    pub const fn offset_minutes(self) -> i16 {
        self.offset_minutes
    }

    /// The local day and time.
    pub fn local(self) -> NaiveDateTime {
        DateTime::from_timestamp(self.seconds.saturating_add(i64::from(self.offset_minutes) * 60), 0)
            .unwrap_or_default()
            .naive_utc()
    }

    /// The local day.
    pub fn day(self) -> Day {
        Day::from(self.local().date())
    }

    /// The moment so many seconds later.
    pub fn plus_seconds(self, seconds: i64) -> Moment {
        Moment { seconds: self.seconds.saturating_add(seconds), ..self }
    }
}

impl<Tz: TimeZone> From<DateTime<Tz>> for Moment {
    fn from(at: DateTime<Tz>) -> Moment {
        let east = at.offset().fix().local_minus_utc() / 60;
        Moment { seconds: at.timestamp(), offset_minutes: east as i16 }
    }
}

impl fmt::Display for Moment {
    /// ISO 8601 with offset: `2026-11-21T10:00:00+08:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = FixedOffset::east_opt(i32::from(self.offset_minutes) * 60).unwrap_or_else(|| chrono::Utc.fix());
        let sign = if self.offset_minutes < 0 { '-' } else { '+' };
        let east = offset.local_minus_utc().unsigned_abs() / 60;
        write!(f, "{}{sign}{:02}:{:02}", self.local().format("%Y-%m-%dT%H:%M:%S"), east / 60, east % 60)
    }
}

/// When something is due: a day, and a time of that day where one was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Due {
    /// The day.
    pub day: Day,
    /// Minutes after midnight, local time.
    pub minute: Option<u16>,
}

impl Due {
    /// Some time on `day`.
    pub const fn on(day: Day) -> Due {
        Due { day, minute: None }
    }
}

impl fmt::Display for Due {
    /// `2026-11-21`, or `2026-11-21T14:00` where a time was given.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        match self.minute {
            Some(minute) => write!(f, "T{:02}:{:02}", minute / 60, minute % 60),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Moment};

    #[test]
    fn a_day_is_written_as_iso_and_counts_from_1970() {
        assert_eq!(Day::from_number(0).to_string(), "1970-01-01");
        assert_eq!(Day::from_ymd(2026, 11, 21).map(Day::number), Some(20_778));
        assert_eq!(Day::from_ymd(2023, 13, 40), None);
    }

    #[test]
    fn a_month_later_than_the_31st_is_the_last_day_of_a_short_month() {
        let day = Day::from_ymd(2024, 1, 31).map(|day| day.plus_months(1).to_string());
        assert_eq!(day.as_deref(), Some("2024-02-29"));
    }

    #[test]
    fn a_moment_keeps_the_offset_it_was_noted_at() {
        let moment = Moment::from_parts(0, 480);
        assert_eq!(moment.to_string(), "1970-01-01T08:00:00+08:00");
        assert_eq!(Moment::from_parts(0, -210).to_string(), "1969-12-31T20:30:00-03:30");
        assert_eq!(Moment::from_local(moment.local(), 480), moment);
    }
}
