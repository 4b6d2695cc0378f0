//! Activity, loyalty and life stage, from the days of a customer's orders (definitions: Behaviour, life stage, churn).

use crate::analysis::purchases::OrderFact;
use crate::domain::choice::{Level, LifeStage};
use crate::domain::money::Money;
use crate::domain::time::Day;

/// Days without an order after which a customer is dormant, unless it has a rhythm of its own.
const DORMANT_AFTER: i32 = 90;
/// Days without an order after which a customer is lost, unless it has a rhythm of its own.
const LOST_AFTER: i32 = 180;
/// Days during which a first order makes a customer new.
const NEW_FOR: i32 = 90;

/// How alive the buying is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Activity {
    /// Silent far longer than usual 流失.
    Lost,
    /// Silent longer than usual 休眠.
    Dormant,
    /// Buying as usual 活跃.
    Active,
}

impl Activity {
    /// The key in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Activity::Lost => "lost",
            Activity::Dormant => "dormant",
            Activity::Active => "active",
        }
    }
}

/// How a customer behaves, as of a day; `None` where there is no order to tell it from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behaviour {
    /// Active, dormant or lost.
    pub activity: Option<Activity>,
    /// High with at least 3 orders and not late; low with one order or late; else middle (S4).
    pub loyalty: Option<Level>,
    /// Where the customer stands in its life.
    pub life_stage: LifeStage,
}

impl Behaviour {
    /// The behaviour seen in `facts` as of a day. Returned, negative and later orders are left out.
    pub fn of(facts: impl Iterator<Item = OrderFact>, as_of: Day) -> Behaviour {
        let counts = |fact: &OrderFact| !fact.returned && fact.day <= as_of && fact.amount >= Money::ZERO;
        let mut orders: Vec<OrderFact> = facts.filter(counts).collect();
        orders.sort_by_key(|fact| fact.day);
        let (Some(first), Some(last)) = (orders.first(), orders.last()) else {
            return Behaviour { activity: None, loyalty: None, life_stage: LifeStage::Prospect };
        };
        let silent = as_of.days_since(last.day);
        let activity = activity(silent, usual_gap(&orders));
        let loyalty = match (orders.len(), activity) {
            (1, _) | (_, Activity::Dormant | Activity::Lost) => Level::Low,
            (2, _) => Level::Middle,
            _ => Level::High,
        };
        let life_stage = match activity {
            Activity::Lost => LifeStage::Lost,
            _ if as_of.days_since(first.day) <= NEW_FOR => LifeStage::New,
            _ => by_growth(&orders, as_of),
        };
        Behaviour { activity: Some(activity), loyalty: Some(loyalty), life_stage }
    }
}

impl Activity {
    /// The activity of a customer of whom only the last purchase is known, so many days ago.
    pub const fn after_silence(days: i32) -> Activity {
        if days > LOST_AFTER {
            Activity::Lost
        } else if days > DORMANT_AFTER {
            Activity::Dormant
        } else {
            Activity::Active
        }
    }
}

/// By the customer's own rhythm where it has one (late after 2 gaps, lost after 4), else by days.
fn activity(silent: i32, gap: Option<i32>) -> Activity {
    let (dormant, lost) = match gap {
        Some(gap) => (gap.saturating_mul(2), gap.saturating_mul(4)),
        None => (DORMANT_AFTER, LOST_AFTER),
    };
    if silent > lost {
        Activity::Lost
    } else if silent > dormant {
        Activity::Dormant
    } else {
        Activity::Active
    }
}

/// Median days between the days with an order, of at least 3 orders on different days; `sorted` by day.
pub fn usual_gap(sorted: &[OrderFact]) -> Option<i32> {
    let mut days: Vec<Day> = sorted.iter().map(|fact| fact.day).collect();
    days.dedup();
    let mut gaps: Vec<i32> = days.windows(2).map(|pair| pair[1].days_since(pair[0])).collect();
    if gaps.len() < 2 {
        return None;
    }
    gaps.sort_unstable();
    let middle = gaps.len() / 2;
    Some(if gaps.len() % 2 == 1 { gaps[middle] } else { (gaps[middle - 1] + gaps[middle]) / 2 })
}

/// Growing when the last half-year brought at least 1.2 times the half before, declining at most 0.8 times, else stable.
fn by_growth(orders: &[OrderFact], as_of: Day) -> LifeStage {
    let (half, year) = (as_of.plus_months(-6), as_of.plus_months(-12));
    let between = |from: Day, to: Day| -> Money {
        orders.iter().filter(|fact| fact.day > from && fact.day <= to).map(|fact| fact.amount).sum()
    };
    let now = i128::from(between(half, as_of).cents()) * 10;
    let before = i128::from(between(year, half).cents());
    match () {
        () if now == 0 && before == 0 => LifeStage::Declining,
        () if now >= before * 12 => LifeStage::Growing,
        () if now <= before * 8 => LifeStage::Declining,
        () => LifeStage::Stable,
    }
}

#[cfg(test)]
mod tests {
    use super::{Activity, Behaviour};
    use crate::analysis::purchases::OrderFact;
    use crate::domain::choice::{Level, LifeStage};
    use crate::domain::money::Money;
    use crate::domain::time::Day;

    const TODAY: Day = Day::from_number(20_000);

    /// What orders so many days ago, of so many units, say today.
    fn behaviour(orders: &[(i32, i64)]) -> Behaviour {
        let fact = |(ago, units): &(i32, i64)| OrderFact {
            day: TODAY.plus(-ago),
            amount: Money::from_units(*units),
            profit: None,
            returned: false,
        };
        Behaviour::of(orders.iter().map(fact), TODAY)
    }

    #[test]
    fn a_customer_without_an_order_is_a_prospect_and_neither_active_nor_loyal() {
        let none = behaviour(&[]);
        assert_eq!((none.activity, none.loyalty, none.life_stage), (None, None, LifeStage::Prospect));
    }

    #[test]
    fn one_order_long_ago_is_judged_by_days() {
        assert_eq!(behaviour(&[(90, 1)]).activity, Some(Activity::Active));
        assert_eq!(behaviour(&[(91, 1)]).activity, Some(Activity::Dormant));
        assert_eq!(behaviour(&[(181, 1)]).activity, Some(Activity::Lost));
    }

    #[test]
    fn a_customer_that_buys_once_a_year_is_not_late_after_four_months() {
        assert_eq!(behaviour(&[(850, 1), (485, 1), (120, 1)]).activity, Some(Activity::Active));
    }

    #[test]
    fn a_customer_that_buys_every_week_is_lost_after_five_weeks() {
        assert_eq!(behaviour(&[(50, 1), (43, 1), (36, 1)]).life_stage, LifeStage::Lost);
    }

    #[test]
    fn a_first_order_within_ninety_days_makes_a_customer_new() {
        assert_eq!(behaviour(&[(30, 1)]).life_stage, LifeStage::New);
    }

    #[test]
    fn growth_and_decline_are_told_from_the_two_half_years() {
        assert_eq!(behaviour(&[(300, 10), (250, 10), (60, 24)]).life_stage, LifeStage::Growing);
        assert_eq!(behaviour(&[(300, 10), (250, 10), (60, 16)]).life_stage, LifeStage::Declining);
        assert_eq!(behaviour(&[(300, 10), (250, 10), (60, 20)]).life_stage, LifeStage::Stable);
    }

    #[test]
    fn three_orders_in_rhythm_make_a_customer_loyal_and_one_does_not() {
        assert_eq!(behaviour(&[(90, 1), (60, 1), (30, 1)]).loyalty, Some(Level::High));
        assert_eq!(behaviour(&[(60, 1), (30, 1)]).loyalty, Some(Level::Middle));
        assert_eq!(behaviour(&[(30, 1)]).loyalty, Some(Level::Low));
    }
}
