//! What a date in words depends on, what it can turn out to be, and the reader that goes along a phrase.

use crate::domain::time::{Day, Due, Moment};
use crate::parse::cursor::Cursor;
use crate::parse::working_days::Calendar;
use crate::text::{Words, words};
use chrono::{Datelike, Timelike, Weekday};

/// Which number of 12/5 is the month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// The first: 12/5 is the fifth of December.
    MonthFirst,
    /// The second: 12/5 is the twelfth of May.
    DayFirst,
    /// It was not said; read as month first where both are possible.
    #[default]
    Unclear,
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
    /// Which days are worked, for 3个工作日后 and 节后; without it none is counted.
    pub calendar: Option<&'a Calendar>,
}

impl<'a> Clock<'a> {
    /// The clock of a book with this calendar: weeks begin on Monday.
    pub const fn of(now: Moment, calendar: Option<&'a Calendar>) -> Clock<'a> {
        Clock { now, week_start: Weekday::Mon, order: DateOrder::Unclear, calendar }
    }

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

impl Reading {
    /// Whether it names one day, and no stretch of days or bound.
    pub const fn is_one_day(&self) -> bool {
        !self.deadline && !matches!(self.note, Some(Note::Approximate | Note::FirstDay | Note::LastDay))
    }
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

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Dawn,
    Morning,
    Noon,
    Afternoon,
    Evening,
    Close,
}

/// A cursor that knows the day and the direction; copying it is how a recogniser tries something.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) cursor: Cursor<'a>,
    pub(super) clock: &'a Clock<'a>,
    pub(super) looking: Looking,
}

impl<'a> Reader<'a> {
    pub(super) fn today(&self) -> Day {
        self.clock.today()
    }

    pub(super) fn is_ahead(&self) -> bool {
        self.looking == Looking::Ahead
    }

    /// Tries `read`; when it gives nothing, nothing has been read.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Reader<'a>) -> Option<T>) -> Option<T> {
        let mut trial = *self;
        let found = read(&mut trial)?;
        *self = trial;
        Some(found)
    }

    /// The first of `at(0)`, `at(1)`, … (or, looking back, `at(0)`, `at(-1)`, …) that is not on the other side of today.
    pub(super) fn nearest(&self, at: impl Fn(i32) -> Option<Day>) -> Option<Day> {
        let today = self.today();
        let away = if self.is_ahead() { 1 } else { -1 };
        (0..2)
            .filter_map(|turn| at(turn * away))
            .find(|day| if self.is_ahead() { *day >= today } else { *day <= today })
    }
}

/// What a recogniser made of a phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) due: Due,
    pub(super) rival: Option<Due>,
    pub(super) deadline: bool,
    pub(super) note: Option<Note>,
    pub(super) lost: Option<Why>,
    pub(super) weak: bool,
    /// Whether the year was said.
    pub(super) dated: bool,
    /// The part of the day a following hour lies in (tonight at 8).
    pub(super) part: Option<Part>,
}

impl Found {
    pub(super) fn at(due: Due) -> Found {
        Found { due, rival: None, deadline: false, note: None, lost: None, weak: false, dated: false, part: None }
    }

    pub(super) fn on(day: Day) -> Found {
        Found::at(Due::on(day))
    }

    pub(super) fn lost(why: Why) -> Found {
        Found { lost: Some(why), ..Found::on(Day::default()) }
    }

    /// The day, or that there is no such day.
    pub(super) fn on_some(day: Option<Day>) -> Found {
        day.map_or(Found::lost(Why::NoSuchDay), Found::on)
    }

    pub(super) fn or(self, rival: Option<Day>) -> Found {
        Found { rival: rival.map(Due::on), ..self }
    }

    /// With a note, unless a more pressing one stands.
    pub(super) fn noted(self, note: Note) -> Found {
        Found { note: Some(self.note.map_or(note, |old| old.min(note))), ..self }
    }

    pub(super) fn by(self) -> Found {
        Found { deadline: true, ..self }
    }

    pub(super) fn weak(self) -> Found {
        Found { weak: true, ..self }
    }

    pub(super) fn falls_on(&self, weekday: Weekday) -> bool {
        self.due.day.date().weekday() == weekday
    }
}

pub(super) type Recogniser = for<'a, 'b> fn(&'b mut Reader<'a>) -> Option<Found>;
