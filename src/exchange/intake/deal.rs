//! Deals put together from a log of their stages, and their products compared with the list.

use crate::domain::deal::StageMove;
use crate::domain::record::Kind;
use crate::domain::time::Moment;
use crate::domain::value::{FieldValue, Value};
use crate::exchange::header::Heading;
use crate::exchange::intake::catalogue::{Catalogue, Found};
use crate::exchange::intake::harvest::Harvest;
use crate::exchange::intake::model::{Lists, Problem, number_of};
use crate::exchange::intake::result::Intake;
use crate::exchange::reason::Reason;
use std::collections::HashMap;

/// Deals under way, by their number and title.
#[derive(Debug, Default)]
pub struct DealDesk {
    by_name: HashMap<u32, u32>,
    steps: Vec<(u32, StageMove)>,
}

impl DealDesk {
    /// Adds a step to the deal that goes by `key`; false when it is the deal's first, whose record comes next.
    pub fn step(&mut self, key: &str, step: StageMove, harvest: &mut Harvest) -> bool {
        let (next, mut known) = (harvest.len() as u32, true);
        let place = *self.by_name.entry(harvest.keep(key)).or_insert_with(|| {
            known = false;
            next
        });
        self.steps.push((place, step));
        known
    }

    /// Gives every deal its steps, the last as its stage, and its products the names they have in the list.
    pub fn finish(mut self, intake: &mut Intake, catalogue: &mut Catalogue) {
        self.steps.sort_by_key(|(place, step)| (*place, step.at.map(|at| at.seconds())));
        let (moves, stage) = (number_of(Kind::Deal, "moves"), number_of(Kind::Deal, "stage"));
        for steps in self.steps.chunk_by(|one, other| one.0 == other.0) {
            let Some((place, last)) = steps.last() else { continue };
            let Some(mut deal) = intake.incoming.get(*place as usize) else { continue };
            let steps = steps.iter().map(|(_, step)| step.clone()).filter(|step| !step.stage.is_empty());
            let steps = steps.collect::<Vec<StageMove>>();
            deal.fields.extend(stage.map(|stage| (stage, Value::Text(last.stage.clone()))));
            deal.fields.extend(moves.map(|moves| (moves, steps.to_value())));
            intake.incoming.set(*place as usize, &deal);
        }
        name_products(intake, catalogue);
    }
}

/// The stage a date's heading says was entered on it: `engage date`, `需求确认日期`.
pub fn entered_by(heading: &Heading, lists: &Lists) -> Option<String> {
    let name = ["date", "日期", "时间"].iter().find_map(|ending| heading.short.strip_suffix(ending))?;
    (lists.stage)(name)
}

/// The log that the dates of a deal's row tell, where it brings none of its own: when it entered a stage, and when it was decided.
pub fn log_of_dates(entered: StageMove, fields: &mut Vec<(u16, Value)>, offset_minutes: i16) {
    let (Some(moves), stage, closed) =
        (number_of(Kind::Deal, "moves"), number_of(Kind::Deal, "stage"), number_of(Kind::Deal, "closed"))
    else {
        return;
    };
    let of = |wanted: Option<u16>| fields.iter().find(|(number, _)| Some(*number) == wanted).map(|(_, value)| value);
    if of(Some(moves)).is_some() {
        return;
    }
    let decided = match (of(stage), of(closed)) {
        (Some(Value::Text(stage)), Some(Value::Day(day))) if *stage != entered.stage => Some(StageMove {
            stage: stage.clone(),
            at: Some(Moment::start_of(*day, offset_minutes)),
            by: String::new(),
            ..StageMove::default()
        }),
        _ => None,
    };
    fields.push((moves, std::iter::once(entered).chain(decided).collect::<Vec<StageMove>>().to_value()));
}

fn name_products(intake: &mut Intake, catalogue: &mut Catalogue) {
    let products = number_of(Kind::Deal, "products");
    for place in 0..intake.incoming.len() {
        if intake.incoming.kind_of(place) != Some(Kind::Deal) {
            continue;
        }
        let Some(mut deal) = intake.incoming.get(place) else { continue };
        let (file, line, mut renamed) = (deal.file, deal.line, false);
        for (_, value) in deal.fields.iter_mut().filter(|(number, _)| Some(*number) == products) {
            let Value::Texts(words) = value else { continue };
            for word in words {
                match catalogue.find(word) {
                    Found::Known => {}
                    Found::Alias(name) => {
                        *word = name;
                        renamed = true;
                    }
                    Found::Near(name) => intake.notes.push(Problem {
                        file,
                        line,
                        column: "product".to_owned(),
                        value: word.clone(),
                        reason: Reason::NearProduct(name),
                        kept: true,
                    }),
                }
            }
        }
        if renamed {
            intake.incoming.set(place, &deal);
        }
    }
}
