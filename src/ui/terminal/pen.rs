//! Cells put on a terminal with the fewest bytes: the cursor moved only where it is not, one sequence for a new look, and a row
//! wiped to its end where nothing stands any more.

use std::fmt::Write as _;
use std::io::{self, Write};

use ratatui::backend::IntoCrossterm;
use ratatui::buffer::{Cell, CellWidth};
use ratatui::crossterm::queue;
use ratatui::crossterm::style::{Attribute, Colored, SetAttribute};
use ratatui::crossterm::terminal::{Clear, ClearType};
use ratatui::crossterm::{cursor::MoveTo, cursor::MoveToColumn, style::Print};
use ratatui::style::{Color, Modifier};

/// A cell and where it goes.
pub(super) type Placed<'a> = (u16, u16, &'a Cell);

/// Each way of standing out, with the codes that begin and end it.
const WAYS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];
/// Fewer blanks than these are written out.
const WORTH_WIPING: usize = 4;

/// What the next character will look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Look {
    ink: Color,
    ground: Color,
    ways: Modifier,
}

/// Where the terminal's cursor is and what it writes like, while a frame is put there.
#[derive(Debug, Default)]
pub(super) struct Pen {
    look: Look,
    at: Option<(u16, u16)>,
}

impl Pen {
    /// Puts cells on a terminal of so many columns; the pen is a plain one before and after.
    pub(super) fn put(writer: &mut impl Write, columns: u16, cells: &[Placed<'_>]) -> io::Result<()> {
        let mut pen = Pen::default();
        let mut rest = cells;
        while let [(x, y, cell), behind @ ..] = rest {
            pen.go(writer, *x, *y)?;
            pen.take(writer, Look::of(cell))?;
            if is_blank(cell) && blank_to_the_end(rest, columns) >= WORTH_WIPING {
                queue!(writer, Clear(ClearType::UntilNewLine))?;
                rest = rest.get(usize::from(columns - x)..).unwrap_or_default();
                continue;
            }
            queue!(writer, Print(cell.symbol()))?;
            pen.at = Some((x + columns_of(cell), *y));
            rest = behind;
        }
        if pen.look != Look::default() {
            queue!(writer, SetAttribute(Attribute::Reset))?;
        }
        Ok(())
    }

    /// Moves the cursor, if it is not there already.
    fn go(&mut self, writer: &mut impl Write, x: u16, y: u16) -> io::Result<()> {
        match self.at {
            Some(at) if at == (x, y) => Ok(()),
            Some((_, row)) if row == y => queue!(writer, MoveToColumn(x)),
            _ => queue!(writer, MoveTo(x, y)),
        }?;
        self.at = Some((x, y));
        Ok(())
    }

    /// Takes on a look, in one sequence: what changes, or all of it anew where that is shorter.
    fn take(&mut self, writer: &mut impl Write, look: Look) -> io::Result<()> {
        if self.look == look {
            return Ok(());
        }
        let (changed, anew) = (look.after(self.look), look.after_nothing());
        write!(writer, "\x1b[{}m", if anew.len() < changed.len() { anew } else { changed })?;
        self.look = look;
        Ok(())
    }
}

impl Look {
    fn of(cell: &Cell) -> Look {
        Look { ink: cell.fg, ground: cell.bg, ways: cell.modifier }
    }

    /// The codes that lead here from another look.
    fn after(self, before: Look) -> String {
        let mut codes = Codes::default();
        let ended = WAYS.iter().filter(|(way, ..)| (before.ways - self.ways).contains(*way));
        let ends: Vec<u8> = ended.map(|(.., end)| *end).collect();
        for (at, end) in ends.iter().enumerate() {
            if !ends.iter().take(at).any(|earlier| earlier == end) {
                codes.push(end);
            }
        }
        for (way, begin, end) in WAYS {
            let lasts = before.ways.contains(way) && !ends.contains(&end);
            if self.ways.contains(way) && !lasts {
                codes.push(begin);
            }
        }
        if self.ink != before.ink {
            codes.push(Colored::ForegroundColor(self.ink.into_crossterm()));
        }
        if self.ground != before.ground {
            codes.push(Colored::BackgroundColor(self.ground.into_crossterm()));
        }
        codes.0
    }

    /// The codes that lead here from any look.
    fn after_nothing(self) -> String {
        if self == Look::default() {
            return String::new();
        }
        format!("0;{}", self.after(Look::default()))
    }
}

/// Codes of one sequence, with a semicolon between them.
#[derive(Default)]
struct Codes(String);

impl Codes {
    fn push(&mut self, code: impl std::fmt::Display) {
        if !self.0.is_empty() {
            self.0.push(';');
        }
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{code}");
    }
}

/// Nothing is seen here but the terminal's own ground.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && Look::of(cell) == Look::default()
}

/// How many blanks stand from the first cell on, if they reach the end of the row; otherwise none.
fn blank_to_the_end(cells: &[Placed<'_>], columns: u16) -> usize {
    let Some((first, row, _)) = cells.first() else { return 0 };
    let needed = columns.saturating_sub(*first);
    let in_place = |(x, cell): &(u16, &Placed<'_>)| (cell.0, cell.1) == (*x, *row) && is_blank(cell.2);
    let count = (*first..columns).zip(cells).take_while(in_place).count();
    if count == usize::from(needed) { count } else { 0 }
}

/// How far the cursor moves on over a cell.
fn columns_of(cell: &Cell) -> u16 {
    match cell.symbol() {
        "" => 0,
        _ if surely_wide(cell) => 2,
        _ => 1,
    }
}

/// Whether every terminal agrees that this glyph takes two columns: one Han,
/// kana, Hangul or full-width character. After any other the cursor is placed.
fn surely_wide(cell: &Cell) -> bool {
    let mut glyphs = cell.symbol().chars();
    let (Some(glyph), None) = (glyphs.next(), glyphs.next()) else { return false };
    let east_asian = matches!(u32::from(glyph),
        0x2E80..=0x303E | 0x3041..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x20000..=0x3FFFD);
    east_asian && cell.symbol().cell_width() == 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    /// What is sent for these pieces of a row of ten columns.
    fn sent(pieces: &[(u16, &str, Style)]) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 1));
        let mut cells = Vec::new();
        for (x, text, style) in pieces {
            let (end, _) = buffer.set_stringn(*x, 0, text, 10, *style);
            cells.extend(*x..end);
        }
        let shown = |x: &u16| Some((*x, 0, buffer.cell((*x, 0)).filter(|cell| !cell.symbol().is_empty())?));
        let cells: Vec<Placed<'_>> = cells.iter().filter_map(shown).collect();
        let mut bytes = Vec::new();
        Pen::put(&mut bytes, 10, &cells).unwrap();
        String::from_utf8(bytes).unwrap().replace('\x1b', "^")
    }

    const PLAIN: Style = Style::new();

    #[test]
    fn a_plain_text_is_a_move_and_the_text() {
        assert_eq!(sent(&[(2, "ab", PLAIN)]), "^[1;3Hab");
    }

    #[test]
    fn a_gap_in_a_row_is_skipped_by_its_column() {
        assert_eq!(sent(&[(0, "a", PLAIN), (4, "b", PLAIN)]), "^[1;1Ha^[5Gb");
    }

    #[test]
    fn a_new_look_is_one_sequence() {
        let loud = PLAIN.fg(Color::Cyan).add_modifier(Modifier::BOLD);
        assert_eq!(sent(&[(0, "a", loud), (1, "b", PLAIN)]), "^[1;1H^[1;38;5;6ma^[mb");
    }

    #[test]
    fn bold_taken_from_dim_leaves_it_dim() {
        let both = PLAIN.add_modifier(Modifier::BOLD | Modifier::DIM);
        let look = |style| {
            let mut cell = Cell::default();
            cell.set_style(style);
            Look::of(&cell)
        };
        assert_eq!(look(PLAIN.add_modifier(Modifier::DIM)).after(look(both)), "22;2");
    }

    #[test]
    fn a_coloured_text_is_followed_by_a_plain_pen() {
        assert!(sent(&[(0, "a", PLAIN.bg(Color::Blue))]).ends_with("a^[0m"));
    }

    #[test]
    fn blanks_to_the_end_of_the_row_are_wiped() {
        assert_eq!(sent(&[(3, "a      ", PLAIN)]), "^[1;4Ha^[K");
    }

    #[test]
    fn blanks_with_something_behind_them_are_written() {
        assert_eq!(sent(&[(0, "a     ", PLAIN)]), "^[1;1Ha     ");
    }

    #[test]
    fn coloured_blanks_are_written() {
        assert_eq!(sent(&[(4, "      ", PLAIN.bg(Color::Blue))]), "^[1;5H^[48;5;4m      ^[0m");
    }
}
