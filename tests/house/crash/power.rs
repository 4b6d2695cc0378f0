//! Power cuts and refusing disks, played on a disk in memory.

use crate::crash::faulty::{FaultyDisk, Refuse};
use crate::crash::{act, open, told_by_journal};
use crate::journal::world::{Chance, Memory, NOW, World};
use kehu::domain::id::Id;
use kehu::domain::record::Record;
use kehu::store::entry::{Cause, Durability};
use kehu::store::error::{ReadOnly, StoreError};
use kehu::store::{Options, Store};
use std::path::Path;
use std::sync::Arc;

fn options(disk: &FaultyDisk, boot: u64) -> Options {
    // Short journal files, so that new ones are begun often.
    Options {
        disk: Arc::new(disk.clone()),
        boot: Some(format!("boot {boot}")),
        segment_limit: 3_000,
        ..Options::default()
    }
}

#[test]
fn a_power_cut_at_random_has_lost_nothing_that_was_acknowledged() {
    for seed in 0..25 {
        let folder = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::default();
        let (mut world, mut chance) = (World::seeded(seed), Chance::seeded(seed));
        let mut acknowledged: Vec<(u64, Id)> = Vec::new();
        for boot in 0..4 {
            let (mut store, opened) = open(folder.path(), options(&disk, boot));
            assert_eq!((opened.damages.as_slice(), opened.read_only_because), ([].as_slice(), None), "seed {seed}");
            for (seq, id) in &acknowledged {
                assert_eq!(store.head(*seq).map(|head| head.id), Ok(*id), "seed {seed}: entry {seq}");
            }
            let mut memory = Memory::of(&store);
            assert_eq!(memory, told_by_journal(&store), "seed {seed}");
            let last = disk.calls() + chance.below(150) as usize;
            while disk.calls() < last {
                act(&mut store, &mut world, &mut memory, &mut |seq, id| acknowledged.push((seq, id))).unwrap();
            }
            disk.refuse(Refuse::FullFrom(disk.calls() + chance.below(12) as usize));
            let _ = act(&mut store, &mut world, &mut memory, &mut |seq, id| acknowledged.push((seq, id)));
            disk.refuse(Refuse::All);
            drop(store);
            let often = 1 + chance.below(9);
            disk.power_back(|| chance.below(10) < often);
        }
    }
}

/// A few acts on a disk that refuses; then the same book on a disk that does not.
fn refused(refuse: Refuse) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::default();
    let mut world = World::seeded(3);
    disk.refuse(refuse);
    let mut acknowledged = Vec::new();
    let unsure = acts(folder.path(), &disk, &mut world, &mut acknowledged);
    let was_reached = match refuse {
        Refuse::Call(number) | Refuse::FullFrom(number) => disk.calls() >= number,
        Refuse::None | Refuse::All => true,
    };
    disk.refuse(Refuse::None);
    let (store, opened) = open(folder.path(), options(&disk, 0));
    assert!(opened.damages.is_empty() && opened.read_only_because.is_none(), "{refuse:?}: {opened:?}");
    for (seq, id) in &acknowledged {
        assert_eq!(store.head(*seq).map(|head| head.id), Ok(*id), "{refuse:?}: entry {seq}");
    }
    // Besides what was acknowledged there is only a group without an end, and what takes it back.
    let mut rest = store.entries_back().map(Result::unwrap).filter(|head| !acknowledged.contains(&(head.seq, head.id)));
    let undone = |group: Option<Id>| group.is_some_and(|group| opened.undone_groups.contains(&group));
    assert!(unsure || rest.all(|head| head.by == "王芳" && (undone(head.group) || head.group.is_none())), "{refuse:?}");
    assert_eq!(Memory::of(&store), told_by_journal(&store), "{refuse:?}");
    was_reached
}

/// Whether it is unsure what was saved.
fn acts(folder: &Path, disk: &FaultyDisk, world: &mut World, acknowledged: &mut Vec<(u64, Id)>) -> bool {
    let Ok((mut store, _)) = Store::open(folder, options(disk, 0), &mut |_| ()) else { return false };
    let mut memory = Memory::of(&store);
    for _ in 0..6 {
        match act(&mut store, world, &mut memory, &mut |seq, id| acknowledged.push((seq, id))) {
            Ok(()) => assert_eq!(Memory::of(&store), memory),
            Err(StoreError::Unsure { .. }) => return true,
            // A group broken off is there until the book is opened again.
            Err(StoreError::Disk { .. }) => memory = Memory::of(&store),
            Err(error) => panic!("{error}"),
        }
        let _ = store.save_draft("follow-up", b"typed");
    }
    let _ = store.close();
    false
}

#[test]
fn each_call_of_the_disk_refused_in_turn_leaves_what_was_or_what_was_asked() {
    let mut number = 1;
    while refused(Refuse::Call(number)) {
        number += 1;
    }
    assert!(number > 60, "{number}");
}

#[test]
fn a_disk_that_fills_up_at_any_moment_leaves_the_book_whole() {
    let mut number = 1;
    while refused(Refuse::FullFrom(number)) {
        number += 3;
    }
    assert!(number > 60, "{number}");
}

#[test]
fn a_group_cut_off_anywhere_is_undone_and_never_taken_for_damage() {
    let mut undone = 0;
    for (refused, keep) in (0..18).flat_map(|refused| [1, 2, 3].map(|keep| (refused, keep))) {
        let folder = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::default();
        let (mut world, mut chance) = (World::seeded(1), Chance::seeded(refused * 3 + keep));
        let (mut store, _) = open(folder.path(), options(&disk, 0));
        let before = store.next_seq();
        disk.refuse(Refuse::FullFrom(disk.calls() + refused as usize));
        let group = world.ids.next(NOW);
        let mut whole = true;
        for number in 0..4 {
            let mut changes = world.changes(&Memory::default());
            changes.truncate(1);
            let cause = if number == 3 { Cause::GroupEnd } else { Cause::Import("a.csv".to_owned()) };
            let draft = world.draft(cause, Some(group), if number == 3 { Vec::new() } else { changes });
            let durability = if number == 3 { Durability::Now } else { Durability::Later };
            let appended = store.append(&draft, durability);
            whole = whole && appended.is_ok();
            if let Ok(seq) = appended {
                store.settle(seq, &draft.changes, &[]).unwrap();
            }
        }
        disk.refuse(Refuse::All);
        drop(store);
        disk.power_back(|| chance.below(4) < keep);
        let (store, opened) = open(folder.path(), options(&disk, 1));
        assert_eq!((opened.damages.len(), opened.read_only_because), (0, None), "{refused} {keep}");
        assert!(!whole || store.next_seq() == before + 4);
        undone += opened.undone_groups.len();
        assert_eq!(Memory::of(&store), told_by_journal(&store));
        assert!(store.verify(&mut |_| ()).unwrap().is_sound());
    }
    assert!(undone > 3, "{undone}");
}

#[test]
fn an_erasing_that_the_disk_refuses_anywhere_can_be_repeated() {
    for number in 1.. {
        let folder = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::default();
        let (mut world, mut memory) = (World::seeded(4), Memory::default());
        let (mut store, _) = open(folder.path(), options(&disk, 0));
        (0..12).for_each(|_| act(&mut store, &mut world, &mut memory, &mut |_, _| ()).unwrap());
        let home = memory.records.values().map(Record::home).find(|home| *home != Id::BOOK).unwrap();
        let entries = store.next_seq();
        let calls = disk.calls();
        disk.refuse(Refuse::Call(calls + number));
        let erased = store.erase(home, &mut |_| ());
        let was_reached = disk.calls() >= calls + number;
        if erased.is_err() {
            let draft = world.draft(Cause::Do, None, Vec::new());
            let appended = store.append(&draft, Durability::Now);
            // Refused before anything was done, or half way.
            assert!(appended.is_ok() || matches!(appended, Err(StoreError::ReadOnly(ReadOnly::HalfErased))));
            assert!(store.next_seq() >= entries);
        }
        drop(store);
        disk.refuse(Refuse::None);
        let (mut store, opened) = open(folder.path(), options(&disk, 0));
        assert_eq!((opened.damages.len(), opened.read_only_because), (0, None), "{number}");
        assert_eq!(Memory::of(&store), told_by_journal(&store), "{number}");
        store.erase(home, &mut |_| ()).unwrap();
        assert!(store.dossier(home).unwrap().is_empty() && store.next_seq() >= entries);
        memory.records.retain(|_, record| record.home() != home);
        assert_eq!(Memory::of(&store), memory, "{number}");
        if !was_reached {
            return;
        }
    }
}
