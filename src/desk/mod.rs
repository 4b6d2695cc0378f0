//! Where the book and the store meet: the only writer.

pub mod backstory;
pub mod backup;
pub mod chronicle;
pub mod cross_selling;
pub mod deeds;
pub mod errand;
mod extract;
pub mod gathering;
pub mod history;
pub mod import;
pub mod looking_back;
mod model;
mod opening;
mod rows;
mod shelf;
pub mod talk;
pub mod trouble;
mod undoing;
pub mod worth;
mod writing;

pub use model::{Desk, Done, Opening};

use crate::book::Book;
use crate::book::command::Command;
use crate::book::planning::{Planning, Refusal};
use crate::desk::history::{summary, told_of};
use crate::desk::rows::{derive_again, read_tiers};
use crate::desk::trouble::Trouble;
use crate::domain::id::{Id, IdSource};
use crate::domain::time::Moment;
use crate::store::check::Measure;
use crate::store::dossier::Dossier;
use crate::store::entry::Cause;
use crate::store::error::StoreError;
use crate::store::salvage::{Beyond, Salvaging};
use crate::store::scan::Damage;
use crate::store::upgrade::Upgraded;
use crate::store::verify::Report;
use crate::store::{Opened, Progress, Sizes, Stale, Store};
use crate::text::Language;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Bytes of the journal that are looked through while somebody waits.
const LITTLE: u64 = 8 * 1024 * 1024;

/// Told of long work as done and whole, in bytes.
type Told<'a> = &'a mut dyn FnMut(u64, u64);

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

    /// That the book was brought to today's format, told once.
    pub const fn take_upgraded(&mut self) -> Option<Upgraded> {
        self.store.take_upgraded()
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
        let told = told_of(self, self.store.head(self.store.next_seq().saturating_sub(1))?)?;
        Ok((told.head.by.clone(), summary(self, &told, language)))
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

    /// Reads the whole journal and compares it with what the book holds.
    pub fn verify(&self, told: Told<'_>) -> Result<Report, StoreError> {
        self.store.verify(&mut |Progress { done, of }| told(done, of))
    }

    /// Makes the working copy and all rows again from the journal.
    pub fn repair(&mut self, told: Told<'_>) -> Result<(), StoreError> {
        self.store.rebuild(&mut |Progress { done, of }| told(done, of))?;
        derive_again(&mut self.store, &mut self.book, Stale::All)
    }

    /// Writes what a working copy holds beyond the journal as new entries: see [`crate::store::Store::salvage`].
    ///
    /// # Errors
    /// Where the book may only be read for another reason than that its journal lost something; what the disk refuses.
    pub fn salvage(&mut self, now: Moment, told: Told<'_>) -> Result<Beyond, StoreError> {
        let mut salvaging = Salvaging { by: self.me.clone(), now, ids: &mut self.ids };
        let beyond = self.store.salvage(&mut salvaging, &mut |Progress { done, of }| told(done, of))?;
        derive_again(&mut self.store, &mut self.book, Stale::All)?;
        read_tiers(&self.store, &mut self.book)?;
        Ok(beyond)
    }

    /// Looks through what of the journal is not proven yet, if that takes no more than a moment, and names the entries
    /// that are lost.
    pub fn check_a_little(&self) -> Vec<Damage> {
        let measure = Measure { most: LITTLE, rest: Duration::ZERO };
        self.store.check().run(measure, &AtomicBool::new(false)).unwrap_or_default()
    }

    /// Makes the working copy as small as it can be.
    pub fn compact(&mut self, told: Told<'_>) -> Result<(), StoreError> {
        match self.store.read_only() {
            Some(why) => Err(StoreError::ReadOnly(why.clone())),
            None => self.store.compact(&mut |Progress { done, of }| told(done, of)),
        }
    }
}
