//! What an import replaces in records that are there: each field with how often, and a few samples.

use crate::domain::change::{Change, SetField};
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::value::Value;
use crate::query::heading::heading_of;
use crate::text::Language;
use crate::text::choices::Said;

/// Samples kept of a field.
const SAMPLES: usize = 3;
/// Fields that say where other fields came from, or follow from them: nobody's words are lost with these.
const FOLLOWING: &[&str] = &["given_from", "given_on", "moves"];

/// A field of records that are there, something else in which is put in the place of what stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Altered {
    /// The records' kind.
    pub kind: Kind,
    /// The field's number.
    pub field: u16,
    /// In how many records.
    pub times: u64,
    /// The first of them.
    pub samples: Vec<Sample>,
}

impl Altered {
    /// What is replaced: a customer's field by its name; another record's with what the record is.
    pub fn called(&self, language: Language) -> String {
        let stored = self.kind.fields().iter().find(|(number, _)| *number == self.field).map_or("", |(_, name)| *name);
        let field = heading_of(self.kind, stored).map_or(stored, |words| words.say(language));
        match self.kind {
            Kind::Customer => field.to_owned(),
            kind => format!("{} · {field}", kind.words().say(language)),
        }
    }
}

/// One field of one record, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Whose record it is.
    pub home: Id,
    /// What stood there.
    pub before: Value,
    /// What stands there then.
    pub after: Value,
}

/// Notes what these changes put in the place of something else.
pub(super) fn note(altered: &mut Vec<Altered>, changes: &[Change]) {
    for change in changes {
        let Change::Set(set) = change else { continue };
        if set.before != Value::Empty && !follows(set) {
            note_one(altered, set);
        }
    }
}

fn follows(set: &SetField) -> bool {
    let name = set.kind.fields().iter().find(|(number, _)| *number == set.field).map(|(_, name)| *name);
    name.is_some_and(|name| FOLLOWING.contains(&name))
}

fn note_one(altered: &mut Vec<Altered>, set: &SetField) {
    let (kind, field) = (set.kind, set.field);
    let place = altered.iter().position(|one| (one.kind, one.field) == (kind, field)).unwrap_or_else(|| {
        altered.push(Altered { kind, field, times: 0, samples: Vec::new() });
        altered.len() - 1
    });
    let Some(one) = altered.get_mut(place) else { return };
    one.times += 1;
    if one.samples.len() < SAMPLES {
        one.samples.push(Sample { home: set.home, before: set.before.clone(), after: set.after.clone() });
    }
}
