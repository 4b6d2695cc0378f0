//! The house stands: imports run down only, no file stands on a circle, and the map on its first page is true.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod planted;
mod standing;
mod tokens;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use standing::{CLIMBING, ON_A_CIRCLE, SPREAD};
use tree::{Arrows, Sources, Tree, circles};

/// The floors from the ground up. Rooms on one floor do not know each other.
const HOUSE: &[&[&str]] = &[
    &["domain"],
    &["store", "text"],
    &["config", "parse"],
    &["query", "line", "analysis", "sample"],
    &["book"],
    &["exchange"],
    &["desk"],
    &["ui"],
    &["cli"],
    &["main"],
];

/// The floors inside `ui`.
const SCREEN: &[&[&str]] = &[
    &["action", "door", "event", "finder", "fit", "job", "theme"],
    &["effect", "keymap", "normalise", "pending", "widget"],
    &["choosing", "context", "terminal"],
    &["inquiry"],
    &["view"],
    &["open"],
    &["app"],
    &["front"],
    &["session"],
];

/// The floors inside `book`; `mod` is the book itself.
const BOOK: &[&[&str]] = &[
    &["banding", "cell", "facts", "last_words", "past", "places", "planned", "reach", "standards", "symbols"],
    &["name_index", "packed", "row_layout", "tier_moves", "tier_words"],
    &["standings", "values"],
    &["row"],
    &["portrait", "products", "row_pieces"],
    &["beyond"],
    &["mod"],
    &["naming", "planning", "sizes"],
    &["logging"],
    &["columns", "command"],
    &["filtering", "find"],
    &["deals", "grouping", "offering", "sorting", "tiers"],
    &["handover"],
    &["arrangement", "listing", "staging"],
];

/// The floors inside `exchange`.
const EXCHANGE: &[&[&str]] = &[
    &["encoding", "reason", "text_key"],
    &["header", "sheet_error"],
    &["amount", "split"],
    &["choice_words", "date", "held", "list_text", "sheet", "text"],
    &["card", "cell", "json", "workbook"],
    &["export", "opening"],
    &["intake"],
    &["likeness", "mapping", "returned", "strange"],
    &["inspection"],
];

/// A type is spread over no more files than this.
const MOST_FILES: usize = 4;

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

/// The whole source, by path.
fn house() -> Sources {
    let inside = |file: &PathBuf| file.strip_prefix(source()).unwrap().to_str().unwrap().replace('\\', "/");
    files(&source()).iter().map(|file| (inside(file), fs::read_to_string(file).unwrap())).collect()
}

/// The modules of the house, walked once for all that ask.
fn house_tree() -> &'static Tree {
    static TREE: OnceLock<Tree> = OnceLock::new();
    TREE.get_or_init(|| Tree::of(&house()))
}

/// The arrows of the house; the book of a firm that never was may go in circles.
fn house_arrows() -> Arrows {
    let mut arrows = house_tree().arrows();
    arrows.retain(|(from, _), _| !from.starts_with("sample/"));
    arrows
}

/// What stands that should not, and what is named though it stands no more.
fn unlike(real: BTreeSet<String>, named: &[&str]) -> Vec<String> {
    let named: BTreeSet<String> = named.iter().map(|name| (*name).to_owned()).collect();
    let fresh = real.difference(&named).map(|name| format!("new: {name}"));
    fresh.chain(named.difference(&real).map(|name| format!("no more, take it off the list: {name}"))).collect()
}

#[test]
fn no_file_stands_on_a_circle_of_files_that_take_from_one_another() {
    let arrows = house_arrows();
    let found: BTreeSet<String> = circles(&arrows).into_iter().flatten().collect();
    let wrong = unlike(found.clone(), ON_A_CIRCLE);
    let inside = |(from, to): &(String, String)| found.contains(from) && found.contains(to);
    let known = |(from, to): &(String, String)| [from, to].iter().all(|file| ON_A_CIRCLE.contains(&file.as_str()));
    let ties = arrows.iter().filter(|(ends, _)| inside(ends) && !known(ends));
    let ties: Vec<String> = ties.map(|((from, to), names)| format!("{from} takes {names:?} from {to}")).collect();
    assert_eq!(wrong, Vec::<String>::new(), "{ties:#?}");
}

#[test]
fn no_type_is_spread_over_more_than_four_files() {
    let spread = house_tree().spread().into_iter().filter(|(_, files)| files.len() > MOST_FILES);
    let spread: BTreeMap<String, BTreeSet<String>> = spread.collect();
    assert_eq!(unlike(spread.keys().cloned().collect(), SPREAD), Vec::<String>::new(), "{spread:#?}");
}

/// The files inside a room that take from a room inside it that lies above or beside their own, each with that file.
fn climbing(arrows: &Arrows, room: &str, plan: &[&[&str]]) -> BTreeSet<String> {
    let inside = |file: &str| Some(file.strip_prefix(room)?.strip_prefix('/')?.split('/').next()?.replace(".rs", ""));
    let wrong = arrows.keys().filter(|(from, to)| {
        let Some((own, other)) = inside(from).zip(inside(to)) else { return false };
        let down = matches!((floor(plan, &own), floor(plan, &other)), (Some(own), Some(other)) if other < own);
        own != other && !down
    });
    wrong.map(|(from, to)| format!("{from} takes from {to}")).collect()
}

#[test]
fn what_the_rooms_inside_a_room_take_from_one_another_comes_from_below() {
    let arrows = house_arrows();
    let rooms = [("book", BOOK), ("exchange", EXCHANGE), ("ui", SCREEN)];
    let found = rooms.iter().flat_map(|(room, plan)| climbing(&arrows, room, plan));
    assert_eq!(unlike(found.collect(), CLIMBING), Vec::<String>::new());
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
    assert_eq!(rooms(&source().join("exchange")), planned(EXCHANGE));
    let and_the_book_itself = BTreeSet::from(["mod".to_owned()]);
    assert_eq!(&rooms(&source().join("book")) | &and_the_book_itself, planned(BOOK));
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
