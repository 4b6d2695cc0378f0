//! A real process, killed at random.

use crate::crash::{act, open, told_by_journal};
use crate::journal::world::{Chance, Memory, World};
use kehu::domain::id::Id;
use kehu::store::error::StoreError;
use kehu::store::{Options, Store};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Names the book in which a child process is to write.
const BOOK: &str = "KEHU_CRASH_BOOK";
/// The child's seed.
const SEED: &str = "KEHU_CRASH_SEED";
/// How many times a child is killed.
const ROUNDS: &str = "KEHU_CRASH_ROUNDS";

fn spawn(book: &Path, seed: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::killed::the_child_writes_until_it_is_killed", "--nocapture", "--ignored"])
        .env(BOOK, book)
        .env(SEED, seed.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "run by other tests"]
fn the_child_writes_until_it_is_killed() {
    let (Some(book), Ok(seed)) = (std::env::var_os(BOOK), std::env::var(SEED)) else { return };
    let (mut store, _) = open(Path::new(&book), Options::default());
    let mut memory = Memory::of(&store);
    let mut world = World::seeded(seed.parse().unwrap());
    println!("\nopen");
    loop {
        let mut said = String::new();
        act(&mut store, &mut world, &mut memory, &mut |seq, id| said.push_str(&format!("saved {seq} {id}\n"))).unwrap();
        let mut out = std::io::stdout().lock();
        out.write_all(said.as_bytes()).unwrap();
        out.flush().unwrap();
    }
}

fn saved(line: &str) -> Option<(u64, Id)> {
    let (seq, id) = line.strip_prefix("saved ")?.split_once(' ')?;
    Some((seq.parse().ok()?, Id::parse(id)?))
}

#[test]
fn a_process_killed_at_random_has_lost_nothing_it_acknowledged() {
    let rounds: u64 = std::env::var(ROUNDS).ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(50);
    let mut chance = Chance::seeded(rounds);
    let mut folder = tempfile::tempdir().unwrap();
    let mut acknowledged: Vec<(u64, Id)> = Vec::new();
    for round in 0..rounds {
        if round % 10 == 0 {
            folder = tempfile::tempdir().unwrap();
            acknowledged.clear();
        }
        let mut child = spawn(folder.path(), round + 1);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        lines.by_ref().find(|line| line == "open");
        let patience = chance.below(60) as usize;
        acknowledged.extend(lines.by_ref().take(patience).filter_map(|line| saved(&line)));
        for _ in 0..chance.below(20_000) {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        // A line cut off in the middle was not said.
        acknowledged.extend(lines.filter_map(|line| saved(&line)));
        child.wait().unwrap();
        let (store, opened) = open(folder.path(), Options::default());
        assert_eq!(opened.rebuilt, None, "round {round}");
        for (seq, id) in &acknowledged {
            assert_eq!(store.head(*seq).map(|head| head.id), Ok(*id), "round {round}: entry {seq} of {opened:?}");
        }
        assert_eq!(Memory::of(&store), told_by_journal(&store), "round {round}");
    }
}

#[test]
fn a_second_session_is_told_who_holds_the_book() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = spawn(folder.path(), 1);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    lines.find(|line| line == "open");
    for read_only in [false, true] {
        let options = Options { read_only, ..Options::default() };
        match Store::open(folder.path(), options, &mut |_| ()) {
            Err(StoreError::Held { pid, host, since }) => {
                assert_eq!(pid, child.id());
                assert!(!host.is_empty() && since.starts_with("1970"));
            }
            other => panic!("{:?}", other.map(|(_, opened)| opened)),
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    open(folder.path(), Options::default());
}
