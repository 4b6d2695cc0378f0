//! One act over all that are marked, or over the selected one where none is: chosen, its value chosen, done as one step.

mod act;
mod telling;
mod values;

use crate::book::command::{Command, edit_between};
use crate::book::tiers::proposal::tier_now;
use crate::domain::customer::Customer;
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::domain::tiers::TierHold;
use crate::domain::time::Day;
use crate::exchange::export::Format;
use crate::text::{Language, Words, words};
use crate::ui::choosing::Choosing;
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice};
pub(super) use act::Bulk;
use act::stands_by_deals;
pub(super) use telling::whom;
use telling::{customers, told};
pub(super) use values::typed;
use values::values;

/// Customers changed at once without a question.
const UNASKED: usize = 50;
const MANY: Words = words("That is very many", "数量很多，请确认");
const TO_ALL: Words = words("Do to", "批量操作");

/// The acts in the order of the menu, each without its value.
fn menu() -> [(Bulk, Words); 9] {
    [
        (Bulk::Owner(None), words("owner …", "负责人……")),
        (Bulk::HandOver, words("hand over, with deals and promises …", "交接，含商机和待办……")),
        (Bulk::AddTag(String::new()), words("add a tag …", "加标签……")),
        (Bulk::DropTag(String::new()), words("take a tag off …", "去标签……")),
        (Bulk::Stage(String::new()), words("stage …", "阶段……")),
        (Bulk::NextContact(None), words("next contact …", "下次联系……")),
        (Bulk::Export(Format::Xlsx), words("write to a file …", "导出为文件……")),
        (Bulk::HoldTier(String::new(), Day::default()), words("hold the tier …", "保留等级……")),
        (Bulk::Delete, words("delete", "删除")),
    ]
}

/// What an act over many is called where its value is asked for.
fn title(bulk: &Bulk) -> Words {
    match bulk {
        Bulk::Owner(_) => words("Give to", "转给谁"),
        Bulk::HandOver => words("Hand over", "交接"),
        Bulk::AddTag(_) => words("Add which tag (or type one)", "加哪个标签（可输入）"),
        Bulk::DropTag(_) => words("Take off which tag", "去掉哪个标签"),
        Bulk::Stage(_) => words("Which stage", "设为哪个阶段"),
        Bulk::NextContact(_) => words("Contact when (or type)", "何时联系（可输入）"),
        Bulk::HoldTier(..) => words("Why? > until when", "保留原因 >期限"),
        Bulk::Export(_) => words("In which format", "导出格式"),
        Bulk::Delete => words("Delete", "删除"),
    }
}

/// What is chosen of an act over many.
pub(super) enum Chosen {
    /// Which act.
    Act(Bulk),
    /// The act with its value.
    Value(Bulk),
    /// The value as it was typed.
    Typed(Bulk, String),
    /// Really; or not.
    Sure(Option<Bulk>),
}

/// What to do to those meant, saying who they are.
pub(super) fn acts(whom: String, context: &Context<'_>) -> Choosing<Chosen> {
    let options = menu().map(|(bulk, words)| (Chosen::Act(bulk), context.say(words).to_owned()));
    Choosing::new(TO_ALL, options).numbered(whom)
}

/// The value of an act.
pub(super) fn value(bulk: Bulk, meant: &[Id], context: &Context<'_>) -> Choosing<Chosen> {
    let own = matches!(bulk, Bulk::AddTag(_) | Bulk::NextContact(_) | Bulk::HoldTier(..));
    let values = values(&bulk, meant, context).into_iter();
    let choosing = Choosing::hinted(title(&bulk), values.map(|(bulk, name, hint)| (Chosen::Value(bulk), name, hint)));
    if own { choosing.or_typed(move |text| Chosen::Typed(bulk.clone(), text)) } else { choosing }
}

/// Whether really, where it concerns very many; everything else is undone instead.
pub(super) fn sure(bulk: &Bulk, count: usize, context: &Context<'_>) -> Option<Choosing<Chosen>> {
    if count <= UNASKED || matches!(bulk, Bulk::Export(_)) {
        return None;
    }
    let whom = customers(count, context.language);
    let go = match (bulk, context.language) {
        (Bulk::Delete, Language::En) => format!("delete {whom}"),
        (Bulk::Delete, Language::Zh) => format!("删除 {whom}"),
        (_, Language::En) => format!("change {whom}"),
        (_, Language::Zh) => format!("修改 {whom}"),
    };
    let stop = if *bulk == Bulk::Delete { words("keep them", "不删除") } else { words("leave them", "不修改") };
    let stop = (Chosen::Sure(None), context.say(stop).to_owned());
    Some(Choosing::new(MANY, [stop, (Chosen::Sure(Some(bulk.clone())), go)]))
}

/// Does it to these customers, as one step.
pub(super) fn run(bulk: &Bulk, ids: &[Id], context: &Context<'_>) -> Effect {
    let commands = ids.iter().map(|id| command(*id, bulk, context)).collect::<Result<Vec<_>, _>>();
    match commands {
        Ok(commands) => {
            let commands: Vec<Command> = commands.into_iter().flatten().collect();
            match commands.len() {
                0 => Effect::Say(Notice::note(telling::nothing(bulk, context))),
                count => Effect::RunTold(commands, told(bulk, ids, count, context)),
            }
        }
        Err(text) => Effect::Say(Notice::error(text)),
    }
}

/// The command that does it to one customer; `None` where nothing would be another.
fn command(id: Id, bulk: &Bulk, context: &Context<'_>) -> Result<Option<Command>, String> {
    match bulk {
        Bulk::Delete => Ok(Some(Command::Remove { kind: Kind::Customer, id, home: id })),
        Bulk::HoldTier(reason, until) => Ok(held(id, reason, *until, context)),
        other => changed(id, other, context),
    }
}

/// The command that changes one customer's own fields.
fn changed(id: Id, bulk: &Bulk, context: &Context<'_>) -> Result<Option<Command>, String> {
    let dossier = context.desk.dossier(id).map_err(|error| error.say(context.language))?;
    let Some(before) = dossier.customer() else { return Ok(None) };
    let mut after: Customer = before.clone();
    match bulk {
        Bulk::Owner(owner) => after.owner = *owner,
        Bulk::AddTag(tag) if !tag.is_empty() && !after.tags.contains(tag) => after.tags.push(tag.clone()),
        Bulk::DropTag(tag) => after.tags.retain(|other| other != tag),
        Bulk::Stage(stage) if !stands_by_deals(&dossier, context) => after.stage.clone_from(stage),
        Bulk::NextContact(due) => after.next_contact = *due,
        _ => {}
    }
    Ok(edit_between(&before.into(), &Record::from(after)))
}

/// Holds the tier one customer has; who has none has none to hold.
fn held(id: Id, reason: &str, until: Day, context: &Context<'_>) -> Option<Command> {
    let tier = tier_now(context.book(), context.book().row_of(id)?);
    let (reason, by) = (reason.to_owned(), context.desk.me().to_owned());
    let hold = TierHold { customer: Some(id), tier, reason, until: Some(until), by, ..TierHold::default() };
    (!hold.tier.is_empty()).then(|| Command::Add(Box::new(hold.into())))
}
