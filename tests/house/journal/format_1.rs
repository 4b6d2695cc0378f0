//! A book of format 1, as the last program that wrote that format left it: it opens for ever, and nothing of it is lost.

use kehu::domain::change::Change;
use kehu::domain::deal::StageMove;
use kehu::domain::money::Exact;
use kehu::domain::order::OrderLine;
use kehu::domain::record::Record;
use kehu::domain::value::Value;
use kehu::store::{Options, Store};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What is kept of the book: its journal, and what that program said it holds.
fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/house/journal/format-1").join(name)
}

/// The book, in a folder of its own.
pub fn book() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    put_into(&folder.path().join("book"));
    folder
}

/// Puts the book where it is wanted, closed off from others.
pub fn put_into(folder: &Path) {
    std::fs::create_dir_all(folder.join("journal")).unwrap();
    for name in ["format", "journal/00000001.kj"] {
        std::fs::copy(kept(name), folder.join(name)).unwrap();
        std::fs::set_permissions(folder.join(name), Permissions::from_mode(0o600)).unwrap();
    }
    for folder in [folder, &folder.join("journal")] {
        std::fs::set_permissions(folder, Permissions::from_mode(0o700)).unwrap();
    }
}

/// What that program exported of it.
pub fn exported() -> String {
    std::fs::read_to_string(kept("export.json")).unwrap()
}

/// A value in words that stay the same when its type grows.
fn told_value(value: &Value) -> String {
    let exact = |exact: &Exact| exact.parts();
    if let Some(moves) = value.read::<Vec<StageMove>>().filter(|_| matches!(value, Value::Parts(_))) {
        let step = |step: StageMove| {
            format!("{}|{}|{}", step.stage, step.at.map(|at| at.to_string()).unwrap_or_default(), step.by)
        };
        return moves.into_iter().map(step).collect::<Vec<_>>().join(" ; ");
    }
    match value {
        Value::Parts(_) => {
            let line = |line: OrderLine| {
                let (amount, cost) = (exact(&line.amount), line.cost.as_ref().map(exact));
                format!("{}|{}|{}|{amount}|{cost:?}", line.product, line.category, line.quantity)
            };
            let lines: Vec<OrderLine> = value.read().unwrap();
            lines.into_iter().map(line).collect::<Vec<_>>().join(" ; ")
        }
        value => format!("{value:?}"),
    }
}

/// A record, with the fields that hold something.
fn told_record(record: &Record) -> String {
    let mut told = format!("{} {}", record.kind().key(), record.id());
    for (number, name) in record.kind().fields() {
        match record.get(*number).unwrap() {
            Value::Empty => {}
            value => write!(told, "\n  {name}: {}", told_value(&value)).unwrap(),
        }
    }
    told
}

fn told_change(change: &Change) -> String {
    match change {
        Change::Born(record) => format!("+ {}", told_record(record)),
        Change::Gone(record) => format!("- {}", told_record(record)),
        Change::Set(set) => {
            let (kind, before, after) = (set.kind.key(), told_value(&set.before), told_value(&set.after));
            format!("= {kind} {} at {} {}: {before} -> {after}", set.id, set.home, set.field)
        }
    }
}

/// Every record of a book.
pub fn told_records(store: &Store) -> String {
    let mut told = BTreeMap::new();
    store
        .scan(|dossier| {
            let history = dossier.history().to_vec();
            let mut records: Vec<String> = dossier.records().map(|record| told_record(&record)).collect();
            records.sort();
            told.insert(dossier.home(), format!("home {} {history:?}\n{}", dossier.home(), records.join("\n")));
        })
        .unwrap();
    told.into_values().collect::<Vec<_>>().join("\n") + "\n"
}

/// Every entry of a book up to one of them.
pub fn told_entries(store: &Store, last: u64) -> String {
    let mut told = String::new();
    for seq in 1..=last {
        let entry = store.entry(seq).unwrap();
        let head = &entry.head;
        writeln!(told, "#{seq} {} {} {} {:?} {:?}", head.id, head.at, head.by, head.group, head.cause).unwrap();
        entry.changes.iter().for_each(|change| writeln!(told, "{}", told_change(change)).unwrap());
        let changed = store.changes_of(&store.head(seq).unwrap()).unwrap().len();
        writeln!(told, "  changed {changed}").unwrap();
    }
    told
}

fn open(folder: &TempDir) -> Store {
    Store::open(&folder.path().join("book"), Options::default(), &mut |_| ()).unwrap().0
}

#[test]
fn a_book_of_format_1_holds_what_it_held() {
    let folder = book();
    let store = open(&folder);
    assert_eq!(store.read_only(), None);
    assert_eq!(told_records(&store), std::fs::read_to_string(kept("records.txt")).unwrap());
    let entries = std::fs::read_to_string(kept("entries.txt")).unwrap();
    assert_eq!(told_entries(&store, store.next_seq() - 1), entries);
}

#[test]
fn a_book_of_format_1_only_looked_at_is_not_touched() {
    let folder = book();
    let before = std::fs::read(folder.path().join("book/journal/00000001.kj")).unwrap();
    let options = Options { read_only: true, ..Options::default() };
    let (store, _) = Store::open(&folder.path().join("book"), options, &mut |_| ()).unwrap();
    assert_eq!(told_records(&store), std::fs::read_to_string(kept("records.txt")).unwrap());
    drop(store);
    assert_eq!(std::fs::read(folder.path().join("book/journal/00000001.kj")).unwrap(), before);
    let names = std::fs::read_dir(folder.path().join("book")).unwrap();
    let mut names: Vec<String> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["format", "journal"]);
}
