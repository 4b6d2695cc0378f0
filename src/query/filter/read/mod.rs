//! Reading a filter: a recursive descent over its characters, full-width and half-width alike.

mod expression;
mod input;
mod known;
mod number;
mod rank;
mod subject;
mod text;
mod value;
mod verb;

use crate::query::filter::Filter;
use crate::query::filter::fault::{Fault, Wrong};
use input::{Slip, Stop, reading};

/// The filter a text says.
pub(super) fn filter(text: &str) -> Result<Filter, Fault> {
    reading(text, expression::whole).map_err(|stop| {
        let slip = match stop {
            Stop::Cut(slip) => slip,
            Stop::Pass => Slip { at: 0, end: 0, wrong: Wrong::Nothing },
        };
        Fault { at: slip.at, length: slip.end.saturating_sub(slip.at).max(1), wrong: slip.wrong }
    })
}

/// Whether a word must be quoted to be read as that word.
pub(super) fn needs_quotes(word: &str) -> bool {
    let bare = reading(word, |input| text::raw_word(input).is_ok_and(|read| read == word));
    !bare || !word.chars().all(char::is_alphanumeric) || value::is_me(word)
}
