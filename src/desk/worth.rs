//! What all customers are worth, with the costs that lie among their records.

use crate::book::tiers::costs::Costs;
use crate::book::tiers::worth::Worth;
use crate::desk::Desk;
use crate::domain::time::Day;
use crate::store::error::StoreError;

impl Desk {
    /// What the customers come to as of a day.
    ///
    /// # Errors
    /// When a dossier cannot be read.
    pub fn worth(&self, as_of: Day) -> Result<Worth, StoreError> {
        let costs = self.extract::<Costs>()?.all();
        Ok(Worth::of(&self.book, &costs, as_of))
    }
}
