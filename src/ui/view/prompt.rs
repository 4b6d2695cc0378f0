//! The line under a sheet's head into which text is typed: drawn alike, and full alike.

use crate::text::figures::grouped;
use crate::text::{Language, Words};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice};
use crate::ui::widget::input::{Input, MOST};
use crate::ui::widget::paint::Brush;
use ratatui::layout::Position;

/// Draws the line in row 1 of its sheet, with what may be typed there while nothing is; gives where the caret stands.
pub fn draw(brush: &mut Brush<'_>, input: &Input, hint: Words, context: &Context<'_>) -> Position {
    let theme = context.theme;
    let x = brush.pieces(0, 1, &[(" > ", theme.accent)]);
    let width = brush.area().width - x;
    if input.is_empty() {
        brush.text(x, 1, context.say(hint), width, theme.dim);
    }
    input.draw(brush, x, 1, width, theme.strong)
}

/// What is answered to text that a line was to take: nothing when it took the whole of it, else how much was left out.
pub fn typed(left_out: usize, context: &Context<'_>) -> Effect {
    if left_out == 0 {
        return Effect::None;
    }
    let (most, left_out) = (grouped(MOST as u64), grouped(left_out as u64));
    Effect::Say(Notice::error(match context.language {
        Language::En => format!("a line takes {most} characters; the last {left_out} of these were left out"),
        Language::Zh => format!("内容过长：一格最多 {most} 字，最后 {left_out} 字未填入"),
    }))
}
