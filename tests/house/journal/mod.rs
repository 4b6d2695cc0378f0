//! What was written is there again: after reopening, after rebuilding, and after taking back.
#![allow(clippy::unwrap_used, reason = "a failure here is to stop everything")]

use kehu::domain::change::Change;
use kehu::domain::customer::Customer;
use kehu::domain::id::{Id, IdSource};
use kehu::domain::record::Record;
use kehu::domain::time::Moment;
use kehu::store::entry::{Cause, Draft, Durability, Target};
use kehu::store::{Opened, Options, Stale, Store};
use proptest::prelude::{ProptestConfig, any, proptest};
use std::path::Path;
use world::{Memory, NOW, World};

pub mod format_1;
pub mod golden;
pub mod world;

fn open(folder: &Path) -> (Store, Opened) {
    Store::open(folder, Options::default(), &mut |_| ()).unwrap()
}

/// Writes an entry and settles it as the desk does, piece by piece.
fn write(store: &mut Store, memory: &mut Memory, draft: &Draft, durability: Durability) -> u64 {
    let seq = store.append(draft, durability).unwrap();
    let parts = store.parts(&store.head(seq).unwrap()).unwrap();
    for part in parts {
        let changes = store.changes_of_part(part).unwrap();
        changes.iter().for_each(|change| memory.apply(change));
        assert_eq!(store.settle_part(seq, &changes, &[]).unwrap(), Stale::None);
    }
    assert_eq!(store.settle(seq, &[], &[]).unwrap(), Stale::None);
    seq
}

/// Some entries of every sort; answers with those that stand, oldest first.
fn some_entries(store: &mut Store, world: &mut World, memory: &mut Memory, count: u64) -> Vec<Target> {
    let mut standing = Vec::new();
    for _ in 0..count {
        match world.chance.below(8) {
            0 => {
                let group = world.ids.next(NOW);
                for _ in 0..=world.chance.below(3) {
                    let changes = world.changes(memory);
                    let draft = world.draft(Cause::Import("a.csv".into()), Some(group), changes);
                    write(store, memory, &draft, Durability::Later);
                }
                let draft = world.draft(Cause::GroupEnd, Some(group), Vec::new());
                write(store, memory, &draft, Durability::Now);
                standing.push(Target::Group(group));
            }
            1 if !standing.is_empty() => {
                let target = *standing.last().unwrap();
                let before = memory.clone();
                let undo = world.draft(Cause::Undo(target), None, Vec::new());
                let seq = write(store, memory, &undo, Durability::Later);
                let again = match world.chance.below(3) {
                    0 => Cause::Undo(Target::Entry(seq)),
                    1 => Cause::Redo(target),
                    _ => {
                        standing.pop();
                        continue;
                    }
                };
                let again = world.draft(again, None, Vec::new());
                write(store, memory, &again, Durability::Later);
                assert_eq!(*memory, before);
            }
            _ => {
                let changes = world.changes(memory);
                let draft = world.draft(Cause::Do, None, changes);
                standing.push(Target::Entry(write(store, memory, &draft, Durability::Later)));
            }
        }
    }
    standing
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_is_there_after_reopening_and_rebuilding_and_can_all_be_taken_back(seed in any::<u64>()) {
        let folder = tempfile::tempdir().unwrap();
        let (mut world, mut memory) = (World::seeded(seed), Memory::default());
        let (mut store, _) = open(folder.path());
        let mut standing = Vec::new();
        for round in 0..3 {
            standing.extend(some_entries(&mut store, &mut world, &mut memory, 12));
            assert_eq!(Memory::of(&store), memory);
            let histories = histories(&store);
            store.close().unwrap();
            if round == 1 {
                std::fs::remove_dir_all(folder.path().join("working")).unwrap();
            }
            let (again, opened) = open(folder.path());
            assert_eq!(opened.rebuilt.is_some(), round == 1);
            store = again;
            assert_eq!(Memory::of(&store), memory);
            assert_eq!(self::histories(&store), histories);
        }
        for target in standing.into_iter().rev() {
            let undo = world.draft(Cause::Undo(target), None, Vec::new());
            write(&mut store, &mut memory, &undo, Durability::Later);
        }
        assert_eq!(memory, Memory::default());
        assert_eq!(Memory::of(&store), memory);
        let heads: Vec<u64> = store.entries_back().map(|head| head.unwrap().seq).collect();
        assert_eq!(heads, (1..store.next_seq()).rev().collect::<Vec<u64>>());
    }
}

fn histories(store: &Store) -> Vec<(Id, Vec<u64>)> {
    let mut histories = Vec::new();
    store.scan(|dossier| histories.push((dossier.home(), dossier.history().to_vec()))).unwrap();
    histories
}

#[test]
fn a_customer_written_is_there_when_the_book_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut ids = IdSource::seeded(1);
    let now = Moment::from_parts(1_700_000_000, 480);
    let customer = Customer { id: ids.next(now), name: "客户".into(), ..Customer::default() };
    let change = Change::Born(Record::from(customer.clone()));
    {
        let (mut store, opened) = Store::open(folder.path(), Options::default(), &mut |_| ()).unwrap();
        assert!(opened.created);
        let draft = Draft {
            id: ids.next(now),
            at: now,
            by: "me".into(),
            group: None,
            cause: Cause::Do,
            changes: vec![change.clone()],
            ..Draft::default()
        };
        let seq = store.append(&draft, Durability::Now).unwrap();
        assert_eq!(seq, 1);
        store.settle(seq, &draft.changes, &[]).unwrap();
        assert_eq!(store.dossier(customer.id).unwrap().customer(), Some(customer.clone()));
    }
    for clean in [true, false] {
        if !clean {
            std::fs::remove_dir_all(folder.path().join("working")).unwrap();
        }
        let (store, opened) = Store::open(folder.path(), Options::default(), &mut |_| ()).unwrap();
        assert_eq!(opened.rebuilt.is_none(), clean, "{opened:?}");
        assert_eq!(store.dossier(customer.id).unwrap().customer(), Some(customer.clone()));
        assert_eq!(store.dossier(customer.id).unwrap().history(), [1]);
        let entry = store.entry(1).unwrap();
        assert_eq!(entry.changes, std::slice::from_ref(&change));
    }
    let (mut store, _) = Store::open(folder.path(), Options::default(), &mut |_| ()).unwrap();
    let undo = Draft {
        id: Id::BOOK,
        at: now,
        by: "me".into(),
        group: None,
        cause: Cause::Undo(Target::Entry(1)),
        ..Draft::default()
    };
    let seq = store.append(&undo, Durability::Now).unwrap();
    let changes = store.changes_of(&store.head(seq).unwrap()).unwrap();
    store.settle(seq, &changes, &[]).unwrap();
    assert!(store.dossier(customer.id).unwrap().is_empty());
}
