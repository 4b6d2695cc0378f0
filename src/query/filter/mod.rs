//! The filter language: what is asked of customers, as a text in English or Chinese and as a tree that names no row.
//!
//! `行业=制造业 客单价>10万 且 复购率>30%` and `industry = manufacturing, order_value > 100k and repurchase > 30%` read to
//! the same tree. What stands side by side must hold together; `or` binds weaker than `and`. A figure can be asked of a
//! window: `总金额(近12月)>50万`. A share such as `前20%` is of all customers of the book that have the figure. What is
//! unknown of a customer fulfils no condition, and so fulfils every negation of one.

mod choice;
mod fault;
mod model;
mod read;
mod said;
#[cfg(test)]
mod tests;

pub use crate::parse::period::{Period, Unit};
pub use choice::{Choice, choices};
pub use fault::{Fault, Wanted, Wrong};
pub use model::{Check, Filter, Order, Share, Subject, Value};

use std::str::FromStr;

impl Filter {
    /// The filter that a text says.
    ///
    /// # Errors
    /// Where it could not be read, and why.
    pub fn read(text: &str) -> Result<Filter, Fault> {
        read::filter(text)
    }
}

impl FromStr for Filter {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Filter, Fault> {
        Filter::read(text)
    }
}
