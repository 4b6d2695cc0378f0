//! The whole program on a small book of fixed records: keys in, screen out.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod acts;
mod book;
mod chance;
mod drafts;
mod followups;
mod importing;
mod picture;
mod sentences;
mod shots;
mod stage;
mod talk;
mod tiers;
mod timeline;
