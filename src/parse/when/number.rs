//! Numbers in dates: 15, 十五, 二〇二六, fifteen.

use crate::parse::cursor::Cursor;

/// Chinese digits and what they are worth.
const HAN: &[(char, i64)] = &[
    ('零', 0),
    ('〇', 0),
    ('一', 1),
    ('二', 2),
    ('两', 2),
    ('俩', 2),
    ('三', 3),
    ('仨', 3),
    ('四', 4),
    ('五', 5),
    ('六', 6),
    ('七', 7),
    ('八', 8),
    ('九', 9),
];

const ENGLISH: &[(&str, i64)] = &[
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("forty five", 45),
    ("ninety", 90),
];

/// An hour of the clock in an English word.
pub(super) fn english_hour(cursor: &mut Cursor) -> Option<i64> {
    cursor.longest(ENGLISH).filter(|hour| *hour <= 12)
}

/// The worth of one Chinese digit.
pub(super) fn han_digit(c: char) -> Option<i64> {
    HAN.iter().find(|(digit, _)| *digit == c).map(|(_, worth)| *worth)
}

/// A number in ASCII digits (at most four) or Chinese ones up to 九百九十九.
pub(super) fn number(cursor: &mut Cursor) -> Option<i64> {
    cursor.digits(4).map(|(value, _)| value).or_else(|| cursor.attempt(han_number))
}

/// A number as [`number`] reads it, or an English word.
pub(super) fn spoken(cursor: &mut Cursor) -> Option<i64> {
    number(cursor).or_else(|| cursor.longest(ENGLISH))
}

fn han_number(cursor: &mut Cursor) -> Option<i64> {
    if cursor.take('廿') {
        return Some(20 + one(cursor).unwrap_or(0));
    }
    let hundreds = cursor.attempt(|trial| {
        let digit = one(trial)?;
        trial.take('百').then_some(digit * 100)
    });
    if let Some(hundreds) = hundreds {
        return Some(hundreds + below_hundred(cursor).unwrap_or(0));
    }
    below_hundred(cursor)
}

fn below_hundred(cursor: &mut Cursor) -> Option<i64> {
    let tens = one(cursor);
    if cursor.take('十') {
        return Some(tens.unwrap_or(1) * 10 + one(cursor).unwrap_or(0));
    }
    tens
}

fn one(cursor: &mut Cursor) -> Option<i64> {
    cursor.take_if(|c| han_digit(c).is_some()).and_then(han_digit)
}

/// A year of four digits, ASCII or Chinese.
pub(super) fn year(cursor: &mut Cursor) -> Option<i64> {
    let ascii = cursor.attempt(|trial| trial.digits(4).filter(|(_, count)| *count == 4).map(|(value, _)| value));
    ascii.or_else(|| cursor.attempt(|trial| (0..4).try_fold(0, |value, _| one(trial).map(|digit| value * 10 + digit))))
}

/// Measure words: behind a number, perhaps with a space between, they make it count things.
const MEASURES: &str = "场位份批单笔轮套项款箱吨台件家条人个次瓶包张只辆盒袋桶块支组桌间名种类元万千百亿页天周年";

/// Whether a number that ends at `cursor` counts what stands behind it: 5 台设备, 3场演示.
pub(super) fn is_counted(mut cursor: Cursor) -> bool {
    cursor.spaces();
    cursor.peek().is_some_and(|c| MEASURES.contains(c))
}
