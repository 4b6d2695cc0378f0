//! The program as a value: events in, frames out; no terminal, clock or thread inside.

mod base;
mod frame;
mod keys;
mod saved;
mod writing;

use crate::book::find::Finder;
use crate::book::logging::Logging;
use crate::desk::Desk;
use crate::desk::errand::{Asked, Errand, Far, Outcome};
use crate::desk::trouble::Trouble;
use crate::domain::time::Moment;
use crate::text::figures::grouped;
use crate::text::{Language, Words, words};
use crate::ui::action::Scope;
use crate::ui::app::base::Base;
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Outgoing, Place};
use crate::ui::event::{Ending, Press};
use crate::ui::finder::{bring_up, index};
use crate::ui::job::{Done, Job, Ticket, Work};
use crate::ui::keymap::{KeyFile, Keymap};
use crate::ui::open::open;
use crate::ui::pending::Pending;
use crate::ui::theme::Theme;
use crate::ui::view::View;
use saved::Saving;

/// The smallest window the program works in, in columns and rows.
const SMALLEST: (u16, u16) = (40, 10);

/// How the screen is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The language.
    pub language: Language,
    /// The theme.
    pub theme: Theme,
    /// The keymap's name.
    pub keymap: String,
    /// One's own keymap files.
    pub key_files: Vec<KeyFile>,
    /// Only plain ASCII in frames and pictures.
    pub ascii: bool,
    /// A line where each row scrolled costs time.
    pub slow_line: bool,
}

/// What the terminal is to do after an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Go on.
    On,
    /// Draw everything afresh.
    Repaint,
    /// Read the keymap files again.
    ReloadKeys,
    /// Give the terminal back for a while.
    Suspend,
    /// Send this to the terminal's clipboard.
    Copy(String),
    /// Write these files where the person is working.
    Write(Vec<Outgoing>),
    /// The person is done.
    Quit,
    /// The terminal or the system ended it.
    End(Ending),
}

/// What becomes of a piece of writing on the screen; `late`: the screen went on meanwhile.
pub type After = Box<dyn FnOnce(&mut App, bool) + Send>;

/// A piece of writing, to be done on any thread.
pub type Writing = Box<dyn FnOnce() -> After + Send>;

/// Does a piece of writing, and answers with what becomes of it. Nothing where it takes longer than a frame: the answer
/// then comes by [`App::take_written`].
pub type Writer = Box<dyn Fn(Writing) -> Option<After>>;

/// The program on the screen: the stack of views, the desk they work at, and what is said at the foot.
pub struct App {
    desk: Desk,
    wanted: Wanted,
    keymap: Keymap,
    now: Moment,
    finder: Option<(Finder, u64)>,
    stack: Vec<Box<dyn View>>,
    pending: Vec<Press>,
    notice: Option<Notice>,
    /// What the notice tells of was a change of the book: the foot says how to take it back.
    changed: bool,
    copied: Option<String>,
    undrafted: bool,
    cramped: bool,
    /// The finder being made anew.
    indexing: Pending<(), (Finder, u64)>,
    /// Work beside the screen of which it is seen how far it is.
    watched: Vec<Ticket>,
    errand: Option<(Ticket, Errand)>,
    /// What is to be done at the desk once that is free.
    next_errand: Option<(Ticket, Asked)>,
    base: Base,
    /// The other screens, as they were left.
    beside: Vec<(Base, Box<dyn View>)>,
    last_logged: Option<Logging>,
    /// The follow-up lines written in this session, the latest last.
    lines: Vec<String>,
    /// How writing is done: at once, or beside the screen.
    writer: Writer,
    saving: Saving,
}

impl App {
    /// The program on a book, with the list open.
    pub fn new(desk: Desk, wanted: Wanted, now: Moment) -> App {
        let (keymap, mistakes) = Keymap::open(&wanted.keymap, &wanted.key_files);
        let notice = mistakes.first().map(|mistake| Notice::error(mistake.say(wanted.language)));
        let mut app = App {
            desk,
            wanted,
            keymap,
            now,
            finder: None,
            stack: Vec::new(),
            pending: Vec::new(),
            notice,
            changed: false,
            copied: None,
            undrafted: false,
            cramped: false,
            indexing: Pending::default(),
            watched: Vec::new(),
            errand: None,
            next_errand: None,
            base: Base::Customers,
            beside: Vec::new(),
            last_logged: None,
            lines: Vec::new(),
            writer: Box::new(|writing| Some(writing())),
            saving: Saving::default(),
        };
        let list = open(Place::Customers, &app.context());
        app.stack.push(list);
        app.offer_drafts();
        app
    }

    /// Says something at the foot.
    pub fn say(&mut self, notice: Notice) {
        self.notice = Some(notice);
    }

    /// Long work that wants doing beside the screen, once; what is to be done at the desk is begun.
    pub fn take_job(&mut self) -> Option<Job> {
        loop {
            if let Some(job) = self.index() {
                return Some(job);
            }
            self.begin_next();
            match self.with_top(|view, context| view.work(context)).flatten()? {
                Work::AtDesk(ticket, asked) => self.next_errand = Some((ticket, asked)),
                Work::Away(job) => {
                    self.watched.extend(Some(job.ticket()).filter(|_| job.is_watched()));
                    return Some(job);
                }
            }
        }
    }

    /// The finder made of the whole book, where there is none.
    fn index(&mut self) -> Option<Job> {
        if self.finder.is_none() {
            self.indexing.ask((), self.desk.book().revision());
        }
        self.indexing.unsent()?;
        let book = self.desk.book().clone();
        self.indexing.send(|()| move || Ok((index(&book), book.revision())))
    }

    /// Takes the answer of long work.
    pub fn take_done(&mut self, done: Done) {
        self.watched.retain(|ticket| *ticket != done.ticket());
        match self.indexing.take(done) {
            Ok(_) => {
                self.finder = self.indexing.take_answer().or(self.finder.take());
                self.book_changed();
            }
            Err(done) => self.deliver(done),
        }
        // A preview that was asked for is kept when the line drops, also before another key is pressed.
        self.note_draft();
    }

    /// What is typed or asked for here may be a draft by now.
    fn note_draft(&mut self) {
        self.undrafted |= matches!(self.scope(), Scope::Form | Scope::Line | Scope::Tiers);
    }

    /// The desk, given back at the end.
    pub fn into_desk(self) -> Desk {
        self.desk
    }

    fn context(&self) -> Context<'_> {
        Context {
            desk: &self.desk,
            finder: self.finder.as_ref().map(|(finder, _)| finder),
            keymap: &self.keymap,
            theme: &self.wanted.theme,
            language: self.wanted.language,
            recalled: &self.lines,
            now: self.now,
            ascii: self.wanted.ascii,
            slow_line: self.wanted.slow_line,
            far: self.far(),
            read_only: self.is_read_only(),
        }
    }

    /// Runs `work` with the view on top and everything it may look at.
    fn with_top<T>(&mut self, work: impl FnOnce(&mut dyn View, &Context<'_>) -> T) -> Option<T> {
        let mut top = self.stack.pop()?;
        let result = work(top.as_mut(), &self.context());
        self.stack.push(top);
        Some(result)
    }

    fn refresh_top(&mut self) {
        self.with_top(|view, context| view.refresh(context));
    }

    fn scope(&self) -> Scope {
        self.stack.last().map_or(Scope::Global, |view| view.scope())
    }

    /// The language of the screen.
    pub const fn language(&self) -> Language {
        self.wanted.language
    }

    /// Words in the language of the screen.
    pub const fn words(&self, words: Words) -> &'static str {
        words.say(self.wanted.language)
    }

    fn open(&mut self, place: Place) {
        let mut view = open(place, &self.context());
        if let Some(draft) = view.draft_key().and_then(|key| self.draft(&key)) {
            view.take_up(&draft);
            let restored = words("what you had typed is back; save or clear it", "已恢复上次未保存的内容");
            self.notice = Some(Notice::note(self.words(restored)));
        }
        self.stack.push(view);
        self.refresh_top();
    }

    /// One level back; the first view stays.
    fn back(&mut self) {
        let drafted = self.undrafted && self.with_top(|view, context| view.draft(context).is_some()) == Some(true);
        self.save_drafts();
        if drafted && self.notice.is_none() {
            self.notice = Some(Notice::note(self.words(words("kept as a draft", "已存为草稿"))));
        }
        if self.stack.len() > 1 {
            self.stack.pop();
            self.refresh_top();
        }
    }

    /// Brings the finder and the view up to the book.
    fn book_changed(&mut self) {
        let revision = self.desk.book().revision();
        if let Some((finder, seen)) = &mut self.finder
            && *seen != revision
        {
            // Where people were renamed, every row of theirs is found by another name.
            match self.desk.book().only_rows_changed_since(*seen) {
                Some(changed) => {
                    bring_up(finder, &changed, self.desk.book());
                    *seen = revision;
                }
                None => self.finder = None,
            }
        }
        self.refresh_top();
    }

    /// Takes the keymap files as they are now; the last good map stays while there is a mistake in them.
    pub fn take_keys(&mut self, files: Vec<KeyFile>) {
        self.notice = Some(match self.keymap.reload(&self.wanted.keymap, &files) {
            Ok(()) => Notice::note(self.words(words("keys read again", "已重新读取键位"))),
            Err(mistakes) => {
                Notice::error(mistakes.first().map(|mistake| mistake.say(self.wanted.language)).unwrap_or_default())
            }
        });
        self.wanted.key_files = files;
    }

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
