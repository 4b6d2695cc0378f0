//! The figures of a funnel, counted over the deals of one cohort.

use crate::analysis::funnel::fact::DealFact;
use crate::analysis::funnel::ladder::{Ladder, Rung};
use crate::analysis::funnel::spread::{Spread, share};
use crate::domain::choice::StageRole;
use crate::domain::id::{Id, IdMap};
use crate::domain::money::Money;
use crate::domain::time::Day;
use std::collections::HashMap;

/// One stage of the funnel.
#[derive(Clone, Debug, PartialEq)]
pub struct StageFigures {
    /// The stage.
    pub rung: Rung,
    /// Deals that entered it or any later stage of the way, ever; beside the way, those that stand there.
    pub reached: usize,
    /// What these are worth.
    pub reached_amount: Money,
    /// Customers with such a deal.
    pub reached_customers: usize,
    /// Deals that stand in it.
    pub now: usize,
    /// What these are worth.
    pub amount: Money,
    /// Customers whose furthest open or won deal stands in it, or who were put there by hand and have none.
    pub customers: usize,
    /// Reached ÷ reached of the stage before; none for the first and beside the way.
    pub conversion: Option<f64>,
    /// Reached ÷ reached of the first; none beside the way.
    pub from_first: Option<f64>,
    /// Deals that came just as far and are not decided yet.
    pub undecided: usize,
    /// Deals that came just as far and were lost.
    pub lost: usize,
    /// What these were worth.
    pub lost_amount: Money,
    /// Days of the stays that are over.
    pub days: Option<Spread>,
    /// Days so far of those still in it.
    pub age: Option<Spread>,
}

/// The whole cohort.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// Deals opened.
    pub opened: usize,
    /// What they are worth.
    pub opened_amount: Money,
    /// Of these won.
    pub won: usize,
    /// Of these lost.
    pub lost: usize,
    /// Of these open.
    pub open: usize,
    /// Of these put aside.
    pub parked: usize,
    /// Won ÷ (won + lost).
    pub win_rate: Option<f64>,
    /// What was won.
    pub won_amount: Money,
    /// Won amount ÷ deals won.
    pub average_won: Option<Money>,
    /// What the open ones are worth.
    pub open_amount: Money,
    /// Open amount × the stage's default probability.
    pub weighted: Money,
    /// Days from the beginning to the win.
    pub cycle_won: Option<Spread>,
    /// Days from the beginning to the loss.
    pub cycle_lost: Option<Spread>,
    /// Open deals × win rate × average won amount ÷ mean cycle days: an amount a day.
    pub velocity: Option<Money>,
}

/// Why deals were lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostReason {
    /// The reason by its number; none where none was given.
    pub reason: Option<u16>,
    /// Deals lost for it.
    pub count: usize,
    /// What they were worth.
    pub amount: Money,
    /// How many of them came just as far as each stage of the way.
    pub by_stage: Vec<usize>,
}

/// What is odd about the cohort's dates, to be said plainly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Oddities {
    /// Deals without any date.
    pub undated: usize,
    /// Deals with a beginning, a step or an end still to come.
    pub ahead: usize,
    /// Deals whose log was written out of order.
    pub disordered: usize,
    /// Deals that ended before they began.
    pub backwards: usize,
}

impl Oddities {
    /// Whether there is nothing odd.
    pub fn is_none(&self) -> bool {
        *self == Oddities::default()
    }
}

/// A funnel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Funnel {
    /// The stages on the way, then those beside it.
    pub stages: Vec<StageFigures>,
    /// How many of them are on the way.
    pub way: usize,
    /// The whole cohort.
    pub totals: Totals,
    /// Why deals were lost, the commonest first.
    pub lost_reasons: Vec<LostReason>,
    /// What is odd about its dates.
    pub oddities: Oddities,
}

impl Funnel {
    /// The funnel of these deals, all of them of the cohort, and of customers put in a stage by hand.
    pub fn of<'a>(
        deals: impl Iterator<Item = &'a DealFact>,
        by_hand: &[(Id, u16)],
        ladder: &Ladder,
        as_of: Day,
    ) -> Funnel {
        let mut counting = Counting::new(ladder, as_of);
        for deal in deals {
            counting.take(deal);
        }
        counting.place_by_hand(by_hand);
        counting.finish()
    }

    /// The stages on the way to a won deal.
    pub fn way(&self) -> &[StageFigures] {
        self.stages.get(..self.way).unwrap_or_default()
    }

    /// Whether there is no deal and no customer in it.
    pub fn is_empty(&self) -> bool {
        self.totals.opened == 0 && self.stages.iter().all(|stage| stage.customers == 0)
    }
}

/// What is gathered for one stage; `just` counts those that came exactly as far.
#[derive(Clone, Debug, Default)]
struct Row {
    just: usize,
    just_amount: Money,
    now: usize,
    amount: Money,
    undecided: usize,
    lost: usize,
    lost_amount: Money,
    stays: Vec<i32>,
    ages: Vec<i32>,
}

/// How far a customer came, and where it stands now.
#[derive(Clone, Copy, Default)]
struct Standing {
    reached: usize,
    now: Option<usize>,
}

struct Counting<'a> {
    ladder: &'a Ladder,
    as_of: Day,
    rows: Vec<Row>,
    customers: IdMap<Standing>,
    beside: IdMap<usize>,
    reasons: HashMap<Option<u16>, LostReason>,
    totals: Totals,
    won_days: Vec<i32>,
    lost_days: Vec<i32>,
    oddities: Oddities,
}

impl<'a> Counting<'a> {
    fn new(ladder: &'a Ladder, as_of: Day) -> Counting<'a> {
        Counting {
            ladder,
            as_of,
            rows: vec![Row::default(); ladder.way().len() + ladder.beside().len()],
            customers: IdMap::default(),
            beside: IdMap::default(),
            reasons: HashMap::new(),
            totals: Totals::default(),
            won_days: Vec::new(),
            lost_days: Vec::new(),
            oddities: Oddities::default(),
        }
    }

    /// The row a stage is counted in.
    fn row_of(&self, stage: u16) -> Option<usize> {
        let place = self.ladder.place(stage);
        place.rank.or_else(|| {
            let beside = self.ladder.beside();
            let own = beside.iter().position(|rung| rung.stage == stage);
            let like = || beside.iter().position(|rung| rung.role == place.role);
            own.or_else(like).map(|at| at + self.ladder.way().len())
        })
    }

    fn take(&mut self, deal: &DealFact) {
        let place = self.ladder.place(deal.stage);
        let furthest = self.ladder.furthest(deal.steps.iter().map(|step| step.stage));
        let (worth, row) = (deal.worth(), self.row_of(deal.stage));
        let open = matches!(place.role, StageRole::Open | StageRole::Parked);
        if let Some(came) = self.rows.get_mut(furthest) {
            came.just += 1;
            came.just_amount += worth;
            came.undecided += usize::from(open);
            if place.role == StageRole::Lost {
                came.lost += 1;
                came.lost_amount += worth;
            }
        }
        if let Some(stands) = row.and_then(|row| self.rows.get_mut(row)) {
            stands.now += 1;
            stands.amount += worth;
            if place.role == StageRole::Open || place.role == StageRole::Parked {
                stands.ages.extend(deal.age(self.as_of));
            }
        }
        self.take_stays(deal);
        self.take_customer(deal, place.rank, furthest, row);
        self.take_ending(deal, place.role, furthest);
        self.note_odd(deal);
        let totals = &mut self.totals;
        totals.opened += 1;
        totals.opened_amount += worth;
        if place.role == StageRole::Open {
            totals.open += 1;
            totals.open_amount += worth;
            let points = i64::from(place.probability.basis_points());
            totals.weighted += worth.scaled(points, 10_000).unwrap_or_default();
        }
    }

    /// The stays that are over, of the stages whose both ends are known.
    fn take_stays(&mut self, deal: &DealFact) {
        let mut stay = None;
        for step in &deal.steps {
            match stay {
                Some((stage, _)) if stage == step.stage => continue,
                Some((stage, Some(entered))) => {
                    let over = step.day.map(|left: Day| left.days_since(entered));
                    let row = self.row_of(stage).and_then(|row| self.rows.get_mut(row));
                    if let (Some(days), Some(row)) = (over, row) {
                        row.stays.push(days);
                    }
                }
                _ => {}
            }
            stay = Some((step.stage, step.day));
        }
    }

    fn take_customer(&mut self, deal: &DealFact, rank: Option<usize>, furthest: usize, row: Option<usize>) {
        let Some(customer) = deal.customer else { return };
        let standing = self.customers.entry(customer).or_default();
        standing.reached = standing.reached.max(furthest);
        standing.now = standing.now.max(rank);
        if rank.is_none()
            && let Some(row) = row
        {
            self.beside.insert(customer, row);
        }
    }

    fn take_ending(&mut self, deal: &DealFact, role: StageRole, furthest: usize) {
        let totals = &mut self.totals;
        // The close alone may be its first date: what it is held against is the day it was opened on.
        let backwards = deal.closed.zip(deal.opened).is_some_and(|(closed, opened)| closed < opened);
        let cycle = deal.closed.zip(deal.begun()).map(|(closed, begun)| closed.days_since(begun));
        let days = cycle.filter(|days| *days >= 0 && !backwards);
        match role {
            StageRole::Won => {
                totals.won += 1;
                totals.won_amount += deal.worth();
                self.won_days.extend(days);
            }
            StageRole::Lost => {
                totals.lost += 1;
                self.lost_days.extend(days);
                let way = self.ladder.way().len();
                let reason = self.reasons.entry(deal.reason).or_insert_with(|| LostReason {
                    reason: deal.reason,
                    count: 0,
                    amount: Money::ZERO,
                    by_stage: vec![0; way],
                });
                reason.count += 1;
                reason.amount += deal.worth();
                reason.by_stage.iter_mut().skip(furthest).take(1).for_each(|count| *count += 1);
            }
            StageRole::Parked => totals.parked += 1,
            StageRole::Open => {}
        }
        let decided = matches!(role, StageRole::Won | StageRole::Lost);
        self.oddities.backwards += usize::from(decided && (backwards || cycle.is_some_and(|days| days < 0)));
    }

    fn note_odd(&mut self, deal: &DealFact) {
        let steps = deal.steps.iter().filter_map(|step| step.day);
        let ahead = steps.chain(deal.opened).chain(deal.closed).any(|day| day > self.as_of);
        self.oddities.undated += usize::from(deal.begun().is_none());
        self.oddities.ahead += usize::from(ahead);
        self.oddities.disordered += usize::from(deal.disordered);
    }

    /// A stage set by hand counts only for a customer without an open or won deal.
    fn place_by_hand(&mut self, by_hand: &[(Id, u16)]) {
        for (customer, stage) in by_hand {
            let Some(row) = self.row_of(*stage) else { continue };
            let standing = self.customers.entry(*customer).or_default();
            if standing.now.is_some() {
                continue;
            }
            match self.ladder.place(*stage).rank {
                Some(rank) => {
                    standing.now = Some(rank);
                    standing.reached = standing.reached.max(rank);
                    self.beside.remove(customer);
                }
                None => drop(self.beside.insert(*customer, row)),
            }
        }
    }

    fn finish(mut self) -> Funnel {
        let way = self.ladder.way().len();
        let mut reached_customers = vec![0; way];
        let mut customers = vec![0; self.rows.len()];
        for (customer, standing) in &self.customers {
            reached_customers.iter_mut().take(standing.reached + 1).for_each(|count| *count += 1);
            let row = standing.now.or_else(|| self.beside.get(customer).copied());
            if let Some(count) = row.and_then(|row| customers.get_mut(row)) {
                *count += 1;
            }
        }
        let mut rows = std::mem::take(&mut self.rows);
        // Who came further came this far, too.
        let mut stages: Vec<StageFigures> = Vec::with_capacity(rows.len());
        let rungs = self.ladder.way().iter().chain(self.ladder.beside());
        let further: Vec<(usize, Money)> = (0..way)
            .map(|at| {
                let later = rows.iter().take(way).skip(at);
                (later.clone().map(|row| row.just).sum(), later.map(|row| row.just_amount).sum())
            })
            .collect();
        for (at, (rung, row)) in rungs.zip(&mut rows).enumerate() {
            let (reached, reached_amount) = further.get(at).copied().unwrap_or((row.now, row.amount));
            let customers = customers.get(at).copied().unwrap_or(0);
            stages.push(StageFigures {
                rung: *rung,
                reached,
                reached_amount,
                reached_customers: reached_customers.get(at).copied().unwrap_or(customers),
                now: row.now,
                amount: row.amount,
                customers,
                conversion: at
                    .checked_sub(1)
                    .and_then(|before| share(reached, further.get(before)?.0))
                    .filter(|_| at < way),
                from_first: share(reached, further.first().map_or(0, |first| first.0)).filter(|_| at < way),
                undecided: row.undecided,
                lost: row.lost,
                lost_amount: row.lost_amount,
                days: Spread::of(&mut row.stays),
                age: Spread::of(&mut row.ages),
            });
        }
        let totals = self.finish_totals();
        let mut lost_reasons: Vec<LostReason> = self.reasons.into_values().collect();
        lost_reasons.sort_by_key(|reason| (std::cmp::Reverse((reason.count, reason.amount)), reason.reason));
        Funnel { stages, way, totals, lost_reasons, oddities: self.oddities }
    }

    fn finish_totals(&mut self) -> Totals {
        let mut totals = std::mem::take(&mut self.totals);
        totals.win_rate = share(totals.won, totals.won + totals.lost);
        totals.average_won = totals.won_amount.divided_by(totals.won as u64);
        totals.cycle_won = Spread::of(&mut self.won_days);
        totals.cycle_lost = Spread::of(&mut self.lost_days);
        totals.velocity = velocity(&totals);
        totals
    }
}

/// Open deals × win rate × average won amount ÷ mean cycle days: what a day brings.
fn velocity(totals: &Totals) -> Option<Money> {
    let cycle = totals.cycle_won.filter(|cycle| cycle.mean > 0.0)?;
    let average = totals.average_won?;
    let cents = totals.open as f64 * totals.win_rate? * average.cents() as f64 / cycle.mean;
    // Cents beyond what can be stored are held at the bound.
    cents.is_finite().then(|| Money::from_wide(cents.round() as i128))
}
