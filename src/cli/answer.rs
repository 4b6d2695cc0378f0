//! Which function does which command.

use crate::cli::args::{Command, Verify};
use crate::cli::fail::Fail;
use crate::cli::setting::Setting;
use crate::cli::{
    Ends, backup, demo, due, export, find, funnel, handover, history, import, keys, levels, list, log, manual, risk,
    safety, show, stage, tiers, turning,
};

/// Runs one command that needs no screen.
pub(super) fn answer(command: &Command, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    match command {
        Command::Demo(demo) => demo::make(demo, setting, ends),
        Command::Import(import) => import::run(import, setting, ends),
        Command::Export(export) => export::run(export, setting, ends),
        Command::Find(find) => find::run(find, setting, ends),
        Command::Show(show) => show::run(show, setting, ends),
        Command::List(list) => list::run(list, setting, ends),
        Command::Log(log) => log::run(log, setting, ends),
        Command::Due(due) => due::run(due, setting, ends),
        Command::Levels(levels) => levels::run(levels, setting, ends),
        Command::Stage(stage) => stage::run(stage, setting, ends),
        Command::Tiers(tiers) => tiers::run(tiers, setting, ends),
        Command::Risk(risk) => risk::run(risk, setting, ends),
        Command::Handover(handover) => handover::run(handover, setting, ends),
        Command::Funnel(funnel) => funnel::run(funnel, setting, ends),
        Command::Undo => turning::undo(setting, ends),
        Command::Redo => turning::redo(setting, ends),
        Command::History(history) => history::run(history, setting, ends),
        Command::Backup(args) => backup::make(args, setting, ends),
        Command::Restore(args) => backup::restore(args, setting, ends),
        Command::Verify(Verify { file: Some(file), .. }) => backup::verify(file, setting, ends),
        Command::Verify(verify) => safety::verify(verify, setting, ends),
        Command::Compact => safety::compact(setting, ends),
        Command::Keys(keys) => keys::run(keys, setting, ends),
        Command::Completions(completions) => manual::complete(completions.shell, setting, ends),
        Command::Man => manual::page(setting, ends),
    }
}
