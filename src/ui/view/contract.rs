//! What every view does, and what lies below all views: keys in, effects out, a picture, a draft.

use crate::domain::id::Id;
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect};
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

    /// Whether this character, typed next, does something at once: what is typed behind it is meant for what comes then.
    fn acts_on(&self, _character: char) -> bool {
        false
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

    /// Goes to a customer, where the view has it: one just entered, or one that an undo brought back.
    fn select_customer(&mut self, _customer: Id, _context: &Context<'_>) {}

    /// The customer turned to here, where one has gone on from the one it was opened with.
    fn turned_to(&self) -> Option<Id> {
        None
    }

    /// Goes to the customer last seen in the view that was closed above.
    fn last_seen(&mut self, customer: Id, context: &Context<'_>) {
        self.select_customer(customer, context);
    }

    /// Marks the customers made after this one id was given out, where customers are marked.
    fn mark_made_since(&mut self, _since: Id, _context: &Context<'_>) {}

    /// Asks how just these customers are graded anew, everyone where there are none, where customers are graded.
    fn grade_only(&mut self, _customers: Vec<Id>, _context: &Context<'_>) -> Effect {
        Effect::None
    }

    /// A follow-up with this customer was just logged from here.
    fn logged(&mut self, _customer: Id) {}

    /// The line that is being written here, where it is one that can be walked back to.
    fn written_line(&self) -> Option<String> {
        None
    }

    /// What the acts are done to, when a view above asks for it.
    fn selected_customer(&self, _context: &Context<'_>) -> Option<Id> {
        None
    }

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
