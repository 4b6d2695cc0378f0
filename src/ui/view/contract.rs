//! What every view does, and what lies below all views: keys in, effects out, a picture, a draft.

use crate::domain::id::Id;
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Intent};
use crate::ui::job::{Done, Work};
use crate::ui::widget::input::Input;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// A view: keys in, effects out, and a picture of itself.
pub trait View {
    /// Whose keys it takes.
    fn scope(&self) -> Scope;

    /// Does an act, or says that it means nothing here.
    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect;

    /// Takes text typed or pasted that is no act.
    fn typed(&mut self, _text: &str, _context: &Context<'_>) -> Effect {
        Effect::Unknown
    }

    /// Takes what was chosen in the view that lay above.
    fn answered(&mut self, _answer: Answer, _context: &Context<'_>) -> Effect {
        Effect::None
    }

    /// The book has changed, or the view is on top again.
    fn refresh(&mut self, _context: &Context<'_>) {}

    /// The next piece of long work that it wants done, while it is on top.
    fn work(&mut self, _context: &Context<'_>) -> Option<Work> {
        None
    }

    /// Takes what long work answers, also while it lies below; gives what is to be said of it.
    ///
    /// # Errors
    /// Gives back what it did not ask.
    fn found(&mut self, done: Done, _context: &Context<'_>) -> Result<Effect, Done> {
        Err(done)
    }

    /// Does what another view, or the program, wants of it; nothing where it has no such thing.
    fn receive(&mut self, intent: Intent, context: &Context<'_>) -> Effect {
        match intent {
            Intent::Act(action) => self.act(action, context),
            _ => Effect::None,
        }
    }

    /// What the acts are done to, when a view above asks for it.
    fn selected_customer(&self, _context: &Context<'_>) -> Option<Id> {
        None
    }

    /// Makes ready what is to be drawn in this area: whatever has to be read or worked out for it, and cannot be told
    /// while it is drawn.
    fn prepare(&mut self, _area: Rect, _context: &Context<'_>) {}

    /// Draws itself; gives where the terminal's cursor is to stand.
    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position>;

    /// Whether the foot is to name this act as things stand here; what does nothing now is not offered. The way back is
    /// offered of itself by what lies over a screen, by a screen only while it leads somewhere.
    fn offers(&self, action: Action) -> bool {
        !matches!(action, Action::GoBack | Action::CompleteName)
    }

    /// What stands at the right of the foot while nothing is said there.
    fn foot(&self, _context: &Context<'_>) -> String {
        String::new()
    }

    /// Whether the view below stays visible around it.
    fn floats(&self) -> bool {
        false
    }

    /// What a draft of this view is kept under, if it is one where much is typed.
    fn draft_key(&self) -> Option<String> {
        None
    }

    /// What was typed and not yet saved.
    fn draft(&self, _context: &Context<'_>) -> Option<Draft> {
        None
    }

    /// Puts in what was typed before and not saved.
    fn take_up(&mut self, _draft: &Draft) {}
}

/// Words typed and not saved, kept so that nothing typed is ever lost.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Draft {
    /// The fields by name, with what was typed in each.
    pub fields: Vec<(String, String)>,
}

impl Draft {
    /// The draft of a view in which one line is typed; none while nothing is.
    pub fn of_line(input: &Input) -> Option<Draft> {
        let fields = vec![("line".to_owned(), input.text())];
        (!input.is_empty()).then_some(Draft { fields })
    }

    /// That line, the caret behind it.
    pub fn line(&self) -> Input {
        self.fields.first().map_or_else(Input::default, |(_, text)| Input::new(text))
    }
}
