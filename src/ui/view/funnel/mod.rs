//! The funnel: deals by stage, and where they are lost.

use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::Effect;
use crate::ui::view::View;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The screen.
#[derive(Default)]
pub struct Funnel {}

impl View for Funnel {
    fn scope(&self) -> Scope {
        Scope::Funnel
    }

    fn act(&mut self, _action: Action, _context: &Context<'_>) -> Effect {
        Effect::Unknown
    }

    fn draw(&mut self, _area: Rect, _buffer: &mut Buffer, _context: &Context<'_>) -> Option<Position> {
        None
    }
}
