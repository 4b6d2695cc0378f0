//! Whom to ask for at a customer, and how: the contacts of a row, which may be left in the file the rows were put away in.

use crate::store::Pieces;
use crate::store::codec::{Reader, put_number, read_file, write_file};
use std::borrow::Cow;
use std::sync::Arc;

/// The contacts of one customer: `name\tphone\te-mail`, one a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts<'a>(Cow<'a, str>);

impl<'a> Contacts<'a> {
    /// The contacts of which this text tells.
    pub(super) fn of(text: Cow<'a, str>) -> Contacts<'a> {
        Contacts(text)
    }

    /// Name, phone and e-mail of each.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.0.lines().map(|line| {
            let mut parts = line.split('\t');
            let mut next = || parts.next().unwrap_or("");
            (next(), next(), next())
        })
    }

    /// The first phone of any.
    pub(super) fn phone(&self) -> Option<&str> {
        self.iter().map(|(_, phone, _)| phone).find(|phone| !phone.is_empty())
    }
}

/// Where the contacts of some rows were left: a piece of the file they were put away in. They are a third of all that rows
/// hold, and are asked for rarely, or all at once and in their order; so they are read when they are.
#[derive(Clone, Debug)]
pub struct Left {
    pieces: Arc<Pieces>,
    number: usize,
}

impl Left {
    /// In piece `number`.
    pub fn behind(pieces: &Arc<Pieces>, number: usize) -> Left {
        Left { pieces: Arc::clone(pieces), number }
    }

    /// Puts a text into a piece, and what [`Left::get`] finds it again by into `place`.
    pub(super) fn put(text: &str, piece: &mut Vec<u8>, place: &mut Vec<u8>) {
        let stored = write_file(text.as_bytes());
        put_number(piece.len() as u64, place);
        put_number(stored.len() as u64, place);
        piece.extend(stored);
    }

    /// A text; `None` where the file does not hold what was put there any more.
    pub(super) fn get(&self, place: &[u8]) -> Option<String> {
        let found = self.read(place);
        if found.is_none() {
            self.pieces.spoil();
        }
        found
    }

    /// Whether a text was asked for in vain.
    pub(super) fn is_spoiled(&self) -> bool {
        self.pieces.is_spoiled()
    }

    fn read(&self, place: &[u8]) -> Option<String> {
        let mut place = Reader::of(place);
        let (from, length) = (place.number().ok()?, place.number().ok()?);
        let stored = self.pieces.part(self.number, from, usize::try_from(length).ok()?)?;
        String::from_utf8(read_file(&stored).ok()?.to_vec()).ok()
    }
}
