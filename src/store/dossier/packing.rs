//! How a dossier is packed in chunks of at most 4 KB: what is added goes where there is room, what is edited stays.

use super::{Dossier, Packed, Rewritten, Room};
use crate::domain::id::Id;
use crate::store::codec::Fault;
use crate::store::codec::chunk::{
    CHUNK_HEAD, CHUNK_LIMIT, Chunk, PART_LIMIT, history_room, read_chunk, record_room, write_chunk,
};
use crate::store::codec::entry::Step;
use crate::store::codec::record::record_name;

impl Dossier {
    /// Reads a dossier from its chunks, in order.
    pub(in crate::store) fn read<'a>(
        home: Id,
        chunks: impl Iterator<Item = (u32, &'a [u8])>,
    ) -> Result<Dossier, Fault> {
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
    pub(in crate::store) fn put(&mut self, bytes: Vec<u8>) -> Result<(), Fault> {
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
    pub(in crate::store) fn take(&mut self, id: Id) -> Option<Vec<u8>> {
        let index = self.records.iter().position(|packed| packed.id == id)?;
        let packed = self.records.remove(index);
        self.vacate(packed.chunk, record_room(packed.bytes.len()));
        Some(packed.bytes)
    }

    /// Notes that entry `seq` touched it.
    pub(in crate::store) fn note(&mut self, seq: u64) {
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
        // One left empty is about to be removed.
        let free = after
            .find(|(_, room)| room.part.is_none() && room.taken > CHUNK_HEAD && room.taken + needed <= CHUNK_LIMIT);
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
    pub(in crate::store) fn rewritten(&mut self) -> Vec<Rewritten> {
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
    pub(in crate::store) fn equals(&self, other: &Dossier) -> bool {
        let sorted = |dossier: &Dossier| {
            let mut records: Vec<Vec<u8>> = dossier.records.iter().map(|packed| packed.bytes.clone()).collect();
            records.sort_unstable();
            records
        };
        self.history == other.history && sorted(self) == sorted(other)
    }

    /// Bytes it takes in memory, about.
    pub(in crate::store) fn weight(&self) -> usize {
        self.rooms.values().map(|room| room.taken + 64).sum::<usize>() + self.records.len() * 64 + 128
    }

    /// The id and record a step is about, put in or taken out. A set of a record not here is left to the caller.
    pub(in crate::store) fn step(&mut self, step: &Step<'_>) -> Result<(), Fault> {
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

#[cfg(test)]
mod tests {
    use super::{CHUNK_LIMIT, Dossier};
    use crate::domain::follow_up::FollowUp;
    use crate::domain::id::Id;
    use crate::domain::record::Record;
    use crate::store::codec::record::write_record;
    use std::collections::BTreeMap;

    const HOME: Id = Id::from_bytes([9; 16]);

    fn follow_up(number: u8, length: usize) -> Record {
        let id = Id::from_bytes([number; 16]);
        Record::from(FollowUp { id, customer: Some(HOME), text: "x".repeat(length), ..FollowUp::default() })
    }

    /// A dossier and the chunks it was written in.
    struct Kept(Dossier, BTreeMap<u32, Vec<u8>>);

    impl Kept {
        fn new() -> Kept {
            Kept(Dossier::empty(HOME), BTreeMap::new())
        }

        fn put(&mut self, record: &Record) -> Vec<u32> {
            self.0.put(write_record(record).unwrap()).unwrap();
            self.write()
        }

        /// Writes it, reads it back, and answers with the numbers of the chunks written.
        fn write(&mut self) -> Vec<u32> {
            let mut numbers = Vec::new();
            for (number, bytes) in self.0.rewritten() {
                numbers.push(number);
                match bytes {
                    Some(bytes) => drop(self.1.insert(number, bytes)),
                    None => drop(self.1.remove(&number)),
                }
            }
            assert!(self.1.values().all(|bytes| bytes.len() <= CHUNK_LIMIT));
            let again = Dossier::read(HOME, self.1.iter().map(|(number, bytes)| (*number, bytes.as_slice()))).unwrap();
            assert!(again.equals(&self.0));
            self.0 = again;
            numbers
        }
    }

    #[test]
    fn an_edit_rewrites_the_records_own_chunk_and_an_addition_the_last_with_room() {
        let mut kept = Kept::new();
        (0..20).for_each(|number| drop(kept.put(&follow_up(number, 900))));
        assert_eq!(kept.1.len(), 5);
        assert_eq!(kept.put(&follow_up(1, 901)), [0]);
        assert_eq!(kept.put(&follow_up(1, 901)), Vec::<u32>::new());
        assert_eq!(kept.put(&follow_up(30, 100)), [4]);
        assert_eq!(kept.put(&follow_up(2, 2000)), [0, 5], "it has outgrown its chunk");
    }

    #[test]
    fn a_record_longer_than_a_chunk_is_split_and_leaves_nothing_behind() {
        let mut kept = Kept::new();
        kept.put(&follow_up(1, 10));
        assert_eq!(kept.put(&follow_up(2, 10_000)), [1, 2, 3]);
        assert_eq!(kept.0.follow_ups().len(), 2);
        assert_eq!(kept.put(&follow_up(2, 13_000)).len(), 7, "three left, four taken");
        assert_eq!(kept.put(&follow_up(2, 20)).len(), 5, "four left, the first written");
        assert_eq!(kept.1.len(), 1);
        kept.0.take(Id::from_bytes([1; 16]));
        kept.0.take(Id::from_bytes([2; 16]));
        kept.write();
        assert!(kept.1.is_empty());
    }

    #[test]
    fn a_long_history_is_kept_in_order_over_several_chunks() {
        let mut kept = Kept::new();
        for seq in (1..20_000).step_by(3) {
            kept.0.note(seq);
            kept.0.note(seq);
            if seq % 600 == 1 {
                kept.put(&follow_up((seq / 600) as u8, 500));
            }
        }
        kept.write();
        assert!(kept.1.len() > 4);
        assert_eq!(kept.0.history(), (1..20_000).step_by(3).collect::<Vec<u64>>());
    }

    #[test]
    fn a_chunk_missing_in_a_long_record_is_noticed() {
        let mut kept = Kept::new();
        kept.put(&follow_up(2, 10_000));
        for missing in 0..3 {
            let chunks = kept.1.iter().filter(|(number, _)| **number != missing);
            assert!(Dossier::read(HOME, chunks.map(|(number, bytes)| (*number, bytes.as_slice()))).is_err());
        }
    }
}
