//! Lines kept under a name: put into the line, kept from it, changed, taken out.

use crate::book::command::Command;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::working::{Template, shipped_templates};
use crate::text::{Words, words};
use crate::ui::context::Context;
use crate::ui::effect::{Choosing, Effect, Place};

pub(super) const TITLE: Words = words("Template", "模板");
pub(super) const REMOVED: Words = words("Template removed", "模板已移除");

pub(super) const KEEP: Words = words("+ keep this line as a template", "+ 把这一行存为模板");
pub(super) const CHANGE: Words = words("~ change a template", "~ 修改模板");
pub(super) const REMOVE: Words = words("- remove a template", "- 移除模板");

pub(super) fn options(context: &Context<'_>) -> Vec<(String, String)> {
    let templates = context.book().standards().templates(context.language);
    templates.into_iter().map(|template| (template.name.clone(), template.line.clone())).collect()
}

pub(super) fn open(title: Words, options: Vec<(String, String)>) -> Effect {
    Effect::Open(Place::Choose(Choosing { title, options, selected: 0, own: false }))
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
