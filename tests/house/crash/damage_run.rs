//! Damage at random in any file of a book: what the commands answer afterwards is the same as before, or said to be less.
//!
//! `KEHU_DAMAGE_TRIALS=500 cargo test --test crash damage_run` tries more.

use crate::journal::world::Chance;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const TRIALS: &str = "KEHU_DAMAGE_TRIALS";
/// What nobody should read who only wants their customers back.
const NOISE: [&str; 4] = ["panicked", "unwrap()", "RUST_BACKTRACE", "Result::"];

struct Answer {
    status: i32,
    out: String,
    err: String,
}

/// One book in a folder of its own.
struct Place(TempDir);

impl Place {
    fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    fn book(&self) -> PathBuf {
        self.0.path().join("book")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kehu"));
        command.args(arguments).current_dir(self.0.path()).env_clear().env("HOME", self.0.path());
        command.env("KEHU_BOOK", self.book()).env("KEHU_TODAY", "2026-11-19T10:00").env("LANG", "en_US.UTF-8");
        command.env("TMPDIR", self.0.path()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Answer {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Answer { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    /// What the book tells, an answer a command; records in an order that says nothing of where they are kept.
    fn told(&self) -> Vec<(&'static str, Answer)> {
        let commands: [&[&str]; 4] =
            [&["export", "all", "--format", "json"], &["list", "--csv"], &["tiers", "--json"], &["history", "--json"]];
        let mut told: Vec<(&str, Answer)> = commands.iter().map(|command| (command[0], self.run(command))).collect();
        for (_, answer) in &mut told {
            let mut lines: Vec<&str> = answer.out.lines().map(|line| line.trim_end_matches(',')).collect();
            lines.sort_unstable();
            answer.out = lines.join("\n");
        }
        told
    }
}

/// A sample book, closed.
fn closed() -> Place {
    let place = Place::new();
    assert_eq!(place.run(&["demo", "--customers", "30", "--into", place.book().to_str().unwrap()]).status, 0);
    let listed = place.run(&["list", "--csv", "--limit", "1"]);
    let code = listed.out.lines().nth(1).and_then(|line| line.split(',').next()).unwrap().to_owned();
    for text in ["call first", "call second", "call third"] {
        assert_eq!(place.run(&["log", &code, text]).status, 0);
    }
    place
}

/// A book that holds many small customers.
fn dense() -> Place {
    let place = Place::new();
    let row = |number: usize| format!("K{number:05},客户{number},1380000{number:04},备注{number}\n");
    let rows: String = (0..900).map(row).collect();
    fs::write(place.0.path().join("many.csv"), format!("客户编号,客户名称,电话,备注\n{rows}")).unwrap();
    assert_eq!(place.run(&["import", "many.csv"]).status, 0);
    place
}

/// A book whose program was killed while it took in a file.
fn killed() -> Place {
    let place = closed();
    let row = |number: usize| format!("K{number:05},客户{number},1380000{number:04},备注{number}\n");
    let rows: String = (0..4_000).map(row).collect();
    fs::write(place.0.path().join("many.csv"), format!("客户编号,客户名称,电话,备注\n{rows}")).unwrap();
    let before = fs::metadata(place.book().join("journal/00000001.kj")).unwrap().len();
    let mut child = place.command(&["import", "many.csv"]).spawn().unwrap();
    let patience = Instant::now();
    while fs::metadata(place.book().join("journal/00000001.kj")).unwrap().len() == before
        && patience.elapsed() < Duration::from_secs(20)
        && child.try_wait().unwrap().is_none()
    {
        std::thread::sleep(Duration::from_millis(2));
    }
    let _ = child.kill();
    child.wait().unwrap();
    place
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        match entry.file_type().unwrap() {
            kind if kind.is_dir() => copy(&entry.path(), &to.join(entry.file_name())),
            kind if kind.is_file() => drop(fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
            _ => {}
        }
    }
}

/// The files below `folder`, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            found.extend(files(&entry.path()));
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
    found.sort();
    found
}

/// Does some damage and says which.
fn damage(book: &Path, chance: &mut Chance) -> String {
    let files = files(book);
    // Half of it in the journal and the tree, where the customers are.
    let heavy: Vec<&PathBuf> =
        files.iter().filter(|path| path.ends_with("db") || path.extension().is_some_and(|end| end == "kj")).collect();
    let path = match chance.below(2) {
        0 => heavy[chance.below(heavy.len() as u64) as usize].clone(),
        _ => files[chance.below(files.len() as u64) as usize].clone(),
    };
    let mut bytes = fs::read(&path).unwrap();
    let place = chance.below(bytes.len().max(1) as u64) as usize;
    let what = match chance.below(5) {
        0 | 1 if !bytes.is_empty() => {
            bytes[place] ^= 1 << chance.below(8);
            "bit flipped"
        }
        2 => {
            bytes.truncate(place);
            "cut"
        }
        3 => {
            bytes.iter_mut().skip(place / 4096 * 4096).take(4096).for_each(|byte| *byte = 0);
            "page of zeros"
        }
        _ => {
            bytes.extend([0xa5; 40]);
            "grown"
        }
    };
    fs::write(&path, bytes).unwrap();
    format!("{what} at {place} of {}", path.strip_prefix(book).unwrap().display())
}

/// One trial on a copy of `master`.
fn trial(master: &Place, chance: &mut Chance) {
    let place = Place::new();
    copy(&master.book(), &place.book());
    // A copy is a book of its own once it was opened.
    assert_eq!(place.run(&["list", "--limit", "1"]).status, 0);
    let before = place.told();
    let done = damage(&place.book(), chance);
    let noisy = |answer: &Answer| NOISE.iter().any(|noise| answer.out.contains(noise) || answer.err.contains(noise));
    let mut is_less = false;
    for ((name, was), (_, now)) in before.iter().zip(place.told()) {
        assert!(!noisy(&now), "{done}: {name}: {}", now.err);
        let is_same = now.status == 0 && now.out == was.out;
        is_less |= !is_same;
        assert!(is_same || now.status != 0 || now.err.contains("Warning"), "{done}: {name} is other without a word");
    }
    let report = place.run(&["verify"]);
    assert!(!noisy(&report), "{done}: {}", report.err);
    let says_whole = report.status == 0 || report.out.contains("Nothing is lost");
    if says_whole && is_less {
        assert_eq!(difference(&place, &before), None, "{done}: said to be whole, and is not");
    }
    for mend in ["--repair", "--salvage"] {
        if place.run(&["verify"]).status != 0 {
            place.run(&["verify", mend]);
        }
    }
    let listed = place.run(&["list", "--limit", "1"]);
    assert_eq!(listed.status, 0, "{done}: locked out: {}", listed.err);
}

/// What the book tells otherwise than before.
fn difference(place: &Place, before: &[(&str, Answer)]) -> Option<String> {
    before.iter().zip(place.told()).find_map(|((name, was), (_, now))| {
        let is_same = now.status == 0 && now.out == was.out;
        let other = || now.out.lines().find(|line| !was.out.contains(line)).unwrap_or_default();
        (!is_same).then(|| format!("{name}: {} {} {}", now.status, now.err, other()))
    })
}

#[test]
fn damage_anywhere_is_mended_or_said_and_locks_nobody_out() {
    let trials = std::env::var(TRIALS).ok().and_then(|trials| trials.parse().ok()).unwrap_or(18);
    let masters = [closed(), killed(), dense()];
    let mut chance = Chance::seeded(trials);
    for number in 0..trials {
        trial(&masters[number as usize % masters.len()], &mut chance);
    }
}
