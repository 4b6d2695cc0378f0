//! The working copy: one sled tree, opened carefully, written in whole batches, and never believed against the journal.

use crate::domain::id::Id;
use crate::store::disk::keep_private;
use crate::store::quiet::{quietly, unhurried};
use sled::{Batch, IVec};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_millis(2000);
const PAUSE: Duration = Duration::from_millis(20);
/// Bytes sled may keep in memory, about.
const CACHE: u64 = 16 * 1024 * 1024;

const DOSSIER: u8 = b'd';
const ROW: u8 = b'r';
const PLACES: u8 = b'p';
const GROUP: u8 = b'g';
const MARK: u8 = b'm';

/// The working copy as it is open; a clone is another hold on the same.
#[derive(Clone)]
pub struct Tree {
    db: sled::Db,
    path: PathBuf,
    /// Something in it could not be read.
    worn: Arc<AtomicBool>,
}

/// Why the working copy could not be used, in sled's words.
pub type Worn = String;

/// A key and its value.
pub type Pair = (IVec, IVec);

impl Tree {
    /// Opens the working copy in `path` or makes an empty one.
    pub fn open(path: &Path) -> Result<Tree, Worn> {
        remove_unfinished(path).map_err(|error| error.to_string())?;
        let started = Instant::now();
        let db = loop {
            let config = sled::Config::new()
                .path(path)
                .cache_capacity(CACHE)
                .flush_every_ms(None)
                .mode(sled::Mode::HighThroughput);
            match unhurried(|| quietly(|| config.open()))? {
                Ok(db) => break db,
                Err(error) if is_late_lock(&error) && started.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
                Err(error) => return Err(error.to_string()),
            }
        };
        keep_private(path).map_err(|error| error.to_string())?;
        Ok(Tree { db, path: path.to_owned(), worn: Arc::default() })
    }

    /// Notes that something in it could not be read, so that it is not believed at the next opening.
    pub fn doubt(&self) {
        self.worn.store(true, Ordering::Relaxed);
    }

    /// Whether something in it could not be read.
    pub fn is_worn(&self) -> bool {
        self.worn.load(Ordering::Relaxed)
    }

    /// The value of a key.
    pub fn get(&self, key: &[u8]) -> Result<Option<IVec>, Worn> {
        let got = quietly(|| self.db.get(key)).and_then(|got| got.map_err(|error| error.to_string()));
        got.inspect_err(|_| self.doubt())
    }

    /// All keys that begin so, rising, with their values.
    pub fn with_prefix(&self, prefix: &[u8]) -> Pairs {
        Pairs { pairs: self.db.scan_prefix(prefix), sparing: None, worn: Arc::clone(&self.worn) }
    }

    /// All keys of this sort from `from` on, rising, with their values.
    pub fn dossier_chunks(&self, from: Id) -> Pairs {
        let pairs = self.db.range(dossier_prefix(from)..vec![DOSSIER + 1]);
        Pairs { pairs, sparing: Some(self.db.clone()), worn: Arc::clone(&self.worn) }
    }

    /// Writes all of a batch or nothing.
    pub fn write(&self, batch: Batch) -> Result<(), Worn> {
        quietly(|| self.db.apply_batch(batch))?.map_err(|error| error.to_string())
    }

    /// Makes what was written so far last.
    pub fn flush(&self) -> Result<(), Worn> {
        quietly(|| self.db.flush())?.map(drop).map_err(|error| error.to_string())
    }

    /// Makes everything last: only then may a note say that the copy was closed well.
    pub fn close(self) -> Result<(), Worn> {
        quietly(|| self.db.flush())?.map_err(|error| error.to_string())?;
        let path = self.path.clone();
        quietly(move || drop(self))?;
        sync_files(&path).map_err(|error| error.to_string())
    }
}

/// Pairs of the working copy, one by one.
pub struct Pairs {
    pairs: sled::Iter,
    /// What is read, where it is too much to be kept in memory.
    sparing: Option<sled::Db>,
    worn: Arc<AtomicBool>,
}

impl Pairs {
    /// Notes that what was read could not be understood.
    pub fn doubt(&self) {
        self.worn.store(true, Ordering::Relaxed);
    }
}

impl Iterator for Pairs {
    type Item = Result<Pair, Worn>;

    fn next(&mut self) -> Option<Self::Item> {
        let Pairs { pairs, sparing, worn } = self;
        let next = quietly(|| {
            let next = pairs.next();
            if let (Some(Ok((key, _))), Some(db)) = (&next, sparing) {
                // sled counts every page that was asked for and lets go of the oldest, but each of its 256 counts is only
                // looked at when there are 64 of them: pages read once each are all kept until 16,384 were read. Asked for
                // again, they are counted and let go sooner.
                db.contains_key(key)?;
            }
            next.transpose()
        });
        let next = match next {
            Ok(pair) => pair.map_err(|error| error.to_string()).transpose(),
            Err(said) => Some(Err(said)),
        };
        if matches!(next, Some(Err(_))) {
            worn.store(true, Ordering::Relaxed);
        }
        next
    }
}

/// Where the chunks of a dossier are.
pub fn dossier_prefix(home: Id) -> Vec<u8> {
    let mut key = Vec::with_capacity(21);
    key.push(DOSSIER);
    key.extend(home.bytes());
    key
}

/// Where chunk `number` of a dossier is.
pub fn chunk_key(home: Id, number: u32) -> Vec<u8> {
    let mut key = dossier_prefix(home);
    key.extend(number.to_be_bytes());
    key
}

/// The home and number of the chunk at `key`.
pub fn chunk_of(key: &[u8]) -> Option<(Id, u32)> {
    let (home, number) = key.get(1..)?.split_first_chunk::<16>()?;
    Some((Id::from_bytes(*home), u32::from_be_bytes(number.try_into().ok()?)))
}

/// Where row block `block` is.
pub fn row_key(block: u32) -> [u8; 5] {
    let [a, b, c, d] = block.to_be_bytes();
    [ROW, a, b, c, d]
}

/// Where all row blocks are.
pub const ROWS: &[u8] = &[ROW];

/// The number of the row block at `key`.
pub fn row_of(key: &[u8]) -> Option<u32> {
    key.get(1..)?.try_into().ok().map(u32::from_be_bytes)
}

/// Where the places of the entries of `block` are.
pub fn places_key(block: u64) -> [u8; 9] {
    let mut key = [PLACES; 9];
    if let Some(number) = key.last_chunk_mut::<8>() {
        *number = block.to_be_bytes();
    }
    key
}

/// Where a group's first and last entry are.
pub fn group_key(group: Id) -> [u8; 17] {
    let mut key = [GROUP; 17];
    if let Some(id) = key.last_chunk_mut::<16>() {
        *id = *group.bytes();
    }
    key
}

/// Where it is noted how far the copy has come.
pub const PROGRESSED: &[u8] = &[MARK, b'p'];
/// Where it is noted that all rows are stale.
pub const ALL_STALE: &[u8] = &[MARK, b'a'];
/// Where it is noted which homes' rows are stale.
pub const STALE: &[u8] = &[MARK, b's'];

fn is_late_lock(error: &sled::Error) -> bool {
    error.to_string().contains("could not acquire lock")
}

/// A snapshot that was being written when the machine stopped makes every opening fail; without it all is well.
fn remove_unfinished(path: &Path) -> std::io::Result<()> {
    if !path.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().ends_with(".generating") {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn sync_files(path: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        match entry.file_type()? {
            kind if kind.is_file() => fs::File::open(entry.path())?.sync_all()?,
            kind if kind.is_dir() => sync_files(&entry.path())?,
            _ => {}
        }
    }
    keep_private(path)?;
    fs::File::open(path)?.sync_all()
}

/// Bytes of all files below `path`.
pub fn size_of(path: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(path) else { return 0 };
    let size = |entry: fs::DirEntry| match entry.metadata() {
        Ok(about) if about.is_dir() => size_of(&entry.path()),
        Ok(about) => about.len(),
        Err(_) => 0,
    };
    entries.filter_map(Result::ok).map(size).sum()
}
