//! The words for days of the week, and for weeks.

use super::number::{han_digit, is_counted};
use crate::domain::time::Day;
use crate::parse::cursor::Cursor;
use crate::parse::fold::{is_han, is_word};
use chrono::{Datelike, Weekday};

/// Which week is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) enum Week {
    /// None was said.
    Nearest,
    /// So many calendar weeks from this one.
    Away(i32),
    /// "next" and "last": a calendar week away, or the nearest after all.
    Next,
    Last,
}

/// A day of the week, or its end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) enum Named {
    Day(Weekday),
    Weekend,
}

const ENGLISH: &[(&str, Named)] = &[
    ("mon", Named::Day(Weekday::Mon)),
    ("monday", Named::Day(Weekday::Mon)),
    ("tue", Named::Day(Weekday::Tue)),
    ("tues", Named::Day(Weekday::Tue)),
    ("tuesday", Named::Day(Weekday::Tue)),
    ("wed", Named::Day(Weekday::Wed)),
    ("weds", Named::Day(Weekday::Wed)),
    ("wednesday", Named::Day(Weekday::Wed)),
    ("thu", Named::Day(Weekday::Thu)),
    ("thur", Named::Day(Weekday::Thu)),
    ("thurs", Named::Day(Weekday::Thu)),
    ("thursday", Named::Day(Weekday::Thu)),
    ("fri", Named::Day(Weekday::Fri)),
    ("friday", Named::Day(Weekday::Fri)),
    ("sat", Named::Day(Weekday::Sat)),
    ("saturday", Named::Day(Weekday::Sat)),
    ("sun", Named::Day(Weekday::Sun)),
    ("sunday", Named::Day(Weekday::Sun)),
    ("weekend", Named::Weekend),
    ("the weekend", Named::Weekend),
];

const ENGLISH_WEEKS: &[(&str, Week)] = &[
    ("this", Week::Away(0)),
    ("this coming", Week::Nearest),
    ("coming", Week::Nearest),
    ("next", Week::Next),
    ("last", Week::Last),
    ("past", Week::Nearest),
    ("following", Week::Next),
    ("the following", Week::Next),
];

const ENGLISH_WEEKS_BEHIND: &[(&str, Week)] =
    &[("this week", Week::Away(0)), ("next week", Week::Away(1)), ("last week", Week::Away(-1))];

const HAN_WEEKS: &[(&str, Week)] = &[
    ("上上", Week::Away(-2)),
    ("上", Week::Away(-1)),
    ("这", Week::Away(0)),
    ("这一", Week::Away(0)),
    ("本", Week::Away(0)),
    ("下", Week::Away(1)),
    ("下一", Week::Away(1)),
    ("下下", Week::Away(2)),
    ("下下下", Week::Away(3)),
];

const WEEK_WORDS: &[&str] = &["周", "星期", "礼拜"];

/// The first day of the calendar week `day` lies in.
pub(super) fn week_of(day: Day, start: Weekday) -> Day {
    day.plus(-(day.date().weekday().days_since(start) as i32))
}

/// A weekday standing behind a date, perhaps in brackets: 12月5日(周六).
pub(super) fn behind(cursor: &mut Cursor) -> Option<Weekday> {
    cursor.attempt(|trial| {
        trial.take(',');
        trial.spaces();
        let bracket = trial.take('(');
        let (week, named) = trial.attempt(han).or_else(|| trial.attempt(english))?;
        let closed = !bracket || trial.take(')');
        match named {
            Named::Day(weekday) if closed && week == Week::Nearest => Some(weekday),
            _ => None,
        }
    })
}

pub(in crate::parse) fn han(cursor: &mut Cursor) -> Option<(Week, Named)> {
    let week = cursor.longest(HAN_WEEKS);
    let counted = week.is_some() && cursor.take('个');
    cursor.any(WEEK_WORDS).then_some(())?;
    if week.is_some() {
        cursor.attempt(|trial| {
            trial.take('的');
            trial.spaces();
            trial.any(WEEK_WORDS).then_some(())
        });
    }
    if let Some(day) = cursor.attempt(in_digits) {
        return Some((week.unwrap_or(Week::Nearest), Named::Day(day)));
    }
    let last = cursor.take_if(|c| "一二三四五六日天末".contains(c))?;
    let many = han_digit(last).is_some() && counts(*cursor);
    let named = match last {
        '末' => Named::Weekend,
        _ => Named::Day(han_weekday(last)?),
    };
    (!many || counted).then_some((week.unwrap_or(Week::Nearest), named))
}

/// What may stand straight behind a weekday in digits: a part of the day, a word of time, punctuation.
const BEHIND_DIGIT: &str = "上下早晚中午凌傍夜之以前左或,，。、;；!！?？)）(（>@#=+^$¥";
/// Verbs that may as well: 下周3去拜访.
const VERBS: &str = "去见回来给跟约拜送签谈打发开";

/// A weekday in digits, 1 to 7, as it is typed in haste: 下周3. What counts something is none: 下周3次, 下周3家, 下周3场演示.
pub(super) fn in_digits(cursor: &mut Cursor) -> Option<Weekday> {
    let digit = cursor.take_if(|c| ('1'..='7').contains(&c))?;
    let free = |c: char| c == ' ' || BEHIND_DIGIT.contains(c) || VERBS.contains(c);
    (cursor.peek().is_none_or(free) && !is_counted(*cursor)).then_some(())?;
    Weekday::try_from(u8::try_from(digit.to_digit(10)? - 1).ok()?).ok()
}

/// Whether what was read from `start` to `end` ends in a digit with a verb behind it, where the digit may belong to it.
pub(super) fn is_digit_before_verb(start: Cursor, end: Cursor) -> bool {
    let last = (end.at() - start.at()).checked_sub(1).and_then(|last| start.rest().get(last));
    last.is_some_and(char::is_ascii_digit) && end.peek().is_some_and(|c| VERBS.contains(c))
}

/// The day a numeral behind a week would name, where it rather counts: the Wednesday of 下周三次会.
pub(super) fn counted_day(mut cursor: Cursor) -> Option<Weekday> {
    let numeral = cursor.take_if(|c| han_digit(c).is_some())?;
    counts(cursor).then_some(())?;
    han_weekday(numeral)
}

/// Whether the numeral just read counts times and is no weekday: 周三次会, 下周三回. A 回 with anything behind it is a verb, as in
/// 周三回访, 周五回款, 周一回公司.
pub(super) fn counts(mut cursor: Cursor) -> bool {
    if cursor.take('次') {
        return true;
    }
    cursor.take('回') && cursor.peek().is_none_or(|c| !is_han(c) && !is_word(c) && c != ' ')
}

pub(super) fn han_weekday(c: char) -> Option<Weekday> {
    match han_digit(c) {
        Some(number) => Weekday::try_from(u8::try_from(number - 1).ok()?).ok(),
        None => Some(Weekday::Sun),
    }
}

pub(in crate::parse) fn english(cursor: &mut Cursor) -> Option<(Week, Named)> {
    let before = cursor.attempt(|trial| {
        let week = trial.longest(ENGLISH_WEEKS)?;
        (trial.spaces() || trial.take('-')).then_some(week)
    });
    let named = cursor.longest(ENGLISH)?;
    cursor.take('.');
    let behind = cursor.attempt(|trial| {
        trial.spaces();
        trial.longest(ENGLISH_WEEKS_BEHIND)
    });
    Some((before.or(behind).unwrap_or(Week::Nearest), named))
}
