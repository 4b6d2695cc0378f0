//! The house stands: imports run down only, and the map on its first page is true.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the ground up. Rooms on one floor do not know each other.
const HOUSE: &[&[&str]] = &[
    &["domain"],
    &["store", "text"],
    &["config", "query"],
    &["line", "analysis", "sample"],
    &["book"],
    &["exchange"],
    &["desk"],
    &["ui"],
    &["cli"],
    &["main"],
];

/// The floors inside `ui`.
const SCREEN: &[&[&str]] = &[
    &["action", "door", "event", "fit", "theme"],
    &["effect", "keymap", "normalise", "widget"],
    &["context", "job", "terminal"],
    &["inquiry"],
    &["view"],
    &["app"],
    &["front"],
    &["session"],
];

/// Rooms with the rooms they import from.
type Imports = BTreeMap<String, BTreeSet<String>>;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The modules of a folder, by name; `lib` and `mod` are the walls and not rooms.
fn rooms(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let names = entries.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned());
    names.filter(|name| !matches!(name.as_str(), "lib" | "mod") && !name.ends_with("_tests")).collect()
}

/// Every Rust file below a path.
fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries.flat_map(|path| files(&path)).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    found.sort();
    found
}

/// Each import of `prefix` in a room of `folder`: the room, what it imports, and where.
fn imports(folder: &Path, prefix: &str) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for file in files(folder) {
        let inside = file.strip_prefix(folder).unwrap();
        let room = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").trim_end_matches("_tests");
        for (number, line) in (1..).zip(fs::read_to_string(&file).unwrap().lines()) {
            let code = line.split("//").next().unwrap_or_default();
            for part in code.split(prefix).skip(1) {
                let name: String = part.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                assert!(!part.starts_with('{'), "{}:{number}: write one path a line", inside.display());
                if !name.is_empty() && name != room && !matches!(room, "lib" | "mod") {
                    found.push((room.to_owned(), name, format!("{}:{number}", inside.display())));
                }
            }
        }
    }
    found
}

/// Every import of the house: `crate::` in the library, `kehu::` in the program.
fn house_imports() -> Vec<(String, String, String)> {
    let mut found = imports(&source(), "crate::");
    found.extend(imports(&source(), "kehu::").into_iter().filter(|(room, ..)| room == "main"));
    found
}

fn floor(plan: &[&[&str]], room: &str) -> Option<usize> {
    plan.iter().position(|rooms| rooms.contains(&room))
}

/// The imports that run up or sideways, and those of rooms the plan does not know.
fn against(plan: &[&[&str]], imports: Vec<(String, String, String)>) -> Vec<String> {
    let down = |(from, to, _): &(String, String, String)| match (floor(plan, from), floor(plan, to)) {
        (Some(from), Some(to)) => to < from,
        _ => false,
    };
    let wrong = imports.into_iter().filter(|import| !down(import));
    wrong.map(|(from, to, at)| format!("{at}: {from} imports {to}")).collect()
}

fn planned(plan: &[&[&str]]) -> BTreeSet<String> {
    plan.iter().copied().flatten().map(|room| (*room).to_owned()).collect()
}

#[test]
fn imports_between_rooms_run_down_only() {
    assert_eq!(against(HOUSE, house_imports()), Vec::<String>::new());
}

#[test]
fn imports_inside_the_screen_run_down_only() {
    assert_eq!(against(SCREEN, imports(&source().join("ui"), "crate::ui::")), Vec::<String>::new());
}

#[test]
fn no_file_reaches_another_room_by_the_back_stairs() {
    let climbing = |file: &PathBuf| fs::read_to_string(file).unwrap().contains("super::super");
    assert_eq!(files(&source()).into_iter().filter(climbing).collect::<Vec<_>>(), Vec::<PathBuf>::new());
}

#[test]
fn every_room_has_its_floor() {
    assert_eq!(rooms(&source()), planned(HOUSE));
    assert_eq!(rooms(&source().join("ui")), planned(SCREEN));
}

/// A line of the map: floor, room, what it is, and what it reads.
fn mapped() -> Vec<(usize, String, BTreeSet<String>)> {
    let page = fs::read_to_string(source().join("lib.rs")).unwrap();
    let rows =
        page.lines().filter_map(|line| line.strip_prefix("//! | ")).filter(|row| row.starts_with(char::is_numeric));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        assert!(!cells[2].is_empty(), "what is {}?", cells[1]);
        let reads = cells[3].split_whitespace().map(str::to_owned).collect();
        (cells[0].parse().unwrap(), cells[1].trim_matches('`').to_owned(), reads)
    })
    .collect()
}

#[test]
fn the_map_shows_every_room_on_its_floor_from_the_top_down() {
    let shown: Vec<(usize, String)> = mapped().into_iter().map(|(floor, room, _)| (floor, room)).collect();
    let floors = (1..).zip(HOUSE).collect::<Vec<(usize, _)>>();
    let stand = |(number, rooms): &(usize, &&[&str])| rooms.iter().map(|room| (*number, (*room).to_owned())).collect();
    let built: Vec<(usize, String)> = floors.iter().rev().flat_map(|floor| -> Vec<_> { stand(floor) }).collect();
    assert_eq!(shown, built);
}

fn from_the_ground_up(rooms: &BTreeSet<String>) -> String {
    let planned = HOUSE.iter().copied().flatten().filter(|room| rooms.contains(**room));
    planned.copied().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_map_says_who_reads_what() {
    let mut real = Imports::new();
    for (from, to, _) in house_imports() {
        real.entry(from).or_default().insert(to);
    }
    let wrong = mapped().into_iter().filter_map(|(_, room, reads)| {
        let really = real.remove(&room).unwrap_or_default();
        (reads != really).then(|| format!("{room} reads {}", from_the_ground_up(&really)))
    });
    assert_eq!(
        wrong.collect::<Vec<_>>(),
        Vec::<String>::new(),
        "put this into the map on the first page of src/lib.rs"
    );
}

#[test]
fn every_file_says_in_its_first_line_what_it_is() {
    let silent = |file: &PathBuf| !fs::read_to_string(file).unwrap().starts_with("//! ");
    assert_eq!(files(&source()).into_iter().filter(silent).collect::<Vec<_>>(), Vec::<PathBuf>::new());
}
