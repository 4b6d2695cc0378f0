//! Days and moments as people write them in cells.

use crate::domain::time::{Day, Due, Moment};
use crate::exchange::amount::is_nothing;
use crate::exchange::reason::Reason;
use crate::exchange::text_key::half_width;

/// What stands first in a date such as `3/4/2023`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// The month: 4 March.
    MonthFirst,
    /// The day: 3 April.
    DayFirst,
    /// It cannot be told; read as month first where both are possible.
    #[default]
    Unclear,
}

/// What the dates of one column say about their order, gathered cell by cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderEvidence {
    month_first: bool,
    day_first: bool,
    either: bool,
}

impl OrderEvidence {
    /// Looks at one cell.
    pub fn see(&mut self, text: &str) {
        let folded = half_width(text);
        let date = folded.trim().split([' ', 'T']).next().unwrap_or_default();
        let mut parts = date.split(['/', '-', '.']).map(str::parse::<u32>);
        let (Some(Ok(first)), Some(Ok(second)), Some(Ok(year)), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return;
        };
        if year < 1000 || first > 31 || second > 31 {
            return;
        }
        self.month_first |= second > 12;
        self.day_first |= first > 12;
        self.either |= first <= 12 && second <= 12 && first != second;
    }

    /// The order of the column.
    pub const fn order(self) -> DateOrder {
        match (self.month_first, self.day_first) {
            (true, false) => DateOrder::MonthFirst,
            (false, true) => DateOrder::DayFirst,
            _ => DateOrder::Unclear,
        }
    }

    /// Whether some date was read in one of two possible ways without anything to tell by.
    pub fn is_doubtful(self) -> bool {
        self.either && self.order() == DateOrder::Unclear
    }
}

/// The order of a column's dates.
pub fn date_order<'a>(values: impl Iterator<Item = &'a str>) -> DateOrder {
    let mut evidence = OrderEvidence::default();
    values.for_each(|value| evidence.see(value));
    evidence.order()
}

/// The day in a cell; `None` for an empty one. A time of day behind it is passed over.
///
/// # Errors
/// The reason why it is no day.
pub fn day(text: &str, order: DateOrder) -> Result<Option<Day>, Reason> {
    Ok(stamp(text, order)?.map(|stamp| stamp.day))
}

/// The day in a cell with its time, if one is given; `None` for an empty one.
///
/// # Errors
/// The reason why it is no day.
pub fn due(text: &str, order: DateOrder) -> Result<Option<Due>, Reason> {
    Ok(stamp(text, order)?.map(|stamp| Due { day: stamp.day, minute: stamp.clock.map(|clock| clock.minute()) }))
}

/// The moment in a cell; `None` for an empty one. Without an offset of its own it is local to `offset_minutes` east of UTC,
/// and without a time it is midnight.
///
/// # Errors
/// The reason why it is no moment.
pub fn moment(text: &str, order: DateOrder, offset_minutes: i16) -> Result<Option<Moment>, Reason> {
    Ok(stamp(text, order)?.map(|stamp| {
        let clock = stamp.clock.unwrap_or_default();
        let midnight = Moment::start_of(stamp.day, clock.offset.unwrap_or(offset_minutes));
        midnight.plus_seconds(i64::from(clock.seconds))
    }))
}

/// The day of an Excel serial number (1900 system). Excel believes in 1900-02-29, which is number 60 and no day.
pub fn excel_day(serial: i32) -> Option<Day> {
    let first = Day::from_ymd(1899, 12, 31)?;
    match serial {
        1..=59 => Some(first.plus(serial)),
        61..=73_415 => Some(first.plus(serial - 1)),
        _ => None,
    }
}

#[derive(Clone, Copy, Debug)]
struct Stamp {
    day: Day,
    clock: Option<Clock>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Clock {
    seconds: u32,
    offset: Option<i16>,
}

impl Clock {
    const fn minute(self) -> u16 {
        (self.seconds / 60) as u16
    }
}

fn stamp(text: &str, order: DateOrder) -> Result<Option<Stamp>, Reason> {
    if is_nothing(text) {
        return Ok(None);
    }
    let folded = half_width(text);
    let text = folded.trim().trim_start_matches('\'');
    if text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '.')
        && let Some(stamp) = bare_number(text)?
    {
        return Ok(Some(stamp));
    }
    let (date, time) = split_time(text);
    let day = if date.chars().any(char::is_alphabetic) && !date.contains('年') {
        named_month(date)?
    } else {
        numeric(date, order)?
    };
    let clock = if time.is_empty() { None } else { Some(clock(time)?) };
    Ok(Some(Stamp { day, clock }))
}

/// `20230315`, or an Excel serial number such as `45123` or `45123.5`.
fn bare_number(text: &str) -> Result<Option<Stamp>, Reason> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.contains('.') {
        return Ok(None);
    }
    let number: i32 = whole.parse().map_err(|_| Reason::NotADate)?;
    match whole.len() {
        8 if fraction.is_empty() => {
            checked(number / 10_000, (number / 100 % 100).unsigned_abs(), (number % 100).unsigned_abs())
                .map(|day| Some(Stamp { day, clock: None }))
        }
        5 => {
            let day = excel_day(number).ok_or(Reason::FarYear)?;
            let clock = (!fraction.trim_matches('0').is_empty()).then(|| part_of_day(fraction));
            Ok(Some(Stamp { day, clock }))
        }
        _ => Err(Reason::NotADate),
    }
}

fn part_of_day(fraction: &str) -> Clock {
    let digits: String = fraction.chars().take(9).collect();
    let part: u64 = digits.parse().unwrap_or(0);
    let whole = 10_u64.pow(digits.len() as u32);
    Clock { seconds: ((part * 86_400 + whole / 2) / whole).min(86_399) as u32, offset: None }
}

/// The date, and the time of day behind it.
fn split_time(text: &str) -> (&str, &str) {
    let digit_before = |at: usize| text.get(..at).is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit()));
    if let Some(at) = text.find(['T', 't'])
        && digit_before(at)
        && text.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return (text.get(..at).unwrap_or(text), text.get(at + 1..).unwrap_or_default());
    }
    if let Some(at) = text.find(['日', '号']) {
        let (date, time) = text.split_at_checked(at + '日'.len_utf8()).unwrap_or((text, ""));
        return (date, time.trim());
    }
    let clock_at = text.find([':', '时', '点']).unwrap_or(text.len());
    let head = text.get(..clock_at).unwrap_or(text);
    match head.rfind([' ', '午']).filter(|_| clock_at < text.len()) {
        Some(at) if head.get(at..).is_some_and(|tail| tail.starts_with('午')) => {
            let start = head.rfind(' ').map_or(at, |space| space + 1);
            (text.get(..start).unwrap_or(text).trim(), text.get(start..).unwrap_or_default())
        }
        Some(at) => (text.get(..at).unwrap_or(text).trim(), text.get(at + 1..).unwrap_or_default()),
        None => (text, ""),
    }
}

fn numeric(date: &str, order: DateOrder) -> Result<Day, Reason> {
    let plain = date.trim().trim_end_matches(['日', '号', '.']).replace(['年', '月'], "-");
    let parts: Vec<&str> = plain.split(['-', '/', '.']).map(str::trim).collect();
    let [first, second, third] = parts.as_slice() else { return Err(Reason::NotADate) };
    let read = |part: &str| part.parse::<u32>().map_err(|_| Reason::NotADate);
    let (a, b, c) = (read(first)?, read(second)?, read(third)?);
    match (first.len(), third.len()) {
        (4, 1..=2) => checked(a.cast_signed(), b, c),
        (1..=2, 4) => {
            let year = c.cast_signed();
            match order {
                DateOrder::DayFirst => checked(year, b, a),
                DateOrder::Unclear if a > 12 => checked(year, b, a),
                _ => checked(year, a, b),
            }
        }
        (1..=2, 1..=2) => Err(Reason::ShortYear),
        (5.., 1..=2) | (1..=2, 5..) => Err(Reason::FarYear),
        _ => Err(Reason::NotADate),
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `15 Mar 2023`, `Mar 15, 2023`, `Wednesday, 15-Mar-2023`.
fn named_month(date: &str) -> Result<Day, Reason> {
    let folded = date.to_lowercase();
    let (mut month, mut numbers) = (None, Vec::new());
    for word in folded.split([' ', ',', '-', '/', '.']).filter(|word| !word.is_empty()) {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let digits = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
            numbers.push((digits.len(), digits.parse::<u32>().map_err(|_| Reason::NotADate)?));
        } else if let Some(found) = MONTHS.iter().position(|name| word.len() >= 3 && name.starts_with(word)) {
            if month.replace(found as u32 + 1).is_some() {
                return Err(Reason::NotADate);
            }
        } else if word != "sept" && !is_weekday(word) {
            return Err(Reason::NotADate);
        } else if word == "sept" {
            month = Some(9);
        }
    }
    match (month, numbers.as_slice()) {
        (Some(month), [(1..=2, day), (4, year)]) => checked(year.cast_signed(), month, *day),
        (Some(month), [(4, year), (1..=2, day)]) => checked(year.cast_signed(), month, *day),
        (Some(_), [(1..=2, _), (1..=2, _)]) => Err(Reason::ShortYear),
        _ => Err(Reason::NotADate),
    }
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(word))
}

fn checked(year: i32, month: u32, day: u32) -> Result<Day, Reason> {
    if !(1900..=2100).contains(&year) {
        return Err(Reason::FarYear);
    }
    Day::from_ymd(year, month, day).ok_or(Reason::NoSuchDay)
}

/// `14:30`, `14:30:05.000Z`, `2:30 PM`, `下午2:30`, `14时30分`, each with an offset such as `+08:00` behind it.
fn clock(text: &str) -> Result<Clock, Reason> {
    let folded = text.trim().to_lowercase().replace(['时', '点', '分'], ":").replace('秒', "");
    let mut rest = folded.trim();
    let mut half = None;
    for (mark, afternoon) in [("上午", false), ("下午", true), ("晚上", true), ("am", false), ("pm", true)] {
        if let Some(without) = rest.strip_prefix(mark).or_else(|| rest.strip_suffix(mark)) {
            (rest, half) = (without.trim(), Some(afternoon));
        }
    }
    let (rest, offset) = zone(rest)?;
    let mut parts = rest.trim_end_matches(':').split(':').map(|part| part.split('.').next().unwrap_or(part).trim());
    let mut part = |most: u32| match parts.next() {
        None => Ok(0),
        Some(digits) => digits.parse::<u32>().ok().filter(|number| *number <= most).ok_or(Reason::NotATime),
    };
    let (hour, minute, second) = (part(23)?, part(59)?, part(59)?);
    if parts.next().is_some() || (half.is_some() && hour > 12 && half == Some(false)) {
        return Err(Reason::NotATime);
    }
    let hour = match half {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    Ok(Clock { seconds: hour * 3600 + minute * 60 + second, offset })
}

/// The time without the offset behind it, and that offset in minutes.
fn zone(text: &str) -> Result<(&str, Option<i16>), Reason> {
    if let Some(rest) = text.strip_suffix('z') {
        return Ok((rest.trim(), Some(0)));
    }
    let Some(at) = text.find(['+', '-']) else { return Ok((text, None)) };
    let (time, offset) = text.split_at_checked(at).ok_or(Reason::NotATime)?;
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let number: i16 = digits.parse().map_err(|_| Reason::NotATime)?;
    let minutes = if digits.len() <= 2 { number.saturating_mul(60) } else { number / 100 * 60 + number % 100 };
    if digits.len() > 4 || minutes > 14 * 60 {
        return Err(Reason::NotATime);
    }
    Ok((time.trim(), Some(if offset.starts_with('-') { -minutes } else { minutes })))
}

#[cfg(test)]
mod tests {
    use super::{DateOrder, date_order, day, due, excel_day, moment};
    use crate::exchange::reason::Reason;
    use proptest::prelude::*;

    fn read(text: &str, order: DateOrder) -> String {
        match day(text, order) {
            Ok(Some(day)) => day.to_string(),
            Ok(None) => "nothing".into(),
            Err(reason) => format!("{reason:?}"),
        }
    }

    #[test]
    fn a_day_is_read_in_every_common_writing() {
        let same = [
            "2023-03-15",
            "2023/3/15",
            "2023.03.15",
            "2023年3月15日",
            "2023年03月15号",
            "２０２３－３－１５",
            "20230315",
            "3/15/2023",
            "15/3/2023",
            "2023-03-15 00:00:00.000",
            "2023-03-15T10:20:30Z",
            "2023-03-15T10:20:30+08:00",
            "2023/3/15 14:30",
            "2023年3月15日 下午2:30",
            "45000",
            "45000.75",
            "15 Mar 2023",
            "Mar 15, 2023",
            "March 15th 2023",
            "15-Mar-2023",
            "Wed, 15 Mar 2023 10:00",
        ];
        for text in same {
            assert_eq!(read(text, DateOrder::Unclear), "2023-03-15", "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_refused_with_its_reason() {
        let cases = [
            ("2023-13-40", "NoSuchDay"),
            ("2023-02-29", "NoSuchDay"),
            ("1899-12-31", "FarYear"),
            ("2101-01-01", "FarYear"),
            ("99999", "FarYear"),
            ("3/14/23", "ShortYear"),
            ("15-Mar-23", "ShortYear"),
            ("2023", "NotADate"),
            ("2023年3月", "NotADate"),
            ("abc", "NotADate"),
            ("2023-03-15 25:00", "NotATime"),
            ("2023-03-15 foo", "NotADate"),
            ("-", "nothing"),
            ("无", "nothing"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text, DateOrder::Unclear), expected, "{text}");
        }
        assert_eq!(day("14/3/2023", DateOrder::MonthFirst), Err(Reason::NoSuchDay));
    }

    #[test]
    fn a_column_tells_whether_its_months_or_days_come_first() {
        assert_eq!(date_order(["3/4/2023", "3/14/2023"].into_iter()), DateOrder::MonthFirst);
        assert_eq!(date_order(["3/4/2023", "14/3/2023", ""].into_iter()), DateOrder::DayFirst);
        assert_eq!(date_order(["3/4/2023", "2023-03-14"].into_iter()), DateOrder::Unclear);
        assert_eq!(read("3/4/2023", DateOrder::DayFirst), "2023-04-03");
        assert_eq!(read("3/4/2023", DateOrder::Unclear), "2023-03-04");
    }

    #[test]
    fn excel_counts_a_day_that_never_was() {
        let shown = |serial| excel_day(serial).map(|day| day.to_string());
        assert_eq!(shown(1).as_deref(), Some("1900-01-01"));
        assert_eq!(shown(59).as_deref(), Some("1900-02-28"));
        assert_eq!(shown(60), None);
        assert_eq!(shown(61).as_deref(), Some("1900-03-01"));
        assert_eq!(shown(45_123).as_deref(), Some("2023-07-16"));
    }

    #[test]
    fn a_moment_keeps_its_own_offset_and_else_takes_ours() {
        let shown = |text| moment(text, DateOrder::Unclear, 480).map(|moment| moment.map(|moment| moment.to_string()));
        assert_eq!(shown("2023-03-15T10:20:30Z"), Ok(Some("2023-03-15T10:20:30+00:00".into())));
        assert_eq!(shown("2023-03-15 2:30 PM"), Ok(Some("2023-03-15T14:30:00+08:00".into())));
        assert_eq!(shown("2023-03-15 10:20:30-0330"), Ok(Some("2023-03-15T10:20:30-03:30".into())));
        assert_eq!(shown("45000.5"), Ok(Some("2023-03-15T12:00:00+08:00".into())));
        let due = due("2023年3月15日 14时30分", DateOrder::Unclear).ok().flatten();
        assert_eq!(due.map(|due| due.to_string()).as_deref(), Some("2023-03-15T14:30"));
    }

    proptest! {
        #[test]
        fn no_text_makes_a_date_panic(text in "\\PC*", loose in "[0-9/.年月日号: TZ+-]{0,30}", named in "[0-9a-zA-Z, 午]{0,20}") {
            for text in [&text, &loose, &named] {
                for order in [DateOrder::MonthFirst, DateOrder::DayFirst, DateOrder::Unclear] {
                    let _ = moment(text, order, 480);
                }
                let _ = date_order([text.as_str()].into_iter());
            }
        }
    }
}
