//! A book that is only looked at: held by another session, or on a medium that cannot be written.

use crate::crash::{act, open};
use crate::journal::world::{Memory, World};
use kehu::store::error::{ReadOnly, StoreError};
use kehu::store::{Options, Store};
use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

fn acts(store: &mut Store, seed: u64) -> Memory {
    let (mut world, mut memory) = (World::seeded(seed), Memory::default());
    for _ in 0..20 {
        act(store, &mut world, &mut memory, &mut |_, _| ()).unwrap();
    }
    memory
}

/// What is left by those who looked and are still looking.
fn looking() -> usize {
    let own = format!("kehu-look-{}-", std::process::id());
    let names = fs::read_dir(std::env::temp_dir()).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().starts_with(&own)).count()
}

#[test]
fn a_book_that_another_session_has_can_be_looked_at_and_nothing_of_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(folder.path(), Options::default());
    let memory = acts(&mut store, 3);
    let asked = Options { read_only: true, ..Options::default() };
    let refused = Store::open(folder.path(), asked.clone(), &mut |_| ());
    assert!(matches!(refused, Err(StoreError::Held { .. })));
    let (looked, opened) = open(folder.path(), Options { despite_held: true, ..asked });
    assert!(Memory::of(&looked) == memory);
    assert_eq!(opened.read_only_because, Some(ReadOnly::Asked));
    assert!(looking() > 0);
    looked.close().unwrap();
    assert_eq!(looking(), 0);
    assert!(Memory::of(&store) == memory);
    store.close().unwrap();
    let (store, opened) = open(folder.path(), Options::default());
    assert_eq!(opened.rebuilt, None);
    assert!(Memory::of(&store) == memory);
}

/// Gives everything to who may do less than the superuser, if that is who tests, and takes the right to write away.
fn close_off(path: &Path, owner: Option<u32>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            close_off(&entry.unwrap().path(), owner);
        }
    }
    if owner.is_some() {
        chown(path, owner, owner).unwrap();
    }
    let mode = if path.is_dir() { 0o500 } else { 0o400 };
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_book_on_a_medium_that_cannot_be_written_is_shown() {
    let home = tempfile::tempdir().unwrap();
    let (book, temporary) = (home.path().join("book"), home.path().join("tmp"));
    fs::create_dir(&temporary).unwrap();
    let program = home.path().join("kehu");
    fs::copy(env!("CARGO_BIN_EXE_kehu"), &program).unwrap();
    let kehu = |arguments: &[&str], owner: Option<u32>| {
        let mut command = Command::new(&program);
        command.args(arguments).arg("--book").arg(&book).env_clear().env("TMPDIR", &temporary).env("HOME", home.path());
        if let Some(owner) = owner {
            command.uid(owner).gid(owner);
        }
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(kehu(&["demo", "--customers", "30", "--into", &book.to_string_lossy()], None).0, Some(0));
    let owner = rustix::process::getuid().is_root().then_some(65_534);
    close_off(&book, owner);
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o777)).unwrap();
    fs::set_permissions(&temporary, fs::Permissions::from_mode(0o777)).unwrap();
    let (status, out, err) = kehu(&["--read-only", "list"], owner);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert_eq!(out.lines().filter(|line| line.starts_with('C')).count(), 30, "{out}");
    assert_eq!(kehu(&["list"], owner).0, Some(7));
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
    fs::set_permissions(&book, fs::Permissions::from_mode(0o700)).unwrap();
}
