//! Looking back on what was decided: which actions a quarter had, and what followed on each (requirements C3).

use crate::domain::choice::FeedbackKind;
use crate::domain::deal::Deal;
use crate::domain::feedback::Feedback;
use crate::domain::follow_up::{FollowUp, NextStep};
use crate::domain::measure::Score;
use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::time::Day;

/// Days after an action in which what happens is put down to it.
pub const FOLLOWS: i32 = 90;

/// What followed on an action. It followed; whether it followed from it is for a person to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// Orders, without those returned.
    pub orders: usize,
    /// What they came to.
    pub revenue: Money,
    /// Stages deals moved to, in order.
    pub stages: Vec<String>,
    /// The first satisfaction heard.
    pub satisfaction: Option<Score>,
}

/// The day an action was decided: that of the talk it was promised in, else the day it was due or done.
pub fn decided(step: &NextStep, talks: &[FollowUp]) -> Option<Day> {
    let talk = talks.iter().find(|talk| Some(talk.id) == step.follow_up).map(|talk| talk.at.day());
    talk.or(step.due.map(|due| due.day)).or(step.done_at.map(|at| at.day()))
}

/// The first and the last day of the quarter so many quarters before the one of `today`.
pub fn quarter(today: Day, before: i32) -> (Day, Day) {
    let month = today.month();
    let back = (month.number() as i32 - 1) % 3 + before * 3;
    let first = Day::from_ymd(month.year(), month.number(), 1).unwrap_or(today).plus_months(-back);
    (first, first.plus_months(3).plus(-1))
}

/// What followed within ninety days of `done`.
pub fn followed(done: Day, orders: &[Order], deals: &[Deal], feedback: &[Feedback]) -> Followed {
    let within = |day: Day| day > done && day <= done.plus(FOLLOWS);
    let bought: Vec<&Order> = orders.iter().filter(|order| within(order.date) && !order.returned).collect();
    let moves = deals.iter().flat_map(|deal| &deal.moves);
    let mut moves: Vec<(Day, &str)> =
        moves.filter_map(|step| Some((step.at?.day(), step.stage.as_str()))).filter(|(day, _)| within(*day)).collect();
    moves.sort_unstable();
    let rated = feedback.iter().filter(|told| told.kind == Some(FeedbackKind::Satisfaction) && within(told.at.day()));
    Followed {
        orders: bought.len(),
        revenue: bought.iter().map(|order| order.amount()).sum(),
        stages: moves.into_iter().map(|(_, stage)| stage.to_owned()).collect(),
        satisfaction: rated.min_by_key(|told| told.at).and_then(|told| told.score),
    }
}

#[cfg(test)]
mod tests {
    use super::{followed, quarter};
    use crate::domain::money::{Exact, Money};
    use crate::domain::order::{Order, OrderLine};
    use crate::domain::time::Day;

    fn day(text: (i32, u32, u32)) -> Day {
        Day::from_ymd(text.0, text.1, text.2).unwrap()
    }

    #[test]
    fn quarters_begin_on_their_first_and_end_on_their_last_day() {
        assert_eq!(quarter(day((2026, 11, 19)), 0), (day((2026, 10, 1)), day((2026, 12, 31))));
        assert_eq!(quarter(day((2026, 1, 31)), 1), (day((2025, 10, 1)), day((2025, 12, 31))));
    }

    #[test]
    fn only_what_comes_after_and_within_ninety_days_follows() {
        let order = |days: i32, returned| Order {
            date: day((2026, 1, 1)).plus(days),
            returned,
            lines: vec![OrderLine { amount: Exact::from(Money::from_units(100)), ..OrderLine::default() }],
            ..Order::default()
        };
        let orders = [order(0, false), order(1, false), order(90, false), order(91, false), order(5, true)];
        let found = followed(day((2026, 1, 1)), &orders, &[], &[]);
        assert_eq!((found.orders, found.revenue), (2, Money::from_units(200)));
    }
}
