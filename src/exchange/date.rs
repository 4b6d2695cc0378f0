//! Days and moments as people write them in cells.

use crate::domain::time::{Day, Due, Moment};
use crate::exchange::amount::is_nothing;
use crate::exchange::reason::Reason;
use crate::exchange::text_key::half_width;
use crate::parse::when::{NoDate, Stamp, stamp};

pub use crate::parse::when::DateOrder;

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
    Ok(cell(text, order)?.map(|stamp| stamp.day))
}

/// The day in a cell with its time, if one is given; `None` for an empty one.
///
/// # Errors
/// The reason why it is no day.
pub fn due(text: &str, order: DateOrder) -> Result<Option<Due>, Reason> {
    Ok(cell(text, order)?.map(Stamp::due))
}

/// The moment in a cell; `None` for an empty one. Without an offset of its own it is local to `offset_minutes` east of UTC,
/// and without a time it is midnight.
///
/// # Errors
/// The reason why it is no moment.
pub fn moment(text: &str, order: DateOrder, offset_minutes: i16) -> Result<Option<Moment>, Reason> {
    Ok(cell(text, order)?.map(|stamp| stamp.moment(offset_minutes)))
}

/// The date in a cell: the number of a spreadsheet, or one in any writing.
fn cell(text: &str, order: DateOrder) -> Result<Option<Stamp>, Reason> {
    if is_nothing(text) {
        return Ok(None);
    }
    match serial(&half_width(text)) {
        Some(stamp) => stamp.map(Some),
        None => Ok(Some(stamp(text, order)?)),
    }
}

impl From<NoDate> for Reason {
    fn from(why: NoDate) -> Reason {
        match why {
            NoDate::NotADate => Reason::NotADate,
            NoDate::NoSuchDay => Reason::NoSuchDay,
            NoDate::ShortYear => Reason::ShortYear,
            NoDate::FarYear => Reason::FarYear,
            NoDate::NotATime => Reason::NotATime,
        }
    }
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

/// An Excel serial number such as `45123` or `45123.5`.
fn serial(text: &str) -> Option<Result<Stamp, Reason>> {
    let text = text.trim().trim_start_matches('\'');
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number = whole.len() == 5 && whole.chars().chain(fraction.chars()).all(|c| c.is_ascii_digit());
    let number: i32 = whole.parse().ok().filter(|_| is_number)?;
    let seconds = (!fraction.trim_matches('0').is_empty()).then(|| part_of_day(fraction));
    Some(excel_day(number).map(|day| Stamp { day, seconds, offset: None }).ok_or(Reason::FarYear))
}

/// The seconds that a fraction of a day is.
fn part_of_day(fraction: &str) -> u32 {
    let digits: String = fraction.chars().take(9).collect();
    let part: u64 = digits.parse().unwrap_or(0);
    let whole = 10_u64.pow(digits.len() as u32);
    ((part * 86_400 + whole / 2) / whole).min(86_399) as u32
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
