//! Writing any text so that it is read back as nothing but text.

use super::amount;
use super::context::Context;
use super::opening::opening;
use super::sign::Source;

/// `text` with a backslash wherever something in it would be read as a sign, a way or an amount.
pub fn escape(text: &str, context: &Context) -> String {
    escape_behind(text, context, false, false)
}

/// The same; with `behind` the text does not stand at the line's start, with `numbers` amounts within a sentence are kept
/// from being noted, too.
pub(super) fn escape_behind(text: &str, context: &Context, behind: bool, numbers: bool) -> String {
    let source = Source::new(text);
    let opened = opening(&source.folded, context).filter(|_| !behind).map(|opening| opening.start);
    let mut line = String::with_capacity(text.len());
    for (at, c) in source.raw.iter().enumerate() {
        let inside = at > 0 && source.at(at - 1).is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
        let first =
            || amount::begins(&source.cursor(at), source.is_open(at)) && (numbers && !inside || source.is_open(at));
        let means = *c == '\\' || source.at(at) == Some('\\') || opened == Some(at) || source.sign(at).is_some();
        if means || first() && amount::bare(source.cursor(at)).is_some() {
            line.push('\\');
        }
        line.push(*c);
    }
    line
}
