//! Bytes from the terminal in, presses and pastes out, whatever the network did to them on the way.
//!
//! A pure machine: the bytes of each read and the time they came are passed
//! in. It reads bytes and not another library's keys, because only there an
//! escape sequence torn in two can be joined again with certainty, a torn
//! paste keeps its end, and a terminal's late reply is never typed as letters.

mod sequence;

use std::time::{Duration, Instant};

use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use self::sequence::{ESC, Key, Reading};
use super::event::{Event, Press};
use super::fit::is_printable;
use crate::text::emoji::JOINER;

/// How long a lone Esc is held back on a terminal of this machine.
const LOCAL_WINDOW: Duration = Duration::from_millis(10);
/// How long a lone Esc is held back when a network may have torn a sequence.
const SSH_WINDOW: Duration = Duration::from_millis(100);
/// How long a paste may pause before it is taken to have lost its end.
const PASTE_PATIENCE: Duration = Duration::from_secs(2);

const PASTE_END: &[u8] = b"\x1b[201~";

/// The one way from the terminal's bytes to the screen's events.
#[derive(Debug)]
pub struct Normaliser {
    window: Duration,
    /// Bytes not yet understood.
    waiting: Vec<u8>,
    /// What was pasted so far, while a paste goes on.
    paste: Option<Vec<u8>>,
    /// A read ended right after the Esc that `waiting` begins with.
    torn: bool,
    /// When the last bytes came.
    last: Option<Instant>,
}

impl Normaliser {
    /// A normaliser for a local terminal, or for one at the end of a network.
    pub const fn new(over_ssh: bool) -> Self {
        Self {
            window: if over_ssh { SSH_WINDOW } else { LOCAL_WINDOW },
            waiting: Vec::new(),
            paste: None,
            torn: false,
            last: None,
        }
    }

    /// Takes the bytes of one read, which came at `now`. What is held back is
    /// joined with them even past its time: a busy machine reads late what came
    /// in time. To release it is `expire`'s part, when the wait found nothing.
    pub fn feed(&mut self, bytes: &[u8], now: Instant) -> Vec<Event> {
        let mut events = Vec::new();
        self.last = Some(now);
        self.waiting.extend_from_slice(bytes);
        while !self.waiting.is_empty() && self.step(&mut events) {}
        self.torn = self.waiting == [ESC] || (self.torn && self.waiting.first() == Some(&ESC));
        events
    }

    /// When `expire` has something to say if nothing else comes; `None` while idle.
    pub fn deadline(&self) -> Option<Instant> {
        let patience = if self.paste.is_some() {
            PASTE_PATIENCE
        } else if self.waiting.first() == Some(&ESC) {
            self.window
        } else {
            return None;
        };
        self.last.map(|last| last + patience)
    }

    /// Releases what was held back, once its time has passed.
    pub fn expire(&mut self, now: Instant) -> Vec<Event> {
        if self.deadline().is_none_or(|deadline| now < deadline) {
            return Vec::new();
        }
        if let Some(mut paste) = self.paste.take() {
            paste.append(&mut self.waiting);
            return pasted(&paste).into_iter().collect();
        }
        let held = std::mem::take(&mut self.waiting);
        let torn = std::mem::take(&mut self.torn);
        released(&held, torn).into_iter().filter_map(|(code, mods)| press(code, mods)).map(Event::Press).collect()
    }

    /// Takes one thing off the front; false when more bytes are needed for it.
    fn step(&mut self, events: &mut Vec<Event>) -> bool {
        if self.paste.is_some() {
            return self.step_in_paste(events);
        }
        let torn = std::mem::take(&mut self.torn);
        match sequence::read(&self.waiting, torn) {
            Reading::More => {
                self.torn = torn;
                return false;
            }
            Reading::Keys(taken, keys) => {
                self.waiting.drain(..taken);
                let presses = keys.into_iter().filter_map(|(code, mods)| press(code, mods));
                events.extend(presses.map(Event::Press));
            }
            Reading::Focus(taken, gained) => {
                self.waiting.drain(..taken);
                events.push(Event::Focus(gained));
            }
            Reading::PasteBegins(taken) => {
                self.waiting.drain(..taken);
                self.paste = Some(Vec::new());
            }
        }
        true
    }

    /// Moves what came into the paste, up to its end if that is there.
    fn step_in_paste(&mut self, events: &mut Vec<Event>) -> bool {
        let Some(paste) = &mut self.paste else { return false };
        let end = self.waiting.windows(PASTE_END.len()).position(|bytes| bytes == PASTE_END);
        if let Some(at) = end {
            paste.extend(self.waiting.drain(..at));
            self.waiting.drain(..PASTE_END.len());
            events.extend(pasted(paste));
            self.paste = None;
            return true;
        }
        let begun = (0..PASTE_END.len()).rev().find(|&n| self.waiting.ends_with(&PASTE_END[..n]));
        let whole = self.waiting.len() - begun.unwrap_or(0);
        paste.extend(self.waiting.drain(..whole));
        false
    }
}

/// The keys that bytes held back turn out to be when nothing follows them.
fn released(held: &[u8], torn: bool) -> Vec<Key> {
    let esc = (KeyCode::Esc, KeyModifiers::NONE);
    match held {
        [ESC] => vec![esc],
        [ESC, ESC] => vec![esc; 2],
        [ESC, byte] if torn && byte.is_ascii() => {
            vec![esc, (KeyCode::Char(char::from(*byte)), KeyModifiers::NONE)]
        }
        [ESC, byte] if byte.is_ascii() => {
            vec![(KeyCode::Char(char::from(*byte)), KeyModifiers::ALT)]
        }
        _ => Vec::new(),
    }
}

/// What was pasted, with line ends made one, and nothing in it that is neither
/// text nor a line end nor a tab; `None` if nothing is left.
fn pasted(bytes: &[u8]) -> Option<Event> {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c: &char| matches!(*c, '\n' | '\t' | JOINER) || (is_printable(*c) && *c != '\u{FFFD}');
    let text: String = text.chars().filter(kept).collect();
    (!text.is_empty()).then_some(Event::Paste(text))
}

/// The key as the keymap writes it; `None` for a character nobody can type.
fn press(code: KeyCode, mods: KeyModifiers) -> Option<Press> {
    let (code, mods) = match code {
        KeyCode::Char(c) if !(is_printable(c) || c == JOINER) || c == '\u{FFFD}' => return None,
        KeyCode::Char(c) if mods.contains(KeyModifiers::CONTROL) => {
            (KeyCode::Char(c.to_ascii_lowercase()), mods - KeyModifiers::SHIFT)
        }
        KeyCode::Char(c) if mods.contains(KeyModifiers::SHIFT) => {
            (KeyCode::Char(c.to_ascii_uppercase()), mods - KeyModifiers::SHIFT)
        }
        KeyCode::BackTab => (KeyCode::Tab, mods | KeyModifiers::SHIFT),
        _ => (code, mods),
    };
    Some(Press { code, mods })
}

#[cfg(test)]
mod tests;
