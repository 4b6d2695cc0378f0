//! Reads a backup from its first byte to its last, and believes nothing that is not proven by a hash and a checksum.

use crate::store::backup::contents::{Contents, Header};
use crate::store::backup::error::{BackupError, Met};
use crate::store::backup::layout::{HASH, Hashed, LONGEST_FILE, MAGIC, PartHead, PartKind, Tee, take, take_head};
use crate::store::backup::tally::Tally;
use crate::store::codec::{FORMAT, Fault, format_of};
use crate::store::error::StoreError;
use crate::store::journal::segment_name;
use flate2::bufread::GzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

/// How much is read at a time, in bytes.
const PIECE: usize = 256 * 1024;

/// Where the files of a backup go while it is read.
pub(super) trait Unpacking: Write {
    /// What follows is this file's.
    fn begin(&mut self, part: &PartHead) -> io::Result<()>;
    /// The file under way is whole.
    fn finish(&mut self) -> io::Result<()>;
}

/// Nowhere.
struct Nowhere;

impl Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Unpacking for Nowhere {
    fn begin(&mut self, _part: &PartHead) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads a backup and says what it holds; `told` hears of bytes unpacked.
///
/// # Errors
/// When it is no backup, is damaged anywhere, or was made by a newer program.
pub fn check(file: &Path, told: &mut dyn FnMut(u64)) -> Result<Contents, BackupError> {
    Reading::open(file)?.walk(file, &mut Nowhere, told)
}

/// What a backup says of itself, not yet proven.
///
/// # Errors
/// When it is no backup, or cannot be read so far.
pub fn header_of(file: &Path) -> Result<Header, BackupError> {
    Reading::open(file).map(|reading| reading.header)
}

/// A backup being read.
pub(super) struct Reading {
    from: Hashed<BufReader<File>>,
    header: Header,
    tally: Tally,
    drafts: u32,
    bytes: u64,
}

impl Reading {
    /// Opens a backup and reads its header.
    pub(super) fn open(path: &Path) -> Result<Reading, BackupError> {
        let open = File::open(path).and_then(|file| match file.metadata()?.is_dir() {
            true => Err(io::ErrorKind::IsADirectory.into()),
            false => Ok(file),
        });
        let file = open.map_err(|error| BackupError::disk(path, &error))?;
        let mut from = Hashed::new(BufReader::with_capacity(PIECE, file));
        let mut magic = [0; MAGIC.len()];
        match from.read_exact(&mut magic) {
            Err(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
                return Err(BackupError::disk(path, &error));
            }
            _ if magic != *MAGIC => return Err(BackupError::Foreign(path.to_owned())),
            _ => {}
        }
        let header = take(&mut from).and_then(|body| Ok(Header::read(&body)?));
        let header = header.map_err(|met| at(path, None, MAGIC.len() as u64, met))?;
        let (found, known) = (format_of(header.format), FORMAT);
        if found > known {
            return Err(StoreError::NewerFormat { what: "the backup", found, known }.into());
        }
        let tally = Tally::new(&header.holes);
        Ok(Reading { from, header, tally, drafts: 0, bytes: 0 })
    }

    /// Reads all parts, and the hash over all.
    pub(super) fn walk(
        mut self,
        path: &Path,
        into: &mut dyn Unpacking,
        told: &mut dyn FnMut(u64),
    ) -> Result<Contents, BackupError> {
        loop {
            let offset = self.from.count();
            match take_head(&mut self.from) {
                Ok(Some(part)) => self.take_part(path, &part, into, told)?,
                Ok(None) => break,
                Err(met) => return Err(at(path, None, offset, met)),
            }
        }
        let offset = self.from.count();
        self.end().map_err(|met| at(path, None, offset, met))?;
        let Reading { header, tally, drafts, .. } = self;
        let (entries, segments) = (tally.entries(), tally.segments());
        let is_told = entries == header.entries
            && entries == header.last_seq
            && tally.book() == Some(header.book)
            && self.bytes == header.journal_bytes;
        if !is_told {
            return Err(BackupError::Unlike { promised: header.entries, found: entries });
        }
        Ok(Contents { header, segments, drafts, last: tally.last() })
    }

    fn take_part(
        &mut self,
        path: &Path,
        part: &PartHead,
        into: &mut dyn Unpacking,
        told: &mut dyn FnMut(u64),
    ) -> Result<(), BackupError> {
        let offset = self.from.count();
        let segment = segment_number(part);
        match part.kind {
            PartKind::Segment if segment.is_none() => {
                return Err(at(path, None, offset, Fault::Spoiled("name").into()));
            }
            PartKind::Segment if part.length > self.header.journal_bytes - self.bytes => {
                return Err(at(path, None, offset, Fault::Spoiled("length").into()));
            }
            PartKind::Segment => self.bytes += part.length,
            PartKind::Format | PartKind::Draft if part.length > LONGEST_FILE => {
                return Err(at(path, None, offset, Fault::Spoiled("length").into()));
            }
            PartKind::Format => {}
            PartKind::Draft => self.drafts += 1,
        }
        into.begin(part).map_err(|error| unwritten(path, part, &error))?;
        let mut unpacker = GzDecoder::new(&mut self.from);
        let mut tee = Tee::new(&mut unpacker, into, part.length, told);
        let read = match segment {
            Some(number) => self.tally.take(number, &mut tee),
            None => io::copy(&mut tee, &mut io::sink()).map(drop).map_err(Met::from),
        };
        if let Err(met) = read {
            return Err(match tee.unwritten() {
                Some(error) => unwritten(path, part, &error),
                None => at(path, Some(part), if segment.is_some() { self.tally.at() } else { 0 }, met),
            });
        }
        if tee.left() > 0 {
            return Err(at(path, Some(part), part.length - tee.left(), Fault::Spoiled("end").into()));
        }
        let hash = tee.hash();
        let noted = take(&mut self.from).map_err(|met| at(path, Some(part), part.length, met))?;
        if noted != hash {
            return Err(at(path, Some(part), 0, Fault::Spoiled("hash").into()));
        }
        into.finish().map_err(|error| unwritten(path, part, &error))
    }

    /// The hash over all, and nothing behind it.
    fn end(&mut self) -> Result<(), Met> {
        let hash = self.from.hash();
        let mut noted = [0; HASH];
        self.from.read_exact(&mut noted)?;
        if noted != hash {
            return Err(Fault::Spoiled("hash").into());
        }
        match self.from.read(&mut [0])? {
            0 => Ok(()),
            _ => Err(Fault::Spoiled("end").into()),
        }
    }
}

/// The number of a journal file, if that is what the part is and it is called so.
pub(super) fn segment_number(part: &PartHead) -> Option<u32> {
    let number = part.name.strip_suffix(".kj")?.parse().ok()?;
    (part.kind == PartKind::Segment && segment_name(number) == part.name).then_some(number)
}

/// Says of what was met where that was.
fn at(path: &Path, within: Option<&PartHead>, offset: u64, met: Met) -> BackupError {
    match met {
        Met::Disk(error) => BackupError::disk(path, &error),
        Met::Fault(Fault::Newer { what, found, known }) => StoreError::NewerFormat { what, found, known }.into(),
        Met::Fault(Fault::Spoiled(what) | Fault::TooLong(what)) => {
            let within = within.map(|part| part.name.escape_debug().to_string());
            BackupError::Spoiled { path: path.to_owned(), within, offset, what }
        }
    }
}

/// What was packed could not be put where it was to go.
fn unwritten(path: &Path, part: &PartHead, error: &io::Error) -> BackupError {
    BackupError::disk(&path.join(&part.name), error)
}
