//! A journal entry's body as bytes: its head first, so that it can be read without what happened.

use super::head::{StoredHead, put_lineage, read_lineage};
use super::record::{
    NUMBERED, known_field, known_version, read_kind, read_record, read_value, record_name, write_record, write_value,
};
use super::{Fault, Reader, begin, put_block, put_number, unseal};
use crate::domain::change::{Change, SetField};
use crate::domain::id::Id;
use crate::domain::time::Moment;
use crate::store::entry::{Cause, Draft, Entry, Head, Origin, Target};
use crate::store::lineage::Lineage;
use std::borrow::Cow;
use std::collections::HashSet;

/// The version in which entries are written: since 2 their heads are fields by number.
pub const VERSION: u8 = 2;

const BORN: u8 = 0;
const GONE: u8 = 1;
const SET: u8 = 2;
/// Added to a change's tag when its home is that of the change before it.
const SAME_HOME: u8 = 0x80;

/// A change as it is stored: a record that came or went is not taken apart.
#[derive(Clone, Debug)]
pub enum Step<'a> {
    /// A record came to be.
    Put {
        /// Where it is kept.
        home: Id,
        /// `[kind][version][body]`.
        record: Cow<'a, [u8]>,
    },
    /// A record went.
    Drop {
        /// Where it was kept.
        home: Id,
        /// `[kind][version][body]`.
        record: Cow<'a, [u8]>,
    },
    /// A field was changed.
    Set(SetField),
}

impl Step<'_> {
    /// The step `change` is.
    pub fn of(change: &Change) -> Result<Step<'static>, Fault> {
        let home = change.home();
        Ok(match change {
            Change::Born(record) => Step::Put { home, record: write_record(record)?.into() },
            Change::Gone(record) => Step::Drop { home, record: write_record(record)?.into() },
            Change::Set(set) => Step::Set(set.clone()),
        })
    }

    /// The step that takes this one back.
    pub fn inverted(self) -> Self {
        match self {
            Step::Put { home, record } => Step::Drop { home, record },
            Step::Drop { home, record } => Step::Put { home, record },
            Step::Set(set) => match Change::Set(set.clone()).inverted() {
                Change::Set(inverted) => Step::Set(inverted),
                Change::Born(_) | Change::Gone(_) => Step::Set(set),
            },
        }
    }

    /// The change it is.
    pub fn change(&self) -> Result<Change, Fault> {
        Ok(match self {
            Step::Put { record, .. } => Change::Born(read_record(record)?),
            Step::Drop { record, .. } => Change::Gone(read_record(record)?),
            Step::Set(set) => Change::Set(set.clone()),
        })
    }

    /// The record it is about.
    pub fn id(&self) -> Result<Id, Fault> {
        match self {
            Step::Put { record, .. } | Step::Drop { record, .. } => record_name(record).map(|(_, id)| id),
            Step::Set(set) => Ok(set.id),
        }
    }

    /// Where the record is kept before and after.
    pub fn homes(&self) -> [Id; 2] {
        match self {
            Step::Put { home, .. } | Step::Drop { home, .. } => [*home, *home],
            Step::Set(set) => [set.home, set.home_after()],
        }
    }

    const fn home(&self) -> Id {
        match self {
            Step::Put { home, .. } | Step::Drop { home, .. } => *home,
            Step::Set(set) => set.home,
        }
    }
}

/// The body of an entry made of `draft` on the machine called `host`, which is told by `origin`; `target` is the id of the
/// entry that is undone or redone.
pub fn write_entry(draft: &Draft, host: &str, origin: Origin, target: Option<Id>) -> Result<Vec<u8>, Fault> {
    let Draft { id, at, by, group, cause, changes, lineage, .. } = draft;
    let (by, device, count) = (by.clone(), host.to_owned(), changes.len() as u64);
    let (cause, origin) = (cause.clone(), Some(origin));
    let head = Head { seq: 0, id: *id, at: *at, by, device, group: *group, cause, count, target, origin };
    write_body(&StoredHead::of(&head), count, lineage, changes.iter().map(Step::of))
}

fn write_body<'a>(
    head: &StoredHead,
    count: u64,
    lineage: &Lineage,
    steps: impl Iterator<Item = Result<Step<'a>, Fault>>,
) -> Result<Vec<u8>, Fault> {
    let mut body = begin();
    body.push(VERSION);
    head.put(&mut body);
    put_number(count, &mut body);
    put_lineage(lineage, &mut body);
    let mut last_home = None;
    for step in steps {
        put_step(&step?, &mut last_home, &mut body)?;
    }
    Ok(body)
}

fn put_step(step: &Step<'_>, last_home: &mut Option<Id>, body: &mut Vec<u8>) -> Result<(), Fault> {
    let tag = match step {
        Step::Put { .. } => BORN,
        Step::Drop { .. } => GONE,
        Step::Set(_) => SET,
    };
    if last_home.replace(step.home()) == Some(step.home()) {
        body.push(tag | SAME_HOME);
    } else {
        body.push(tag);
        body.extend(step.home().bytes());
    }
    match step {
        Step::Put { record, .. } | Step::Drop { record, .. } => put_block(record, body),
        Step::Set(set) => {
            let must = set.kind.must().contains(&set.field);
            body.extend([u8::from(set.kind), NUMBERED]);
            body.extend(set.id.bytes());
            put_number(u64::from(set.field) << 1 | u64::from(must), body);
            put_block(&write_value(&set.before)?, body);
            put_block(&write_value(&set.after)?, body);
        }
    }
    Ok(())
}

/// An entry's body with its head read.
#[derive(Clone, Debug)]
pub struct Opened<'a> {
    /// The head.
    pub head: Head,
    /// The head as it is stored, with what a newer program knows of it.
    stored: StoredHead,
    /// The lineage and the steps; where the entry is of format 1, the steps alone.
    rest: Reader<'a>,
    has_lineage: bool,
}

/// Reads the head of entry `seq` from its body, or from the beginning of it.
pub fn open_entry(seq: u64, body: &[u8]) -> Result<Opened<'_>, Fault> {
    let mut reader = Reader::of(unseal(body)?);
    match reader.byte()? {
        1 => {
            let head = read_first_head(seq, &mut reader)?;
            Ok(Opened { stored: StoredHead::of(&head), head, rest: reader, has_lineage: false })
        }
        VERSION => {
            let stored = StoredHead::read(&mut reader)?;
            let head = stored.head(seq, reader.number()?)?;
            Ok(Opened { head, stored, rest: reader, has_lineage: true })
        }
        0 => Err(Fault::Spoiled("entry version")),
        found => Err(Fault::Newer { what: "an entry", found: u32::from(found), known: u32::from(VERSION) }),
    }
}

/// The head of an entry of format 1, which is read for ever and never written.
fn read_first_head(seq: u64, reader: &mut Reader<'_>) -> Result<Head, Fault> {
    let id = reader.id()?;
    let at = Moment::from_parts(reader.array().map(i64::from_le_bytes)?, reader.array().map(i16::from_le_bytes)?);
    let (by, device) = (reader.text()?, reader.text()?);
    let group = match reader.byte()? {
        0 => None,
        _ => Some(reader.id()?),
    };
    let cause = match reader.byte()? {
        0 => Cause::Found,
        1 => Cause::Do,
        2 => Cause::Undo(read_target(reader)?),
        3 => Cause::Redo(read_target(reader)?),
        4 => Cause::Import(reader.text()?),
        5 => Cause::GroupEnd,
        6 => Cause::Restore,
        7 => Cause::Erase,
        8 => Cause::Salvage,
        _ => return Err(Fault::Spoiled("cause")),
    };
    let count = reader.number()?;
    Ok(Head { seq, id, at, by, device, group, cause, count, target: None, origin: None })
}

fn read_target(reader: &mut Reader<'_>) -> Result<Target, Fault> {
    match reader.byte()? {
        0 => reader.number().map(Target::Entry),
        1 => reader.id().map(Target::Group),
        _ => Err(Fault::Spoiled("target")),
    }
}

impl<'a> Opened<'a> {
    /// Where its changes came from, and a reader of what happened.
    fn parts(&self) -> Result<(Lineage, Reader<'a>), Fault> {
        let mut reader = self.rest;
        let lineage = if self.has_lineage { read_lineage(reader.block()?)? } else { Lineage::default() };
        Ok((lineage, reader))
    }

    /// What happened, oldest first.
    pub fn steps(&self) -> Result<Vec<Step<'a>>, Fault> {
        let mut reader = self.rest;
        if self.has_lineage {
            reader.block()?;
        }
        let mut home = Id::BOOK;
        let mut steps = Vec::new();
        for _ in 0..self.head.count {
            steps.push(read_step(&mut reader, &mut home)?);
        }
        if reader.is_done() { Ok(steps) } else { Err(Fault::Spoiled("end of entry")) }
    }

    /// The entry's body without what happened to these records, in today's format; `None` when nothing did.
    pub fn without(&self, records: &HashSet<Id>) -> Result<Option<Vec<u8>>, Fault> {
        let steps = self.steps()?;
        let keeps =
            steps.iter().map(|step| Ok(!records.contains(&step.id()?))).collect::<Result<Vec<bool>, Fault>>()?;
        if keeps.iter().all(|keep| *keep) {
            return Ok(None);
        }
        let lineage = self.parts()?.0.retained(|place| keeps.get(place) == Some(&true));
        let kept: Vec<Step<'_>> =
            steps.into_iter().zip(keeps).filter_map(|(step, keep)| keep.then_some(step)).collect();
        write_body(&self.stored, kept.len() as u64, &lineage, kept.into_iter().map(Ok)).map(Some)
    }

    /// The whole entry.
    pub fn entry(self) -> Result<Entry, Fault> {
        let changes = self.steps()?.iter().map(Step::change).collect::<Result<Vec<Change>, Fault>>()?;
        let lineage = self.parts()?.0;
        Ok(Entry { head: self.head, changes, lineage })
    }
}

fn read_step<'a>(reader: &mut Reader<'a>, home: &mut Id) -> Result<Step<'a>, Fault> {
    let tag = reader.byte()?;
    if tag & SAME_HOME == 0 {
        *home = reader.id()?;
    }
    let home = *home;
    match tag & !SAME_HOME {
        BORN => Ok(Step::Put { home, record: reader.block()?.into() }),
        GONE => Ok(Step::Drop { home, record: reader.block()?.into() }),
        SET => {
            let (kind, version) = (read_kind(reader.byte()?)?, reader.byte()?);
            known_version(kind, version)?;
            let (id, key) = (reader.id()?, reader.number()?);
            let (number, must) = if version == NUMBERED { (key >> 1, key & 1 == 1) } else { (key, false) };
            let field = u16::try_from(number).map_err(|_| Fault::Spoiled("field"))?;
            let before = read_value(version, reader.block()?)?;
            let after = read_value(version, reader.block()?)?;
            let set = SetField { kind, id, home, field, before, after };
            known_field(&set, must)?;
            Ok(Step::Set(set))
        }
        found => Err(Fault::Newer { what: "a change", found: u32::from(found), known: u32::from(SET) }),
    }
}
