//! What can be done without the screen.

mod answer;
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
mod surroundings;
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
pub use screen::{Outcome, Screen};
pub use surroundings::{Ends, Surroundings, Terminals};
pub use temporary::Temporary;

use crate::cli::args::{Command, CommandLine};
use crate::cli::fail::{DONE, Fail};
use crate::cli::setting::Setting;
use crate::config::{Config, language_of};
use crate::text::Language;
use clap::FromArgMatches;
use clap::error::ErrorKind;
use std::ffi::OsString;

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
