//! Writing any text so that it is read back as nothing but text.

use super::amount;
use super::context::Context;
use super::opening::opening;
use super::sign::Source;

/// `text` with a backslash wherever something in it would be read as a sign, a way or an amount.
pub fn escape(text: &str, context: &Context) -> String {
    let source = Source::new(text);
    let opened = opening(&source.folded, context).map(|opening| opening.start);
    let mut line = String::with_capacity(text.len());
    for (at, c) in source.raw.iter().enumerate() {
        let number = || source.at(at).is_some_and(|c| c.is_ascii_digit()) && source.is_open(at);
        let means = *c == '\\' || source.at(at) == Some('\\') || opened == Some(at) || source.sign(at).is_some();
        if means || number() && amount::bare(source.cursor(at)).is_some() {
            line.push('\\');
        }
        line.push(*c);
    }
    line
}
