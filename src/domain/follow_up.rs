//! Follow-ups and what they promise.

use crate::domain::choice::Direction;
use crate::domain::fields::record;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::part::OwnValue;
use crate::domain::time::{Due, Moment};

record! {
    /// A follow-up 跟进.
    FollowUp {
        /// The customer.
        1 customer: Option<Id>,
        /// When.
        2 at: Moment,
        /// Way 方式: a key of the list.
        3 way: String,
        /// Who reached out.
        4 direction: Option<Direction>,
        /// Who wrote it.
        5 by: String,
        /// With whom.
        6 contact: Option<Id>,
        /// About which deal.
        7 deal: Option<Id>,
        /// Tags 标签.
        8 tags: Vec<String>,
        /// Amount spoken of 金额.
        9 amount: Option<Money>,
        /// Priority, 0 to 3.
        10 priority: u32,
        /// What was said.
        11 text: String,
        /// Outcome 结果: a key of the list.
        12 outcome: String,
        /// Currency 币种; empty for the book's.
        13 'must currency: String,
        /// The campaign it belongs to 活动.
        14 campaign: Option<Id>,
        /// What other systems call it: system and number.
        15 other_ids: Vec<(String, String)>,
        /// Own fields 自定义字段.
        16 own: Vec<OwnValue>,
    }
}

record! {
    /// What is to be done next 下一步.
    NextStep {
        /// The customer.
        1 customer: Option<Id>,
        /// The follow-up that promised it.
        2 follow_up: Option<Id>,
        /// What.
        3 what: String,
        /// By when.
        4 due: Option<Due>,
        /// Whether the date is a deadline (…前) and not the day itself.
        5 deadline: bool,
        /// Who is to do it.
        6 owner: Option<Id>,
        /// When it was done.
        7 done_at: Option<Moment>,
        /// What it changed.
        8 result: String,
        /// Who wrote it.
        9 by: String,
        /// What other systems call it: system and number.
        10 other_ids: Vec<(String, String)>,
        /// The strategy it is part of 策略.
        11 strategy: Option<Id>,
        /// The saved question whose answer asked for it.
        12 question: Option<Id>,
    }
}

/// Outcomes of a call that did not reach whom it was for.
const MISSED: [&str; 5] = ["no_answer", "busy", "unreachable", "wrong_number", "gatekeeper"];

impl FollowUp {
    /// Whether nobody it was for was reached: an unanswered call revives nobody.
    pub fn reached_nobody(&self) -> bool {
        MISSED.contains(&self.outcome.as_str())
    }
}
