//! The key that a run of bytes from a terminal stands for.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};

/// The byte every sequence begins with.
pub(super) const ESC: u8 = 0x1B;

/// A key before it is brought to the keymap's form.
pub(super) type Key = (KeyCode, KeyModifiers);

/// A sequence longer than this is no key of any terminal.
const LONGEST: usize = 4096;
/// Rows one notch of a mouse wheel moves.
const NOTCH: usize = 3;

/// What the first bytes are; each with how many bytes that took.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Not yet to be told.
    More,
    /// These keys; none for what is no key, such as a terminal's late reply.
    Keys(usize, Vec<Key>),
    /// The window gained or lost the focus.
    Focus(usize, bool),
    /// What follows is pasted.
    PasteBegins(usize),
}

/// Reads one thing off the front of `bytes` (not empty). `torn`: a read had
/// ended after the Esc at the front, so that what follows may be a key of its own.
pub(super) fn read(bytes: &[u8], torn: bool) -> Reading {
    let alone = Reading::Keys(1, vec![(KeyCode::Esc, KeyModifiers::NONE)]);
    match bytes {
        [ESC] => Reading::More,
        [ESC, b'[', rest @ ..] => control_sequence(rest),
        [ESC, b'O', rest @ ..] if !torn || !typed_o(rest) => single_shift(rest),
        [ESC, ..] if torn => alone,
        [ESC, ESC] => Reading::More,
        [ESC, ESC, b'[' | b'O', ..] => with_alt(read(&bytes[1..], false)),
        [ESC, ESC, ..] => alone,
        [ESC, b']' | b'P', rest @ ..] => string(rest),
        [ESC, rest @ ..] => with_alt(plain(rest)),
        _ => plain(bytes),
    }
}

/// The same with one Esc more before it.
fn with_alt(reading: Reading) -> Reading {
    let Reading::Keys(taken, keys) = reading else { return reading };
    let keys = keys.into_iter().map(|(code, mods)| (code, mods | KeyModifiers::ALT));
    Reading::Keys(taken + 1, keys.collect())
}

/// A character, or a key that sends one byte.
fn plain(bytes: &[u8]) -> Reading {
    let Some(&first) = bytes.first() else { return Reading::More };
    let control = |c: u8| (KeyCode::Char(char::from(c)), KeyModifiers::CONTROL);
    let key = match first {
        b'\r' => (KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => (KeyCode::Tab, KeyModifiers::NONE),
        0x7F => (KeyCode::Backspace, KeyModifiers::NONE),
        0 => control(b' '),
        1..=0x1A => control(first + b'a' - 1),
        ESC => return Reading::Keys(1, vec![(KeyCode::Esc, KeyModifiers::NONE)]),
        0x1C..=0x1F => control(first - 0x1C + b'4'),
        _ => return character(bytes, first),
    };
    Reading::Keys(1, vec![key])
}

/// One character of UTF-8; a byte that begins none is dropped.
fn character(bytes: &[u8], first: u8) -> Reading {
    let length = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => 1,
    };
    let there = &bytes[..length.min(bytes.len())];
    match std::str::from_utf8(there) {
        Ok(text) => {
            let keys = text.chars().map(|c| (KeyCode::Char(c), KeyModifiers::NONE));
            Reading::Keys(length, keys.collect())
        }
        Err(error) if error.error_len().is_none() => Reading::More,
        Err(_) => Reading::Keys(1, Vec::new()),
    }
}

/// What follows `ESC O`: arrows and F1 to F4 of most terminals, and the keypad.
fn single_shift(rest: &[u8]) -> Reading {
    let Some(&letter) = rest.first() else { return Reading::More };
    let code = match letter {
        b'M' => KeyCode::Enter,
        b'j'..=b'y' => KeyCode::Char(char::from(letter - b'j' + b'*')),
        b'X' => KeyCode::Char('='),
        _ => match lettered(letter) {
            Some(code) => code,
            None => return Reading::Keys(2, vec![(KeyCode::Char('O'), KeyModifiers::ALT)]),
        },
    };
    Reading::Keys(3, vec![(code, KeyModifiers::NONE)])
}

/// Whether an O that came apart from its Esc was typed: no key of the arrows
/// or functions follows. The keypad is left out, its letters are words too.
const fn typed_o(rest: &[u8]) -> bool {
    matches!(rest, [letter, ..] if lettered(*letter).is_none())
}

/// The key a letter at the end of a sequence names.
const fn lettered(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P' => KeyCode::F(1),
        b'Q' => KeyCode::F(2),
        b'R' => KeyCode::F(3),
        b'S' => KeyCode::F(4),
        b'Z' => KeyCode::BackTab,
        _ => return None,
    })
}

/// The key a number before `~` names.
const fn numbered(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(number as u8 - 10),
        17..=21 => KeyCode::F(number as u8 - 11),
        23..=24 => KeyCode::F(number as u8 - 12),
        _ => return None,
    })
}

/// What follows `ESC [`.
fn control_sequence(rest: &[u8]) -> Reading {
    if let [b'[', console @ ..] = rest {
        return linux_console(console);
    }
    let Some(end) = rest.iter().position(|byte| !(0x20..=0x3F).contains(byte)) else {
        return if rest.len() > LONGEST { Reading::Keys(rest.len() + 2, Vec::new()) } else { Reading::More };
    };
    let taken = end + 3;
    match (&rest[..end], rest[end]) {
        (_, last) if !(0x40..=0x7E).contains(&last) => Reading::Keys(end + 2, Vec::new()),
        ([], b'I') => Reading::Focus(taken, true),
        ([], b'O') => Reading::Focus(taken, false),
        (b"200", b'~') => Reading::PasteBegins(taken),
        ([b'<', mouse @ ..], b'M') => Reading::Keys(taken, wheel(mouse)),
        (parameters, last) => Reading::Keys(taken, named(parameters, last).into_iter().collect()),
    }
}

/// `ESC [ [` and a letter: F1 to F5 of the Linux console.
fn linux_console(rest: &[u8]) -> Reading {
    match rest.first() {
        None => Reading::More,
        Some(letter @ b'A'..=b'E') => Reading::Keys(4, vec![(KeyCode::F(letter - b'A' + 1), KeyModifiers::NONE)]),
        Some(_) => Reading::Keys(3, Vec::new()),
    }
}

/// The key of a sequence with its parameters; `None` for a release, a reply
/// or a key unknown here.
fn named(parameters: &[u8], last: u8) -> Option<Key> {
    let text = std::str::from_utf8(parameters).ok()?;
    let fields: Vec<&str> = text.split(';').collect();
    let number = |at: usize| fields.get(at).and_then(|field| leading_number(field));
    let mut state = fields.get(1).copied().unwrap_or("").split(':').skip(1);
    if state.next() == Some("3") {
        return None;
    }
    let mods = modifiers(number(1).unwrap_or(1));
    let code = match last {
        b'~' if number(0) == Some(27) => by_code(number(2)?)?,
        b'~' => numbered(number(0)?)?,
        b'u' => by_code(number(0)?)?,
        // A cursor report looks like F3 with modifiers, but its row is not 1.
        _ if number(0).is_some_and(|first| first != 1) => return None,
        _ => lettered(last)?,
    };
    Some((code, mods))
}

/// The digits a field begins with.
fn leading_number(field: &str) -> Option<u32> {
    field.split(':').next()?.parse().ok()
}

/// The key with this code point, for terminals that send keys by number.
fn by_code(code: u32) -> Option<KeyCode> {
    Some(match code {
        9 => KeyCode::Tab,
        13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        8 | 127 => KeyCode::Backspace,
        // Keys of the private use area are modifiers and locks on their own.
        57344..=63743 => return None,
        _ => KeyCode::Char(char::from_u32(code)?),
    })
}

/// What was held: one more than the sum of 1 Shift, 2 Alt, 4 Ctrl, 8 Super.
fn modifiers(parameter: u32) -> KeyModifiers {
    let bits = parameter.saturating_sub(1);
    let named = [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        (8, KeyModifiers::SUPER),
        (32, KeyModifiers::ALT),
    ];
    let held = named.iter().filter(|(bit, _)| bits & bit != 0);
    held.fold(KeyModifiers::NONE, |all, (_, one)| all | *one)
}

/// A notch of the wheel as so many arrow keys; buttons do nothing.
fn wheel(mouse: &[u8]) -> Vec<Key> {
    let code = match mouse.split(|byte| *byte == b';').next() {
        Some(b"64") => KeyCode::Up,
        Some(b"65") => KeyCode::Down,
        _ => return Vec::new(),
    };
    vec![(code, KeyModifiers::NONE); NOTCH]
}

/// A string to be passed over, such as a colour reply: up to BEL or `ESC \`.
fn string(rest: &[u8]) -> Reading {
    if let Some(at) = rest.iter().position(|byte| *byte == 7 || *byte == ESC) {
        return match rest.get(at..at + 2) {
            Some([ESC, b'\\']) => Reading::Keys(at + 4, Vec::new()),
            _ if rest[at] == 7 => Reading::Keys(at + 3, Vec::new()),
            None => Reading::More,
            Some(_) => Reading::Keys(at + 2, Vec::new()),
        };
    }
    if rest.len() > LONGEST { Reading::Keys(rest.len() + 2, Vec::new()) } else { Reading::More }
}
