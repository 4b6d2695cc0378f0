//! Working days: Monday to Friday, but for the holidays and exchanged days (调休) of an editable calendar.

use crate::domain::time::Day;
use crate::domain::working::CalendarDay;
use chrono::{Datelike, Weekday};
use std::collections::{BTreeMap, BTreeSet};

/// Which days are worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Days of the week that are free.
    pub weekend: Vec<Weekday>,
    /// Days that are free all the same, with the holiday's name.
    pub holidays: BTreeMap<Day, String>,
    /// Days of a weekend that are worked (调休).
    pub workdays: BTreeSet<Day>,
}

impl Default for Calendar {
    fn default() -> Calendar {
        Calendar { weekend: vec![Weekday::Sat, Weekday::Sun], holidays: BTreeMap::new(), workdays: BTreeSet::new() }
    }
}

impl Calendar {
    /// Weekends, but for these days.
    pub fn of(days: &[CalendarDay]) -> Calendar {
        let mut calendar = Calendar::default();
        for exception in days {
            match exception.day {
                Some(day) if exception.off => drop(calendar.holidays.insert(day, exception.name.clone())),
                Some(day) => drop(calendar.workdays.insert(day)),
                None => {}
            }
        }
        calendar
    }

    /// The free days around the next holiday that goes by one of `names` (any, where none is given), the first and the
    /// last of them; the one that is running counts. `None` where the calendar knows of no such holiday.
    pub fn next_holiday(&self, names: &[&str], today: Day) -> Option<(Day, Day)> {
        let called = |name: &str| names.is_empty() || names.iter().any(|other| name.to_lowercase().contains(other));
        let (day, _) = self.holidays.range(today..).find(|(_, name)| called(name))?;
        let free = |from: Day, step: i32| {
            (1..PATIENCE).map(|on| from.plus(on * step)).take_while(|at| !self.is_working(*at)).last().unwrap_or(from)
        };
        Some((free(*day, -1), free(*day, 1)))
    }

    /// Whether `day` is worked.
    pub fn is_working(&self, day: Day) -> bool {
        self.workdays.contains(&day)
            || (!self.holidays.contains_key(&day) && !self.weekend.contains(&day.date().weekday()))
    }
}

/// The longest stretch searched for a working day, so that a calendar without any ends too.
const PATIENCE: i32 = 366;

/// The `n`th working day after `day`; the day itself never counts. With `n` = 0 the first working day from `day` on.
pub fn working_days_after(day: Day, n: u32, calendar: &Calendar) -> Day {
    let next = |from: Day| (0..PATIENCE).map(|on| from.plus(on)).find(|at| calendar.is_working(*at)).unwrap_or(from);
    match n {
        0 => next(day),
        _ => (0..n).fold(day, |at, _| next(at.plus(1))),
    }
}

/// The `n`th working day before `day`; the day itself never counts.
pub fn working_days_before(day: Day, n: u32, calendar: &Calendar) -> Day {
    let last = |from: Day| (0..PATIENCE).map(|on| from.plus(-on)).find(|at| calendar.is_working(*at)).unwrap_or(from);
    (0..n).fold(day, |at, _| last(at.plus(-1)))
}

#[cfg(test)]
mod tests {
    use super::{Calendar, working_days_after, working_days_before};
    use crate::domain::time::Day;
    use crate::domain::working::CalendarDay;
    use std::collections::BTreeSet;

    fn day(month: u32, day: u32) -> Day {
        Day::from_ymd(2026, month, day).unwrap()
    }

    #[test]
    fn a_weekend_is_passed_over() {
        let calendar = Calendar::default();
        assert_eq!(working_days_after(day(11, 20), 1, &calendar), day(11, 23));
        assert_eq!(working_days_after(day(11, 21), 1, &calendar), day(11, 23));
        assert_eq!(working_days_after(day(11, 18), 5, &calendar), day(11, 25));
        assert_eq!(working_days_after(day(11, 21), 0, &calendar), day(11, 23));
        assert_eq!(working_days_before(day(11, 23), 1, &calendar), day(11, 20));
    }

    #[test]
    fn a_holiday_is_free_and_an_exchanged_saturday_is_worked() {
        let calendar = Calendar {
            holidays: (1..=7).map(|on| (day(10, on), String::from("国庆"))).collect(),
            workdays: BTreeSet::from([day(10, 10)]),
            ..Calendar::default()
        };
        assert_eq!(working_days_after(day(9, 30), 1, &calendar), day(10, 8));
        assert_eq!(working_days_after(day(10, 9), 1, &calendar), day(10, 10));
    }

    #[test]
    fn the_free_days_around_a_holiday_begin_and_end_with_the_weekends_beside_it() {
        let days: Vec<CalendarDay> = (1..=7).map(|on| CalendarDay::of(day(10, on), true, "国庆")).collect();
        let calendar = Calendar::of(&[days, vec![CalendarDay::of(day(10, 10), false, "")]].concat());
        assert_eq!(calendar.next_holiday(&[], day(9, 1)), Some((day(10, 1), day(10, 7))));
        assert_eq!(calendar.next_holiday(&["国庆"], day(10, 3)), Some((day(10, 1), day(10, 7))));
        assert_eq!(calendar.next_holiday(&["春节"], day(9, 1)), None);
    }

    #[test]
    fn a_calendar_without_working_days_ends_too() {
        use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        let calendar = Calendar { weekend: vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun], ..Calendar::default() };
        assert_eq!(working_days_after(day(11, 20), 1, &calendar), day(11, 21));
    }
}
