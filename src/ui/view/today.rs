//! What waits today, and a way to walk through it one by one.

use crate::analysis::queue::{Rhythm, Waiting, Why, waiting};
use crate::book::Slot;
use crate::book::cell::phone;
use crate::book::command::Command;
use crate::book::logging::{Logging, next_after};
use crate::domain::choice::ListKind;
use crate::domain::customer::Customer;
use crate::domain::follow_up::{FollowUp, NextStep};
use crate::domain::id::Id;
use crate::domain::list::ListItem;
use crate::domain::money::Money;
use crate::domain::record::Record;
use crate::domain::time::Day;
use crate::text::figures::{distance, grouped, short_due};
use crate::text::{Language, Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Place};
use crate::ui::view::View;
use crate::ui::view::grievances::Grievances;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use crate::ui::widget::written::{reason_text, why_text};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::collections::HashMap;
use std::sync::Arc;

/// Width from which each row says how late it is in words, too.
const ROOMY: u16 = 96;
/// Days ahead that are shown.
const AHEAD: i32 = 7;
const DONE: Words = words("Done", "已完成");
const OUTCOMES: [Action; 9] = [
    Action::Outcome1,
    Action::Outcome2,
    Action::Outcome3,
    Action::Outcome4,
    Action::Outcome5,
    Action::Outcome6,
    Action::Outcome7,
    Action::Outcome8,
    Action::Outcome9,
];

/// A customer that waits: its most urgent reason, and how many more there are.
struct Waiter {
    slot: Slot,
    id: Id,
    first: Waiting,
    more: usize,
    /// Worth × lateness, by which the queue is walked.
    weight: i128,
}

/// The view of the day.
pub struct Today {
    queue: Vec<Waiter>,
    rows: Rows,
    running: bool,
    mine: bool,
    /// Customers logged in this walk, the last at the end.
    walked: Vec<Id>,
    /// An outcome was just logged: go on to the next, though this one may still wait for something else.
    logged: bool,
    seen: Option<(u64, Day, bool, bool)>,
    words: HashMap<Id, (String, usize)>,
    grievances: Grievances,
}

impl Today {
    /// The queue of today.
    pub fn new(context: &Context<'_>) -> Today {
        let rows = Rows { leaps: context.slow_line, ..Rows::default() };
        let mut today = Today {
            queue: Vec::new(),
            rows,
            running: false,
            mine: false,
            walked: Vec::new(),
            logged: false,
            seen: None,
            words: HashMap::new(),
            grievances: Grievances::default(),
        };
        today.gather(context);
        today
    }

    /// Gathers who waits. After an undo the customer that waits again is selected.
    fn gather(&mut self, context: &Context<'_>) {
        let now = (context.book().revision(), context.today(), self.mine, self.running);
        if self.seen == Some(now) {
            return;
        }
        let before: Vec<Id> = self.queue.iter().map(|waiter| waiter.id).collect();
        self.queue = queue(context, self.mine, if self.running { 0 } else { AHEAD });
        if self.running {
            self.queue.sort_by_key(|waiter| std::cmp::Reverse(waiter.weight));
        }
        self.words.clear();
        let me = context.book().standards().owner_called(context.desk.me()).map(|owner| owner.id);
        self.grievances.count(me.filter(|_| self.mine), context);
        let back = self.walked.last().copied().filter(|id| self.seen.is_some() && !before.contains(id));
        let place = back.and_then(|id| self.queue.iter().position(|waiter| waiter.id == id));
        if let Some(place) = place {
            self.walked.pop();
            self.rows.select(place, self.queue.len());
        }
        if std::mem::take(&mut self.logged) {
            let last = self.walked.last();
            let stays = self.selected().is_some_and(|waiter| Some(&waiter.id) == last);
            self.rows.move_by(isize::from(stays), self.queue.len());
        }
        self.rows.select(self.rows.selected, self.queue.len());
        self.seen = Some(now);
    }

    fn selected(&self) -> Option<&Waiter> {
        self.queue.get(self.rows.selected)
    }

    fn moved(&mut self, action: Action) -> bool {
        let count = self.queue.len();
        match action {
            Action::SelectNext => self.rows.move_by(1, count),
            Action::SelectPrevious => self.rows.move_by(-1, count),
            Action::SelectFirst => self.rows.select(0, count),
            Action::SelectLast => self.rows.select(count.saturating_sub(1), count),
            Action::PageDown => self.rows.move_by(self.rows.page(), count),
            Action::PageUp => self.rows.move_by(-self.rows.page(), count),
            Action::HalfPageDown => self.rows.move_by(self.rows.half(), count),
            Action::HalfPageUp => self.rows.move_by(-self.rows.half(), count),
            _ => return false,
        }
        true
    }

    fn walk(&mut self, on: bool, context: &Context<'_>) {
        self.running = on;
        self.rows = Rows { leaps: self.rows.leaps, ..Rows::default() };
        self.walked.clear();
        self.gather(context);
    }

    /// Marks the promise as kept; a call that was due is no longer.
    fn done(&self, context: &Context<'_>) -> Effect {
        let Some(waiter) = self.selected() else { return Effect::None };
        let dossier = match context.desk.dossier(waiter.id) {
            Ok(dossier) => dossier,
            Err(error) => return Effect::Say(Notice::error(error.say(context.language))),
        };
        let pair = match &waiter.first.why {
            Why::Promise(promise) => dossier.get(promise.step).and_then(|record| match record {
                Record::NextStep(step) => {
                    let after = NextStep { done_at: Some(context.now), ..step.clone() };
                    Some((Record::from(step), Record::from(after)))
                }
                _ => None,
            }),
            Why::Contact => dossier.customer().map(|customer| {
                let after = Customer { next_contact: None, ..customer.clone() };
                (Record::from(customer), Record::from(after))
            }),
            _ => None,
        };
        match pair.and_then(|(before, after)| crate::book::command::edit_between(&before, &after)) {
            Some(command) => Effect::Run(command, DONE),
            None => {
                let log = words("log a follow-up to settle this", "请记一笔跟进来处理");
                Effect::Say(Notice::note(context.say(log)))
            }
        }
    }

    /// Logs a call with this outcome; the next contact falls on the outcome's working day.
    fn outcome(&mut self, number: usize, context: &Context<'_>) -> Effect {
        let outcomes: Vec<&ListItem> = context.book().standards().items(ListKind::Outcome).collect();
        let (Some(outcome), Some(waiter)) = (outcomes.get(number), self.selected()) else { return Effect::None };
        let due = next_after(&outcome.key, context.today(), context.book());
        let customer = waiter.id;
        let follow_up = FollowUp {
            customer: Some(customer),
            at: context.now,
            way: "call".to_owned(),
            outcome: outcome.key.clone(),
            by: context.desk.me().to_owned(),
            ..FollowUp::default()
        };
        self.walked.push(customer);
        self.logged = true;
        let logging = Logging { customer, follow_up, next_contact: due, ..Logging::default() };
        Effect::Run(Command::Log(Box::new(logging)), SAVED)
    }

    /// The last words with a customer, and how often it was tried without being reached since.
    fn last_words(&mut self, id: Id, context: &Context<'_>) -> (String, usize) {
        if let Some(known) = self.words.get(&id) {
            return known.clone();
        }
        let mut talks = context.desk.dossier(id).map(|dossier| dossier.follow_ups()).unwrap_or_default();
        talks.sort_by_key(|talk| std::cmp::Reverse(talk.at));
        let text = talks.iter().map(|talk| talk.text.as_str()).find(|text| !text.is_empty()).unwrap_or("").to_owned();
        let missed =
            |talk: &&FollowUp| ["no_answer", "busy", "unreachable", "gatekeeper"].contains(&talk.outcome.as_str());
        let tries = talks.iter().take_while(missed).count();
        self.words.insert(id, (text.clone(), tries));
        (text, tries)
    }
}

const SAVED: Words = words("Logged", "已记录");

/// Every customer that waits, the longest first.
fn queue(context: &Context<'_>, mine: bool, ahead: i32) -> Vec<Waiter> {
    let today = context.today();
    let me = context.book().standards().owner_called(context.desk.me()).map(|owner| owner.id);
    let mut queue: Vec<Waiter> = Vec::new();
    for (slot, row) in context.book().rows() {
        let reasons = waiting(&context.book().standing(row, today), Rhythm::default(), today, ahead);
        // What was promised is done by whoever it was given to, the rest by the customer's owner.
        let is_mine = |waiting: &Waiting| me.is_some() && waiting.owner().or(row.owner) == me;
        let mut reasons = reasons.into_iter().filter(|waiting| !mine || is_mine(waiting));
        let Some(first) = reasons.next() else { continue };
        let late = i128::from(first.days_over(today).clamp(0, 90)) + 1;
        let worth: Money = row.purchases(today).total;
        let weight = late * i128::from(worth.cents().max(1));
        queue.push(Waiter { slot, id: row.id, first, more: reasons.count(), weight });
    }
    queue.sort_by_key(|waiter| (waiter.first.due, std::cmp::Reverse(waiter.weight)));
    queue
}

impl View for Today {
    fn scope(&self) -> Scope {
        if self.running { Scope::Run } else { Scope::Today }
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        if self.moved(action) {
            return Effect::None;
        }
        if let Some(number) = OUTCOMES.iter().position(|outcome| *outcome == action) {
            return self.outcome(number, context);
        }
        match action {
            Action::Open => {
                let among: Vec<Id> = self.queue.iter().map(|waiter| waiter.id).collect();
                let open = |waiter: &Waiter| Place::Detail { customer: waiter.id, among: Arc::new(among) };
                return self.selected().map(open).map_or(Effect::None, Effect::Open);
            }
            Action::Run => self.walk(true, context),
            Action::GoBack if self.running => self.walk(false, context),
            Action::Done => return self.done(context),
            Action::OnlyMine => {
                self.mine = !self.mine;
                self.gather(context);
            }
            Action::Edit => return super::list::edit(self.selected().map(|waiter| waiter.id), context),
            Action::CopyPhone => {
                let row = self.selected().and_then(|waiter| context.book().row(waiter.slot));
                return super::list::copy_phone(row, context);
            }
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.gather(context);
    }

    fn selected_customer(&self, _context: &Context<'_>) -> Option<Id> {
        self.selected().map(|waiter| waiter.id)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        self.gather(context);
        self.draw_about(&mut Brush::new(buffer, Rect { height: 2.min(area.height), ..area }), context);
        let legend = if self.running { 3 } else { 0 };
        let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + legend), ..area };
        self.rows.fit(usize::from(body.height), self.queue.len());
        let mut brush = Brush::new(buffer, body);
        if self.queue.is_empty() {
            let nobody = words("Nobody waits. Well done.", "没有待办，干得漂亮。");
            brush.text(2, 1, context.say(nobody), u16::MAX, context.theme.strong);
            return None;
        }
        let mut cursor = None;
        for (y, place) in (0..).zip(self.rows.seen(self.queue.len())) {
            self.draw_waiter(&mut brush, y, place, context);
            if place == self.rows.selected {
                brush.select_line(y, context.theme.selected);
                cursor = Some(Position { x: body.x, y: body.y + y });
            }
        }
        if self.running {
            let below = Rect { y: body.bottom(), height: legend, ..area };
            draw_legend(&mut Brush::new(buffer, below), context);
        }
        cursor
    }

    fn foot(&self, _context: &Context<'_>) -> String {
        match self.queue.len() {
            0 => String::new(),
            count => format!("{}/{count}", self.rows.selected + 1),
        }
    }
}

impl Today {
    fn draw_about(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let theme = context.theme;
        let today = context.today();
        let count = |wanted: fn(i32) -> bool| {
            let found = self.queue.iter().filter(|waiter| wanted(waiter.first.days_over(today))).count();
            grouped(found as u64)
        };
        let (late, now, coming) = (count(|days| days > 0), count(|days| days == 0), count(|days| days < 0));
        let text = match (self.running, context.language) {
            (true, Language::En) => {
                format!(
                    "Walking the queue: {} done, {} left. Digits log; Esc ends it.",
                    self.walked.len(),
                    self.queue.len()
                )
            }
            (true, Language::Zh) => {
                format!("连续跟进：已完成 {}，还剩 {}。数字键记结果，Esc 结束。", self.walked.len(), self.queue.len())
            }
            (false, Language::En) => format!("{late} overdue · {now} today · {coming} in the next {AHEAD} days"),
            (false, Language::Zh) => format!("逾期 {late} · 今天 {now} · 未来 {AHEAD} 天 {coming}"),
        };
        let end = brush.text(1, 0, &text, u16::MAX, if self.running { theme.accent } else { theme.dim });
        let end = match self.mine {
            true => brush.text(end + 2, 0, context.say(words("mine only", "仅我的")), u16::MAX, theme.accent),
            false => end,
        };
        if !self.running {
            brush.text(end + 3, 0, &self.grievances.told(context.language), u16::MAX, theme.alarm);
        }
        let places = Places::of(brush.area().width);
        let headings = [
            (places.due, words("due", "到期")),
            (places.name, words("customer", "客户")),
            (places.why, words("why now", "为什么是现在")),
            (places.words, words("last words", "上次沟通")),
            (places.phone, words("phone", "电话")),
        ];
        for (x, heading) in headings.into_iter().filter(|(x, _)| *x > 0) {
            brush.text(x, 1, context.say(heading), u16::MAX, theme.dim);
        }
    }

    fn draw_waiter(&mut self, brush: &mut Brush<'_>, y: u16, place: usize, context: &Context<'_>) {
        let Some((slot, id)) = self.queue.get(place).map(|waiter| (waiter.slot, waiter.id)) else { return };
        let (said, tries) = self.last_words(id, context);
        let (Some(waiter), Some(row)) = (self.queue.get(place), context.book().row(slot)) else { return };
        let theme = context.theme;
        let today = context.today();
        let places = Places::of(brush.area().width);
        let over = waiter.first.days_over(today);
        let style = if over > 0 { theme.alarm } else { Style::new() };
        if over > 0 {
            brush.text(places.due - 1, y, "!", 1, style);
        }
        let due = if over == 0 && waiter.first.due.minute.is_none() {
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
            why = format!("{why} +{}", waiter.more);
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
        brush.text(places.phone, y, phone(row), u16::MAX, Style::new());
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
        let phone = width.saturating_sub(18);
        let name = 15;
        let why = name + if width < ROOMY { (phone - name) / 2 } else { (phone - name) * 2 / 5 };
        let why = if width >= 130 { name + 34 } else { why };
        let words = if width >= 130 { why + 40 } else { 0 };
        Places { due: 2, name, why, words, phone }
    }
}

/// What each digit logs.
fn draw_legend(brush: &mut Brush<'_>, context: &Context<'_>) {
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
        let need = crate::ui::fit::width(&text) as u16 + 4;
        if x + need > brush.area().width {
            (x, y) = (1, y + 1);
        }
        x = brush.pieces(x, y, &[(&number.to_string(), theme.accent), (" ", theme.dim), (&text, Style::new())]) + 2;
    }
}
