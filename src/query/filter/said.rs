//! Writing a filter out again, in either language, so that it reads back to the same.

use crate::domain::measure::{Rate, Score};
use crate::domain::money::Money;
use crate::parse::period::{Period, Unit};
use crate::query::filter::read::needs_quotes;
use crate::query::filter::{Check, Filter, Order, Share, Subject, Value};
use crate::text::{Language, words};
use std::fmt;

impl fmt::Display for Filter {
    /// In English; it reads back to the same filter.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said(Language::En))
    }
}

impl Filter {
    /// The filter as a text in `language`; it reads back to the same filter.
    pub fn said(&self, language: Language) -> String {
        match self {
            Filter::All(parts) => {
                joined(parts, words(" and ", " 且 ").say(language), language, |part| matches!(part, Filter::Any(_)))
            }
            Filter::Any(parts) => joined(parts, words(" or ", " 或 ").say(language), language, |_| false),
            Filter::Not(inner) => negated(inner, language),
            Filter::Test(subject, check) => tested(*subject, check, language),
            Filter::Bought(period) => match language {
                Language::En => format!("bought {}", period_said(*period, language)),
                Language::Zh => format!("{}成交", period_said(*period, language)),
            },
        }
    }
}

fn joined(parts: &[Filter], between: &str, language: Language, bracketed: impl Fn(&Filter) -> bool) -> String {
    let part = |part: &Filter| match bracketed(part) {
        true => format!("({})", part.said(language)),
        false => part.said(language),
    };
    parts.iter().map(part).collect::<Vec<_>>().join(between)
}

fn negated(inner: &Filter, language: Language) -> String {
    let not = words("not", "非").say(language);
    match inner {
        Filter::Test(subject, Check::Empty) => {
            subject_said(*subject, language) + words(" is not empty", "不为空").say(language)
        }
        Filter::Test(subject, Check::Is(values)) => {
            let not_equal = words(" != ", "≠").say(language);
            subject_said(*subject, language) + not_equal + &listed(values, language)
        }
        other => format!("{not} ({})", other.said(language)),
    }
}

fn subject_said(subject: Subject, language: Language) -> String {
    let name = subject.column.field().typed(language);
    match subject.window {
        Some(window) => format!("{name}({})", period_said(window, language)),
        None => name.to_owned(),
    }
}

fn tested(subject: Subject, check: &Check, language: Language) -> String {
    let gap = words(" ", "").say(language);
    let name = subject_said(subject, language);
    let verb = |sign: &str, value: String| format!("{name}{gap}{sign}{gap}{value}");
    match check {
        Check::Is(values) => verb("=", listed(values, language)),
        Check::Compare(order, value) => verb(sign(*order), value_said(value, language)),
        Check::Between(low, high) => {
            verb("=", format!("{}..{}", value_said(low, language), value_said(high, language)))
        }
        Check::Has(texts) => verb("~", texts_said(texts)),
        Check::Starts(texts) => verb("^=", texts_said(texts)),
        Check::Empty => name + words(" is empty", "为空").say(language),
        Check::Rank { largest, share } => format!("{name}{gap}{}", rank_said(*largest, *share, language)),
    }
}

const fn sign(order: Order) -> &'static str {
    match order {
        Order::More => ">",
        Order::AtLeast => ">=",
        Order::Less => "<",
        Order::AtMost => "<=",
    }
}

fn rank_said(largest: bool, share: Share, language: Language) -> String {
    let side = if largest { words("top ", "前") } else { words("bottom ", "后") }.say(language);
    match share {
        Share::Part(rate) => format!("{side}{}", rate_said(rate)),
        Share::Count(count) => format!("{side}{count}{}", words("", "名").say(language)),
    }
}

/// Values with commas between; periods in brackets, since one that stands alone is a condition of its own.
fn listed(values: &[Value], language: Language) -> String {
    let list = values.iter().map(|value| value_said(value, language)).collect::<Vec<_>>().join(", ");
    if matches!(values, [Value::Period(_), _, ..]) { format!("({list})") } else { list }
}

fn texts_said(texts: &[String]) -> String {
    texts.iter().map(|text| word_said(text)).collect::<Vec<_>>().join(", ")
}

fn value_said(value: &Value, language: Language) -> String {
    match value {
        Value::Money(money) => money_said(*money, language),
        Value::Whole(whole) => whole.to_string(),
        Value::Rate(rate) => rate_said(*rate),
        Value::Score(score) => score_said(*score),
        Value::Period(period) => period_said(*period, language),
        Value::Choice(choice) => choice.say(language).to_owned(),
        Value::Word(word) => word_said(word),
        Value::Me => words("me", "我").say(language).to_owned(),
    }
}

/// A word, in quotes where it would otherwise be read as something else.
fn word_said(word: &str) -> String {
    if !needs_quotes(word) {
        return word.to_owned();
    }
    let mut text = String::from('"');
    for c in word.chars() {
        if matches!(c, '"' | '\\') {
            text.push('\\');
        }
        text.push(c);
    }
    text.push('"');
    text
}

/// `100k`, `1.5M`, `12.5万`, or in full where the unit would hide cents.
fn money_said(money: Money, language: Language) -> String {
    let cents = money.cents();
    let units: &[(i64, &str)] = match language {
        Language::En => &[(1_000_000, "M"), (1_000, "k")],
        Language::Zh => &[(100_000_000, "亿"), (10_000, "万")],
    };
    // A hundredth of the unit in cents is the unit itself, so two decimals are enough where it divides.
    let fits =
        |(unit, _): &&(i64, &str)| cents != 0 && cents % unit == 0 && cents.unsigned_abs() / 100 >= unit.unsigned_abs();
    match units.iter().find(fits) {
        Some((unit, name)) => hundredths(cents / unit) + name,
        None => hundredths(cents),
    }
}

fn rate_said(rate: Rate) -> String {
    hundredths(i64::from(rate.basis_points())) + "%"
}

fn score_said(score: Score) -> String {
    hundredths(i64::from(score.hundredths()))
}

/// A number counted in hundredths, without needless decimals.
fn hundredths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let (whole, part) = (value.unsigned_abs() / 100, value.unsigned_abs() % 100);
    match part {
        0 => format!("{sign}{whole}"),
        part if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        part => format!("{sign}{whole}.{part:02}"),
    }
}

fn period_said(period: Period, language: Language) -> String {
    let zh = language == Language::Zh;
    match period {
        Period::Last(count, unit) if zh => format!("近{count}{}", length_zh(unit)),
        Period::Last(count, unit) => format!("last {count}{}", length_en(unit)),
        Period::Next(count, unit) if zh => format!("未来{count}{}", length_zh(unit)),
        Period::Next(count, unit) => format!("next {count}{}", length_en(unit)),
        Period::Away(count, unit) if zh => {
            format!("{}{}{}", count.unsigned_abs(), length_zh(unit), if count <= 0 { "前" } else { "后" })
        }
        Period::Away(count, unit) => {
            format!("{}{} {}", count.unsigned_abs(), length_en(unit), if count <= 0 { "ago" } else { "from now" })
        }
        Period::This(unit, shift) => calendar_said(unit, shift).say(language).to_owned(),
        Period::On(day) => day.to_string(),
        Period::Month(month) if zh => format!("{}年{}月", month.year(), month.number()),
        Period::Month(month) => format!("{}-{:02}", month.year(), month.number()),
        Period::Quarter(year, quarter) if zh => format!("{year}年第{quarter}季度"),
        Period::Quarter(year, quarter) => format!("{year}Q{quarter}"),
        Period::Year(year) if zh => format!("{year}年"),
        Period::Year(year) => year.to_string(),
    }
}

const fn calendar_said(unit: Unit, shift: i32) -> crate::text::Words {
    match (unit, shift) {
        (Unit::Day, 0) => words("today", "今天"),
        (Unit::Day, ..0) => words("yesterday", "昨天"),
        (Unit::Day, _) => words("tomorrow", "明天"),
        (Unit::Week, 0) => words("this week", "本周"),
        (Unit::Week, ..0) => words("last week", "上周"),
        (Unit::Week, _) => words("next week", "下周"),
        (Unit::Month, 0) => words("this month", "本月"),
        (Unit::Month, ..0) => words("last month", "上月"),
        (Unit::Month, _) => words("next month", "下月"),
        (Unit::Quarter, 0) => words("this quarter", "本季度"),
        (Unit::Quarter, ..0) => words("last quarter", "上季度"),
        (Unit::Quarter, _) => words("next quarter", "下季度"),
        (Unit::Year, 0) => words("this year", "今年"),
        (Unit::Year, ..0) => words("last year", "去年"),
        (Unit::Year, _) => words("next year", "明年"),
    }
}

const fn length_en(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => "d",
        Unit::Week => "w",
        Unit::Month => "m",
        Unit::Quarter => "q",
        Unit::Year => "y",
    }
}

const fn length_zh(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => "天",
        Unit::Week => "周",
        Unit::Month => "个月",
        Unit::Quarter => "个季度",
        Unit::Year => "年",
    }
}
