//! Long work at the desk, done between two keys.

use super::App;
use crate::desk::errand::{Asked, Errand, Far, Outcome};
use crate::desk::trouble::Trouble;
use crate::text::figures::grouped;
use crate::text::{Language, words};
use crate::ui::effect::{Effect, Notice};
use crate::ui::job::{Done, Ticket};

impl App {
    /// Whether long work at the desk wants going on with.
    pub const fn is_busy(&self) -> bool {
        self.errand.is_some()
    }

    /// Whether the screen shows how far work done beside it is, and so is to be drawn again now and then.
    pub const fn is_watching(&self) -> bool {
        !self.watched.is_empty()
    }

    /// Goes on with long work at the desk until `enough` says that it is. A new one is begun when a view asks for it.
    pub fn go_on(&mut self, enough: &mut dyn FnMut() -> bool) {
        let Some((ticket, mut errand)) = self.errand.take() else { return };
        match errand.go_on(&mut self.desk, enough) {
            Ok(false) => self.errand = Some((ticket, errand)),
            Ok(true) => {
                let was_trial = errand.is_trial();
                let outcome = errand.outcome();
                if let Outcome::TakenBack(done) = &outcome {
                    self.say_taken_back(done.changes);
                }
                self.deliver(Done::new(ticket, Ok::<Outcome, Trouble>(outcome)));
                if !was_trial {
                    self.book_changed();
                }
            }
            Err(trouble) => {
                self.failed(ticket, trouble);
                self.book_changed();
            }
        }
    }

    fn say_taken_back(&mut self, changes: usize) {
        let changes = grouped(changes as u64);
        self.notice = Some(Notice::note(match self.wanted.language {
            Language::En => format!("Taken back: {changes} changes"),
            Language::Zh => format!("已撤销 {changes} 处修改"),
        }));
    }

    fn failed(&mut self, ticket: Ticket, trouble: Trouble) {
        self.notice = Some(Notice::error(trouble.say(self.wanted.language)));
        self.deliver(Done::new(ticket, Err::<Outcome, Trouble>(trouble)));
    }

    /// Begins what is to be done at the desk next, once that is free.
    pub(super) fn begin_next(&mut self) {
        if self.errand.is_none()
            && !self.is_saving()
            && let Some((ticket, asked)) = self.next_errand.take()
        {
            self.begin(ticket, asked);
        }
    }

    /// Begins long work at the desk.
    pub(super) fn begin(&mut self, ticket: Ticket, asked: Asked) {
        match Errand::begin(&mut self.desk, asked, self.now) {
            Ok(errand) => self.errand = Some((ticket, errand)),
            Err(trouble) => self.failed(ticket, trouble),
        }
    }

    /// How far the long work at the desk is.
    pub(super) fn far(&self) -> Option<Far> {
        self.errand.as_ref().map(|(_, errand)| errand.far())
    }

    /// Stops the long work at the desk.
    pub(super) fn stop_errand(&mut self) {
        if let Some((_, errand)) = &mut self.errand {
            errand.stop();
        }
    }

    /// Whether nothing else may be written now; then says so.
    pub(super) fn refuses_to_write(&mut self) -> bool {
        if self.refuses_while_saving() {
            return true;
        }
        let busy = self.errand.is_some();
        if busy {
            let wait = words(
                "an import is under way; wait for its end, or stop it with Esc on the data screen",
                "正在导入；请等它完成，或到数据管理按 Esc 停止",
            );
            self.notice = Some(Notice::note(self.words(wait)));
        }
        busy
    }

    /// Gives what long work answered to the view that asked for it, on the screen or beside it; it may be gone.
    pub(super) fn deliver(&mut self, done: Done) {
        let (mut stack, mut beside) = (std::mem::take(&mut self.stack), std::mem::take(&mut self.beside));
        let context = self.context();
        let views = stack.iter_mut().rev().chain(beside.iter_mut().map(|(_, view)| view));
        let mut left = Some(done);
        let mut effect = Effect::None;
        for view in views {
            let Some(done) = left.take() else { break };
            match view.found(done, &context) {
                Ok(told) => effect = told,
                Err(done) => left = Some(done),
            }
        }
        (self.stack, self.beside) = (stack, beside);
        if let Effect::Say(notice) = effect {
            self.notice = Some(notice);
        }
    }
}
