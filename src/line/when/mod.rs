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

mod date;
mod hour;
mod named;
mod number;
mod period;
mod say;
mod span;
mod weekday;

pub use say::say;

use crate::domain::time::{Day, Due, Moment};
use crate::line::cursor::{Cursor, folded};
use crate::line::working_days::Calendar;
use crate::text::{Words, words};
use chrono::{Datelike, Timelike, Weekday};

/// Which number of 12/5 is the month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrder {
    /// 12/5 is the fifth of December.
    #[default]
    MonthFirst,
    /// 12/5 is the twelfth of May.
    DayFirst,
}

/// Whether a phrase tells of what was or of what will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looking {
    /// At what was: after `^`.
    Back,
    /// At what will be: after `>`.
    Ahead,
}

/// All that a date in words depends on.
#[derive(Clone, Copy, Debug)]
pub struct Clock<'a> {
    /// Now, and with it today.
    pub now: Moment,
    /// The day weeks begin on.
    pub week_start: Weekday,
    /// Which number of 12/5 is the month.
    pub order: DateOrder,
    /// Which days are worked, for 3个工作日后 and 节后.
    pub calendar: &'a Calendar,
}

impl Clock<'_> {
    /// The local day.
    pub fn today(&self) -> Day {
        self.now.day()
    }

    /// Minutes since local midnight.
    pub fn minute(&self) -> u16 {
        let time = self.now.local().time();
        (time.hour() * 60 + time.minute()) as u16
    }
}

/// What is to be said of a reading beside its date. The more pressing come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// The weekday written is not that of the date written.
    WeekdayDiffers,
    /// The month is short: its last day was taken.
    Shortened,
    /// Meant roughly: 过两天, 月中, 周三左右.
    Approximate,
    /// A whole week, month, quarter or year: its first day was taken.
    FirstDay,
    /// A whole week, month, quarter or year that is running: its last day was taken.
    LastDay,
    /// An hour without morning or afternoon.
    HourAssumed,
    /// A part of the day: an hour in it was taken.
    PartOfDay,
}

impl Note {
    /// The note in words.
    pub const fn words(self) -> Words {
        match self {
            Note::WeekdayDiffers => words("the weekday is another one", "星期与日期不符"),
            Note::Shortened => words("the month is short: its last day", "当月没有这一天，取最后一天"),
            Note::Approximate => words("roughly", "大约"),
            Note::FirstDay => words("its first day", "取第一天"),
            Note::LastDay => words("by its last day", "取最后一天"),
            Note::HourAssumed => words("morning or afternoon was not said", "未说上午还是下午"),
            Note::PartOfDay => words("no hour was said", "未说几点"),
        }
    }
}

/// Why a phrase that is a date cannot be one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Hangs on a holiday whose days move: 节后.
    Holiday,
    /// Says no day: 改天, later.
    Vague,
    /// There is no such day: 2月30日.
    NoSuchDay,
}

impl Why {
    /// The reason in words.
    pub const fn words(self) -> Words {
        match self {
            Why::Holiday => words(
                "the work calendar does not know that holiday: write a date",
                "工作日历里还没有这个假期，请写日期",
            ),
            Why::Vague => words("says no day", "没有说明哪一天"),
            Why::NoSuchDay => words("there is no such day: check month and day", "没有这一天，请核对月和日"),
        }
    }
}

/// A phrase read as a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The day, and the time where one was given.
    pub due: Due,
    /// By then at the latest (前, by) and not then.
    pub deadline: bool,
    /// What else it could mean.
    pub rival: Option<Due>,
    /// Characters read.
    pub consumed: usize,
    /// What is to be said of it.
    pub note: Option<Note>,
    /// Hardly a date unless a sign says so: 12.5, 12-5, may.
    pub weak: bool,
}

/// A phrase that is a date, though nobody can say which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// Characters read.
    pub consumed: usize,
    /// Why.
    pub why: Why,
}

/// What a phrase turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A date.
    Read(Reading),
    /// A date nobody can name.
    Unknown(Unknown),
}

/// Reads the date phrase at the very start of `text`; `None` when there is none.
pub fn read(text: &str, clock: &Clock, looking: Looking) -> Option<When> {
    read_folded(Cursor::new(&folded(text)), clock, looking)
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

/// A cursor that knows the day and the direction; copying it is how a recogniser tries something.
#[derive(Clone, Copy)]
struct Reader<'a> {
    cursor: Cursor<'a>,
    clock: &'a Clock<'a>,
    looking: Looking,
}

impl<'a> Reader<'a> {
    fn today(&self) -> Day {
        self.clock.today()
    }

    fn is_ahead(&self) -> bool {
        self.looking == Looking::Ahead
    }

    /// Tries `read`; when it gives nothing, nothing has been read.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Reader<'a>) -> Option<T>) -> Option<T> {
        let mut trial = *self;
        let found = read(&mut trial)?;
        *self = trial;
        Some(found)
    }

    /// The first of `at(0)`, `at(1)`, … (or, looking back, `at(0)`, `at(-1)`, …) that is not on the other side of today.
    fn nearest(&self, at: impl Fn(i32) -> Option<Day>) -> Option<Day> {
        let today = self.today();
        let away = if self.is_ahead() { 1 } else { -1 };
        (0..2)
            .filter_map(|turn| at(turn * away))
            .find(|day| if self.is_ahead() { *day >= today } else { *day <= today })
    }
}

/// What a recogniser made of a phrase.
#[derive(Clone, Copy, Debug)]
struct Found {
    due: Due,
    rival: Option<Due>,
    deadline: bool,
    note: Option<Note>,
    lost: Option<Why>,
    weak: bool,
    /// The part of the day a following hour lies in (tonight at 8).
    part: Option<hour::Part>,
}

impl Found {
    fn at(due: Due) -> Found {
        Found { due, rival: None, deadline: false, note: None, lost: None, weak: false, part: None }
    }

    fn on(day: Day) -> Found {
        Found::at(Due::on(day))
    }

    fn lost(why: Why) -> Found {
        Found { lost: Some(why), ..Found::on(Day::default()) }
    }

    /// The day, or that there is no such day.
    fn on_some(day: Option<Day>) -> Found {
        day.map_or(Found::lost(Why::NoSuchDay), Found::on)
    }

    fn or(self, rival: Option<Day>) -> Found {
        Found { rival: rival.map(Due::on), ..self }
    }

    /// With a note, unless a more pressing one stands.
    fn noted(self, note: Note) -> Found {
        Found { note: Some(self.note.map_or(note, |old| old.min(note))), ..self }
    }

    fn by(self) -> Found {
        Found { deadline: true, ..self }
    }

    fn weak(self) -> Found {
        Found { weak: true, ..self }
    }

    fn falls_on(&self, weekday: Weekday) -> bool {
        self.due.day.date().weekday() == weekday
    }
}

type Recogniser = for<'a, 'b> fn(&'b mut Reader<'a>) -> Option<Found>;

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
        Some(found) => Some(match reader.attempt(|trial| hour_of(trial, found.part)) {
            Some(hour) => hour.upon(found, reader),
            None => found.part.map_or(found, |part| hour::Hour::of_part(part).upon(found, reader)),
        }),
        None => {
            let start = reader.cursor.at();
            let hour = hour::hour(reader, None)?;
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

fn hour_of(reader: &mut Reader, part: Option<hour::Part>) -> Option<hour::Hour> {
    separators(&mut reader.cursor);
    hour::hour(reader, part)
}

/// Reads what may stand between a day and a time; always true.
fn separators(cursor: &mut Cursor) -> bool {
    cursor.spaces();
    if cursor.take('的') || cursor.peek_at(1).is_some_and(|c| c.is_ascii_digit() || c == ' ') && cursor.take(',') {
        cursor.spaces();
    }
    true
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
