//! Commands while the workbench has the book open: asked at its door, answered at its desk.

use crate::cli::answer::answer as do_command;
use crate::cli::args::{Command, CommandLine, Handover, Levels, Log, Tiers};
use crate::cli::fail::{DISK, Fail};
use crate::cli::setting::Setting;
use crate::cli::{Ends, usage};
use crate::config::language_of;
use crate::desk::Desk;
use crate::domain::time::Moment;
use crate::text::words;
use crate::ui::door::{self, Unanswered};
use clap::FromArgMatches;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a session that is just opening or closing the book is waited for.
const PATIENCE: Duration = Duration::from_millis(600);
const PAUSE: Duration = Duration::from_millis(40);
/// The longest line read from standard input for another session, in bytes.
const LONGEST_INPUT: u64 = 1 << 20;

/// How a command can be done while another session has the book open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// It only reads: at a desk of the session as it is now.
    Reads,
    /// It writes little: at the session's desk, between two keys.
    Writes,
    /// Only by who has the book alone.
    Alone,
}

impl Way {
    const fn of(command: &Command) -> Way {
        match command {
            Command::Log(Log { dry_run: false, .. }) | Command::Stage(_) | Command::Undo | Command::Redo => Way::Writes,
            Command::Levels(Levels { name: Some(_), .. }) => Way::Writes,
            Command::Tiers(Tiers { apply: true, .. }) | Command::Handover(Handover { dry_run: false, .. }) => {
                Way::Writes
            }
            Command::Demo(_) | Command::Import(_) | Command::Verify(_) | Command::Compact => Way::Alone,
            // What writes nevertheless is refused there, since that desk is for reading only.
            _ => Way::Reads,
        }
    }
}

/// What is asked at the door.
#[derive(Serialize, Deserialize)]
struct Asked {
    /// Another version of the program may mean something else.
    version: String,
    /// The command line behind the program's name.
    arguments: Vec<String>,
    language: String,
    /// Who asks.
    me: String,
    now: Moment,
    /// Where the files named are.
    folder: PathBuf,
    /// What was piped in.
    input: String,
}

/// Does a command: at a desk of its own, or, where another session has the book open, through that one's door.
pub(super) fn obey(
    command: &Command,
    arguments: &[OsString],
    setting: &Setting,
    ends: &mut Ends<'_>,
) -> Result<u8, Fail> {
    let began = Instant::now();
    let mut was_worn = false;
    loop {
        let held = match do_counted(command, setting, ends) {
            // The desk that met it is put away and has noted it: the copy is made again by the next opening, which is now.
            (Err(Fail::Worn { .. }), 0) if !was_worn => {
                was_worn = true;
                continue;
            }
            (done, _) => done,
        };
        let held = match held {
            Err(fail) if fail.is_held() && Way::of(command) != Way::Alone => fail,
            done => return done,
        };
        match ask(command, arguments, setting, ends) {
            Ok(status) => return Ok(status),
            Err(Unanswered::Nobody) if began.elapsed() < PATIENCE => sleep(PAUSE),
            Err(Unanswered::Nobody) if setting.read_only && !setting.despite_held => {
                return do_command(command, &Setting { despite_held: true, ..setting.clone() }, ends);
            }
            Err(Unanswered::Nobody) => return Err(held),
            Err(Unanswered::Output(error)) => return Err(Fail::Output(error)),
            Err(Unanswered::BrokenOff) => {
                let what = words(
                    "the session that has the book open went away before it had answered",
                    "打开客户簿的会话在答复之前已结束",
                );
                let hint = words("kehu history shows whether it was done", "用 kehu history 查看是否已执行");
                return Err(Fail::new(DISK, setting.say(what)).hinted(setting.say(hint)));
            }
        }
    }
}

/// Does a command at a desk of its own, and says how many bytes of an answer were written.
fn do_counted(command: &Command, setting: &Setting, ends: &mut Ends<'_>) -> (Result<u8, Fail>, u64) {
    let mut out = Counted { out: &mut *ends.out, written: 0 };
    let mut counted =
        Ends { input: &mut *ends.input, out: &mut out, err: &mut *ends.err, lent: ends.lent.as_deref_mut() };
    let done = do_command(command, setting, &mut counted);
    (done, out.written)
}

/// An output whose bytes are counted.
struct Counted<'a> {
    out: &'a mut dyn Write,
    written: u64,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.written += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

fn ask(command: &Command, arguments: &[OsString], setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Unanswered> {
    let mut input = String::new();
    if matches!(command, Command::Log(log) if log.line == ["-"]) {
        Read::take(&mut *ends.input, LONGEST_INPUT).read_to_string(&mut input).map_err(Unanswered::Output)?;
    }
    let texts = arguments.iter().skip(1).map(|argument| argument.to_str().map(str::to_owned));
    let asked = Asked {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        // What is no text cannot be sent on.
        arguments: texts.collect::<Option<_>>().ok_or(Unanswered::Nobody)?,
        language: setting.language.key().to_owned(),
        me: setting.me.clone(),
        now: setting.now,
        folder: std::env::current_dir().unwrap_or_default(),
        input,
    };
    let asked = serde_json::to_vec(&asked).map_err(|error| Unanswered::Output(error.into()))?;
    let writes = Way::of(command) == Way::Writes && !setting.read_only;
    door::ask(&setting.book, writes, &asked, ends.out, ends.err)
}

/// Answers what was asked at the door of this session; nothing where it cannot be understood.
pub fn answer(desk: &mut Desk, asked: &[u8], out: &mut dyn Write, err: &mut dyn Write) -> Option<u8> {
    let asked: Asked =
        serde_json::from_slice(asked).ok().filter(|asked: &Asked| asked.version == env!("CARGO_PKG_VERSION"))?;
    let language = language_of(&asked.language)?;
    let arguments = std::iter::once("kehu").chain(asked.arguments.iter().map(String::as_str));
    let matches = usage::command(language).try_get_matches_from(arguments).ok()?;
    let line = CommandLine::from_arg_matches(&matches).ok()?;
    let command = with_files_in(line.command.filter(|command| Way::of(command) != Way::Alone)?, &asked.folder);
    let setting = Setting::of_visitor(&line.global, language, asked.me.clone(), asked.now);
    let own = desk.work_as(asked.me);
    let mut input = asked.input.as_bytes();
    let mut ends = Ends { input: &mut input, out, err, lent: Some(desk) };
    let done = do_command(&command, &setting, &mut ends);
    let status = done.unwrap_or_else(|fail| fail.end(ends.err, language));
    desk.work_as(own);
    Some(status)
}

/// The command with the files it names taken to be in `folder`, where it was given.
fn with_files_in(mut command: Command, folder: &std::path::Path) -> Command {
    if let Command::Export(export) = &mut command
        && let Some(output) = export.output.as_mut().filter(|output| output.as_os_str() != "-")
    {
        *output = folder.join(&*output);
    }
    command
}
