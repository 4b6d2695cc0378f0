//! How the deals due in a period moved: the sheet of the monthly meeting (definitions: Funnel).
//!
//! 期初 + 新增 + 推进 − 赢单 − 输单 − 延期 = 期末. What is counted is what is *in play* for the period: either the open deals
//! expected by its last day, or all open deals. A deal enters it new or drawn forward, and leaves it won, lost or put off.

use crate::analysis::funnel::fact::{DealAt, DealFact};
use crate::analysis::funnel::ladder::Ladder;
use crate::domain::choice::StageRole;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::time::Day;
use std::collections::{BTreeMap, HashMap};

/// Which deals are in play.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum InPlay {
    /// Open ones expected by the last day of the period.
    #[default]
    Due,
    /// All open ones.
    All,
}

/// When deals were expected at the beginning of the period, where that has been changed since.
pub type Earlier = HashMap<Id, Option<Day>>;

/// So many deals, and what they are worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub deals: usize,
    /// What they are worth now.
    pub amount: Money,
}

impl Sum {
    fn add(&mut self, worth: Money) {
        self.deals += 1;
        self.amount += worth;
    }
}

/// One line of the sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Movement {
    /// In play when the period began 期初.
    pub start: Sum,
    /// Opened in the period 新增.
    pub new: Sum,
    /// There before, and came into play in the period 推进: expected earlier than before, or taken up again.
    pub forward: Sum,
    /// Won in the period 赢单.
    pub won: Sum,
    /// Lost in the period 输单.
    pub lost: Sum,
    /// Put off 延期: expected later than the period, or put aside.
    pub put_off: Sum,
    /// In play when the period ended 期末.
    pub end: Sum,
}

/// The whole sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// All deals together.
    pub total: Movement,
    /// By owner; those of nobody under none.
    pub owners: BTreeMap<Option<Id>, Movement>,
    /// Deals whose expected close passed without a decision, the longest overdue first.
    pub slipped: Vec<DealAt>,
    /// Deals left out because nobody knows when they began.
    pub undated: usize,
}

/// Where a deal stood at one end of the period.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It had not begun.
    Absent,
    /// Open, and in play.
    In,
    /// Open or put aside, and not in play.
    Out,
    Won,
    Lost,
}

/// The movement from `from` to `to`, seen on `as_of`. `earlier` says when deals changed since were expected.
pub fn movement<'a>(
    deals: impl Iterator<Item = &'a DealFact>,
    earlier: &Earlier,
    ladder: &Ladder,
    (from, to): (Day, Day),
    in_play: InPlay,
    as_of: Day,
) -> Sheet {
    let mut sheet = Sheet::default();
    let mut slipped: Vec<(Day, DealAt)> = Vec::new();
    for deal in deals {
        if deal.begun().is_none() {
            sheet.undated += 1;
            continue;
        }
        let expected_then = earlier.get(&deal.id).copied().unwrap_or(deal.expected);
        let before = standing(deal, from.plus(-1), expected_then, ladder, to, in_play);
        let after = standing(deal, to, deal.expected, ladder, to, in_play);
        let line = sheet.owners.entry(deal.owner).or_default();
        for movement in [line, &mut sheet.total] {
            enter(movement, deal.worth(), before, after);
        }
        if after == Standing::In && deal.expected.is_some_and(|day| day < as_of.min(to.plus(1))) {
            slipped.extend(deal.expected.map(|day| (day, deal.at())));
        }
    }
    sheet.owners.retain(|_, line| *line != Movement::default());
    slipped.sort_unstable();
    sheet.slipped = slipped.into_iter().map(|(_, deal)| deal).collect();
    sheet
}

fn enter(movement: &mut Movement, worth: Money, before: Standing, after: Standing) {
    let ended = |standing: Standing| matches!(standing, Standing::Won | Standing::Lost);
    if before == Standing::In {
        movement.start.add(worth);
    } else if after == Standing::In || (ended(after) && after != before) {
        let entry = if before == Standing::Absent { &mut movement.new } else { &mut movement.forward };
        entry.add(worth);
    } else {
        return;
    }
    let exit = match after {
        Standing::In => &mut movement.end,
        Standing::Won => &mut movement.won,
        Standing::Lost => &mut movement.lost,
        Standing::Out | Standing::Absent => &mut movement.put_off,
    };
    exit.add(worth);
}

fn standing(deal: &DealFact, day: Day, expected: Option<Day>, ladder: &Ladder, last: Day, in_play: InPlay) -> Standing {
    let Some(stage) = deal.stage_on(day) else { return Standing::Absent };
    match ladder.role(stage) {
        StageRole::Won => Standing::Won,
        StageRole::Lost => Standing::Lost,
        StageRole::Parked => Standing::Out,
        StageRole::Open => match in_play {
            InPlay::All => Standing::In,
            InPlay::Due if expected.is_some_and(|day| day <= last) => Standing::In,
            InPlay::Due => Standing::Out,
        },
    }
}
