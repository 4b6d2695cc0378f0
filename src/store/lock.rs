//! One session at a time: a lock on a file that says who holds the book.

use crate::domain::time::Moment;
use crate::store::error::StoreError;
use rustix::fs::{FlockOperation, flock};
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a lock of a process that is gone is waited for.
const PATIENCE: Duration = Duration::from_millis(1500);
const PAUSE: Duration = Duration::from_millis(20);

/// The lock, held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
    /// Who had it before, as it was written down.
    before: Holder,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A process being started at this moment may hold a copy of the file: closing it alone would not do.
        let _ = flock(&self.file, FlockOperation::Unlock);
    }
}

impl Lock {
    /// Takes the lock at `path`, noting this process, this machine and `now`.
    pub fn take(path: &Path, now: Moment) -> Result<Lock, StoreError> {
        let failed = |error: std::io::Error| StoreError::disk(path, &error);
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path);
        let mut file = open.map_err(failed)?;
        let before = read_holder(&mut file);
        let started = Instant::now();
        while flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
            let holder = read_holder(&mut file);
            if started.elapsed() > PATIENCE || is_alive(&holder) {
                return Err(StoreError::Held { pid: holder.pid, host: holder.host, since: holder.since });
            }
            std::thread::sleep(PAUSE);
        }
        let text = format!("{}\n{}\n{now}\n", std::process::id(), host());
        file.set_len(0).map_err(failed)?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        file.write_all(text.as_bytes()).map_err(failed)?;
        Ok(Lock { file, before })
    }

    /// The other machine that had the lock before, and since when; `None` where it was this one, or nobody.
    pub fn other_machine(&self) -> Option<(String, String)> {
        let Holder { host: name, since, .. } = &self.before;
        (!name.is_empty() && *name != host()).then(|| (name.clone(), since.clone()))
    }
}

/// A look at a book that nobody has open; nobody can open it for writing until this is dropped.
#[derive(Debug)]
pub struct Look {
    _file: Option<File>,
}

/// Looks whether the lock at `path` is free, and writes nothing.
///
/// # Errors
/// [`StoreError::Held`] where another session has it.
pub fn look(path: &Path) -> Result<Look, StoreError> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Look { _file: None }),
        Err(error) => return Err(StoreError::disk(path, &error)),
    };
    match flock(&file, FlockOperation::NonBlockingLockShared) {
        Err(rustix::io::Errno::WOULDBLOCK) => {
            let holder = read_holder(&mut file);
            Err(StoreError::Held { pid: holder.pid, host: holder.host, since: holder.since })
        }
        // Where locks are not known nobody can hold one.
        _ => Ok(Look { _file: Some(file) }),
    }
}

/// Whether nobody has the lock at `path`, so that it could be taken.
pub fn is_free(path: &Path) -> bool {
    let file = OpenOptions::new().read(true).write(true).open(path);
    // Closing the file lets it go again.
    file.is_ok_and(|file| flock(&file, FlockOperation::NonBlockingLockShared).is_ok())
}

#[derive(Debug, Default)]
struct Holder {
    pid: u32,
    host: String,
    since: String,
}

fn read_holder(file: &mut File) -> Holder {
    let mut text = String::new();
    if file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_string(&mut text)).is_err() {
        return Holder::default();
    }
    let mut lines = text.lines();
    Holder {
        pid: lines.next().and_then(|pid| pid.parse().ok()).unwrap_or(0),
        host: lines.next().unwrap_or_default().to_owned(),
        since: lines.next().unwrap_or_default().to_owned(),
    }
}

/// Whether the holder is surely at work: on another machine that cannot be seen and is believed.
fn is_alive(holder: &Holder) -> bool {
    let pid = i32::try_from(holder.pid).ok().and_then(rustix::process::Pid::from_raw);
    match pid {
        Some(_) if holder.host != host() => true,
        Some(pid) => !matches!(rustix::process::test_kill_process(pid), Err(rustix::io::Errno::SRCH)),
        // The holder has the lock and has not yet written its name.
        None => false,
    }
}

/// This machine's name.
pub fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}
