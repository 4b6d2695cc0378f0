//! Proves a book: reads the whole journal, makes a second working copy of it, and compares the two.

use crate::domain::id::Id;
use crate::store::dossier::Dossier;
use crate::store::error::StoreError;
use crate::store::journal::End;
use crate::store::paths::Paths;
use crate::store::reading::Dossiers;
use crate::store::salvage::{Additions, Beyond};
use crate::store::scan::{Damage, Torn};
use crate::store::{Progress, Store, opening};
use std::cmp::Ordering;
use std::sync::Arc;

/// What a proof found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Entries read.
    pub entries: u64,
    /// Dossiers compared.
    pub dossiers: u64,
    /// Records in them.
    pub records: u64,
    /// Entries that are lost.
    pub damages: Vec<Damage>,
    /// An unfinished end of the journal.
    pub torn: Option<Torn>,
    /// Homes whose dossier is not what the journal tells, or cannot be read. [`Store::rebuild`] sets them right.
    pub different: Vec<Id>,
    /// Why the working copy could not be read to its end, if it could not.
    pub unreadable: Option<String>,
    /// Entries that were lost and made good since.
    pub mended: Vec<Damage>,
    /// Journal files that were begun behind another entry than the one before them.
    pub unlinked: Vec<u32>,
    /// The last entry that was acknowledged, where the journal ends before it.
    pub ahead: Option<u64>,
    /// What the working copy holds beyond the journal, where the journal lost something.
    pub beyond: Beyond,
}

impl Report {
    /// Whether nothing is wrong.
    pub const fn is_sound(&self) -> bool {
        self.journal_is_whole() && self.torn.is_none() && self.different.is_empty() && self.unreadable.is_none()
    }

    /// Whether the journal has all that was acknowledged, as far as that can be known.
    pub const fn journal_is_whole(&self) -> bool {
        self.damages.is_empty() && self.ahead.is_none() && self.unlinked.is_empty()
    }
}

impl Store {
    /// Proves the book. It takes as long as making the working copy again, and as much room for that time.
    pub fn verify(&self, progress: &mut dyn FnMut(Progress)) -> Result<Report, StoreError> {
        let mut second = self.second();
        let report = opening::make_anew(&mut second, progress).and_then(|replayed| {
            let entries = replayed.end.next_seq.saturating_sub(1);
            let acknowledged = self.mark.mark.acknowledged.seq.max(self.progressed.durable);
            let ahead = (acknowledged > entries).then_some(acknowledged);
            let mut report = Report {
                entries,
                damages: replayed.damages,
                mended: replayed.mended,
                unlinked: replayed.unlinked,
                torn: replayed.torn.filter(|_| ahead.is_none()),
                ahead,
                ..Report::default()
            };
            compare(self.dossiers()?, second.dossiers()?, &mut report)?;
            if !report.journal_is_whole() && report.unreadable.is_none() {
                report.beyond = Additions::of(self, &second)?.each(&mut |_| Ok(()))?;
            }
            Ok(report)
        });
        let removed = opening::remove_working(&mut second);
        let report = report?;
        removed.map(|()| report)
    }

    /// A store of the same journal with a working copy of its own, not yet made.
    fn second(&self) -> Store {
        let paths = Paths { working: self.paths.working.with_file_name("proof"), ..self.paths.clone() };
        Store::of_journal(paths, Arc::clone(&self.disk), End::default())
    }
}

/// Compares two working copies, home by home.
fn compare(mut ours: Dossiers<'_>, mut told: Dossiers<'_>, report: &mut Report) -> Result<(), StoreError> {
    let (mut our, mut tell) = (next(&mut ours, report), told.next().transpose()?);
    loop {
        let order = match (&our, &tell) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(our), Some(tell)) => our.home().cmp(&tell.home()),
        };
        let home = if order == Ordering::Less { &our } else { &tell }.as_ref().map_or(Id::BOOK, Dossier::home);
        report.dossiers += 1;
        report.records += tell.as_ref().filter(|_| order != Ordering::Less).map_or(0, |dossier| dossier.len() as u64);
        let same =
            order == Ordering::Equal && our.as_ref().zip(tell.as_ref()).is_some_and(|(our, tell)| our.equals(tell));
        if !same {
            report.different.push(home);
        }
        if order != Ordering::Greater {
            our = next(&mut ours, report);
        }
        if order != Ordering::Less {
            tell = told.next().transpose()?;
        }
    }
}

fn next(ours: &mut Dossiers<'_>, report: &mut Report) -> Option<Dossier> {
    match ours.next()? {
        Ok(dossier) => Some(dossier),
        Err(error) => {
            report.unreadable = Some(error.to_string());
            None
        }
    }
}
