//! Days of the week: 周三 下周三 下下周一 本周日 周末, wed, next wed, friday next week.

use super::number::{han_digit, is_counted};
use super::{Found, Note, Reader, date};
use crate::domain::time::Day;
use crate::line::cursor::{Cursor, is_han, is_word};
use chrono::{Datelike, Weekday};

/// Which week is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Week {
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
enum Named {
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

/// 周三 下周三 next wed; a date straight behind it is the date meant (fri 12/5).
pub(super) fn weekday(reader: &mut Reader) -> Option<Found> {
    let start = reader.cursor;
    let (week, named) = reader.cursor.attempt(han).or_else(|| reader.cursor.attempt(english))?;
    let in_haste = is_digit_before_verb(start, reader.cursor);
    if week == Week::Nearest
        && let Named::Day(weekday) = named
        // fri 9-5 is a Friday's hours, and the fifth of September only where that is one.
        && let Some(found) = reader.attempt(|trial| dated(trial).filter(|found| !found.weak || found.falls_on(weekday)))
    {
        return Some(date::checked(found, weekday));
    }
    let found = match in_haste && week != Week::Nearest {
        true => {
            let first = resolve(reader, week, Named::Day(reader.clock.week_start)).due.day;
            resolve(reader, week, named).or(Some(first))
        }
        false => resolve(reader, week, named),
    };
    if week == Week::Nearest
        && reader.is_ahead()
        && let Some(later) = reader.attempt(|trial| week_later(trial, found.due.day))
    {
        return Some(later);
    }
    let other = reader.cursor.attempt(|trial| another(trial, week, named));
    let Some(other) = other else { return Some(found) };
    let day = resolve(reader, week, other).due.day;
    let later = if day < found.due.day { day.plus(7) } else { day };
    Some(found.or(Some(later)).noted(Note::Approximate))
}

/// monday week, monday after next: the one a week after the nearest, which is the rival of the first of them.
fn week_later(reader: &mut Reader, nearest: Day) -> Option<Found> {
    let later = Found::on(nearest.plus(7));
    reader.cursor.spaces();
    if reader.cursor.any(&["after next"]) {
        return Some(later);
    }
    reader.cursor.any(&["week"]).then_some(later.or(Some(nearest)))
}

/// The second of two days that were left open: 周二三, 周二或周三, mon or tue.
fn another(cursor: &mut Cursor, week: Week, first: Named) -> Option<Named> {
    let other = cursor.attempt(|trial| {
        let digit = trial.take_if(|c| "二三四五六日天".contains(c))?;
        let ends = !counts(*trial) && trial.peek().is_none_or(|c| !is_han(c) || "上下早晚中前去来回".contains(c));
        let day = Named::Day(han_weekday(digit)?);
        (ends && matches!(first, Named::Day(_))).then_some((Week::Nearest, day))
    });
    let (other_week, named) = other.or_else(|| {
        or_word(cursor)?;
        cursor.attempt(han).or_else(|| cursor.attempt(english))
    })?;
    (other_week == Week::Nearest || other_week == week).then_some(named)
}

fn or_word(cursor: &mut Cursor) -> Option<()> {
    cursor.spaces();
    cursor.any(&["或者", "或", "、", "/", "or", "到", "至", "-"]).then_some(())?;
    cursor.spaces();
    Some(())
}

fn dated<'a>(reader: &mut Reader<'a>) -> Option<Found> {
    reader.cursor.take(',');
    reader.cursor.spaces();
    let dates: [super::Recogniser; 4] = [date::full_date, date::month_and_day, date::english_date, date::numeric_date];
    dates.iter().find_map(|recogniser| reader.attempt(|trial| recogniser(trial))).filter(|found| found.lost.is_none())
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

fn han(cursor: &mut Cursor) -> Option<(Week, Named)> {
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
fn in_digits(cursor: &mut Cursor) -> Option<Weekday> {
    let digit = cursor.take_if(|c| ('1'..='7').contains(&c))?;
    let free = |c: char| c == ' ' || BEHIND_DIGIT.contains(c) || VERBS.contains(c);
    (cursor.peek().is_none_or(free) && !is_counted(*cursor)).then_some(())?;
    Weekday::try_from(u8::try_from(digit.to_digit(10)? - 1).ok()?).ok()
}

/// Whether what was read from `start` to `end` ends in a digit with a verb behind it, where the digit may belong to it.
fn is_digit_before_verb(start: Cursor, end: Cursor) -> bool {
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
fn counts(mut cursor: Cursor) -> bool {
    if cursor.take('次') {
        return true;
    }
    cursor.take('回') && cursor.peek().is_none_or(|c| !is_han(c) && !is_word(c) && c != ' ')
}

fn han_weekday(c: char) -> Option<Weekday> {
    match han_digit(c) {
        Some(number) => Weekday::try_from(u8::try_from(number - 1).ok()?).ok(),
        None => Some(Weekday::Sun),
    }
}

fn english(cursor: &mut Cursor) -> Option<(Week, Named)> {
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

fn resolve(reader: &Reader, week: Week, named: Named) -> Found {
    let (weekday, note) = match named {
        Named::Day(weekday) => (weekday, None),
        Named::Weekend => (Weekday::Sat, Some(Note::Approximate)),
    };
    let today = reader.today();
    let this = week_of(today, reader.clock.week_start);
    let place = weekday.days_since(reader.clock.week_start) as i32;
    let in_week = |weeks: i32| this.plus(weeks * 7 + place);
    let found = match week {
        Week::Away(weeks) => Found::on(in_week(weeks)),
        Week::Next => Found::on(in_week(1)).or((in_week(0) > today).then_some(in_week(0))),
        Week::Last => Found::on(in_week(-1)).or((in_week(0) < today).then_some(in_week(0))),
        Week::Nearest if named == Named::Weekend && in_week(0) == today => Found::on(today),
        Week::Nearest if reader.is_ahead() => {
            let ahead = (1..=7).map(|days| today.plus(days)).find(|day| day.date().weekday() == weekday);
            Found::on(ahead.unwrap_or(today)).or((in_week(0) == today).then_some(today))
        }
        Week::Nearest => {
            let back = (1..=7).map(|days| today.plus(-days)).find(|day| day.date().weekday() == weekday);
            Found::on(back.unwrap_or(today)).or((in_week(0) == today).then_some(today))
        }
    };
    note.map_or(found, |note| found.noted(note))
}
