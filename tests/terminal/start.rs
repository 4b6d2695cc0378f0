//! How the program begins: on what book, in which language, on which day, and where it cannot.

use crate::place::Place;
use crate::pty::Pty;

#[test]
fn the_readme_s_first_command_opens_the_workbench_on_a_sample_book() {
    let place = Place::new();
    let mut pty = Pty::start(place.kehu(&["demo"]), 100, 30);
    pty.expect("customers 300");
    pty.expect("1/300");
    assert_eq!(place.temporary(), 1);
    pty.send("q");
    assert_eq!(pty.ended(), 0);
    assert_eq!(place.temporary(), 0);
    assert!(!place.book().exists());
}

#[test]
fn an_empty_book_says_how_to_begin() {
    let place = Place::new();
    let mut pty = place.open();
    pty.expect("enter your first customer");
    pty.expect("bring a file in");
    pty.expect("kehu demo");
    pty.send("a");
    pty.expect("New customer");
    pty.send("渝江汽配\x13");
    pty.expect("customers 1");
    pty.send("q");
    assert_eq!(pty.ended(), 0);
    assert_eq!(place.ask(&["show", "渝江"]).status, 0);
}

#[test]
fn the_language_is_the_locale_s_unless_another_is_named() {
    let place = Place::new();
    let mut chinese = place.kehu(&[]);
    chinese.env("LANG", "zh_CN.UTF-8");
    let mut pty = Pty::start(chinese, 80, 24);
    pty.expect("客户簿还是空的");
    pty.send("\x11");
    assert_eq!(pty.ended(), 0);
    let mut english = place.kehu(&["--lang", "en"]);
    english.env("LANG", "zh_CN.UTF-8");
    Pty::start(english, 80, 24).expect("This book is empty");
}

#[test]
fn the_day_named_in_the_environment_is_today() {
    let place = Place::with(&[("华东重工", "13800010001")]);
    let mut command = place.kehu(&[]);
    command.env("KEHU_TODAY", "2024-02-29");
    let mut pty = Pty::start(command, 80, 24);
    pty.expect("02-29 Thu");
    pty.send(">+1d\r");
    pty.expect("03-01");
}

#[test]
fn without_a_terminal_there_is_a_hint_and_no_book() {
    let place = Place::new();
    for arguments in [&[][..], &["demo"]] {
        let answer = place.ask(arguments);
        assert_eq!(answer.status, 2);
        assert!(answer.err.contains("needs a terminal") && answer.err.contains("Hint: "), "{}", answer.err);
        assert_eq!(answer.out, "");
    }
    assert_eq!((place.book().exists(), place.temporary()), (false, 0));
}

#[test]
fn a_second_session_is_told_who_holds_the_book() {
    let place = Place::with(&[("华东重工", "13800010001")]);
    let first = place.open();
    let mut second = Pty::start(place.kehu(&[]), 80, 24);
    assert_eq!(second.ended(), 5);
    let said: String = String::from_utf8(second.received()).unwrap();
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    for part in [&format!("process {}", first.pid().as_raw_nonzero()), &host, "since 2026-11-19T10:00"] {
        assert!(said.contains(part), "{part:?} is not in {said:?}");
    }
    assert!(!said.contains('\x1b') && !said.contains("panicked"), "{said:?}");
}

#[test]
fn keys_typed_before_a_large_book_is_read_are_answered_in_their_order() {
    let place = Place::with_sample(2_000);
    let mut pty = place.open();
    pty.expect("1/2,000");
    pty.send("q");
    assert_eq!(pty.ended(), 0);
    // Now there is a first frame; what is typed at once has to wait for what is behind it.
    let mut pty = Pty::start(place.kehu(&[]), 80, 24);
    pty.send("\x1b[B\x1b[B\x1b[B\x1b[A");
    pty.expect("3/2,000");
    pty.send("q");
    assert_eq!(pty.ended(), 0);
}

#[test]
fn a_large_book_that_another_session_has_is_not_shown_before_that_is_said() {
    let place = Place::with_sample(2_000);
    let mut pty = place.open();
    pty.expect("1/2,000");
    pty.send("q");
    assert_eq!(pty.ended(), 0);
    let mut first = place.open();
    first.expect("1/2,000");
    let mut second = Pty::start(place.kehu(&[]), 80, 24);
    assert_eq!(second.ended(), 5);
    assert!(!second.screen().contents().contains("1/2,000"));
    first.send("q");
    assert_eq!(first.ended(), 0);
}
