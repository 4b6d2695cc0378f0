//! The program as its user meets it: the real binary in a terminal of 80x24, on books of 1,000, 10,000 and 100,000 customers.
//!
//! `cargo bench --bench workbench [customers …]`. A key is answered by the first frame after it, and settled with the last one
//! before nothing more comes; memory is the resident set. Books are made once, in `KEHU_BENCH_FOLDER` or the system's temporary
//! folder, and kept there for the next run.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failure here is to stop everything")]

#[path = "../ground/mod.rs"]
mod ground;
mod session;

use ground::figures::{count, note};
use ground::{SIZES, book};
use session::{Answer, Session};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// Over how long an idle program is watched.
const IDLE: Duration = Duration::from_secs(20);
/// Between two keys of somebody who types faster than anybody can.
const FASTEST: Duration = Duration::from_millis(10);
/// Bytes and words of what a distant terminal is told by.
const DISTANT: (&str, &str) = ("SSH_TTY", "/dev/pts/0");

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    for customers in if asked.is_empty() { SIZES.to_vec() } else { asked } {
        let book = book(customers);
        starts(&book, customers);
        let mut session = Session::start(&book, &[]);
        session.rest();
        memory(&session, "with list and finder", customers);
        moves(&mut session, "", customers);
        screens(&mut session, customers);
        finding(&mut session, customers);
        hurrying(&mut session, customers);
        sorting(&mut session, customers);
        saving(&mut session, customers);
        idle(&mut session, customers);
        memory(&session, "after all that", customers);
        session.leave();
        let mut distant = Session::start(&book, &[DISTANT]);
        distant.rest();
        moves(&mut distant, " over ssh", customers);
        distant.leave();
    }
    ground::figures::print("workbench");
}

/// Notes when a key was answered, when it was settled, and the bytes of both.
fn answered(what: &str, customers: usize, answer: &Answer) {
    note(format!("{what}, answered {customers:>6}"), answer.answered);
    note(format!("{what}, settled {customers:>6}"), answer.settled);
    count(format!("{what}, bytes {customers:>6}"), answer.bytes);
    count(format!("{what}, bytes of the first frame {customers:>6}"), answer.first_bytes);
}

/// From nothing to the first frame, with the book in the disk's cache and without, and to the list complete.
fn starts(book: &Path, customers: usize) {
    for (how, rounds) in [("cold", 3), ("warm", 5)] {
        for _ in 0..rounds {
            if how == "cold" {
                session::forget(book);
            }
            let mut session = Session::start(book, &[]);
            let first = session.frame(session.begun());
            note(format!("start, {how}: first frame {customers:>6}"), first.at);
            if how == "warm" {
                memory(&session, "at the first frame", customers);
            }
            let complete = session.rest().unwrap_or(session.begun() + first.at);
            note(format!("start, {how}: list complete {customers:>6}"), complete - session.begun());
            session.leave();
        }
    }
}

fn memory(session: &Session, when: &str, customers: usize) {
    count(format!("memory {when}, MB {customers:>6}"), session.status("VmRSS") as usize / 1024);
    count(format!("memory {when}, most ever, MB {customers:>6}"), session.status("VmHWM") as usize / 1024);
}

fn moves(session: &mut Session, how: &str, customers: usize) {
    let keys = [
        ("selection down", "\x1b[B", 12),
        ("at the edge down", "\x1b[B", 30),
        ("page down", "\x1b[6~", 12),
        ("selection up", "\x1b[A", 12),
    ];
    for (what, key, times) in keys {
        if what == "at the edge down" {
            session.write(&"\x1b[B".repeat(7));
            session.rest();
        }
        for _ in 0..times {
            let answer = session.press(key);
            answered(&format!("{what}{how}"), customers, &answer);
        }
    }
    session.write("g");
    session.rest();
}

/// Each view drawn whole, as after a connection that came back.
fn screens(session: &mut Session, customers: usize) {
    for (what, keys) in [("list", "2"), ("today", "1"), ("funnel", "3"), ("customer", "2\r")] {
        for key in keys.chars() {
            session.write(&key.to_string());
            session.rest();
        }
        let answer = session.press("\x0c");
        count(format!("screen drawn whole, {what}, bytes {customers:>6}"), answer.bytes);
    }
    session.write("\x1b");
    session.rest();
    session.write("2");
    session.rest();
}

/// Each letter of several words as it narrows the list.
fn finding(session: &mut Session, customers: usize) {
    let asked = [
        ("Han", "重庆机械"),
        ("pinyin", "chongqing"),
        ("initials", "cqjx"),
        ("typing error", "chognqing"),
        ("digits", "8912"),
        ("nobody", "zzzqqqxx"),
    ];
    for (what, word) in asked {
        for _ in 0..3 {
            session.press("/");
            for letter in word.chars() {
                let answer = session.press(&letter.to_string());
                answered(&format!("finding, {what}"), customers, &answer);
            }
            session.escape();
        }
    }
}

/// Two hundred letters a hundredth of a second apart: each to the first frame after it, the last to the last.
fn hurrying(session: &mut Session, customers: usize) {
    let word = "chongqinghuadongjixie";
    let there_and_back = word.chars().map(String::from).chain(word.chars().map(|_| "\x7f".to_owned()));
    let keys: Vec<String> = there_and_back.cycle().take(200).collect();
    session.press("/");
    let begun = Instant::now();
    let mut pressed = Vec::new();
    for (at, key) in (0_u32..).zip(&keys) {
        thread::sleep((begun + FASTEST * at).saturating_duration_since(Instant::now()));
        pressed.push(Instant::now());
        session.write(key);
    }
    let frames = session.frames_until_rest();
    for key in &pressed {
        if let Some(frame) = frames.iter().find(|frame| *frame > key) {
            note(format!("finding, 100 keys a second, answered {customers:>6}"), *frame - *key);
        }
    }
    if let (Some(key), Some(frame)) = (pressed.last(), frames.last()) {
        note(format!("finding, 100 keys a second, the last settled {customers:>6}"), *frame - *key);
    }
    session.escape();
}

fn sorting(session: &mut Session, customers: usize) {
    for _ in 0..6 {
        let answer = session.press("S");
        answered("order turned round", customers, &answer);
    }
}

fn saving(session: &mut Session, customers: usize) {
    for round in 0..10 {
        session.write("f");
        session.rest();
        for letter in if round == 0 { "called, interested >fri" } else { "called" }.chars() {
            let answer = session.press(&letter.to_string());
            answered("a letter of a follow-up", customers, &answer);
        }
        let answer = session.press("\r");
        answered("follow-up saved", customers, &answer);
    }
    for _ in 0..10 {
        session.write("u");
        session.rest();
    }
}

fn idle(session: &mut Session, customers: usize) {
    session.rest();
    let before = session.wakings();
    thread::sleep(IDLE);
    let woken = session.wakings() - before;
    count(format!("idle for {} s, wake-ups {customers:>6}", IDLE.as_secs()), woken as usize);
    count(format!("idle for {} s, bytes {customers:>6}", IDLE.as_secs()), session.unread());
}
