//! A chunk of a dossier as bytes: the entries that touched it and its records, or a part of one long record.

use super::{Fault, Reader, begin, number_length, put_block, put_number, unseal};

/// The longest chunk, in bytes as it is stored.
pub const CHUNK_LIMIT: usize = 4096;
/// Bytes of a chunk without anything in it: key byte, version, checksum, shape, length of the history.
pub const CHUNK_HEAD: usize = 1 + 1 + 4 + 1 + 2;
/// The most bytes of one record in one part of it.
pub const PART_LIMIT: usize = CHUNK_LIMIT - CHUNK_HEAD - 8;

pub(super) const VERSION: u8 = 1;
const SHARED: u8 = 0;
const PART: u8 = 1;

/// What is in a chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chunk<'a> {
    /// A piece of the history and whole records.
    Shared {
        /// Numbers of entries, rising.
        history: Vec<u64>,
        /// Each `[kind][version][body]`.
        records: Vec<&'a [u8]>,
    },
    /// A part of one record.
    Part {
        /// Which part, from 0.
        number: u32,
        /// Of how many.
        of: u32,
        /// The part.
        bytes: &'a [u8],
    },
}

/// Bytes a record takes in a shared chunk.
pub const fn record_room(length: usize) -> usize {
    length + number_length(length as u64)
}

/// Bytes entry `seq` takes in the history behind entry `last`.
pub const fn history_room(last: Option<u64>, seq: u64) -> usize {
    match last {
        Some(last) => number_length(seq.saturating_sub(last)),
        None => number_length(seq),
    }
}

/// A chunk as it is stored.
pub fn write_chunk(chunk: &Chunk<'_>) -> Vec<u8> {
    let mut body = Vec::with_capacity(CHUNK_LIMIT);
    match chunk {
        Chunk::Shared { history, records } => {
            body.push(SHARED);
            let mut deltas = Vec::new();
            let mut last = 0;
            for seq in history {
                put_number(seq.saturating_sub(last), &mut deltas);
                last = *seq;
            }
            put_block(&deltas, &mut body);
            records.iter().for_each(|record| put_block(record, &mut body));
        }
        Chunk::Part { number, of, bytes } => {
            body.push(PART);
            put_number(u64::from(*number), &mut body);
            put_number(u64::from(*of), &mut body);
            body.extend(*bytes);
        }
    }
    let mut stored = begin();
    stored.push(VERSION);
    stored.extend(crc32fast::hash(&body).to_le_bytes());
    stored.extend(body);
    stored
}

/// What is in a stored chunk.
pub fn read_chunk(stored: &[u8]) -> Result<Chunk<'_>, Fault> {
    let mut reader = Reader::of(unseal(stored)?);
    match reader.byte()? {
        VERSION => {}
        found => {
            return Err(Fault::Newer { what: "a dossier", found: u32::from(found), known: u32::from(VERSION) });
        }
    }
    let sum = reader.fixed_u32()?;
    if crc32fast::hash(reader.rest()) != sum {
        return Err(Fault::Spoiled("checksum of a dossier"));
    }
    match reader.byte()? {
        SHARED => {
            let history = read_history(reader.block()?)?;
            let mut records = Vec::new();
            while !reader.is_done() {
                records.push(reader.block()?);
            }
            Ok(Chunk::Shared { history, records })
        }
        PART => {
            let narrow = |number: u64| u32::try_from(number).map_err(|_| Fault::Spoiled("part"));
            let (number, of) = (narrow(reader.number()?)?, narrow(reader.number()?)?);
            Ok(Chunk::Part { number, of, bytes: reader.rest() })
        }
        _ => Err(Fault::Spoiled("shape of a chunk")),
    }
}

fn read_history(deltas: &[u8]) -> Result<Vec<u64>, Fault> {
    let mut reader = Reader::of(deltas);
    let mut history = Vec::new();
    let mut last = 0_u64;
    while !reader.is_done() {
        last = last.saturating_add(reader.number()?);
        history.push(last);
    }
    Ok(history)
}
