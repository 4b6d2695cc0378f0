//! What of a book is held in memory.
pub mod find;
