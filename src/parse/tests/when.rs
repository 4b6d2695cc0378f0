//! Dates in words: each phrase with what it is read as.

use crate::domain::time::{Day, Moment};
use crate::parse::when::{Clock, DateOrder, Looking, Note, When, read};
use crate::parse::working_days::Calendar;
use chrono::{NaiveDateTime, Weekday};
use proptest::prelude::*;

/// The text of a reading: `2026-11-25T14:00`, then ` by`, ` or <rival>`, ` ~note`, and what was not read after `|`.
fn said(phrase: &str, now: &str, looking: Looking, order: DateOrder, start: Weekday) -> String {
    let local = NaiveDateTime::parse_from_str(now, "%Y-%m-%dT%H:%M").unwrap();
    let calendar = Calendar::default();
    let clock = Clock { now: Moment::from_local(local, 480), week_start: start, order, calendar: Some(&calendar) };
    let (consumed, mut text) = match read(phrase, &clock, looking) {
        None => return "none".to_owned(),
        Some(When::Unknown(unknown)) => (unknown.consumed, format!("? {:?}", unknown.why)),
        Some(When::Read(reading)) => {
            let mut text = reading.due.to_string();
            if reading.deadline {
                text.push_str(" by");
            }
            if let Some(rival) = reading.rival {
                text.push_str(&format!(" or {rival}"));
            }
            if let Some(note) = reading.note {
                text.push_str(match note {
                    Note::WeekdayDiffers => " ~weekday",
                    Note::Shortened => " ~short",
                    Note::Approximate => " ~roughly",
                    Note::FirstDay => " ~first",
                    Note::LastDay => " ~last",
                    Note::HourAssumed => " ~half",
                    Note::PartOfDay => " ~part",
                });
            }
            (reading.consumed, text)
        }
    };
    let rest: String = phrase.chars().skip(consumed).collect();
    if !rest.is_empty() {
        text.push('|');
        text.push_str(&rest);
    }
    text
}

fn ahead(phrase: &str, now: &str) -> String {
    said(phrase, now, Looking::Ahead, DateOrder::MonthFirst, Weekday::Mon)
}

fn wrong(cases: &[(&str, &str)], read: impl Fn(&str) -> String) {
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|(phrase, expected)| {
            let found = read(phrase);
            (found != *expected).then(|| format!("{phrase}: expected {expected}, read {found}"))
        })
        .collect();
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

/// On Saturday, 21 November 2026, at ten.
const CHINESE: &[(&str, &str)] = &[
    ("今天", "2026-11-21"),
    ("明天", "2026-11-22"),
    ("后天", "2026-11-23"),
    ("大后天", "2026-11-24"),
    ("明日", "2026-11-22"),
    ("周三", "2026-11-25"),
    ("星期三", "2026-11-25"),
    ("礼拜三", "2026-11-25"),
    ("周六", "2026-11-28 or 2026-11-21"),
    ("周日", "2026-11-22"),
    ("星期天", "2026-11-22"),
    ("下周三", "2026-11-25"),
    ("下礼拜三", "2026-11-25"),
    ("下个星期三", "2026-11-25"),
    ("下周的周三", "2026-11-25"),
    ("下下周一", "2026-11-30"),
    ("下下个礼拜五", "2026-12-04"),
    ("本周日", "2026-11-22"),
    ("这周五", "2026-11-20"),
    ("本周末", "2026-11-21 ~roughly"),
    ("周末", "2026-11-21 ~roughly"),
    ("下周末", "2026-11-28 ~roughly"),
    ("3天后", "2026-11-24"),
    ("三天后", "2026-11-24"),
    ("3 天后", "2026-11-24"),
    ("３天后", "2026-11-24"),
    ("十天后", "2026-12-01"),
    ("两周后", "2026-12-05"),
    ("2个星期后", "2026-12-05"),
    ("半小时后", "2026-11-21T10:30"),
    ("两个小时后", "2026-11-21T12:00"),
    ("两个半小时后", "2026-11-21T12:30"),
    ("45分钟后", "2026-11-21T10:45"),
    ("一刻钟后", "2026-11-21T10:15"),
    ("15个小时后", "2026-11-22T01:00"),
    ("一个月后", "2026-12-21"),
    ("一个半月后", "2027-01-05"),
    ("半个月后", "2026-12-06"),
    ("半年后", "2027-05-21"),
    ("一年后", "2027-11-21"),
    ("三个月之后", "2027-02-21"),
    ("3-5天后", "2026-11-24 or 2026-11-26 ~roughly"),
    ("两三天后", "2026-11-23 or 2026-11-24 ~roughly"),
    ("三天内", "2026-11-24 by"),
    ("3个工作日后", "2026-11-25"),
    ("5个工作日内", "2026-11-27 by"),
    ("过两天", "2026-11-23 ~roughly"),
    ("过几天", "2026-11-24 ~roughly"),
    ("过三天", "2026-11-24"),
    ("再过一周", "2026-11-28"),
    ("15号", "2026-12-15"),
    ("21号", "2026-11-21"),
    ("25号", "2026-11-25"),
    ("25日下午", "2026-11-25T14:00 ~part"),
    ("二十五号", "2026-11-25"),
    ("下月15号", "2026-12-15"),
    ("下个月15号", "2026-12-15"),
    ("本月30号", "2026-11-30"),
    ("31号", "? NoSuchDay"),
    ("下月31号", "2026-12-31"),
    ("2月30日", "? NoSuchDay"),
    ("9999年后", "? NoSuchDay"),
    ("2月29日", "? NoSuchDay"),
    ("2028年2月29日", "2028-02-29"),
    ("1号楼", "none"),
    ("月初", "2026-12-01 ~roughly"),
    ("月中", "2026-12-15 ~roughly"),
    ("月底", "2026-11-30"),
    ("月底前", "2026-11-30 by"),
    ("下月底", "2026-12-31"),
    ("下个月底", "2026-12-31"),
    ("下月初", "2026-12-01 ~roughly"),
    ("季末", "2026-12-31"),
    ("季度末", "2026-12-31"),
    ("下季度", "2027-01-01 ~first"),
    ("年底", "2026-12-31"),
    ("年底前", "2026-12-31 by"),
    ("明年", "2027-01-01 ~first"),
    ("明年初", "2027-01-01 ~roughly"),
    ("明年3月5日", "2027-03-05"),
    ("12月底", "2026-12-31"),
    ("下周", "2026-11-23 ~first"),
    ("下周初", "2026-11-23 ~roughly"),
    ("本周内", "2026-11-22 by"),
    ("下周内", "2026-11-29 by"),
    ("下个月", "2026-12-01 ~first"),
    ("下周中午", "2026-11-23T12:00 ~first"),
    ("节后", "? Holiday"),
    ("节前", "? Holiday"),
    ("春节后", "? Holiday"),
    ("国庆后", "? Holiday"),
    ("年前", "? Holiday"),
    ("年后", "? Holiday"),
    ("改天", "? Vague"),
    ("尽快", "? Vague"),
    ("12/5", "2026-12-05 or 2027-05-12"),
    ("12-5", "2026-12-05 or 2027-05-12"),
    ("25/12", "2026-12-25"),
    ("2/30", "? NoSuchDay"),
    ("12月5日", "2026-12-05"),
    ("12月5号", "2026-12-05"),
    ("十二月二十五日", "2026-12-25"),
    ("12月5日前", "2026-12-05 by"),
    ("12月20日前 完成回访", "2026-12-20 by| 完成回访"),
    ("3月5日", "2027-03-05 or 2026-03-05"),
    ("2026-12-05", "2026-12-05"),
    ("2026/12/5", "2026-12-05"),
    ("2026.12.5", "2026-12-05"),
    ("20261205", "2026-12-05"),
    ("2026年12月5日", "2026-12-05"),
    ("二〇二六年十二月五日", "2026-12-05"),
    ("２０２６－１２－０５", "2026-12-05"),
    ("12月5日（周六）", "2026-12-05"),
    ("12月5日周五", "2026-12-05 or 2026-12-04 ~weekday"),
    ("上午", "2026-11-22T09:00 or 2026-11-21T09:00 ~part"),
    ("下午3点半", "2026-11-21T15:30"),
    ("下午三点", "2026-11-21T15:00"),
    ("晚上8点", "2026-11-21T20:00"),
    ("晚上12点", "2026-11-22T00:00"),
    ("中午", "2026-11-21T12:00"),
    ("中午1点", "2026-11-21T13:00"),
    ("周五10点", "2026-11-27T10:00"),
    ("10点一刻", "2026-11-21T10:15"),
    ("周五10点20", "2026-11-27T10:20"),
    ("明天十点二十分", "2026-11-22T10:20"),
    ("14:30", "2026-11-21T14:30"),
    ("明天14：30", "2026-11-22T14:30"),
    ("明天3点", "2026-11-22T15:00 ~half"),
    ("明天7点", "2026-11-22T07:00 or 2026-11-22T19:00 ~half"),
    ("今天8点", "2026-11-21T20:00 or 2026-11-21T08:00"),
    ("8点", "2026-11-21T20:00 or 2026-11-22T08:00"),
    ("3点", "2026-11-21T15:00 ~half"),
    ("今晚", "2026-11-21T19:00 ~part"),
    ("今晚8点", "2026-11-21T20:00"),
    ("明早", "2026-11-22T09:00 ~part"),
    ("明晚7点半", "2026-11-22T19:30"),
    ("明天上午9点", "2026-11-22T09:00"),
    ("明天的下午3点", "2026-11-22T15:00"),
    ("后天下午", "2026-11-23T14:00 ~part"),
    ("下周三下午2点", "2026-11-25T14:00"),
    ("下周三下午2点 发合同", "2026-11-25T14:00| 发合同"),
    ("下周三 下午2点发合同", "2026-11-25T14:00|发合同"),
    ("周五前", "2026-11-27 by"),
    ("周五之前给方案", "2026-11-27 by|给方案"),
    ("周五前台交接", "2026-11-27|前台交接"),
    ("最晚周五", "2026-11-27 by"),
    ("周三左右", "2026-11-25 ~roughly"),
    ("下班前", "2026-11-21T18:00 by ~part"),
    ("明天下班前", "2026-11-22T18:00 by ~part"),
    ("3点建议", "none"),
    ("周三次会", "none"),
    ("发资料", "none"),
    ("王总", "none"),
    ("三个方案", "none"),
    ("", "none"),
    ("大后天下午四点三刻", "2026-11-24T16:45"),
    ("明天12点", "2026-11-22T12:00"),
    ("凌晨2点", "2026-11-22T02:00 or 2026-11-21T02:00"),
    ("下午2-3点", "2026-11-21T14:00|-3点"),
    ("周二三", "2026-11-24 or 2026-11-25 ~roughly"),
    ("周二三上午", "2026-11-24T09:00 or 2026-11-25T09:00 ~roughly"),
    ("下周二或周三", "2026-11-24 or 2026-11-25 ~roughly"),
    ("周二三楼见", "2026-11-24|三楼见"),
    ("明年春节前", "? Holiday"),
    ("一百天后", "2027-03-01"),
    ("1.5小时后", "2026-11-21T11:30"),
    ("9点半", "2026-11-21T21:30 or 2026-11-22T09:30"),
    ("明后天", "2026-11-22 ~roughly"),
    ("过完年", "? Holiday"),
    ("元旦", "? Holiday"),
    ("下个月月底", "2026-12-31"),
    ("今年年末", "2026-12-31"),
    ("月尾", "2026-11-30"),
    ("十几天后", "2026-12-06 ~roughly"),
    ("下个工作日", "2026-11-23"),
    ("稍后", "? Vague"),
    ("12/5-12/8", "2026-12-05 or 2027-05-12|-12/8"),
    ("三个半小时后", "2026-11-21T13:30"),
    ("半年内", "2027-05-21 by"),
    ("12/5周六下午3点", "2026-12-05T15:00 or 2027-05-12T15:00"),
    ("3天前", "2026-11-18"),
    ("昨天", "2026-11-20"),
];

/// On Saturday, 21 November 2026, at ten.
const ENGLISH: &[(&str, &str)] = &[
    ("today", "2026-11-21"),
    ("tonight", "2026-11-21T19:00 ~part"),
    ("tonight at 8", "2026-11-21T20:00"),
    ("tomorrow", "2026-11-22"),
    ("Tomorrow", "2026-11-22"),
    ("tmr", "2026-11-22"),
    ("the day after tomorrow", "2026-11-23"),
    ("tomorrow morning", "2026-11-22T09:00 ~part"),
    ("tomorrow at 3", "2026-11-22T15:00 ~half"),
    ("mon", "2026-11-23"),
    ("mon or tue", "2026-11-23 or 2026-11-24 ~roughly"),
    ("mon 9-10am", "2026-11-23T09:00|-10am"),
    ("mon 2-3pm", "2026-11-23T14:00|-3pm"),
    ("week after next", "2026-11-30 ~first"),
    ("first thing tomorrow", "2026-11-22T09:00 ~part"),
    ("the following monday", "2026-11-23"),
    ("next month 5th", "2026-12-05"),
    ("in an hour and a half", "2026-11-21T11:30"),
    ("in a month's time", "2026-12-21"),
    ("in a fortnight", "2026-12-05"),
    ("next working day", "2026-11-23"),
    ("fri-mon", "2026-11-27 or 2026-11-30 ~roughly"),
    ("Tue, 1 Dec 2026 14:00", "2026-12-01T14:00"),
    ("month end", "2026-11-30"),
    ("in 1.5 hours", "2026-11-21T11:30"),
    ("in the new year", "? Holiday"),
    ("Monday", "2026-11-23"),
    ("sat", "2026-11-28 or 2026-11-21"),
    ("next-wed", "2026-11-25"),
    ("next wed", "2026-11-25"),
    ("next wed 2pm send contract", "2026-11-25T14:00| send contract"),
    ("next sat", "2026-11-28"),
    ("this fri", "2026-11-20"),
    ("this coming fri", "2026-11-27"),
    ("friday next week", "2026-11-27"),
    ("this weekend", "2026-11-21 ~roughly"),
    ("in 3 days", "2026-11-24"),
    ("in three days", "2026-11-24"),
    ("3 days from now", "2026-11-24"),
    ("3 days later", "2026-11-24"),
    ("within 3 days", "2026-11-24 by"),
    ("in two weeks", "2026-12-05"),
    ("in a week", "2026-11-28"),
    ("in 2-3 weeks", "2026-12-05 or 2026-12-12 ~roughly"),
    ("in a few days", "2026-11-24 ~roughly"),
    ("in a couple of weeks", "2026-12-05 ~roughly"),
    ("in half an hour", "2026-11-21T10:30"),
    ("in an hour", "2026-11-21T11:00"),
    ("in 20 min", "2026-11-21T10:20"),
    ("in 3 months", "2027-02-21"),
    ("in 3 working days", "2026-11-25"),
    ("+3d", "2026-11-24"),
    ("+2w", "2026-12-05"),
    ("+1m", "2026-12-21"),
    ("+90min", "2026-11-21T11:30"),
    ("+1y", "2027-11-21"),
    ("+3d call", "2026-11-24| call"),
    ("eom", "2026-11-30"),
    ("eoq", "2026-12-31"),
    ("eoy", "2026-12-31"),
    ("eow", "2026-11-20 or 2026-11-22"),
    ("end of month", "2026-11-30"),
    ("end of the month", "2026-11-30"),
    ("by end of month", "2026-11-30 by"),
    ("end of next month", "2026-12-31"),
    ("end of december", "2026-12-31"),
    ("mid december", "2026-12-15 ~roughly"),
    ("early next week", "2026-11-23 ~roughly"),
    ("12/5", "2026-12-05 or 2027-05-12"),
    ("12/25", "2026-12-25"),
    ("12/5/2026", "2026-12-05 or 2026-05-12"),
    ("5 dec", "2026-12-05"),
    ("5th of December", "2026-12-05"),
    ("dec 5th", "2026-12-05"),
    ("Dec 5, 2027", "2027-12-05"),
    ("dec 5 2pm", "2026-12-05T14:00"),
    ("feb 30", "? NoSuchDay"),
    ("in 9999 years", "? NoSuchDay"),
    ("feb 29", "? NoSuchDay"),
    ("the 15th", "2026-12-15"),
    ("25th", "2026-11-25"),
    ("15th of next month", "2026-12-15"),
    ("31st", "? NoSuchDay"),
    ("fri 12/5", "2026-12-05 or 2026-12-04 ~weekday"),
    ("Fri, Dec 4", "2026-12-04"),
    ("3pm", "2026-11-21T15:00"),
    ("3:30pm", "2026-11-21T15:30"),
    ("3 pm", "2026-11-21T15:00"),
    ("9am", "2026-11-22T09:00 or 2026-11-21T09:00"),
    ("12am", "2026-11-22T00:00 or 2026-11-21T00:00"),
    ("12pm", "2026-11-21T12:00"),
    ("15:00", "2026-11-21T15:00"),
    ("3pm tomorrow", "2026-11-22T15:00"),
    ("10am on friday", "2026-11-27T10:00"),
    ("noon", "2026-11-21T12:00"),
    ("noon tomorrow", "2026-11-22T12:00"),
    ("fri 10am", "2026-11-27T10:00"),
    ("fri at 10", "2026-11-27T10:00"),
    ("on friday", "2026-11-27"),
    ("by friday", "2026-11-27 by"),
    ("by fri 5pm send quote", "2026-11-27T17:00 by| send quote"),
    ("before monday", "2026-11-23 by"),
    ("monday at the latest", "2026-11-23 by"),
    ("next month", "2026-12-01 ~first"),
    ("next week", "2026-11-23 ~first"),
    ("this week", "2026-11-22 by ~last"),
    ("next quarter", "2027-01-01 ~first"),
    ("next year", "2027-01-01 ~first"),
    ("eod", "2026-11-21T18:00 by ~part"),
    ("eod tomorrow", "2026-11-22T18:00 by ~part"),
    ("later", "? Vague"),
    ("asap", "? Vague"),
    ("after the holidays", "? Holiday"),
    ("after CNY", "? Holiday"),
    ("2026-12-05", "2026-12-05"),
    ("2026-12-05T14:00", "2026-12-05T14:00"),
    ("2026-12-05 14:00", "2026-12-05T14:00"),
    ("2026-13-05", "? NoSuchDay"),
    ("dec", "2026-12-01 ~first"),
    ("monitor", "none"),
    ("wedding", "none"),
    ("may call", "none"),
    ("send contract", "none"),
    ("12.5k", "none"),
    ("3 samples", "none"),
    ("decide", "none"),
    ("another day", "none"),
    ("byte", "none"),
    ("day after tomorrow 9:30", "2026-11-23T09:30"),
];

#[test]
fn chinese_phrases_are_read_from_a_saturday() {
    wrong(CHINESE, |phrase| ahead(phrase, "2026-11-21T10:00"));
}

#[test]
fn english_phrases_are_read_from_a_saturday() {
    wrong(ENGLISH, |phrase| ahead(phrase, "2026-11-21T10:00"));
}

#[test]
fn weeks_turn_on_monday() {
    let monday = |phrase: &str| ahead(phrase, "2026-11-23T09:00");
    wrong(
        &[
            ("周三", "2026-11-25"),
            ("周一", "2026-11-30 or 2026-11-23"),
            ("这周三", "2026-11-25"),
            ("下周三", "2026-12-02"),
            ("下周一", "2026-11-30"),
            ("本周日", "2026-11-29"),
            ("next wed", "2026-12-02 or 2026-11-25"),
            ("next mon", "2026-11-30"),
            ("next-wed", "2026-12-02 or 2026-11-25"),
            ("wed", "2026-11-25"),
            ("next week", "2026-11-30 ~first"),
            ("周末", "2026-11-28 ~roughly"),
            ("eow", "2026-11-27 or 2026-11-29"),
        ],
        monday,
    );
    let sunday = |phrase: &str| ahead(phrase, "2026-11-22T09:00");
    wrong(
        &[
            ("周一", "2026-11-23"),
            ("下周一", "2026-11-23"),
            ("下周日", "2026-11-29"),
            ("周日", "2026-11-29 or 2026-11-22"),
            ("next mon", "2026-11-23"),
            ("tomorrow", "2026-11-23"),
        ],
        sunday,
    );
}

#[test]
fn a_week_that_starts_on_sunday_is_counted_so() {
    let read = |phrase: &str| said(phrase, "2026-11-22T09:00", Looking::Ahead, DateOrder::MonthFirst, Weekday::Sun);
    wrong(&[("下周一", "2026-11-30"), ("本周六", "2026-11-28"), ("next mon", "2026-11-30 or 2026-11-23")], read);
}

#[test]
fn ends_of_months_and_leap_years_are_told_apart() {
    wrong(
        &[
            ("一个月后", "2027-02-28 ~short"),
            ("+1m", "2027-02-28 ~short"),
            ("月底", "2027-01-31"),
            ("下月底", "2027-02-28"),
            ("31号", "2027-01-31"),
            ("30号", "2027-02-30"),
            ("下月30号", "? NoSuchDay"),
            ("明天", "2027-02-01"),
        ]
        .map(|(phrase, text)| (phrase, if phrase == "30号" { "? NoSuchDay" } else { text })),
        |phrase| ahead(phrase, "2027-01-31T10:00"),
    );
    wrong(
        &[("明天", "2028-02-29"), ("2月29日", "2028-02-29"), ("月底", "2028-02-29"), ("一年后", "2029-02-28")],
        |phrase| ahead(phrase, "2028-02-28T10:00"),
    );
    wrong(&[("月初", "2026-12-01 ~roughly"), ("年初", "2027-01-01 ~roughly")], |phrase| {
        ahead(phrase, "2026-12-01T10:00")
    });
}

#[test]
fn a_day_first_reader_sees_12_5_as_the_12th_of_may() {
    let read = |phrase: &str| said(phrase, "2026-11-21T10:00", Looking::Ahead, DateOrder::DayFirst, Weekday::Mon);
    wrong(
        &[
            ("12/5", "2027-05-12 or 2026-12-05"),
            ("25/12", "2026-12-25"),
            ("12/25", "2026-12-25"),
            ("5/5", "2027-05-05 or 2026-05-05"),
            ("5.12.2026", "2026-12-05 or 2026-05-12"),
        ],
        read,
    );
}

/// 下周三回访 was once read as next week, three visits: on Monday, to do 三回访; 周三回访 was no date at all.
#[test]
fn a_verb_that_begins_with_the_sign_for_times_leaves_the_weekday_alone() {
    wrong(
        &[
            ("下周一回访", "2026-11-23|回访"),
            ("下周二回电", "2026-11-24|回电"),
            ("下周三回访", "2026-11-25|回访"),
            ("下周四回访", "2026-11-26|回访"),
            ("下周五回访", "2026-11-27|回访"),
            ("下周日回访", "2026-11-29|回访"),
            ("下周一回复", "2026-11-23|回复"),
            ("下下周三回访", "2026-12-02|回访"),
            ("本周五回访", "2026-11-20|回访"),
            ("这周五回访", "2026-11-20|回访"),
            ("周三回访", "2026-11-25|回访"),
            ("星期三回访", "2026-11-25|回访"),
            ("礼拜三回访", "2026-11-25|回访"),
            ("周五回款", "2026-11-27|回款"),
            ("下周三回信", "2026-11-25|回信"),
            ("下周三回请", "2026-11-25|回请"),
            ("下周三回厂", "2026-11-25|回厂"),
            ("下周三回 王总", "2026-11-25|回 王总"),
            ("周二三回访", "2026-11-24 or 2026-11-25 ~roughly|回访"),
            ("下周三次会", "2026-11-23 or 2026-11-25 ~first|三次会"),
            ("下周三回", "2026-11-23 or 2026-11-25 ~first|三回"),
        ],
        |phrase| ahead(phrase, "2026-11-21T10:00"),
    );
}

/// Each of these was read as another day, or lost its hour or its day, and nothing said so.
#[test]
fn what_was_silently_misread_is_read_or_shows_what_else_it_could_mean() {
    wrong(
        &[
            ("下周3", "2026-11-25"),
            ("周7", "2026-11-22"),
            ("下周3家客户", "2026-11-23 ~first|3家客户"),
            ("下周3点", "2026-11-23T15:00 ~first"),
            ("下一个周三", "2026-11-25"),
            ("下一周", "2026-11-23 ~first"),
            ("下月5", "2026-12-05"),
            ("下月5家", "2026-12-01 ~first|5家"),
            ("26/11/25", "2026-11-25 or 2025-11-26"),
            ("11/27/26", "2026-11-27"),
            ("下月第一个周一", "none"),
            ("本月最后一个工作日", "none"),
            ("五一", "? Holiday"),
            ("十一活动", "? Holiday|活动"),
            ("十一家", "none"),
            ("五一劳动节后", "? Holiday"),
            ("三月后", "2027-02-19 or 2027-04-01 ~roughly"),
            ("两月后", "2027-01-19"),
            ("仨月后", "2027-02-19"),
            ("两周", "2026-12-03"),
            ("3天", "2026-11-22"),
            ("3日", "2026-12-03"),
            ("3天试用", "none"),
            ("元月5号", "2027-01-05 or 2026-01-05"),
            ("明天或后天", "2026-11-20 or 2026-11-21 ~roughly"),
            ("fri 9-5", "2026-11-20| 9-5"),
            ("tonight 8", "2026-11-19T20:00"),
            ("tomorrow half past two", "2026-11-20T14:30 ~half"),
            ("quarter to three", "2026-11-19T14:45 ~half"),
            ("friday at nine", "2026-11-20T09:00"),
            ("9.30am", "2026-11-20T09:30 or 2026-11-19T09:30"),
            ("monday week", "2026-11-30 or 2026-11-23"),
            ("monday after next", "2026-11-30"),
            ("a week on monday", "none"),
            ("two days before friday", "none"),
            ("in a day or two", "2026-11-20 ~roughly"),
            ("mon or thu", "2026-11-23 or 2026-11-26 ~roughly"),
            ("tomorrow or monday", "2026-11-20 or 2026-11-23 ~roughly"),
            ("over the weekend", "2026-11-21 ~roughly"),
            ("christmas", "? Holiday"),
        ],
        |phrase| ahead(phrase, "2026-11-19T10:00"),
    );
}

#[test]
fn looking_back_finds_what_was() {
    let read = |phrase: &str| said(phrase, "2026-11-21T10:00", Looking::Back, DateOrder::MonthFirst, Weekday::Mon);
    wrong(
        &[
            ("昨天", "2026-11-20"),
            ("前天", "2026-11-19"),
            ("大前天", "2026-11-18"),
            ("昨天下午3点", "2026-11-20T15:00"),
            ("昨晚", "2026-11-20T19:00 ~part"),
            ("上周五", "2026-11-13"),
            ("上上周五", "2026-11-06"),
            ("周五", "2026-11-20"),
            ("周六", "2026-11-14 or 2026-11-21"),
            ("3天前", "2026-11-18"),
            ("三天前", "2026-11-18"),
            ("两周前", "2026-11-07"),
            ("半小时前", "2026-11-21T09:30"),
            ("15号", "2026-11-15"),
            ("25号", "2026-10-25"),
            ("上月15号", "2026-10-15"),
            ("12月5日", "2025-12-05 or 2026-12-05"),
            ("11/20", "2026-11-20"),
            ("月初", "2026-11-01 ~roughly"),
            ("上月底", "2026-10-31"),
            ("去年12月5日", "2025-12-05"),
            ("刚才", "2026-11-21T10:00"),
            ("今天9点", "2026-11-21T09:00"),
            ("今天8点", "2026-11-21T08:00"),
            ("9点", "2026-11-21T09:00"),
            ("上午", "2026-11-21T09:00 ~part"),
            ("yesterday", "2026-11-20"),
            ("yesterday 3pm", "2026-11-20T15:00"),
            ("last fri", "2026-11-13 or 2026-11-20"),
            ("last month", "2026-10-01 ~first"),
            ("fri", "2026-11-20"),
            ("3 days ago", "2026-11-18"),
            ("two weeks ago", "2026-11-07"),
            ("an hour ago", "2026-11-21T09:00"),
            ("dec 5", "2025-12-05 or 2026-12-05"),
            ("this morning", "2026-11-21T09:00 ~part"),
            ("just now", "2026-11-21T10:00"),
        ],
        read,
    );
}

#[test]
fn the_day_after_a_holiday_is_known_once_the_calendar_knows_the_holiday() {
    use crate::domain::working::CalendarDay;
    let on = |month, day| Day::from_ymd(2026, month, day).unwrap();
    let off: Vec<CalendarDay> = (25..=27).map(|day| CalendarDay::of(on(12, day), true, "圣诞")).collect();
    let calendar = Calendar::of(&off);
    let now = Moment::start_of(on(11, 20), 480);
    let clock = Clock { now, week_start: Weekday::Mon, order: DateOrder::MonthFirst, calendar: Some(&calendar) };
    let day = |phrase: &str| match read(phrase, &clock, Looking::Ahead) {
        Some(When::Read(reading)) if reading.consumed == phrase.chars().count() => {
            format!("{}{}", reading.due, if reading.deadline { " by" } else { "" })
        }
        other => format!("{other:?}"),
    };
    for phrase in ["节后", "圣诞节后", "圣诞后", "after the holidays", "after christmas", "过完节"] {
        assert_eq!(day(phrase), "2026-12-28", "{phrase}");
    }
    assert_eq!(day("节前"), "2026-12-24 by");
    assert_eq!(day("before christmas"), "2026-12-24 by");
    assert!(day("春节后").contains("Holiday"), "{}", day("春节后"));
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,40}", day in -50_000i32..60_000) {
        let now = Moment::start_of(Day::from_number(day), 480);
        let calendar = Calendar::default();
        let clock = Clock { now, week_start: Weekday::Mon, order: DateOrder::MonthFirst, calendar: Some(&calendar) };
        for looking in [Looking::Back, Looking::Ahead] {
            if let Some(When::Read(reading)) = read(&text, &clock, looking) {
                prop_assert!(reading.consumed <= text.chars().count());
            }
        }
    }

    #[test]
    fn no_heap_of_date_words_makes_the_reader_panic(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "下", "上", "周", "月", "三", "12", "/", "5", "-", "点", "半", "前", "后", "天", "号", "个", "年", "9999", "in",
                " ", "next", "fri", "dec", "3pm", "end of", "by", "晚", "过", "+", "m", "y", "31", "th", ":", "00", "分",
            ]), 0..9),
        day in -50_000i32..60_000,
    ) {
        let text: String = words.concat();
        let calendar = Calendar::default();
        let now = Moment::start_of(Day::from_number(day), -210);
        let clock = Clock { now, week_start: Weekday::Sun, order: DateOrder::DayFirst, calendar: Some(&calendar) };
        let _ = (read(&text, &clock, Looking::Ahead), read(&text, &clock, Looking::Back));
    }

    #[test]
    fn a_date_written_in_any_full_way_reads_back(day in 0i32..60_000, minute in 0u16..1440, today in 0i32..60_000) {
        let due = Day::from_number(day);
        let (date, hour, minutes) = (due.date(), minute / 60, minute % 60);
        let calendar = Calendar::default();
        let now = Moment::start_of(Day::from_number(today), 480);
        let clock = Clock { now, week_start: Weekday::Mon, order: DateOrder::MonthFirst, calendar: Some(&calendar) };
        let zh = chrono::Datelike::weekday(&date).num_days_from_monday() as usize;
        let week: Vec<char> = "一二三四五六日".chars().collect();
        for (text, looking) in [
            (format!("{due} {hour:02}:{minutes:02}"), Looking::Ahead),
            (format!("{}{hour:02}:{minutes:02}", date.format("%Y年%-m月%-d日")), Looking::Back),
            (format!("{}(周{}) {hour:02}:{minutes:02}", date.format("%Y/%-m/%-d"), week[zh]), Looking::Ahead),
            (format!("{hour:02}:{minutes:02} {}", date.format("%a, %b %-d, %Y")), Looking::Back),
            (format!("{} {hour:02}:{minutes:02}", date.format("%-d %B %Y")), Looking::Ahead),
        ] {
            let Some(When::Read(reading)) = read(&text, &clock, looking) else {
                return Err(TestCaseError::fail(format!("{text} is no date")));
            };
            prop_assert_eq!((reading.due.day, reading.due.minute, reading.rival), (due, Some(minute), None), "{}", text);
            prop_assert_eq!(reading.consumed, text.chars().count(), "{}", text);
        }
    }

    #[test]
    fn so_many_days_from_now_are_so_many_days_from_now(today in 0i32..60_000, count in 1i32..400) {
        let calendar = Calendar::default();
        let now = Moment::start_of(Day::from_number(today), 480);
        let clock = Clock { now, week_start: Weekday::Mon, order: DateOrder::MonthFirst, calendar: Some(&calendar) };
        for (text, days) in [
            (format!("{count}天后"), count),
            (format!("in {count} days"), count),
            (format!("+{count}w"), count * 7),
            (format!("{count}周前"), -count * 7),
            (format!("{count} days ago"), -count),
        ] {
            let Some(When::Read(reading)) = read(&text, &clock, Looking::Ahead) else {
                return Err(TestCaseError::fail(format!("{text} is no date")));
            };
            prop_assert_eq!(reading.due.day.number(), today + days, "{}", text);
        }
    }
}

/// `>明天上午 3 家客户` was three o'clock at night, `>下周3场演示` a Wednesday and `>下月5 台设备` the fifth, without a word.
#[test]
fn a_number_that_counts_things_is_neither_hour_nor_weekday_nor_day() {
    let cases = [
        ("明天上午 3 家客户", "2026-11-20T09:00 ~part| 3 家客户"),
        ("tonight 2 demos", "2026-11-19T19:00 ~part| 2 demos"),
        ("tomorrow morning one more call", "2026-11-20T09:00 ~part| one more call"),
        ("fri morning 2 visits", "2026-11-20T09:00 ~part| 2 visits"),
        ("明天上午 3", "2026-11-20T09:00 ~part| 3"),
        ("tonight 8", "2026-11-19T20:00"),
        ("明晚 8 #演示", "2026-11-20T20:00| #演示"),
        ("下周3场演示", "2026-11-23 ~first|3场演示"),
        ("下周3 位客户", "2026-11-23 ~first|3 位客户"),
        ("下周3", "2026-11-25"),
        ("下周3上午", "2026-11-25T09:00 ~part"),
        ("下周3去拜访", "2026-11-25 or 2026-11-23|去拜访"),
        ("下月5 台设备", "2026-12-01 ~first|5 台设备"),
        ("下月5", "2026-12-05"),
    ];
    wrong(&cases, |phrase| ahead(phrase, "2026-11-19T10:00"));
}
