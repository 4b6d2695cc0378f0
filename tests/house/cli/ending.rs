//! Exit statuses and errors that belong to no single command.

use crate::cli::world::World;
use kehu::desk::{Desk, Opening};
use kehu::domain::time::Moment;
use std::io::Read;

#[test]
fn a_book_held_by_another_session_ends_with_five_and_says_by_whom() {
    let world = World::of("名称\n甲\n");
    let opening = Opening {
        me: "me".into(),
        device: "here".into(),
        now: Moment::from_parts(1_790_000_000, 480),
        read_only: false,
        despite_damage: false,
        despite_lost_journal: false,
        seed: 1,
    };
    let (desk, _) = Desk::open(&world.path("book"), opening, &mut |_, _| {}).unwrap();
    for language in ["zh", "en"] {
        let told = world.run(&["list", "--lang", language]).failed(5).err;
        assert!(
            told.contains(&std::process::id().to_string())
                && ["Hint: ", "提示："].iter().any(|hint| told.contains(hint)),
            "{told}"
        );
    }
    desk.close().unwrap();
    world.run(&["list"]).done();
}

#[test]
fn a_damaged_book_is_named_and_not_written_to() {
    let world = World::of("名称\n甲\n");
    world.run(&["log", "甲", "电话 一"]).done();
    world.run(&["log", "甲", "电话 二"]).done();
    let journal = std::fs::read_dir(world.path("book/journal")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&journal).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    std::fs::write(&journal, bytes).unwrap();
    std::fs::remove_dir_all(world.path("book/working")).unwrap();
    let read = world.run(&["list"]);
    assert!(read.status == 0 && read.err.contains("Warning: "), "{read:?}");
    let written = world.run(&["log", "甲", "电话 三"]);
    assert_eq!(written.status, 6, "{written:?}");
    assert!(written.err.contains("Error: "), "{written:?}");
}

#[test]
fn a_book_that_is_not_there_is_not_made_by_looking() {
    let world = World::new();
    for command in
        [&["list"][..], &["find", "x"], &["show", "x"], &["undo"], &["due"], &["log", "x", "y"], &["history"]]
    {
        let told = world.run(command).failed(7).err;
        assert!(told.contains("kehu demo"), "{told}");
    }
    assert!(!world.path("book").exists());
    world.file("book", "a file where a folder should be");
    world.run(&["list"]).failed(7);
    world.file("a.csv", "名称\n甲\n");
    world.run(&["import", "a.csv"]).failed(7);
}

#[test]
fn wrong_usage_ends_with_two_and_names_what_was_meant() {
    let world = World::new();
    for (arguments, meant) in [
        (&["lst"][..], "list"),
        (&["list", "--colums", "x"], "--columns"),
        (&["list", "--limit", "many"], "many"),
        (&["import"], "FILE"),
        (&["import", "a.csv", "--kind", "custmers"], "customers"),
        (&["list", "--csv", "--json"], "--csv"),
        (&["demo", "--customers", "0"], "0"),
        (&["list", "--lang", "fr"], "fr"),
    ] {
        let told = world.run(arguments).failed(2).err;
        assert!(told.contains(meant) && told.contains("Hint: "), "{told}");
    }
    assert!(world.run(&["lst", "--lang", "zh"]).failed(2).err.contains("没有命令"));
}

#[test]
fn the_screen_is_refused_without_a_terminal() {
    let world = World::new();
    for arguments in [&[][..], &["demo"]] {
        let told = world.run(arguments).failed(2).err;
        assert!(told.contains("terminal") && told.contains("Hint: "), "{told}");
    }
    assert!(!world.path("book").exists());
}

#[test]
fn help_and_version_are_answers_in_both_languages() {
    let world = World::new();
    assert!(world.run(&["--help"]).done().out.contains("Options for every command"));
    let zh = world.run(&["import", "--help", "--lang", "zh"]).done().out;
    assert!(zh.contains("用法：kehu import") && zh.contains("通用选项") && !zh.contains("possible values"), "{zh}");
    assert!(world.run(&["--version"]).done().out.starts_with("kehu "));
}

#[test]
fn the_locale_chooses_the_language_and_the_option_wins() {
    let world = World::sample();
    let mut command = world.command(&["list", "--limit", "1"]);
    let out = command.env("LANG", "zh_CN.UTF-8").output().unwrap().stdout;
    assert!(String::from_utf8(out).unwrap().starts_with("编号"));
    let mut command = world.command(&["list", "--limit", "1", "--lang=en"]);
    let out = command.env("LANG", "zh_CN.UTF-8").output().unwrap().stdout;
    assert!(String::from_utf8(out).unwrap().starts_with("code"));
}

#[test]
fn a_reader_that_goes_away_ends_the_answer_quietly() {
    let world = World::new();
    let rows: String = (0..5_000).map(|number| format!("C{number},客户名称很长很长很长{number}\n")).collect();
    world.file("many.csv", format!("编号,名称\n{rows}"));
    world.run(&["import", "many.csv"]).done();
    for arguments in [&["list"][..], &["list", "--json"], &["list", "--csv"]] {
        let mut child = world.command(arguments).spawn().unwrap();
        let mut first = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()), "{arguments:?}");
    }
}

#[test]
fn a_full_disk_under_the_answer_is_an_error() {
    let world = World::sample();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = world.command(&["list", "--json"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(7));
}

#[test]
fn a_full_disk_under_the_answer_to_a_follow_up_says_that_it_is_saved() {
    let world = World::of("编号,名称\nC1,甲\n");
    for (language, saved) in [("en", "saved, but"), ("zh", "已保存，但")] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = world.command(&["log", "C1", "电话 好", "--lang", language]).stdout(full).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(7) && err.contains(saved), "{err}");
    }
    assert_eq!(world.json(&["show", "C1"])["follow_ups"].as_array().unwrap().len(), 2);
}

#[test]
fn errors_and_hints_are_said_in_the_language_of_the_rest() {
    let world = World::new();
    let zh = world.run(&["list", "--lang", "zh"]).failed(7).err;
    assert!(zh.starts_with("错误：") && zh.contains("\n提示："), "{zh}");
    let en = world.run(&["list", "--lang", "en"]).failed(7).err;
    assert!(en.starts_with("Error: ") && en.contains("\nHint: "), "{en}");
}
