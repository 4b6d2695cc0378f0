//! The quality of data: what was decided about findings, own checks, and how it stood.

use crate::domain::fields::record;
use crate::domain::id::Id;
use crate::domain::part::QualityPart;
use crate::domain::time::{Day, Moment};

record! {
    /// That what a check found is right as it is 确认无误.
    Waiver {
        /// The check: a key.
        1 check: String,
        /// The customer.
        2 home: Option<Id>,
        /// The record.
        3 record: Option<Id>,
        /// The field: its name.
        4 field: String,
        /// The value it was said of, as a sum: for another it does not hold.
        5 value_hash: i64,
        /// Who said so.
        6 by: String,
        /// When.
        7 at: Moment,
        /// Why.
        8 why: String,
    }
}

record! {
    /// That two records are not the same 不是同一个.
    NotSame {
        /// One.
        1 a: Option<Id>,
        /// The other.
        2 b: Option<Id>,
        /// Who said so.
        3 by: String,
        /// When.
        4 at: Moment,
    }
}

record! {
    /// An own check of the data 检查规则.
    QualityRule {
        /// Name 名称.
        1 name: String,
        /// The dimension it counts for: a key.
        2 dimension: String,
        /// Whom it finds, in the filter language.
        3 filter: String,
        /// Weight, 1 to 3.
        4 weight: Option<u32>,
        /// No longer asked.
        5 hidden: bool,
    }
}

record! {
    /// How good the data were on a day.
    QualityDay {
        /// The day.
        1 day: Option<Day>,
        /// Each dimension.
        2 dimensions: Vec<QualityPart>,
        /// Findings that were open.
        3 open: u32,
        /// Findings that were fixed that day.
        4 fixed: u32,
    }
}
