//! A folder of one's own for the working copy of a book that is only looked at: its own folder cannot be written, or
//! another session has it.

use crate::store::Paths;
use crate::store::error::StoreError;
use crate::store::mark::Mark;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How such folders are called; the process follows.
const NAME: &str = "kehu-look-";

/// The folder, removed when this is dropped.
#[derive(Debug)]
pub struct Aside(PathBuf);

impl Aside {
    /// Makes one, and has what is made of the book put there. What others left who were killed is removed.
    pub fn make(paths: &mut Paths) -> Result<Aside, StoreError> {
        let among = std::env::temp_dir();
        remove_orphans(&among);
        let stamp = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().subsec_nanos();
        let folder = among.join(format!("{NAME}{}-{stamp:x}", std::process::id()));
        DirBuilder::new().mode(0o700).create(&folder).map_err(|error| StoreError::disk(&folder, &error))?;
        let kept = paths.working.clone();
        paths.working = folder.join("working");
        paths.drafts = folder.join("drafts");
        let aside = Aside(folder);
        aside.copy(&kept, paths)?;
        Ok(aside)
    }

    /// A working copy that was closed well is copied, which is quicker than to make another. While somebody may be
    /// writing in it, it is not looked at.
    fn copy(&self, kept: &Path, paths: &Paths) -> Result<(), StoreError> {
        use crate::store::disk::RealDisk;
        if !matches!(super::mark::read_mark(&RealDisk, &paths.mark), Mark::Closed(_)) {
            return Ok(());
        }
        copy_files(kept, &paths.working).map_err(|error| StoreError::disk(&paths.working, &error))
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next one.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy_files(from: &Path, to: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o700).create(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let beside = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_files(&entry.path(), &beside)?;
        } else {
            // The rights are not copied: what cannot be written there is to be written here.
            io::copy(&mut fs::File::open(entry.path())?, &mut fs::File::create(&beside)?)?;
        }
    }
    Ok(())
}

fn remove_orphans(among: &Path) {
    let process = |name: &str| name.strip_prefix(NAME)?.split('-').next()?.parse::<i32>().ok();
    let is_gone = |number: i32| {
        let pid = rustix::process::Pid::from_raw(number);
        pid.is_some_and(|pid| rustix::process::test_kill_process(pid) == Err(rustix::io::Errno::SRCH))
    };
    for entry in fs::read_dir(among).into_iter().flatten().filter_map(Result::ok) {
        if process(&entry.file_name().to_string_lossy()).is_some_and(is_gone) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
