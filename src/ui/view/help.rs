//! The keys of where one is, by what they do.

use crate::text::words;
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::Effect;
use crate::ui::fit;
use crate::ui::keymap::shown as key_shown;
use crate::ui::view::View;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// The page of keys.
pub struct Help {
    below: Scope,
    rows: Rows,
    count: usize,
}

/// One line of the page.
enum Line {
    Heading(String),
    Key { keys: String, help: String },
    Gap,
}

impl Help {
    /// The keys of a scope.
    pub fn over(below: Scope) -> Help {
        Help { below, rows: Rows::default(), count: 0 }
    }

    fn lines(&self, context: &Context<'_>) -> Vec<Line> {
        let mut lines = Vec::new();
        for group in context.keymap.help(self.below) {
            if !lines.is_empty() {
                lines.push(Line::Gap);
            }
            lines.push(Line::Heading(group.scope.words().say(context.language).to_owned()));
            for row in group.rows {
                let keys: Vec<String> = row.keys.iter().take(3).map(|keys| key_shown(keys, context.ascii)).collect();
                let palette = words("palette", "命令面板");
                lines.push(Line::Key {
                    keys: if keys.is_empty() { context.say(palette).to_owned() } else { keys.join("  ") },
                    help: row.action.help().say(context.language).to_owned(),
                });
            }
        }
        lines
    }
}

impl View for Help {
    fn scope(&self) -> Scope {
        Scope::Help
    }

    fn act(&mut self, action: Action, _context: &Context<'_>) -> Effect {
        let count = self.count;
        // The page scrolls by its top line: nothing on it is selected.
        let top = match action {
            Action::SelectNext => self.rows.top + 1,
            Action::SelectPrevious => self.rows.top.saturating_sub(1),
            Action::PageDown => self.rows.top + self.rows.height,
            Action::PageUp => self.rows.top.saturating_sub(self.rows.height),
            Action::HalfPageDown => self.rows.top + self.rows.height / 2,
            Action::HalfPageUp => self.rows.top.saturating_sub(self.rows.height / 2),
            Action::SelectFirst => 0,
            Action::SelectLast => count,
            Action::Close | Action::GoBack | Action::Help => return Effect::Back,
            _ => return Effect::Unknown,
        };
        self.rows.top = top.min(count.saturating_sub(self.rows.height));
        Effect::None
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let lines = self.lines(context);
        self.count = lines.len();
        self.rows.height = usize::from(area.height.saturating_sub(1));
        self.rows.top = self.rows.top.min(self.count.saturating_sub(self.rows.height));
        let theme = context.theme;
        let mut brush = Brush::new(buffer, area);
        let first = words("Keys. Every act is also in the palette.", "按键一览。所有操作也可在命令面板中查找。");
        brush.text(1, 0, context.say(first), u16::MAX, theme.dim);
        let column =
            lines.iter().map(|line| if let Line::Key { keys, .. } = line { fit::width(keys) } else { 0 }).max();
        let column = column.unwrap_or(0) as u16 + 4;
        for (y, line) in (1..).zip(lines.iter().skip(self.rows.top).take(self.rows.height)) {
            match line {
                Line::Heading(text) => {
                    brush.text(1, y, text, u16::MAX, theme.bar);
                }
                Line::Key { keys, help } => {
                    brush.text(2, y, keys, column, theme.strong);
                    brush.text(column, y, help, u16::MAX, Style::new());
                }
                Line::Gap => {}
            }
        }
        None
    }

    fn foot(&self, _context: &Context<'_>) -> String {
        let last = (self.rows.top + self.rows.height).min(self.count);
        if self.count > self.rows.height { format!("{last}/{}", self.count) } else { String::new() }
    }
}
