//! Every door at which a person's text becomes an amount or a day, and what each form means there.
//!
//! The tables name each form once with its value at each door: `-` where the door does not take it, and says so. Above a row
//! stands what it was when every door had a reader of its own. A form may come to be taken at one more door; it never means
//! another value there than at the others.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use kehu::domain::choice::ListKind;
use kehu::domain::id::Id;
use kehu::domain::list::{ListItem, shipped_items, shipped_stages};
use kehu::domain::time::{Day, Moment};
use kehu::exchange::amount::amount;
use kehu::exchange::date::{self, DateOrder};
use kehu::exchange::header::Unit;
use kehu::line::{Context, Line, Named, Names, parse};
use kehu::parse::when::{self, Clock};
use kehu::parse::working_days::Calendar;
use kehu::query::filter::{Check, Filter, Period, Value};
use kehu::text::Language;

struct Nobody;

impl Names for Nobody {
    fn customer(&self, _: &str) -> Option<Named> {
        None
    }
    fn contact(&self, _: Option<Id>, _: &str) -> Option<Named> {
        None
    }
    fn owner(&self, _: &str) -> Option<Named> {
        None
    }
}

/// A Thursday.
fn today() -> Day {
    Day::from_ymd(2026, 11, 19).unwrap()
}

fn clock(calendar: &Calendar) -> Clock<'_> {
    let now = Moment::start_of(today(), 480).plus_seconds(36_000);
    Clock { now, week_start: chrono::Weekday::Mon, order: when::DateOrder::MonthFirst, calendar }
}

fn line(text: &str) -> Line {
    let ways: Vec<ListItem> = shipped_items().into_iter().filter(|item| item.list == Some(ListKind::Way)).collect();
    let calendar = Calendar::default();
    let stages = shipped_stages();
    let context = Context {
        clock: clock(&calendar),
        language: Language::Zh,
        ways: &ways,
        outcomes: &[],
        stages: &stages,
        tags: &[],
        names: &Nobody,
        customer: None,
        deal: None,
    };
    parse(text, &context)
}

fn signed(text: &str) -> String {
    if text.starts_with(['￥', '¥', '$', '€']) { text.to_owned() } else { format!("￥{text}") }
}

/// An amount in the follow-up line, behind its sign; one that leaves a part of its text behind is not taken.
fn in_line(text: &str) -> Option<String> {
    let line = line(&format!("电话 {}", signed(text)));
    line.amount.filter(|_| line.text.is_empty()).map(|money| money.to_string())
}

/// An amount in the follow-up line without a sign.
fn bare_in_line(text: &str) -> Option<String> {
    let line = line(&format!("电话 {text}"));
    line.amount.filter(|_| line.text.is_empty()).map(|money| money.to_string())
}

fn in_filter(text: &str) -> Option<String> {
    match Filter::read(&format!("total_amount = {text}")) {
        Ok(Filter::Test(_, Check::Is(values))) => match values.as_slice() {
            [Value::Money(money)] => Some(money.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// An amount in a cell of a file, in a form, in the rules of tiers and levels.
fn in_cell(text: &str) -> Option<String> {
    amount(text, Unit::One).ok().flatten().map(|money| money.to_string())
}

/// Amounts at their doors: line, line without a sign, filter, cell and form.
fn amounts(text: &str) -> [Option<String>; 4] {
    [in_line(text), bare_in_line(text), in_filter(text), in_cell(text)]
}

const AMOUNTS: &[(&str, [&str; 4])] = &[
    ("1250", ["1250.00", "-", "1250.00", "1250.00"]),
    ("1,250", ["1250.00", "-", "1250.00", "1250.00"]),
    ("12.5", ["12.50", "-", "12.50", "12.50"]),
    // -, -, -, 0.50
    (".5", ["0.50", "-", "0.50", "0.50"]),
    // -, -, -, 5.00
    ("5.", ["5.00", "-", "5.00", "5.00"]),
    // -, -, 0.01, 0.01
    ("0.005", ["0.01", "-", "0.01", "0.01"]),
    // -, -, 1.01, 1.01
    ("1.005", ["1.01", "-", "1.01", "1.01"]),
    ("-500", ["-", "-", "-500.00", "-500.00"]),
    // -, -, 500.00, -500.00
    ("(500)", ["-", "-", "-", "-500.00"]),
    ("12.5万", ["125000.00", "125000.00", "125000.00", "125000.00"]),
    // 125000.00, 125000.00, -, 125000.00
    ("12.5 万", ["125000.00", "125000.00", "125000.00", "125000.00"]),
    ("12万5", ["125000.00", "125000.00", "125000.00", "125000.00"]),
    // 125000.00, 125000.00, -, 125000.00
    ("12万5千", ["125000.00", "125000.00", "125000.00", "125000.00"]),
    // 125000.00, 125000.00, -, 125000.00
    ("12万5000", ["125000.00", "125000.00", "125000.00", "125000.00"]),
    ("12万50", ["-", "-", "-", "-"]),
    ("1千", ["1000.00", "-", "1000.00", "1000.00"]),
    // 300.00, -, -, 300.00
    ("3百", ["300.00", "-", "300.00", "300.00"]),
    ("1千万", ["10000000.00", "-", "10000000.00", "10000000.00"]),
    ("3百万", ["3000000.00", "-", "3000000.00", "3000000.00"]),
    ("1.5千万", ["15000000.00", "-", "15000000.00", "15000000.00"]),
    // 200000.00, 200000.00, -, 200000.00
    ("20萬", ["200000.00", "200000.00", "200000.00", "200000.00"]),
    // 300000000.00, 300000000.00, -, 300000000.00
    ("3億", ["300000000.00", "300000000.00", "300000000.00", "300000000.00"]),
    ("1亿", ["100000000.00", "100000000.00", "100000000.00", "100000000.00"]),
    // 120000000.00, 120000000.00, -, 120000000.00
    ("1亿2000万", ["120000000.00", "120000000.00", "120000000.00", "120000000.00"]),
    // -, -, -, 120000000.00
    ("1亿 2000万", ["120000000.00", "120000000.00", "120000000.00", "120000000.00"]),
    // 1000000000000.00, -, -, -
    ("1万亿", ["1000000000000.00", "-", "1000000000000.00", "1000000000000.00"]),
    // 300000000.00, 300000000.00, -, -
    ("3个亿", ["300000000.00", "300000000.00", "300000000.00", "300000000.00"]),
    ("300元", ["300.00", "300.00", "300.00", "300.00"]),
    // -, -, -, 300.00
    ("300 元", ["300.00", "300.00", "300.00", "300.00"]),
    ("300块", ["300.00", "300.00", "300.00", "300.00"]),
    ("300块钱", ["300.00", "300.00", "300.00", "300.00"]),
    // 10000.00, 10000.00, -, 10000.00
    ("10000元整", ["10000.00", "10000.00", "10000.00", "10000.00"]),
    ("12.5万元", ["125000.00", "125000.00", "125000.00", "125000.00"]),
    ("1k", ["1000.00", "-", "1000.00", "1000.00"]),
    ("1.2K", ["1200.00", "-", "1200.00", "1200.00"]),
    ("12w", ["120000.00", "-", "120000.00", "120000.00"]),
    ("1.5M", ["1500000.00", "-", "1500000.00", "1500000.00"]),
    ("2mn", ["2000000.00", "-", "2000000.00", "2000000.00"]),
    // 2000000.00, -, -, 2000000.00
    ("2mm", ["2000000.00", "-", "2000000.00", "2000000.00"]),
    // 2000000.00, -, -, 2000000.00
    ("2 million", ["2000000.00", "-", "2000000.00", "2000000.00"]),
    ("2million", ["2000000.00", "-", "2000000.00", "2000000.00"]),
    ("1bn", ["1000000000.00", "-", "1000000000.00", "1000000000.00"]),
    // 1000000000.00, -, -, 1000000000.00
    ("1b", ["1000000000.00", "-", "1000000000.00", "1000000000.00"]),
    ("1billion", ["1000000000.00", "-", "1000000000.00", "1000000000.00"]),
    // 5000.00, -, -, 5000.00
    ("5 thousand", ["5000.00", "-", "5000.00", "5000.00"]),
    ("￥12.5万", ["125000.00", "125000.00", "125000.00", "125000.00"]),
    ("¥1,234.50", ["1234.50", "1234.50", "1234.50", "1234.50"]),
    ("$125k", ["125000.00", "125000.00", "125000.00", "125000.00"]),
    ("￥1千万", ["10000000.00", "10000000.00", "10000000.00", "10000000.00"]),
    // 2000000.00, 2000000.00, -, 2000000.00
    ("$2 million", ["2000000.00", "2000000.00", "2000000.00", "2000000.00"]),
    // -, -, -, 5.00
    ("US$5", ["5.00", "5.00", "5.00", "5.00"]),
    // -, -, -, 1000.00
    ("RMB 1,000", ["1000.00", "1000.00", "1000.00", "1000.00"]),
    // -, -, -, 1000.00
    ("1000 USD", ["1000.00", "1000.00", "1000.00", "1000.00"]),
    // -, -, 1000.00, 1000.00
    ("1000rmb", ["1000.00", "1000.00", "1000.00", "1000.00"]),
    // -, -, -, 5.00
    ("€5", ["5.00", "5.00", "5.00", "5.00"]),
    ("１２３．４５", ["123.45", "-", "123.45", "123.45"]),
    ("￥１２．５万", ["125000.00", "125000.00", "125000.00", "125000.00"]),
    // -, -, 125000.00, 125000.00
    ("12。5万", ["125000.00", "125000.00", "125000.00", "125000.00"]),
    ("1,5万", ["-", "-", "-", "-"]),
    ("1,50", ["-", "-", "-", "-"]),
    ("1 234", ["-", "-", "-", "-"]),
    ("1.234,50", ["-", "-", "-", "-"]),
    ("1'000", ["-", "-", "-", "-"]),
    ("1e5", ["-", "-", "-", "-"]),
    ("20多万", ["-", "-", "-", "-"]),
    ("50%", ["-", "-", "-", "-"]),
    ("约200", ["-", "-", "-", "-"]),
    ("abc", ["-", "-", "-", "-"]),
];

fn in_cell_day(text: &str) -> Option<String> {
    date::due(text, DateOrder::MonthFirst).ok().flatten().map(|due| due.to_string())
}

/// A day behind `>` of the follow-up line.
fn next_in_line(text: &str) -> Option<String> {
    let line = line(&format!("电话 >{text}"));
    let step = line.steps.first().filter(|step| line.text.is_empty() && step.what.is_empty())?;
    step.due.map(|due| due.to_string())
}

/// A day behind `^` of the follow-up line.
fn past_in_line(text: &str) -> Option<String> {
    let line = line(&format!("^{text} 电话"));
    line.at.filter(|_| line.text.is_empty()).map(|reading| reading.due.to_string())
}

const DAY: kehu::query::filter::Unit = kehu::query::filter::Unit::Day;

fn day_in_filter(text: &str) -> Option<String> {
    match Filter::read(&format!("last_purchase = {text}")) {
        Ok(Filter::Test(_, Check::Is(values))) => match values.as_slice() {
            [Value::Period(period @ (Period::On(_) | Period::Away(..) | Period::This(DAY, _)))] => {
                Some(period.days(today()).0.to_string())
            }
            _ => None,
        },
        _ => None,
    }
}

fn as_of(text: &str) -> Option<String> {
    let clock = kehu::cli::Clock::parse(text)?;
    let shown = clock.shows(Moment::start_of(today(), 480).plus_seconds(36_000)).local();
    let fixes_the_time = matches!(clock, kehu::cli::Clock::At(_));
    Some(shown.format(if fixes_the_time { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%d" }).to_string())
}

fn as_of_of_tiers(text: &str) -> Option<String> {
    kehu::ui::view::tiers::asking::day(text).map(|day| day.to_string())
}

/// Days at the doors of the library: cell, `>`, `^`, filter, `--as-of` and `--from`, the list of days on Tiers.
fn days(text: &str) -> [Option<String>; 6] {
    [in_cell_day(text), next_in_line(text), past_in_line(text), day_in_filter(text), as_of(text), as_of_of_tiers(text)]
}

const DAYS: &[(&str, [&str; 6])] = &[
    ("2026-9-30", ["2026-09-30", "2026-09-30", "2026-09-30", "2026-09-30", "2026-09-30", "2026-09-30"]),
    ("2026/9/30", ["2026-09-30", "2026-09-30", "2026-09-30", "2026-09-30", "-", "2026-09-30"]),
    ("2026.9.30", ["2026-09-30", "2026-09-30", "2026-09-30", "2026-09-30", "-", "2026-09-30"]),
    ("2026年9月30日", ["2026-09-30", "2026-09-30", "2026-09-30", "2026-09-30", "-", "-"]),
    ("2026年9月30号", ["2026-09-30", "2026-09-30", "2026-09-30", "2026-09-30", "-", "-"]),
    ("2026年9月30", ["2026-09-30", "2026-09-30", "2026-09-30", "-", "-", "-"]),
    ("2026 年 9 月 30 日", ["2026-09-30", "-", "-", "-", "-", "-"]),
    ("20260930", ["2026-09-30", "2026-09-30", "2026-09-30", "-", "-", "-"]),
    ("２０２６-09-30", ["2026-09-30", "2026-09-30", "2026-09-30", "2026-09-30", "-", "-"]),
    ("2026/9-30", ["2026-09-30", "-", "-", "-", "-", "2026-09-30"]),
    ("9/30/2026", ["2026-09-30", "2026-09-30", "2026-09-30", "-", "-", "-"]),
    ("30/9/2026", ["-", "2030-09-26", "2026-09-30", "-", "-", "-"]),
    ("3/4/2026", ["2026-03-04", "2026-03-04", "2026-03-04", "-", "-", "-"]),
    ("30 Sep 2026", ["2026-09-30", "2026-09-30", "2026-09-30", "-", "-", "-"]),
    ("Sep 30, 2026", ["2026-09-30", "2026-09-30", "2026-09-30", "-", "-", "-"]),
    ("30-Sep-2026", ["2026-09-30", "-", "-", "-", "-", "-"]),
    ("Wed, 30 Sep 2026", ["2026-09-30", "2026-09-30", "2026-09-30", "-", "-", "-"]),
    ("9月30日", ["-", "2027-09-30", "2026-09-30", "-", "-", "-"]),
    ("9/30", ["-", "2027-09-30", "2026-09-30", "-", "-", "-"]),
    ("昨天", ["-", "2026-11-18", "2026-11-18", "2026-11-18", "-", "-"]),
    ("yesterday", ["-", "2026-11-18", "2026-11-18", "2026-11-18", "-", "-"]),
    ("今天", ["-", "2026-11-19", "2026-11-19", "2026-11-19", "-", "-"]),
    ("明天", ["-", "2026-11-20", "2026-11-20", "2026-11-20", "-", "-"]),
    ("前天", ["-", "2026-11-17", "2026-11-17", "-", "-", "-"]),
    ("3天前", ["-", "2026-11-16", "2026-11-16", "2026-11-16", "-", "-"]),
    ("90 days ago", ["-", "2026-08-21", "2026-08-21", "2026-08-21", "-", "-"]),
    ("下周三", ["-", "2026-11-25", "2026-11-25", "-", "-", "-"]),
    ("last fri", ["-", "2026-11-13", "2026-11-13", "-", "-", "-"]),
    ("2026-9-30 15:00", ["2026-09-30T15:00", "2026-09-30T15:00", "2026-09-30T15:00", "-", "2026-09-30T15:00", "-"]),
    ("2026-9-30 3:00", ["2026-09-30T03:00", "2026-09-30T15:00", "2026-09-30T15:00", "-", "2026-09-30T03:00", "-"]),
    ("2026-09-30T15:00", ["2026-09-30T15:00", "2026-09-30T15:00", "2026-09-30T15:00", "-", "2026-09-30T15:00", "-"]),
    ("2026年9月30日 下午3点", ["2026-09-30T15:00", "2026-09-30T15:00", "2026-09-30T15:00", "-", "-", "-"]),
    ("2026年9月30日 3点", ["2026-09-30T03:00", "2026-09-30T15:00", "2026-09-30T15:00", "-", "-", "-"]),
    ("2026年9月30日 晚上12点", ["2026-09-30T12:00", "2026-10-01T00:00", "2026-10-01T00:00", "-", "-", "-"]),
    ("2026年9月30日 上午12点", ["2026-09-30T00:00", "2026-09-30T12:00", "2026-09-30T12:00", "-", "-", "-"]),
    ("45000", ["2023-03-15", "-", "-", "-", "-", "-"]),
    ("2026-13-40", ["-", "-", "-", "-", "-", "-"]),
    ("2026-02-30", ["-", "-", "-", "-", "-", "-"]),
    ("9/30/26", ["-", "2026-09-30", "2026-09-30", "-", "-", "-"]),
    ("2026", ["-", "-", "-", "-", "-", "-"]),
    ("2026-09", ["-", "-", "-", "-", "-", "-"]),
    ("abc", ["-", "-", "-", "-", "-", "-"]),
];

fn told<const N: usize>(found: [Option<String>; N]) -> [String; N] {
    found.map(|value| value.unwrap_or_else(|| "-".to_owned()))
}

fn differing<const N: usize>(table: &[(&str, [&str; N])], read: impl Fn(&str) -> [Option<String>; N]) -> Vec<String> {
    let rows = table.iter().map(|(text, expected)| (text, expected, told(read(text))));
    let wrong = rows.filter(|(_, expected, found)| expected[..] != found[..]);
    wrong.map(|(text, expected, found)| format!("{text}: {expected:?}, but {found:?}")).collect()
}

#[test]
fn every_form_of_an_amount_is_taken_at_its_doors() {
    assert_eq!(differing(AMOUNTS, amounts), Vec::<String>::new());
}

#[test]
fn every_form_of_a_day_is_taken_at_its_doors() {
    assert_eq!(differing(DAYS, days), Vec::<String>::new());
}
