//! Which day it is taken to be.

use crate::domain::time::{Day, Moment};
use chrono::NaiveDateTime;

/// The clock, unless a day or a moment was fixed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// The system's.
    #[default]
    System,
    /// The system's time of this day.
    On(Day),
    /// This local time.
    At(NaiveDateTime),
}

impl Clock {
    /// `2026-11-19` or `2026-11-19T10:00`.
    pub fn parse(text: &str) -> Option<Clock> {
        let text = text.trim();
        let formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];
        let moment = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
        let day = || chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(|date| Clock::On(Day::from(date)));
        moment.map(Clock::At).or_else(day)
    }

    /// What it shows when the system's clock shows `real`.
    pub fn shows(self, real: Moment) -> Moment {
        match self {
            Clock::System => real,
            Clock::On(day) => Moment::from_local(day.date().and_time(real.local().time()), real.offset_minutes()),
            Clock::At(local) => Moment::from_local(local, real.offset_minutes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use crate::domain::time::Moment;

    #[test]
    fn a_fixed_day_keeps_the_time_and_a_fixed_moment_does_not() {
        let real = Moment::from_parts(1_700_000_000, 480);
        let shown = |text: &str| Clock::parse(text).map(|clock| clock.shows(real).to_string());
        assert_eq!(shown("2026-11-19").as_deref(), Some("2026-11-19T06:13:20+08:00"));
        assert_eq!(shown("2026-11-19T10:00").as_deref(), Some("2026-11-19T10:00:00+08:00"));
        assert_eq!(shown("2026-13-40"), None);
        assert_eq!(Clock::System.shows(real), real);
    }
}
