//! Conditions and how they are joined.

use super::input::{
    Input, Read, ahead, any, between, cut, cut_sign, found, maybe, next, one_of, pass, place, rest, spaces,
};
use super::rank::{self, rank};
use super::text::{BOUGHT_IN, MINE, NOT, begun_with, raw_word, word};
use super::value::{self, range_mark};
use super::verb::{Verb, verb};
use super::{known, number, subject};
use crate::domain::choice::ListKind;
use crate::parse::number::Number;
use crate::parse::period_words::{length, period, wanted_period};
use crate::query::band::Band;
use crate::query::field::{Column, Field, FieldType};
use crate::query::filter::fault::{Wanted, Wrong};
use crate::query::filter::{Check, Choice, Filter, Order, Period, Subject, Unit, Value};

/// Brackets and negations that may lie within each other.
const DEEPEST: u32 = 60;

const AND: &[&str] = &["and", "&&", "且", "并且", "而且", "同时", ",", ";"];
const OR: &[&str] = &["or", "||", "或", "或者"];
const BOUGHT: &[&str] = &["成交", "有成交", "成交客户", "购买", "下单", "有订单", "bought", "ordered"];

/// The whole text as one filter.
pub(super) fn whole(input: &mut Input<'_>) -> Read<Filter> {
    spaces(input);
    if rest(input).is_empty() {
        return cut_sign(place(input), Wrong::Nothing);
    }
    let filter = either(input, 0)?;
    spaces(input);
    if rest(input).is_empty() { Ok(filter) } else { stray(input) }
}

fn either(input: &mut Input<'_>, depth: u32) -> Read<Filter> {
    let mut parts = vec![both(input, depth)?];
    loop {
        spaces(input);
        if maybe(input, |input| any(input, OR))?.is_none() {
            return Ok(Filter::any(parts));
        }
        parts.push(both(input, depth)?);
    }
}

fn both(input: &mut Input<'_>, depth: u32) -> Read<Filter> {
    let mut parts = vec![condition(input, depth)?];
    loop {
        spaces(input);
        let joined = maybe(input, |input| any(input, AND))?.is_some();
        let mut after = *input;
        spaces(&mut after);
        let ended = matches!(next(&after), None | Some(')')) || ahead(input, |input| any(input, OR));
        if ended && !joined {
            return Ok(Filter::all(parts));
        }
        parts.push(condition(input, depth)?);
    }
}

/// One condition, a negated one, or one in brackets.
fn condition(input: &mut Input<'_>, depth: u32) -> Read<Filter> {
    spaces(input);
    let start = place(input);
    if depth > DEEPEST {
        return cut_sign(start, Wrong::Deep);
    }
    if maybe(input, |input| any(input, &["("]))?.is_some() {
        let inner = either(input, depth + 1)?;
        spaces(input);
        return match maybe(input, |input| any(input, &[")"]))? {
            Some(()) => Ok(inner),
            None if rest(input).is_empty() => cut_sign(start, Wrong::Open),
            None => stray(input),
        };
    }
    if maybe(input, |input| any(input, NOT))?.is_some() {
        return Ok(condition(input, depth + 1)?.negated());
    }
    match maybe(input, test)? {
        Some(filter) => Ok(filter),
        None => unknown(input),
    }
}

/// The fault of what should have been a field's name.
fn unknown(input: &mut Input<'_>) -> Read<Filter> {
    let start = place(input);
    let Some(word) = maybe(input, field_like)? else { return stray(input) };
    let near = subject::nearest(&word);
    cut(start, input, Wrong::Field(word, near))
}

/// A word up to where a verb would begin.
fn field_like(input: &mut Input<'_>) -> Read<String> {
    let text = raw_word(input)?;
    let cut = text.find([':', '：', '~', '～', '!', '！']).unwrap_or(text.len());
    let kept = text.get(..cut).unwrap_or_default().to_owned();
    if kept.is_empty() { pass() } else { Ok(kept) }
}

fn stray(input: &mut Input<'_>) -> Read<Filter> {
    let start = place(input);
    if rest(input).is_empty() {
        return cut_sign(start, Wrong::Nothing);
    }
    let word = match maybe(input, raw_word)? {
        Some(word) => word,
        None => rest(input).iter().take(1).collect(),
    };
    cut(start, input, Wrong::Stray(word))
}

/// A single condition.
fn test(input: &mut Input<'_>) -> Read<Filter> {
    if maybe(input, |input| any(input, &["#"]))?.is_some() {
        let tag = word(input)?;
        return Ok(Filter::test(Column::Tags, Check::Is(vec![Value::Word(tag)])));
    }
    if maybe(input, |input| any(input, MINE))?.is_some() {
        return Ok(Filter::test(Column::Owner, Check::Is(vec![Value::Me])));
    }
    if let Some(check) = maybe(input, rank)? {
        let column = maybe(input, rank::column)?.unwrap_or(Column::TotalAmount);
        return Ok(Filter::test(column, check));
    }
    if maybe(input, |input| any(input, BOUGHT_IN))?.is_some() {
        spaces(input);
        return bought(input);
    }
    if let Some(period) = maybe(input, |input| found(input, period))? {
        return in_period(input, period);
    }
    if let Some(known) = maybe(input, known::values)? {
        return Ok(known);
    }
    let start = place(input);
    let field = subject::field(input)?;
    let subject = subject_of(input, start, field)?;
    checked(input, start, field, subject)
}

/// `bought last 12m`, `bought in 2025`.
fn bought(input: &mut Input<'_>) -> Read<Filter> {
    let at = place(input);
    if let Some(period) = maybe(input, |input| found(input, wanted_period))? {
        return Ok(Filter::Bought(period));
    }
    let _ = maybe(input, raw_word)?;
    cut(at, input, Wrong::Period)
}

/// After a period: a figure of it where its name follows at once, else whether anything was bought in it.
fn in_period(input: &mut Input<'_>, period: Period) -> Read<Filter> {
    maybe(input, |input| any(input, &["的", "内", "内的"]))?;
    if let Some(check) = maybe(input, rank)? {
        return Ok(Filter::Test(Subject { column: Column::TotalAmount, window: Some(period) }, check));
    }
    let before = *input;
    let start = place(input);
    if let Some(field) = maybe(input, subject::field)?
        && let Some((column, _)) = field.column
        && has_window(column)
    {
        let subject = Subject { column, window: Some(period) };
        return checked(input, start, field, subject);
    }
    *input = before;
    spaces(input);
    if maybe(input, |input| any(input, BOUGHT))?.is_none() {
        *input = before;
    }
    Ok(Filter::Bought(period))
}

const fn has_window(column: Column) -> bool {
    matches!(column, Column::TotalAmount | Column::OrderValue | Column::Orders | Column::Profit)
}

/// The field as a subject, with the window in brackets after it.
fn subject_of(input: &mut Input<'_>, start: usize, field: &'static Field) -> Read<Subject> {
    let Some((column, _)) = field.column else {
        return cut(start, input, Wrong::NotInList(field.words));
    };
    let before = *input;
    spaces(input);
    let opened = place(input);
    if maybe(input, |input| any(input, &["("]))?.is_none() {
        *input = before;
        return Ok(Subject { column, window: None });
    }
    if !has_window(column) {
        return cut(start, &before, Wrong::NoWindow(column));
    }
    spaces(input);
    let at = place(input);
    let Some(period) = maybe(input, |input| found(input, wanted_period))? else {
        let _ = maybe(input, raw_word)?;
        return cut(at, input, Wrong::Period);
    };
    spaces(input);
    match maybe(input, |input| any(input, &[")"]))? {
        Some(()) => Ok(Subject { column, window: Some(period) }),
        None => cut_sign(opened, Wrong::Open),
    }
}

/// What is said of the subject.
fn checked(input: &mut Input<'_>, start: usize, field: &'static Field, subject: Subject) -> Read<Filter> {
    let named = *input;
    spaces(input);
    let said = place(input);
    if let Some(check) = maybe(input, rank)? {
        if !field.holds.is_number() {
            return cut(said, input, Wrong::NotNumber(subject.column));
        }
        return Ok(Filter::Test(subject, check));
    }
    if Wanted::of(field.holds) == Wanted::Word
        && !matches!(field.holds, FieldType::Choice(_))
        && let Some(text) = maybe(input, begun_with)?
    {
        return Ok(Filter::Test(subject, Check::Starts(vec![text])));
    }
    let Some(verb) = maybe(input, verb)? else {
        if subject.column == Column::ChurnRisk {
            *input = named;
            return Ok(Filter::test(subject.column, Check::Is(vec![Value::Choice(Choice::flag(true))])));
        }
        return match maybe(input, |input| without_verb(input, field, subject))? {
            Some(check) => Ok(Filter::Test(subject, check)),
            None => cut(start, &named, Wrong::Check(subject.column)),
        };
    };
    spaces(input);
    if matches!(verb, Verb::Is | Verb::Suits)
        && let Some(check) = maybe(input, rank)?.filter(|_| field.holds.is_number())
    {
        return Ok(Filter::Test(subject, check));
    }
    said_of(input, said, verb, field, subject)
}

/// `客单价10万以上`, `最近购买 近90天`: the value says it all.
fn without_verb(input: &mut Input<'_>, field: &'static Field, subject: Subject) -> Read<Check> {
    match Wanted::of(field.holds) {
        Wanted::Word if field.holds == FieldType::List(ListKind::Size) => {
            let band = word(input)?;
            if Band::read(&band).is_none() { pass() } else { Ok(Check::Is(vec![Value::Word(band)])) }
        }
        Wanted::Word => pass(),
        Wanted::Day => match maybe(input, days)? {
            Some(check) => Ok(check),
            None => Ok(Check::Is(vec![Value::Period(found(input, wanted_period)?)])),
        },
        wanted => {
            let (first, check) = maybe_range(input, wanted)?;
            match (check, side(input)?) {
                (Some(check), _) => Ok(check),
                (None, Some(side)) => Ok(Check::Compare(side, valued(first, wanted)?)),
                (None, None) => cut(place(input), input, Wrong::Check(subject.column)),
            }
        }
    }
}

fn said_of(input: &mut Input<'_>, said: usize, verb: Verb, field: &'static Field, subject: Subject) -> Read<Filter> {
    let ok = |check| Ok(Filter::Test(subject, check));
    let wanted = Wanted::of(field.holds);
    match verb {
        Verb::Empty => ok(Check::Empty),
        Verb::Filled => Ok(Filter::Test(subject, Check::Empty).negated()),
        Verb::Compare(order) => {
            if wanted == Wanted::Word && !value::is_ordered(field) {
                return cut(said, input, Wrong::NotOrdered(subject.column));
            }
            ok(Check::Compare(order, value::one(input, field, subject)?))
        }
        Verb::Between => ok(within(input, field, subject)?),
        Verb::NotBetween => Ok(Filter::Test(subject, within(input, field, subject)?).negated()),
        Verb::Has | Verb::HasNot | Verb::Starts
            if wanted != Wanted::Word || matches!(field.holds, FieldType::Choice(_)) =>
        {
            cut(said, input, Wrong::NotText(subject.column))
        }
        Verb::Has => ok(Check::Has(texts(input, field, subject)?)),
        Verb::HasNot => Ok(Filter::Test(subject, Check::Has(texts(input, field, subject)?)).negated()),
        Verb::Starts => ok(Check::Starts(texts(input, field, subject)?)),
        Verb::Suits if field.holds == FieldType::Text => ok(Check::Has(texts(input, field, subject)?)),
        Verb::Is | Verb::Suits => ok(equal(input, field, subject, wanted)?),
        Verb::IsNot => Ok(Filter::Test(subject, equal(input, field, subject, wanted)?).negated()),
    }
}

/// After `=`: values of which it is one, a range, or `10万以上`.
fn equal(input: &mut Input<'_>, field: &'static Field, subject: Subject, wanted: Wanted) -> Read<Check> {
    if wanted == Wanted::Word {
        return Ok(Check::Is(value::list(input, field, subject)?));
    }
    let ranged = maybe(input, |input| match wanted {
        Wanted::Day => days(input),
        _ => match maybe_range(input, wanted)? {
            (_, Some(check)) => Ok(check),
            (first, None) => match side(input)? {
                Some(side) => Ok(Check::Compare(side, valued(first, wanted)?)),
                None => pass(),
            },
        },
    })?;
    if let Some(check) = ranged {
        maybe(input, |input| any(input, &["之间", "期间"]))?;
        return Ok(check);
    }
    // `in 3 days` is a day.
    if wanted == Wanted::Day
        && let Some((count, unit)) = maybe(input, latin_length)?
    {
        return Ok(Check::Is(vec![Value::Period(Period::Away(i32::try_from(count).unwrap_or_default(), unit))]));
    }
    Ok(Check::Is(value::list(input, field, subject)?))
}

/// `2023-01-01..2023-06-30`.
fn days(input: &mut Input<'_>) -> Read<Check> {
    let first = found(input, wanted_period)?;
    range_mark(input, true)?;
    Ok(Check::Between(Value::Period(first), Value::Period(found(input, wanted_period)?)))
}

fn latin_length(input: &mut Input<'_>) -> Read<(u32, Unit)> {
    let before = *input;
    let length = found(input, length)?;
    let used = between(&before, input);
    spaces(input);
    let goes_on = input.cursor.sees_name(&["ago", "from now", "前", "后", "之前", "之后", "以前", "以后"]);
    if used.is_ascii() && !goes_on && used.contains(' ') { Ok(length) } else { pass() }
}

/// A number, and the range it begins where it begins one.
fn maybe_range(input: &mut Input<'_>, wanted: Wanted) -> Read<(Number, Option<Check>)> {
    let first = number::number(input, wanted)?;
    let range = maybe(input, |input| {
        range_mark(input, false)?;
        let last = number::number(input, wanted)?;
        let low = valued(first.with_unit_of(last), wanted)?;
        Ok(Check::Between(low, valued(last, wanted)?))
    })?;
    Ok((first, range))
}

fn valued(number: Number, wanted: Wanted) -> Read<Value> {
    number::value(number, wanted).map_or_else(pass, Ok)
}

/// `以上`, `以下` after a number.
fn side(input: &mut Input<'_>) -> Read<Option<Order>> {
    const SIDES: &[(&str, Order)] = &[
        ("以上", Order::AtLeast),
        ("及以上", Order::AtLeast),
        ("or more", Order::AtLeast),
        ("以下", Order::AtMost),
        ("及以下", Order::AtMost),
        ("以内", Order::AtMost),
        ("or less", Order::AtMost),
    ];
    maybe(input, |input| {
        spaces(input);
        one_of(input, SIDES)
    })
}

/// `between 100k and 500k`, `介于10万和50万之间`.
fn within(input: &mut Input<'_>, field: &'static Field, subject: Subject) -> Read<Check> {
    let wanted = Wanted::of(field.holds);
    let start = place(input);
    if wanted == Wanted::Word && !value::is_ordered(field) {
        return cut(start, input, Wrong::NotOrdered(subject.column));
    }
    let as_range = maybe(input, |input| match wanted {
        Wanted::Day | Wanted::Word => pass(),
        _ => maybe_range(input, wanted)?.1.map_or_else(pass, Ok),
    })?;
    let check = match as_range {
        Some(check) => check,
        None => {
            let low = value::one(input, field, subject)?;
            let at = place(input);
            spaces(input);
            let joined = maybe(input, |input| any(input, &["and", "和", "与", "至", "到", "to", "..", "~", ","]))?;
            if joined.is_none() {
                return cut_sign(at, Wrong::Value(subject.column, wanted));
            }
            spaces(input);
            Check::Between(low, value::one(input, field, subject)?)
        }
    };
    maybe(input, |input| any(input, &["之间"]))?;
    Ok(check)
}

/// Texts of a list.
fn texts(input: &mut Input<'_>, field: &'static Field, subject: Subject) -> Read<Vec<String>> {
    let values = value::list(input, field, subject)?;
    let text = |value| match value {
        Value::Word(text) => text,
        _ => "我".to_owned(),
    };
    Ok(values.into_iter().map(text).collect())
}
