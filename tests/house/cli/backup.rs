//! The book backed up into one file, and restored from it.

use crate::cli::world::World;
use std::fs;
use std::os::unix::fs::PermissionsExt;

fn mode(path: &std::path::Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_book_is_backed_up_and_restored_beside_and_is_the_same_book() {
    let world = World::sample();
    let all = world.run(&["export", "all", "--format", "json"]).out;
    let history = world.run(&["history", "--json"]).out;
    let saved = world.run(&["backup", "mine.kehu"]).done().out;
    assert!(saved.starts_with("Saved, verified: mine.kehu\n") && saved.contains("30 customers"), "{saved}");
    assert!(saved.contains("last entry ") && saved.contains("same disk"), "{saved}");
    assert_eq!(mode(&world.path("mine.kehu")), 0o600);
    let restored = world.run(&["restore", "mine.kehu", "--as", "again"]).done().out;
    assert!(restored.contains("again") && restored.contains("30 customers"), "{restored}");
    let book = world.path("again");
    assert_eq!(
        (mode(&book), mode(&book.join("journal")), mode(&book.join("journal/00000001.kj"))),
        (0o700, 0o700, 0o600)
    );
    assert_eq!(world.run(&["--book", "again", "export", "all", "--format", "json"]).out, all);
    assert_eq!(world.run(&["--book", "again", "history", "--json"]).out, history);
    assert_eq!(world.run(&["--book", "again", "verify"]).status, 0);
    // The one and the other are two books.
    let code = world.json(&["list", "--limit", "1"])[0]["code"].as_str().unwrap().to_owned();
    world.run(&["--book", "again", "log", &code, "only in the restored one"]).done();
    assert_eq!(world.run(&["history", "--json"]).out, history);
}

#[test]
fn what_is_backed_up_and_restored_is_told_in_numbers_too() {
    let world = World::sample();
    let entries = world.json(&["history", "--limit", "1"])[0]["seq"].clone();
    let saved = world.json(&["backup", "mine.kehu"]);
    assert_eq!((&saved["entries"], &saved["customers"], &saved["verified"]), (&entries, &30.into(), &true.into()));
    assert!(saved["bytes"].as_u64() > Some(1_000) && saved["made_at"] == "2026-11-19T10:00:00+08:00", "{saved}");
    let checked = world.json(&["verify", "mine.kehu"]);
    assert_eq!(
        (&checked["sound"], &checked["entries"], &checked["last_at"]),
        (&true.into(), &entries, &saved["last_at"])
    );
    let restored = world.json(&["restore", "mine.kehu", "--as", "again"]);
    assert_eq!((&restored["entries"], &restored["customers"], &restored["drafts"]), (&entries, &30.into(), &0.into()));
    assert_eq!(restored["last_by"], saved["last_by"]);
}

#[test]
fn a_backup_is_replaced_and_a_folder_filled_only_when_that_is_asked_for() {
    let world = World::sample();
    world.file("mine.kehu", "something of mine");
    let refused = world.run(&["backup", "mine.kehu"]).failed(2);
    assert!(refused.err.contains("exists already") && refused.err.contains("--force"), "{refused:?}");
    assert_eq!(fs::read(world.path("mine.kehu")).unwrap(), b"something of mine");
    world.run(&["backup", "mine.kehu", "--force"]).done();
    let refused = world.run(&["--lang", "zh", "restore", "mine.kehu", "--as", "book"]).failed(2);
    assert!(refused.err.contains("不是空文件夹"), "{refused:?}");
    assert_eq!(world.run(&["verify"]).status, 0);
    fs::create_dir(world.path("empty")).unwrap();
    world.run(&["restore", "mine.kehu", "--as", "empty"]).done();
    assert_eq!(mode(&world.path("empty")), 0o700);
    assert_eq!(world.run(&["restore", "mine.kehu", "--as", "x", "--read-only"]).status, 2);
    assert_eq!(world.run(&["restore", "mine.kehu"]).status, 2);
    assert_eq!(world.run(&["backup", "no/such/folder/mine.kehu"]).status, 7);
    assert_eq!(world.run(&["verify", "none.kehu"]).status, 7);
}

#[test]
fn a_cut_a_spoiled_and_a_foreign_file_are_refused_as_damaged_with_the_place() {
    let world = World::sample();
    world.run(&["backup", "mine.kehu"]).done();
    let whole = fs::read(world.path("mine.kehu")).unwrap();
    let mut spoiled = whole.clone();
    spoiled[whole.len() / 2] ^= 1;
    world.file("cut.kehu", &whole[..whole.len() - 40]);
    world.file("spoiled.kehu", &spoiled);
    world.file("foreign.kehu", "编号,名称\nC1,华东\n");
    for (file, what) in [("cut.kehu", "at byte"), ("spoiled.kehu", "00000001.kj"), ("foreign.kehu", "not a backup")] {
        for arguments in [&["verify", file][..], &["restore", file, "--as", "again"]] {
            let refused = world.run(arguments).failed(6);
            assert!(refused.err.contains(what) && refused.err.contains(file), "{refused:?}");
        }
        let told = world.run(&["verify", file, "--json"]);
        assert_eq!(told.status, 6);
        assert!(told.out.contains("\"sound\": false"), "{}", told.out);
        assert!(!world.path("again").exists() && !world.path("again.new").exists());
    }
    let told = world.run(&["--lang", "zh", "verify", "mine.kehu"]).done();
    assert!(told.out.contains("备份完好：mine.kehu"), "{}", told.out);
    assert!(world.run(&["--lang", "zh", "verify", "spoiled.kehu"]).err.contains("已损坏"));
}

#[test]
fn a_damaged_book_is_not_called_saved() {
    let world = World::sample();
    let code = world.json(&["list", "--limit", "1"])[0]["code"].as_str().unwrap().to_owned();
    world.run(&["log", &code, "call ok"]).done();
    let path = world.path("book").join("journal").join("00000001.kj");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    fs::write(&path, bytes).unwrap();
    let refused = world.run(&["backup", "mine.kehu"]);
    assert_eq!(refused.status, 6, "{refused:?}");
    assert!(!refused.out.contains("Saved") && !world.path("mine.kehu").exists(), "{refused:?}");
    assert!(!world.path("mine.kehu.part").exists());
}
