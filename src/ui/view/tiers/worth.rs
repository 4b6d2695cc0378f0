//! What customers are worth and cost: every figure with its formula, and who stands where in the value matrix.

use crate::book::tiers::say::{label_words, marcus_words, quadrant_words};
use crate::book::tiers::worth::Worth;
use crate::text::figures::{grouped, short_money};
use crate::text::{Words, words};
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::pending::Pending;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::style::Style;

/// Lines below the figures: a heading, four quadrants, who stands in none, S0's labels, Marcus.
const BELOW: u16 = 9;

/// Draws the page.
pub fn draw(brush: &mut Brush<'_>, worth: &Pending<(), Box<Worth>>, rows: &mut Rows, context: &Context<'_>) {
    let worth = match (worth.error(), worth.answer()) {
        (None, Some(worth)) => worth,
        (Some(error), _) => return draw_told(brush, &error.unread(context.language), context.theme.alarm),
        (None, None) => {
            let reckoning = words(
                "reckoning … the first time all costs are read; Esc leaves it",
                "正在计算……首次要读出全部费用，按 Esc 离开",
            );
            return draw_told(brush, context.say(reckoning), context.theme.dim);
        }
    };
    let below = draw_figures(brush, worth, rows, context);
    draw_matrix(brush, below + 1, worth, rows.selected.checked_sub(worth.figures.len()), context);
}

fn draw_told(brush: &mut Brush<'_>, told: &str, style: Style) {
    let room = usize::from(brush.area().width.saturating_sub(2));
    for (y, line) in (0..).zip(fit::wrap(told, room)) {
        brush.text(1, y, &line, u16::MAX, style);
    }
}

/// A figure a line with its formula beside; on a narrow screen the formula of the one selected below. Gives the line after.
fn draw_figures(brush: &mut Brush<'_>, worth: &Worth, rows: &mut Rows, context: &Context<'_>) -> u16 {
    const FORMULA: u16 = 40;
    let (area, theme, language) = (brush.area(), context.theme, context.language);
    let beside = area.width >= 90;
    let told = if beside { 0 } else { 2 };
    // The quadrants below are seen always; only the figures scroll.
    let mut figures = *rows;
    figures.fit(usize::from(area.height.saturating_sub(BELOW + told)), worth.figures.len());
    (rows.top, rows.height) = (figures.top, figures.height);
    let mut y = 0;
    for place in figures.seen(worth.figures.len()) {
        let Some(figure) = worth.figures.get(place) else { continue };
        brush.text(2, y, figure.name.say(language), 23, Style::new());
        brush.text_left_of(FORMULA - 2, y, &figure.said(language), 13, theme.strong);
        let room = area.width.saturating_sub(FORMULA + 1);
        brush.text(FORMULA, y, figure.formula.say(language), room, theme.dim);
        if place == rows.selected {
            brush.select_line(y, theme.selected);
        }
        y += 1;
    }
    if let Some(figure) = worth.figures.get(rows.selected).filter(|_| !beside) {
        for (line, text) in
            (y..).zip(fit::wrap(figure.formula.say(language), usize::from(area.width - 2)).iter().take(2))
        {
            brush.text(1, line, text, u16::MAX, theme.accent);
        }
    }
    y + told
}

/// Current value against potential: who stands where, and what to do; then the counts of the other two partings.
fn draw_matrix(brush: &mut Brush<'_>, y: u16, worth: &Worth, selected: Option<usize>, context: &Context<'_>) {
    let (theme, language) = (context.theme, context.language);
    let head = words(
        "value matrix: revenue of 12 months against {}, potential (growth, products lacking, NPS, deals) against 50",
        "价值矩阵：近 12 个月销售额以 {} 为界，潜力（增长、未购品类、推荐、商机）以 50 为界",
    );
    let cut = worth.value_cut.map_or("–".to_owned(), |cut| short_money(cut, language));
    brush.text(1, y, &head.filled(&[&cut], language), u16::MAX, theme.dim);
    for (y, (quadrant, filled)) in (y + 1..).zip(&worth.quadrants) {
        let (name, strategy) = quadrant_words(*quadrant);
        brush.text(2, y, name.say(language), 27, Style::new());
        brush.text_left_of(37, y, &grouped(u64::from(filled.customers)), 8, theme.strong);
        brush.text_left_of(47, y, &short_money(filled.revenue, language), 9, Style::new());
        brush.text(49, y, strategy.say(language), u16::MAX, theme.dim);
    }
    if let Some(line) = selected.filter(|line| *line < worth.quadrants.len()) {
        brush.select_line(y + 1 + line as u16, theme.selected);
    }
    let counted = |names: Vec<(Words, u32)>| {
        let told: Vec<String> = names
            .iter()
            .map(|(name, count)| format!("{} {}", name.say(language), grouped(u64::from(*count))))
            .collect();
        told.join(" · ")
    };
    let labels = counted(worth.labels.iter().map(|(label, count)| (label_words(*label), *count)).collect());
    let cells = counted(worth.marcus.iter().map(|(cell, count)| (marcus_words(*cell), *count)).collect());
    brush.text(2, y + 5, &standing_words(worth, context), u16::MAX, theme.dim);
    let lines = [
        (words("by segment: ", "按分群："), labels),
        (words("orders × amount (Marcus): ", "次数 × 单均金额（Marcus）："), cells),
    ];
    for (y, (name, told)) in (y + 6..).zip(lines.into_iter().filter(|(_, told)| !told.is_empty())) {
        let x = brush.text(1, y, context.say(name), u16::MAX, theme.dim);
        brush.text(x, y, &told, u16::MAX, Style::new());
    }
}

/// How many of all customers stand in the matrix, and why the others do not.
fn standing_words(worth: &Worth, context: &Context<'_>) -> String {
    let (all, standing) = (context.book().len() as u64, worth.standing.len() as u64);
    if all <= standing {
        return String::new();
    }
    let pattern = words(
        "{} of {} stand here; of {} nothing is known that tells of potential",
        "共 {} 位在此（客户 {} 位）；另 {} 位没有可评潜力的数据",
    );
    pattern.filled(&[&grouped(standing), &grouped(all), &grouped(all - standing)], context.language)
}
