//! The step at which a funnel loses more than it used to, and why (definitions: Funnel).

use crate::analysis::funnel::fact::DealFact;
use crate::analysis::funnel::figures::{Funnel, StageFigures};
use crate::analysis::funnel::ladder::Ladder;
use crate::analysis::funnel::spread::{Spread, share};
use crate::domain::choice::StageRole;
use crate::domain::money::Money;
use crate::domain::time::Day;

/// Decided deals a step needs, now and before, to be compared with its own history.
const ENOUGH: usize = 5;
/// How far a step must have fallen to be named for it: one in a hundred.
const FALLEN: f64 = 0.01;
/// Days without contact, in the middle, from which following up is called slow.
const SLOW: f64 = 14.0;
/// The share of deals over age from which it is the reason.
const MANY: f64 = 0.3;
/// Lost reasons that are named.
const NAMED: usize = 3;

/// What the reason is seen in first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// Nobody has spoken with those who wait there for long.
    SlowFollowUp,
    /// Many wait there longer than is usual.
    OverAge,
    /// What they were lost for.
    LostFor,
    /// Nothing is known.
    Unknown,
}

impl Lead {
    /// The key in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Lead::SlowFollowUp => "slow_follow_up",
            Lead::OverAge => "over_age",
            Lead::LostFor => "lost_for",
            Lead::Unknown => "unknown",
        }
    }
}

/// The step that is named.
#[derive(Clone, Debug, PartialEq)]
pub struct Bottleneck {
    /// The stage, by its place on the way; the step leads from it to the next.
    pub at: usize,
    /// Deals that went on.
    pub passed: usize,
    /// Deals that came just as far and were lost.
    pub lost: usize,
    /// What these were worth.
    pub lost_amount: Money,
    /// Passed ÷ (passed + lost): those not decided yet are left out.
    pub rate: Option<f64>,
    /// The same of the deals opened before; none where the step is named for what it loses.
    pub before: Option<f64>,
    /// Open deals that stand there.
    pub waiting: usize,
    /// Of these older than nine of ten stays there.
    pub over_age: usize,
    /// Days from which they are.
    pub limit: Option<f64>,
    /// Days since anybody spoke with them, in the middle.
    pub silence: Option<f64>,
    /// What those lost there were lost for, the commonest first.
    pub reasons: Vec<(Option<u16>, usize)>,
    /// What the reason is seen in first.
    pub lead: Lead,
}

/// The bottleneck of a cohort, against the deals opened before it where there are any.
pub fn bottleneck<'a>(
    now: &Funnel,
    before: Option<&Funnel>,
    deals: impl Iterator<Item = &'a DealFact>,
    ladder: &Ladder,
    as_of: Day,
) -> Option<Bottleneck> {
    let (at, history) =
        fallen(now, before).map(|(at, rate)| (at, Some(rate))).or_else(|| Some((costliest(now)?, None)))?;
    let stage = now.way().get(at)?;
    let waiting: Vec<&DealFact> = deals.filter(|deal| stands_at(deal, at, ladder)).collect();
    let limit = stage.days.filter(|days| days.count >= ENOUGH).map(|days| days.p90);
    let over = |deal: &&&DealFact| limit.zip(deal.age(as_of)).is_some_and(|(limit, age)| f64::from(age) > limit);
    let over_age = waiting.iter().filter(over).count();
    let mut silent: Vec<i32> = waiting.iter().filter_map(|deal| silence(deal, as_of)).collect();
    let silence = Spread::of(&mut silent).map(|spread| spread.median);
    let reasons = reasons_at(now, at);
    let lead = if silence.is_some_and(|days| days >= SLOW) {
        Lead::SlowFollowUp
    } else if share(over_age, waiting.len()).is_some_and(|share| share >= MANY) {
        Lead::OverAge
    } else if reasons.iter().any(|(reason, _)| reason.is_some()) {
        Lead::LostFor
    } else {
        Lead::Unknown
    };
    Some(Bottleneck {
        at,
        passed: passed(now, at),
        lost: stage.lost,
        lost_amount: stage.lost_amount,
        rate: decided_rate(now, at),
        before: history,
        waiting: waiting.len(),
        over_age,
        limit,
        silence,
        reasons,
        lead,
    })
}

/// The step furthest below its own history, with what it used to be.
fn fallen(now: &Funnel, before: Option<&Funnel>) -> Option<(usize, f64)> {
    let before = before?;
    let steps = 0..now.way.min(before.way).saturating_sub(1);
    let fallen = steps.filter_map(|at| {
        let enough = decided(now, at) >= ENOUGH && decided(before, at) >= ENOUGH;
        let (rate, used) = (decided_rate(now, at)?, decided_rate(before, at)?);
        (enough && used - rate >= FALLEN).then_some((at, used, used - rate))
    });
    fallen.max_by(|one, other| one.2.total_cmp(&other.2)).map(|(at, used, _)| (at, used))
}

/// The step that loses the greatest amount, or the most deals where amounts are not known.
fn costliest(now: &Funnel) -> Option<usize> {
    let steps = now.way().iter().enumerate().take(now.way.saturating_sub(1));
    let losing = steps.filter(|(_, stage)| stage.lost > 0);
    losing.max_by_key(|(at, stage)| (stage.lost_amount, stage.lost, std::cmp::Reverse(*at))).map(|(at, _)| at)
}

fn passed(funnel: &Funnel, at: usize) -> usize {
    funnel.way().get(at + 1).map_or(0, |next| next.reached)
}

fn lost(funnel: &Funnel, at: usize) -> usize {
    funnel.way().get(at).map_or(0, |stage: &StageFigures| stage.lost)
}

fn decided(funnel: &Funnel, at: usize) -> usize {
    passed(funnel, at) + lost(funnel, at)
}

fn decided_rate(funnel: &Funnel, at: usize) -> Option<f64> {
    share(passed(funnel, at), decided(funnel, at))
}

fn stands_at(deal: &DealFact, at: usize, ladder: &Ladder) -> bool {
    let place = ladder.place(deal.stage);
    place.role == StageRole::Open && place.rank == Some(at)
}

/// Days since anybody spoke with the deal's customer; of a customer nobody has spoken with, nothing is known.
pub fn silence(deal: &DealFact, as_of: Day) -> Option<i32> {
    deal.last_contact.map(|day| as_of.days_since(day)).filter(|days| *days >= 0)
}

fn reasons_at(funnel: &Funnel, at: usize) -> Vec<(Option<u16>, usize)> {
    let at_step =
        funnel.lost_reasons.iter().map(|reason| (reason.reason, reason.by_stage.get(at).copied().unwrap_or(0)));
    let mut reasons: Vec<(Option<u16>, usize)> = at_step.filter(|(_, count)| *count > 0).collect();
    reasons.sort_by_key(|(reason, count)| (reason.is_none(), std::cmp::Reverse(*count), *reason));
    reasons.truncate(NAMED);
    reasons
}
