//! Keys in, screen out.
pub mod action;
pub mod event;
pub mod keymap;
pub mod terminal;
