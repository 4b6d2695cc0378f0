//! A list of values to choose from, laid over the view that asked.

use crate::domain::id::Id;
use crate::query::field::fold;
use crate::text::{Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::choosing::Choosing;
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Menu, Notice};
use crate::ui::fit;
use crate::ui::view::View;
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// The list, narrowed as one types.
pub struct Choose {
    menu: Menu,
    input: Input,
    rows: Rows,
    shown: Vec<usize>,
}

/// The signs that choose the last options, where these are acts.
const SIGNS: [char; 2] = ['+', '-'];

impl Choose {
    /// The list to choose from.
    pub fn new(menu: Menu) -> Choose {
        let shown: Vec<usize> = (0..menu.options.len()).collect();
        let rows = Rows { selected: menu.selected, ..Rows::default() };
        Choose { menu, input: Input::default(), rows, shown }
    }

    /// The key of an option that has one.
    fn key(&self, place: usize) -> Option<char> {
        let values = self.menu.options.len().saturating_sub(self.menu.acts);
        match place.checked_sub(values) {
            _ if !self.menu.numbered || !self.input.is_empty() => None,
            Some(act) => SIGNS.get(act).copied(),
            None => u32::try_from(place + 1).ok().and_then(|number| char::from_digit(number, 10)),
        }
    }

    /// The option that a character chooses at once.
    fn chosen_by(&self, character: char) -> Option<usize> {
        let pressed = match character {
            '＋' | '=' | '＝' => '+',
            '－' | '—' => '-',
            other => other,
        };
        (0..self.menu.options.len()).find(|place| self.key(*place) == Some(pressed))
    }

    fn narrow(&mut self) {
        let wanted = fold(&self.input.text());
        let fits = |(name, hint): &(String, String)| {
            let initials = crate::book::find::initials(name);
            [name, hint, &initials].into_iter().any(|text| fold(text).contains(&wanted))
        };
        let options = self.menu.options.iter().enumerate();
        self.shown = options.filter(|(_, option)| fits(option)).map(|(place, _)| place).collect();
        self.rows.select(0, self.shown.len());
    }

    fn choose(&self) -> Effect {
        match self.shown.get(self.rows.selected) {
            Some(place) => Effect::Answer(Answer::Option(*place)),
            None if self.menu.own => Effect::Answer(Answer::Own(self.input.text())),
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
        if let Some(place) = text.parse().ok().and_then(|character| self.chosen_by(character)) {
            return Effect::Answer(Answer::Option(place));
        }
        self.input.insert(text);
        self.narrow();
        Effect::None
    }

    fn acts_on(&self, character: char) -> bool {
        self.chosen_by(character).is_some()
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let mut brush = sheet(area, buffer, self.menu.options.len() + 1, context);
        let panel = brush.area();
        let theme = context.theme;
        let x = brush.text(1, 0, context.say(self.menu.title), 30, theme.bar);
        let x =
            if self.menu.about.is_empty() { x } else { brush.text(x + 1, 0, &self.menu.about, u16::MAX, theme.strong) };
        let caret = self.input.draw(&mut brush, x + 2, 0, panel.width.saturating_sub(x + 3), Style::new());
        self.rows.fit(usize::from(panel.height.saturating_sub(2)), self.shown.len());
        for (y, place) in (1..).zip(self.rows.seen(self.shown.len())) {
            let option = self.shown.get(place).and_then(|option| self.menu.options.get(*option));
            let Some((name, hint)) = option else { continue };
            let x = if self.menu.numbered { 4 } else { 2 };
            if let Some(key) = self.key(place) {
                brush.text(2, y, &key.to_string(), 1, theme.accent);
            }
            let wide = hint_at(&self.menu.options) - x;
            brush.text(x, y, name, if hint.is_empty() { u16::MAX } else { wide - 2 }, Style::new());
            brush.text(x + wide, y, hint, u16::MAX, theme.dim);
            if place == self.rows.selected {
                brush.select_line(y, theme.selected);
            }
        }
        if self.shown.is_empty() {
            let own = words("Enter takes what you typed", "按回车使用所输入的内容");
            let none = words("nothing fits", "没有匹配项");
            brush.text(2, 1, context.say(if self.menu.own { own } else { none }), u16::MAX, theme.dim);
        }
        Some(caret)
    }

    fn floats(&self) -> bool {
        true
    }
}

/// The people customers are given to, one of them selected; where there is nobody yet, what to do first is said instead.
pub fn owners(title: Words, selected: Option<Id>, context: &Context<'_>) -> Result<Choosing<Id>, Effect> {
    let owners = context.book().standards().owners();
    if owners.is_empty() {
        let nobody =
            words("nobody is in the book yet: give a customer an owner first", "还没有可选人员：请先给客户填写负责人");
        return Err(Effect::Say(Notice::note(context.say(nobody))));
    }
    let options = owners.iter().map(|owner| (owner.id, owner.name.clone()));
    Ok(Choosing::new(title, options).selecting(|owner| Some(*owner) == selected))
}

/// Where the hints stand: beside the longest name, within bounds.
fn hint_at(options: &[(String, String)]) -> u16 {
    let longest = options.iter().map(|(name, _)| fit::width(name)).max().unwrap_or(0) as u16;
    (longest + 6).clamp(34, 50)
}

/// A sheet let down over the upper part of `area`, as high as it needs to be and has room for: its last line is a rule.
pub fn sheet<'a>(area: Rect, buffer: &'a mut Buffer, lines: usize, context: &Context<'_>) -> Brush<'a> {
    let height = u16::try_from(lines + 1).unwrap_or(u16::MAX).min(area.height);
    let mut brush = Brush::new(buffer, Rect { height, ..area });
    brush.blank();
    brush.rule(height - 1, context.ascii, context.theme.dim);
    brush
}
