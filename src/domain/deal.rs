//! Deals and the stages they go through.

use crate::domain::choice::StageRole;
use crate::domain::fields::record;
use crate::domain::id::Id;
use crate::domain::measure::Rate;
use crate::domain::money::Money;
use crate::domain::part::OwnValue;
pub use crate::domain::part::StageMove;
use crate::domain::time::Day;

record! {
    /// A deal 商机.
    Deal {
        /// The customer, if it is known.
        1 customer: Option<Id>,
        /// Title 名称.
        2 title: String,
        /// Amount 金额.
        3 amount: Option<Money>,
        /// Owner 负责人.
        4 owner: Option<Id>,
        /// Competitor 竞品.
        5 competitor: String,
        /// Stage 阶段: a key.
        6 stage: String,
        /// The stages gone through, oldest first.
        7 moves: Vec<StageMove>,
        /// Opened on.
        8 opened: Option<Day>,
        /// Expected close 预计成交.
        9 expected_close: Option<Day>,
        /// Won or lost on.
        10 closed: Option<Day>,
        /// Why it was lost: a key of the list.
        11 lost_reason: String,
        /// More on why it was won or lost.
        12 reason_note: String,
        /// Products 产品.
        13 products: Vec<String>,
        /// Own probability, apart from the stage's.
        14 probability: Option<Rate>,
        /// Number in the system it came from.
        15 number: String,
        /// Parked until.
        16 parked_until: Option<Day>,
        /// Note 备注.
        17 note: String,
        /// The customer's people who have a say in it 联系人.
        18 contacts: Vec<Id>,
        /// Currency 币种; empty for the book's.
        19 'must currency: String,
        /// What other systems call it: system and number.
        20 other_ids: Vec<(String, String)>,
        /// Own fields 自定义字段.
        21 own: Vec<OwnValue>,
    }
}

record! {
    /// A stage of the funnel 阶段.
    Stage {
        /// Key in files.
        1 key: String,
        /// In English.
        2 en: String,
        /// In Chinese.
        3 zh: String,
        /// What it means for a deal.
        4 role: Option<StageRole>,
        /// Default probability.
        5 probability: Option<Rate>,
        /// Place in the funnel.
        6 position: u32,
        /// Other names it goes by.
        7 aliases: Vec<String>,
        /// No longer offered.
        8 hidden: bool,
        /// What is to be done before a deal leaves it 检查清单.
        9 checklist: Vec<String>,
    }
}
