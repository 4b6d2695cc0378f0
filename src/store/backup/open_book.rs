//! A backup of the book that is open.

use crate::store::backup::contents::{Contents, Stamp};
use crate::store::backup::error::BackupError;
use crate::store::backup::write::{Source, make};
use crate::store::error::{ReadOnly, StoreError};
use crate::store::{Progress, Store};
use std::path::Path;

impl Store {
    /// Backs the book up into `file` as it is now. It is read back and counted before it takes its name; one of that name
    /// is replaced only if `replace`.
    ///
    /// # Errors
    /// When the journal is not whole or is in doubt, or the disk refuses; `file` is then as it was.
    pub fn backup(
        &self,
        file: &Path,
        stamp: &Stamp,
        replace: bool,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Contents, BackupError> {
        if let Some(why) = self.read_only().filter(|why| **why != ReadOnly::Asked) {
            return Err(StoreError::ReadOnly(why.clone()).into());
        }
        let (working, journal) = (self.settled(), self.next_seq() - 1);
        if working > journal {
            return Err(StoreError::ReadOnly(ReadOnly::Ahead { working, journal }).into());
        }
        if self.is_in_doubt() {
            return Err(StoreError::ReadOnly(ReadOnly::Other).into());
        }
        let source = Source { disk: self.disk.as_ref(), paths: &self.paths, end: self.journal.end() };
        make(&source, file, stamp, replace, progress)
    }
}
