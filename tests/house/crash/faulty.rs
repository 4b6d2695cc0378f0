//! A disk in memory that forgets what was not synced, refuses a chosen call, or is full.

use kehu::store::disk::{Disk, DiskFile};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

/// The disk; a clone is the same disk.
#[derive(Clone, Default)]
pub struct FaultyDisk(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    files: BTreeMap<PathBuf, Content>,
    calls: usize,
    refuse: Refuse,
}

/// Which calls are refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Refuse {
    #[default]
    None,
    /// This one alone.
    Call(usize),
    /// From this one on, all that write.
    FullFrom(usize),
    /// All: the power is off.
    All,
}

#[derive(Clone, Default)]
struct Content {
    now: Vec<u8>,
    synced: Vec<u8>,
    /// Not yet surely on the disk, oldest first.
    pending: Vec<Pending>,
    /// Whether its name is surely in the folder.
    named: bool,
}

#[derive(Clone)]
enum Pending {
    Write(u64, Vec<u8>),
    Length(u64),
}

fn apply(bytes: &mut Vec<u8>, pending: &Pending) {
    match pending {
        Pending::Length(length) => bytes.resize(*length as usize, 0),
        Pending::Write(offset, written) => {
            let from = *offset as usize;
            bytes.resize(bytes.len().max(from + written.len()), 0);
            bytes[from..from + written.len()].copy_from_slice(written);
        }
    }
}

impl FaultyDisk {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    /// Counts a call and refuses it if it is to be refused.
    fn call(&self, writes: bool) -> io::Result<MutexGuard<'_, Inner>> {
        let mut inner = self.inner();
        inner.calls += 1;
        let refused = match inner.refuse {
            Refuse::None => false,
            Refuse::Call(number) => inner.calls == number,
            Refuse::FullFrom(number) => writes && inner.calls >= number,
            Refuse::All => true,
        };
        let full = matches!(inner.refuse, Refuse::FullFrom(_));
        match refused {
            true if full => Err(io::ErrorKind::StorageFull.into()),
            true => Err(io::Error::other("refused")),
            false => Ok(inner),
        }
    }

    pub fn calls(&self) -> usize {
        self.inner().calls
    }

    pub fn refuse(&self, refuse: Refuse) {
        self.inner().refuse = refuse;
    }

    /// The power comes back: of what was not synced, each piece of 512 bytes is there or not.
    pub fn power_back(&self, mut chance: impl FnMut() -> bool) {
        let mut inner = self.inner();
        inner.refuse = Refuse::None;
        inner.files.retain(|_, content| content.named || chance());
        for content in inner.files.values_mut() {
            let mut bytes = std::mem::take(&mut content.synced);
            for pending in std::mem::take(&mut content.pending) {
                match pending {
                    Pending::Length(_) if chance() => apply(&mut bytes, &pending),
                    Pending::Length(_) => {}
                    Pending::Write(offset, written) => {
                        for (number, piece) in written.chunks(512).enumerate().filter(|_| chance()) {
                            apply(&mut bytes, &Pending::Write(offset + 512 * number as u64, piece.to_vec()));
                        }
                    }
                }
            }
            (content.now, content.synced) = (bytes.clone(), bytes);
            content.named = true;
        }
    }
}

impl Disk for FaultyDisk {
    fn make_folder(&self, _path: &Path) -> io::Result<()> {
        self.call(true).map(drop)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let inner = self.call(false)?;
        let here = inner.files.keys().filter(|path| path.parent() == Some(folder));
        Ok(here.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect())
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        match self.call(false)?.files.contains_key(path) {
            true => Ok(Box::new(FaultyFile { disk: self.clone(), path: path.to_owned() })),
            false => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut inner = self.call(true)?;
        let content = inner.files.entry(path.to_owned()).or_default();
        content.now.clear();
        content.pending.push(Pending::Length(0));
        drop(inner);
        Ok(Box::new(FaultyFile { disk: self.clone(), path: path.to_owned() }))
    }

    fn open_to_write(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.open(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut inner = self.call(true)?;
        let content = inner.files.remove(from).ok_or(io::ErrorKind::NotFound)?;
        inner.files.insert(to.to_owned(), content);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call(false)?.files.remove(path).map(drop).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut inner = self.call(true)?;
        let here = inner.files.iter_mut().filter(|(path, _)| path.parent() == Some(folder));
        here.for_each(|(_, content)| content.named = true);
        Ok(())
    }
}

struct FaultyFile {
    disk: FaultyDisk,
    path: PathBuf,
}

impl FaultyFile {
    fn with<T>(&self, writes: bool, act: impl FnOnce(&mut Content) -> T) -> io::Result<T> {
        let mut inner = self.disk.call(writes)?;
        inner.files.get_mut(&self.path).map(act).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn change(content: &mut Content, pending: Pending) {
        apply(&mut content.now, &pending);
        content.pending.push(pending);
    }
}

impl DiskFile for FaultyFile {
    fn length(&self) -> io::Result<u64> {
        self.with(false, |content| content.now.len() as u64)
    }

    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize> {
        self.with(false, |content| {
            let rest = content.now.get(offset as usize..).unwrap_or_default();
            let count = rest.len().min(into.len());
            into[..count].copy_from_slice(&rest[..count]);
            count
        })
    }

    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        let written = self.with(true, |content| Self::change(content, Pending::Write(offset, bytes.to_vec())));
        if written.is_err() {
            // As on a real disk, half of it may be there.
            if let Some(content) = self.disk.inner().files.get_mut(&self.path) {
                Self::change(content, Pending::Write(offset, bytes[..bytes.len() / 2].to_vec()));
            }
        }
        written
    }

    fn set_length(&mut self, length: u64) -> io::Result<()> {
        self.with(false, |content| Self::change(content, Pending::Length(length)))
    }

    fn sync(&mut self) -> io::Result<()> {
        self.with(true, |content| {
            content.pending.clear();
            content.synced.clone_from(&content.now);
        })
    }
}
