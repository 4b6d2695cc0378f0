//! What all customers are worth, with the costs that lie among their records.

use crate::book::tiers::costs::Costs;
use crate::book::tiers::own_worth::own_worth;
use crate::book::tiers::worth::{Figure, Worth};
use crate::desk::Desk;
use crate::domain::id::Id;
use crate::domain::time::Day;
use crate::store::error::StoreError;

impl Desk {
    /// What one customer comes to as of a day: nothing for one that is not there.
    ///
    /// # Errors
    /// When a dossier cannot be read.
    pub fn own_worth(&self, customer: Id, as_of: Day) -> Result<Vec<Figure>, StoreError> {
        let own = self.dossier(customer)?;
        let (Some(row), Some(record)) = (self.book.row_of(customer), own.customer()) else { return Ok(Vec::new()) };
        let costs = self.extract::<Costs>()?.all();
        Ok(own_worth(&self.book, row, &record, &costs, as_of))
    }

    /// What the customers come to as of a day.
    ///
    /// # Errors
    /// When a dossier cannot be read.
    pub fn worth(&self, as_of: Day) -> Result<Worth, StoreError> {
        let costs = self.extract::<Costs>()?.all();
        Ok(Worth::of(&self.book, &costs, as_of))
    }
}
