//! A list of values to choose from, laid over the view that asked.

use crate::query::field::fold;
use crate::text::words;
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Choosing, Effect};
use crate::ui::view::View;
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// The list, narrowed as one types.
pub struct Choose {
    choosing: Choosing,
    input: Input,
    rows: Rows,
    shown: Vec<usize>,
}

impl Choose {
    /// The list to choose from.
    pub fn new(choosing: Choosing) -> Choose {
        let shown: Vec<usize> = (0..choosing.options.len()).collect();
        let rows = Rows { selected: choosing.selected, ..Rows::default() };
        Choose { choosing, input: Input::default(), rows, shown }
    }

    fn narrow(&mut self) {
        let wanted = fold(&self.input.text());
        let fits = |(name, hint): &(String, String)| {
            let initials = crate::book::find::initials(name);
            [name, hint, &initials].into_iter().any(|text| fold(text).contains(&wanted))
        };
        let options = self.choosing.options.iter().enumerate();
        self.shown = options.filter(|(_, option)| fits(option)).map(|(place, _)| place).collect();
        self.rows.select(0, self.shown.len());
    }

    fn choose(&self) -> Effect {
        match self.shown.get(self.rows.selected) {
            Some(place) => Effect::Answer(Answer::Option(*place)),
            None if self.choosing.own => Effect::Answer(Answer::Own(self.input.text())),
            None => Effect::None,
        }
    }
}

impl View for Choose {
    fn scope(&self) -> Scope {
        Scope::Picker
    }

    fn act(&mut self, action: Action, _context: &Context<'_>) -> Effect {
        let count = self.shown.len();
        match action {
            Action::SelectNext => self.rows.move_by(1, count),
            Action::SelectPrevious => self.rows.move_by(-1, count),
            Action::PageDown => self.rows.move_by(self.rows.page(), count),
            Action::PageUp => self.rows.move_by(-self.rows.page(), count),
            Action::Choose => return self.choose(),
            Action::Close | Action::GoBack => return Effect::Back,
            _ if self.input.act(action) => self.narrow(),
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, _context: &Context<'_>) -> Effect {
        self.input.insert(text);
        self.narrow();
        Effect::None
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let panel = panel(area, 46, self.choosing.options.len() as u16 + 2);
        let mut brush = Brush::new(buffer, panel);
        brush.blank();
        let theme = context.theme;
        brush.line_style(0, theme.bar);
        let x = brush.text(1, 0, context.say(self.choosing.title), 30, theme.bar);
        let caret = self.input.draw(&mut brush, x + 2, 0, panel.width.saturating_sub(x + 3), Style::new());
        self.rows.fit(usize::from(panel.height.saturating_sub(1)), self.shown.len());
        for (y, place) in (1..).zip(self.rows.seen(self.shown.len())) {
            let option = self.shown.get(place).and_then(|option| self.choosing.options.get(*option));
            let Some((name, hint)) = option else { continue };
            brush.text(2, y, name, panel.width.saturating_sub(4), Style::new());
            brush.text_left_of(panel.width.saturating_sub(2), y, hint, 20, theme.dim);
            if place == self.rows.selected {
                brush.line_style(y, theme.selected);
            }
        }
        if self.shown.is_empty() {
            let own = words("Enter takes what you typed", "按回车使用所输入的内容");
            let none = words("nothing fits", "没有匹配项");
            brush.text(2, 1, context.say(if self.choosing.own { own } else { none }), u16::MAX, theme.dim);
        }
        Some(caret)
    }

    fn floats(&self) -> bool {
        true
    }
}

/// A panel in the upper middle of `area`, as high as it needs to be and has room for.
pub fn panel(area: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(area.width);
    let height = height.min(area.height.saturating_sub(1));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 4, width, height }
}
