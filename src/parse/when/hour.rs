//! Times of the day: 下午3点半, 晚上8点, 10点一刻, 14:30, 3pm, at 3, noon, 上午.

use super::number::{english_hour, number};
use super::{Found, Note, Part, Reader};
use crate::domain::time::{Day, Due};
use crate::parse::cursor::Cursor;

const PARTS: &[(&str, Part)] = &[
    ("凌晨", Part::Dawn),
    ("清早", Part::Morning),
    ("清晨", Part::Morning),
    ("早上", Part::Morning),
    ("早晨", Part::Morning),
    ("一早", Part::Morning),
    ("早", Part::Morning),
    ("上午", Part::Morning),
    ("晨", Part::Morning),
    ("中午", Part::Noon),
    ("正午", Part::Noon),
    ("下午", Part::Afternoon),
    ("午后", Part::Afternoon),
    ("傍晚", Part::Afternoon),
    ("晚上", Part::Evening),
    ("晚间", Part::Evening),
    ("晚", Part::Evening),
    ("夜里", Part::Evening),
    ("夜", Part::Evening),
    ("下班", Part::Close),
    ("下班后", Part::Evening),
    ("first thing", Part::Morning),
    ("morning", Part::Morning),
    ("in the morning", Part::Morning),
    ("a.m.", Part::Morning),
    ("noon", Part::Noon),
    ("midday", Part::Noon),
    ("at noon", Part::Noon),
    ("lunchtime", Part::Noon),
    ("afternoon", Part::Afternoon),
    ("in the afternoon", Part::Afternoon),
    ("evening", Part::Evening),
    ("in the evening", Part::Evening),
    ("night", Part::Evening),
    ("at night", Part::Evening),
    ("eod", Part::Close),
    ("cob", Part::Close),
    ("end of day", Part::Close),
    ("end of the day", Part::Close),
    ("eob", Part::Close),
    ("end of business", Part::Close),
    ("close of business", Part::Close),
];

const HALVES: &[(&str, Part)] = &[
    ("am", Part::Dawn),
    ("a.m.", Part::Dawn),
    ("a.m", Part::Dawn),
    ("pm", Part::Afternoon),
    ("p.m.", Part::Afternoon),
    ("p.m", Part::Afternoon),
    ("in the morning", Part::Morning),
    ("in the afternoon", Part::Afternoon),
    ("in the evening", Part::Evening),
    ("at night", Part::Evening),
];

/// Nouns that make 3点 three points and not three o'clock.
const POINTS: &[&str] =
    &["建议", "要求", "意见", "问题", "原因", "需求", "内容", "说明", "事项", "共识", "反馈", "疑问", "优势"];

/// Minutes of one day.
const DAY: u16 = 24 * 60;

/// A time as it was written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hour {
    /// Minutes after midnight; a day and more for the night after.
    minute: u16,
    second: u16,
    /// The other half of the day, where none was said.
    other: Option<u16>,
    note: Option<Note>,
    /// Whether it is a deadline (by close of business).
    deadline: bool,
}

impl Hour {
    fn exact(minute: u16) -> Hour {
        Hour { minute, second: 0, other: None, note: None, deadline: false }
    }

    /// The hour a part of the day stands for.
    pub(super) fn of_part(part: Part) -> Hour {
        let (hour, note) = match part {
            Part::Dawn => (6, Some(Note::PartOfDay)),
            Part::Morning => (9, Some(Note::PartOfDay)),
            Part::Noon => (12, None),
            Part::Afternoon => (14, Some(Note::PartOfDay)),
            Part::Evening => (19, Some(Note::PartOfDay)),
            Part::Close => (18, Some(Note::PartOfDay)),
        };
        Hour { note, deadline: part == Part::Close, ..Hour::exact(hour * 60) }
    }

    /// Seconds after midnight; a day and more for the night after.
    pub(super) fn seconds(self) -> u32 {
        u32::from(self.minute) * 60 + u32::from(self.second)
    }

    /// This time on the day that was found; today's bare hour that has passed is the other half's.
    pub(super) fn upon(self, found: Found, reader: &Reader) -> Found {
        let clock = reader.clock;
        let passed = reader.is_ahead() && found.due.day == clock.today() && self.minute <= clock.minute();
        let (minute, rival) = match self.other {
            Some(other) if passed && other > clock.minute() => (other, Some(due(found.due.day, self.minute))),
            // Up to 7 the other half may have been meant; what was put into the afternoon lies behind.
            Some(other) if self.minute / 60 <= 7 => (self.minute, Some(due(found.due.day, other))),
            _ => (self.minute, None),
        };
        let day_rival = found.rival.map(|other| due(other.day, minute));
        let mut timed = Found { due: due(found.due.day, minute), rival: day_rival.or(rival), ..found };
        timed.deadline |= self.deadline;
        self.note.map_or(timed, |note| timed.noted(note))
    }

    /// This time without a day: the next one to come, or the last one that was.
    pub(super) fn alone(self, reader: &Reader) -> Found {
        let (today, now) = (reader.today(), reader.clock.minute());
        let halves = [Some(self.minute), self.other];
        let mut times: Vec<Due> = halves.iter().flatten().map(|minute| due(today, *minute)).collect();
        let away = if reader.is_ahead() { 1 } else { -1 };
        times.push(due(today.plus(away), self.minute));
        let here = Due { day: today, minute: Some(now) };
        let fits = |time: &&Due| if reader.is_ahead() { **time > here } else { **time <= here };
        let chosen = times.iter().find(fits).copied().unwrap_or_else(|| due(today, self.minute));
        let usual = due(today, self.minute);
        let seven = (self.minute / 60 == 7).then_some(self.other).flatten().map(|other| due(today, other));
        let other_half = chosen.day == today && reader.is_ahead();
        let rival = match chosen == usual {
            true => seven,
            false if other_half => Some(due(today.plus(1), self.minute)),
            false => Some(usual),
        };
        let weak = self.note == Some(Note::PartOfDay);
        let found = Found { rival, weak, deadline: self.deadline, ..Found::at(chosen) };
        self.note.map_or(found, |note| found.noted(note))
    }
}

fn due(day: Day, minute: u16) -> Due {
    Due { day: day.plus(i32::from(minute / DAY)), minute: Some(minute % DAY) }
}

/// Reads what may stand between a day and a time; always true.
pub(super) fn separators(cursor: &mut Cursor) -> bool {
    cursor.spaces();
    if cursor.take('的') || cursor.peek_at(1).is_some_and(|c| c.is_ascii_digit() || c == ' ') && cursor.take(',') {
        cursor.spaces();
    }
    true
}

/// Reads a time; `part` is the part of the day already said (tonight at 8), and behind a `dated` day clocks have 24 hours.
pub(super) fn time_of_day(cursor: &mut Cursor, part: Option<Part>, dated: bool) -> Option<Hour> {
    cursor.attempt(|trial| clock_time(trial, part, dated)).or_else(|| cursor.attempt(part_alone))
}

fn part_alone(cursor: &mut Cursor) -> Option<Hour> {
    let part = cursor.longest(PARTS)?;
    let first = cursor.peek();
    let part_of_word = first.is_some_and(|c| "餐饭会宴茶班安".contains(c)) && part != Part::Close;
    (!part_of_word).then(|| Hour::of_part(part))
}

/// half past two, quarter to 3.
fn spoken_time(cursor: &mut Cursor) -> Option<(i64, i64)> {
    let minutes = cursor.longest(&[
        ("half past ", 30),
        ("half-past ", 30),
        ("a quarter past ", 15),
        ("quarter past ", 15),
        ("a quarter to ", -15),
        ("quarter to ", -15),
    ])?;
    let hour = number(cursor).or_else(|| english_hour(cursor)).filter(|hour| (1..=12).contains(hour))?;
    Some(if minutes < 0 { (if hour == 1 { 12 } else { hour - 1 }, 60 + minutes) } else { (hour, minutes) })
}

/// `[part] [at] hour [minutes] [am|pm]`. Behind a date with its year a colon is that of a clock of 24 hours: `2026-9-30 3:00`.
fn clock_time(cursor: &mut Cursor, said: Option<Part>, dated: bool) -> Option<Hour> {
    let part = cursor.longest(PARTS).filter(|part| *part != Part::Close);
    cursor.spaces();
    let at = cursor.any(&["at", "around", "@"]);
    cursor.spaces();
    let start = *cursor;
    let spoken = cursor.attempt(spoken_time);
    let hour = match spoken {
        Some((hour, _)) => hour,
        None => number(cursor).or_else(|| english_hour(cursor)).filter(|hour| *hour <= 24)?,
    };
    let minute = spoken.map(|(_, minutes)| (minutes, false));
    let minute = minute.or_else(|| han_minutes(cursor)).or_else(|| cursor.attempt(colon_minutes));
    let second = if minute.is_some() { cursor.attempt(seconds).unwrap_or(0) } else { 0 };
    let colon = minute.is_some_and(|(_, colon)| colon);
    let half = cursor.attempt(|trial| {
        trial.spaces();
        trial.longest(HALVES)
    });
    let o_clock =
        cursor.attempt(|trial| (trial.any(&["o'clock"]) || trial.spaces() && trial.any(&["o'clock"])).then_some(()));
    let until = minute.is_none() && half.is_none() && is_range(cursor);
    let half = half.or_else(|| until.then(|| half_behind(cursor)).flatten());
    let is_time = until
        || minute.is_some()
        || half.is_some()
        || o_clock.is_some()
        || at && cursor.peek().is_none_or(|c| c == ' ')
        || part.or(said).is_some_and(|part| is_bare_hour(hour, part, cursor));
    let points = part.is_none() && cursor.sees(POINTS);
    if !is_time || points || cursor.peek().is_some_and(|c| c == '%') {
        return None;
    }
    let padded = start.peek() == Some('0') || colon && hour >= 13;
    let minutes = u16::try_from(hour * 60 + minute.map_or(0, |(minutes, _)| minutes)).ok()?;
    let hour = match (half.or(part).or(said), dated && colon) {
        (Some(Part::Morning), true) if hour == 12 => Some(Hour::exact(minutes - DAY / 2)),
        (None, true) if (1..7).contains(&hour) && !padded => {
            Some(Hour { other: Some(minutes + DAY / 2), note: Some(Note::HourAssumed), ..Hour::exact(minutes) })
        }
        (part, _) => half_of_day(minutes, part, padded),
    };
    hour.map(|hour| Hour { second, ..hour })
}

/// Seconds behind minutes, whose fraction is passed over: `:30`, `:05.000`, `20秒`.
fn seconds(cursor: &mut Cursor) -> Option<u16> {
    let colon = cursor.take(':');
    let (value, count) = cursor.digits(2)?;
    if colon && cursor.peek() == Some('.') && cursor.peek_at(1).is_some_and(|c| c.is_ascii_digit()) {
        while cursor.take_if(|c| c == '.' || c.is_ascii_digit()).is_some() {}
    }
    let named = colon && count == 2 || !colon && cursor.take('秒');
    u16::try_from(value).ok().filter(|second| named && *second < 60)
}

/// Whether a bare number behind a part of the day is an hour in it: only where the phrase ends with it, as what follows is
/// else what it counts (明天上午 3 家客户, tonight 2 demos), and never an hour no morning has.
fn is_bare_hour(hour: i64, part: Part, cursor: &Cursor) -> bool {
    let mut trial = *cursor;
    let open = trial.peek().is_none() || trial.spaces();
    let ends =
        trial.peek().is_none_or(|c| "@+#=!^>$¥".contains(c)) || trial.sees(&["左右", "前", "之前", "or so", "on"]);
    let fits = match part {
        Part::Morning => (7..=12).contains(&hour),
        _ => hour <= 12,
    };
    open && ends && fits
}

/// Whether the hour just read begins a range of hours, whose end is left to the text: 2-3点, 9-10am.
fn is_range(cursor: &Cursor) -> bool {
    let mut trial = *cursor;
    trial.take_if(|c| "-~–至到".contains(c)).is_some()
        && number(&mut trial).is_some_and(|hour| hour <= 24)
        && (trial.sees(&["点"]) || trial.peek() == Some(':') || half_behind(cursor).is_some())
}

/// am or pm at the end of a range of hours.
fn half_behind(cursor: &Cursor) -> Option<Part> {
    let mut trial = *cursor;
    trial.take_if(|c| "-~–至到".contains(c))?;
    number(&mut trial)?;
    colon_minutes(&mut trial);
    trial.spaces();
    trial.longest(HALVES)
}

/// Minutes behind an hour, and whether a colon stood before them: 点, 点半, 点一刻, 点20分, 时30.
fn han_minutes(cursor: &mut Cursor) -> Option<(i64, bool)> {
    cursor.attempt(|trial| {
        trial.spaces();
        let hour = trial.take('点');
        (hour || trial.take('时')).then_some(())?;
        if trial.take('钟') || trial.take('整') {
            return Some((0, false));
        }
        let fixed = trial.longest(&[("半", 30), ("一刻", 15), ("三刻", 45), ("1刻", 15), ("3刻", 45)]);
        let minutes = fixed.or_else(|| {
            trial.attempt(|inner| {
                let zero = inner.take('零') || inner.take('过');
                let (at, minutes) = (inner.at(), number(inner)?);
                let spoken = zero || inner.at() - at >= 2 || inner.peek() == Some('分');
                let named = inner.take('分');
                let counted = !named && inner.peek().is_some_and(|c| "个台件条家份万人次点".contains(c));
                (spoken && !counted && minutes < 60).then_some(minutes)
            })
        });
        (hour || minutes.is_some()).then_some((minutes.unwrap_or(0), false))
    })
}

fn colon_minutes(cursor: &mut Cursor) -> Option<(i64, bool)> {
    let point = !cursor.take(':');
    (!point || cursor.take('.')).then_some(())?;
    let (minutes, count) = cursor.digits(2)?;
    (!point || cursor.clone().longest(HALVES).is_some()).then_some(())?;
    (count == 2 && minutes < 60).then_some((minutes, true))
}

/// Puts an hour into its half of the day; hours 1–6 without one are taken for the afternoon, 7–11 for the morning.
fn half_of_day(minutes: u16, part: Option<Part>, full: bool) -> Option<Hour> {
    let hour = minutes / 60;
    let half = DAY / 2;
    let exact = |minute: u16| (minute <= DAY + half).then(|| Hour::exact(minute));
    match part {
        _ if hour > 12 => exact(minutes).filter(|_| minutes <= DAY),
        Some(Part::Dawn) if hour == 12 => exact(minutes - half),
        Some(Part::Dawn | Part::Morning | Part::Close) => exact(minutes),
        Some(Part::Noon) if (1..=3).contains(&hour) => exact(minutes + half),
        Some(Part::Noon) => exact(minutes),
        Some(Part::Afternoon) if hour < 12 => exact(minutes + half),
        Some(Part::Afternoon) => exact(minutes),
        Some(Part::Evening) if hour == 12 || hour < 5 => exact(if hour == 12 { minutes + half } else { minutes + DAY }),
        Some(Part::Evening) => exact(minutes + half),
        None if full || hour == 0 || hour == 12 => exact(minutes),
        None if hour < 7 => {
            Some(Hour { other: Some(minutes), note: Some(Note::HourAssumed), ..Hour::exact(minutes + half) })
        }
        None => Some(Hour {
            other: Some(minutes + half),
            note: (hour == 7).then_some(Note::HourAssumed),
            ..Hour::exact(minutes)
        }),
    }
}
