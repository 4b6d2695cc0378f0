//! The terminal as a device: raw mode, its size, and giving it back.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::getpgrp;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr};

/// Alternate screen, bracketed paste, focus reports.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?1004h";
/// Buttons and wheel, with positions beyond column 223.
const TAKE_MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1006h";
/// All of that undone, an open frame ended, plain colours, the cursor shown.
const GIVE_BACK: &[u8] = b"\x1b[?2026l\x1b[?1006l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b[0m\x1b[?1049l\x1b[?25h";
/// What is assumed of a terminal that does not know its size.
const USUAL: Size = Size::new(80, 24);

/// The terminal, and how it was found.
#[derive(Debug)]
pub(super) struct Tty {
    input: File,
    output: File,
    found: Termios,
    mouse: bool,
    /// Taken and not given back. The panic hook shares it with the screen, so
    /// that the terminal is given back once, by whoever comes first.
    taken: AtomicBool,
}

/// The terminal keys come from: standard input, or the controlling terminal
/// when that is a pipe.
pub(super) fn open_input() -> io::Result<File> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return stdin.as_fd().try_clone_to_owned().map(File::from);
    }
    File::options().read(true).write(true).open("/dev/tty")
}

/// The size the terminal says it has, in cells.
pub(super) fn size_of(terminal: impl AsFd) -> Size {
    match tcgetwinsize(terminal) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size::new(size.ws_col, size.ws_row),
        _ => USUAL,
    }
}

impl Tty {
    /// The terminal as it is; nothing is changed yet.
    pub(super) fn open(mouse: bool) -> io::Result<Self> {
        let stdout = io::stdout();
        if !stdout.is_terminal() {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "standard output is not a terminal"));
        }
        let input = open_input()?;
        let found = tcgetattr(&input)?;
        let output = File::from(stdout.as_fd().try_clone_to_owned()?);
        Ok(Self { input, output, found, mouse, taken: AtomicBool::new(false) })
    }

    /// Raw mode; harmless when it is raw already.
    pub(super) fn make_raw(&self) -> io::Result<()> {
        let mut raw = self.found.clone();
        raw.make_raw();
        tcsetattr(&self.input, OptionalActions::Now, &raw)?;
        Ok(())
    }

    /// Raw mode and the alternate screen.
    pub(super) fn take(&self) -> io::Result<()> {
        self.make_raw()?;
        self.taken.store(true, Ordering::SeqCst);
        send(&self.output, TAKE)?;
        if self.mouse { send(&self.output, TAKE_MOUSE) } else { Ok(()) }
    }

    /// Gives the terminal back as it was found, if it is taken. Nothing more
    /// can be done about a terminal that is gone, so nothing is said of it.
    pub(super) fn give_back(&self) {
        if self.taken.swap(false, Ordering::SeqCst) {
            // The mode first: from the moment the shell's screen is seen again,
            // what is typed must be the shell's. A shell that has taken the
            // terminal already has set its own, and asking for ours would stop
            // the program for ever (SIGTTOU), the book's lock in its hands.
            if self.is_ours() {
                let _ = tcsetattr(&self.input, OptionalActions::Now, &self.found);
            }
            let _ = send(&self.output, GIVE_BACK);
        }
    }

    /// Whether the terminal listens to this program's job; yes if it does not say.
    fn is_ours(&self) -> bool {
        tcgetpgrp(&self.input).map_or(true, |group| group == getpgrp())
    }

    /// Sends a control sequence.
    pub(super) fn send(&self, bytes: &[u8]) -> io::Result<()> {
        send(&self.output, bytes)
    }

    pub(super) fn size(&self) -> Size {
        size_of(&self.output)
    }
}

/// Where frames are written: straight to the device, past the line buffer of
/// standard output.
#[derive(Clone, Debug)]
pub(super) struct Line(pub(super) Arc<Tty>);

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        write_waiting(&self.0.output, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes all of a few bytes.
fn send(file: &File, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = write_waiting(file, bytes)?;
        bytes = &bytes[written.min(bytes.len())..];
    }
    Ok(())
}

/// Writes, and waits where the program before this one left the terminal
/// non-blocking.
fn write_waiting(mut file: &File, bytes: &[u8]) -> io::Result<usize> {
    loop {
        match file.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                poll(&mut [PollFd::new(file, PollFlags::OUT)], None)?;
            }
            written => return written,
        }
    }
}
