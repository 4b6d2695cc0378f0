//! The line under a sheet's head into which text is typed: drawn alike, and full alike.

use crate::text::{Words, words};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice};
use crate::ui::widget::input::Input;
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

/// What is answered to text that a line was to take: nothing when it took the whole of it.
pub fn typed(whole: bool, context: &Context<'_>) -> Effect {
    if whole {
        return Effect::None;
    }
    let cut = words("the line is full; the rest was left out", "内容过长，超出部分未填入");
    Effect::Say(Notice::error(context.say(cut)))
}
