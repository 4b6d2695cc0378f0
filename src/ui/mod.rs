//! Keys in, screen out.
pub mod action;
pub mod event;
pub mod fit;
pub mod keymap;
pub mod normalise;
pub mod terminal;
