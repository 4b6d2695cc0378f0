//! A file written whole or not at all, for its owner's eyes only; a device or a pipe is written straight into.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Paths below these are open files of this program, whatever they are.
const DESCRIPTORS: [&str; 4] = ["/proc", "/dev/fd", "/dev/stdout", "/dev/stderr"];
/// Names of the standard output.
const STANDARD_OUTPUT: [&str; 4] = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];
/// How many links are followed, one to another.
const MOST_LINKS: usize = 40;

/// Whether `path` is a name of the standard output.
pub fn is_standard_output(path: &Path) -> bool {
    STANDARD_OUTPUT.iter().any(|name| path.as_os_str() == *name)
}

/// Whether what is written to `path` goes straight there, and is no file to be kept whole: a device, a pipe, a terminal.
pub fn goes_straight(path: &Path) -> bool {
    let is_descriptor = |path: &Path| DESCRIPTORS.iter().any(|descriptors| path.starts_with(descriptors));
    is_descriptor(path)
        || is_descriptor(&followed(path))
        || fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir())
}

/// Where a path leads that may be a link.
fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(next) => path = path.parent().map_or(next.clone(), |folder| folder.join(&next)),
            Err(_) => break,
        }
    }
    path
}

/// A file being written. One that is there stays whole until [`Outlet::finish`]; dropped before, nothing is left of it.
#[derive(Debug)]
pub struct Outlet {
    file: File,
    /// Where a plain file is written meanwhile, and the name it is to have.
    part: Option<(PathBuf, PathBuf)>,
}

impl Outlet {
    /// Begins to write to `path`; where that is a link, to where it leads.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn open(path: &Path) -> io::Result<Outlet> {
        if goes_straight(path) {
            return Ok(Outlet { file: OpenOptions::new().append(true).open(path)?, part: None });
        }
        let name = followed(path);
        if name.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let mut beside = name.file_name().unwrap_or_default().to_owned();
        beside.push(".part");
        let part = name.with_file_name(beside);
        // Only its owner may read it: it holds people's names and numbers.
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
        Ok(Outlet { file, part: Some((part, name)) })
    }

    /// All was written: a plain file is made last and takes its name.
    ///
    /// # Errors
    /// When the disk refuses; what was there before is then still there.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some((part, name)) = &self.part {
            self.file.sync_all()?;
            fs::rename(part, name)?;
        }
        self.part = None;
        Ok(())
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Outlet {
    fn drop(&mut self) {
        if let Some((part, _)) = &self.part {
            // What is left of a failed export is of no use; if it cannot be removed, the error told says more.
            let _ = fs::remove_file(part);
        }
    }
}

/// Writes `bytes` to a file; one that is there stays whole until the new one is.
///
/// # Errors
/// When the disk refuses; what was begun is taken away again.
pub fn keep(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut outlet = Outlet::open(path)?;
    outlet.write_all(bytes)?;
    outlet.finish()
}

#[cfg(test)]
mod tests {
    use super::{goes_straight, keep};
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    #[test]
    fn where_a_link_leads_is_written_and_the_link_stays() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("real")).unwrap();
        symlink("middle", at("link")).unwrap();
        symlink("real/file", at("middle")).unwrap();
        for text in ["first", "second"] {
            keep(&at("link"), text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(at("real/file")).unwrap(), text);
        }
        assert!(at("link").is_symlink() && at("middle").is_symlink());
        assert_eq!(fs::read_dir(at("real")).unwrap().count(), 1);
    }

    #[test]
    fn devices_are_written_into_and_stay_devices() {
        let folder = tempfile::tempdir().unwrap();
        symlink("/dev/null", folder.path().join("null")).unwrap();
        for path in [Path::new("/dev/null"), &folder.path().join("null")] {
            assert!(goes_straight(path));
            keep(path, b"x").unwrap();
            assert!(goes_straight(path));
        }
        assert!(goes_straight(Path::new("/dev/stdout")) && !goes_straight(&folder.path().join("new")));
        assert!(keep(folder.path(), b"x").is_err());
    }
}
