//! What drives the program, tried on a shell.

use crate::pty::{Pty, program};

/// A shell that runs these lines.
fn shell(script: &str) -> Pty {
    let mut command = program("/bin/sh");
    command.args(["-c", script]);
    Pty::start(command, 40, 5)
}

#[test]
fn keys_go_in_and_the_screen_comes_out() {
    let mut pty = shell("echo 客户; read -r line; echo got $line; exit 7");
    pty.expect("客户");
    pty.send("abc\n");
    pty.expect("got abc");
    assert_eq!(pty.ended(), 7);
}

#[test]
fn a_new_size_reaches_the_program() {
    let mut pty = shell("trap 'stty size; exit 0' WINCH; echo ready; while :; do sleep 0.01; done");
    pty.expect("ready");
    pty.resize(60, 9);
    pty.expect("9 60");
    assert_eq!(pty.ended(), 0);
}

#[test]
fn a_closed_window_hangs_the_program_up() {
    let mut pty = shell("echo ready; exec sleep 60");
    pty.expect("ready");
    pty.hang_up();
    assert_eq!(pty.ended(), 129);
}

#[test]
fn with_hang_ups_ignored_a_closed_window_is_the_end_of_input() {
    let mut pty = shell("trap '' HUP; echo ready; cat >/dev/null; exit 5");
    pty.expect("ready");
    pty.hang_up();
    assert_eq!(pty.ended(), 5);
}
