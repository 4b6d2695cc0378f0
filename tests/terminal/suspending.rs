//! Stopped and continued, by the keyboard and from outside, as a shell with jobs does it.

use crate::place::Place;
use crate::pty::{Pty, program};
#[cfg(target_os = "linux")]
use rustix::process::{Pid, Signal, kill_process};

/// An interactive shell with the program in it.
fn shell(place: &Place) -> Pty {
    let mut command = place.put(program("/bin/bash"));
    command.args(["--norc", "-i"]);
    command.env("PS1", "shell> ");
    command.env("INPUTRC", "/dev/null");
    let mut pty = Pty::start(command, 80, 24);
    pty.expect("shell>");
    pty.send(format!("{}\n", env!("CARGO_BIN_EXE_kehu")));
    pty.expect("华东重工");
    pty
}

fn wait_for_shell(pty: &mut Pty) {
    pty.wait_until("the shell", |screen| {
        let shown = screen.contents();
        !screen.alternate_screen() && shown.contains("Stopped") && shown.ends_with("shell> ")
    });
}

fn place() -> Place {
    Place::with(&[("华东重工", "13800010001")])
}

#[test]
fn stopped_by_the_keyboard_it_comes_back_whole_in_the_window_s_new_size() {
    // The folder must outlive the program: nothing is said to be saved in one that is gone.
    let place = place();
    let mut pty = shell(&place);
    pty.send("f电话 他说");
    pty.expect("电话 他说");
    pty.send("\x1a");
    wait_for_shell(&mut pty);
    pty.send("stty -a | grep -o -e -icanon -e ' icanon'\n");
    pty.expect("\n icanon");
    pty.resize(70, 20);
    pty.send("fg\n");
    pty.wait_until("all of it again", |screen| {
        let shown = screen.contents();
        screen.alternate_screen() && shown.contains("华东重工") && shown.contains("> 电话 他说")
    });
    pty.send("好\r");
    pty.expect("Follow-up saved");
    pty.send("q");
    pty.wait_until("the shell", |screen| !screen.alternate_screen());
    pty.send("echo still $((40 + 2))\n");
    pty.expect("still 42");
}

#[cfg(target_os = "linux")]
#[test]
fn stopped_from_outside_it_comes_back_whole() {
    let mut pty = shell(&place());
    let child = child_of(pty.pid());
    kill_process(child, Signal::TSTP).unwrap();
    wait_for_shell(&mut pty);
    pty.send("fg\n");
    pty.wait_until("the list", |screen| screen.alternate_screen() && screen.contents().contains("华东重工"));
    // This one cannot be heard: the shell writes on the screen, and only its continuing tells.
    kill_process(child, Signal::STOP).unwrap();
    pty.expect("Stopped");
    pty.expect("shell>");
    pty.send("fg\n");
    pty.wait_until("the list alone", |screen| {
        let shown = screen.contents();
        shown.contains("华东重工") && shown.contains("f follow up") && !shown.contains("shell>")
    });
    pty.send("/zz");
    pty.expect("/ zz");
}

/// The one process that this one started.
#[cfg(target_os = "linux")]
fn child_of(parent: Pid) -> Pid {
    let path = format!("/proc/{0}/task/{0}/children", parent.as_raw_nonzero());
    let children = std::fs::read_to_string(path).unwrap();
    children.split_whitespace().next().and_then(|pid| pid.parse().ok()).and_then(Pid::from_raw).unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn ended_while_the_shell_has_the_terminal_it_lets_the_book_go() {
    let place = place();
    let mut pty = shell(&place);
    let child = child_of(pty.pid());
    // The dying shell takes the terminal, and only then is the program told.
    kill_process(pty.pid(), Signal::HUP).unwrap();
    kill_process(child, Signal::HUP).unwrap();
    pty.look_until("the program's end", || rustix::process::test_kill_process(child).is_err());
    assert_eq!(place.ask(&["log", "华东重工", "call ok"]).status, 0);
}

#[test]
fn without_a_shell_to_go_back_to_it_stays() {
    let mut pty = place().open();
    pty.send("\x1a");
    pty.expect("there is no shell to go back to");
    pty.send("/zz");
    pty.expect("/ zz");
}
