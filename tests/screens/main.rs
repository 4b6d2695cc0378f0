//! The whole program on a small book of fixed records: keys in, screen out.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod acts;
mod book;
mod chance;
mod drafts;
mod filters;
mod finding;
mod followups;
mod funnel;
mod importing;
mod line;
mod picture;
mod review;
mod sentences;
mod settings;
mod shots;
mod sorting;
mod stage;
mod talk;
mod tiers;
mod timeline;
