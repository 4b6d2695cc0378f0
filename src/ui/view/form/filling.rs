//! How a form is filled in: what a line of it holds, and the keys that all forms share.

use crate::text::{Words, words};
use crate::ui::action::Action;
use crate::ui::choosing::{Choice, Choosing};
use crate::ui::context::Context;
use crate::ui::effect::Effect;
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;

/// What stands in a line of a form: as it is kept, and as it is typed.
pub struct Typed {
    /// As it is kept, written in words.
    pub kept: String,
    /// As it is typed.
    pub input: Input,
}

impl Typed {
    /// A line in which nothing was typed yet.
    pub fn new(kept: String) -> Typed {
        Typed { input: Input::new(&kept), kept }
    }

    /// What stands there now.
    pub fn text(&self) -> String {
        self.input.text()
    }

    /// Whether something else stands there than is kept.
    pub fn is_changed(&self) -> bool {
        self.text() != self.kept
    }

    /// Puts other text there.
    pub fn put(&mut self, text: &str) {
        self.input = Input::new(text);
    }

    /// What is kept, written anew, perhaps in another language; what was typed over it stays.
    pub fn rewrite(&mut self, kept: String) {
        if kept != self.kept && !self.is_changed() {
            self.put(&kept);
        }
        self.kept = kept;
    }
}

/// A form being filled in, whatever it is of.
pub trait Fill {
    /// Saves what is typed, or says which line cannot be taken.
    fn save(&mut self, context: &Context<'_>) -> Effect;

    /// The line that has the keys, as it is typed.
    fn typing(&mut self) -> Option<&mut Input>;

    /// Goes so many lines on.
    fn go(&mut self, by: isize);

    /// The list behind the line that has the keys, as shown; empty where it has none.
    fn options(&self, context: &Context<'_>) -> Vec<String>;

    /// What that list asks for, and whether it takes words that it does not have.
    fn list(&self) -> Option<(Words, bool)>;

    /// What is chosen from such a list.
    fn choice(&mut self) -> &mut Choice<String>;

    /// Does an act that all forms share.
    fn fill(&mut self, action: Action, context: &Context<'_>) -> Effect {
        match action {
            Action::Save => return self.save(context),
            Action::Cancel | Action::GoBack => return Effect::Back,
            Action::NextField => self.go(1),
            Action::PreviousField => self.go(-1),
            Action::Choose => return self.open_list(context),
            _ if self.typing().is_some_and(|input| input.act(action)) => {}
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    /// Opens the list behind the line, or goes on to the next line.
    fn open_list(&mut self, context: &Context<'_>) -> Effect {
        let options = self.options(context);
        let Some((title, own)) = self.list().filter(|_| !options.is_empty()) else {
            self.go(1);
            return Effect::None;
        };
        let typed = self.typing().map(|input| input.text()).unwrap_or_default();
        let options = options.into_iter().map(|option| (option.clone(), option));
        let choosing = Choosing::new(title, options).selecting(|option| *option == typed);
        self.choice().open(if own { choosing.or_typed(|text| text) } else { choosing })
    }
}

/// Draws what the form is of, and whether something in it is still to be saved.
pub fn draw_title(brush: &mut Brush<'_>, title: &str, is_changed: bool, context: &Context<'_>) {
    let end = brush.text(1, 0, title, u16::MAX, context.theme.strong);
    if is_changed {
        brush.text(end + 2, 0, context.say(words("not saved yet", "尚未保存")), u16::MAX, context.theme.dim);
    }
}

/// What is said beside a line that has a list behind it.
pub fn list_hint(context: &Context<'_>) -> String {
    let enter = if context.ascii { "enter" } else { "⏎" };
    format!("{enter} {}", context.say(words("list", "选择")))
}
