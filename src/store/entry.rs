//! What is written in the journal: who did what, when, and why.

use crate::domain::change::Change;
use crate::domain::id::Id;
use crate::domain::time::Moment;

/// One entry of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// All but what happened.
    pub head: Head,
    /// What happened. An undo and a redo carry nothing here: see [`crate::store::Store::changes_of`].
    pub changes: Vec<Change>,
}

/// An entry without what happened: quick to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its number: 1 is the book's first entry, and no number is left out.
    pub seq: u64,
    /// Its id, the same on every machine that will hold it.
    pub id: Id,
    /// When.
    pub at: Moment,
    /// Who.
    pub by: String,
    /// On which machine.
    pub device: String,
    /// The group it belongs to, for what is too large for one entry.
    pub group: Option<Id>,
    /// Why.
    pub cause: Cause,
    /// How many changes it carries.
    pub count: u64,
}

/// An entry still to be written; the store gives it its number and the machine's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: Id,
    /// When.
    pub at: Moment,
    /// Who.
    pub by: String,
    /// The group it belongs to.
    pub group: Option<Id>,
    /// Why.
    pub cause: Cause,
    /// What happened; empty for an undo or a redo.
    pub changes: Vec<Change>,
}

/// Why an entry was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The book was made.
    Found,
    /// Somebody did something.
    Do,
    /// It takes back what the target did.
    Undo(Target),
    /// It does again what the target did.
    Redo(Target),
    /// It came from these files.
    Import(String),
    /// Its group is whole.
    GroupEnd,
    /// It came from a backup.
    Restore,
    /// A person was erased.
    Erase,
    /// What the journal had lost was written again from a working copy.
    Salvage,
}

/// What an undo or a redo is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// One entry.
    Entry(u64),
    /// All entries of a group.
    Group(Id),
}

/// When an entry must be safe from a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Before `append` answers.
    Now,
    /// With the next entry that is written `Now`: for the entries of a group before its end.
    Later,
}

/// One entry's steps, forward or backward: what an entry comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The entry that carries the changes.
    pub seq: u64,
    /// Whether they are taken back.
    pub inverted: bool,
}
