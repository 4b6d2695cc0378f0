//! The recalculations applied, newest first, and what each tier brought at each: the effect of tiers over time.

use crate::analysis::grading::Grading;
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

/// When it was applied, in which way, and how many moved.
pub fn head(run: &TierRun, language: Language) -> String {
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

/// Whether the tiers of two recalculations can be compared: parted in the same way, over a window as long.
fn is_alike(run: &TierRun, other: &TierRun) -> bool {
    let way = |run: &TierRun| (run.scheme.clone(), run.method.filter(|_| run.scheme.is_empty()), run.months);
    way(run) == way(other)
}

/// Customers and revenue of each tier, with the change of revenue since the recalculation before where that was alike.
/// A tier of another scheme is told only while somebody has it.
fn brought(run: &TierRun, before: Option<&TierRun>, language: Language) -> String {
    let before = before.filter(|before| is_alike(run, before));
    let own = Grading::of_run(run).tiers;
    let all = run.customers.iter().zip(&run.revenue);
    let used = all.filter(|((name, customers), _)| customers != "0" || own.contains(name));
    let told = used.map(|((name, customers), (_, revenue))| {
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

#[cfg(test)]
mod tests {
    use super::brought;
    use crate::domain::tiers::{Method, TierRun};
    use crate::text::Language;

    fn run(method: Method, tiers: &[(&str, &str, &str)]) -> TierRun {
        TierRun {
            method: Some(method),
            months: Some(12),
            customers: tiers.iter().map(|(name, count, _)| ((*name).into(), (*count).into())).collect(),
            revenue: tiers.iter().map(|(name, _, money)| ((*name).into(), (*money).into())).collect(),
            ..TierRun::default()
        }
    }

    /// 低 was once told to bring 99 % more, because the recalculation before it had parted customers otherwise.
    #[test]
    fn revenue_is_compared_only_with_a_run_of_the_same_scheme() {
        let now = run(Method::Quantile, &[("高", "2", "300.00")]);
        let [alike, other] = [Method::Quantile, Method::Nested].map(|method| run(method, &[("高", "1", "150.00")]));
        assert!(brought(&now, Some(&alike), Language::Zh).contains("+100%"));
        assert!(!brought(&now, Some(&other), Language::Zh).contains('%'));
        let [ours, theirs] = ["年度", "季度"].map(|name| TierRun { scheme: name.into(), ..alike.clone() });
        assert!(!brought(&ours, Some(&theirs), Language::Zh).contains('%'));
    }

    #[test]
    fn a_tier_of_another_scheme_that_nobody_has_is_not_told() {
        let now = run(Method::Quantile, &[("high", "0", "0.00"), ("core", "0", "0.00"), ("重点", "3", "5.00")]);
        let told = brought(&now, None, Language::Zh);
        assert!(!told.contains("核心") && told.contains("高 0") && told.contains("重点 3"), "{told}");
    }
}
