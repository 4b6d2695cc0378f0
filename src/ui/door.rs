//! The door of an open session: a command that finds the book held knocks, says what it wants, and is answered.
//!
//! Who knocks waits at the door until the whole request has come: who is slow or silent keeps neither a key nor another
//! visitor waiting. From then on the visitor hears every second that somebody is there, and, before anything is written,
//! that it is about to be: so it is never told that nothing was done when something may have been.
//! Reading is done there too, on a desk as it is now; only what writes is done on the session's own desk, between two keys.
//! What is asked and answered are bytes to this room: see `cli::beside`.

mod wire;

use crate::desk::Desk;
use crate::domain::id::Id;
use crate::store::quiet::quietly;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::fs::{self, Permissions};
use std::io::{self, BufReader, BufWriter, Write};
use std::net::Shutdown;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};
use wire::{Arriving, Back, Kind, Part, Parts, give_sign, write_request};

/// The longest path a socket may have, in bytes; the system's own bound is a little more.
const LONGEST_PATH: usize = 100;
/// How long the other side may give no sign.
const PATIENCE: Duration = if cfg!(test) { Duration::from_secs(1) } else { Duration::from_secs(10) };
/// How often a sign is given.
const BEAT: Duration = if cfg!(test) { Duration::from_millis(20) } else { Duration::from_secs(1) };
/// How often those who have asked are looked after while all places are taken.
const SOON: Duration = Duration::from_millis(50);
/// Visitors let in at once.
const MOST_VISITORS: usize = 8;
/// Those who may stand at the door and have not yet asked; the one who came first has to go when there are more.
const MOST_WAITING: usize = 32;

/// Does what a request asks, at a desk that may be one for reading only: writes answer and messages, gives the exit
/// status; nothing where the request cannot be understood.
pub type Answering = dyn Fn(&mut Desk, &[u8], &mut dyn Write, &mut dyn Write) -> Option<u8> + Send + Sync;

/// The door of a book, open until it is dropped.
pub struct Door {
    socket: PathBuf,
    /// What stands in the book's folder and leads there, where the socket had to be elsewhere.
    sign: Option<PathBuf>,
}

/// Somebody with a complete request that writes, waiting for the session's desk.
pub struct Visit {
    stream: UnixStream,
    back: Arc<Back>,
    words: Vec<u8>,
    answering: Arc<Answering>,
    turn: Sender<Turn>,
}

/// What the session says to who waits.
enum Turn {
    /// Go and read at this desk.
    Read(Box<Desk>),
    /// It is done.
    Done { out: Vec<u8>, err: Vec<u8>, status: Option<u8> },
}

/// What a session hears from its door.
pub enum Knock {
    /// Somebody wants to read.
    Read(Reading),
    /// Somebody wants to write.
    Write(Visit),
}

/// Somebody waiting for a desk to read at.
pub struct Reading(Sender<Turn>);

impl Reading {
    /// Hands over a desk; the rest is done beside the session.
    pub fn at(self, desk: Desk) {
        // Who went away meanwhile needs none.
        let _ = self.0.send(Turn::Read(Box::new(desk)));
    }
}

impl Visit {
    /// Does what is asked at the session's desk. Who is no longer there to hear the answer has asked for nothing.
    pub fn at(self, desk: &mut Desk) {
        if is_gone(&self.stream) || self.back.send(Kind::Taken, &[]).is_err() {
            return;
        }
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let status = (self.answering)(desk, &self.words, &mut out, &mut err);
        let _ = self.turn.send(Turn::Done { out, err, status });
    }
}

/// Whether the other end was closed.
fn is_gone(stream: &UnixStream) -> bool {
    let mut fds = [PollFd::new(stream, PollFlags::IN)];
    poll(&mut fds, Some(&Timespec::default()))
        .is_ok_and(|_| fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR))
}

impl Door {
    /// Opens the door of the book in `folder`, which this process holds; who knocks is told to `sender`.
    ///
    /// # Errors
    /// Where no socket can be made: on a medium that cannot be written, or that knows none.
    pub fn open<T>(folder: &Path, answering: Arc<Answering>, sender: Sender<T>) -> io::Result<Door>
    where
        T: From<Knock> + Send + 'static,
    {
        let door = Door::placed(folder)?;
        // Whoever held the book before is gone, and its socket is of no use.
        door.remove();
        let listener = UnixListener::bind(&door.socket)?;
        fs::set_permissions(&door.socket, Permissions::from_mode(0o600))?;
        if let Some(sign) = &door.sign {
            symlink(&door.socket, sign)?;
        }
        listener.set_nonblocking(true)?;
        let tell = Arc::new(move |knock: Knock| sender.send(knock.into()).is_ok());
        let entrance = Entrance { listener, answering, tell, inside: Arc::default(), arrivals: Vec::new() };
        thread::Builder::new().name("door".into()).spawn(move || entrance.watch())?;
        Ok(door)
    }

    fn placed(folder: &Path) -> io::Result<Door> {
        let folder = folder.canonicalize()?;
        let near = folder.join("door");
        if near.as_os_str().len() <= LONGEST_PATH {
            return Ok(Door { socket: near, sign: None });
        }
        let name = Id::of_name(&folder.to_string_lossy()).to_string().replace('-', "");
        let own = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|own| own.is_dir());
        let socket = own.unwrap_or_else(std::env::temp_dir).join(format!("kehu-{name}"));
        Ok(Door { socket, sign: Some(near) })
    }

    fn remove(&self) {
        let _ = fs::remove_file(&self.socket);
        if let Some(sign) = &self.sign {
            let _ = fs::remove_file(sign);
        }
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Whether the other side is the same person's.
#[cfg(target_os = "linux")]
fn is_ours(stream: &UnixStream) -> bool {
    rustix::net::sockopt::socket_peercred(stream).is_ok_and(|peer| peer.uid == rustix::process::getuid())
}

/// Whether the other side is the same person's: only that one may open the socket.
#[cfg(not(target_os = "linux"))]
fn is_ours(_stream: &UnixStream) -> bool {
    true
}

/// Tells the session of a knock; false where there is no session any more.
type Telling = dyn Fn(Knock) -> bool + Send + Sync;

/// Where visitors stand until they have asked and there is a place for them.
struct Entrance {
    listener: UnixListener,
    answering: Arc<Answering>,
    tell: Arc<Telling>,
    inside: Arc<AtomicUsize>,
    arrivals: Vec<Arrival>,
}

/// Somebody at the door.
struct Arrival {
    stream: UnixStream,
    since: Instant,
    arriving: Arriving,
    /// What is asked, when it has come whole.
    request: Option<(bool, Vec<u8>)>,
}

impl Entrance {
    /// Lets in whoever has asked, for ever.
    fn watch(mut self) {
        loop {
            self.wait();
            self.greet();
            self.hear();
            self.let_in();
        }
    }

    /// Waits until somebody comes or says something, or is to be looked after.
    fn wait(&self) {
        let silent = self.arrivals.iter().filter(|arrival| arrival.request.is_none());
        let mut fds = vec![PollFd::new(&self.listener, PollFlags::IN)];
        fds.extend(silent.map(|arrival| PollFd::new(&arrival.stream, PollFlags::IN)));
        let patience = match (fds.len() - 1, self.arrivals.len()) {
            (_, 0) => None,
            (silent, all) if silent == all => Some(PATIENCE),
            _ => Some(SOON),
        };
        let patience = patience.and_then(|patience| Timespec::try_from(patience).ok());
        if poll(&mut fds, patience.as_ref()).is_err() {
            thread::sleep(SOON);
        }
    }

    fn greet(&mut self) {
        loop {
            match self.listener.accept() {
                Ok((stream, _)) if is_ours(&stream) && stream.set_nonblocking(true).is_ok() => {
                    let (since, arriving) = (Instant::now(), Arriving::default());
                    self.arrivals.push(Arrival { stream, since, arriving, request: None });
                }
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(_) => return thread::sleep(SOON),
            }
        }
    }

    /// Takes what was said; who breaks off, or says nothing for too long, is sent away.
    fn hear(&mut self) {
        self.arrivals.retain_mut(|arrival| {
            if arrival.request.is_some() {
                return true;
            }
            match arrival.arriving.take(&arrival.stream) {
                Ok(request) => {
                    arrival.request = request;
                    arrival.request.is_some() || arrival.since.elapsed() < PATIENCE
                }
                Err(_) => false,
            }
        });
        let silent = |arrival: &Arrival| arrival.request.is_none();
        while self.arrivals.iter().filter(|arrival| silent(arrival)).count() > MOST_WAITING {
            if let Some(first) = self.arrivals.iter().position(silent) {
                self.arrivals.remove(first);
            }
        }
    }

    fn let_in(&mut self) {
        if self.inside.load(Ordering::SeqCst) >= MOST_VISITORS {
            // Who waits for a place hears that somebody is there, too.
            self.arrivals.retain(|arrival| arrival.request.is_none() || give_sign(&arrival.stream).is_ok());
        }
        while self.inside.load(Ordering::SeqCst) < MOST_VISITORS {
            let Some(at) = self.arrivals.iter().position(|arrival| arrival.request.is_some()) else { return };
            let Arrival { stream, request, .. } = self.arrivals.remove(at);
            let Some(request) = request else { continue };
            let (answering, tell, left) =
                (Arc::clone(&self.answering), Arc::clone(&self.tell), Arc::clone(&self.inside));
            self.inside.fetch_add(1, Ordering::SeqCst);
            let let_in = thread::Builder::new().name("visit".into()).spawn(move || {
                // Who breaks off is not missed.
                let _ = receive(stream, request, &answering, tell.as_ref());
                left.fetch_sub(1, Ordering::SeqCst);
            });
            if let_in.is_err() {
                self.inside.fetch_sub(1, Ordering::SeqCst);
            }
        }
    }
}

/// Answers one visitor, who hears meanwhile that somebody is there.
fn receive(
    stream: UnixStream,
    (writes, words): (bool, Vec<u8>),
    answering: &Arc<Answering>,
    tell: &Telling,
) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let back = Arc::new(Back::through(stream.try_clone()?));
    let (turn, turns) = channel();
    let knock = if writes {
        let (back, words, answering) = (Arc::clone(&back), words.clone(), Arc::clone(answering));
        Knock::Write(Visit { stream, back, words, answering, turn })
    } else {
        Knock::Read(Reading(turn))
    };
    if !tell(knock) {
        return Ok(());
    }
    let (over, ended) = channel::<()>();
    thread::scope(|scope| {
        let speaking = &back;
        let beating = scope.spawn(move || {
            while ended.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) && speaking.send(Kind::Alive, &[]).is_ok()
            {
            }
        });
        let replied = reply(&back, &turns, answering.as_ref(), &words);
        drop(over);
        // It cannot have panicked, and if it had, the answer is given all the same.
        let _ = beating.join();
        replied
    })
}

/// Waits for the session's word and passes the answer on.
fn reply(back: &Back, turns: &Receiver<Turn>, answering: &Answering, words: &[u8]) -> io::Result<()> {
    let status = match turns.recv() {
        Ok(Turn::Done { out, err, status }) => {
            back.send(Kind::Out, &out)?;
            back.send(Kind::Err, &err)?;
            status
        }
        Ok(Turn::Read(mut desk)) => {
            let mut out = BufWriter::with_capacity(64 * 1024, Part { back, kind: Kind::Out });
            let mut err = Part { back, kind: Kind::Err };
            let status = quietly(|| answering(&mut desk, words, &mut out, &mut err)).unwrap_or(None);
            out.flush()?;
            status
        }
        Err(_) => return Ok(()),
    };
    match status {
        Some(status) => back.send(Kind::Status, &[status]),
        None => back.send(Kind::Unknown, &[]),
    }
}

/// Why a knock was not answered.
#[derive(Debug)]
pub enum Unanswered {
    /// Nobody opened, or did not understand: nothing was done.
    Nobody,
    /// The session went away in the middle of its answer.
    BrokenOff,
    /// The session took up what writes, and went away or gave no sign any more: it may be saved or not.
    Unsure,
    /// The answer could not be passed on.
    Output(io::Error),
}

/// Asks the session that holds the book in `folder`, passes its answer on as it comes, and gives the exit status.
///
/// # Errors
/// When there is no whole answer.
pub fn ask(
    folder: &Path,
    writes: bool,
    words: &[u8],
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, Unanswered> {
    let near = folder.join("door");
    let socket = fs::read_link(&near).unwrap_or(near);
    let knock = || -> io::Result<UnixStream> {
        let stream = UnixStream::connect(&socket)?;
        if !is_ours(&stream) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        write_request(&stream, writes, words)?;
        Ok(stream)
    };
    let stream = knock().map_err(|_| Unanswered::Nobody)?;
    let mut parts = Parts(BufReader::new(&stream));
    let (mut begun, mut taken) = (false, false);
    loop {
        match parts.next() {
            Ok((Kind::Out, bytes)) => out.write_all(&bytes).map_err(Unanswered::Output)?,
            // Where messages cannot be written, the status still says it.
            Ok((Kind::Err, bytes)) => err.write_all(&bytes).unwrap_or_default(),
            Ok((Kind::Status, bytes)) => return Ok(bytes.first().copied().unwrap_or_default()),
            Ok((Kind::Alive, _)) => continue,
            Ok((Kind::Taken, _)) => {
                taken = true;
                continue;
            }
            Ok((Kind::Unknown, _)) => return Err(Unanswered::Nobody),
            Err(_) if taken => return Err(Unanswered::Unsure),
            Err(_) if begun => return Err(Unanswered::BrokenOff),
            Err(_) => return Err(withdrawn(&stream, &mut parts)),
        }
        begun = true;
    }
}

/// Takes a request back that was not taken up in time. From here on the session cannot say that it takes it up, and so does
/// not; whether it said so just before is still to be heard.
fn withdrawn(stream: &UnixStream, parts: &mut Parts<BufReader<&UnixStream>>) -> Unanswered {
    // A stream that is closed already is as good.
    let _ = stream.shutdown(Shutdown::Both);
    while let Ok((kind, _)) = parts.next() {
        if kind == Kind::Taken {
            return Unanswered::Unsure;
        }
    }
    Unanswered::Nobody
}

#[cfg(test)]
mod tests;
