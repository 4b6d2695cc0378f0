//! Stretches of days, told from the calendar or from the day on which one asks.

use crate::domain::time::{Day, Month};
use chrono::Weekday;

/// A length of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A day.
    Day,
    /// Seven days, from Monday where the calendar counts.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

/// A stretch of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// The last so many, up to and with the day one asks.
    Last(u32, Unit),
    /// From the day one asks so many on.
    Next(u32, Unit),
    /// The calendar's own: this one (0), the one before (-1), the one after (1).
    This(Unit, i32),
    /// This day of this week (0), of the one before (-1), the one after (1), and so on.
    Weekday(i32, Weekday),
    /// The one day so many later, or earlier when negative.
    Away(i32, Unit),
    /// One day.
    On(Day),
    /// One month.
    Month(Month),
    /// One quarter (1–4) of a year.
    Quarter(i32, u32),
    /// One year.
    Year(i32),
}

/// Longest stretch that can be asked for, in its unit.
pub const MOST: u32 = 9_999;

impl Period {
    /// Its first and its last day, asked on `as_of`.
    pub fn days(self, as_of: Day) -> (Day, Day) {
        match self {
            Period::Last(count, unit) => (away(as_of, -signed(count), unit).plus(1), as_of),
            Period::Next(count, unit) => (as_of, away(as_of, signed(count), unit)),
            Period::This(unit, shift) => calendar(as_of, unit, shift),
            Period::Weekday(weeks, weekday) => {
                let (monday, _) = calendar(as_of, Unit::Week, weeks);
                one(monday.plus(weekday.num_days_from_monday() as i32))
            }
            Period::Away(count, unit) => one(away(as_of, count, unit)),
            Period::On(day) => one(day),
            Period::Month(month) => months(month, 1),
            Period::Quarter(year, quarter) => months(january(year).plus(signed(quarter.saturating_sub(1)) * 3), 3),
            Period::Year(year) => months(january(year), 12),
        }
    }
}

const fn one(day: Day) -> (Day, Day) {
    (day, day)
}

fn signed(count: u32) -> i32 {
    i32::try_from(count.min(MOST)).unwrap_or_default()
}

/// The day so many units from `day`.
fn away(day: Day, count: i32, unit: Unit) -> Day {
    match unit {
        Unit::Day => day.plus(count),
        Unit::Week => day.plus(count.saturating_mul(7)),
        Unit::Month => day.plus_months(count),
        Unit::Quarter => day.plus_months(count.saturating_mul(3)),
        Unit::Year => day.plus_months(count.saturating_mul(12)),
    }
}

/// The calendar's day, week, month, quarter or year around `day`, moved by `shift`.
fn calendar(day: Day, unit: Unit, shift: i32) -> (Day, Day) {
    let month = day.month();
    match unit {
        Unit::Day => (day.plus(shift), day.plus(shift)),
        Unit::Week => {
            // 1970-01-01 was a Thursday.
            let monday = day.plus(-(day.number() + 3).rem_euclid(7)).plus(shift.saturating_mul(7));
            (monday, monday.plus(6))
        }
        Unit::Month => months(month.plus(shift), 1),
        Unit::Quarter => {
            let within = i32::try_from((month.number() - 1) % 3).unwrap_or_default();
            months(month.plus(shift.saturating_mul(3) - within), 3)
        }
        Unit::Year => months(january(month.year().saturating_add(shift)), 12),
    }
}

fn january(year: i32) -> Month {
    Day::from_ymd(year, 1, 1).unwrap_or_default().month()
}

fn months(first: Month, count: i32) -> (Day, Day) {
    (first.first_day(), first.plus(count).first_day().plus(-1))
}

#[cfg(test)]
mod tests {
    use super::{Period, Unit};
    use crate::domain::time::Day;

    fn days(period: Period) -> (String, String) {
        let (first, last) = period.days(Day::from_ymd(2026, 11, 19).unwrap());
        (first.to_string(), last.to_string())
    }

    fn pair(first: &str, last: &str) -> (String, String) {
        (first.to_owned(), last.to_owned())
    }

    #[test]
    fn the_last_twelve_months_begin_the_day_after_the_same_day_a_year_ago() {
        assert_eq!(days(Period::Last(12, Unit::Month)), pair("2025-11-20", "2026-11-19"));
        assert_eq!(days(Period::Last(90, Unit::Day)), pair("2026-08-22", "2026-11-19"));
    }

    #[test]
    fn weeks_begin_on_monday_and_quarters_in_january() {
        assert_eq!(days(Period::This(Unit::Week, 0)), pair("2026-11-16", "2026-11-22"));
        assert_eq!(days(Period::This(Unit::Quarter, 0)), pair("2026-10-01", "2026-12-31"));
        assert_eq!(days(Period::This(Unit::Quarter, -1)), pair("2026-07-01", "2026-09-30"));
        assert_eq!(days(Period::This(Unit::Month, 1)), pair("2026-12-01", "2026-12-31"));
        assert_eq!(days(Period::Quarter(2026, 2)), pair("2026-04-01", "2026-06-30"));
    }
}
