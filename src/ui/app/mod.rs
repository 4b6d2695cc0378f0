//! The program as a value: events in, frames out; no terminal, clock or thread inside.

mod act;
mod base;
mod drafts;
mod errand;
mod frame;
mod lending;
mod logged;
mod saved;
mod saving;
mod turning;
mod typing;

use crate::book::find::Finder;
use crate::book::logging::Logging;
use crate::desk::Desk;
use crate::desk::errand::{Asked, Errand};
use crate::domain::id::Id;
use crate::domain::time::Moment;
use crate::text::{Language, Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::app::base::Base;
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Outgoing, Place};
use crate::ui::event::{Ending, Event, Press};
use crate::ui::finder::{bring_up, index};
use crate::ui::job::{Done, Job, Ticket, Work};
use crate::ui::keymap::{Found, KeyFile, Keymap, is_text};
use crate::ui::open::open;
use crate::ui::pending::Pending;
use crate::ui::theme::Theme;
use crate::ui::view::View;
use ratatui::crossterm::event::KeyCode;
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
    /// The screen from which a question was put to another: who leaves the question goes back there.
    asked_from: Option<Base>,
    /// The other screens, as they were left.
    beside: Vec<(Base, Box<dyn View>)>,
    last_logged: Option<Logging>,
    /// The follow-up lines written in this session, the latest last.
    lines: Vec<String>,
    /// The customer just entered or brought back, to be gone to.
    entered: Option<Id>,
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
            asked_from: None,
            beside: Vec::new(),
            last_logged: None,
            lines: Vec::new(),
            entered: None,
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

    /// Takes an event that happened at `now`.
    pub fn handle(&mut self, event: Event, now: Moment) -> Flow {
        self.now = now;
        match event {
            Event::Press(press) if self.cramped => self.pressed_blindly(press),
            Event::Paste(_) if self.cramped => Flow::On,
            Event::Press(press) => self.pressed(press),
            Event::Paste(text) => self.typed(&text),
            Event::Resize { .. } => Flow::On,
            Event::Focus(gained) => {
                if !gained {
                    self.save_drafts();
                }
                Flow::On
            }
            Event::Suspend => {
                self.save_drafts();
                Flow::Suspend
            }
            Event::Ending(ending) => {
                self.save_drafts();
                Flow::End(ending)
            }
        }
    }

    fn pressed(&mut self, press: Press) -> Flow {
        self.copied = None;
        self.changed = false;
        // Where text is typed an error is seen beside it, and nothing that mends it may be lost: only Enter is, which
        // would ask for the same again.
        let writes = self.scope().takes_text() && press.code != KeyCode::Enter;
        if self.notice.take().is_some_and(|notice| notice.is_error) && !writes {
            return Flow::On;
        }
        self.pending.push(press);
        let scope = self.scope();
        match self.keymap.find(scope, &self.pending) {
            Found::Act(actions) => {
                let actions = actions.to_vec();
                self.pending.clear();
                actions.into_iter().fold(Flow::On, |flow, action| match flow {
                    Flow::On => self.act(action),
                    other => other,
                })
            }
            Found::Wait(_) => Flow::On,
            Found::Nothing => {
                let alone = self.pending.len() == 1;
                self.pending.clear();
                match press.code {
                    KeyCode::Char(c) if alone && is_text(press) => self.typed(c.encode_utf8(&mut [0; 4])),
                    _ => Flow::On,
                }
            }
        }
    }

    /// In a window too small to show anything one can only leave.
    fn pressed_blindly(&mut self, press: Press) -> Flow {
        match self.keymap.find(self.scope(), &[press]) {
            Found::Act([action @ (Action::Quit | Action::Suspend)]) => {
                let action = *action;
                self.act(action)
            }
            _ => Flow::On,
        }
    }

    fn typed(&mut self, text: &str) -> Flow {
        (self.notice, self.copied) = (None, None);
        let effect = self.with_top(|view, context| view.typed(text, context)).unwrap_or(Effect::None);
        self.undrafted = true;
        self.perform(effect)
    }

    fn act(&mut self, action: Action) -> Flow {
        let effect = self.with_top(|view, context| view.act(action, context)).unwrap_or(Effect::Unknown);
        self.note_draft();
        match effect {
            Effect::Unknown => self.act_everywhere(action),
            effect => self.perform(effect),
        }
    }

    fn perform(&mut self, effect: Effect) -> Flow {
        match effect {
            Effect::None | Effect::Unknown => {}
            Effect::Open(place) => self.open(place),
            Effect::Replace(place) => {
                self.stack.pop();
                self.open(place);
            }
            Effect::Back => self.back(),
            Effect::Answer(answer) => {
                self.stack.pop();
                let effect = self.with_top(|view, context| view.answered(answer, context)).unwrap_or(Effect::None);
                let flow = self.perform(effect);
                // Without another question all was answered, and what comes of it is seen here.
                self.asked_from.take_if(|_| self.stack.len() == 1);
                return flow;
            }
            Effect::Do(action) => {
                self.stack.pop();
                return self.act(action);
            }
            Effect::GoAndSay(action, notice) => {
                self.stack.pop();
                let flow = self.act(action);
                self.notice = Some(notice);
                return flow;
            }
            Effect::Run(command, said) => self.run(vec![command], self.words(said)),
            Effect::RunAll(commands, said) => self.run(commands, self.words(said)),
            Effect::RunTold(commands, said) => self.run(commands, &said),
            Effect::Save(commands, said) => self.save(commands, self.words(said)),
            Effect::SaveTold(commands, said) => self.save(commands, &said),
            Effect::Say(notice) => self.notice = Some(notice),
            Effect::Write(files) => return Flow::Write(files),
            Effect::Stop => self.stop_errand(),
            Effect::Show(action) => return self.act_everywhere(action),
            Effect::ShowMadeSince(id) => {
                self.show(Base::Customers);
                self.with_top(|view, context| view.mark_made_since(id, context));
            }
            Effect::GradeOnly(customers) => {
                let from = Some(self.base).filter(|base| *base != Base::Tiers);
                self.show(Base::Tiers);
                self.asked_from = from;
                let asked = self.with_top(|view, context| view.grade_only(customers, context));
                return self.perform(asked.unwrap_or(Effect::None));
            }
            Effect::Copy(text) => {
                self.copied = Some(text.clone());
                self.notice = Some(Notice::note(self.words(words("sent to the terminal", "已发送到终端剪贴板"))));
                return Flow::Copy(text);
            }
        }
        Flow::On
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
            let turned_to = self.stack.pop().and_then(|view| view.turned_to());
            self.refresh_top();
            if let Some(customer) = turned_to {
                self.with_top(|view, context| view.last_seen(customer, context));
            }
            if let Some(from) = self.asked_from.take_if(|_| self.stack.len() == 1) {
                self.show(from);
            }
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
}
