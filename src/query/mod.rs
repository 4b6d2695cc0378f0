//! What can be asked of the book: the table of fields, and the words for them.

pub mod area;
pub mod band;
pub mod closed_list;
pub mod field;
pub mod filter;
pub mod heading;
mod table;
