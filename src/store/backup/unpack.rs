//! Unpacks a backup beside where it is to stand, and gives it its name only when it is whole and proven.

use crate::domain::id::Id;
use crate::store::backup::contents::Contents;
use crate::store::backup::error::BackupError;
use crate::store::backup::layout::{PartHead, PartKind};
use crate::store::backup::read::{Reading, Unpacking, header_of, segment_number};
use crate::store::backup::write::look_for_room;
use crate::store::journal::segment_name;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Lies in a folder as long as it is being unpacked: what was left by a restoring that was stopped is known by it.
const UNDER_WAY: &str = "restoring";
/// The working copy takes about as much as the journal, and both are there.
const ROOM: u64 = 2;

/// A folder in which a book is unpacked. Dropped before it has its name, it is removed.
pub struct Staging {
    folder: PathBuf,
    fresh: PathBuf,
    named: bool,
}

impl Staging {
    /// Unpacks `file` beside `folder`, which must be empty or not there; `told` hears of bytes unpacked.
    ///
    /// # Errors
    /// When the backup is not whole, the folder is not empty, or the disk refuses. Nothing is left behind then.
    pub fn unpack(file: &Path, folder: &Path, told: &mut dyn FnMut(u64)) -> Result<(Staging, Contents), BackupError> {
        let header = header_of(file)?;
        let (staging, above) = Staging::begin(folder)?;
        look_for_room(&above, header.journal_bytes.saturating_mul(ROOM))?;
        let mut files = Files { folder: staging.fresh.clone(), under_way: None };
        let contents = Reading::open(file)?.walk(file, &mut files, told)?;
        for part in ["journal", "drafts", "."] {
            let path = staging.fresh.join(part);
            sync_folder(&path).map_err(|error| BackupError::disk(&path, &error))?;
        }
        Ok((staging, contents))
    }

    fn begin(folder: &Path) -> Result<(Staging, PathBuf), BackupError> {
        let folder = std::path::absolute(folder).map_err(|error| BackupError::disk(folder, &error))?;
        let failed = |path: &Path, error: io::Error| BackupError::disk(path, &error);
        match fs::read_dir(&folder).map(|mut names| names.next().is_none()) {
            Ok(true) => {}
            Ok(false) => return Err(BackupError::NotEmpty(folder)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(&folder, error)),
        }
        let (Some(name), Some(above)) = (folder.file_name(), folder.parent()) else {
            return Err(BackupError::NotEmpty(folder));
        };
        let (mut fresh_name, above) = (name.to_owned(), above.to_owned());
        fresh_name.push(".new");
        let fresh = above.join(fresh_name);
        if fresh.join(UNDER_WAY).is_file() {
            fs::remove_dir_all(&fresh).map_err(|error| failed(&fresh, error))?;
        } else if fs::symlink_metadata(&fresh).is_ok() {
            return Err(BackupError::Exists(fresh));
        }
        let make = |path: &Path| DirBuilder::new().recursive(true).mode(0o700).create(path);
        make(&fresh).map_err(|error| failed(&fresh, error))?;
        let staging = Staging { folder, fresh, named: false };
        let begun = private(&staging.fresh.join(UNDER_WAY)).map(drop);
        let begun = begun.and_then(|()| make(&staging.fresh.join("journal")));
        begun.and_then(|()| make(&staging.fresh.join("drafts"))).map_err(|error| failed(&staging.fresh, error))?;
        Ok((staging, above))
    }

    /// Where the book is until it has its name.
    pub fn path(&self) -> &Path {
        &self.fresh
    }

    /// Gives the book its name and makes that last.
    ///
    /// # Errors
    /// When the disk refuses, or somebody put something there meanwhile.
    pub fn name(mut self) -> Result<PathBuf, BackupError> {
        let name = || -> io::Result<()> {
            fs::remove_file(self.fresh.join(UNDER_WAY))?;
            sync_folder(&self.fresh)?;
            fs::rename(&self.fresh, &self.folder)
        };
        name().map_err(|error| BackupError::disk(&self.folder, &error))?;
        self.named = true;
        let above = self.folder.parent().unwrap_or_else(|| Path::new("/"));
        sync_folder(above).map_err(|error| BackupError::disk(above, &error))?;
        Ok(self.folder.clone())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.named {
            // What cannot be removed now is removed by the next restoring.
            let _ = fs::remove_dir_all(&self.fresh);
        }
    }
}

/// The files of a book being unpacked. No name in a backup is believed: each is made anew from what it means.
struct Files {
    folder: PathBuf,
    under_way: Option<File>,
}

impl Files {
    fn place(&self, part: &PartHead) -> io::Result<PathBuf> {
        Ok(match part.kind {
            PartKind::Segment => {
                let number = segment_number(part).ok_or(io::ErrorKind::InvalidData)?;
                self.folder.join("journal").join(segment_name(number))
            }
            PartKind::Format => self.folder.join("format"),
            PartKind::Draft => {
                let id = Id::parse(&part.name).ok_or(io::ErrorKind::InvalidData)?;
                self.folder.join("drafts").join(id.to_string())
            }
        })
    }
}

impl Write for Files {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.under_way.as_mut().map_or(Ok(bytes.len()), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Unpacking for Files {
    fn begin(&mut self, part: &PartHead) -> io::Result<()> {
        self.under_way = Some(private(&self.place(part)?)?);
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.under_way.take().map_or(Ok(()), |file| file.sync_all())
    }
}

fn private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}
