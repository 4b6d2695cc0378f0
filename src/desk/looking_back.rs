//! What was decided and complained of, gathered from the store a stretch of customers at a time.

use crate::book::past::Past;
use crate::desk::Desk;
use crate::domain::choice::FeedbackKind;
use crate::domain::feedback::Feedback;
use crate::domain::id::Id;
use crate::store::Reader;
use crate::store::error::StoreError;

/// Dossiers read in one stretch.
const STRETCH: usize = 4_000;
/// Changed customers up to which they are read at once, without another gathering.
const FEW: usize = 200;

/// A stretch of customers to be looked back on, beside everything else.
pub struct LookBack {
    /// What is read.
    pub reader: Reader,
    /// What was gathered before.
    pub past: Past,
    /// The customer to go on behind; from the first where none is named.
    pub after: Option<Id>,
}

/// What was gathered.
pub struct LookedBack {
    /// What was gathered, that gathered before within it.
    pub past: Past,
    /// How many dossiers were read in this stretch.
    pub read: usize,
    /// The last customer looked at; none when that was all.
    pub last: Option<Id>,
    /// Why not all could be read.
    pub trouble: Option<StoreError>,
}

impl LookBack {
    /// Gathers it. It writes nothing.
    pub fn run(self) -> LookedBack {
        let LookBack { reader, mut past, after } = self;
        let (mut last, mut read) = (None, 0);
        for dossier in reader.dossiers_from(after.unwrap_or(Id::BOOK)).take(STRETCH) {
            match dossier {
                Ok(dossier) => {
                    last = Some(dossier.home());
                    read += 1;
                    past.take(&dossier);
                }
                Err(error) => return LookedBack { past, read, last: None, trouble: Some(error) },
            }
        }
        LookedBack { past, read, last: last.filter(|last| Some(*last) != after), trouble: None }
    }
}

/// What the open complaints of these customers are about, each topic as it was written down.
///
/// # Errors
/// When a dossier cannot be read.
pub fn grievances(desk: &Desk, customers: &[Id]) -> Result<Vec<(Id, Vec<String>)>, StoreError> {
    let is_open = |told: &Feedback| told.kind == Some(FeedbackKind::Complaint) && told.resolved_at.is_none();
    let of = |customer: &Id| {
        let told = desk.store.dossier(*customer)?.feedback();
        Ok((*customer, told.into_iter().filter(is_open).map(|told| told.topic).collect()))
    };
    customers.iter().map(of).collect()
}

/// Brings what was gathered up to the book as it is now, from the book as it was at `revision`; false when too much
/// changed for that, and it is to be gathered anew.
///
/// # Errors
/// When a dossier cannot be read.
pub fn look_again(desk: &Desk, past: &mut Past, revision: u64) -> Result<bool, StoreError> {
    let Some(mut homes) = desk.book.homes_since(revision) else { return Ok(false) };
    homes.sort_unstable();
    homes.dedup();
    if homes.len() > FEW {
        return Ok(false);
    }
    for home in homes.into_iter().filter(|home| *home != Id::BOOK) {
        past.take(&desk.store.dossier(home)?);
    }
    Ok(true)
}
