//! What the working copy notes for itself as bytes: how far it has come, where entries stand, which rows are stale.

use super::{Fault, Reader, begin, put_number, unseal};
use crate::domain::id::Id;
use crate::store::entry::Origin;

/// The layout of the working copy: since 2 it notes the last entry that was due to be durable, since 3 how far each device
/// has counted.
const LAYOUT: u64 = 3;

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
    /// The last of these that was acknowledged, so that a journal without it has lost it. Behind it there are only
    /// entries of a group that has no end, which a power cut may take away.
    pub durable: u64,
    /// The groups without an end, each with its first entry.
    pub open_groups: Vec<(Id, u64)>,
    /// The entries it lacks because the journal lost them, as far as nothing made them good.
    pub gaps: Vec<Gap>,
    /// The greatest stamp of any entry.
    pub stamp: u64,
    /// The devices that wrote in the book, each with the number of its last entry.
    pub devices: Vec<(u64, u64)>,
}

impl Progressed {
    /// Notes who wrote an entry.
    pub fn note(&mut self, origin: &Origin) {
        self.stamp = self.stamp.max(origin.stamp);
        match self.devices.iter_mut().find(|(device, _)| *device == origin.device) {
            Some((_, last)) => *last = (*last).max(origin.number),
            None => self.devices.push((origin.device, origin.number)),
        }
    }

    /// The number of the last entry that a device wrote.
    pub fn last_of(&self, device: u64) -> u64 {
        self.devices.iter().find(|(known, _)| *known == device).map_or(0, |(_, last)| *last)
    }
}

/// Entries that the journal lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Where they stood.
    pub place: Place,
    /// The first of them.
    pub first: u64,
    /// The last of them.
    pub last: u64,
}

/// Writes how far the working copy has come.
pub fn write_progressed(progressed: &Progressed) -> Vec<u8> {
    let mut bytes = begin();
    put_number(LAYOUT, &mut bytes);
    put_number(progressed.seq, &mut bytes);
    bytes.extend(progressed.crc.to_le_bytes());
    put_number(progressed.durable, &mut bytes);
    put_number(progressed.open_groups.len() as u64, &mut bytes);
    for (group, first) in &progressed.open_groups {
        bytes.extend(group.bytes());
        put_number(*first, &mut bytes);
    }
    put_number(progressed.gaps.len() as u64, &mut bytes);
    for Gap { place, first, last } in &progressed.gaps {
        for number in [u64::from(place.segment), u64::from(place.offset), *first, *last] {
            put_number(number, &mut bytes);
        }
    }
    put_number(progressed.stamp, &mut bytes);
    put_number(progressed.devices.len() as u64, &mut bytes);
    for (device, last) in &progressed.devices {
        bytes.extend(device.to_le_bytes());
        put_number(*last, &mut bytes);
    }
    bytes
}

/// Reads how far the working copy has come, in this layout or an earlier one.
pub fn read_progressed(stored: &[u8]) -> Result<Progressed, Fault> {
    let mut reader = Reader::of(unseal(stored)?);
    let layout = reader.number()?;
    if layout == 0 || layout > LAYOUT {
        return Err(Fault::Spoiled("layout"));
    }
    let (seq, crc) = (reader.number()?, reader.fixed_u32()?);
    let noted = if layout == 1 { None } else { Some(reader.number()?) };
    let mut open_groups = Vec::new();
    for _ in 0..reader.number()? {
        open_groups.push((reader.id()?, reader.number()?));
    }
    let before_groups = open_groups.iter().map(|(_, first)| first.saturating_sub(1)).min().unwrap_or(seq);
    let mut gaps = Vec::new();
    for _ in 0..if layout == 1 { 0 } else { reader.number()? } {
        let place = Place { segment: narrow(reader.number()?)?, offset: narrow(reader.number()?)? };
        gaps.push(Gap { place, first: reader.number()?, last: reader.number()? });
    }
    let mut progressed =
        Progressed { seq, crc, durable: noted.unwrap_or(before_groups), open_groups, gaps, ..Progressed::default() };
    if layout > 2 {
        progressed.stamp = reader.number()?;
        for _ in 0..reader.number()? {
            progressed.devices.push((reader.fixed_u64()?, reader.number()?));
        }
    }
    Ok(progressed)
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
    while !reader.is_done() {
        places.push(Place { segment: narrow(reader.number()?)?, offset: narrow(reader.number()?)? });
    }
    Ok(places)
}

fn narrow(number: u64) -> Result<u32, Fault> {
    u32::try_from(number).map_err(|_| Fault::Spoiled("place"))
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
