//! The whole screen drawn: bar, views, foot.

use super::base::Base;
use super::{App, SMALLEST};
use crate::text::figures::{grouped, short_day, weekday};
use crate::text::{Language, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::event::Press;
use crate::ui::fit;
use crate::ui::keymap::{Found, shown as key_shown};
use crate::ui::theme::Theme;
use crate::ui::widget::paint::{Brush, put_in_ascii};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// Rows that a notice takes at most.
const LONGEST_NOTICE: usize = 4;

impl App {
    /// Draws the whole screen.
    pub fn draw(&mut self, frame: &mut Frame<'_>) {
        let area = frame.area();
        self.cramped = area.width < SMALLEST.0 || area.height < SMALLEST.1;
        if self.cramped {
            self.draw_too_small(frame);
            return;
        }
        self.draw_bar(&mut Brush::new(frame.buffer_mut(), Rect { height: 1, ..area }));
        let body = Rect { y: area.y + 1, height: area.height - 2, ..area };
        let cursor = self.draw_views(frame, body);
        let foot = Rect { y: area.bottom() - 1, height: 1, ..area };
        self.draw_foot(&mut Brush::new(frame.buffer_mut(), foot));
        let notice = self.long_notice(area.width);
        if !notice.is_empty() {
            let height = notice.len() as u16;
            let rows = Rect { y: area.bottom().saturating_sub(height), height, ..area };
            self.draw_long_notice(&mut Brush::new(frame.buffer_mut(), rows), &notice);
        }
        if let Some(copied) = self.copied.clone() {
            let line = Rect { y: foot.y.saturating_sub(1), height: 1, ..area };
            let mut brush = Brush::new(frame.buffer_mut(), line);
            brush.blank();
            brush.text(1, 0, &copied, u16::MAX, self.wanted.theme.strong);
        }
        if self.wanted.ascii {
            put_in_ascii(frame.buffer_mut());
        }
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor);
        }
    }

    fn draw_too_small(&self, frame: &mut Frame<'_>) {
        let said = match self.wanted.language {
            Language::En => format!("Please make the window at least {}x{}.", SMALLEST.0, SMALLEST.1),
            Language::Zh => format!("请把窗口放大到至少 {}x{}。", SMALLEST.0, SMALLEST.1),
        };
        let area = frame.area();
        let mut brush = Brush::new(frame.buffer_mut(), area);
        for (y, line) in (0..).zip(fit::wrap(&said, usize::from(area.width))) {
            brush.text(0, y, &line, u16::MAX, self.wanted.theme.strong);
        }
    }

    fn draw_bar(&self, brush: &mut Brush<'_>) {
        let theme = &self.wanted.theme;
        let language = self.wanted.language;
        let x = self.draw_screens(brush);
        let today = self.now.day();
        let day = format!("{} {}", short_day(today, today), weekday(today, language));
        let read_only = if self.is_read_only() { self.words(words("reading only  ", "只读  ")) } else { "" };
        let width = brush.area().width;
        let room = width.saturating_sub(x);
        let rights = [
            format!("{read_only}{}  {day} ", self.desk.me()),
            format!("{read_only}{day} "),
            format!("{read_only}{} ", short_day(today, today)),
        ];
        let right = rights.into_iter().find(|right| fit::width(right) <= usize::from(room)).unwrap_or_default();
        brush.text_left_of(width, 0, &right, room, theme.dim);
    }

    /// The screens with their keys; gives where the bar is free. In a narrow window only the one shown is named.
    fn draw_screens(&self, brush: &mut Brush<'_>) -> u16 {
        let theme = &self.wanted.theme;
        let count = grouped(self.desk.book().len() as u64);
        let screens = Base::ALL.map(|base| {
            let key = self.keymap.key_for(base.action(), Scope::List).map(|keys| key_shown(keys, self.wanted.ascii));
            let count = if base == Base::Customers { count.as_str() } else { "" };
            (base, key.unwrap_or_default(), self.words(base.action().label()), count)
        });
        let cells = |text: &str| if text.is_empty() { 0 } else { fit::width(text) + 1 };
        let whole: usize =
            screens.iter().map(|(_, key, name, count)| cells(key) + cells(name) + cells(count) + 2).sum();
        let narrow = whole + 8 > usize::from(brush.area().width);
        let mut x = brush.text(1, 0, "kehu", 6, theme.bar) + if narrow { 2 } else { 3 };
        for (base, key, name, count) in &screens {
            x = brush.text(x, 0, key, 6, theme.accent);
            let is_shown = *base == self.base;
            if is_shown || !narrow {
                x = brush.text(x + 1, 0, name, 12, if is_shown { theme.strong } else { theme.dim });
                x = if count.is_empty() { x } else { brush.text(x + 1, 0, count, 12, theme.dim) };
            }
            x += if narrow { 2 } else { 3 };
        }
        x
    }

    /// The uppermost whole view, and what lies over it; gives where the cursor is to stand.
    fn draw_views(&mut self, frame: &mut Frame<'_>, body: Rect) -> Option<Position> {
        let first = self.stack.iter().rposition(|view| !view.floats()).unwrap_or(0);
        let mut views = std::mem::take(&mut self.stack);
        let context = self.context();
        // Only the view that has the keys shows a selection.
        let below = Theme { selected: context.theme.resting, ..context.theme.clone() };
        let covered = Context { theme: &below, ..self.context() };
        let top = views.len().saturating_sub(1);
        let mut cursor = None;
        for (place, view) in views.iter_mut().enumerate().skip(first) {
            view.prepare(body, &context);
            cursor = view.draw(body, frame.buffer_mut(), if place == top { &context } else { &covered });
        }
        self.stack = views;
        cursor
    }

    fn draw_foot(&self, brush: &mut Brush<'_>) {
        let theme = &self.wanted.theme;
        let width = brush.area().width;
        if let Some(notice) = &self.notice {
            let sign = if notice.is_error { "! " } else { "" };
            let style = if notice.is_error { theme.alarm } else { theme.good };
            let end = if self.changed { self.draw_undo(brush) } else { width };
            brush.text(1, 0, &format!("{sign}{}", notice.text), end.saturating_sub(2), style);
            return;
        }
        let right = self.stack.last().map_or(String::new(), |view| view.foot(&self.context()));
        let end = brush.text_left_of(width.saturating_sub(1), 0, &right, 40, theme.dim);
        if !self.pending.is_empty() {
            self.draw_pending(brush, end);
            return;
        }
        let saving = if self.is_saving() { self.words(words("saving…", "正在保存…")) } else { "" };
        let begin = if saving.is_empty() { 1 } else { brush.text(1, 0, saving, end, theme.accent) + 2 };
        self.draw_acts(brush, begin, end);
    }

    /// The lines of a notice that needs more than one and covers nothing that is being typed.
    fn long_notice(&self, width: u16) -> Vec<String> {
        let room = usize::from(width.saturating_sub(4));
        match &self.notice {
            Some(notice) if !self.changed && !self.scope().takes_text() && fit::width(&notice.text) > room => {
                fit::wrap_within(&notice.text, room, LONGEST_NOTICE)
            }
            _ => Vec::new(),
        }
    }

    fn draw_long_notice(&self, brush: &mut Brush<'_>, lines: &[String]) {
        let theme = &self.wanted.theme;
        let is_error = self.notice.as_ref().is_some_and(|notice| notice.is_error);
        let style = if is_error { theme.alarm } else { theme.good };
        brush.blank();
        for (y, line) in (0..).zip(lines) {
            let x = if y == 0 && is_error { brush.text(1, y, "! ", 2, style) } else { 1 };
            brush.text(if is_error { x.max(3) } else { x }, y, line, u16::MAX, style);
        }
    }

    /// The acts that work here, those that matter most first as far as there is room; always how to see the rest.
    fn draw_acts(&self, brush: &mut Brush<'_>, begin: u16, end: u16) {
        let theme = &self.wanted.theme;
        let item = |(action, keys): (Action, &[Press])| {
            let (keys, label) = (key_shown(keys, self.wanted.ascii), self.words(action.label()));
            let need = (fit::width(&keys) + 1 + fit::width(label)) as u16;
            (keys, label, need + 2)
        };
        let (rest, acts): (Vec<_>, Vec<_>) =
            self.keymap.footer(self.scope()).into_iter().partition(|(action, _)| *action == Action::Help);
        let rest: Vec<_> = rest.into_iter().map(item).collect();
        let room = end.saturating_sub(rest.iter().map(|(.., need)| need).sum());
        let offered = acts.into_iter().filter(|(action, _)| self.offers(*action)).map(item);
        let mut used = begin;
        let fitting = offered.take_while(|(.., need)| {
            used += need;
            used <= room
        });
        let mut x = begin;
        for (keys, label, need) in fitting.chain(rest).filter(|(.., need)| *need <= end) {
            brush.pieces(x, 0, &[(&keys, theme.accent), (" ", theme.dim), (label, theme.dim)]);
            x += need;
        }
    }

    /// Whether an act is to be named at the foot. What lies over a screen is left by its own key or by the one that goes back.
    fn offers(&self, action: Action) -> bool {
        let Some(view) = self.stack.last() else { return true };
        let closes = |scope: Scope| Action::Close.works_in(scope) || Action::Cancel.works_in(scope);
        match action {
            Action::GoBack if closes(view.scope()) => false,
            Action::GoBack if self.stack.len() > 1 => true,
            Action::Undo if view.scope().takes_text() => false,
            action => view.offers(action),
        }
    }

    /// Beside what was just said to be done stands the key that takes it back; gives the column before it.
    fn draw_undo(&self, brush: &mut Brush<'_>) -> u16 {
        let width = brush.area().width;
        let keys = self.keymap.key_for(Action::Undo, self.scope()).filter(|_| !self.scope().takes_text());
        let Some(keys) = keys else { return width };
        let (theme, label) = (&self.wanted.theme, self.words(Action::Undo.label()));
        let at = brush.text_left_of(width.saturating_sub(1), 0, label, 12, theme.dim);
        brush.text_left_of(at - 1, 0, &key_shown(keys, self.wanted.ascii), 8, theme.accent)
    }

    /// What may follow the keys pressed so far.
    fn draw_pending(&self, brush: &mut Brush<'_>, end: u16) {
        let theme = &self.wanted.theme;
        let pressed = key_shown(&self.pending, self.wanted.ascii);
        let mut x = brush.text(1, 0, &pressed, 12, theme.strong) + 2;
        if let Found::Wait(candidates) = self.keymap.find(self.scope(), &self.pending) {
            for candidate in candidates {
                let label = candidate.acts.first().map_or("…", |act| self.words(act.label()));
                let key = key_shown(std::slice::from_ref(&candidate.key), self.wanted.ascii);
                if x + (fit::width(&key) + fit::width(label) + 3) as u16 > end {
                    break;
                }
                x = brush.pieces(x, 0, &[(&key, theme.accent), (" ", theme.dim), (label, theme.dim)]) + 2;
            }
        }
    }
}
