//! Whom a command is about: a filter, a view, or both.

use crate::book::arrangement::{Arrangement, SHIPPED, Shipped};
use crate::book::beyond::asks_beyond;
use crate::book::filtering::Sieve;
use crate::book::sizes::unknown_size;
use crate::cli::fail::{Fail, NOT_FOUND};
use crate::cli::setting::Setting;
use crate::desk::Desk;
use crate::desk::gathering::know_beyond;
use crate::domain::id::Id;
use crate::query::field::fold;
use crate::query::filter::{Fault, Filter};
use crate::text::near::near;
use crate::text::{Language, words};
use crate::ui::fit;
use std::collections::HashSet;

/// The filter a text says; nothing for an empty one.
pub fn read(text: &str, setting: &Setting) -> Result<Option<Filter>, Fail> {
    match text.trim() {
        "" => Ok(None),
        _ => Filter::read(text).map(Some).map_err(|fault| pointed(&fault, text, setting)),
    }
}

/// That a filter compares with nothing that the book does not know.
///
/// # Errors
/// When it does; the value is pointed at.
pub fn known(text: Option<&str>, filter: Option<&Filter>, desk: &Desk, setting: &Setting) -> Result<(), Fail> {
    let text = text.unwrap_or_default();
    match filter.and_then(|filter| unknown_size(desk.book(), filter, text)) {
        Some(fault) => Err(pointed(&fault, text, setting)),
        None => Ok(()),
    }
}

/// What is wrong in a filter, with the filter below and its wrong characters underlined.
fn pointed(fault: &Fault, text: &str, setting: &Setting) -> Fail {
    let (before, about) = fault.pointed(text);
    let (before, about) = (fit::width(before), fit::width(about).max(1));
    let mark = format!("{}{}", " ".repeat(before), "^".repeat(about));
    let examples = words(
        "for example: industry = retail and order_value > 100k, top 20%, last_purchase before 90 days ago",
        "可以这样写：行业=零售业 且 客单价>10万；前20%；最近购买 早于90天前",
    );
    Fail::usage(format!("{}\n  {text}\n  {mark}", fault.say(setting.language))).hinted(setting.say(examples))
}

/// The layout of the view that goes by a name.
pub fn view(name: &str, desk: &Desk, setting: &Setting) -> Result<Arrangement, Fail> {
    let folded = fold(name);
    let saved = desk.book().standards().views();
    if let Some(view) = saved.iter().find(|view| fold(&view.name) == folded) {
        return Ok(Arrangement::of(view));
    }
    let names = |shipped: &Shipped| [shipped.key, shipped.words.en, shipped.words.zh];
    if let Some(shipped) = SHIPPED.iter().find(|shipped| names(shipped).iter().any(|name| fold(name) == folded)) {
        return Ok(shipped.arrangement());
    }
    let all: Vec<&str> =
        saved.iter().map(|view| view.name.as_str()).chain(SHIPPED.iter().map(|shipped| shipped.key)).collect();
    let what = setting.told(words("there is no view “{}”", "没有名为“{}”的视图"), name);
    let hint = match near(name, all.iter().copied()) {
        Some(near) => setting.told(words("did you mean {}?", "是否想写 {}？"), &near),
        None => setting.told(words("one of {}", "可以是 {}"), &all.join(between(setting.language))),
    };
    Err(Fail::new(NOT_FOUND, what).hinted(hint))
}

const fn between(language: Language) -> &'static str {
    match language {
        Language::En => ", ",
        Language::Zh => "、",
    }
}

/// Who asks, where the book knows them.
pub fn me(desk: &Desk, setting: &Setting) -> Option<Id> {
    desk.book().standards().owner_called(&setting.me).map(|owner| owner.id)
}

/// A filter made ready for the book of a desk.
///
/// # Errors
/// When what the filter asks for cannot be read.
pub fn sieve<'a>(filter: &Filter, desk: &'a Desk, setting: &Setting) -> Result<Sieve<'a>, Fail> {
    if asks_beyond(filter) {
        know_beyond(desk).map_err(|error| Fail::of_store(&error, setting.language))?;
    }
    Ok(desk.book().sieve(filter, setting.today(), me(desk, setting)))
}

/// The customers a filter lets through.
///
/// # Errors
/// When what the filter asks for cannot be read.
pub fn customers(filter: &Filter, desk: &Desk, setting: &Setting) -> Result<HashSet<Id>, Fail> {
    let sieve = sieve(filter, desk, setting)?;
    Ok(desk.book().rows().map(|(_, row)| row).filter(|row| sieve.passes(row)).map(|row| row.id).collect())
}
