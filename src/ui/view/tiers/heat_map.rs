//! Recency against frequency: how many customers have which scores, shaded by how many.

use crate::book::tiers::outlook::Outlook;
use crate::text::figures::grouped;
use crate::text::words;
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::widget::paint::Brush;
use ratatui::style::Style;

/// Width of the screen from which a cell is wide.
const WIDE_FROM: u16 = 96;
/// Columns of a count.
const COUNT: usize = 5;

/// Moves the cell that has the keys: recency and frequency.
pub fn steer(cell: &mut Option<(u8, u8)>, action: Action) -> bool {
    match (action, *cell) {
        (Action::Right, None) => *cell = Some((5, 1)),
        (Action::Right, Some((r, f))) if f < 5 => *cell = Some((r, f + 1)),
        (Action::Left, Some((r, f))) if f > 1 => *cell = Some((r, f - 1)),
        (Action::Left, Some(_)) => *cell = None,
        (Action::SelectNext, Some((r, f))) => *cell = Some((r.saturating_sub(1).max(1), f)),
        (Action::SelectPrevious, Some((r, f))) => *cell = Some(((r + 1).min(5), f)),
        (Action::Right, Some(_)) => {}
        _ => return false,
    }
    true
}

/// Columns of a cell's shade on a screen so wide.
const fn shade_columns(screen: u16) -> u16 {
    if screen < WIDE_FROM { 1 } else { 2 }
}

const fn cell_columns(screen: u16) -> u16 {
    shade_columns(screen) + COUNT as u16 + 1
}

/// Columns of the map with its headings on a screen so wide.
pub const fn columns(screen: u16) -> u16 {
    3 + 5 * cell_columns(screen)
}

/// Draws the map: scores of recency down, of frequency across.
pub fn draw(brush: &mut Brush<'_>, x: u16, y: u16, outlook: &Outlook, cell: Option<(u8, u8)>, context: &Context<'_>) {
    let theme = context.theme;
    let screen = brush.area().width;
    let (each, shades) = (cell_columns(screen), shade_columns(screen));
    let title = words("R down, F across: customers", "R 纵、F 横：客户数");
    brush.text(x, y, context.say(title), columns(screen), theme.dim);
    let most = outlook.map.iter().flatten().copied().max().unwrap_or(0).max(1);
    for f in 1..=5_u8 {
        let start = x + 3 + u16::from(f - 1) * each;
        brush.text(start + shades, y + 1, &format!("{:>COUNT$}", format!("F{f}")), each, theme.dim);
        for (line, r) in (2..).zip((1..=5_u8).rev()) {
            brush.text(x, y + line, &format!("R{r}"), 3, theme.dim);
            let row = outlook.map.get(usize::from(r) - 1);
            let count = row.and_then(|row| row.get(usize::from(f) - 1)).copied().unwrap_or(0);
            let (shaded, counted) = match (cell == Some((r, f)), count) {
                (true, _) => (theme.selected, theme.selected),
                (false, 0) => (theme.dim, theme.dim),
                _ => (theme.accent, Style::new()),
            };
            let sign = shade(count, most, context.ascii).repeat(usize::from(shades));
            brush.text(start, y + line, &sign, shades, shaded);
            brush.text(start + shades, y + line, &format!("{:>COUNT$}", counted_short(count)), each, counted);
        }
    }
}

/// A count in as many columns as there are: without marks between thousands where they take too many.
fn counted_short(count: u32) -> String {
    let marked = grouped(u64::from(count));
    if marked.len() > COUNT { count.to_string() } else { marked }
}

/// A sign for how many: from nothing to full.
fn shade(count: u32, most: u32, ascii: bool) -> &'static str {
    let signs = if ascii { [" ", ".", ":", "+", "#"] } else { [" ", "░", "▒", "▓", "█"] };
    let place = (u64::from(count) * 4).div_ceil(u64::from(most)) as usize;
    signs.get(place.min(4)).copied().unwrap_or(" ")
}
