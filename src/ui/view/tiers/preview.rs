//! What a recalculation would change: from which tier to which, and every customer who moves with the reason.

use crate::book::tiers::outlook::Outlook;
use crate::book::tiers::proposal::Member;
use crate::book::tiers::say::{grading_words, missing_words, period_words, segment_shown, tier_shown};
use crate::domain::id::Id;
use crate::text::figures::grouped;
use crate::text::{Language, words};
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::style::Style;
use std::collections::HashSet;

/// Draws the page.
pub fn draw(
    brush: &mut Brush<'_>,
    outlook: Option<&Outlook>,
    rows: &mut Rows,
    marks: &HashSet<Id>,
    context: &Context<'_>,
) {
    let Some(outlook) = outlook else { return };
    let (theme, language) = (context.theme, context.language);
    let proposal = &outlook.proposal;
    let way = format!(
        "{} · {} · {}",
        grading_words(&proposal.grading, language),
        period_words(&proposal.grading, language),
        proposal.as_of
    );
    let x = brush.text(1, 0, &way, u16::MAX, theme.strong) + 2;
    brush.text(x, 0, context.say(words("nothing is written yet", "尚未写入")), u16::MAX, theme.accent);
    let limited = draw_limit(brush, 1, outlook, context);
    let y = draw_matrix(brush, 1 + limited, outlook, context);
    let listed = outlook.previewed();
    if listed.is_empty() {
        let nobody = words(
            "Nobody changes tier. Applying writes the scores and segments.",
            "没有客户变动等级；应用会写入评分和分群。",
        );
        brush.text(1, y + 1, context.say(nobody), u16::MAX, Style::new());
        return;
    }
    draw_members(brush, y, outlook, &listed, rows, marks, context);
}

/// Whom it is limited to, and that the scores are not; gives the lines it takes.
fn draw_limit(brush: &mut Brush<'_>, y: u16, outlook: &Outlook, context: &Context<'_>) -> u16 {
    let Some(only) = outlook.proposal.only.as_deref() else { return 0 };
    let graded = outlook.movers.len() + outlook.staying.len();
    let (all, left) = (grouped(only.len() as u64), grouped(only.len().saturating_sub(graded) as u64));
    let (said, without) = match context.language {
        Language::En => {
            (format!("only the {all} chosen, scored within the whole book"), format!("; {left} without orders"))
        }
        Language::Zh => {
            (format!("只看选中的 {all} 位，得分仍按全部客户计算"), format!("；其中 {left} 位没有订单，不分级"))
        }
    };
    let x = brush.text(1, y, &said, u16::MAX, context.theme.strong);
    if graded < only.len() {
        brush.text(x, y, &without, u16::MAX, context.theme.dim);
    }
    1
}

/// From each tier (down) to each (across); who stays stands back. Gives the line after it.
fn draw_matrix(brush: &mut Brush<'_>, y: u16, outlook: &Outlook, context: &Context<'_>) -> u16 {
    const EACH: u16 = 9;
    let (theme, language) = (context.theme, context.language);
    let proposal = &outlook.proposal;
    let matrix = proposal.matrix();
    let name = |place: usize| match proposal.names.get(place) {
        Some(name) => tier_shown(name, language),
        None => context.say(words("none", "未分级")).to_owned(),
    };
    let used = |place: usize| {
        let row = matrix.get(place).is_some_and(|row| row.iter().any(|count| *count > 0));
        row || matrix.iter().any(|row| row.get(place).is_some_and(|count| *count > 0))
    };
    let places: Vec<usize> = (0..=proposal.names.len()).filter(|place| used(*place)).collect();
    brush.text(1, y, context.say(words("from \\ to", "原 \\ 新")), 14, theme.dim);
    for (column, to) in (1..).zip(&places) {
        brush.text_left_of(14 + column * EACH, y, &name(*to), EACH - 1, theme.dim);
    }
    let mut y = y + 1;
    for from in &places {
        let row = matrix.get(*from).map_or(&[][..], Vec::as_slice);
        if row.iter().all(|count| *count == 0) {
            continue;
        }
        brush.text(1, y, &name(*from), 13, Style::new());
        for (column, to) in (1..).zip(&places) {
            let count = row.get(*to).copied().unwrap_or(0);
            let style = match (count, from.cmp(to)) {
                (0, _) | (_, std::cmp::Ordering::Equal) => theme.dim,
                // Lower in the list of tiers is worse.
                (_, std::cmp::Ordering::Less) if *from < proposal.names.len() => theme.alarm,
                _ => theme.good,
            };
            brush.text_left_of(14 + column * EACH, y, &grouped(u64::from(count)), EACH - 1, style);
        }
        y += 1;
    }
    y + 1
}

/// Customers one a line: mark, name, tier or move, why, and what is missing.
pub fn draw_members(
    brush: &mut Brush<'_>,
    y: u16,
    outlook: &Outlook,
    places: &[usize],
    rows: &mut Rows,
    marks: &HashSet<Id>,
    context: &Context<'_>,
) {
    let area = brush.area();
    let theme = context.theme;
    let columns = Columns::of(area.width);
    let heads = [
        (2, words("name", "名称")),
        (columns.tier, words("tier", "等级")),
        (columns.why, words("why", "依据")),
        (columns.missing, words("to the next tier", "距下一级")),
    ];
    for (x, head) in heads.into_iter().filter(|(x, _)| *x > 0) {
        brush.text(x, y, context.say(head), u16::MAX, theme.dim);
    }
    rows.leaps = context.slow_line;
    let told = if area.height > y + 8 { 3 } else { 0 };
    rows.fit(usize::from(area.height.saturating_sub(y + 1 + told)), places.len());
    for (line, at) in (y + 1..).zip(rows.seen(places.len())) {
        let member = places.get(at).and_then(|place| outlook.proposal.members.get(*place));
        let Some(member) = member else { continue };
        if marks.contains(&member.customer) {
            brush.text(0, line, if context.ascii { "*" } else { "●" }, 1, theme.accent);
        }
        draw_member(brush, line, outlook, member, &columns, context);
        if at == rows.selected {
            brush.select_line(line, theme.selected);
        }
    }
    if told > 0
        && let Some(place) = places.get(rows.selected)
    {
        draw_whole(brush, area.height - told, outlook, *place, context);
    }
    if places.is_empty() {
        brush.text(2, y + 1, context.say(words("nobody", "没有客户")), u16::MAX, theme.dim);
    }
}

/// The first who move, one a line, as many as there are `lines`.
pub fn draw_movers(brush: &mut Brush<'_>, y: u16, outlook: &Outlook, lines: usize, context: &Context<'_>) {
    let columns = Columns::of(brush.area().width);
    for (y, place) in (y..).zip(outlook.movers.iter().take(lines)) {
        if let Some(member) = outlook.proposal.members.get(*place) {
            draw_member(brush, y, outlook, member, &columns, context);
        }
    }
}

/// The selected customer's reason and what is missing, uncut, below a rule.
fn draw_whole(brush: &mut Brush<'_>, y: u16, outlook: &Outlook, place: usize, context: &Context<'_>) {
    let Some(member) = outlook.proposal.members.get(place) else { return };
    let language = context.language;
    let segment = member.segment().map_or("", |segment| segment_shown(segment, language));
    let missing = outlook
        .proposal
        .missing(member)
        .map(|missing| missing_words(&missing, outlook.proposal.name(Some(missing.tier)), language));
    brush.rule(y, context.ascii, context.theme.dim);
    brush.text(1, y + 1, &outlook.proposal.reason(member, language), u16::MAX, Style::new());
    let x = brush.text(1, y + 2, segment, u16::MAX, context.theme.dim) + 2;
    brush.text(x, y + 2, &missing.unwrap_or_default(), u16::MAX, context.theme.accent);
}

/// Where the columns of customers stand; 0 for one without room.
struct Columns {
    tier: u16,
    why: u16,
    missing: u16,
}

impl Columns {
    const fn of(width: u16) -> Columns {
        match width {
            0..70 => Columns { tier: 24, why: 36, missing: 0 },
            70..130 => Columns { tier: 26, why: 38, missing: 0 },
            _ => Columns { tier: 34, why: 48, missing: 116 },
        }
    }
}

fn draw_member(
    brush: &mut Brush<'_>,
    y: u16,
    outlook: &Outlook,
    member: &Member,
    columns: &Columns,
    context: &Context<'_>,
) {
    let (theme, language) = (context.theme, context.language);
    let proposal = &outlook.proposal;
    let name = context.book().row(member.slot).map_or("", |row| row.name());
    brush.text(2, y, name, columns.tier - 3, theme.strong);
    let tier = |tier| match proposal.name(tier) {
        "" => "–".to_owned(),
        name => tier_shown(name, language),
    };
    let moved = if member.moves() {
        let (sign, style) = direction(member, context);
        brush.text(columns.tier, y, sign, 2, style);
        format!("{}→{}", tier(member.before), tier(member.after))
    } else {
        let held = if member.held { words(" (held)", "（保留）").say(language) } else { "" };
        tier(member.after) + held
    };
    brush.text(columns.tier + 2, y, &moved, columns.why - columns.tier - 3, Style::new());
    let missing =
        proposal.missing(member).map(|missing| missing_words(&missing, proposal.name(Some(missing.tier)), language));
    let missing = missing.unwrap_or_default();
    let why = proposal.reason(member, language);
    if columns.missing > 0 {
        brush.text(columns.why, y, &why, columns.missing - columns.why - 2, Style::new());
        brush.text(columns.missing, y, &missing, u16::MAX, theme.accent);
    } else {
        // What is missing says more than the reason, so it never is what is cut.
        let room = brush.area().width.saturating_sub(columns.why);
        let wide = fit::width(&missing) as u16;
        let start = if wide > 0 && wide + 12 < room {
            brush.text_left_of(brush.area().width, y, &missing, room, theme.accent)
        } else {
            brush.area().width
        };
        brush.text(columns.why, y, &why, start.saturating_sub(columns.why + 2), Style::new());
    }
}

/// A sign for up, down and new, beside its colour.
fn direction(member: &Member, context: &Context<'_>) -> (&'static str, Style) {
    let theme = context.theme;
    match (member.before, member.after, context.ascii) {
        (None, Some(_), _) => ("+", theme.accent),
        (Some(before), Some(after), false) if after < before => ("▲", theme.good),
        (Some(before), Some(after), true) if after < before => ("^", theme.good),
        (_, _, false) => ("▼", theme.alarm),
        (_, _, true) => ("v", theme.alarm),
    }
}
