//! Blocks of rows as the pieces in which they are put away, and from which they are taken again.

use crate::book::packed::{Parts, Shared};
use crate::book::reach::Left;
use crate::book::row::Row;
use crate::book::row_layout::WORDS;
use crate::book::symbols::Symbol;
use crate::domain::choice::{CustomerKind, LifeStage};
use crate::domain::time::{Day, Due};
use crate::store::codec::{Fault, Reader, put_number};
use std::sync::Arc;

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
    let shared = Shared::without_contacts(bodies, left);
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
    for symbol in row.words {
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
    let words = words(heads)?;
    let owner = if has(OWNER) { Some(heads.id()?) } else { None };
    let next = day(heads, has(NEXT))?;
    let (last_contact, touched) = (day(heads, has(LAST))?, day(heads, has(TOUCHED))?);
    let minute = if has(MINUTE) { Some(u16::from_le_bytes(heads.array()?)) } else { None };
    let life_stage = if has(LIFE_STAGE) { LifeStage::try_from(heads.byte()?).ok() } else { None };
    let kind = if has(KIND) { CustomerKind::try_from(heads.byte()?).ok() } else { None };
    let parts = Parts::at(shared, u32::try_from(*start).map_err(|_| Fault::Spoiled("place"))?);
    *start = start.saturating_add(heads.number()? as usize);
    let next_contact = next.map(|day| Due { day, minute });
    Ok(Some(Row { id, parts, words, owner, next_contact, last_contact, touched, life_stage, kind }))
}

fn words(heads: &mut Reader<'_>) -> Result<[Symbol; WORDS], Fault> {
    let mut words = [Symbol::default(); WORDS];
    for word in &mut words {
        *word = Symbol::at(heads.number()?);
    }
    Ok(words)
}

fn day(heads: &mut Reader<'_>, there: bool) -> Result<Option<Day>, Fault> {
    if there { heads.array().map(|bytes| Some(Day::from_number(i32::from_le_bytes(bytes)))) } else { Ok(None) }
}
