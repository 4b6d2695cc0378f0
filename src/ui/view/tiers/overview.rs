//! The distribution: tiers and segments with bars, recency against frequency, and the rules in words.

use super::asking::called;
use super::segment_at;
use crate::analysis::rfm::Cuts;
use crate::analysis::value::share;
use crate::book::tiers::outlook::Outlook;
use crate::book::tiers::proposal::Filled;
use crate::book::tiers::say::{tier_shown, window_words};
use crate::domain::measure::Rate;
use crate::domain::money::{Money, round_div};
use crate::text::choices::Said;
use crate::text::figures::{grouped, percent, short_money};
use crate::text::{Language, words};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::style::Style;

/// Width from which the heat map stands beside the lists.
const BESIDE_FROM: u16 = 96;
/// Columns of a cell of the heat map.
const CELL: u16 = 7;
/// Columns of the heat map with its headings.
const MAP: u16 = 5 * CELL + 6;

/// How many lines can be selected: tiers, then segments.
pub fn lines(outlook: &Outlook) -> usize {
    outlook.tiers().len() + outlook.segments.len()
}

/// Moves the cell of the heat map while it has the keys.
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

/// What Enter opens: the customers of a line, or of a cell.
pub fn opened(outlook: &Outlook, line: usize, cell: Option<(u8, u8)>, context: &Context<'_>) -> (String, Vec<usize>) {
    if let Some((r, f)) = cell {
        let of = |scores: crate::analysis::rfm::Scores| (scores.r, scores.f) == (r, f);
        let places = outlook.members(|member| member.graded.is_some_and(|(_, grade)| of(grade.scores)));
        return (format!("R{r} × F{f}"), places);
    }
    let proposal = &outlook.proposal;
    let tiers = outlook.tiers().len();
    if line < tiers {
        let places = outlook.members(|member| {
            let tier = if outlook.applied { member.before } else { member.after };
            tier.is_some_and(|tier| usize::from(tier) == line)
        });
        let name = proposal.names.get(line).map_or("", String::as_str);
        return (tier_shown(name, context.language), places);
    }
    let segment = segment_at(line - tiers);
    let places = outlook.members(|member| member.segment().is_some() && member.segment() == segment);
    (segment.map_or("", |segment| segment.words().say(context.language)).to_owned(), places)
}

/// Draws the page.
pub fn draw(
    brush: &mut Brush<'_>,
    outlook: Option<&Outlook>,
    rows: &mut Rows,
    cell: Option<(u8, u8)>,
    context: &Context<'_>,
) {
    let Some(outlook) = outlook else {
        brush.text(1, 0, context.say(words("grading …", "正在计算……")), u16::MAX, context.theme.dim);
        return;
    };
    if outlook.proposal.members.is_empty() {
        draw_nobody(brush, context);
        return;
    }
    let area = brush.area();
    let beside = area.width >= BESIDE_FROM;
    let width = if beside { area.width - MAP - 2 } else { area.width };
    draw_head(brush, outlook, context);
    let height = if beside { area.height } else { area.height.saturating_sub(9) };
    let below = draw_lines(brush, outlook, rows, cell.is_none(), width.min(74), height, context);
    let (x, y) = if beside { (width.min(74) + 2, 2) } else { (1, below.min(area.height.saturating_sub(8))) };
    draw_map(brush, x, y, outlook, cell, context);
    draw_rules(brush, if beside { below.max(10) } else { y + 8 }, outlook, context);
}

fn draw_nobody(brush: &mut Brush<'_>, context: &Context<'_>) {
    let theme = context.theme;
    let said = [
        words("Nobody can be graded yet.", "还没有可分级的客户。"),
        words(
            "Tiers need orders, or the totals of a table: import them in Data.",
            "分级需要订单，或表格里的总金额：可在“数据管理”导入。",
        ),
    ];
    for (y, line) in (0..).zip(said) {
        brush.text(2, y, context.say(line), u16::MAX, if y == 0 { theme.strong } else { Style::new() });
    }
}

/// Which way is in force, since when, and how many would move today.
fn draw_head(brush: &mut Brush<'_>, outlook: &Outlook, context: &Context<'_>) {
    let (theme, language) = (context.theme, context.language);
    let grading = &outlook.proposal.grading;
    let way = format!("{} · {}", called(grading, language), window_words(grading.months, language));
    let x = brush.text(1, 0, &way, u16::MAX, theme.strong) + 2;
    let run = context.book().standards().runs().last();
    let moved = grouped(outlook.movers.len() as u64);
    let said = match (run, language) {
        (None, Language::En) => "not applied yet: recalculate to look and apply".to_owned(),
        (None, Language::Zh) => "尚未应用：重新分级可预览并应用".to_owned(),
        (Some(run), Language::En) => format!("applied {} by {}; {moved} would move today", run.at.day(), run.by),
        (Some(run), Language::Zh) => format!("{} 由 {} 应用；按今天的数据有 {moved} 位会变动", run.at.day(), run.by),
    };
    let style = if run.is_none() || !outlook.movers.is_empty() { theme.accent } else { theme.dim };
    brush.text(x, 0, &said, u16::MAX, style);
    if let Some(top) = outlook.proposal.graded.top_fifth {
        let line = words("the top 20 % of customers bring {} of revenue", "前 20% 的客户带来 {} 的销售额");
        brush.text(1, 1, &context.say(line).replacen("{}", &percent(top), 1), u16::MAX, theme.dim);
    }
}

/// Tiers and segments, each with customers, a bar, revenue and its share; gives the line after them.
fn draw_lines(
    brush: &mut Brush<'_>,
    outlook: &Outlook,
    rows: &mut Rows,
    has_keys: bool,
    width: u16,
    height: u16,
    context: &Context<'_>,
) -> u16 {
    let tiers = outlook.tiers();
    let language = context.language;
    let named = outlook.proposal.names.iter().map(|name| tier_shown(name, language));
    let segments = crate::domain::tiers::Segment::ALL.iter().map(|segment| segment.words().say(language).to_owned());
    let all: Vec<(String, Filled)> =
        named.zip(tiers.iter().copied()).chain(segments.zip(outlook.segments.iter().copied())).collect();
    // A heading above each of the two lists.
    rows.fit(usize::from(height.saturating_sub(5)), all.len());
    let mut y = 3;
    for place in rows.seen(all.len()) {
        if place == tiers.len() || place == rows.top {
            let first = place < tiers.len();
            draw_heading(brush, if first { y - 1 } else { y + u16::from(place != rows.top) }, width, first, context);
            y += if first {
                0
            } else if place == rows.top {
                1
            } else {
                2
            };
        }
        let Some((name, filled)) = all.get(place) else { continue };
        let peers = if place < tiers.len() { &tiers } else { &outlook.segments };
        draw_line(brush, y, name, *filled, peers, outlook.proposal.graded.total, width, context);
        if has_keys && place == rows.selected {
            brush.select_line(y, context.theme.selected);
        }
        y += 1;
    }
    let below = all.len().saturating_sub(rows.seen(all.len()).end);
    if below > 0 {
        let more = context.say(words("… {} more below", "……下面还有 {} 行")).replacen("{}", &below.to_string(), 1);
        brush.text(2, y, &more, u16::MAX, context.theme.dim);
        y += 1;
    }
    y
}

fn draw_heading(brush: &mut Brush<'_>, y: u16, width: u16, tiers: bool, context: &Context<'_>) {
    let dim = context.theme.dim;
    let name = if tiers { words("tier", "等级") } else { words("segment", "分群") };
    brush.text(2, y, context.say(name), 20, dim);
    brush.text_left_of(31, y, context.say(words("customers", "客户数")), 9, dim);
    brush.text_left_of(width - 8, y, context.say(words("revenue", "销售额")), 9, dim);
    brush.text_left_of(width - 1, y, context.say(words("share", "占比")), 6, dim);
}

#[allow(clippy::too_many_arguments, reason = "a line is drawn of many figures")]
fn draw_line(
    brush: &mut Brush<'_>,
    y: u16,
    name: &str,
    filled: Filled,
    peers: &[Filled],
    total: Money,
    width: u16,
    context: &Context<'_>,
) {
    let most = peers.iter().map(|peer| peer.customers).max().unwrap_or(0).max(1);
    brush.text(2, y, name, 20, Style::new());
    brush.text_left_of(31, y, &grouped(u64::from(filled.customers)), 9, context.theme.strong);
    let room = u64::from(width.saturating_sub(32 + 18));
    let length = (u64::from(filled.customers) * room).div_ceil(u64::from(most));
    let bar = if context.ascii { "#" } else { "█" }.repeat(length as usize);
    brush.text(32, y, &bar, u16::MAX, context.theme.accent);
    brush.text_left_of(width - 8, y, &short_money(filled.revenue, context.language), 9, Style::new());
    let share = share(filled.revenue, total).map_or("–".to_owned(), percent);
    brush.text_left_of(width - 1, y, &share, 6, Style::new());
}

/// Recency against frequency: counts, shaded by how many, each shade a sign of its own.
fn draw_map(brush: &mut Brush<'_>, x: u16, y: u16, outlook: &Outlook, cell: Option<(u8, u8)>, context: &Context<'_>) {
    let theme = context.theme;
    let title = words("R down, F across: customers", "R 纵、F 横：客户数");
    brush.text(x, y, context.say(title), MAP, theme.dim);
    for f in 1..=5_u16 {
        brush.text_left_of(x + 3 + f * CELL, y + 1, &format!("F{f}"), CELL, theme.dim);
    }
    let most = outlook.map.iter().flatten().copied().max().unwrap_or(0).max(1);
    for (line, r) in (2..).zip((1..=5_u8).rev()) {
        brush.text(x, y + line, &format!("R{r}"), 3, theme.dim);
        for f in 1..=5_u8 {
            let row = outlook.map.get(usize::from(r) - 1);
            let count = row.and_then(|row| row.get(usize::from(f) - 1)).copied().unwrap_or(0);
            let end = x + 3 + u16::from(f) * CELL;
            let text = format!("{}{:>4}", shade(count, most, context.ascii), grouped(u64::from(count)));
            let style = match (cell == Some((r, f)), count) {
                (true, _) => theme.selected,
                (false, 0) => theme.dim,
                _ => Style::new(),
            };
            brush.text_left_of(end, y + line, &text, CELL, style);
        }
    }
}

/// A sign for how many: from nothing to full.
fn shade(count: u32, most: u32, ascii: bool) -> char {
    let signs: [char; 5] = if ascii { [' ', '.', ':', '+', '#'] } else { [' ', '░', '▒', '▓', '█'] };
    let place = (u64::from(count) * 4).div_ceil(u64::from(most)) as usize;
    signs.get(place.min(4)).copied().unwrap_or(' ')
}

/// The edges and cuts in words.
fn draw_rules(brush: &mut Brush<'_>, y: u16, outlook: &Outlook, context: &Context<'_>) {
    let (area, language) = (brush.area(), context.language);
    let mut told = rules(outlook, language);
    told.retain(|line| !line.is_empty());
    let lines = told.iter().flat_map(|line| fit::wrap(line, usize::from(area.width.saturating_sub(3))));
    for (y, line) in (y + 1..area.height).zip(lines) {
        brush.text(1, y, &line, u16::MAX, context.theme.dim);
    }
}

fn rules(outlook: &Outlook, language: Language) -> Vec<String> {
    let proposal = &outlook.proposal;
    let (grading, edges) = (&proposal.grading, &proposal.graded.edges);
    let whole = |cut: &i64| round_div(i128::from(*cut), 5).to_string();
    let list = |cuts: &Cuts, say: &dyn Fn(&i64) -> String| cuts.iter().map(say).collect::<Vec<_>>().join(" / ");
    let days: Vec<String> = edges.r.iter().map(whole).collect();
    let orders = edges.f.first().map(|cuts| list(cuts, &whole)).unwrap_or_default();
    let money = |cut: &i64| short_money(Money::from_wide(round_div(i128::from(*cut), 5)), language);
    let revenue = edges.m.first().map(|cuts| list(cuts, &money)).unwrap_or_default();
    let days = days.join(" / ");
    let edges = match language {
        Language::En => format!("Scores 5–1 are parted at R {days} days; 1–5 at F {orders} orders, M {revenue}."),
        Language::Zh => format!("评分界线：R {days} 天（5→1 分），F {orders} 单，M {revenue}（1→5 分）。"),
    };
    let names: Vec<String> = grading.tiers.iter().map(|name| tier_shown(name, language)).collect();
    let cuts = match grading.method {
        crate::domain::tiers::Method::Rules => {
            let rule =
                |rule: &crate::analysis::grading::Rule| format!("{}: {}", tier_shown(&rule.tier, language), rule.when);
            grading.rules.iter().map(rule).collect::<Vec<_>>().join("  ·  ")
        }
        crate::domain::tiers::Method::Abc => {
            let share = |(name, share): (&String, &u32)| {
                format!("{name} < {}", percent(Rate::from_basis_points(*share as i32 * 100)))
            };
            names.iter().zip(&grading.shares).map(share).collect::<Vec<_>>().join(" · ")
        }
        _ => {
            let cut =
                |(name, cut): (&String, &crate::domain::measure::Score)| format!("{name} ≥ {:.2}", cut.as_number());
            names.iter().zip(&grading.cuts).map(cut).collect::<Vec<_>>().join(" · ")
        }
    };
    vec![edges, cuts]
}
