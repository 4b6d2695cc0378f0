//! The text still to be read, and how a reader goes on, passes, or is sure of a fault.

use crate::query::filter::fault::Wrong;
use winnow::error::{ErrMode, ParserError};
use winnow::stream::{LocatingSlice, Location, Stream};

/// The text still to be read, which knows where it is.
pub(super) type Input<'i> = LocatingSlice<&'i str>;
/// What a reader gives: it may pass, so that another is tried, or cut, so that the fault is told.
pub(super) type Read<T> = Result<T, ErrMode<Slip>>;

/// A fault at a place counted in bytes.
#[derive(Clone, Debug)]
pub(super) struct Slip {
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) wrong: Wrong,
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

/// What is still to be read.
pub(super) fn rest<'i>(input: &Input<'i>) -> &'i str {
    input.peek_finish()
}

/// Goes on by so many bytes, which a reader has just measured.
pub(super) fn skip(input: &mut Input<'_>, bytes: usize) {
    let mut left = bytes;
    while left > 0 {
        match input.next_token() {
            Some(c) => left = left.saturating_sub(c.len_utf8()),
            None => return,
        }
    }
}

/// Spaces, if there are any; whether there were.
pub(super) fn spaces(input: &mut Input<'_>) -> bool {
    let rest = rest(input);
    let count = rest.len() - rest.trim_start().len();
    skip(input, count);
    count > 0
}

/// Not this: another reader may try.
pub(super) fn pass<T>(input: &Input<'_>) -> Read<T> {
    Err(ErrMode::Backtrack(Slip::from_input(input)))
}

/// Nothing else can be meant: the fault from `start` up to where the input is now.
pub(super) fn cut<T>(start: usize, input: &Input<'_>, wrong: Wrong) -> Read<T> {
    Err(ErrMode::Cut(Slip { at: start, end: input.current_token_start().max(start), wrong }))
}

/// Nothing else can be meant: the fault of the one character at `start`.
pub(super) fn cut_sign<T>(start: usize, wrong: Wrong) -> Read<T> {
    Err(ErrMode::Cut(Slip { at: start, end: start, wrong }))
}

/// Where the input is now.
pub(super) fn place(input: &Input<'_>) -> usize {
    input.current_token_start()
}

/// What a reader gives, or nothing with the input as it was; a fault that is sure is passed on.
pub(super) fn maybe<'i, T>(input: &mut Input<'i>, read: impl FnOnce(&mut Input<'i>) -> Read<T>) -> Read<Option<T>> {
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
pub(super) fn ahead<'i, T>(input: &Input<'i>, read: impl FnOnce(&mut Input<'i>) -> Read<T>) -> bool {
    read(&mut { *input }).is_ok()
}
