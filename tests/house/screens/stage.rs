//! The program set up for a test: a copy of the book, a screen, and keys written as a person would say them.

use crate::screens::book;
use crate::screens::picture::Picture;
use kehu::desk::Desk;
use kehu::text::Language;
use kehu::ui::app::{App, Flow, Wanted, Writing};
use kehu::ui::effect::Notice;
use kehu::ui::event::{Event, Press};
use kehu::ui::job::{Done, Job};
use kehu::ui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyModifiers};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The program on a screen.
pub struct Stage {
    app: Option<App>,
    wanted: Wanted,
    terminal: Terminal<TestBackend>,
    frame: Buffer,
    folder: TempDir,
    waiting: Rc<RefCell<Vec<Writing>>>,
}

/// Turns of long work.
pub struct Turns {
    /// The longest of them.
    pub longest: Duration,
}

/// How most tests want the screen.
pub fn wanted(language: Language) -> Wanted {
    Wanted {
        language,
        theme: Theme::chosen(None, None),
        keymap: "default".into(),
        key_files: Vec::new(),
        ascii: false,
        slow_line: false,
    }
}

/// In English, 100x30, on the seven customers.
pub fn en() -> Stage {
    Stage::new(wanted(Language::En), false)
}

/// In Chinese, 100x30, on the seven customers.
pub fn zh() -> Stage {
    Stage::new(wanted(Language::Zh), false)
}

impl Stage {
    /// The program as wanted, on a copy of the book.
    pub fn new(wanted: Wanted, empty: bool) -> Stage {
        let folder = book::folder(empty);
        let terminal = Terminal::new(TestBackend::new(100, 30)).unwrap();
        let mut stage = Stage { app: None, wanted, terminal, frame: Buffer::default(), folder, waiting: Rc::default() };
        stage.open();
        stage
    }

    /// With so many more follow-ups of the first customer.
    pub fn talked(mut self, count: usize) -> Stage {
        self.app.take().unwrap().into_desk().close().unwrap();
        book::talk(self.folder.path(), count);
        self.open();
        self
    }

    /// With so many more customers, each with an open complaint.
    pub fn complained(mut self, count: usize) -> Stage {
        self.app.take().unwrap().into_desk().close().unwrap();
        book::complain(self.folder.path(), count);
        self.open();
        self
    }

    /// On a book of so many customers.
    pub fn crowded(self, count: usize) -> Stage {
        let mut stage = self.empty();
        stage.app.take().unwrap().into_desk().close().unwrap();
        book::crowd(stage.folder.path(), count);
        stage.open();
        stage
    }

    /// Presses keys that all come in one write, so that what only types is handed over as one text.
    pub fn at_once(mut self, keys: &str) -> Stage {
        let mut typed = String::new();
        for event in events(keys) {
            match self.app.as_ref().unwrap().types(&event) {
                Some(character) => typed.push(character),
                None => {
                    let before = (!typed.is_empty()).then(|| Event::Paste(std::mem::take(&mut typed)));
                    self.events(before.into_iter().chain([event]).collect());
                }
            }
        }
        self.events((!typed.is_empty()).then_some(Event::Paste(typed)).into_iter().collect());
        self
    }

    /// Presses keys, and leaves the work that they give undone for now.
    pub fn press_meanwhile(&mut self, keys: &str) -> Vec<Job> {
        let app = self.app.as_mut().unwrap();
        for event in events(keys) {
            let _ = app.handle(event, book::now());
        }
        self.draw();
        std::iter::from_fn(|| self.app.as_mut().unwrap().take_job()).collect()
    }

    /// Another session writes at the desk.
    pub fn lent(mut self, work: impl FnOnce(&mut Desk) + Send + 'static) -> Stage {
        self.app.as_mut().unwrap().lend(work);
        self.work();
        self.draw();
        self
    }

    /// From now on all that is written waits for [`Stage::disk_done`], as on a disk that takes its time.
    pub fn slow_disk(mut self) -> Stage {
        let waiting = Rc::clone(&self.waiting);
        self.app.as_mut().unwrap().write_by(Box::new(move |writing| {
            waiting.borrow_mut().push(writing);
            None
        }));
        self
    }

    /// The slow disk has done all that it was asked for so far.
    pub fn disk_done(&mut self) -> Flow {
        let written: Vec<Writing> = self.waiting.borrow_mut().drain(..).collect();
        let take = |_, writing: Writing| self.app.as_mut().unwrap().take_written(writing());
        let flow = written.into_iter().fold(Flow::On, take);
        self.work();
        self.draw();
        flow
    }

    /// Something is said at the foot.
    pub fn said(mut self, notice: Notice) -> Stage {
        self.app.as_mut().unwrap().say(notice);
        self.draw();
        self
    }

    /// Typing has rested for a while.
    pub fn rest(&mut self) {
        self.app.as_mut().unwrap().rest();
    }

    /// Does work that was left undone.
    pub fn done(&mut self, jobs: Vec<Job>) {
        jobs.into_iter().for_each(|job| self.app.as_mut().unwrap().take_done(job.run()));
        self.draw();
    }

    /// What came back of work beside the screen.
    pub fn came(&mut self, done: Done) {
        self.app.as_mut().unwrap().take_done(done);
        self.draw();
    }

    fn open(&mut self) {
        self.app = Some(App::new(book::desk(self.folder.path()), self.wanted.clone(), book::now()));
        self.work();
        self.draw();
    }

    /// On an empty book.
    pub fn empty(self) -> Stage {
        Stage::new(self.wanted, true)
    }

    /// With this theme.
    pub fn theme(mut self, name: &str) -> Stage {
        self.wanted.theme = Theme::named(name).unwrap();
        self.reopened()
    }

    /// With plain ASCII in the frame.
    pub fn ascii(mut self) -> Stage {
        self.wanted.ascii = true;
        self.reopened()
    }

    /// The program ended and started again on the same book.
    pub fn reopened(mut self) -> Stage {
        self.app.take().unwrap().into_desk().close().unwrap();
        self.open();
        self
    }

    /// The program killed and started again on the same book.
    pub fn killed(mut self) -> Stage {
        drop(self.app.take());
        self.open();
        self
    }

    /// On a screen of this size.
    pub fn size(mut self, columns: u16, rows: u16) -> Stage {
        self.terminal.backend_mut().resize(columns, rows);
        self.event(Event::Resize { columns, rows });
        self
    }

    /// Does long work at once.
    fn work(&mut self) {
        let app = self.app.as_mut().unwrap();
        loop {
            let job = app.take_job();
            match job {
                Some(job) => app.take_done(job.run()),
                None if app.is_busy() => app.go_on(&mut || false),
                None => return,
            }
        }
    }

    fn draw(&mut self) {
        let app = self.app.as_mut().unwrap();
        self.frame = self.terminal.draw(|frame| app.draw(frame)).unwrap().buffer.clone();
    }

    /// One event; then the next frame.
    pub fn event(&mut self, event: Event) -> Flow {
        self.events(vec![event])
    }

    /// Events in one round; then the next frame. Gives what the terminal is to do after the last.
    pub fn events(&mut self, events: Vec<Event>) -> Flow {
        let flow = events.into_iter().fold(Flow::On, |_, event| {
            let flow = self.app.as_mut().unwrap().handle(event, book::now());
            self.work();
            flow
        });
        self.draw();
        flow
    }

    /// Presses keys; see [`events`].
    pub fn press(&mut self, keys: &str) -> Flow {
        self.events(events(keys))
    }

    /// Presses keys, then gives the desk so many turns of its long work, each as short as can be; gives the longest.
    pub fn in_turns(&mut self, keys: &str, turns: usize) -> Turns {
        let app = self.app.as_mut().unwrap();
        for event in events(keys) {
            let _ = app.handle(event, book::now());
        }
        let _ = app.take_job();
        let mut longest = Duration::ZERO;
        for _ in 0..turns {
            let began = Instant::now();
            app.go_on(&mut || true);
            longest = longest.max(began.elapsed());
        }
        self.draw();
        Turns { longest }
    }

    /// Presses keys while all long work comes to this instead.
    pub fn keys_instead(mut self, keys: &str, instead: impl Fn(Job) -> Done) -> Stage {
        let app = self.app.as_mut().unwrap();
        for event in events(keys) {
            let _ = app.handle(event, book::now());
            while let Some(job) = app.take_job() {
                app.take_done(instead(job));
            }
        }
        self.draw();
        self
    }

    /// Presses keys and goes on.
    pub fn keys(mut self, keys: &str) -> Stage {
        self.press(keys);
        self
    }

    /// What the screen shows.
    pub fn picture(&self) -> Picture {
        let backend = self.terminal.backend();
        Picture::of(&self.frame, backend.cursor_visible().then(|| backend.cursor_position()))
    }

    /// Where the terminal's cursor stands, if it is shown.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let backend = self.terminal.backend();
        backend.cursor_visible().then(|| backend.cursor_position()).map(|at| (at.x, at.y))
    }

    /// The text of the screen.
    pub fn text(&self) -> String {
        self.picture().text()
    }

    /// Whether the screen says so.
    pub fn shows(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// The names of the list, from the top down.
    pub fn names(&self) -> Vec<String> {
        let rows = self.picture().lines.into_iter().skip(3);
        let names = rows.map(|row| row.chars().skip(2).take_while(|c| *c != ' ').collect::<String>());
        names.take_while(|name| !name.is_empty()).collect()
    }

    /// The line at the foot.
    pub fn foot(&self) -> String {
        self.picture().lines.pop().unwrap_or_default()
    }
}

/// Keys as said: names with `C-`, `M-`, `S-`; `'text'` is typed a character at a time, `"text"` is pasted.
pub fn events(keys: &str) -> Vec<Event> {
    let mut events = Vec::new();
    let mut rest = keys.trim_start();
    while !rest.is_empty() {
        let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"') && rest.len() > 1);
        let (said, after) = match quote.and_then(|quote| rest.strip_prefix(quote)?.split_once(quote)) {
            Some(parts) => parts,
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        match quote {
            Some('"') => events.push(Event::Paste(said.to_owned())),
            Some(_) => events.extend(said.chars().map(|c| Event::Press(plain(KeyCode::Char(c))))),
            None => events.push(Event::Press(key(said))),
        }
        rest = after.trim_start();
    }
    events
}

/// A key with nothing held.
pub fn plain(code: KeyCode) -> Press {
    Press { code, mods: KeyModifiers::NONE }
}

fn key(word: &str) -> Press {
    let mut press = plain(KeyCode::Null);
    let mut name = word;
    for (held, bit) in [("C-", KeyModifiers::CONTROL), ("M-", KeyModifiers::ALT), ("S-", KeyModifiers::SHIFT)] {
        if let Some(rest) = name.strip_prefix(held).filter(|rest| !rest.is_empty()) {
            press.mods |= bit;
            name = rest;
        }
    }
    press.code = match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "Space" => KeyCode::Char(' '),
        "Backspace" => KeyCode::Backspace,
        "Delete" => KeyCode::Delete,
        "Insert" => KeyCode::Insert,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PageUp" => KeyCode::PageUp,
        "PageDown" => KeyCode::PageDown,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        name => match name.strip_prefix('F').and_then(|number| number.parse().ok()) {
            Some(number) => KeyCode::F(number),
            None => KeyCode::Char(name.chars().next().expect("a key")),
        },
    };
    press
}
