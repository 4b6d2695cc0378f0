//! A date as the preview shows it: weekday and distance, so that a misreading is seen.

use super::Clock;
use crate::domain::time::Due;
use crate::text::figures::{distance, told_due};
use crate::text::{Language, words};

/// `11-25 周三 14:00，4 天后` or `11-25 Wed 14:00, in 4 days`; the year stands where it is another one.
pub fn say(due: Due, clock: &Clock, language: Language) -> String {
    let today = clock.today();
    let comma = words(", ", "，").say(language);
    format!("{}{comma}{}", told_due(due, today, language), distance(due.day, today, language))
}

#[cfg(test)]
mod tests {
    use super::{Clock, say};
    use crate::domain::time::{Day, Due, Moment};
    use crate::parse::working_days::Calendar;
    use crate::text::Language;

    #[test]
    fn a_date_is_shown_with_its_weekday_and_distance() {
        let day = |year, month, day| Day::from_ymd(year, month, day).unwrap();
        let calendar = Calendar::default();
        let now = Moment::start_of(day(2026, 11, 21), 480);
        let clock = Clock::of(now, Some(&calendar));
        let wednesday = Due { day: day(2026, 11, 25), minute: Some(840) };
        assert_eq!(say(wednesday, &clock, Language::Zh), "11-25 周三 14:00，4 天后");
        assert_eq!(say(wednesday, &clock, Language::En), "11-25 Wed 14:00, in 4 days");
        assert_eq!(say(Due::on(day(2027, 1, 4)), &clock, Language::Zh), "2027-01-04 周一，44 天后");
        assert_eq!(say(Due::on(day(2026, 11, 20)), &clock, Language::En), "11-20 Fri, yesterday");
        assert_eq!(say(Due::on(day(2026, 11, 18)), &clock, Language::Zh), "11-18 周三，3 天前");
    }
}
