//! The imports of the past: a line each, and the report of one.

use crate::desk::chronicle::Past;
use crate::domain::record::Kind;
use crate::text::choices::Said;
use crate::text::figures::{grouped, short_day};
use crate::text::{Language, words};
use crate::ui::context::Context;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::layout::Position;
use ratatui::style::Style;

/// Draws the imports; gives where the selected one stands.
pub fn draw(
    brush: &mut Brush<'_>,
    imports: &[Past],
    rows: &mut Rows,
    selected: Style,
    context: &Context<'_>,
) -> Option<Position> {
    let area = brush.area();
    rows.fit(usize::from(area.height), imports.len());
    let mut cursor = None;
    for (y, at) in (0..).zip(rows.seen(imports.len())) {
        let Some(past) = imports.get(at) else { continue };
        draw_line(brush, y, past, context);
        if at == rows.selected {
            brush.select_line(y, selected);
            cursor = Some(Position { x: area.x, y: area.y + y });
        }
    }
    cursor
}

fn draw_line(brush: &mut Brush<'_>, y: u16, past: &Past, context: &Context<'_>) {
    let theme = context.theme;
    let width = brush.area().width;
    let (state, style) = state_of(past, context);
    brush.text(2, y, &when(past, context), 12, theme.dim);
    let files = width.saturating_sub(58).clamp(14, 40);
    brush.text(15, y, &past.files, files, theme.strong);
    brush.text(17 + files, y, &past.by, 9, theme.dim);
    let x = 27 + files;
    brush.text(x, y, &brought(past, context.language), width.saturating_sub(x + 12), Style::new());
    brush.text_left_of(width.saturating_sub(1), y, state, 10, style);
}

fn when(past: &Past, context: &Context<'_>) -> String {
    let local = past.at.local();
    format!("{} {}", short_day(past.at.day(), context.today()), local.format("%H:%M"))
}

/// What an import brought, in one line: the kinds with most first.
fn brought(past: &Past, language: Language) -> String {
    let mut kinds: Vec<_> = past.tally.iter().filter(|(kind, _)| **kind != Kind::Mapping).collect();
    kinds.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.made + tally.changed));
    let part = |(kind, tally): (&Kind, &crate::desk::chronicle::Tally)| {
        let kind = kind.words().say(language);
        match (tally.made, tally.changed, language) {
            (made, 0, Language::En) => format!("{} new {kind}", grouped(made)),
            (made, 0, Language::Zh) => format!("{kind} 新增{}", grouped(made)),
            (0, changed, Language::En) => format!("{} changed {kind}", grouped(changed)),
            (0, changed, Language::Zh) => format!("{kind} 更新{}", grouped(changed)),
            (made, changed, Language::En) => format!("{} new, {} changed {kind}", grouped(made), grouped(changed)),
            (made, changed, Language::Zh) => format!("{kind} 新增{} 更新{}", grouped(made), grouped(changed)),
        }
    };
    kinds.into_iter().map(part).collect::<Vec<_>>().join("  ")
}

fn state_of(past: &Past, context: &Context<'_>) -> (&'static str, Style) {
    let theme = context.theme;
    match (past.whole, past.stands()) {
        (true, true) => (context.say(words("in force", "有效")), theme.good),
        (true, false) => (context.say(words("taken back", "已撤销")), theme.dim),
        (false, _) => (context.say(words("stopped", "未完成")), theme.dim),
    }
}

/// Draws all that is known of an import.
pub fn draw_report(brush: &mut Brush<'_>, past: &Past, context: &Context<'_>) {
    let theme = context.theme;
    let (state, style) = state_of(past, context);
    brush.pieces(
        1,
        0,
        &[(context.say(words("Import", "导入")), theme.bar), ("  ", theme.dim), (&past.files, theme.strong)],
    );
    let x = brush.pieces(
        2,
        1,
        &[(&when(past, context), theme.dim), ("  ", theme.dim), (&past.by, theme.dim), ("  ", theme.dim)],
    );
    brush.text(x, 1, state, u16::MAX, style);
    if let Some((by, at)) = past.taken_back.as_ref() {
        let at = format!("{} {}", short_day(at.day(), context.today()), at.local().format("%H:%M"));
        let said = match context.language {
            Language::En => format!("taken back {at} by {by}"),
            Language::Zh => format!("{by} 于 {at} 撤销"),
        };
        brush.text(2, 2, &said, u16::MAX, theme.dim);
    }
    for (head, end) in [(words("new", "新增"), 30), (words("changed", "更新"), 44)] {
        brush.text_left_of(end, 4, context.say(head), 13, theme.dim);
    }
    for (y, (kind, tally)) in (5..).zip(&past.tally) {
        brush.text(2, y, context.say(kind.words()), 16, Style::new());
        for (count, end) in [(tally.made, 30), (tally.changed, 44)] {
            let style = if count == 0 { theme.dim } else { theme.strong };
            brush.text_left_of(end, y, &grouped(count), 13, style);
        }
    }
    let y = 6 + past.tally.len() as u16;
    let hint = match past.stands() {
        true => words(
            "x takes the whole import back as one step; it refuses while something was changed again since.",
            "按 x 整批撤销；如果导入后又有修改，会说明先撤销哪一步。",
        ),
        false => words("It is no longer in the book.", "这批内容已不在客户簿里。"),
    };
    brush.text(2, y, context.say(hint), u16::MAX, theme.dim);
}
