//! Undo and redo, said at the foot, and the customer they bring back.

use super::App;
use crate::book::planning::Refusal;
use crate::desk::Done;
use crate::desk::errand::Asked;
use crate::desk::history::{summary, told_of};
use crate::desk::trouble::Trouble;
use crate::store::entry::{Head, Target};
use crate::text::{Words, words};
use crate::ui::effect::Notice;
use crate::ui::job::Ticket;

impl App {
    /// Goes to the customer that was just entered, or brought back by an undo.
    pub(super) fn go_to_entered(&mut self) {
        if let Some(customer) = self.entered.take().filter(|id| self.desk.book().slot_of(*id).is_some()) {
            self.with_top(|view, context| view.select_customer(customer, context));
        }
    }

    pub(super) fn undo(&mut self) {
        if self.refuses_to_write() {
            return;
        }
        if let Ok(Some(target @ Target::Group(_))) = self.desk.next_undo() {
            // An import may be large: it is taken back between two keys.
            let doing = words("taking the import back…", "正在撤销导入……");
            self.notice = Some(Notice::note(self.words(doing)));
            return self.begin(Ticket::next(), Asked::TakeBack(target));
        }
        let done = self.desk.undo(self.now);
        self.turned(done, words("Undone", "已撤销"));
    }

    pub(super) fn redo(&mut self) {
        if self.refuses_to_write() {
            return;
        }
        let done = self.desk.redo(self.now);
        self.turned(done, words("Done again", "已重做"));
    }

    fn turned(&mut self, turned: Result<(Done, Head), Trouble>, said: Words) {
        self.changed = turned.is_ok();
        self.notice = Some(match turned {
            Ok((done, head)) => {
                self.entered = Some(done.home);
                let told = told_of(&self.desk, head);
                let summary = told.map(|told| summary(&self.desk, &told, self.wanted.language)).unwrap_or_default();
                Notice::note(format!("{}{}{summary}", self.words(said), self.words(words(": ", "："))))
            }
            Err(trouble @ Trouble::Refused(Refusal::NothingToUndo | Refusal::NothingToRedo)) => {
                Notice::note(trouble.say(self.wanted.language))
            }
            Err(trouble) => Notice::error(trouble.say(self.wanted.language)),
        });
        self.book_changed();
        self.go_to_entered();
    }
}
