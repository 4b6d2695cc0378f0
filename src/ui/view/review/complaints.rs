//! Complaints of twelve months by what they are about: how many, how many open, and whether promises were kept.

use super::QuarterReview;
use crate::analysis::grievance::{Tally, tallied};
use crate::domain::feedback::Feedback;
use crate::domain::id::Id;
use crate::query::field::fold;
use crate::text::figures::{grouped, short_day};
use crate::text::{Language, Words, words};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Place};
use crate::ui::widget::paint::Brush;
use ratatui::style::Style;
use std::collections::HashSet;
use std::sync::Arc;

/// The columns of figures, each this wide.
const WIDE: u16 = 11;
/// The columns of figures.
pub const COLUMNS: [Words; 6] = [
    words("12 months", "近 12 月"),
    words("open", "未解决"),
    words("resolved", "已解决"),
    words("in time", "按时答复"),
    words("late", "超时答复"),
    words("latest", "最近"),
];

/// What a complaint is about, in words.
pub fn named(topic: &str, language: Language) -> &str {
    if topic.is_empty() { words("other", "其他").say(language) } else { topic }
}

impl QuarterReview {
    /// The complaints that count: of those still in the book, and one's own where that is asked.
    fn counted<'a>(&'a self, context: &'a Context<'_>) -> impl Iterator<Item = (Id, &'a Feedback)> {
        let me = super::me(context);
        let all = self.reading.past().into_iter().flat_map(|past| past.complaints());
        all.filter(move |(home, _)| {
            context.book().row_of(*home).is_some_and(|row| !self.mine || me.is_some() && row.owner == me)
        })
    }

    /// Counts them by kind.
    pub(super) fn tally(&self, context: &Context<'_>) -> Vec<Tally> {
        tallied(self.counted(context).map(|(_, told)| told), context.now, fold)
    }

    /// Opens the latest complaint of the kind selected, among all customers who had one.
    pub(super) fn open_kind(&self, context: &Context<'_>) -> Effect {
        let Some(kind) = self.tallies.get(self.rows.selected).map(|tally| fold(&tally.topic)) else {
            return Effect::None;
        };
        let mut found: Vec<_> = self.counted(context).filter(|(_, told)| fold(&told.topic) == kind).collect();
        found.sort_by_key(|(_, told)| std::cmp::Reverse((told.at, told.id)));
        let Some((customer, record)) = found.first().map(|(home, told)| (*home, told.id)) else { return Effect::None };
        let mut met = HashSet::new();
        let among = found.iter().map(|(home, _)| *home).filter(|home| met.insert(*home)).collect();
        Effect::Open(Place::Happened { customer, record, among: Arc::new(among) })
    }

    pub(super) fn draw_kinds_head(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let all: usize = self.tallies.iter().map(|tally| tally.all).sum();
        let open: usize = self.tallies.iter().map(|tally| tally.open).sum();
        let (all, open) = (grouped(all as u64), grouped(open as u64));
        let title = match context.language {
            Language::En => format!("Complaints of 12 months: {all}, {open} open"),
            Language::Zh => format!("近 12 个月投诉：{all} 件，未解决 {open} 件"),
        };
        self.draw_title(&title, brush, context);
        brush.text(2, 1, context.say(words("about", "投诉类别")), u16::MAX, context.theme.dim);
        let first = first_column(brush.area().width);
        for (place, heading) in (1..).zip(COLUMNS) {
            brush.text_left_of(first + WIDE * place, 1, context.say(heading), WIDE, context.theme.dim);
        }
    }
}

fn first_column(width: u16) -> u16 {
    width.saturating_sub(WIDE * COLUMNS.len() as u16 + 1)
}

/// One kind.
pub(super) fn draw_kind(brush: &mut Brush<'_>, y: u16, tally: &Tally, context: &Context<'_>) {
    let theme = context.theme;
    let first = first_column(brush.area().width);
    brush.text(2, y, named(&tally.topic, context.language), first.saturating_sub(2), theme.strong);
    let open = if tally.open > 0 { theme.strong } else { Style::new() };
    let late = if tally.late > 0 { theme.alarm } else { Style::new() };
    let sign = if tally.late > 0 { "! " } else { "" };
    let last = tally.last.map(|day| short_day(day, context.today())).unwrap_or_default();
    let cells = [
        (grouped(tally.all as u64), Style::new()),
        (grouped(tally.open as u64), open),
        (grouped(tally.resolved() as u64), Style::new()),
        (grouped(tally.kept as u64), Style::new()),
        (format!("{sign}{}", grouped(tally.late as u64)), late),
        (last, theme.dim),
    ];
    for (place, (text, style)) in (1..).zip(cells) {
        brush.text_left_of(first + WIDE * place, y, &text, WIDE, style);
    }
}
