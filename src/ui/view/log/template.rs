//! Lines kept under a name: put into the line, kept from it, changed, taken out.

use crate::book::command::Command;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::working::{Template, shipped_templates};
use crate::text::{Words, words};
use crate::ui::choosing::Choosing;
use crate::ui::context::Context;

const TITLE: Words = words("Template", "模板");
pub(super) const REMOVED: Words = words("Template removed", "模板已移除");

const KEEP: Words = words("+ keep this line as a template", "+ 把这一行存为模板");
const CHANGE: Words = words("~ change a template", "~ 修改模板");
const REMOVE: Words = words("- remove a template", "- 移除模板");

/// What is done with a template.
pub(super) enum Wish {
    /// It is put into the line.
    Insert(Template),
    /// It is changed.
    Change(Template),
    /// It is taken out.
    Remove(Template),
    /// The line is kept as one.
    Keep,
    /// It is to be said which is changed, or taken out.
    AskWhich { removed: bool },
}

/// The templates there are; behind them what else can be done with them.
pub(super) fn offered(context: &Context<'_>) -> Choosing<Wish> {
    let acts =
        [(Wish::Keep, KEEP), (Wish::AskWhich { removed: false }, CHANGE), (Wish::AskWhich { removed: true }, REMOVE)];
    let acts = acts.map(|(wish, name)| (wish, context.say(name).to_owned(), String::new()));
    Choosing::hinted(TITLE, templates(Wish::Insert, context).chain(acts))
}

/// Which template is changed, or taken out.
pub(super) fn which(removed: bool, context: &Context<'_>) -> Choosing<Wish> {
    match removed {
        true => Choosing::hinted(REMOVE, templates(Wish::Remove, context)),
        false => Choosing::hinted(CHANGE, templates(Wish::Change, context)),
    }
}

fn templates<'a>(
    wish: fn(Template) -> Wish,
    context: &'a Context<'_>,
) -> impl Iterator<Item = (Wish, String, String)> + 'a {
    let templates = context.book().standards().templates(context.language).into_iter();
    templates.map(move |template| (wish(template.clone()), template.name.clone(), template.line.clone()))
}

/// One's own is deleted; one that every book begins with is hidden.
pub(super) fn removal(template: Template, context: &Context<'_>) -> Command {
    let (id, home) = (template.id, Id::BOOK);
    if !shipped_templates().iter().any(|shipped| shipped.id == id) {
        return Command::Remove { kind: Kind::Template, id, home };
    }
    let hidden = Template { hidden: true, ..template.clone() };
    let held = context.desk.dossier(home).is_ok_and(|dossier| dossier.has(id));
    let edit = crate::book::command::edit_between(&template.into(), &hidden.clone().into()).filter(|_| held);
    edit.unwrap_or_else(|| Command::Add(Box::new(hidden.into())))
}
