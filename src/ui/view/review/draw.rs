//! How decisions are drawn: when and with whom, what and by whom, whether done, and what followed.

use super::{BELOW, QuarterReview};
use crate::analysis::review::{Followed, quarter};
use crate::book::past::Decision;
use crate::text::figures::{grouped, points, short_day, short_money};
use crate::text::{Language, words};
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::widget::paint::Brush;
use ratatui::style::Style;

impl QuarterReview {
    pub(super) fn draw_head(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let theme = context.theme;
        let (first, last) = quarter(context.today(), self.before);
        let done = self.looked.iter().filter(|looked| looked.step.done_at.is_some()).count();
        let (all, done) = (grouped(self.looked.len() as u64), grouped(done as u64));
        let text = match context.language {
            Language::En => format!("Review {first} to {last}: {all} actions, {done} done"),
            Language::Zh => format!("复盘 {first} 至 {last}：{all} 项行动，完成 {done} 项"),
        };
        self.draw_title(&text, brush, context);
        let places = Places::of(brush.area().width);
        let headings = [
            (2, words("decided", "定于")),
            (places.customer, words("customer", "客户")),
            (places.what, words("what, by whom", "事项与负责人")),
            (places.state, words("state", "状态")),
            (places.followed, words("in the 90 days after", "完成后 90 天内")),
        ];
        for (x, heading) in headings {
            brush.text(x, 1, context.say(heading), u16::MAX, theme.dim);
        }
    }

    /// The title, whose it is, how far the reading is, and the key to the other page.
    pub(super) fn draw_title(&self, title: &str, brush: &mut Brush<'_>, context: &Context<'_>) {
        let theme = context.theme;
        let mut end = brush.text(1, 0, title, u16::MAX, theme.accent);
        if self.mine {
            end = brush.text(end + 2, 0, context.say(words("mine only", "仅我的")), u16::MAX, theme.accent);
        }
        if self.reading.is_going() {
            let all = context.book().len();
            let (read, all) = (grouped(self.reading.read.min(all) as u64), grouped(all as u64));
            let text = match context.language {
                Language::En => format!("reading, {read} of {all} customers"),
                Language::Zh => format!("正在读取，已读 {read} / {all} 位客户"),
            };
            brush.text(end + 2, 0, &text, u16::MAX, theme.dim);
        } else if let Some(trouble) = &self.reading.trouble {
            brush.text(end + 2, 0, &trouble.unread(context.language), u16::MAX, theme.alarm);
        }
    }

    /// What was found of the action selected.
    pub(super) fn draw_found(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let theme = context.theme;
        brush.rule(0, context.ascii, theme.dim);
        let Some(looked) = self.decision() else { return };
        let found = match &looked.review {
            Some(review) => format!("{} — {}", review.text, review.by),
            None => context.say(words("not reviewed yet", "尚未复盘")).to_owned(),
        };
        let style = if looked.review.is_some() { Style::new() } else { theme.dim };
        let width = usize::from(brush.area().width.saturating_sub(2));
        let text = [looked.step.result.as_str(), &found].into_iter().filter(|part| !part.is_empty());
        for (y, line) in (1..BELOW).zip(text.flat_map(|text| fit::wrap(text, width))) {
            brush.text(1, y, &line, u16::MAX, style);
        }
    }
}

/// Where the columns stand.
struct Places {
    customer: u16,
    what: u16,
    state: u16,
    followed: u16,
}

impl Places {
    fn of(width: u16) -> Places {
        let rest = width.saturating_sub(11);
        let customer = 11;
        let what = customer + rest / 4;
        let followed = width.saturating_sub(rest / 3);
        Places { customer, what, state: followed.saturating_sub(14), followed }
    }
}

pub(super) fn draw_looked(brush: &mut Brush<'_>, y: u16, looked: &Decision, context: &Context<'_>) {
    let (theme, today) = (context.theme, context.today());
    let places = Places::of(brush.area().width);
    let name = context.book().row_of(looked.customer).map_or("", |row| row.name());
    brush.text(2, y, &short_day(looked.decided, today), 6, Style::new());
    brush.text(places.customer, y, name, places.what - places.customer - 2, theme.strong);
    let owner = context.book().standards().owner_name(looked.step.owner);
    let what = if owner.is_empty() { looked.step.what.clone() } else { format!("{} @{owner}", looked.step.what) };
    brush.text(places.what, y, &what, places.state.saturating_sub(places.what + 2), Style::new());
    let late = looked.step.due.is_some_and(|due| due.day < today);
    let (state, style) = match looked.step.done_at {
        Some(at) => (format!("{} {}", context.say(words("done", "完成")), short_day(at.day(), today)), theme.good),
        None if late => (format!("! {}", context.say(words("overdue", "逾期"))), theme.alarm),
        None => (context.say(words("open", "未完成")).to_owned(), Style::new()),
    };
    brush.text(places.state, y, &state, 13, style);
    let mark = if looked.review.is_some() { "* " } else { "" };
    let told = looked.followed.as_ref().map(|followed| told(followed, context)).unwrap_or_default();
    brush.text(places.followed, y, &format!("{mark}{told}"), u16::MAX, theme.dim);
}

/// What followed, in a few words.
fn told(followed: &Followed, context: &Context<'_>) -> String {
    let mut parts = Vec::new();
    if followed.orders > 0 {
        let money = short_money(followed.revenue, context.language);
        parts.push(match context.language {
            Language::En if followed.orders == 1 => format!("1 order {money}"),
            Language::En => format!("{} orders {money}", followed.orders),
            Language::Zh => format!("{} 单 {money}", followed.orders),
        });
    }
    let standards = context.book().standards();
    let stage = followed.stages.last().map(|stage| standards.stage_shown(stage, context.language));
    parts.extend(stage.map(|stage| format!("→ {stage}")));
    let satisfaction = words("satisfaction", "满意度");
    parts.extend(followed.satisfaction.map(|score| format!("{} {}", context.say(satisfaction), points(score))));
    if parts.is_empty() { context.say(words("nothing yet", "暂无变化")).to_owned() } else { parts.join(" · ") }
}
