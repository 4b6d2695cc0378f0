//! Where the parts of a book are in its folder.

use std::path::{Path, PathBuf};

/// Where the parts of a book are.
#[derive(Clone, Debug)]
pub struct Paths {
    /// Its folder.
    pub book: PathBuf,
    /// The folder of the journal.
    pub journal: PathBuf,
    /// The working copy.
    pub working: PathBuf,
    /// The note beside the working copy.
    pub mark: PathBuf,
    /// Who has it open.
    pub lock: PathBuf,
    /// The number of this device.
    pub device: PathBuf,
    /// The format it is written in.
    pub format: PathBuf,
    /// What can always be made again.
    pub sidecars: PathBuf,
    /// What is typed and not yet saved.
    pub drafts: PathBuf,
}

impl Paths {
    pub fn of(book: &Path) -> Paths {
        Paths {
            book: book.to_owned(),
            journal: book.join("journal"),
            working: book.join("working"),
            mark: book.join("mark"),
            lock: book.join("lock"),
            device: book.join("device"),
            format: book.join("format"),
            sidecars: book.join("sidecars"),
            drafts: book.join("drafts"),
        }
    }
}
