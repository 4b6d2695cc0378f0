//! The text still to be read, and how a reader goes on, passes, or is sure of a fault.

use crate::parse::cursor::Cursor;
use crate::parse::fold::folded;
use crate::query::filter::fault::Wrong;

/// The text still to be read, as it was written and as it is compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Input<'a> {
    raw: &'a [char],
    pub(super) cursor: Cursor<'a>,
}

/// Why a reader gives nothing.
#[derive(Clone, Debug)]
pub(super) enum Stop {
    /// It is not this: another reader may try.
    Pass,
    /// Nothing else can be meant: the fault is told.
    Cut(Slip),
}

/// What a reader gives.
pub(super) type Read<T> = Result<T, Stop>;

/// A fault at a place counted in characters.
#[derive(Clone, Debug)]
pub(super) struct Slip {
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) wrong: Wrong,
}

/// What `read` makes of a text.
pub(super) fn reading<T>(text: &str, read: impl FnOnce(&mut Input<'_>) -> T) -> T {
    let (raw, folded): (Vec<char>, Vec<char>) = (text.chars().collect(), folded(text));
    read(&mut Input { raw: &raw, cursor: Cursor::new(&folded) })
}

/// What is still to be read, as it was written.
pub(super) fn rest<'a>(input: &Input<'a>) -> &'a [char] {
    input.raw.get(input.cursor.at()..).unwrap_or_default()
}

/// The next character as it is compared.
pub(super) fn next(input: &Input<'_>) -> Option<char> {
    input.cursor.peek()
}

/// Goes on by so many characters, which a reader has just measured.
pub(super) fn skip(input: &mut Input<'_>, count: usize) {
    for _ in 0..count {
        input.cursor.take_if(|_| true);
    }
}

/// Spaces, if there are any; whether there were.
pub(super) fn spaces(input: &mut Input<'_>) -> bool {
    input.cursor.spaces()
}

/// The text between two places, as it was written.
pub(super) fn between(from: &Input<'_>, to: &Input<'_>) -> String {
    rest(from).iter().take(place(to).saturating_sub(place(from))).collect()
}

/// Not this: another reader may try.
pub(super) fn pass<T>() -> Read<T> {
    Err(Stop::Pass)
}

/// What a reader of values found at the cursor; nothing is read where it found nothing.
pub(super) fn found<'a, T>(input: &mut Input<'a>, read: impl FnOnce(&mut Cursor<'a>) -> Option<T>) -> Read<T> {
    input.cursor.attempt(read).map_or_else(pass, Ok)
}

/// Nothing else can be meant: the fault from `start` up to where the input is now.
pub(super) fn cut<T>(start: usize, input: &Input<'_>, wrong: Wrong) -> Read<T> {
    Err(Stop::Cut(Slip { at: start, end: place(input).max(start), wrong }))
}

/// Nothing else can be meant: the fault of the one character at `start`.
pub(super) fn cut_sign<T>(start: usize, wrong: Wrong) -> Read<T> {
    Err(Stop::Cut(Slip { at: start, end: start, wrong }))
}

/// Where the input is now.
pub(super) fn place(input: &Input<'_>) -> usize {
    input.cursor.at()
}

/// What a reader gives, or nothing with the input as it was; a fault that is sure is passed on.
pub(super) fn maybe<'a, T>(input: &mut Input<'a>, read: impl FnOnce(&mut Input<'a>) -> Read<T>) -> Read<Option<T>> {
    let before = *input;
    match read(input) {
        Ok(value) => Ok(Some(value)),
        Err(Stop::Pass) => {
            *input = before;
            Ok(None)
        }
        Err(fault) => Err(fault),
    }
}

/// Whether a reader would take what comes, whatever it would make of it.
pub(super) fn ahead<'a, T>(input: &Input<'a>, read: impl FnOnce(&mut Input<'a>) -> Read<T>) -> bool {
    read(&mut { *input }).is_ok()
}

/// The value of the longest name of a table that comes.
pub(super) fn one_of<T: Copy>(input: &mut Input<'_>, table: &[(&str, T)]) -> Read<T> {
    found(input, |cursor| cursor.longest_name(table.iter().copied()))
}

/// One of some names.
pub(super) fn any(input: &mut Input<'_>, names: &[&str]) -> Read<()> {
    found(input, |cursor| cursor.any_name(names).then_some(()))
}

/// A letter, a digit or a low line, as Latin words are made of.
pub(super) const fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
