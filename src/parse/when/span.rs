//! So much time from now: 3天后 半小时后 三天内 5个工作日后, in two weeks, +3d, 3 days ago.

use super::number::{han_digit, number, spoken};
use super::{Found, Note, Reader};
use crate::domain::time::{Due, Moment};
use crate::parse::cursor::Cursor;
use crate::parse::working_days::{working_days_after, working_days_before};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Minute,
    Quarter,
    Hour,
    Day,
    WorkingDay,
    Week,
    Month,
    Season,
    Year,
}

const HAN_UNITS: &[(&str, Unit)] = &[
    ("分钟", Unit::Minute),
    ("刻钟", Unit::Quarter),
    ("小时", Unit::Hour),
    ("个小时", Unit::Hour),
    ("钟头", Unit::Hour),
    ("个钟头", Unit::Hour),
    ("个钟", Unit::Hour),
    ("天", Unit::Day),
    ("日", Unit::Day),
    ("工作日", Unit::WorkingDay),
    ("个工作日", Unit::WorkingDay),
    ("周", Unit::Week),
    ("星期", Unit::Week),
    ("个星期", Unit::Week),
    ("礼拜", Unit::Week),
    ("个礼拜", Unit::Week),
    ("个月", Unit::Month),
    ("季度", Unit::Season),
    ("个季度", Unit::Season),
    ("年", Unit::Year),
];

const ENGLISH_UNITS: &[(&str, Unit)] = &[
    ("min", Unit::Minute),
    ("mins", Unit::Minute),
    ("minute", Unit::Minute),
    ("minutes", Unit::Minute),
    ("h", Unit::Hour),
    ("hr", Unit::Hour),
    ("hrs", Unit::Hour),
    ("hour", Unit::Hour),
    ("hours", Unit::Hour),
    ("d", Unit::Day),
    ("day", Unit::Day),
    ("days", Unit::Day),
    ("days'", Unit::Day),
    ("working day", Unit::WorkingDay),
    ("working days", Unit::WorkingDay),
    ("business day", Unit::WorkingDay),
    ("business days", Unit::WorkingDay),
    ("workday", Unit::WorkingDay),
    ("workdays", Unit::WorkingDay),
    ("wd", Unit::WorkingDay),
    ("w", Unit::Week),
    ("wk", Unit::Week),
    ("wks", Unit::Week),
    ("week", Unit::Week),
    ("weeks", Unit::Week),
    ("m", Unit::Month),
    ("mo", Unit::Month),
    ("month", Unit::Month),
    ("months", Unit::Month),
    ("quarter", Unit::Season),
    ("quarters", Unit::Season),
    ("y", Unit::Year),
    ("yr", Unit::Year),
    ("year", Unit::Year),
    ("years", Unit::Year),
];

/// Which way a span goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Later,
    Within,
    Ago,
}

const HAN_WAYS: &[(&str, Way)] = &[
    ("后", Way::Later),
    ("之后", Way::Later),
    ("以后", Way::Later),
    ("过后", Way::Later),
    ("内", Way::Within),
    ("之内", Way::Within),
    ("以内", Way::Within),
    ("前", Way::Ago),
    ("之前", Way::Ago),
    ("以前", Way::Ago),
];

const ENGLISH_WAYS: &[(&str, Way)] =
    &[("later", Way::Later), ("from now", Way::Later), ("from today", Way::Later), ("ago", Way::Ago)];

/// How much: in halves of the unit, from and to where a range was said, and whether it was said roughly.
#[derive(Clone, Copy)]
struct Amount {
    halves: i64,
    to: Option<i64>,
    roughly: bool,
}

impl Amount {
    fn whole(number: i64) -> Amount {
        Amount { halves: number * 2, to: None, roughly: false }
    }
}

/// Reads a span of time in either language.
pub(super) fn span(reader: &mut Reader) -> Option<Found> {
    if reader.cursor.any(&[
        "下个工作日",
        "下一个工作日",
        "next working day",
        "next business day",
        "the next working day",
    ]) {
        return working(reader, 1, Way::Later);
    }
    let month = said_month(reader.cursor);
    let (amount, unit, way, weak) = match reader.cursor.attempt(han).or_else(|| reader.cursor.attempt(english)) {
        Some((amount, unit, way)) => (amount, unit, way, false),
        None if reader.is_ahead() => {
            reader.cursor.attempt(bare).map(|(amount, unit)| (amount, unit, Way::Later, true))?
        }
        None => return None,
    };
    let found = away(reader, amount.halves, unit, way)?;
    let rival = amount.to.and_then(|halves| away(reader, halves, unit, way)).map(|other| other.due);
    let rival = rival.or(month.and_then(|month| after_month(reader, month)));
    let found = Found { rival, weak, ..found };
    Some(if amount.roughly || rival.is_some() { found.noted(Note::Approximate) } else { found })
}

/// Units that mean a time from now with nothing behind them; 3日 is a day of the month, and 3m may be money.
const BARE: &[&str] =
    &["分钟", "小时", "个小时", "天", "工作日", "个工作日", "周", "星期", "个星期", "礼拜", "个礼拜", "个月"];
const NOT_BARE: &[&str] = &["m", "y", "h"];

/// 两周, 3d, 2 weeks with nothing behind: so long from now, where a sign says that it is a date.
fn bare(cursor: &mut Cursor) -> Option<(Amount, Unit)> {
    let han = cursor.attempt(|trial| {
        let amount = han_amount(trial)?;
        trial.spaces();
        let unit = if trial.sees(BARE) { trial.longest(HAN_UNITS)? } else { return None };
        Some((amount, unit))
    });
    let found = han.or_else(|| {
        cursor.attempt(|trial| {
            let amount = english_amount(trial)?;
            trial.spaces();
            let unit = if trial.sees(NOT_BARE) { return None } else { trial.longest(ENGLISH_UNITS)? };
            Some((amount, unit))
        })
    })?;
    let mut behind = *cursor;
    let counted_from = behind.spaces() && behind.sees(&["on", "from", "before", "after", "of", "ago", "back"]);
    (!counted_from && cursor.peek().is_none_or(|c| c == ' ')).then_some(found)
}

/// `[再][过] amount unit [后|内|前]`; without 过 or `+` the last word must be there.
fn han(cursor: &mut Cursor) -> Option<(Amount, Unit, Way)> {
    let passing = cursor.any(&["过", "再过", "再等", "等"]);
    let plus = !passing && cursor.take('+');
    let mut amount = han_amount(cursor)?;
    cursor.spaces();
    if amount.halves > 1 && cursor.attempt(|trial| (trial.take('个') && trial.take('半')).then_some(())).is_some() {
        amount.halves += 1;
        let unit = cursor.longest(&[("月", Unit::Month), ("小时", Unit::Hour), ("钟头", Unit::Hour)])?;
        return Some((amount, unit, han_way(cursor, passing || plus)?));
    }
    let unit = cursor.longest(HAN_UNITS).or_else(|| cursor.attempt(months_after))?;
    if matches!(unit, Unit::Year | Unit::Day) && cursor.take('半') {
        amount.halves += 1;
    }
    Some((amount, unit, han_way(cursor, passing || plus)?))
}

/// 月 without 个, with 后 behind it: 两月后.
fn months_after(cursor: &mut Cursor) -> Option<Unit> {
    (cursor.take('月') && cursor.sees(&["后", "之后", "以后"])).then_some(Unit::Month)
}

/// The month that 三月后 could be counted from as well: March. 两月 is none.
fn said_month(mut cursor: Cursor) -> Option<i64> {
    let twice = cursor.peek().is_some_and(|c| "两俩仨".contains(c));
    let month = number(&mut cursor).filter(|month| !twice && (1..=12).contains(month))?;
    months_after(&mut cursor).map(|_| month)
}

/// The first day behind the month of this number that is nearest ahead.
fn after_month(reader: &Reader, month: i64) -> Option<Due> {
    let this = reader.today().month();
    let turns = (month - i64::from(this.number())).rem_euclid(12);
    Some(Due::on(this.plus(i32::try_from(turns).ok()? + 1).first_day()))
}

fn han_way(cursor: &mut Cursor, optional: bool) -> Option<Way> {
    cursor.longest(HAN_WAYS).or_else(|| optional.then_some(Way::Later))
}

fn han_amount(cursor: &mut Cursor) -> Option<Amount> {
    if cursor.take('半') {
        return Some(Amount { halves: 1, to: None, roughly: false });
    }
    if let Some(number) = cursor.longest(&[("十几", 15), ("十来", 10), ("几十", 30)]) {
        return Some(Amount { roughly: true, ..Amount::whole(number) });
    }
    if cursor.any(&["几", "数", "若干"]) {
        return Some(Amount { roughly: true, ..Amount::whole(3) });
    }
    let pair = |trial: &mut Cursor| {
        let low = trial.take_if(|c| han_digit(c).is_some()).and_then(han_digit)?;
        let high = trial.take_if(|c| han_digit(c).is_some()).and_then(han_digit)?;
        (low < high).then_some((low, high))
    };
    let range = |trial: &mut Cursor| {
        let low = spoken(trial)?;
        trial.take_if(|c| "-~至到".contains(c))?;
        Some((low, spoken(trial)?))
    };
    if let Some((low, high)) = cursor.attempt(pair).or_else(|| cursor.attempt(range)) {
        return Some(Amount { to: Some(high * 2), ..Amount::whole(low) });
    }
    halved(cursor)
}

/// A number, perhaps with a half: 3, 1.5.
fn halved(cursor: &mut Cursor) -> Option<Amount> {
    let mut amount = Amount::whole(spoken(cursor)?);
    if cursor.attempt(|trial| (trial.take('.') && trial.take('5')).then_some(())).is_some() {
        amount.halves += 1;
    }
    Some(amount)
}

/// `in amount unit | within amount unit | amount unit later | + amount unit`.
fn english(cursor: &mut Cursor) -> Option<(Amount, Unit, Way)> {
    let before = cursor.longest(&[
        ("in", Way::Later),
        ("after", Way::Later),
        ("within", Way::Within),
        ("in the next", Way::Within),
    ]);
    cursor.spaces();
    let plus = before.is_none() && cursor.take('+');
    let amount = english_amount(cursor)?;
    cursor.spaces();
    cursor.take('-');
    let unit = cursor.longest(ENGLISH_UNITS)?;
    cursor.any(&["'s time", "' time"]);
    let amount = match cursor.word(" and a half") {
        true => Amount { halves: amount.halves + 1, ..amount },
        false => amount,
    };
    let behind = cursor.attempt(|trial| {
        trial.spaces();
        trial.longest(ENGLISH_WAYS)
    });
    let way = before.or(plus.then_some(Way::Later)).or(behind)?;
    Some((amount, unit, way))
}

fn english_amount(cursor: &mut Cursor) -> Option<Amount> {
    if cursor.any(&["half a", "half an", "a half"]) {
        return Some(Amount { halves: 1, to: None, roughly: false });
    }
    let fixed = cursor.longest(&[("a couple of", 2), ("a couple", 2), ("a few", 3), ("few", 3), ("several", 3)]);
    if let Some(number) = fixed {
        return Some(Amount { roughly: true, ..Amount::whole(number) });
    }
    let range = |trial: &mut Cursor| {
        let low = spoken(trial)?;
        let spaced = trial.spaces();
        (trial.take('-') || spaced && trial.any(&["to", "or"])).then_some(())?;
        trial.spaces();
        Some((low, spoken(trial)?))
    };
    if let Some((low, high)) = cursor.attempt(range) {
        return Some(Amount { to: Some(high * 2), ..Amount::whole(low) });
    }
    halved(cursor)
}

fn away(reader: &Reader, halves: i64, unit: Unit, way: Way) -> Option<Found> {
    let sign = if way == Way::Ago { -1 } else { 1 };
    let minutes = |each: i64| moment(reader.clock.now, sign * halves * each / 2);
    let whole = i32::try_from(halves / 2).ok()?;
    let is_whole = halves % 2 == 0;
    let days = |count: i32| Some(Found::on(reader.today().plus(sign as i32 * count)));
    let found = match unit {
        Unit::Minute => Some(Found::at(minutes(1))),
        Unit::Quarter => Some(Found::at(minutes(15))),
        Unit::Hour => Some(Found::at(minutes(60))),
        Unit::Day if is_whole => days(whole),
        Unit::WorkingDay if is_whole => working(reader, whole, way),
        Unit::Week if is_whole => days(whole * 7),
        Unit::Week => days(whole * 7 + 4).map(|found| found.noted(Note::Approximate)),
        Unit::Month => months(reader, sign as i32 * whole, sign as i32 * i32::from(!is_whole)),
        Unit::Season => months(reader, sign as i32 * whole * 3, 0),
        Unit::Year => i32::try_from(halves * 6).ok().and_then(|count| months(reader, sign as i32 * count, 0)),
        Unit::Day | Unit::WorkingDay => None,
    }?;
    Some(if way == Way::Within { found.by() } else { found })
}

fn moment(now: Moment, minutes: i64) -> Due {
    let then = now.plus_seconds(minutes * 60);
    let midnight = Moment::start_of(then.day(), then.offset_minutes());
    Due { day: then.day(), minute: u16::try_from((then.seconds() - midnight.seconds()) / 60).ok() }
}

fn working(reader: &Reader, count: i32, way: Way) -> Option<Found> {
    let count = u32::try_from(count).ok().filter(|count| *count <= 999)?;
    let calendar = reader.clock.calendar?;
    Some(Found::on(match way {
        Way::Ago => working_days_before(reader.today(), count, calendar),
        _ => working_days_after(reader.today(), count, calendar),
    }))
}

/// So many months and half months from today; half a month is fifteen days.
fn months(reader: &Reader, count: i32, half: i32) -> Option<Found> {
    let today = reader.today();
    let day = today.plus_months(count);
    let short = chrono::Datelike::day(&day.date()) != chrono::Datelike::day(&today.date());
    let found = Found::on(day.plus(half * 15));
    Some(if short { found.noted(Note::Shortened) } else { found })
}
