//! How an import is to go, and what it did.

use super::altered::Altered;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use std::collections::BTreeMap;

/// Changes of one entry at most.
pub(super) const CHANGES_AN_ENTRY: usize = 1_000;

/// What may be done with rows that match a record, and with those that do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Only new records.
    Create,
    /// Only records that are there.
    Update,
    /// Both.
    #[default]
    Both,
}

/// How an import is to go.
pub struct Importing<'a> {
    /// What may be done.
    pub mode: Mode,
    /// Only count what would be done.
    pub dry_run: bool,
    /// Told of homes done and of how many; answers false to stop. What was done is then undone.
    pub progress: &'a mut dyn FnMut(u64, u64) -> bool,
}

/// What became of the rows of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records made.
    pub created: u64,
    /// Records changed.
    pub updated: u64,
    /// Records that were so already.
    pub unchanged: u64,
    /// Rows that were not taken.
    pub refused: u64,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The group it can be undone by; none when nothing was written.
    pub group: Option<Id>,
    /// By kind of record.
    pub counts: BTreeMap<Kind, Counts>,
    /// Fields of records that are there in which something else was put.
    pub altered: Vec<Altered>,
    /// Stages met for the first time, added as open.
    pub new_stages: Vec<String>,
    /// It was stopped, and nothing is left of it.
    pub stopped: bool,
}
