//! A folder that goes away with its owner.

use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// A folder of one's own among the temporary files, removed when this is dropped.
#[derive(Debug)]
pub struct Temporary(PathBuf);

impl Temporary {
    /// A new folder, its name made from `seed` and this process.
    pub fn new(seed: u64) -> io::Result<Temporary> {
        let name =
            |turn: u64| format!("kehu-{}-{:08x}", std::process::id(), (seed ^ (seed >> 32)).wrapping_add(turn) as u32);
        let make = |turn| {
            let path = std::env::temp_dir().join(name(turn));
            DirBuilder::new().mode(0o700).create(&path).map(|()| Temporary(path))
        };
        let taken = |made: &io::Result<Temporary>| {
            made.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists)
        };
        (0..100).map(make).find(|made| !taken(made)).unwrap_or_else(|| Err(io::ErrorKind::AlreadyExists.into()))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // What cannot be removed stays for the system to clear.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
