//! A journal entry's body as bytes: its head first, so that it can be read without what happened.

use super::record::{
    NUMBERED, known_field, known_version, read_kind, read_record, read_value, record_name, write_record, write_value,
};
use super::{Fault, Reader, begin, put_block, put_number, unseal};
use crate::domain::change::{Change, SetField};
use crate::domain::id::Id;
use crate::domain::time::Moment;
use crate::store::entry::{Cause, Draft, Entry, Head, Target};
use std::borrow::Cow;
use std::collections::HashSet;

/// The version in which entries are written.
pub(super) const VERSION: u8 = 1;
/// How many causes there are.
pub(super) const CAUSES: u8 = 9;

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

/// The body of an entry made of `draft` on `device`.
pub fn write_entry(draft: &Draft, device: &str) -> Result<Vec<u8>, Fault> {
    let Draft { id, at, by, group, cause, changes } = draft;
    let (by, device, count) = (by.clone(), device.to_owned(), changes.len() as u64);
    let head = Head { seq: 0, id: *id, at: *at, by, device, group: *group, cause: cause.clone(), count };
    write_body(&head, changes.iter().map(Step::of))
}

fn write_body<'a>(head: &Head, steps: impl Iterator<Item = Result<Step<'a>, Fault>>) -> Result<Vec<u8>, Fault> {
    let mut body = begin();
    body.push(VERSION);
    body.extend(head.id.bytes());
    body.extend(head.at.seconds().to_le_bytes());
    body.extend(head.at.offset_minutes().to_le_bytes());
    put_block(head.by.as_bytes(), &mut body);
    put_block(head.device.as_bytes(), &mut body);
    body.push(u8::from(head.group.is_some()));
    body.extend(head.group.iter().flat_map(|group| *group.bytes()));
    put_cause(&head.cause, &mut body);
    put_number(head.count, &mut body);
    let mut last_home = None;
    for step in steps {
        put_step(&step?, &mut last_home, &mut body)?;
    }
    Ok(body)
}

fn put_cause(cause: &Cause, body: &mut Vec<u8>) {
    match cause {
        Cause::Found => body.push(0),
        Cause::Do => body.push(1),
        Cause::Undo(target) => put_target(2, *target, body),
        Cause::Redo(target) => put_target(3, *target, body),
        Cause::Import(files) => {
            body.push(4);
            put_block(files.as_bytes(), body);
        }
        Cause::GroupEnd => body.push(5),
        Cause::Restore => body.push(6),
        Cause::Erase => body.push(7),
        Cause::Salvage => body.push(8),
    }
}

fn put_target(tag: u8, target: Target, body: &mut Vec<u8>) {
    body.push(tag);
    match target {
        Target::Entry(seq) => {
            body.push(0);
            put_number(seq, body);
        }
        Target::Group(group) => {
            body.push(1);
            body.extend(group.bytes());
        }
    }
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
    steps: Reader<'a>,
}

/// Reads the head of entry `seq` from its body, or from the beginning of it.
pub fn open_entry(seq: u64, body: &[u8]) -> Result<Opened<'_>, Fault> {
    let mut reader = Reader::of(unseal(body)?);
    match reader.byte()? {
        VERSION => {}
        0 => return Err(Fault::Spoiled("entry version")),
        found => {
            return Err(Fault::Newer { what: "an entry", found: u32::from(found), known: u32::from(VERSION) });
        }
    }
    let id = reader.id()?;
    let at = Moment::from_parts(reader.array().map(i64::from_le_bytes)?, reader.array().map(i16::from_le_bytes)?);
    let (by, device) = (reader.text()?, reader.text()?);
    let group = match reader.byte()? {
        0 => None,
        _ => Some(reader.id()?),
    };
    let cause = read_cause(&mut reader)?;
    let count = reader.number()?;
    Ok(Opened { head: Head { seq, id, at, by, device, group, cause, count }, steps: reader })
}

fn read_cause(reader: &mut Reader<'_>) -> Result<Cause, Fault> {
    Ok(match reader.byte()? {
        0 => Cause::Found,
        1 => Cause::Do,
        2 => Cause::Undo(read_target(reader)?),
        3 => Cause::Redo(read_target(reader)?),
        4 => Cause::Import(reader.text()?),
        5 => Cause::GroupEnd,
        6 => Cause::Restore,
        7 => Cause::Erase,
        8 => Cause::Salvage,
        found => return Err(Fault::Newer { what: "a cause", found: u32::from(found) + 1, known: u32::from(CAUSES) }),
    })
}

fn read_target(reader: &mut Reader<'_>) -> Result<Target, Fault> {
    match reader.byte()? {
        0 => reader.number().map(Target::Entry),
        1 => reader.id().map(Target::Group),
        found => Err(Fault::Newer { what: "a target", found: u32::from(found), known: 1 }),
    }
}

impl<'a> Opened<'a> {
    /// What happened, oldest first.
    pub fn steps(&self) -> Result<Vec<Step<'a>>, Fault> {
        let mut reader = self.steps;
        let mut home = Id::BOOK;
        let mut steps = Vec::new();
        for _ in 0..self.head.count {
            steps.push(read_step(&mut reader, &mut home)?);
        }
        if reader.is_done() { Ok(steps) } else { Err(Fault::Spoiled("end of entry")) }
    }

    /// The entry's body without what happened to these records; `None` when nothing did.
    pub fn without(&self, records: &HashSet<Id>) -> Result<Option<Vec<u8>>, Fault> {
        let steps = self.steps()?;
        let all = steps.len();
        let mut kept = Vec::with_capacity(all);
        for step in steps {
            if !records.contains(&step.id()?) {
                kept.push(step);
            }
        }
        if kept.len() == all {
            return Ok(None);
        }
        let head = Head { count: kept.len() as u64, ..self.head.clone() };
        write_body(&head, kept.into_iter().map(Ok)).map(Some)
    }

    /// The whole entry.
    pub fn entry(self) -> Result<Entry, Fault> {
        let changes = self.steps()?.iter().map(Step::change).collect::<Result<Vec<Change>, Fault>>()?;
        Ok(Entry { head: self.head, changes })
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
