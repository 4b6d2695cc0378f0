//! How far long work at the store has come.

/// How far long work has come, in bytes of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read.
    pub done: u64,
    /// Of how many.
    pub of: u64,
}
