//! Deals gathered from the store a stretch of customers at a time, and what they said before they were changed.

use crate::analysis::funnel::movement::Earlier;
use crate::book::deals::Deals;
use crate::desk::Desk;
use crate::domain::change::Change;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::time::Day;
use crate::domain::value::Value;
use crate::store::entry::Cause;
use crate::store::error::StoreError;
use crate::store::{Reader, Store};

/// Dossiers read in one stretch.
const STRETCH: usize = 4_000;
/// Entries looked back through for what was expected before; an older month than these reach is shown as it is now.
const LOOKED_BACK: usize = 20_000;
/// Changes from which an entry is an import, which says nothing of what was expected before.
const MANY: u64 = 1_000;

/// A stretch of customers whose deals are to be gathered, beside everything else.
pub struct Gather {
    /// Which gathering it is: what comes of it says so, too.
    pub ticket: u64,
    /// What is read.
    pub reader: Reader,
    /// The deals gathered before.
    pub deals: Deals,
    /// The customer to go on behind; from the first where none is named.
    pub after: Option<Id>,
}

/// What was gathered.
pub struct Gathered {
    /// Of which gathering.
    pub ticket: u64,
    /// The deals, those gathered before among them.
    pub deals: Deals,
    /// The last customer looked at; none when that was all.
    pub last: Option<Id>,
    /// Why not all could be read.
    pub trouble: Option<StoreError>,
}

impl Gather {
    /// Gathers them. It writes nothing.
    pub fn run(self) -> Gathered {
        let Gather { ticket, reader, mut deals, after } = self;
        let mut last = None;
        for dossier in reader.dossiers_from(after.unwrap_or(Id::BOOK)).take(STRETCH) {
            match dossier {
                Ok(dossier) => {
                    last = Some(dossier.home());
                    deals.take(&dossier);
                }
                Err(error) => return Gathered { ticket, deals, last: None, trouble: Some(error) },
            }
        }
        Gathered { ticket, deals, last: last.filter(|last| Some(*last) != after), trouble: None }
    }
}

impl Desk {
    /// Brings deals up to the book as it is now, from the book as it was at `revision`; false when that is too long ago to
    /// tell what changed.
    ///
    /// # Errors
    /// When a dossier cannot be read.
    pub fn catch_up(&self, deals: &mut Deals, revision: u64) -> Result<bool, StoreError> {
        let Some(mut homes) = self.book.homes_since(revision) else { return Ok(false) };
        homes.sort_unstable();
        homes.dedup();
        deals.know(self.book.standards());
        for home in homes.into_iter().filter(|home| *home != Id::BOOK) {
            deals.take(&self.store.dossier(home)?);
        }
        Ok(true)
    }

    /// When deals changed since the beginning of `day` were expected before.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn expected_before(&self, day: Day) -> Result<Earlier, StoreError> {
        expected_before(&self.store, day)
    }

    /// The same, to be found out beside the screen.
    pub fn look_back(&self, day: Day) -> Recollection {
        Recollection { store: self.store.snapshot(), day }
    }

    /// All deals of the book, gathered at once.
    ///
    /// # Errors
    /// When a dossier cannot be read.
    pub fn deals(&self) -> Result<Deals, StoreError> {
        let mut deals = Deals::new(self.book.standards());
        for dossier in self.store.dossiers()? {
            deals.take(&dossier?);
        }
        Ok(deals)
    }
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
        expected_before(&self.store, self.day)
    }
}

fn expected_before(store: &Store, day: Day) -> Result<Earlier, StoreError> {
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
