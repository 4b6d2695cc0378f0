//! Dates in words, Chinese and English: what a phrase means on a given day, and what else it could mean.
//!
//! Decided once, for every phrase:
//! - A phrase that says its direction keeps it (下周三, 3天前, yesterday). One that does not (周三, 15号, 12/5, fri) is the
//!   nearest in the direction one looks. A bare weekday is never today: 周三 on a Wednesday is a week away, today its rival.
//! - 下周三 is the Wednesday of the next calendar week, 这周三 of this one even when past. "next wed" is read alike; while
//!   this week's Wednesday is still to come it is the rival. "last fri" mirrors it.
//! - A whole week, month, quarter or year stands for its first day, the running one for its last as a deadline.
//! - Hours 1–6 without 上午 or 下午 are in the afternoon; a bare hour already past is the other half's, or tomorrow's.
//! - A part of a day stands for an hour: morning 9, noon 12, afternoon 14, evening 19, close of business 18.
//! - A day that does not exist (31号 in November, 2月30日) is unknown, never moved; only a span of months ends on the last
//!   day of a short month, and says so.
//! - Holidays that move (节后) and vague words (改天) are recognised and unknown.

pub(in crate::parse) mod calendar;
mod date;
mod hour;
mod model;
mod month_name;
mod named;
mod number;
mod period;
mod say;
mod span;
mod stamp;
mod weekday;
pub(in crate::parse) mod weekday_word;

pub use model::{Clock, DateOrder, Looking, Note, Reading, Unknown, When, Why};
pub use say::say;
pub use stamp::{NoDate, Stamp, stamp};

use crate::domain::time::Due;
use crate::parse::cursor::Cursor;
use crate::parse::fold::folded;
use hour::separators;
use model::{Found, Part, Reader, Recogniser};

/// Reads the date phrase at the very start of `text`; `None` when there is none.
pub fn read(text: &str, clock: &Clock, looking: Looking) -> Option<When> {
    read_folded(Cursor::new(&folded(text)), clock, looking)
}

/// Reads a text that is a date phrase from its start to its end, or a date as machines write it.
pub fn read_whole(text: &str, clock: &Clock, looking: Looking) -> Option<When> {
    let text = text.trim();
    let count = text.chars().count();
    let said = read(text, clock, looking).filter(|when| match when {
        When::Read(reading) => reading.consumed == count,
        When::Unknown(_) => true,
    });
    said.or_else(|| {
        let due = stamp(text, clock.order).ok()?.due();
        Some(When::Read(Reading { due, deadline: false, rival: None, consumed: count, note: None, weak: false }))
    })
}

/// Reads the date phrase at `cursor` of a folded text.
pub(crate) fn read_folded(cursor: Cursor, clock: &Clock, looking: Looking) -> Option<When> {
    let mut reader = Reader { cursor, clock, looking };
    let found = phrase(&mut reader)?;
    let consumed = reader.cursor.at() - cursor.at();
    Some(match found.lost.or_else(|| beyond_all_calendars(found.due)) {
        Some(why) => When::Unknown(Unknown { consumed, why }),
        None => When::Read(Reading {
            due: found.due,
            deadline: found.deadline,
            rival: found.rival.filter(|rival| *rival != found.due),
            consumed,
            note: found.note,
            weak: found.weak,
        }),
    })
}

/// Years of five digits are slips of the finger.
fn beyond_all_calendars(due: Due) -> Option<Why> {
    (!(1..=9999).contains(&due.day.month().year())).then_some(Why::NoSuchDay)
}

/// Everything that names a day. The one that reads furthest is believed, the earlier where two read as far.
const DAYS: &[Recogniser] = &[
    named::named_day,
    named::holiday,
    named::unknown,
    weekday::weekday,
    span::span,
    date::full_date,
    date::month_and_day,
    date::english_date,
    date::day_of_month,
    date::numeric_date,
    period::period,
];

fn day(reader: &mut Reader) -> Option<Found> {
    let mut best: Option<(Cursor, Found)> = None;
    for recogniser in DAYS {
        let mut trial = *reader;
        if let Some(found) = recogniser(&mut trial)
            && best.is_none_or(|(cursor, _)| trial.cursor.at() > cursor.at())
        {
            best = Some((trial.cursor, found));
        }
    }
    let (cursor, found) = best?;
    reader.cursor = cursor;
    Some(found)
}

/// Words before a date that make it a deadline.
const BY: &[&str] =
    &["by", "before", "until", "till", "no later than", "due", "最晚", "最迟", "不晚于", "截止", "截至"];
/// Words before a date that say nothing.
const ON: &[&str] = &["on", "in the", "over the", "the", "at", "于", "在"];
/// Words behind a date that make it a deadline, longest first, and those they must not be part of.
const BEFORE: &[&str] = &["之前", "以前", "前", "at the latest"];
const NOT_BEFORE: &[&str] = &["前台", "前期", "前面", "前提", "前端", "前来", "前往", "前后"];
const ABOUT: &[&str] = &["左右", "前后", "or so"];

/// `[by] day [time] | [by] time [day]`, then 前 or 左右.
fn phrase(reader: &mut Reader) -> Option<Found> {
    // "before christmas" names a day of its own; any other "before" only makes a deadline.
    if reader.cursor.sees(&["before "])
        && let Some(found) = reader.attempt(named::holiday).or_else(|| reader.attempt(named::unknown))
    {
        return Some(found);
    }
    let by = reader.cursor.attempt(|cursor| (cursor.any(BY) && separators(cursor)).then_some(())).is_some();
    let mut found = reader.attempt(plain).or_else(|| {
        reader.attempt(|trial| {
            (trial.cursor.any(ON) && separators(&mut trial.cursor)).then_some(())?;
            plain(trial)
        })
    })?;
    found.deadline |= by;
    let found = suffix(reader, found)?;
    Some(match reader.attempt(|trial| other_day(trial, found)) {
        Some(other) => Found { rival: Some(other), ..found }.noted(Note::Approximate),
        None => found,
    })
}

/// A second day that was left open: 明天或后天, tomorrow or friday.
fn other_day(reader: &mut Reader, first: Found) -> Option<Due> {
    reader.cursor.spaces();
    (first.lost.is_none() && first.rival.is_none() && reader.cursor.any(&["或者", "或", "or"])).then_some(())?;
    reader.cursor.spaces();
    plain(reader).filter(|found| found.lost.is_none() && !found.weak).map(|found| found.due)
}

fn plain(reader: &mut Reader) -> Option<Found> {
    match reader.attempt(day) {
        Some(found) if found.lost.is_some() || found.due.minute.is_some() => Some(found),
        Some(found) => Some(match reader.attempt(|trial| hour_of(trial, found)) {
            Some(hour) => hour.upon(found, reader),
            None => found.part.map_or(found, |part| hour::Hour::of_part(part).upon(found, reader)),
        }),
        None => {
            let start = reader.cursor.at();
            let hour = hour::time_of_day(&mut reader.cursor, None, false)?;
            (reader.cursor.at() > start + 1).then_some(())?;
            let later = reader.attempt(|trial| {
                separators(&mut trial.cursor);
                trial.cursor.any(&["on"]);
                separators(&mut trial.cursor);
                day(trial).filter(|found| found.lost.is_none() && found.due.minute.is_none())
            });
            Some(later.map_or_else(|| hour.alone(reader), |found| hour.upon(found, reader)))
        }
    }
}

fn hour_of(reader: &mut Reader, found: Found) -> Option<hour::Hour> {
    separators(&mut reader.cursor);
    hour::time_of_day(&mut reader.cursor, found.part, found.dated)
}

fn suffix(reader: &mut Reader, mut found: Found) -> Option<Found> {
    let cursor = &mut reader.cursor;
    let gap = |cursor: &mut Cursor, words: &[&str]| {
        cursor.attempt(|trial| {
            trial.spaces();
            trial.any(words).then_some(())
        })
    };
    if gap(cursor, ABOUT).is_some() {
        found = found.noted(Note::Approximate);
    } else if !cursor.sees(NOT_BEFORE) && gap(cursor, BEFORE).is_some() {
        found = found.by();
    }
    Some(found)
}
