//! How a backup is laid out: its first bytes, blocks, parts, and the hash over all.

use crate::store::backup::error::Met;
use crate::store::codec::{Fault, Reader, put_block, put_number, read_file, write_file};
use sha2::{Digest, Sha256};
use std::io::{self, BufRead, Read, Write};

/// The first bytes of every backup.
pub(super) const MAGIC: &[u8; 8] = b"KEHUBK1\n";
/// Bytes of a hash.
pub(super) const HASH: usize = 32;
/// The longest block, in bytes: a header or a name.
const LONGEST_BLOCK: usize = 64 * 1024;
/// The longest small file, unpacked, in bytes.
pub(super) const LONGEST_FILE: u64 = 64 * 1024 * 1024;

/// What a part of a backup is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A journal file.
    Segment,
    /// The note of the book's format.
    Format,
    /// Words typed and not yet saved.
    Draft,
}

impl PartKind {
    const ALL: [(u8, PartKind); 3] = [(1, PartKind::Segment), (2, PartKind::Format), (3, PartKind::Draft)];

    fn byte(self) -> u8 {
        PartKind::ALL.iter().find(|(_, kind)| *kind == self).map_or(0, |(byte, _)| *byte)
    }
}

/// What stands before a part's packed bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartHead {
    /// What it is.
    pub kind: PartKind,
    /// Its name in its folder.
    pub name: String,
    /// How long it is unpacked, in bytes.
    pub length: u64,
}

/// A reader or writer that hashes and counts all that goes through.
pub(super) struct Hashed<T> {
    inner: T,
    hasher: Sha256,
    count: u64,
}

impl<T> Hashed<T> {
    pub(super) fn new(inner: T) -> Hashed<T> {
        Hashed { inner, hasher: Sha256::new(), count: 0 }
    }

    /// Bytes gone through so far.
    pub(super) const fn count(&self) -> u64 {
        self.count
    }

    /// The hash of all that has gone through so far.
    pub(super) fn hash(&self) -> [u8; HASH] {
        self.hasher.clone().finalize().into()
    }

    pub(super) fn into_inner(self) -> T {
        self.inner
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(bytes.get(..written).unwrap_or_default());
        self.count += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<R: BufRead> BufRead for Hashed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        // What is consumed lies in the buffer already: nothing is read for it.
        if let Ok(held) = self.inner.fill_buf() {
            self.hasher.update(held.get(..amount).unwrap_or_default());
        }
        self.count += amount as u64;
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

/// Writes a block.
pub(super) fn put(out: &mut dyn Write, body: &[u8]) -> io::Result<()> {
    let stored = write_file(body);
    let length = u32::try_from(stored.len()).map_err(|_| io::ErrorKind::InvalidData)?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&stored)
}

/// Reads a block.
pub(super) fn take(from: &mut dyn Read) -> Result<Vec<u8>, Met> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > LONGEST_BLOCK {
        return Err(Fault::Spoiled("length").into());
    }
    let mut stored = vec![0; length];
    from.read_exact(&mut stored)?;
    Ok(read_file(&stored)?.to_vec())
}

/// Writes what stands before a part.
pub(super) fn put_head(out: &mut dyn Write, head: &PartHead) -> io::Result<()> {
    let mut body = Vec::new();
    put_block(head.name.as_bytes(), &mut body);
    put_number(head.length, &mut body);
    out.write_all(&[head.kind.byte()])?;
    put(out, &body)
}

/// Reads what stands before a part; nothing at the end of all parts.
pub(super) fn take_head(from: &mut dyn Read) -> Result<Option<PartHead>, Met> {
    let mut byte = [0];
    from.read_exact(&mut byte)?;
    let [byte] = byte;
    if byte == 0 {
        return Ok(None);
    }
    let kind = PartKind::ALL.iter().find(|(known, _)| *known == byte).map(|(_, kind)| *kind);
    let kind = kind.ok_or(Fault::Spoiled("part"))?;
    let body = take(from)?;
    let mut reader = Reader::of(&body);
    Ok(Some(PartHead { kind, name: reader.text()?, length: reader.number()? }))
}

/// Reads from one place what is written to another and hashed on the way, but no more than was promised.
pub(super) struct Tee<'a> {
    from: &'a mut dyn Read,
    into: &'a mut dyn Write,
    told: &'a mut dyn FnMut(u64),
    hasher: Sha256,
    left: u64,
    /// Why it could not be written, if that is why reading failed.
    unwritten: Option<io::Error>,
}

impl<'a> Tee<'a> {
    /// `length` bytes of `from`, also put `into`; `told` hears how many came each time.
    pub(super) fn new(
        from: &'a mut dyn Read,
        into: &'a mut dyn Write,
        length: u64,
        told: &'a mut dyn FnMut(u64),
    ) -> Tee<'a> {
        Tee { from, into, told, hasher: Sha256::new(), left: length, unwritten: None }
    }

    /// Why it could not be written, if that is why reading failed.
    pub(super) fn unwritten(&mut self) -> Option<io::Error> {
        self.unwritten.take()
    }

    /// Bytes promised that never came.
    pub(super) const fn left(&self) -> u64 {
        self.left
    }

    /// The hash of what came.
    pub(super) fn hash(self) -> [u8; HASH] {
        self.hasher.finalize().into()
    }
}

impl Read for Tee<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        let bytes = into.get(..read).unwrap_or_default();
        self.left = self.left.checked_sub(read as u64).ok_or(io::ErrorKind::InvalidData)?;
        self.hasher.update(bytes);
        if let Err(error) = self.into.write_all(bytes) {
            self.unwritten = Some(error);
            return Err(io::ErrorKind::Other.into());
        }
        (self.told)(read as u64);
        Ok(read)
    }
}
