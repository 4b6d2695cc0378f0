//! The sample book, in the language of who asks for it.

use crate::cli::world::World;

fn is_han(sign: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&sign)
}

fn exported(arguments: &[&str]) -> String {
    let world = World::new();
    let book = world.path("book");
    let all = [&["demo", "--customers", "120", "--into", book.to_str().unwrap()], arguments].concat();
    world.run(&all).done();
    world.run(&["export", "all", "--format", "json", "--lang", "en"]).out
}

/// 224 of 300 names could be read in Chinese only.
#[test]
fn a_sample_book_asked_for_in_english_is_in_english() {
    let all = exported(&["--lang", "en"]);
    // Lists and stages carry their names in both languages in every book.
    let is_list = |line: &str| line.contains("\"item_zh\"") || line.contains("\"stage_zh\"");
    let chinese: Vec<&str> = all.lines().filter(|line| !is_list(line) && line.chars().any(is_han)).collect();
    assert!(chinese.is_empty(), "{} lines, the first: {}", chinese.len(), chinese[0]);
}

#[test]
fn a_mixed_sample_book_has_customers_in_china_and_abroad_in_either_language() {
    for language in ["en", "zh"] {
        let all = exported(&["--lang", language, "--mixed"]);
        assert!(all.contains("重庆渝江汽车零部件股份有限公司") && all.contains("Harbour Point Logistics Ltd"));
    }
    assert_eq!(
        exported(&["--lang", "zh"]),
        exported(&["--lang", "zh", "--mixed"]),
        "the book of a Chinese firm is mixed"
    );
}
