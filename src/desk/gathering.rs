//! Deals gathered from the store a stretch of customers at a time, and what they said before they were changed.

use crate::analysis::funnel::movement::Earlier;
use crate::book::beyond::{Beyond, asks_beyond};
use crate::book::deals::Deals;
use crate::book::last_words::LastWords;
use crate::desk::Desk;
use crate::desk::extract::{extract, keep, kept};
use crate::domain::change::Change;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::time::Day;
use crate::domain::value::Value;
use crate::query::filter::Filter;
use crate::store::Store;
use crate::store::entry::Cause;
use crate::store::error::StoreError;
use std::sync::Arc;

/// Dossiers read in one stretch.
const STRETCH: usize = 4_000;
/// Entries looked back through for what was expected before; an older month than these reach is shown as it is now.
const LOOKED_BACK: usize = 20_000;
/// Changes from which an entry is an import, which says nothing of what was expected before.
const MANY: u64 = 1_000;

/// A stretch of customers whose deals are to be gathered, beside everything else.
pub struct Gather {
    /// Where it is read.
    pub desk: Box<Desk>,
    /// The deals gathered before.
    pub deals: Deals,
    /// How far it had come; from the first customer where it is begun.
    pub after: Option<Reached>,
}

/// How far a gathering has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The last customer looked at.
    last: Id,
    /// The journal's last entry when it was begun.
    began: u64,
}

/// What was gathered.
pub struct Gathered {
    /// The deals, those gathered before among them.
    pub deals: Deals,
    /// Where to go on; none when that was all.
    pub reached: Option<Reached>,
}

impl Gather {
    /// Gathers them: all at once where they were kept from another time. It writes nothing in the book.
    ///
    /// # Errors
    /// When not all can be read.
    pub fn run(self) -> Result<Gathered, StoreError> {
        let Gather { desk, mut deals, after } = self;
        if after.is_none()
            && let Some(deals) = kept(&desk)
        {
            return Ok(Gathered { deals, reached: None });
        }
        let before = after.map(|reached| reached.last);
        let began = after.map_or(desk.store.settled(), |reached| reached.began);
        let last = stretch(&desk, before, &mut deals)?;
        let reached = last.filter(|last| Some(*last) != before).map(|last| Reached { last, began });
        if reached.is_none() {
            keep(&desk, &deals, began);
        }
        Ok(Gathered { deals, reached })
    }
}

/// Takes the deals of a stretch behind `before`; gives the last customer looked at.
fn stretch(desk: &Desk, before: Option<Id>, deals: &mut Deals) -> Result<Option<Id>, StoreError> {
    let mut last = None;
    for dossier in desk.store.dossiers_from(before.unwrap_or(Id::BOOK))?.take(STRETCH) {
        let dossier = dossier?;
        last = Some(dossier.home());
        deals.take(&dossier);
    }
    Ok(last)
}

/// Brings deals up to the book as it is now, from the book as it was at `revision`; false when that is too long ago to
/// tell what changed.
///
/// # Errors
/// When a dossier cannot be read.
pub fn catch_up(desk: &Desk, deals: &mut Deals, revision: u64) -> Result<bool, StoreError> {
    let Some(mut homes) = desk.book.homes_since(revision) else { return Ok(false) };
    homes.sort_unstable();
    homes.dedup();
    deals.know(desk.book.standards());
    for home in homes.into_iter().filter(|home| *home != Id::BOOK) {
        deals.take(&desk.store.dossier(home)?);
    }
    Ok(true)
}

/// When deals changed since the beginning of `day` were expected before.
///
/// # Errors
/// When the journal cannot be read.
pub fn expected_before(desk: &Desk, day: Day) -> Result<Earlier, StoreError> {
    expected_in(&desk.store, day)
}

/// The same, to be found out beside the screen.
pub fn look_back(desk: &Desk, day: Day) -> Recollection {
    Recollection { store: desk.store.snapshot(), day }
}

/// All deals of the book, gathered at once.
///
/// # Errors
/// When a dossier cannot be read.
pub fn deals(desk: &Desk) -> Result<Deals, StoreError> {
    extract(desk)
}

/// Gathers what rows do not hold of customers, unless it was: products, age and gender.
///
/// # Errors
/// When a dossier cannot be read.
pub fn know_beyond(desk: &Desk) -> Result<(), StoreError> {
    if !desk.book.knows_beyond() {
        desk.book.know_beyond(Arc::new(beyond(desk)?));
    }
    Ok(())
}

/// Gathers what rows do not hold where one of these rules asks for it.
///
/// # Errors
/// When a dossier cannot be read.
pub fn know_what_rules_ask<'a>(desk: &Desk, mut rules: impl Iterator<Item = &'a str>) -> Result<(), StoreError> {
    let asked = rules.any(|rule| Filter::read(rule).is_ok_and(|filter| asks_beyond(&filter)));
    if asked { know_beyond(desk) } else { Ok(()) }
}

/// What rows do not hold of customers.
///
/// # Errors
/// When a dossier cannot be read.
pub fn beyond(desk: &Desk) -> Result<Beyond, StoreError> {
    Ok(Beyond { products: extract(desk)?, people: extract(desk)? })
}

/// Takes what was gathered beside the screen of the book as it was at `revision`; false when that is too long ago to
/// tell what changed.
///
/// # Errors
/// When a dossier cannot be read.
pub fn take_beyond(desk: &Desk, mut beyond: Beyond, revision: u64) -> Result<bool, StoreError> {
    let Some(homes) = desk.book.homes_since(revision) else { return Ok(false) };
    for home in homes.into_iter().filter(|home| *home != Id::BOOK) {
        let dossier = desk.store.dossier(home)?;
        beyond.products.take(&dossier);
        beyond.people.take(&dossier);
    }
    desk.book.know_beyond(Arc::new(beyond));
    Ok(true)
}

/// What was said last with each customer.
///
/// # Errors
/// When a dossier cannot be read.
pub fn last_words(desk: &Desk) -> Result<LastWords, StoreError> {
    extract(desk)
}

/// When deals were expected before they were changed, still to be found in the journal.
pub struct Recollection {
    store: Store,
    day: Day,
}

impl Recollection {
    /// Finds it. It writes nothing.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn run(self) -> Result<Earlier, StoreError> {
        expected_in(&self.store, self.day)
    }
}

fn expected_in(store: &Store, day: Day) -> Result<Earlier, StoreError> {
    let mut earlier = Earlier::new();
    let field = Kind::Deal.fields().iter().find(|(_, name)| *name == "expected_close").map(|(number, _)| *number);
    for head in store.entries_back().take(LOOKED_BACK) {
        let head = head?;
        if head.at.day() < day {
            break;
        }
        if head.count > MANY || matches!(head.cause, Cause::Import(_) | Cause::Found | Cause::GroupEnd) {
            continue;
        }
        // The oldest change comes last, so that what it replaced stays.
        for change in store.changes_of(&head)?.into_iter().rev() {
            if let Change::Set(set) = change
                && set.kind == Kind::Deal
                && Some(set.field) == field
            {
                let before = match set.before {
                    Value::Day(day) => Some(day),
                    _ => None,
                };
                earlier.insert(set.id, before);
            }
        }
    }
    Ok(earlier)
}
