//! Keys in, screen out.

pub mod action;
pub mod app;
pub mod choosing;
pub mod context;
pub mod door;
pub mod effect;
pub mod event;
pub mod finder;
pub mod fit;
pub mod front;
pub mod inquiry;
pub mod job;
pub mod keymap;
pub mod normalise;
pub mod open;
pub mod pending;
pub mod session;
pub mod terminal;
pub mod theme;
pub mod view;
pub mod widget;
