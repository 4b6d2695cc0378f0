//! What is asked before everyone is graded anew: how, of which time, seen from which day.

use crate::analysis::grading::{AsOf, Grading, Weights};
use crate::book::Book;
use crate::book::tiers::rules;
use crate::book::tiers::say::{as_of_words, grading_words};
use crate::book::tiers::schemes::offered;
use crate::domain::tiers::Method;
use crate::domain::time::Day;
use crate::exchange::export::Format;
use crate::parse::period_words::window;
use crate::parse::when::{Clock, Looking, When, read_whole};
use crate::text::choices::Said;
use crate::text::{Words, words};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Choosing};
use crate::ui::view::list::FORMATS;

/// Which question is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asking {
    /// By which method or saved scheme.
    Method,
    /// Orders of how long.
    Window(Grading),
    /// Seen from which day.
    Day(Grading),
    /// In which format those listed are written.
    Format,
    /// Why a customer is leaving.
    Cause(crate::domain::id::Id),
}

/// What an answer leads to.
pub enum Next {
    /// Another question.
    Ask(Asking),
    /// Grade in this way, seen from this day.
    Grade(Grading, Day),
    /// The answer cannot be read.
    Unread(Words),
}

/// The ways offered: every method, firms and persons weighed apart, then the saved schemes in their latest version.
pub fn ways(book: &Book) -> Vec<(Words, Grading)> {
    let hint = |method: Method| match method {
        Method::Quantile => words("equal figures share a score", "数值相同得分相同"),
        Method::Ntile => words("as SQL's NTILE(5)", "与 SQL NTILE(5) 一致"),
        Method::Nested => words("frequency inside recency, revenue inside both", "R 内分 F，F 内分 M"),
        Method::Threshold => words("R 30/90/180/365 days", "R 30/90/180/365 天"),
        Method::Abc => words("core 80 %, potential 95 %, long tail", "核心 80%、潜力 95%、长尾"),
        Method::Rules => words("the first rule that holds", "第一条符合的规则"),
    };
    let plain = |method: &Method| {
        let grading = if *method == Method::Rules { rules::shipped() } else { Grading::of(*method) };
        (hint(*method), grading)
    };
    let by_kind =
        Grading { weights: Weights::BUSINESS, consumer_weights: Weights::CONSUMER, ..Grading::of(Method::Quantile) };
    let weighed = words("firms by size, persons by frequency and satisfaction", "企业看规模，个人看频次和满意度");
    let mut ways: Vec<(Words, Grading)> = Method::ALL.iter().map(plain).collect();
    ways.push((weighed, by_kind));
    let saved = offered(book.standards()).into_iter().map(Grading::of_scheme);
    ways.extend(saved.map(|grading| (words("saved scheme", "已保存的方案"), grading)));
    ways
}

/// Windows offered by name.
pub const WINDOWS: [(Option<u32>, Words); 3] = [
    (Some(12), words("last 12 months", "近 12 个月")),
    (Some(24), words("last 24 months", "近 24 个月")),
    (None, words("all years", "全部年份")),
];

fn days(today: Day) -> [(Words, Day); 3] {
    AsOf::ALL.map(|as_of| (as_of_words(as_of), as_of.day(today)))
}

/// The list that asks.
pub fn choosing(asking: &Asking, context: &Context<'_>) -> Choosing {
    let language = context.language;
    match asking {
        Asking::Method => Choosing {
            title: words("Grade how", "分级方法"),
            options: ways(context.book())
                .iter()
                .map(|(hint, grading)| (grading_words(grading, language), hint.say(language).to_owned()))
                .collect(),
            selected: 0,
            own: false,
        },
        Asking::Window(_) => Choosing {
            title: words("Orders of (or type months)", "时间窗口（可输入月数）"),
            options: WINDOWS.iter().map(|(_, window)| (window.say(language).to_owned(), String::new())).collect(),
            selected: 0,
            own: true,
        },
        Asking::Day(grading) => Choosing {
            title: words("As of (or type a date)", "截止日期（可输入）"),
            options: days(context.today())
                .iter()
                .map(|(name, day)| (name.say(language).to_owned(), day.to_string()))
                .collect(),
            selected: AsOf::ALL.iter().position(|as_of| *as_of == grading.as_of).unwrap_or(0),
            own: true,
        },
        Asking::Format => Choosing {
            title: words("In which format", "导出格式"),
            options: tables().map(|(_, name)| (name.say(language).to_owned(), String::new())).collect(),
            selected: 0,
            own: false,
        },
        Asking::Cause(_) => Choosing {
            title: words("Why is it leaving", "流失原因"),
            options: crate::domain::tiers::Leaving::ALL
                .iter()
                .map(|cause| (cause.words().say(language).to_owned(), String::new()))
                .collect(),
            selected: 0,
            own: false,
        },
    }
}

/// The formats that hold a table.
pub fn tables() -> impl Iterator<Item = (Format, Words)> {
    FORMATS.into_iter().filter(|(format, _)| !matches!(format, Format::Json | Format::Cards))
}

/// What an answer to a question about grading leads to.
pub fn next(asking: Asking, answer: Answer, context: &Context<'_>) -> Option<Next> {
    match (asking, answer) {
        (Asking::Method, Answer::Option(place)) => {
            let (_, grading) = ways(context.book()).into_iter().nth(place)?;
            // A saved scheme brings its own window, and rules name their periods themselves.
            let asks_window = grading.name.is_empty() && grading.method != Method::Rules;
            Some(Next::Ask(if asks_window { Asking::Window(grading) } else { Asking::Day(grading) }))
        }
        (Asking::Window(grading), answer) => {
            let months = match answer {
                Answer::Option(place) => WINDOWS.get(place).map(|(months, _)| *months),
                Answer::Own(text) => window(&text),
                Answer::Customer(_) | Answer::Layout(_) => None,
            };
            Some(match months {
                Some(months) => Next::Ask(Asking::Day(Grading { months, ..grading })),
                None => {
                    Next::Unread(words("write so many months, such as 18 or 2y", "请输入月数，例如 18、近18月或 2年"))
                }
            })
        }
        (Asking::Day(grading), answer) => {
            let day = match answer {
                Answer::Option(place) => days(context.today()).get(place).map(|(_, day)| *day),
                Answer::Own(text) => day(&text, &context.book().clock(context.now)),
                Answer::Customer(_) | Answer::Layout(_) => None,
            };
            Some(match day {
                Some(day) => Next::Grade(grading, day),
                None => Next::Unread(words("write the date like 2026-09-30", "请按 2026-09-30 的格式输入日期")),
            })
        }
        _ => None,
    }
}

/// A day as it is written or said anywhere: `2026-09-30`, `2026年9月30日`, `昨天`; no stretch of days, and no hour.
pub fn day(text: &str, clock: &Clock<'_>) -> Option<Day> {
    match read_whole(text, clock, Looking::Back)? {
        When::Read(reading) => Some(reading.due.day).filter(|_| reading.is_one_day() && reading.due.minute.is_none()),
        When::Unknown(_) => None,
    }
}
