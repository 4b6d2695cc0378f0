//! What a record has several of: the lines of an order, the steps of a deal.

use crate::domain::choice::PhoneKind;
use crate::domain::fields::part;
use crate::domain::id::Id;
use crate::domain::measure::Rate;
use crate::domain::money::Exact;
use crate::domain::time::{Day, Moment};
use crate::domain::value::Value;

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
        /// Price of one 单价.
        6 price: Option<Exact>,
        /// Discount 折扣: the share taken off.
        7 discount: Option<Rate>,
        /// Unit 单位.
        8 unit: String,
        /// Cents of the order's rounded total that it bears besides its own, so that every cut of the order adds up.
        9 odd_cents: i64,
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

part! {
    /// A telephone number.
    Phone {
        /// What sort.
        1 kind: Option<PhoneKind>,
        /// The number 号码.
        2 number: String,
        /// The extension 分机.
        3 extension: String,
        /// When it was last found to be right.
        4 checked_on: Option<Day>,
    }
}

part! {
    /// What a record holds in an own field.
    OwnValue {
        /// The own field.
        1 field: Option<Id>,
        /// What it holds, of the field's type.
        2 value: Value,
    }
}

part! {
    /// How something stood on a day.
    Baseline {
        /// The figure.
        1 value: Value,
        /// Of how many it was made.
        2 of: Option<u32>,
        /// On which day.
        3 day: Option<Day>,
    }
}

part! {
    /// Customers left out of something, to compare with.
    HeldBack {
        /// The customers.
        1 customers: Vec<Id>,
        /// What they were drawn by: the same seed draws the same ones.
        2 seed: i64,
    }
}

part! {
    /// A time in a team.
    TeamSpell {
        /// The team.
        1 team: Option<Id>,
        /// From this day.
        2 from: Option<Day>,
        /// Up to and with this day.
        3 to: Option<Day>,
    }
}

part! {
    /// One dimension of the quality of data, as it stood.
    QualityPart {
        /// The dimension: a key.
        1 dimension: String,
        /// Weights of all checks that applied.
        2 applicable: i64,
        /// Weights of those that failed.
        3 failed: i64,
    }
}
