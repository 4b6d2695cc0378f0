//! Commands given elsewhere while the workbench has the book open.

use crate::place::{Place, TODAY};
use crate::pty::Pty;
use rustix::process::Signal;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::thread;

const CUSTOMER: &str = "华东重工";

fn place() -> Place {
    Place::with(&[(CUSTOMER, "13800010001"), ("渝江汽配", "13800010002")])
}

fn quit(pty: &mut Pty) {
    pty.send("\x11");
    assert_eq!(pty.ended(), 0);
}

#[test]
fn a_card_is_shown_while_the_workbench_is_open() {
    let place = place();
    let mut pty = place.open();
    let answer = place.ask(&["show", "hdzg"]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    assert!(answer.out.contains("13800010001"), "{}", answer.out);
    assert_eq!(place.ask(&["show", "nobody"]).status, 3);
    assert_eq!(place.ask(&["--read-only", "list", "--json"]).status, 0);
    quit(&mut pty);
}

#[test]
fn a_follow_up_logged_elsewhere_is_told_and_seen_on_the_screen() {
    let place = place();
    let mut pty = place.open();
    pty.send("\r");
    pty.expect("13800010001");
    let answer = place.ask(&["log", CUSTOMER, "电话 报价已发"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    pty.expect("another session (me): added follow-up 报价已发");
    pty.wait_until("the entry in the detail", |screen| screen.contents().matches("报价已发").count() > 1);
    assert_eq!(place.follow_ups(CUSTOMER), ["报价已发"]);
    assert_eq!(place.ask(&["undo"]).status, 0);
    pty.expect("undid");
    quit(&mut pty);
    assert_eq!(place.follow_ups(CUSTOMER), [""; 0]);
}

#[test]
fn what_is_logged_elsewhere_has_its_own_author() {
    let place = place();
    let mut pty = place.open();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kehu"));
    command.args(["log", CUSTOMER, "拜访 看样品"]).env_clear().env("USER", "bo").env("LANG", "zh_CN.UTF-8");
    let output = command.env("KEHU_BOOK", place.book()).env("KEHU_TODAY", TODAY).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    pty.expect("another session (bo)");
    pty.send("u");
    pty.expect("(bo 2026-11-19 10:00)");
    // An error takes the next key.
    pty.send(" ");
    quit(&mut pty);
}

#[test]
fn a_second_screen_that_only_reads_opens_beside_the_first() {
    let place = place();
    let mut first = place.open();
    let mut second = Pty::start(place.kehu(&["--read-only"]), 80, 24);
    second.expect("customers 2");
    second.send("f");
    second.expect("follow up");
    second.send("call ok\r");
    second.expect("for reading only");
    quit(&mut first);
    second.send(" \x11");
    assert_eq!(second.ended(), 0);
    assert_eq!((place.temporary(), place.book().join("drafts").exists()), (0, false));
}

#[test]
fn an_import_waits_for_its_own_turn() {
    let place = place();
    let mut pty = place.open();
    let answer = place.ask(&["import", &place.book().with_file_name("customers.csv").to_string_lossy()]);
    assert_eq!(answer.status, 5);
    assert!(answer.err.contains("another session"), "{}", answer.err);
    quit(&mut pty);
}

#[test]
fn who_knocks_and_says_nothing_keeps_neither_keys_nor_others_waiting() {
    let place = place();
    let mut pty = place.open();
    let silent: Vec<UnixStream> = (0..40).map(|_| UnixStream::connect(place.book().join("door")).unwrap()).collect();
    pty.send("/yj");
    pty.expect("1/1");
    assert_eq!(place.ask(&["find", "hdzg"]).status, 0);
    drop(silent);
    quit(&mut pty);
}

#[test]
fn many_at_once_are_all_answered() {
    let place = place();
    let mut pty = place.open();
    let ask = |nth: usize| {
        let line = format!("电话 第{nth}次");
        assert_eq!(place.ask(&["log", CUSTOMER, &line]).status, 0);
        assert_eq!(place.ask(&["due"]).status, 0);
    };
    let ask = &ask;
    thread::scope(|scope| {
        for nth in 0..4 {
            scope.spawn(move || ask(nth));
        }
    });
    assert_eq!(place.follow_ups(CUSTOMER).len(), 4);
    quit(&mut pty);
}

#[test]
fn only_its_owner_may_open_the_door_and_it_goes_with_the_session() {
    let place = place();
    let mut pty = place.open();
    let door = place.book().join("door").metadata().unwrap();
    assert!(door.file_type().is_socket());
    assert_eq!(door.permissions().mode() & 0o777, 0o600);
    quit(&mut pty);
    assert!(!place.book().join("door").exists());
}

#[test]
fn the_door_of_a_killed_session_is_in_nobodys_way() {
    let place = place();
    let mut pty = place.open();
    pty.signal(Signal::KILL);
    assert_eq!(pty.ended(), 137);
    assert!(place.book().join("door").symlink_metadata().is_ok());
    assert_eq!(place.ask(&["show", CUSTOMER]).status, 0);
    let mut pty = place.open();
    assert_eq!(place.ask(&["show", CUSTOMER]).status, 0);
    quit(&mut pty);
}

#[test]
fn a_book_at_the_end_of_a_long_path_has_a_door_too() {
    let place = Place::deep();
    let mut pty = place.open();
    pty.expect("enter your first customer");
    assert_eq!(place.ask(&["list"]).status, 0);
    assert!(place.book().join("door").is_symlink());
    quit(&mut pty);
    assert!(!place.book().join("door").is_symlink());
    assert_eq!(place.temporary(), 0);
}

#[test]
fn a_backup_is_made_while_the_workbench_is_open_and_holds_all_that_was_said_to_be_saved() {
    let place = place();
    let mut pty = place.open();
    assert_eq!(place.ask(&["log", CUSTOMER, "电话 报价已发"]).status, 0);
    let (file, again) = (place.book().with_file_name("mine.kehu"), place.book().with_file_name("again"));
    let [file, again] = [&file, &again].map(|path| path.to_string_lossy());
    let answer = place.ask(&["backup", &file]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    assert!(answer.out.starts_with("Saved, verified: "), "{}", answer.out);
    assert_eq!(place.ask(&["verify", &file]).status, 0);
    assert_eq!(place.ask(&["restore", &file, "--as", &again]).status, 0);
    let answer = place.ask(&["show", CUSTOMER, "--book", &again]);
    assert!(answer.out.contains("报价已发"), "{}{}", answer.out, answer.err);
    quit(&mut pty);
}

#[test]
fn a_pipe_named_by_who_asks_at_the_door_is_written_by_who_asks() {
    let place = place();
    let mut pty = place.open();
    let pipe = place.book().with_file_name("pipe.json");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe).unwrap()
    });
    assert_eq!(place.ask(&["export", "customers", "-o", &pipe.to_string_lossy()]).status, 0);
    let written = reader.join().unwrap();
    assert!(written.starts_with('{') || written.starts_with('['), "{written}");
    assert!(written.contains(CUSTOMER) && pipe.metadata().unwrap().file_type().is_fifo());
    assert!(place.ask(&["export", "customers", "-o", "/dev/stdout"]).out.contains(CUSTOMER));
    quit(&mut pty);
}
