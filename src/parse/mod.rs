//! Texts a person types or a cell holds become values here, once: widths, numbers with their units, amounts, dates.

pub mod amount;
pub mod cursor;
pub mod fold;
pub mod number;
pub mod period;
pub mod period_words;
pub mod when;
pub mod working_days;

#[cfg(test)]
mod tests;
