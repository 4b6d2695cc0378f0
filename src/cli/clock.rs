//! Which day it is taken to be.

use crate::domain::time::{Day, Moment};
use crate::parse::when::{self, DateOrder, Looking, When, read_whole, stamp};
use chrono::{NaiveDateTime, NaiveTime, TimeDelta};

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
    /// A day or a moment as it is written anywhere, or said: `2026-11-19`, `2026年11月19日`, `昨天`, `2026-11-19T10:00`. What
    /// names a stretch of days, or counts working days of a book that is not open yet, is none.
    pub fn parse(text: &str, now: Moment) -> Option<Clock> {
        if let Ok(stamp) = stamp(text, DateOrder::Unclear) {
            let seconds = stamp.seconds.filter(|_| stamp.offset.is_none());
            let midnight = stamp.day.date().and_time(NaiveTime::MIN);
            return match seconds {
                Some(seconds) => Some(Clock::At(midnight + TimeDelta::seconds(seconds.into()))),
                None => stamp.seconds.is_none().then_some(Clock::On(stamp.day)),
            };
        }
        match read_whole(text, &when::Clock::of(now, None), Looking::Back)? {
            When::Read(reading) if reading.is_one_day() => Some(match reading.due.minute {
                Some(minute) => {
                    Clock::At(reading.due.day.date().and_time(NaiveTime::MIN) + TimeDelta::minutes(minute.into()))
                }
                None => Clock::On(reading.due.day),
            }),
            _ => None,
        }
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
        let shown = |text: &str| Clock::parse(text, real).map(|clock| clock.shows(real).to_string());
        assert_eq!(shown("2026-11-19").as_deref(), Some("2026-11-19T06:13:20+08:00"));
        assert_eq!(shown("2026-11-19T10:00").as_deref(), Some("2026-11-19T10:00:00+08:00"));
        assert_eq!(shown("2026-11-19 10:00:30").as_deref(), Some("2026-11-19T10:00:30+08:00"));
        assert_eq!(shown("昨天").as_deref(), Some("2023-11-14T06:13:20+08:00"));
        for none in ["2026-13-40", "上个月", "3个工作日前", "2026-11-19T10:00Z", "45000"] {
            assert_eq!(shown(none), None, "{none}");
        }
        assert_eq!(Clock::System.shows(real), real);
    }
}
