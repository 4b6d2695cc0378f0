//! Which characters of a text a query matches.
use super::alphabet::{Alphabet, fold};
use super::block::Unit;
use super::near;
use super::pattern::{Pattern, previous_kind};
use super::query::Query;
use std::ops::Range;

/// The characters of `text` that `query` matches, as ranges counted in characters, in
/// order and apart. Needs no index: meant for the rows shown, some microseconds each.
/// A word not found as it is typed is looked for with one error.
///
/// ```
/// use kehu::book::find::highlight;
/// assert_eq!(highlight("重庆华东电子", "华ddz"), vec![2..6]);
/// assert_eq!(highlight("Acme Trading", "at"), vec![0..1, 5..6]);
/// ```
pub fn highlight(text: &str, query: &str) -> Vec<Range<usize>> {
    let query = Query::new(query);
    if query.words.is_empty() {
        return Vec::new();
    }
    let mut alphabet = Alphabet::new();
    let units: Vec<u16> = text.chars().map(|c| alphabet.number(fold(c))).collect();
    let joined = query.joined();
    let words = query.words.iter().chain(&joined);
    let patterns: Vec<Pattern<'_>> = words.map(|w| Pattern::new(w, &alphabet)).collect();
    let found = used_in(patterns.iter(), &units);
    if !found.is_empty() {
        return found;
    }
    let mut erred = patterns.iter().filter(|p| near::may_err(p.word));
    erred.find_map(|p| first_near(p, &units)).into_iter().collect()
}

fn first_near(pattern: &Pattern<'_>, units: &[u16]) -> Option<Range<usize>> {
    let begins = |at: &usize| *at == 0 || (is_word_start(pattern, units, *at) && starts(pattern, units, *at));
    let mut places = (0..units.len()).filter(begins);
    places.find_map(|at| near::first(pattern, units, at).map(|end| at..end))
}

/// The characters of one field that any of the patterns uses.
fn used_in<'p, 'a: 'p, U: Unit>(patterns: impl Iterator<Item = &'p Pattern<'a>>, units: &[U]) -> Vec<Range<usize>> {
    let mut marked: Vec<usize> = patterns.flat_map(|p| used(p, units)).collect();
    marked.sort_unstable();
    marked.dedup();
    joined_up(marked)
}

/// Places in order as ranges apart.
fn joined_up(places: Vec<usize>) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for at in places {
        match ranges.last_mut() {
            Some(range) if range.end == at => range.end = at + 1,
            _ => ranges.push(at..at + 1),
        }
    }
    ranges
}

/// The characters of the best match: at the beginning, else at a word, else anywhere.
fn used<U: Unit>(pattern: &Pattern<'_>, units: &[U]) -> Vec<usize> {
    let places = || (0..units.len()).filter(|at| starts(pattern, units, *at));
    let words = places().filter(|at| is_word_start(pattern, units, *at));
    for at in words.chain(places()) {
        let Some(reach) = pattern.run(units, at) else {
            continue;
        };
        let whole = at == 0 && reach.last == units.len();
        return pattern.used(units, at, if whole { reach.last } else { reach.first });
    }
    Vec::new()
}

fn starts<U: Unit>(pattern: &Pattern<'_>, units: &[U], at: usize) -> bool {
    units.get(at).is_some_and(|u| pattern.begins(*u))
}

fn is_word_start<U: Unit>(pattern: &Pattern<'_>, units: &[U], at: usize) -> bool {
    let alphabet = pattern.alphabet();
    let before = previous_kind(alphabet, units, at);
    units.get(at).is_some_and(|u| alphabet.kind(u.id()).begins_word(before))
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)]
mod tests {
    use super::*;

    #[test]
    fn matched_characters_are_marked() {
        for (text, query, want) in [
            ("重庆华东电子", "cq", vec![0..2]),
            ("重庆华东电子", "cq dz", vec![0..2, 4..6]),
            ("重庆华东电子", "hudaong", vec![2..4]),
            ("ＡＢＣ Tools", "abct", vec![0..3, 4..5]),
            ("138-0013-8000", "138001", vec![0..3, 4..7]),
            ("138-0013-8000", "8000", vec![9..13]),
            ("wang@acme.com", "acme.c", vec![5..9, 10..11]),
            ("上海", "", vec![]),
            ("", "x", vec![]),
            ("上海", "北京", vec![]),
        ] {
            assert_eq!(highlight(text, query), want, "{text} {query}");
        }
    }
}
