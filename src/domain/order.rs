//! Orders, their lines, and the products sold.

use crate::domain::choice::{Channel, Route};
use crate::domain::fields::record;
use crate::domain::id::Id;
use crate::domain::money::{Exact, Money};
pub use crate::domain::part::OrderLine;
use crate::domain::part::OwnValue;
use crate::domain::time::Day;

record! {
    /// An order 订单.
    Order {
        /// Who bought.
        1 customer: Option<Id>,
        /// Number 单号; a re-import matches on it.
        2 number: String,
        /// Date 日期.
        3 date: Day,
        /// Online or offline.
        4 channel: Option<Channel>,
        /// Direct or through a distributor.
        5 route: Option<Route>,
        /// Promotion 促销活动.
        6 promotion: String,
        /// Sent back 退货: counts in no R, F or M.
        7 returned: bool,
        /// Payment due 账期到期日.
        8 due: Option<Day>,
        /// Paid so far 回款.
        9 paid: Option<Money>,
        /// Lines 明细.
        10 lines: Vec<OrderLine>,
        /// Who sold 负责人.
        11 owner: Option<Id>,
        /// Note 备注.
        12 note: String,
        /// Currency 币种; empty for the book's.
        13 'must currency: String,
        /// The deal it came of 商机.
        14 deal: Option<Id>,
        /// Region it is sent to 收货地区, which may be another than the customer's.
        15 ship_region: String,
        /// What other systems call it: system and number.
        16 other_ids: Vec<(String, String)>,
        /// The day up to which the sum paid was given; payments after it add.
        17 paid_on: Option<Day>,
        /// Own fields 自定义字段.
        18 own: Vec<OwnValue>,
    }
}

impl Order {
    /// The exact sum of the lines, rounded half away from zero to a cent once (definitions: Orders).
    pub fn amount(&self) -> Money {
        Exact::total(self.lines.iter().map(|line| line.amount))
    }

    /// Revenue less cost over the lines whose cost is known; `None` when no line's is.
    pub fn profit(&self) -> Option<Money> {
        let known = || self.lines.iter().filter_map(|line| Some((line.amount, line.cost?)));
        known().next()?;
        Some(Exact::total(known().map(|line| line.0)) - Exact::total(known().map(|line| line.1)))
    }
}

record! {
    /// A product 产品.
    Product {
        /// Name 名称.
        1 name: String,
        /// Other names it goes by 别名.
        2 aliases: Vec<String>,
        /// Category 类别.
        3 category: String,
        /// List price 单价.
        4 price: Option<Money>,
        /// Unit 单位.
        5 unit: String,
        /// What one costs us 成本.
        6 cost: Option<Money>,
        /// No longer sold 停售.
        7 discontinued: bool,
        /// What other systems call it: system and number.
        8 other_ids: Vec<(String, String)>,
        /// Currency 币种 of price and cost; empty for the book's.
        9 'must currency: String,
    }
}

#[cfg(test)]
mod tests {
    use super::{Order, OrderLine};
    use crate::domain::money::{Exact, Money};

    #[test]
    fn profit_is_counted_over_the_lines_whose_cost_is_known() {
        let line = |amount, cost: Option<i64>| OrderLine {
            amount: Exact::from_parts(amount),
            cost: cost.map(Exact::from_parts),
            ..OrderLine::default()
        };
        let order = |lines| Order { lines, ..Order::default() };
        assert_eq!(order(vec![line(50_000, None)]).profit(), None);
        let half_known = order(vec![line(50_000, None), line(20_000, Some(5_000))]);
        assert_eq!(half_known.profit(), Some(Money::from_cents(150)));
        assert_eq!(half_known.amount(), Money::from_cents(700));
    }
}
