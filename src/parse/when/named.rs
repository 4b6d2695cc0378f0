//! Days that have a name of their own, and words that name no day.

use super::{Found, Note, Part, Reader, Why};
use crate::domain::time::Due;
use crate::parse::cursor::Cursor;
use crate::parse::fold::{is_han, is_word};
use crate::parse::working_days::{working_days_after, working_days_before};

/// Days from today.
const DAYS: &[(&str, i32)] = &[
    ("大后天", 3),
    ("后天", 2),
    ("后日", 2),
    ("明天", 1),
    ("明日", 1),
    ("明儿", 1),
    ("次日", 1),
    ("第二天", 1),
    ("今天", 0),
    ("今日", 0),
    ("今儿", 0),
    ("当天", 0),
    ("昨天", -1),
    ("昨日", -1),
    ("前天", -2),
    ("前日", -2),
    ("大前天", -3),
    ("today", 0),
    ("tomorrow", 1),
    ("tmr", 1),
    ("tmrw", 1),
    ("tomorow", 1),
    ("day after tomorrow", 2),
    ("the day after tomorrow", 2),
    ("in a fortnight", 14),
    ("yesterday", -1),
    ("day before yesterday", -2),
    ("the day before yesterday", -2),
];

/// Days said with one character, when a part of the day follows: 明早.
const SHORT_DAYS: &[(&str, i32)] = &[("今", 0), ("当", 0), ("明", 1), ("次", 1), ("昨", -1)];

/// A day and a part of it in one.
const PARTS: &[(&str, Part)] = &[
    ("tonight", Part::Evening),
    ("this morning", Part::Morning),
    ("this afternoon", Part::Afternoon),
    ("this evening", Part::Evening),
];

const ROUGHLY: &[(&str, i32)] = &[
    ("过两天", 2),
    ("过几天", 3),
    ("过一两天", 1),
    ("过两三天", 2),
    ("过些天", 3),
    ("这两天", 1),
    ("明后天", 1),
    ("今明两天", 0),
    ("in a day or two", 1),
    ("a day or two", 1),
];

const NOW: &[&str] = &["现在", "刚才", "刚刚", "此刻", "just now", "now", "right now"];

/// 今天 明早 tonight 过两天 now.
pub(super) fn named_day(reader: &mut Reader) -> Option<Found> {
    let today = reader.today();
    if reader.cursor.any(NOW) {
        return Some(Found::at(Due { day: today, minute: Some(reader.clock.minute()) }));
    }
    if let Some(part) = reader.cursor.longest(PARTS) {
        return Some(Found { part: Some(part), ..Found::on(today) });
    }
    if let Some(days) = reader.cursor.longest(ROUGHLY) {
        return Some(Found::on(today.plus(days)).noted(Note::Approximate));
    }
    let days = reader.cursor.longest(DAYS).or_else(|| {
        reader.cursor.attempt(|trial| {
            let days = trial.longest(SHORT_DAYS)?;
            trial.peek().is_some_and(|c| "早晚夜晨".contains(c)).then_some(days)
        })
    })?;
    Some(Found::on(today.plus(days)))
}

/// The names one holiday goes by, longest first; the one without names is whichever comes next.
const NAMED: &[&[&str]] = &[
    &[
        "过完节",
        "过了节",
        "小长假",
        "长假",
        "假期",
        "放假",
        "双节",
        "节",
        "the holidays",
        "the holiday",
        "holidays",
        "holiday",
    ],
    &["春节", "过完年", "过了年", "过年", "spring festival", "chinese new year", "cny"],
    &["国庆节", "国庆", "十一国庆节", "十一国庆", "十一", "golden week", "national day"],
    &["劳动节", "五一劳动节", "五一", "labour day", "labor day", "may day"],
    &["元旦", "新年", "new year"],
    &["清明节", "清明"],
    &["端午节", "端午"],
    &["中秋节", "中秋", "mid-autumn festival"],
    &["元宵节", "元宵"],
    &["圣诞节", "圣诞", "christmas", "xmas"],
    &["easter"],
    &["thanksgiving"],
];
/// Words behind a holiday's name, and whether they look back from it.
const SIDES: &[(&str, bool)] =
    &[("之后", false), ("以后", false), ("后", false), ("之前", true), ("以前", true), ("前", true)];

/// 节后 国庆前 after the holidays: the first working day behind, or the last before, where the calendar knows the holiday.
pub(super) fn holiday(reader: &mut Reader) -> Option<Found> {
    if !reader.is_ahead() {
        return None;
    }
    let side = reader.cursor.longest(&[("after ", false), ("before ", true)]);
    let names = NAMED.iter().flat_map(|names| names.iter().map(move |name| (*name, *names)));
    let (length, names) =
        names.filter(|(name, _)| reader.cursor.clone().any(&[*name])).max_by_key(|(name, _)| name.chars().count())?;
    reader.cursor.any(&[length]).then_some(())?;
    let done = length.starts_with('过') && length != "过年";
    let before = side.or_else(|| reader.cursor.longest(SIDES)).or(done.then_some(false))?;
    let any = NAMED.first().is_some_and(|generic| generic == &names);
    let calendar = reader.clock.calendar?;
    let (first, last) = calendar.next_holiday(if any { &[] } else { names }, reader.today())?;
    Some(match before {
        true if first <= reader.today() => return None,
        true => Found::on(working_days_before(first, 1, calendar)).by(),
        false => Found::on(working_days_after(last, 1, calendar)),
    })
}

/// Holidays; with or without 前 or 后 behind them.
const HOLIDAYS: &[&str] = &[
    "春节",
    "过年",
    "过完年",
    "新年",
    "元旦",
    "清明",
    "清明节",
    "五一",
    "劳动节",
    "五一劳动节",
    "端午",
    "端午节",
    "中秋",
    "中秋节",
    "国庆",
    "国庆节",
    "十一国庆",
    "十一国庆节",
    "十一",
    "双节",
    "长假",
    "假期",
    "小长假",
    "放假",
    "圣诞",
    "圣诞节",
    "元宵",
    "元宵节",
    "双十一",
    "节",
];
const AROUND: &[&str] = &["后", "前", "之后", "之前", "以后", "以前", "期间", "回来", "回来后"];
const HOLIDAYS_ALONE: &[&str] = &[
    "春节",
    "元旦",
    "清明节",
    "劳动节",
    "端午",
    "端午节",
    "中秋",
    "中秋节",
    "国庆",
    "国庆节",
    "圣诞节",
    "元宵节",
    "五一劳动节",
    "十一国庆",
    "十一国庆节",
    "in the new year",
    "new year",
    "new year's",
    "christmas",
    "xmas",
    "easter",
    "thanksgiving",
    "golden week",
    "spring festival",
    "chinese new year",
    "过完年",
    "过了年",
    "过完节",
    "过了节",
    "after the holidays",
    "after the holiday",
    "after holidays",
    "after holiday",
    "before the holidays",
    "before the holiday",
    "over the holidays",
    "after christmas",
    "before christmas",
    "after xmas",
    "before xmas",
    "after new year",
    "before new year",
    "after chinese new year",
    "before chinese new year",
    "after cny",
    "before cny",
    "after easter",
    "before easter",
    "after thanksgiving",
    "before thanksgiving",
    "after golden week",
    "before golden week",
    "after spring festival",
    "before spring festival",
];

/// Words that put something off without saying to when.
const VAGUE: &[&str] = &[
    "年前",
    "年后",
    "改天",
    "改日",
    "回头",
    "以后",
    "之后",
    "日后",
    "将来",
    "有空",
    "有空时",
    "有时间",
    "空了",
    "下次",
    "近期",
    "最近",
    "这几天",
    "这阵子",
    "过阵子",
    "过段时间",
    "过一阵",
    "过一段时间",
    "尽快",
    "尽早",
    "马上",
    "立即",
    "立刻",
    "待定",
    "稍后",
    "晚点",
    "晚些时候",
    "待会",
    "待会儿",
    "等会儿",
    "一会儿",
    "等通知",
    "饭后",
    "随时",
    "半天后",
    "later",
    "soon",
    "sometime",
    "some time",
    "some day",
    "someday",
    "asap",
    "one day",
    "at some point",
    "when possible",
    "whenever",
    "eventually",
    "next time",
    "tbd",
    "shortly",
];

/// 五一 and 十一 with nothing behind them that they could count: 五一活动, but not 十一家.
fn holiday_in_digits(cursor: &mut Cursor) -> Option<()> {
    cursor.any(&["五一", "十一"]).then_some(())?;
    let free = cursor.peek().is_none_or(|c| !is_han(c) && !is_word(c));
    (free || cursor.sees(&["活动", "假", "长假", "黄金周", "促销", "大促"])).then_some(())
}

/// 节后 年前 改天 later: a date nobody can name.
pub(super) fn unknown(reader: &mut Reader) -> Option<Found> {
    let moving = reader.cursor.attempt(|trial| {
        trial.any(&["今年", "明年", "后年"]);
        (trial.any(HOLIDAYS) && trial.any(AROUND)).then_some(())
    });
    if moving.is_some() || reader.cursor.any(HOLIDAYS_ALONE) || reader.cursor.attempt(holiday_in_digits).is_some() {
        return Some(Found::lost(Why::Holiday));
    }
    let new_year = reader.cursor.sees(&["年前", "年后"]);
    reader.cursor.any(VAGUE).then(|| Found::lost(if new_year { Why::Holiday } else { Why::Vague }))
}
