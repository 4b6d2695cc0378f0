//! Who is listed, in which order: found, filtered, sorted; one change puts one row in its place. And who of them is marked.

use super::List;
use super::asked::{Asked, Away};
use crate::book::listing::{Listed, Listing};
use crate::book::row::Row;
use crate::book::sorting::put_in_place;
use crate::book::{Book, Slot};
use crate::domain::id::Id;
use crate::text::figures::grouped;
use crate::text::{Language, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice};
use crate::ui::inquiry::MANY;
use crate::ui::job::Job;
use crate::ui::keymap::shown;
use std::collections::HashSet;
use std::sync::Arc;

/// Changed rows that are put in their places one by one; more are sorted with all the others.
const FEW: usize = 64;

impl List {
    fn asked(&self, context: &Context<'_>) -> Asked {
        Asked {
            revision: context.book().revision(),
            finder: context.finder.is_some(),
            beyond: self.wants_beyond() && context.book().knows_beyond(),
            query: self.find.text().trim().to_owned(),
            filter: self.filter.text().to_owned(),
            sorting: self.layout.sorting.clone(),
            language: context.language,
            today: context.today(),
        }
    }

    /// Brings the order up to what is asked; the selected customer stays selected. In a large book that is worked out
    /// beside the screen, and the order before is seen meanwhile.
    pub(super) fn arrange(&mut self, context: &Context<'_>, keep_selection: bool) {
        self.take_listed(context);
        let now = self.asked(context);
        if self.seen.as_ref() == Some(&now) {
            return;
        }
        if self.seen.as_ref().is_none_or(|seen| (seen.revision, seen.finder) != (now.revision, now.finder)) {
            // The finder may have been made anew since, and counts its changes from the beginning then.
            self.previous = None;
        }
        self.marks.keep(|id| context.book().slot_of(id).is_some());
        if self.is_in_doubt(context) {
            self.away.withdraw();
            return self.take(Listed::default(), now, None, keep_selection, context);
        }
        let dealt_with = std::mem::take(&mut self.dealt_with);
        let selected = self.selected().filter(|_| keep_selection && !dealt_with);
        let stepped = if now.query.is_empty() {
            self.recall();
            self.step(&now, context)
        } else {
            None
        };
        let listed = match (stepped, &self.seen) {
            (Some(order), _) => Listed::all(order),
            (None, Some(seen)) if context.book().len() > MANY => {
                let narrows = (&seen.query, &seen.filter) != (&now.query, &now.filter);
                let narrows = narrows || self.away.asked().is_some_and(|away| away.narrows);
                let earlier = self.away.asked().is_none_or(|away| away.same_question);
                let same_question = earlier && !dealt_with && seen.same_but_for_the_book(&now);
                if seen.revision != now.revision {
                    self.order = Arc::new(self.still_there(narrows, context.book()));
                    self.rows.select(self.rows.selected, self.count());
                }
                let away = Away { asked: now.clone(), keeps: keep_selection, narrows, same_question };
                self.away.ask_anew(away, now.revision);
                self.seen = Some(now);
                return;
            }
            (None, _) => self.listing(&now, context).run(),
        };
        self.away.withdraw();
        self.take(listed, now, selected, keep_selection, context);
    }

    /// The list as it was before the search, once nothing is looked for any more.
    fn recall(&mut self) {
        let was_search = self.seen.as_ref().is_some_and(|seen| !seen.query.is_empty());
        if let Some((asked, order)) = self.unsearched.take_if(|_| was_search) {
            (self.seen, self.order) = (Some(asked), order);
            self.away.withdraw();
            self.found_by.clear();
        }
    }

    /// Works out at once what was to be worked out beside the screen: an act on a customer must not meet one who was
    /// listed before.
    pub(super) fn settle(&mut self, context: &Context<'_>) {
        self.arrange(context, true);
        if self.away.asked().is_some_and(|away| away.narrows)
            && let Some(away) = self.away.withdraw()
        {
            let selected = self.selected().filter(|_| away.keeps);
            let listed = self.listing(&away.asked, context).run();
            self.take(listed, away.asked, selected, away.keeps, context);
        }
    }

    fn take(&mut self, listed: Listed, now: Asked, selected: Option<Slot>, keep: bool, context: &Context<'_>) {
        self.order = Arc::new(listed.order);
        (self.found, self.counted) = (listed.found, None);
        if now.query.is_empty() {
            self.unsearched = Some((now.clone(), Arc::clone(&self.order)));
        }
        self.previous = listed.previous.or(self.previous.take());
        self.found_by.clone_from(&now.query);
        self.seen = Some(now);
        self.sums = None;
        self.regroup(context);
        let place = selected.and_then(|slot| self.order.iter().position(|other| *other == slot));
        let place = place.unwrap_or(if keep { self.rows.selected } else { 0 });
        self.rows.select(place, self.count());
    }

    fn listing(&self, asked: &Asked, context: &Context<'_>) -> Listing {
        Listing {
            book: context.book().clone(),
            finder: context.finder.filter(|_| !asked.query.is_empty()).cloned(),
            query: asked.query.clone(),
            previous: self.previous.clone(),
            filter: self.filter.filter().cloned(),
            sorting: asked.sorting.clone(),
            me: me(context),
            today: asked.today,
            language: asked.language,
        }
    }

    /// The order before, without those who are gone, and with those who came at its end where it lists everybody.
    fn still_there(&self, narrows: bool, book: &Book) -> Vec<Slot> {
        let mut order: Vec<Slot> = self.order.iter().copied().filter(|slot| book.row(*slot).is_some()).collect();
        if !narrows && self.filter.filter().is_none() && self.find.is_empty() {
            let placed: HashSet<Slot> = order.iter().copied().collect();
            order.extend(book.rows().map(|(slot, _)| slot).filter(|slot| !placed.contains(slot)));
        }
        order
    }

    /// The order before with the few rows that have changed in their places; `None` where more is another.
    fn step(&self, now: &Asked, context: &Context<'_>) -> Option<Vec<Slot>> {
        let before = self.seen.as_ref().filter(|before| before.same_but_for_the_book(now))?;
        let is_relative = self.filter.filter().is_some_and(crate::query::filter::Filter::is_relative);
        if self.away.asked().is_some() || is_relative {
            return None;
        }
        let book = context.book();
        let changed = book.changed_since(before.revision).filter(|changed| changed.len() <= FEW)?;
        // A revision that changed no row changed the lists, and with them what rows show.
        if (changed.len() as u64) < now.revision.saturating_sub(before.revision) {
            return None;
        }
        let mut order = self.order.to_vec();
        let sieve = self.filter.filter().map(|filter| book.sieve(filter, now.today, me(context)));
        let belongs = |row: &Row| sieve.as_ref().is_none_or(|sieve| sieve.passes(row));
        put_in_place(book, &mut order, &changed, &now.sorting, (now.today, now.language), belongs);
        Some(order)
    }

    /// The list that is wanted beside the screen.
    pub(super) fn list_away(&mut self, context: &Context<'_>) -> Option<Job> {
        let listing = self.listing(&self.away.unsent()?.asked, context);
        self.away.send(|_| move || Ok(listing.run()))
    }

    /// Takes what was worked out beside the screen, unless another list is asked for by now.
    fn take_listed(&mut self, context: &Context<'_>) {
        let now = self.asked(context);
        if let Some((away, listed)) = self.away.take_answer_if(|away| away.asked == now) {
            // Who has gone on to another row meanwhile stays on it.
            let keeps = away.keeps || !away.narrows;
            let selected = self.selected().filter(|_| keeps && (away.same_question || self.rows.selected > 0));
            self.take(listed, away.asked, selected, keeps, context);
        }
    }
}

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

/// The customers of some rows.
pub(super) fn ids<'a>(order: &'a [Slot], book: &'a Book) -> impl Iterator<Item = Id> + 'a {
    order.iter().filter_map(|slot| book.row(*slot)).map(|row| row.id)
}

/// Who asks, where the book knows them.
pub(super) fn me(context: &Context<'_>) -> Option<Id> {
    context.book().standards().owner_called(context.desk.me()).map(|owner| owner.id)
}

fn clearing_key(context: &Context<'_>) -> String {
    context.keymap.key_for(Action::ClearMarks, Scope::List).map_or("-".to_owned(), |keys| shown(keys, context.ascii))
}
