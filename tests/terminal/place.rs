//! A person's place: a home, a book and a folder for what is temporary, all gone with the test.

use crate::pty::{Pty, kehu};
use portable_pty::CommandBuilder;
use serde_json::Value;
use std::fs::read_dir;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The day it is in every test.
pub const TODAY: &str = "2026-11-19T10:00";

/// A home of its own.
pub struct Place {
    folder: TempDir,
    book: PathBuf,
}

/// What a command without a terminal answered.
pub struct Answer {
    /// Its exit status.
    pub status: i32,
    /// Its standard output.
    pub out: String,
    /// Its standard error.
    pub err: String,
}

impl Place {
    /// A home without a book.
    pub fn new() -> Place {
        let folder = TempDir::new().unwrap();
        std::fs::create_dir(folder.path().join("tmp")).unwrap();
        let book = folder.path().join("book");
        Place { folder, book }
    }

    /// A home whose book is to be at the end of a very long path.
    pub fn deep() -> Place {
        let place = Place::new();
        let book = place.folder.path().join("a folder with a long name".repeat(5)).join("book");
        Place { book, ..place }
    }

    /// A home with a book of these customers, each a name and a phone number; they are to be contacted, and listed, in
    /// this order.
    pub fn with(customers: &[(&str, &str)]) -> Place {
        let place = Place::new();
        let due = |nth: usize| format!("2026-12-{:02}", (nth + 1).min(31));
        let rows = customers.iter().enumerate().map(|(nth, (name, phone))| format!("{name},{phone},{}\n", due(nth)));
        let rows: String = rows.collect();
        let file = place.folder.path().join("customers.csv");
        std::fs::write(&file, format!("name,phone,next contact\n{rows}")).unwrap();
        let answer = place.ask(&["import", &file.to_string_lossy()]);
        // 1: something was cleaned on the way in.
        assert!(matches!(answer.status, 0 | 1), "{}{}", answer.out, answer.err);
        place
    }

    /// A home with a sample book.
    pub fn with_sample(customers: usize) -> Place {
        let place = Place::new();
        let book = place.book();
        let answer =
            place.ask(&["demo", "--mixed", "--customers", &customers.to_string(), "--into", &book.to_string_lossy()]);
        assert_eq!(answer.status, 0, "{}", answer.err);
        place
    }

    /// Where the book is.
    pub fn book(&self) -> PathBuf {
        self.book.clone()
    }

    /// How many things lie in the folder for what is temporary.
    pub fn temporary(&self) -> usize {
        read_dir(self.folder.path().join("tmp")).unwrap().count()
    }

    /// What is to be known of this place in the environment.
    fn variables(&self) -> [(&'static str, PathBuf); 4] {
        let home = self.folder.path();
        [
            ("HOME", home.to_owned()),
            ("TMPDIR", home.join("tmp")),
            ("KEHU_BOOK", self.book()),
            ("KEHU_TODAY", Path::new(TODAY).to_owned()),
        ]
    }

    /// The program at this place.
    pub fn kehu(&self, arguments: &[&str]) -> CommandBuilder {
        self.put(kehu(arguments))
    }

    /// Another program at this place.
    pub fn put(&self, mut command: CommandBuilder) -> CommandBuilder {
        self.variables().into_iter().for_each(|(name, value)| command.env(name, value));
        command
    }

    /// Writes a script that runs the program at this place and leaves its process's number beside itself, for a shell
    /// that knows nothing of this environment.
    pub fn script(&self, path: &Path) -> String {
        let shown = path.to_string_lossy();
        let set = self.variables().map(|(name, value)| format!("{name}='{}'", value.display())).join(" ");
        let program = env!("CARGO_BIN_EXE_kehu");
        let text = format!("echo $$ >'{shown}.pid'\nexec env {set} LANG=C.UTF-8 TZ=Asia/Shanghai '{program}'\n");
        std::fs::write(path, text).unwrap();
        format!("exec /bin/sh '{shown}'")
    }

    /// The screen on the book, 80 columns by 24 rows, as soon as it stands.
    pub fn open(&self) -> Pty {
        let mut pty = Pty::start(self.kehu(&[]), 80, 24);
        pty.expect("customers");
        pty
    }

    /// What the program answers without a terminal.
    pub fn ask(&self, arguments: &[&str]) -> Answer {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kehu"));
        command.args(arguments).stdin(Stdio::null()).env_clear().env("LANG", "C.UTF-8").env("TZ", "Asia/Shanghai");
        command.envs(self.variables());
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Answer { status: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// What was said in the follow-ups of a customer, the latest first.
    pub fn follow_ups(&self, customer: &str) -> Vec<String> {
        let answer = self.ask(&["show", customer, "--json"]);
        assert_eq!(answer.status, 0, "{}", answer.err);
        let card: Value = serde_json::from_str(&answer.out).unwrap();
        let said = |follow_up: &Value| follow_up["text"].as_str().unwrap_or_default().to_owned();
        card["follow_ups"].as_array().map(|all| all.iter().map(said).collect()).unwrap_or_default()
    }
}
