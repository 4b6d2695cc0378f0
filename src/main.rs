//! Arguments in, the screen or a command out.

use kehu::cli::{self, Ends, Outcome, Screen, Surroundings, Terminals};
use kehu::config::Folders;
use kehu::desk::Desk;
use kehu::domain::time::Moment;
use kehu::store::error::StoreError;
use kehu::text::{Language, words};
use kehu::ui::keymap::KeyFile;
use kehu::ui::session::{self, Unable, World};
use std::ffi::OsString;
use std::fmt::Display;
use std::io::{BufWriter, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    match obey() {
        Outcome::Ended(status) => ExitCode::from(status),
        Outcome::Screen(screen) => open_screen(*screen),
    }
}

/// Does what the arguments ask for; the three ends are free again behind it.
fn obey() -> Outcome {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let terminals = Terminals {
        input: std::io::stdin().is_terminal(),
        out: std::io::stdout().is_terminal(),
        err: std::io::stderr().is_terminal(),
    };
    let now = chrono::Local::now();
    let around = Surroundings {
        environment: &|name| std::env::var(name).ok(),
        folders: Folders::of_user(),
        now: Moment::from(now),
        seed: now.timestamp_nanos_opt().unwrap_or_default().unsigned_abs() ^ (u64::from(std::process::id()) << 32),
        terminals,
    };
    let mut out = BufWriter::with_capacity(64 * 1024, std::io::stdout().lock());
    let (mut input, mut err) = (std::io::stdin().lock(), std::io::stderr().lock());
    let mut ends = Ends { input: &mut input, out: &mut out, err: &mut err, lent: None };
    let outcome = cli::run(&arguments, &around, &mut ends);
    // It was flushed; what may be left is for a reader that went away.
    drop(out.into_parts());
    outcome
}

/// Runs the screen and puts the book away behind it.
fn open_screen(screen: Screen) -> ExitCode {
    let Screen { greeting, book, wanted, clock, mouse, key_folder, over_ssh, temporary } = screen;
    let language = wanted.language;
    let world = World {
        now: &|| clock.shows(Moment::from(chrono::Local::now())),
        key_files: &|| key_folder.as_deref().map(KeyFile::read_all).and_then(Result::ok).unwrap_or_default(),
        over_ssh,
        mouse,
        greeting,
        answering: Arc::new(cli::answer_beside),
    };
    let status = match session::run(book, wanted, world) {
        Ok((status, mut desk)) => {
            // Who was ended by others has no time to lose.
            let tidied = if status == 0 { tidy(&mut desk, language) } else { Ok(()) };
            if let Err(error) = tidied.and(desk.close()) {
                tell(error.say(language));
            }
            status
        }
        Err(Unable::Terminal(error)) => {
            tell(format_args!("{}{error}", cli::ERROR.say(language)));
            2
        }
        Err(Unable::Book(error)) => cli::could_not_open(&error, language, &mut std::io::stderr()),
    };
    drop(temporary);
    ExitCode::from(status)
}

/// Makes the next opening quicker; says so where it takes time.
fn tidy(desk: &mut Desk, language: Language) -> Result<(), StoreError> {
    if desk.is_swollen() {
        tell(words("kehu: making the book smaller …", "kehu：正在整理客户簿……").say(language));
    }
    desk.tidy()
}

/// Says something on standard error; a terminal that is gone is told nothing, and is no reason to panic.
fn tell(what: impl Display) {
    let _ = writeln!(std::io::stderr(), "{what}");
}
