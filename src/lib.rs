//! kehu (客户): the salesperson's workbench in a terminal.
#![warn(missing_docs)]

pub mod book;
pub mod domain;
pub mod line;
pub mod text;
pub mod ui;
