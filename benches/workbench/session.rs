//! The program in a terminal of its own: keys in, frames out, each with its time.

use crate::ground::{TODAY_WRITTEN, status};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::fs::{Advice, fadvise};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// What ends a frame: the end of a synchronized update.
const FRAME_END: &[u8] = b"\x1b[?2026l";
/// Nothing more comes after this long without a byte.
const QUIET: Duration = Duration::from_millis(80);
/// After an Esc the program itself waits a moment for more.
const LONG_QUIET: Duration = Duration::from_millis(300);
/// No answer takes longer.
const LONGEST: Duration = Duration::from_secs(30);

/// A program in a terminal, and what it has sent.
pub struct Session {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    begun: Instant,
    _master: Box<dyn MasterPty + Send>,
}

/// A frame that has come.
pub struct Frame {
    /// How long after the key.
    pub at: Duration,
    bytes: usize,
}

/// What became of a key.
pub struct Answer {
    /// Until the first frame.
    pub answered: Duration,
    /// Until the last frame that it brought.
    pub settled: Duration,
    /// Bytes of the first frame.
    pub first_bytes: usize,
    /// Bytes of all.
    pub bytes: usize,
}

impl Session {
    /// Starts the program on a book.
    pub fn start(book: &Path, variables: &[(&str, &str)]) -> Session {
        let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_kehu"));
        command.arg("--book");
        command.arg(book);
        command.env_remove("SSH_TTY");
        command.env_remove("SSH_CONNECTION");
        let always = [("TERM", "xterm-256color"), ("LANG", "zh_CN.UTF-8"), ("KEHU_TODAY", TODAY_WRITTEN)];
        for (name, value) in always.iter().chain(variables) {
            command.env(name, value);
        }
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 64 * 1024];
            while let Ok(count) = reader.read(&mut bytes)
                && count > 0
                && sender.send((Instant::now(), bytes.get(..count).unwrap_or_default().to_vec())).is_ok()
            {}
        });
        Session { child, writer: pair.master.take_writer().unwrap(), output, begun, _master: pair.master }
    }

    /// When the program was started.
    pub const fn begun(&self) -> Instant {
        self.begun
    }

    /// Waits for the end of the next frame.
    pub fn frame(&mut self, from: Instant) -> Frame {
        let mut received: Vec<u8> = Vec::new();
        loop {
            let Ok((at, bytes)) = self.output.recv_timeout(LONGEST) else {
                panic!("no frame came: {}", String::from_utf8_lossy(&received));
            };
            received.extend(bytes);
            if received.windows(FRAME_END.len()).any(|window| window == FRAME_END) {
                return Frame { at: at.saturating_duration_since(from), bytes: received.len() };
            }
        }
    }

    /// Waits until nothing comes any more; gives when the last byte came.
    pub fn rest(&mut self) -> Option<Instant> {
        self.rest_for(LONG_QUIET).0
    }

    fn rest_for(&mut self, quiet: Duration) -> (Option<Instant>, usize) {
        let (mut last, mut count) = (None, 0);
        while let Ok((at, bytes)) = self.output.recv_timeout(quiet) {
            (last, count) = (Some(at), count + bytes.len());
        }
        (last, count)
    }

    /// When each frame came, until nothing comes any more.
    pub fn frames_until_rest(&mut self) -> Vec<Instant> {
        let mut frames = Vec::new();
        let mut end: Vec<u8> = Vec::new();
        while let Ok((at, bytes)) = self.output.recv_timeout(LONG_QUIET) {
            end.extend(bytes);
            if end.windows(FRAME_END.len()).any(|window| window == FRAME_END) {
                frames.push(at);
            }
            // Where a frame's end is cut in two by the reading, its beginning is kept.
            end.drain(..end.len().saturating_sub(FRAME_END.len() - 1));
        }
        frames
    }

    /// Types keys.
    pub fn write(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Presses a key that changes the screen, and waits for all it brings.
    pub fn press(&mut self, key: &str) -> Answer {
        let from = Instant::now();
        self.write(key);
        let first = self.frame(from);
        let (last, bytes) = self.rest_for(QUIET);
        let settled = last.map_or(first.at, |last| last.saturating_duration_since(from));
        Answer { answered: first.at, settled, first_bytes: first.bytes, bytes: first.bytes + bytes }
    }

    /// Leaves a line and takes off what it found.
    pub fn escape(&mut self) {
        for _ in 0..2 {
            self.write("\x1b");
            self.rest();
        }
    }

    /// Bytes that came and nobody asked for.
    pub fn unread(&self) -> usize {
        self.output.try_iter().map(|(_, bytes)| bytes.len()).sum()
    }

    /// A field of the program's state.
    pub fn status(&self, field: &str) -> u64 {
        status(&self.child.process_id().unwrap_or_default().to_string(), field)
    }

    /// How often the threads of the program went to sleep so far.
    pub fn wakings(&self) -> u64 {
        let pid = self.child.process_id().unwrap_or_default();
        let threads = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
        let counts = threads.map(|thread| {
            let path = thread.file_name();
            status(&format!("{pid}/task/{}", path.to_string_lossy()), "voluntary_ctxt_switches")
        });
        counts.sum()
    }

    /// Ends the program.
    pub fn leave(mut self) {
        self.writer.write_all(b"\x11").unwrap();
        self.child.wait().unwrap();
    }
}

/// Takes a book out of the system's cache, as after a start of the machine.
pub fn forget(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            forget(&path);
        } else if let Ok(file) = std::fs::File::open(path) {
            // What was written a moment ago has to be on the disk before it can be forgotten.
            let _ = file.sync_all();
            let _ = fadvise(&file, 0, None, Advice::DontNeed);
        }
    }
}
