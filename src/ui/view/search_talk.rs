//! Words looked for in all that was said with anyone.

use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::Effect;
use crate::ui::view::View;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The view.
#[derive(Default)]
pub struct SearchTalk {}

impl View for SearchTalk {
    fn scope(&self) -> Scope {
        Scope::Find
    }

    fn act(&mut self, _action: Action, _context: &Context<'_>) -> Effect {
        Effect::Back
    }

    fn draw(&mut self, _area: Rect, _buffer: &mut Buffer, _context: &Context<'_>) -> Option<Position> {
        None
    }
}
