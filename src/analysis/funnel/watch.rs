//! Deals to look at: stuck in their stage, unnoticed for long, moved lately.

use crate::analysis::funnel::bottleneck::silence;
use crate::analysis::funnel::fact::{DealAt, DealFact, StageNo};
use crate::analysis::funnel::figures::Funnel;
use crate::analysis::funnel::ladder::Ladder;
use crate::domain::choice::StageRole;
use crate::domain::time::Day;

/// Stays that must be over before their spread says what is usual.
const ENOUGH: usize = 5;
/// Days in a stage from which a deal is stuck where too few stays are over to tell.
const STUCK: f64 = 60.0;
/// Days without activity from which a deal is unnoticed.
const UNNOTICED: i32 = 14;
/// Days back in which a move is late news.
const LATELY: i32 = 14;

/// A deal to look at, with its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watched {
    /// The deal.
    pub deal: DealAt,
    /// Days in its stage, or since the last activity.
    pub days: i32,
}

/// A move of late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The deal.
    pub deal: DealAt,
    /// The stage it left.
    pub from: StageNo,
    /// The stage it entered.
    pub to: StageNo,
    /// When.
    pub day: Day,
    /// Whether it went forward.
    pub forward: bool,
}

/// Open deals in their stage for longer than nine of ten were, the longest first.
pub fn stuck<'a>(
    deals: impl Iterator<Item = &'a DealFact>,
    funnel: &Funnel,
    ladder: &Ladder,
    as_of: Day,
) -> Vec<Watched> {
    let limit = |deal: &DealFact| {
        let stage = ladder.place(deal.stage).rank.and_then(|rank| funnel.way().get(rank));
        stage.and_then(|stage| stage.days).filter(|days| days.count >= ENOUGH).map_or(STUCK, |days| days.p90)
    };
    let stuck = open(deals, ladder).filter_map(|deal| {
        let days = deal.age(as_of)?;
        (f64::from(days) > limit(deal)).then_some(Watched { deal: deal.at(), days })
    });
    longest_first(stuck.collect())
}

/// Open deals with which nothing has happened for long, the longest first.
pub fn unnoticed<'a>(deals: impl Iterator<Item = &'a DealFact>, ladder: &Ladder, as_of: Day) -> Vec<Watched> {
    let unnoticed = open(deals, ladder).filter_map(|deal| {
        let days = as_of.days_since(deal.last_activity(as_of)?);
        let spoken = silence(deal, as_of).unwrap_or(days).min(days);
        (spoken >= UNNOTICED).then_some(Watched { deal: deal.at(), days: spoken })
    });
    longest_first(unnoticed.collect())
}

/// Moves of late, the latest first.
pub fn moved_lately<'a>(deals: impl Iterator<Item = &'a DealFact>, ladder: &Ladder, as_of: Day) -> Vec<Moved> {
    let mut moved: Vec<Moved> = Vec::new();
    for deal in deals {
        for pair in deal.steps.windows(2) {
            let [before, after] = pair else { continue };
            let Some(day) = after.day.filter(|day| (0..=LATELY).contains(&as_of.days_since(*day))) else { continue };
            let forward = height(after.stage, ladder) > height(before.stage, ladder);
            moved.push(Moved { deal: deal.at(), from: before.stage, to: after.stage, day, forward });
        }
    }
    moved.sort_by_key(|moved| (std::cmp::Reverse(moved.day), moved.deal));
    moved
}

/// How high a stage stands: beside the way is below it.
fn height(stage: StageNo, ladder: &Ladder) -> Option<usize> {
    ladder.place(stage).rank
}

fn open<'a, 'l>(
    deals: impl Iterator<Item = &'a DealFact> + 'l,
    ladder: &'l Ladder,
) -> impl Iterator<Item = &'a DealFact> + 'l {
    deals.filter(|deal| ladder.role(deal.stage) == StageRole::Open)
}

fn longest_first(mut watched: Vec<Watched>) -> Vec<Watched> {
    watched.sort_by_key(|watched| (std::cmp::Reverse(watched.days), watched.deal));
    watched
}
