//! Books whose journal or working copy lost something: no command makes it worse, and each says what is so.

use crate::cli::world::World;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A sample book with three follow-ups logged one by one, closed, and all that it holds as an export.
fn logged() -> (World, Vec<String>) {
    let world = World::sample();
    let code = world.json(&["list", "--limit", "1"])[0]["code"].as_str().unwrap().to_owned();
    for text in ["call first", "call second", "call third"] {
        world.run(&["log", &code, text]).done();
    }
    let all = exported(&world);
    (world, all)
}

fn journal(world: &World) -> PathBuf {
    world.path("book").join("journal").join("00000001.kj")
}

fn spoil(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

/// Every record that an export holds, in an order that says nothing of where it is kept.
fn exported(world: &World) -> Vec<String> {
    let answer = world.run(&["export", "all", "--format", "json"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    let mut lines: Vec<String> = answer.out.lines().map(|line| line.trim_end_matches(',').to_owned()).collect();
    lines.sort();
    lines
}

/// The files of the book that begin with `name`.
fn kept(world: &World, name: &str) -> BTreeSet<String> {
    let names = fs::read_dir(world.path("book")).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter_map(|entry| entry.into_string().ok()).filter(|entry| entry.starts_with(name)).collect()
}

#[test]
fn a_journal_that_lost_its_end_is_not_repaired_by_throwing_away_the_only_whole_copy() {
    let (world, all) = logged();
    spoil(&journal(&world), cut_two_entries);
    let refused = world.run(&["verify", "--repair"]);
    assert_eq!(refused.status, 6, "{refused:?}");
    assert!(refused.out.contains("is now the only whole copy"), "{}", refused.out);
    assert!(
        !refused.out.contains("Nothing is lost") && !refused.out.contains("never said to be saved"),
        "{}",
        refused.out
    );
    assert_eq!(exported(&world), all);
    let report = world.json(&["verify"]);
    assert_eq!((&report["sound"], &report["beyond"]["records"]), (&false.into(), &2.into()), "{report}");
}

#[test]
fn nothing_is_written_behind_a_journal_that_lost_its_end_until_it_is_made_whole() {
    let (world, all) = logged();
    spoil(&journal(&world), cut_two_entries);
    let before = fs::read(journal(&world)).unwrap();
    let code = world.json(&["list", "--limit", "1"])[0]["code"].as_str().unwrap().to_owned();
    let refused = world.run(&["log", &code, "call again"]);
    assert_eq!(refused.status, 6, "{refused:?}");
    assert!(refused.err.contains("kehu verify --salvage"), "{}", refused.err);
    assert_eq!(fs::read(journal(&world)).unwrap(), before);
    let salvaged = world.json(&["verify", "--salvage"]);
    assert_eq!(salvaged["salvaged"]["records"], 2, "{salvaged}");
    assert!(fs::read(journal(&world)).unwrap() == before, "what still stood in the journal was changed");
    assert_eq!(exported(&world), all);
    assert_eq!(world.json(&["verify"])["sound"], true);
    world.run(&["log", &code, "call again"]).done();
    fs::remove_dir_all(world.path("book").join("working")).unwrap();
    assert_eq!(exported(&world).len(), all.len() + 1, "the journal alone tells all of it again");
}

#[test]
fn a_bit_flipped_in_the_last_entry_is_a_loss_and_not_an_unfinished_entry() {
    let (world, all) = logged();
    spoil(&journal(&world), |bytes| {
        let place = bytes.len() - 20;
        bytes[place] ^= 1;
    });
    let listed = world.run(&["list", "--limit", "1"]);
    assert!(listed.err.contains("was saved") && !listed.err.contains("nobody was told"), "{}", listed.err);
    assert_eq!(world.run(&["verify"]).status, 6);
    assert_eq!(exported(&world), all);
    assert_eq!(world.run(&["verify", "--salvage"]).status, 0);
    assert_eq!(exported(&world), all);
}

#[test]
fn a_folder_that_lost_its_journal_is_damaged_and_never_a_new_book() {
    for lost in [["journal/00000001.kj", "mark"].as_slice(), &["journal/00000001.kj"], &["journal", "mark"]] {
        let (world, all) = logged();
        for name in lost {
            let path = world.path("book").join(name);
            if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
        }
        for command in [["list"].as_slice(), &["log", "C2022001", "call"], &["import", "nothing.csv"], &["find", "a"]] {
            world.file("nothing.csv", "客户名称\n新来的\n");
            assert_eq!(world.run(command).status, 6, "{lost:?}: {command:?}");
        }
        // Twice: the first look must not make the second believe that all is well.
        for _ in 0..2 {
            assert_eq!(exported(&world), all, "{lost:?}");
        }
        assert_eq!(world.run(&["verify", "--salvage"]).status, 0, "{lost:?}");
        assert_eq!(exported(&world), all, "{lost:?}");
        assert_eq!(world.json(&["verify"])["sound"], true, "{lost:?}");
    }
}

#[test]
fn a_journal_cut_short_while_the_machine_was_off_keeps_what_the_copy_still_knows() {
    let (world, all) = logged();
    let half = fs::read(journal(&world)).unwrap().len() / 2;
    spoil(&journal(&world), |bytes| bytes.truncate(half));
    fs::remove_file(world.path("book").join("mark")).unwrap();
    for _ in 0..2 {
        let listed = world.run(&["list"]);
        assert!(listed.err.contains("may only be read") && !listed.err.contains("was undone"), "{}", listed.err);
        assert_eq!(exported(&world), all);
    }
    assert_eq!(kept(&world, "working.old-").len(), 1);
    assert_eq!(fs::read(journal(&world)).unwrap().len(), half, "nothing was written while the end was in doubt");
    assert_eq!(world.run(&["verify", "--salvage"]).status, 0);
    assert_eq!(exported(&world), all);
    assert_eq!(kept(&world, "working.old-").len(), 0);
}

#[test]
fn damage_in_the_middle_is_noticed_at_closing_and_what_the_copy_holds_is_written_again() {
    let (world, all) = logged();
    spoil(&journal(&world), |bytes| {
        let place = bytes.len() / 2;
        bytes[place] ^= 1;
    });
    let listed = world.run(&["list", "--limit", "1"]);
    assert!(listed.err.contains("can no longer be read"), "{}", listed.err);
    let report = world.run(&["verify"]);
    assert_eq!(report.status, 6);
    assert!(
        report.out.contains("The working copy holds more") && !report.out.contains("only in a backup"),
        "{}",
        report.out
    );
    assert_eq!(world.run(&["verify", "--repair"]).status, 0);
    assert_eq!(exported(&world), all);
    fs::remove_dir_all(world.path("book").join("working")).unwrap();
    assert_eq!(exported(&world), all, "the journal alone tells all of it again");
    let report = world.json(&["verify"]);
    assert_eq!((&report["sound"], report["mended"].as_array().map(Vec::len)), (&true.into(), Some(1)), "{report}");
    assert_eq!(world.run(&["list", "--limit", "1"]).done().status, 0);
}

/// After a repair the damaged bytes stay in the journal, and for a while no backup could be made of such a book any more.
#[test]
fn a_book_whose_damage_was_made_good_can_be_backed_up_and_restored() {
    let (world, all) = logged();
    spoil(&journal(&world), |bytes| {
        let place = bytes.len() / 2;
        bytes[place] ^= 1;
    });
    let (file, again) = (world.path("safe.kehu"), world.path("again"));
    let (file, again) = (file.to_str().unwrap(), again.to_str().unwrap());
    assert_eq!(world.run(&["backup", file]).status, 6, "what is not made good is not called whole");
    assert_eq!(world.run(&["verify", "--repair"]).status, 0);
    let saved = world.json(&["backup", file]);
    assert_eq!((&saved["verified"], &saved["unreadable"]), (&true.into(), &1.into()), "{saved}");
    assert_eq!(world.json(&["verify", file])["sound"], true);
    assert_eq!(world.run(&["restore", file, "--as", again]).status, 0);
    let answer = world.run(&["export", "all", "--format", "json", "--book", again]);
    assert_eq!(answer.out.lines().count(), all.len());
    assert_eq!(world.run(&["verify", "--book", again]).status, 0);
}

#[test]
fn damage_in_the_middle_does_not_throw_away_a_copy_that_may_not_be_believed() {
    let (world, all) = logged();
    spoil(&journal(&world), |bytes| {
        let place = bytes.len() / 2;
        bytes[place] ^= 1;
    });
    fs::remove_file(world.path("book").join("mark")).unwrap();
    for _ in 0..2 {
        assert_eq!(exported(&world), all);
    }
    assert_eq!(world.run(&["verify", "--repair"]).status, 0);
    assert_eq!(exported(&world), all);
}

#[test]
fn a_folder_copied_while_it_was_written_is_made_again() {
    let (world, all) = logged();
    let copy = world.path("copy");
    copy_files(&world.path("book"), &copy);
    // As a copy made while the program wrote: its tree is of another moment than its journal.
    spoil(&copy.join("working").join("db"), |bytes| bytes.iter_mut().skip(4096).take(4096).for_each(|byte| *byte = 0));
    let answer = world.run(&["export", "all", "--format", "json", "--book", copy.to_str().unwrap()]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_eq!(answer.out.lines().count(), all.len());
    assert_eq!(world.run(&["verify", "--book", copy.to_str().unwrap()]).status, 0);
}

fn copy_files(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            copy_files(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn looking_at_a_book_writes_nothing_in_its_folder() {
    let (world, all) = logged();
    let before = listing(&world.path("book"));
    for command in [
        ["--read-only", "list"].as_slice(),
        &["--read-only", "verify"],
        &["--read-only", "export", "all", "--format", "json"],
    ] {
        assert_eq!(world.run(command).status, 0, "{command:?}");
    }
    assert_eq!(listing(&world.path("book")), before);
    assert_eq!(exported(&world), all);
}

/// Every file below `folder` with its bytes and the time of its last change.
fn listing(folder: &Path) -> Vec<(PathBuf, Vec<u8>, std::time::SystemTime)> {
    let mut files = Vec::new();
    let mut left = vec![folder.to_owned()];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let changed = fs::metadata(&path).unwrap().modified().unwrap();
            files.push((path.clone(), fs::read(&path).unwrap(), changed));
        }
    }
    files.sort();
    files
}

/// Bytes at the end of the journal that hold the last entry and a part of the one before it.
fn cut_two_entries(bytes: &mut Vec<u8>) {
    bytes.truncate(bytes.len() - 320);
}

/// A copy kept from an earlier doubt, since settled, was taken for the fullest, and the working copy that knew more thrown
/// away: a follow-up was gone with both.
#[test]
fn a_copy_kept_long_ago_is_not_taken_for_the_fullest() {
    let (world, _) = logged();
    let whole = fs::read(journal(&world)).unwrap();
    spoil(&journal(&world), cut_two_entries);
    fs::remove_file(world.path("book").join("mark")).unwrap();
    world.run(&["list", "--limit", "1"]);
    if kept(&world, "working.old-").is_empty() {
        let working = world.path("book").join("working");
        copy_files(&working, &world.path("book").join("working.old-10"));
    }
    fs::write(journal(&world), &whole).unwrap();
    let code = world.json(&["list", "--limit", "1"])[0]["code"].as_str().unwrap().to_owned();
    for text in ["call fourth", "call fifth"] {
        assert_eq!(world.run(&["log", &code, text]).status, 0);
    }
    let all = exported(&world);
    let end = fs::metadata(journal(&world)).unwrap().len() as usize;
    spoil(&journal(&world), |bytes| bytes[(whole.len() + end) / 2 - 80] ^= 1);
    assert_eq!(world.run(&["verify"]).status, 6);
    assert_eq!(world.run(&["verify", "--repair"]).status, 0);
    assert_eq!(exported(&world), all);
}

/// The history and every undo of a book made good again ended with "there is no entry".
#[test]
fn a_book_made_good_again_tells_its_history_and_takes_changes_back() {
    let (world, all) = logged();
    spoil(&journal(&world), |bytes| {
        let place = bytes.len() / 2;
        bytes[place] ^= 1;
    });
    assert_eq!(world.run(&["verify", "--repair"]).status, 0);
    world.run(&["history"]).done();
    let code = world.json(&["list", "--limit", "1"])[0]["code"].as_str().unwrap().to_owned();
    world.run(&["log", &code, "call again"]).done();
    world.run(&["undo"]).done();
    assert_eq!(exported(&world), all);
    for _ in 0..4 {
        let undone = world.run(&["undo"]);
        assert!(!undone.err.contains("there is no entry"), "{}", undone.err);
    }
    world.run(&["history"]).done();
}

/// A spoiled beginning of a journal file, whose entries are all whole, was said to be no damage, and no backup could be made.
#[test]
fn a_journal_file_whose_beginning_alone_is_spoiled_is_backed_up_with_all_its_entries() {
    let (world, all) = logged();
    spoil(&journal(&world), |bytes| bytes[20] ^= 1);
    assert_eq!(exported(&world), all);
    let (file, again) = (world.path("safe.kehu"), world.path("again"));
    world.run(&["backup", file.to_str().unwrap()]).done();
    world.run(&["restore", file.to_str().unwrap(), "--as", again.to_str().unwrap()]).done();
    let answer = world.run(&["export", "all", "--format", "json", "--book", again.to_str().unwrap()]);
    assert_eq!(answer.out.lines().count(), all.len());
}
