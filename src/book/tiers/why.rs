//! Why one customer has the tier it has.

use crate::analysis::grading::Grading;
use crate::analysis::tier::{Grade, Missing, Subject, grade, missing};
use crate::book::Book;
use crate::book::row::Row;
use crate::book::tiers::Standing;
use crate::domain::tiers::Method;
use crate::domain::time::Day;

/// A customer's tier with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// As it was applied last.
    pub standing: Option<Standing>,
    /// What the scheme in force makes of it today.
    pub computed: Option<(Subject, Grade)>,
    /// The tier it would have today.
    pub tier_today: Option<String>,
    /// What is missing to the next tier, and which that is.
    pub missing: Option<(Missing, String)>,
}

impl Book {
    /// The way of grading that is in force: that of the latest recalculation, else the shipped one.
    pub fn grading(&self) -> Grading {
        self.standards().runs().last().map(Grading::of_run).unwrap_or_default()
    }

    /// Why a customer has its tier, and what it would be today. Grades the whole book: tens of milliseconds at 100,000.
    pub fn why(&self, row: &Row, as_of: Day) -> Why {
        let standing = self.tiers().of(row.id);
        let grading = self.grading();
        // Rules say themselves why; the scores beside them are those of quantiles.
        let grading = if grading.method == Method::Rules { Grading::default() } else { grading };
        let (slots, subjects) = self.subjects(&grading, as_of, &|_| None);
        let mut graded = grade(&subjects, &grading);
        let own = self.slot_of(row.id).and_then(|slot| slots.iter().position(|other| *other == slot));
        let pair = own.and_then(|at| Some((*subjects.get(at)?, *graded.grades.get(at)?)));
        graded.grades = Vec::new();
        let step = pair.and_then(|(subject, grade)| missing(&subject, &grade, &graded, &grading));
        let name = |tier: u8| grading.tiers.get(usize::from(tier)).cloned();
        let tier_today = pair.and_then(|(_, grade)| grade.tier).and_then(name);
        let missing = step.and_then(|step| Some((step, name(step.tier)?)));
        Why { standing, computed: pair, tier_today, missing }
    }
}
