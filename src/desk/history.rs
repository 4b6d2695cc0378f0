//! The journal told to a person: what was done, by whom, and to what.

use crate::desk::Desk;
use crate::domain::change::Change;
use crate::domain::choice::ListKind;
use crate::domain::id::Id;
use crate::domain::money::Exact;
use crate::domain::record::{Kind, Record};
use crate::domain::value::Value;
use crate::query::heading::heading_of;
use crate::store::entry::{Cause, Head, Target};
use crate::store::error::StoreError;
use crate::text::choices::Said;
use crate::text::figures::grouped;
use crate::text::{Language, words};
use std::collections::HashSet;

/// The entry that makes a book.
const FIRST: u64 = 1;

/// One entry with what it changed.
#[derive(Clone, Debug)]
pub struct Told {
    /// The entry.
    pub head: Head,
    /// What it changed.
    pub changes: Vec<Change>,
}

/// The latest entries, newest first; those of one customer, where one is named. Changes are left out of entries of
/// more than `MANY` changes.
pub fn history(desk: &Desk, customer: Option<Id>, limit: usize) -> Result<Vec<Told>, StoreError> {
    match customer {
        None => {
            // The end of a group says nothing that its entries do not.
            let says = |head: &Result<Head, StoreError>| !head.as_ref().is_ok_and(|head| head.cause == Cause::GroupEnd);
            let heads = desk.store.entries_back().filter(says).take(limit);
            heads.map(|head| told(desk, head?, None)).collect()
        }
        Some(home) => {
            let dossier = desk.store.dossier(home)?;
            let seqs = dossier.history().iter().rev().take(limit);
            seqs.map(|seq| told(desk, desk.store.head(*seq)?, Some(home))).collect()
        }
    }
}

/// An entry with what it changed.
pub fn told_of(desk: &Desk, head: Head) -> Result<Told, StoreError> {
    told(desk, head, None)
}

fn told(desk: &Desk, head: Head, home: Option<Id>) -> Result<Told, StoreError> {
    const MANY: u64 = 1_000;
    let of_home = |change: &Change| home.is_none_or(|home| change.home() == home || change.home_after() == home);
    let is_group = matches!(head.cause, Cause::Undo(Target::Group(_)) | Cause::Redo(Target::Group(_)));
    let changes = match home {
        None if head.count > MANY || is_group => Vec::new(),
        _ => desk.store.changes_of(&head)?.into_iter().filter(of_home).collect(),
    };
    Ok(Told { head, changes })
}

/// One line that says what an entry did.
pub fn summary(desk: &Desk, told: &Told, language: Language) -> String {
    let what = what_changed(desk, told, language);
    match (&told.head.cause, language) {
        (Cause::Found, language) if told.head.group.is_some() => founded(desk, told, language),
        (Cause::Found, _) if told.head.seq > FIRST => what,
        (Cause::Found, _) => words("made the book", "新建客户簿").say(language).to_owned(),
        (Cause::Do | Cause::Handover | Cause::Pulled, _) => what,
        (Cause::Merge, _) => format!("{} {what}", words("merged:", "合并：").say(language)),
        (Cause::Unmerge, _) => format!("{} {what}", words("parted again:", "取消合并：").say(language)),
        (Cause::Reveal, _) => words("looked at what is masked", "查看了隐去的内容").say(language).to_owned(),
        (Cause::Undo(target), _) => format!("{} {}", words("undid", "撤销").say(language), name_of(*target)),
        (Cause::Redo(target), _) => format!("{} {}", words("redid", "重做").say(language), name_of(*target)),
        (Cause::Import(file), Language::En) => format!("imported {file}: {} changes", told.head.count),
        (Cause::Import(file), Language::Zh) => format!("导入 {file}：{} 处变更", told.head.count),
        (Cause::GroupEnd, _) => words("end of the import", "导入完成").say(language).to_owned(),
        (Cause::Restore, _) => words("restored from a backup", "从备份恢复").say(language).to_owned(),
        (Cause::Salvage, _) => {
            words("restored what the journal had lost", "补回日志中丢失的内容").say(language).to_owned()
        }
        (Cause::Erase, _) => words("erased a person's data", "抹除个人信息").say(language).to_owned(),
    }
}

/// The first change in words, and how many more there are.
fn what_changed(desk: &Desk, told: &Told, language: Language) -> String {
    let Some(first) = told.changes.first() else {
        return format!("{} {}", told.head.count, words("changes", "处变更").say(language));
    };
    if let Change::Born(Record::TierRun(run)) = first {
        return match language {
            Language::En => format!("tiers recalculated: {} moved", run.moved),
            Language::Zh => format!("重新分级：{} 位客户变动", run.moved),
        };
    }
    if let Some(said) = handed_over(desk, told, language) {
        return said;
    }
    let kind = first.kind().words().say(language);
    let verb = match first {
        Change::Born(_) => words("added", "新增"),
        Change::Gone(_) => words("deleted", "删除"),
        Change::Set(_) => words("changed", "修改"),
    };
    let name = match first {
        Change::Born(Record::FollowUp(talk)) | Change::Gone(Record::FollowUp(talk)) if talk.text.is_empty() => {
            desk.book().standards().shown(ListKind::Outcome, &talk.outcome, language).to_owned()
        }
        Change::Born(record) | Change::Gone(record) => title(record),
        Change::Set(_) => desk.book().row_of(first.home()).map(|row| row.name().to_owned()).unwrap_or_default(),
    };
    let homes = told.changes.iter().map(Change::home).collect::<HashSet<_>>();
    // What is kept with the book itself came along with the one customer it was done for.
    let is_many = homes.len() > 1 && (matches!(first, Change::Set(_)) || !homes.contains(&Id::BOOK));
    let (kind, name) = match (is_many, language, first.kind()) {
        (false, ..) => (kind, name),
        (true, Language::En, Kind::Customer) => ("", format!("{} customers", homes.len())),
        (true, Language::En, _) => (kind, format!("of {} customers", homes.len())),
        (true, Language::Zh, Kind::Customer) => ("", format!("{} 位客户", homes.len())),
        (true, Language::Zh, _) => ("", format!("{kind}（{} 位客户）", homes.len())),
    };
    let said = [verb.say(language), kind, &name];
    let mut line = said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let mut fields: Vec<&str> = Vec::new();
    for field in told.changes.iter().filter_map(|change| field_words(change, language)) {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    match language {
        _ if !matches!(first, Change::Set(_)) && (is_many || told.changes.len() < 2) => {}
        Language::En if !matches!(first, Change::Set(_)) => {
            line.push_str(&format!(", {} more", told.changes.len() - 1));
        }
        Language::Zh if !matches!(first, Change::Set(_)) => {
            line.push_str(&format!("，另 {} 处", told.changes.len() - 1));
        }
        Language::En => line.push_str(&format!(" ({})", fields.join(", "))),
        Language::Zh => line.push_str(&format!("（{}）", fields.join("、"))),
    }
    line
}

/// The customers of one person that an entry gave to others; `None` where it did not.
fn handed_over(desk: &Desk, told: &Told, language: Language) -> Option<String> {
    let owner = |change: &Change| match change {
        Change::Set(set) if set.kind == Kind::Customer && field_name(change) == Some("owner") => match set.before {
            Value::Link(owner) => Some(owner),
            _ => None,
        },
        _ => None,
    };
    let before: Vec<Id> = told.changes.iter().filter_map(owner).collect();
    let from = before.first().filter(|first| before.len() > 1 && before.iter().all(|owner| owner == *first))?;
    let (count, name) = (before.len().to_string(), desk.book().standards().owner_name(Some(*from)));
    Some(words("{} customers of {} handed over", "交接客户 {} 位，原负责人 {}").filled(&[&count, name], language))
}

/// A sample book: how many records its parts hold together.
fn founded(desk: &Desk, told: &Told, language: Language) -> String {
    let parts = told.head.group.map(|group| desk.store.group_entries(group).unwrap_or_default()).unwrap_or_default();
    let records = grouped(parts.iter().map(|part| part.count).sum::<u64>().max(told.head.count));
    match language {
        Language::En => format!("sample book: {records} records"),
        Language::Zh => format!("示例客户簿：{records} 条记录"),
    }
}

/// The entry or group a target is, for the eye.
fn name_of(target: Target) -> String {
    match target {
        Target::Entry(seq) => format!("#{seq}"),
        Target::Group(group) => group.to_string().chars().take(13).collect(),
    }
}

/// What a record is called.
pub fn title(record: &Record) -> String {
    match record {
        Record::Customer(customer) => customer.name.clone(),
        Record::Contact(contact) => contact.name.clone(),
        Record::Order(order) => order.number.clone(),
        Record::FollowUp(follow_up) => follow_up.text.chars().take(24).collect(),
        Record::NextStep(step) => step.what.clone(),
        Record::Deal(deal) => deal.title.clone(),
        Record::Owner(owner) => owner.name.clone(),
        Record::Product(product) => product.name.clone(),
        Record::SavedView(view) => view.name.clone(),
        Record::Scheme(scheme) => scheme.name.clone(),
        Record::TierHold(hold) => hold.reason.clone(),
        Record::Membership(level) => level.name.clone(),
        Record::Template(template) => template.name.clone(),
        Record::CalendarDay(day) => day.day.map(|day| day.to_string()).unwrap_or_default(),
        Record::Review(review) => review.text.chars().take(24).collect(),
        _ => String::new(),
    }
}

/// The name of a field that was set.
pub fn field_name(change: &Change) -> Option<&'static str> {
    let Change::Set(set) = change else { return None };
    let fields: &[(u16, &str)] = Kind::fields(set.kind);
    fields.iter().find(|(number, _)| *number == set.field).map(|(_, name)| *name)
}

/// What a field that was set is called.
fn field_words(change: &Change, language: Language) -> Option<&'static str> {
    let name = field_name(change)?;
    Some(heading_of(change.kind(), name).map_or(name, |words| words.say(language)))
}

/// A value as plain text, for history and JSON.
pub fn value_text(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => text.clone(),
        Value::Whole(count) => count.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Choice(number) => number.to_string(),
        Value::Day(day) => day.to_string(),
        Value::Moment(moment) => moment.to_string(),
        Value::Due(due) => due.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Rate(rate) => rate.as_number().to_string(),
        Value::Score(score) => score.as_number().to_string(),
        Value::Link(id) => id.to_string(),
        Value::Texts(texts) => texts.join(", "),
        Value::Links(ids) => ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        Value::Pairs(pairs) => pairs.iter().map(|(name, text)| format!("{name}={text}")).collect::<Vec<_>>().join(", "),
        // A part is called by the first of its fields: a line by its product, a step by its stage.
        Value::Parts(parts) => {
            let first = parts.iter().filter_map(|part| part.first());
            first.map(|field| value_text(&field.value)).collect::<Vec<_>>().join(" → ")
        }
        Value::Number(number) => number.to_string(),
        Value::Exact(exact) => Exact::total(std::iter::once(*exact)).to_string(),
        Value::Unknown(_) => "?".to_owned(),
    }
}
