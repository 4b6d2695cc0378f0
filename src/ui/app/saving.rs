//! Writing beside the screen: where the disk is slow the screen goes on, and nothing is said to be saved before it is.

use super::saved::Saved;
use super::{After, App, Flow, Writer, Writing};
use crate::book::command::Command;
use crate::book::planning::Refusal;
use crate::desk::trouble::Trouble;
use crate::desk::{Desk, Done};
use crate::text::words;
use crate::ui::effect::Notice;
use std::mem;

impl App {
    /// From now on writing is done by `writer`.
    pub fn write_by(&mut self, writer: Writer) {
        self.writer = writer;
    }

    /// Whether something is being written beside the screen.
    pub const fn is_writing(&self) -> bool {
        self.saving.at_desk || self.saving.drafts
    }

    /// Whether the desk is away, being written at.
    pub const fn is_saving(&self) -> bool {
        self.saving.at_desk
    }

    /// Whether the book can only be read.
    pub(super) const fn is_read_only(&self) -> bool {
        !self.saving.at_desk && self.desk.is_read_only()
    }

    /// Takes the answer of a piece of writing that took longer than a frame.
    pub fn take_written(&mut self, after: After) -> Flow {
        after(self, true);
        if self.saving.leaving && !self.is_writing() {
            self.saving.leaving = false;
            // What went wrong is seen first.
            if !self.notice.as_ref().is_some_and(Notice::takes_a_key) {
                return Flow::Quit;
            }
        }
        Flow::On
    }

    /// Whether something is to be done when typing rests.
    pub const fn wants_rest(&self) -> bool {
        self.undrafted || self.saving.unsettled
    }

    /// Does what is done when typing rests: drafts are written down, and the note of what was saved is made last.
    pub fn rest(&mut self) {
        self.save_drafts();
        if !self.saving.at_desk && mem::take(&mut self.saving.unsettled) {
            let settling = self.desk.store().settling();
            self.write(Box::new(move || {
                settling();
                Box::new(|_, _| ())
            }));
        }
    }

    /// Works at the desk; while that takes longer than a frame, the screen shows the book as it was.
    pub(super) fn at_desk(&mut self, work: impl FnOnce(&mut Desk) -> After + Send + 'static) {
        let stand_in = self.desk.snapshot();
        let mut desk = mem::replace(&mut self.desk, stand_in);
        self.saving.at_desk = true;
        let writing: Writing = Box::new(move || {
            let after = work(&mut desk);
            Box::new(move |app, late| {
                app.desk = desk;
                app.saving.at_desk = false;
                app.saving.unsettled = true;
                after(app, late);
            })
        });
        self.write(writing);
    }

    /// Writes drafts down, one round of them at a time.
    pub(super) fn write_drafts(&mut self, work: impl FnOnce() -> Option<Notice> + Send + 'static) {
        self.saving.drafts = true;
        self.write(Box::new(move || {
            let failed = work();
            Box::new(move |app, _| {
                app.saving.drafts = false;
                for key in mem::take(&mut app.saving.forgotten) {
                    // A draft that cannot be removed is only offered once more.
                    let _ = app.desk.store().remove_draft(&key);
                }
                if failed.is_some() {
                    app.notice = failed;
                }
            })
        }));
    }

    /// Whether a draft is being written down; the draft of `key` then goes when that is done.
    pub(super) fn forgets_later(&mut self, key: &str) -> bool {
        if self.saving.drafts {
            self.saving.forgotten.push(key.to_owned());
        }
        self.saving.drafts
    }

    /// Whether drafts are being written down.
    pub(super) const fn is_drafting(&self) -> bool {
        self.saving.drafts
    }

    fn write(&mut self, writing: Writing) {
        if let Some(after) = (self.writer)(writing) {
            after(self, false);
        }
    }

    /// Whether something is still being saved; then says so.
    pub(super) fn refuses_while_saving(&mut self) -> bool {
        if self.saving.at_desk {
            let wait = words(
                "the last change is still being saved; nothing typed here is lost, try again in a moment",
                "上一项修改仍在保存；已输入的内容不会丢失，请稍后再试",
            );
            self.notice = Some(Notice::note(self.words(wait)));
        }
        self.saving.at_desk
    }

    /// Whether the program cannot be left yet; it then is when everything is saved.
    pub(super) fn leaves_later(&mut self) -> bool {
        if self.is_writing() {
            self.saving.leaving = true;
            let wait = words("still saving; kehu ends as soon as it is done", "仍在保存；完成后自动退出");
            self.notice = Some(Notice::note(self.words(wait)));
        }
        self.is_writing()
    }

    /// Runs commands, and goes back to the view below when they are done, or when that takes longer than a frame.
    pub(super) fn save(&mut self, commands: Vec<Command>, said: &str) {
        let key = self.stack.last().and_then(|view| view.draft_key());
        let line = self.line_to_log(&commands);
        let saved = Saved { key, line, closes: true };
        if self.run_then(commands, said, saved) && self.is_saving() {
            self.save_drafts();
            self.stack.pop();
            self.refresh_top();
        }
    }

    pub(super) fn run(&mut self, commands: Vec<Command>, said: &str) {
        let _ = self.run_then(commands, said, Saved::default());
    }

    /// Whether commands are run.
    fn run_then(&mut self, commands: Vec<Command>, said: &str, saved: Saved) -> bool {
        if self.refuses_to_write() {
            return false;
        }
        let said = format!("{said}{}", self.logged_text(&commands));
        let now = self.now;
        self.at_desk(move |desk| {
            let done = desk.run_all(&commands, now);
            Box::new(move |app, late| app.ran(&commands, done, said, saved, late))
        });
        true
    }

    fn ran(&mut self, commands: &[Command], done: Result<Done, Trouble>, said: String, saved: Saved, late: bool) {
        match done {
            Ok(done) => {
                if matches!(commands, [.., Command::AddCustomer(..)]) && !late {
                    self.entered = Some(done.home);
                }
                self.note_logged(commands, late);
                self.notice = Some(Notice::note(said));
                self.changed = true;
                self.book_changed();
            }
            Err(Trouble::Refused(Refusal::NothingToDo)) => {}
            Err(trouble) => {
                let kept = words("; what you typed is kept as a draft", "；已输入的内容存为草稿");
                let kept = if late && saved.closes { self.words(kept) } else { "" };
                self.notice = Some(Notice::error(format!("{}{kept}", trouble.say(self.wanted.language))));
                return;
            }
        }
        self.lines.extend(saved.line);
        if !saved.closes {
            return;
        }
        self.forget_draft(saved.key, late);
        // Who has gone on meanwhile is left where they are.
        if !late {
            self.stack.pop();
            self.refresh_top();
            self.go_to_entered();
        }
    }
}
