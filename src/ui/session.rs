//! The program on a real terminal: events taken, frames drawn, work done beside them, and an orderly end.

use crate::desk::Desk;
use crate::domain::time::Moment;
use crate::exchange::export::file::keep;
use crate::store::check::Measure;
use crate::store::error::StoreError;
use crate::store::scan::Damage;
use crate::text::disk::refusal;
use crate::text::figures::grouped;
use crate::text::words;
use crate::ui::app::{After, App, Flow, Wanted, Writer, Writing};
use crate::ui::door::{Answering, Door, Knock, Visit};
use crate::ui::effect::{Notice, Outgoing};
use crate::ui::event::{Ending, Event};
use crate::ui::front::Front;
use crate::ui::job::Done;
use crate::ui::keymap::KeyFile;
use crate::ui::terminal::listen::{Asked, listen};
use crate::ui::terminal::pace::Pace;
use crate::ui::terminal::screen::{Options, Screen, Suspension};
use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SendError, Sender, TryRecvError, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How long typing rests before it is written down as a draft.
const DRAFT_AFTER: Duration = Duration::from_millis(300);
/// How long keys typed before a request to end are still taken.
const LAST_KEYS: Duration = Duration::from_millis(100);

/// How long a key waits for what it saves: most disks are done by then, and what comes next is told of it.
const SAVED_WITHIN: Duration = Duration::from_millis(100);
/// How often the screen shows how far long work is.
const LOOK_AFTER: Duration = Duration::from_millis(100);
/// How long after the start the journal is read through, and how long that rests between two pieces.
const CHECK_AFTER: Duration = Duration::from_millis(200);
const CHECK_REST: Duration = Duration::from_millis(25);
/// How long the desk works on while nobody looks whether a key was pressed.
const TURN: Duration = Duration::from_millis(10);

/// What reaches the loop.
enum Message {
    /// From the terminal or the system.
    Event(Event),
    /// From work done beside.
    Done(Done),
    /// From a command at the door.
    Knock(Knock),
    /// Entries of the journal that can no longer be read.
    Lost(Vec<Damage>),
    /// From writing that took longer than a frame; the inner error is a panic.
    Written(thread::Result<After>),
}

impl From<Knock> for Message {
    fn from(knock: Knock) -> Message {
        Message::Knock(knock)
    }
}

impl From<Event> for Message {
    fn from(event: Event) -> Message {
        Message::Event(event)
    }
}

/// What the session asks of the world around it.
pub struct World<'a> {
    /// What time it is.
    pub now: &'a dyn Fn() -> Moment,
    /// One's own keymap files, as they are now.
    pub key_files: &'a dyn Fn() -> Vec<KeyFile>,
    /// Whether a network lies between program and terminal.
    pub over_ssh: bool,
    /// Whether the mouse is to be used.
    pub mouse: bool,
    /// Said at the foot at first.
    pub greeting: Option<Notice>,
    /// Answers commands that are given elsewhere meanwhile.
    pub answering: Arc<Answering>,
}

/// The book to be worked at.
pub enum Coming {
    /// It is on the desk.
    Here(Box<Desk>),
    /// It is being put there, and shows its front meanwhile. What is to be said of it comes with it.
    Behind(Box<Front>, Bringing),
}

/// Puts the book on the desk, with what is to be said of it.
pub type Bringing = Box<dyn FnOnce() -> Result<(Desk, Option<Notice>), StoreError> + Send>;

/// Why the program could not be run.
#[derive(Debug)]
pub enum Unable {
    /// There is no terminal.
    Terminal(io::Error),
    /// The book could not be opened.
    Book(StoreError),
}

impl From<io::Error> for Unable {
    fn from(error: io::Error) -> Unable {
        Unable::Terminal(error)
    }
}

/// Reads the journal through beside the work, once the first rush is over; what is lost is said as soon as it is found.
fn check_behind(desk: &Desk, sender: Sender<Message>) {
    if desk.is_read_only() {
        return;
    }
    let check = desk.store().check();
    let run = move || {
        thread::sleep(CHECK_AFTER);
        let measure = Measure { most: u64::MAX, rest: CHECK_REST };
        if let Ok(lost) = check.run(measure, &AtomicBool::new(false))
            && !lost.is_empty()
        {
            // Who has ended meanwhile is told at the next opening.
            let _ = sender.send(Message::Lost(lost));
        }
    };
    // Where no thread can be had, the next session checks. At the end it is not waited for.
    let _ = thread::Builder::new().name("check".to_owned()).spawn(run);
}

/// Writes on a thread, so that keys are answered while the disk is slow: what takes longer than a moment comes later.
fn writer(sender: Sender<Message>) -> Writer {
    Box::new(move |writing: Writing| {
        let (near, answer) = sync_channel::<thread::Result<After>>(0);
        let far = sender.clone();
        let write = move |writing: Writing| {
            let written = catch_unwind(AssertUnwindSafe(writing));
            // Nobody waits here any more: it goes the way of everything that happens.
            if let Err(SendError(written)) = near.send(written) {
                let _ = far.send(Message::Written(written));
            }
        };
        // The writing must not be lost with a thread that cannot be had.
        let kept = Arc::new(Mutex::new(Some(writing)));
        let taken = Arc::clone(&kept);
        let take = move |kept: &Mutex<Option<Writing>>| kept.lock().ok().and_then(|mut kept| kept.take());
        let spawned = thread::Builder::new().name("write".to_owned()).spawn(move || {
            if let Some(writing) = take(&taken) {
                write(writing);
            }
        });
        match spawned {
            Ok(_) => answer
                .recv_timeout(SAVED_WITHIN)
                .ok()
                .map(|written| written.unwrap_or_else(|panic| resume_unwind(panic))),
            Err(_) => take(&kept).map(|writing| writing()),
        }
    })
}

/// Waits for the book behind its front. Keys typed meanwhile stay where they come in, and are answered by the whole book.
fn wait_behind(front: &Front, bringing: Bringing, screen: &mut Screen) -> Result<(Desk, Option<Notice>), Unable> {
    let brought = thread::Builder::new().name("book".to_owned()).spawn(bringing)?;
    // A terminal that is gone is noticed when the book is there to be put away again.
    let _ = screen.draw(|frame| front.draw(frame));
    brought.join().unwrap_or_else(|panic| resume_unwind(panic)).map_err(Unable::Book)
}

/// Runs the program on the terminal until it ends; gives the exit status, and the desk to be put away.
///
/// # Errors
/// When there is no terminal, or the book cannot be opened.
pub fn run(coming: Coming, wanted: Wanted, world: World<'_>) -> Result<(u8, Desk), Unable> {
    let (sender, inbox) = channel();
    let asked = listen(sender.clone(), world.over_ssh)?;
    let mut screen = Screen::enter(Options { mouse: world.mouse, ascii: wanted.ascii })?;
    let (desk, found) = match coming {
        Coming::Here(desk) => (*desk, None),
        Coming::Behind(front, bringing) => wait_behind(&front, bringing, &mut screen)?,
    };
    // Without a door, commands given elsewhere are told that the book is held.
    let open_door = || Door::open(desk.store().folder(), Arc::clone(&world.answering), sender.clone()).ok();
    check_behind(&desk, sender.clone());
    let _door = desk.store().is_alone().then(open_door).flatten();
    let mut app = App::new(desk, wanted.clone(), (world.now)());
    app.write_by(writer(sender.clone()));
    if let Some(greeting) = found.as_ref().or(world.greeting.as_ref()) {
        app.say(greeting.clone());
    }
    let (typed, waiting, ended) = (String::new(), Vec::new(), None);
    let mut session = Session { app: &mut app, screen: &mut screen, world: &world, asked, typed, waiting, ended };
    let status = catch_unwind(AssertUnwindSafe(|| session.go_on(&inbox, &sender)));
    // What was typed and the lock come first; the terminal may be gone.
    app.save_drafts();
    let size = screen.size();
    screen.leave();
    await_written(&mut app, &inbox);
    match status {
        // Who was ended by others has no time to lose.
        Ok(0) => Ok((0, Front::keep(app.into_desk(), size, &wanted, (world.now)()))),
        Ok(status) => Ok((status, app.into_desk())),
        // The panic has been told; the book is put away by its drop.
        Err(panic) => resume_unwind(panic),
    }
}

/// Waits until all that was to be saved is saved, or was refused.
fn await_written(app: &mut App, inbox: &Receiver<Message>) {
    while app.is_writing() {
        match inbox.recv() {
            Ok(Message::Written(written)) => {
                let _ = app.take_written(written.unwrap_or_else(|panic| resume_unwind(panic)));
                // What was typed while a draft was being written down.
                app.save_drafts();
            }
            Ok(_) => {}
            Err(_) => return,
        }
    }
}

struct Session<'a> {
    app: &'a mut App,
    screen: &'a mut Screen,
    world: &'a World<'a>,
    /// Whether the program is to end.
    asked: Asked,
    /// What was typed and is yet to be handed over as one text.
    typed: String,
    /// Who wants to write, and waits for the end of long work at the desk.
    waiting: Vec<Visit>,
    ended: Option<u8>,
}

impl Session<'_> {
    fn go_on(&mut self, inbox: &Receiver<Message>, sender: &Sender<Message>) -> u8 {
        let mut pace = Pace::new(self.world.over_ssh);
        loop {
            if self.asked.for_longer_than(Duration::ZERO).is_none() {
                if let Err(ending) = self.screen.draw(|frame| self.app.draw(frame)) {
                    return ending.status();
                }
                pace.drawn(Instant::now());
            }
            self.start_work(sender);
            if self.app.is_busy() {
                if let Err(ending) = self.work_between(inbox) {
                    return ending.status();
                }
                if let Some(status) = self.ended {
                    return status;
                }
                continue;
            }
            if self.let_in() {
                continue;
            }
            match self.next(inbox) {
                Ok(Some(message)) => {
                    // Whatever breaks the round off is in `ended`, or only wants a frame at once.
                    let _ = pace.round_from(message, inbox, |message| self.take(message));
                    let _ = self.hand_over();
                    // What a key asks for is worked on while the frame that shows the key is drawn.
                    self.start_work(sender);
                }
                Ok(None) => self.app.rest(),
                Err(ending) => return ending.status(),
            }
            if let Some(status) = self.ended {
                return status;
            }
        }
    }

    /// Waits for what comes next; nothing when typing has rested long enough.
    fn next(&mut self, inbox: &Receiver<Message>) -> Result<Option<Message>, Ending> {
        let watching = self.app.is_watching();
        if !self.app.wants_rest() && !watching {
            return inbox.recv().map(Some).map_err(|_| Ending::HangUp);
        }
        match inbox.recv_timeout(if watching { LOOK_AFTER } else { DRAFT_AFTER }) {
            Ok(message) => Ok(Some(message)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(Ending::HangUp),
        }
    }

    /// Goes on with long work at the desk until a key wants an answer, or the screen is to show how far it is.
    fn work_between(&mut self, inbox: &Receiver<Message>) -> Result<(), Ending> {
        let began = Instant::now();
        while self.app.is_busy() && began.elapsed() < LOOK_AFTER {
            match inbox.try_recv() {
                Ok(message) => {
                    // Whatever breaks the round off is in `ended`, or only wants a frame at once.
                    let _ = self.take(message);
                    let _ = self.hand_over();
                    return Ok(());
                }
                Err(TryRecvError::Disconnected) => return Err(Ending::HangUp),
                Err(TryRecvError::Empty) => {}
            }
            let turn = Instant::now();
            self.app.go_on(&mut || turn.elapsed() > TURN);
        }
        Ok(())
    }

    fn start_work(&mut self, sender: &Sender<Message>) {
        if let Some(job) = self.app.take_job() {
            let sender = sender.clone();
            let spawned = thread::Builder::new().name("work".to_owned()).spawn(move || {
                // Nobody waits for the answer when the program has ended meanwhile.
                let _ = sender.send(Message::Done(job.run()));
            });
            if let Err(error) = spawned {
                self.app.say(Notice::error(error.to_string()));
            }
        }
    }

    fn take(&mut self, message: Message) -> ControlFlow<()> {
        let flow = self.take_in(message);
        self.app.tell_of_upgrade();
        flow
    }

    fn take_in(&mut self, message: Message) -> ControlFlow<()> {
        if let Some(ending) = self.asked.for_longer_than(LAST_KEYS) {
            self.ended = Some(ending.status());
            return ControlFlow::Break(());
        }
        if let Message::Event(event) = &message
            && let Some(character) = self.app.types(event)
        {
            self.typed.push(character);
            return ControlFlow::Continue(());
        }
        self.hand_over()?;
        match message {
            Message::Event(event) => self.happened(event),
            Message::Done(done) => {
                self.app.take_done(done);
                ControlFlow::Continue(())
            }
            Message::Lost(lost) => {
                let language = self.app.language();
                let told: Vec<String> = lost.iter().map(|damage| damage.found(language)).collect();
                self.app.say(Notice::error(told.join("  ")));
                ControlFlow::Continue(())
            }
            Message::Written(written) => {
                let after = written.unwrap_or_else(|panic| resume_unwind(panic));
                let flow = self.app.take_written(after);
                self.follow(flow)
            }
            Message::Knock(Knock::Read(reading)) => {
                reading.at(self.app.desk().snapshot());
                ControlFlow::Continue(())
            }
            Message::Knock(Knock::Write(visit)) => {
                self.waiting.push(visit);
                self.let_in();
                ControlFlow::Continue(())
            }
        }
    }

    /// Lets in who wants to write, unless an import or a save is under way; true when somebody was.
    fn let_in(&mut self) -> bool {
        let mut was_let_in = false;
        while !self.waiting.is_empty() && !self.app.is_busy() && !self.app.is_saving() {
            let visit = self.waiting.remove(0);
            self.app.lend(|desk| visit.at(desk));
            was_let_in = true;
        }
        was_let_in
    }

    /// Hands over what was typed.
    fn hand_over(&mut self) -> ControlFlow<()> {
        match std::mem::take(&mut self.typed) {
            typed if typed.is_empty() => ControlFlow::Continue(()),
            typed => self.happened(Event::Paste(typed)),
        }
    }

    fn happened(&mut self, event: Event) -> ControlFlow<()> {
        if let Event::Resize { columns, rows } = event
            && let Err(ending) = self.screen.resize(columns, rows)
        {
            self.ended = Some(ending.status());
            return ControlFlow::Break(());
        }
        let flow = self.app.handle(event, (self.world.now)());
        self.follow(flow)
    }

    fn follow(&mut self, flow: Flow) -> ControlFlow<()> {
        let done = match flow {
            Flow::On => return ControlFlow::Continue(()),
            Flow::Quit => {
                self.ended = Some(0);
                Ok(())
            }
            Flow::End(ending) => Err(ending),
            Flow::Repaint => self.screen.repaint(),
            Flow::Copy(text) => self.screen.copy(&text),
            Flow::Write(files) => {
                let told = write_down(&files, self.app);
                self.app.say(told);
                Ok(())
            }
            Flow::ReloadKeys => {
                self.app.take_keys((self.world.key_files)());
                Ok(())
            }
            Flow::Suspend => self.suspend(),
        };
        if let Err(ending) = done {
            self.ended = Some(ending.status());
        }
        ControlFlow::Break(())
    }

    fn suspend(&mut self) -> Result<(), Ending> {
        if self.screen.suspend()? == Suspension::NoShell {
            let nowhere = words("there is no shell to go back to", "没有可返回的命令行");
            self.app.say(Notice::note(self.app.words(nowhere)));
        }
        Ok(())
    }
}

/// The name, with a number where a file of that name is there already: nothing is written over.
fn free_name(folder: &Path, name: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let numbered = (2..).map(|number| format!("{stem}-{number}.{ending}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !folder.join(name).exists()).unwrap_or_default()
}

/// Writes files into the folder the program was started in; says where and how many rows, or why not.
fn write_down(files: &[Outgoing], app: &App) -> Notice {
    let folder = std::env::current_dir().unwrap_or_default();
    let mut names = Vec::new();
    for file in files {
        let name = free_name(&folder, &file.name);
        if let Err(error) = keep(&folder.join(&name), &file.bytes) {
            return Notice::error(format!("{name}: {}", refusal(&error, app.language())));
        }
        let rows = file.rows.map(|rows| app.words(words(" ({} rows)", "（{} 行）")).replace("{}", &grouped(rows)));
        names.push(name + &rows.unwrap_or_default());
    }
    let written = app.words(words("written into", "已写入"));
    Notice::note(format!("{written} {}: {}", folder.display(), names.join(" ")))
}
