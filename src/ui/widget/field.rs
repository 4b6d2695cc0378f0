//! One line of a form: what is asked, what stands there, and what there is to say of it.

use crate::ui::fit;
use crate::ui::theme::Theme;
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use ratatui::layout::Position;
use ratatui::style::Style;

/// A line of a form.
pub struct Field<'a> {
    /// What is asked.
    pub label: &'a str,
    /// What is typed.
    pub input: &'a Input,
    /// What there is to say of it.
    pub hint: &'a str,
    /// It cannot be taken so.
    pub is_wrong: bool,
    /// It has the keys.
    pub here: bool,
}

impl Field<'_> {
    /// Draws the line, its label in so many columns; gives where the caret stands, if it is here.
    pub fn draw(&self, brush: &mut Brush<'_>, y: u16, label: u16, theme: &Theme) -> Position {
        let style = if self.here { theme.accent } else { theme.dim };
        brush.text(0, y, if self.here { ">" } else { " " }, 1, theme.accent);
        brush.text_left_of(label + 2, y, self.label, label, style);
        let width = brush.area().width;
        let style = if self.is_wrong { theme.alarm } else { theme.dim };
        brush.text_left_of(width.saturating_sub(1), y, self.hint, width / 2, style);
        let room = self.columns(width, label);
        if self.here {
            return self.input.draw(brush, label + 4, y, room, Style::new());
        }
        // What is not being typed is read from its beginning.
        brush.text(label + 4, y, &self.input.text(), room, Style::new());
        Position::default()
    }

    /// Columns in which the text is drawn where the line is so wide: what its label and its hint leave.
    pub fn columns(&self, width: u16, label: u16) -> u16 {
        let end = width.saturating_sub(1);
        let hint = fit::width(&fit::fit(self.hint, usize::from((width / 2).min(end)))) as u16;
        end.saturating_sub(hint).saturating_sub(label + 5)
    }
}
