//! Which key asks for which act.
//!
//! A map is made of layers: the shipped files in `keymaps/`, each lying over the one it inherits, and the user's own
//! files over those. A key is looked up in its scope first, then in the wider ones; a key that begins a longer one
//! waits for the rest, with no time limit.
mod file;
mod key;
mod layer;
mod listing;
mod map;
mod mistake;
pub mod reserved;

#[cfg(test)]
mod lints;
#[cfg(test)]
mod tests;

pub use file::KeyFile;
pub use key::{folded, is_text, notation, shown};
pub use layer::SHIPPED;
pub use listing::{Group, Row};
pub use map::{Candidate, Found, Keymap, check};
pub use mistake::{Mistake, Wanted, Wrong, near};
