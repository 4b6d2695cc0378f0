//! Working days and hours, the seasons of a year's trade, and how a salesperson speaks of a day to come.

use crate::domain::time::{Day, Moment};
use crate::sample::dice::Dice;
use chrono::Datelike;

/// Month and day of the Chinese New Year, from 2018 on.
const NEW_YEARS: &[(u32, u32)] = &[
    (2, 16),
    (2, 5),
    (1, 25),
    (2, 12),
    (2, 1),
    (1, 22),
    (2, 10),
    (1, 29),
    (2, 17),
    (2, 6),
    (1, 26),
    (2, 13),
    (2, 3),
    (1, 23),
    (2, 11),
    (1, 31),
    (2, 19),
    (2, 8),
];

/// Month and day of the Mid-Autumn Festival, from 2018 on.
const MID_AUTUMNS: &[(u32, u32)] = &[
    (9, 24),
    (9, 13),
    (10, 1),
    (9, 21),
    (9, 10),
    (9, 29),
    (9, 17),
    (10, 6),
    (9, 25),
    (9, 15),
    (10, 3),
    (9, 22),
    (9, 12),
    (10, 1),
    (9, 19),
    (9, 8),
    (9, 27),
    (9, 16),
];

/// The Chinese New Year of `year`.
pub(super) fn new_year(year: i32) -> Day {
    festival(NEW_YEARS, year, (2, 5))
}

/// The Mid-Autumn Festival of `year`.
pub(super) fn mid_autumn(year: i32) -> Day {
    festival(MID_AUTUMNS, year, (9, 22))
}

fn festival(table: &[(u32, u32)], year: i32, otherwise: (u32, u32)) -> Day {
    let (month, day) = usize::try_from(year - 2018).ok().and_then(|row| table.get(row)).copied().unwrap_or(otherwise);
    Day::from_ymd(year, month, day).unwrap_or_default()
}

/// Days from Monday, 0–6.
pub(super) fn weekday(day: Day) -> i32 {
    (day.number() + 3).rem_euclid(7)
}

/// Whether people work on `day` in China: no weekend, no New Year week, no May Day, no National Day week.
fn is_workday(day: Day) -> bool {
    if weekday(day) > 4 {
        return false;
    }
    let date = day.date();
    let first = date.ordinal() == 1;
    let labour = date.month() == 5 && date.day() <= 3;
    let national = date.month() == 10 && date.day() <= 7;
    let new_year = date.month() < 3 && (-1..=6).contains(&day.days_since(new_year(date.year())));
    !(first || labour || national || new_year)
}

/// `day`, or the first workday after it.
pub(super) fn workday_from(day: Day) -> Day {
    (0..20).map(|more| day.plus(more)).find(|day| is_workday(*day)).unwrap_or(day)
}

/// `day`, or the last workday before it.
pub(super) fn workday_until(day: Day) -> Day {
    (0..20).map(|less| day.plus(-less)).find(|day| is_workday(*day)).unwrap_or(day)
}

/// How brisk trade is around `day`, in thousandths of a common day: a peak in the fourth quarter, a dip at the New Year.
pub(super) fn season(day: Day) -> i32 {
    let date = day.date();
    if date.month() < 4 && (-12..=14).contains(&day.days_since(new_year(date.year()))) {
        return 350;
    }
    [850, 820, 1080, 1020, 1000, 1060, 930, 900, 1050, 1120, 1330, 1360][date.month0() as usize]
}

/// A moment of the working hours of `day`; messages also come in the evening.
pub(super) fn hour_of(dice: &mut Dice, day: Day, offset: i16, evening: bool) -> Moment {
    let minute = match dice.below(100) {
        0..=7 if evening => dice.between(18 * 60 + 40, 21 * 60),
        0..=54 => dice.between(8 * 60 + 45, 11 * 60 + 50),
        _ => dice.between(13 * 60 + 30, 17 * 60 + 45),
    };
    Moment::from_parts((i64::from(day.number()) * 1440 + minute - i64::from(offset)) * 60, offset)
}

const WEEKDAYS_ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
const WEEKDAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// How `due` is spoken of on `said`, a day before it, in Chinese or English.
pub(super) fn spoken(said: Day, due: Day, english: bool) -> String {
    let ahead = due.days_since(said);
    let weeks = (due.number() + 3).div_euclid(7) - (said.number() + 3).div_euclid(7);
    let place = weekday(due) as usize;
    match (ahead, weeks, english) {
        (0, _, false) => "今天".to_owned(),
        (0, _, true) => "today".to_owned(),
        (1, _, false) => "明天".to_owned(),
        (1, _, true) => "tomorrow".to_owned(),
        (2, _, false) => "后天".to_owned(),
        (_, 0, false) => WEEKDAYS_ZH[place].to_owned(),
        (_, 0, true) => WEEKDAYS_EN[place].to_owned(),
        (_, 1, false) => format!("下{}", WEEKDAYS_ZH[place]),
        (_, 1, true) => format!("next {}", WEEKDAYS_EN[place]),
        (_, _, false) => format!("{}月{}日", due.date().month(), due.date().day()),
        (_, _, true) => due.date().format("%-d %b").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_workday, new_year, spoken, weekday, workday_from};
    use crate::domain::time::Day;

    fn day(month: u32, day: u32) -> Day {
        Day::from_ymd(2026, month, day).unwrap()
    }

    #[test]
    fn nobody_works_at_the_new_year_or_on_a_sunday() {
        assert_eq!(new_year(2026), day(2, 17));
        assert!(!is_workday(day(2, 18)) && !is_workday(day(11, 22)) && is_workday(day(11, 23)));
        assert_eq!(workday_from(day(10, 1)), day(10, 8));
        assert_eq!(weekday(day(11, 23)), 0);
    }

    #[test]
    fn a_day_to_come_is_spoken_of_as_people_do() {
        let said = day(11, 19);
        let pairs = [(20, "明天"), (21, "后天"), (22, "周日"), (25, "下周三"), (30, "11月30日")];
        for (due, words) in pairs {
            assert_eq!(spoken(said, day(11, due), false), words);
        }
        assert_eq!(spoken(said, day(11, 25), true), "next Wed");
        assert_eq!(spoken(said, day(11, 30), true), "30 Nov");
    }
}
