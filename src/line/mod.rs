//! The follow-up line and dates in words: what a salesperson writes, read without ever refusing it.

pub(crate) mod cursor;
pub mod when;
pub mod working_days;

#[cfg(test)]
mod tests;
