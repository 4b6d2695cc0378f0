//! Fields as JSON by the names they are stored under: those that no column has, and kinds that no table has.

use crate::book::Book;
use crate::book::row::RowText;
use crate::domain::id::Id;
use crate::domain::money::Exact;
use crate::domain::record::{Kind, Record};
use crate::domain::value::{Numbered, Value};
use serde_json::{Map, Number, Value as Json};

/// The fields of a record that hold something, by their names, but for those whose number is in `besides`.
pub fn fields(book: &Book, record: &Record, besides: &[u16]) -> Map<String, Json> {
    let kind = record.kind();
    let named = |field: Numbered| {
        let (_, name) = kind.fields().iter().find(|(number, _)| *number == field.number)?;
        let shown = shown(book, kind, field.number, &field.value);
        (!shown.is_null()).then(|| ((*name).to_owned(), shown))
    };
    record.numbered().into_iter().filter(|field| !besides.contains(&field.number)).filter_map(named).collect()
}

/// What a field holds; other records by their codes or names, choices by their keys.
fn shown(book: &Book, kind: Kind, field: u16, value: &Value) -> Json {
    match value {
        Value::Choice(choice) => kind.choice_key(field, *choice).map_or(Json::from(*choice), Json::from),
        Value::Link(id) => Json::from(called(book, *id)),
        Value::Links(ids) => ids.iter().map(|id| called(book, *id)).collect(),
        Value::Parts(parts) => parts.iter().map(|fields| Json::Object(part(book, kind.parts(field), fields))).collect(),
        other => plain(other),
    }
}

/// The fields of a part by their names.
pub fn part(book: &Book, names: &[(u16, &'static str)], fields: &[Numbered]) -> Map<String, Json> {
    let named = |field: &Numbered| {
        let (_, name) = names.iter().find(|(number, _)| *number == field.number)?;
        let shown = match &field.value {
            Value::Link(id) => Json::from(called(book, *id)),
            other => plain(other),
        };
        Some(((*name).to_owned(), shown))
    };
    fields.iter().filter_map(named).collect()
}

/// A customer by its code, a person by name, anything else by its id.
fn called(book: &Book, id: Id) -> String {
    let code = book.row_of(id).map(|row| row.text(RowText::Code).to_owned());
    let owner = || book.standards().owner(id).map(|owner| owner.name.clone());
    code.or_else(owner).unwrap_or_else(|| id.to_string())
}

/// A value in JSON, where its field does not say more of it: amounts as strings, shares as numbers of one.
pub fn plain(value: &Value) -> Json {
    let number = |number: f64| Number::from_f64(number).map_or(Json::Null, Json::Number);
    match value {
        Value::Empty | Value::Unknown(_) | Value::Parts(_) => Json::Null,
        Value::Text(text) => Json::from(text.as_str()),
        Value::Whole(count) => Json::from(*count),
        Value::Number(count) => Json::from(*count),
        Value::Flag(flag) => Json::from(*flag),
        Value::Choice(choice) => Json::from(*choice),
        Value::Rate(rate) => number(rate.as_number()),
        Value::Score(score) => number(score.as_number()),
        Value::Day(day) => Json::from(day.to_string()),
        Value::Moment(moment) => Json::from(moment.to_string()),
        Value::Due(due) => Json::from(due.to_string()),
        Value::Money(money) => Json::from(money.to_string()),
        Value::Exact(exact) => Json::from(Exact::total(std::iter::once(*exact)).to_string()),
        Value::Link(id) => Json::from(id.to_string()),
        Value::Links(ids) => ids.iter().map(ToString::to_string).collect(),
        Value::Texts(texts) => Json::from(texts.clone()),
        Value::Pairs(pairs) => {
            Json::Object(pairs.iter().map(|(name, text)| (name.clone(), Json::from(text.as_str()))).collect())
        }
    }
}
