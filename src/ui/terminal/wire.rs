//! What goes over the line: one write a frame, and none for a frame that changed nothing.

use std::io::{self, BufWriter, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::crossterm::cursor::{Hide, MoveTo, Show};
use ratatui::crossterm::queue;
use ratatui::crossterm::style::ResetColor;
use ratatui::crossterm::terminal::{BeginSynchronizedUpdate, Clear, EndSynchronizedUpdate};
use ratatui::layout::{Position, Size};

use super::pen::{Pen, Placed};

/// Room for nearly every frame, so that it leaves in one piece.
const BUFFER: usize = 64 * 1024;

/// A backend that holds back what changes nothing: it notes where the cursor
/// is wanted and whether all is to be wiped, and only `flush` decides.
#[derive(Debug)]
pub(super) struct Wire<W: Write> {
    inner: BufWriter<W>,
    size: Size,
    /// Where the cursor is wanted; `None` hides it.
    cursor: Option<Position>,
    /// Where the next `show_cursor` shows it.
    position: Position,
    /// The cursor as the terminal has it; `None` when that is not known.
    shown: Option<Option<Position>>,
    /// All is to be wiped before the next cell.
    wipe: bool,
    /// A frame is begun and not yet ended.
    open: bool,
}

impl<W: Write> Wire<W> {
    /// A wire whose first frame wipes the terminal.
    pub(super) fn new(writer: W, size: Size) -> Self {
        Self {
            inner: BufWriter::with_capacity(BUFFER, writer),
            size,
            cursor: None,
            position: Position::ORIGIN,
            shown: None,
            wipe: true,
            open: false,
        }
    }

    /// Notes the terminal's size; the terminal itself is not asked again.
    pub(super) const fn set_size(&mut self, size: Size) {
        self.size = size;
    }

    /// Forgets what the terminal is thought to show.
    pub(super) const fn forget(&mut self) {
        self.shown = None;
        self.wipe = true;
    }

    fn begin(&mut self) -> io::Result<()> {
        if !self.open {
            self.open = true;
            queue!(self.inner, BeginSynchronizedUpdate, Hide)?;
        }
        if std::mem::take(&mut self.wipe) {
            queue!(self.inner, ResetColor, Clear(ratatui::crossterm::terminal::ClearType::All))?;
        }
        Ok(())
    }
}

impl<W: Write> Backend for Wire<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let cells: Vec<Placed<'a>> = content.collect();
        if cells.is_empty() {
            return Ok(());
        }
        self.begin()?;
        Pen::put(&mut self.inner, self.size.width, &cells)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor = None;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.cursor = Some(self.position);
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.position)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.position = position.into();
        if let Some(cursor) = &mut self.cursor {
            *cursor = self.position;
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.wipe = true;
        Ok(())
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.open && !self.wipe && self.shown == Some(self.cursor) {
            return Ok(());
        }
        self.begin()?;
        if let Some(Position { x, y }) = self.cursor {
            queue!(self.inner, MoveTo(x, y), Show)?;
        }
        queue!(self.inner, EndSynchronizedUpdate)?;
        self.shown = Some(self.cursor);
        self.open = false;
        Write::flush(&mut self.inner)
    }
}
