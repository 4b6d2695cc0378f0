//! What all customers are worth, with the costs that lie among their records.

use crate::book::tiers::worth::Worth;
use crate::desk::Desk;
use crate::domain::record::{Kind, Record};
use crate::domain::time::Day;
use crate::store::error::StoreError;

impl Desk {
    /// What the customers come to as of a day.
    ///
    /// # Errors
    /// When a dossier cannot be read.
    pub fn worth(&self, as_of: Day) -> Result<Worth, StoreError> {
        let mut costs = Vec::new();
        for dossier in self.store.dossiers()? {
            costs.extend(dossier?.of(Kind::Cost).filter_map(|record| match record {
                Record::Cost(cost) => Some(cost),
                _ => None,
            }));
        }
        Ok(Worth::of(&self.book, &costs, as_of))
    }
}
