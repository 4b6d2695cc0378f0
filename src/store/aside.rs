//! A folder of one's own for the working copy of a book that is only looked at, so that nothing in its own is written.

use crate::store::error::StoreError;
use crate::store::paths::Paths;
use crate::store::tree::size_of;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How such folders are called; the process follows.
const NAME: &str = "kehu-look-";
/// Bytes that are to be free besides what is copied.
const SPARE: u64 = 8 * 1024 * 1024;

/// The folder, removed when this is dropped.
#[derive(Debug)]
pub struct Aside(PathBuf);

impl Aside {
    /// Makes one, and has what is made of the book put there. What others left who were killed is removed. A working copy
    /// that nobody writes in is copied (`copies`): it is quicker than to make another, and may know what the journal lost.
    ///
    /// # Errors
    /// Where no place for temporary files has the room.
    pub fn make(paths: &mut Paths, copies: bool) -> Result<Aside, StoreError> {
        let kept = paths.working.clone();
        let needed = if copies { size_of(&kept) } else { 2 * size_of(&paths.journal) };
        let mut refused = None;
        for among in places() {
            remove_orphans(&among);
            if rooms(&among).is_some_and(|free| free < needed + SPARE) {
                refused.get_or_insert(StoreError::disk(&among, &io::ErrorKind::StorageFull.into()));
                continue;
            }
            let made = Aside::make_among(&among).and_then(|aside| {
                if copies && kept.is_dir() {
                    copy_files(&kept, &aside.0.join("working")).map_err(|error| StoreError::disk(&kept, &error))?;
                }
                Ok(aside)
            });
            match made {
                Ok(aside) => {
                    paths.working = aside.0.join("working");
                    paths.drafts = aside.0.join("drafts");
                    return Ok(aside);
                }
                Err(error) => refused = Some(error),
            }
        }
        Err(refused.unwrap_or_else(|| StoreError::disk(&std::env::temp_dir(), &io::ErrorKind::NotFound.into())))
    }

    fn make_among(among: &Path) -> Result<Aside, StoreError> {
        let stamp = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().subsec_nanos();
        let folder = among.join(format!("{NAME}{}-{stamp:x}", std::process::id()));
        DirBuilder::new().mode(0o700).create(&folder).map_err(|error| StoreError::disk(&folder, &error))?;
        Ok(Aside(folder))
    }
}

/// Where such a folder may be, the first with room is taken: a full disk must not keep anybody from looking.
fn places() -> Vec<PathBuf> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let places = [Some(std::env::temp_dir()), Some(PathBuf::from("/dev/shm")), runtime];
    places.into_iter().flatten().filter(|place| place.is_dir()).collect()
}

/// Bytes free for whoever runs this below `place`; `None` where that is not known.
fn rooms(place: &Path) -> Option<u64> {
    let about = rustix::fs::statvfs(place).ok()?;
    Some(about.f_bavail.saturating_mul(about.f_frsize))
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
