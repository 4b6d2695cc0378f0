//! What is said and done around a follow-up that is logged.

use super::App;
use crate::book::command::Command;
use crate::book::logging::Logging;
use crate::book::planned::Planned;
use crate::text::figures::short_money;
use crate::text::{Language, words};
use crate::ui::action::Action;
use crate::ui::fit;
use crate::ui::keymap::shown as key_shown;

/// Columns of a name in a notice.
const NAME: usize = 24;

impl App {
    /// With whom, and what becomes of the next contact; made before the book knows of it. Nothing of other commands.
    pub(super) fn logged_text(&self, commands: &[Command]) -> String {
        let Some(Command::Log(logging)) = commands.last() else { return String::new() };
        let Some(row) = self.desk.book().row_of(logging.customer) else { return String::new() };
        let planned = logging.planned(row.next_contact);
        let told = planned.told(self.now.day(), self.wanted.language);
        let name = Some(fit::fit(row.name(), NAME).to_string());
        let colon = self.words(words(": ", "："));
        let amount = self.deal_amount_told(logging);
        // What is gone and has to be set anew stands first, where no narrow window cuts it.
        let parts = match planned {
            Planned::Settled(_) => [told.map(|told| format!("{told}{}", self.how_to_set())), amount, name],
            _ => [name, amount, told],
        };
        format!("{colon}{}", parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    }

    /// The key that sets a next contact where one will be, behind a comma.
    fn how_to_set(&self) -> String {
        let below = self.stack.iter().rev().find(|view| !view.scope().takes_text());
        let keys = below.and_then(|view| self.keymap.key_for(Action::SetNextContact, view.scope()));
        let Some(keys) = keys else { return String::new() };
        let keys = key_shown(keys, self.wanted.ascii);
        match self.wanted.language {
            Language::En => format!(", {keys} sets one"),
            Language::Zh => format!("，按 {keys} 另定"),
        }
    }

    /// The amount of a deal, with what it was before.
    fn deal_amount_told(&self, logging: &Logging) -> Option<String> {
        let (after, language) = (logging.deal_amount?, self.wanted.language);
        let dossier = self.desk.dossier(logging.customer).ok()?;
        let before = logging.deal_meant(&dossier, self.desk.book().standards().stages()).ok()??.amount?;
        let told = format!("{} → {}", short_money(before, language), short_money(after, language));
        (before != after).then(|| format!("{} {told}", self.words(words("deal", "商机金额"))))
    }

    /// The line that is about to be logged, as it stands.
    pub(super) fn line_to_log(&self, commands: &[Command]) -> Option<String> {
        matches!(commands.last(), Some(Command::Log(_))).then_some(())?;
        let line = self.stack.last()?.written_line()?;
        (self.lines.last() != Some(&line)).then_some(line)
    }

    /// Keeps what was logged last, and tells the view it was logged from unless one has gone on there meanwhile.
    pub(super) fn note_logged(&mut self, commands: &[Command], late: bool) {
        let Some(Command::Log(logging)) = commands.last() else { return };
        self.last_logged = Some((**logging).clone());
        if late {
            return;
        }
        if let Some(view) = self.stack.iter_mut().rev().find(|view| !view.scope().takes_text()) {
            view.logged(logging.customer);
        }
    }
}
