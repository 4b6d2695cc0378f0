//! What is said and done around a follow-up that is logged.

use super::App;
use crate::book::command::Command;
use crate::text::words;
use crate::ui::fit;

/// Columns of a name in a notice.
const NAME: usize = 24;

impl App {
    /// With whom, and what becomes of the next contact; made before the book knows of it. Nothing of other commands.
    pub(super) fn logged_text(&self, commands: &[Command]) -> String {
        let Some(Command::Log(logging)) = commands.last() else { return String::new() };
        let Some(row) = self.desk.book().row_of(logging.customer) else { return String::new() };
        let planned = logging.planned(row.next_contact).told(self.now.day(), self.wanted.language);
        let name = fit::fit(row.name(), NAME);
        let colon = self.words(words(": ", "："));
        let parts: Vec<String> = std::iter::once(name.to_string()).chain(planned).collect();
        format!("{colon}{}", parts.join(" · "))
    }

    /// Keeps what was logged last, and tells the view it was logged from.
    pub(super) fn note_logged(&mut self, commands: &[Command]) {
        let Some(Command::Log(logging)) = commands.last() else { return };
        self.last_logged = Some((**logging).clone());
        if let Some(view) = self.stack.iter_mut().rev().find(|view| !view.scope().takes_text()) {
            view.logged(logging.customer);
        }
    }
}
