//! Reading a filter: a recursive descent over its characters, full-width and half-width alike.

mod day;
mod expression;
mod input;
mod known;
mod number;
mod rank;
mod subject;
mod text;
mod value;
mod verb;
mod word;

pub(in crate::query) use number::money;

use crate::query::filter::Filter;
use crate::query::filter::fault::{Fault, Wrong};
use input::{Input, Read, Slip, ahead, cut, cut_sign, maybe, pass, place, rest, skip, spaces};
use winnow::error::ErrMode;
use winnow::stream::LocatingSlice;

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
    let bare = text::raw_word(&mut input).is_ok_and(|read| read == word);
    !bare || !word.chars().all(char::is_alphanumeric) || value::is_me(word)
}
