//! A file written whole or not at all, for its owner's eyes only.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where a file is written before it takes its name.
pub fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// A new file that only its owner may read: it holds people's names and numbers.
pub fn private(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

/// Writes `bytes` to a file; one that is there stays whole until the new one is.
///
/// # Errors
/// When the disk refuses; what was begun is taken away again.
pub fn keep(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = beside(path);
    let written = private(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, path)
    });
    written.inspect_err(|_| {
        // What is left of a failed export is of no use; if it cannot be removed, the error told says more.
        let _ = fs::remove_file(&part);
    })
}
