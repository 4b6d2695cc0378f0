//! Writing beside the screen: where the disk is slow the screen goes on, and nothing is said to be saved before it is. So
//! drafts are kept, changes made, told, taken back and made again, and the desk is lent.

use super::saved::Saved;
use super::{After, App, Flow, Writer, Writing};
use crate::book::command::Command;
use crate::book::logging::Logging;
use crate::book::planned::Planned;
use crate::book::planning::Refusal;
use crate::book::row::Row;
use crate::desk::errand::Asked;
use crate::desk::history::{summary, told_of};
use crate::desk::trouble::Trouble;
use crate::desk::{Desk, Done};
use crate::domain::id::Id;
use crate::domain::time::Moment;
use crate::store::Store;
use crate::store::codec::derived;
use crate::store::entry::{Head, Target};
use crate::store::error::StoreError;
use crate::text::figures::short_money;
use crate::text::{self, Language, Words, words};
use crate::ui::action::Action;
use crate::ui::effect::{Intent, Notice, Then, Told};
use crate::ui::fit;
use crate::ui::job::Ticket;
use crate::ui::keymap::shown as key_shown;
use crate::ui::view::{Draft, View};
use std::mem;

/// Writes a draft down, or lets go of it where there is none any more.
fn write_draft(store: &Store, key: &str, draft: Option<&Draft>) -> Result<(), StoreError> {
    match draft {
        Some(draft) => derived::write(DRAFT_VERSION, draft).map_or(Ok(()), |bytes| store.save_draft(key, &bytes)),
        None => store.remove_draft(key),
    }
}

/// Version of stored drafts.
const DRAFT_VERSION: u8 = 1;

/// Columns of a name in a notice.
const NAME: usize = 24;

/// What came of an undo or a redo.
type Turned = Result<(Done, Head), Trouble>;

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

    /// Runs commands; where one then goes back, it is when they are done, or when that takes longer than a frame.
    pub(super) fn run(&mut self, commands: Vec<Command>, told: Told, then: Then) {
        let said = match told {
            Told::Words(words) => self.words(words).to_owned(),
            Told::Text(text) => text,
        };
        let line = match &then {
            Then::BackFrom(line) if self.lines.last() != Some(line) => Some(line.clone()),
            _ => None,
        };
        let closes = then != Then::Stay;
        let key = self.stack.last().filter(|_| closes).and_then(|view| view.draft_key());
        if self.run_then(commands, said, Saved { key, line, closes }) && self.is_saving() && closes {
            self.save_drafts();
            self.stack.pop();
            self.refresh_top();
        }
    }

    /// Whether commands are run.
    fn run_then(&mut self, commands: Vec<Command>, said: String, saved: Saved) -> bool {
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
        let mut entered = None;
        match done {
            Ok(done) => {
                entered = Some(done.home).filter(|_| matches!(commands, [.., Command::AddCustomer(..)]));
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
            self.select(entered);
        }
    }

    /// Writes down what was typed and not saved; later, where the last round of it is not yet done.
    pub fn save_drafts(&mut self) {
        if self.is_drafting() || !std::mem::take(&mut self.undrafted) {
            return;
        }
        let context = self.context();
        let keyed = |view: &dyn View| Some((view.draft_key()?, view.draft(&context)));
        let drafts: Vec<(String, Option<Draft>)> = self.stack.iter().filter_map(|view| keyed(view.as_ref())).collect();
        if drafts.is_empty() {
            return;
        }
        let (store, language) = (self.desk.store().snapshot(), self.wanted.language);
        self.write_drafts(move || {
            let saved = drafts.iter().try_for_each(|(key, draft)| write_draft(&store, key, draft.as_ref()));
            saved.err().map(|error| Notice::error(error.say(language)))
        });
    }

    pub(super) fn draft(&self, key: &str) -> Option<Draft> {
        let drafts = self.desk.store().drafts().ok()?;
        let (_, bytes) = drafts.into_iter().find(|(other, _)| other == key)?;
        derived::read(DRAFT_VERSION, &bytes)
    }

    /// Lets go of what was kept of a form that is saved now; `late`: something else may be typed by now.
    pub(super) fn forget_draft(&mut self, key: Option<String>, late: bool) {
        self.undrafted &= late;
        if let Some(key) = key.filter(|key| !self.forgets_later(key)) {
            // A draft that cannot be removed is only offered once more.
            let _ = self.desk.store().remove_draft(&key);
        }
    }

    /// Says what was kept, and whose it is.
    pub(super) fn offer_drafts(&mut self) {
        let drafts = self.desk.store().drafts().unwrap_or_default();
        if drafts.is_empty() || self.notice.is_some() {
            return;
        }
        let mut names: Vec<&str> = drafts.iter().filter_map(|(key, _)| self.named(key)).collect();
        names.sort_unstable();
        names.dedup();
        let count = drafts.len().to_string();
        let whose = names.join(words(", ", "、").say(self.wanted.language));
        let kept = match (drafts.len(), whose.as_str()) {
            (1, "") => {
                words("1 unsaved form kept: open the same form to go on", "有 1 份未保存的内容：打开同一表单即可继续")
            }
            (_, "") => words(
                "{} unsaved forms kept: open the same forms to go on",
                "有 {} 份未保存的内容：打开同一表单即可继续",
            ),
            (1, _) => words(
                "1 unsaved form kept, {}: open the same form to go on",
                "有 1 份未保存的内容（{}）：打开同一表单即可继续",
            ),
            _ => words(
                "{} unsaved forms kept, {}: open the same forms to go on",
                "有 {} 份未保存的内容（{}）：打开同一表单即可继续",
            ),
        };
        let values = if drafts.len() == 1 { vec![whose.as_str()] } else { vec![count.as_str(), whose.as_str()] };
        self.notice = Some(Notice::note(kept.filled(&values, self.wanted.language)));
    }

    /// The customer whose form goes by this key.
    fn named(&self, key: &str) -> Option<&str> {
        let customers = key.split(' ').filter_map(Id::parse);
        customers.filter_map(|id| self.desk.book().row_of(id)).map(Row::name).next()
    }

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

    /// Keeps what was logged last, and tells the view it was logged from unless one has gone on there meanwhile.
    pub(super) fn note_logged(&mut self, commands: &[Command], late: bool) {
        let Some(Command::Log(logging)) = commands.last() else { return };
        self.last_logged = Some((**logging).clone());
        if late {
            return;
        }
        let mut stack = mem::take(&mut self.stack);
        if let Some(view) = stack.iter_mut().rev().find(|view| !view.scope().takes_text()) {
            view.receive(Intent::Logged(logging.customer), &self.context());
        }
        self.stack = stack;
    }

    /// Goes to the customer that was just entered, or brought back by an undo.
    pub(super) fn select(&mut self, customer: Option<Id>) {
        if let Some(customer) = customer.filter(|id| self.desk.book().slot_of(*id).is_some()) {
            self.with_top(|view, context| view.receive(Intent::Select(customer), context));
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

    fn turn(&mut self, turn: fn(&mut Desk, Moment) -> Turned, said: Words) {
        let now = self.now;
        self.at_desk(move |desk| {
            let turned = turn(desk, now);
            Box::new(move |app, late| app.turned(turned, said, late))
        });
    }

    fn turned(&mut self, turned: Turned, said: Words, late: bool) {
        self.changed = turned.is_ok();
        let home = turned.as_ref().ok().map(|(done, _)| done.home).filter(|_| !late);
        self.notice = Some(match turned {
            Ok((_, head)) => {
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
        self.select(home);
    }

    /// The desk as it is.
    pub const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Lends the desk for a moment; what is written there meanwhile is told and shown.
    pub fn lend(&mut self, work: impl FnOnce(&mut Desk) + Send + 'static) {
        self.at_desk(move |desk| {
            let before = desk.store().next_seq();
            work(desk);
            let wrote = desk.store().next_seq() != before;
            Box::new(move |app, _| {
                if wrote {
                    app.tell_of_another();
                }
            })
        });
    }

    /// Tells where the book as it was is kept, once it was brought to another format.
    pub fn tell_of_upgrade(&mut self) {
        if self.is_saving() {
            return;
        }
        if let Some(upgraded) = self.desk.take_upgraded() {
            let told = text::upgrade::upgraded(upgraded.backup.as_deref(), self.wanted.language);
            self.say(Notice::note(told));
        }
    }

    fn tell_of_another(&mut self) {
        let language = self.wanted.language;
        let (by, summary) = self.desk.latest(language).unwrap_or_default();
        if !self.notice.as_ref().is_some_and(Notice::takes_a_key) {
            self.notice = Some(Notice::note(match language {
                Language::En => format!("another session ({by}): {summary}"),
                Language::Zh => format!("另一会话（{by}）：{summary}"),
            }));
        }
        self.book_changed();
    }
}
