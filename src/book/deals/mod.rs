//! Every deal of the book as the funnel needs it, gathered from the store once and kept up while it is used.

pub mod grouping;
pub mod moving;
mod packing;
pub mod reckoning;
pub mod target;

use crate::analysis::funnel::fact::{DealAt, DealFact, Step, in_order};
use crate::analysis::funnel::ladder::{Ladder, Told};
use crate::book::Book;
use crate::book::standards::Standards;
use crate::book::symbols::Symbol;
use crate::domain::choice::StageRole;
use crate::domain::deal::Deal;
use crate::domain::follow_up::FollowUp;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::time::Day;
use crate::query::field::Column;
use crate::store::dossier::Dossier;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Words that are numbered as they come.
#[derive(Clone, Debug, Default)]
struct Numbered {
    words: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u16>,
}

impl Numbered {
    /// The number of a word; beyond what can be numbered all words share the last.
    fn keep(&mut self, word: &str) -> u16 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u16::try_from(self.words.len()).unwrap_or(u16::MAX);
        if number < u16::MAX {
            let kept: Arc<str> = Arc::from(word);
            self.words.push(Arc::clone(&kept));
            self.numbers.insert(kept, number);
        }
        number
    }

    fn word(&self, number: u16) -> &str {
        self.words.get(usize::from(number)).map_or("", |word| word)
    }
}

/// Every deal of the book. A clone shares the deals with it.
#[derive(Clone, Debug, Default)]
pub struct Deals {
    homes: BTreeMap<Id, Arc<[DealFact]>>,
    stages: Numbered,
    reasons: Numbered,
    products: Numbered,
    count: usize,
}

impl Deals {
    /// No deals yet; the stages are numbered as the book has them.
    pub fn new(standards: &Standards) -> Deals {
        let mut deals = Deals::default();
        deals.know(standards);
        deals
    }

    /// Takes note of stages that are new.
    pub fn know(&mut self, standards: &Standards) {
        for stage in standards.stages() {
            self.stages.keep(&stage.key);
        }
    }

    /// The deals of a dossier in the place of those that were there.
    pub fn take(&mut self, dossier: &Dossier) {
        let home = dossier.home();
        self.count -= self.homes.remove(&home).map_or(0, |before| before.len());
        if dossier.count(Kind::Deal) == 0 {
            return;
        }
        let talks = dossier.follow_ups();
        let facts: Arc<[DealFact]> = dossier.deals().into_iter().map(|deal| self.fact(deal, dossier, &talks)).collect();
        self.count += facts.len();
        self.homes.insert(home, facts);
    }

    fn fact(&mut self, deal: Deal, dossier: &Dossier, talks: &[FollowUp]) -> DealFact {
        let about = |talk: &&FollowUp| talk.deal == Some(deal.id);
        let first_contact = talks.iter().filter(about).map(|talk| talk.at.day()).min();
        let last_contact = talks.iter().map(|talk| talk.at.day()).max();
        let stage = self.stages.keep(&deal.stage);
        let log: Vec<Step> = deal
            .moves
            .iter()
            .map(|step| Step { stage: self.stages.keep(&step.stage), day: step.at.map(|at| at.day()) })
            .collect();
        let (steps, disordered) = in_order(log.into_iter(), stage, deal.closed);
        let moved = || steps.last().and_then(|last| last.day);
        DealFact {
            id: deal.id,
            home: dossier.home(),
            contacts: dossier.called(&deal.contacts).into_iter().map(String::into_boxed_str).collect(),
            customer: deal.customer,
            owner: deal.owner,
            title: deal.title.into(),
            stage,
            closed: deal.closed.or_else(moved),
            steps,
            disordered,
            amount: deal.amount,
            opened: deal.opened,
            expected: deal.expected_close,
            parked_until: deal.parked_until,
            probability: deal.probability,
            reason: (!deal.lost_reason.is_empty()).then(|| self.reasons.keep(&deal.lost_reason)),
            products: deal.products.iter().map(|product| self.products.keep(product)).collect(),
            first_contact,
            last_contact,
        }
    }

    /// How many deals there are.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there is no deal.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Every deal, those of one home together.
    pub fn iter(&self) -> impl Iterator<Item = &DealFact> + Clone {
        self.homes.values().flat_map(|facts| facts.iter())
    }

    /// A deal by where it is found.
    pub fn get(&self, at: DealAt) -> Option<&DealFact> {
        self.homes.get(&at.home)?.iter().find(|deal| deal.id == at.deal)
    }

    /// The stages' order as the book has it now.
    pub fn ladder(&self, standards: &Standards) -> Ladder {
        let told = standards.stages().iter().filter_map(|stage| {
            Some(Told {
                stage: *self.stages.numbers.get(stage.key.as_str())?,
                role: stage.role.unwrap_or(StageRole::Open),
                position: stage.position,
                probability: stage.probability.unwrap_or_default(),
                hidden: stage.hidden,
            })
        });
        Ladder::of(&told.collect::<Vec<_>>())
    }

    /// The key of a stage.
    pub fn stage(&self, number: u16) -> &str {
        self.stages.word(number)
    }

    /// The number of a stage by its key.
    pub fn stage_number(&self, key: &str) -> Option<u16> {
        self.stages.numbers.get(key).copied()
    }

    /// The key of a lost reason.
    pub fn reason(&self, number: u16) -> &str {
        self.reasons.word(number)
    }

    /// The name of a product.
    pub fn product(&self, number: u16) -> &str {
        self.products.word(number)
    }

    /// Customers whose row names a stage: the furthest open or won deal's, or the one set by hand.
    pub fn by_hand(&self, book: &Book) -> Vec<(Id, u16)> {
        let known = self.stages.words.iter().zip(0..);
        let numbers: Vec<(Symbol, u16)> =
            known.filter_map(|(key, number)| Some((book.symbols().of(key)?, number))).collect();
        let number = |stage: Symbol| numbers.iter().find(|(symbol, _)| *symbol == stage).map(|(_, number)| *number);
        book.each(|_, row| Some((row.id, number(row.word(Column::Stage))?)))
    }

    /// The day the earliest deal began.
    pub fn earliest(&self) -> Option<Day> {
        self.iter().filter_map(DealFact::begun).min()
    }
}
