//! What a record has several of: the lines of an order, the steps of a deal.

use crate::domain::fields::part;
use crate::domain::money::Exact;
use crate::domain::time::Moment;

part! {
    /// One line of an order.
    OrderLine {
        /// Product 产品, as it was written.
        1 product: String,
        /// Category 类别.
        2 category: String,
        /// Quantity 数量, in thousandths.
        3 quantity: i64,
        /// Price × quantity × (1 − discount).
        4 amount: Exact,
        /// What it cost us, where known.
        5 cost: Option<Exact>,
    }
}

part! {
    /// One step of a deal along the funnel.
    StageMove {
        /// The stage entered: a key.
        1 stage: String,
        /// When, if it is known.
        2 at: Option<Moment>,
        /// Who moved it.
        3 by: String,
    }
}
