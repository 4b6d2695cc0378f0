//! What is wrong in a keymap file, where, and what was probably meant.

use crate::text::{Language, Words, words};

pub use crate::text::near::near;

/// One mistake in a keymap file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file, as the user knows it; empty when the mistake is in no file.
    pub file: String,
    /// The line, from 1; 0 when it is in no line.
    pub line: usize,
    /// What is wrong.
    pub what: Wrong,
}

/// What can be wrong in a keymap file. `near` is the nearest word that would have been right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The file is not TOML; the parser's own words, in English.
    Toml(String),
    /// No act has this name.
    Act {
        /// The word found.
        word: String,
        /// The nearest act.
        near: Option<String>,
    },
    /// No key has this name.
    Key {
        /// The word found.
        word: String,
        /// The nearest key.
        near: Option<String>,
    },
    /// No scope has this name.
    Scope {
        /// The word found.
        word: String,
        /// The nearest scope, or setting.
        near: Option<String>,
    },
    /// A key that stands in no scope's table.
    Outside(String),
    /// No keymap has this name.
    Map {
        /// The word found.
        word: String,
        /// The nearest map.
        near: Option<String>,
    },
    /// Keymaps that inherit each other in a circle, through the one named.
    Circle(String),
    /// `inherits` wants the name of a map, `clear` true or false, a scope a table of keys, a key the name of an act.
    Value {
        /// Whose value.
        key: String,
        /// What is wanted.
        wanted: Wanted,
    },
    /// The act can never be done where this table is asked.
    Misplaced {
        /// The act.
        act: &'static str,
        /// The table.
        scope: &'static str,
    },
    /// A printable character cannot be bound where text is typed.
    TypedText {
        /// The key.
        key: String,
        /// The table.
        scope: &'static str,
    },
    /// The same key twice in one table, perhaps written in two ways.
    Twice(String),
    /// A key that runs an act cannot also begin a longer one.
    LeafAndPrefix {
        /// The shorter.
        leaf: String,
        /// The longer.
        longer: String,
    },
}

/// What a setting or key wants for its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The name of a map in quotes.
    Name,
    /// `true` or `false`.
    Truth,
    /// A table of keys.
    Table,
    /// The name of an act, a list of them, `unbound` or `noop`.
    Acts,
}

const ACT: Words = words("no act is called “{}”", "没有名为“{}”的操作");
const KEY: Words = words("no key is called “{}”", "没有名为“{}”的按键");
const SCOPE: Words = words("there is no table [{}]", "没有 [{}] 这个表");
const OUTSIDE: Words =
    words("“{}” stands in no table: put it under [global] or another", "“{}”不在任何表中：请放到 [global] 或其他表下");
const MAP: Words = words("no keymap is called “{}”", "没有名为“{}”的键位方案");
const TOML: Words = words("this is not TOML: {}", "TOML 格式有误：{}");
const CIRCLE: Words = words("“{}” inherits itself", "“{}”绕了一圈又继承自己");
const MISPLACED: Words = words("“{}” can never be done in [{}]", "“{}”在 [{}] 中用不上");
const TYPED: Words = words(
    "“{}” is text in [{}]: only keys that type nothing can be bound there",
    "“{}”在 [{}] 中是要输入的文字，只能绑定不产生文字的按键",
);
const TWICE: Words = words("“{}” is already said above in this table", "“{}”在此表中重复了");
const LEAF: Words = words(
    "“{}” runs an act, so “{}” cannot begin with it: make one of them \"unbound\"",
    "“{}”已对应操作，“{}”不能再以它开头：请把其中一个设为 \"unbound\"",
);
const NEAR: Words = words("; did you mean “{}”?", "；是否想写“{}”？");
const WANT_NAME: Words = words("“{}” wants the name of a keymap in quotes", "“{}”应为带引号的键位方案名");
const WANT_TRUTH: Words = words("“{}” wants true or false", "“{}”应为 true 或 false");
const WANT_TABLE: Words = words("“{}” wants a table of keys, as [{}]", "“{}”应写成按键表 [{}]");
const WANT_ACTS: Words = words(
    "“{}” wants an act in quotes, a list of acts, \"unbound\" or \"noop\"",
    "“{}”应为带引号的操作名、操作名列表、\"unbound\" 或 \"noop\"",
);

impl Mistake {
    /// The mistake in one line, its place first.
    pub fn say(&self, language: Language) -> String {
        let what = self.what.say(language);
        match (self.file.as_str(), self.line) {
            ("", _) => what,
            (file, 0) => format!("{file}: {what}"),
            (file, line) => format!("{file}:{line}: {what}"),
        }
    }
}

impl Wrong {
    /// What is wrong, without its place.
    pub fn say(&self, language: Language) -> String {
        let say = |words: Words, values: &[&str]| words.filled(values, language);
        match self {
            Self::Toml(message) => say(TOML, &[message]),
            Self::Act { word, near } => say(ACT, &[word]) + &nearly(near, language),
            Self::Key { word, near } => say(KEY, &[word]) + &nearly(near, language),
            Self::Scope { word, near } => say(SCOPE, &[word]) + &nearly(near, language),
            Self::Outside(key) => say(OUTSIDE, &[key]),
            Self::Map { word, near } => say(MAP, &[word]) + &nearly(near, language),
            Self::Circle(name) => say(CIRCLE, &[name]),
            Self::Misplaced { act, scope } => say(MISPLACED, &[act, scope]),
            Self::TypedText { key, scope } => say(TYPED, &[key, scope]),
            Self::Twice(key) => say(TWICE, &[key]),
            Self::LeafAndPrefix { leaf, longer } => say(LEAF, &[leaf, longer]),
            Self::Value { key, wanted } => match wanted {
                Wanted::Name => say(WANT_NAME, &[key]),
                Wanted::Truth => say(WANT_TRUTH, &[key]),
                Wanted::Table => say(WANT_TABLE, &[key, key]),
                Wanted::Acts => say(WANT_ACTS, &[key]),
            },
        }
    }
}

/// The near miss, if there is one.
fn nearly(near: &Option<String>, language: Language) -> String {
    near.as_ref().map_or_else(String::new, |word| NEAR.filled(&[word], language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_says_its_place_in_both_languages() {
        let mistake = Mistake {
            file: "keys.toml".to_owned(),
            line: 3,
            what: Wrong::Act { word: "qiut".to_owned(), near: Some("quit".to_owned()) },
        };
        assert_eq!(mistake.say(Language::En), "keys.toml:3: no act is called “qiut”; did you mean “quit”?");
        assert_eq!(mistake.say(Language::Zh), "keys.toml:3: 没有名为“qiut”的操作；是否想写“quit”？");
    }
}
