//! Campaigns, and rounds of asking customers.

use crate::domain::choice::FeedbackKind;
use crate::domain::fields::record;
use crate::domain::time::Day;

record! {
    /// A campaign 活动.
    Campaign {
        /// Name 名称.
        1 name: String,
        /// What sort 类型: a promotion, a fair, a mailing.
        2 kind: String,
        /// From this day.
        3 from: Option<Day>,
        /// Up to and with this day.
        4 to: Option<Day>,
        /// For which customers, as a filter 对象.
        5 scope: String,
        /// What is offered 优惠.
        6 offer: String,
    }
}

record! {
    /// A round of asking customers 调查.
    SurveyRound {
        /// Which customers are asked, as a filter 对象.
        1 scope: String,
        /// From this day.
        2 from: Option<Day>,
        /// What is asked.
        3 kind: Option<FeedbackKind>,
    }
}
