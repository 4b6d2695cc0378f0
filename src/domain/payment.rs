//! Money that came in, rates of exchange, and points.

use crate::domain::fields::record;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::time::Day;

record! {
    /// A payment 回款.
    Payment {
        /// Who paid.
        1 customer: Option<Id>,
        /// For which order; none where that is open.
        2 order: Option<Id>,
        /// When 日期.
        3 date: Option<Day>,
        /// How much 金额.
        4 amount: Option<Money>,
        /// Currency 币种; empty for the book's.
        5 'must currency: String,
        /// Way 付款方式.
        6 way: String,
        /// Note 备注.
        7 note: String,
        /// Number 流水号.
        8 number: String,
        /// Who wrote it down.
        9 by: String,
        /// What other systems call it: system and number.
        10 other_ids: Vec<(String, String)>,
    }
}

record! {
    /// What one unit of a currency was worth on a day 汇率.
    ExchangeRate {
        /// Currency 币种: its letters, such as USD.
        1 currency: String,
        /// The day.
        2 day: Option<Day>,
        /// How much of the book's currency one unit was, in millionths.
        3 rate: i64,
    }
}

record! {
    /// Points given to a customer or taken 积分.
    PointsEntry {
        /// Whose.
        1 customer: Option<Id>,
        /// When.
        2 day: Option<Day>,
        /// How many; below nothing where they are taken.
        3 points: i64,
        /// Why 原因.
        4 why: String,
        /// Until when they count 有效期.
        5 expires: Option<Day>,
    }
}
