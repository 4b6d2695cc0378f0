//! What stands in a line of a form, read as the field's value and written again.

use crate::book::logging::{Reader, moment_of};
use crate::domain::choice::ListKind;
use crate::domain::id::Id;
use crate::domain::people::Owner;
use crate::domain::time::{Due, Moment};
use crate::domain::value::Value;
use crate::exchange::amount::amount;
use crate::exchange::cell::{self, RateRule};
use crate::exchange::choice_words::number_in;
use crate::exchange::date::{self, DateOrder};
use crate::exchange::header::Unit;
use crate::exchange::reason::Reason;
use crate::parse::when::{self, Looking, When, Why};
use crate::query::closed_list::ClosedList;
use crate::store::dossier::Dossier;
use crate::text::{Words, words};
use crate::ui::context::Context;
use crate::ui::view::form::asked::Entry;

const A_STAGE: Words = words("a stage of the list: Enter shows it", "按回车从列表中选择阶段");
const NOBODY: Words =
    words("a person's name has letters; Enter shows who there is", "负责人应填姓名，不能只有数字或符号；按回车可选择");
/// The highest score there is: a recommendation.
const MOST_POINTS: u32 = 10;
/// The end of a working day, for a promise that says no hour.
const END_OF_WORK: u16 = 18 * 60;

/// A field's value as it stands in its line.
pub fn written(value: &Value, entry: Entry, people: &People, context: &Context<'_>) -> String {
    let (standards, language) = (context.book().standards(), context.language);
    match (value, entry) {
        (Value::Text(key), Entry::List(list)) => standards.shown(list, key, language).to_owned(),
        (Value::Text(key), Entry::Stage) => standards.stage_shown(key, language).to_owned(),
        (Value::Link(id), _) => standards.owner_name(Some(*id)).to_owned(),
        (Value::Choice(number), entry) => {
            let chosen = choices(entry).into_iter().find(|(other, _)| other == number);
            chosen.map_or("", |(_, words)| words.say(language)).to_owned()
        }
        (Value::Flag(true), _) => words("yes", "是").say(language).to_owned(),
        (Value::Flag(false), _) => String::new(),
        (Value::Due(due), _) => due.to_string().replace('T', " "),
        (Value::Moment(moment), _) => moment.local().format("%Y-%m-%d %H:%M").to_string(),
        (Value::Money(money), _) => money.to_string().trim_end_matches(".00").to_owned(),
        (Value::Rate(rate), _) => crate::text::figures::percent(*rate),
        (Value::Texts(texts), Entry::Products) => texts.join(", "),
        (Value::Links(ids), Entry::Contacts) => people.names(ids),
        (Value::Texts(texts), _) => texts.join(" "),
        (value, _) => crate::desk::history::value_text(value),
    }
}

/// The choices of a closed list, by their numbers.
fn choices(entry: Entry) -> Vec<(u8, Words)> {
    match entry {
        Entry::Choice(list) => list.choices(),
        _ => Vec::new(),
    }
}

/// The list behind a field, as shown; none where anything can be typed.
pub fn options(entry: Entry, people: &People, context: &Context<'_>) -> Vec<String> {
    let (standards, language) = (context.book().standards(), context.language);
    match entry {
        Entry::List(list) => {
            standards.items(list).map(|item| standards.shown(list, &item.key, language).to_owned()).collect()
        }
        Entry::Stage => {
            let stages = standards.stages().iter().filter(|stage| !stage.hidden);
            stages.map(|stage| standards.stage_shown(&stage.key, language).to_owned()).collect()
        }
        Entry::Contacts => people.all.iter().map(|(_, name)| name.clone()).collect(),
        Entry::Products => {
            let sold = standards.products().iter().filter(|product| !product.discontinued);
            sold.map(|product| product.name.clone()).collect()
        }
        Entry::Owner => standards.owners().iter().map(|owner| owner.name.clone()).collect(),
        Entry::Flag => [words("yes", "是"), words("no", "否")].map(|words| words.say(language).to_owned()).into(),
        entry => choices(entry).into_iter().map(|(_, words)| words.say(language).to_owned()).collect(),
    }
}

/// What was typed in a line, as the field's value.
pub fn read(text: &str, entry: Entry, people: &People, context: &Context<'_>) -> Result<Value, Reason> {
    let text = text.trim();
    if text.is_empty() && entry != Entry::Stage {
        return Ok(if entry == Entry::Flag { Value::Flag(false) } else { Value::Empty });
    }
    let standards = context.book().standards();
    Ok(match entry {
        Entry::Text => Value::Text(text.to_owned()),
        Entry::Phone => cell::phone(text)?.map_or(Value::Empty, Value::Text),
        Entry::List(list) => Value::Text(item_key(list, text, context)),
        Entry::Stage => {
            let stage = standards.stage_called(text).ok_or(Reason::NotAChoice(A_STAGE))?;
            Value::Text(stage.key.clone())
        }
        Entry::Owner => match standards.owner_called(text) {
            Some(owner) => Value::Link(owner.id),
            // An amount typed one line too low makes nobody.
            None if !text.chars().any(char::is_alphabetic) => return Err(Reason::NotAChoice(NOBODY)),
            None => Value::Link(Owner::called(text).id),
        },
        Entry::Tags => Value::Texts(text.split_whitespace().flat_map(cell::tags).collect()),
        Entry::Day(looking) => due_in(text, looking, context)?.map_or(Value::Empty, |due| Value::Day(due.day)),
        Entry::Due(looking) => due_in(text, looking, context)?.map_or(Value::Empty, Value::Due),
        Entry::Moment(looking) => {
            let due = due_in(text, looking, context)?;
            due.map_or(Value::Empty, |due| Value::Moment(moment_in(due, looking, context.now)))
        }
        Entry::Whole => cell::whole(text)?.map_or(Value::Empty, Value::Whole),
        Entry::Money => amount(text, Unit::One)?.map_or(Value::Empty, Value::Money),
        Entry::Score => cell::score(text, MOST_POINTS)?.map_or(Value::Empty, Value::Score),
        Entry::Choice(ClosedList::StageRole) => stage_role(text)?,
        Entry::Choice(list) => number_in(list, text)?.map_or(Value::Empty, Value::Choice),
        Entry::Percent => cell::rate(text, RateRule::Guess)?.map_or(Value::Empty, Value::Rate),
        Entry::Products => Value::Texts(several(text).map(str::to_owned).collect()),
        Entry::Contacts => Value::Links(people.named(several(text))?),
        Entry::Flag => Value::Flag(cell::flag(text)?.unwrap_or(false)),
    })
}

/// The names of a line that names several.
pub fn several(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '，', '、', ';', '；']).map(str::trim).filter(|name| !name.is_empty())
}

/// The line with a name chosen from its list: added to those there, or taken out where it stood already.
pub fn toggled(text: &str, name: &str) -> String {
    let others: Vec<&str> = several(text).filter(|other| *other != name).collect();
    let added = (others.len() == several(text).count()).then_some(name);
    others.into_iter().chain(added).collect::<Vec<_>>().join(", ")
}

/// The contacts of the customer a record is of.
#[derive(Clone, Debug, Default)]
pub struct People {
    all: Vec<(Id, String)>,
}

impl People {
    /// Those of a dossier.
    pub fn of(dossier: &Dossier) -> People {
        People { all: dossier.contacts().into_iter().map(|contact| (contact.id, contact.name)).collect() }
    }

    fn names(&self, ids: &[Id]) -> String {
        let name = |id: &Id| self.all.iter().find(|(other, _)| other == id).map(|(_, name)| name.as_str());
        ids.iter().filter_map(name).collect::<Vec<_>>().join(", ")
    }

    /// Those of these names; of two of one name the second is who is named second.
    fn named<'t>(&self, names: impl Iterator<Item = &'t str>) -> Result<Vec<Id>, Reason> {
        let mut ids: Vec<Id> = Vec::new();
        for name in names {
            let called = |(id, other): &&(Id, String)| other.trim() == name && !ids.contains(id);
            let (id, _) = self.all.iter().find(called).ok_or(Reason::NotAChoice(match self.all.is_empty() {
                true => words("this customer has no contact yet: add one first", "该客户还没有联系人，请先新建"),
                false => words("a contact of this customer: Enter shows them", "按回车选择该客户的联系人"),
            }))?;
            ids.push(*id);
        }
        Ok(ids)
    }
}

/// What a stage means, as it is shown in either language.
fn stage_role(text: &str) -> Result<Value, Reason> {
    let said = |words: &Words| words.en.eq_ignore_ascii_case(text) || words.zh == text;
    let found = ClosedList::StageRole.choices().into_iter().find(|(_, words)| said(words));
    let one_of = words("open, won, lost or on hold: Enter shows them", "进行中、赢单、输单或搁置：按回车选择");
    found.map(|(number, _)| Value::Choice(number)).ok_or(Reason::NotAChoice(one_of))
}

fn item_key(list: ListKind, text: &str, context: &Context<'_>) -> String {
    context.book().standards().item(list, text).map_or(text, |item| &item.key).to_owned()
}

/// A day written as a date, or said in words (明天下午3点, last fri).
fn due_in(text: &str, looking: Looking, context: &Context<'_>) -> Result<Option<Due>, Reason> {
    match when::read_whole(text, &context.book().clock(context.now), looking) {
        Some(When::Read(reading)) => Ok(Some(reading.due)),
        Some(When::Unknown(unknown)) if unknown.why == Why::NoSuchDay => Err(Reason::NoSuchDay),
        // An empty cell's `-` says here as well that there is none, and what is wrong with the rest is said as of a cell.
        _ => date::due(text, DateOrder::Unclear),
    }
}

/// A day without an hour: of what is promised its end of work, of what was the hour it is now.
fn moment_in(due: Due, looking: Looking, now: Moment) -> Moment {
    let minute = due.minute.or((looking == Looking::Ahead).then_some(END_OF_WORK));
    moment_of(Due { minute, ..due }, now)
}

/// A date as it was understood, with its weekday and distance; `None` where no date is typed.
pub fn understood(text: &str, entry: Entry, context: &Context<'_>) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    let due = match read(text, entry, &People::default(), context).ok()? {
        Value::Day(day) => Due::on(day),
        Value::Due(due) => due,
        Value::Moment(moment) => {
            use chrono::Timelike;
            let local = moment.local();
            Due { day: moment.day(), minute: Some((local.hour() * 60 + local.minute()) as u16) }
        }
        _ => return None,
    };
    let reader = Reader::new(context.book(), None, &[], context.now, context.language);
    Some(when::say(due, &reader.context().clock, context.language))
}
