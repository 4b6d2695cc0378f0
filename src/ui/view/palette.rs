//! Every act by name, laid over the view it will be done in; what is done on another screen, with the way there.

use crate::text::{Language, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Intent, Notice, Place};
use crate::ui::keymap::shown as key_shown;
use crate::ui::view::View;
use crate::ui::view::choose::sheet;
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// How much less an act of another screen fits than the same words would here.
const FARTHER: i64 = 300;

/// Every act by name, narrowed as one types.
pub struct Palette {
    below: Scope,
    input: Input,
    rows: Rows,
}

impl Palette {
    /// The palette of what can be done in a scope.
    pub fn over(below: Scope) -> Palette {
        Palette { below, input: Input::default(), rows: Rows::default() }
    }

    /// The acts that fit what is typed, best first: those that work from here, and those of other screens.
    fn finds(&self, context: &Context<'_>) -> Vec<Find> {
        let query = self.input.text();
        let wanted = Action::ALL.iter().filter(|act| !matches!(act, Action::Palette));
        let mut scored: Vec<(i64, Find)> = wanted
            .filter_map(|act| {
                let score = act.score(&query, context.language)?;
                if act.works_in(self.below) {
                    return Some((score, Find { act: *act, elsewhere: None }));
                }
                Some((score - FARTHER, Find { act: *act, elsewhere: Some(screen_of(*act)?) }))
            })
            .collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.into_iter().map(|(_, find)| find).collect()
    }

    /// Does an act that works from here; to one of another screen it only leads, and says its key: what the act would be
    /// done to there has not been seen yet.
    fn choose(&self, finds: &[Find], context: &Context<'_>) -> Effect {
        let Some(find) = finds.get(self.rows.selected) else { return Effect::None };
        let Some(scope) = find.elsewhere else { return Effect::Do(find.act) };
        let keys = context.keymap.key_for(find.act, scope).map(|keys| key_shown(keys, context.ascii));
        let (label, place) = (find.act.label().say(context.language), scope.words().say(context.language));
        let said = match (keys, context.language) {
            (Some(keys), Language::En) => format!("on {place}: {keys} {label}"),
            (None, Language::En) => format!("on {place}: {label}, by the palette there"),
            (Some(keys), Language::Zh) => format!("在“{place}”按 {keys}：{label}"),
            (None, Language::Zh) => format!("在“{place}”的命令面板里：{label}"),
        };
        let (place, intent) = way_to(scope).unwrap_or((Place::Customers, None));
        Effect::Go(Box::new(place), intent, Some(Notice::note(said)))
    }

    fn draw_find(&self, brush: &mut Brush<'_>, y: u16, find: Find, context: &Context<'_>) {
        let theme = context.theme;
        let scope = find.elsewhere.unwrap_or(self.below);
        let (name, key) = match find.elsewhere {
            None => (theme.strong, theme.accent),
            Some(_) => (theme.dim, theme.dim),
        };
        brush.text(2, y, find.act.label().say(context.language), 13, name);
        if let Some(keys) = context.keymap.key_for(find.act, scope) {
            brush.text(17, y, &key_shown(keys, context.ascii), 8, key);
        }
        let mut x = 26;
        if find.elsewhere.is_some() {
            let place = scope.words().say(context.language);
            let there = words("on {}: ", "在“{}”：").filled(&[place], context.language);
            x = brush.text(x, y, &there, u16::MAX, theme.accent);
        }
        brush.text(x, y, find.act.help().say(context.language), u16::MAX, Style::new());
    }
}

/// An act found, and where it is done when that is not here.
#[derive(Clone, Copy)]
struct Find {
    act: Action,
    /// The keys it is among.
    elsewhere: Option<Scope>,
}

/// The scope of the screen an act belongs to; none for what is done while something is typed.
fn screen_of(act: Action) -> Option<Scope> {
    act.scopes().iter().copied().find(|scope| way_to(*scope).is_some())
}

/// The screen of a scope, or the one it is opened from; and what is to be done there.
fn way_to(scope: Scope) -> Option<(Place, Option<Intent>)> {
    match scope {
        Scope::List | Scope::Detail => Some((Place::Customers, None)),
        Scope::Today | Scope::Run => Some((Place::Today, None)),
        Scope::Review => Some((Place::QuarterReview, None)),
        Scope::Funnel | Scope::Deals | Scope::Stages => Some((Place::Funnel, None)),
        Scope::Tiers | Scope::Rules => Some((Place::Tiers, None)),
        Scope::Data => Some((Place::Data, None)),
        Scope::Wizard => Some((Place::Data, Some(Intent::Act(Action::Import)))),
        _ => None,
    }
}

impl View for Palette {
    fn scope(&self) -> Scope {
        Scope::Picker
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        let finds = self.finds(context);
        match action {
            Action::SelectNext => self.rows.move_by(1, finds.len()),
            Action::SelectPrevious => self.rows.move_by(-1, finds.len()),
            Action::PageDown => self.rows.move_by(self.rows.page(), finds.len()),
            Action::PageUp => self.rows.move_by(-self.rows.page(), finds.len()),
            Action::Choose => return self.choose(&finds, context),
            Action::Close | Action::GoBack | Action::Palette => return Effect::Back,
            _ if self.input.act(action) => self.rows = Rows::default(),
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, _context: &Context<'_>) -> Effect {
        self.input.insert(text);
        self.rows = Rows::default();
        Effect::None
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let finds = self.finds(context);
        let mut brush = sheet(area, buffer, usize::from(area.height * 2 / 3), context);
        let panel = brush.area();
        let theme = context.theme;
        let x = brush.pieces(1, 0, &[(":", theme.accent), (" ", Style::new())]);
        if self.input.is_empty() {
            let hint = words("what do you want to do? English, 中文 or pinyin", "想做什么？可输入中文、拼音或英文");
            brush.text(x, 0, context.say(hint), u16::MAX, theme.dim);
        }
        let caret = self.input.draw(&mut brush, x, 0, panel.width.saturating_sub(x + 1), theme.strong);
        self.rows.fit(usize::from(panel.height.saturating_sub(2)), finds.len());
        for (y, place) in (1..).zip(self.rows.seen(finds.len())) {
            let Some(find) = finds.get(place) else { continue };
            self.draw_find(&mut brush, y, *find, context);
            if place == self.rows.selected {
                brush.select_line(y, theme.selected);
            }
        }
        if finds.is_empty() {
            brush.text(2, 1, context.say(words("no such act", "没有这个操作")), u16::MAX, theme.dim);
        }
        Some(caret)
    }

    fn floats(&self) -> bool {
        true
    }
}
