//! The note of the format a book is written in, so that an older program leaves it alone.

use crate::store::codec::{FORMAT, Reader, format_of, noted, put_number, read_file, write_file};
use crate::store::disk::{Disk, read_whole, replace_whole};
use crate::store::error::StoreError;
use crate::store::paths::Paths;

/// Refuses a book that a newer program wrote; says whether it is of an older format.
pub fn is_older(disk: &dyn Disk, paths: &Paths) -> Result<bool, StoreError> {
    let found = format_of(noted_in(disk, paths));
    if found > FORMAT {
        return Err(StoreError::NewerFormat { what: "the book", found, known: FORMAT });
    }
    Ok(found < FORMAT)
}

/// Notes that this program wrote in the book.
pub fn note(disk: &dyn Disk, paths: &Paths) -> Result<(), StoreError> {
    let mut body = Vec::new();
    put_number(u64::from(noted(FORMAT)), &mut body);
    replace_whole(disk, &paths.book, "format", &write_file(&body))
        .map_err(|error| StoreError::disk(&paths.format, &error))
}

/// The format that a book notes, as it stands; 0 where none is noted.
pub fn noted_in(disk: &dyn Disk, paths: &Paths) -> u32 {
    let stored = read_whole(disk, &paths.format).ok();
    let found = stored.and_then(|stored| Reader::of(read_file(&stored).ok()?).number().ok());
    found.map_or(0, |found| u32::try_from(found).unwrap_or(u32::MAX))
}
