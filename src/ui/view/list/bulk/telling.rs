//! What is said of an act over many: before it whom it is about, after it what was done to how many.

use super::act::Bulk;
use super::values::said_due;
use crate::book::Slot;
use crate::domain::id::Id;
use crate::text::figures::grouped;
use crate::text::{Language, words};
use crate::ui::context::Context;
use crate::ui::fit;
use std::collections::HashSet;

/// Columns of a name in a notice.
const NAME: usize = 24;

/// So many customers.
pub(super) fn customers(count: usize, language: Language) -> String {
    let said = grouped(count as u64);
    match (language, count) {
        (Language::En, 1) => "1 customer".to_owned(),
        (Language::En, _) => format!("{said} customers"),
        (Language::Zh, _) => format!("{said} 位客户"),
    }
}

/// So many customers, and how many of them a find or filter hides now.
pub(in crate::ui::view::list) fn whom(meant: &[Id], listed: &[Slot], context: &Context<'_>) -> String {
    let whom = customers(meant.len(), context.language);
    let slots: HashSet<_> = listed.iter().copied().collect();
    let is_hidden = |id: &&Id| context.book().slot_of(**id).is_none_or(|slot| !slots.contains(&slot));
    match (meant.iter().filter(is_hidden).count(), context.language) {
        (0, _) => whom,
        (hidden, Language::En) => format!("{whom}, {} not listed now", grouped(hidden as u64)),
        (hidden, Language::Zh) => format!("{whom}（{} 位不在当前列表）", grouped(hidden as u64)),
    }
}

/// What was done to how many, one of them by name; and how many it left as they were.
pub(super) fn told(bulk: &Bulk, meant: &[Id], count: usize, context: &Context<'_>) -> String {
    let (language, left) = (context.language, meant.len() - count);
    let whom = match meant {
        [one] => context.book().row_of(*one).map_or_else(String::new, |row| fit::fit(row.name(), NAME)),
        _ => customers(count, language),
    };
    let done = match (language, meant.len()) {
        (Language::En, _) => told_in_english(bulk, &whom, context),
        (Language::Zh, 1) => told_in_chinese(bulk, &format!("“{whom}”"), context),
        // A figure stands apart from the characters beside it.
        (Language::Zh, _) => told_in_chinese(bulk, &format!(" {whom}"), context),
    };
    let more = match (left, language, bulk) {
        (0, ..) => String::new(),
        (_, Language::En, Bulk::Stage(_)) => format!("; {left} there already or where their deals are"),
        (_, Language::Zh, Bulk::Stage(_)) => format!("（另 {left} 位已在该阶段，或以商机阶段为准）"),
        (_, Language::En, Bulk::HoldTier(..)) => format!("; {left} have no tier yet"),
        (_, Language::Zh, Bulk::HoldTier(..)) => format!("（另 {left} 位还没有等级）"),
        (_, Language::En, _) => format!("; {left} had that already"),
        (_, Language::Zh, _) => format!("（另 {left} 位原已如此）"),
    };
    done + &more
}

fn told_in_english(bulk: &Bulk, whom: &str, context: &Context<'_>) -> String {
    let standards = context.book().standards();
    match bulk {
        Bulk::Owner(owner) => format!("{whom} given to {}", standards.owner_name(*owner)),
        Bulk::AddTag(tag) => format!("{whom} tagged #{tag}"),
        Bulk::DropTag(tag) => format!("#{tag} taken off {whom}"),
        Bulk::Stage(stage) => format!("{whom} put at {}", standards.stage_shown(stage, Language::En)),
        Bulk::NextContact(Some(due)) => format!("next contact of {whom}: {}", said_due(*due, context)),
        Bulk::NextContact(None) => format!("no next contact any more: {whom}"),
        Bulk::HoldTier(_, until) => format!("tier of {whom} held until {until}"),
        Bulk::Delete => format!("{whom} deleted"),
        Bulk::HandOver | Bulk::Export(_) => String::new(),
    }
}

fn told_in_chinese(bulk: &Bulk, whom: &str, context: &Context<'_>) -> String {
    let standards = context.book().standards();
    match bulk {
        Bulk::Owner(owner) => format!("已把{whom}转给 {}", standards.owner_name(*owner)),
        Bulk::AddTag(tag) => format!("已给{whom}加上标签 #{tag}"),
        Bulk::DropTag(tag) => format!("已去掉{whom}的标签 #{tag}"),
        Bulk::Stage(stage) => format!("已把{whom}设为“{}”", standards.stage_shown(stage, Language::Zh)),
        Bulk::NextContact(Some(due)) => format!("已把{whom}的下次联系定在 {}", said_due(*due, context)),
        Bulk::NextContact(None) => format!("已取消{whom}的下次联系"),
        Bulk::HoldTier(_, until) => format!("已保留{whom}的等级，到 {until} 为止"),
        Bulk::Delete => format!("已删除{whom}"),
        Bulk::HandOver | Bulk::Export(_) => String::new(),
    }
}

/// What is said where nothing would be another.
pub(super) fn nothing(bulk: &Bulk, context: &Context<'_>) -> String {
    let said = match bulk {
        Bulk::HoldTier(..) => {
            words("none of them has a tier yet: recalculate first", "这些客户还没有等级，请先重新分级")
        }
        Bulk::Stage(_) => words(
            "they are there already, or stand where their deals are: move the deals",
            "已在该阶段，或以商机阶段为准：请移动商机",
        ),
        _ => words("they all have that already", "已经都是这样，没有需要修改的"),
    };
    context.say(said).to_owned()
}
