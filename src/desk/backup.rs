//! The book backed up and restored, and what the person is told when that fails.

use crate::desk::{Desk, Opening};
use crate::store::Progress;
use crate::store::backup::contents::{Contents, Stamp};
use crate::store::backup::error::BackupError;
use crate::store::backup::read::header_of;
use crate::store::backup::unpack::Staging;
use crate::text::figures::grouped;
use crate::text::{Language, words};
use std::path::{Path, PathBuf};

/// Told of long work as done and whole, in bytes.
type Told<'a> = &'a mut dyn FnMut(u64, u64);

/// A book restored into a folder of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Where it is.
    pub folder: PathBuf,
    /// What the backup held.
    pub contents: Contents,
    /// Customers in it.
    pub customers: usize,
    /// Imports that were under way when the backup was made; they were undone.
    pub undone: usize,
}

/// Backs the book up into `file` as it is now; one of that name is replaced only if `replace`.
///
/// # Errors
/// When the book is in doubt, the disk refuses, or what was written does not read back as it should.
pub fn make(desk: &Desk, file: &Path, stamp: &Stamp, replace: bool, told: Told<'_>) -> Result<Contents, BackupError> {
    desk.store.backup(file, stamp, replace, &mut |Progress { done, of }| told(done, of))
}

/// Unpacks a backup into `folder`, opens the book there and counts what it holds; only then does the folder have its
/// name.
///
/// # Errors
/// When the backup is not whole, the folder is not empty, or the disk refuses. Nothing is left behind then.
pub fn restore(file: &Path, folder: &Path, opening: Opening, told: Told<'_>) -> Result<Restored, BackupError> {
    let bytes = header_of(file)?.journal_bytes;
    // Making the working copy is half of the work.
    let of = bytes.saturating_mul(2);
    let mut unpacked = 0;
    let (staging, contents) = Staging::unpack(file, folder, &mut |more| {
        unpacked += more;
        told(bytes.min(unpacked), of);
    })?;
    let making = |done: u64, _| told(bytes.saturating_add(done.min(bytes)), of);
    let (desk, opened) = Desk::open(staging.path(), opening, &mut { making })?;
    let (promised, found) = (contents.header.entries, desk.store.next_seq() - 1);
    if found < promised || !opened.damages.is_empty() || desk.is_read_only() {
        return Err(BackupError::Unlike { promised, found });
    }
    let (customers, undone) = (desk.book.len(), opened.undone_groups.len());
    desk.close()?;
    Ok(Restored { folder: staging.name()?, contents, customers, undone })
}

impl BackupError {
    /// What the person is told.
    pub fn say(&self, language: Language) -> String {
        if let BackupError::Store(error) = self {
            return error.say(language);
        }
        if let BackupError::NoRoom { path, needed, free } = self {
            let [needed, free] = [needed, free].map(|bytes| grouped(bytes.div_ceil(1_000_000)));
            return match language {
                Language::En => format!("{}: {needed} MB are needed and {free} MB are free", path.display()),
                Language::Zh => format!("{}：需要 {needed} MB，可用 {free} MB", path.display()),
            };
        }
        if language == Language::En {
            return self.to_string();
        }
        match self {
            BackupError::Store(_) | BackupError::NoRoom { .. } => String::new(),
            BackupError::Exists(path) => format!("{} 已经存在", path.display()),
            BackupError::NotEmpty(path) => format!("{} 不是空文件夹", path.display()),
            BackupError::Foreign(path) => format!("{} 不是 kehu 的备份文件", path.display()),
            BackupError::Spoiled { path, within: Some(name), offset, .. } => {
                format!("备份 {} 已损坏：其中 {name} 的第 {offset} 字节处无法读取", path.display())
            }
            BackupError::Spoiled { path, within: None, offset, .. } => {
                format!("备份 {} 已损坏：第 {offset} 字节处无法读取", path.display())
            }
            BackupError::Unlike { promised, found } => {
                format!("备份标明有 {promised} 条记录，实际读到 {found} 条")
            }
        }
    }

    /// What the person can do about it, where something helps.
    pub fn hint(&self, language: Language) -> Option<&'static str> {
        let hint = match self {
            BackupError::Store(error) => return error.hint(language),
            BackupError::Exists(_) => {
                words("choose another name, or replace it with --force", "请换一个名字，或用 --force 覆盖")
            }
            BackupError::NotEmpty(_) => words(
                "name a folder that is empty or not there yet: nothing is written over",
                "请指定空文件夹或尚不存在的文件夹，不会覆盖已有内容",
            ),
            BackupError::NoRoom { .. } => {
                words("free some space, or choose another disk", "请清理磁盘空间，或换一块磁盘")
            }
            BackupError::Foreign(_) => words("backups are made with kehu backup FILE", "备份由 kehu backup 文件 生成"),
            BackupError::Spoiled { .. } | BackupError::Unlike { .. } => {
                words("use another backup; this one is left as it is", "请改用另一份备份；这份保持原样")
            }
        };
        Some(hint.say(language))
    }

    /// The exit status of the command line.
    pub fn exit_status(&self) -> u8 {
        match self {
            BackupError::Store(error) => error.exit_status(),
            BackupError::Exists(_) | BackupError::NotEmpty(_) => 2,
            BackupError::NoRoom { .. } => 7,
            BackupError::Foreign(_) | BackupError::Spoiled { .. } | BackupError::Unlike { .. } => 6,
        }
    }
}
