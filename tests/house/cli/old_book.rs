//! A book of format 1 is worked on, checked, backed up and exported by the program as before.

use crate::cli::world::World;
use crate::journal::format_1;
use serde_json::Value;

/// A world whose book is the kept one of format 1.
fn world() -> World {
    let world = World::new();
    format_1::put_into(&world.path("book"));
    world
}

/// Everything of `old` is in `new`; what came since may stand beside it.
fn holds(new: &Value, old: &Value, at: &str) {
    match (new, old) {
        (Value::Object(new), Value::Object(old)) => {
            for (key, value) in old {
                let found = new.get(key).unwrap_or_else(|| panic!("{at}.{key} is gone"));
                holds(found, value, &format!("{at}.{key}"));
            }
        }
        (Value::Array(new), Value::Array(old)) => {
            assert_eq!(new.len(), old.len(), "{at}");
            new.iter().zip(old).enumerate().for_each(|(place, (new, old))| holds(new, old, &format!("{at}.{place}")));
        }
        _ => assert_eq!(new, old, "{at}"),
    }
}

#[test]
fn an_old_book_is_exported_as_it_was() {
    let world = world();
    let exported = world.run(&["export", "all", "--format", "json"]);
    assert_eq!(exported.status, 0, "{exported:?}");
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    holds(&read(&exported.out), &read(&format_1::exported()), "");
}

#[test]
fn an_old_book_is_checked_backed_up_worked_on_and_the_work_is_taken_back() {
    let world = world();
    assert_eq!(world.json(&["verify"])["sound"], true);
    world.run(&["backup", "before.kehu"]).done();
    let logged = world.run(&["log", "Z1", "电话 再谈一次 >周五 报价"]);
    assert_eq!(logged.status, 0);
    let kept = "book/backups/before-format-2.kehu";
    assert!(logged.err.contains("format 2") && logged.err.contains(kept), "{}", logged.err);
    let proven = world.json(&["verify", kept]);
    assert_eq!((&proven["sound"], &proven["entries"], &proven["format"]), (&true.into(), &25.into(), &1.into()));
    let history = world.run(&["history"]).out;
    assert!(history.starts_with("#26 ") && history.contains("再谈一次"), "{history}");
    world.run(&["undo"]).done();
    // What was done before the format changed can be taken back as well.
    assert_eq!(world.run(&["undo"]).status, 0);
    assert_eq!(world.json(&["verify"])["sound"], true);
    world.run(&["backup", "after.kehu"]).done();
    assert_eq!(world.json(&["verify", "after.kehu"])["sound"], true);
    let (from, to) = ("before.kehu", "restored");
    world.run(&["restore", from, "--as", to]).done();
    assert_eq!(world.json(&["--book", "restored", "verify"])["sound"], true);
}
