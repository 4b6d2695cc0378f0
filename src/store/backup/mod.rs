//! Backups: the whole journal in one file, packed and hashed, and believed only after it was read back.
//!
//! ```text
//! file  := "KEHUBK1\n" header part* 0x00 sha256(all before)
//! part  := kind(1) block{name, length} gzip(bytes) block{sha256(bytes)}
//! block := length(4) small-file(bytes)
//! ```
//! The working copy and the sidecars are left out: they are made of the journal.

pub mod contents;
pub mod error;
pub mod open_book;
pub mod read;
pub mod unpack;
pub mod write;

mod layout;
mod tally;
#[cfg(test)]
pub(in crate::store) mod tests;
