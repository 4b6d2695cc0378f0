//! A follow-up logged: the line read with the book's names, and the changes that come of it.

use crate::book::Book;
use crate::book::naming::named_at_start;
use crate::book::planned::Planned;
use crate::book::planning::{Planning, Refusal};
use crate::domain::change::Change;
use crate::domain::choice::{FeedbackKind, ListKind, StageRole};
use crate::domain::customer::{Contact, Customer};
use crate::domain::deal::{Deal, Stage, StageMove};
use crate::domain::feedback::Feedback;
use crate::domain::follow_up::{FollowUp, NextStep};
use crate::domain::id::Id;
use crate::domain::list::ListItem;
use crate::domain::money::Money;
use crate::domain::record::Record;
use crate::domain::time::{Day, Due, Moment};
use crate::line::{Context, Line, Named, Names, longest_name};
use crate::parse::when::Clock;
use crate::parse::working_days::{Calendar, working_days_after};
use crate::store::dossier::Dossier;
use crate::text::Language;
use crate::text::choices::Said;
use serde::{Deserialize, Serialize};

/// A follow-up with all that it promises and moves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logging {
    /// The customer.
    pub customer: Id,
    /// What was said; its id is made when it is logged.
    pub follow_up: FollowUp,
    /// What was promised.
    pub steps: Vec<NextStep>,
    /// What the customer told us.
    pub feedback: Option<Feedback>,
    /// The stage a deal is moved to: its key.
    pub stage: Option<String>,
    /// The deal it is about; the only open one where none is named.
    pub deal: Option<Id>,
    /// The deal's amount.
    pub deal_amount: Option<Money>,
    /// When the customer is to be contacted next, where no step says it.
    pub next_contact: Option<Due>,
}

/// The lists that a line is read with.
pub struct Reader<'a> {
    book: &'a Book,
    contacts: &'a [Contact],
    ways: Vec<ListItem>,
    outcomes: Vec<ListItem>,
    tags: &'a [String],
    calendar: Calendar,
    now: Moment,
    language: Language,
    customer: Option<Id>,
}

impl<'a> Reader<'a> {
    /// Reads lines of a customer's follow-ups, whose contacts are these, at `now`.
    pub fn new(
        book: &'a Book,
        customer: Option<Id>,
        contacts: &'a [Contact],
        now: Moment,
        language: Language,
    ) -> Reader<'a> {
        let items = |list| book.standards().items(list).cloned().collect();
        Reader {
            book,
            contacts,
            ways: items(ListKind::Way),
            outcomes: items(ListKind::Outcome),
            tags: book.tags(),
            calendar: book.standards().calendar().clone(),
            now,
            language,
            customer,
        }
    }

    /// What lines are read against.
    pub fn context(&self) -> Context<'_> {
        Context {
            clock: Clock::of(self.now, Some(&self.calendar)),
            language: self.language,
            ways: &self.ways,
            outcomes: &self.outcomes,
            stages: self.book.standards().stages(),
            tags: self.tags,
            names: self,
            customer: self.customer,
            deal: None,
        }
    }

    /// Reads a line.
    pub fn read(&self, line: &str) -> Line {
        crate::line::parse(line, &self.context())
    }

    /// The tags in use.
    pub fn tags(&self) -> &[String] {
        self.tags
    }

    /// Which working days there are.
    pub const fn calendar(&self) -> &Calendar {
        &self.calendar
    }
}

impl Names for Reader<'_> {
    fn customer(&self, text: &str) -> Option<Named> {
        named_at_start(self.book, text)
    }

    fn contact(&self, customer: Option<Id>, text: &str) -> Option<Named> {
        if customer == self.customer && customer.is_some() {
            let (place, chars) = longest_name(self.contacts.iter().map(|contact| contact.name.as_str()), text)?;
            return self.contacts.get(place).map(|contact| Named { id: contact.id, chars });
        }
        None
    }

    fn owner(&self, text: &str) -> Option<Named> {
        let owners = self.book.standards().owners();
        let names = owners
            .iter()
            .flat_map(|owner| std::iter::once(&owner.name).chain(&owner.aliases).map(|name| (owner.id, name.as_str())));
        let names: Vec<(Id, &str)> = names.collect();
        let (place, chars) = longest_name(names.iter().map(|(_, name)| *name), text)?;
        names.get(place).map(|(id, _)| Named { id: *id, chars })
    }
}

impl Logging {
    /// What a line that was read says about a customer, written by `me` at `now`.
    pub fn of(line: &Line, customer: Id, me: &str, now: Moment, book: &Book) -> Logging {
        let at = line.at.as_ref().map_or(now, |reading| moment_of(reading.due, now));
        let mine = book.standards().owner_called(me).map(|owner| owner.id);
        let follow_up = FollowUp {
            customer: Some(customer),
            at,
            way: line.way.clone().unwrap_or_default(),
            direction: line.direction,
            by: me.to_owned(),
            contact: line.contacts.first().copied(),
            deal: line.deal,
            tags: line.tags.clone(),
            amount: line.amount.filter(|_| !line.amount_is_deal),
            priority: u32::from(line.priority),
            text: line.text.clone(),
            outcome: line.outcome.clone().unwrap_or_default(),
            ..FollowUp::default()
        };
        let step = |step: &crate::line::Step| NextStep {
            customer: Some(customer),
            what: what_of(step),
            due: step.due,
            deadline: step.deadline,
            owner: step.who.or(mine),
            by: me.to_owned(),
            ..NextStep::default()
        };
        let feedback = line.feedback.as_ref().map(|heard| Feedback {
            customer: Some(customer),
            at,
            kind: Some(heard.kind),
            score: heard.score,
            text: line.text.clone(),
            topic: if heard.kind == FeedbackKind::Complaint { topic_of(&line.tags) } else { String::new() },
            by: me.to_owned(),
            contact: line.contacts.first().copied(),
            ..Feedback::default()
        });
        Logging {
            customer,
            follow_up,
            steps: line.steps.iter().map(step).collect(),
            feedback,
            stage: line.stage.clone(),
            deal: line.deal,
            deal_amount: line.amount.filter(|_| line.amount_is_deal),
            next_contact: None,
        }
    }

    /// Keeps in the text who else was named: a follow-up has one contact and no colleagues.
    pub fn keep_others(&mut self, line: &Line, contacts: &[Contact], book: &Book) {
        let contact = |id: &Id| contacts.iter().find(|contact| contact.id == *id).map(|contact| contact.name.as_str());
        let others = line.contacts.iter().skip(1).filter_map(contact).map(|name| format!("+{name}"));
        let colleagues = line.colleagues.iter().map(|id| format!("@{}", book.standards().owner_name(Some(*id))));
        for name in others.chain(colleagues) {
            for text in
                std::iter::once(&mut self.follow_up.text).chain(self.feedback.as_mut().map(|told| &mut told.text))
            {
                *text = format!("{text} {name}").trim_start().to_owned();
            }
        }
    }

    /// When the customer is to be contacted next: the first of the promised days.
    pub fn next_contact(&self) -> Option<Due> {
        self.steps.iter().filter_map(|step| step.due).min().or(self.next_contact)
    }

    /// The same outcome with another customer at `now`: way, direction and outcome, with the outcome's default next
    /// contact. What was said belongs to the first customer alone.
    pub fn outcome_for(&self, customer: Id, now: Moment, book: &Book) -> Logging {
        let said = &self.follow_up;
        let follow_up = FollowUp {
            customer: Some(customer),
            at: now,
            way: said.way.clone(),
            direction: said.direction,
            outcome: said.outcome.clone(),
            by: said.by.clone(),
            ..FollowUp::default()
        };
        let next_contact = next_after(&said.outcome, now.day(), book);
        Logging { customer, follow_up, next_contact, ..Logging::default() }
    }

    /// Whether nothing at all was said.
    pub fn is_empty(&self) -> bool {
        let said = &self.follow_up;
        let nothing =
            said.text.trim().is_empty() && said.way.is_empty() && said.outcome.is_empty() && said.tags.is_empty();
        nothing && said.amount.is_none() && self.steps.is_empty() && self.feedback.is_none() && self.stage.is_none()
    }

    /// The changes that log it.
    pub(super) fn plan(&self, planning: &mut Planning<'_>) -> Result<Vec<Change>, Refusal> {
        let dossier = planning.dossier(self.customer).ok_or(Refusal::NotThere)?;
        let customer = dossier.customer().ok_or(Refusal::NotThere)?;
        if self.is_empty() {
            return Err(Refusal::NothingToDo);
        }
        let mut new_id = || planning.ids.next(planning.now);
        let deal = self.moved_deal(dossier, planning.book.standards().stages(), planning.now, &mut new_id)?;
        let follow_up = FollowUp {
            id: new_id(),
            deal: deal.as_ref().map(|(deal, _)| deal.id()).or(self.deal),
            ..self.follow_up.clone()
        };
        let mut changes = Vec::new();
        for step in &self.steps {
            changes.push(Change::Born(NextStep { id: new_id(), follow_up: Some(follow_up.id), ..step.clone() }.into()));
        }
        if let Some(feedback) = &self.feedback {
            changes.push(Change::Born(Feedback { id: new_id(), ..feedback.clone() }.into()));
        }
        changes.extend(self.customer_changes(&customer));
        changes.extend(deal.map(|(_, changes)| changes).into_iter().flatten());
        if !self.is_only_feedback() {
            changes.insert(0, Change::Born(follow_up.into()));
        }
        Ok(changes)
    }

    /// What becomes of the customer's next contact: it is the one promised now; one that was due has been kept with this
    /// talk, and one still to come stays.
    pub fn planned(&self, before: Option<Due>) -> Planned {
        let to_come = |due: Due| due.day > self.follow_up.at.day() || self.is_only_feedback();
        match (self.next_contact(), before) {
            (Some(due), before) => Planned::Set { due, before },
            (None, None) => Planned::None,
            (None, Some(due)) if to_come(due) => Planned::Stays(due),
            (None, Some(due)) => Planned::Settled(due),
        }
    }

    /// A score or an event alone is feedback, and no talk.
    fn is_only_feedback(&self) -> bool {
        self.feedback.as_ref().is_some_and(|feedback| feedback.kind != Some(FeedbackKind::Complaint))
    }

    fn customer_changes(&self, customer: &Customer) -> Vec<Change> {
        let day = self.follow_up.at.day();
        let after = Customer {
            next_contact: self.planned(customer.next_contact).due(),
            first_contact: customer.first_contact.or(Some(day)),
            ..customer.clone()
        };
        Record::from(customer.clone()).changes_to(&after.into())
    }

    /// The deal it is about, as it is before: the one named, else the only one open; none where a new one is made.
    ///
    /// # Errors
    /// The deal named is gone, or none is named and several are open.
    pub fn deal_meant(&self, dossier: &Dossier, stages: &[Stage]) -> Result<Option<Deal>, Refusal> {
        let open = |deal: &Deal| !matches!(role_in(stages, &deal.stage), Some(StageRole::Won | StageRole::Lost));
        let candidates: Vec<Deal> = dossier.deals().into_iter().filter(open).collect();
        Ok(match (self.deal, candidates.as_slice()) {
            (Some(id), _) => Some(dossier.deals().into_iter().find(|deal| deal.id == id).ok_or(Refusal::NotThere)?),
            (None, []) => None,
            (None, [only]) => Some(only.clone()),
            (None, _) => return Err(Refusal::WhichDeal),
        })
    }

    /// The deal whose stage or amount the line moves, with the changes; a new one where there is none open.
    fn moved_deal(
        &self,
        dossier: &Dossier,
        stages: &[Stage],
        now: Moment,
        new_id: &mut dyn FnMut() -> Id,
    ) -> Result<Option<(Record, Vec<Change>)>, Refusal> {
        if self.stage.is_none() && self.deal_amount.is_none() {
            return Ok(None);
        }
        let role = |key: &str| role_in(stages, key);
        let before = self.deal_meant(dossier, stages)?;
        let mut after = before.clone().unwrap_or_else(|| self.new_deal(new_id()));
        if let Some(stage) = &self.stage {
            move_to(&mut after, stage, role(stage), now, &self.follow_up.by);
        }
        after.amount = self.deal_amount.or(after.amount);
        let record = Record::from(after);
        let changes = match before {
            Some(before) => Record::from(before).changes_to(&record),
            None => vec![Change::Born(record.clone())],
        };
        Ok(Some((record, changes)))
    }

    /// What a deal made by this is called: the first words said.
    pub fn new_deal_title(&self) -> String {
        self.follow_up.text.chars().take(30).collect()
    }

    fn new_deal(&self, id: Id) -> Deal {
        let title = self.new_deal_title();
        let (owner, opened) = (self.steps.first().and_then(|step| step.owner), Some(self.follow_up.at.day()));
        Deal { id, customer: Some(self.customer), title, owner, opened, ..Deal::default() }
    }
}

fn role_in(stages: &[Stage], key: &str) -> Option<StageRole> {
    stages.iter().find(|stage| stage.key == key).and_then(|stage| stage.role)
}

/// The sort of complaint: the first tag that says more than that it is one.
fn topic_of(tags: &[String]) -> String {
    let plain = FeedbackKind::Complaint.words();
    let says_more = |tag: &&String| *tag != plain.zh && !tag.eq_ignore_ascii_case(plain.en);
    tags.iter().find(says_more).cloned().unwrap_or_default()
}

/// What is to be done; a date that names no day is kept in it as it was written.
fn what_of(step: &crate::line::Step) -> String {
    match &step.unknown {
        Some((phrase, _)) => format!("{phrase} {}", step.what).trim_end().to_owned(),
        None => step.what.clone(),
    }
}

/// Moves a deal to a stage, noting when and by whom. What somebody thought of its chances was thought of the stage before:
/// from now on the new stage's probability holds.
pub fn move_to(deal: &mut Deal, stage: &str, role: Option<StageRole>, now: Moment, by: &str) {
    if deal.stage == stage {
        return;
    }
    deal.moves.push(StageMove { stage: stage.to_owned(), at: Some(now), by: by.to_owned(), ..StageMove::default() });
    deal.stage = stage.to_owned();
    deal.probability = None;
    deal.closed = matches!(role, Some(StageRole::Won | StageRole::Lost)).then(|| now.day());
}

/// When a customer is to be contacted after an outcome: so many working days later, as the outcome's list says.
pub fn next_after(outcome: &str, today: Day, book: &Book) -> Option<Due> {
    let days = book.standards().item(ListKind::Outcome, outcome)?.days?;
    Some(Due::on(working_days_after(today, days, book.standards().calendar())))
}

/// A day as a moment: at the time given, else at the time of `now`.
pub fn moment_of(due: Due, now: Moment) -> Moment {
    use chrono::Timelike;
    let local = now.local();
    let minute = due.minute.map_or(local.hour() * 60 + local.minute(), u32::from);
    Moment::start_of(due.day, now.offset_minutes()).plus_seconds(i64::from(minute) * 60)
}
