//! Weeks, months, quarters and years, their starts and ends: 月底 下月初 季末 本周内, eom, end of next month, next week.

use super::month_name::english_month;
use super::weekday_word::{counted_day, week_of};
use super::{Found, Note, Reader};
use crate::domain::time::{Day, Month};
use crate::parse::cursor::Cursor;
use chrono::{Datelike, Weekday};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Week,
    Month,
    Quarter,
    Year,
}

/// Which end of a period is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Start,
    Middle,
    End,
    Within,
    Whole,
}

const HAN_UNITS: &[(&str, Unit)] = &[
    ("周", Unit::Week),
    ("星期", Unit::Week),
    ("礼拜", Unit::Week),
    ("月", Unit::Month),
    ("月份", Unit::Month),
    ("季", Unit::Quarter),
    ("季度", Unit::Quarter),
    ("年", Unit::Year),
    ("年度", Unit::Year),
];

const HAN_AWAY: &[(&str, i32)] = &[
    ("上上", -2),
    ("上上个", -2),
    ("上", -1),
    ("上个", -1),
    ("本", 0),
    ("这", 0),
    ("这个", 0),
    ("当", 0),
    ("今", 0),
    ("下", 1),
    ("下一", 1),
    ("下一个", 1),
    ("下个", 1),
    ("次", 1),
    ("明", 1),
    ("下下", 2),
    ("下下个", 2),
    ("去", -1),
    ("后", 2),
];

const HAN_EDGES: &[(&str, Edge)] = &[
    ("初", Edge::Start),
    ("上旬", Edge::Start),
    ("中", Edge::Middle),
    ("中旬", Edge::Middle),
    ("底", Edge::End),
    ("末", Edge::End),
    ("尾", Edge::End),
    ("内", Edge::Within),
    ("之内", Edge::Within),
    ("以内", Edge::Within),
    ("下旬", Edge::End),
];

const ENGLISH_UNITS: &[(&str, Unit)] =
    &[("week", Unit::Week), ("month", Unit::Month), ("quarter", Unit::Quarter), ("year", Unit::Year)];

const ENGLISH_AWAY: &[(&str, i32)] = &[
    ("this", 0),
    ("the", 0),
    ("current", 0),
    ("next", 1),
    ("the next", 1),
    ("following", 1),
    ("the following", 1),
    ("last", -1),
    ("previous", -1),
];

const ENGLISH_EDGES: &[(&str, Edge)] = &[
    ("end of", Edge::End),
    ("the end of", Edge::End),
    ("late", Edge::End),
    ("end", Edge::End),
    ("start of", Edge::Start),
    ("the start of", Edge::Start),
    ("beginning of", Edge::Start),
    ("the beginning of", Edge::Start),
    ("early", Edge::Start),
    ("mid", Edge::Middle),
    ("middle of", Edge::Middle),
    ("the middle of", Edge::Middle),
];

const SHORT_ENDS: &[(&str, Unit)] = &[
    ("eow", Unit::Week),
    ("eom", Unit::Month),
    ("eoq", Unit::Quarter),
    ("eoy", Unit::Year),
    ("week end", Unit::Week),
    ("month end", Unit::Month),
    ("quarter end", Unit::Quarter),
    ("year end", Unit::Year),
];

const AFTER_NEXT: &[(&str, Unit)] = &[
    ("week after next", Unit::Week),
    ("the week after next", Unit::Week),
    ("month after next", Unit::Month),
    ("the month after next", Unit::Month),
];

/// A period of calendar days: its first and last.
#[derive(Clone, Copy)]
struct Stretch {
    unit: Unit,
    first: Day,
    last: Day,
}

impl Stretch {
    fn months(unit: Unit, first: Month, count: i32) -> Stretch {
        Stretch { unit, first: first.first_day(), last: first.plus(count).first_day().plus(-1) }
    }

    /// The period `turn` periods from the one today lies in.
    fn away(reader: &Reader, unit: Unit, turn: i32) -> Stretch {
        let month = reader.today().month();
        let into = |size: i32| month.plus(-((month.number() as i32 - 1) % size) + turn * size);
        match unit {
            Unit::Week => {
                let first = week_of(reader.today(), reader.clock.week_start).plus(turn * 7);
                Stretch { unit, first, last: first.plus(6) }
            }
            Unit::Month => Stretch::months(unit, into(1), 1),
            Unit::Quarter => Stretch::months(unit, into(3), 3),
            Unit::Year => Stretch::months(unit, into(12), 12),
        }
    }

    /// The day of a week that is a `weekday`.
    fn weekday(self, weekday: Weekday) -> Day {
        let ahead = weekday.days_since(self.first.date().weekday());
        self.first.plus(ahead as i32)
    }

    /// The middle: Wednesday, the 15th, the middle of the second month, the end of June.
    fn middle(self) -> Day {
        match self.unit {
            Unit::Week => self.weekday(Weekday::Wed),
            Unit::Month => self.first.plus(14),
            Unit::Quarter => self.first.plus_months(1).plus(14),
            Unit::Year => self.first.plus_months(6).plus(-1),
        }
    }

    fn edge(self, edge: Edge) -> Day {
        match edge {
            Edge::Start | Edge::Whole => self.first,
            Edge::Middle => self.middle(),
            Edge::End | Edge::Within => self.last,
        }
    }
}

/// 12月底, 12月初, 12月: what stands behind the name of `month`.
pub(super) fn part_of_month(cursor: &mut Cursor, month: Month) -> Option<Found> {
    let stretch = Stretch::months(Unit::Month, month, 1);
    Some(match han_edge(cursor) {
        Some(edge) => said(Found::on(stretch.edge(edge)), edge),
        None => Found::on(stretch.first).noted(Note::FirstDay).weak(),
    })
}

/// Any of the phrases of this file.
pub(super) fn period(reader: &mut Reader) -> Option<Found> {
    let readers: [fn(&mut Reader) -> Option<Read>; 4] = [han, short, english, english_month_edge];
    let (named, turn, edge) = readers.iter().find_map(|read| reader.attempt(|trial| read(trial)))?;
    let unit = match named {
        Phrase::Month(month) => return Some(said(Found::on(Stretch::months(Unit::Month, month, 1).edge(edge)), edge)),
        Phrase::Unit(unit) => unit,
    };
    let Some(turn) = turn else {
        let day = match edge {
            Edge::Within => Some(Stretch::away(reader, unit, 0).last),
            _ => reader.nearest(|turn| Some(Stretch::away(reader, unit, turn).edge(edge))),
        };
        return day.map(|day| said(Found::on(day), edge));
    };
    let stretch = Stretch::away(reader, unit, turn);
    // 下月第一个周一 names a day within it, and not the first.
    if edge == Edge::Whole && reader.cursor.sees(&["第", "最后", "的第", "的最后"]) {
        return None;
    }
    Some(match edge {
        Edge::Whole if turn == 0 && reader.is_ahead() => Found::on(stretch.last).noted(Note::LastDay).by(),
        Edge::Whole if unit == Unit::Week => {
            let counted = counted_day(reader.cursor).map(|weekday| stretch.weekday(weekday));
            Found::on(stretch.first).or(counted).noted(Note::FirstDay)
        }
        Edge::Whole => Found::on(stretch.first).noted(Note::FirstDay),
        Edge::End if unit == Unit::Week => Found::on(stretch.weekday(Weekday::Fri)).or(Some(stretch.last)),
        _ => said(Found::on(stretch.edge(edge)), edge),
    })
}

/// Words that begin like an end of a period and are none: 下周中午, 本月中标.
const NO_EDGES: &[&str] =
    &["中午", "中标", "中秋", "中期", "初步", "初稿", "初审", "底价", "底稿", "末班", "内部", "内容"];

fn han_edge(cursor: &mut Cursor) -> Option<Edge> {
    if cursor.sees(NO_EDGES) { None } else { cursor.longest(HAN_EDGES) }
}

fn said(found: Found, edge: Edge) -> Found {
    match edge {
        Edge::Start | Edge::Middle => found.noted(Note::Approximate),
        Edge::Within => found.by(),
        Edge::End | Edge::Whole => found,
    }
}

/// What a phrase names: a unit counted from now, or a certain month.
enum Phrase {
    Unit(Unit),
    Month(Month),
}

/// The period, how many from now if that was said, and which end.
type Read = (Phrase, Option<i32>, Edge);

fn han(reader: &mut Reader) -> Option<Read> {
    let cursor = &mut reader.cursor;
    let before = *cursor;
    let turn = cursor.longest(HAN_AWAY);
    let unit = cursor.longest(HAN_UNITS)?;
    let named = before.peek();
    let fits = match named {
        Some('今' | '明' | '去' | '后') => unit == Unit::Year,
        Some('当') => unit != Unit::Week,
        _ => true,
    };
    let edge = han_edge(cursor).or_else(|| cursor.attempt(|trial| doubled(trial, unit)));
    let edge = match (turn, edge) {
        (_, Some(edge)) => edge,
        (Some(_), None) => Edge::Whole,
        (None, None) => return None,
    };
    (fits && !(turn.is_none() && unit == Unit::Week && edge != Edge::Within)).then_some((
        Phrase::Unit(unit),
        turn,
        edge,
    ))
}

/// The unit said twice: 下个月月底, 今年年末.
fn doubled(cursor: &mut Cursor, unit: Unit) -> Option<Edge> {
    (cursor.longest(HAN_UNITS)? == unit).then_some(())?;
    han_edge(cursor)
}

fn short(reader: &mut Reader) -> Option<Read> {
    let unit = reader.cursor.longest(SHORT_ENDS)?;
    Some((Phrase::Unit(unit), Some(0), Edge::End))
}

/// `[end of] [this|next|last] week`; a bare unit needs one of the two.
fn english(reader: &mut Reader) -> Option<Read> {
    let cursor = &mut reader.cursor;
    if let Some(unit) = cursor.longest(AFTER_NEXT) {
        return Some((Phrase::Unit(unit), Some(2), Edge::Whole));
    }
    let edge = cursor.longest(ENGLISH_EDGES);
    if edge.is_some() {
        cursor.spaces();
        cursor.take('-');
    }
    let turn = cursor.longest(ENGLISH_AWAY);
    if turn.is_some() {
        (cursor.spaces() || cursor.take('-')).then_some(())?;
    }
    let unit = cursor.longest(ENGLISH_UNITS)?;
    let end = || matches!(edge, Some(Edge::End));
    match (edge, turn) {
        (None, None) => None,
        (Some(edge), None) if !end() => Some((Phrase::Unit(unit), None, edge)),
        _ => Some((Phrase::Unit(unit), Some(turn.unwrap_or(0)), edge.unwrap_or(Edge::Whole))),
    }
}

/// end of december, mid dec.
fn english_month_edge(reader: &mut Reader) -> Option<Read> {
    let edge = reader.cursor.longest(ENGLISH_EDGES)?;
    reader.cursor.spaces();
    reader.cursor.take('-');
    let month = english_month(&mut reader.cursor)?;
    let now = reader.today().month();
    let turn = (month as i32 - now.number() as i32).rem_euclid(12);
    let month = if reader.is_ahead() || turn == 0 { now.plus(turn) } else { now.plus(turn - 12) };
    Some((Phrase::Month(month), None, edge))
}
