//! The day drawn: its head, the queue in groups, and what each digit logs.

use super::queue::{AHEAD, Shown};
use super::{OUTCOMES, Today};
use crate::book::columns::phone;
use crate::domain::choice::ListKind;
use crate::text::figures::{distance, grouped, short_due};
use crate::text::{Language, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::keymap::shown as key_shown;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::written::{reason_text, why_text};
use ratatui::layout::Position;
use ratatui::style::Style;

/// Width below which a row has no room for the phone.
const NARROW: u16 = 64;
/// Width from which each row says how late it is in words, too.
const ROOMY: u16 = 96;

impl Today {
    pub(super) fn draw_about(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let theme = context.theme;
        let today = context.today();
        let count = |wanted: fn(i32) -> bool| {
            let dated = self.queue.iter().filter(|waiter| !waiter.first.is_undated());
            grouped(dated.filter(|waiter| wanted(waiter.first.days_over(today))).count() as u64)
        };
        let (late, now, coming) = (count(|days| days > 0), count(|days| days == 0), count(|days| days < 0));
        let undated = self.undated_told(context.language);
        let text = match (self.running, context.language) {
            (true, _) => self.walk_told(context.language),
            (false, Language::En) => {
                format!(
                    "{late} overdue{} · {now} today · {coming} in {AHEAD} days{undated}",
                    self.late_contacts(context.language)
                )
            }
            (false, Language::Zh) => {
                format!(
                    "逾期 {late}{} · 今天 {now} · 未来 {AHEAD} 天 {coming}{undated}",
                    self.late_contacts(context.language)
                )
            }
        };
        let end = brush.text(1, 0, &text, u16::MAX, if self.running { theme.accent } else { theme.dim });
        let owner = context.book().standards().owner_name(self.of);
        let end = if owner.is_empty() { end } else { brush.text(end + 2, 0, owner, 16, theme.accent) };
        if !self.running {
            let end = brush.text(end + 2, 0, context.say(self.grouping.words()), 12, theme.dim);
            brush.text(end + 2, 0, &self.grievances.told(context.language), u16::MAX, theme.alarm);
        }
        let places = Places::of(brush.area().width);
        let headings = [
            (places.due, words("due", "到期")),
            (places.name, words("customer", "客户")),
            (places.why, words("why now", "为什么是现在")),
            (places.words, words("last words", "上次沟通")),
            (places.phone, words("phone", "电话")),
        ];
        let shown: Vec<_> = headings.into_iter().filter(|(x, _)| *x > 0).collect();
        for (place, (x, heading)) in shown.iter().enumerate() {
            let end = shown.get(place + 1).map_or(u16::MAX, |(next, _)| *next - 1);
            brush.text(*x, 1, context.say(*heading), end.saturating_sub(*x), theme.dim);
        }
    }

    /// How many wait for what nobody has said a day of.
    fn undated_told(&self, language: Language) -> String {
        match (self.queue.iter().filter(|waiter| waiter.first.is_undated()).count(), language) {
            (0, _) => String::new(),
            (undated, Language::En) => format!(" · {undated} without a date"),
            (undated, Language::Zh) => format!(" · 未定日期 {undated}"),
        }
    }

    /// Of those overdue, how many by the day of their next contact: the figure the list of customers tells.
    fn late_contacts(&self, language: Language) -> String {
        match (self.queue.iter().filter(|waiter| waiter.is_late).count(), language) {
            (0, _) => String::new(),
            (late, Language::En) => format!(" ({late} for contact)"),
            (late, Language::Zh) => format!("（其中未联系 {late}）"),
        }
    }

    /// How far the walk is, in customers: dealt with, still to come, and dealt with though something else is open.
    fn walk_told(&self, language: Language) -> String {
        let open = self.queue.iter().filter(|waiter| self.walked.contains(&waiter.id)).count();
        let (done, left) = (self.walked.len(), self.queue.len() - open);
        match (open, language) {
            (0, Language::En) => format!("Walking the queue: {done} done, {left} left. Digits log; Esc ends it."),
            (0, Language::Zh) => format!("连续跟进：已完成 {done} 位，还剩 {left} 位。数字键记结果，Esc 结束。"),
            (_, Language::En) => {
                format!("Walking: {done} done, {left} left; {open} done have more open (✓): x closes it.")
            }
            (_, Language::Zh) => {
                format!("连续跟进：已完成 {done} 位，还剩 {left} 位；{open} 位另有未了事项（✓），x 了结。")
            }
        }
    }

    /// Minds which lines fit, the selected one among them and the head of its group above it, and reads what was said last
    /// with those seen.
    pub(super) fn fit_lines(&mut self, height: usize, context: &Context<'_>) {
        let (count, selected) = (self.shown.len(), self.selected_line());
        self.seen_lines.select(selected, count);
        self.seen_lines.fit(height, count);
        let headed = selected.checked_sub(1).and_then(|above| self.shown.get(above));
        if self.seen_lines.top == selected && matches!(headed, Some(Shown::Head(..))) && height > 1 {
            self.seen_lines.top = selected - 1;
        }
        for at in self.seen_lines.seen(count) {
            if let Some(Shown::Waiter(place)) = self.shown.get(at)
                && let Some(id) = self.queue.get(*place).map(|waiter| waiter.id)
            {
                self.read_last_words(id, context);
            }
        }
    }

    /// The line of the customer selected.
    fn selected_line(&self) -> usize {
        let line = |shown: &Shown| matches!(shown, Shown::Waiter(place) if *place == self.rows.selected);
        self.shown.iter().position(line).unwrap_or(0)
    }

    /// The lines that fit; gives where the cursor stands.
    pub(super) fn draw_queue(&self, brush: &mut Brush<'_>, context: &Context<'_>) -> Option<Position> {
        let area = brush.area();
        let (count, selected) = (self.shown.len(), self.selected_line());
        let mut cursor = None;
        for (y, at) in (0..).zip(self.seen_lines.seen(count)) {
            let place = match self.shown.get(at) {
                Some(Shown::Head(name, count)) => {
                    let end = brush.text(1, y, name, u16::MAX, context.theme.accent);
                    brush.text(end + 1, y, &count.to_string(), 8, context.theme.dim);
                    continue;
                }
                Some(Shown::Waiter(place)) => *place,
                None => continue,
            };
            self.draw_waiter(brush, y, place, context);
            if at == selected {
                brush.select_line(y, context.theme.selected);
                cursor = Some(Position { x: area.x, y: area.y + y });
            }
        }
        cursor
    }

    fn draw_waiter(&self, brush: &mut Brush<'_>, y: u16, place: usize, context: &Context<'_>) {
        let Some((slot, id)) = self.queue.get(place).map(|waiter| (waiter.slot, waiter.id)) else { return };
        let (said, tries) = self.words.get(&id).cloned().unwrap_or_default();
        let (Some(waiter), Some(row)) = (self.queue.get(place), context.book().row(slot)) else { return };
        let theme = context.theme;
        let today = context.today();
        let places = Places::of(brush.area().width);
        let over = waiter.first.days_over(today);
        let style = if over > 0 { theme.alarm } else { Style::new() };
        if self.running && self.walked.contains(&id) {
            brush.text(places.due - 1, y, if context.ascii { "*" } else { "✓" }, 1, theme.good);
        } else if over > 0 {
            brush.text(places.due - 1, y, "!", 1, style);
        }
        let due = if waiter.first.is_undated() {
            context.say(words("no date", "未定日期")).to_owned()
        } else if over == 0 && waiter.first.due.minute.is_none() {
            distance(today, today, context.language)
        } else {
            short_due(waiter.first.due, today)
        };
        brush.text(places.due, y, &due, places.name - places.due - 1, style);
        brush.text(places.name, y, row.name(), places.why - places.name - 2, theme.strong);
        // Where room is short the date in front says well enough how late it is.
        let mut why = match brush.area().width < ROOMY {
            true => reason_text(&waiter.first.why, context.language),
            false => why_text(&waiter.first, today, context.language),
        };
        if waiter.more > 0 {
            why = match context.language {
                Language::En => format!("{why} · {} more", waiter.more),
                Language::Zh => format!("{why} · 另{}项", waiter.more),
            };
        }
        if tries > 0 {
            why = match context.language {
                Language::En => format!("{why} · tried {tries}x"),
                Language::Zh => format!("{why} · 已试 {tries} 次"),
            };
        }
        let until = if places.words > 0 { places.words } else { places.phone };
        brush.text(places.why, y, &why, until - places.why - 2, Style::new());
        if places.words > 0 {
            brush.text(places.words, y, &said, places.phone - places.words - 2, theme.dim);
        }
        brush.text(places.phone, y, &phone(row), u16::MAX, Style::new());
    }
}

/// Where the columns stand in a width; `words` is 0 where there is no room for it.
struct Places {
    due: u16,
    name: u16,
    why: u16,
    words: u16,
    phone: u16,
}

impl Places {
    fn of(width: u16) -> Places {
        let name = 15;
        if width < NARROW {
            // Who and why come before the number, which the customer's own page shows.
            return Places {
                due: 2,
                name,
                why: name + (width.saturating_sub(name)) * 3 / 5,
                words: 0,
                phone: width + 2,
            };
        }
        let phone = width.saturating_sub(18);
        let why = name + if width < ROOMY { (phone - name) / 2 } else { (phone - name) * 2 / 5 };
        let why = if width >= 130 { name + 34 } else { why };
        let words = if width >= 130 { why + 40 } else { 0 };
        Places { due: 2, name, why, words, phone }
    }
}

/// What each digit logs.
pub(super) fn draw_legend(brush: &mut Brush<'_>, context: &Context<'_>) {
    let theme = context.theme;
    brush.rule(0, context.ascii, theme.dim);
    let outcomes = context.book().standards().items(ListKind::Outcome).take(OUTCOMES.len());
    let (mut x, mut y) = (1, 1);
    for (number, outcome) in (1..).zip(outcomes) {
        let label = context.book().standards().shown(ListKind::Outcome, &outcome.key, context.language);
        let days = outcome.days.map(|days| match context.language {
            Language::En => format!(" +{days}d"),
            Language::Zh => format!(" {days}天后"),
        });
        let text = format!("{label}{}", days.unwrap_or_default());
        let need = fit::width(&text) as u16 + 4;
        if x + need > brush.area().width {
            (x, y) = (1, y + 1);
        }
        x = brush.pieces(x, y, &[(&number.to_string(), theme.accent), (" ", theme.dim), (&text, Style::new())]) + 2;
    }
    let Some(keys) = context.keymap.key_for(Action::Done, Scope::Run) else { return };
    let closes = context.say(words("closes it without a call", "了结（不用打电话）"));
    if x + fit::width(closes) as u16 + 4 > brush.area().width {
        (x, y) = (1, y + 1);
    }
    brush.pieces(x, y, &[(&key_shown(keys, context.ascii), theme.accent), (" ", theme.dim), (closes, Style::new())]);
}
