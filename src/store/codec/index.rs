//! What the working copy notes for itself as bytes: how far it has come, where entries stand, which rows are stale.

use super::{Fault, Reader, begin, put_number, unseal};
use crate::domain::id::Id;

/// The layout of the working copy: a copy with another number is made again from the journal.
pub const LAYOUT: u64 = 1;

/// How many places are kept in one block.
pub const BLOCK: u64 = 64;

/// Where an entry stands in the journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Number of the file.
    pub segment: u32,
    /// Byte in it.
    pub offset: u32,
}

/// How far the working copy has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progressed {
    /// The last entry it knows.
    pub seq: u64,
    /// That entry's checksum.
    pub crc: u32,
    /// The groups without an end, each with its first entry.
    pub open_groups: Vec<(Id, u64)>,
}

/// Writes how far the working copy has come.
pub fn write_progressed(progressed: &Progressed) -> Vec<u8> {
    let mut bytes = begin();
    put_number(LAYOUT, &mut bytes);
    put_number(progressed.seq, &mut bytes);
    bytes.extend(progressed.crc.to_le_bytes());
    put_number(progressed.open_groups.len() as u64, &mut bytes);
    for (group, first) in &progressed.open_groups {
        bytes.extend(group.bytes());
        put_number(*first, &mut bytes);
    }
    bytes
}

/// Reads how far the working copy has come; a copy of another layout has come nowhere.
pub fn read_progressed(stored: &[u8]) -> Result<Progressed, Fault> {
    let mut reader = Reader::of(unseal(stored)?);
    if reader.number()? != LAYOUT {
        return Err(Fault::Spoiled("layout"));
    }
    let (seq, crc) = (reader.number()?, reader.fixed_u32()?);
    let mut open_groups = Vec::new();
    for _ in 0..reader.number()? {
        open_groups.push((reader.id()?, reader.number()?));
    }
    Ok(Progressed { seq, crc, open_groups })
}

/// Writes the places of the entries of one block.
pub fn write_places(places: &[Place]) -> Vec<u8> {
    let mut bytes = begin();
    for place in places {
        put_number(u64::from(place.segment), &mut bytes);
        put_number(u64::from(place.offset), &mut bytes);
    }
    bytes
}

/// Reads the places of the entries of one block.
pub fn read_places(stored: &[u8]) -> Result<Vec<Place>, Fault> {
    let mut reader = Reader::of(unseal(stored)?);
    let mut places = Vec::new();
    let narrow = |number: u64| u32::try_from(number).map_err(|_| Fault::Spoiled("place"));
    while !reader.is_done() {
        places.push(Place { segment: narrow(reader.number()?)?, offset: narrow(reader.number()?)? });
    }
    Ok(places)
}

/// Writes a few numbers.
pub fn write_numbers(numbers: &[u64]) -> Vec<u8> {
    let mut bytes = begin();
    numbers.iter().for_each(|number| put_number(*number, &mut bytes));
    bytes
}

/// Reads a few numbers.
pub fn read_numbers(stored: &[u8]) -> Result<Vec<u64>, Fault> {
    let mut reader = Reader::of(unseal(stored)?);
    let mut numbers = Vec::new();
    while !reader.is_done() {
        numbers.push(reader.number()?);
    }
    Ok(numbers)
}

/// Writes a list of homes.
pub fn write_homes(homes: &[Id]) -> Vec<u8> {
    let mut bytes = begin();
    homes.iter().for_each(|home| bytes.extend(home.bytes()));
    bytes
}

/// Reads a list of homes.
pub fn read_homes(stored: &[u8]) -> Result<Vec<Id>, Fault> {
    let mut reader = Reader::of(unseal(stored)?);
    let mut homes = Vec::new();
    while !reader.is_done() {
        homes.push(reader.id()?);
    }
    Ok(homes)
}
