//! What is written in the journal: who did what, when, and why.

use crate::domain::change::Change;
use crate::domain::id::Id;
use crate::domain::time::Moment;
use crate::store::lineage::Lineage;

/// One entry of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// All but what happened.
    pub head: Head,
    /// What happened. An undo and a redo carry nothing here: see [`crate::store::Store::changes_of`].
    pub changes: Vec<Change>,
    /// Where in files the changes came from, as far as that was noted.
    pub lineage: Lineage,
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
    /// The id of the entry that is undone or redone; entries of format 1 name its number alone.
    pub target: Option<Id>,
    /// What tells it from the entries of other devices; entries of format 1 do not say it.
    pub origin: Option<Origin>,
}

impl Head {
    /// Whether it ends a salvage: what was lost before it is made good, as far as a working copy held it.
    pub fn ends_salvage(&self) -> bool {
        self.cause == Cause::Salvage && self.group.is_none()
    }
}

/// What tells an entry from those of other devices, and orders it among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The device, by a number that no other has.
    pub device: u64,
    /// How many entries that device has written in this book, this one counted.
    pub number: u64,
    /// When: 48 bits of milliseconds since 1970 and 16 bits of a counter. It never goes back.
    pub stamp: u64,
    /// The opening of the book in which it was written.
    pub session: u64,
    /// The person of the book who wrote it, where that is known.
    pub author: Option<Id>,
    /// Whose matter it is.
    pub class: Class,
}

/// Whose matter an entry is: who may read it, and who may write it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Class {
    /// That of customers, and of who is responsible for them.
    #[default]
    Customer,
    /// That of the whole book: lists, stages, people, settings.
    Book,
}

impl Class {
    /// Whose matter these changes are: the book's, where one of them is.
    pub fn of(changes: &[Change]) -> Class {
        if changes.iter().any(|change| change.home() == Id::BOOK) { Class::Book } else { Class::Customer }
    }
}

/// An entry still to be written; the store gives it its number and the machine's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// The person of the book who did it, where that is known.
    pub author: Option<Id>,
    /// Where in files the changes came from, as far as that is known.
    pub lineage: Lineage,
}

/// Why an entry was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cause {
    /// The book was made.
    Found,
    /// Somebody did something.
    #[default]
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
    /// Two customers, or two contacts, were found to be one.
    Merge,
    /// What was merged was parted again.
    Unmerge,
    /// One person's work was handed over to others.
    Handover,
    /// What is masked was shown to somebody.
    Reveal,
    /// It came from another device.
    Pulled,
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
