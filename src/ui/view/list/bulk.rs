//! One act over all that are marked, or over the selected one where none is.

use super::export::FORMATS;
use super::order::ids;
use super::{List, Question};
use crate::book::command::{Command, edit_between};
use crate::book::handover::{Handover, Split};
use crate::book::logging::Reader;
use crate::domain::customer::Customer;
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::domain::time::Due;
use crate::exchange::out::Format;
use crate::line::when::{Looking, When, read};
use crate::line::working_days::working_days_after;
use crate::text::{Language, Words, words};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Choosing, Effect, Notice, Place};

/// Customers changed at once without a question.
const UNASKED: usize = 50;
/// First contacts that one person can make in a working day after a handover.
const PER_DAY: u32 = 5;
const MANY: Words = words("That is very many", "数量很多，请确认");
const TO_ALL: Words = words("Do to all marked", "批量操作");
const DELETED: Words = words("Deleted; undo brings it back", "已删除，撤销可找回");
const CHANGED: Words = words("Changed for all; undo takes it back at once", "已批量修改，撤销可一次退回");
const HANDED: Words = words("Handed over; undo takes it back at once", "已交接，撤销可一次退回");

/// An act over many, with its value once it is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bulk {
    /// Another owner.
    Owner(Option<Id>),
    /// One tag more.
    AddTag(String),
    /// One tag less.
    DropTag(String),
    /// A stage set by hand.
    Stage(String),
    /// A next contact, or none.
    NextContact(Option<Due>),
    /// Everything handed over to others.
    HandOver(Vec<Id>),
    /// Written to a file.
    Export(Format),
    /// Gone.
    Delete,
}

/// The acts in the order of the menu, each without its value.
fn menu() -> [(Bulk, Words); 8] {
    [
        (Bulk::Owner(None), words("owner …", "负责人……")),
        (Bulk::HandOver(Vec::new()), words("hand over, with deals and promises …", "交接，含商机和待办……")),
        (Bulk::AddTag(String::new()), words("add a tag …", "加标签……")),
        (Bulk::DropTag(String::new()), words("take a tag off …", "去标签……")),
        (Bulk::Stage(String::new()), words("stage …", "阶段……")),
        (Bulk::NextContact(None), words("next contact …", "下次联系……")),
        (Bulk::Export(Format::Xlsx), words("write to a file …", "导出为文件……")),
        (Bulk::Delete, words("delete", "删除")),
    ]
}

impl List {
    /// Whom an act over many is about.
    fn meant(&self, context: &Context<'_>) -> Vec<Id> {
        match self.marks.is_empty() {
            true => self.selected_row(context).map(|row| row.id).into_iter().collect(),
            false => ids(&self.order, context.book()).filter(|id| self.marks.contains(id)).collect(),
        }
    }

    /// Asks what to do to all that are marked, saying how many they are.
    pub(super) fn choose_bulk(&mut self, context: &Context<'_>) -> Effect {
        let count = self.meant(context).len();
        if count == 0 {
            return Effect::Say(Notice::note(
                context.say(words("nobody is marked or selected", "没有标记或选中的客户")),
            ));
        }
        let whom = customers(count, context.language);
        let options = menu().map(|(_, words)| (context.say(words).to_owned(), whom.clone())).to_vec();
        self.question = Question::Bulk;
        Effect::Open(Place::ChooseNumbered(Choosing { title: TO_ALL, options, selected: 0, own: false }))
    }

    /// Takes the act, and asks for its value where it has one.
    pub(super) fn bulk_chosen(&mut self, place: usize, context: &Context<'_>) -> Effect {
        let Some((bulk, title)) = menu().into_iter().nth(place) else { return Effect::None };
        if bulk == Bulk::Delete {
            return self.sure(bulk, context);
        }
        let own = matches!(bulk, Bulk::AddTag(_) | Bulk::NextContact(_) | Bulk::HandOver(_));
        let options = values(&bulk, context);
        self.question = Question::Value(bulk);
        Effect::Open(Place::Choose(Choosing { title, options, selected: 0, own }))
    }

    /// Takes the value.
    pub(super) fn value_chosen(&mut self, bulk: Bulk, answer: &Answer, context: &Context<'_>) -> Effect {
        match valued(bulk, answer, context) {
            Ok(Some(bulk)) => self.sure(bulk, context),
            Ok(None) => Effect::None,
            Err(text) => Effect::Say(Notice::error(text)),
        }
    }

    /// Deletes all that are marked.
    pub(super) fn delete(&mut self, context: &Context<'_>) -> Effect {
        self.sure(Bulk::Delete, context)
    }

    /// Only what concerns very many is asked; everything else is undone instead.
    fn sure(&mut self, bulk: Bulk, context: &Context<'_>) -> Effect {
        let count = self.meant(context).len();
        if count <= UNASKED || matches!(bulk, Bulk::Export(_)) {
            return self.run_bulk(&bulk, context);
        }
        let whom = customers(count, context.language);
        let go = match (&bulk, context.language) {
            (Bulk::Delete, Language::En) => format!("delete {whom}"),
            (Bulk::Delete, Language::Zh) => format!("删除 {whom}"),
            (_, Language::En) => format!("change {whom}"),
            (_, Language::Zh) => format!("修改 {whom}"),
        };
        let stop =
            if bulk == Bulk::Delete { words("keep them", "不删除") } else { words("leave them", "不修改") };
        let options = vec![(context.say(stop).to_owned(), String::new()), (go, String::new())];
        self.question = Question::Sure(bulk);
        Effect::Open(Place::Choose(Choosing { title: MANY, options, selected: 0, own: false }))
    }

    /// Does it, as one step.
    pub(super) fn run_bulk(&mut self, bulk: &Bulk, context: &Context<'_>) -> Effect {
        let ids = self.meant(context);
        let commands = match bulk {
            Bulk::Delete => {
                let remove = |id: Id| Command::Remove { kind: Kind::Customer, id, home: id };
                return Effect::RunAll(ids.into_iter().map(remove).collect(), DELETED);
            }
            Bulk::HandOver(to) => return hand_over(&ids, to, context),
            Bulk::Export(format) => return self.exported(&ids, *format, context),
            other => ids.into_iter().map(|id| changed(id, other, context)).collect::<Result<Vec<_>, _>>(),
        };
        match commands {
            Ok(commands) => {
                let commands: Vec<Command> = commands.into_iter().flatten().collect();
                match commands.is_empty() {
                    true => Effect::Say(Notice::note(context.say(words("they all have that already", "已经都是这样")))),
                    false => Effect::RunAll(commands, CHANGED),
                }
            }
            Err(text) => Effect::Say(Notice::error(text)),
        }
    }
}

/// So many customers.
fn customers(count: usize, language: Language) -> String {
    match (language, count) {
        (Language::En, 1) => "1 customer".to_owned(),
        (Language::En, _) => format!("{count} customers"),
        (Language::Zh, _) => format!("{count} 位客户"),
    }
}

/// The values an act can have.
fn values(bulk: &Bulk, context: &Context<'_>) -> Vec<(String, String)> {
    let standards = context.book().standards();
    let plain = |text: &str| (text.to_owned(), String::new());
    match bulk {
        Bulk::Owner(_) | Bulk::HandOver(_) => standards.owners().iter().map(|owner| plain(&owner.name)).collect(),
        Bulk::AddTag(_) | Bulk::DropTag(_) => context.book().tags().iter().map(|tag| plain(tag)).collect(),
        Bulk::Stage(_) => {
            standards.stages().iter().map(|stage| plain(standards.stage_shown(&stage.key, context.language))).collect()
        }
        Bulk::NextContact(_) => {
            usual_days(context).into_iter().map(|(words, due)| (context.say(words).to_owned(), said(due))).collect()
        }
        Bulk::Export(_) => FORMATS.map(|(_, words)| plain(context.say(words))).to_vec(),
        Bulk::Delete => Vec::new(),
    }
}

fn said(due: Option<Due>) -> String {
    due.map_or(String::new(), |due| due.to_string())
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

/// The act with the value that was chosen or typed.
fn valued(bulk: Bulk, answer: &Answer, context: &Context<'_>) -> Result<Option<Bulk>, String> {
    let standards = context.book().standards();
    Ok(Some(match (bulk, answer) {
        (Bulk::Owner(_), Answer::Option(place)) => Bulk::Owner(standards.owners().get(*place).map(|owner| owner.id)),
        (Bulk::HandOver(_), Answer::Option(place)) => {
            Bulk::HandOver(standards.owners().get(*place).map(|owner| owner.id).into_iter().collect())
        }
        (Bulk::HandOver(_), Answer::Own(text)) => Bulk::HandOver(called(text, context)?),
        (Bulk::AddTag(_), Answer::Option(place)) => {
            Bulk::AddTag(context.book().tags().get(*place).cloned().unwrap_or_default())
        }
        (Bulk::AddTag(_), Answer::Own(text)) => Bulk::AddTag(text.trim().trim_start_matches('#').to_owned()),
        (Bulk::DropTag(_), Answer::Option(place)) => {
            Bulk::DropTag(context.book().tags().get(*place).cloned().unwrap_or_default())
        }
        (Bulk::Stage(_), Answer::Option(place)) => {
            Bulk::Stage(standards.stages().get(*place).map(|stage| stage.key.clone()).unwrap_or_default())
        }
        (Bulk::Export(_), Answer::Option(place)) => {
            Bulk::Export(FORMATS.get(*place).map(|(format, _)| *format).unwrap_or_default())
        }
        (Bulk::NextContact(_), Answer::Option(place)) => {
            Bulk::NextContact(usual_days(context).get(*place).and_then(|(_, due)| *due))
        }
        (Bulk::NextContact(_), Answer::Own(text)) => Bulk::NextContact(Some(day_in(text, context)?)),
        _ => return Ok(None),
    }))
}

/// The people named with commas between them.
fn called(text: &str, context: &Context<'_>) -> Result<Vec<Id>, String> {
    let names = text.split([',', '，', '、']).map(str::trim).filter(|name| !name.is_empty());
    names
        .map(|name| {
            let nobody = words("nobody responsible is called “{}”", "没有名为“{}”的负责人");
            let owner = context.book().standards().owner_called(name);
            owner.map(|owner| owner.id).ok_or_else(|| context.say(nobody).replace("{}", name))
        })
        .collect()
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

/// The command that changes one customer; `None` where nothing would be another.
fn changed(id: Id, bulk: &Bulk, context: &Context<'_>) -> Result<Option<Command>, String> {
    let dossier = context.desk.dossier(id).map_err(|error| error.say(context.language))?;
    let Some(before) = dossier.customer() else { return Ok(None) };
    let mut after: Customer = before.clone();
    match bulk {
        Bulk::Owner(owner) => after.owner = *owner,
        Bulk::AddTag(tag) if !tag.is_empty() && !after.tags.contains(tag) => after.tags.push(tag.clone()),
        Bulk::DropTag(tag) => after.tags.retain(|other| other != tag),
        Bulk::Stage(stage) => after.stage.clone_from(stage),
        Bulk::NextContact(due) => after.next_contact = *due,
        _ => {}
    }
    Ok(edit_between(&before.into(), &Record::from(after)))
}

/// Hands over what the customers' own owners hold.
fn hand_over(ids: &[Id], to: &[Id], context: &Context<'_>) -> Effect {
    let dossiers = ids.iter().map(|id| context.desk.dossier(*id)).collect::<Result<Vec<_>, _>>();
    let dossiers = match dossiers {
        Ok(dossiers) => dossiers,
        Err(error) => return Effect::Say(Notice::error(error.say(context.language))),
    };
    let handover = Handover {
        from: None,
        to,
        split: Split::Evenly,
        per_day: PER_DAY,
        today: context.today(),
        calendar: context.book().standards().calendar(),
    };
    let (commands, _) = handover.plan(context.book(), dossiers.into_iter());
    Effect::RunAll(commands, HANDED)
}
