//! A date near the end of a line without its `>`: 明天再打, call back fri. Offered, never taken by itself.

use super::sign::Source;
use crate::parse::cursor::Cursor;
use crate::parse::fold::{is_han, is_word};
use crate::parse::when::{Clock, Looking, Reading, When, read_folded};
use std::ops::Range;

/// A next step that a line could mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The date, read looking ahead.
    pub reading: Reading,
    /// Where the date stands, by characters of the line.
    pub range: Range<usize>,
    /// The line with the suggestion accepted: the sign put before the date.
    pub accepted: String,
}

/// How far from the end a date is looked for.
const REACH: usize = 48;

/// How much may follow the date: 明天再打, tomorrow send the quote.
const HAN_TAIL: usize = 6;
const WORD_TAIL: usize = 3;

/// Words behind a date that make it a tale and no plan, and words before it that make it a habit.
const TOLD: &str = "了过的";
const HABIT: &str = "每去上到从自";

/// The date in the last clause of `text`, if what follows it is short.
pub(super) fn suggestion(
    text: &[(char, usize)],
    folded: &[char],
    source: &Source,
    clock: &Clock,
) -> Option<Suggestion> {
    let end = folded.iter().rposition(|c| !matches!(c, ' ' | '.' | '。' | '!')).map_or(0, |last| last + 1);
    let clause = folded.get(end.saturating_sub(REACH)..end).unwrap_or_default();
    let mark = clause.iter().rposition(|c| "，,。；;！？?！、".contains(*c)).map_or(0, |mark| mark + 1);
    let first = end - clause.len() + mark;
    let (at, reading) = (first..end).find_map(|at| found_at(folded, at, end, clock).map(|reading| (at, reading)))?;
    let place = |at: usize| text.get(at).map(|(_, place)| *place);
    let range = place(at)?..place(at + reading.consumed - 1)? + 1;
    // Taken-out signs may lie between the characters of the text; a date torn by one is none.
    (range.len() == reading.consumed).then_some(())?;
    let spaced = (0..range.start).rev().find(|at| source.at(*at) != Some(' '));
    let sign = spaced.filter(|at| source.at(*at).is_some_and(|c| "<>=".contains(c)));
    let meant = sign.is_none_or(|at| source.at(at) == Some('>') && source.is_open(at) && at + 1 < range.start);
    meant.then(|| Suggestion { accepted: accepted(source, sign.unwrap_or(range.start), &range), range, reading })
}

fn found_at(text: &[char], at: usize, end: usize, clock: &Clock) -> Option<Reading> {
    let before = at.checked_sub(1).and_then(|before| text.get(before)).copied();
    let first = text.get(at).copied()?;
    let inside = |before: char| is_word(before) && is_word(first) || HABIT.contains(before) || "./-:".contains(before);
    if first == ' ' || before.is_some_and(inside) {
        return None;
    }
    let Some(When::Read(reading)) = read_folded(Cursor::from(text, at), clock, Looking::Ahead) else { return None };
    let tail = text.get(at + reading.consumed..end)?;
    let han = tail.iter().filter(|c| is_han(**c)).count();
    let words = tail.split(|c| *c == ' ').filter(|word| word.iter().any(|c| is_word(*c))).count();
    let short = han <= HAN_TAIL && words <= WORD_TAIL && !tail.iter().any(|c| TOLD.contains(*c));
    let coming = match reading.due.minute {
        Some(minute) => (reading.due.day, minute) > (clock.today(), clock.minute()),
        None => reading.due.day > clock.today(),
    };
    (short && coming && !reading.weak).then_some(reading)
}

/// The line with `>` straight before the date, in place of what stands from `from` on (`> 明天`), and spaces where they are
/// needed.
fn accepted(source: &Source, from: usize, range: &Range<usize>) -> String {
    let mut line = source.text_at(0, from);
    if !source.is_open(from) {
        line.push(' ');
    }
    line.push('>');
    line.extend(source.raw.iter().take(range.end).skip(range.start));
    let rest = source.text_at(range.end, source.raw.len());
    if rest.starts_with(char::is_alphanumeric) {
        line.push(' ');
    }
    line.push_str(&rest);
    line
}
