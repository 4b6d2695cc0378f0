//! Fixed words and signs: the longest that fits, whatever its case and width.

use super::{Input, Read, pass, rest, skip};
use crate::parse::fold::narrow;

/// The value of the longest word of a table that the input begins with.
pub(super) fn one_of<T: Copy>(input: &mut Input<'_>, table: &[(&str, T)]) -> Read<T> {
    let longest = table.iter().filter_map(|(word, value)| Some((measure(rest(input), word)?, *value)));
    match longest.max_by_key(|(bytes, _)| *bytes) {
        Some((bytes, value)) => {
            skip(input, bytes);
            Ok(value)
        }
        None => pass(input),
    }
}

/// One of some words.
pub(super) fn any(input: &mut Input<'_>, words: &[&str]) -> Read<()> {
    let longest = words.iter().filter_map(|word| measure(rest(input), word)).max();
    match longest {
        Some(bytes) => {
            skip(input, bytes);
            Ok(())
        }
        None => pass(input),
    }
}

/// How many bytes of `text` the word takes, where the text begins with it. A space, `_` or `-` in the word stands for
/// any number of them, and a word that ends with a Latin letter ends there in the text too.
pub(super) fn measure(text: &str, word: &str) -> Option<usize> {
    let mut left = text.chars().peekable();
    let mut bytes = 0;
    let is_sign = word.chars().nth(1).is_none();
    for wanted in word.chars() {
        if is_gap(wanted) && !is_sign {
            while let Some(gap) = left.next_if(|c| is_gap(*c)) {
                bytes += gap.len_utf8();
            }
            continue;
        }
        let met = left.next_if(|c| plain(*c) == plain(wanted))?;
        bytes += met.len_utf8();
    }
    let goes_on = left.peek().is_some_and(|c| matches!(plain(*c), 'a'..='z' | '_'));
    let ends_latin = word.chars().next_back().is_some_and(|last| plain(last).is_ascii_alphabetic());
    (!(goes_on && ends_latin)).then_some(bytes)
}

/// Whether a character may lie between the parts of a name.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '_' | '-' | '\u{3000}')
}

/// A letter, a digit or a low line, as Latin words are made of.
pub(super) const fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// A character without case and width.
pub(super) fn plain(c: char) -> char {
    match c {
        '。' => '.',
        '–' | '—' => '-',
        other => narrow(other),
    }
    .to_ascii_lowercase()
}
