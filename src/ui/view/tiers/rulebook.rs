//! What tiers, advice and member levels are made by: three pages of the tiers, each a list whose lines are edited.

use super::asking::ways;
use super::page::Page;
use crate::analysis::grading::Grading;
use crate::book::command::{Command, edit_between};
use crate::book::tiers::advice::advice_rules;
use crate::book::tiers::member::{member_levels, put_level};
use crate::book::tiers::schemes::offered;
use crate::domain::id::Id;
use crate::domain::record::Record;
use crate::domain::tiers::Membership;
use crate::text::{Words, words};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Place};
use crate::ui::widget::rows::Rows;

const SCHEME_GONE: Words =
    words("Scheme deleted; what it graded stays. Undo takes it back", "方案已删除，已有等级不变；可撤销");
const RESET: Words = words("The shipped advice again; undo takes it back", "已恢复默认建议，可撤销");
const LEVEL_GONE: Words = words("Level deleted; undo takes it back", "等级已删除，可撤销");

/// Where one stands on each of the pages.
#[derive(Default)]
pub(super) struct Rulebook {
    pub(super) schemes: Rows,
    pub(super) advice: Rows,
    pub(super) levels: Rows,
}

impl Rulebook {
    /// The rows of a page, and how many there are.
    pub(super) fn rows(&mut self, page: Page, context: &Context<'_>) -> (&mut Rows, usize) {
        let book = context.book();
        match page {
            Page::Advice => (&mut self.advice, advice_rules(book, context.language).len()),
            Page::Levels => (&mut self.levels, member_levels(book, context.language).len()),
            _ => (&mut self.schemes, ways(book).len()),
        }
    }

    /// The way of grading selected.
    pub(super) fn grading(&self, context: &Context<'_>) -> Option<Grading> {
        ways(context.book()).into_iter().nth(self.schemes.selected).map(|(_, grading)| grading)
    }
}

impl Rulebook {
    /// Does an act on a page of rules; `None` for one that is done as on every page.
    pub(super) fn act(&self, action: Action, page: Page, context: &Context<'_>) -> Option<Effect> {
        Some(match action {
            Action::Open | Action::Edit => self.edit_rule(page, context),
            Action::AddRule => self.add_rule(page, context),
            Action::Delete => self.delete_rule(page, context),
            _ => return None,
        })
    }

    /// The form of what is selected; a way of grading of the program is copied.
    fn edit_rule(&self, page: Page, context: &Context<'_>) -> Effect {
        let record: Option<Record> = match page {
            Page::Schemes => {
                let grading = self.grading(context);
                return grading.map_or(Effect::None, |grading| Effect::Open(Place::SchemeForm(Box::new(grading))));
            }
            Page::Advice => {
                let rules = advice_rules(context.book(), context.language);
                rules.into_iter().nth(self.advice.selected).map(|rule| rule.advice.into())
            }
            _ => self.level(context).map(Into::into),
        };
        record.map_or(Effect::None, |record| Effect::Open(Place::EntryForm(Box::new(record))))
    }

    fn level(&self, context: &Context<'_>) -> Option<Membership> {
        member_levels(context.book(), context.language).into_iter().nth(self.levels.selected)
    }

    fn add_rule(&self, page: Page, context: &Context<'_>) -> Effect {
        match page {
            Page::Schemes => {
                let copy = self.grading(context).map(|grading| Grading { name: String::new(), ..grading });
                copy.map_or(Effect::None, |copy| Effect::Open(Place::SchemeForm(Box::new(copy))))
            }
            Page::Levels => Effect::Open(Place::EntryForm(Box::new(Membership::default().into()))),
            _ => {
                let fixed = words(
                    "there is a rule for every tier, segment and life stage: Enter changes it",
                    "每个等级、分群、生命周期已各有一条，按回车修改",
                );
                Effect::Say(Notice::note(context.say(fixed)))
            }
        }
    }

    fn delete_rule(&self, page: Page, context: &Context<'_>) -> Effect {
        let told = |what: Words| Effect::Say(Notice::note(context.say(what)));
        match page {
            Page::Schemes => {
                let name = self.grading(context).map_or(String::new(), |grading| grading.name);
                let scheme = offered(context.book().standards()).into_iter().find(|scheme| scheme.name == name);
                let Some(scheme) = scheme else {
                    return told(words(
                        "this one is shipped and stays; yours can be deleted",
                        "内置方法不能删除，只能删除自己的方案",
                    ));
                };
                let mut hidden = scheme.clone();
                hidden.hidden = true;
                let command = edit_between(&scheme.clone().into(), &hidden.into());
                command.map_or(Effect::None, |command| Effect::run(vec![command], SCHEME_GONE))
            }
            Page::Advice => {
                let rule = advice_rules(context.book(), context.language).into_iter().nth(self.advice.selected);
                let Some(rule) = rule.filter(|rule| rule.is_own) else {
                    return told(words("this is the shipped advice already", "已经是默认建议"));
                };
                Effect::run(vec![removed(rule.advice.into())], RESET)
            }
            _ => self.delete_level(context),
        }
    }

    /// An own level goes; one every book begins with is kept as no longer offered.
    fn delete_level(&self, context: &Context<'_>) -> Effect {
        let Some(level) = self.level(context) else { return Effect::None };
        let command = put_level(context.book(), Membership { hidden: true, ..level });
        command.map_or(Effect::None, |command| Effect::run(vec![command], LEVEL_GONE))
    }
}

fn removed(record: Record) -> Command {
    Command::Remove { kind: record.kind(), id: record.id(), home: Id::BOOK }
}
