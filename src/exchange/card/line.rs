//! The lines of cards: folded lines joined, properties taken apart, quoted-printable read.

use crate::exchange::sheet_error::SheetError;
use crate::exchange::split::LONGEST_CELL;
use crate::exchange::text::Text;
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::io::Read;

/// One property of a card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Property {
    /// Its name in upper case, without its group.
    pub name: String,
    /// Its parameters in upper case, such as `TYPE=CELL`; several types are several parameters.
    pub params: Vec<String>,
    /// Its value, with its backslashes.
    pub value: String,
}

impl Property {
    /// Takes a whole line apart: `item1.TEL;TYPE=CELL,PREF:138`.
    pub fn read(line: &str) -> Option<Property> {
        let (head, value) = split_at_colon(line)?;
        let mut parts = head.split(';');
        let name = parts.next()?.rsplit('.').next()?.trim().to_ascii_uppercase();
        let mut params = Vec::new();
        for part in parts {
            let part = part.trim().replace('"', "").to_ascii_uppercase();
            match part.split_once('=') {
                Some((key, values)) => params.extend(values.split(',').map(|value| format!("{key}={}", value.trim()))),
                // 2.1 writes the bare type.
                None => params.push(format!("TYPE={part}")),
            }
        }
        let mut property = Property { name, params, value: value.to_owned() };
        if property.has("ENCODING=QUOTED-PRINTABLE") || property.has("TYPE=QUOTED-PRINTABLE") {
            property.value = property.unquoted();
        }
        Some(property)
    }

    /// Whether it has this parameter.
    pub fn has(&self, param: &str) -> bool {
        self.params.iter().any(|known| known == param)
    }

    /// The value of quoted-printable text, in the charset it names.
    fn unquoted(&self) -> String {
        let mut bytes = Vec::new();
        let mut rest = self.value.as_bytes().iter().copied();
        while let Some(byte) = rest.next() {
            if byte != b'=' {
                bytes.push(byte);
                continue;
            }
            let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
            if let (Some(high), Some(low)) = (digit(), digit()) {
                bytes.push((high * 16 + low) as u8);
            }
        }
        let named = self.params.iter().find_map(|param| param.strip_prefix("CHARSET="));
        let encoding = named.and_then(|name| Encoding::for_label(name.as_bytes())).unwrap_or(UTF_8);
        match encoding.decode_without_bom_handling_and_without_replacement(&bytes) {
            Some(text) => text.into_owned(),
            None => GB18030.decode(&bytes).0.into_owned(),
        }
    }

    /// The parts between semicolons, without their backslashes.
    pub fn parts(&self) -> Vec<String> {
        let (mut all, mut part, mut signs) = (Vec::new(), String::new(), self.value.chars());
        while let Some(c) = signs.next() {
            match c {
                '\\' => match signs.next() {
                    Some('n' | 'N') => part.push('\n'),
                    Some(other) => part.push(other),
                    None => {}
                },
                ';' => all.push(std::mem::take(&mut part)),
                _ => part.push(c),
            }
        }
        all.push(part);
        all
    }

    /// The whole value without its backslashes.
    pub fn text(&self) -> String {
        self.parts().join(";").trim().to_owned()
    }
}

/// The first colon outside quotation marks.
fn split_at_colon(line: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let at = line.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == ':' && !quoted).then_some(at)
    });
    // A quotation mark nobody closed hides every colon.
    let at = at.or_else(|| line.find(':'))?;
    Some((line.get(..at)?, line.get(at + 1..)?))
}

/// Whole lines, each with the number of its first.
pub struct Lines<R> {
    text: Text<R>,
    piece: String,
    at: usize,
    number: u32,
    ahead: Option<String>,
    ended: bool,
}

impl<R: Read> Lines<R> {
    pub fn new(text: Text<R>) -> Lines<R> {
        Lines { text, piece: String::new(), at: 0, number: 0, ahead: None, ended: false }
    }

    /// The next whole line; a picture's is left empty.
    pub fn next_line(&mut self) -> Result<Option<(u32, String)>, SheetError> {
        let Some(mut whole) = self.take()? else { return Ok(None) };
        let number = self.number;
        let skipped = is_binary(&whole);
        if skipped {
            whole.clear();
        }
        loop {
            // A soft break of quoted-printable text: the next line belongs to it as it stands.
            if whole.ends_with('=') && is_quoted(&whole) {
                whole.pop();
                let Some(next) = self.take()? else { break };
                whole.push_str(&next);
            } else {
                let Some(next) = self.take()? else { break };
                let Some(more) = next.strip_prefix([' ', '\t']) else {
                    self.number -= 1;
                    self.ahead = Some(next);
                    break;
                };
                if !skipped {
                    whole.push_str(more);
                }
            }
            if whole.len() > LONGEST_CELL {
                return Err(SheetError::LongText);
            }
        }
        Ok(Some((number, whole)))
    }

    /// The next line as it stands; of one that is too long, the beginning.
    fn take(&mut self) -> Result<Option<String>, SheetError> {
        self.number += 1;
        if let Some(line) = self.ahead.take() {
            return Ok(Some(line));
        }
        let mut line = String::new();
        while !self.ended {
            let rest = self.piece.get(self.at..).unwrap_or_default();
            let end = rest.find('\n');
            line.push_str(rest.get(..end.unwrap_or(rest.len())).unwrap_or_default());
            self.at += end.map_or(rest.len(), |end| end + 1);
            if line.len() > 2 * LONGEST_CELL {
                if !is_binary(&line) {
                    return Err(SheetError::LongText);
                }
                line.truncate(line.find(':').unwrap_or(0) + 1);
            }
            if end.is_some() {
                return Ok(Some(trimmed(line)));
            }
            self.at = 0;
            match self.text.next_piece()? {
                Some(piece) => piece.clone_into(&mut self.piece),
                None => {
                    self.piece.clear();
                    self.ended = true;
                }
            }
        }
        Ok((!line.is_empty()).then(|| trimmed(line)))
    }
}

fn trimmed(mut line: String) -> String {
    line.truncate(line.trim_end_matches('\r').len());
    line
}

fn name_of(line: &str) -> String {
    let head = line.split([':', ';']).next().unwrap_or_default();
    head.rsplit('.').next().unwrap_or_default().trim().to_ascii_uppercase()
}

fn is_binary(line: &str) -> bool {
    matches!(name_of(line).as_str(), "PHOTO" | "LOGO" | "SOUND" | "KEY")
}

fn is_quoted(line: &str) -> bool {
    let head = line.split(':').next().unwrap_or_default();
    head.to_ascii_uppercase().contains("QUOTED-PRINTABLE")
}
