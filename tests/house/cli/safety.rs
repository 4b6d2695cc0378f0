//! The book proved and made small from the command line.

use crate::cli::world::World;
use std::fs;

#[test]
fn a_whole_book_is_said_to_be_whole() {
    let world = World::sample();
    let answer = world.run(&["verify"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(answer.out.contains("Nothing is wrong"), "{}", answer.out);
    let report = world.json(&["verify"]);
    assert_eq!((&report["sound"], &report["different"], &report["repaired"]), (&true.into(), &0.into(), &false.into()));
    assert!(report["records"].as_u64() > Some(100), "{report}");
    let answer = world.run(&["--lang", "zh", "verify"]);
    assert!(answer.out.contains("没有发现问题"), "{}", answer.out);
}

#[test]
fn a_journal_damaged_in_the_middle_is_found_though_the_book_opens() {
    let world = World::sample();
    let code = world.json(&["list", "--limit", "1"])[0]["code"].as_str().unwrap().to_owned();
    world.run(&["log", &code, "call ok"]).done();
    world.run(&["log", &code, "call ok again"]).done();
    let path = world.path("book").join("journal").join("00000001.kj");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    fs::write(&path, bytes).unwrap();
    let answer = world.run(&["verify"]);
    assert_eq!(answer.status, 6, "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("Lost entries") && answer.out.contains("00000001.kj"), "{}", answer.out);
    assert_eq!(world.json(&["verify"])["damages"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_compacted_book_is_the_same_book() {
    let world = World::sample();
    let before = world.run(&["list", "--json"]).out;
    let answer = world.run(&["compact"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(answer.out.starts_with("Working copy: "), "{}", answer.out);
    let sizes = world.json(&["compact"]);
    assert!(sizes["after"].as_u64() > Some(0), "{sizes}");
    assert_eq!(world.run(&["list", "--json"]).out, before);
    assert_eq!(world.run(&["--read-only", "compact"]).status, 2);
    assert_eq!(world.run(&["verify"]).status, 0);
}
