//! Reading a filter: a recursive descent over its characters, full-width and half-width alike.

mod day;
mod expression;
mod known;
mod number;
mod rank;
mod subject;
mod value;
mod verb;
mod word;

use crate::domain::money::Money;
use crate::query::filter::fault::{Fault, Wanted, Wrong};
use crate::query::filter::{Filter, Value};
use winnow::error::{ErrMode, ParserError};
use winnow::stream::{LocatingSlice, Location, Stream};

/// The text still to be read, which knows where it is.
type Input<'i> = LocatingSlice<&'i str>;
/// What a reader gives: it may pass, so that another is tried, or cut, so that the fault is told.
type Read<T> = Result<T, ErrMode<Slip>>;

/// A fault at a place counted in bytes.
#[derive(Clone, Debug)]
struct Slip {
    at: usize,
    end: usize,
    wrong: Wrong,
}

impl<'i> ParserError<Input<'i>> for Slip {
    type Inner = Slip;

    fn from_input(input: &Input<'i>) -> Slip {
        let at = input.current_token_start();
        Slip { at, end: at, wrong: Wrong::Nothing }
    }

    fn into_inner(self) -> Result<Slip, Slip> {
        Ok(self)
    }
}

/// The filter a text says.
pub(super) fn filter(text: &str) -> Result<Filter, Fault> {
    let mut input = LocatingSlice::new(text);
    expression::whole(&mut input).map_err(|error| {
        let slip = match error {
            ErrMode::Backtrack(slip) | ErrMode::Cut(slip) => slip,
            ErrMode::Incomplete(_) => Slip { at: 0, end: 0, wrong: Wrong::Nothing },
        };
        let count = |bytes: usize| text.get(..bytes).map_or(0, |before| before.chars().count());
        let at = count(slip.at);
        Fault { at, length: count(slip.end).saturating_sub(at).max(1), wrong: slip.wrong }
    })
}

/// What is still to be read.
fn rest<'i>(input: &Input<'i>) -> &'i str {
    input.peek_finish()
}

/// Goes on by so many bytes, which a reader has just measured.
fn skip(input: &mut Input<'_>, bytes: usize) {
    let mut left = bytes;
    while left > 0 {
        match input.next_token() {
            Some(c) => left = left.saturating_sub(c.len_utf8()),
            None => return,
        }
    }
}

/// Spaces, if there are any; whether there were.
fn spaces(input: &mut Input<'_>) -> bool {
    let rest = rest(input);
    let count = rest.len() - rest.trim_start().len();
    skip(input, count);
    count > 0
}

/// Not this: another reader may try.
fn pass<T>(input: &Input<'_>) -> Read<T> {
    Err(ErrMode::Backtrack(Slip::from_input(input)))
}

/// Nothing else can be meant: the fault from `start` up to where the input is now.
fn cut<T>(start: usize, input: &Input<'_>, wrong: Wrong) -> Read<T> {
    Err(ErrMode::Cut(Slip { at: start, end: input.current_token_start().max(start), wrong }))
}

/// Nothing else can be meant: the fault of the one character at `start`.
fn cut_sign<T>(start: usize, wrong: Wrong) -> Read<T> {
    Err(ErrMode::Cut(Slip { at: start, end: start, wrong }))
}

/// Where the input is now.
fn place(input: &Input<'_>) -> usize {
    input.current_token_start()
}

/// What a reader gives, or nothing with the input as it was; a fault that is sure is passed on.
fn maybe<'i, T>(input: &mut Input<'i>, read: impl FnOnce(&mut Input<'i>) -> Read<T>) -> Read<Option<T>> {
    let before = input.checkpoint();
    match read(input) {
        Ok(value) => Ok(Some(value)),
        Err(ErrMode::Backtrack(_)) => {
            input.reset(&before);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Whether a reader would take what comes, whatever it would make of it.
fn ahead<'i, T>(input: &Input<'i>, read: impl FnOnce(&mut Input<'i>) -> Read<T>) -> bool {
    read(&mut { *input }).is_ok()
}

/// The amount that a whole text says.
pub(in crate::query) fn money(text: &str) -> Option<Money> {
    let mut input = LocatingSlice::new(text.trim());
    let read = number::number(&mut input, Wanted::Money).ok()?.value(Wanted::Money);
    match read.filter(|_| rest(&input).trim().is_empty()) {
        Some(Value::Money(money)) => Some(money),
        _ => None,
    }
}

/// The window of time that a whole text says, in months, 1,200 at most: `12m`, `近12月`, `last 2 years`, or `18` alone;
/// no months are all years.
pub fn window(text: &str) -> Option<Option<u32>> {
    const ALL: &[&str] = &["all", "all years", "全部", "全部年份", "所有"];
    let mut input = LocatingSlice::new(text.trim());
    let months = match maybe(&mut input, |input| word::any(input, ALL)).ok()? {
        Some(()) => None,
        None => Some(day::months(&mut input).ok().filter(|months| (1..=1200).contains(months))?),
    };
    rest(&input).is_empty().then_some(months)
}

/// Whether a word must be quoted to be read as that word.
pub(super) fn needs_quotes(word: &str) -> bool {
    let mut input = LocatingSlice::new(word);
    let bare = value::raw_word(&mut input).is_ok_and(|read| read == word);
    !bare || !word.chars().all(char::is_alphanumeric) || value::is_me(word)
}
