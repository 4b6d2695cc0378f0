//! Runs the program in a world of its own: an empty environment, a book, files, and a fixed day.

use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The folder in which one test runs.
pub struct World {
    folder: TempDir,
}

/// What a run came to.
#[derive(Debug)]
pub struct Answer {
    /// Exit status.
    pub status: i32,
    /// What it answered.
    pub out: String,
    /// What it said besides.
    pub err: String,
}

impl World {
    /// A world with nothing in it.
    pub fn new() -> World {
        World { folder: tempfile::tempdir().unwrap() }
    }

    /// A world whose book is a small sample.
    pub fn sample() -> World {
        let world = World::new();
        let book = world.path("book");
        world.run(&["demo", "--mixed", "--customers", "30", "--into", book.to_str().unwrap()]).done();
        world
    }

    /// A world whose book holds these lines of customers.
    pub fn of(csv: &str) -> World {
        let world = World::new();
        world.file("first.csv", csv);
        world.run(&["import", "first.csv"]).done();
        world
    }

    /// Where something of this world is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    /// The program, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kehu"));
        command.args(arguments).current_dir(self.folder.path()).env_clear();
        let home = self.folder.path();
        command.env("HOME", home).env("KEHU_BOOK", home.join("book")).env("USER", "tester").env("TZ", "Asia/Shanghai");
        command.env("KEHU_TODAY", "2026-11-19T10:00").env("LANG", "en_US.UTF-8").env("TMPDIR", home);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program.
    pub fn run(&self, arguments: &[&str]) -> Answer {
        Answer::of(self.command(arguments).output().unwrap())
    }

    /// Runs the program with this piped in.
    pub fn piped(&self, arguments: &[&str], input: &[u8]) -> Answer {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        // A program that refuses does not read to the end.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let answer = Answer::of(child.wait_with_output().unwrap());
        writer.join().unwrap();
        answer
    }

    /// Runs the program with `--json` and reads the answer, whatever the status.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let answer = self.run(&[arguments, &["--json"]].concat());
        serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{error}: {answer:?}"))
    }
}

impl Answer {
    /// What an output says.
    pub fn of(output: std::process::Output) -> Answer {
        Answer {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// It was done, without a word besides.
    pub fn done(self) -> Answer {
        assert_eq!((self.status, self.err.as_str()), (0, ""), "{}", self.out);
        self
    }

    /// It failed with this status, said why as every error is said, and answered nothing.
    pub fn failed(self, status: i32) -> Answer {
        assert_eq!(self.status, status, "{self:?}");
        let said = |line: &str| line.starts_with("Error: ") || line.starts_with("错误：");
        assert!(self.err.lines().any(said), "{self:?}");
        assert_eq!(self.out, "");
        self
    }
}
