//! A disk that takes its time. The program is the real one; only the system's call that waits for the disk is told to wait
//! longer, by a library put before the system's own.
#![cfg(target_os = "linux")]

use crate::place::Place;
use crate::pty::Pty;
use rustix::process::Signal;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Waits while the file named by `SLOW_DISK` is there, then does nothing more: these tests do not cut the power.
const SLOW: &str = r#"
use std::ffi::c_int;
fn wait() -> c_int {
    let sign = std::env::var_os("SLOW_DISK").unwrap_or_default();
    while std::path::Path::new(&sign).exists() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    0
}
#[unsafe(no_mangle)]
pub extern "C" fn fdatasync(_: c_int) -> c_int { wait() }
#[unsafe(no_mangle)]
pub extern "C" fn fsync(_: c_int) -> c_int { wait() }
"#;

/// The library, built in `folder`.
fn library(folder: &Path) -> PathBuf {
    let (source, built) = (folder.join("slow.rs"), folder.join("libslow.so"));
    std::fs::write(&source, SLOW).unwrap();
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let built_well = Command::new(rustc)
        .args(["--edition", "2024", "--crate-type", "cdylib", "-o"])
        .args([&built, &source])
        .status()
        .unwrap()
        .success();
    assert!(built_well);
    built
}

/// The screen on a book, and the file whose being there makes its disk slow.
fn open(place: &Place, folder: &Path) -> (Pty, PathBuf) {
    let sign = folder.join("slow");
    let mut command = place.kehu(&[]);
    command.env("LD_PRELOAD", library(folder));
    command.env("SLOW_DISK", &sign);
    let mut pty = Pty::start(command, 80, 24);
    pty.expect("customers");
    (pty, sign)
}

#[test]
fn while_the_disk_takes_its_time_keys_are_answered_and_nothing_is_said_to_be_saved() {
    let (place, folder) = (Place::with(&[("First", ""), ("Second", "")]), tempfile::tempdir().unwrap());
    let (mut pty, sign) = open(&place, folder.path());
    std::fs::write(&sign, "").unwrap();
    pty.send("fcalled, wants a sample\r");
    pty.expect("saving…");
    pty.send("?");
    pty.expect("keys");
    pty.send("\x1b");
    pty.expect("saving…");
    assert!(!pty.screen().contents().contains("saved:"));
    std::fs::remove_file(&sign).unwrap();
    pty.expect("Follow-up saved");
    drop(pty);
    assert!(place.ask(&["show", "First"]).out.contains("called, wants a sample"));
}

#[test]
fn a_command_at_the_door_does_not_hold_the_keys_up_while_the_disk_takes_its_time() {
    let (place, folder) = (Place::with(&[("First", ""), ("Second", "")]), tempfile::tempdir().unwrap());
    let (mut pty, sign) = open(&place, folder.path());
    std::fs::write(&sign, "").unwrap();
    let asked = std::thread::scope(|scope| {
        let command = scope.spawn(|| place.ask(&["log", "First", "called"]));
        pty.expect("saving…");
        pty.send("\x1b[B");
        pty.expect("2/2");
        std::fs::remove_file(&sign).unwrap();
        command.join().unwrap()
    });
    assert_eq!(asked.status, 0, "{}", asked.err);
}

#[test]
fn asked_to_end_while_the_disk_takes_its_time_it_gives_the_terminal_back_and_saves() {
    let (place, folder) = (Place::with(&[("First", ""), ("Second", "")]), tempfile::tempdir().unwrap());
    let (mut pty, sign) = open(&place, folder.path());
    std::fs::write(&sign, "").unwrap();
    pty.send("fcalled, wants a sample\r");
    pty.expect("saving…");
    pty.signal(Signal::TERM);
    pty.wait_until("the terminal given back", |screen| !screen.alternate_screen());
    std::fs::remove_file(&sign).unwrap();
    assert_eq!(pty.ended(), 143);
    assert!(place.ask(&["show", "First"]).out.contains("called, wants a sample"));
}
