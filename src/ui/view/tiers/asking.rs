//! What is asked on the screen: how everyone is graded anew, of which time, seen from which day; why a customer leaves.

use crate::analysis::grading::{AsOf, Grading, Weights};
use crate::book::Book;
use crate::book::tiers::rules;
use crate::book::tiers::say::{as_of_words, grading_words};
use crate::book::tiers::schemes::offered;
use crate::domain::id::Id;
use crate::domain::tiers::{Leaving, Method};
use crate::domain::time::Day;
use crate::exchange::export::Format;
use crate::parse::period_words::window;
use crate::text::choices::Said;
use crate::text::{Words, words};
use crate::ui::choosing::Choosing;
use crate::ui::context::Context;
use crate::ui::view::formats::tables;

/// What is chosen in a list laid over the screen.
pub enum Chosen {
    /// A method or saved scheme.
    Way(Grading),
    /// The same, over a time; none where what was typed is no time.
    Window(Option<Grading>),
    /// The same, seen from a day; none where what was typed is no day.
    Day(Grading, Option<Day>),
    /// The format those listed are written in.
    Format(Format),
    /// Why a customer is leaving.
    Cause(Id, Leaving),
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

/// By which method or saved scheme.
pub fn way(context: &Context<'_>) -> Choosing<Chosen> {
    let option = |(hint, grading): (Words, Grading)| {
        let name = grading_words(&grading, context.language);
        (Chosen::Way(grading), name, context.say(hint).to_owned())
    };
    Choosing::hinted(words("Grade how", "分级方法"), ways(context.book()).into_iter().map(option))
}

/// What is asked next of a way. A saved scheme brings its own window, and rules name their periods themselves.
pub fn behind_way(grading: Grading, context: &Context<'_>) -> Choosing<Chosen> {
    let asks_window = grading.name.is_empty() && grading.method != Method::Rules;
    if asks_window { time(grading, context) } else { as_of(grading, context) }
}

/// Orders of how long.
fn time(grading: Grading, context: &Context<'_>) -> Choosing<Chosen> {
    let over = |months: Option<u32>| Grading { months, ..grading.clone() };
    let options = WINDOWS.map(|(months, name)| (Chosen::Window(Some(over(months))), context.say(name).to_owned()));
    let choosing = Choosing::new(words("Orders of (or type months)", "时间窗口（可输入月数）"), options);
    choosing.or_typed(move |text| Chosen::Window(window(&text).map(|months| Grading { months, ..grading.clone() })))
}

/// Seen from which day.
pub fn as_of(grading: Grading, context: &Context<'_>) -> Choosing<Chosen> {
    let usual = grading.as_of.day(context.today());
    let option = |way: AsOf| {
        let on = way.day(context.today());
        (Chosen::Day(grading.clone(), Some(on)), context.say(as_of_words(way)).to_owned(), on.to_string())
    };
    let choosing = Choosing::hinted(words("As of (or type a date)", "截止日期（可输入）"), AsOf::ALL.map(option));
    let choosing = choosing.selecting(|chosen| matches!(chosen, Chosen::Day(_, Some(day)) if *day == usual));
    choosing.or_typed(move |text| Chosen::Day(grading.clone(), day(&text)))
}

/// In which format those listed are written.
pub fn format(context: &Context<'_>) -> Choosing<Chosen> {
    let options = tables().map(|(format, name)| (Chosen::Format(format), context.say(name).to_owned()));
    Choosing::new(words("In which format", "导出格式"), options)
}

/// Why a customer is leaving.
pub fn cause(customer: Id, context: &Context<'_>) -> Choosing<Chosen> {
    let option = |cause: &Leaving| (Chosen::Cause(customer, *cause), context.say(cause.words()).to_owned());
    Choosing::new(words("Why is it leaving", "流失原因"), Leaving::ALL.iter().map(option))
}

/// A day as it is typed: `2026-09-30`.
pub fn day(text: &str) -> Option<Day> {
    let mut parts = text.trim().split(['-', '/', '.']).map(|part| part.parse::<u32>().ok());
    let mut next = || parts.next().flatten();
    let (year, month, day) = (next()?, next()?, next()?);
    Day::from_ymd(i32::try_from(year).ok()?, month, day)
}
