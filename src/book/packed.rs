//! A row packed: what has no fixed length as bytes that many rows share, and the fixed part as it is put away.

use crate::book::reach::Left;
use crate::book::row::{Row, StoredRow};
use crate::book::symbols::{Symbol, Symbols};
use crate::domain::choice::{CustomerKind, LifeStage};
use crate::domain::time::{Day, Due};
use crate::store::codec::{Fault, Reader, derived, put_number};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Version of what is packed by its own layout inside a row.
const VERSION: u8 = 1;

/// The parts of a row that have no fixed length, in the order in which they stand: its five texts, and these.
const CONTACTS: usize = 5;
pub(super) const TAGS: usize = 6;
pub(super) const FACTS: usize = 7;
pub(super) const HEARD: usize = 8;
pub(super) const GIVEN: usize = 9;
pub(super) const OPEN: usize = 10;
const PARTS: usize = 11;

/// The bytes that neighbours share.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    bytes: Vec<u8>,
    /// Where their contacts were left, if they are not among the bytes: their part says at which place then.
    left: Option<Left>,
}

impl Shared {
    /// Bytes with all that belongs to them.
    pub(super) fn whole(mut bytes: Vec<u8>) -> Arc<Shared> {
        bytes.shrink_to_fit();
        Arc::new(Shared { bytes, left: None })
    }
}

/// Where the parts of one row stand among those of its neighbours: the length of each, then all of them.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    shared: Arc<Shared>,
    start: u32,
}

impl Parts {
    /// The parts that begin at `start`.
    pub(super) fn at(shared: &Arc<Shared>, start: u32) -> Parts {
        Parts { shared: Arc::clone(shared), start }
    }

    /// One part; nothing where the bytes are not what they should be.
    pub(super) fn get(&self, place: usize) -> &[u8] {
        let mut reader = self.reader();
        let (mut before, mut length) = (0_usize, 0_usize);
        for part in 0..PARTS {
            let next = reader.number().map_or(0, |number| number as usize);
            if part < place {
                before = before.saturating_add(next);
            } else if part == place {
                length = next;
            }
        }
        reader.rest().get(before..before.saturating_add(length)).unwrap_or_default()
    }

    /// All parts but the contacts.
    fn others(&self) -> [&[u8]; PARTS] {
        let mut reader = self.reader();
        let lengths: [usize; PARTS] = std::array::from_fn(|_| reader.number().map_or(0, |number| number as usize));
        let mut rest = reader.rest();
        std::array::from_fn(|part| {
            let (found, behind) = rest.split_at_checked(*lengths.get(part).unwrap_or(&0)).unwrap_or_default();
            rest = behind;
            if part == CONTACTS { &[] } else { found }
        })
    }

    /// The contacts as text; `None` where they were left and cannot be read.
    pub(super) fn contacts(&self) -> Option<Cow<'_, str>> {
        match (self.get(CONTACTS), &self.shared.left) {
            ([], _) => Some(Cow::default()),
            (text, None) => std::str::from_utf8(text).ok().map(Cow::Borrowed),
            (place, Some(left)) => left.get(place).map(Cow::Owned),
        }
    }

    /// Whether it lies in a file in which contacts were looked for in vain.
    pub(super) fn is_spoiled(&self) -> bool {
        self.shared.left.as_ref().is_some_and(Left::is_spoiled)
    }

    /// How many bytes the parts are together, with all contacts.
    pub(super) fn length(&self) -> usize {
        self.others().iter().map(|part| part.len()).sum::<usize>() + self.contacts().map_or(0, |text| text.len())
    }

    /// Appends the parts with their lengths, as [`Parts::at`] finds them again, and the contacts to those that are left;
    /// `None` where they cannot be had. Gives the bytes appended.
    fn put_away(&self, bodies: &mut Vec<u8>, left: &mut Vec<u8>) -> Option<usize> {
        let (contacts, mut place) = (self.contacts()?, Vec::new());
        if !contacts.is_empty() {
            Left::put(&contacts, left, &mut place);
        }
        let mut parts = self.others();
        parts[CONTACTS] = &place;
        let before = bodies.len();
        parts.iter().for_each(|part| put_number(part.len() as u64, bodies));
        parts.iter().for_each(|part| bodies.extend(*part));
        Some(bodies.len() - before)
    }

    fn reader(&self) -> Reader<'_> {
        Reader::of(self.shared.bytes.get(self.start as usize..).unwrap_or_default())
    }
}

/// What was packed by [`packed`], if anything was.
pub(super) fn unpacked<'a, T: Deserialize<'a>>(part: &'a [u8]) -> Option<T> {
    derived::read(VERSION, part)
}

fn packed<T: Serialize>(part: &Option<Box<T>>) -> Vec<u8> {
    part.as_deref().and_then(|part| derived::write(VERSION, part)).unwrap_or_default()
}

/// Appends the parts of a stored row.
pub(super) fn pack(stored: &StoredRow<'_>, symbols: &mut Symbols, into: &mut Vec<u8>) {
    let texts = [&stored.code, &stored.name, &stored.short_name, &stored.phone, &stored.conclusion, &stored.contacts];
    let mut tags = Vec::new();
    for tag in &stored.tags {
        put_number(symbols.keep(tag).place() as u64, &mut tags);
    }
    let others = [tags, stored.facts.to_vec(), packed(&stored.heard), packed(&stored.given), packed(&stored.open)];
    let parts = || texts.iter().map(|text| bounded(text).as_bytes()).chain(others.iter().map(Vec::as_slice));
    parts().for_each(|part| put_number(part.len() as u64, into));
    parts().for_each(|part| into.extend(part));
}

/// The symbols that were packed as tags.
pub(super) fn tags(part: &[u8]) -> impl Iterator<Item = Symbol> + Clone {
    let mut reader = Reader::of(part);
    std::iter::from_fn(move || reader.number().ok().map(Symbol::at))
}

/// A text cut so that a row stays within bounds.
fn bounded(text: &str) -> &str {
    const MOST: usize = 10_000;
    let cut = (0..=MOST.min(text.len())).rev().find(|place| text.is_char_boundary(*place));
    text.get(..cut.unwrap_or(0)).unwrap_or("")
}

/// What of the fixed part is there.
const OWNER: u8 = 1;
const NEXT: u8 = 2;
const MINUTE: u8 = 4;
const LAST: u8 = 8;
const TOUCHED: u8 = 16;
const LIFE_STAGE: u8 = 32;
const KIND: u8 = 64;
const THERE: u8 = 128;

/// Some blocks as they are put away: the fixed parts of their rows, beside them the others, and the contacts, which may be
/// left where they are put. `None` where those cannot be had.
pub(super) fn put_away(blocks: &[&[Option<Row>]]) -> Option<[Vec<u8>; 3]> {
    let [mut heads, mut bodies, mut left] = [Vec::new(), Vec::new(), Vec::new()];
    for block in blocks {
        put_number(block.len() as u64, &mut heads);
        for row in *block {
            put_row(row.as_ref(), &mut heads, &mut bodies, &mut left)?;
        }
    }
    Some([heads, bodies, left])
}

/// The blocks that [`put_away`] wrote, but for their contacts; `None` where they are not what was written.
pub(super) fn take_down(heads: &[u8], bodies: Vec<u8>, left: Left) -> Option<Vec<Vec<Option<Row>>>> {
    let shared = Arc::new(Shared { bytes: bodies, left: Some(left) });
    let (mut heads, mut start) = (Reader::of(heads), 0);
    let mut blocks = Vec::new();
    while !heads.is_done() {
        let count = heads.number().ok().filter(|count| *count <= heads.rest().len() as u64)?;
        let rows = (0..count).map(|_| take_row(&mut heads, &shared, &mut start).ok());
        let mut block = Vec::with_capacity(count as usize);
        for row in rows {
            block.push(row?);
        }
        blocks.push(block);
    }
    Some(blocks)
}

fn put_row(row: Option<&Row>, heads: &mut Vec<u8>, bodies: &mut Vec<u8>, left: &mut Vec<u8>) -> Option<()> {
    let Some(row) = row else {
        heads.push(0);
        return Some(());
    };
    let minute = row.next_contact.and_then(|due| due.minute);
    let bit = |there: bool, bit: u8| if there { bit } else { 0 };
    heads.push(
        THERE
            | bit(row.owner.is_some(), OWNER)
            | bit(row.next_contact.is_some(), NEXT)
            | bit(minute.is_some(), MINUTE)
            | bit(row.last_contact.is_some(), LAST)
            | bit(row.touched.is_some(), TOUCHED)
            | bit(row.life_stage.is_some(), LIFE_STAGE)
            | bit(row.kind.is_some(), KIND),
    );
    heads.extend(row.id.bytes());
    for symbol in [row.industry, row.size, row.region, row.source, row.need, row.stage] {
        put_number(symbol.place() as u64, heads);
    }
    row.owner.iter().for_each(|owner| heads.extend(owner.bytes()));
    for day in [row.next_contact.map(|due| due.day), row.last_contact, row.touched].into_iter().flatten() {
        heads.extend(day.number().to_le_bytes());
    }
    minute.iter().for_each(|minute| heads.extend(minute.to_le_bytes()));
    heads.extend(row.life_stage.map(u8::from));
    heads.extend(row.kind.map(u8::from));
    put_number(row.parts.put_away(bodies, left)? as u64, heads);
    Some(())
}

/// `start` is where the row's parts begin among those shared, and goes on behind them.
fn take_row(heads: &mut Reader<'_>, shared: &Arc<Shared>, start: &mut usize) -> Result<Option<Row>, Fault> {
    let there = heads.byte()?;
    if there == 0 {
        return Ok(None);
    }
    let has = |bit: u8| there & bit != 0;
    let id = heads.id()?;
    let [industry, size, region, source, need, stage] = symbols(heads)?;
    let owner = if has(OWNER) { Some(heads.id()?) } else { None };
    let next = day(heads, has(NEXT))?;
    let (last_contact, touched) = (day(heads, has(LAST))?, day(heads, has(TOUCHED))?);
    let minute = if has(MINUTE) { Some(u16::from_le_bytes(heads.array()?)) } else { None };
    let life_stage = if has(LIFE_STAGE) { LifeStage::try_from(heads.byte()?).ok() } else { None };
    let kind = if has(KIND) { CustomerKind::try_from(heads.byte()?).ok() } else { None };
    let parts = Parts::at(shared, u32::try_from(*start).map_err(|_| Fault::Spoiled("place"))?);
    *start = start.saturating_add(heads.number()? as usize);
    let next_contact = next.map(|day| Due { day, minute });
    Ok(Some(Row {
        id,
        parts,
        industry,
        size,
        region,
        source,
        need,
        stage,
        owner,
        next_contact,
        last_contact,
        touched,
        life_stage,
        kind,
    }))
}

fn symbols(heads: &mut Reader<'_>) -> Result<[Symbol; 6], Fault> {
    let mut symbols = [Symbol::default(); 6];
    for symbol in &mut symbols {
        *symbol = Symbol::at(heads.number()?);
    }
    Ok(symbols)
}

fn day(heads: &mut Reader<'_>, there: bool) -> Result<Option<Day>, Fault> {
    if there { heads.array().map(|bytes| Some(Day::from_number(i32::from_le_bytes(bytes)))) } else { Ok(None) }
}
