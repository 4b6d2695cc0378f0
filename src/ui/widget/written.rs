//! Cells of the customer list as they are written on the screen.

use crate::analysis::lifecycle::Activity;
use crate::analysis::queue::{Waiting, Why};
use crate::book::cell::{Cell, Shown};
use crate::book::tiers::say::reasons_words;
use crate::domain::time::Day;
use crate::text::choices::Said;
use crate::text::figures::{column_percent, grouped, points, short_day, short_due, short_money};
use crate::text::{Language, words};

/// The cell as a person reads it in a column; a given figure ends in `*`.
pub fn written(shown: &Shown, today: Day, language: Language) -> String {
    let text = match &shown.cell {
        Cell::Empty => return String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Texts(texts) => texts.join(" "),
        Cell::Whole(count) => grouped(u64::from(*count)),
        Cell::Money(money) => short_money(*money, language),
        Cell::Rate(rate) => column_percent(*rate),
        Cell::Score(score) => points(*score),
        Cell::Day(day) => short_day(*day, today),
        Cell::Due(due) => short_due(*due, today),
        Cell::LifeStage(stage) => stage.words().say(language).to_owned(),
        Cell::Level(level) => level.words().say(language).to_owned(),
        Cell::Activity(activity) => activity_words(*activity).say(language).to_owned(),
        Cell::Choice(choice) => choice.say(language).to_owned(),
    };
    if shown.given { format!("{text}*") } else { text }
}

/// How alive the buying is, in words.
pub const fn activity_words(activity: Activity) -> crate::text::Words {
    match activity {
        Activity::Active => words("active", "活跃"),
        Activity::Dormant => words("dormant", "休眠"),
        Activity::Lost => words("lost", "流失"),
    }
}

/// Why a customer waits, in words.
pub fn why_text(waiting: &Waiting, today: Day, language: Language) -> String {
    let over = waiting.days_over(today);
    let late = match (&waiting.why, over, language) {
        (Why::Rhythm { .. }, ..) | (_, ..=0, _) => String::new(),
        (_, 1, Language::En) => ", 1 day late".to_owned(),
        (_, _, Language::En) => format!(", {over} days late"),
        (_, _, Language::Zh) => format!("，逾期 {over} 天"),
    };
    format!("{}{late}", reason_text(&waiting.why, language))
}

/// Why a customer waits, without how long already.
pub fn reason_text(why: &Why, language: Language) -> String {
    let plain = |en, zh| words(en, zh).say(language).to_owned();
    match why {
        Why::Complaint => plain("complaint open", "投诉未解决"),
        Why::Promise(promise) => promise.what.clone(),
        Why::Contact => plain("contact planned", "计划联系"),
        Why::Unanswered => plain("waits for an answer", "来信未回"),
        Why::Birthday(name) => match language {
            Language::En => format!("birthday of {name}"),
            Language::Zh => format!("{name}生日"),
        },
        Why::Rhythm { silent, allowed } => match language {
            Language::En => format!("no touch for {silent} days (rhythm {allowed})"),
            Language::Zh => format!("{silent} 天未联系（应 {allowed} 天内）"),
        },
        Why::Dormant => plain("buys less than usual", "购买放缓，有流失风险"),
        Why::Leaving(warning) => plain("leaving: ", "流失预警：") + &reasons_words(&warning.reasons, language),
    }
}
