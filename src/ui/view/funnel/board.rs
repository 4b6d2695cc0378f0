//! A board of figures: sections of rows, each number of which opens what is behind it.

use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::view::funnel::behind::Behind;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

/// Columns of the first cell of a row at most, and at least.
const NAME: (u16, u16) = (26, 8);
/// A bar shorter than this says nothing; numbers give way before it does, unless the window is narrow.
const SHORTEST_BAR: u16 = 6;
const WANTED_BAR: u16 = 16;
/// Width from which a bar is as long as it is wanted.
const ROOMY: u16 = 70;
/// Columns between two cells.
const GAP: u16 = 2;

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// As any.
    #[default]
    Plain,
    /// Standing back.
    Dim,
    /// Seen first.
    Strong,
    /// What waits or went wrong.
    Alarm,
    /// What went well.
    Good,
}

/// One cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What stands in it.
    pub text: String,
    /// How it looks.
    pub look: Look,
    /// What is behind it.
    pub behind: Option<Behind>,
}

impl Cell {
    /// Text with nothing behind it.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }

    /// A number and what is behind it.
    pub fn opens(text: impl Into<String>, behind: Behind) -> Cell {
        Cell { text: text.into(), behind: Some(behind), ..Cell::default() }
    }

    /// The same in another look.
    pub fn look(self, look: Look) -> Cell {
        Cell { look, ..self }
    }
}

/// A bar: parts of the longest, one after the other.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bar {
    /// What went on, what is open, what was lost.
    pub parts: [i64; 3],
    /// The whole of the longest bar.
    pub of: i64,
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its name.
    pub name: Cell,
    /// Its bar, where the section has bars.
    pub bar: Bar,
    /// Its numbers, under the headings.
    pub cells: Vec<Cell>,
}

/// Rows under common headings.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// What it is, over the names.
    pub title: String,
    /// The headings of the numbers; the last give way first where room is short.
    pub heads: Vec<String>,
    /// The longest bar, so that the eye can follow the row; 0 for a section without bars.
    pub bars: u16,
    /// What the parts of a bar mean, over the bars.
    pub legend: [String; 3],
    /// The rows.
    pub rows: Vec<Row>,
    /// Said below them.
    pub notes: Vec<String>,
}

/// Where the cells of a section stand.
struct Places {
    name: u16,
    bar: u16,
    /// Where each number ends; those without room are left out.
    ends: Vec<u16>,
}

/// All sections of a page, and where one is in them.
#[derive(Default)]
pub struct Board {
    sections: Vec<Section>,
    rows: Rows,
    column: usize,
}

/// A line of the page.
enum Line {
    Heads(usize),
    Row(usize, usize),
    Note(usize, usize),
    Gap,
}

impl Board {
    /// Puts other figures on the board; one stays where one is.
    pub fn show(&mut self, sections: Vec<Section>) {
        self.sections = sections;
        self.rows.select(self.rows.selected, self.count());
    }

    /// Goes back to the first row, to one of its numbers.
    pub fn rewind(&mut self, column: usize) {
        self.rows = Rows { leaps: self.rows.leaps, ..Rows::default() };
        self.column = column;
    }

    /// Rows on a slow line move by half a page.
    pub const fn leap(&mut self, leaps: bool) {
        self.rows.leaps = leaps;
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.sections.iter().map(|section| section.rows.len()).sum()
    }

    /// Which row is selected, and of how many.
    pub fn place(&self) -> (usize, usize) {
        (self.rows.selected, self.count())
    }

    /// Moves the selection by rows.
    pub fn go(&mut self, by: isize) {
        let count = self.count();
        self.rows.move_by(by, count);
    }

    /// Selects the first or last row.
    pub fn go_to(&mut self, last: bool) {
        let count = self.count();
        self.rows.select(if last { count } else { 0 }, count);
    }

    /// Rows of a page.
    pub fn page(&self) -> isize {
        self.rows.page()
    }

    /// Moves to the next number of the row that opens something, or to the one before.
    pub fn aside(&mut self, right: bool) {
        let Some(row) = self.row() else { return };
        let opening: Vec<usize> =
            row.cells.iter().enumerate().filter(|(_, cell)| cell.behind.is_some()).map(|(at, _)| at).collect();
        let here = opening.iter().position(|at| *at >= self.column).unwrap_or(opening.len().saturating_sub(1));
        let at = if right { (here + 1).min(opening.len().saturating_sub(1)) } else { here.saturating_sub(1) };
        self.column = opening.get(at).copied().unwrap_or(0);
    }

    fn row(&self) -> Option<&Row> {
        self.sections.iter().flat_map(|section| &section.rows).nth(self.rows.selected)
    }

    /// The number selected: the one in the column, else the next that opens something, else what the row itself opens.
    fn chosen(row: &Row, column: usize) -> Option<usize> {
        let opens = |at: &usize| row.cells.get(*at).is_some_and(|cell| cell.behind.is_some());
        (column..row.cells.len()).find(opens).or_else(|| (0..column.min(row.cells.len())).rev().find(opens))
    }

    /// What is behind the number selected.
    pub fn behind(&self) -> Option<Behind> {
        let row = self.row()?;
        let cell = Board::chosen(row, self.column).and_then(|at| row.cells.get(at));
        cell.and_then(|cell| cell.behind.clone()).or_else(|| row.name.behind.clone())
    }

    fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for (at, section) in self.sections.iter().enumerate() {
            if at > 0 {
                lines.push(Line::Gap);
            }
            lines.push(Line::Heads(at));
            lines.extend((0..section.rows.len()).map(|row| Line::Row(at, row)));
            lines.extend((0..section.notes.len()).map(|note| Line::Note(at, note)));
        }
        lines
    }

    /// Draws it; gives where the selected row stands.
    pub fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let lines = self.lines();
        let height = usize::from(area.height);
        let selected = self.line_of_selected(&lines);
        self.rows.height = height;
        // The page moves by lines; what stands over the first row is seen with it.
        let first_row = lines.iter().position(|line| matches!(line, Line::Row(..)));
        let top = if Some(selected) == first_row { 0 } else { self.top(selected, lines.len(), height) };
        self.rows.top = top;
        let mut brush = Brush::new(buffer, area);
        let mut cursor = None;
        let places: Vec<Places> = self.sections.iter().map(|section| section.places(area.width)).collect();
        for (y, (at, line)) in (0..).zip(lines.iter().enumerate().skip(top).take(height)) {
            match line {
                Line::Gap => {}
                Line::Heads(section) => {
                    if let (Some(section), Some(places)) = (self.sections.get(*section), places.get(*section)) {
                        section.draw_heads(&mut brush, y, places, context);
                    }
                }
                Line::Note(section, note) => {
                    let note = self.sections.get(*section).and_then(|section| section.notes.get(*note));
                    brush.text(1, y, note.map_or("", String::as_str), u16::MAX, context.theme.dim);
                }
                Line::Row(section, row) => {
                    let found = self.sections.get(*section).and_then(|section| section.rows.get(*row));
                    let (Some(row), Some(places)) = (found, places.get(*section)) else { continue };
                    let here = (at == selected).then_some(self.column);
                    row.draw(&mut brush, y, places, here, context);
                    if here.is_some() {
                        cursor = Some(Position { x: area.x, y: area.y + y });
                    }
                }
            }
        }
        cursor
    }

    fn top(&self, selected: usize, count: usize, height: usize) -> usize {
        let top = self.rows.top.min(count.saturating_sub(height));
        if selected < top {
            selected.saturating_sub(1)
        } else if selected >= top + height {
            selected + 1 - height
        } else {
            top
        }
    }

    fn line_of_selected(&self, lines: &[Line]) -> usize {
        let rows = lines.iter().enumerate().filter(|(_, line)| matches!(line, Line::Row(..)));
        rows.map(|(at, _)| at).nth(self.rows.selected).unwrap_or(0)
    }
}

impl Section {
    /// Where things stand in a width: numbers as wide as they are, the name as wide as it may be, the bar the rest.
    fn places(&self, width: u16) -> Places {
        let columns = |text: &str| fit::width(text) as u16;
        let names = self.rows.iter().map(|row| columns(&row.name.text)).chain([columns(&self.title)]);
        let name = names.max().unwrap_or(0).clamp(NAME.1, NAME.0);
        let widths: Vec<u16> = (0..self.heads.len())
            .map(|at| {
                let cells = self.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| columns(&cell.text));
                cells.chain(self.heads.get(at).map(|head| columns(head))).max().unwrap_or(0) + GAP
            })
            .collect();
        let has_bars = self.bars > 0;
        let wanted = if width >= ROOMY { WANTED_BAR.min(self.bars) } else { SHORTEST_BAR };
        let least = 1 + name + if has_bars { GAP + wanted } else { 0 };
        let mut shown = widths.len();
        while shown > 0 && least + widths.iter().take(shown).sum::<u16>() > width.saturating_sub(1) {
            shown -= 1;
        }
        let numbers: u16 = widths.iter().take(shown).sum();
        let left = width.saturating_sub(1 + name + numbers + 1);
        let bar = left.saturating_sub(GAP).min(self.bars);
        let mut end = 1 + name + if has_bars { GAP + bar } else { 0 };
        let ends = widths.iter().take(shown).map(|width| {
            end += width;
            end
        });
        Places { name, bar, ends: ends.collect() }
    }

    fn draw_heads(&self, brush: &mut Brush<'_>, y: u16, places: &Places, context: &Context<'_>) {
        let theme = context.theme;
        brush.text(1, y, &self.title, places.name, theme.strong);
        let needed: usize = self.legend.iter().map(|said| fit::width(said) + 3).sum();
        if needed <= usize::from(places.bar) + 1 {
            let mut x = 1 + places.name + GAP;
            for (said, (sign, style)) in self.legend.iter().zip(signs(context)).filter(|(said, _)| !said.is_empty()) {
                x = brush.pieces(x, y, &[(sign, style), (" ", theme.dim), (said, theme.dim)]) + 1;
            }
        }
        for (head, end) in self.heads.iter().zip(&places.ends) {
            brush.text_left_of(*end, y, head, u16::MAX, theme.dim);
        }
    }
}

impl Row {
    fn draw(&self, brush: &mut Brush<'_>, y: u16, places: &Places, here: Option<usize>, context: &Context<'_>) {
        let theme = context.theme;
        let style = |cell: &Cell| match cell.look {
            Look::Plain => Style::new(),
            Look::Dim => theme.dim,
            Look::Strong => theme.strong,
            Look::Alarm => theme.alarm,
            Look::Good => theme.good,
        };
        brush.text(1, y, &self.name.text, places.name, style(&self.name));
        if places.bar >= SHORTEST_BAR {
            self.bar.draw(brush, 1 + places.name + GAP, y, places.bar, context);
        }
        for (cell, end) in self.cells.iter().zip(&places.ends) {
            brush.text_left_of(*end, y, &cell.text, u16::MAX, style(cell));
        }
        let Some(column) = here else { return };
        // The bar keeps its own look: turned round it would say something else.
        let style = Style::reset().patch(theme.selected);
        let area = brush.area();
        let bar_end = if places.bar > 0 { 1 + places.name + GAP + places.bar } else { 0 };
        let name_end = if places.bar > 0 { 1 + places.name } else { area.width };
        for (from, to) in [(0, name_end), (bar_end + 1, area.width)] {
            let width = to.saturating_sub(from);
            let part = Rect { x: area.x + from, y: area.y + y, width, height: 1 };
            brush.buffer.set_style(part.intersection(area), style);
        }
        let chosen = Board::chosen(self, column).filter(|at| *at < places.ends.len());
        if let Some((cell, end)) = chosen.and_then(|at| Some((self.cells.get(at)?, places.ends.get(at)?))) {
            // The number that Enter opens stands out of the selected row, in mono as well.
            let marked = theme.selected.add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
            brush.text_left_of(*end, y, &cell.text, u16::MAX, Style::reset().patch(marked));
        }
    }
}

/// The signs of a bar's parts, told apart in mono as well.
fn signs(context: &Context<'_>) -> [(&'static str, Style); 3] {
    let theme = context.theme;
    let signs = if context.ascii { ["#", "=", "."] } else { ["█", "▒", "░"] };
    let [on, open, lost] = signs;
    [(on, theme.accent), (open, theme.accent), (lost, theme.dim)]
}

impl Bar {
    fn draw(&self, brush: &mut Brush<'_>, x: u16, y: u16, width: u16, context: &Context<'_>) {
        let mut at = x;
        let (mut sum, mut drawn) = (0_i128, 0_i128);
        for (part, (sign, style)) in self.parts.iter().zip(signs(context)) {
            sum += i128::from((*part).max(0));
            // Cells up to the sum so far, so that the parts add up to the whole; what is there at all is seen.
            let end = (sum * i128::from(width) * 2 / i128::from(self.of.max(1)) + 1) / 2;
            let end = if *part > 0 { end.max(drawn + 1) } else { end };
            let cells = usize::try_from((end - drawn).max(0)).unwrap_or(0).min(usize::from(width));
            let left = (x + width).saturating_sub(at);
            at = brush.text(at, y, &sign.repeat(cells), left, style);
            drawn = end.max(drawn);
        }
    }
}
