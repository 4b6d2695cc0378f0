//! What the journal tells of imports: when, which files, by whom, what they brought, and whether they stand.

use crate::domain::change::Change;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::time::Moment;
use crate::store::Pages;
use crate::store::entry::{Cause, Head, Target};
use crate::store::error::StoreError;
use std::collections::{BTreeMap, HashSet};

/// One import of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Its group.
    pub group: Id,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: String,
    /// The files, as they were called.
    pub files: String,
    /// What it did to each kind of record.
    pub tally: BTreeMap<Kind, Tally>,
    /// Whether it was brought to its end.
    pub whole: bool,
    /// Who took it back and when, where it does not stand.
    pub taken_back: Option<(String, Moment)>,
}

/// What was done to the records of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Made.
    pub made: u64,
    /// Changed.
    pub changed: u64,
}

/// What a part of the journal tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chapter {
    begun: Vec<Past>,
    /// What was ended, taken back and made again, in the order in which it happened.
    turns: Vec<Turn>,
    end: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Turn {
    Ended(Id),
    Back(Id, String, Moment),
    Again(Id),
}

impl Chapter {
    /// Reads pages of the journal.
    pub fn of(pages: Pages) -> Result<Chapter, StoreError> {
        let mut chapter = Chapter { end: pages.end(), ..Chapter::default() };
        let mut changed = HashSet::new();
        for head in pages.heads() {
            chapter.take(&head?, &pages, &mut changed)?;
        }
        Ok(chapter)
    }

    fn take(&mut self, head: &Head, pages: &Pages, changed: &mut HashSet<Id>) -> Result<(), StoreError> {
        match (&head.cause, head.group) {
            (Cause::Import(files), Some(group)) => {
                if self.begun.last().is_none_or(|past| past.group != group) {
                    changed.clear();
                    self.begun.push(Past::begun(group, head, files));
                }
                let Some(past) = self.begun.last_mut() else { return Ok(()) };
                past.count(&pages.entry(head.seq)?.changes, changed);
            }
            (Cause::GroupEnd, Some(group)) => self.turns.push(Turn::Ended(group)),
            (Cause::Undo(Target::Group(group)), _) => self.turns.push(Turn::Back(*group, head.by.clone(), head.at)),
            (Cause::Redo(Target::Group(group)), _) => self.turns.push(Turn::Again(*group)),
            _ => {}
        }
        Ok(())
    }
}

impl Past {
    fn begun(group: Id, head: &Head, files: &str) -> Past {
        let (at, by, files) = (head.at, head.by.clone(), files.to_owned());
        Past { group, at, by, files, tally: BTreeMap::new(), whole: false, taken_back: None }
    }

    /// Counts each record once, however many of its fields were changed.
    fn count(&mut self, changes: &[Change], changed: &mut HashSet<Id>) {
        for change in changes {
            let tally = self.tally.entry(change.kind()).or_default();
            match change {
                Change::Born(_) => tally.made += 1,
                Change::Set(set) if changed.insert(set.id) => tally.changed += 1,
                Change::Set(_) | Change::Gone(_) => {}
            }
        }
    }

    /// Whether it stands.
    pub const fn stands(&self) -> bool {
        self.taken_back.is_none()
    }
}

/// All imports the journal tells of, as far as it was read.
#[derive(Clone, Debug, Default)]
pub struct Chronicle {
    /// The imports, the latest first.
    pub imports: Vec<Past>,
    /// The number of the first entry not yet read.
    pub next: u64,
}

impl Chronicle {
    /// Adds what the next pages tell.
    pub fn add(&mut self, chapter: Chapter) {
        for past in chapter.begun {
            match self.imports.first_mut() {
                Some(first) if first.group == past.group => {
                    for (kind, tally) in past.tally {
                        let own = first.tally.entry(kind).or_default();
                        own.made += tally.made;
                        own.changed += tally.changed;
                    }
                }
                _ => self.imports.insert(0, past),
            }
        }
        for turn in chapter.turns {
            let group = match &turn {
                Turn::Ended(group) | Turn::Back(group, ..) | Turn::Again(group) => *group,
            };
            let Some(past) = self.imports.iter_mut().find(|past| past.group == group) else { continue };
            match turn {
                Turn::Ended(_) => past.whole = true,
                Turn::Back(_, by, at) => past.taken_back = Some((by, at)),
                Turn::Again(_) => past.taken_back = None,
            }
        }
        self.next = chapter.end;
    }
}
