//! Whatever stops the program or spoils its files: nothing that was acknowledged is lost.
#![allow(clippy::unwrap_used, reason = "a failure here is to stop everything")]

use crate::journal::world::{Memory, NOW, World};
use kehu::domain::id::Id;
use kehu::store::entry::{Cause, Durability};
use kehu::store::error::StoreError;
use kehu::store::{Options, Store};
use std::path::Path;

mod damage;
mod damage_run;
mod faulty;
mod killed;
mod looked_at;
mod power;

/// What the journal says the book holds, read entry by entry.
fn told_by_journal(store: &Store) -> Memory {
    let mut memory = Memory::default();
    for seq in 1..store.next_seq() {
        let head = store.head(seq).unwrap();
        store.changes_of(&head).unwrap().iter().for_each(|change| memory.apply(change));
    }
    memory
}

/// Writes one act, an entry or a group of them, and tells each entry that is surely saved.
fn act(
    store: &mut Store,
    world: &mut World,
    memory: &mut Memory,
    saved: &mut dyn FnMut(u64, Id),
) -> Result<(), StoreError> {
    let grouped = world.chance.below(4) == 0;
    let group = grouped.then(|| world.ids.next(NOW));
    let (mut unsure, mut after) = (Vec::new(), memory.clone());
    for _ in 0..if grouped { 1 + world.chance.below(5) } else { 1 } {
        let changes = world.changes(&after);
        let cause = if grouped { Cause::Import("a.csv".to_owned()) } else { Cause::Do };
        let draft = world.draft(cause, group, changes);
        let seq = store.append(&draft, if grouped { Durability::Later } else { Durability::Now })?;
        unsure.push((seq, draft.id));
        store.settle(seq, &draft.changes, &[])?;
        draft.changes.iter().for_each(|change| after.apply(change));
    }
    if grouped {
        let draft = world.draft(Cause::GroupEnd, group, Vec::new());
        let seq = store.append(&draft, Durability::Now)?;
        unsure.push((seq, draft.id));
        store.settle(seq, &[], &[])?;
    }
    unsure.into_iter().for_each(|(seq, id)| saved(seq, id));
    *memory = after;
    Ok(())
}

fn open(folder: &Path, options: Options) -> (Store, kehu::store::Opened) {
    Store::open(folder, options, &mut |_| ()).unwrap()
}
