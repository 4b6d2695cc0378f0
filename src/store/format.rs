//! The note of the format a book is written in, so that an older program leaves it alone.

use crate::store::codec::{Reader, generation, put_number, read_file, write_file};
use crate::store::disk::{Disk, read_whole, replace_whole};
use crate::store::error::StoreError;
use crate::store::paths::Paths;

/// Refuses a book that a newer program wrote, and notes in one that may be written that this program did.
pub fn check(disk: &dyn Disk, paths: &Paths, read_only: bool) -> Result<(), StoreError> {
    let known = generation();
    let noted =
        read_whole(disk, &paths.format).ok().and_then(|stored| Reader::of(read_file(&stored).ok()?).number().ok());
    let found = noted.map_or(0, |found| u32::try_from(found).unwrap_or(u32::MAX));
    if found > known {
        return Err(StoreError::NewerFormat { what: "the book", found, known });
    }
    if found == known || read_only {
        return Ok(());
    }
    let mut body = Vec::new();
    put_number(u64::from(known), &mut body);
    replace_whole(disk, &paths.book, "format", &write_file(&body))
        .map_err(|error| StoreError::disk(&paths.format, &error))
}
