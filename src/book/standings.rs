//! The tier and segment each customer was given by the recalculations that were applied.

use crate::analysis::rfm::Scores;
use crate::book::tier_moves::{Moved, moves_in};
use crate::domain::id::Id;
use crate::domain::tiers::{Segment, TierMoves, TierRun};
use crate::domain::time::Day;
use std::collections::HashMap;
use std::sync::Arc;

/// Where a customer stands since it was last moved. Kept small: there is one for each customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which tier: see [`Tiers::name`].
    pub tier: u16,
    /// Segment.
    pub segment: Option<Segment>,
    /// Scores.
    pub scores: Scores,
    /// The day the recalculation looked from.
    pub since: Day,
    /// Which recalculation gave it: see [`Tiers::run`].
    pub run: u16,
}

/// The tier of a customer who was graded and got none; a tier that a table gave is not in force any more then.
const NO_TIER: u16 = u16::MAX;

/// Every customer's tier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tiers {
    names: Vec<String>,
    /// The recalculations taken so far, each once.
    runs: Vec<Id>,
    standings: Arc<HashMap<Id, Standing>>,
}

impl Tiers {
    /// Where a customer stands; `None` for one that was never graded.
    pub fn of(&self, customer: Id) -> Option<Standing> {
        self.standings.get(&customer).copied()
    }

    /// The name of a tier; empty for none.
    pub fn name(&self, tier: u16) -> &str {
        self.names.get(usize::from(tier)).map_or("", String::as_str)
    }

    /// The recalculation that gave a tier.
    pub fn run(&self, standing: Standing) -> Option<Id> {
        self.runs.get(usize::from(standing.run)).copied()
    }

    /// The names of all tiers, each at its place.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many customers were graded.
    pub fn len(&self) -> usize {
        self.standings.len()
    }

    /// The tier a customer has; empty for none.
    pub fn tier_of(&self, customer: Id) -> &str {
        self.of(customer).map_or("", |standing| self.name(standing.tier))
    }

    /// Whether nobody was graded.
    pub fn is_empty(&self) -> bool {
        self.standings.is_empty()
    }

    /// Takes over the moves of a recalculation that came after all taken so far.
    pub fn take(&mut self, run: &TierRun, moves: &TierMoves) {
        let count = moves.customers.len();
        let (names, moves) = moves_in(moves);
        let places: Vec<u16> = names.iter().map(|name| self.place(name)).collect();
        if self.runs.last() != Some(&run.id) {
            self.runs.push(run.id);
        }
        let number = (self.runs.len() - 1) as u16;
        let standings = Arc::make_mut(&mut self.standings);
        if standings.is_empty() {
            standings.reserve(count);
        }
        for Moved { customer, after, segment, scores, .. } in moves {
            let tier = after.and_then(|tier| places.get(usize::from(tier))).copied().unwrap_or(NO_TIER);
            standings.insert(customer, Standing { tier, segment, scores, since: run.as_of, run: number });
        }
    }

    fn place(&mut self, name: &str) -> u16 {
        let known = self.names.iter().position(|known| known == name);
        known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        }) as u16
    }
}
