//! What can be done without the screen.

mod args;
mod backup;
mod beside;
mod card;
mod clock;
mod demo;
mod due;
mod export;
mod fail;
mod filtering;
mod find;
mod funnel;
mod handover;
mod history;
mod import;
mod keys;
mod levels;
mod list;
mod log;
mod manual;
mod output;
mod progress;
mod risk;
mod safety;
mod screen;
mod seat;
mod setting;
mod show;
mod stage;
mod temporary;
mod tiers;
mod turning;
mod usage;
mod value;
mod who;
mod worth;

pub use beside::answer as answer_beside;
pub use clock::Clock;
pub use fail::{ERROR, could_not_open};
pub use screen::Screen;
pub use temporary::Temporary;

use crate::cli::args::{Command, CommandLine, Verify};
use crate::cli::fail::{DONE, Fail};
use crate::cli::setting::Setting;
use crate::config::{Config, Environment, Folders, language_of};
use crate::desk::Desk;
use crate::domain::time::Moment;
use crate::text::Language;
use clap::FromArgMatches;
use clap::error::ErrorKind;
use std::ffi::OsString;
use std::io::{Read, Write};

/// Which of the three ends is a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terminals {
    /// Standard input.
    pub input: bool,
    /// Standard output.
    pub out: bool,
    /// Standard error.
    pub err: bool,
}

/// What the program finds around it, so that a command depends on nothing else.
pub struct Surroundings<'a> {
    /// The variables of the environment.
    pub environment: Environment<'a>,
    /// The folders of whoever runs it.
    pub folders: Option<Folders>,
    /// The system's clock.
    pub now: Moment,
    /// What ids are made from.
    pub seed: u64,
    /// Which ends are terminals.
    pub terminals: Terminals,
}

/// Where a command reads and writes.
pub struct Ends<'a> {
    /// What is piped in.
    pub input: &'a mut dyn Read,
    /// The answer.
    pub out: &'a mut dyn Write,
    /// Everything else.
    pub err: &'a mut dyn Write,
    /// The desk of an open session, for a command that is done beside it.
    pub lent: Option<&'a mut Desk>,
}

/// What the command line came to.
pub enum Outcome {
    /// A command is done, with this exit status.
    Ended(u8),
    /// The screen is wanted.
    Screen(Box<Screen>),
}

/// Does what the arguments (the program's name first) ask for. It prints to `ends` alone and never exits.
pub fn run(arguments: &[OsString], around: &Surroundings<'_>, ends: &mut Ends<'_>) -> Outcome {
    let folder = around.folders.as_ref().map(|folders| folders.config.clone());
    let config = folder.as_ref().map_or(Ok(Config::default()), |folder| Config::read(&folder.join("config.toml")));
    let asked = language_asked(arguments);
    let (config, mistake) = match config {
        Ok(config) => (config, None),
        Err(mistake) => (Config::default(), Some(mistake)),
    };
    let language = config.language(asked, around.environment);
    if let Some(mistake) = mistake {
        let _ = writeln!(ends.err, "{}: {}", mistake.file.display(), mistake.what.trim_end());
    }
    let outcome = obey(arguments, &config, language, around, ends);
    // What was written must have arrived before it may be called done.
    let flushed = ends.out.flush().map_err(Fail::from);
    match (outcome, flushed) {
        (Ok(Outcome::Ended(_)), Err(fail)) | (Err(fail), _) => Outcome::Ended(fail.end(ends.err, language)),
        (Ok(outcome), _) => outcome,
    }
}

/// The language named on the command line, looked for before anything else is understood.
fn language_asked(arguments: &[OsString]) -> Option<Language> {
    let mut texts = arguments.iter().skip(1).map(|argument| argument.to_string_lossy());
    while let Some(text) = texts.next() {
        match text.strip_prefix("--lang") {
            Some("") => return texts.next().and_then(|value| language_of(&value)),
            Some(value) if value.starts_with('=') => return language_of(value.trim_start_matches('=')),
            _ if text == "--" => return None,
            _ => {}
        }
    }
    None
}

fn obey(
    arguments: &[OsString],
    config: &Config,
    language: Language,
    around: &Surroundings<'_>,
    ends: &mut Ends<'_>,
) -> Result<Outcome, Fail> {
    let matches = usage::command(language).try_get_matches_from(arguments);
    let line = match matches.and_then(|matches| CommandLine::from_arg_matches(&matches)) {
        Ok(line) => line,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            write!(ends.out, "{}", error.render())?;
            return Ok(Outcome::Ended(DONE));
        }
        Err(error) => return Err(usage::mistake(&error, language)),
    };
    let setting = Setting::of(&line.global, config, language, around)?;
    let status = match &line.command {
        None => return screen::open(&line.global, &setting, config, around, ends),
        Some(Command::Demo(demo)) if demo.into.is_none() => {
            return demo::open(demo, &line.global, &setting, config, around, ends);
        }
        Some(command) => beside::obey(command, arguments, &setting, ends)?,
    };
    Ok(Outcome::Ended(status))
}

/// Runs one command that needs no screen.
fn answer(command: &Command, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
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
