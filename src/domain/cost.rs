//! What winning and serving customers costs.

use crate::domain::choice::Purpose;
use crate::domain::fields::record;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::time::Day;

record! {
    /// A cost 费用, by source channel and period, or of one customer.
    Cost {
        /// The customer served, if it is one customer's.
        1 customer: Option<Id>,
        /// Source channel 来源渠道.
        2 source: String,
        /// From this day.
        3 from: Option<Day>,
        /// To this day.
        4 to: Option<Day>,
        /// How much.
        5 amount: Option<Money>,
        /// On what.
        6 purpose: Option<Purpose>,
        /// Note 备注.
        7 note: String,
        /// Currency 币种; empty for the book's.
        8 'must currency: String,
        /// The campaign it was spent on 活动.
        9 campaign: Option<Id>,
    }
}
