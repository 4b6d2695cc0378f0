//! What the open deals are likely to bring, by the month they are expected in and by each of three probabilities.

use crate::analysis::funnel::fact::DealFact;
use crate::analysis::funnel::ladder::Ladder;
use crate::domain::choice::StageRole;
use crate::domain::measure::Rate;
use crate::domain::money::Money;
use crate::domain::time::{Day, Month};
use std::collections::BTreeMap;

/// Decided deals from which the firm's own history says how likely a win is.
const ENOUGH: usize = 5;

/// When a deal is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// The day has passed.
    Overdue,
    /// In this month.
    In(Month),
    /// Nobody has said when.
    Unsaid,
}

impl When {
    /// When a deal with this expected day is expected, seen on `as_of`.
    pub fn of(expected: Option<Day>, as_of: Day) -> When {
        match expected {
            None => When::Unsaid,
            Some(day) if day < as_of => When::Overdue,
            Some(day) => When::In(day.month()),
        }
    }
}

/// The deals expected at one time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// How many.
    pub deals: usize,
    /// What they are worth.
    pub amount: Money,
    /// Amount × the stage's default probability.
    pub by_stage: Money,
    /// Amount × the own probability of whoever has it; the stage's where it has none.
    pub by_own: Money,
    /// Deals with an own probability.
    pub with_own: usize,
    /// Amount × the firm's win rate of all that ever reached that stage, over the deals for which there is one.
    pub by_history: Money,
    /// Deals for which there is one.
    pub with_history: usize,
}

impl Expected {
    fn add(&mut self, worth: Money, stage: Rate, own: Option<Rate>, history: Option<Rate>) {
        let weighted = |rate: Rate| worth.scaled(i64::from(rate.basis_points()), 10_000).unwrap_or_default();
        self.deals += 1;
        self.amount += worth;
        self.by_stage += weighted(stage);
        self.by_own += weighted(own.unwrap_or(stage));
        self.with_own += usize::from(own.is_some());
        self.by_history += history.map(weighted).unwrap_or_default();
        self.with_history += usize::from(history.is_some());
    }
}

/// The forecast: by time, what passed first, and all together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// By when they are expected.
    pub times: Vec<(When, Expected)>,
    /// All together.
    pub total: Expected,
    /// The firm's win rate from each stage of the way; none where too few are decided.
    pub rates: Vec<Option<Rate>>,
}

/// The forecast of the open deals.
pub fn forecast<'a>(deals: impl Iterator<Item = &'a DealFact> + Clone, ladder: &Ladder, as_of: Day) -> Forecast {
    let rates = win_rates(deals.clone(), ladder);
    let mut times: BTreeMap<When, Expected> = BTreeMap::new();
    let mut total = Expected::default();
    for deal in deals {
        let place = ladder.place(deal.stage);
        if place.role != StageRole::Open {
            continue;
        }
        let history = place.rank.and_then(|rank| rates.get(rank).copied().flatten());
        let when = When::of(deal.expected, as_of);
        for sum in [&mut total, times.entry(when).or_default()] {
            sum.add(deal.worth(), place.probability, deal.probability, history);
        }
    }
    Forecast { times: times.into_iter().collect(), total, rates }
}

/// Won ÷ decided of all deals that reached each stage of the way.
pub fn win_rates<'a>(deals: impl Iterator<Item = &'a DealFact>, ladder: &Ladder) -> Vec<Option<Rate>> {
    let mut counts = vec![(0_usize, 0_usize); ladder.way().len()];
    for deal in deals {
        let won = match ladder.role(deal.stage) {
            StageRole::Won => 1,
            StageRole::Lost => 0,
            StageRole::Open | StageRole::Parked => continue,
        };
        let furthest = ladder.furthest(deal.steps.iter().map(|step| step.stage));
        for (wins, decided) in counts.iter_mut().take(furthest + 1) {
            *wins += won;
            *decided += 1;
        }
    }
    let rate = |(wins, decided): (usize, usize)| {
        if decided < ENOUGH { None } else { Rate::of(wins as u64, decided as u64) }
    };
    counts.into_iter().map(rate).collect()
}
