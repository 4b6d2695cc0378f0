//! The distribution: tiers and segments with bars, recency against frequency, and the rules in words.

use super::{heat_map, preview};
use crate::analysis::rfm::Cuts;
use crate::analysis::value::share;
use crate::book::tiers::outlook::Outlook;
use crate::book::tiers::proposal::Filled;
use crate::book::tiers::say::{grading_words, period_words, rule_words, tier_shown};
use crate::domain::measure::Rate;
use crate::domain::money::{Money, round_div};
use crate::domain::tiers::Segment;
use crate::text::choices::Said;
use crate::text::figures::{column_percent, grouped, percent, short_money};
use crate::text::{Language, words};
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Width from which the heat map stands beside the lists.
const BESIDE_FROM: u16 = 80;
/// Most columns of the lists.
const LISTS: u16 = 74;
/// Columns of the lists from which there is room for bars.
const BARS_FROM: u16 = 50;
/// Lines of the heat map with its headings and the gap above it.
const MAP: u16 = 8;

/// How many lines can be selected: tiers, then segments.
pub fn lines(outlook: &Outlook) -> usize {
    outlook.tiers().len() + outlook.segments.len()
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
    let width = if beside { area.width - heat_map::columns(area.width) - 1 } else { area.width }.min(LISTS);
    draw_head(brush, outlook, context);
    let mut lists = Brush::new(brush.buffer, Rect { width, ..area });
    let below = draw_lines(&mut lists, outlook, rows, cell.is_none(), context);
    let below = if beside {
        heat_map::draw(brush, width + 1, 2, outlook, cell, context);
        below.max(2 + MAP)
    } else if below + MAP <= area.height {
        heat_map::draw(brush, 1, below + 1, outlook, cell, context);
        below + MAP
    } else {
        below
    };
    let below = draw_rules(brush, below, outlook, context);
    draw_movers(brush, below, outlook, context);
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
    let way = format!("{} · {}", grading_words(grading, language), period_words(grading, language));
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
    let mut x = 1;
    if let Some(top) = outlook.proposal.graded.top_fifth {
        let line = words("the top 20 % of customers bring {} of revenue", "前 20% 的客户带来 {} 的销售额");
        x = brush.text(x, 1, &line.filled(&[&percent(top)], context.language), u16::MAX, theme.dim) + 2;
    }
    brush.text(x, 1, &counted_words(outlook, context), u16::MAX, theme.dim);
}

/// How many of all customers are graded, and why the others are not; nothing where all are.
fn counted_words(outlook: &Outlook, context: &Context<'_>) -> String {
    let all = context.book().len() as u64;
    let graded: u64 = outlook.tiers().iter().map(|tier| u64::from(tier.customers)).sum();
    let (left, graded) = (grouped(all.saturating_sub(graded)), grouped(graded));
    match context.language {
        _ if left == "0" => String::new(),
        language => {
            let pattern = words("{} graded, {} without orders", "{} 位分级，{} 位无订单不分级");
            pattern.filled(&[&graded, &left], language)
        }
    }
}

/// Tiers and segments, each with customers, a bar, revenue and its share; gives the line after them.
fn draw_lines(brush: &mut Brush<'_>, outlook: &Outlook, rows: &mut Rows, has_keys: bool, context: &Context<'_>) -> u16 {
    let tiers = outlook.tiers();
    let language = context.language;
    let named = outlook.proposal.names.iter().map(|name| tier_shown(name, language));
    let segments = crate::domain::tiers::Segment::ALL.iter().map(|segment| segment.words().say(language).to_owned());
    let all: Vec<(String, Filled)> =
        named.zip(tiers.iter().copied()).chain(segments.zip(outlook.segments.iter().copied())).collect();
    // A heading above each of the two lists.
    rows.fit(usize::from(brush.area().height.saturating_sub(5)), all.len());
    let mut y = 3;
    for place in rows.seen(all.len()) {
        if place == tiers.len() || place == rows.top {
            let first = place < tiers.len();
            draw_heading(brush, if first { y - 1 } else { y + u16::from(place != rows.top) }, first, context);
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
        draw_line(brush, y, name, *filled, outlook.proposal.graded.total, context);
        if has_keys && place == rows.selected {
            brush.select_line(y, context.theme.selected);
        }
        draw_bar(brush, y, *filled, peers, context);
        y += 1;
    }
    let below = all.len().saturating_sub(rows.seen(all.len()).end);
    if below > 0 {
        let more = words("… {} more below", "……下面还有 {} 行").filled(&[&below.to_string()], context.language);
        brush.text(2, y, &more, u16::MAX, context.theme.dim);
        y += 1;
    }
    y
}

fn draw_heading(brush: &mut Brush<'_>, y: u16, tiers: bool, context: &Context<'_>) {
    let (dim, width) = (context.theme.dim, brush.area().width);
    let name = if tiers { words("tier", "等级") } else { words("segment", "分群") };
    brush.text(2, y, context.say(name), 20, dim);
    brush.text_left_of(counted(width), y, context.say(words("customers", "客户数")), 9, dim);
    brush.text_left_of(width - 8, y, context.say(words("revenue", "销售额")), 9, dim);
    brush.text_left_of(width - 1, y, context.say(words("share", "占比")), 6, dim);
}

fn draw_line(brush: &mut Brush<'_>, y: u16, name: &str, filled: Filled, total: Money, context: &Context<'_>) {
    let width = brush.area().width;
    brush.text(2, y, name, 20, Style::new());
    brush.text_left_of(counted(width), y, &grouped(u64::from(filled.customers)), 9, context.theme.strong);
    let room = (width - 9).saturating_sub(counted(width)).min(9);
    brush.text_left_of(width - 8, y, &short_money(filled.revenue, context.language), room, Style::new());
    let share = share(filled.revenue, total).map_or("–".to_owned(), column_percent);
    brush.text_left_of(width - 1, y, &share, 6, Style::new());
}

/// Where the column of customers ends.
const fn counted(width: u16) -> u16 {
    if width < BARS_FROM { 25 } else { 31 }
}

/// How many customers, as a bar that keeps its colour on the selected line.
fn draw_bar(brush: &mut Brush<'_>, y: u16, filled: Filled, peers: &[Filled], context: &Context<'_>) {
    let most = peers.iter().map(|peer| peer.customers).max().unwrap_or(0).max(1);
    let width = brush.area().width;
    let room = if width < BARS_FROM { 0 } else { u64::from(width.saturating_sub(32 + 18)) };
    let length = (u64::from(filled.customers) * room).div_ceil(u64::from(most));
    let bar = if context.ascii { "#" } else { "█" }.repeat(length as usize);
    brush.text(32, y, &bar, u16::MAX, Style::reset().patch(context.theme.accent));
}

/// The edges and cuts in words; gives the line after them.
fn draw_rules(brush: &mut Brush<'_>, y: u16, outlook: &Outlook, context: &Context<'_>) -> u16 {
    let (area, language) = (brush.area(), context.language);
    let mut told = rules(outlook, language);
    told.retain(|line| !line.is_empty());
    let lines = told.iter().flat_map(|line| fit::wrap(line, usize::from(area.width.saturating_sub(3))));
    let mut end = y + 1;
    for (y, line) in (end..area.height).zip(lines) {
        brush.text(1, y, &line, u16::MAX, context.theme.dim);
        end = y + 1;
    }
    end
}

/// Who would move today, as far as there is room: name, move and why. Before anything was applied everybody would, which
/// says nothing.
fn draw_movers(brush: &mut Brush<'_>, y: u16, outlook: &Outlook, context: &Context<'_>) {
    let room = brush.area().height.saturating_sub(y + 2);
    if !outlook.applied || outlook.movers.is_empty() || room < 2 {
        return;
    }
    let heading = words("would move today, falls first", "按今天会变动的，先降后升");
    brush.text(1, y + 1, context.say(heading), u16::MAX, context.theme.dim);
    preview::draw_movers(brush, y + 2, outlook, usize::from(room), context);
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
            let rule = |rule: &crate::analysis::grading::Rule| {
                format!("{}: {}", tier_shown(&rule.tier, language), rule_words(&rule.when, language))
            };
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

/// A segment by its place in the list of all.
fn segment_at(place: usize) -> Option<Segment> {
    Segment::ALL.get(place).copied()
}
