//! Opaque files kept beside the book: what can always be made again, and is quicker read than made.

use crate::domain::id::Id;
use crate::store::codec::{read_file, write_file};
use crate::store::disk::{RealDisk, read_whole};
use crate::store::error::StoreError;
use crate::store::{Paths, Store};
use std::path::{Path, PathBuf};

impl Paths {
    fn sidecar(&self, name: &str) -> PathBuf {
        self.sidecars.join(Id::of_name(name).to_string())
    }
}

/// What `read` makes of what was put aside under `name` for the book in `folder`, without opening it. Another session may
/// have it open, so that what is found may be older or newer than what will be opened.
pub fn sidecar_of<T>(folder: &Path, name: &str, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
    let stored = read_whole(&RealDisk, &Paths::of(folder).sidecar(name)).ok()?;
    read(read_file(&stored).ok()?)
}

impl Store {
    /// What `read` makes of what was put aside under `name`; `None` when nothing was, or when it cannot be believed any
    /// more.
    pub fn sidecar<T>(&self, name: &str, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
        let stored = read_whole(self.disk.as_ref(), &self.paths.sidecar(name)).ok()?;
        read(read_file(&stored).ok()?)
    }

    /// Removes all that was put aside: it may hold what is to be forgotten.
    pub(super) fn remove_sidecars(&self) -> Result<(), StoreError> {
        let folder = &self.paths.sidecars;
        for name in self.disk.names(folder).unwrap_or_default() {
            let path = folder.join(name);
            self.disk.remove(&path).map_err(|error| StoreError::disk(&path, &error))?;
        }
        Ok(())
    }

    /// Puts `bytes` aside under `name`. A power cut may take it away, but never half of it.
    pub fn put_sidecar(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.paths.sidecar(name);
        let fresh = path.with_extension("new");
        let write = || {
            self.disk.make_folder(&self.paths.sidecars)?;
            self.disk.create(&fresh)?.write_at(&write_file(bytes), 0)?;
            self.disk.rename(&fresh, &path)
        };
        write().map_err(|error| StoreError::disk(&path, &error))
    }
}
