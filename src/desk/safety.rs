//! The book proved, made again from its journal, and made small.

use crate::desk::{Desk, opening};
use crate::domain::time::Moment;
use crate::store::check::Measure;
use crate::store::error::StoreError;
use crate::store::salvage::{Beyond, Salvaging};
use crate::store::scan::Damage;
use crate::store::verify::Report;
use crate::store::{Progress, Stale};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Told of long work as done and whole, in bytes.
type Told<'a> = &'a mut dyn FnMut(u64, u64);

/// Bytes of the journal that are looked through while somebody waits.
const LITTLE: u64 = 8 * 1024 * 1024;

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

    /// Writes what a working copy holds beyond the journal as new entries: see [`crate::store::Store::salvage`].
    ///
    /// # Errors
    /// Where the book may only be read for another reason than that its journal lost something; what the disk refuses.
    pub fn salvage(&mut self, now: Moment, told: Told<'_>) -> Result<Beyond, StoreError> {
        let mut salvaging = Salvaging { by: self.me.clone(), now, ids: &mut self.ids };
        let beyond = self.store.salvage(&mut salvaging, &mut |Progress { done, of }| told(done, of))?;
        opening::derive_again(&mut self.store, &mut self.book, Stale::All)?;
        opening::read_tiers(&self.store, &mut self.book)?;
        Ok(beyond)
    }

    /// Looks through what of the journal is not proven yet, if that takes no more than a moment, and names the entries
    /// that are lost.
    pub fn check_a_little(&self) -> Vec<Damage> {
        let measure = Measure { most: LITTLE, rest: Duration::ZERO };
        self.store.check().run(measure, &AtomicBool::new(false)).unwrap_or_default()
    }

    /// Makes the working copy as small as it can be.
    pub fn compact(&mut self, told: Told<'_>) -> Result<(), StoreError> {
        match self.store.read_only() {
            Some(why) => Err(StoreError::ReadOnly(why.clone())),
            None => self.store.compact(&mut |Progress { done, of }| told(done, of)),
        }
    }
}
