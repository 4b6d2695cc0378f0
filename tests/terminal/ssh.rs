//! The program at the far end of a real ssh line that is cut in the middle of a word.
//!
//! It takes an sshd of its own on the loopback, so it is asked for by name: `cargo test --test terminal ssh -- --ignored`.

use crate::place::Place;
use crate::pty::{PATIENCE, Pty, program};
use rustix::process::Signal;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const CUSTOMER: &str = "华东重工";
const SSHD: &str = "/usr/sbin/sshd";

/// An sshd with keys of its own, gone with the test.
struct Line {
    folder: TempDir,
    port: u16,
    server: Child,
}

impl Line {
    fn new() -> Line {
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        for key in ["host", "own"] {
            let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f", &at(key)]).status();
            assert!(made.unwrap().success());
        }
        fs::copy(at("own.pub"), at("allowed")).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let settings = format!(
            "ListenAddress 127.0.0.1\nPort {port}\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\nUsePAM no\n\
             StrictModes no\nPermitRootLogin yes\n",
            at("host"),
            at("allowed")
        );
        fs::write(at("settings"), settings).unwrap();
        // Where sshd puts away its privileges; a machine that never ran one may lack it.
        let _ = fs::create_dir_all("/run/sshd");
        let mut server = Command::new(SSHD);
        server.args(["-D", "-e", "-f", &at("settings")]).stderr(fs::File::create(at("log")).unwrap());
        let server = server.stdin(Stdio::null()).spawn().unwrap();
        let line = Line { port, server, folder };
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(began.elapsed() < PATIENCE, "{}", fs::read_to_string(line.at("log")).unwrap());
            sleep(Duration::from_millis(20));
        }
        line
    }

    fn at(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }

    /// A terminal logged in, with the program of a place on its screen.
    fn log_in(&self, place: &Place) -> Pty {
        let script = place.script(&self.folder.path().join("kehu.sh"));
        let mut ssh = program("/usr/bin/ssh");
        let (port, key) = (self.port.to_string(), self.at("own"));
        ssh.args(["-tt", "-F", "none", "-p", &port, "-i", &key, "-o", "StrictHostKeyChecking=no"]);
        ssh.args(["-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "127.0.0.1", &script]);
        Pty::start(ssh, 80, 24)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Waits until the process is gone. How soon is not told here: it counts from when sshd has noticed, and that takes its time.
fn gone(process: &str) {
    let began = Instant::now();
    while Path::new("/proc").join(process).exists() {
        assert!(began.elapsed() < PATIENCE, "{process} is still there");
        sleep(Duration::from_millis(1));
    }
}

#[test]
#[ignore = "takes an sshd of its own"]
fn an_ssh_line_cut_in_the_middle_of_a_word_keeps_the_words_and_lets_the_book_go() {
    if !Path::new(SSHD).exists() {
        return;
    }
    let line = Line::new();
    let place = Place::with(&[(CUSTOMER, "13800010001")]);
    let mut pty = line.log_in(&place);
    pty.expect("customers");
    pty.send("f电话 王总说再");
    pty.expect("王总说再");
    let process = fs::read_to_string(line.at("kehu.sh.pid")).unwrap().trim().to_owned();
    pty.signal(Signal::KILL);
    gone(&process);
    let mut pty = line.log_in(&place);
    pty.expect("1 unsaved form kept");
    pty.send("f");
    pty.expect("> 电话 王总说再");
    pty.send("\r");
    pty.expect("Follow-up saved");
    pty.send("\x11");
    assert_eq!(pty.ended(), 0);
    assert_eq!(place.follow_ups(CUSTOMER), ["王总说再"]);
}
