//! Handing one person's customers, open deals, promises and complaints over to others.

use crate::book::Book;
use crate::book::command::{Command, edit_between};
use crate::book::grouping::group_of;
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
use crate::parse::working_days::{Calendar, working_days_after};
use crate::query::field::Column;
use crate::store::dossier::Dossier;
use crate::text::Language;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How customers are split among those who take them over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// By turns, so that each gets as many and as good ones.
    #[default]
    Evenly,
    /// Each gets as many of everything this column shows.
    Each(Column),
    /// Those for whom this column shows the same go to one person.
    Together(Column),
}

/// A handover as it is asked for.
pub struct Handover<'a> {
    /// What is to be handed over.
    pub burden: &'a Burden,
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
    /// The language groups are named in.
    pub language: Language,
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
    /// What it was split by: what the column shows of it.
    pub group: String,
}

/// What one person takes over in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Customers.
    pub customers: usize,
    /// Open deals.
    pub deals: usize,
    /// Promises not yet kept.
    pub promises: usize,
    /// Complaints not yet resolved.
    pub complaints: usize,
    /// The first and the last day of the first contacts.
    pub days: Option<(Day, Day)>,
    /// What it was split by, each once.
    pub groups: BTreeSet<String>,
}

impl Share {
    /// What of a list goes to `to`.
    pub fn of(list: &[Handed], to: Id) -> Share {
        let mut share = Share::default();
        for handed in list.iter().filter(|handed| handed.to == to) {
            share.take(handed);
        }
        share
    }

    /// What all of a list comes to.
    pub fn whole(list: &[Handed]) -> Share {
        let mut share = Share::default();
        list.iter().for_each(|handed| share.take(handed));
        share
    }

    fn take(&mut self, handed: &Handed) {
        self.customers += usize::from(handed.whole);
        self.deals += handed.deals;
        self.promises += handed.promises;
        self.complaints += handed.complaints;
        if let Some(Due { day, .. }) = handed.first_contact {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
        self.groups.insert(handed.group.clone());
    }
}

/// What is held of one customer by the person who leaves.
struct Held {
    customer: Customer,
    whole: bool,
    deals: Vec<Deal>,
    steps: Vec<NextStep>,
    complaints: Vec<Feedback>,
}

/// All that is to be handed over, customer by customer.
#[derive(Default)]
pub struct Burden(Vec<Held>);

impl Burden {
    /// What `from` holds of these dossiers; for nobody, what each customer's own owner does. Who waits longest, then who
    /// is worth most, comes first.
    pub fn of(book: &Book, from: Option<Id>, dossiers: impl Iterator<Item = Dossier>) -> Burden {
        let mut all: Vec<Held> = dossiers.filter_map(|dossier| held(book, from, &dossier)).collect();
        let worth = |held: &Held| total(book, &held.customer);
        all.sort_by_key(|held| {
            let due = held.customer.next_contact.map_or(i32::MAX, |due| due.day.number());
            (due, std::cmp::Reverse(worth(held)), held.customer.id)
        });
        Burden(all)
    }

    /// How many customers it is about.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Handover<'_> {
    /// What would go to whom. Nothing is written.
    pub fn list(&self, book: &Book) -> Vec<Handed> {
        let (passing, groups) = self.passing(book);
        let receivers = self.receivers(&groups);
        let whole = passing.iter().zip(&receivers).filter(|(held, _)| held.whole);
        let mut contacts = self.first_contacts(whole.map(|(held, to)| (&held.customer, *to)));
        let each = passing.into_iter().zip(groups).zip(receivers);
        each.map(|((held, group), to)| held.handed(to, contacts.remove(&held.customer.id), group)).collect()
    }

    /// The commands that hand over what a list says. Who wrote what stays as it is.
    pub fn commands(&self, list: &[Handed]) -> Vec<Command> {
        let held: HashMap<Id, &Held> = self.burden.0.iter().map(|held| (held.customer.id, held)).collect();
        let each = list.iter().filter_map(|handed| Some((held.get(&handed.customer)?, handed)));
        each.flat_map(|(held, handed)| held.commands(handed.to, handed.first_contact)).collect()
    }

    /// What goes, each with what it is split by; whoever takes over keeps what is theirs already.
    fn passing(&self, book: &Book) -> (Vec<&Held>, Vec<String>) {
        let is_theirs = |held: &&Held| !held.customer.owner.is_some_and(|owner| held.whole && self.to.contains(&owner));
        let passing: Vec<&Held> = self.burden.0.iter().filter(is_theirs).collect();
        let group = |held: &&Held| match self.split {
            Split::Evenly => String::new(),
            Split::Each(column) | Split::Together(column) => {
                let row = book.row_of(held.customer.id);
                row.map_or_else(String::new, |row| group_of(book, row, column, self.today, self.language))
            }
        };
        let groups = passing.iter().map(group).collect();
        (passing, groups)
    }

    /// Who takes over each, in the same order.
    fn receivers(&self, groups: &[String]) -> Vec<Id> {
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, group) in groups.iter().enumerate() {
            places.entry(group).or_default().push(place);
        }
        let mut receivers = vec![Id::BOOK; groups.len()];
        let mut loads = vec![0_usize; self.to.len()];
        let mut places: Vec<Vec<usize>> = places.into_values().collect();
        places.sort_by_key(|group| std::cmp::Reverse(group.len()));
        for group in places {
            let together = matches!(self.split, Split::Together(_));
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

    /// When each is first contacted. An appointment that stands is kept where it comes no later than the turn would
    /// have, and takes one of the new owner's contacts of that day; the others get the days still free.
    fn first_contacts<'b>(&self, each: impl Iterator<Item = (&'b Customer, Id)>) -> HashMap<Id, Due> {
        let mut taken: HashMap<(Id, Day), u32> = HashMap::new();
        let mut turns: HashMap<Id, u32> = HashMap::new();
        let mut contacts = HashMap::new();
        let mut waiting = Vec::new();
        for (customer, to) in each {
            let turn = turns.entry(to).or_default();
            let latest = working_days_after(self.today, 1 + *turn / self.per_day.max(1), self.calendar);
            *turn += 1;
            let standing = customer.next_contact.filter(|due| due.day >= self.today && due.day <= latest);
            match standing.filter(|due| self.takes(&mut taken, to, due.day)) {
                Some(due) => drop(contacts.insert(customer.id, due)),
                None => waiting.push((customer.id, to)),
            }
        }
        let mut days: HashMap<Id, Day> = HashMap::new();
        for (customer, to) in waiting {
            let day = days.entry(to).or_insert_with(|| working_days_after(self.today, 1, self.calendar));
            while !self.takes(&mut taken, to, *day) {
                *day = working_days_after(*day, 1, self.calendar);
            }
            contacts.insert(customer, Due::on(*day));
        }
        contacts
    }

    /// Takes one of a person's first contacts of a day, where one is left.
    fn takes(&self, taken: &mut HashMap<(Id, Day), u32>, to: Id, day: Day) -> bool {
        let count = taken.entry((to, day)).or_default();
        let is_free = *count < self.per_day.max(1);
        *count += u32::from(is_free);
        is_free
    }
}

/// What of a dossier is to go; `None` where nothing is.
fn held(book: &Book, from: Option<Id>, dossier: &Dossier) -> Option<Held> {
    let customer = dossier.customer()?;
    let of_each = from.is_none();
    let from = from.or(customer.owner);
    let whole = customer.owner == from && (from.is_some() || of_each);
    let is_theirs = |owner: Option<Id>| owner.is_some() && owner == from;
    let is_open = |deal: &Deal| matches!(book.standards().role(&deal.stage), StageRole::Open | StageRole::Parked);
    let deals: Vec<Deal> = dossier.deals().into_iter().filter(|deal| is_theirs(deal.owner) && is_open(deal)).collect();
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

impl Held {
    fn handed(&self, to: Id, first_contact: Option<Due>, group: String) -> Handed {
        Handed {
            customer: self.customer.id,
            to,
            whole: self.whole,
            deals: self.deals.len(),
            promises: self.steps.len(),
            complaints: self.complaints.len(),
            first_contact,
            group,
        }
    }

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

/// The code and name of a customer, as the list of what was handed over shows it.
pub fn code_and_name(book: &Book, customer: Id) -> (String, String) {
    let row = book.row_of(customer);
    row.map_or_else(Default::default, |row| (row.text(RowText::Code).to_owned(), row.name().to_owned()))
}

/// What a share comes to, in words.
pub fn whole_words(share: &Share, language: Language) -> String {
    let Share { customers, deals, promises, complaints, .. } = share;
    match language {
        Language::En => {
            format!("{customers} customers, {deals} deals, {promises} promises, {complaints} complaints")
        }
        Language::Zh => format!("客户 {customers} 位、商机 {deals} 个、待办 {promises} 项、投诉 {complaints} 件"),
    }
}
