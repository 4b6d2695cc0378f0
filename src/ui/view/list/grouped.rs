//! Groups listed in place of customers, drawn: how many have what in common.

use crate::book::grouping::Group;
use crate::query::field::Column;
use crate::text::figures::{column_percent, grouped, short_money};
use crate::text::words;
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::layout::Position;
use ratatui::style::Style;

/// Cells that the name of a group takes, and the bar beside it.
const NAME: u16 = 24;
const BAR: u16 = 24;

/// Draws the groups that are seen, of so many customers; gives where the one selected stands.
pub(super) fn draw(
    brush: &mut Brush<'_>,
    groups: &[Group],
    rows: &Rows,
    customers: usize,
    context: &Context<'_>,
) -> Option<Position> {
    let largest = groups.iter().map(|group| group.count).max().unwrap_or(0);
    let mut cursor = None;
    for (y, place) in (0..).zip(rows.seen(groups.len())) {
        let Some(group) = groups.get(place) else { continue };
        draw_group(brush, y, group, (largest, customers), context);
        if place == rows.selected {
            brush.select_line(y, context.theme.selected);
            cursor = Some(Position { x: brush.area().x, y: brush.area().y + y });
        }
    }
    cursor
}

fn draw_group(
    brush: &mut Brush<'_>,
    y: u16,
    group: &Group,
    (largest, customers): (usize, usize),
    context: &Context<'_>,
) {
    let unknown = context.say(words("(not known)", "（未填）"));
    let (name, style) = match group.name.as_str() {
        "" => (unknown, context.theme.dim),
        name => (name, context.theme.strong),
    };
    brush.text(2, y, &fit::fit(name, usize::from(NAME)), NAME, style);
    let x = 2 + NAME + 10;
    brush.text_left_of(x, y, &grouped(group.count as u64), 9, Style::new());
    let share = crate::domain::measure::Rate::of(group.count as u64, customers as u64);
    brush.text_left_of(x + 9, y, &share.map(column_percent).unwrap_or_default(), 8, context.theme.dim);
    brush.text_left_of(x + 21, y, &short_money(group.total, context.language), 11, Style::new());
    let room = usize::from(BAR.min(brush.area().width.saturating_sub(x + 25)));
    let filled = if largest == 0 { 0 } else { (room * group.count).div_ceil(largest) };
    let bar = if context.ascii { "#" } else { "█" }.repeat(filled);
    brush.text(x + 24, y, &bar, BAR, context.theme.accent);
}

/// The headings over groups by this column.
pub(super) fn draw_headings(brush: &mut Brush<'_>, y: u16, by: Option<Column>, context: &Context<'_>) {
    let theme = context.theme;
    let by = by.map_or("", |column| column.field().heading(context.language));
    brush.text(2, y, by, NAME, theme.accent);
    let x = 2 + NAME + 10;
    brush.text_left_of(x, y, context.say(words("customers", "客户数")), 10, theme.dim);
    brush.text_left_of(x + 9, y, context.say(words("share", "占比")), 8, theme.dim);
    brush.text_left_of(x + 21, y, context.say(words("revenue", "总金额")), 11, theme.dim);
}
