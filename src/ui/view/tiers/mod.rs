//! The tiers: what each customer is worth, and why.

use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::Effect;
use crate::ui::view::View;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The screen.
#[derive(Default)]
pub struct Tiers {}

impl View for Tiers {
    fn scope(&self) -> Scope {
        Scope::Tiers
    }

    fn act(&mut self, _action: Action, _context: &Context<'_>) -> Effect {
        Effect::Unknown
    }

    fn draw(&mut self, _area: Rect, _buffer: &mut Buffer, _context: &Context<'_>) -> Option<Position> {
        None
    }
}
