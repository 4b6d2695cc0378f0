//! Why a backup could not be made, believed or unpacked, with enough in it to be said in any language.

use crate::store::codec::Fault;
use crate::store::error::StoreError;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What went wrong with a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackupError {
    /// The book itself, or the disk.
    Store(StoreError),
    /// There is a file of that name, and it was not to be replaced.
    Exists(PathBuf),
    /// The folder to unpack into holds something already.
    NotEmpty(PathBuf),
    /// There is not enough room.
    NoRoom {
        /// Where.
        path: PathBuf,
        /// Bytes wanted.
        needed: u64,
        /// Bytes free.
        free: u64,
    },
    /// The file is no backup.
    Foreign(PathBuf),
    /// The backup is damaged.
    Spoiled {
        /// Which file.
        path: PathBuf,
        /// Which file packed in it, if it was met in one.
        within: Option<String>,
        /// At which byte of that file.
        offset: u64,
        /// What was expected there.
        what: &'static str,
    },
    /// What was unpacked is not the book the backup says it is.
    Unlike {
        /// Entries the backup says it holds.
        promised: u64,
        /// Entries found.
        found: u64,
    },
}

impl BackupError {
    /// The disk's refusal at `path`.
    pub(super) fn disk(path: &Path, error: &io::Error) -> BackupError {
        BackupError::Store(StoreError::disk(path, error))
    }
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> BackupError {
        BackupError::Store(error)
    }
}

impl From<BackupError> for StoreError {
    /// For whoever makes a backup on the way to something else.
    fn from(error: BackupError) -> StoreError {
        let said = error.to_string();
        match error {
            BackupError::Store(error) => error,
            BackupError::Spoiled { path, offset, what, .. } => StoreError::Damaged { path, offset, what },
            BackupError::Foreign(path) => StoreError::Damaged { path, offset: 0, what: "backup" },
            BackupError::Exists(path) => StoreError::disk(&path, &io::ErrorKind::AlreadyExists.into()),
            BackupError::NotEmpty(path) => StoreError::disk(&path, &io::ErrorKind::DirectoryNotEmpty.into()),
            BackupError::NoRoom { path, .. } => StoreError::disk(&path, &io::ErrorKind::StorageFull.into()),
            BackupError::Unlike { .. } => StoreError::Worn { text: said },
        }
    }
}

impl fmt::Display for BackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BackupError::Store(error) => error.fmt(f),
            BackupError::Exists(path) => write!(f, "{} exists already", path.display()),
            BackupError::NotEmpty(path) => write!(f, "{} is not empty", path.display()),
            BackupError::NoRoom { path, needed, free } => {
                write!(f, "{}: {needed} bytes are needed and {free} are free", path.display())
            }
            BackupError::Foreign(path) => write!(f, "{} is not a backup made by kehu", path.display()),
            BackupError::Spoiled { path, within, offset, what } => match within {
                Some(name) => write!(
                    f,
                    "the backup {} is damaged: no readable {what} at byte {offset} of {name} in it",
                    path.display()
                ),
                None => write!(f, "the backup {} is damaged at byte {offset}: no readable {what}", path.display()),
            },
            BackupError::Unlike { promised, found } => {
                write!(f, "the backup says it holds {promised} entries, and {found} were found in it")
            }
        }
    }
}

impl std::error::Error for BackupError {}

/// What was met while bytes were read, before it is known where they stand.
#[derive(Debug)]
pub(super) enum Met {
    /// The disk failed.
    Disk(io::Error),
    /// They are not what they should be.
    Fault(Fault),
}

impl From<Fault> for Met {
    fn from(fault: Fault) -> Met {
        Met::Fault(fault)
    }
}

impl From<io::Error> for Met {
    /// What unpacking says of bytes it cannot read comes as an error of the reader.
    fn from(error: io::Error) -> Met {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Met::Fault(Fault::Spoiled("end")),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Met::Fault(Fault::Spoiled("packed bytes")),
            _ => Met::Disk(error),
        }
    }
}
