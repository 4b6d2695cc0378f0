//! Brings the working copy up to the journal: each entry's steps again, many entries in one batch.

use crate::domain::id::Id;
use crate::store::codec::Fault;
use crate::store::codec::entry::{Step, open_entry};
use crate::store::codec::index::{
    BLOCK, Gap, Place, read_numbers, read_places, write_numbers, write_places, write_progressed,
};
use crate::store::entry::{Cause, Head, Part, Target};
use crate::store::error::StoreError;
use crate::store::journal::{End, Frame, fault_at, segment_name, segment_of};
use crate::store::scan::{Damage, Found, Scan, Torn};
use crate::store::tree::{PROGRESSED, Worn, group_key, places_key};
use crate::store::working::Working;
use crate::store::{Progress, Store, worn};
use sled::Batch;
use std::collections::HashSet;

/// About how many bytes of dossiers are brought up to date before they are written.
const ENOUGH: usize = 2 * 1024 * 1024;
/// More touched homes than these are taken for all.
const MANY: usize = 10_000;

/// What the replay came upon.
#[derive(Default)]
pub struct Replayed {
    /// Where the journal ends.
    pub end: End,
    /// An unfinished end.
    pub torn: Option<Torn>,
    /// Lost entries that nothing made good.
    pub damages: Vec<Damage>,
    /// Lost entries that a salvage made good as far as a working copy held them.
    pub mended: Vec<Damage>,
    /// Journal files that were begun behind another entry than the one before them.
    pub unlinked: Vec<u32>,
    /// Homes touched; `None` for too many to be named.
    pub homes: Option<HashSet<Id>>,
    /// An entry of a newer version, at which it stopped.
    pub newer: Option<(u32, u32)>,
}

/// Notes of entry `head` to which group it belongs and whether that group has its end.
pub fn note_group(store: &mut Store, head: &Head) -> Result<(), Worn> {
    let open = &mut store.progressed.open_groups;
    if let Cause::Undo(Target::Group(group)) = head.cause {
        open.retain(|(open, _)| *open != group);
    }
    let Some(group) = head.group else { return Ok(()) };
    match head.cause {
        Cause::GroupEnd => open.retain(|(open, _)| *open != group),
        Cause::Undo(_) | Cause::Redo(_) => return Ok(()),
        _ if open.iter().any(|(open, _)| *open == group) => {}
        _ => open.push((group, head.seq)),
    }
    let (first, _) = group_range(store, group)?.unwrap_or((head.seq, head.seq));
    store.groups.insert(group, (first.min(head.seq), head.seq));
    Ok(())
}

/// A group's first and last entry.
pub fn group_range(store: &Store, group: Id) -> Result<Option<(u64, u64)>, Worn> {
    if let Some(range) = store.groups.get(&group) {
        return Ok(Some(*range));
    }
    let Some(tree) = store.tree.as_ref() else { return Ok(None) };
    let Some(stored) = tree.get(&group_key(group))? else { return Ok(None) };
    match read_numbers(&stored).map_err(|fault| format!("group {group}: {fault:?}"))?.as_slice() {
        [first, last] => Ok(Some((*first, *last))),
        _ => Err(format!("group {group}")),
    }
}

impl Store {
    /// Reads on from where the working copy is, to the journal's end, and does all that is found. A copy made `anew` has
    /// no rows.
    pub(super) fn replay(
        &mut self,
        scan: &mut Scan<'_>,
        anew: bool,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Replayed, StoreError> {
        let mut replayed = Replayed { homes: (!anew).then(HashSet::new), ..Replayed::default() };
        let known = self.journal.end().next_seq;
        let mut working = Working::default();
        let of = scan.bytes_left();
        loop {
            match scan.advance()? {
                // What a failing disk left behind the end was refused, and is no entry.
                Found::Entry(place, frame) if known > 0 && frame.head.seq >= known => {
                    replayed.end = End { place, next_seq: known };
                    break;
                }
                Found::Entry(place, frame) => {
                    match self.replay_entry(&mut working, place, &frame, &mut replayed) {
                        Err(StoreError::NewerFormat { found, known, .. }) => {
                            replayed.newer = Some((found, known));
                            replayed.end = End { place, next_seq: frame.head.seq };
                            break;
                        }
                        other => other?,
                    }
                    if working.weight() > ENOUGH {
                        self.write_replayed(&mut working, frame.head.seq, &mut replayed)?;
                        progress(Progress { done: of.saturating_sub(scan.bytes_left()), of });
                    }
                }
                Found::Damage(damage) => self.note_gap(&damage),
                Found::End(end, torn) => {
                    (replayed.end, replayed.torn) = (end, torn);
                    break;
                }
            }
        }
        self.write_replayed(&mut working, replayed.end.next_seq.saturating_sub(1), &mut replayed)?;
        progress(Progress { done: of, of });
        replayed.unlinked = scan.unlinked().to_vec();
        replayed.damages = self.progressed.gaps.iter().map(|gap| self.damage_of(*gap)).collect();
        Ok(replayed)
    }

    /// Notes that entries are lost, so that every opening can name them.
    fn note_gap(&mut self, damage: &Damage) {
        let place = Place { segment: segment_of(&damage.path), offset: damage.offset as u32 };
        self.progressed.gaps.push(Gap { place, first: damage.first, last: damage.last });
    }

    fn damage_of(&self, Gap { place, first, last }: Gap) -> Damage {
        let path = self.paths.journal.join(segment_name(place.segment));
        Damage { path, offset: u64::from(place.offset), first, last }
    }

    fn replay_entry(
        &mut self,
        working: &mut Working,
        place: Place,
        frame: &Frame,
        replayed: &mut Replayed,
    ) -> Result<(), StoreError> {
        let seq = frame.head.seq;
        let opened = open_entry(seq, &frame.body).map_err(self.fault_in(place))?;
        let gaps = self.progressed.gaps.clone();
        self.note(place, frame.head.crc, &opened.head).map_err(worn)?;
        if self.progressed.gaps.is_empty() {
            replayed.mended.extend(gaps.into_iter().map(|gap| self.damage_of(gap)));
        }
        if !frame.head.later {
            self.durable = seq;
        }
        let parts = match self.parts(&opened.head) {
            // What it takes back is lost: the damage was named, and the rest still counts.
            Err(StoreError::NoEntry(_) | StoreError::Damaged { .. }) => Vec::new(),
            parts => parts?,
        };
        for part in parts {
            if part.seq == seq {
                let steps = opened.steps().map_err(self.fault_in(place))?;
                self.do_steps(working, steps, part, seq)?;
            } else {
                let (place, frame) = match self.frame(part.seq) {
                    Err(StoreError::NoEntry(_) | StoreError::Damaged { .. }) => continue,
                    frame => frame?,
                };
                let target = open_entry(part.seq, &frame.body).map_err(self.fault_in(place))?;
                let steps = target.steps().map_err(self.fault_in(place))?;
                self.do_steps(working, steps, part, seq)?;
            }
        }
        working.grew(frame.body.len());
        Ok(())
    }

    fn do_steps(&self, working: &mut Working, steps: Vec<Step<'_>>, part: Part, seq: u64) -> Result<(), StoreError> {
        let tree = self.tree()?;
        if part.inverted {
            let mut back = steps.into_iter().rev().map(Step::inverted);
            back.try_for_each(|step| working.step(tree, &step, seq)).map_err(worn)
        } else {
            steps.iter().try_for_each(|step| working.step(tree, step, seq)).map_err(worn)
        }
    }

    fn write_replayed(&mut self, working: &mut Working, seq: u64, replayed: &mut Replayed) -> Result<(), StoreError> {
        if let Some(homes) = replayed.homes.as_mut() {
            homes.extend(working.homes());
            if homes.len() > MANY {
                replayed.homes = None;
            }
        }
        let mut batch = Batch::default();
        working.write_to(&mut batch);
        if seq > 0 {
            super::writing::mark_stale(self.tree()?, &mut batch, replayed.homes.as_ref()).map_err(worn)?;
        }
        self.write_batch(batch, seq).map_err(worn)
    }

    /// Writes a batch with all that says that the working copy has come to entry `seq`.
    pub(super) fn write_batch(&mut self, mut batch: Batch, seq: u64) -> Result<(), Worn> {
        let tree = self.tree.as_ref().ok_or("not open")?;
        let mut progressed = self.progressed.clone();
        if seq > progressed.seq {
            progressed.crc = self.recent.get(&seq).map_or(0, |recent| recent.crc);
            progressed.seq = seq;
        }
        progressed.durable = self.durable.min(progressed.seq);
        self.put_places(seq, &mut batch)?;
        for (group, (first, last)) in &self.groups {
            batch.insert(group_key(*group).as_slice(), write_numbers(&[*first, *last]));
        }
        batch.insert(PROGRESSED, write_progressed(&progressed));
        tree.write(batch)?;
        self.progressed = progressed;
        self.recent = self.recent.split_off(&(seq + 1));
        self.groups.clear();
        Ok(())
    }

    fn put_places(&self, seq: u64, batch: &mut Batch) -> Result<(), Worn> {
        let mut block: Option<(u64, Vec<Place>)> = None;
        for (number, recent) in self.recent.range(..=seq) {
            let (wanted, slot) = (number / BLOCK, (number % BLOCK) as usize);
            if block.as_ref().is_none_or(|(number, _)| *number != wanted) {
                if let Some((number, places)) = block.take() {
                    batch.insert(places_key(number).as_slice(), write_places(&places));
                }
                block = Some((wanted, self.read_places(wanted)?));
            }
            if let Some((_, places)) = block.as_mut() {
                places.resize(places.len().max(slot + 1), Place::default());
                if let Some(place) = places.get_mut(slot) {
                    *place = recent.place;
                }
            }
        }
        if let Some((number, places)) = block {
            batch.insert(places_key(number).as_slice(), write_places(&places));
        }
        Ok(())
    }

    fn read_places(&self, block: u64) -> Result<Vec<Place>, Worn> {
        let tree = self.tree.as_ref().ok_or("not open")?;
        match tree.get(&places_key(block))? {
            Some(stored) => read_places(&stored).map_err(|fault| format!("places {block}: {fault:?}")),
            None => Ok(Vec::new()),
        }
    }

    /// Where entry `seq` stands.
    pub(super) fn place(&self, seq: u64) -> Result<Place, StoreError> {
        if let Some(recent) = self.recent.get(&seq) {
            return Ok(recent.place);
        }
        let places = self.read_places(seq / BLOCK).map_err(worn)?;
        let place = places.get((seq % BLOCK) as usize).filter(|place| place.segment != 0);
        place.copied().ok_or(StoreError::NoEntry(seq))
    }

    pub(super) fn frame(&self, seq: u64) -> Result<(Place, Frame), StoreError> {
        let place = self.place(seq)?;
        Ok((place, self.journal.read(seq, place)?))
    }

    /// The checksum of entry `seq`, if there is one.
    pub fn sum_of(&self, seq: u64) -> Option<u32> {
        self.frame(seq).ok().map(|(_, frame)| frame.head.crc)
    }

    pub(super) fn fault_in(&self, place: Place) -> impl Fn(Fault) -> StoreError + use<> {
        fault_at(&self.paths.journal.join(crate::store::journal::segment_name(place.segment)))
    }

    /// What an entry comes to, in the order in which it is to be done: an undo or a redo has no changes of its own, and
    /// is made of those of its target.
    pub fn parts(&self, head: &Head) -> Result<Vec<Part>, StoreError> {
        let (target, inverted) = match head.cause {
            Cause::Undo(target) => (target, true),
            Cause::Redo(target) => (target, false),
            _ => return Ok(vec![Part { seq: head.seq, inverted: false }]),
        };
        let mut parts = match target {
            Target::Entry(seq) if seq >= head.seq => return Err(StoreError::WrongTarget(seq)),
            Target::Entry(seq) => {
                let target = self.head(seq)?;
                if head.target.is_some_and(|id| id != target.id) {
                    return Err(StoreError::WrongTarget(seq));
                }
                self.parts(&target)?
            }
            Target::Group(group) => {
                let members = self.group_entries(group)?.into_iter().filter(|member| member.seq < head.seq);
                members.map(|member| Part { seq: member.seq, inverted: false }).collect()
            }
        };
        if inverted {
            parts.reverse();
            parts.iter_mut().for_each(|part| part.inverted = !part.inverted);
        }
        Ok(parts)
    }
}
