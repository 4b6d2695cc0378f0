//! Who is listed, in which order: found, filtered, sorted; one change puts one row in its place.

use super::List;
use super::asked::{Asked, Away};
use crate::book::listing::{Listed, Listing};
use crate::book::row::Row;
use crate::book::sorting::put_in_place;
use crate::book::{Book, Slot};
use crate::domain::id::Id;
use crate::ui::context::Context;
use crate::ui::inquiry::MANY;
use crate::ui::job::Job;
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
                self.away.ask(Away { asked: now.clone(), keeps: keep_selection, narrows, same_question });
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
        let ticket = self.away.send()?;
        let asked = &self.away.asked()?.asked;
        Some(Job::List(ticket, Box::new(self.listing(asked, context))))
    }

    /// Takes what was worked out beside the screen, unless another list is asked for by now.
    fn take_listed(&mut self, context: &Context<'_>) {
        let now = self.asked(context);
        if let Some((away, listed)) = self.away.answered(|away| away.asked == now) {
            // Who has gone on to another row meanwhile stays on it.
            let keeps = away.keeps || !away.narrows;
            let selected = self.selected().filter(|_| keeps && (away.same_question || self.rows.selected > 0));
            self.take(listed, away.asked, selected, keeps, context);
        }
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
