//! The recalculations applied, newest first, and what each tier brought at each: the effect of tiers over time.

use crate::book::tiers::say::{tier_shown, window_words};
use crate::domain::tiers::TierRun;
use crate::text::choices::Said;
use crate::text::figures::{grouped, short_money};
use crate::text::{Language, words};
use crate::ui::context::Context;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::style::Style;

/// Lines of one recalculation.
const EACH: u16 = 3;

/// Draws the page.
pub fn draw(brush: &mut Brush<'_>, rows: &mut Rows, context: &Context<'_>) {
    let theme = context.theme;
    let runs: Vec<&TierRun> = context.book().standards().runs().iter().rev().collect();
    if runs.is_empty() {
        let none = words("No tiers were applied yet.", "还没有应用过分级。");
        brush.text(2, 0, context.say(none), u16::MAX, theme.strong);
        return;
    }
    rows.fit(usize::from((brush.area().height / EACH).max(1)), runs.len());
    for (line, place) in (0..).zip(rows.seen(runs.len())) {
        let Some(run) = runs.get(place) else { continue };
        let y = line * EACH;
        brush.text(1, y, &head(run, context.language), u16::MAX, theme.strong);
        brush.text(3, y + 1, &brought(run, runs.get(place + 1).copied(), context.language), u16::MAX, Style::new());
        if place == rows.selected {
            brush.select_line(y, theme.selected);
        }
    }
}

fn head(run: &TierRun, language: Language) -> String {
    let way = match run.method {
        _ if !run.scheme.is_empty() => format!("{} v{}", run.scheme, run.version),
        Some(method) => method.words().say(language).to_owned(),
        None => String::new(),
    };
    let (window, moved) = (window_words(run.months, language), grouped(u64::from(run.moved)));
    match language {
        Language::En => format!("{}  {way}, {window}, as of {}: {moved} moved  ({})", run.at.day(), run.as_of, run.by),
        Language::Zh => format!("{}  {way}，{window}，截至 {}：{moved} 位变动（{}）", run.at.day(), run.as_of, run.by),
    }
}

/// Customers and revenue of each tier, with the change of revenue since the recalculation before.
fn brought(run: &TierRun, before: Option<&TierRun>, language: Language) -> String {
    let told = run.customers.iter().zip(&run.revenue).map(|((name, customers), (_, revenue))| {
        let earlier = before.and_then(|run| run.revenue.iter().find(|(other, _)| other == name));
        let change = match (cents(revenue), earlier.and_then(|(_, revenue)| cents(revenue))) {
            (Some(now), Some(before)) if before > 0 => {
                let points = crate::domain::money::round_div(i128::from(now - before) * 100, i128::from(before));
                format!(" {points:+}%")
            }
            _ => String::new(),
        };
        let money = cents(revenue)
            .map_or_else(String::new, |cents| short_money(crate::domain::money::Money::from_cents(cents), language));
        format!("{} {customers} · {money}{change}", tier_shown(name, language))
    });
    told.collect::<Vec<_>>().join("   ")
}

/// An amount as it is kept, in cents.
fn cents(text: &str) -> Option<i64> {
    text.replace('.', "").parse().ok()
}
