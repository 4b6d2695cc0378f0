//! The note beside the working copy: whether it was closed well, since which start of the machine it is open, and up to
//! which entry the journal was said to be saved.

use crate::store::codec::{Fault, Reader, put_block, put_number, read_file, write_file};
use crate::store::disk::{Disk, DiskFile, read_whole};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::UNIX_EPOCH;

/// What the note says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Whether the working copy may be believed.
    pub state: State,
    /// The last entry that was acknowledged. It is written behind the acknowledgement without waiting for the disk: a
    /// journal that ends before it has lost something, and one that does not proves nothing.
    pub acknowledged: Acknowledged,
    /// The folder and the file it was written in; `None` in notes of the first version.
    pub identity: Option<Identity>,
    /// The machine that wrote it.
    pub host: String,
}

/// Whether the working copy may be believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Closed well, at this entry.
    Closed(u64),
    /// Open, since this start of the machine.
    Open(String),
    /// It is to be made again: a record in it could not be read, or the journal has lost entries.
    Doubted,
    /// There is no note, or it cannot be read.
    #[default]
    Unknown,
}

/// An entry that was acknowledged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Acknowledged {
    /// Its number; 0 for none.
    pub seq: u64,
    /// Its checksum; 0 where it is not known.
    pub crc: u32,
}

/// A folder and the note in it, as the file system tells them from any copy: number and time of making, each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity([u64; 4]);

impl Identity {
    /// Those of `folder` and of the note at `path`.
    pub fn of(folder: &Path, path: &Path) -> Identity {
        let told = |path: &Path| {
            let Ok(about) = std::fs::metadata(path) else { return [0; 2] };
            let made = about.created().ok().and_then(|made| made.duration_since(UNIX_EPOCH).ok());
            [about.ino(), made.map_or(0, |made| made.as_nanos() as u64)]
        };
        let ([folder, made], [file, written]) = (told(folder), told(path));
        Identity([folder, made, file, written])
    }
}

/// Bytes of what the note says, its length and checksum apart: always the same, so that it is written in place in one piece.
const LENGTH: usize = 256;
/// The longest name of a machine that is noted, in bytes.
const LONGEST_HOST: usize = 64;

/// Notes of the first version began with one of these, and said nothing of what was acknowledged.
const FIRST_CLOSED: u8 = 0;
const FIRST_OPEN: u8 = 1;
const SECOND: u8 = 2;

const CLOSED: u8 = 0;
const OPEN: u8 = 1;
const DOUBTED: u8 = 2;

/// Reads the note.
pub fn read_mark(disk: &dyn Disk, path: &Path) -> Mark {
    let read = || -> Result<Mark, Fault> {
        let stored = read_whole(disk, path).map_err(|_| Fault::Spoiled("mark"))?;
        let mut reader = Reader::of(read_file(&stored)?);
        match reader.byte()? {
            FIRST_CLOSED => {
                let seq = reader.number()?;
                let acknowledged = Acknowledged { seq, crc: 0 };
                Ok(Mark { state: State::Closed(seq), acknowledged, ..Mark::default() })
            }
            FIRST_OPEN => Ok(Mark { state: State::Open(reader.text()?), ..Mark::default() }),
            _ => read_second(&mut reader),
        }
    };
    read().unwrap_or_default()
}

fn read_second(reader: &mut Reader<'_>) -> Result<Mark, Fault> {
    let state = match reader.byte()? {
        CLOSED => State::Closed(reader.number()?),
        OPEN => State::Open(reader.text()?),
        DOUBTED => State::Doubted,
        _ => return Err(Fault::Spoiled("mark")),
    };
    let acknowledged = Acknowledged { seq: reader.number()?, crc: reader.fixed_u32()? };
    let mut identity = [0; 4];
    for number in &mut identity {
        *number = reader.fixed_u64()?;
    }
    Ok(Mark { state, acknowledged, identity: Some(Identity(identity)), host: reader.text()? })
}

fn write_second(mark: &Mark) -> Vec<u8> {
    let mut body = Vec::with_capacity(LENGTH);
    body.push(SECOND);
    match &mark.state {
        State::Closed(seq) => {
            body.push(CLOSED);
            put_number(*seq, &mut body);
        }
        State::Open(boot) => {
            body.push(OPEN);
            put_block(boot.as_bytes(), &mut body);
        }
        State::Doubted | State::Unknown => body.push(DOUBTED),
    }
    put_number(mark.acknowledged.seq, &mut body);
    body.extend(mark.acknowledged.crc.to_le_bytes());
    let Identity(identity) = mark.identity.unwrap_or(Identity([0; 4]));
    identity.iter().for_each(|number| body.extend(number.to_le_bytes()));
    let mut host = mark.host.clone();
    while host.len() > LONGEST_HOST {
        host.pop();
    }
    put_block(host.as_bytes(), &mut body);
    body.resize(LENGTH, 0);
    write_file(&body)
}

/// The note of an open book, to be written again after each entry.
#[derive(Default)]
pub struct MarkFile {
    /// What it says, or is to say.
    pub mark: Mark,
    file: Option<Box<dyn DiskFile>>,
}

impl MarkFile {
    /// Writes the note into `folder` at `path` and makes it last.
    pub fn write(&mut self, disk: &dyn Disk, folder: &Path, path: &Path) -> io::Result<()> {
        let is_new = match disk.open_to_write(path) {
            Ok(file) => {
                self.file = Some(file);
                false
            }
            Err(_) => {
                self.file = Some(disk.create(path)?);
                true
            }
        };
        self.mark.identity = Some(Identity::of(folder, path));
        self.mark.host = crate::store::lock::host();
        let Some(file) = self.file.as_mut() else { return Ok(()) };
        file.write_at(&write_second(&self.mark), 0)?;
        file.sync()?;
        if is_new { disk.sync_folder(folder) } else { Ok(()) }
    }

    /// Notes that an entry was acknowledged, without waiting for the disk. Where that fails, the note only proves less.
    pub fn acknowledge(&mut self, acknowledged: Acknowledged) {
        self.mark.acknowledged = acknowledged;
        if let Some(file) = self.file.as_mut() {
            let _ = file.write_at(&write_second(&self.mark), 0);
        }
    }

    /// Makes what was noted last, where nobody waits for it.
    pub fn sync(&mut self) {
        if let Some(file) = self.file.as_mut() {
            let _ = file.sync();
        }
    }
}

/// This start of the machine; empty where that cannot be known, and then never the same as another.
pub fn boot_id() -> String {
    let text = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    text.trim().chars().take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::{Acknowledged, Identity, Mark, MarkFile, State, read_mark};
    use crate::store::codec::write_file;
    use crate::store::disk::RealDisk;
    use std::fs;

    #[test]
    fn a_note_is_read_back_as_it_was_written_and_knows_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mark");
        for state in [State::Closed(9), State::Open("this start".to_owned()), State::Doubted] {
            let acknowledged = Acknowledged { seq: 9, crc: 77 };
            let mut file = MarkFile { mark: Mark { state, acknowledged, ..Mark::default() }, file: None };
            file.write(&RealDisk, folder.path(), &path).unwrap();
            let read = read_mark(&RealDisk, &path);
            assert_eq!(read, file.mark);
            assert_eq!(read.identity, Some(Identity::of(folder.path(), &path)));
        }
        let copy = tempfile::tempdir().unwrap();
        fs::copy(&path, copy.path().join("mark")).unwrap();
        let read = read_mark(&RealDisk, &copy.path().join("mark"));
        assert_ne!(read.identity, Some(Identity::of(copy.path(), &copy.path().join("mark"))));
    }

    #[test]
    fn a_note_of_the_first_version_says_when_it_was_closed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mark");
        let mut body = vec![0, 25];
        body.resize(128, 0);
        fs::write(&path, write_file(&body)).unwrap();
        let mark = read_mark(&RealDisk, &path);
        assert_eq!((mark.state, mark.acknowledged.seq, mark.identity), (State::Closed(25), 25, None));
    }

    #[test]
    fn an_acknowledgement_is_noted_in_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mark");
        let mut file = MarkFile { mark: Mark { state: State::Open("now".to_owned()), ..Mark::default() }, file: None };
        file.write(&RealDisk, folder.path(), &path).unwrap();
        file.acknowledge(Acknowledged { seq: 3, crc: 5 });
        let read = read_mark(&RealDisk, &path);
        assert_eq!((read.state, read.acknowledged), (State::Open("now".to_owned()), Acknowledged { seq: 3, crc: 5 }));
    }
}
