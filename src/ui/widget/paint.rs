//! Text put on the screen by display columns, cleaned of what could harm the terminal.

use crate::ui::fit;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Writes lines into an area, each cut to its width with `…`.
pub struct Brush<'a> {
    /// What is drawn on.
    pub buffer: &'a mut Buffer,
    area: Rect,
}

impl<'a> Brush<'a> {
    /// A brush for `area` and nothing outside it.
    pub fn new(buffer: &'a mut Buffer, area: Rect) -> Brush<'a> {
        let area = area.intersection(buffer.area);
        Brush { buffer, area }
    }

    /// The area it writes in.
    pub const fn area(&self) -> Rect {
        self.area
    }

    /// Writes `text` at a place of the area, in at most `columns`; gives the column after it.
    pub fn text(&mut self, x: u16, y: u16, text: &str, columns: u16, style: Style) -> u16 {
        let room = self.area.width.saturating_sub(x).min(columns);
        if y >= self.area.height || room == 0 {
            return x;
        }
        let fitted = fit::fit(text, usize::from(room));
        let (end, _) = self.buffer.set_stringn(self.area.x + x, self.area.y + y, &fitted, usize::from(room), style);
        end - self.area.x
    }

    /// Writes `text` so that it ends before column `end`; gives the column it begins at.
    pub fn text_left_of(&mut self, end: u16, y: u16, text: &str, columns: u16, style: Style) -> u16 {
        let fitted = fit::fit(text, usize::from(columns.min(end)));
        let start = end.saturating_sub(fit::width(&fitted) as u16);
        self.text(start, y, &fitted, columns, style);
        start
    }

    /// Writes pieces one after the other; gives the column after the last.
    pub fn pieces(&mut self, x: u16, y: u16, pieces: &[(&str, Style)]) -> u16 {
        pieces.iter().fold(x, |x, (text, style)| self.text(x, y, text, u16::MAX, *style))
    }

    /// Lays a style over a whole line of the area.
    pub fn line_style(&mut self, y: u16, style: Style) {
        if y < self.area.height {
            self.buffer.set_style(Rect { y: self.area.y + y, height: 1, ..self.area }, style);
        }
    }

    /// Shows a line as selected: one style over it all, whatever colours stood there.
    pub fn select_line(&mut self, y: u16, style: Style) {
        self.line_style(y, Style::reset().patch(style));
    }

    /// A rule across a line, which ends what lies over a view.
    pub fn rule(&mut self, y: u16, ascii: bool, style: Style) {
        let line = if ascii { "-" } else { "─" }.repeat(usize::from(self.area.width));
        self.text(0, y, &line, u16::MAX, style);
    }

    /// Blanks the area.
    pub fn blank(&mut self) {
        let line = " ".repeat(usize::from(self.area.width));
        for y in 0..self.area.height {
            self.buffer.set_stringn(self.area.x, self.area.y + y, &line, usize::from(self.area.width), Style::reset());
        }
    }
}

/// Puts plain signs in the place of those that join, cut and leave open.
pub fn put_in_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        match cell.symbol() {
            "·" | "–" => cell.set_char('-'),
            "…" => cell.set_char('~'),
            _ => continue,
        };
    }
}
