//! The acts on marks, and whom an act over many is about.

use super::List;
use super::order::{ids, me};
use crate::book::Slot;
use crate::domain::id::Id;
use crate::text::figures::grouped;
use crate::text::{Language, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice};
use crate::ui::keymap::shown;
use std::collections::HashSet;

impl List {
    /// The acts on marks; `None` for any other.
    pub(super) fn act_on_marks(&mut self, action: Action, context: &Context<'_>) -> Option<Effect> {
        match action {
            Action::Mark => self.mark(context),
            Action::MarkDown => self.mark_range(1, context),
            Action::MarkUp => self.mark_range(-1, context),
            Action::MarkAll => return Some(self.mark_all(context)),
            Action::ClearMarks => return Some(self.turn_marks(context)),
            _ => return None,
        }
        Some(Effect::None)
    }

    /// Marks the customers of the group selected, or takes their marks off where all have one.
    fn mark_group(&mut self, context: &Context<'_>) {
        let Some(group) = self.groups.get(self.rows.selected) else { return };
        let sieve = context.book().sieve(&group.filter, context.today(), me(context));
        let rows = self.order.iter().filter_map(|slot| context.book().row(*slot));
        let members: HashSet<Id> = rows.filter(|row| sieve.passes(row)).map(|row| row.id).collect();
        match members.iter().all(|member| self.marks.contains(member)) {
            true => self.marks.on.retain(|marked| !members.contains(marked)),
            false => self.marks.on.extend(members),
        }
        self.rows.move_by(1, self.count());
    }

    fn mark(&mut self, context: &Context<'_>) {
        if self.is_grouped() {
            return self.mark_group(context);
        }
        if let Some(customer) = self.selected_row(context).map(|row| row.id) {
            self.marks.toggle(customer);
            self.rows.move_by(1, self.count());
        }
    }

    /// Goes on by a row and marks all from where the range began.
    fn mark_range(&mut self, by: isize, context: &Context<'_>) {
        let anchor = *self.marks.anchor.get_or_insert(self.rows.selected);
        self.rows.move_by(by, self.count());
        let (first, last) = (anchor.min(self.rows.selected), anchor.max(self.rows.selected));
        if self.is_grouped() {
            return;
        }
        if let Some(range) = self.order.get(first..=last) {
            self.marks.on.extend(ids(range, context.book()));
        }
    }

    /// Marks everybody found, also where not all that are found are listed; marks made elsewhere stay.
    fn mark_all(&mut self, context: &Context<'_>) -> Effect {
        let found = self.all_found(context);
        self.marks.on.extend(ids(&found, context.book()));
        let count = grouped(self.marks.len() as u64);
        Effect::Say(Notice::note(match context.language {
            Language::En => format!("{count} marked"),
            Language::Zh => format!("已标记 {count} 位客户"),
        }))
    }

    /// Everybody found, in the list's order.
    pub(super) fn all_found(&self, context: &Context<'_>) -> Vec<Slot> {
        let listed = || self.order.to_vec();
        let (false, Some(finder)) = (self.find.is_empty() || self.found <= self.order.len(), context.finder) else {
            return listed();
        };
        let book = context.book();
        let sieve = self.filter.filter().map(|filter| book.sieve(filter, context.today(), me(context)));
        let hits = finder.list(self.find.text().trim(), book.len(), None);
        let passes = |slot: &Slot| book.row(*slot).is_some_and(|row| sieve.as_ref().is_none_or(|s| s.passes(row)));
        hits.slots.into_iter().filter(passes).collect()
    }

    /// Takes all marks off; asked again, brings them back. Says how many, for marks are work.
    fn turn_marks(&mut self, context: &Context<'_>) -> Effect {
        let key = clearing_key(context);
        if !self.marks.is_empty() {
            self.marks.off = std::mem::take(&mut self.marks.on);
            self.marks.end_range();
            let count = grouped(self.marks.off.len() as u64);
            return Effect::Say(Notice::note(match context.language {
                Language::En => format!("{count} marks taken off; {key} again brings them back"),
                Language::Zh => format!("已取消 {count} 位客户的标记，再按 {key} 恢复"),
            }));
        }
        self.marks.on = std::mem::take(&mut self.marks.off);
        self.marks.keep(|customer| context.book().slot_of(customer).is_some());
        let count = grouped(self.marks.len() as u64);
        Effect::Say(Notice::note(match (self.marks.is_empty(), context.language) {
            (true, _) => context.say(words("nobody is marked", "没有标记任何客户")).to_owned(),
            (false, Language::En) => format!("{count} marks are back"),
            (false, Language::Zh) => format!("已恢复 {count} 位客户的标记"),
        }))
    }

    /// What Esc says where only marks are left: it never takes them off.
    pub(super) fn marks_stay(&self, context: &Context<'_>) -> Effect {
        if self.marks.is_empty() {
            return Effect::None;
        }
        let (count, key) = (grouped(self.marks.len() as u64), clearing_key(context));
        Effect::Say(Notice::note(match context.language {
            Language::En => format!("{count} stay marked; {key} takes the marks off"),
            Language::Zh => format!("{count} 位客户仍有标记，按 {key} 取消"),
        }))
    }

    /// Whom a recalculation is about: those marked, else those a find or filter leaves; nobody named for everyone.
    pub(super) fn chosen(&self, context: &Context<'_>) -> Vec<Id> {
        match self.marks.is_empty() {
            false => self.meant(context),
            true if self.find.is_empty() && self.filter.text().is_empty() => Vec::new(),
            true => ids(&self.all_found(context), context.book()).collect(),
        }
    }

    /// Whom an act over many is about: those marked, also where a find or filter hides them now; else the selected one.
    pub(super) fn meant(&self, context: &Context<'_>) -> Vec<Id> {
        if self.marks.is_empty() {
            return self.selected_row(context).map(|row| row.id).into_iter().collect();
        }
        let is_marked = |id: &Id| self.marks.contains(id);
        let mut meant: Vec<Id> = ids(&self.order, context.book()).filter(is_marked).collect();
        if meant.len() < self.marks.len() {
            let listed: HashSet<Id> = meant.iter().copied().collect();
            let mut hidden: Vec<Id> = self.marks.on.iter().filter(|id| !listed.contains(id)).copied().collect();
            hidden.sort_unstable();
            meant.append(&mut hidden);
        }
        meant
    }
}

fn clearing_key(context: &Context<'_>) -> String {
    context.keymap.key_for(Action::ClearMarks, Scope::List).map_or("-".to_owned(), |keys| shown(keys, context.ascii))
}
