//! How long data are kept, and what is left of those who were erased.

use crate::domain::fields::record;
use crate::domain::time::Day;

record! {
    /// How long data of a source are kept 保存期限.
    Retention {
        /// The source channel: a key; empty for all.
        1 source: String,
        /// How many months after the last touch.
        2 months: Option<u32>,
        /// What they are kept for 目的.
        3 purpose: String,
    }
}

record! {
    /// That somebody was erased; its id says nothing of whom 已抹除.
    Tombstone {
        /// The how manieth of the book: what is left of orders names it.
        1 number: u32,
        /// When.
        2 day: Option<Day>,
        /// Who did it.
        3 by: String,
    }
}
