//! How customers are graded, what came of it, and what is kept of those who left.

use crate::domain::choice::choice;
use crate::domain::fields::record;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::time::{Day, Moment};

choice! {
    /// How scores and tiers are made.
    Method {
        /// Quintiles that never part equal values 分位.
        Quantile = 1 "quantile",
        /// SQL's NTILE(5) 等分.
        Ntile = 2 "ntile",
        /// Frequency inside recency, revenue inside frequency 嵌套.
        Nested = 3 "nested",
        /// Edges the firm set 自定阈值.
        Threshold = 4 "threshold",
        /// By cumulative share of revenue 累计占比.
        Abc = 5 "abc",
        /// The first rule that holds 规则.
        Rules = 6 "rules",
    }
}

choice! {
    /// The eight segments of recency, frequency and revenue, each high or low.
    Segment {
        /// 重要价值 高高高.
        Champions = 1 "champions",
        /// 重要发展 高低高.
        BigInfrequent = 2 "big_but_infrequent",
        /// 重要保持 低高高.
        SlippingChampions = 3 "slipping_champions",
        /// 重要挽留 低低高.
        BigLeaving = 4 "big_and_leaving",
        /// 一般价值 高高低.
        Regulars = 5 "regulars",
        /// 一般发展 高低低.
        Newcomers = 6 "newcomers",
        /// 一般保持 低高低.
        SlippingRegulars = 7 "slipping_regulars",
        /// 一般挽留 低低低.
        Dormant = 8 "dormant",
    }
}

choice! {
    /// Why a customer left, as it was confirmed 流失原因.
    Leaving {
        /// Price 价格.
        Price = 1 "price",
        /// Product or quality 产品质量.
        Product = 2 "product",
        /// Service 服务.
        Service = 3 "service",
        /// A competitor 竞品.
        Competitor = 4 "competitor",
        /// No need any more 需求消失.
        NeedGone = 5 "need_gone",
        /// Their contact left 关键人离职.
        ContactLeft = 6 "contact_left",
        /// Out of business 停业.
        Closed = 7 "closed",
        /// Anything else 其他.
        Other = 8 "other",
    }
}

record! {
    /// A way of grading, saved under a name 分级方案.
    Scheme {
        /// Name.
        1 name: String,
        /// Counted up each time it is changed.
        2 version: u32,
        /// How scores and tiers are made.
        3 method: Option<Method>,
        /// Months of the window; nothing for all years.
        4 months: Option<u32>,
        /// Weights, cuts, names, edges and rules by name.
        5 settings: Vec<(String, String)>,
        /// No longer offered.
        6 hidden: bool,
    }
}

record! {
    /// One recalculation as it was applied. The moves are a record by themselves, out of the way of the lists.
    TierRun {
        /// When it was applied.
        1 at: Moment,
        /// Who applied it.
        2 by: String,
        /// The day it looked from.
        3 as_of: Day,
        /// The scheme's name.
        4 scheme: String,
        /// The scheme's version.
        5 version: u32,
        /// How scores and tiers were made.
        6 method: Option<Method>,
        /// Months of the window; nothing for all years.
        7 months: Option<u32>,
        /// Weights, cuts, names, edges and rules, as they were.
        8 settings: Vec<(String, String)>,
        /// The records of its moves.
        9 moves: Vec<Id>,
        /// How many customers changed their tier.
        10 moved: u32,
        /// Customers of each tier after it.
        11 customers: Vec<(String, String)>,
        /// Revenue of the window of each tier after it.
        12 revenue: Vec<(String, String)>,
        /// What all of them brought in the window.
        13 total: Money,
    }
}

record! {
    /// Every customer a recalculation gave another tier or segment: kept by itself, so that a hundred thousand are one
    /// record and no dossier is touched.
    TierMoves {
        /// The recalculation.
        1 run: Option<Id>,
        /// Who moved.
        2 customers: Vec<Id>,
        /// How, one line a customer in the same order: before, after, segment, scores, days, orders, revenue in cents.
        3 figures: String,
    }
}

record! {
    /// A tier held against recalculation 保留等级.
    TierHold {
        /// Whose.
        1 customer: Option<Id>,
        /// The tier that stays.
        2 tier: String,
        /// Why.
        3 reason: String,
        /// Up to and with this day.
        4 until: Option<Day>,
        /// Who decided it.
        5 by: String,
    }
}

record! {
    /// What to advise, by segment, tier or life stage 建议规则.
    Advice {
        /// Segment, tier or life stage it is for: a key.
        1 topic: String,
        /// In English.
        2 en: String,
        /// In Chinese.
        3 zh: String,
        /// Days until the action it asks for.
        4 days: u32,
        /// No longer offered.
        5 hidden: bool,
    }
}

record! {
    /// A confirmed cause of leaving 流失原因.
    Departure {
        /// Who left.
        1 customer: Option<Id>,
        /// When it was confirmed.
        2 on: Day,
        /// Why.
        3 cause: Option<Leaving>,
        /// More on it.
        4 note: String,
        /// Who confirmed it.
        5 by: String,
    }
}

record! {
    /// A member level and its benefits 会员等级.
    Membership {
        /// Name of the level.
        1 name: String,
        /// Spent at least this much.
        2 spend: Money,
        /// A customer for at least so many years.
        3 years: u32,
        /// Points for each 100 spent.
        4 points: u32,
        /// Benefits 权益.
        5 benefits: String,
        /// At least so many points.
        6 least: u32,
        /// Points for each order.
        7 per_order: u32,
        /// For persons only, not for firms.
        8 persons_only: bool,
        /// No longer offered.
        9 hidden: bool,
    }
}

record! {
    /// What weighs how much in the potential of a customer 潜力权重; what is empty weighs nothing.
    PotentialWeights {
        /// Growth over the last half-year.
        1 growth: Option<u32>,
        /// Products that similar customers buy and it does not.
        2 products: Option<u32>,
        /// Whether it would recommend us.
        3 recommends: Option<u32>,
        /// Open deals.
        4 deals: Option<u32>,
    }
}

impl PotentialWeights {
    /// The weights every book begins with, all the same; a book holds at most one set, of this id.
    pub fn shipped() -> PotentialWeights {
        let id = Id::of_name("potential weights");
        PotentialWeights {
            id,
            growth: Some(1),
            products: Some(1),
            recommends: Some(1),
            deals: Some(1),
            ..PotentialWeights::default()
        }
    }

    /// All of them, as the parts stand.
    pub fn all(&self) -> [u32; 4] {
        [self.growth, self.products, self.recommends, self.deals].map(Option::unwrap_or_default)
    }
}
