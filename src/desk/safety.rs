//! The book proved, made again from its journal, and made small.

use crate::desk::{Desk, opening};
use crate::store::error::StoreError;
use crate::store::verify::Report;
use crate::store::{Progress, Stale};

/// Told of long work as done and whole, in bytes.
type Told<'a> = &'a mut dyn FnMut(u64, u64);

impl Desk {
    /// Reads the whole journal and compares it with what the book holds.
    pub fn verify(&self, told: Told<'_>) -> Result<Report, StoreError> {
        self.store.verify(&mut |Progress { done, of }| told(done, of))
    }

    /// Makes the working copy and all rows again from the journal.
    pub fn repair(&mut self, told: Told<'_>) -> Result<(), StoreError> {
        self.store.rebuild(&mut |Progress { done, of }| told(done, of))?;
        opening::derive_again(&mut self.store, &mut self.book, Stale::All)
    }

    /// Makes the working copy as small as it can be.
    pub fn compact(&mut self, told: Told<'_>) -> Result<(), StoreError> {
        match self.store.read_only() {
            Some(why) => Err(StoreError::ReadOnly(why.clone())),
            None => self.store.compact(&mut |Progress { done, of }| told(done, of)),
        }
    }
}
