//! The bytes a program sends, taken apart: text, control characters, escape sequences, frames.

/// A piece of what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Characters to be shown.
    Text(String),
    /// A control character by itself.
    Control(char),
    /// An escape sequence without its ESC: `[?25l`, `]52;c;…`.
    Sequence(String),
}

/// Takes the bytes apart.
pub fn pieces(bytes: &[u8]) -> Vec<Piece> {
    let text = std::str::from_utf8(bytes).expect("only UTF-8 is sent");
    let mut chars = text.chars().peekable();
    let mut pieces = Vec::new();
    while let Some(c) = chars.next() {
        match c {
            '\x1b' => pieces.push(Piece::Sequence(sequence(&mut chars))),
            c if c.is_control() => pieces.push(Piece::Control(c)),
            c => {
                let mut text = String::from(c);
                while let Some(c) = chars.next_if(|c| !c.is_control()) {
                    text.push(c);
                }
                pieces.push(Piece::Text(text));
            }
        }
    }
    pieces
}

/// What follows an ESC: to the last byte of a control sequence, to the end of a string, or one character.
fn sequence(chars: &mut impl Iterator<Item = char>) -> String {
    let mut sequence: String = chars.next().into_iter().collect();
    match sequence.as_str() {
        "[" => {
            for c in chars {
                sequence.push(c);
                if matches!(c, '@'..='~') {
                    break;
                }
            }
        }
        "]" | "P" | "^" | "_" | "X" => sequence.extend(chars.take_while(|c| !matches!(c, '\x07' | '\x1b'))),
        _ => {}
    }
    sequence
}

/// The sequences among the pieces.
pub fn sequences(pieces: &[Piece]) -> impl Iterator<Item = &str> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Sequence(sequence) => Some(sequence.as_str()),
        _ => None,
    })
}

/// How many frames were begun.
#[cfg(target_os = "linux")]
pub fn frames(bytes: &[u8]) -> usize {
    sequences(&pieces(bytes)).filter(|sequence| *sequence == BEGIN).count()
}

/// What begins a synchronized update.
pub const BEGIN: &str = "[?2026h";
/// What ends it.
pub const END: &str = "[?2026l";
