//! The number by which a book knows this device: made by chance, and made anew where the book is copied or restored.

use crate::store::codec::{Reader, read_file, write_file};
use crate::store::disk::{Disk, read_whole, replace_whole};
use crate::store::error::StoreError;
use crate::store::paths::Paths;
use std::hash::BuildHasher;
use std::time::SystemTime;

/// The device's number; where the folder has none, or is a copy (`is_copy`), one is made: two folders that count for the
/// same device would give the same numbers to different entries.
///
/// # Errors
/// When a new one cannot be written.
pub fn number(disk: &dyn Disk, paths: &Paths, is_copy: bool) -> Result<u64, StoreError> {
    let stored = read_whole(disk, &paths.device).ok().filter(|_| !is_copy);
    let known = stored.and_then(|stored| Reader::of(read_file(&stored).ok()?).fixed_u64().ok());
    known.map_or_else(|| renew(disk, paths), Ok)
}

/// Gives the device a new number.
///
/// # Errors
/// When it cannot be written.
pub fn renew(disk: &dyn Disk, paths: &Paths) -> Result<u64, StoreError> {
    let fresh = by_chance();
    replace_whole(disk, &paths.book, "device", &write_file(&fresh.to_le_bytes()))
        .map_err(|error| StoreError::disk(&paths.device, &error))?;
    Ok(fresh)
}

/// A number that no other has; never 0.
pub fn by_chance() -> u64 {
    std::hash::RandomState::new().hash_one(SystemTime::now()).max(1)
}
