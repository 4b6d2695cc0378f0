//! What was decided and what customers complained of, customer by customer, to be looked back on.

use crate::analysis::review::{Followed, decided, followed};
use crate::domain::choice::FeedbackKind;
use crate::domain::feedback::Feedback;
use crate::domain::follow_up::NextStep;
use crate::domain::id::Id;
use crate::domain::time::Day;
use crate::domain::working::Review;
use crate::store::dossier::Dossier;
use std::collections::BTreeMap;

/// An action that was decided, with what followed and what was found.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The action.
    pub step: NextStep,
    /// With whom.
    pub customer: Id,
    /// When it was decided.
    pub decided: Day,
    /// What followed, once it was done.
    pub followed: Option<Followed>,
    /// What was found when it was looked back on.
    pub review: Option<Review>,
}

/// What is looked back on: decisions and complaints since a day each.
#[derive(Clone, Debug)]
pub struct Past {
    /// The first day decisions are of.
    pub decided_since: Day,
    /// The first day complaints are of.
    pub told_since: Day,
    decisions: BTreeMap<Id, Vec<Decision>>,
    complaints: BTreeMap<Id, Vec<Feedback>>,
}

impl Past {
    /// Nothing yet, of decisions and complaints since these days.
    pub const fn since(decided_since: Day, told_since: Day) -> Past {
        Past { decided_since, told_since, decisions: BTreeMap::new(), complaints: BTreeMap::new() }
    }

    /// Takes in a dossier, instead of what it said before.
    pub fn take(&mut self, dossier: &Dossier) {
        let home = dossier.home();
        put(&mut self.decisions, home, decisions(dossier, self.decided_since));
        let mut told = dossier.feedback();
        told.retain(|told| told.kind == Some(FeedbackKind::Complaint) && told.at.day() >= self.told_since);
        put(&mut self.complaints, home, told);
    }

    /// What was decided from one day to another, the oldest first.
    pub fn decisions(&self, first: Day, last: Day) -> Vec<&Decision> {
        let all = self.decisions.values().flatten();
        let mut found: Vec<&Decision> = all.filter(|one| (first..=last).contains(&one.decided)).collect();
        found.sort_by_key(|one| (one.decided, one.step.id));
        found
    }

    /// The complaints, each with whose it is.
    pub fn complaints(&self) -> impl Iterator<Item = (Id, &Feedback)> {
        self.complaints.iter().flat_map(|(home, all)| all.iter().map(|one| (*home, one)))
    }
}

fn put<T>(all: &mut BTreeMap<Id, Vec<T>>, home: Id, found: Vec<T>) {
    match found.is_empty() {
        true => all.remove(&home),
        false => all.insert(home, found),
    };
}

/// The actions of a customer decided since a day.
fn decisions(dossier: &Dossier, since: Day) -> Vec<Decision> {
    let steps = dossier.next_steps();
    if steps.is_empty() {
        return Vec::new();
    }
    let (talks, orders, deals) = (dossier.follow_ups(), dossier.orders(), dossier.deals());
    let (feedback, reviews) = (dossier.feedback(), dossier.reviews());
    let looked = steps.into_iter().filter_map(|step| {
        let decided = decided(&step, &talks).filter(|day| *day >= since)?;
        let followed = step.done_at.map(|at| followed(at.day(), &orders, &deals, &feedback));
        let review = reviews.iter().find(|review| review.step == Some(step.id)).cloned();
        Some(Decision { step, customer: dossier.home(), decided, followed, review })
    });
    looked.collect()
}
