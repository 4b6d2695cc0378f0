//! Who is listed, in which order: found, filtered, sorted; one change puts one row in its place.

use super::List;
use crate::book::row::Row;
use crate::book::sorting::Sorting;
use crate::book::{Book, Slot};
use crate::domain::id::Id;
use crate::domain::time::Day;
use crate::text::Language;
use crate::ui::context::Context;
use crate::ui::job::{Job, SortOrder};
use std::collections::HashSet;
use std::sync::Arc;

/// Customers listed of those found: nobody reads further, and more would cost time at every key.
pub(super) const MOST_FOUND: usize = 2_000;
/// Rows from which a whole sort is done beside the screen.
const MANY: usize = 5_000;
/// Changed rows that are put in their places one by one; more are sorted with all the others.
const FEW: usize = 64;

/// What an order was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    revision: u64,
    finder: bool,
    query: String,
    filter: String,
    sorting: Vec<Sorting>,
    language: Language,
    today: Day,
}

impl Asked {
    /// Whether only the book may be another.
    fn same_but_for_the_book(&self, other: &Asked) -> bool {
        Asked { revision: 0, finder: true, ..self.clone() } == Asked { revision: 0, finder: true, ..other.clone() }
    }
}

/// A sort that is done beside the screen.
pub(super) enum Away {
    /// To be asked for.
    Wanted(Asked, Vec<Slot>),
    /// Asked for.
    Asked(Asked),
}

impl List {
    fn asked(&self, context: &Context<'_>) -> Asked {
        Asked {
            revision: context.book().revision(),
            finder: context.finder.is_some(),
            query: self.find.text().trim().to_owned(),
            filter: self.filter.text().to_owned(),
            sorting: self.layout.sorting.clone(),
            language: context.language,
            today: context.today(),
        }
    }

    /// Brings the order up to what is asked; the selected customer stays selected.
    pub(super) fn arrange(&mut self, context: &Context<'_>, keep_selection: bool) {
        self.take_sorted(context);
        let now = self.asked(context);
        if self.seen.as_ref() == Some(&now) {
            return;
        }
        self.marks.keep(|id| context.book().slot_of(id).is_some());
        let dealt_with = std::mem::take(&mut self.dealt_with);
        let selected = self.selected().filter(|_| keep_selection && !dealt_with);
        let order = match (now.query.is_empty(), context.finder) {
            (false, _) => self.found_order(&now, context),
            (true, _) => self.step(&now, context).unwrap_or_else(|| self.whole(&now, context)),
        };
        self.take(order, now, selected, keep_selection, context);
    }

    fn take(&mut self, order: Vec<Slot>, now: Asked, selected: Option<Slot>, keep: bool, context: &Context<'_>) {
        self.order = Arc::new(order);
        self.seen = Some(now);
        self.sums = None;
        self.regroup(context);
        let place = selected.and_then(|slot| self.order.iter().position(|other| *other == slot));
        let place = place.unwrap_or(if keep { self.rows.selected } else { 0 });
        self.rows.select(place, self.count());
    }

    /// What the finder finds, best first, as far as the filter lets it through.
    fn found_order(&mut self, now: &Asked, context: &Context<'_>) -> Vec<Slot> {
        let book = context.book();
        let same_book =
            self.seen.as_ref().is_some_and(|seen| (seen.revision, seen.finder) == (now.revision, now.finder));
        if !same_book {
            self.previous = None;
        }
        let sieve = self.filter.filter().map(|filter| book.sieve(filter, now.today, me(context)));
        let passes = |row: &Row| sieve.as_ref().is_none_or(|sieve| sieve.passes(row));
        let Some(finder) = context.finder else {
            let called = |row: &Row| row.name().contains(&now.query) && passes(row);
            return book.rows().filter(|(_, row)| called(row)).map(|(slot, _)| slot).collect();
        };
        let most = if sieve.is_some() { book.len() } else { MOST_FOUND };
        let hits = finder.search(&now.query, most, self.previous.as_ref());
        self.previous = Some(hits.previous);
        let passing = hits.hits.iter().map(|hit| hit.slot).filter(|slot| book.row(*slot).is_some_and(passes));
        let order: Vec<Slot> = passing.collect();
        self.found = if sieve.is_some() { order.len() } else { hits.total };
        order
    }

    /// The order before with the few rows that have changed in their places; `None` where more is another.
    fn step(&self, now: &Asked, context: &Context<'_>) -> Option<Vec<Slot>> {
        let before = self.seen.as_ref().filter(|before| before.same_but_for_the_book(now))?;
        let is_relative = self.filter.filter().is_some_and(crate::query::filter::Filter::is_relative);
        if self.away.is_some() || is_relative {
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
        book.put_in_place(&mut order, &changed, &now.sorting, (now.today, now.language), belongs);
        Some(order)
    }

    /// Everybody the filter lets through, sorted: at once where they are few, else beside the screen, in the order
    /// before meanwhile.
    fn whole(&mut self, now: &Asked, context: &Context<'_>) -> Vec<Slot> {
        let book = context.book();
        let slots = match self.filter.filter() {
            None => book.rows().map(|(slot, _)| slot).collect(),
            Some(filter) => book.filtered(filter, now.today, me(context)),
        };
        self.away = None;
        if slots.len() <= MANY || self.seen.is_none() {
            return book.sorted(&slots, &now.sorting, now.today, now.language);
        }
        let passing: HashSet<Slot> = slots.iter().copied().collect();
        let mut order: Vec<Slot> = self.order.iter().copied().filter(|slot| passing.contains(slot)).collect();
        let placed: HashSet<Slot> = order.iter().copied().collect();
        order.extend(slots.iter().filter(|slot| !placed.contains(slot)));
        self.away = Some(Away::Wanted(now.clone(), slots));
        order
    }

    /// The sort that is wanted beside the screen.
    pub(super) fn sort_away(&mut self, book: &Book) -> Option<Job> {
        match self.away.take()? {
            Away::Wanted(asked, slots) => {
                let (sorting, today, language) = (asked.sorting.clone(), asked.today, asked.language);
                self.away = Some(Away::Asked(asked));
                self.ticket += 1;
                let ticket = self.ticket;
                Some(Job::Sort(SortOrder { ticket, book: book.clone(), slots, sorting, today, language }))
            }
            asked => {
                self.away = Some(asked);
                None
            }
        }
    }

    /// Takes an order that was made beside the screen, unless another is asked for by now.
    fn take_sorted(&mut self, context: &Context<'_>) {
        // The answer to an earlier question may come while the latest is still worked on.
        let Some((ticket, revision, order)) = self.sorted.take() else { return };
        if ticket != self.ticket {
            return;
        }
        let Some(Away::Asked(asked)) = self.away.take_if(|away| matches!(away, Away::Asked(_))) else { return };
        if asked.revision == revision && self.asked(context).same_but_for_the_book(&asked) {
            let selected = self.selected().filter(|_| self.rows.selected > 0);
            self.take(order, asked, selected, true, context);
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
