//! Customers and the people there.

use crate::domain::choice::{Attitude, ContactRole, CustomerKind, Gender, Level, LifeStage};
use crate::domain::fields::record;
use crate::domain::id::Id;
use crate::domain::measure::{Rate, Score};
use crate::domain::money::Money;
use crate::domain::part::{OwnValue, Phone};
use crate::domain::time::{Day, Due};

record! {
    /// A customer 客户. The `given_…` fields are figures brought by a table; they stand in until real orders replace them.
    Customer {
        /// Code 编号, such as C2023001.
        1 code: String,
        /// Name 名称.
        2 name: String,
        /// Short name 简称.
        3 short_name: String,
        /// Phone 电话.
        4 phone: String,
        /// Address 地址.
        5 address: String,
        /// Parent group 集团.
        6 parent: Option<Id>,
        /// Dealer 中间商.
        7 dealer: Option<Id>,
        /// Industry 行业: a key of the list, or own text.
        8 industry: String,
        /// Size by revenue 规模: a key of the list, or own text.
        9 size: String,
        /// Heads 人数.
        10 head_count: Option<u32>,
        /// Region 地域: a key of the list, or own text.
        11 region: String,
        /// Year founded 成立年份.
        12 founded: Option<u32>,
        /// Firm, person or authority.
        13 kind: Option<CustomerKind>,
        /// Source channel 来源渠道: a key of the list, or own text.
        14 source: String,
        /// Owner 负责人 (S0: 跟进人).
        15 owner: Option<Id>,
        /// Helpers 协作人.
        16 helpers: Vec<Id>,
        /// First contact 首次接触.
        17 first_contact: Option<Day>,
        /// Next contact 下次联系.
        18 next_contact: Option<Due>,
        /// Stage set by hand, counted only without an open or won deal.
        19 stage: String,
        /// Note 备注.
        20 note: String,
        /// Need preference 需求偏好: a key of the list, or own text.
        21 need: String,
        /// Price sensitivity 价格敏感度.
        22 price_sensitivity: Option<Level>,
        /// Tags 标签.
        23 tags: Vec<String>,
        /// Acquisition cost 获客成本.
        24 acquisition_cost: Option<Money>,
        /// Potential 潜力, 0–100.
        25 potential: Option<Score>,
        /// Conclusion and advice 核心结论与建议.
        26 conclusion: String,
        /// Own fields 自定义字段.
        27 custom: Vec<(String, String)>,
        /// Life stage set by hand, which wins over the computed one.
        28 life_stage: Option<LifeStage>,
        /// E-mail 邮箱.
        29 email: String,
        /// Given total 总交易金额.
        30 given_total: Option<Money>,
        /// Given order value 客单价.
        31 given_order_value: Option<Money>,
        /// Given number of orders 购买频次.
        32 given_orders: Option<u32>,
        /// Given repurchase rate 复购率.
        33 given_repurchase: Option<Rate>,
        /// Given satisfaction, 1–5 满意度.
        34 given_satisfaction: Option<Score>,
        /// Given tier 客户价值等级, as it was written.
        35 given_tier: String,
        /// Given first purchase 首次购买.
        36 given_first_purchase: Option<Day>,
        /// Given last purchase 最近购买.
        37 given_last_purchase: Option<Day>,
        /// Given life stage 生命周期阶段.
        38 given_life_stage: Option<LifeStage>,
        /// Given profit 利润贡献.
        39 given_profit: Option<Money>,
        /// Given activity 活跃度.
        40 given_activity: Option<Level>,
        /// Given loyalty 忠诚度.
        41 given_loyalty: Option<Level>,
        /// Where the given figures came from.
        42 given_from: String,
        /// When the given figures came.
        43 given_on: Option<Day>,
        /// Registration number 统一社会信用代码, or a tax number elsewhere.
        44 registration: String,
        /// What other systems call it: system and number.
        45 other_ids: Vec<(String, String)>,
        /// The customer it was found to be the same as 合并到.
        46 merged_into: Option<Id>,
        /// Further numbers 其他电话, each with when it was last found to be right.
        47 phones: Vec<Phone>,
        /// WeChat 微信.
        48 wechat: String,
        /// Own fields 自定义字段 that have a type; those without one are in `custom`.
        49 own: Vec<OwnValue>,
        /// Credit limit 信用额度.
        50 credit_limit: Option<Money>,
        /// Terms of payment 账期, in days.
        51 terms: Option<u32>,
        /// Credit grade 信用等级, set by hand.
        52 credit_grade: String,
        /// Who referred it 介绍人: a customer or a contact.
        53 referrer: Option<Id>,
        /// Currency of the given figures; empty for the book's.
        54 'must given_currency: String,
        /// The day up to which the given figures count.
        55 given_as_of: Option<Day>,
    }
}

record! {
    /// A person at a customer 联系人.
    Contact {
        /// The customer.
        1 customer: Option<Id>,
        /// Name 姓名.
        2 name: String,
        /// Part in a purchase 角色.
        3 role: Option<ContactRole>,
        /// Job title 职务.
        4 title: String,
        /// The contact reported to 上级.
        5 reports_to: Option<Id>,
        /// Attitude 态度.
        6 attitude: Option<Attitude>,
        /// Phone 电话.
        7 phone: String,
        /// E-mail 邮箱.
        8 email: String,
        /// WeChat 微信.
        9 wechat: String,
        /// Birthday 生日.
        10 birthday: Option<Day>,
        /// Age 年龄.
        11 age: Option<u32>,
        /// Gender 性别.
        12 gender: Option<Gender>,
        /// Whether this is the first to call 主要联系人.
        13 primary: bool,
        /// Note 备注.
        14 note: String,
        /// What other systems call it: system and number.
        15 other_ids: Vec<(String, String)>,
        /// The contact it was found to be the same as 合并到.
        16 merged_into: Option<Id>,
        /// Further numbers 其他电话.
        17 phones: Vec<Phone>,
        /// Own fields 自定义字段.
        18 own: Vec<OwnValue>,
    }
}
