//! Undo and redo, said at the foot, and the customer they bring back.

use super::App;
use crate::book::planning::Refusal;
use crate::desk::errand::Asked;
use crate::desk::history::{summary, told_of};
use crate::desk::trouble::Trouble;
use crate::desk::{Desk, Done};
use crate::domain::time::Moment;
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
        self.turn(|desk, now| desk.undo(now), words("Undone", "已撤销"));
    }

    pub(super) fn redo(&mut self) {
        if self.refuses_to_write() {
            return;
        }
        self.turn(|desk, now| desk.redo(now), words("Done again", "已重做"));
    }

    fn turn(&mut self, turn: fn(&mut Desk, Moment) -> Result<(Done, Head), Trouble>, said: Words) {
        let now = self.now;
        self.at_desk(move |desk| {
            let turned = turn(desk, now);
            Box::new(move |app, late| app.turned(turned, said, late))
        });
    }

    fn turned(&mut self, turned: Result<(Done, Head), Trouble>, said: Words, late: bool) {
        self.changed = turned.is_ok();
        self.notice = Some(match turned {
            Ok((done, head)) => {
                self.entered = Some(done.home).filter(|_| !late);
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
