//! The actions of a quarter looked at again: what was decided, whether it was done, and what followed.

use crate::analysis::review::{Followed, decided, followed, quarter};
use crate::domain::follow_up::NextStep;
use crate::domain::id::Id;
use crate::domain::time::Day;
use crate::domain::working::Review;
use crate::text::figures::{grouped, points, short_day, short_money};
use crate::text::{Language, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Place, Settling};
use crate::ui::fit;
use crate::ui::view::View;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::sync::Arc;

/// Lines below the list, for what was found.
const BELOW: u16 = 3;

/// An action with what followed and what was found.
struct Looked {
    step: NextStep,
    customer: Id,
    decided: Day,
    followed: Option<Followed>,
    review: Option<Review>,
}

/// The view.
#[derive(Default)]
pub struct QuarterReview {
    looked: Vec<Looked>,
    rows: Rows,
    /// Quarters before the one that runs.
    before: i32,
    /// Whose actions; everybody's where none is chosen.
    mine: bool,
    seen: Option<(u64, i32, bool)>,
}

impl QuarterReview {
    fn gather(&mut self, context: &Context<'_>) {
        let now = (context.book().revision(), self.before, self.mine);
        if self.seen == Some(now) {
            return;
        }
        let (first, last) = quarter(context.today(), self.before);
        let me = context.book().standards().owner_called(context.desk.me()).map(|owner| owner.id);
        // Who was neither talked with since nor promised anything had no action in the quarter.
        let touched = context.book().rows().filter(|(_, row)| {
            let talked = row.last_contact.is_some_and(|day| day >= first);
            talked || row.open.as_ref().is_some_and(|open| !open.promises.is_empty())
        });
        self.looked = touched.flat_map(|(_, row)| looked_at(row.id, first, last, context)).collect();
        self.looked.retain(|looked| !self.mine || me.is_some() && looked.step.owner == me);
        self.looked.sort_by_key(|looked| (looked.decided, looked.step.id));
        self.rows.select(self.rows.selected, self.looked.len());
        self.seen = Some(now);
    }

    fn selected(&self) -> Option<&Looked> {
        self.looked.get(self.rows.selected)
    }

    /// Opens the words on what was found.
    fn note(&self, context: &Context<'_>) -> Effect {
        let Some(looked) = self.selected() else { return Effect::None };
        let begun = || Review {
            customer: Some(looked.customer),
            step: Some(looked.step.id),
            by: context.desk.me().to_owned(),
            at: context.now,
            ..Review::default()
        };
        Effect::Open(Place::EntryForm(Box::new(looked.review.clone().unwrap_or_else(begun).into())))
    }

    fn done(&self, context: &Context<'_>) -> Effect {
        match self.selected() {
            Some(looked) if looked.step.done_at.is_none() => {
                Effect::Open(Place::Settle(Settling::Done(Box::new(looked.step.clone()))))
            }
            _ => Effect::Say(Notice::note(context.say(words("it is done already", "已经完成")))),
        }
    }
}

/// The actions of a customer decided between two days.
fn looked_at(customer: Id, first: Day, last: Day, context: &Context<'_>) -> Vec<Looked> {
    let Ok(dossier) = context.desk.dossier(customer) else { return Vec::new() };
    let steps = dossier.next_steps();
    if steps.is_empty() {
        return Vec::new();
    }
    let (talks, orders, deals) = (dossier.follow_ups(), dossier.orders(), dossier.deals());
    let (feedback, reviews) = (dossier.feedback(), dossier.reviews());
    let looked = steps.into_iter().filter_map(|step| {
        let decided = decided(&step, &talks).filter(|day| (first..=last).contains(day))?;
        let followed = step.done_at.map(|at| followed(at.day(), &orders, &deals, &feedback));
        let review = reviews.iter().find(|review| review.step == Some(step.id)).cloned();
        Some(Looked { step, customer, decided, followed, review })
    });
    looked.collect()
}

impl View for QuarterReview {
    fn scope(&self) -> Scope {
        Scope::Today
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        let count = self.looked.len();
        match action {
            Action::SelectNext => self.rows.move_by(1, count),
            Action::SelectPrevious => self.rows.move_by(-1, count),
            Action::SelectFirst => self.rows.select(0, count),
            Action::SelectLast => self.rows.select(count.saturating_sub(1), count),
            Action::PageDown => self.rows.move_by(self.rows.page(), count),
            Action::PageUp => self.rows.move_by(-self.rows.page(), count),
            Action::OtherQuarter => {
                self.before = 1 - self.before;
                self.gather(context);
            }
            Action::OnlyMine => {
                self.mine = !self.mine;
                self.gather(context);
            }
            Action::Open => {
                let Some(looked) = self.selected() else { return Effect::None };
                let (customer, record) = (looked.customer, looked.step.id);
                return Effect::Open(Place::Happened { customer, record, among: Arc::default() });
            }
            Action::Edit => return self.note(context),
            Action::Done => return self.done(context),
            Action::GoBack => return Effect::Back,
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.gather(context);
    }

    fn selected_customer(&self, _context: &Context<'_>) -> Option<Id> {
        self.selected().map(|looked| looked.customer)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        self.gather(context);
        self.draw_head(&mut Brush::new(buffer, Rect { height: 2.min(area.height), ..area }), context);
        let height = area.height.saturating_sub(2 + BELOW);
        let body = Rect { y: area.y + 2, height, ..area };
        self.rows.fit(usize::from(height), self.looked.len());
        let mut brush = Brush::new(buffer, body);
        if self.looked.is_empty() {
            let none = words("Nothing was promised in this quarter.", "这个季度没有定下任何待办。");
            brush.text(2, 1, context.say(none), u16::MAX, context.theme.strong);
            return None;
        }
        let mut cursor = None;
        for (y, place) in (0..).zip(self.rows.seen(self.looked.len())) {
            let Some(looked) = self.looked.get(place) else { continue };
            draw_looked(&mut brush, y, looked, context);
            if place == self.rows.selected {
                brush.select_line(y, context.theme.selected);
                cursor = Some(Position { x: body.x, y: body.y + y });
            }
        }
        self.draw_found(&mut Brush::new(buffer, Rect { y: body.bottom(), height: BELOW, ..area }), context);
        cursor
    }

    fn foot(&self, _context: &Context<'_>) -> String {
        match self.looked.len() {
            0 => String::new(),
            count => format!("{}/{count}", self.rows.selected + 1),
        }
    }
}

impl QuarterReview {
    fn draw_head(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let theme = context.theme;
        let (first, last) = quarter(context.today(), self.before);
        let done = self.looked.iter().filter(|looked| looked.step.done_at.is_some()).count();
        let (all, done) = (grouped(self.looked.len() as u64), grouped(done as u64));
        let text = match context.language {
            Language::En => {
                format!("Review {first} to {last}: {all} actions, {done} done. e notes what was found, [ other quarter")
            }
            Language::Zh => format!("复盘 {first} 至 {last}：{all} 项行动，完成 {done} 项。e 写结论，[ 换季度"),
        };
        let end = brush.text(1, 0, &text, u16::MAX, theme.accent);
        if self.mine {
            brush.text(end + 2, 0, context.say(words("mine only", "仅我的")), u16::MAX, theme.accent);
        }
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

    /// What was found of the action selected.
    fn draw_found(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let theme = context.theme;
        brush.rule(0, context.ascii, theme.dim);
        let Some(looked) = self.selected() else { return };
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

fn draw_looked(brush: &mut Brush<'_>, y: u16, looked: &Looked, context: &Context<'_>) {
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
