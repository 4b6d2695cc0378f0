//! Handing one person's customers, open deals, promises and complaints over to others.

use crate::book::Book;
use crate::book::command::{Command, edit_between};
use crate::book::row::RowText;
use crate::domain::choice::{FeedbackKind, StageRole};
use crate::domain::customer::Customer;
use crate::domain::deal::Deal;
use crate::domain::feedback::Feedback;
use crate::domain::follow_up::NextStep;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::record::Record;
use crate::domain::time::{Day, Due};
use crate::line::working_days::{Calendar, working_days_after};
use crate::store::dossier::Dossier;
use std::collections::{BTreeMap, HashMap};

/// How customers are split among those who take them over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// By turns, so that each gets as many and as good ones.
    #[default]
    Evenly,
    /// Those of one region to one person.
    Region,
    /// Each gets as many of every tier.
    Tier,
}

/// A handover as it is asked for.
pub struct Handover<'a> {
    /// Whose work it is; nobody for that of each customer's own owner.
    pub from: Option<Id>,
    /// Who takes it over.
    pub to: &'a [Id],
    /// How it is split.
    pub split: Split,
    /// First contacts that one person can make in a working day.
    pub per_day: u32,
    /// Today.
    pub today: Day,
    /// Which days are worked.
    pub calendar: &'a Calendar,
}

/// What of one customer goes to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// The customer.
    pub customer: Id,
    /// Who takes it over.
    pub to: Id,
    /// Whether the customer itself goes, and not only work on it.
    pub whole: bool,
    /// Open deals.
    pub deals: usize,
    /// Promises not yet kept.
    pub promises: usize,
    /// Complaints not yet resolved.
    pub complaints: usize,
    /// When the new owner is to make contact.
    pub first_contact: Option<Due>,
}

/// What is held of one customer by the person who leaves.
struct Held {
    customer: Customer,
    whole: bool,
    deals: Vec<Deal>,
    steps: Vec<NextStep>,
    complaints: Vec<Feedback>,
}

impl Handover<'_> {
    /// The commands that hand over what the dossiers hold, and the list of it. Who wrote what stays as it is.
    pub fn plan(&self, book: &Book, dossiers: impl Iterator<Item = Dossier>) -> (Vec<Command>, Vec<Handed>) {
        let mut all: Vec<Held> = dossiers.filter_map(|dossier| self.held(book, &dossier)).collect();
        // Whoever waits longest, then whoever is worth most, comes first.
        let worth = |held: &Held| total(book, &held.customer);
        all.sort_by_key(|held| {
            let due = held.customer.next_contact.map_or(i32::MAX, |due| due.day.number());
            (due, std::cmp::Reverse(worth(held)), held.customer.id)
        });
        let receivers = self.receivers(book, &all);
        let mut turns: HashMap<Id, u32> = HashMap::new();
        let (mut commands, mut list) = (Vec::new(), Vec::new());
        for (held, to) in all.iter().zip(receivers) {
            let turn = turns.entry(to).or_default();
            let first_contact = if held.whole { self.first_contact(&held.customer, *turn) } else { None };
            *turn += u32::from(held.whole);
            commands.extend(held.commands(to, first_contact));
            list.push(Handed {
                customer: held.customer.id,
                to,
                whole: held.whole,
                deals: held.deals.len(),
                promises: held.steps.len(),
                complaints: held.complaints.len(),
                first_contact,
            });
        }
        (commands, list)
    }

    /// What of a dossier is to go; `None` where nothing is.
    fn held(&self, book: &Book, dossier: &Dossier) -> Option<Held> {
        let customer = dossier.customer()?;
        let from = self.from.or(customer.owner);
        let whole = customer.owner == from && (from.is_some() || self.from.is_none());
        let is_theirs = |owner: Option<Id>| owner.is_some() && owner == from;
        let is_open = |deal: &Deal| matches!(book.standards().role(&deal.stage), StageRole::Open | StageRole::Parked);
        let deals: Vec<Deal> =
            dossier.deals().into_iter().filter(|deal| is_theirs(deal.owner) && is_open(deal)).collect();
        let steps: Vec<NextStep> =
            dossier.next_steps().into_iter().filter(|step| is_theirs(step.owner) && step.done_at.is_none()).collect();
        let complaints: Vec<Feedback> = dossier
            .feedback()
            .into_iter()
            .filter(|feedback| feedback.kind == Some(FeedbackKind::Complaint) && feedback.resolved_at.is_none())
            .filter(|feedback| is_theirs(feedback.assigned))
            .collect();
        let any = whole || !(deals.is_empty() && steps.is_empty() && complaints.is_empty());
        any.then_some(Held { customer, whole, deals, steps, complaints })
    }

    /// Who takes over each, in the same order.
    fn receivers(&self, book: &Book, all: &[Held]) -> Vec<Id> {
        let key = |held: &Held| match self.split {
            Split::Evenly => String::new(),
            Split::Region => held.customer.region.clone(),
            Split::Tier => tier(book, &held.customer),
        };
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, held) in all.iter().enumerate() {
            groups.entry(key(held)).or_default().push(place);
        }
        let mut receivers = vec![Id::BOOK; all.len()];
        let mut loads = vec![0_usize; self.to.len()];
        let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
        for group in groups {
            let together = self.split == Split::Region;
            let mut taker = lightest(&loads);
            for place in group {
                if !together {
                    taker = lightest(&loads);
                }
                let (Some(receiver), Some(to), Some(load)) =
                    (receivers.get_mut(place), self.to.get(taker), loads.get_mut(taker))
                else {
                    continue;
                };
                *receiver = *to;
                *load += 1;
            }
        }
        receivers
    }

    /// An appointment that stands is kept where it comes soon enough; else the next free turn of the new owner.
    fn first_contact(&self, customer: &Customer, turn: u32) -> Option<Due> {
        let day = working_days_after(self.today, 1 + turn / self.per_day.max(1), self.calendar);
        let stands = customer.next_contact.filter(|due| due.day >= self.today && due.day <= day);
        Some(stands.unwrap_or(Due::on(day)))
    }
}

impl Held {
    fn commands(&self, to: Id, first_contact: Option<Due>) -> Vec<Command> {
        let customer = Customer { owner: Some(to), next_contact: first_contact, ..self.customer.clone() };
        let customer = self.whole.then(|| pair(&self.customer, &customer));
        let deals = self.deals.iter().map(|deal| pair(deal, &Deal { owner: Some(to), ..deal.clone() }));
        let steps = self.steps.iter().map(|step| pair(step, &NextStep { owner: Some(to), ..step.clone() }));
        let complaints =
            self.complaints.iter().map(|feedback| pair(feedback, &Feedback { assigned: Some(to), ..feedback.clone() }));
        let pairs = customer.into_iter().chain(deals).chain(steps).chain(complaints);
        pairs.filter_map(|(before, after)| edit_between(&before, &after)).collect()
    }
}

fn pair<R: Clone + Into<Record>>(before: &R, after: &R) -> (Record, Record) {
    (before.clone().into(), after.clone().into())
}

/// Who has least so far; the first of them.
fn lightest(loads: &[usize]) -> usize {
    loads.iter().enumerate().min_by_key(|(place, load)| (**load, *place)).map_or(0, |(place, _)| place)
}

fn total(book: &Book, customer: &Customer) -> Money {
    let given = || customer.given_total.unwrap_or_default();
    book.row_of(customer.id).map_or_else(given, |row| row.facts().iter().map(|fact| fact.amount).sum::<Money>())
}

fn tier(book: &Book, customer: &Customer) -> String {
    book.row_of(customer.id).and_then(|row| row.given()).map_or(String::new(), |given| given.tier)
}

/// The code and name of a customer, as the list of what was handed over shows it.
pub fn code_and_name(book: &Book, customer: Id) -> (String, String) {
    let row = book.row_of(customer);
    row.map_or_else(Default::default, |row| (row.text(RowText::Code).to_owned(), row.name().to_owned()))
}
