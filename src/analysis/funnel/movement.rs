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
        let then = earlier.get(&deal.id).copied().unwrap_or(deal.expected);
        let Some(course) = course(deal, then, ladder, (from, to), in_play) else { continue };
        sheet.owners.entry(deal.owner).or_default().add(deal.worth(), course);
        sheet.total.add(deal.worth(), course);
        if course.1 == Leave::End && deal.expected.is_some_and(|day| day < as_of.min(to.plus(1))) {
            slipped.extend(deal.expected.map(|day| (day, deal.at())));
        }
    }
    slipped.sort_unstable();
    sheet.slipped = slipped.into_iter().map(|(_, deal)| deal).collect();
    sheet
}

/// How a deal came into play.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Enter {
    /// It was when the period began 期初.
    Start,
    /// It was opened 新增.
    New,
    /// It was drawn forward or taken up again 推进.
    Forward,
}

/// How a deal left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Leave {
    /// It did not 期末.
    End,
    /// Won 赢单.
    Won,
    /// Lost 输单.
    Lost,
    /// Put off 延期.
    PutOff,
}

/// How a deal came into play in the period and how it left; none for one that was never in it. `then` is when it was expected as the period began.
pub fn course(
    deal: &DealFact,
    then: Option<Day>,
    ladder: &Ladder,
    (from, to): (Day, Day),
    in_play: InPlay,
) -> Option<(Enter, Leave)> {
    let before = standing(deal, from.plus(-1), then, ladder, to, in_play);
    let after = standing(deal, to, deal.expected, ladder, to, in_play);
    let decided = matches!(after, Standing::Won | Standing::Lost) && after != before;
    let enter = match before {
        Standing::In => Enter::Start,
        _ if after != Standing::In && !decided => return None,
        Standing::Absent => Enter::New,
        _ => Enter::Forward,
    };
    let leave = match after {
        Standing::In => Leave::End,
        Standing::Won => Leave::Won,
        Standing::Lost => Leave::Lost,
        Standing::Out | Standing::Absent => Leave::PutOff,
    };
    Some((enter, leave))
}

impl Movement {
    fn add(&mut self, worth: Money, (enter, leave): (Enter, Leave)) {
        self.entered_mut(enter).add(worth);
        self.left_mut(leave).add(worth);
    }

    const fn entered_mut(&mut self, enter: Enter) -> &mut Sum {
        match enter {
            Enter::Start => &mut self.start,
            Enter::New => &mut self.new,
            Enter::Forward => &mut self.forward,
        }
    }

    const fn left_mut(&mut self, leave: Leave) -> &mut Sum {
        match leave {
            Leave::End => &mut self.end,
            Leave::Won => &mut self.won,
            Leave::Lost => &mut self.lost,
            Leave::PutOff => &mut self.put_off,
        }
    }
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
