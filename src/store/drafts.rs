//! What is being typed and not yet saved: a small file each, safe from a power cut.

use crate::domain::id::Id;
use crate::store::Store;
use crate::store::codec::{Reader, put_block, read_file, write_file};
use crate::store::disk::{Disk, RealDisk, read_whole, replace_whole};
use crate::store::error::StoreError;
use crate::store::paths::Paths;
use crate::store::tending::is_draft;
use std::io;
use std::path::Path;

/// How many drafts are kept beside the book in `folder`, which need not be open.
pub fn count_in(folder: &Path) -> usize {
    let names = RealDisk.names(&Paths::of(folder).drafts).unwrap_or_default();
    names.iter().filter(|name| is_draft(name)).count()
}

impl Store {
    /// Keeps `bytes` under `key`, in place of what was kept there. The key is nowhere to be seen in a file's name.
    pub fn save_draft(&self, key: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let folder = &self.paths.drafts;
        let mut body = Vec::new();
        put_block(key.as_bytes(), &mut body);
        body.extend(bytes);
        let save = || {
            self.disk.make_folder(folder)?;
            replace_whole(self.disk.as_ref(), folder, &Id::of_name(key).to_string(), &write_file(&body))
        };
        save().map_err(|error| StoreError::disk(folder, &error))
    }

    /// All that is kept, with its keys. What cannot be read is left out: it is put aside and told at opening.
    pub fn drafts(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let folder = &self.paths.drafts;
        let names = match self.disk.names(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            names => names.map_err(|error| StoreError::disk(folder, &error))?,
        };
        let read = |name: &String| {
            let stored = read_whole(self.disk.as_ref(), &folder.join(name)).ok()?;
            let mut reader = Reader::of(read_file(&stored).ok()?);
            let key = reader.text().ok()?;
            Some((key, reader.rest().to_vec()))
        };
        Ok(names.iter().filter(|name| is_draft(name)).filter_map(read).collect())
    }

    /// Lets go of what is kept under `key`, if anything is.
    pub fn remove_draft(&self, key: &str) -> Result<(), StoreError> {
        let path = self.paths.drafts.join(Id::of_name(key).to_string());
        match self.disk.remove(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::disk(&path, &error)),
            _ => Ok(()),
        }
    }
}
