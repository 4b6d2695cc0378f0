//! Lines written earlier, walked through with the arrows from the empty line.

use crate::book::logging::Reader;
use crate::desk::history::history;
use crate::domain::change::Change;
use crate::domain::choice::ListKind;
use crate::domain::follow_up::FollowUp;
use crate::domain::record::Record;
use crate::line::escape;
use crate::ui::context::Context;

/// Entries of the book looked through for earlier lines.
const BACK: usize = 200;
/// Lines remembered of them.
const MOST: usize = 50;

/// The lines that can be walked through, the latest first, and where one is.
#[derive(Default)]
pub(super) struct Recall {
    lines: Vec<String>,
    place: Option<usize>,
}

impl Recall {
    /// Goes to an older line, or to a newer one and at last back to the empty line; `earlier` gives the lines there are when
    /// one begins.
    pub(super) fn step(&mut self, older: bool, earlier: impl FnOnce() -> Vec<String>) -> String {
        if self.place.is_none() {
            self.lines = earlier();
        }
        let place = match (self.place, older) {
            (None, true) => Some(0),
            (Some(place), true) => Some((place + 1).min(self.lines.len().saturating_sub(1))),
            (None | Some(0), false) => None,
            (Some(place), false) => Some(place - 1),
        };
        self.place = place.filter(|place| *place < self.lines.len());
        self.line().unwrap_or_default().to_owned()
    }

    /// The line one is at.
    pub(super) fn line(&self) -> Option<&str> {
        self.lines.get(self.place?).map(String::as_str)
    }
}

/// The lines of this session as they were typed, then my own of the book, made again of what they said.
pub(super) fn earlier(reader: &Reader<'_>, context: &Context<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let told = history(context.desk, None, BACK).unwrap_or_default();
    let kept = told.iter().flat_map(|told| &told.changes).filter_map(|change| match change {
        Change::Born(Record::FollowUp(talk)) if talk.by == context.desk.me() => Some(line_of(talk, reader, context)),
        _ => None,
    });
    for line in context.recalled.iter().rev().cloned().chain(kept) {
        if !line.is_empty() && !lines.contains(&line) && lines.len() < MOST {
            lines.push(line);
        }
    }
    lines
}

/// A line that says what a follow-up says; what it promised had its day.
fn line_of(talk: &FollowUp, reader: &Reader<'_>, context: &Context<'_>) -> String {
    let standards = context.book().standards();
    let way = standards.shown(ListKind::Way, &talk.way, context.language);
    let outcome = standards.shown(ListKind::Outcome, &talk.outcome, context.language);
    let said = if talk.text.is_empty() { outcome } else { &talk.text };
    let text = escape(said, &reader.context());
    let text = if way.is_empty() { text } else { text.trim_start_matches('\\').to_owned() };
    let tags = talk.tags.iter().map(|tag| format!("#{tag}"));
    let parts: Vec<String> = [way.to_owned(), text].into_iter().chain(tags).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}
