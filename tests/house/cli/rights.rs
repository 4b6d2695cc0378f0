//! Books that were copied with other rights, that belong to somebody else, or whose drafts are damaged.

use crate::cli::world::{Answer, World};
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_book_copied_with_rights_for_others_is_closed_off_and_that_is_said() {
    let world = World::sample();
    allow(&world.path("book"), 0o755);
    allow(&world.path("book/journal/00000001.kj"), 0o644);
    let told = world.run(&["--read-only", "list"]);
    assert!(told.err.starts_with("Warning: others on this machine can read"), "{told:?}");
    let told = world.run(&["list"]);
    assert_eq!(told.status, 0);
    assert!(told.err.contains("now only you can"), "{told:?}");
    let mode = |name: &str| fs::metadata(world.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("book"), mode("book/journal/00000001.kj")), (0o700, 0o600));
    world.run(&["list"]).done();
}

#[test]
fn a_damaged_draft_is_told_and_kept() {
    let world = World::sample();
    let draft = world.path("book/drafts/0b0b0b0b-0b0b-8b0b-8b0b-0b0b0b0b0b0b");
    fs::create_dir_all(draft.parent().unwrap()).unwrap();
    allow(draft.parent().unwrap(), 0o700);
    fs::write(&draft, b"half of it").unwrap();
    allow(&draft, 0o600);
    let told = world.run(&["--lang", "zh", "list"]);
    assert!(told.err.contains("草稿已损坏") && told.err.contains(".damaged"), "{told:?}");
    assert_eq!(fs::read(draft.with_extension("damaged")).unwrap(), b"half of it");
    world.run(&["list"]).done();
}

/// Only the superuser can be another.
#[test]
fn a_book_of_another_user_is_said_to_be_that_and_not_to_be_missing() {
    if !rustix::process::getuid().is_root() {
        return;
    }
    let world = World::sample();
    let program = world.path("kehu");
    fs::copy(env!("CARGO_BIN_EXE_kehu"), &program).unwrap();
    allow(&world.path("."), 0o755);
    let asked = |mode: u32| {
        allow(&world.path("book"), mode);
        let mut command = std::process::Command::new(&program);
        command.args(["list", "--book"]).arg(world.path("book")).env_clear().env("LANG", "C.UTF-8");
        Answer::of(command.uid(65_534).gid(65_534).output().unwrap())
    };
    chown(world.path("book"), Some(65_533), None).unwrap();
    for mode in [0o700, 0o755] {
        let told = asked(mode).failed(7);
        assert!(told.err.contains("belongs to another user"), "{mode:o}: {told:?}");
    }
}
