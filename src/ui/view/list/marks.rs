//! Who is marked: one by one, in a range, all that are found; taken off by a named act only, and brought back by the same.

use crate::domain::id::Id;
use std::collections::HashSet;

/// Marks, and those that were taken off last.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) on: HashSet<Id>,
    /// Taken off all at once, to be brought back.
    pub(super) off: HashSet<Id>,
    /// Where a range begins.
    pub(super) anchor: Option<usize>,
}

impl Marks {
    /// How many are marked.
    pub(super) fn len(&self) -> usize {
        self.on.len()
    }

    /// Whether nobody is.
    pub(super) fn is_empty(&self) -> bool {
        self.on.is_empty()
    }

    /// Whether this one is.
    pub(super) fn contains(&self, customer: &Id) -> bool {
        self.on.contains(customer)
    }

    /// Lets those go that are not there any more.
    pub(super) fn keep(&mut self, is_there: impl Fn(Id) -> bool) {
        self.on.retain(|customer| is_there(*customer));
    }

    /// Marks just these.
    pub(super) fn set(&mut self, customers: HashSet<Id>) {
        self.on = customers;
    }

    /// A range ends where one goes on without marking.
    pub(super) fn end_range(&mut self) {
        self.anchor = None;
    }

    pub(super) fn toggle(&mut self, customer: Id) {
        if !self.on.remove(&customer) {
            self.on.insert(customer);
        }
    }
}
