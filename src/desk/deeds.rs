//! What was done to the book, the latest first, an import as one, with whether it stands.

use crate::desk::Desk;
use crate::desk::history::Told;
use crate::desk::history::told_of;
use crate::store::entry::{Cause, Head, Target};
use crate::store::error::StoreError;
use std::collections::HashMap;

/// Something that was done.
#[derive(Clone, Debug)]
pub struct Deed {
    /// The entry, or the first of its group, with what it changed.
    pub told: Told,
    /// What taking it back is about; nothing where it cannot be taken back.
    pub target: Option<Target>,
    /// Whether it stands, and was not taken back since.
    pub stands: bool,
}

/// How far back one has looked.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    before: Option<u64>,
    fates: HashMap<Target, bool>,
}

/// At most so many deeds before those that `walk` has seen.
pub fn deeds(desk: &Desk, walk: &mut Walk, most: usize) -> Result<Vec<Deed>, StoreError> {
    let mut deeds = Vec::new();
    let mut before = walk.before.unwrap_or_else(|| desk.store.next_seq());
    while deeds.len() < most && before > 1 {
        before -= 1;
        let head = match desk.store.head(before) {
            Ok(head) => head,
            // What is lost was named when the book was opened.
            Err(StoreError::NoEntry(_) | StoreError::Damaged { .. }) => continue,
            Err(error) => return Err(error),
        };
        let head = first_of_group(desk, head)?;
        before = head.seq;
        deeds.push(deed(desk, head, walk)?);
    }
    walk.before = Some(before);
    Ok(deeds)
}

/// What a group began with; an entry of none as it is.
fn first_of_group(desk: &Desk, head: Head) -> Result<Head, StoreError> {
    let range = head.group.map(|group| desk.store.group_range(group)).transpose()?.flatten();
    match range {
        Some((first, _)) if first < head.seq => desk.store.head(first),
        _ => Ok(head),
    }
}

fn deed(desk: &Desk, head: Head, walk: &mut Walk) -> Result<Deed, StoreError> {
    match head.cause {
        Cause::Undo(target) => drop(walk.fates.entry(target).or_insert(false)),
        Cause::Redo(target) => drop(walk.fates.entry(target).or_insert(true)),
        _ => {}
    }
    let own = head.group.map_or(Target::Entry(head.seq), Target::Group);
    let can = matches!(head.cause, Cause::Do | Cause::Import(_) | Cause::Merge | Cause::Unmerge | Cause::Handover);
    let stands = walk.fates.get(&own).copied().unwrap_or(true);
    Ok(Deed { told: told_of(desk, head)?, target: can.then_some(own), stands })
}
