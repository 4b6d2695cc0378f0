//! The keeper of the floors is kept: on made-up trees it sees what is planted there, and nothing else.

use std::collections::BTreeSet;

use crate::floors::tree::{Sources, Tree, circles};
use crate::floors::{MOST_FILES, climbing, unlike};

fn sources(files: &[(&str, &str)]) -> Sources {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn circles_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let found = circles(&Tree::of(&sources(files)).arrows());
    found.into_iter().map(|circle| circle.into_iter().collect()).collect()
}

#[test]
fn two_files_that_take_from_each_other_are_a_circle_however_they_name_each_other() {
    for (first, second) in [
        ("use crate::room::b::B; pub struct A;", "use super::a::A; pub struct B;"),
        ("pub struct A; fn f() { super::b::g(); }", "pub fn g() { let _ = crate::room::a::A; }"),
        ("use super::b; pub struct A; fn f() { b::g(); }", "use crate::room::{a::{A}}; pub fn g() {}"),
        ("use crate::room::B; pub struct A;", "use crate::room::A; pub struct B;"),
    ] {
        let parent = "mod a; mod b; pub use a::A; pub use b::B;";
        let files = [("lib.rs", "mod room;"), ("room/mod.rs", parent), ("room/a.rs", first), ("room/b.rs", second)];
        assert_eq!(circles_of(&files), [["room/a.rs", "room/b.rs"]], "{first}");
    }
}

#[test]
fn a_folder_that_holds_the_type_and_calls_its_files_is_a_circle_and_one_that_only_declares_them_is_none() {
    let child = "use super::Whole; pub fn part(whole: &Whole) {}";
    let calls = "mod part; pub struct Whole; fn all(whole: &Whole) { part::part(whole); }";
    let holds = [("lib.rs", "mod room;"), ("room/mod.rs", calls), ("room/part.rs", child)];
    assert_eq!(circles_of(&holds), [["room/mod.rs", "room/part.rs"]]);
    let declares = [
        ("lib.rs", "mod room;"),
        ("room/mod.rs", "mod part; mod whole; pub use part::part; pub use whole::Whole;"),
        ("room/part.rs", child),
        ("room/whole.rs", "pub struct Whole;"),
    ];
    assert!(circles_of(&declares).is_empty());
}

#[test]
fn what_is_only_said_or_only_tested_is_no_arrow() {
    let below = r##"
        //! See crate::above::Above.
        pub struct Below;
        /* use crate::above::Above; */
        const SAID: &str = "crate::above::Above { \" }";
        const RAW: &str = r#"use crate::above::Above;"#;
        const SIGN: char = '"';
        fn keeps<'a>(text: &'a str) -> &'a str { text }
        #[cfg(test)]
        mod tests { use crate::above::Above; #[test] fn works() { crate::above::work(); } }
    "##;
    let files = [
        ("lib.rs", "mod above; mod below;"),
        ("above.rs", "use crate::below::Below; pub struct Above;"),
        ("below.rs", below),
    ];
    assert!(circles_of(&files).is_empty());
}

#[test]
fn an_arrow_up_inside_a_room_is_seen_and_one_down_is_right() {
    let low = "use crate::room::high::High; pub struct Low;";
    let files = [
        ("lib.rs", "mod room;"),
        ("room/mod.rs", "pub mod high; pub mod low;"),
        ("room/high.rs", "use crate::room::low::Low; pub struct High;"),
        ("room/low.rs", low),
    ];
    let found = climbing(&Tree::of(&sources(&files)).arrows(), "room", &[&["low"], &["high"]]);
    assert_eq!(found, BTreeSet::from(["room/low.rs takes from room/high.rs".to_owned()]));
}

#[test]
fn every_file_with_a_block_for_a_type_counts_whichever_way_it_names_it() {
    let own = "mod a; mod b; mod c; mod d; pub struct Wide<T>(T); impl<T: Fn() -> u8> Wide<T> { fn f() {} }";
    let files = [
        ("lib.rs", "mod room;"),
        ("room/mod.rs", own),
        ("room/a.rs", "use super::Wide; impl Wide<u8> {} fn g(x: impl Into<Wide<u8>>) {}"),
        ("room/b.rs", "impl From<u8> for crate::room::Wide<u8> {}"),
        ("room/c.rs", "use crate::room::Wide as Broad; impl<'a> Default for &'a Broad<u16> {}"),
        ("room/d.rs", "use crate::room::Wide; struct Own; impl<T> PartialEq<Wide<T>> for Own {} impl Wide<u32> {}"),
    ];
    let spread = Tree::of(&sources(&files)).spread();
    assert!(spread["room::Wide"].len() > MOST_FILES, "{spread:?}");
    assert_eq!(spread["room::d::Own"], BTreeSet::from(["room/d.rs".to_owned()]));
}

#[test]
fn the_list_of_what_stands_can_only_shrink() {
    let real = BTreeSet::from(["kept".to_owned(), "planted".to_owned()]);
    assert_eq!(unlike(real, &["gone", "kept"]), ["new: planted", "no more, take it off the list: gone"]);
}
