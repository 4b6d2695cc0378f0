//! Data in and out of the book: what files hold, read cell by cell, with a reason for everything that could not be read.

pub mod amount;
pub mod card;
pub mod cell;
pub mod choice_words;
pub mod date;
pub mod encoding;
pub mod export;
pub mod header;
pub mod held;
pub mod inspection;
pub mod intake;
pub mod json;
pub mod likeness;
pub mod list_text;
pub mod mapping;
pub mod opening;
pub mod reason;
pub mod returned;
pub mod sheet;
pub mod sheet_error;
pub mod split;
pub mod strange;
mod text;
pub mod text_key;
pub mod workbook;
