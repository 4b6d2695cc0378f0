//! How far long work has come, for whoever watches standard error.

use crate::text::{Language, Words};
use std::io::Write;
use std::time::{Duration, Instant};

/// How long work may take before its progress is told.
const WORTH_TELLING: Duration = Duration::from_millis(500);

/// One line that is written over again, and is gone at the end.
pub struct Progress<'a> {
    err: &'a mut dyn Write,
    watched: bool,
    said: &'static str,
    began: Instant,
    shown: Option<u64>,
}

impl<'a> Progress<'a> {
    /// `said` has `{}` where the percentage goes.
    pub fn new(err: &'a mut dyn Write, watched: bool, said: Words, language: Language) -> Progress<'a> {
        Progress { err, watched, said: said.say(language), began: Instant::now(), shown: None }
    }

    /// So much is done of so much.
    pub fn tell(&mut self, done: u64, of: u64) {
        let percent = done.saturating_mul(100) / of.max(1);
        let is_long = self.watched && self.began.elapsed() > WORTH_TELLING;
        if is_long && self.shown.replace(percent) != Some(percent) {
            let _ = write!(self.err, "\r{}", self.said.replace("{}", &percent.to_string()));
            let _ = self.err.flush();
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if self.shown.is_some() {
            let _ = write!(self.err, "\r{:40}\r", "");
        }
    }
}
