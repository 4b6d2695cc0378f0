//! A frame on its way to any writer: drawn, mended, compared with the last, sent.

use std::io::{self, Write};

use ratatui::layout::{Rect, Size};
use ratatui::{Frame, Terminal};

use super::mend::mend;
use super::plain::make_plain;
use super::wire::Wire;

/// Draws frames and sends what changed.
#[derive(Debug)]
pub struct Painter<W: Write> {
    terminal: Terminal<Wire<W>>,
    ascii: bool,
}

impl<W: Write> Painter<W> {
    /// A painter for a terminal of this size, whatever that shows now.
    ///
    /// # Errors
    /// None in fact; the type is the toolkit's.
    pub fn new(writer: W, size: Size) -> io::Result<Self> {
        Ok(Self { terminal: Terminal::new(Wire::new(writer, size))?, ascii: false })
    }

    /// Whether the program's own signs are to be kept to ASCII.
    #[must_use]
    pub const fn in_ascii(mut self, ascii: bool) -> Self {
        self.ascii = ascii;
        self
    }

    /// Draws one frame: hidden cursor and synchronized update around what
    /// changed, then the cursor where the frame has set it. A frame that
    /// changed nothing sends nothing.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame)) -> io::Result<()> {
        let ascii = self.ascii;
        self.terminal.draw(|frame| {
            paint(frame);
            if ascii {
                make_plain(frame.buffer_mut());
            }
            mend(frame.buffer_mut());
        })?;
        Ok(())
    }

    /// Takes the terminal's new size; the next frame is sent whole.
    ///
    /// # Errors
    /// None in fact; nothing is written yet.
    pub fn resize(&mut self, size: Size) -> io::Result<()> {
        let wire = self.terminal.backend_mut();
        wire.set_size(size);
        wire.forget();
        self.terminal.resize(Rect::from((ratatui::layout::Position::ORIGIN, size)))
    }

    /// Forgets what the terminal shows, so that the next frame is sent whole.
    ///
    /// # Errors
    /// None in fact; nothing is written yet.
    pub fn repaint(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.resize(size)
    }
}

#[cfg(test)]
#[path = "painter_tests.rs"]
mod tests;
