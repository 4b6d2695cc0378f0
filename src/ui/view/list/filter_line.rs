//! The line in which a filter is written: applied while it can be read, its faults shown under it, names completed.

use crate::book::find::initials;
use crate::query::field::{columns, fold};
use crate::query::filter::{Fault, Filter};
use crate::text::{Language, words};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use ratatui::layout::Position;

/// Lines of the screen that the filter takes while it is written: itself, the marks under it, what is said of it.
pub(super) const HEIGHT: u16 = 3;
/// Names offered at most.
const OFFERED: usize = 8;

/// The line.
#[derive(Default)]
pub(super) struct FilterLine {
    input: Input,
    /// Whether it is being written.
    pub(super) writing: bool,
    fault: Option<Fault>,
    /// The filter in force, and its text.
    filter: Option<Filter>,
    text: String,
}

impl FilterLine {
    /// The filter in force.
    pub(super) const fn filter(&self) -> Option<&Filter> {
        self.filter.as_ref()
    }

    /// The text of the filter in force.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Puts a filter in force, as it was written or kept.
    pub(super) fn set(&mut self, text: &str) {
        self.input = Input::new(text);
        self.read();
        self.apply();
    }

    /// Begins to write, with the filter in force.
    pub(super) fn begin(&mut self) {
        self.input = Input::new(&self.text);
        self.read();
        self.writing = true;
    }

    /// Leaves the line; what is in force stays.
    pub(super) fn leave(&mut self) {
        self.writing = false;
    }

    /// Puts what is written in force and leaves the line; false, with the line still open, where it cannot be read.
    pub(super) fn finish(&mut self) -> bool {
        self.writing = self.fault.is_some();
        if !self.writing {
            self.apply();
        }
        !self.writing
    }

    /// Takes text; true when the filter in force may be another.
    pub(super) fn typed(&mut self, text: &str) {
        self.input.insert(text);
        self.read();
    }

    /// Does an act of typing, or completes a name; false when it is neither.
    pub(super) fn act(&mut self, action: Action, context: &Context<'_>) -> bool {
        match action {
            Action::CompleteName => {
                let (typed, names) = self.offered(context.language);
                if let Some(name) = names.into_iter().next() {
                    for _ in typed.chars() {
                        self.input.act(Action::DeleteLeft);
                    }
                    self.input.insert(&name);
                }
            }
            _ if self.input.act(action) => {}
            _ => return false,
        }
        self.read();
        true
    }

    /// Puts what is written in force where it can be read; false where it cannot.
    pub(super) fn apply(&mut self) -> bool {
        if self.fault.is_some() {
            return false;
        }
        self.text = self.input.text().trim().to_owned();
        self.filter = Filter::read(&self.text).ok();
        true
    }

    fn read(&mut self) {
        let text = self.input.text();
        self.fault = if text.trim().is_empty() { None } else { Filter::read(&text).err() };
    }

    /// The beginning of a name before the caret, and the names it may become.
    fn offered(&self, language: Language) -> (String, Vec<String>) {
        let before: String = self.input.text().chars().take(self.input.caret_chars()).collect();
        let ends = |c: char| c.is_whitespace() || "()（）=<>≥≤≠:：~,，、;；且或非!".contains(c);
        let start = before.char_indices().rev().find(|(_, c)| ends(*c)).map_or(0, |(at, c)| at + c.len_utf8());
        let typed = before.get(start..).unwrap_or_default().to_owned();
        let sign = before.get(..start).unwrap_or_default().trim_end().chars().next_back();
        let is_value = sign.is_some_and(|c| "=<>≥≤≠:：~,，、".contains(c));
        if typed.is_empty() || is_value {
            return (typed, Vec::new());
        }
        let wanted = fold(&typed);
        let name = |field: &crate::query::field::Field| match language {
            Language::En => field.name.to_owned(),
            Language::Zh => field.words.zh.to_owned(),
        };
        let begins = |text: &str| fold(text).starts_with(&wanted) && fold(text) != wanted;
        let fits = |field: &&crate::query::field::Field| {
            begins(field.name) || begins(field.words.zh) || fold(&initials(field.words.zh)).starts_with(&wanted)
        };
        (typed, columns().filter(fits).map(name).take(OFFERED).collect())
    }

    /// Draws the line with what is under it; gives where the caret stands.
    pub(super) fn draw(&self, brush: &mut Brush<'_>, passing: usize, context: &Context<'_>) -> Position {
        let theme = context.theme;
        let x = brush.pieces(0, 0, &[(" & ", theme.accent)]);
        let width = brush.area().width;
        let caret = self.input.draw(brush, x, 0, width.saturating_sub(x + 1), theme.strong);
        let (_, names) = self.offered(context.language);
        if names.is_empty() {
            self.draw_told(brush, x, passing, context);
        } else {
            // A name half written is no mistake yet.
            brush.text(x, 1, &format!("Tab {}", names.join("  ")), u16::MAX, theme.accent);
        }
        caret
    }

    /// What there is to say of the filter as it is: its fault, an example, or how many it shows.
    fn draw_told(&self, brush: &mut Brush<'_>, x: u16, passing: usize, context: &Context<'_>) {
        let theme = context.theme;
        let text = self.input.text();
        match &self.fault {
            Some(fault) => {
                let (before, about) = fault.pointed(&text);
                // What is missing at the end is a hint while one writes, and no alarm.
                let style = if about.is_empty() { theme.dim } else { theme.alarm };
                let mark = "^".repeat(fit::width(about).max(1));
                brush.text(x + fit::width(before) as u16, 1, &mark, u16::MAX, style);
                brush.text(x, 2, &fault.say(context.language), u16::MAX, style);
            }
            None if text.trim().is_empty() => {
                let example = words(
                    "industry = retail and order_value > 100k     top 20%     last_purchase before 90 days ago",
                    "行业=零售业 客单价>10万     前20%     最近购买 早于90天前     负责人=我",
                );
                brush.text(x, 2, context.say(example), u16::MAX, theme.dim);
            }
            None => {
                let count = crate::text::figures::grouped(passing as u64);
                let told = match context.language {
                    Language::En => format!("{count} customers; Enter keeps it, empty shows everybody"),
                    Language::Zh => format!("{count} 位客户；回车确定，清空则显示全部"),
                };
                brush.text(x, 2, &told, u16::MAX, theme.good);
            }
        }
    }
}
