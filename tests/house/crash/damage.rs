//! Spoiled files: what can be made again is made again, what is lost is named.

use crate::crash::{act, open, told_by_journal};
use crate::journal::world::{Chance, Memory, World};
use kehu::domain::change::Change;
use kehu::domain::id::Id;
use kehu::domain::record::Record;
use kehu::store::entry::{Cause, Durability};
use kehu::store::error::{ReadOnly, StoreError};
use kehu::store::{Options, Rebuilt, RowWrite, Stale, Store};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A book of some acts, closed.
fn book(folder: &Path, acts: usize, seed: u64) -> Memory {
    let (mut store, _) = open(folder, Options::default());
    let (mut world, mut memory) = (World::seeded(seed), Memory::default());
    for _ in 0..acts {
        act(&mut store, &mut world, &mut memory, &mut |_, _| ()).unwrap();
    }
    store.close().unwrap();
    memory
}

fn journal(folder: &Path) -> PathBuf {
    folder.join("journal").join("00000001.kj")
}

fn spoil(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

/// What the book holds once it was proved and, where that found anything, made again: some of what is taken away from
/// under the tree it does not notice by itself.
fn held(folder: &Path) -> Memory {
    let (mut store, _) = open(folder, Options::default());
    if !store.verify(&mut |_| ()).is_ok_and(|report| report.is_sound()) {
        store.rebuild(&mut |_| ()).unwrap();
    }
    Memory::of(&store)
}

#[test]
fn a_working_copy_cut_off_or_with_a_page_of_zeros_gives_the_same_book() {
    let master = tempfile::tempdir().unwrap();
    let memory = book(master.path(), 120, 5);
    let mut chance = Chance::seeded(9);
    for round in 0..30 {
        let folder = tempfile::tempdir().unwrap();
        copy(master.path(), folder.path());
        // What is copied is made again once; from then on the copy is a book of its own.
        open(folder.path(), Options::default()).0.close().unwrap();
        spoil(&folder.path().join("working").join("db"), |bytes| {
            let place = chance.below(bytes.len() as u64) as usize;
            if round % 2 == 0 {
                bytes.truncate(bytes.len() - chance.below(4096) as usize);
            } else {
                bytes.iter_mut().skip(place / 4096 * 4096).take(4096).for_each(|byte| *byte = 0);
            }
        });
        assert!(held(folder.path()) == memory, "round {round}");
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn a_working_copy_missing_in_part_or_whole_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let memory = book(folder.path(), 30, 6);
    let working = folder.path().join("working");
    fs::write(working.join("snap.0000000000000000.generating"), b"half").unwrap();
    assert_eq!(held(folder.path()), memory);
    fs::write(working.join("conf"), b"nonsense").unwrap();
    assert_eq!(held(folder.path()), memory);
    fs::write(working.join("db"), b"").unwrap();
    assert_eq!(held(folder.path()), memory);
    fs::remove_file(folder.path().join("mark")).unwrap();
    let (store, opened) = open(folder.path(), Options::default());
    assert_eq!((opened.rebuilt, opened.stale), (Some(Rebuilt::NotClosed), Stale::All));
    assert_eq!(Memory::of(&store), memory);
}

#[test]
fn rows_stay_stale_until_it_is_said_that_they_are_fresh() {
    let folder = tempfile::tempdir().unwrap();
    book(folder.path(), 5, 7);
    fs::remove_dir_all(folder.path().join("working")).unwrap();
    for _ in 0..2 {
        assert_eq!(open(folder.path(), Options::default()).1.stale, Stale::All);
    }
    let (mut store, _) = open(folder.path(), Options::default());
    let rows = [RowWrite { block: 1, bytes: Some(vec![1, 2]) }, RowWrite { block: 0, bytes: Some(vec![3]) }];
    store.write_rows(&rows).unwrap();
    store.rows_are_fresh().unwrap();
    drop(store);
    let (store, opened) = open(folder.path(), Options::default());
    assert_eq!(opened.stale, Stale::None);
    assert_eq!(store.rows().unwrap().map(Result::unwrap).collect::<Vec<_>>(), [(0, vec![3]), (1, vec![1, 2])]);
}

#[test]
fn a_compacted_working_copy_holds_what_it_held() {
    let folder = tempfile::tempdir().unwrap();
    let memory = book(folder.path(), 40, 17);
    let (mut store, _) = open(folder.path(), Options::default());
    let before = store.sizes().working;
    assert_eq!(store.is_swollen(), Ok(false));
    store.compact(&mut |_| ()).unwrap();
    // The tree grows by whole segments and writes its snapshot in its own time: one segment more or less says nothing.
    const SEGMENT: u64 = 512 * 1024;
    assert!(store.sizes().working <= before + SEGMENT);
    assert!(store.verify(&mut |_| ()).unwrap().is_sound());
    drop(store);
    let (store, opened) = open(folder.path(), Options::default());
    assert_eq!((opened.rebuilt, opened.stale), (None, Stale::None));
    assert_eq!(Memory::of(&store), memory);
}

#[test]
fn an_unfinished_last_entry_is_cut_off_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let memory = book(folder.path(), 8, 8);
    spoil(&journal(folder.path()), |bytes| bytes.extend([9; 100]));
    let read_only = Options { read_only: true, ..Options::default() };
    let (store, opened) = open(folder.path(), read_only);
    assert_eq!(opened.torn.map(|torn| torn.bytes), Some(100));
    assert_eq!(opened.read_only_because, Some(ReadOnly::Asked));
    drop(store);
    let (store, opened) = open(folder.path(), Options::default());
    assert_eq!(opened.torn.map(|torn| torn.bytes), Some(100));
    assert_eq!(Memory::of(&store), memory);
    drop(store);
    assert_eq!(open(folder.path(), Options::default()).1.torn, None);
}

#[test]
fn an_entry_damaged_in_the_middle_is_named_and_the_book_may_only_be_read() {
    let folder = tempfile::tempdir().unwrap();
    book(folder.path(), 30, 9);
    spoil(&journal(folder.path()), |bytes| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    });
    fs::remove_dir_all(folder.path().join("working")).unwrap();
    let mut world = World::seeded(10);
    for _ in 0..2 {
        let (mut store, opened) = open(folder.path(), Options::default());
        assert_eq!(opened.damages.len(), 1);
        assert_eq!(opened.damages[0].first, opened.damages[0].last);
        assert_eq!(opened.read_only_because, Some(ReadOnly::Damaged));
        let draft = world.draft(Cause::Do, None, Vec::new());
        assert_eq!(store.append(&draft, Durability::Now), Err(StoreError::ReadOnly(ReadOnly::Damaged)));
        assert_eq!(store.entry(opened.damages[0].first), Err(StoreError::NoEntry(opened.damages[0].first)));
    }
    let (mut store, opened) = open(folder.path(), Options { despite_damage: true, ..Options::default() });
    assert_eq!((opened.damages.len(), opened.read_only_because), (1, None));
    let draft = world.draft(Cause::Do, None, Vec::new());
    assert!(store.append(&draft, Durability::Now).is_ok());
}

#[test]
fn a_journal_behind_its_working_copy_is_only_read() {
    let folder = tempfile::tempdir().unwrap();
    let memory = book(folder.path(), 20, 11);
    spoil(&journal(folder.path()), |bytes| bytes.truncate(bytes.len() / 2));
    let (store, opened) = open(folder.path(), Options::default());
    assert!(matches!(opened.read_only_because, Some(ReadOnly::Ahead { working, journal }) if journal < working));
    assert_eq!(Memory::of(&store), memory);
}

#[test]
fn a_journal_of_another_book_is_noticed() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    book(one.path(), 10, 12);
    let memory = book(other.path(), 20, 13);
    fs::copy(journal(other.path()), journal(one.path())).unwrap();
    let (store, opened) = open(one.path(), Options::default());
    assert_eq!(opened.rebuilt, Some(Rebuilt::Different));
    let report = store.verify(&mut |_| ()).unwrap();
    assert!(report.is_sound() && report.records == memory.records.len() as u64, "{report:?}");
    assert_eq!(Memory::of(&store), memory);
    assert_eq!(told_by_journal(&store), memory);
}

#[test]
fn an_entry_settled_out_of_turn_brings_the_working_copy_up_from_the_journal() {
    let folder = tempfile::tempdir().unwrap();
    let mut memory = book(folder.path(), 4, 15);
    let (mut store, _) = open(folder.path(), Options::default());
    let mut world = World::seeded(16);
    let mut last = (0, Vec::new());
    for _ in 0..2 {
        let changes = world.changes(&memory);
        let draft = world.draft(Cause::Do, None, changes);
        draft.changes.iter().for_each(|change| memory.apply(change));
        last = (store.append(&draft, Durability::Now).unwrap(), draft.changes);
    }
    assert!(!store.verify(&mut |_| ()).unwrap().is_sound());
    let stale = store.settle(last.0, &last.1, &[]).unwrap();
    assert!(matches!(stale, Stale::Homes(homes) if last.1.iter().all(|change| homes.contains(&change.home_after()))));
    assert_eq!(Memory::of(&store), memory);
    assert_eq!(store.settled(), last.0);
    assert!(store.verify(&mut |_| ()).unwrap().is_sound());
}

#[test]
fn a_book_written_by_a_newer_program_is_left_alone() {
    use kehu::store::codec::{FORMAT, noted, put_number, write_file};
    let folder = tempfile::tempdir().unwrap();
    let memory = book(folder.path(), 3, 18);
    let note = |number: u32| {
        let mut body = Vec::new();
        put_number(u64::from(number), &mut body);
        fs::write(folder.path().join("format"), write_file(&body)).unwrap();
    };
    note(noted(FORMAT + 1));
    let refused = Store::open(folder.path(), Options::default(), &mut |_| ()).map(drop);
    assert!(matches!(refused, Err(StoreError::NewerFormat { found, known, .. }) if found == known + 1));
    note(61);
    assert_eq!(held(folder.path()), memory);
}

#[test]
fn an_erased_home_is_in_no_file_any_more_and_all_else_is_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut memory = book(folder.path(), 60, 19);
    let options = || Options { segment_limit: 4_000, ..Options::default() };
    let (mut store, _) = open(folder.path(), options());
    let mut world = World::seeded(20);
    let secret = kehu::domain::customer::Customer {
        id: world.ids.next(crate::journal::world::NOW),
        name: "very secret name".to_owned(),
        ..Default::default()
    };
    let born = Change::Born(secret.clone().into());
    // One record is given to another customer since, and is that one's.
    let other = Some(world.ids.next(crate::journal::world::NOW));
    let deal = kehu::domain::deal::Deal {
        id: world.ids.next(crate::journal::world::NOW),
        customer: Some(secret.id),
        ..Default::default()
    };
    let moved = kehu::domain::deal::Deal { customer: other, ..deal.clone() };
    let moves = Record::from(deal.clone()).changes_to(&Record::from(moved.clone()));
    let given: Vec<Change> = [vec![Change::Born(deal.into())], moves].concat();
    let draft = world.draft(Cause::Do, None, given);
    let seq = store.append(&draft, Durability::Now).unwrap();
    store.settle(seq, &draft.changes, &[]).unwrap();
    draft.changes.iter().for_each(|change| memory.apply(change));
    let draft = world.draft(Cause::Do, None, vec![born.clone()]);
    let seq = store.append(&draft, Durability::Now).unwrap();
    store.settle(seq, &draft.changes, &[]).unwrap();
    memory.apply(&born);
    for _ in 0..10 {
        act(&mut store, &mut world, &mut memory, &mut |_, _| ()).unwrap();
    }
    let entries = store.next_seq();
    // What was put with it since, by chance, goes with it.
    let changes = |seq: u64| store.entry(seq).map(|entry| entry.changes).unwrap_or_default();
    let there = |change: &Change| [change.home(), change.home_after()].contains(&secret.id);
    let elsewhere = |id: &Id| memory.records.get(id).is_some_and(|record| record.home() != secret.id);
    let touched = (0..entries).flat_map(changes).filter(there).map(|change| change.id());
    let gone: BTreeSet<Id> = touched.filter(|id| !elsewhere(id)).collect();
    let tells = |seq: &u64| changes(*seq).iter().any(|change| gone.contains(&change.id()));
    let telling = (0..entries).filter(tells).count() as u64;
    assert_eq!(store.erase(secret.id, &mut |_| ()), Ok(telling));
    memory.records.retain(|id, _| !gone.contains(id));
    assert_eq!(Memory::of(&store), memory);
    assert_eq!((store.next_seq(), store.entry(seq).unwrap().changes), (entries, Vec::new()));
    act(&mut store, &mut world, &mut memory, &mut |_, _| ()).unwrap();
    assert!(store.verify(&mut |_| ()).unwrap().is_sound());
    drop(store);
    let mut left = vec![folder.path().to_owned()];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let bytes = fs::read(&path).unwrap();
            assert!(!bytes.windows(11).any(|piece| piece == b"secret name"), "{}", path.display());
        }
    }
    let (store, opened) = open(folder.path(), options());
    assert_eq!((opened.rebuilt, opened.stale), (None, Stale::All));
    assert_eq!(Memory::of(&store), memory);
}

#[test]
fn a_book_that_is_not_there_is_not_made_by_reading_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none");
    let options = Options { read_only: true, ..Options::default() };
    assert!(matches!(Store::open(&path, options, &mut |_| ()), Err(StoreError::Missing(_))));
    assert!(!path.exists());
}

#[test]
fn drafts_and_sidecars_are_kept_and_a_spoiled_one_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = open(folder.path(), Options::default());
    assert_eq!(store.drafts(), Ok(Vec::new()));
    store.save_draft("张伟", "明天".as_bytes()).unwrap();
    store.save_draft("张伟", "后天".as_bytes()).unwrap();
    store.put_sidecar("facts", &[7; 5000]).unwrap();
    drop(store);
    let (store, _) = open(folder.path(), Options::default());
    assert_eq!(store.drafts(), Ok(vec![("张伟".to_owned(), "后天".as_bytes().to_vec())]));
    assert_eq!(store.sidecar("facts", |bytes| Some(bytes.to_vec())), Some(vec![7; 5000]));
    assert_eq!(store.sidecar("other", |bytes| Some(bytes.len())), None);
    let side = fs::read_dir(folder.path().join("sidecars")).unwrap().next().unwrap().unwrap().path();
    spoil(&side, |bytes| bytes[300] ^= 8);
    assert_eq!(store.sidecar("facts", |bytes| Some(bytes.to_vec())), None);
    store.remove_draft("张伟").unwrap();
    store.remove_draft("张伟").unwrap();
    assert_eq!(store.drafts(), Ok(Vec::new()));
}

#[test]
fn only_the_owner_can_read_the_book() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book");
    book(&path, 3, 14);
    let mut left = vec![path];
    while let Some(path) = left.pop() {
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
        if path.is_dir() {
            left.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
}

#[test]
fn a_session_whose_lock_did_not_keep_another_out_writes_nothing_over_its_entries() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = open(folder.path(), Options::default());
    let (mut world, mut memory) = (World::seeded(21), Memory::default());
    act(&mut store, &mut world, &mut memory, &mut |_, _| ()).unwrap();
    // As where a lock does not reach: the file is another one for the other session, the journal is the same.
    fs::remove_file(folder.path().join("lock")).unwrap();
    let draft = |world: &mut World| world.draft(Cause::Do, None, Vec::new());
    let other = tempfile::tempdir().unwrap();
    copy(folder.path(), other.path());
    let (mut second, _) = open(other.path(), Options::default());
    let theirs = draft(&mut world);
    second.append(&theirs, Durability::Now).unwrap();
    drop(second);
    fs::copy(journal(other.path()), journal(folder.path())).unwrap();
    let before = fs::read(journal(folder.path())).unwrap();
    let ours = draft(&mut world);
    assert!(matches!(store.append(&ours, Durability::Now), Err(StoreError::Foreign { .. })));
    assert_eq!(fs::read(journal(folder.path())).unwrap(), before);
}

#[test]
fn a_machine_that_left_the_book_open_is_named() {
    let folder = tempfile::tempdir().unwrap();
    book(folder.path(), 3, 22);
    let lock = folder.path().join("lock");
    fs::write(&lock, "4711\nelsewhere\n2026-11-18 09:00\n").unwrap();
    let (store, opened) = open(folder.path(), Options::default());
    assert_eq!(opened.left_open, None, "it was closed there");
    std::mem::forget(store.snapshot());
    // Killed: neither the note nor the lock says that it ended.
    std::mem::forget(store);
    fs::remove_file(&lock).unwrap();
    fs::write(&lock, "4711\nelsewhere\n2026-11-18 09:00\n").unwrap();
    let copied = tempfile::tempdir().unwrap();
    copy(folder.path(), copied.path());
    let (_, opened) = open(copied.path(), Options::default());
    assert_eq!(opened.left_open, Some(("elsewhere".to_owned(), "2026-11-18 09:00".to_owned())));
}

#[test]
fn a_check_reads_only_what_is_not_proven_and_finds_what_was_changed_since() {
    use kehu::store::check::Measure;
    use std::sync::atomic::AtomicBool;
    let folder = tempfile::tempdir().unwrap();
    let short = || Options { segment_limit: 2_000, ..Options::default() };
    let (mut store, _) = open(folder.path(), short());
    let (mut world, mut memory) = (World::seeded(23), Memory::default());
    for _ in 0..40 {
        act(&mut store, &mut world, &mut memory, &mut |_, _| ()).unwrap();
    }
    let stop = AtomicBool::new(false);
    let measure = |most| Measure { most, rest: std::time::Duration::ZERO };
    let files = || fs::read_dir(folder.path().join("journal")).unwrap().count() as u64;
    assert!(files() > 3);
    assert_eq!(store.check().run(measure(u64::MAX), &stop), Ok(Vec::new()));
    let first = journal(folder.path());
    let length = fs::metadata(&first).unwrap().len();
    spoil(&first, |bytes| {
        let place = bytes.len() / 2;
        bytes[place] ^= 1;
    });
    // No more room than for the one file that is another now: the others are proven.
    let found = store.check().run(measure(length), &stop).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].path, first);
    assert_eq!(store.check().run(measure(length - 1), &stop), Ok(Vec::new()), "it is too long for this measure");
}
