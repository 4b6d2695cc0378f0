//! Everything kept of one customer: packed records, decoded one by one when they are asked for, and its history.

use crate::domain::change::Change;
use crate::domain::cost::Cost;
use crate::domain::customer::{Contact, Customer};
use crate::domain::deal::Deal;
use crate::domain::feedback::Feedback;
use crate::domain::follow_up::{FollowUp, NextStep};
use crate::domain::id::Id;
use crate::domain::order::Order;
use crate::domain::record::{Kind, Record};
use crate::store::codec::Fault;
use crate::store::codec::chunk::{
    CHUNK_HEAD, CHUNK_LIMIT, Chunk, PART_LIMIT, history_room, read_chunk, record_room, write_chunk,
};
use crate::store::codec::entry::Step;
use crate::store::codec::record::{read_record, record_name, write_record};
use std::collections::BTreeMap;

/// All records of one home, and the entries that touched it.
#[derive(Clone, Debug)]
pub struct Dossier {
    home: Id,
    records: Vec<Packed>,
    history: Vec<u64>,
    rooms: BTreeMap<u32, Room>,
}

/// A record as it is kept.
#[derive(Clone, Debug)]
struct Packed {
    id: Id,
    kind: Kind,
    /// `[kind][version][body]`.
    bytes: Vec<u8>,
    /// The chunk it is in, the first of several for a long one.
    chunk: u32,
}

impl Packed {
    /// Whether it is too long to share a chunk.
    const fn is_long(&self) -> bool {
        CHUNK_HEAD + record_room(self.bytes.len()) > CHUNK_LIMIT
    }
}

/// What is known of a chunk.
#[derive(Clone, Debug, Default)]
struct Room {
    /// Bytes taken.
    taken: usize,
    /// How many of the history's entries are in it.
    history: usize,
    /// For a part of a long record: which and of how many.
    part: Option<(u32, u32)>,
    /// Changed since it was read.
    touched: bool,
}

/// What became of a chunk: its number, and its bytes or nothing.
pub(super) type Rewritten = (u32, Option<Vec<u8>>);

impl Dossier {
    /// A dossier with nothing in it.
    pub const fn empty(home: Id) -> Dossier {
        Dossier { home, records: Vec::new(), history: Vec::new(), rooms: BTreeMap::new() }
    }

    /// The customer whose dossier it is; for what belongs to none, the record's own id or [`Id::BOOK`].
    pub const fn home(&self) -> Id {
        self.home
    }

    /// Whether no record is in it. It may have a history.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// How many records are in it.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// The entries that touched it, oldest first.
    pub fn history(&self) -> &[u64] {
        &self.history
    }

    /// The record with this id.
    pub fn get(&self, id: Id) -> Option<Record> {
        let packed = self.records.iter().find(|packed| packed.id == id)?;
        read_record(&packed.bytes).ok()
    }

    /// Whether it has the record, without reading it.
    pub fn has(&self, id: Id) -> bool {
        self.records.iter().any(|packed| packed.id == id)
    }

    /// Its records of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = Record> {
        self.records
            .iter()
            .filter(move |packed| packed.kind == kind)
            .filter_map(|packed| read_record(&packed.bytes).ok())
    }

    /// How many records of one kind it has, without reading them.
    pub fn count(&self, kind: Kind) -> usize {
        self.records.iter().filter(|packed| packed.kind == kind).count()
    }

    /// All its records.
    pub fn records(&self) -> impl Iterator<Item = Record> {
        self.records.iter().filter_map(|packed| read_record(&packed.bytes).ok())
    }

    /// What happened is made so here too. Repeating it changes nothing; false when a field cannot hold what it was to hold.
    pub fn apply(&mut self, change: &Change) -> bool {
        match change {
            Change::Born(record) if record.home() == self.home => {
                write_record(record).is_ok_and(|bytes| self.put(bytes).is_ok())
            }
            Change::Born(_) => true,
            Change::Gone(record) => {
                self.take(record.id());
                true
            }
            Change::Set(set) => {
                let Some(bytes) = self.bytes_of(set.id) else { return true };
                let Ok(mut record) = read_record(&bytes) else { return false };
                let held = record.set(set.field, set.after.clone());
                let stays = record.home() == self.home;
                if stays {
                    return write_record(&record).is_ok_and(|bytes| self.put(bytes).is_ok()) && held;
                }
                self.take(set.id);
                held
            }
        }
    }

    pub(super) fn bytes_of(&self, id: Id) -> Option<Vec<u8>> {
        self.records.iter().find(|packed| packed.id == id).map(|packed| packed.bytes.clone())
    }
}

macro_rules! shortcuts {
    ($($(#[$doc:meta])* $name:ident: $kind:ident,)+) => {
        impl Dossier {$(
            $(#[$doc])*
            pub fn $name(&self) -> Vec<$kind> {
                let of_kind = self.of(Kind::$kind);
                of_kind.filter_map(|record| match record { Record::$kind(record) => Some(record), _ => None }).collect()
            }
        )+}
    };
}

shortcuts! {
    /// The people there.
    contacts: Contact,
    /// Its orders.
    orders: Order,
    /// Its follow-ups.
    follow_ups: FollowUp,
    /// What is to be done next, and what was done.
    next_steps: NextStep,
    /// Its deals.
    deals: Deal,
    /// What it told us.
    feedback: Feedback,
    /// What it cost us.
    costs: Cost,
}

impl Dossier {
    /// The customer itself.
    pub fn customer(&self) -> Option<Customer> {
        match self.get(self.home)? {
            Record::Customer(customer) => Some(customer),
            _ => None,
        }
    }
}

/// How it is packed in chunks.
impl Dossier {
    /// Reads a dossier from its chunks, in order.
    pub(super) fn read<'a>(home: Id, chunks: impl Iterator<Item = (u32, &'a [u8])>) -> Result<Dossier, Fault> {
        let mut dossier = Dossier::empty(home);
        let mut long: Option<(u32, Vec<u8>)> = None;
        let mut expected = 0;
        for (number, stored) in chunks {
            let mut room = Room { taken: stored.len(), ..Room::default() };
            match read_chunk(stored)? {
                Chunk::Shared { history, records } => {
                    room.history = history.len();
                    room.taken = CHUNK_HEAD + history_bytes(&history);
                    dossier.history.extend(history);
                    for record in records {
                        room.taken += record_room(record.len());
                        dossier.keep(record.to_vec(), number)?;
                    }
                }
                Chunk::Part { number: part, of, bytes } => {
                    let (first, mut whole) = long.take().unwrap_or((number, Vec::new()));
                    if part != expected || first + part != number || part >= of {
                        return Err(Fault::Spoiled("order of parts"));
                    }
                    whole.extend(bytes);
                    room.part = Some((part, of));
                    expected = (part + 1) % of;
                    if expected == 0 {
                        dossier.keep(whole, first)?;
                    } else {
                        long = Some((first, whole));
                    }
                }
            }
            dossier.rooms.insert(number, room);
        }
        if long.is_some() { Err(Fault::Spoiled("parts of a record")) } else { Ok(dossier) }
    }

    fn keep(&mut self, bytes: Vec<u8>, chunk: u32) -> Result<(), Fault> {
        let (kind, id) = record_name(&bytes)?;
        self.records.push(Packed { id, kind, bytes, chunk });
        Ok(())
    }

    /// Puts a record in, in place of one with its id.
    pub(super) fn put(&mut self, bytes: Vec<u8>) -> Result<(), Fault> {
        let (kind, id) = record_name(&bytes)?;
        let Some(index) = self.records.iter().position(|packed| packed.id == id) else {
            let chunk = self.place(&bytes);
            self.records.push(Packed { id, kind, bytes, chunk });
            return Ok(());
        };
        let Some(old) = self.records.get(index) else { return Ok(()) };
        if old.bytes == bytes {
            return Ok(());
        }
        let (old_room, chunk) = (record_room(old.bytes.len()), old.chunk);
        let new_room = record_room(bytes.len());
        let fits = |room: &&mut Room| room.part.is_none() && room.taken - old_room + new_room <= CHUNK_LIMIT;
        let chunk = match self.rooms.get_mut(&chunk).filter(fits) {
            Some(room) => {
                room.taken = room.taken - old_room + new_room;
                room.touched = true;
                chunk
            }
            None => {
                self.vacate(chunk, old_room);
                self.place(&bytes)
            }
        };
        if let Some(old) = self.records.get_mut(index) {
            *old = Packed { id, kind, bytes, chunk };
        }
        Ok(())
    }

    /// Takes a record out.
    pub(super) fn take(&mut self, id: Id) -> Option<Vec<u8>> {
        let index = self.records.iter().position(|packed| packed.id == id)?;
        let packed = self.records.remove(index);
        self.vacate(packed.chunk, record_room(packed.bytes.len()));
        Some(packed.bytes)
    }

    /// Notes that entry `seq` touched it.
    pub(super) fn note(&mut self, seq: u64) {
        let last = self.history.last().copied();
        if last.is_some_and(|last| last >= seq) {
            return;
        }
        let tail = self.rooms.iter().rev().find(|(_, room)| room.history > 0).map(|(number, _)| *number);
        let needed = history_room(last, seq);
        let room_left = |number: &u32| {
            self.rooms.get(number).is_some_and(|room| room.part.is_none() && room.taken + needed <= CHUNK_LIMIT)
        };
        let (number, needed) = match tail.filter(room_left) {
            Some(tail) => (tail, needed),
            None => (
                self.chunk_with_room(history_room(None, seq), tail.map_or(0, |tail| tail + 1)),
                history_room(None, seq),
            ),
        };
        let room = self.rooms.entry(number).or_default();
        room.taken += needed;
        room.history += 1;
        room.touched = true;
        self.history.push(seq);
    }

    /// Makes room for a record and says where.
    fn place(&mut self, bytes: &[u8]) -> u32 {
        let needed = record_room(bytes.len());
        if CHUNK_HEAD + needed <= CHUNK_LIMIT {
            let number = self.chunk_with_room(needed, 0);
            let room = self.rooms.entry(number).or_default();
            room.taken += needed;
            room.touched = true;
            return number;
        }
        let first = self.next_number();
        let parts = bytes.len().div_ceil(PART_LIMIT) as u32;
        for part in 0..parts {
            let room = Room { taken: CHUNK_LIMIT, history: 0, part: Some((part, parts)), touched: true };
            self.rooms.insert(first + part, room);
        }
        first
    }

    /// The last chunk from `least` on with `needed` bytes free, or a new one.
    fn chunk_with_room(&mut self, needed: usize, least: u32) -> u32 {
        let mut after = self.rooms.range(least..).rev();
        let free = after.find(|(_, room)| room.part.is_none() && room.taken + needed <= CHUNK_LIMIT);
        if let Some((number, _)) = free {
            return *number;
        }
        let number = self.next_number().max(least);
        self.rooms.insert(number, Room { taken: CHUNK_HEAD, ..Room::default() });
        number
    }

    fn next_number(&self) -> u32 {
        self.rooms.last_key_value().map_or(0, |(number, _)| number + 1)
    }

    fn vacate(&mut self, chunk: u32, bytes: usize) {
        let parts = match self.rooms.get_mut(&chunk) {
            Some(Room { part: Some((_, parts)), .. }) => *parts,
            Some(room) => {
                room.taken = room.taken.saturating_sub(bytes);
                room.touched = true;
                return;
            }
            None => return,
        };
        for number in chunk..chunk + parts {
            // An empty chunk is removed when the dossier is written.
            self.rooms.insert(number, Room { taken: CHUNK_HEAD, touched: true, ..Room::default() });
        }
    }

    /// The chunks changed since it was read or last written.
    pub(super) fn rewritten(&mut self) -> Vec<Rewritten> {
        let mut rewritten = Vec::new();
        let mut done = 0;
        for (number, room) in &mut self.rooms {
            let history = self.history.get(done..done + room.history).unwrap_or_default();
            done += room.history;
            if !std::mem::take(&mut room.touched) {
                continue;
            }
            let bytes = match room.part {
                None => write_shared(&self.records, *number, history),
                Some((part, of)) => write_part(&self.records, *number, part, of),
            };
            rewritten.push((*number, bytes));
        }
        for (number, _) in rewritten.iter().filter(|(_, bytes)| bytes.is_none()) {
            self.rooms.remove(number);
        }
        rewritten
    }

    /// Whether it holds the same records and history, however they are packed.
    pub(super) fn equals(&self, other: &Dossier) -> bool {
        let sorted = |dossier: &Dossier| {
            let mut records: Vec<Vec<u8>> = dossier.records.iter().map(|packed| packed.bytes.clone()).collect();
            records.sort_unstable();
            records
        };
        self.history == other.history && sorted(self) == sorted(other)
    }

    /// Bytes it takes in memory, about.
    pub(super) fn weight(&self) -> usize {
        self.rooms.values().map(|room| room.taken + 64).sum::<usize>() + self.records.len() * 64 + 128
    }

    /// The id and record a step is about, put in or taken out. A set of a record not here is left to the caller.
    pub(super) fn step(&mut self, step: &Step<'_>) -> Result<(), Fault> {
        match step {
            Step::Put { record, .. } => self.put(record.to_vec()),
            Step::Drop { record, .. } => record_name(record).map(|(_, id)| drop(self.take(id))),
            Step::Set(_) => Ok(()),
        }
    }
}

fn history_bytes(history: &[u64]) -> usize {
    let mut last = None;
    let mut bytes = 0;
    for seq in history {
        bytes += history_room(last, *seq);
        last = Some(*seq);
    }
    bytes
}

fn write_shared(records: &[Packed], number: u32, history: &[u64]) -> Option<Vec<u8>> {
    let records: Vec<&[u8]> =
        records.iter().filter(|packed| packed.chunk == number).map(|packed| packed.bytes.as_slice()).collect();
    if records.is_empty() && history.is_empty() {
        return None;
    }
    Some(write_chunk(&Chunk::Shared { history: history.to_vec(), records }))
}

fn write_part(records: &[Packed], number: u32, part: u32, of: u32) -> Option<Vec<u8>> {
    let whole = records.iter().find(|packed| packed.is_long() && packed.chunk + part == number)?;
    let bytes = whole.bytes.chunks(PART_LIMIT).nth(part as usize)?;
    Some(write_chunk(&Chunk::Part { number: part, of, bytes }))
}
