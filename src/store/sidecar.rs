//! Opaque files kept beside the book: what can always be made again, and is quicker read than made.

use crate::domain::id::Id;
use crate::store::Store;
use crate::store::codec::{FILE_HEAD, check_file, file_head, read_file, write_file};
use crate::store::disk::{Disk, DiskFile, RealDisk, read_whole};
use crate::store::error::StoreError;
use crate::store::paths::Paths;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

impl Paths {
    fn sidecar(&self, name: &str) -> PathBuf {
        self.sidecars.join(Id::of_name(name).to_string())
    }
}

/// What `read` makes of what was put aside under `name` for the book in `folder`, without opening it. Another session may
/// have it open, so that what is found may be older or newer than what will be opened.
pub fn sidecar_of<T>(folder: &Path, name: &str, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
    let stored = read_whole(&RealDisk, &Paths::of(folder).sidecar(name)).ok()?;
    read(read_file(&stored).ok()?)
}

impl Store {
    /// What `read` makes of what was put aside under `name`; `None` when nothing was, or when it cannot be believed any
    /// more.
    pub fn sidecar<T>(&self, name: &str, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
        let stored = read_whole(self.disk.as_ref(), &self.paths.sidecar(name)).ok()?;
        read(read_file(&stored).ok()?)
    }

    /// Removes all that was put aside: it may hold what is to be forgotten.
    pub(super) fn remove_sidecars(&self) -> Result<(), StoreError> {
        let folder = &self.paths.sidecars;
        for name in self.disk.names(folder).unwrap_or_default() {
            let path = folder.join(name);
            self.disk.remove(&path).map_err(|error| StoreError::disk(&path, &error))?;
        }
        Ok(())
    }

    /// Removes what was put aside under `name`.
    pub fn remove_sidecar(&self, name: &str) -> Result<(), StoreError> {
        let path = self.paths.sidecar(name);
        self.disk.remove(&path).map_err(|error| StoreError::disk(&path, &error))
    }

    /// Puts `bytes` aside under `name`. A power cut may take it away, but never half of it.
    pub fn put_sidecar(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.write_sidecar(name, |file| file.write_at(&write_file(bytes), 0))
    }

    /// Puts aside what is too much to be held at once, piece by piece. Where one cannot be had, what was there before stays.
    pub fn put_pieces(&self, name: &str, pieces: impl IntoIterator<Item = Option<Vec<u8>>>) -> Result<(), StoreError> {
        self.write_sidecar(name, |file| {
            let mut place = 0;
            for piece in pieces {
                let piece = piece.ok_or(io::ErrorKind::InvalidData)?;
                let length = u32::try_from(piece.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
                let head = [&length.to_le_bytes(), &*file_head(&piece)].concat();
                file.write_at(&head, place)?;
                file.write_at(&piece, place + PIECE_HEAD as u64)?;
                place += (PIECE_HEAD + piece.len()) as u64;
            }
            Ok(())
        })
    }

    fn write_sidecar(
        &self,
        name: &str,
        write: impl FnOnce(&mut dyn DiskFile) -> io::Result<()>,
    ) -> Result<(), StoreError> {
        let path = self.paths.sidecar(name);
        let fresh = path.with_extension("new");
        let put = || {
            self.disk.make_folder(&self.paths.sidecars)?;
            write(self.disk.create(&fresh)?.as_mut())?;
            self.disk.rename(&fresh, &path)
        };
        put().map_err(|error| {
            // Half of it is of no use to anybody.
            let _ = self.disk.remove(&fresh);
            StoreError::disk(&path, &error)
        })
    }
}

/// What stands before a piece: its length, and what stands before the body of any file.
const PIECE_HEAD: usize = 4 + FILE_HEAD;

/// What was put aside piece by piece, each to be read when it is wanted.
pub struct Pieces {
    file: Box<dyn DiskFile>,
    /// Where each begins, and what stands before it.
    places: Vec<(u64, [u8; PIECE_HEAD])>,
    spoiled: AtomicBool,
}

impl Pieces {
    /// What was put aside under `name` for the book in `folder`, which need not be open; as for [`sidecar_of`].
    pub fn of(folder: &Path, name: &str) -> Option<Pieces> {
        let file = RealDisk.open(&Paths::of(folder).sidecar(name)).ok()?;
        let length = file.length().ok()?;
        let (mut places, mut place) = (Vec::new(), 0);
        while place < length {
            let mut head = [0; PIECE_HEAD];
            let read = file.read_at(&mut head, place).ok()?;
            places.push((place, head));
            place += (PIECE_HEAD + length_of(&head)) as u64;
            if read < PIECE_HEAD || place > length {
                return None;
            }
        }
        Some(Pieces { file, places, spoiled: AtomicBool::new(false) })
    }

    /// Minds that something in them could not be read.
    pub fn spoil(&self) {
        self.spoiled.store(true, Ordering::Relaxed);
    }

    /// Whether something in them could not be read.
    pub fn is_spoiled(&self) -> bool {
        self.spoiled.load(Ordering::Relaxed)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// One piece; `None` where it is not what was put aside.
    pub fn get(&self, number: usize) -> Option<Vec<u8>> {
        let (place, head) = self.places.get(number)?;
        let mut body = vec![0; length_of(head)];
        let read = self.file.read_at(&mut body, place + PIECE_HEAD as u64).ok()?;
        let whole = read == body.len() && check_file(head.get(4..)?, &body).is_ok();
        whole.then_some(body)
    }

    /// `length` bytes of a piece from `from` on, as they stand: the piece's checksum, which is that of the whole, tells nothing
    /// of them.
    pub fn part(&self, number: usize, from: u64, length: usize) -> Option<Vec<u8>> {
        let (place, head) = self.places.get(number)?;
        let inside = from.checked_add(length as u64).is_some_and(|end| end <= length_of(head) as u64);
        let mut part = vec![0; if inside { length } else { return None }];
        let read = self.file.read_at(&mut part, place + PIECE_HEAD as u64 + from).ok()?;
        (read == length).then_some(part)
    }
}

impl fmt::Debug for Pieces {
    fn fmt(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        into.debug_struct("Pieces").field("count", &self.count()).finish_non_exhaustive()
    }
}

fn length_of(head: &[u8; PIECE_HEAD]) -> usize {
    head.first_chunk::<4>().map_or(0, |length| u32::from_le_bytes(*length) as usize)
}
