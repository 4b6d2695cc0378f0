//! One cell to the value its field holds.

use crate::domain::deal::StageMove;
use crate::domain::measure::Score;
use crate::domain::money::Exact;
use crate::domain::record::Kind;
use crate::domain::value::{FieldValue, Value};
use crate::exchange::amount::{amount, exact, quantity};
use crate::exchange::cell::{email, flag, phone, rate, satisfaction_words, score, tags, whole};
use crate::exchange::choice_words::number_in;
use crate::exchange::date::{day, due, moment};
use crate::exchange::intake::column::Column;
use crate::exchange::intake::model::{Lists, Options};
use crate::exchange::list_text::cells;
use crate::exchange::reason::Reason;
use crate::exchange::text_key::one_line;
use crate::query::field::{Field, FieldType, Topic};

/// Fields whose line breaks are kept.
const LONG_TEXTS: &[&str] = &["note", "conclusion", "text", "resolution", "review", "benefits", "result"];

/// The value of a field of a record in a cell; `Empty` for an empty cell.
///
/// # Errors
/// The reason why the cell cannot be read so.
pub(super) fn value(
    field: &Field,
    column: &Column,
    text: &str,
    options: &Options,
    lists: &Lists,
) -> Result<Value, Reason> {
    let kind = match field.topic {
        Topic::Of(kind) => kind,
        Topic::OrderLine => Kind::Order,
        Topic::Gathered => Kind::Customer,
    };
    let stores = field.stores.unwrap_or_default();
    let found = match field.holds {
        FieldType::Text if stores == "moves" => Some(moves(column, text, options, lists)?),
        FieldType::Text => plain_text(stores, text)?.map(Value::Text),
        FieldType::List(list) => word(text).map(|word| Value::Text((lists.item)(list, &word).unwrap_or(word))),
        FieldType::Stage => word(text).map(|word| Value::Text((lists.stage)(&word).unwrap_or(word))),
        FieldType::Choice(list) => number_in(list, text)?.map(Value::Choice),
        FieldType::Texts => Some(tags(text)).filter(|tags| !tags.is_empty()).map(Value::Texts),
        FieldType::Whole => counted(stores, column, text)?.map(Value::Whole),
        FieldType::Quantity => {
            quantity(text)?.and_then(|thousandths| u32::try_from(thousandths).ok()).map(Value::Whole)
        }
        FieldType::Money => match amount(text, column.unit)? {
            // Orders may be taken back; a deal is worth something or nothing.
            Some(money) if kind == Kind::Deal && money.cents() < 0 => return Err(Reason::Negative),
            money => money.map(Value::Money),
        },
        FieldType::Price => exact(text, column.unit)?.map(|price| Value::Money(Exact::total([price].into_iter()))),
        FieldType::Rate => rate(text, column.rate)?.map(Value::Rate),
        FieldType::Score => points(stores, text)?.map(Value::Score),
        FieldType::Day => dated(column, text)?,
        FieldType::Moment => moment(text, column.order, options.offset_minutes)?.map(Value::Moment),
        FieldType::Flag => flag(text)?.map(Value::Flag),
        FieldType::Link(_) => None,
    };
    Ok(found.unwrap_or_default())
}

/// The stages a deal went through, each with its time and author: `线索|2026-01-02|王; 意向|2026-02-01|王`.
fn moves(column: &Column, text: &str, options: &Options, lists: &Lists) -> Result<Value, Reason> {
    let step = |[stage, at, by]: [String; 3]| {
        let at = moment(&at, column.order, options.offset_minutes)?;
        Ok(StageMove { stage: (lists.stage)(&stage).unwrap_or(stage), at, by, ..StageMove::default() })
    };
    Ok(cells(text).into_iter().map(step).collect::<Result<Vec<StageMove>, Reason>>()?.to_value())
}

/// Whether a text cell says that there is nothing. Fewer words than for numbers: a firm may well be called Nil.
pub(super) fn says_nothing(text: &str) -> bool {
    matches!(
        text.trim(),
        "" | "-" | "--" | "—" | "——" | "/" | "\\" | "\\N" | "N/A" | "n/a" | "#N/A" | "NULL" | "null" | "无" | "暂无"
    )
}

/// What a spreadsheet shows where it could not calculate.
pub(super) fn is_error(text: &str) -> bool {
    text.starts_with('#')
        && matches!(
            text,
            "#DIV/0!" | "#N/A" | "#NAME?" | "#NULL!" | "#NUM!" | "#REF!" | "#VALUE!" | "#DATA!" | "#SPILL!" | "#CALC!"
        )
}

/// A cell as one line of text, if it says anything.
pub(super) fn word(text: &str) -> Option<String> {
    (!says_nothing(text)).then(|| one_line(text))
}

fn plain_text(stores: &str, text: &str) -> Result<Option<String>, Reason> {
    Ok(match stores {
        "phone" => phone(text)?,
        "email" => email(text)?,
        _ if LONG_TEXTS.contains(&stores) => (!text.trim().is_empty()).then(|| text.to_owned()),
        _ => word(text),
    })
}

/// A whole number; a year may also be written as a day of it.
fn counted(stores: &str, column: &Column, text: &str) -> Result<Option<u32>, Reason> {
    let number = whole(text);
    if stores != "founded" || matches!(number, Ok(None | Some(1000..=2100))) {
        return number;
    }
    let found = day(text, column.order)?;
    Ok(found.and_then(|day| u32::try_from(day.month().year()).ok()))
}

fn points(stores: &str, text: &str) -> Result<Option<Score>, Reason> {
    let most = match stores {
        "given_satisfaction" => 5,
        "score" => 10,
        _ => 100,
    };
    match satisfaction_words(text) {
        Some(points) if stores == "given_satisfaction" => Ok(Some(points)),
        _ => score(text, most),
    }
}

/// A day, or a day with its time where the record's field holds one.
fn dated(column: &Column, text: &str) -> Result<Option<Value>, Reason> {
    if column.timed {
        return Ok(due(text, column.order)?.map(Value::Due));
    }
    Ok(day(text, column.order)?.map(Value::Day))
}
