//! What reaches the screen from outside, one at a time.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};

/// One key pressed, as the keymap knows it: no releases, no SHIFT on letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Press {
    /// The key.
    pub code: KeyCode,
    /// What was held with it.
    pub mods: KeyModifiers,
}

/// Why the terminal is to be left for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The terminal is gone (SIGHUP, end of file, or EIO): exit status 129.
    HangUp,
    /// SIGTERM: exit status 143.
    Terminated,
    /// SIGINT from outside (the keyboard's Ctrl-C arrives as a key): exit status 130.
    Interrupted,
}

impl Ending {
    /// The exit status a shell expects for it.
    pub const fn status(self) -> u8 {
        match self {
            Self::HangUp => 129,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }
}

/// What happened outside.
#[derive(Debug)]
pub enum Event {
    /// A key.
    Press(Press),
    /// Text pasted (bracketed paste), or a Chinese input method's whole phrase.
    Paste(String),
    /// The terminal has a new size, in cells.
    Resize {
        /// Columns.
        columns: u16,
        /// Rows.
        rows: u16,
    },
    /// The terminal window gained (true) or lost (false) the focus.
    Focus(bool),
    /// SIGTSTP: give the terminal back and stop.
    Suspend,
    /// The program is to end.
    Ending(Ending),
}
