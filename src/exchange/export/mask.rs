//! What tells a person apart, made unreadable but for its ends.

use crate::domain::record::Record;
use crate::exchange::export::cell::OutCell;
use crate::query::field::{Column, Field};

/// Fields of text that may hold phones and addresses of e-mail anywhere.
const FREE_TEXTS: &[&str] =
    &["note", "text", "conclusion", "what", "result", "resolution", "reason_note", "order_note", "title"];

/// A field's cell, masked where it says who or where a person is.
pub fn cell(field: &Field, record: &Record, person: bool, cell: OutCell) -> OutCell {
    let stores = field.stores.unwrap_or_default();
    match (record, stores, cell) {
        (_, "birthday" | "address", _) => OutCell::Empty,
        (_, "phone", OutCell::Text(text)) => OutCell::Text(phones(&text)),
        (_, "email", OutCell::Text(text)) => OutCell::Text(addresses(&text)),
        (_, "wechat", OutCell::Text(text)) => OutCell::Text(name(&text)),
        (Record::Contact(_), "name", OutCell::Text(text)) => OutCell::Text(name(&text)),
        (Record::Customer(_), "name" | "short_name", OutCell::Text(text)) if person => OutCell::Text(name(&text)),
        (_, "custom", OutCell::Pairs(pairs)) => {
            OutCell::Pairs(pairs.into_iter().map(|(name, text)| (name, addresses(&phones(&text)))).collect())
        }
        (_, stores, OutCell::Text(text)) if FREE_TEXTS.contains(&stores) => OutCell::Text(free(&text, true)),
        (_, _, cell) => cell,
    }
}

/// A cell of the customer list, masked.
pub fn listed(column: Column, person: bool, cell: OutCell) -> OutCell {
    match (column, cell) {
        (Column::Phone, OutCell::Text(text)) => OutCell::Text(phones(&text)),
        (Column::Name, OutCell::Text(text)) if person => OutCell::Text(name(&text)),
        (_, cell) => cell,
    }
}

/// A text that may hold phones and addresses anywhere, as it may be told.
pub fn free(text: &str, masked: bool) -> String {
    if masked { addresses(&phones(text)) } else { text.to_owned() }
}

/// A name but for its first sign: `李*`, `J*******`.
pub fn name(text: &str) -> String {
    text.chars().enumerate().map(|(at, c)| if at == 0 || c.is_whitespace() { c } else { '*' }).collect()
}

/// Every run of seven digits or more without those in the middle: `138****1234`. Spaces, hyphens and brackets may lie between.
pub fn phones(text: &str) -> String {
    let mut signs: Vec<char> = text.chars().collect();
    let mut run: Vec<usize> = Vec::new();
    let mut at = 0;
    while at <= signs.len() {
        match signs.get(at) {
            Some(c) if c.is_ascii_digit() => run.push(at),
            Some(' ' | '-' | '(' | ')' | '.') if !run.is_empty() => {}
            _ => {
                hide(&mut signs, &run);
                run.clear();
            }
        }
        at += 1;
    }
    signs.into_iter().collect()
}

fn hide(signs: &mut [char], digits: &[usize]) {
    if digits.len() < 7 {
        return;
    }
    let keep = if digits.len() >= 10 { 3 } else { 2 };
    let shown = digits.len() - keep.max(4);
    for place in digits.iter().take(shown).skip(keep) {
        if let Some(sign) = signs.get_mut(*place) {
            *sign = '*';
        }
    }
}

/// Every address of e-mail without its name but for the first sign: `a***@example.com`.
pub fn addresses(text: &str) -> String {
    let mask = |word: &str| match word.split_once('@') {
        Some((local, domain)) if !local.is_empty() && domain.contains('.') => {
            format!("{}***@{domain}", local.chars().next().unwrap_or('*'))
        }
        _ => word.to_owned(),
    };
    text.split_inclusive([' ', '\n', ';', ',', '，', '；']).map(mask).collect()
}

#[cfg(test)]
mod tests {
    use super::{addresses, name, phones};

    #[test]
    fn phones_addresses_and_names_keep_but_their_ends() {
        assert_eq!(phones("13812341234"), "138****1234");
        assert_eq!(phones("请打 021-5588 1234 找他"), "请打 021-**** 1234 找他");
        assert_eq!(phones("2023-05"), "2023-05");
        assert_eq!(addresses("a.b@example.com; x@y.cn"), "a***@example.com; x***@y.cn");
        assert_eq!((name("李雷"), name("John Doe")), ("李*".into(), "J*** ***".into()));
    }
}
