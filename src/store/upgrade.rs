//! What is done before the first entry of today's format is written into a book of an older one.

use crate::domain::time::Moment;
use crate::store::backup::contents::Stamp;
use crate::store::backup::error::BackupError;
use crate::store::backup::write::backup_to;
use crate::store::codec::FORMAT;
use crate::store::disk::Disk;
use crate::store::error::StoreError;
use crate::store::format;
use crate::store::paths::Paths;
use std::io;
use std::path::PathBuf;

/// That a book is of today's format from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgraded {
    /// The book as it was, in a backup that was read back; `None` for a damaged book that is written in all the same.
    pub backup: Option<PathBuf>,
}

/// Backs a book of an older format up, and notes that it is of today's: a program that knows the older one alone must not
/// write in it any more.
///
/// # Errors
/// When the backup cannot be made. Nothing is changed then.
pub fn upgrade(disk: &dyn Disk, paths: &Paths, host: &str, now: Moment) -> Result<Upgraded, StoreError> {
    let file = paths.book.join("backups").join(format!("before-format-{FORMAT}.kehu"));
    let stamp = Stamp { device: host.to_owned(), made_at: now };
    let backup = match backup_to(disk, &paths.book, &file, &stamp) {
        Ok(_) => Some(file),
        // Who wrote on in a damaged book was told so, and its journal stays as it is.
        Err(BackupError::Store(StoreError::Damaged { .. })) => None,
        Err(BackupError::Store(error)) => return Err(error),
        Err(BackupError::NoRoom { path, .. }) => {
            return Err(StoreError::disk(&path, &io::ErrorKind::StorageFull.into()));
        }
        Err(_) => return Err(StoreError::Damaged { path: file, offset: 0, what: "backup" }),
    };
    format::note(disk, paths)?;
    Ok(Upgraded { backup })
}
