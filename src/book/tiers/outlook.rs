//! Tiers and warnings of a whole book at once, made away from the screen.

use crate::analysis::grading::Grading;
use crate::book::Book;
use crate::book::tiers::leaving::{Leaver, leaving};
use crate::book::tiers::proposal::{Filled, Member, Proposal};
use crate::book::tiers::rules::rules_of;
use crate::domain::id::Id;
use crate::domain::tiers::Segment;
use crate::domain::time::Day;
use crate::query::filter::Fault;
use std::collections::HashSet;
use std::sync::Arc;

/// What a book looks like graded in one way, and who is leaving it.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// What grading it comes to.
    pub proposal: Proposal,
    /// Customers of each tier they have now, in the order of the proposal's names.
    pub now: Vec<Filled>,
    /// Customers of each segment, in the segments' order.
    pub segments: Vec<Filled>,
    /// Customers by scores of recency and frequency, the lowest first.
    pub map: [[u32; 5]; 5],
    /// Whose tier would change, the falls first.
    pub movers: Vec<usize>,
    /// Of those chosen, whose tier would stay.
    pub staying: Vec<usize>,
    /// Who is leaving.
    pub leaving: Vec<Leaver>,
    /// Tiers were applied before; else those of now are only what tables gave.
    pub applied: bool,
    /// Revision of the book it was made of.
    pub revision: u64,
}

impl Outlook {
    /// The outlook of `book`; a rule that cannot be read is told with its number.
    pub fn of(book: &Book, grading: &Grading, as_of: Day, today: Day) -> Result<Outlook, (usize, Fault)> {
        let rules = rules_of(book, grading, as_of)?;
        let proposal = Proposal::of(book, grading, as_of, &|row| rules.of(row));
        let mut outlook = Outlook {
            now: vec![Filled::default(); proposal.names.len()],
            segments: vec![Filled::default(); Segment::ALL.len()],
            map: [[0; 5]; 5],
            movers: proposal.movers(),
            staying: Vec::new(),
            leaving: leaving(book, today, None, false),
            applied: !book.tiers().is_empty(),
            revision: book.revision(),
            proposal,
        };
        for member in &outlook.proposal.members {
            let tier = member.before.and_then(|tier| outlook.now.get_mut(usize::from(tier)));
            count(tier, member);
            let segment = member.segment().and_then(segment_place);
            count(segment.and_then(|place| outlook.segments.get_mut(place)), member);
            if let Some((_, grade)) = member.graded {
                let row = outlook.map.get_mut(usize::from(grade.scores.r.saturating_sub(1)));
                if let Some(cell) = row.and_then(|row| row.get_mut(usize::from(grade.scores.f.saturating_sub(1)))) {
                    *cell += 1;
                }
            }
        }
        Ok(outlook)
    }

    /// The same with only some customers looked at; the scores stay those within the whole book.
    pub fn limited(mut self, only: Option<Arc<HashSet<Id>>>) -> Outlook {
        self.proposal.only = only;
        self.movers = self.proposal.movers();
        self.staying = self.proposal.staying();
        self
    }

    /// Who is listed of a recalculation: who moves, then of those chosen who stays.
    pub fn previewed(&self) -> Vec<usize> {
        self.movers.iter().chain(&self.staying).copied().collect()
    }

    /// The tiers to be shown: as applied, else as proposed; names from elsewhere only while somebody has them.
    pub fn tiers(&self) -> Vec<Filled> {
        let mut tiers = if self.applied { self.now.clone() } else { self.proposal.distribution() };
        while tiers.len() > self.proposal.grading.tiers.len() && tiers.last().is_some_and(|tier| tier.customers == 0) {
            tiers.pop();
        }
        tiers
    }

    /// The customers for which this holds, by revenue.
    pub fn members(&self, holds: impl Fn(&Member) -> bool) -> Vec<usize> {
        let all = self.proposal.members.iter().enumerate();
        let mut places: Vec<usize> = all.filter(|(_, member)| holds(member)).map(|(place, _)| place).collect();
        places.sort_by_key(|place| std::cmp::Reverse(self.proposal.members.get(*place).map(Member::revenue)));
        places
    }
}

fn segment_place(segment: Segment) -> Option<usize> {
    Segment::ALL.iter().position(|other| *other == segment)
}

fn count(filled: Option<&mut Filled>, member: &Member) {
    if let Some(filled) = filled {
        filled.customers += 1;
        filled.revenue += member.revenue();
    }
}
