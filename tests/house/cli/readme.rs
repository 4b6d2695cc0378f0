//! What the README shows is what the program does: the table of keys is its own, and the examples work on the sample book.

use crate::cli::world::World;
use serde_json::json;
use std::path::Path;

/// Set to write the README's tables anew: `KEHU_WRITE_README=1 cargo test --test cli readme`.
const WRITE: &str = "KEHU_WRITE_README";

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// The README with the table of `language` between its marks.
fn with_keys(text: &str, language: &str, table: &str) -> String {
    let (before, rest) = text.split_once(&format!("<!-- keys {language} -->")).expect("the mark of the table");
    let (_, after) = rest.split_once("<!-- end of keys -->").expect("the mark of its end");
    format!("{before}<!-- keys {language} -->\n{table}\n<!-- end of keys -->{after}")
}

#[test]
fn the_table_of_keys_is_that_of_the_program() {
    let world = World::new();
    let written = ["en", "zh"].into_iter().fold(readme(), |text, language| {
        let table = world.run(&["keys", "--markdown", "--lang", language]).done().out;
        with_keys(&text, language, &table.replace("\n### ", "\n#### ").replacen("### ", "#### ", 1))
    });
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"), &written).unwrap();
    }
    assert!(
        written == readme(),
        "the keys have changed: run {WRITE}=1 cargo test --test cli readme, and commit README.md"
    );
}

#[test]
fn the_examples_work_on_the_sample_book() {
    let (world, readme) = (World::new(), readme());
    let book = world.path("book");
    world.run(&["demo", "--into", book.to_str().unwrap()]).done();
    assert_eq!(readme.matches("kehu show cqyj").count(), 2);
    assert_eq!(world.json(&["show", "cqyj"])["customer"]["code"], "C2023001");
    let lines: Vec<&str> =
        readme.lines().filter(|line| line.starts_with("call Mr Wang") || line.starts_with("电话 王总")).collect();
    assert_eq!(lines.len(), 3);
    for line in lines {
        let read = world.json(&["log", "C2023001", line, "--dry-run"]);
        assert_eq!((&read["unread"], &read["way"].is_null()), (&json!([]), &false), "{line}: {read}");
        assert!(read["next_at"].is_string() && read["amount"].is_string(), "{line}: {read}");
    }
}
