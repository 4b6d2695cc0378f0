//! The views: each is a screen, or lies over one.

pub mod choose;
pub mod columns;
pub mod contract;
pub mod customer;
pub mod data;
pub mod detail;
pub mod find_anywhere;
pub mod form;
pub mod formats;
pub mod funnel;
pub mod grievances;
pub mod handover;
pub mod help;
pub mod list;
pub mod log;
pub mod next_contact;
pub mod palette;
pub mod prompt;
pub mod review;
pub mod scheme;
pub mod search_talk;
pub mod settle;
pub mod tiers;
pub mod timeline;
pub mod today;
pub mod workdays;

pub use contract::{Draft, View};
