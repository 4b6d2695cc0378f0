//! A desk: a book and its store, open for work.

use crate::book::Book;
use crate::domain::id::{Id, IdSource};
use crate::domain::time::Moment;
use crate::store::Store;

/// A book open for work.
pub struct Desk {
    pub(super) store: Store,
    pub(super) book: Book,
    pub(super) ids: IdSource,
    pub(super) me: String,
    /// At which entry the rows were last put away in one piece, if they were read so.
    pub(super) kept: Option<u64>,
    /// Whether what is drawn from the dossiers may be kept beside the book: not where somebody only looks at it.
    pub(super) keeps: bool,
}

/// How a book is put on the desk.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Who works at it: the author of every entry.
    pub me: String,
    /// This machine's name.
    pub device: String,
    /// Now.
    pub now: Moment,
    /// Only for reading.
    pub read_only: bool,
    /// Write on although some entries are lost.
    pub despite_damage: bool,
    /// Show what a working copy holds although there is no journal any more.
    pub despite_lost_journal: bool,
    /// What ids are made from: the same seed makes the same ids.
    pub seed: u64,
}

/// What was done: an entry of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// Its number.
    pub seq: u64,
    /// The home of the first change: the customer, where it is about one.
    pub home: Id,
    /// How many changes it made.
    pub changes: usize,
}
