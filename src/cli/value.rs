//! What a change replaced and by what, readable.

use crate::book::Book;
use crate::cli::output::{number, text_or_null};
use crate::desk::Desk;
use crate::desk::history::{field_name, title};
use crate::domain::change::Change;
use crate::domain::deal::StageMove;
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::domain::value::{Numbered, Value};
use crate::exchange::export::plain::plain;
use crate::query::field::{FieldType, of_stored};
use crate::query::heading::heading_of;
use crate::store::dossier::Dossier;
use crate::text::Language;
use crate::text::choices::Said;
use serde_json::{Map, Value as Json, json};
use std::cell::RefCell;

/// The book whose words are used, and the language.
pub struct Telling<'a> {
    desk: &'a Desk,
    book: &'a Book,
    language: Language,
    /// What was read last, to call its records by name.
    read: RefCell<Option<Dossier>>,
}

impl<'a> Telling<'a> {
    /// Tells in the words of a book.
    pub fn new(desk: &'a Desk, language: Language) -> Telling<'a> {
        Telling { desk, book: desk.book(), language, read: RefCell::default() }
    }

    /// A change in JSON.
    pub fn json(&self, change: &Change) -> Json {
        let (kind, id) = (change.kind().key(), change.id().to_string());
        match change {
            Change::Set(set) => json!({
                "change": "changed", "kind": kind, "id": id, "name": self.name_of(change),
                "field": field_name(change),
                "before": self.value(change.home(), set.kind, set.field, &set.before),
                "after": self.value(change.home(), set.kind, set.field, &set.after),
            }),
            Change::Born(record) => json!({
                "change": "added", "kind": kind, "id": id, "name": text_or_null(&title(record)),
                "field": null, "before": null, "after": self.record(change.home(), record),
            }),
            Change::Gone(record) => json!({
                "change": "deleted", "kind": kind, "id": id, "name": text_or_null(&title(record)),
                "field": null, "before": self.record(change.home(), record), "after": null,
            }),
        }
    }

    /// A field that was set, on one line; nothing for a record that came or went, which the summary names.
    pub fn line(&self, change: &Change) -> Option<String> {
        let Change::Set(set) = change else { return None };
        // A deal's way repeats what its stage says.
        let name = field_name(change).filter(|name| *name != "moves")?;
        let plain = |value: &Value| match self.value(change.home(), set.kind, set.field, value) {
            Json::Null => "–".to_owned(),
            Json::String(text) => text,
            Json::Array(parts) => parts
                .iter()
                .map(|part| part.as_str().map_or(part.to_string(), str::to_owned))
                .collect::<Vec<_>>()
                .join(", "),
            other => other.to_string(),
        };
        let of_kind = if set.kind == Kind::Customer { "" } else { set.kind.words().say(self.language) };
        let heading = heading_of(set.kind, name).map_or(name, |words| words.say(self.language));
        Some(format!("{of_kind} {heading}: {} → {}", plain(&set.before), plain(&set.after)).trim_start().to_owned())
    }

    fn name_of(&self, change: &Change) -> Json {
        self.book.row_of(change.home()).map_or(Json::Null, |row| Json::from(row.name()))
    }

    /// The fields of a record that hold something.
    fn record(&self, home: Id, record: &Record) -> Json {
        let kind = record.kind();
        // A hundred thousand moves are told by their recalculation.
        let fields = if kind == Kind::TierMoves { &[] } else { kind.fields() };
        let held = fields.iter().filter_map(|(field, name)| {
            let value = self.value(home, kind, *field, &record.get(*field)?);
            (!value.is_null()).then(|| ((*name).to_owned(), value))
        });
        Json::Object(held.collect::<Map<_, _>>())
    }

    fn value(&self, home: Id, kind: Kind, field: u16, value: &Value) -> Json {
        let name = kind.fields().iter().find(|(other, _)| *other == field).map_or("", |(_, name)| *name);
        match value {
            Value::Text(text) => Json::from(self.word(kind, name, text)),
            Value::Choice(choice) => kind.choice_key(field, *choice).map_or(Json::from(*choice), Json::from),
            Value::Link(id) => Json::from(self.called(home, *id)),
            Value::Links(ids) => Json::Array(ids.iter().map(|id| Json::from(self.called(home, *id))).collect()),
            Value::Parts(_) => self.parts(kind, field, value),
            other => plain(other),
        }
    }

    /// The parts that a record has several of, each by the names of its fields; a deal's steps by their stages.
    fn parts(&self, kind: Kind, field: u16, value: &Value) -> Json {
        if let (Kind::Deal, Some(steps)) = (kind, value.read::<Vec<StageMove>>().filter(|_| is_moves(field))) {
            return Json::Array(steps.iter().map(|step| Json::from(self.stage(&step.stage))).collect());
        }
        let Value::Parts(parts) = value else { return Json::Null };
        let names = kind.parts(field);
        let named = |part: &Numbered| {
            let (_, name) = names.iter().find(|(number, _)| *number == part.number)?;
            let shown = match &part.value {
                Value::Number(thousandths) if *name == "quantity" => number(*thousandths as f64 / 1000.0),
                other => plain(other),
            };
            Some(((*name).to_owned(), shown))
        };
        parts.iter().map(|part| Json::Object(part.iter().filter_map(named).collect())).collect()
    }

    fn stage(&self, key: &str) -> String {
        self.book.standards().stage_shown(key, self.language).to_owned()
    }

    /// A kept key in words.
    fn word(&self, kind: Kind, name: &str, text: &str) -> String {
        match of_stored(kind, name).map(|field| field.holds) {
            Some(FieldType::List(list)) => self.book.standards().shown(list, text, self.language).to_owned(),
            Some(FieldType::Stage) => self.stage(text),
            _ => text.to_owned(),
        }
    }

    /// What another record is called: one of the book, or of the same customer; its id where it has no name, or is gone.
    fn called(&self, home: Id, id: Id) -> String {
        let standards = self.book.standards();
        let owner = || standards.owner(id).map(|owner| owner.name.clone());
        let team = || standards.team(id).map(|team| team.name.clone());
        let row = self.book.row_of(id).map(|row| row.name().to_owned());
        row.or_else(owner).or_else(team).or_else(|| self.beside(home, id)).unwrap_or_else(|| id.to_string())
    }

    /// What a record of a customer is called: a contact, a deal.
    fn beside(&self, home: Id, id: Id) -> Option<String> {
        let mut read = self.read.borrow_mut();
        if read.as_ref().is_none_or(|dossier| dossier.home() != home) {
            *read = self.desk.dossier(home).ok();
        }
        let record = read.as_ref()?.get(id)?;
        Some(title(&record)).filter(|title| !title.is_empty())
    }
}

/// Whether a field of a deal is the log of its stages.
fn is_moves(field: u16) -> bool {
    Kind::Deal.fields().contains(&(field, "moves"))
}

#[cfg(test)]
mod tests {
    use crate::domain::id::Id;
    use crate::domain::record::{Kind, Record};
    use crate::domain::value::Value;

    #[test]
    fn every_choice_of_every_record_has_a_key_to_be_told_by() {
        for kind in Kind::ALL {
            for (number, name) in kind.fields() {
                let mut record = Record::empty(*kind, Id::BOOK);
                if record.set(*number, Value::Choice(1)) {
                    assert!(kind.choice_key(*number, 1).is_some(), "{kind:?}.{name}");
                }
            }
        }
    }
}
