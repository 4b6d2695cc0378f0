//! What a field is held against: words, lists, ranges, each as the field holds it.

use super::input::{Input, Read, ahead, any, between, cut, cut_sign, found, maybe, place, rest, spaces};
use super::number;
use super::text::{begins_condition, begins_test, is_quote, raw_word, word};
use crate::domain::choice::ListKind;
use crate::parse::period_words::{TO, length, wanted_period};
use crate::query::field::{Field, FieldType};
use crate::query::filter::choice::{Choice, choices};
use crate::query::filter::fault::{Wanted, Wrong};
use crate::query::filter::{Subject, Value};

/// Words between values of one field: `制造业 或 服务业`.
const OR: &[&str] = &["or", "或", "或者"];
const ME: &[&str] = &["me", "我", "本人"];

/// Whether words of the field stand in an order: stages in that of the funnel, sizes in that of their amounts.
pub(super) const fn is_ordered(field: &Field) -> bool {
    matches!(field.holds, FieldType::Stage | FieldType::List(ListKind::Size))
}

/// The values that come: one, or several with commas between, in brackets or not.
pub(super) fn list(input: &mut Input<'_>, field: &'static Field, subject: Subject) -> Read<Vec<Value>> {
    let start = place(input);
    if maybe(input, |input| any(input, &["("]))?.is_none() {
        return several(input, field, subject, false);
    }
    spaces(input);
    let values = several(input, field, subject, true)?;
    spaces(input);
    match maybe(input, |input| any(input, &[")"]))? {
        // An amount in brackets is one below zero to an accountant.
        Some(()) if matches!(values.as_slice(), [Value::Money(_)]) => {
            cut(start, input, Wrong::Value(subject.column, Wanted::Money))
        }
        Some(()) => Ok(values),
        None => cut_sign(start, Wrong::Open),
    }
}

fn several(input: &mut Input<'_>, field: &'static Field, subject: Subject, bracketed: bool) -> Read<Vec<Value>> {
    let mut values = vec![one(input, field, subject)?];
    loop {
        let before = *input;
        spaces(input);
        let comma = maybe(input, |input| any(input, &[",", "、"]))?.is_some();
        spaces(input);
        let or = !comma && maybe(input, |input| any(input, OR))?.is_some();
        spaces(input);
        if or && !begins_condition(input) && ahead(input, |input| one(input, field, subject)) {
            values.push(one(input, field, subject)?);
            continue;
        }
        // A comma before another condition joins the two, except within brackets.
        if !comma || rest(input).is_empty() || (!bracketed && begins_test(input)) {
            *input = before;
            return Ok(values);
        }
        values.push(one(input, field, subject)?);
    }
}

/// One value, or the fault that there is none.
pub(super) fn one(input: &mut Input<'_>, field: &'static Field, subject: Subject) -> Read<Value> {
    let start = place(input);
    let wanted = Wanted::of(field.holds);
    let found = match wanted {
        Wanted::Word if matches!(field.holds, FieldType::Choice(_)) => return choice(input, subject),
        Wanted::Word => maybe(input, |input| named(input, field))?,
        Wanted::Day => maybe(input, |input| found(input, wanted_period))?.map(Value::Period),
        _ => maybe(input, |input| number::number(input, wanted))?.and_then(|number| number::value(number, wanted)),
    };
    match found {
        Some(value) => Ok(value),
        None => wrong_value(input, start, subject, wanted),
    }
}

/// The fault of a value that is not of the field's kind, about the word that stands there.
pub(super) fn wrong_value<T>(input: &mut Input<'_>, start: usize, subject: Subject, wanted: Wanted) -> Read<T> {
    let mut again = *input;
    if wanted == Wanted::Day && place(input) == start && length(&mut again.cursor).is_some() {
        return cut(start, &again, Wrong::Length(between(input, &again)));
    }
    let _ = maybe(input, raw_word)?;
    cut(start, input, Wrong::Value(subject.column, wanted))
}

fn choice(input: &mut Input<'_>, subject: Subject) -> Read<Value> {
    let start = place(input);
    let Some(word) = maybe(input, word)? else { return cut(start, input, Wrong::Value(subject.column, Wanted::Word)) };
    match Choice::called(subject.column, &word) {
        Some(choice) => Ok(Value::Choice(choice)),
        None if choices(subject.column).next().is_none() => Ok(Value::Word(word)),
        None => cut(start, input, Wrong::Choice(subject.column, word)),
    }
}

/// A word of a list, or whoever asks where people are named.
fn named(input: &mut Input<'_>, field: &Field) -> Read<Value> {
    let quoted = rest(input).first().copied().is_some_and(is_quote);
    let word = word(input)?;
    let means_me = !quoted && matches!(field.holds, FieldType::Link(_)) && is_me(&word);
    Ok(if means_me { Value::Me } else { Value::Word(word) })
}

/// Whether a word that is not quoted means whoever asks.
pub(super) fn is_me(word: &str) -> bool {
    ME.contains(&word.to_lowercase().as_str())
}

/// Two values with the sign or word of a range between them, the first read already.
pub(super) fn range_mark(input: &mut Input<'_>, days: bool) -> Read<()> {
    spaces(input);
    let dash = !days && input.cursor.take_if(|c| matches!(c, '-' | '–' | '—')).is_some();
    if !dash {
        any(input, TO)?;
    }
    spaces(input);
    Ok(())
}
