//! Where the book and the store meet: the only writer.

pub mod backstory;
mod backup;
pub mod chronicle;
pub mod cross_selling;
pub mod deeds;
pub mod errand;
mod extract;
pub mod gathering;
pub mod history;
pub mod import;
pub mod looking_back;
mod opening;
mod safety;
mod shelf;
pub mod talk;
pub mod trouble;
mod undoing;
pub mod worth;
mod writing;

use crate::book::Book;
use crate::book::command::Command;
use crate::book::planning::{Planning, Refusal};
use crate::desk::trouble::Trouble;
use crate::domain::id::{Id, IdSource};
use crate::domain::time::Moment;
use crate::store::dossier::Dossier;
use crate::store::entry::Cause;
use crate::store::error::StoreError;
use crate::store::{Opened, Sizes, Store};
use crate::text::Language;

/// A book open for work.
pub struct Desk {
    store: Store,
    book: Book,
    ids: IdSource,
    me: String,
    /// At which entry the rows were last put away in one piece, if they were read so.
    kept: Option<u64>,
    /// Whether what is drawn from the dossiers may be kept beside the book: not where somebody only looks at it.
    keeps: bool,
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

impl Desk {
    /// The book.
    pub const fn book(&self) -> &Book {
        &self.book
    }

    /// Who works here.
    pub fn me(&self) -> &str {
        &self.me
    }

    /// Whether nothing can be written.
    pub const fn is_read_only(&self) -> bool {
        self.store.read_only().is_some()
    }

    /// Everything of one customer.
    pub fn dossier(&self, home: Id) -> Result<Dossier, StoreError> {
        self.store.dossier(home)
    }

    /// What the book takes on disk.
    pub fn sizes(&self) -> Sizes {
        self.store.sizes()
    }

    /// The store's drafts: words typed and not yet saved.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Does what is asked as one entry, or refuses and does nothing.
    pub fn run(&mut self, command: &Command, now: Moment) -> Result<Done, Trouble> {
        self.run_all(std::slice::from_ref(command), now)
    }

    /// Does something that belongs to how a book began, as the first grading of a sample book: undo does not take it back.
    pub fn run_founding(&mut self, command: &Command, now: Moment) -> Result<Done, Trouble> {
        self.run_as(std::slice::from_ref(command), Cause::Found, now)
    }

    /// Does several things as one entry, or none of them. Each is planned on the book as it was before all.
    pub fn run_all(&mut self, commands: &[Command], now: Moment) -> Result<Done, Trouble> {
        self.run_as(commands, Cause::Do, now)
    }

    fn run_as(&mut self, commands: &[Command], cause: Cause, now: Moment) -> Result<Done, Trouble> {
        if self.is_read_only() {
            return Err(Trouble::Refused(Refusal::ReadOnly));
        }
        let mut homes: Vec<Id> = commands.iter().flat_map(Command::homes).collect();
        homes.sort_unstable();
        homes.dedup();
        let dossiers = homes.into_iter().map(|home| self.store.dossier(home)).collect::<Result<Vec<_>, _>>()?;
        let mut changes = Vec::new();
        for command in commands {
            let mut planning = Planning { book: &self.book, dossiers: &dossiers, ids: &mut self.ids, now };
            changes.extend(command.plan(&mut planning)?);
        }
        if changes.is_empty() {
            return Err(Trouble::Refused(Refusal::NothingToDo));
        }
        self.commit(changes, cause, now)
    }

    /// A desk with the book as it is now, for another thread to read at; nothing can be written there.
    pub fn snapshot(&self) -> Desk {
        let ids = IdSource::seeded(0);
        Desk {
            store: self.store.snapshot(),
            book: self.book.clone(),
            ids,
            me: self.me.clone(),
            kept: None,
            keeps: self.keeps,
        }
    }

    /// From now on `name` is the author of every entry; gives who was it before.
    pub fn work_as(&mut self, name: String) -> String {
        std::mem::replace(&mut self.me, name)
    }

    /// The latest entry in words, with its author.
    pub fn latest(&self, language: Language) -> Result<(String, String), StoreError> {
        let told = self.told_of(self.store.head(self.store.next_seq().saturating_sub(1))?)?;
        Ok((told.head.by.clone(), self.summary(&told, language)))
    }

    /// Whether [`Desk::tidy`] would take more than a moment.
    pub fn is_swollen(&self) -> bool {
        self.store.may_be_swollen() && !self.is_read_only()
    }

    /// Makes the next opening quicker: to be done before closing, where nobody waits for the end.
    pub fn tidy(&mut self) -> Result<(), StoreError> {
        if self.is_swollen() {
            self.store.compact(&mut |_| ())?;
        }
        shelf::put_away(&self.store, &self.book, self.kept);
        Ok(())
    }

    /// Puts the book away so that it opens quickly.
    pub fn close(self) -> Result<(), StoreError> {
        let Desk { store, book, .. } = self;
        // The program is about to end: the system takes a hundred thousand rows back at once.
        std::mem::forget(book);
        store.close()
    }

    /// Opens a book; `progress` is told of long work as done and whole, in bytes.
    pub fn open(
        folder: &std::path::Path,
        opening: Opening,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(Desk, Opened), StoreError> {
        opening::open(folder, opening, false, progress)
    }

    /// Opens a book only to look at it, even while another session has it; it then stays as it is now.
    pub fn look(
        folder: &std::path::Path,
        opening: Opening,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(Desk, Opened), StoreError> {
        opening::open(folder, Opening { read_only: true, ..opening }, true, progress)
    }
}
