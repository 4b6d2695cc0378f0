//! Rough input: no panic, a status that fits, and no row lost in silence.

use crate::cli::world::World;

#[test]
fn what_cannot_be_a_table_is_refused_with_a_fitting_status() {
    let world = World::new();
    std::fs::create_dir(world.path("folder")).unwrap();
    world.file("empty.csv", "");
    world.file("binary.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\x01\x02\0\0");
    world.file("zip.xlsx", b"PK\x03\x04abc");
    world.file("open.csv", "名称,备注\n甲,\"不关\n");
    for (file, status) in
        [("nothing.csv", 7), ("folder", 2), ("empty.csv", 2), ("binary.csv", 2), ("zip.xlsx", 2), ("open.csv", 2)]
    {
        for language in ["zh", "en"] {
            let told = world.run(&["import", file, "--lang", language]).failed(status);
            assert!(
                ["Hint: ", "提示："].iter().any(|hint| told.err.contains(hint)) && told.err.contains(file),
                "{told:?}"
            );
        }
    }
    assert!(!world.path("book").exists());
}

#[test]
fn a_line_of_fifty_megabytes_is_refused_and_not_held() {
    let world = World::new();
    let long = [b"name,note\nA,".as_slice(), &vec![b'x'; 50 << 20]].concat();
    world.file("long.csv", long);
    assert!(world.run(&["import", "long.csv"]).failed(2).err.contains("line 2"));
}

#[test]
fn a_header_without_rows_brings_nothing_and_is_no_error() {
    let world = World::new();
    world.file("header.csv", "编号,名称,电话\n");
    assert_eq!(world.json(&["import", "header.csv"])["created"]["customers"], 0);
    assert_eq!(world.json(&["list"]), serde_json::json!([]));
}

#[test]
fn a_doubled_heading_is_told_and_the_first_is_read() {
    let world = World::new();
    world.file("double.csv", "名称,电话,电话\n甲,1111111,2222222\n");
    let answer = world.run(&["import", "double.csv", "--json"]);
    assert_eq!(answer.status, 1, "{answer:?}");
    assert_eq!(world.json(&["list"])[0]["phone"], "1111111");
}

#[test]
fn nothing_in_a_book_can_command_the_terminal() {
    let world = World::new();
    world.file("signs.csv", "编号,名称,备注\nC1,\"甲\u{1b}[2J\u{7}乙\",\"a\u{0}b\"\n");
    let _ = world.run(&["import", "signs.csv"]);
    world.file("signs.csv", "编号,名称\nC1,\"甲\u{1b}[2J\u{7}乙\"\n");
    let _ = world.run(&["import", "signs.csv"]);
    for command in [&["list"][..], &["show", "C1"], &["find", "甲"], &["history"]] {
        let out = world.run(command).out;
        assert!(out.chars().all(|c| c == '\n' || !c.is_control()), "{command:?}: {out:?}");
    }
}

#[test]
fn strange_queries_find_nothing_and_break_nothing() {
    let world = World::sample();
    let long = "长".repeat(20_000);
    for query in ["", " ", "%", "\u{200d}", "((", "\\", "'; drop", "👩‍👩‍👧", long.as_str()] {
        for command in ["find", "show"] {
            let answer = world.run(&[command, "--", query]);
            assert!([0, 2, 3, 4].contains(&answer.status), "{command} {query:.20}: {}", answer.status);
        }
    }
}
