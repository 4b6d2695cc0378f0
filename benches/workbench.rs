//! The program as its user meets it: the real binary in a terminal of 80x24, on books of 1,000, 10,000 and 100,000 customers.
//!
//! `cargo bench --bench workbench [customers …]`. Times are from the key's last byte to the last byte of the frame that answers
//! it; memory is the resident set. Books are made once in `KEHU_BENCH_FOLDER` (default: the system's temporary folder) and
//! kept there for the next run.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failure here is to stop everything")]

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// What ends a frame: the end of a synchronized update.
const FRAME_END: &[u8] = b"\x1b[?2026l";
/// Nothing more comes after this long without a byte.
const QUIET: Duration = Duration::from_millis(60);
/// No answer takes longer.
const LONGEST: Duration = Duration::from_secs(30);
/// Over how long an idle program is watched.
const IDLE: Duration = Duration::from_secs(5);
/// The day the books are made for and opened on.
const TODAY: &str = "2026-11-19";

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![1_000, 10_000, 100_000] } else { asked };
    for customers in sizes {
        let book = book(customers);
        println!("\n{customers} customers");
        starts(&book);
        let mut session = Session::start(&book);
        session.settle();
        memory(&session, "with list and finder");
        moves(&mut session);
        finding(&mut session);
        sorting(&mut session);
        saving(&mut session);
        idle(&mut session);
        ending(session);
        println!("  over SSH, at most twenty frames a second:");
        let mut distant = Session::start_with(&book, &[("SSH_TTY", "/dev/pts/0")]);
        distant.settle();
        moves(&mut distant);
        ending(distant);
    }
}

/// The book of a size, made if it is not there yet.
fn book(customers: usize) -> PathBuf {
    let folder = std::env::var_os("KEHU_BENCH_FOLDER").map_or_else(std::env::temp_dir, PathBuf::from);
    let book = folder.join(format!("kehu-bench-{customers}"));
    if !book.exists() {
        let begun = Instant::now();
        let made = std::process::Command::new(env!("CARGO_BIN_EXE_kehu"))
            .args(["demo", "--customers", &customers.to_string(), "--into"])
            .arg(&book)
            .env("KEHU_TODAY", TODAY)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        println!("{customers} customers made in {:?}", begun.elapsed());
    }
    book
}

/// A program in a terminal, and what it has sent.
struct Session {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    _master: Box<dyn MasterPty + Send>,
}

impl Session {
    fn start(book: &Path) -> Session {
        Session::start_with(book, &[])
    }

    fn start_with(book: &Path, variables: &[(&str, &str)]) -> Session {
        let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_kehu"));
        command.arg("--book");
        command.arg(book);
        command.env_remove("SSH_TTY");
        command.env_remove("SSH_CONNECTION");
        let always = [("TERM", "xterm-256color"), ("LANG", "zh_CN.UTF-8"), ("KEHU_TODAY", TODAY)];
        for (name, value) in always.iter().chain(variables) {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 64 * 1024];
            while let Ok(count) = reader.read(&mut bytes)
                && count > 0
                && sender.send(bytes.get(..count).unwrap_or_default().to_vec()).is_ok()
            {}
        });
        Session { child, writer: pair.master.take_writer().unwrap(), output, _master: pair.master }
    }

    /// Waits for the end of the next frame; gives how long it took and how many bytes came.
    fn frame(&mut self, from: Instant) -> (Duration, usize) {
        let mut received: Vec<u8> = Vec::new();
        while !received.windows(FRAME_END.len()).any(|window| window == FRAME_END) {
            match self.output.recv_timeout(LONGEST) {
                Ok(bytes) => received.extend(bytes),
                Err(_) => panic!("no frame came: {}", String::from_utf8_lossy(&received)),
            }
        }
        (from.elapsed(), received.len())
    }

    /// Waits until nothing comes any more; gives when the last byte came, and how many there were.
    fn settle(&mut self) -> (Instant, usize) {
        let (mut last, mut count) = (Instant::now(), 0);
        while let Ok(bytes) = self.output.recv_timeout(QUIET.max(Duration::from_millis(400))) {
            (last, count) = (Instant::now(), count + bytes.len());
        }
        (last, count)
    }

    fn write(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Presses a key that changes the screen, and waits for the frame.
    fn press(&mut self, keys: &str) -> (Duration, usize) {
        let from = Instant::now();
        self.write(keys);
        self.frame(from)
    }

    fn status(&self, field: &str) -> u64 {
        let pid = self.child.process_id().unwrap_or_default();
        let text = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
        line.trim_start_matches(':').split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or(0)
    }

    /// How often the threads of the program went to sleep so far.
    fn wakings(&self) -> u64 {
        let pid = self.child.process_id().unwrap_or_default();
        let threads = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
        let counts = threads.filter_map(|thread| {
            let text = std::fs::read_to_string(thread.path().join("status")).ok()?;
            text.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?.trim().parse::<u64>().ok()
        });
        counts.sum()
    }
}

/// Times and bytes of many keys, in one line.
fn report(what: &str, answers: &mut [(Duration, usize)]) {
    answers.sort_unstable();
    let at = |part: usize| answers.get((answers.len().saturating_sub(1)) * part / 100).map_or(0, |it| it.0.as_micros());
    let mut bytes: Vec<usize> = answers.iter().map(|answer| answer.1).collect();
    bytes.sort_unstable();
    let (median, most) = (bytes.get(bytes.len() / 2).unwrap_or(&0), bytes.last().unwrap_or(&0));
    println!(
        "  {what:<34} p50 {:>7} p99 {:>7} max {:>7} µs   bytes p50 {median:>5} max {most:>5}   ({} keys)",
        at(50),
        at(99),
        at(100),
        answers.len()
    );
}

/// From nothing to the first frame, and to the list complete with everything behind it ready.
fn starts(book: &Path) {
    let mut firsts = Vec::new();
    for round in 0..5 {
        let begun = Instant::now();
        let mut session = Session::start(book);
        firsts.push(session.frame(begun));
        let (last, bytes) = session.settle();
        if round == 0 {
            let ready = last.saturating_duration_since(begun);
            println!("  {:<34} {} ms ({bytes} bytes after the first frame)", "everything drawn", ready.as_millis());
            memory(&session, "when everything was drawn");
        }
        ending(session);
    }
    report("start to first frame", &mut firsts);
}

fn memory(session: &Session, when: &str) {
    println!("  {:<34} {} MB, most ever {} MB", when, session.status("VmRSS") / 1024, session.status("VmHWM") / 1024);
}

fn moves(session: &mut Session) {
    for (what, key) in [("selection down", "\x1b[B"), ("page down", "\x1b[6~"), ("selection up", "\x1b[A")] {
        let mut answers: Vec<_> = (0..if what == "page down" { 20 } else { 200 }).map(|_| session.press(key)).collect();
        report(what, &mut answers);
    }
    session.write("g");
    session.settle();
}

/// Each letter of several words as it narrows the list.
fn finding(session: &mut Session) {
    let asked = [
        ("finding: Han", "重庆机械"),
        ("finding: pinyin", "chongqing"),
        ("finding: initials", "cqjx"),
        ("finding: typing error", "chognqing"),
        ("finding: digits", "8912"),
    ];
    for (what, word) in asked {
        let mut answers = Vec::new();
        for _ in 0..5 {
            session.press("/");
            answers.extend(word.chars().map(|letter| session.press(&letter.to_string())));
            for _ in 0..2 {
                session.write("\x1b");
                session.settle();
            }
        }
        report(what, &mut answers);
    }
}

fn sorting(session: &mut Session) {
    let mut answers: Vec<_> = (0..6).map(|_| session.press("S")).collect();
    session.settle();
    report("order turned round", &mut answers);
}

fn saving(session: &mut Session) {
    let mut answers = Vec::new();
    for _ in 0..10 {
        for keys in ["f", "called, interested >fri"] {
            session.write(keys);
            session.settle();
        }
        answers.push(session.press("\r"));
        session.settle();
    }
    report("follow-up saved", &mut answers);
    for _ in 0..10 {
        session.write("u");
        session.settle();
    }
}

fn idle(session: &mut Session) {
    session.settle();
    let before = session.wakings();
    thread::sleep(IDLE);
    let woken = session.wakings() - before;
    let sent: usize = session.output.try_iter().map(|bytes| bytes.len()).sum();
    println!("  idle for {} s: {woken} wake-ups, {sent} bytes", IDLE.as_secs());
}

fn ending(mut session: Session) {
    let begun = Instant::now();
    session.writer.write_all(b"\x11").unwrap();
    session.child.wait().unwrap();
    let took = begun.elapsed();
    if took > Duration::from_secs(1) {
        println!("  {:<34} {} ms", "left by Ctrl-Q in", took.as_millis());
    }
}
