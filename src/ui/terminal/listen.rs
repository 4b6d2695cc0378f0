//! The threads that wait for keys, for signals and for the terminal's death.
//!
//! Both sleep in poll(2) without a time limit: an idle program is not woken.
//! Neither has to be stopped, they end with the process.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{LocalModes, tcgetattr};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;
use signal_hook::low_level::emulate_default_handler;

use super::tty::{open_input, size_of};
use crate::ui::event::{Ending, Event};
use crate::ui::normalise::Normaliser;

/// The signals heard.
const SIGNALS: [i32; 6] = [SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH];
/// How long a first request to end is given before a second one ends the
/// program as it stands. Logging out sends two at once.
const GRACE: Duration = Duration::from_secs(2);

/// How often to look whether a terminal lent to the shell is ours again, while
/// a line typed for the shell waits in it.
const LENT: Duration = Duration::from_millis(20);

/// The request to end, if there was one: it is known at once, however many keys wait before it.
#[derive(Clone, Debug, Default)]
pub struct Asked(Arc<OnceLock<(Ending, Instant)>>);

impl Asked {
    /// What the program was asked to end for, once keys typed before have had `time` to be taken.
    pub fn for_longer_than(&self, time: Duration) -> Option<Ending> {
        self.0.get().filter(|(_, since)| since.elapsed() >= time).map(|(ending, _)| *ending)
    }

    /// Passes an event on, noting a request to end.
    fn note(&self, event: Event) -> Event {
        if let Event::Ending(ending) = event {
            self.0.get_or_init(|| (ending, Instant::now()));
        }
        event
    }
}

type Signals = SignalDelivery<UnixStream, SignalOnly>;

/// Starts the threads. From here on signals arrive as events; start it before
/// the screen is taken, and handle `Event::Resize` even when the size is the
/// one already known.
///
/// # Errors
/// When there is no terminal for the keys, or no thread to be had.
pub fn listen<T>(sender: Sender<T>, over_ssh: bool) -> io::Result<Asked>
where
    T: From<Event> + Send + 'static,
{
    let keys = open_input()?;
    let watched = keys.try_clone()?;
    let (read, write) = UnixStream::pair()?;
    let signals = Signals::with_pipe(read, write, SignalOnly, SIGNALS)?;
    let from_keys = sender.clone();
    let asked = Asked::default();
    let (by_key, by_signal) = (asked.clone(), asked.clone());
    thread::Builder::new().name("keys".into()).spawn(move || {
        read_keys(keys, Normaliser::new(over_ssh), |event| from_keys.send(by_key.note(event).into()).is_ok());
    })?;
    thread::Builder::new().name("watch".into()).spawn(move || {
        Watch { tty: watched, signals, asked: None }.run(|event| sender.send(by_signal.note(event).into()).is_ok());
    })?;
    Ok(asked)
}

/// What a wait for the terminal's input ended with.
enum Waited {
    Input,
    Nothing,
    Gone,
}

/// Waits for input, at most until the deadline.
fn wait(tty: &File, deadline: Option<Instant>) -> Waited {
    let left = deadline.map(|at| at.saturating_duration_since(Instant::now()));
    let left = left.and_then(|left| Timespec::try_from(left).ok());
    let mut fds = [PollFd::new(tty, PollFlags::IN)];
    match poll(&mut fds, left.as_ref()) {
        Ok(0) | Err(Errno::INTR) => Waited::Nothing,
        Ok(_) if !is_gone(&fds[0]) => Waited::Input,
        _ => Waited::Gone,
    }
}

/// Whether the other end of the terminal is closed.
fn is_gone(fd: &PollFd<'_>) -> bool {
    fd.revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
}

/// Whether the screen has the terminal. Before it is taken and after it is
/// given back, what is typed is meant for the shell and left to it.
fn is_raw(tty: &File) -> bool {
    tcgetattr(tty).map_or(true, |modes| !modes.local_modes.contains(LocalModes::ICANON))
}

/// Reads keys until the terminal or the listener is gone. `tell` is false when
/// nobody listens any more.
fn read_keys(mut tty: File, mut normaliser: Normaliser, tell: impl Fn(Event) -> bool) {
    let mut bytes = [0; 4096];
    loop {
        let events = match wait(&tty, normaliser.deadline()) {
            Waited::Nothing => normaliser.expire(Instant::now()),
            Waited::Gone => break,
            Waited::Input if !is_raw(&tty) => {
                thread::sleep(LENT);
                continue;
            }
            Waited::Input => match tty.read(&mut bytes) {
                Ok(0) => break,
                Ok(count) => normaliser.feed(&bytes[..count], Instant::now()),
                Err(error) if matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock) => {
                    continue;
                }
                Err(_) => break,
            },
        };
        if !events.into_iter().all(&tell) {
            return;
        }
    }
    tell(Event::Ending(Ending::HangUp));
}

/// Waits for signals and for the terminal's death, which comes without one
/// when SIGHUP is ignored.
struct Watch {
    tty: File,
    signals: Signals,
    /// When the program was first asked to end.
    asked: Option<Instant>,
}

impl Watch {
    fn run(mut self, tell: impl Fn(Event) -> bool) {
        let mut gone = false;
        loop {
            if self.sleep(&mut gone) && !tell(Event::Ending(Ending::HangUp)) {
                return;
            }
            for signal in self.signals.pending() {
                if let Some(event) = heard(signal, &self.tty, &mut self.asked)
                    && !tell(event)
                {
                    return;
                }
            }
        }
    }

    /// Sleeps until something happens; true when it is the terminal's death,
    /// which is told once.
    fn sleep(&self, gone: &mut bool) -> bool {
        let mut fds = [
            PollFd::new(self.signals.get_read(), PollFlags::IN),
            PollFd::from_borrowed_fd(self.tty.as_fd(), PollFlags::empty()),
        ];
        let watched = if *gone { &mut fds[..1] } else { &mut fds[..] };
        let died = poll(watched, None).is_ok() && watched.get(1).is_some_and(is_gone);
        *gone |= died;
        died
    }
}

/// What a signal means. A request to end that comes again after some time ends
/// the program on the spot: the first one was not heard.
fn heard(signal: i32, tty: &File, asked: &mut Option<Instant>) -> Option<Event> {
    let ending = match signal {
        SIGTSTP => return Some(Event::Suspend),
        SIGWINCH | SIGCONT => {
            let size = size_of(tty);
            return Some(Event::Resize { columns: size.width, rows: size.height });
        }
        SIGHUP => Ending::HangUp,
        SIGTERM => Ending::Terminated,
        SIGINT => Ending::Interrupted,
        _ => return None,
    };
    if asked.get_or_insert_with(Instant::now).elapsed() > GRACE {
        let _ = emulate_default_handler(signal);
    }
    Some(Event::Ending(ending))
}
