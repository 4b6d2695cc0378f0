//! A frame written down: its text, below it the styles line by line, then where the cursor stands.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// What a screen shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its lines, without the spaces at their ends.
    pub lines: Vec<String>,
    /// Of the lines with styles, which columns look how.
    pub looks: Vec<String>,
    /// The cursor, where it is shown.
    pub cursor: Option<Position>,
}

impl Picture {
    /// A frame, with the cursor where it is shown.
    pub fn of(buffer: &Buffer, cursor: Option<Position>) -> Picture {
        let lines = (0..buffer.area.height).map(|y| line(buffer, y)).collect();
        let looks = (0..buffer.area.height).filter_map(|y| looks(buffer, y)).collect();
        Picture { lines, looks, cursor }
    }

    /// The text alone.
    pub fn text(&self) -> String {
        self.lines.join("\n")
    }

    /// The lines that are shown in reverse: the selected rows.
    pub fn selected(&self) -> Vec<&str> {
        let reversed = self.looks.iter().filter(|look| look.contains("REVERSED"));
        let places = reversed.filter_map(|look| look.split(':').next()?.trim().parse::<usize>().ok());
        places.filter_map(|place| self.lines.get(place)).map(String::as_str).collect()
    }

    /// All of it.
    pub fn whole(&self) -> String {
        let mut whole = self.text();
        let _ = write!(whole, "\n--\n{}", self.looks.join("\n"));
        if let Some(cursor) = self.cursor {
            let _ = write!(whole, "\ncursor {},{}", cursor.x, cursor.y);
        }
        whole
    }
}

/// The glyphs of a line; a wide one takes the cell behind it along.
fn glyphs(buffer: &Buffer, y: u16) -> impl Iterator<Item = (u16, &Cell)> {
    let mut next = 0;
    (0..buffer.area.width).filter_map(move |x| {
        let cell = buffer.cell((x, y))?;
        if x < next {
            return None;
        }
        next = x + cell.symbol().width().max(1) as u16;
        Some((x, cell))
    })
}

fn line(buffer: &Buffer, y: u16) -> String {
    let text: String = glyphs(buffer, y).map(|(_, cell)| cell.symbol()).collect();
    text.trim_end().to_owned()
}

fn looks(buffer: &Buffer, y: u16) -> Option<String> {
    let mut runs: Vec<(u16, u16, String)> = Vec::new();
    for (x, cell) in glyphs(buffer, y) {
        let end = x + cell.symbol().width().max(1) as u16 - 1;
        let look = look(cell);
        match runs.last_mut() {
            Some((_, last, same)) if *same == look => *last = end,
            _ => runs.push((x, end, look)),
        }
    }
    runs.retain(|(.., look)| !look.is_empty());
    let runs: Vec<String> = runs.into_iter().map(|(from, to, look)| format!("{from}-{to} {look}")).collect();
    (!runs.is_empty()).then(|| format!("{y:2}: {}", runs.join(", ")))
}

fn look(cell: &Cell) -> String {
    let colours = [(cell.fg, ""), (cell.bg, "on ")].into_iter().filter(|(colour, _)| *colour != Color::Reset);
    let mut parts: Vec<String> = colours.map(|(colour, on)| format!("{on}{colour}")).collect();
    if cell.modifier != Modifier::empty() {
        parts.push(format!("{:?}", cell.modifier).trim_start_matches("Modifier(").trim_end_matches(')').to_owned());
    }
    parts.join(" ")
}
