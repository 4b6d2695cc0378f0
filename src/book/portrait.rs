//! A customer's row, made from everything in its dossier.

use crate::analysis::purchases::OrderFact;
use crate::book::facts::Facts;
use crate::book::row::{Heard, Open, StoredRow, Word};
use crate::book::row_layout::{WORDS, word_columns};
use crate::book::standards::Standards;
use crate::book::values::Values;
use crate::domain::choice::{Direction, FeedbackKind, StageRole};
use crate::domain::customer::{Contact, Customer};
use crate::domain::deal::Deal;
use crate::domain::feedback::Feedback;
use crate::domain::fields::Fields;
use crate::domain::follow_up::FollowUp;
use crate::domain::money::Money;
use crate::domain::record::{Kind, Record};
use crate::domain::tiers::Leaving;
use crate::domain::time::Day;
use crate::domain::value::Value;
use crate::query::field::Column;
use crate::store::dossier::Dossier;
use chrono::Datelike;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Characters of the conclusion that the list keeps.
const CONCLUSION: usize = 60;
/// Ways by which an incoming word asks for an answer; a call was answered when it was taken.
const NEEDS_ANSWER: [&str; 5] = ["email", "wechat", "text", "whatsapp", "voicemail"];

/// The columns of words, each with the number of the record's field.
static WORD_FIELDS: LazyLock<Vec<(Column, u16)>> =
    LazyLock::new(|| word_columns().filter_map(|column| Some((column, column.field().number()?))).collect());

/// The row of the customer whose dossier this is; `None` when there is no customer in it.
pub fn row_of(dossier: &Dossier, standards: &Standards) -> Option<StoredRow<'static>> {
    let customer = dossier.customer()?;
    let deals: Vec<Deal> = dossier.deals();
    let feedback: Vec<Feedback> = dossier.feedback();
    let facts = dossier.orders().iter().map(OrderFact::from).collect();
    let last_contact = dossier.follow_ups().iter().map(|follow_up| follow_up.at.day()).max();
    let contacts: Vec<Contact> = dossier.contacts();
    let touched = touched(&dossier.follow_ups(), &feedback);
    Some(StoredRow {
        words: words(&customer, stage(&deals, standards)),
        values: Values::of_customer(&customer).into(),
        open: open(dossier, &contacts, &feedback),
        conclusion: customer.conclusion.chars().take(CONCLUSION).collect::<String>().into(),
        contacts: reach(contacts).into(),
        last_contact,
        touched,
        kind: customer.kind,
        heard: heard(dossier, &deals, standards),
        facts: Facts::pack(facts).into(),
        id: customer.id,
        is_long: false,
        code: customer.code.into(),
        name: customer.name.into(),
        short_name: customer.short_name.into(),
        phone: customer.phone.into(),
        tags: customer.tags.into_iter().map(Cow::Owned).collect(),
        owner: customer.owner,
        next_contact: customer.next_contact,
        life_stage: customer.life_stage,
    })
}

/// The day somebody was last really reached; a call that reached nobody is none.
fn touched(talks: &[FollowUp], feedback: &[Feedback]) -> Option<Day> {
    let reached = talks.iter().filter(|talk| !talk.reached_nobody()).map(|talk| talk.at.day());
    reached.chain(feedback.iter().map(|told| told.at.day())).max()
}

/// What is open: promises, complaints, an unanswered word; and birthdays to come.
fn open(dossier: &Dossier, contacts: &[Contact], feedback: &[Feedback]) -> Option<Box<Open>> {
    let steps = dossier.next_steps().into_iter().filter(|step| step.done_at.is_none());
    let complaints =
        feedback.iter().filter(|entry| entry.kind == Some(FeedbackKind::Complaint) && entry.resolved_at.is_none());
    let last = dossier.follow_ups().into_iter().max_by_key(|follow_up| (follow_up.at, follow_up.id));
    let unanswered = last.filter(|last| {
        last.direction == Some(Direction::Incoming)
            && last.outcome.is_empty()
            && NEEDS_ANSWER.contains(&last.way.as_str())
    });
    let birthdays = contacts.iter().filter_map(|contact| {
        let date = contact.birthday?.date();
        Some((contact.name.clone(), date.month(), date.day()))
    });
    let mut open = Open {
        promises: steps.map(|step| (step.id, step.what, step.due, step.owner)).collect(),
        complaints: complaints.map(|entry| entry.promised).collect(),
        unanswered: unanswered.map(|last| last.at.day()),
        birthdays: birthdays.collect(),
    };
    // A dossier's records have no order of their own: what is made of them must not depend on it.
    open.promises.sort_by_key(|(step, _, due, _)| (*due, *step));
    open.complaints.sort_unstable();
    open.birthdays.sort_unstable();
    (open != Open::default()).then(|| Box::new(open))
}

/// The words of lists in the places of their columns; the stage of a deal counts more than the one set by hand.
fn words(customer: &Customer, stage: Option<String>) -> [Word<'static>; WORDS] {
    let mut stage = stage;
    let mut words: [Word<'static>; WORDS] = Default::default();
    for (word, (column, number)) in words.iter_mut().zip(WORD_FIELDS.iter()) {
        let of_deal = if *column == Column::Stage { stage.take() } else { None };
        let own = || match customer.get(*number) {
            Some(Value::Text(text)) => text,
            _ => String::new(),
        };
        *word = Word(of_deal.unwrap_or_else(own).into());
    }
    words
}

/// The stage of the furthest open or won deal (definitions: Funnel).
fn stage(deals: &[Deal], standards: &Standards) -> Option<String> {
    let counted = deals.iter().filter(|deal| matches!(standards.role(&deal.stage), StageRole::Open | StageRole::Won));
    let place = |deal: &&Deal| standards.stage(&deal.stage).map_or(0, |stage| stage.position);
    counted.max_by_key(|deal| (place(deal), &deal.stage)).map(|deal| deal.stage.clone())
}

/// What it let us know, and what of it is rarely there.
fn heard(dossier: &Dossier, deals: &[Deal], standards: &Standards) -> Option<Box<Heard>> {
    let feedback: Vec<Feedback> = dossier.feedback();
    let of = |kind| feedback.iter().filter(move |entry| entry.kind == Some(kind));
    let recommended = of(FeedbackKind::Recommendation).filter_map(|entry| Some((entry.at, entry.score?)));
    let unpaid = dossier.orders().into_iter().filter(|order| !order.returned).filter_map(|order| {
        let missing = order.amount() - order.paid?;
        (missing > Money::ZERO).then_some((order.due?, missing))
    });
    let open = deals.iter().filter(|deal| standards.role(&deal.stage) == StageRole::Open);
    let holds = dossier.of(Kind::TierHold).filter_map(|record| match record {
        Record::TierHold(hold) => Some((hold.id, hold.tier, hold.until)),
        _ => None,
    });
    let departures = dossier.of(Kind::Departure).filter_map(|record| match record {
        Record::Departure(departure) => Some((departure.on, departure.cause.unwrap_or(Leaving::Other))),
        _ => None,
    });
    let mut heard = Heard {
        ratings: of(FeedbackKind::Satisfaction).filter_map(|entry| Some((entry.at.day(), entry.score?))).collect(),
        recommends: recommended.max().and_then(|(_, score)| u8::try_from(score.hundredths() / 100).ok()),
        complaints: of(FeedbackKind::Complaint).map(|entry| (entry.at.day(), entry.resolved_at.is_none())).collect(),
        unpaid: unpaid.collect(),
        open_deals: open.filter_map(|deal| deal.amount).sum(),
        // The last word counts, also where it ends before an earlier one would have.
        hold: holds.max_by_key(|(id, ..)| *id).map(|(_, tier, until)| (tier, until)),
        departed: departures.max(),
    };
    heard.ratings.sort_unstable();
    heard.complaints.sort_unstable();
    heard.unpaid.sort_unstable();
    (heard != Heard::default()).then(|| Box::new(heard))
}

/// The contacts as the row keeps them, the first to call first.
fn reach(mut contacts: Vec<Contact>) -> String {
    contacts.sort_by_key(|contact| (!contact.primary, contact.id));
    let plain = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    let line =
        |contact: &Contact| format!("{}\t{}\t{}", plain(&contact.name), plain(&contact.phone), plain(&contact.email));
    contacts.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::row_of;
    use crate::book::standards::Standards;
    use crate::domain::change::Change;
    use crate::domain::customer::Customer;
    use crate::domain::id::Id;
    use crate::domain::record::Record;
    use crate::domain::tiers::TierHold;
    use crate::domain::time::Day;
    use crate::store::dossier::Dossier;

    /// A hold that ended sooner than an earlier one was saved and changed nothing.
    #[test]
    fn of_two_holds_the_last_said_counts_also_where_it_ends_sooner() {
        let home = Id::from_bytes([7; 16]);
        let mut dossier = Dossier::empty(home);
        let customer = Customer { id: home, name: "甲".to_owned(), ..Customer::default() };
        dossier.apply(&Change::Born(Record::from(customer)));
        let day = |month| Day::from_ymd(2027, month, 31);
        for (number, until) in [(1, day(3)), (2, day(1))] {
            let (id, customer, tier) = (Id::from_bytes([number; 16]), Some(home), "high".to_owned());
            dossier.apply(&Change::Born(TierHold { id, customer, tier, until, ..TierHold::default() }.into()));
        }
        let row = row_of(&dossier, &Standards::shipped()).unwrap();
        assert_eq!(row.heard.unwrap().hold, Some(("high".to_owned(), day(1))));
    }
}
