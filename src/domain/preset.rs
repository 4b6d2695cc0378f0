//! Sets of stages to begin with: the usual one, the four of the management reports, the industrial one, the milestones.

use crate::domain::choice::StageRole;
use crate::domain::deal::Stage;
use crate::domain::id::Id;
use crate::domain::list::shipped_stages;
use crate::domain::measure::Rate;

/// A shipped set of stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The usual nine.
    Usual,
    /// 潜在客户 → 意向客户 → 跟进客户 → 成交客户.
    Four,
    /// The usual with 技术交流, 送样试用 and 招投标.
    Industrial,
    /// 需求确认 → 方案提交 → 合同签订.
    Milestones,
}

/// Key, English, Chinese, probability in per cent.
type Step = (&'static str, &'static str, &'static str, i32);

const FOUR: &[Step] = &[
    ("prospecting", "Potential customer", "潜在客户", 10),
    ("interested", "Interested customer", "意向客户", 30),
    ("needs_confirmed", "Customer in follow-up", "跟进客户", 60),
    ("won", "Won customer", "成交客户", 100),
];

const INDUSTRIAL: &[Step] = &[
    ("prospecting", "Prospecting", "线索", 5),
    ("interested", "Interested", "意向", 15),
    ("technical_talks", "Technical talks", "技术交流", 25),
    ("needs_confirmed", "Needs confirmed", "需求确认", 35),
    ("samples", "Samples on trial", "送样试用", 50),
    ("proposal", "Proposal", "方案报价", 60),
    ("tender", "Tender", "招投标", 70),
    ("negotiation", "Negotiation", "商务谈判", 80),
    ("contract", "Contract", "合同签订", 90),
    ("won", "Won", "赢单", 100),
];

const MILESTONES: &[Step] = &[
    ("needs_confirmed", "Needs confirmed", "需求确认", 30),
    ("proposal", "Proposal handed in", "方案提交", 60),
    ("contract", "Contract signed", "合同签订", 90),
    ("won", "Won", "赢单", 100),
];

impl Preset {
    /// All of them.
    pub const ALL: [Preset; 4] = [Preset::Usual, Preset::Four, Preset::Industrial, Preset::Milestones];

    /// Its stages in order; lost and parked ones come last in every set.
    pub fn stages(self) -> Vec<Stage> {
        let usual = shipped_stages();
        let steps = match self {
            Preset::Usual => return usual,
            Preset::Four => FOUR,
            Preset::Industrial => INDUSTRIAL,
            Preset::Milestones => MILESTONES,
        };
        let stage = |(key, en, zh, percent): &Step| {
            let known = usual.iter().find(|stage| stage.key == *key).cloned().unwrap_or_default();
            Stage {
                id: Id::of_name(&format!("stage/{key}")),
                key: (*key).to_owned(),
                en: (*en).to_owned(),
                zh: (*zh).to_owned(),
                role: Some(if *percent == 100 { StageRole::Won } else { StageRole::Open }),
                probability: Some(Rate::from_basis_points(percent * 100)),
                ..known
            }
        };
        let beside = usual.iter().filter(|stage| matches!(stage.role, Some(StageRole::Lost | StageRole::Parked)));
        let all = steps.iter().map(stage).chain(beside.cloned());
        (0..).zip(all).map(|(position, stage)| Stage { position, hidden: false, ..stage }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Preset;
    use crate::domain::choice::StageRole;

    #[test]
    fn every_set_leads_to_a_won_deal_and_knows_lost_and_parked_ones() {
        for preset in Preset::ALL {
            let stages = preset.stages();
            for role in [StageRole::Won, StageRole::Lost, StageRole::Parked] {
                assert_eq!(stages.iter().filter(|stage| stage.role == Some(role)).count(), 1, "{preset:?}");
            }
            assert!(stages.is_sorted_by_key(|stage| stage.position));
        }
    }

    #[test]
    fn the_four_keep_customers_in_their_names() {
        let names: Vec<String> = Preset::Four.stages().into_iter().take(4).map(|stage| stage.zh).collect();
        assert_eq!(names, ["潜在客户", "意向客户", "跟进客户", "成交客户"]);
    }
}
