//! Commands while the workbench has the book open: asked at its door, answered at its desk.

use crate::cli::answer::answer as do_command;
use crate::cli::args::{Backup, Command, CommandLine, Export, Funnel, Handover, Levels, Log, Tiers};
use crate::cli::fail::{DISK, Fail, HELD};
use crate::cli::setting::Setting;
use crate::cli::{Ends, usage};
use crate::config::language_of;
use crate::desk::Desk;
use crate::domain::time::Moment;
use crate::exchange::export::file::{Outlet, goes_straight, is_standard_output};
use crate::text::words;
use crate::ui::door::{self, Unanswered};
use clap::FromArgMatches;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
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
            Command::Demo(_) | Command::Import(_) | Command::Restore(_) | Command::Verify(_) | Command::Compact => {
                Way::Alone
            }
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
    /// What is asked for is to be sent back, not written to the file that is named: it is a device or a pipe of who asks.
    streamed: bool,
}

/// The file a command is told to write, if it is another than the standard output.
fn output_of(command: &mut Command) -> Option<&mut PathBuf> {
    let output = match command {
        Command::Export(Export { output, .. }) | Command::Funnel(Funnel { output, .. }) => output.as_mut(),
        Command::Tiers(Tiers { movers, .. }) => movers.as_mut(),
        Command::Backup(Backup { file, .. }) => Some(file),
        _ => None,
    };
    output.filter(|path| !is_standard_output(path))
}

/// A device or a pipe, opened when something comes to be written.
struct Straight {
    path: PathBuf,
    outlet: Option<Outlet>,
}

impl Write for Straight {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let outlet = match self.outlet.take() {
            Some(outlet) => outlet,
            None => Outlet::open(&self.path)?,
        };
        self.outlet.insert(outlet).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
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
            Err(Unanswered::Unsure) => {
                let what = words(
                    "the session that has the book open gave no answer: it is not known whether it was saved; see kehu history",
                    "打开客户簿的会话没有答复，不确定是否已保存，请看 kehu history",
                );
                let hint = words("do not do it a second time before you have looked", "请先查看，不要马上重做");
                return Err(Fail::new(HELD, setting.say(what)).hinted(setting.say(hint)));
            }
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
    let straight = output_of(&mut command.clone()).filter(|path| goes_straight(path)).cloned();
    if straight.is_some() && !matches!(command, Command::Export(_)) {
        // The session that has the book cannot write there.
        return Err(Unanswered::Nobody);
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
        streamed: straight.is_some(),
    };
    let asked = serde_json::to_vec(&asked).map_err(|error| Unanswered::Output(error.into()))?;
    let writes = Way::of(command) == Way::Writes && !setting.read_only;
    match straight {
        Some(path) => door::ask(&setting.book, writes, &asked, &mut Straight { path, outlet: None }, ends.err),
        None => door::ask(&setting.book, writes, &asked, ends.out, ends.err),
    }
}

/// Answers what was asked at the door of this session; nothing where it cannot be understood.
pub fn answer(desk: &mut Desk, asked: &[u8], out: &mut dyn Write, err: &mut dyn Write) -> Option<u8> {
    let asked: Asked =
        serde_json::from_slice(asked).ok().filter(|asked: &Asked| asked.version == env!("CARGO_PKG_VERSION"))?;
    let language = language_of(&asked.language)?;
    let arguments = std::iter::once("kehu").chain(asked.arguments.iter().map(String::as_str));
    let matches = usage::command(language).try_get_matches_from(arguments).ok()?;
    let line = CommandLine::from_arg_matches(&matches).ok()?;
    let command = with_files_in(line.command.filter(|command| Way::of(command) != Way::Alone)?, &asked);
    let setting = Setting::of_visitor(&line.global, language, asked.me.clone(), asked.now);
    let own = desk.work_as(asked.me);
    let mut input = asked.input.as_bytes();
    let mut ends = Ends { input: &mut input, out, err, lent: Some(desk) };
    let done = do_command(&command, &setting, &mut ends);
    let status = done.unwrap_or_else(|fail| fail.end(ends.err, language));
    desk.work_as(own);
    Some(status)
}

/// The command with the files it names taken to be in the folder where it was given; one that is streamed names none.
fn with_files_in(mut command: Command, asked: &Asked) -> Command {
    if let Some(output) = output_of(&mut command) {
        *output = asked.folder.join(&*output);
    }
    if let Command::Export(export) = &mut command
        && asked.streamed
    {
        let output = export.output.take();
        let ending = output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str()).map(str::to_owned);
        export.format = export.format.take().or(ending);
    }
    command
}
