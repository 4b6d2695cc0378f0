//! Days of the week: 周三 下周三 下下周一 本周日 周末, wed, next wed, friday next week.

use super::weekday_word::{Named, Week, counts, english, han, han_weekday, is_digit_before_verb, week_of};
use super::{Found, Note, Reader, Recogniser, date};
use crate::domain::time::Day;
use crate::parse::cursor::Cursor;
use crate::parse::fold::is_han;
use chrono::{Datelike, Weekday};

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
    let dates: [Recogniser; 4] = [date::full_date, date::month_and_day, date::english_date, date::numeric_date];
    dates.iter().find_map(|recogniser| reader.attempt(|trial| recogniser(trial))).filter(|found| found.lost.is_none())
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
