//! Several texts in one cell, written so that they are read as they were: a backslash keeps a sign that would divide them.

use crate::exchange::amount::is_nothing;
use std::collections::HashSet;

/// Signs that divide the items of a list in a cell.
const DIVIDERS: &[char] = &[',', ';', '，', '；', '、', '|', '\n'];

/// The items as one text: `a; b`.
pub fn written<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> String {
    joined(items.into_iter().map(|item| kept(item.as_ref(), DIVIDERS)))
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("; ")
}

/// `text` with a backslash before what would be read as a divider.
fn kept(text: &str, dividers: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\\' || dividers.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The pieces between `dividers`, as they were before [`kept`]; a backslash before another sign is itself.
fn pieces(text: &str, dividers: &[char]) -> Vec<String> {
    let (mut all, mut piece) = (Vec::new(), String::new());
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        let guarded = signs.peek().copied().filter(|next| c == '\\' && (*next == '\\' || dividers.contains(next)));
        if let Some(next) = guarded {
            piece.push(next);
            signs.next();
        } else if dividers.contains(&c) {
            all.push(std::mem::take(&mut piece));
        } else {
            piece.push(c);
        }
    }
    all.push(piece);
    all
}

/// The items of a list, each once; words for nothing are left out.
pub fn items(text: &str) -> Vec<String> {
    let (mut found, mut known) = (Vec::new(), HashSet::new());
    for item in pieces(text, DIVIDERS) {
        let item = item.trim().trim_start_matches('#').trim();
        if !item.is_empty() && !is_nothing(item) && known.insert(item.to_owned()) {
            found.push(item.to_owned());
        }
    }
    found
}

/// Names with their texts: `name=text; other=text`.
pub fn written_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let pair = |(name, text)| format!("{}={}", kept(name, &['=', ';']), kept(text, &[';', '=']));
    joined(pairs.into_iter().map(pair))
}

/// The names with their texts.
pub fn pairs(text: &str) -> Vec<(String, String)> {
    let pair = |piece: String| {
        let mut halves = pieces(&piece, &['=']).into_iter();
        let name = halves.next()?.trim().to_owned();
        let text = halves.collect::<Vec<_>>().join("=").trim().to_owned();
        (!name.is_empty() && !text.is_empty()).then_some((name, text))
    };
    rows(text).into_iter().filter_map(pair).collect()
}

/// Rows of cells: `a|b|c; d|e|f`.
pub fn written_rows<'a>(rows: impl IntoIterator<Item = [&'a str; 3]>) -> String {
    let row = |cells: [&str; 3]| cells.map(|cell| kept(cell, &['|', ';'])).join("|");
    joined(rows.into_iter().map(row))
}

/// The rows of cells; a missing cell is empty.
pub fn cells(text: &str) -> Vec<[String; 3]> {
    let row = |piece: String| {
        let mut cells = pieces(&piece, &['|']).into_iter().map(|cell| cell.trim().to_owned());
        let mut next = || cells.next().unwrap_or_default();
        [next(), next(), next()]
    };
    rows(text).into_iter().map(row).filter(|row| row.iter().any(|cell| !cell.is_empty())).collect()
}

/// The pieces between semicolons, with every other backslash where it was.
fn rows(text: &str) -> Vec<String> {
    let (mut all, mut piece, mut guarded) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            ';' | '\n' if !guarded => {
                all.push(std::mem::take(&mut piece));
                continue;
            }
            ';' if guarded => {
                piece.pop();
                piece.push(c);
            }
            _ => piece.push(c),
        }
        guarded = c == '\\' && !guarded;
    }
    all.push(piece);
    all
}

#[cfg(test)]
mod tests {
    use super::{cells, items, pairs, written, written_pairs, written_rows};
    use proptest::prelude::*;

    #[test]
    fn lists_are_read_as_people_write_them() {
        assert_eq!(items("老客户，#重点、vip;vip"), ["老客户", "重点", "vip"]);
        assert_eq!(items("C:\\temp"), ["C:\\temp"]);
        assert_eq!(pairs("车牌=沪A1; 备注=a=b"), [("车牌".into(), "沪A1".into()), ("备注".into(), "a=b".into())]);
        assert_eq!(cells("won|2026-01-02|王"), [["won", "2026-01-02", "王"]]);
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(
            texts in proptest::collection::hash_set("[a-c,;|=\\\\、，]{0,4}[xyz]", 0..5)
        ) {
            let texts: Vec<String> = texts.into_iter().collect();
            prop_assert_eq!(items(&written(&texts)), texts.clone());
            let as_pairs: Vec<(String, String)> = texts.iter().map(|text| (text.clone(), text.clone())).collect();
            let written = written_pairs(as_pairs.iter().map(|(name, text)| (name.as_str(), text.as_str())));
            prop_assert_eq!(pairs(&written), as_pairs, "{}", written);
            let as_rows: Vec<[String; 3]> = texts.iter().map(|text| [text.clone(), text.clone(), text.clone()]).collect();
            let written = written_rows(as_rows.iter().map(|[a, b, c]| [a.as_str(), b.as_str(), c.as_str()]));
            prop_assert_eq!(cells(&written), as_rows, "{}", written);
        }
    }
}
