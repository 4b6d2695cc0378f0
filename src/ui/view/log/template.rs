//! Lines kept under a name: put into the line, kept from it, changed, taken out.

use super::{Asking, Log};
use crate::book::command::Command;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::working::{Template, shipped_templates};
use crate::text::{Words, words};
use crate::ui::context::Context;
use crate::ui::effect::{Choosing, Effect, Notice, Place};
use crate::ui::view::prompt;

const TITLE: Words = words("Template", "模板");
const REMOVED: Words = words("Template removed", "模板已移除");

/// What is asked for beside the templates themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Put it into the line.
    Insert,
    /// Change it.
    Change,
    /// Take it out.
    Remove,
}

impl Log {
    /// Offers the templates; behind them what else can be done with them.
    pub(super) fn offer_templates(&mut self, context: &Context<'_>) -> Effect {
        let options = options(context)
            .into_iter()
            .chain([KEEP, CHANGE, REMOVE].map(|wish| (context.say(wish).to_owned(), String::new())));
        self.asking = Asking::Template(Wish::Insert);
        open(TITLE, options.collect())
    }

    /// A template, or what else is to be done, was chosen.
    pub(super) fn template_chosen(&mut self, wish: Wish, place: usize, context: &Context<'_>) -> Effect {
        let templates = context.book().standards().templates(context.language);
        let count = templates.len();
        let chosen = templates.get(place).map(|template| (*template).clone());
        match (wish, chosen) {
            (Wish::Insert, Some(template)) => self.insert_template(&template, context),
            (Wish::Change, Some(template)) => Effect::Open(Place::EntryForm(Box::new(template.into()))),
            (Wish::Remove, Some(template)) => Effect::Run(removal(template, context), REMOVED),
            (Wish::Insert, None) => match place - count {
                0 => self.keep_as_template(context),
                1 => self.ask_again(Wish::Change, CHANGE, context),
                _ => self.ask_again(Wish::Remove, REMOVE, context),
            },
            (_, None) => Effect::None,
        }
    }

    fn ask_again(&mut self, wish: Wish, title: Words, context: &Context<'_>) -> Effect {
        self.asking = Asking::Template(wish);
        open(title, options(context))
    }

    /// Where something is typed already, the template comes in at the caret.
    fn insert_template(&mut self, template: &Template, context: &Context<'_>) -> Effect {
        let left_out = self.input.insert(&template.line);
        self.follow(context);
        prompt::typed(left_out, context)
    }

    fn keep_as_template(&self, context: &Context<'_>) -> Effect {
        let line = self.input.text().trim().to_owned();
        if line.is_empty() {
            let first = words("write the line first, then keep it", "请先写好内容，再存为模板");
            return Effect::Say(Notice::note(context.say(first)));
        }
        let name = self.read(context).text.chars().take(16).collect();
        let template = Template { name, line, ..Template::default() };
        Effect::Open(Place::EntryForm(Box::new(template.into())))
    }
}

const KEEP: Words = words("+ keep this line as a template", "+ 把这一行存为模板");
const CHANGE: Words = words("~ change a template", "~ 修改模板");
const REMOVE: Words = words("- remove a template", "- 移除模板");

fn options(context: &Context<'_>) -> Vec<(String, String)> {
    let templates = context.book().standards().templates(context.language);
    templates.into_iter().map(|template| (template.name.clone(), template.line.clone())).collect()
}

fn open(title: Words, options: Vec<(String, String)>) -> Effect {
    Effect::Open(Place::Choose(Choosing { title, options, selected: 0, own: false }))
}

/// One's own is deleted; one that every book begins with is hidden.
fn removal(template: Template, context: &Context<'_>) -> Command {
    let (id, home) = (template.id, Id::BOOK);
    if !shipped_templates().iter().any(|shipped| shipped.id == id) {
        return Command::Remove { kind: Kind::Template, id, home };
    }
    let hidden = Template { hidden: true, ..template.clone() };
    let held = context.desk.dossier(home).is_ok_and(|dossier| dossier.has(id));
    let edit = crate::book::command::edit_between(&template.into(), &hidden.clone().into()).filter(|_| held);
    edit.unwrap_or_else(|| Command::Add(Box::new(hidden.into())))
}
