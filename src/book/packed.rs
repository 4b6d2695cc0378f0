//! What of a row has no fixed length, packed as bytes that many rows share.

use crate::book::reach::Left;
use crate::book::symbols::Symbol;
use crate::store::codec::{Reader, derived, put_number};
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
pub(super) const VALUES: usize = 9;
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

    /// Bytes whose contacts were left behind.
    pub(super) fn without_contacts(bytes: Vec<u8>, left: Left) -> Arc<Shared> {
        Arc::new(Shared { bytes, left: Some(left) })
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
    pub(super) fn put_away(&self, bodies: &mut Vec<u8>, left: &mut Vec<u8>) -> Option<usize> {
        let (contacts, mut place) = (self.contacts()?, Vec::new());
        if !contacts.is_empty() {
            Left::put(&contacts, left, &mut place);
        }
        let mut parts = self.others();
        parts[CONTACTS] = &place;
        let before = bodies.len();
        put_parts(parts.into_iter(), bodies);
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

/// A part of its own layout, packed; no bytes where there is none.
pub(super) fn packed<T: Serialize>(part: &Option<Box<T>>) -> Vec<u8> {
    part.as_deref().and_then(|part| derived::write(VERSION, part)).unwrap_or_default()
}

/// Appends the parts of a row, each with its length.
pub(super) fn put_parts<'a>(parts: impl Iterator<Item = &'a [u8]> + Clone, into: &mut Vec<u8>) {
    parts.clone().for_each(|part| put_number(part.len() as u64, into));
    parts.for_each(|part| into.extend(part));
}

/// The symbols that were packed as tags.
pub(super) fn tags(part: &[u8]) -> impl Iterator<Item = Symbol> + Clone {
    let mut reader = Reader::of(part);
    std::iter::from_fn(move || reader.number().ok().map(Symbol::at))
}

/// A text cut so that a row stays within bounds.
pub(super) fn bounded(text: &str) -> &str {
    const MOST: usize = 10_000;
    let cut = (0..=MOST.min(text.len())).rev().find(|place| text.is_char_boundary(*place));
    text.get(..cut.unwrap_or(0)).unwrap_or("")
}
