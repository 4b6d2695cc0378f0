//! How a key is written, shown and made one with its twins.

use crate::ui::event::Press;
use ratatui::crossterm::event::{KeyCode, KeyModifiers};
use unicode_width::UnicodeWidthChar;

/// Keys with a name: as written in keymap files, as shown, and as shown in ASCII.
const NAMED: [(KeyCode, &str, &str, &str); 15] = [
    (KeyCode::Enter, "Enter", "⏎", "enter"),
    (KeyCode::Esc, "Esc", "esc", "esc"),
    (KeyCode::Tab, "Tab", "tab", "tab"),
    (KeyCode::Char(' '), "Space", "space", "space"),
    (KeyCode::Backspace, "Backspace", "⌫", "bksp"),
    (KeyCode::Delete, "Delete", "del", "del"),
    (KeyCode::Insert, "Insert", "ins", "ins"),
    (KeyCode::Home, "Home", "home", "home"),
    (KeyCode::End, "End", "end", "end"),
    (KeyCode::PageUp, "PageUp", "pgup", "pgup"),
    (KeyCode::PageDown, "PageDown", "pgdn", "pgdn"),
    (KeyCode::Up, "Up", "↑", "up"),
    (KeyCode::Down, "Down", "↓", "down"),
    (KeyCode::Left, "Left", "←", "left"),
    (KeyCode::Right, "Right", "→", "right"),
];

/// Other names people write.
const ALIASES: [(&str, &str); 8] = [
    ("Return", "Enter"),
    ("Escape", "Esc"),
    ("Spc", "Space"),
    ("Del", "Delete"),
    ("Ins", "Insert"),
    ("PgUp", "PageUp"),
    ("PgDn", "PageDown"),
    ("BS", "Backspace"),
];

/// Signs a Chinese input method gives for a key of the plain keyboard, other than the full-width forms of ASCII.
const CHINESE_SIGNS: [(char, char); 20] = [
    ('　', ' '),
    ('、', '/'),
    ('。', '.'),
    ('【', '['),
    ('】', ']'),
    ('《', '<'),
    ('》', '>'),
    ('〈', '<'),
    ('〉', '>'),
    ('￥', '$'),
    ('¥', '$'),
    ('「', '{'),
    ('」', '}'),
    ('『', '{'),
    ('』', '}'),
    ('·', '`'),
    ('“', '"'),
    ('”', '"'),
    ('‘', '\''),
    ('’', '\''),
];

/// The last function key that has a name.
const LAST_FUNCTION_KEY: u8 = 24;

/// Whether this press is a character to be typed.
pub fn is_text(press: Press) -> bool {
    matches!(press.code, KeyCode::Char(_)) && (press.mods - KeyModifiers::SHIFT).is_empty()
}

/// The one press that stands for all that mean the same key: full-width signs, Shift-Tab, and the control characters
/// a terminal cannot tell apart.
pub fn folded(press: Press) -> Press {
    let Press { code, mut mods } = press;
    let code = match code {
        KeyCode::BackTab => {
            mods |= KeyModifiers::SHIFT;
            KeyCode::Tab
        }
        KeyCode::Char(c) => {
            let c = if mods.contains(KeyModifiers::SHIFT) { capital(c) } else { c };
            mods -= KeyModifiers::SHIFT;
            let c = narrow(c);
            if mods.contains(KeyModifiers::CONTROL) { control(c, &mut mods) } else { KeyCode::Char(c) }
        }
        other => other,
    };
    Press { code, mods }
}

/// A letter with Shift held.
fn capital(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// The plain sign for a full-width one.
fn narrow(c: char) -> char {
    if let Some((_, plain)) = CHINESE_SIGNS.iter().find(|(sign, _)| *sign == c) {
        return *plain;
    }
    crate::parse::fold::narrow(c)
}

/// The key that a control character comes from: Ctrl-I is Tab, Ctrl-7 and Ctrl-_ are what Ctrl-/ sends.
fn control(c: char, mods: &mut KeyModifiers) -> KeyCode {
    let named = match c.to_ascii_lowercase() {
        'i' => Some(KeyCode::Tab),
        'm' => Some(KeyCode::Enter),
        '[' | '3' => Some(KeyCode::Esc),
        _ => None,
    };
    if let Some(code) = named {
        *mods -= KeyModifiers::CONTROL;
        return code;
    }
    KeyCode::Char(match c {
        '4' => '\\',
        '5' => ']',
        '6' => '^',
        '7' | '_' => '/',
        '2' | '@' => ' ',
        letter => letter.to_ascii_lowercase(),
    })
}

/// The presses written in `text`, such as `g g` or `C-x C-s`; the error is the word that names no key.
pub fn read(text: &str) -> Result<Vec<Press>, String> {
    let presses = text.split_whitespace().map(|word| read_one(word).ok_or_else(|| word.to_owned()));
    let presses: Vec<Press> = presses.collect::<Result<_, _>>()?;
    if presses.is_empty() { Err(text.to_owned()) } else { Ok(presses) }
}

/// One press: `C-`, `M-` and `S-` before a single character or a name.
fn read_one(word: &str) -> Option<Press> {
    let (mut mods, mut name) = (KeyModifiers::NONE, word);
    while let Some((held, rest)) = split_modifier(name) {
        mods |= held;
        name = rest;
    }
    let code = read_code(name)?;
    let shifted_sign = matches!(code, KeyCode::Char(c) if !c.is_alphabetic());
    if mods.contains(KeyModifiers::SHIFT) && shifted_sign {
        return None;
    }
    Some(folded(Press { code, mods }))
}

/// A modifier at the start of `name`, unless the key itself is `-` or a letter.
fn split_modifier(name: &str) -> Option<(KeyModifiers, &str)> {
    let held = match name.chars().next()? {
        'C' => KeyModifiers::CONTROL,
        'M' | 'A' => KeyModifiers::ALT,
        'S' => KeyModifiers::SHIFT,
        _ => return None,
    };
    let mut rest = name.chars();
    rest.next();
    let rest = rest.as_str().strip_prefix('-')?;
    (!rest.is_empty()).then_some((held, rest))
}

/// The key named `name`, capitals or not.
fn read_code(name: &str) -> Option<KeyCode> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        let c = narrow(c);
        return (c != ' ' && c.width() == Some(1)).then_some(KeyCode::Char(c));
    }
    let full = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(name)).map_or(name, |(_, full)| *full);
    if let Some((code, ..)) = NAMED.iter().find(|(_, key, ..)| key.eq_ignore_ascii_case(full)) {
        return Some(*code);
    }
    let number: u8 = name.strip_prefix(['F', 'f'])?.parse().ok()?;
    (1..=LAST_FUNCTION_KEY).contains(&number).then_some(KeyCode::F(number))
}

/// All names a key can have, for near misses.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMED.iter().map(|(_, name, ..)| *name).chain(ALIASES.iter().map(|(alias, _)| *alias))
}

/// The presses as a keymap file writes them.
pub fn notation(presses: &[Press]) -> String {
    presses.iter().map(|press| write_one(*press)).collect::<Vec<_>>().join(" ")
}

/// One press as a keymap file writes it.
fn write_one(press: Press) -> String {
    let mut word = String::new();
    for (held, sign) in [(KeyModifiers::CONTROL, "C-"), (KeyModifiers::ALT, "M-"), (KeyModifiers::SHIFT, "S-")] {
        if press.mods.contains(held) {
            word.push_str(sign);
        }
    }
    match press.code {
        code if named(code).is_some() => word.extend(named(code).map(|(name, ..)| name)),
        KeyCode::Char(c) => word.push(c),
        KeyCode::F(number) => word.push_str(&format!("F{number}")),
        other => word.push_str(&other.to_string()),
    }
    word
}

/// The names of a key that has some.
fn named(code: KeyCode) -> Option<(&'static str, &'static str, &'static str)> {
    NAMED.iter().find(|(key, ..)| *key == code).map(|(_, name, shown, ascii)| (*name, *shown, *ascii))
}

/// The presses as the screen shows them: `^D`, `⏎`, `space`, `g g`; in ASCII only when `ascii`.
pub fn shown(presses: &[Press], ascii: bool) -> String {
    let words: Vec<String> = presses.iter().map(|press| show_one(*press, ascii)).collect();
    words.join(" ")
}

/// One press as the screen shows it.
fn show_one(press: Press, ascii: bool) -> String {
    let control = press.mods.contains(KeyModifiers::CONTROL);
    let mut word = String::new();
    if press.mods.contains(KeyModifiers::ALT) {
        word.push_str("alt-");
    }
    if press.mods.contains(KeyModifiers::SHIFT) {
        word.push_str("shift-");
    }
    match (named(press.code), press.code) {
        (Some((_, symbol, plain)), _) => {
            word.push_str(if control { "ctrl-" } else { "" });
            word.push_str(if ascii { plain } else { symbol });
        }
        (None, KeyCode::Char(c)) if control => word.extend(['^', c.to_ascii_uppercase()]),
        (None, KeyCode::Char(c)) => word.push(c),
        (None, code) => {
            word.push_str(if control { "ctrl-" } else { "" });
            word.push_str(&write_one(Press { code, mods: KeyModifiers::NONE }));
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn press(code: KeyCode, mods: KeyModifiers) -> Press {
        Press { code, mods }
    }

    #[test]
    fn keys_are_read_as_they_are_written() {
        let none = KeyModifiers::NONE;
        let cases = [
            ("a", press(KeyCode::Char('a'), none), "a"),
            ("G", press(KeyCode::Char('G'), none), "G"),
            ("S-g", press(KeyCode::Char('G'), none), "G"),
            ("C-x", press(KeyCode::Char('x'), KeyModifiers::CONTROL), "C-x"),
            ("C-X", press(KeyCode::Char('x'), KeyModifiers::CONTROL), "C-x"),
            ("M-x", press(KeyCode::Char('x'), KeyModifiers::ALT), "M-x"),
            ("C--", press(KeyCode::Char('-'), KeyModifiers::CONTROL), "C--"),
            ("-", press(KeyCode::Char('-'), none), "-"),
            ("C", press(KeyCode::Char('C'), none), "C"),
            ("space", press(KeyCode::Char(' '), none), "Space"),
            ("PgDn", press(KeyCode::PageDown, none), "PageDown"),
            ("F12", press(KeyCode::F(12), none), "F12"),
            ("S-Tab", press(KeyCode::Tab, KeyModifiers::SHIFT), "S-Tab"),
            (
                "C-M-S-Up",
                press(KeyCode::Up, KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT),
                "C-M-S-Up",
            ),
            ("？", press(KeyCode::Char('?'), none), "?"),
            ("C-i", press(KeyCode::Tab, none), "Tab"),
            ("C-[", press(KeyCode::Esc, none), "Esc"),
            ("C-_", press(KeyCode::Char('/'), KeyModifiers::CONTROL), "C-/"),
        ];
        for (written, expected, printed) in cases {
            assert_eq!(read(written), Ok(vec![expected]), "{written}");
            assert_eq!(notation(&[expected]), printed);
        }
        assert_eq!(read("g g").map(|keys| keys.len()), Ok(2));
    }

    #[test]
    fn what_names_no_key_is_given_back() {
        for (written, word) in
            [("g Entr", "Entr"), ("F99", "F99"), ("C-Foo", "C-Foo"), ("S-1", "S-1"), ("客", "客"), ("", "")]
        {
            assert_eq!(read(written), Err(word.to_owned()), "{written}");
        }
    }

    #[test]
    fn full_width_signs_are_the_keys_they_stand_on() {
        let typed: Vec<Press> =
            "：／、？１２ｊ。，【《￥".chars().map(|c| folded(press(KeyCode::Char(c), KeyModifiers::NONE))).collect();
        let plain: Vec<Press> = "://?12j.,[<$".chars().map(|c| press(KeyCode::Char(c), KeyModifiers::NONE)).collect();
        assert_eq!(typed, plain);
    }

    #[test]
    fn what_a_terminal_sends_is_the_key_that_was_written() {
        let ctrl = KeyModifiers::CONTROL;
        assert_eq!(read("C-/"), Ok(vec![folded(press(KeyCode::Char('7'), ctrl))]));
        assert_eq!(read("S-Tab"), Ok(vec![folded(press(KeyCode::BackTab, KeyModifiers::NONE))]));
        assert_eq!(read("S-Tab"), Ok(vec![folded(press(KeyCode::BackTab, KeyModifiers::SHIFT))]));
        assert_eq!(read("G"), Ok(vec![folded(press(KeyCode::Char('g'), KeyModifiers::SHIFT))]));
    }

    #[test]
    fn keys_are_shown_short_and_in_ascii_when_asked() {
        let cases = [
            ("Enter", "⏎", "enter"),
            ("Space", "space", "space"),
            ("C-d", "^D", "^D"),
            ("C-/", "^/", "^/"),
            ("Down", "↓", "down"),
            ("C-Down", "ctrl-↓", "ctrl-down"),
            ("S-Tab", "shift-tab", "shift-tab"),
            ("M-1", "alt-1", "alt-1"),
            ("g g", "g g", "g g"),
            ("F5", "F5", "F5"),
        ];
        for (written, pretty, plain) in cases {
            let keys = read(written).unwrap();
            assert_eq!(shown(&keys, false), pretty);
            assert_eq!(shown(&keys, true), plain);
            assert!(shown(&keys, true).is_ascii());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_what_is_read_prints_back(text in any::<String>()) {
            if let Ok(keys) = read(&text) {
                prop_assert_eq!(read(&notation(&keys)), Ok(keys));
            }
        }

        #[test]
        fn folding_twice_is_folding_once(c in any::<char>(), bits in 0u8..64) {
            let once = folded(press(KeyCode::Char(c), KeyModifiers::from_bits_truncate(bits)));
            prop_assert_eq!(folded(once), once);
        }
    }
}
