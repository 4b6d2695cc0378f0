//! kehu (客户): the salesperson's workbench in a terminal.

pub mod analysis;
pub mod book;
pub mod cli;
pub mod config;
pub mod desk;
pub mod domain;
pub mod exchange;
pub mod line;
pub mod query;
pub mod sample;
pub mod store;
pub mod text;
pub mod ui;
