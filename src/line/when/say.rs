//! A date as the preview shows it: weekday and distance, so that a misreading is seen.

use super::Clock;
use crate::domain::time::Due;
use crate::text::Language;
use chrono::Datelike;

const HAN_DAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

/// `11-25 周三 14:00，4 天后` or `Wed 25 Nov 14:00, in 4 days`; the year stands where it is another one.
pub fn say(due: Due, clock: &Clock, language: Language) -> String {
    let date = due.day.date();
    let other_year = date.year() != clock.today().date().year();
    let time = due.minute.map(|minute| format!(" {:02}:{:02}", minute / 60, minute % 60)).unwrap_or_default();
    let distance = distance(due, clock, language);
    match language {
        Language::Zh => {
            let weekday = HAN_DAYS.get(date.weekday().num_days_from_monday() as usize).copied().unwrap_or_default();
            let day = if other_year { date.format("%Y-%m-%d") } else { date.format("%m-%d") };
            format!("{day} {weekday}{time}，{distance}")
        }
        Language::En => {
            let day = if other_year { date.format("%a %-d %b %Y") } else { date.format("%a %-d %b") };
            format!("{day}{time}, {distance}")
        }
    }
}

/// How far off a date is, in days.
fn distance(due: Due, clock: &Clock, language: Language) -> String {
    let days = due.day.days_since(clock.today());
    let count = days.unsigned_abs();
    let plural = if count == 1 { "" } else { "s" };
    match (language, days) {
        (Language::Zh, 0) => "今天".to_owned(),
        (Language::Zh, 1) => "明天".to_owned(),
        (Language::Zh, -1) => "昨天".to_owned(),
        (Language::Zh, 1..) => format!("{count} 天后"),
        (Language::Zh, _) => format!("{count} 天前"),
        (Language::En, 0) => "today".to_owned(),
        (Language::En, 1) => "tomorrow".to_owned(),
        (Language::En, -1) => "yesterday".to_owned(),
        (Language::En, 1..) => format!("in {count} day{plural}"),
        (Language::En, _) => format!("{count} day{plural} ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, say};
    use crate::domain::time::{Day, Due, Moment};
    use crate::line::when::DateOrder;
    use crate::line::working_days::Calendar;
    use crate::text::Language;

    #[test]
    fn a_date_is_shown_with_its_weekday_and_distance() {
        let day = |year, month, day| Day::from_ymd(year, month, day).unwrap();
        let calendar = Calendar::default();
        let now = Moment::start_of(day(2026, 11, 21), 480);
        let clock = Clock { now, week_start: chrono::Weekday::Mon, order: DateOrder::MonthFirst, calendar: &calendar };
        let wednesday = Due { day: day(2026, 11, 25), minute: Some(840) };
        assert_eq!(say(wednesday, &clock, Language::Zh), "11-25 周三 14:00，4 天后");
        assert_eq!(say(wednesday, &clock, Language::En), "Wed 25 Nov 14:00, in 4 days");
        assert_eq!(say(Due::on(day(2027, 1, 4)), &clock, Language::Zh), "2027-01-04 周一，44 天后");
        assert_eq!(say(Due::on(day(2026, 11, 20)), &clock, Language::En), "Fri 20 Nov, yesterday");
        assert_eq!(say(Due::on(day(2026, 11, 18)), &clock, Language::Zh), "11-18 周三，3 天前");
    }
}
