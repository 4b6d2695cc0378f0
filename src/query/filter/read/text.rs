//! Texts, quoted or bare, and where a bare one ends: at a sign, at a joint, or where a condition begins.

use super::input::{Input, Read, ahead, any, cut_sign, is_latin, next, pass, place, rest, skip, spaces};
use super::rank::rank;
use super::subject;
use super::verb::verb;
use crate::parse::fold::fold;
use crate::parse::period_words::period;
use crate::query::filter::fault::Wrong;

/// Han words that join conditions and so end a word that is not quoted.
const JOINTS: &[&str] = &["并且", "而且", "或者", "且", "或", "&&"];
pub(super) const NOT: &[&str] = &["not", "非", "不是", "!"];
pub(super) const MINE: &[&str] = &["mine", "我的", "我负责的"];
pub(super) const BOUGHT_IN: &[&str] = &["bought", "bought in", "ordered", "ordered in"];

/// Whether a condition of any form begins here, also one without a field.
pub(super) fn begins_condition(input: &Input<'_>) -> bool {
    [NOT, MINE, BOUGHT_IN].iter().any(|words| ahead(input, |input| any(input, words))) || begins_test(input)
}

/// Whether a condition begins here: a field with what is said of it.
pub(super) fn begins_test(input: &Input<'_>) -> bool {
    if matches!(next(input), Some('(' | '#')) {
        return true;
    }
    let said = |input: &mut Input<'_>| {
        let is_flag = subject::field(input)?.name == "churn_risk";
        spaces(input);
        let window = is_flag || next(input) == Some('(');
        if window || ahead(input, verb) || ahead(input, begun_with) || ahead(input, rank) || begins_period(input) {
            Ok(())
        } else {
            pass()
        }
    };
    ahead(input, said) || ahead(input, rank) || begins_period(input) || begins_unknown(input)
}

/// Whether a period comes.
fn begins_period(input: &Input<'_>) -> bool {
    period(&mut { input.cursor }).is_some()
}

/// Whether a word comes that a sign of comparison follows: a field whose name is wrong.
fn begins_unknown(input: &Input<'_>) -> bool {
    let mut after = *input;
    let word = raw_word(&mut after);
    spaces(&mut after);
    word.is_ok() && matches!(next(&after), Some('=' | '>' | '<' | '≥' | '≤' | '≠'))
}

/// Whether the Latin word that comes cannot belong to the one before it.
fn ends_word(input: &Input<'_>) -> bool {
    input.cursor.sees_name(&["and", "or", "not", "mine"]) || begins_test(input)
}

/// A text: quoted, or up to where a space or a sign ends it. Latin words go on over spaces as long as no condition
/// begins: `industry = Real estate`.
pub(super) fn word(input: &mut Input<'_>) -> Read<String> {
    if rest(input).first().copied().is_some_and(is_quote) {
        return quoted(input);
    }
    let mut text = raw_word(input)?;
    while text.chars().next_back().is_some_and(|last| is_latin(fold(last)) || last == '&') {
        let before = *input;
        let gap = spaces(input);
        let latin = next(input).is_some_and(|c| is_latin(c) || c == '&');
        if !gap || !latin || ends_word(input) || !ahead(input, raw_word) {
            *input = before;
            break;
        }
        text.push(' ');
        text.push_str(&raw_word(input)?);
    }
    Ok(text)
}

/// `以重庆开头`: the text stands in the midst of what is said.
pub(super) fn begun_with(input: &mut Input<'_>) -> Read<String> {
    const ENDS: &[&str] = &["开头", "打头"];
    any(input, &["以"])?;
    spaces(input);
    let text = word(input)?;
    if let Some(begin) = ENDS.iter().find_map(|end| text.strip_suffix(end)).filter(|begin| !begin.is_empty()) {
        return Ok(begin.to_owned());
    }
    spaces(input);
    any(input, ENDS)?;
    Ok(text)
}

/// Characters up to a space, a sign or a joint.
pub(super) fn raw_word(input: &mut Input<'_>) -> Read<String> {
    let mut word = String::new();
    while let Some(c) = rest(input).first().copied() {
        if ends_bare(c) || JOINTS.iter().any(|joint| { input.cursor }.text(joint)) {
            break;
        }
        word.push(c);
        skip(input, 1);
    }
    if word.is_empty() { pass() } else { Ok(word) }
}

/// Whether a word that is not quoted ends before this character.
pub(in crate::query::filter) fn ends_bare(c: char) -> bool {
    c.is_whitespace()
        || matches!(fold(c), ',' | '、' | ';' | '(' | ')' | '=' | '<' | '>' | '≥' | '≤' | '≠' | '|' | '"')
        || matches!(c, '“' | '”' | '「' | '」')
}

/// Whether a text in quotes begins with this character.
pub(in crate::query::filter) const fn is_quote(c: char) -> bool {
    closing(c).is_some()
}

/// The quote that closes what this one opens.
const fn closing(c: char) -> Option<char> {
    match c {
        '"' | '＂' => Some(c),
        '“' | '”' => Some('”'),
        '‘' | '’' => Some('’'),
        '「' => Some('」'),
        '\'' => Some('\''),
        _ => None,
    }
}

fn quoted(input: &mut Input<'_>) -> Read<String> {
    let start = place(input);
    let mut chars = rest(input).iter().copied().enumerate();
    let Some(close) = chars.next().and_then(|(_, open)| closing(open)) else { return pass() };
    let mut word = String::new();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && close == '"' {
            word.extend(chars.next().map(|(_, c)| c));
        } else if c == close {
            skip(input, at + 1);
            return Ok(word);
        } else {
            word.push(c);
        }
    }
    cut_sign(start, Wrong::Quote)
}
