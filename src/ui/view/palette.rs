//! Every act by name, laid over the view it will be done in.

use crate::text::words;
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::Effect;
use crate::ui::keymap::shown as key_shown;
use crate::ui::view::View;
use crate::ui::view::choose::sheet;
use crate::ui::widget::input::Input;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// The palette.
pub struct Palette {
    below: Scope,
    input: Input,
    rows: Rows,
}

impl Palette {
    /// The palette of what can be done in a scope.
    pub fn over(below: Scope) -> Palette {
        Palette { below, input: Input::default(), rows: Rows::default() }
    }

    /// The acts that fit what is typed, best first.
    fn acts(&self, context: &Context<'_>) -> Vec<Action> {
        let query = self.input.text();
        let own = |act: &&Action| act.works_in(self.below) && !matches!(act, Action::Palette);
        let mut scored: Vec<(i64, Action)> = Action::ALL
            .iter()
            .filter(own)
            .filter_map(|act| act.score(&query, context.language).map(|score| (score, *act)))
            .collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.into_iter().map(|(_, act)| act).collect()
    }
}

impl View for Palette {
    fn scope(&self) -> Scope {
        Scope::Picker
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        let acts = self.acts(context);
        match action {
            Action::SelectNext => self.rows.move_by(1, acts.len()),
            Action::SelectPrevious => self.rows.move_by(-1, acts.len()),
            Action::PageDown => self.rows.move_by(self.rows.page(), acts.len()),
            Action::PageUp => self.rows.move_by(-self.rows.page(), acts.len()),
            Action::Choose => return acts.get(self.rows.selected).map_or(Effect::None, |act| Effect::Do(*act)),
            Action::Close | Action::GoBack | Action::Palette => return Effect::Back,
            _ if self.input.act(action) => self.rows = Rows::default(),
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, _context: &Context<'_>) -> Effect {
        self.input.insert(text);
        self.rows = Rows::default();
        Effect::None
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let acts = self.acts(context);
        let mut brush = sheet(area, buffer, usize::from(area.height * 2 / 3), context);
        let panel = brush.area();
        let theme = context.theme;
        let x = brush.pieces(1, 0, &[(":", theme.accent), (" ", Style::new())]);
        if self.input.is_empty() {
            let hint = words("what do you want to do? English, 中文 or pinyin", "想做什么？可输入中文、拼音或英文");
            brush.text(x, 0, context.say(hint), u16::MAX, theme.dim);
        }
        let caret = self.input.draw(&mut brush, x, 0, panel.width.saturating_sub(x + 1), theme.strong);
        self.rows.fit(usize::from(panel.height.saturating_sub(2)), acts.len());
        for (y, place) in (1..).zip(self.rows.seen(acts.len())) {
            let Some(act) = acts.get(place) else { continue };
            brush.text(2, y, act.label().say(context.language), 13, theme.strong);
            if let Some(keys) = context.keymap.key_for(*act, self.below) {
                brush.text(17, y, &key_shown(keys, context.ascii), 8, theme.accent);
            }
            brush.text(26, y, act.help().say(context.language), u16::MAX, Style::new());
            if place == self.rows.selected {
                brush.select_line(y, theme.selected);
            }
        }
        if acts.is_empty() {
            brush.text(2, 1, context.say(words("no such act", "没有这个操作")), u16::MAX, theme.dim);
        }
        Some(caret)
    }

    fn floats(&self) -> bool {
        true
    }
}
