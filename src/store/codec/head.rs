//! The head of an entry as fields by number, and the table of where its changes came from, as bytes.

use super::field::{put_fields, read_fields};
use super::{Fault, Reader, put_block, put_number};
use crate::domain::fields::{Fields, part};
use crate::domain::id::Id;
use crate::domain::time::Moment;
use crate::store::entry::{Cause, Class, Head, Origin, Target};
use crate::store::lineage::{Cell, Lineage, Run, Sheet};

/// The last cause there is.
pub const LAST_CAUSE: u32 = 13;

part! {
    /// The head of an entry as it is stored.
    StoredHead {
        /// The entry's id.
        1 id: Id,
        /// When.
        2 at: Moment,
        /// Who.
        3 by: String,
        /// On which machine, by its name.
        4 host: String,
        /// The group it belongs to.
        5 group: Option<Id>,
        /// Why, by number.
        6 'must cause: u32,
        /// The id of the entry that is undone or redone.
        7 target: Option<Id>,
        /// Its number in this journal.
        8 target_seq: i64,
        /// The group that is undone or redone.
        9 target_group: Option<Id>,
        /// The files of an import.
        10 files: String,
        /// The device.
        11 device: i64,
        /// The how manieth entry of the device.
        12 number: i64,
        /// Its stamp.
        13 stamp: i64,
        /// The opening of the book in which it was written.
        14 session: i64,
        /// The person of the book who wrote it.
        15 author: Option<Id>,
        /// Whose matter it is: nothing for a customer's, 1 for the book's.
        16 class: u32,
    }
}

impl StoredHead {
    /// The head as it is stored.
    pub fn of(head: &Head) -> StoredHead {
        let origin = head.origin.unwrap_or_default();
        let mut stored = StoredHead {
            id: head.id,
            at: head.at,
            by: head.by.clone(),
            host: head.device.clone(),
            group: head.group,
            cause: number_of(&head.cause),
            target: head.target,
            device: origin.device as i64,
            number: origin.number as i64,
            stamp: origin.stamp as i64,
            session: origin.session as i64,
            author: origin.author,
            class: u32::from(origin.class == Class::Book),
            ..StoredHead::default()
        };
        match &head.cause {
            Cause::Undo(Target::Entry(seq)) | Cause::Redo(Target::Entry(seq)) => stored.target_seq = *seq as i64,
            Cause::Undo(Target::Group(group)) | Cause::Redo(Target::Group(group)) => stored.target_group = Some(*group),
            Cause::Import(files) => stored.files.clone_from(files),
            _ => {}
        }
        stored
    }

    /// The head it is, of entry `seq` with `count` changes.
    pub fn head(&self, seq: u64, count: u64) -> Result<Head, Fault> {
        let origin = Origin {
            device: self.device as u64,
            number: self.number as u64,
            stamp: self.stamp as u64,
            session: self.session as u64,
            author: self.author,
            class: if self.class == 0 { Class::Customer } else { Class::Book },
        };
        Ok(Head {
            seq,
            id: self.id,
            at: self.at,
            by: self.by.clone(),
            device: self.host.clone(),
            group: self.group,
            cause: self.cause()?,
            count,
            target: self.target,
            // An entry of format 1 that was written again has none.
            origin: (origin.device != 0).then_some(origin),
        })
    }

    fn cause(&self) -> Result<Cause, Fault> {
        let target = self.target_group.map_or(Target::Entry(self.target_seq as u64), Target::Group);
        Ok(match self.cause {
            0 => Cause::Found,
            1 => Cause::Do,
            2 => Cause::Undo(target),
            3 => Cause::Redo(target),
            4 => Cause::Import(self.files.clone()),
            5 => Cause::GroupEnd,
            6 => Cause::Restore,
            7 => Cause::Erase,
            8 => Cause::Salvage,
            9 => Cause::Merge,
            10 => Cause::Unmerge,
            11 => Cause::Handover,
            12 => Cause::Reveal,
            LAST_CAUSE => Cause::Pulled,
            found => return Err(Fault::Newer { what: "a cause", found, known: LAST_CAUSE }),
        })
    }

    /// Appends it behind its length.
    pub fn put(&self, body: &mut Vec<u8>) {
        let mut fields = Vec::new();
        put_fields(&self.numbered(), &mut fields);
        put_block(&fields, body);
    }

    /// The head that stands behind its length.
    pub fn read(reader: &mut Reader<'_>) -> Result<StoredHead, Fault> {
        let mut stored = StoredHead::default();
        stored.fill(read_fields(reader.block()?)?);
        match stored.not_understood() {
            None => Ok(stored),
            Some(field) => {
                Err(Fault::Newer { what: "an entry", found: u32::from(field), known: StoredHead::FIELDS.len() as u32 })
            }
        }
    }
}

const fn number_of(cause: &Cause) -> u32 {
    match cause {
        Cause::Found => 0,
        Cause::Do => 1,
        Cause::Undo(_) => 2,
        Cause::Redo(_) => 3,
        Cause::Import(_) => 4,
        Cause::GroupEnd => 5,
        Cause::Restore => 6,
        Cause::Erase => 7,
        Cause::Salvage => 8,
        Cause::Merge => 9,
        Cause::Unmerge => 10,
        Cause::Handover => 11,
        Cause::Reveal => 12,
        Cause::Pulled => LAST_CAUSE,
    }
}

/// Appends where changes came from, behind its length.
pub fn put_lineage(lineage: &Lineage, body: &mut Vec<u8>) {
    if lineage.is_empty() {
        return put_block(&[], body);
    }
    let mut stored = Vec::new();
    put_number(lineage.sheets.len() as u64, &mut stored);
    for sheet in &lineage.sheets {
        put_block(sheet.file.as_bytes(), &mut stored);
        put_block(sheet.name.as_bytes(), &mut stored);
    }
    for run in &lineage.runs {
        put_number(u64::from(run.changes) << 1 | u64::from(run.step), &mut stored);
        put_number(run.first.map_or(0, |first| u64::from(first.sheet) + 1), &mut stored);
        for number in run.first.iter().flat_map(|first| [first.row, first.column]) {
            put_number(u64::from(number), &mut stored);
        }
    }
    put_block(&stored, body);
}

/// Where changes came from, of the bytes behind its length.
pub fn read_lineage(bytes: &[u8]) -> Result<Lineage, Fault> {
    let mut reader = Reader::of(bytes);
    let mut lineage = Lineage::default();
    if reader.is_done() {
        return Ok(lineage);
    }
    for _ in 0..reader.number()? {
        lineage.sheets.push(Sheet { file: reader.text()?, name: reader.text()? });
    }
    let narrow = |number: u64| u32::try_from(number).map_err(|_| Fault::Spoiled("lineage"));
    while !reader.is_done() {
        let (key, sheet) = (reader.number()?, narrow(reader.number()?)?);
        let first = match sheet.checked_sub(1) {
            Some(sheet) => Some(Cell { sheet, row: narrow(reader.number()?)?, column: narrow(reader.number()?)? }),
            None => None,
        };
        lineage.runs.push(Run { changes: narrow(key >> 1)?, first, step: (key & 1) as u32 });
    }
    Ok(lineage)
}
