//! The stages in their order: which lie on the way to a won deal, and which beside it.

use crate::analysis::funnel::fact::StageNo;
use crate::domain::choice::StageRole;
use crate::domain::measure::Rate;

/// A stage, as the funnel is told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its number.
    pub stage: StageNo,
    /// What it means for a deal.
    pub role: StageRole,
    /// Its place among the stages.
    pub position: u32,
    /// Its default probability.
    pub probability: Rate,
    /// It is no longer offered: deals that were in it count at the stage before.
    pub hidden: bool,
}

/// A stage shown in the funnel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// Its number.
    pub stage: StageNo,
    /// What it means for a deal.
    pub role: StageRole,
    /// Its default probability.
    pub probability: Rate,
}

/// Where a stage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it means for a deal.
    pub role: StageRole,
    /// How far it is on the way, from 0; none for a stage beside it.
    pub rank: Option<usize>,
    /// Its default probability.
    pub probability: Rate,
}

/// The way to a won deal, and the stages beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ladder {
    way: Vec<Rung>,
    beside: Vec<Rung>,
    places: Vec<Option<Place>>,
}

/// Where a stage stands that nobody knows any more: at the beginning, still open.
const UNKNOWN: Place = Place { role: StageRole::Open, rank: Some(0), probability: Rate::from_basis_points(0) };

impl Ladder {
    /// The ladder of these stages: open ones by position, then those that are won; lost and parked ones stand beside.
    pub fn of(told: &[Told]) -> Ladder {
        let mut told = told.to_vec();
        told.sort_by_key(|stage| (is_won(stage.role), stage.position, stage.stage));
        let rung = |stage: &Told| Rung { stage: stage.stage, role: stage.role, probability: stage.probability };
        let on_the_way = |stage: &&Told| is_on_the_way(stage.role) && !stage.hidden;
        let way: Vec<Rung> = told.iter().filter(on_the_way).map(rung).collect();
        let beside = told.iter().filter(|stage| !is_on_the_way(stage.role) && !stage.hidden).map(rung).collect();
        let most = told.iter().map(|stage| usize::from(stage.stage) + 1).max().unwrap_or(0);
        let mut places = vec![None; most];
        let mut passed: usize = 0;
        for stage in &told {
            let rank = is_on_the_way(stage.role).then(|| {
                passed += usize::from(!stage.hidden);
                passed.saturating_sub(1)
            });
            if let Some(place) = places.get_mut(usize::from(stage.stage)) {
                *place = Some(Place { role: stage.role, rank, probability: stage.probability });
            }
        }
        Ladder { way, beside, places }
    }

    /// The stages on the way to a won deal, the first first.
    pub fn way(&self) -> &[Rung] {
        &self.way
    }

    /// The stages beside the way: lost and parked.
    pub fn beside(&self) -> &[Rung] {
        &self.beside
    }

    /// Where a stage stands.
    pub fn place(&self, stage: StageNo) -> Place {
        self.places.get(usize::from(stage)).copied().flatten().unwrap_or(UNKNOWN)
    }

    /// What a stage means for a deal.
    pub fn role(&self, stage: StageNo) -> StageRole {
        self.place(stage).role
    }

    /// How far the furthest of these stages is on the way. Every deal has reached the first.
    pub fn furthest(&self, stages: impl Iterator<Item = StageNo>) -> usize {
        stages.filter_map(|stage| self.place(stage).rank).max().unwrap_or(0)
    }
}

fn is_won(role: StageRole) -> bool {
    role == StageRole::Won
}

const fn is_on_the_way(role: StageRole) -> bool {
    matches!(role, StageRole::Open | StageRole::Won)
}

#[cfg(test)]
mod tests {
    use super::{Ladder, Told};
    use crate::domain::choice::StageRole;
    use crate::domain::measure::Rate;

    fn told(stage: u16, role: StageRole, position: u32, hidden: bool) -> Told {
        Told { stage, role, position, probability: Rate::default(), hidden }
    }

    #[test]
    fn won_comes_after_every_open_stage_wherever_it_was_put() {
        let ladder = Ladder::of(&[told(0, StageRole::Won, 0, false), told(1, StageRole::Open, 1, false)]);
        assert_eq!(ladder.way().iter().map(|rung| rung.stage).collect::<Vec<_>>(), [1, 0]);
        assert_eq!((ladder.place(1).rank, ladder.place(0).rank), (Some(0), Some(1)));
    }

    #[test]
    fn a_stage_no_longer_offered_counts_as_the_one_before() {
        let stages = [(0, false), (1, true), (2, false)];
        let ladder = Ladder::of(&stages.map(|(stage, hidden)| told(stage, StageRole::Open, u32::from(stage), hidden)));
        assert_eq!(ladder.way().len(), 2);
        assert_eq!((ladder.place(1).rank, ladder.place(2).rank), (Some(0), Some(1)));
    }

    #[test]
    fn a_stage_nobody_knows_is_open_and_at_the_beginning() {
        let ladder = Ladder::of(&[]);
        assert_eq!((ladder.role(9), ladder.furthest([9].into_iter())), (StageRole::Open, 0));
    }
}
