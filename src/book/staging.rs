//! What is done to the stages themselves: put in another order, taken out, replaced by a shipped set; as commands.

use crate::book::command::{Command, edit_between};
use crate::book::deals::moving::Mover;
use crate::book::standards::Standards;
use crate::domain::choice::StageRole;
use crate::domain::deal::{Deal, Stage};
use crate::domain::preset::Preset;
use crate::domain::record::Record;

/// The stages offered: those on the way first, then won, lost and parked ones, each by their position.
pub fn offered(standards: &Standards) -> Vec<&Stage> {
    let mut stages: Vec<&Stage> = standards.stages().iter().filter(|stage| !stage.hidden).collect();
    stages.sort_by_key(|stage| (role_of(stage), stage.position));
    stages
}

fn role_of(stage: &Stage) -> StageRole {
    stage.role.unwrap_or(StageRole::Open)
}

fn edited(before: &Stage, after: Stage) -> Option<Command> {
    edit_between(&Record::from(before.clone()), &Record::from(after))
}

/// The stage one place earlier or later among those that mean the same. Every stage gets the position it is shown at.
pub fn reordered(standards: &Standards, key: &str, earlier: bool) -> Vec<Command> {
    let mut stages = offered(standards);
    let Some(at) = stages.iter().position(|stage| stage.key == key) else { return Vec::new() };
    let Some(to) = at.checked_add_signed(if earlier { -1 } else { 1 }).filter(|to| *to < stages.len()) else {
        return Vec::new();
    };
    let same = stages.get(at).map(|stage| role_of(stage)) == stages.get(to).map(|stage| role_of(stage));
    if !same {
        return Vec::new();
    }
    stages.swap(at, to);
    let placed = (0..).zip(stages);
    placed.filter_map(|(position, stage)| edited(stage, Stage { position, ..stage.clone() })).collect()
}

/// A new stage behind the last open one, still without a name.
pub fn new_stage(standards: &Standards) -> Stage {
    let taken = |key: &str| standards.stage(key).is_some();
    let key = (1..).map(|number: u32| format!("stage_{number}")).find(|key| !taken(key)).unwrap_or_default();
    let open = standards.stages().iter().filter(|stage| role_of(stage) == StageRole::Open);
    let position = open.map(|stage| stage.position + 1).max().unwrap_or(0);
    Stage { key, role: Some(StageRole::Open), position, ..Stage::default() }
}

/// Why a stage stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// The only one that means this.
    OnlyOne(StageRole),
}

/// Whether a stage may be taken out: deals must be able to go on, be won, be lost and wait.
///
/// # Errors
/// Why it may not.
pub fn may_go(standards: &Standards, stage: &Stage) -> Result<(), Needed> {
    let role = role_of(stage);
    let others = offered(standards).into_iter().filter(|other| role_of(other) == role && other.key != stage.key);
    if others.count() == 0 { Err(Needed::OnlyOne(role)) } else { Ok(()) }
}

/// The stage taken out, the deals that stand in it moved to another. It is hidden and not deleted, so that the history of all
/// deals that ever were in it stays.
pub fn removed(stage: &Stage, deals: &[Deal], target: Option<&Stage>, mover: &Mover<'_>) -> Vec<Command> {
    let moved = target.into_iter().flat_map(|target| deals.iter().filter_map(|deal| mover.moved(deal, target)));
    let hidden = edited(stage, Stage { hidden: true, ..stage.clone() });
    moved.chain(hidden).collect()
}

/// The stages of a shipped set in the place of those there are; what is not in it is hidden, with all its history.
pub fn replaced(standards: &Standards, preset: Preset) -> Vec<Command> {
    let wanted = preset.stages();
    let mut commands = Vec::new();
    for stage in &wanted {
        commands.extend(match standards.stage(&stage.key) {
            Some(before) => edited(before, Stage { id: before.id, aliases: before.aliases.clone(), ..stage.clone() }),
            None => Some(Command::Add(Box::new(stage.clone().into()))),
        });
    }
    let dropped = standards.stages().iter().filter(|stage| wanted.iter().all(|other| other.key != stage.key));
    commands.extend(dropped.filter_map(|stage| edited(stage, Stage { hidden: true, ..stage.clone() })));
    commands
}
