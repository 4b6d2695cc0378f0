//! The real terminal: what is read from it, what is written to it, and its end.
//!
//! ```text
//! listen   two threads: keys in, signals and the terminal's death in → one channel
//! screen   takes the terminal, draws, stops and resumes, gives it back
//!   painter  a frame: drawn, mended, compared, sent        (on any writer)
//!   wire     one write a frame, none for a frame that changed nothing
//!   pen      cells in the fewest bytes
//!   mend     no half of a wide glyph
//!   plain    no sign beyond ASCII, where that is asked for
//!   tty      the device: raw mode, size, giving back
//! pace     input first, then at most so many frames a second
//! ```

mod mend;
mod pen;
mod plain;
mod tty;
mod wire;

pub mod listen;
pub mod pace;
pub mod painter;
pub mod screen;

use ratatui::layout::Size;
use std::ffi::OsString;

/// Whether a network lies between the program and the terminal, by the
/// variables sshd sets.
pub fn over_ssh(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    ["SSH_CONNECTION", "SSH_TTY"].iter().any(|name| variable(name).is_some_and(|value| !value.is_empty()))
}

/// The size of the terminal on standard output, in cells.
pub fn size() -> Size {
    tty::size_of(std::io::stdout())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_of_sshd_is_told_by_its_variables() {
        assert!(over_ssh(|name| (name == "SSH_TTY").then(|| "/dev/pts/3".into())));
        assert!(!over_ssh(|name| (name == "SSH_TTY").then(OsString::new)));
        assert!(!over_ssh(|_| None));
    }
}
