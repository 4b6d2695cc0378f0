//! What a tier is called, and which tier a word means.

use crate::text::{Language, Words, words};

/// The shipped tiers by key, in words.
const SHIPPED: [(&str, Words); 10] = [
    ("high", words("high", "高")),
    ("middle", words("middle", "中")),
    ("low", words("low", "低")),
    ("core", words("core", "核心")),
    ("potential", words("potential", "潜力")),
    ("tail", words("long tail", "长尾")),
    ("loyal", words("high value, loyal", "高价值忠诚")),
    ("promising", words("high value, promising", "高价值潜力")),
    ("growing", words("growing", "潜力增长")),
    ("leaving", words("low value, leaving", "低价值流失风险")),
];

/// A tier in words; a name the firm gave stays as it is.
pub fn tier_shown(name: &str, language: Language) -> String {
    let shipped = SHIPPED.iter().find(|(key, _)| *key == name);
    shipped.map_or(name, |(_, words)| words.say(language)).to_owned()
}

/// The tier a word means, by key or in either language; else the word itself.
pub fn tier_called(word: &str) -> &str {
    let word = word.trim();
    // S2 calls the core those of high net value.
    let alias = |(key, words): &&(&str, Words)| {
        words.zh == word || words.en.eq_ignore_ascii_case(word) || (*key == "core" && word == "高净值")
    };
    SHIPPED.iter().find(alias).map_or(word, |(key, _)| key)
}
