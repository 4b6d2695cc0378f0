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
use crate::domain::working::Review;
use crate::store::codec::chunk::{CHUNK_HEAD, CHUNK_LIMIT, record_room};
use crate::store::codec::record::{read_record, write_record};
use std::collections::BTreeMap;

mod packing;

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
pub(in crate::store) type Rewritten = (u32, Option<Vec<u8>>);

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

    /// The names of these of its contacts, each in its place; one that is gone has none.
    pub fn called(&self, contacts: &[Id]) -> Vec<String> {
        let name = |id: &Id| match self.get(*id) {
            Some(Record::Contact(contact)) => Some(contact.name),
            _ => None,
        };
        contacts.iter().filter_map(name).collect()
    }

    /// What happened is made so here too. Repeating it changes nothing; false when a record cannot be read.
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
                record.put(set.field, set.after.clone());
                if record.home() == self.home {
                    return write_record(&record).is_ok_and(|bytes| self.put(bytes).is_ok());
                }
                self.take(set.id);
                true
            }
        }
    }

    pub(in crate::store) fn bytes_of(&self, id: Id) -> Option<Vec<u8>> {
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
    /// What was found when its actions were looked at again.
    reviews: Review,
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
