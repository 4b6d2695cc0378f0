//! Why the store could not do what was asked, with enough in it to be said in any language.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What went wrong with the book on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Another session has the book open.
    Held {
        /// Its process.
        pid: u32,
        /// The machine it runs on.
        host: String,
        /// Since when, as it was written down.
        since: String,
    },
    /// The disk refused. Nothing was changed.
    Disk {
        /// Which file or folder.
        path: PathBuf,
        /// In which way.
        kind: io::ErrorKind,
        /// What the system says.
        text: String,
    },
    /// The disk failed while an entry was written and again while it was taken back: whether it is kept is known only
    /// when the book is opened again.
    Unsure {
        /// The entry.
        seq: u64,
        /// What the system says.
        text: String,
    },
    /// Stored bytes that cannot be read.
    Damaged {
        /// Which file.
        path: PathBuf,
        /// Where in it, if that is known.
        offset: u64,
        /// What was expected there.
        what: &'static str,
    },
    /// Something was written by a newer version of this program.
    NewerFormat {
        /// What.
        what: &'static str,
        /// Its version.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// The book may only be read, and this would have written.
    ReadOnly(ReadOnly),
    /// There is no book here.
    Missing(PathBuf),
    /// There was a book here, and its journal is gone.
    NoJournal(PathBuf),
    /// Another session wrote in this book's journal, though this one holds the lock. Nothing was changed.
    Foreign {
        /// Which file.
        path: PathBuf,
    },
    /// The entries are safe, but the working copy made of them is not to be trusted until it is made again.
    Worn {
        /// What was seen.
        text: String,
    },
    /// There is no entry of this number.
    NoEntry(u64),
    /// Something is too long to be stored.
    TooLong {
        /// What.
        what: &'static str,
    },
    /// An earlier entry cannot be what this one takes back: it is not earlier.
    WrongTarget(u64),
}

/// Why a book may only be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// It was asked for.
    Asked,
    /// The journal is damaged before its end; see the damages reported at opening.
    Damaged,
    /// The working copy knows more than the journal: an older journal was put in its place, or some of it was taken away.
    Ahead {
        /// The working copy's last entry.
        working: u64,
        /// The journal's last entry.
        journal: u64,
    },
    /// The journal is not the one that its entries were acknowledged in.
    Other,
    /// A person's erasing stopped half way: the book must be opened again.
    HalfErased,
    /// Entries were written by a newer version of this program.
    Newer {
        /// Their version.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
}

impl StoreError {
    /// The disk's refusal at `path`.
    pub fn disk(path: &Path, error: &io::Error) -> StoreError {
        StoreError::Disk { path: path.to_owned(), kind: error.kind(), text: error.to_string() }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Held { pid, host, since } => {
                write!(f, "the book is open in another session (process {pid} on {host}, since {since})")
            }
            StoreError::Disk { path, text, .. } => write!(f, "{}: {text}", path.display()),
            StoreError::Unsure { seq, text } => {
                write!(
                    f,
                    "the disk failed while entry {seq} was saved ({text}); open the book again to see whether it is kept"
                )
            }
            StoreError::Damaged { path, offset, what } => {
                write!(f, "{} is damaged at byte {offset}: no readable {what}", path.display())
            }
            StoreError::NewerFormat { what, found, known } => {
                write!(f, "{what} of version {found} was written by a newer kehu (this one knows {known})")
            }
            StoreError::ReadOnly(why) => write!(f, "the book may only be read: {why}"),
            StoreError::Missing(path) => write!(f, "there is no book in {}", path.display()),
            StoreError::NoJournal(path) => {
                write!(
                    f,
                    "the journal of the book in {} is gone; a working copy or drafts of it are left",
                    path.display()
                )
            }
            StoreError::Foreign { path } => {
                write!(f, "another session has written in {}; nothing was saved here", path.display())
            }
            StoreError::Worn { text } => {
                write!(f, "every entry is saved, but the working copy must be made again: {text}")
            }
            StoreError::NoEntry(seq) => write!(f, "there is no entry {seq}"),
            StoreError::TooLong { what } => write!(f, "{what} is too long to be stored"),
            StoreError::WrongTarget(seq) => write!(f, "entry {seq} cannot be taken back by an earlier one"),
        }
    }
}

impl fmt::Display for ReadOnly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadOnly::Asked => write!(f, "it was opened so"),
            ReadOnly::HalfErased => write!(f, "an erasing stopped half way; open it again and repeat it"),
            ReadOnly::Damaged => write!(f, "its journal is damaged"),
            ReadOnly::Ahead { working, journal } => {
                write!(
                    f,
                    "its journal ends at entry {journal}, but entry {working} was saved; the working copy is the only whole copy"
                )
            }
            ReadOnly::Other => write!(f, "its journal is not the one it was closed with"),
            ReadOnly::Newer { found, known } => {
                write!(f, "entries of version {found} were written by a newer kehu (this one knows {known})")
            }
        }
    }
}

impl std::error::Error for StoreError {}
