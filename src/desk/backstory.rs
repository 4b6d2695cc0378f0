//! What is not in a customer's row and takes a moment to find: its tiers so far, what it might buy, who set its life stage.

use crate::analysis::rfm::Scores;
use crate::book::tier_moves::moves_in;
use crate::book::tiers::potential::Potential;
use crate::book::tiers::worth::Figure;
use crate::desk::Desk;
use crate::desk::cross_selling::Hint;
use crate::desk::cross_selling::cross_sell;
use crate::desk::history::history;
use crate::desk::worth::{own_worth, potential};
use crate::domain::change::Change;
use crate::domain::choice::LifeStage;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::record::Record;
use crate::domain::tiers::{Method, Segment, TierRun};
use crate::domain::time::{Day, Moment};
use crate::domain::value::Value;
use crate::store::error::StoreError;

/// Recalculations that are looked through for a customer, the latest first.
const RUNS: usize = 36;
/// Entries of a customer that are looked through for who set its life stage.
const ENTRIES: usize = 400;

/// A recalculation that moved a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierStep {
    /// Its record.
    pub run: Id,
    /// When it was applied.
    pub at: Moment,
    /// Who applied it.
    pub by: String,
    /// The day it looked from.
    pub as_of: Day,
    /// The saved scheme and its version; empty for a plain method.
    pub scheme: (String, u32),
    /// How it was made.
    pub method: Option<Method>,
    /// The tier before; empty for none.
    pub before: String,
    /// The tier after; empty for none.
    pub after: String,
    /// The segment after.
    pub segment: Option<Segment>,
    /// The scores it came of.
    pub scores: Scores,
    /// Days since the last purchase, then.
    pub days: Option<i32>,
    /// Orders in the window.
    pub orders: u32,
    /// Revenue in the window.
    pub revenue: Money,
}

/// What there is to be told of a customer besides its row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Backstory {
    /// Its tiers, the latest first.
    pub tiers: Vec<TierStep>,
    /// What similar customers buy and it does not.
    pub hints: Vec<Hint>,
    /// Who set the life stage that stands, and when.
    pub staged: Option<(String, Moment)>,
    /// How much more it may come to.
    pub potential: Option<Potential>,
    /// What it is worth, figure by figure.
    pub worth: Vec<Figure>,
}

/// The backstory of a customer as of a day; empty for one that is not there.
pub fn backstory(desk: &Desk, customer: Id, as_of: Day) -> Result<Backstory, StoreError> {
    let Some(row) = desk.book().row_of(customer) else { return Ok(Backstory::default()) };
    let own = desk.dossier(customer)?;
    let staged = match row.life_stage {
        Some(stage) => who_staged(desk, customer, stage)?,
        None => None,
    };
    Ok(Backstory {
        tiers: tier_steps(desk, customer)?,
        hints: cross_sell(desk, row, &own)?,
        staged,
        potential: potential(desk, customer, as_of)?,
        worth: own_worth(desk, customer, as_of)?,
    })
}

/// The recalculations that gave a customer another tier or segment, the latest first.
pub fn tier_steps(desk: &Desk, customer: Id) -> Result<Vec<TierStep>, StoreError> {
    let mut steps = Vec::new();
    for run in desk.book().standards().runs().iter().rev().take(RUNS) {
        for home in &run.moves {
            if let Some(Record::TierMoves(moves)) = desk.dossier(*home)?.get(*home) {
                let (names, mut all) = moves_in(&moves);
                let name = |tier: Option<u8>| tier.and_then(|tier| names.get(usize::from(tier)).copied());
                let own = all.find(|moved| moved.customer == customer);
                steps.extend(own.map(|moved| TierStep {
                    before: name(moved.before).unwrap_or_default().to_owned(),
                    after: name(moved.after).unwrap_or_default().to_owned(),
                    segment: moved.segment,
                    scores: moved.scores,
                    days: moved.days,
                    orders: moved.orders,
                    revenue: moved.revenue,
                    ..TierStep::of(run)
                }));
            }
        }
    }
    Ok(steps)
}

/// Whom a recalculation moved, falls first: from which tier and to which, empty for none.
///
/// # Errors
/// When its moves cannot be read.
pub fn tier_moves(desk: &Desk, run: &TierRun) -> Result<Vec<(Id, String, String)>, StoreError> {
    let mut told = Vec::new();
    for home in &run.moves {
        if let Some(Record::TierMoves(moves)) = desk.dossier(*home)?.get(*home) {
            let (names, all) = moves_in(&moves);
            let name = |tier: Option<u8>| tier.and_then(|tier| names.get(usize::from(tier)).copied());
            let named = |tier| name(tier).unwrap_or_default().to_owned();
            let moved = all.filter(|moved| moved.before != moved.after);
            // Lower in the list of tiers is worse, and no tier the worst; who had none rose.
            let rose = |before: Option<u8>, after: Option<u8>| before.is_none() || after.is_some() && after < before;
            told.extend(moved.map(|moved| {
                let rose = rose(moved.before, moved.after);
                (rose, (moved.customer, named(moved.before), named(moved.after)))
            }));
        }
    }
    told.sort_by_key(|(rose, _)| *rose);
    Ok(told.into_iter().map(|(_, moved)| moved).collect())
}

/// Who set a life stage by hand last, and when, as the journal tells.
fn who_staged(desk: &Desk, customer: Id, stage: LifeStage) -> Result<Option<(String, Moment)>, StoreError> {
    let set = |change: &Change| match change {
        Change::Set(set) => set.id == customer && set.after == Value::Choice(stage.into()),
        Change::Born(Record::Customer(born)) => born.id == customer && born.life_stage == Some(stage),
        _ => false,
    };
    let told = history(desk, Some(customer), ENTRIES)?;
    let entry = told.into_iter().find(|told| told.changes.iter().any(set));
    Ok(entry.map(|told| (told.head.by, told.head.at)))
}

impl TierStep {
    fn of(run: &TierRun) -> TierStep {
        TierStep {
            run: run.id,
            at: run.at,
            by: run.by.clone(),
            as_of: run.as_of,
            scheme: (run.scheme.clone(), run.version),
            method: run.method,
            before: String::new(),
            after: String::new(),
            segment: None,
            scores: Scores { r: 0, f: 0, m: 0 },
            days: None,
            orders: 0,
            revenue: Money::ZERO,
        }
    }
}
