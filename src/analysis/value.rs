//! What customers are worth and cost (definitions: Value). Amounts stay whole cents; only shares and ratios are floats.

use crate::domain::measure::Rate;
use crate::domain::money::{Money, round_div};

/// Hundredths of a per cent in the whole.
const WHOLE: i64 = 10_000;

/// CLV, simple: order value × orders per year × years × margin. Orders per year come in hundredths.
pub fn clv_simple(order_value: Money, orders_per_year: u32, years: u32, margin: Rate) -> Option<Money> {
    let factor = i64::from(orders_per_year).checked_mul(i64::from(years))?.checked_mul(points(margin))?;
    order_value.scaled(factor, 100 * WHOLE)
}

/// CLV by retention (Gupta–Lehmann): m·r ÷ (1 + i − r), m the margin a year. `None` when r ≥ 1 + i.
pub fn clv_by_retention(margin: Money, retention: Rate, discount: Rate) -> Option<Money> {
    margin.scaled(points(retention), WHOLE + points(discount) - points(retention))
}

/// The same with the first margin now: m·(1 + i) ÷ (1 + i − r).
pub fn clv_first_now(margin: Money, retention: Rate, discount: Rate) -> Option<Money> {
    margin.scaled(WHOLE + points(discount), WHOLE + points(discount) - points(retention))
}

/// CLV of a subscription: revenue per account and month × gross margin ÷ monthly churn. `None` without churn.
pub fn clv_subscription(per_month: Money, margin: Rate, monthly_churn: Rate) -> Option<Money> {
    per_month.scaled(points(margin), points(monthly_churn))
}

/// CAC: spend on winning ÷ new customers.
pub fn acquisition_cost(spend: Money, new_customers: u32) -> Option<Money> {
    spend.divided_by(u64::from(new_customers))
}

/// CLV:CAC; 3 and more is healthy. `None` without a cost.
pub fn value_to_cost(value: Money, cost: Money) -> Option<f64> {
    ratio(value.cents().into(), cost.cents().into())
}

/// Payback in months: CAC ÷ (monthly revenue per customer × margin).
pub fn payback_months(cost: Money, per_month: Money, margin: Rate) -> Option<f64> {
    ratio(i128::from(cost.cents()) * i128::from(WHOLE), i128::from(per_month.cents()) * i128::from(points(margin)))
}

/// Retention: (customers at the end − new ones) ÷ customers at the start.
pub fn retention(start: u32, end: u32, new: u32) -> Option<f64> {
    ratio(i128::from(end) - i128::from(new), start.into())
}

/// Churn: lost in the period ÷ customers at the start.
pub fn churn(lost: u32, start: u32) -> Option<f64> {
    ratio(lost.into(), start.into())
}

/// Annual churn of a monthly one: 1 − (1 − monthly)^12.
pub fn annual_churn(monthly: Rate) -> f64 {
    1.0 - (1.0 - monthly.as_number().clamp(0.0, 1.0)).powi(12)
}

/// NPS: per cent of 9–10 less per cent of 0–6; 7 and 8 stay in the base. `None` when nobody answered.
pub fn nps(answers: impl Iterator<Item = u8>) -> Option<f64> {
    let (mut all, mut balance) = (0_i128, 0_i128);
    for answer in answers {
        all += 1;
        balance += i128::from(answer >= 9) - i128::from(answer <= 6);
    }
    ratio(balance * 100, all)
}

/// Repurchase by orders: orders after a customer's first ÷ orders. One entry a customer: its orders in the window, and
/// whether the first it ever placed is among them; an order of a customer from before is a repurchase.
pub fn repurchase_by_orders(orders: impl Iterator<Item = (u32, bool)>) -> Option<f64> {
    let (mut all, mut again) = (0_i128, 0_i128);
    for (count, has_first) in orders {
        all += i128::from(count);
        again += i128::from(count.saturating_sub(u32::from(has_first)));
    }
    ratio(again, all)
}

/// Repurchase of a group 复购率: buyers with two orders and more ÷ buyers, in the window.
pub fn repurchase_by_buyers(orders: impl Iterator<Item = u32>) -> Option<f64> {
    let (mut buyers, mut again) = (0_i128, 0_i128);
    for count in orders.filter(|count| *count > 0) {
        buyers += 1;
        again += i128::from(count >= 2);
    }
    ratio(again, buyers)
}

/// 回购率: buyers of a window who buy in the next ÷ buyers of the window. One entry a customer: bought then, bought next.
pub fn bought_again(customers: impl Iterator<Item = (bool, bool)>) -> Option<f64> {
    let (mut buyers, mut again) = (0_i128, 0_i128);
    for (_, next) in customers.filter(|(then, _)| *then) {
        buyers += 1;
        again += i128::from(next);
    }
    ratio(again, buyers)
}

/// Profit contribution: a customer's profit less what serving it cost.
pub fn contribution(profit: Option<Money>, service: Money) -> Option<Money> {
    profit.map(|profit| profit - service)
}

/// Sales velocity: deals × average won amount × win rate ÷ cycle days, an amount a day.
pub fn velocity(deals: u32, average: Money, win_rate: Rate, cycle_days: u32) -> Option<Money> {
    average.scaled(i64::from(deals).checked_mul(points(win_rate))?, i64::from(cycle_days).checked_mul(WHOLE)?)
}

/// A share in hundredths of a per cent of two amounts, signed: `None` for no whole.
pub fn share(part: Money, whole: Money) -> Option<Rate> {
    let points = || round_div(i128::from(part.cents()) * i128::from(WHOLE), i128::from(whole.cents()));
    (whole > Money::ZERO).then(|| Rate::from_basis_points(points().clamp(-1_000_000, 1_000_000) as i32))
}

fn points(rate: Rate) -> i64 {
    i64::from(rate.basis_points())
}

/// A quotient that is a number; `None` for no divisor.
fn ratio(part: i128, whole: i128) -> Option<f64> {
    (whole != 0).then(|| part as f64 / whole as f64).filter(|quotient| quotient.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(units: i64) -> Money {
        Money::from_units(units)
    }

    fn per_cent(points: i32) -> Rate {
        Rate::from_basis_points(points * 100)
    }

    #[test]
    fn lifetime_values_equal_the_spot_values_to_the_cent() {
        assert_eq!(clv_simple(units(100), 400, 3, per_cent(100)), Some(units(1_200)));
        assert_eq!(clv_simple(units(100), 400, 3, per_cent(40)), Some(units(480)));
        assert_eq!(clv_subscription(units(500), per_cent(75), Rate::from_basis_points(250)), Some(units(15_000)));
        assert_eq!(clv_by_retention(units(100), per_cent(80), per_cent(10)), Some(Money::from_cents(26_667)));
        assert_eq!(clv_first_now(units(100), per_cent(80), per_cent(10)), Some(Money::from_cents(36_667)));
    }

    #[test]
    fn ratios_equal_the_spot_values() {
        assert_eq!(value_to_cost(units(15_000), units(6_000)), Some(2.5));
        assert_eq!(payback_months(units(6_000), units(500), per_cent(75)), Some(16.0));
        assert_eq!((retention(200, 220, 40), churn(5, 100)), (Some(0.9), Some(0.05)));
        assert!((annual_churn(per_cent(5)) - 0.459_639_912_337_333_4).abs() < 1e-12);
        let answers = [10, 9, 9, 8, 8, 7, 7, 7, 6, 0];
        assert_eq!(nps(answers.into_iter()), Some(10.0));
        assert_eq!(velocity(40, units(25_000), per_cent(25), 90), Some(Money::from_cents(277_778)));
    }

    #[test]
    fn the_order_basis_counts_orders_after_the_first_and_the_group_basis_buyers() {
        // 100 orders of 70 customers: 20 bought twice or more, 10 of them thrice.
        let orders = || std::iter::repeat_n(1, 50).chain([2; 10]).chain([3; 10]);
        assert_eq!(repurchase_by_orders(orders().map(|count| (count, true))), Some(0.3));
        assert_eq!(repurchase_by_buyers([0, 1, 2, 3].into_iter()), Some(2.0 / 3.0));
        assert_eq!(bought_again([(true, true), (true, false), (false, true)].into_iter()), Some(0.5));
    }

    #[test]
    fn an_order_of_a_customer_from_before_the_window_is_a_repurchase() {
        assert_eq!(repurchase_by_orders([(1, false), (1, true), (2, true)].into_iter()), Some(0.5));
    }

    #[test]
    fn nothing_to_divide_by_gives_no_figure() {
        assert_eq!(value_to_cost(units(1), Money::ZERO), None);
        assert_eq!(payback_months(units(1), Money::ZERO, per_cent(10)), None);
        assert_eq!((retention(0, 1, 0), churn(1, 0), nps([].into_iter())), (None, None, None));
        assert_eq!(clv_subscription(units(1), per_cent(10), per_cent(0)), None);
        assert_eq!(clv_by_retention(units(1), per_cent(120), per_cent(10)), None);
        assert_eq!((acquisition_cost(units(1), 0), share(units(1), Money::ZERO)), (None, None));
        assert_eq!(repurchase_by_orders([].into_iter()), None);
    }
}
