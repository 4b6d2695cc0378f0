//! Makes the dossier of one home hold what arrived, field by field.

use super::key::natural_key;
use super::matching::{Arriving, name_of};
use super::model::{Counts, Mode};
use crate::book::command::Codes;
use crate::domain::change::Change;
use crate::domain::customer::Customer;
use crate::domain::deal::StageMove;
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::domain::time::Moment;
use crate::domain::value::{FieldValue, Value};
use crate::exchange::intake::LinkWord;
use crate::exchange::text_key::normal_name;
use crate::store::dossier::Dossier;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What makes the dossier of one home hold what arrived.
pub(super) fn changes_of_home(
    arriving: Vec<Arriving>,
    dossier: &Dossier,
    mode: Mode,
    codes: &mut Codes,
    now: Moment,
    counts: &mut BTreeMap<Kind, Counts>,
) -> Vec<Change> {
    let mut home = Home::of(dossier);
    let touched: BTreeSet<usize> = arriving.into_iter().map(|record| home.take(record)).collect();
    let mut changes = Vec::new();
    for place in touched {
        let Some((after, before)) = home.records.get_mut(place) else { continue };
        if let (Record::Customer(customer), None) = (&mut *after, &before) {
            give_code(customer, codes, now);
        }
        let counted = counts.entry(after.kind()).or_default();
        match before {
            None if mode == Mode::Update => counted.refused += 1,
            Some(_) if mode == Mode::Create => counted.unchanged += 1,
            None => {
                counted.created += 1;
                changes.push(Change::Born(after.clone()));
            }
            Some(before) => {
                keep_lineage(before, after);
                log_move(before, after, now);
                let set = before.changes_to(after);
                if set.is_empty() {
                    counted.unchanged += 1;
                } else {
                    counted.updated += 1;
                }
                changes.extend(set);
            }
        }
    }
    changes
}

/// The records of a home while others arrive: each as it is to be, and as the book has it.
struct Home {
    records: Vec<(Record, Option<Record>)>,
    by_id: HashMap<Id, usize>,
    by_key: HashMap<(Kind, String), usize>,
    is_new: bool,
}

impl Home {
    fn of(dossier: &Dossier) -> Home {
        let records: Vec<(Record, Option<Record>)> =
            dossier.records().map(|record| (record.clone(), Some(record))).collect();
        let placed = || records.iter().enumerate().map(|(place, (record, _))| (place, record));
        let by_id = placed().map(|(place, record)| (record.id(), place)).collect();
        let by_key = placed().filter_map(|(place, record)| Some((natural_key(record)?, place))).collect();
        Home { by_id, by_key, records, is_new: dossier.is_empty() }
    }

    /// Takes a record in, into the one it is the same as where that is there; gives its place.
    fn take(&mut self, mut record: Arriving) -> usize {
        record.fields.extend(linked_within(&self.records, &record));
        let mut after = Record::empty(record.kind, record.id);
        put(&mut after, record.fields.clone());
        let same = self.by_id.get(&record.id).or_else(|| self.by_key.get(&natural_key(&after)?)).copied();
        if let Some((place, (kept, _))) = same.and_then(|place| Some((place, self.records.get_mut(place)?))) {
            put(kept, record.fields);
            return place;
        }
        debug_assert!(record.fresh || self.is_new);
        let place = self.records.len();
        self.by_id.insert(record.id, place);
        self.by_key.extend(natural_key(&after).map(|key| (key, place)));
        self.records.push((after, None));
        place
    }
}

/// Figures that are as they were keep the note of where they came from: the same table under a new name says nothing new.
fn keep_lineage(before: &Record, after: &mut Record) {
    let (Record::Customer(before), Record::Customer(after)) = (before, after) else { return };
    let same = Customer { given_from: after.given_from.clone(), given_on: after.given_on, ..before.clone() };
    let figures = |customer: &Customer| {
        let record = Record::from(customer.clone());
        let given = Kind::Customer.fields().iter().filter(|(_, name)| name.starts_with("given_"));
        given.map(|(number, _)| record.get(*number)).collect::<Vec<_>>()
    };
    if !before.given_from.is_empty() && figures(&same) == figures(after) {
        after.given_from.clone_from(&before.given_from);
        after.given_on = before.given_on;
    }
}

/// The fields of a record that name others of its home: a deal's contacts are several.
pub(super) fn linked_within(there: &[(Record, Option<Record>)], record: &Arriving) -> Vec<(u16, Value)> {
    let found = record
        .within
        .iter()
        .filter_map(|(field, word)| Some((*field, called_within(there, record.kind, *field, word)?)));
    let mut fields: Vec<(u16, Value)> = Vec::new();
    for (field, id) in found {
        let several = name_of(record.kind, field) == "contacts";
        match fields.iter_mut().find(|(known, _)| *known == field) {
            Some((_, Value::Links(ids))) if !ids.contains(&id) => ids.push(id),
            Some(_) => {}
            None => fields.push((field, if several { Value::Links(vec![id]) } else { Value::Link(id) })),
        }
    }
    fields
}

/// The contact or deal of one home that goes by a word.
pub(super) fn called_within(there: &[(Record, Option<Record>)], kind: Kind, field: u16, word: &LinkWord) -> Option<Id> {
    let name = normal_name(&word.name);
    let is_deal = name_of(kind, field) == "deal";
    let called = |record: &&(Record, Option<Record>)| match &record.0 {
        Record::Contact(contact) if !is_deal => normal_name(&contact.name) == name,
        Record::Deal(deal) if is_deal => normal_name(&deal.number) == name || normal_name(&deal.title) == name,
        _ => false,
    };
    there.iter().find(called).map(|(record, _)| record.id()).filter(|_| !name.is_empty())
}

pub(super) fn give_code(customer: &mut Customer, codes: &mut Codes, now: Moment) {
    if customer.code.is_empty() {
        customer.code = codes.next(now);
    } else {
        codes.saw(&customer.code);
    }
}

/// Puts fields into a record; own fields are added to those there, and a file's silence changes nothing.
pub(super) fn put(record: &mut Record, fields: Vec<(u16, Value)>) {
    for (field, value) in fields {
        let merged = match (record.get(field), value) {
            (Some(Value::Pairs(mut pairs)), Value::Pairs(new)) => {
                for (name, text) in new {
                    match pairs.iter_mut().find(|(other, _)| *other == name) {
                        Some(pair) => pair.1 = text,
                        None => pairs.push((name, text)),
                    }
                }
                Value::Pairs(pairs)
            }
            (Some(kept @ Value::Parts(_)), new) if name_of(record.kind(), field) == "moves" => with_steps(&kept, &new),
            (_, value) => value,
        };
        record.set(field, merged);
    }
}

/// A deal's log with the steps of a file: one of a stage and day that is there already adds nothing.
fn with_steps(kept: &Value, new: &Value) -> Value {
    let (mut kept, new): (Vec<StageMove>, Vec<StageMove>) =
        (kept.read().unwrap_or_default(), new.read().unwrap_or_default());
    let day = |step: &StageMove| step.at.map(|at| at.day());
    for step in new {
        let known =
            kept.iter().any(|other| other.stage == step.stage && (step.at.is_none() || day(other) == day(&step)));
        if !known {
            let later = kept.iter().position(|other| step.at.is_some() && other.at > step.at);
            kept.insert(later.unwrap_or(kept.len()), step);
        }
    }
    kept.to_value()
}

/// A deal that a file puts in another stage was moved there, on the day it was decided or else now.
fn log_move(before: &Record, after: &mut Record, now: Moment) {
    let (Record::Deal(before), Record::Deal(after)) = (before, after) else { return };
    let logged = after.moves.last().is_some_and(|last| last.stage == after.stage);
    if before.stage != after.stage && !logged {
        let decided = after.closed.filter(|day| before.closed != Some(*day));
        let at = decided.map_or(now, |day| Moment::start_of(day, now.offset_minutes()));
        after.moves.push(StageMove {
            stage: after.stage.clone(),
            at: Some(at),
            by: String::new(),
            ..StageMove::default()
        });
    }
}
