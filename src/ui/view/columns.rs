//! Which columns the list shows: chosen, ordered, made wider or narrower, held in place.

use crate::book::arrangement::Arrangement;
use crate::query::field::Column;
use crate::text::words;
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect};
use crate::ui::view::View;
use crate::ui::view::choose::sheet;
use crate::ui::view::list::wish;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The narrowest and widest a column can be made.
const WIDTHS: (u16, u16) = (4, 80);

/// The columns, those shown first.
pub struct Columns {
    layout: Arrangement,
    /// Every column with its own width; the first `shown` are shown.
    all: Vec<(Column, Option<u16>)>,
    shown: usize,
    rows: Rows,
    /// How wide the columns are on the screen that have no width of their own.
    seen: Vec<(Column, u16)>,
}

impl Columns {
    /// The columns of a layout, and how wide they are on the screen.
    pub fn new(layout: Arrangement, seen: Vec<(Column, u16)>) -> Columns {
        let is_shown = |column: &Column| layout.columns.iter().any(|(shown, _)| shown == column);
        let rest = Column::ALL.iter().copied();
        let rest = rest.filter(|column| !is_shown(column)).map(|column| (column, None));
        let all: Vec<_> = layout.columns.iter().copied().chain(rest).collect();
        Columns { shown: layout.columns.len(), all, layout, rows: Rows::default(), seen }
    }

    /// Shows the selected column after those shown, or hides it; one is always shown.
    fn toggle(&mut self) {
        let place = self.rows.selected;
        if place >= self.shown {
            let column = self.all.remove(place);
            self.all.insert(self.shown, column);
            self.shown += 1;
            self.rows.move_by(1, self.all.len());
        } else if self.shown > 1 {
            let column = self.all.remove(place);
            self.shown -= 1;
            self.all.insert(self.shown, column);
            self.layout.frozen = self.layout.frozen.min(self.shown);
        }
    }

    /// Moves the selected column among those shown.
    fn shift(&mut self, by: isize) {
        let (from, to) = (self.rows.selected, self.rows.selected.saturating_add_signed(by));
        if from < self.shown && to < self.shown {
            self.all.swap(from, to);
            self.rows.select(to, self.all.len());
        }
    }

    fn widen(&mut self, by: i16, context: &Context<'_>) {
        let Some((column, own)) = self.all.get(self.rows.selected) else { return };
        let width = own.unwrap_or_else(|| self.width(*column, context));
        let width = width.saturating_add_signed(by).clamp(WIDTHS.0, WIDTHS.1);
        if let Some((_, own)) = self.all.get_mut(self.rows.selected) {
            *own = Some(width);
        }
    }

    /// How wide a column is by itself: as it is seen, or would be.
    fn width(&self, column: Column, context: &Context<'_>) -> u16 {
        let seen = self.seen.iter().find(|(other, _)| *other == column).map(|(_, width)| *width);
        seen.unwrap_or_else(|| wish(column, context.language, 0))
    }

    /// The columns up to the selected one stay when the others move.
    fn freeze(&mut self) {
        if self.rows.selected < self.shown {
            self.layout.frozen = self.rows.selected + 1;
        }
    }

    fn finished(&self) -> Effect {
        let columns = self.all.iter().take(self.shown).copied().collect();
        Effect::Answer(Answer::Layout(Box::new(Arrangement { columns, ..self.layout.clone() })))
    }

    fn draw_column(
        &self,
        brush: &mut crate::ui::widget::paint::Brush<'_>,
        y: u16,
        place: usize,
        context: &Context<'_>,
    ) {
        let theme = context.theme;
        let Some((column, own)) = self.all.get(place) else { return };
        let shown = place < self.shown;
        let (sign, style) = if shown { ("[x]", theme.strong) } else { ("[ ]", theme.dim) };
        let name = column.field().heading(context.language);
        brush.text(2, y, sign, 3, if shown { theme.accent } else { theme.dim });
        brush.text(6, y, name, 22, style);
        let width = own.unwrap_or_else(|| self.width(*column, context)).to_string();
        brush.text_left_of(34, y, &width, 4, if own.is_some() { theme.strong } else { theme.dim });
        if shown && place < self.layout.frozen.max(1) {
            brush.text(37, y, context.say(words("frozen", "冻结")), 12, theme.dim);
        }
    }
}

impl View for Columns {
    fn scope(&self) -> Scope {
        Scope::Picker
    }

    fn act(&mut self, action: Action, _context: &Context<'_>) -> Effect {
        let count = self.all.len();
        match action {
            Action::SelectNext => self.rows.move_by(1, count),
            Action::SelectPrevious => self.rows.move_by(-1, count),
            Action::PageDown => self.rows.move_by(self.rows.page(), count),
            Action::PageUp => self.rows.move_by(-self.rows.page(), count),
            Action::Left | Action::WordLeft => self.shift(-1),
            Action::Right | Action::WordRight => self.shift(1),
            Action::ClearField => {
                let layout = Arrangement::default();
                let layout = Arrangement { columns: layout.columns, frozen: 1, ..self.layout.clone() };
                *self = Columns::new(layout, Vec::new());
            }
            Action::Choose => return self.finished(),
            Action::Close | Action::GoBack => return Effect::Back,
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, context: &Context<'_>) -> Effect {
        // Keys pressed quickly come together.
        for sign in text.chars() {
            match sign {
                ' ' | '\u{3000}' | 'x' => self.toggle(),
                '<' | '《' | ',' | '，' => self.shift(-1),
                '>' | '》' | '.' | '。' => self.shift(1),
                '-' | '－' => self.widen(-1, context),
                '+' | '=' | '＋' => self.widen(1, context),
                '|' | '｜' => self.freeze(),
                _ => return Effect::Unknown,
            }
        }
        Effect::None
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let mut brush = sheet(area, buffer, self.all.len() + 2, context);
        let theme = context.theme;
        let title = words("Columns", "列");
        let x = brush.text(1, 0, context.say(title), 12, theme.bar);
        let keys = words(
            "Space show/hide  ← → move  + - width  | freeze  F8 default  Enter done",
            "空格 显示/隐藏  ← → 移动  + - 列宽  | 冻结到此  F8 恢复默认  回车 完成",
        );
        brush.text(x + 2, 0, context.say(keys), u16::MAX, theme.dim);
        let height = usize::from(brush.area().height.saturating_sub(2));
        self.rows.fit(height, self.all.len());
        let mut cursor = None;
        for (y, place) in (1..).zip(self.rows.seen(self.all.len())) {
            self.draw_column(&mut brush, y, place, context);
            if place == self.rows.selected {
                brush.select_line(y, theme.selected);
                cursor = Some(Position { x: brush.area().x + 2, y: brush.area().y + y });
            }
        }
        cursor
    }

    fn floats(&self) -> bool {
        true
    }
}
