//! What a customer bought: counts, sums and rhythm of its orders (definitions: Orders).

use crate::domain::measure::Rate;
use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::time::{Day, Month};

/// What the figures need to know of one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderFact {
    /// Date of the order.
    pub day: Day,
    /// Its amount.
    pub amount: Money,
    /// Revenue less cost, where cost is known.
    pub profit: Option<Money>,
    /// Sent back: it counts in no figure here.
    pub returned: bool,
}

impl From<&Order> for OrderFact {
    fn from(order: &Order) -> OrderFact {
        OrderFact { day: order.date, amount: order.amount(), profit: order.profit(), returned: order.returned }
    }
}

/// The figures of one customer's orders up to a day. Returned orders and orders after that day are left out; a negative
/// order lowers net revenue only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purchases {
    /// Orders.
    pub orders: u32,
    /// Sum of their amounts: gross, all years.
    pub total: Money,
    /// The same less what negative orders took back.
    pub net: Money,
    /// Sum of profit over the orders whose cost is known.
    pub profit: Option<Money>,
    /// Day of the first order.
    pub first: Option<Day>,
    /// Day of the last order.
    pub last: Option<Day>,
    /// Months of the last twelve with an order: bit 0 is the month of `as_of`.
    months: u16,
}

impl Purchases {
    /// The figures of `facts` as of a day.
    pub fn of(facts: impl Iterator<Item = OrderFact>, as_of: Day) -> Purchases {
        let mut sums = Purchases::default();
        let year = as_of.plus_months(-12);
        for fact in facts.filter(|fact| !fact.returned && fact.day <= as_of) {
            sums.net += fact.amount;
            if let Some(profit) = fact.profit {
                sums.profit = Some(sums.profit.unwrap_or_default() + profit);
            }
            if fact.amount < Money::ZERO {
                continue;
            }
            sums.orders += 1;
            sums.total += fact.amount;
            sums.first = Some(sums.first.map_or(fact.day, |first| first.min(fact.day)));
            sums.last = Some(sums.last.map_or(fact.day, |last| last.max(fact.day)));
            if fact.day > year {
                sums.months |= 1 << as_of.month().months_since(fact.day.month()).clamp(0, 11);
            }
        }
        sums
    }

    /// Order value 客单价 (S0): revenue ÷ number of orders.
    pub fn order_value(&self) -> Option<Money> {
        self.total.divided_by(u64::from(self.orders))
    }

    /// Repurchase rate of one customer 复购率 (S0's column): months with an order ÷ the 12 months up to `as_of`; `None`
    /// without any order.
    pub fn repurchase_rate(&self) -> Option<Rate> {
        (self.orders > 0).then(|| Rate::of(u64::from(self.months.count_ones()), 12)).flatten()
    }
}

/// Revenue of the twelve months up to and with that of `as_of`, oldest first. Returned orders are left out.
pub fn last_twelve_months(facts: impl Iterator<Item = OrderFact>, as_of: Day) -> [Money; 12] {
    let mut months = [Money::ZERO; 12];
    let first: Month = as_of.month().plus(-11);
    for fact in facts.filter(|fact| !fact.returned && fact.day <= as_of) {
        let place = usize::try_from(fact.day.month().months_since(first)).ok();
        if let Some(month) = place.and_then(|place| months.get_mut(place)) {
            *month += fact.amount;
        }
    }
    months
}

#[cfg(test)]
mod tests {
    use super::{OrderFact, Purchases, last_twelve_months};
    use crate::domain::measure::Rate;
    use crate::domain::money::Money;
    use crate::domain::time::Day;

    fn day(text: (i32, u32, u32)) -> Day {
        Day::from_ymd(text.0, text.1, text.2).unwrap()
    }

    fn order(on: (i32, u32, u32), units: i64) -> OrderFact {
        OrderFact { day: day(on), amount: Money::from_units(units), profit: None, returned: false }
    }

    #[test]
    fn a_customer_without_orders_has_no_order_value_and_no_rate() {
        let none = Purchases::of([].into_iter(), day((2026, 11, 21)));
        assert_eq!((none.orders, none.order_value(), none.repurchase_rate()), (0, None, None));
    }

    #[test]
    fn returned_and_future_orders_count_in_no_figure() {
        let returned = OrderFact { returned: true, ..order((2026, 1, 1), 500) };
        let facts = [returned, order((2027, 1, 1), 70), order((2026, 2, 1), 9)];
        let figures = Purchases::of(facts.into_iter(), day((2026, 11, 21)));
        assert_eq!((figures.orders, figures.total), (1, Money::from_units(9)));
        assert_eq!(figures.last, Some(day((2026, 2, 1))));
    }

    #[test]
    fn a_negative_order_lowers_net_revenue_and_nothing_else() {
        let facts = [order((2026, 1, 1), 500), order((2026, 3, 1), -80)];
        let figures = Purchases::of(facts.into_iter(), day((2026, 11, 21)));
        assert_eq!((figures.orders, figures.total, figures.net), (1, Money::from_units(500), Money::from_units(420)));
        assert_eq!(figures.last, Some(day((2026, 1, 1))));
    }

    #[test]
    fn the_repurchase_rate_counts_months_with_an_order_not_orders() {
        let facts = [order((2026, 11, 1), 1), order((2026, 11, 2), 1), order((2026, 5, 2), 1), order((2020, 5, 2), 1)];
        let figures = Purchases::of(facts.into_iter(), day((2026, 11, 21)));
        assert_eq!(figures.repurchase_rate(), Rate::of(2, 12));
    }

    #[test]
    fn the_last_month_of_the_twelve_is_that_of_the_day_itself() {
        let facts = [order((2026, 11, 1), 3), order((2025, 12, 31), 5), order((2025, 11, 30), 7)];
        let months = last_twelve_months(facts.into_iter(), day((2026, 11, 21)));
        assert_eq!((months[11], months[0]), (Money::from_units(3), Money::from_units(5)));
        assert_eq!(months.iter().copied().sum::<Money>(), Money::from_units(8));
    }
}
