//! How amounts, shares and days are written for a person.

use crate::domain::measure::{Rate, Score};
use crate::domain::money::{Money, round_div};
use crate::domain::time::{Day, Due};
use crate::text::Language;
use chrono::{Datelike, Weekday};

/// An amount in at most 7 columns: 万/亿 in Chinese, k/M/B in English, at three or four digits; beyond what a firm earns, 万亿
/// and T, in at most 9.
pub fn short_money(money: Money, language: Language) -> String {
    let units: &[(i128, &str)] = match language {
        Language::Zh => &[(100_000_000_000_000, "万亿"), (10_000_000_000, "亿"), (1_000_000, "万")],
        Language::En => &[(100_000_000_000_000, "T"), (100_000_000_000, "B"), (100_000_000, "M"), (100_000, "k")],
    };
    let cents = i128::from(money.cents());
    let fits = |(unit, _): &&(i128, &str)| cents.abs() >= *unit;
    match units.iter().find(fits) {
        Some((unit, name)) => format!("{}{name}", at_three_digits(cents, *unit)),
        None => round_div(cents, 100).to_string(),
    }
}

/// `cents` ÷ `unit` with two decimals below 10, one below 100, none above.
fn at_three_digits(cents: i128, unit: i128) -> String {
    let decimals = match cents.abs() / unit {
        0..10 => 2,
        10..100 => 1,
        _ => 0,
    };
    let scale = 10_i128.pow(decimals);
    let scaled = round_div(cents * scale, unit);
    let sign = if scaled < 0 { "-" } else { "" };
    let (whole, part) = (scaled.abs() / scale, scaled.abs() % scale);
    match decimals {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{part:0width$}", width = decimals as usize),
    }
}

/// An amount in full, with thousands marked: `1,234,567.50`.
pub fn full_money(money: Money) -> String {
    let cents = money.cents().unsigned_abs();
    let sign = if money.cents() < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", grouped(cents / 100), cents % 100)
}

/// A count with thousands marked: `1,204`.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share in per cent: `50%`, `12.5%`.
pub fn percent(rate: Rate) -> String {
    let tenths = round_div(i128::from(rate.basis_points()), 10);
    match tenths % 10 {
        0 => format!("{}%", tenths / 10),
        _ => format!("{}{}.{}%", if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10),
    }
}

/// A share in a column: always with one decimal, so that the points stand below each other: `50.0%`.
pub fn column_percent(rate: Rate) -> String {
    let tenths = round_div(i128::from(rate.basis_points()), 10);
    format!("{}{}.{}%", if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10)
}

/// A share where 1 is the whole, in whole per cent: `63%`; below ten per cent with one decimal.
pub fn rounded_percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 9.95 && (percent - percent.round()).abs() > 0.05 {
        format!("{percent:.1}%")
    } else {
        format!("{percent:.0}%")
    }
}

/// A score with one decimal: `4.2`.
pub fn points(score: Score) -> String {
    let tenths = round_div(i128::from(score.hundredths()), 10);
    format!("{}{}.{}", if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10)
}

/// A weekday: `Mon`, `周一`.
pub fn weekday(day: Day, language: Language) -> &'static str {
    match (day.date().weekday(), language) {
        (Weekday::Mon, Language::En) => "Mon",
        (Weekday::Tue, Language::En) => "Tue",
        (Weekday::Wed, Language::En) => "Wed",
        (Weekday::Thu, Language::En) => "Thu",
        (Weekday::Fri, Language::En) => "Fri",
        (Weekday::Sat, Language::En) => "Sat",
        (Weekday::Sun, Language::En) => "Sun",
        (Weekday::Mon, Language::Zh) => "周一",
        (Weekday::Tue, Language::Zh) => "周二",
        (Weekday::Wed, Language::Zh) => "周三",
        (Weekday::Thu, Language::Zh) => "周四",
        (Weekday::Fri, Language::Zh) => "周五",
        (Weekday::Sat, Language::Zh) => "周六",
        (Weekday::Sun, Language::Zh) => "周日",
    }
}

/// A day seen from `today`: `today`, `in 4 days`, `3 days ago`.
pub fn distance(day: Day, today: Day, language: Language) -> String {
    let days = day.days_since(today);
    match (days, language) {
        (0, Language::En) => "today".to_owned(),
        (0, Language::Zh) => "今天".to_owned(),
        (1, Language::En) => "tomorrow".to_owned(),
        (1, Language::Zh) => "明天".to_owned(),
        (-1, Language::En) => "yesterday".to_owned(),
        (-1, Language::Zh) => "昨天".to_owned(),
        (2.., Language::En) => format!("in {days} days"),
        (2.., Language::Zh) => format!("{days} 天后"),
        (_, Language::En) => format!("{} days ago", days.unsigned_abs()),
        (_, Language::Zh) => format!("{} 天前", days.unsigned_abs()),
    }
}

/// A day, without its year when it is the year of `today`: `11-25`, `2025-11-25`.
pub fn short_day(day: Day, today: Day) -> String {
    if day.date().year() == today.date().year() { day.date().format("%m-%d").to_string() } else { day.to_string() }
}

/// A due day with its weekday and time: `11-25 Wed 14:00`.
pub fn told_due(due: Due, today: Day, language: Language) -> String {
    let time = due.minute.map(|minute| format!(" {:02}:{:02}", minute / 60, minute % 60)).unwrap_or_default();
    format!("{} {}{time}", short_day(due.day, today), weekday(due.day, language))
}

/// A due day with its time: `11-25 14:00`.
pub fn short_due(due: Due, today: Day) -> String {
    let day = short_day(due.day, today);
    due.minute.map_or(day.clone(), |minute| format!("{day} {:02}:{:02}", minute / 60, minute % 60))
}

#[cfg(test)]
mod tests {
    use super::{distance, full_money, percent, points, short_money};
    use crate::domain::measure::{Rate, Score};
    use crate::domain::money::Money;
    use crate::domain::time::Day;
    use crate::text::Language;

    #[test]
    fn amounts_are_short_in_the_units_of_the_language() {
        let cases = [
            (0, "0", "0"),
            (950, "950", "950"),
            (12_345, "1.23万", "12.3k"),
            (1_200_000, "120万", "1.20M"),
            (99_996_000, "10000万", "100.0M"),
            (123_456_789, "1.23亿", "123M"),
            (51_000_000_000_000, "51.0万亿", "51.0T"),
            (-45_000, "-4.50万", "-45.0k"),
        ];
        for (units, zh, en) in cases {
            assert_eq!(short_money(Money::from_units(units), Language::Zh), zh);
            assert_eq!(short_money(Money::from_units(units), Language::En), en);
        }
    }

    #[test]
    fn an_amount_in_full_marks_its_thousands() {
        assert_eq!(full_money(Money::from_cents(-123_456_750)), "-1,234,567.50");
        assert_eq!(full_money(Money::from_cents(5)), "0.05");
    }

    #[test]
    fn shares_and_scores_have_one_decimal_where_it_says_something() {
        assert_eq!(percent(Rate::from_basis_points(5_000)), "50%");
        assert_eq!(percent(Rate::from_basis_points(1_250)), "12.5%");
        assert_eq!(points(Score::from_hundredths(420)), "4.2");
    }

    #[test]
    fn days_are_told_by_their_distance() {
        let today = Day::from_number(20_000);
        assert_eq!(distance(today.plus(4), today, Language::Zh), "4 天后");
        assert_eq!(distance(today.plus(-3), today, Language::En), "3 days ago");
    }
}
