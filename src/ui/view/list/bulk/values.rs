//! The values an act over many can have, each with how many it would change, and what was typed of them.

use super::act::{Bulk, stands_by_deals};
use crate::book::logging::Reader;
use crate::book::row::Row;
use crate::domain::id::Id;
use crate::domain::people::Owner;
use crate::domain::time::Due;
use crate::parse::when::{Looking, When, read};
use crate::parse::working_days::working_days_after;
use crate::query::field::Column;
use crate::text::figures::{grouped, told_due};
use crate::text::{Language, Words, words};
use crate::ui::context::Context;
use crate::ui::view::formats::FORMATS;
use crate::ui::view::handover::people;
use crate::ui::view::settle::held;
use std::collections::HashSet;

/// Reasons for which tiers are usually held; any other is typed.
const REASONS: [Words; 4] = [
    words("annual contract", "年度协议客户"),
    words("strategic customer", "战略客户"),
    words("new, still being built up", "新客户培育期"),
    words("seasonal buyer", "季节性采购"),
];

/// The act with each value it can have, and what that would come to for those meant.
pub(super) fn values(bulk: &Bulk, meant: &[Id], context: &Context<'_>) -> Vec<(Bulk, String, String)> {
    let standards = context.book().standards();
    let changes = |bulk: Bulk, text: &str, has: &dyn Fn(&Row) -> bool| {
        let rows = meant.iter().filter_map(|id| context.book().row_of(*id));
        (bulk, text.to_owned(), would_change(rows.filter(|row| !has(row)).count(), context.language))
    };
    match bulk {
        Bulk::Owner(_) => {
            let give =
                |owner: &Owner| changes(Bulk::Owner(Some(owner.id)), &owner.name, &|row| row.owner == Some(owner.id));
            people(context).into_iter().map(give).collect()
        }
        Bulk::AddTag(_) => tags(context)
            .map(|tag| changes(Bulk::AddTag(tag.to_owned()), tag, &|row| has_tag(row, tag, context)))
            .collect(),
        Bulk::DropTag(_) => tags(context)
            .map(|tag| changes(Bulk::DropTag(tag.to_owned()), tag, &|row| !has_tag(row, tag, context)))
            .collect(),
        Bulk::Stage(_) => {
            let by_deals = by_deals(meant, context);
            let at = |row: &Row, key: &str| {
                context.book().symbols().word(row.word(Column::Stage)) == key || by_deals.contains(&row.id)
            };
            let shown = |key: &str| standards.stage_shown(key, context.language).to_owned();
            let stages = standards.stages().iter().map(|stage| &stage.key);
            stages.map(|key| changes(Bulk::Stage(key.clone()), &shown(key), &|row| at(row, key))).collect()
        }
        Bulk::NextContact(_) => {
            let said = |due: Option<Due>| due.map_or(String::new(), |due| said_due(due, context));
            let option = |(words, due)| (Bulk::NextContact(due), context.say(words).to_owned(), said(due));
            usual_days(context).map(option).to_vec()
        }
        Bulk::HoldTier(..) => {
            let reasons = REASONS.iter().map(|reason| context.say(*reason));
            let held = |reason: &str| Some((held_for(reason, context).ok()?, reason.to_owned(), String::new()));
            reasons.filter_map(held).collect()
        }
        Bulk::Export(_) => {
            FORMATS.map(|(format, name)| (Bulk::Export(format), context.say(name).to_owned(), String::new())).to_vec()
        }
        Bulk::HandOver | Bulk::Delete => Vec::new(),
    }
}

/// The act with the value that was typed.
pub(in crate::ui::view::list) fn typed(bulk: Bulk, text: &str, context: &Context<'_>) -> Result<Bulk, String> {
    match bulk {
        Bulk::AddTag(_) => Ok(Bulk::AddTag(text.trim().trim_start_matches(['#', '＃']).to_owned())),
        Bulk::HoldTier(..) => held_for(text, context),
        Bulk::NextContact(_) => Ok(Bulk::NextContact(Some(day_in(text, context)?))),
        other => Ok(other),
    }
}

/// Customers of whom it is looked up beforehand whether they stand by their deals: of more it would take too long.
const LOOKED_UP: usize = 500;

/// Those who stand where their deals are, whatever is set by hand.
fn by_deals(meant: &[Id], context: &Context<'_>) -> HashSet<Id> {
    let few = meant.iter().filter(|_| meant.len() <= LOOKED_UP);
    let stand = |id: &&Id| context.desk.dossier(**id).is_ok_and(|dossier| stands_by_deals(&dossier, context));
    few.filter(stand).copied().collect()
}

fn would_change(count: usize, language: Language) -> String {
    let count = grouped(count as u64);
    match language {
        Language::En => format!("changes {count}"),
        Language::Zh => format!("将改 {count} 位"),
    }
}

fn tags<'a>(context: &'a Context<'_>) -> impl Iterator<Item = &'a str> {
    context.book().tags().iter().map(String::as_str)
}

fn has_tag(row: &Row, tag: &str, context: &Context<'_>) -> bool {
    row.tags().any(|symbol| context.book().symbols().word(symbol) == tag)
}

/// A day as it stands beside its words and in what is said afterwards.
pub(super) fn said_due(due: Due, context: &Context<'_>) -> String {
    told_due(due, context.today(), context.language)
}

/// Days usually meant for many at once; last, none.
fn usual_days(context: &Context<'_>) -> [(Words, Option<Due>); 6] {
    let today = context.today();
    let calendar = context.book().standards().calendar();
    let working = |days: u32| Some(Due::on(working_days_after(today, days, calendar)));
    [
        (words("next working day", "下一工作日"), working(1)),
        (words("in 3 working days", "3 个工作日后"), working(3)),
        (words("in a week", "一周后"), Some(Due::on(today.plus(7)))),
        (words("in two weeks", "两周后"), Some(Due::on(today.plus(14)))),
        (words("in a month", "一个月后"), Some(Due::on(today.plus_months(1)))),
        (words("none", "不再提醒"), None),
    ]
}

/// The reason with the day behind `>`, as the line of a single hold takes it.
fn held_for(text: &str, context: &Context<'_>) -> Result<Bulk, String> {
    let (reason, until) = held(text.trim(), context)?;
    if reason.is_empty() {
        return Err(context.say(words("say why it is held", "请写明保留原因")).to_owned());
    }
    Ok(Bulk::HoldTier(reason, until))
}

/// The day that a text says.
fn day_in(text: &str, context: &Context<'_>) -> Result<Due, String> {
    let reader = Reader::new(context.book(), None, &[], context.now, context.language);
    match read(text.trim(), &reader.context().clock, Looking::Ahead) {
        Some(When::Read(reading)) => Ok(reading.due),
        Some(When::Unknown(unknown)) => Err(context.say(unknown.why.words()).to_owned()),
        None => Err(context.say(words("no date is read in that", "看不出日期")).to_owned()),
    }
}
