//! The note beside the working copy: whether it was closed well, and since which start of the machine it is open.

use crate::store::codec::{Fault, Reader, put_block, put_number, read_file, write_file};
use crate::store::disk::{Disk, read_whole};
use std::io;
use std::path::Path;

/// What the note says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Closed well, at this entry.
    Closed(u64),
    /// Open, since this start of the machine.
    Open(String),
    /// There is none, or it cannot be read.
    None,
}

/// Bytes of the note: always the same, so that it is written in place in one piece.
const LENGTH: usize = 128;

/// Reads the note.
pub fn read_mark(disk: &dyn Disk, path: &Path) -> Mark {
    let read = || -> Result<Mark, Fault> {
        let stored = read_whole(disk, path).map_err(|_| Fault::Spoiled("mark"))?;
        let mut reader = Reader::of(read_file(&stored)?);
        match reader.byte()? {
            0 => reader.number().map(Mark::Closed),
            _ => reader.text().map(Mark::Open),
        }
    };
    read().unwrap_or(Mark::None)
}

/// Writes the note and makes it last.
pub fn write_mark(disk: &dyn Disk, folder: &Path, path: &Path, mark: &Mark) -> io::Result<()> {
    let mut body = Vec::with_capacity(LENGTH);
    match mark {
        Mark::Closed(seq) => {
            body.push(0);
            put_number(*seq, &mut body);
        }
        Mark::Open(boot) => {
            body.push(1);
            put_block(boot.as_bytes(), &mut body);
        }
        Mark::None => return Ok(()),
    }
    body.resize(LENGTH, 0);
    let bytes = write_file(&body);
    match disk.open_to_write(path) {
        Ok(mut file) => {
            file.write_at(&bytes, 0)?;
            file.sync()
        }
        Err(_) => {
            let mut file = disk.create(path)?;
            file.write_at(&bytes, 0)?;
            file.sync()?;
            disk.sync_folder(folder)
        }
    }
}

/// This start of the machine; empty where that cannot be known, and then never the same as another.
pub fn boot_id() -> String {
    let text = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    text.trim().chars().take(64).collect()
}
