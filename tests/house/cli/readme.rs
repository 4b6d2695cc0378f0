//! What the pages beside the code say is what the program does: the tables of keys are its own, the examples work on the
//! sample book, and no link leads nowhere.

use crate::cli::world::World;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// Set to write the tables of keys anew: `KEHU_WRITE_README=1 cargo test --test house readme`.
const WRITE: &str = "KEHU_WRITE_README";
/// Bytes of a README at most: who opens it is at work in three minutes.
const LONGEST: usize = 8 * 1024;
/// The page with the tables of keys.
const KEYS: &str = "keymaps/README.md";

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn page(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}

/// Every page there is.
fn pages() -> Vec<String> {
    let listed = |folder: &str| {
        let names = fs::read_dir(path(folder)).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.ends_with(".md")).map(|name| format!("{folder}/{name}")).collect::<Vec<_>>()
    };
    let folders = ["docs", "docs/en", "docs/zh", "docs/how", "keymaps", "benches"];
    let kept = ["README.md", "README.zh.md"].map(str::to_owned);
    kept.into_iter().chain(folders.into_iter().flat_map(listed)).collect()
}

/// The page with the table of `language` between its marks.
fn with_keys(text: &str, language: &str, table: &str) -> String {
    let (before, rest) = text.split_once(&format!("<!-- keys {language} -->")).expect("the mark of the table");
    let (_, after) = rest.split_once("<!-- end of keys -->").expect("the mark of its end");
    format!("{before}<!-- keys {language} -->\n{table}\n<!-- end of keys -->{after}")
}

#[test]
fn the_tables_of_keys_are_those_of_the_program() {
    let world = World::new();
    let written = ["en", "zh"].into_iter().fold(page(KEYS), |text, language| {
        with_keys(&text, language, &world.run(&["keys", "--markdown", "--lang", language]).done().out)
    });
    if std::env::var_os(WRITE).is_some() {
        fs::write(path(KEYS), &written).unwrap();
    }
    assert!(
        written == page(KEYS),
        "the keys have changed: run {WRITE}=1 cargo test --test house readme, and commit {KEYS}"
    );
}

#[test]
fn a_readme_is_read_in_three_minutes() {
    for name in ["README.md", "README.zh.md"] {
        assert!(page(name).len() <= LONGEST, "{name}: {} bytes", page(name).len());
    }
}

#[test]
fn no_link_between_the_pages_leads_nowhere() {
    for name in pages() {
        let text = page(&name);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link);
        for link in links.filter(|link| !link.contains("://")) {
            let file = link.split('#').next().unwrap();
            let from = path(&name);
            assert!(file.is_empty() || from.parent().unwrap().join(file).exists(), "{name}: {link}");
        }
    }
}

#[test]
fn the_examples_work_on_the_sample_book() {
    for (name, language, typed) in [("README.md", "en", "saltmarsh"), ("README.zh.md", "zh", "cqyj")] {
        assert!(page(name).contains(&format!("kehu show {typed}")));
        let world = World::new();
        world.run(&["demo", "--lang", language, "--into", world.path("book").to_str().unwrap()]).done();
        assert!(world.json(&["show", typed])["customer"]["code"].is_string(), "{typed}");
    }
    let world = World::new();
    world.run(&["demo", "--mixed", "--into", world.path("book").to_str().unwrap()]).done();
    assert_eq!(world.json(&["show", "cqyj"])["customer"]["code"], "C2023001");
    let all: String = pages().iter().map(|name| page(name)).collect();
    let shown = |line: &&str| line.starts_with("call Mr Wang") || line.starts_with("电话 王总");
    let lines: Vec<&str> = all.lines().filter(shown).collect();
    assert!(lines.len() >= 4);
    for line in lines {
        let read = world.json(&["log", "C2023001", line, "--dry-run"]);
        assert_eq!((&read["unread"], &read["way"].is_null()), (&json!([]), &false), "{line}: {read}");
        assert!(read["next_at"].is_string() && read["amount"].is_string(), "{line}: {read}");
    }
}
