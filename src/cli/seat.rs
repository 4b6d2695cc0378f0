//! Where a command works: at a desk of its own, or beside the session that has the book open.

use crate::desk::Desk;
use std::ops::{Deref, DerefMut};

/// A place at a desk.
pub enum Seat<'a> {
    /// The book was opened for the command, and is put away behind it.
    Own(Box<Desk>),
    /// An open session lends its desk.
    Beside(&'a mut Desk),
}

impl Deref for Seat<'_> {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        match self {
            Seat::Own(desk) => desk,
            Seat::Beside(desk) => desk,
        }
    }
}

impl DerefMut for Seat<'_> {
    fn deref_mut(&mut self) -> &mut Desk {
        match self {
            Seat::Own(desk) => desk,
            Seat::Beside(desk) => desk,
        }
    }
}
