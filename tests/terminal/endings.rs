//! How the program ends when others end it: nothing saved is lost, nothing typed is lost, the terminal is given back.

use crate::place::Place;
use crate::pty::{Pty, is_raw, program};
use rustix::process::Signal;
use std::time::{Duration, Instant};

const CUSTOMER: &str = "华东重工";

fn place() -> Place {
    Place::with(&[(CUSTOMER, "13800010001")])
}

/// The book opens again, names the customer, and the follow-up line holds these words.
fn assert_offered_again(place: &Place, words: &str) {
    let mut pty = place.open();
    pty.expect(&format!("1 unsaved form kept, {CUSTOMER}"));
    pty.send("f");
    pty.expect(&format!("> {words}"));
    pty.expect("what you had typed is back");
    pty.send("\r");
    pty.expect("Follow-up saved");
    assert_ended_by(&mut pty, "\x11", 0);
}

fn assert_ended_by(pty: &mut Pty, keys: &str, status: u32) {
    pty.send(keys);
    assert_eq!(pty.ended(), status);
}

#[test]
fn a_follow_up_said_to_be_saved_outlives_a_kill_at_once() {
    let place = place();
    let mut pty = place.open();
    pty.send("f");
    pty.expect("follow up 华东重工");
    pty.send("电话 确认报价，等法务\r");
    pty.expect("Follow-up saved");
    pty.signal(Signal::KILL);
    assert_eq!(pty.ended(), 137);
    assert_eq!(place.follow_ups(CUSTOMER), ["确认报价，等法务"]);
}

#[test]
fn a_closed_window_keeps_a_line_half_written() {
    let place = place();
    let mut pty = place.open();
    pty.send("f电话 王总说再");
    pty.expect("王总说再");
    pty.hang_up();
    assert_eq!(pty.ended(), 129);
    assert_offered_again(&place, "电话 王总说再");
    assert_eq!(place.follow_ups(CUSTOMER), ["王总说再"]);
}

#[test]
fn a_closed_window_keeps_a_line_half_written_where_hang_ups_are_ignored() {
    let place = place();
    let mut shell = place.put(program("/bin/sh"));
    shell.args(["-c", &format!("trap '' HUP; exec {}", env!("CARGO_BIN_EXE_kehu"))]);
    let mut pty = Pty::start(shell, 80, 24);
    pty.expect("customers");
    pty.send("f拜访 看了样品");
    pty.expect("看了样品");
    pty.hang_up();
    assert_eq!(pty.ended(), 129);
    assert_offered_again(&place, "拜访 看了样品");
}

#[test]
fn a_closed_window_keeps_a_form_half_filled() {
    let place = place();
    let mut pty = place.open();
    pty.send("a");
    pty.expect("New customer");
    pty.send("渝江汽配\t渝江");
    pty.expect("not saved yet");
    pty.wait_until("both fields", |screen| screen.contents().contains("short name  渝江"));
    pty.hang_up();
    assert_eq!(pty.ended(), 129);
    let mut pty = place.open();
    pty.expect("1 unsaved form kept");
    pty.send("a");
    pty.wait_until("what was typed", |screen| {
        let shown = screen.contents();
        shown.contains("name  渝江汽配") && shown.contains("short name  渝江")
    });
}

#[test]
fn a_window_closed_in_the_middle_of_typing_lets_the_book_go() {
    let place = place();
    let mut pty = place.open();
    pty.send("f");
    pty.send("x\x1b[D".repeat(200));
    pty.hang_up();
    assert_eq!(pty.ended(), 129);
    assert_eq!(place.ask(&["log", CUSTOMER, "call ok"]).status, 0);
}

/// The signal ends the program with this status, its words kept and the terminal as it was.
fn assert_gives_back(signal: Signal, status: u32) {
    let place = place();
    let mut pty = place.open();
    pty.send("femail sent the");
    pty.expect("sent the");
    let near = pty.near();
    assert!(is_raw(&near) && pty.screen().alternate_screen() && pty.screen().bracketed_paste());
    pty.received();
    pty.signal(signal);
    pty.wait_until("the terminal given back", |screen| !screen.alternate_screen() && !screen.hide_cursor());
    assert!(!is_raw(&near));
    drop(near);
    assert_eq!(pty.ended(), status);
    let last_words = pty.received();
    assert!(last_words.ends_with(b"\x1b[?1004l\x1b[?2004l\x1b[0m\x1b[?1049l\x1b[?25h"), "{last_words:?}");
    assert!(!pty.screen().bracketed_paste());
    assert_offered_again(&place, "email sent the");
}

#[test]
fn a_request_to_terminate_gives_the_terminal_back() {
    assert_gives_back(Signal::TERM, 143);
}

#[test]
fn an_interrupt_gives_the_terminal_back() {
    assert_gives_back(Signal::INT, 130);
}

#[test]
fn a_request_to_terminate_does_not_wait_behind_thousands_of_keys() {
    let place = Place::with_sample(300);
    let mut pty = place.open();
    pty.send("fcall ok");
    pty.expect("call ok");
    // Each of these keys costs a reading of the whole line.
    pty.send("call ok +1d \x1b[D\x1b[C".repeat(1_000));
    let began = Instant::now();
    pty.signal(Signal::TERM);
    pty.look_gone();
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    assert_eq!(pty.ended(), 143);
    let mut pty = place.open();
    pty.expect("1 unsaved form kept");
}

#[test]
fn thousands_of_letters_typed_to_find_are_taken_as_one() {
    let place = Place::with_sample(300);
    let mut pty = place.open();
    pty.send("/");
    pty.send("a".repeat(5_000));
    pty.send("\x15zz");
    pty.expect("/ zz");
    assert_ended_by(&mut pty, "\x11", 0);
}

#[test]
fn a_terminated_sample_book_leaves_nothing_behind() {
    let place = Place::new();
    let mut pty = Pty::start(place.kehu(&["demo", "--customers", "20"]), 80, 24);
    pty.expect("1/20");
    pty.signal(Signal::TERM);
    assert_eq!(pty.ended(), 143);
    assert_eq!(place.temporary(), 0);
}
