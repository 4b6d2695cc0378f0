//! The data: files in, what they brought, and what was changed.

use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::Effect;
use crate::ui::view::View;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The screen.
#[derive(Default)]
pub struct Data {}

impl View for Data {
    fn scope(&self) -> Scope {
        Scope::Data
    }

    fn act(&mut self, _action: Action, _context: &Context<'_>) -> Effect {
        Effect::Unknown
    }

    fn draw(&mut self, _area: Rect, _buffer: &mut Buffer, _context: &Context<'_>) -> Option<Position> {
        None
    }
}
