//! How the pages of rules look: ways of grading, advice, member levels.

use super::asking::ways;
use super::page::Page;
use super::rulebook::Rulebook;
use crate::book::tiers::advice::About;
use crate::book::tiers::advice::advice_rules;
use crate::book::tiers::member::member_levels;
use crate::book::tiers::say::{grading_words, tier_shown, window_words};
use crate::book::tiers::schemes::last_used;
use crate::text::choices::Said;
use crate::text::figures::{grouped, short_money};
use crate::text::{Language, Words, words};
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::style::Style;

/// Lines below a list, for what has no room in it.
const TOLD: u16 = 3;

/// Draws a page of rules.
pub(super) fn draw(brush: &mut Brush<'_>, page: Page, rulebook: &mut Rulebook, context: &Context<'_>) {
    match page {
        Page::Advice => draw_advice(brush, &mut rulebook.advice, context),
        Page::Levels => draw_levels(brush, &mut rulebook.levels, context),
        _ => draw_schemes(brush, &mut rulebook.schemes, context),
    }
}

/// The headings of a list, each at its column; those behind the edge are left out.
fn draw_heads(brush: &mut Brush<'_>, heads: &[(u16, Words)], context: &Context<'_>) {
    for (x, head) in heads {
        brush.text(*x, 0, context.say(*head), u16::MAX, context.theme.dim);
    }
}

/// Draws the lines of a list that are seen, the selected one set off, and under a rule what is told of it.
fn draw_lines(
    brush: &mut Brush<'_>,
    rows: &mut Rows,
    count: usize,
    context: &Context<'_>,
    mut line: impl FnMut(&mut Brush<'_>, u16, usize),
    told: impl FnOnce(usize) -> String,
) {
    let height = brush.area().height;
    rows.leaps = context.slow_line;
    rows.fit(usize::from(height.saturating_sub(1 + TOLD)), count);
    for (y, place) in (1..).zip(rows.seen(count)) {
        line(brush, y, place);
        if place == rows.selected {
            brush.select_line(y, context.theme.selected);
        }
    }
    let y = height.saturating_sub(TOLD);
    brush.rule(y, context.ascii, context.theme.dim);
    let told = told(rows.selected);
    let lines = fit::wrap(&told, usize::from(brush.area().width.saturating_sub(2)));
    for (y, text) in (y + 1..height).zip(lines) {
        brush.text(1, y, &text, u16::MAX, Style::new());
    }
}

fn draw_schemes(brush: &mut Brush<'_>, rows: &mut Rows, context: &Context<'_>) {
    let (theme, language) = (context.theme, context.language);
    let ways = ways(context.book());
    let wide = brush.area().width >= 96;
    let (window, tiers, used) = if wide { (34, 54, 82) } else { (30, 48, 0) };
    let mut heads =
        vec![(2, words("scheme", "方案")), (window, words("window", "时间窗口")), (tiers, words("tiers", "等级"))];
    if wide {
        heads.push((used, words("last applied", "最近应用")));
    }
    draw_heads(brush, &heads, context);
    let line = |brush: &mut Brush<'_>, y: u16, place: usize| {
        let Some((_, grading)) = ways.get(place) else { return };
        let own = !grading.name.is_empty();
        brush.text(2, y, &grading_words(grading, language), window - 3, if own { theme.strong } else { Style::new() });
        brush.text(window, y, &window_words(grading.months, language), tiers - window - 1, Style::new());
        let names: Vec<String> = grading.tiers.iter().map(|tier| tier_shown(tier, language)).collect();
        let room = if wide { used - tiers - 1 } else { u16::MAX };
        brush.text(tiers, y, &names.join(" / "), room, Style::new());
        if wide {
            let run = last_used(context.book().standards(), &grading.name);
            let said = run.map(|run| format!("{} v{}", run.at.day(), run.version)).unwrap_or_default();
            brush.text(used, y, &said, u16::MAX, theme.dim);
        }
    };
    draw_lines(brush, rows, ways.len(), context, line, |place| {
        let Some((hint, grading)) = ways.get(place) else { return String::new() };
        let what = format!("{} · {}", grading.method.words().say(language), hint.say(language));
        let next = match grading.name.is_empty() {
            true => words("Enter copies it under a name of yours; T tries it.", "回车以此为样本另存方案；T 试算。"),
            false => words(
                "Enter changes it, saved as the next version; T tries it; Delete takes it out.",
                "回车修改并存为新版本；T 试算；Delete 删除。",
            ),
        };
        format!("{what}{}{}", words(". ", "。").say(language), next.say(language))
    });
}

const fn about_words(about: About) -> Words {
    match about {
        About::Tier => words("tier", "等级"),
        About::Segment => words("segment", "分群"),
        About::LifeStage => words("life stage", "生命周期"),
    }
}

fn draw_advice(brush: &mut Brush<'_>, rows: &mut Rows, context: &Context<'_>) {
    let (theme, language) = (context.theme, context.language);
    let rules = advice_rules(context.book(), language);
    let wide = brush.area().width >= 96;
    let (name, days, text) = if wide { (16, 44, 48) } else { (13, 35, 38) };
    let heads = [(2, words("for", "适用")), (text, words("advice", "建议"))];
    draw_heads(brush, &heads, context);
    brush.text_left_of(days, 0, context.say(words("days", "天数")), 8, theme.dim);
    let in_language = |advice: &crate::domain::tiers::Advice| match language {
        Language::En if !advice.en.is_empty() => advice.en.clone(),
        Language::Zh if advice.zh.is_empty() => advice.en.clone(),
        _ => advice.zh.clone(),
    };
    let line = |brush: &mut Brush<'_>, y: u16, place: usize| {
        let Some(rule) = rules.get(place) else { return };
        brush.text(2, y, context.say(about_words(rule.about)), name - 3, theme.dim);
        brush.text(name, y, &rule.name, days - name - 5, Style::new());
        let says = in_language(&rule.advice);
        if says.is_empty() {
            let by_segment = words("– as of segment or life stage", "– 按分群或生命周期");
            brush.text(text, y, context.say(by_segment), u16::MAX, theme.dim);
            return;
        }
        brush.text_left_of(days, y, &rule.advice.days.to_string(), 5, Style::new());
        let own = if rule.is_own { "* " } else { "" };
        brush.text(text, y, &format!("{own}{says}"), u16::MAX, if rule.is_own { theme.strong } else { Style::new() });
    };
    draw_lines(brush, rows, rules.len(), context, line, |place| {
        let Some(rule) = rules.get(place) else { return String::new() };
        let note = match rule.is_own {
            true => words("* your own; Delete brings the shipped text back. ", "* 自定；按 Delete 恢复默认。"),
            false => words("Enter changes it. ", "回车修改。"),
        };
        let order = words(
            "What is written for a customer itself comes first, then its tier, segment, life stage.",
            "客户自己的结论优先，其次按等级、分群、生命周期。",
        );
        format!("{}{}", note.say(language), order.say(language))
    });
}

fn draw_levels(brush: &mut Brush<'_>, rows: &mut Rows, context: &Context<'_>) {
    let (theme, language) = (context.theme, context.language);
    let levels = member_levels(context.book(), language);
    draw_heads(brush, &[(2, words("level", "等级")), (BENEFITS, words("benefits", "权益"))], context);
    let heads = [
        words("spent ≥", "消费满"),
        words("years ≥", "年限满"),
        words("points ≥", "积分满"),
        words("per 100", "每百元"),
        words("per order", "每单"),
    ];
    for (head, end) in heads.into_iter().zip(ENDS) {
        brush.text_left_of(end, 0, context.say(head), 9, theme.dim);
    }
    let line = |brush: &mut Brush<'_>, y: u16, place: usize| {
        let Some(level) = levels.get(place) else { return };
        brush.text(2, y, &level.name, LEVEL - 3, theme.strong);
        let count = |count: u32| if count == 0 { "–".to_owned() } else { grouped(u64::from(count)) };
        let spend = if level.spend.is_zero() { "–".to_owned() } else { short_money(level.spend, language) };
        let figures = [spend, count(level.years), count(level.least), count(level.points), count(level.per_order)];
        for (figure, end) in figures.iter().zip(ENDS) {
            brush.text_left_of(end, y, figure, 9, Style::new());
        }
        brush.text(BENEFITS, y, &level.benefits, u16::MAX, Style::new());
    };
    draw_lines(brush, rows, levels.len(), context, line, |place| {
        let Some(level) = levels.get(place) else { return String::new() };
        let whose = match level.persons_only {
            true => words("For persons only. ", "仅限个人客户。"),
            false => words("For persons and firms. ", "个人、企业均适用。"),
        };
        let rule = words(
            "The highest whose spend, years and points are reached; returned orders do not count.",
            "取消费、年限、积分都达到的最高等级，退货不计。",
        );
        format!(
            "{}{}{}{}{}{}",
            level.name,
            words(": ", "：").say(language),
            level.benefits,
            words(". ", "。").say(language),
            whose.say(language),
            rule.say(language)
        )
    });
}

/// Where the figures of a level begin.
const LEVEL: u16 = 16;
/// Where each figure ends.
const ENDS: [u16; 5] = [LEVEL + 8, LEVEL + 17, LEVEL + 27, LEVEL + 36, LEVEL + 47];
/// Where its benefits begin.
const BENEFITS: u16 = LEVEL + 49;
