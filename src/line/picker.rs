//! Which list opens while a name is being typed: `@` `+` `#` `=` and what stands behind them up to the caret.

use super::context::Context;
use super::opening::opening;
use super::sign::Source;
use std::ops::Range;

/// The list that opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picker {
    /// Customers and colleagues: `@`.
    Customer,
    /// Contacts: `+`.
    Contact,
    /// Tags: `#`.
    Tag,
    /// Stages: `=`.
    Stage,
}

/// A list that is open, and what was typed to narrow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Which list.
    pub picker: Picker,
    /// What was typed behind the sign.
    pub prefix: String,
    /// The characters of the prefix in the line.
    pub range: Range<usize>,
}

/// The longest prefix that is looked for.
const REACH: usize = 32;

/// The list open at `caret` (characters before it) of `line`.
pub fn picker(line: &str, caret: usize, context: &Context) -> Option<Opened> {
    let mut source = Source::new(line);
    source.start = opening(&source.folded, context).filter(|opening| !opening.misread).map_or(0, |opening| opening.end);
    let caret = caret.min(source.raw.len());
    let back = (caret.saturating_sub(REACH)..caret).rev();
    let sign = back.into_iter().take_while(|at| source.at(*at) != Some(' ')).find(|at| is_sign(&source, *at))?;
    let picker = match source.at(sign)? {
        '@' => Picker::Customer,
        '+' => Picker::Contact,
        '#' => Picker::Tag,
        _ => Picker::Stage,
    };
    let range = sign + 1..caret;
    Some(Opened { picker, prefix: source.raw.get(range.clone())?.iter().collect(), range })
}

/// Whether the character at `at` opens a list; the one just typed does so with nothing behind it.
fn is_sign(source: &Source, at: usize) -> bool {
    let opens = source.at(at).is_some_and(|c| "@+#=".contains(c));
    let escaped = at > 0 && source.is_escape(at - 1);
    let last = source.at(at + 1).is_none_or(|c| c == ' ');
    opens && !escaped && (source.sign(at).is_some() || last && source.is_open(at))
}

/// The line with `name` in place of what was typed and a space behind it, and the caret after that.
pub fn complete(line: &str, opened: &Opened, name: &str) -> (String, usize) {
    let before: String = line.chars().take(opened.range.start).collect();
    let after: String = line.chars().skip(opened.range.end).collect();
    let spaced = after.starts_with(char::is_whitespace);
    let caret = opened.range.start + name.chars().count() + 1;
    let gap = if spaced { "" } else { " " };
    (format!("{before}{name}{gap}{after}"), caret)
}
