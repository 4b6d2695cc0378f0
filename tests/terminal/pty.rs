//! A program in a terminal of its own: keys in, screen out, hang-ups and signals as real ones.
//!
//! ```ignore
//! let mut pty = Pty::start(kehu(&["demo"]), 80, 24);
//! pty.expect("客户");                       // waits for the words, never for time
//! pty.send("\x1b[B");                       // keys as a terminal sends them
//! pty.wait_until("the detail", |screen| screen.contents().contains("华为"));
//! pty.hang_up();                            // the window is closed
//! assert_eq!(pty.ended(), 129);
//! ```
//! A condition that does not come about within `PATIENCE` fails the test and
//! prints the screen and what became of the program; one that does costs no
//! more than it takes.

#![allow(dead_code)]

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::num::NonZero;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::fs::OFlags;
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, tcgetattr};

/// How long a condition may take; only failures pay it.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// How long to wait for the line to close behind a program that has ended.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// How often the program's end is looked for.
const LOOK: Duration = Duration::from_millis(2);

/// The program under test, with a bare environment: nothing of this machine's
/// user, locale or terminal gets in.
pub fn kehu(arguments: &[&str]) -> CommandBuilder {
    let mut command = program(env!("CARGO_BIN_EXE_kehu"));
    command.args(arguments);
    command
}

/// Any program in the same bare environment.
pub fn program(path: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new(path);
    command.env_clear();
    for (name, value) in [
        ("TERM", "xterm-256color"),
        ("LANG", "C.UTF-8"),
        ("TZ", "Asia/Shanghai"),
        ("PATH", "/usr/local/bin:/usr/bin:/bin"),
    ] {
        command.env(name, value);
    }
    command
}

/// A terminal with a program in it.
pub struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    reading: Option<JoinHandle<()>>,
    closing: Arc<AtomicBool>,
    terminal: vt100::Parser,
    received: Vec<u8>,
    status: Option<ExitStatus>,
}

impl Pty {
    /// Starts the program in a new terminal of this size, as a session of its own.
    pub fn start(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        let closing = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&closing);
        let reading = thread::spawn(move || read_all(reader, &sender, &told));
        Self {
            master: Some(pair.master),
            writer: Some(writer),
            child,
            output,
            reading: Some(reading),
            closing,
            terminal: vt100::Parser::new(cells(rows), cells(columns), 0),
            received: Vec::new(),
            status: None,
        }
    }

    /// The process started here.
    pub fn pid(&self) -> Pid {
        let number = self.child.process_id().and_then(|id| i32::try_from(id).ok());
        number.and_then(Pid::from_raw).expect("the program had a process id")
    }

    /// Types these bytes.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let writer = self.writer.as_mut().expect("the terminal is open");
        writer.write_all(bytes.as_ref()).unwrap();
        writer.flush().unwrap();
    }

    /// Pastes a text, bracketed.
    pub fn paste(&mut self, text: &str) {
        self.send(format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Gives the terminal a new size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.master.as_ref().expect("the terminal is open").resize(size(columns, rows)).unwrap();
        self.terminal.screen_mut().set_size(cells(rows), cells(columns));
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Closes the terminal's window: every hold on its far end is let go.
    pub fn hang_up(&mut self) {
        let name = self.name();
        self.closing.store(true, Ordering::SeqCst);
        self.writer = None;
        self.master = None;
        // The reading thread sleeps in a read that only output ends, so a byte
        // is put in from the near end.
        let near = open_near(&name);
        if let Ok(mut near) = near {
            let _ = near.write_all(b" ");
            self.reading.take().map(JoinHandle::join);
        }
    }

    /// The path of the terminal's near end.
    pub fn name(&self) -> PathBuf {
        let master = self.master.as_ref().expect("the terminal is open");
        master.tty_name().expect("the terminal has a name")
    }

    /// The terminal's near end, as the program has it. While this is open the terminal outlives the program.
    pub fn near(&self) -> File {
        open_near(&self.name()).unwrap()
    }

    /// What the terminal shows now.
    pub fn screen(&mut self) -> &vt100::Screen {
        while let Ok(bytes) = self.output.try_recv() {
            self.take(&bytes);
        }
        self.terminal.screen()
    }

    /// All that was received since this was last asked.
    pub fn received(&mut self) -> Vec<u8> {
        self.screen();
        std::mem::take(&mut self.received)
    }

    /// Waits until the words stand on the screen.
    pub fn expect(&mut self, words: &str) {
        self.wait_until(words, |screen| screen.contents().contains(words));
    }

    /// Waits until the words are gone from the screen.
    pub fn expect_gone(&mut self, words: &str) {
        self.wait_until(&format!("no {words}"), |screen| !screen.contents().contains(words));
    }

    /// Waits until the screen is as the condition wants it.
    pub fn wait_until(&mut self, what: &str, condition: impl Fn(&vt100::Screen) -> bool) {
        let began = Instant::now();
        while !condition(self.terminal.screen()) {
            let left = PATIENCE.saturating_sub(began.elapsed());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => self.fail(what, "did not come about in time"),
                Err(RecvTimeoutError::Disconnected) => self.fail(what, "cannot come: the terminal is closed"),
            }
        }
    }

    /// Waits until something outside the terminal has come about.
    pub fn look_until(&mut self, what: &str, condition: impl Fn() -> bool) {
        let began = Instant::now();
        while !condition() {
            if began.elapsed() > PATIENCE {
                self.fail(what, "did not come about in time");
            }
            thread::sleep(LOOK);
        }
    }

    /// Waits for the program's end and gives its exit status, as a shell would:
    /// 128 and the number of the signal if one killed it.
    pub fn ended(&mut self) -> u32 {
        let began = Instant::now();
        while self.status.is_none() {
            self.status = self.child.try_wait().unwrap();
            if began.elapsed() > PATIENCE {
                self.fail("the end", "did not come about in time");
            }
            if self.status.is_none() {
                thread::sleep(LOOK);
            }
        }
        // Its last words may still be on their way.
        while let Ok(bytes) = self.output.recv_timeout(LAST_WORDS) {
            self.take(&bytes);
        }
        self.status.as_ref().map(shell_status).unwrap_or_default()
    }

    /// Waits until the program is gone, and no longer.
    pub fn look_gone(&mut self) {
        let began = Instant::now();
        while self.lives() {
            if began.elapsed() > PATIENCE {
                self.fail("the end", "did not come about in time");
            }
            thread::sleep(LOOK);
        }
    }

    /// Whether the program lives.
    pub fn lives(&mut self) -> bool {
        self.status.is_none() && matches!(self.child.try_wait(), Ok(None))
    }

    /// CPU time the program used so far, in clock ticks (Linux).
    pub fn cpu_ticks(&self) -> u64 {
        let path = format!("/proc/{}/stat", self.pid().as_raw_nonzero());
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace();
        fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum()
    }

    /// Waits until every thread of the program sleeps and none has run since the last look, and gives how often they
    /// went to sleep so far: who gets the same number twice knows that nothing ran in between (Linux).
    pub fn at_rest(&mut self) -> u64 {
        let began = Instant::now();
        let mut before = None;
        loop {
            let now = asleep(self.pid());
            if now.is_some() && now == before {
                return now.unwrap_or_default();
            }
            if began.elapsed() > PATIENCE {
                self.fail("rest", "did not come about in time");
            }
            before = now;
            thread::sleep(LOOK);
        }
    }

    /// Waits until the program has taken notice of what was sent after it had been `at_rest` with this number.
    pub fn at_rest_again(&mut self, before: u64) -> u64 {
        let began = Instant::now();
        loop {
            let now = self.at_rest();
            if now != before {
                return now;
            }
            if began.elapsed() > PATIENCE {
                self.fail("a key's being noticed", "did not come about in time");
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.terminal.process(bytes);
        self.received.extend_from_slice(bytes);
    }

    /// Ends the test with all that helps to see why.
    fn fail(&mut self, what: &str, why: &str) -> ! {
        let status = self.child.try_wait();
        let screen = self.terminal.screen();
        let (row, column) = screen.cursor_position();
        panic!("{what:?} {why}\nprogram: {status:?}\ncursor: {row},{column}\n----\n{}\n----", screen.contents());
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Passes on what the terminal sends, until it is closed from either end.
fn read_all(mut reader: Box<dyn Read + Send>, sender: &Sender<Vec<u8>>, closing: &AtomicBool) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(count) = reader.read(&mut bytes) {
        let told = count > 0 && sender.send(bytes[..count].to_vec()).is_ok();
        if !told || closing.load(Ordering::SeqCst) {
            return;
        }
    }
}

/// How often the process's threads went to sleep, if they all sleep now. Those of sled do not count: each looks once a
/// second whether there is work.
fn asleep(process: Pid) -> Option<u64> {
    let threads = std::fs::read_dir(format!("/proc/{}/task", process.as_raw_nonzero())).ok()?;
    let times = threads.map(|thread| {
        let status = std::fs::read_to_string(thread.ok()?.path().join("status")).ok()?;
        let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        if field("Name:").is_some_and(|name| name.starts_with("sled")) {
            return Some(0);
        }
        let sleeps = field("State:").is_some_and(|state| state.starts_with('S'));
        let count = field("voluntary_ctxt_switches:").and_then(|count| count.parse::<u64>().ok());
        count.filter(|_| sleeps)
    });
    times.sum()
}

/// Whether what is typed at this terminal goes to the program key by key, unseen and unchanged.
pub fn is_raw(near: &File) -> bool {
    let modes = tcgetattr(near).unwrap().local_modes;
    !modes.intersects(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
}

/// Opens the near end of a terminal.
fn open_near(name: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).custom_flags(nobodys_terminal()).open(name)
}

/// Opening a terminal must not make it this process's own.
fn nobodys_terminal() -> i32 {
    i32::try_from((OFlags::NOCTTY | OFlags::NONBLOCK).bits()).unwrap_or_default()
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { cols: columns, rows, ..PtySize::default() }
}

fn cells(number: u16) -> NonZero<u16> {
    NonZero::new(number).expect("a terminal has at least one cell")
}

/// The status `$?` would hold.
fn shell_status(status: &ExitStatus) -> u32 {
    match status.signal() {
        None => status.exit_code(),
        Some(name) => 128 + signal_number(name),
    }
}

/// The number behind the C library's words for a signal.
fn signal_number(words: &str) -> u32 {
    let known = [("Hangup", 1), ("Interrupt", 2), ("Aborted", 6), ("Killed", 9), ("Terminated", 15)];
    known.iter().find(|(name, _)| words.starts_with(name)).map_or(0, |(_, number)| *number)
}
