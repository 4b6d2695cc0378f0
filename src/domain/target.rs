//! Targets, and the strategies meant to reach them.

use crate::domain::choice::{Basis, Measure};
use crate::domain::fields::record;
use crate::domain::id::Id;
use crate::domain::measure::{Rate, Score};
use crate::domain::money::Money;
use crate::domain::part::{Baseline, HeldBack};
use crate::domain::time::Day;

record! {
    /// A target 目标 of an owner, a team or a group of customers.
    Target {
        /// Whose.
        1 owner: Option<Id>,
        /// Which team's.
        2 team: Option<Id>,
        /// Which customers', as a filter.
        3 group: String,
        /// From this day.
        4 from: Option<Day>,
        /// To this day.
        5 to: Option<Day>,
        /// Of what.
        6 measure: Option<Measure>,
        /// As an amount.
        7 amount: Option<Money>,
        /// As a count.
        8 count: Option<u32>,
        /// As a share.
        9 rate: Option<Rate>,
        /// As a score.
        10 score: Option<Score>,
        /// Which office's 办事处.
        11 office: String,
        /// Of which product 产品.
        12 product: String,
        /// Currency 币种; empty for the book's.
        13 'must currency: String,
        /// What counts 口径; orders where nothing is said.
        14 basis: Option<Basis>,
    }
}

record! {
    /// A strategy 策略 with the measure it is to move and its review.
    Strategy {
        /// Title 名称.
        1 title: String,
        /// Which customers, as a filter.
        2 group: String,
        /// What it is to move.
        3 measure: Option<Measure>,
        /// What is done.
        4 text: String,
        /// From this day.
        5 from: Option<Day>,
        /// When it is reviewed.
        6 review_on: Option<Day>,
        /// What the review found.
        7 review: String,
        /// Who answers for it.
        8 owner: Option<Id>,
        /// The saved question that is asked again at the review.
        9 question: Option<Id>,
        /// How it stood before 基线.
        10 baseline: Option<Baseline>,
        /// How it stood at the review 结果.
        11 result: String,
        /// What is done with that 结论.
        12 conclusion: String,
        /// Customers left out of it, to compare with 对照组.
        13 held_back: Option<HeldBack>,
    }
}
