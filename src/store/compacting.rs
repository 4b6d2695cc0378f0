//! Makes the working copy small again: sled never gives back room by itself.

use crate::store::error::StoreError;
use crate::store::mark::{State, boot_id};
use crate::store::tree::{Tree, size_of};
use crate::store::{Progress, Store, doubt, worn};
use sled::Batch;
use std::fs;
use std::io;

/// How many bytes are copied in one batch.
const BATCH: usize = 1024 * 1024;
/// A working copy below this is left as it is.
const SMALL: u64 = 32 * 1024 * 1024;

impl Store {
    /// Whether the working copy takes more than three times what is in it. It is counted by reading all of it.
    pub fn is_swollen(&self) -> Result<bool, StoreError> {
        let taken = size_of(&self.paths.working);
        Ok(taken > SMALL && taken > 3 * self.content()?)
    }

    /// Whether the working copy takes more than three times what the journal does, which holds all that is in it and
    /// more. That is known at once.
    pub fn may_be_swollen(&self) -> bool {
        let taken = size_of(&self.paths.working);
        taken > SMALL && taken > 3 * size_of(&self.paths.journal)
    }

    /// Bytes of all keys and values.
    fn content(&self) -> Result<u64, StoreError> {
        let mut content = 0;
        for pair in self.tree()?.with_prefix(&[]) {
            let (key, value) = pair.map_err(worn)?;
            content += (key.len() + value.len()) as u64;
        }
        Ok(content)
    }

    /// Copies the working copy into a fresh one and puts that in its place. Stopped half way, the next opening makes it
    /// again from the journal.
    pub fn compact(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<(), StoreError> {
        let fresh = self.paths.book.join("working.new");
        let failed = |error: io::Error| StoreError::disk(&fresh, &error);
        if fresh.is_dir() {
            fs::remove_dir_all(&fresh).map_err(failed)?;
        }
        let copied = self.copy_to(Tree::open(&fresh).map_err(worn)?, progress);
        if copied.is_err() {
            let _ = fs::remove_dir_all(&fresh);
            return copied;
        }
        self.write_mark(State::Doubted)?;
        doubt::set_aside(self)?;
        fs::rename(&fresh, &self.paths.working).map_err(failed)?;
        self.tree = Some(Tree::open(&self.paths.working).map_err(worn)?);
        doubt::let_go(self)?;
        let boot = self.boot.clone().unwrap_or_else(boot_id);
        self.write_mark(State::Open(boot))
    }

    fn copy_to(&self, fresh: Tree, progress: &mut dyn FnMut(Progress)) -> Result<(), StoreError> {
        let of = size_of(&self.paths.working);
        let (mut batch, mut held, mut done) = (Batch::default(), 0, 0);
        for pair in self.tree()?.with_prefix(&[]) {
            let (key, value) = pair.map_err(worn)?;
            held += key.len() + value.len();
            batch.insert(key, value);
            if held > BATCH {
                fresh.write(std::mem::take(&mut batch)).map_err(worn)?;
                done = of.min(done + held as u64);
                progress(Progress { done, of });
                held = 0;
            }
        }
        fresh.write(batch).map_err(worn)?;
        fresh.close().map_err(worn)
    }
}
