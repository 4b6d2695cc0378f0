//! The terminal taken, drawn on, lent back to the shell for a while, and given back.

use std::io;
use std::panic;
use std::process;
use std::sync::Arc;
use std::thread;

use base64::prelude::{BASE64_STANDARD, Engine};
use ratatui::Frame;
use ratatui::crossterm::style::force_color_output;
use ratatui::layout::Size;
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};

use super::painter::Painter;
use super::tty::{Line, Tty};
use crate::store::quiet::is_quiet;
use crate::ui::event::Ending;

/// How the terminal is to be taken.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Take the mouse too: the wheel then arrives as arrow keys, and the
    /// terminal's own selecting needs Shift.
    pub mouse: bool,
    /// Only plain ASCII in frames, pictures and signs.
    pub ascii: bool,
}

/// What became of a wish to be suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspension {
    /// Stopped, and now continued.
    Resumed,
    /// There is no shell to go back to, so nothing was done.
    NoShell,
}

/// The terminal while the program has it. Dropping it gives the terminal
/// back, and so does a panic, before its message.
#[derive(Debug)]
pub struct Screen {
    painter: Painter<Line>,
    tty: Arc<Tty>,
}

impl Screen {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste, focus
    /// reports. Nothing is asked of it, now or later. Start `listen` first,
    /// so that no change of size falls between the two.
    ///
    /// # Errors
    /// When standard output is no terminal, or there is none for the keys.
    pub fn enter(options: Options) -> io::Result<Self> {
        // Whether there are colours is the theme's affair.
        force_color_output(true);
        let tty = Arc::new(Tty::open(options.mouse)?);
        give_back_on_panic(Arc::clone(&tty));
        let painter = Painter::new(Line(Arc::clone(&tty)), tty.size())?.in_ascii(options.ascii);
        let screen = Self { painter, tty };
        screen.tty.take()?;
        Ok(screen)
    }

    /// The size the terminal has.
    pub fn size(&self) -> Size {
        self.tty.size()
    }

    /// Draws one frame; the cursor is shown where the frame has set it, and
    /// hidden if it has not. A frame that changed nothing writes nothing.
    ///
    /// # Errors
    /// A terminal that cannot be written to is gone: a hang-up.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame)) -> Result<(), Ending> {
        self.painter.draw(paint).map_err(gone)
    }

    /// Takes a new size (or the old one again), as every `Event::Resize` asks;
    /// the next frame is sent whole. Raw mode is set again too, since the
    /// event also comes when the program was stopped and continued by others.
    ///
    /// # Errors
    /// A hang-up, if the terminal is gone.
    pub fn resize(&mut self, columns: u16, rows: u16) -> Result<(), Ending> {
        self.tty.make_raw().map_err(gone)?;
        self.painter.resize(Size::new(columns, rows)).map_err(gone)
    }

    /// Has the next frame sent whole, for when something else wrote on the screen.
    ///
    /// # Errors
    /// A hang-up, if the terminal is gone.
    pub fn repaint(&mut self) -> Result<(), Ending> {
        self.painter.repaint().map_err(gone)
    }

    /// Sends text to the terminal's clipboard (OSC 52), across ssh too. Many terminals ignore it, so show the text as well.
    ///
    /// # Errors
    /// A hang-up, if the terminal is gone.
    pub fn copy(&mut self, text: &str) -> Result<(), Ending> {
        let sequence = format!("\x1b]52;c;{}\x07", BASE64_STANDARD.encode(text));
        self.tty.send(sequence.as_bytes()).map_err(gone)
    }

    /// Gives the terminal back and stops, with the whole job as Ctrl-Z does
    /// it; when continued, takes the terminal again. The next frame is sent
    /// whole. Call it on the main thread.
    ///
    /// # Errors
    /// A hang-up, if the terminal went away meanwhile.
    pub fn suspend(&mut self) -> Result<Suspension, Ending> {
        // In the group of the session's leader no shell would ever continue us.
        if getsid(None).is_ok_and(|session| session == getpgrp()) {
            return Ok(Suspension::NoShell);
        }
        self.tty.give_back();
        let stopped = kill_current_process_group(Signal::STOP);
        self.tty.take().map_err(gone)?;
        self.painter.resize(self.tty.size()).map_err(gone)?;
        Ok(if stopped.is_ok() { Suspension::Resumed } else { Suspension::NoShell })
    }

    /// Gives the terminal back. A terminal that is gone is no error any more.
    /// `process::exit` drops nothing: call this before it.
    pub fn leave(self) {
        self.tty.give_back();
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.tty.give_back();
    }
}

/// Whatever a terminal answers instead of taking a frame, it is lost.
fn gone(_: io::Error) -> Ending {
    Ending::HangUp
}

/// Has a panic give the terminal back before its message is printed. One in
/// another thread ends the program as well: with half of it dead, the screen
/// would promise what nobody does any more.
fn give_back_on_panic(tty: Arc<Tty>) {
    let main = thread::current().id();
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if is_quiet() {
            return;
        }
        tty.give_back();
        print(panic);
        if thread::current().id() != main {
            process::exit(101);
        }
    }));
}
