//! What a record has several of: the lines of an order, the steps of a deal.

use crate::domain::money::Exact;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};

/// One line of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Product 产品, as it was written.
    pub product: String,
    /// Category 类别.
    pub category: String,
    /// Quantity 数量, in thousandths.
    pub quantity: i64,
    /// Price × quantity × (1 − discount).
    pub amount: Exact,
    /// What it cost us, where known.
    pub cost: Option<Exact>,
}

/// One step of a deal along the funnel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageMove {
    /// The stage entered: a key.
    pub stage: String,
    /// When, if it is known.
    pub at: Option<Moment>,
    /// Who moved it.
    pub by: String,
}
