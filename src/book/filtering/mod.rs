//! Which rows a filter lets through, as of a day.

mod sieve;
#[cfg(test)]
mod tests;

pub use sieve::Sieve;

use crate::book::row::Row;
use crate::book::{Book, Slot};
use crate::domain::id::Id;
use crate::domain::time::Day;
use crate::query::filter::Filter;

impl Book {
    /// A filter made ready to be asked of many rows, as of a day, by somebody.
    pub fn sieve(&self, filter: &Filter, as_of: Day, me: Option<Id>) -> Sieve<'_> {
        Sieve::new(self, filter, as_of, me)
    }

    /// The rows a filter lets through, in the order of their places.
    pub fn filtered(&self, filter: &Filter, as_of: Day, me: Option<Id>) -> Vec<Slot> {
        let sieve = self.sieve(filter, as_of, me);
        self.rows().filter(|(_, row): &(Slot, &Row)| sieve.passes(row)).map(|(slot, _)| slot).collect()
    }
}
