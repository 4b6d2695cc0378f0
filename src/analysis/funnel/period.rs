//! Periods of days, either end of which may be open.

use crate::domain::time::{Day, Month};

/// Days from one to another, both with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first day; none for all that were before.
    pub from: Option<Day>,
    /// The last day; none for all that come.
    pub to: Option<Day>,
}

impl Period {
    /// All of time.
    pub const ALL: Period = Period { from: None, to: None };

    /// From one day to another.
    pub const fn between(from: Day, to: Day) -> Period {
        Period { from: Some(from), to: Some(to) }
    }

    /// So many months from the first day of `month` on.
    pub fn months(month: Month, count: i32) -> Period {
        Period::between(month.first_day(), month.plus(count).first_day().plus(-1))
    }

    /// Whether it is all of time.
    pub const fn is_all(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Whether a day lies in it. An unknown day lies only in all of time.
    pub fn holds(&self, day: Option<Day>) -> bool {
        match day {
            Some(day) => self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to),
            None => self.is_all(),
        }
    }

    /// The period of as many days, or of as many whole months, that ends where this one begins.
    pub fn before(&self) -> Option<Period> {
        let (from, to) = (self.from?, self.to?);
        let whole_months = from == from.month().first_day() && to.plus(1) == to.plus(1).month().first_day();
        if whole_months {
            let months = to.plus(1).month().months_since(from.month());
            return Some(Period::months(from.month().plus(-months), months));
        }
        let days = to.days_since(from) + 1;
        Some(Period::between(from.plus(-days), from.plus(-1)))
    }
}

#[cfg(test)]
mod tests {
    use super::Period;
    use crate::domain::time::Day;

    fn day(year: i32, month: u32, day: u32) -> Day {
        Day::from_ymd(year, month, day).unwrap()
    }

    #[test]
    fn the_quarter_before_a_quarter_has_its_own_last_day() {
        let quarter = Period::months(day(2026, 4, 1).month(), 3);
        assert_eq!(quarter, Period::between(day(2026, 4, 1), day(2026, 6, 30)));
        assert_eq!(quarter.before(), Some(Period::between(day(2026, 1, 1), day(2026, 3, 31))));
    }

    #[test]
    fn before_a_period_of_days_lies_one_of_as_many() {
        let period = Period::between(day(2026, 4, 10), day(2026, 4, 16));
        assert_eq!(period.before(), Some(Period::between(day(2026, 4, 3), day(2026, 4, 9))));
    }

    #[test]
    fn a_day_nobody_knows_lies_in_no_period() {
        assert!(Period::ALL.holds(None));
        assert!(!Period { from: Some(day(2026, 1, 1)), to: None }.holds(None));
    }
}
