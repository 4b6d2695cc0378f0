//! Makes a backup: written beside its name, read back whole, and only then given the name.

use crate::domain::id::Id;
use crate::store::backup::contents::{Contents, Header, Hole, LastEntry, Stamp};
use crate::store::backup::error::{BackupError, Met};
use crate::store::backup::layout::{Hashed, LONGEST_FILE, MAGIC, PartHead, PartKind, Tee, put, put_head};
use crate::store::backup::read;
use crate::store::backup::tally::Tally;
use crate::store::codec::Fault;
use crate::store::codec::entry::open_entry;
use crate::store::codec::index::Place;
use crate::store::disk::{Disk, DiskFile, read_whole};
use crate::store::error::StoreError;
use crate::store::format;
use crate::store::journal::{End, fault_at, segment_head, segment_name, segment_of, segments};
use crate::store::paths::Paths;
use crate::store::progress::Progress;
use crate::store::scan::{Damage, Found, Scan};
use flate2::Compression;
use flate2::write::GzEncoder;
use rustix::fs::{Advice, fadvise, statvfs};
use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Reads a part to its end through what packs it; an error says what was met and at which byte.
type Through<'a> = &'a mut dyn FnMut(&mut Tee<'_>) -> Result<(), (Met, u64)>;

/// How much is read or written at a time, in bytes.
const PIECE: usize = 256 * 1024;
/// A packed journal takes at least one part in so many of its length; what is written shows.
const PACKED: u64 = 3;

/// What a backup is made of: a journal as far as `end`, whatever is written behind it meanwhile.
pub(super) struct Source<'a> {
    pub(super) disk: &'a dyn Disk,
    pub(super) paths: &'a Paths,
    pub(super) end: End,
}

/// Backs the book in `folder` up into `file`, replacing one of that name. The book need not be open, but nobody may write
/// in it meanwhile.
///
/// # Errors
/// When the journal is not whole, or the disk refuses; `file` is then as it was.
pub fn backup_to(disk: &dyn Disk, folder: &Path, file: &Path, stamp: &Stamp) -> Result<Contents, BackupError> {
    let paths = Paths::of(folder);
    let mut scan = Scan::from_start(disk, &paths.journal)?;
    let end = loop {
        match scan.advance()? {
            Found::Entry(..) => {}
            Found::Damage(damage) => {
                let (path, offset) = (damage.path, damage.offset);
                return Err(StoreError::Damaged { path, offset, what: "entry" }.into());
            }
            Found::End(end, _) => break end,
        }
    };
    if let Some(above) = file.parent().filter(|above| !above.as_os_str().is_empty()) {
        disk.make_folder(above).map_err(|error| BackupError::disk(above, &error))?;
    }
    make(&Source { disk, paths: &paths, end }, file, stamp, true, &mut |_| ())
}

/// Writes what `source` holds into `file`, and reads it back.
pub(super) fn make(
    source: &Source<'_>,
    file: &Path,
    stamp: &Stamp,
    replace: bool,
    progress: &mut dyn FnMut(Progress),
) -> Result<Contents, BackupError> {
    if source.end.next_seq <= 1 {
        return Err(StoreError::Missing(source.paths.book.clone()).into());
    }
    let (file, folder) = place_of(file, replace)?;
    let header = source.header(stamp)?;
    look_for_room(&folder, header.journal_bytes / PACKED)?;
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = folder.join(name);
    let proven = match prove(source, header.clone(), &part, progress) {
        // What was written again behind the damage is whole all the same.
        Err(damaged @ BackupError::Store(StoreError::Damaged { .. })) => match source.mended_holes() {
            Ok(holes) if holes.is_empty() => Err(damaged),
            Ok(holes) => prove(source, Header { holes, ..header }, &part, progress),
            Err(error) => Err(error.into()),
        },
        proven => proven,
    };
    let made = proven.and_then(|contents| {
        if !replace && file.exists() {
            return Err(BackupError::Exists(file.clone()));
        }
        let named = fs::rename(&part, &file).and_then(|()| File::open(&folder)?.sync_all());
        named.map_err(|error| BackupError::disk(&file, &error))?;
        Ok(contents)
    });
    made.inspect_err(|_| {
        // What could not be proven is of no use; if it cannot be removed, the error told says more.
        let _ = fs::remove_file(&part);
    })
}

/// The file to be written, where a link leads, and its folder.
fn place_of(file: &Path, replace: bool) -> Result<(PathBuf, PathBuf), BackupError> {
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    if let Ok(there) = fs::metadata(&file) {
        if there.is_dir() {
            return Err(BackupError::disk(&file, &io::ErrorKind::IsADirectory.into()));
        }
        if !replace || !there.is_file() {
            return Err(BackupError::Exists(file));
        }
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let folder = folder.to_owned();
    Ok((file, folder))
}

/// Refuses where the disk of `folder` surely has less than `needed` bytes free.
pub(super) fn look_for_room(folder: &Path, needed: u64) -> Result<(), BackupError> {
    // Where the system does not tell, writing will.
    let Ok(disk) = statvfs(folder) else { return Ok(()) };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    if free < needed {
        return Err(BackupError::NoRoom { path: folder.to_owned(), needed, free });
    }
    Ok(())
}

/// Writes the backup into `part`, makes it last, and reads it back.
fn prove(
    source: &Source<'_>,
    header: Header,
    part: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<Contents, BackupError> {
    // Reading back is half of the work.
    let of = header.journal_bytes.saturating_mul(2);
    let mut done = 0;
    let mut told = |bytes: u64| {
        done += bytes;
        progress(Progress { done: of.min(done), of });
    };
    let written = Writing::begin(source, part)?.write(header, &mut told)?;
    let found = read::check(part, &mut told)?;
    if found != written {
        return Err(BackupError::Unlike { promised: written.header.entries, found: found.header.entries });
    }
    Ok(written)
}

impl Source<'_> {
    /// The journal files to be kept, each with the bytes of it that count.
    fn segments(&self) -> Result<Vec<(u32, u64)>, StoreError> {
        let folder = &self.paths.journal;
        let last = self.end.place.segment;
        let numbers = segments(self.disk, folder)?.into_iter().filter(|number| *number <= last);
        let length = |number: u32| {
            if number == last {
                return Ok((number, u64::from(self.end.place.offset)));
            }
            let path = folder.join(segment_name(number));
            let length = self.disk.open(&path).and_then(|file| file.length());
            length.map(|length| (number, length)).map_err(|error| StoreError::disk(&path, &error))
        };
        numbers.map(length).collect()
    }

    fn header(&self, stamp: &Stamp) -> Result<Header, BackupError> {
        let journal_bytes = self.segments()?.iter().map(|(_, length)| length).sum();
        let entries = self.end.next_seq - 1;
        let book = self.book()?;
        Ok(Header {
            book,
            format: format::noted_in(self.disk, self.paths),
            stamp: stamp.clone(),
            last_seq: entries,
            entries,
            journal_bytes,
            holes: Vec::new(),
        })
    }

    /// The bytes that hold no readable entry, where entries behind them say again what was lost.
    ///
    /// # Errors
    /// Where some of it was not written again, or the disk refuses.
    fn mended_holes(&self) -> Result<Vec<Hole>, StoreError> {
        let lengths: HashMap<u32, u64> = self.segments()?.into_iter().collect();
        let (mut mended, mut open) = (Vec::new(), Vec::new());
        let mut damaged: Option<Damage> = None;
        let mut scan = Scan::from_start(self.disk, &self.paths.journal)?;
        loop {
            match scan.advance()? {
                Found::Entry(place, frame) if frame.head.seq < self.end.next_seq => {
                    if let Some(damage) = damaged.take() {
                        open.push(hole(&damage, place, &lengths));
                    }
                    let opened = open_entry(frame.head.seq, &frame.body).map_err(fault_at(&self.paths.journal))?;
                    if opened.head.ends_salvage() {
                        mended.append(&mut open);
                    }
                }
                Found::Damage(damage) => damaged = Some(damage),
                Found::Entry(..) | Found::End(..) => break,
            }
        }
        match open.first() {
            Some(Hole { segment, offset, .. }) => {
                let (path, offset) = (self.paths.journal.join(segment_name(*segment)), *offset);
                Err(StoreError::Damaged { path, offset, what: "entry" })
            }
            None => Ok(mended),
        }
    }

    /// The book's own number, as the last file names it; where none does, the first entry's id.
    fn book(&self) -> Result<Id, BackupError> {
        let folder = &self.paths.journal;
        let files = self.segments()?;
        let named = files.iter().rev().filter_map(|(number, _)| segment_head(self.disk, folder, *number)?.book).next();
        if let Some(book) = named {
            return Ok(Id::from_bytes(book));
        }
        match Scan::from_start(self.disk, folder)?.advance()? {
            Found::Entry(_, frame) => {
                let opened = open_entry(frame.head.seq, &frame.body).map_err(fault_at(folder))?;
                Ok(opened.head.id)
            }
            _ => Err(StoreError::Damaged { path: folder.clone(), offset: 0, what: "first entry" }.into()),
        }
    }

    /// The small files to be kept: what they are, their names, and where they are.
    fn small_files(&self) -> Vec<(PartKind, String, PathBuf)> {
        let drafts = self.paths.book.join("drafts");
        let is_draft = |name: &String| Id::parse(name).is_some();
        let names = self.disk.names(&drafts).unwrap_or_default().into_iter().filter(is_draft);
        let kept = names.map(|name| (PartKind::Draft, name.clone(), drafts.join(name)));
        std::iter::once((PartKind::Format, "format".to_owned(), self.paths.format.clone())).chain(kept).collect()
    }
}

/// The bytes from a damage to the entry behind it, or to the end of its file.
fn hole(damage: &Damage, next: Place, lengths: &HashMap<u32, u64>) -> Hole {
    let segment = segment_of(&damage.path);
    let end =
        if next.segment == segment { u64::from(next.offset) } else { lengths.get(&segment).copied().unwrap_or(0) };
    Hole { segment, offset: damage.offset, bytes: end.saturating_sub(damage.offset), last: damage.last }
}

/// A backup being written.
struct Writing<'a> {
    source: &'a Source<'a>,
    path: &'a Path,
    out: Hashed<BufWriter<File>>,
}

impl<'a> Writing<'a> {
    fn begin(source: &'a Source<'a>, path: &'a Path) -> Result<Writing<'a>, BackupError> {
        let open = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
        let file = open.map_err(|error| BackupError::disk(path, &error))?;
        Ok(Writing { source, path, out: Hashed::new(BufWriter::with_capacity(PIECE, file)) })
    }

    fn write(mut self, header: Header, told: &mut dyn FnMut(u64)) -> Result<Contents, BackupError> {
        let failed = |error: io::Error| BackupError::disk(self.path, &error);
        self.out.write_all(MAGIC).and_then(|()| put(&mut self.out, &header.bytes())).map_err(failed)?;
        let mut tally = Tally::new(&header.holes);
        for (number, length) in self.source.segments()? {
            self.put_segment(number, length, &mut tally, told)?;
        }
        let mut drafts = 0;
        for (kind, name, path) in self.source.small_files() {
            drafts += u32::from(self.put_small(kind, name, &path)? && kind == PartKind::Draft);
        }
        let path = self.path;
        self.finish().map_err(|error| BackupError::disk(path, &error))?;
        let (entries, segments, book) = (tally.entries(), tally.segments(), tally.book());
        if entries != header.entries || book != Some(header.book) {
            return Err(BackupError::Unlike { promised: header.entries, found: entries });
        }
        let last: Option<LastEntry> = tally.last();
        Ok(Contents { header, segments, drafts, last })
    }

    fn put_segment(
        &mut self,
        number: u32,
        length: u64,
        tally: &mut Tally,
        told: &mut dyn FnMut(u64),
    ) -> Result<(), BackupError> {
        let name = segment_name(number);
        let from = self.source.paths.journal.join(&name);
        let file = self.source.disk.open(&from).map_err(|error| BackupError::disk(&from, &error))?;
        let mut reader = BufReader::with_capacity(PIECE, Piece { file, at: 0, end: length });
        let head = PartHead { kind: PartKind::Segment, name, length };
        self.put_part(&head, &from, &mut reader, told, &mut |tee| {
            tally.take(number, tee).map_err(|met| (met, tally.at()))
        })
    }

    /// False where there is no such file.
    fn put_small(&mut self, kind: PartKind, name: String, from: &Path) -> Result<bool, BackupError> {
        let bytes = match read_whole(self.source.disk, from) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            read => read.map_err(|error| BackupError::disk(from, &error))?,
        };
        let length = bytes.len() as u64;
        if length > LONGEST_FILE {
            return Err(StoreError::TooLong { what: "a draft" }.into());
        }
        let mut pass = |tee: &mut Tee<'_>| io::copy(tee, &mut io::sink()).map(drop).map_err(|error| (error.into(), 0));
        self.put_part(&PartHead { kind, name, length }, from, &mut bytes.as_slice(), &mut |_| (), &mut pass)?;
        Ok(true)
    }

    /// Packs what `through` reads, to the end of `reader`.
    fn put_part(
        &mut self,
        head: &PartHead,
        from: &Path,
        reader: &mut dyn Read,
        told: &mut dyn FnMut(u64),
        through: Through<'_>,
    ) -> Result<(), BackupError> {
        let failed = |error: &io::Error| BackupError::disk(self.path, error);
        put_head(&mut self.out, head).map_err(|error| failed(&error))?;
        let mut packer = GzEncoder::new(&mut self.out, Compression::default());
        let mut tee = Tee::new(reader, &mut packer, head.length, told);
        if let Err((met, offset)) = through(&mut tee) {
            return Err(match (tee.unwritten(), met) {
                (Some(error), _) => failed(&error),
                (None, Met::Disk(error)) => BackupError::disk(from, &error),
                (None, Met::Fault(Fault::Newer { what, found, known })) => {
                    StoreError::NewerFormat { what, found, known }.into()
                }
                (None, Met::Fault(_)) => StoreError::Damaged { path: from.to_owned(), offset, what: "entry" }.into(),
            });
        }
        if tee.left() > 0 {
            return Err(StoreError::Damaged { path: from.to_owned(), offset: head.length, what: "end" }.into());
        }
        let hash = tee.hash();
        packer.finish().map_err(|error| failed(&error))?;
        put(&mut self.out, &hash).map_err(|error| failed(&error))
    }

    fn finish(mut self) -> io::Result<()> {
        self.out.write_all(&[0])?;
        let hash = self.out.hash();
        self.out.write_all(&hash)?;
        let file = self.out.into_inner().into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        // It is to be read back from the disk, not from memory; where the system does not let go of it, it is read all the same.
        let _ = fadvise(&file, 0, None, Advice::DontNeed);
        Ok(())
    }
}

/// The beginning of a file of the journal, as far as it counts.
struct Piece {
    file: Box<dyn DiskFile>,
    at: u64,
    end: u64,
}

impl Read for Piece {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let wanted = usize::try_from(self.end - self.at).unwrap_or(usize::MAX).min(into.len());
        let read = self.file.read_at(into.get_mut(..wanted).unwrap_or_default(), self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}
