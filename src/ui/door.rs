//! The door of an open session: a command that finds the book held knocks, says what it wants, and is answered.
//!
//! A knock waits in a thread of its own until it is complete, so that who is slow or silent never keeps a key waiting.
//! Reading is done there too, on a desk as it is now; only what writes is done on the session's own desk, between two keys.
//! What is asked and answered are bytes to this room: see `cli::beside`.

mod wire;

use crate::desk::Desk;
use crate::domain::id::Id;
use crate::store::quiet::quietly;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::fs::{self, Permissions};
use std::io::{self, BufReader, BufWriter, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;
use wire::{Kind, Part, Parts, read_request, write_part, write_request};

/// The longest path a socket may have, in bytes; the system's own bound is a little more.
const LONGEST_PATH: usize = 100;
/// How long the other side may take for one step.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long an answer that was begun may pause.
const LONG_WORK: Duration = Duration::from_secs(120);
/// Visitors let in at once.
const MOST_VISITORS: usize = 8;

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
        if is_gone(&self.stream) {
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
        let inside = Arc::new(AtomicUsize::new(0));
        thread::Builder::new().name("door".into()).spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if inside.fetch_add(1, Ordering::SeqCst) >= MOST_VISITORS || !is_ours(&stream) {
                    inside.fetch_sub(1, Ordering::SeqCst);
                    continue;
                }
                let (answering, sender, left) = (Arc::clone(&answering), sender.clone(), Arc::clone(&inside));
                let let_in = thread::Builder::new().name("visit".into()).spawn(move || {
                    // Who breaks off is not missed.
                    let _ = receive(stream, answering, &|knock| sender.send(knock.into()).is_ok());
                    left.fetch_sub(1, Ordering::SeqCst);
                });
                if let_in.is_err() {
                    inside.fetch_sub(1, Ordering::SeqCst);
                }
            }
        })?;
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

/// Hears one visitor out and answers.
fn receive(stream: UnixStream, answering: Arc<Answering>, tell: &dyn Fn(Knock) -> bool) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let (writes, words) = read_request(&stream)?;
    let (turn, turns) = channel();
    let knock = if writes {
        let (stream, words, answering) = (stream.try_clone()?, words.clone(), Arc::clone(&answering));
        Knock::Write(Visit { stream, words, answering, turn })
    } else {
        Knock::Read(Reading(turn))
    };
    if !tell(knock) {
        return Ok(());
    }
    reply(&stream, &turns, answering.as_ref(), &words)
}

/// Waits for the session's word and passes the answer on.
fn reply(stream: &UnixStream, turns: &Receiver<Turn>, answering: &Answering, words: &[u8]) -> io::Result<()> {
    let status = match turns.recv() {
        Ok(Turn::Done { out, err, status }) => {
            write_part(stream, Kind::Out, &out)?;
            write_part(stream, Kind::Err, &err)?;
            status
        }
        Ok(Turn::Read(mut desk)) => {
            write_part(stream, Kind::Begun, &[])?;
            let mut out = BufWriter::with_capacity(64 * 1024, Part { stream, kind: Kind::Out });
            let mut err = Part { stream, kind: Kind::Err };
            let status = quietly(|| answering(&mut desk, words, &mut out, &mut err)).unwrap_or(None);
            out.flush()?;
            status
        }
        Err(_) => return Ok(()),
    };
    match status {
        Some(status) => write_part(stream, Kind::Status, &[status]),
        None => write_part(stream, Kind::Unknown, &[]),
    }
}

/// Why a knock was not answered.
#[derive(Debug)]
pub enum Unanswered {
    /// Nobody opened, or did not understand: nothing was done.
    Nobody,
    /// The session went away in the middle of its answer.
    BrokenOff,
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
    let mut begun = false;
    loop {
        match parts.next() {
            Ok((Kind::Out, bytes)) => out.write_all(&bytes).map_err(Unanswered::Output)?,
            // Where messages cannot be written, the status still says it.
            Ok((Kind::Err, bytes)) => err.write_all(&bytes).unwrap_or_default(),
            Ok((Kind::Status, bytes)) => return Ok(bytes.first().copied().unwrap_or_default()),
            Ok((Kind::Begun, _)) => stream.set_read_timeout(Some(LONG_WORK)).map_err(Unanswered::Output)?,
            Ok((Kind::Unknown, _)) => return Err(Unanswered::Nobody),
            Err(_) if begun => return Err(Unanswered::BrokenOff),
            Err(_) => return Err(Unanswered::Nobody),
        }
        begun = true;
    }
}
