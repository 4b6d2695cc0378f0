//! The whole program on a small book of fixed records: keys in, screen out.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod acts;
mod book;
mod card;
mod chance;
mod chosen;
mod drafts;
mod filters;
mod finding;
mod followups;
mod front;
mod funnel;
mod importing;
mod line;
mod marks;
mod palette;
mod picture;
mod review;
mod rulebook;
mod saving;
mod sentences;
mod settings;
mod shots;
mod sorting;
mod stage;
mod talk;
mod tiers;
mod timeline;
mod unread;
