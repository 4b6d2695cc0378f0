//! Lines written earlier, walked through with the arrows from the empty line.

use super::Log;
use crate::desk::history::history;
use crate::domain::change::Change;
use crate::domain::choice::ListKind;
use crate::domain::follow_up::FollowUp;
use crate::domain::record::Record;
use crate::line::escape;
use crate::ui::context::Context;
use crate::ui::widget::input::Input;

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

impl Log {
    /// Goes to an older line, or to a newer one and at last back to the empty line; only from a line not edited, so that
    /// nothing typed is lost. False where there is something typed.
    pub(super) fn recall(&mut self, older: bool, context: &Context<'_>) -> bool {
        if !self.input.is_empty() && !self.is_recalled() {
            return false;
        }
        if self.recalled.place.is_none() {
            self.recalled.lines = earlier(self, context);
        }
        let place = match (self.recalled.place, older) {
            (None, true) => Some(0),
            (Some(place), true) => Some((place + 1).min(self.recalled.lines.len().saturating_sub(1))),
            (None | Some(0), false) => None,
            (Some(place), false) => Some(place - 1),
        };
        let line = place.and_then(|place| self.recalled.lines.get(place)).cloned();
        self.recalled.place = place.filter(|_| line.is_some());
        self.input = Input::new(&line.unwrap_or_default());
        self.follow(context);
        true
    }

    /// Whether the line is an earlier one as it was, which is no draft.
    pub(super) fn is_recalled(&self) -> bool {
        let recalled = self.recalled.place.and_then(|place| self.recalled.lines.get(place));
        recalled.is_some_and(|line| *line == self.input.text())
    }
}

/// The lines of this session as they were typed, then my own of the book, made again of what they said.
fn earlier(log: &Log, context: &Context<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let told = history(context.desk, None, BACK).unwrap_or_default();
    let kept = told.iter().flat_map(|told| &told.changes).filter_map(|change| match change {
        Change::Born(Record::FollowUp(talk)) if talk.by == context.desk.me() => Some(line_of(talk, log, context)),
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
fn line_of(talk: &FollowUp, log: &Log, context: &Context<'_>) -> String {
    let (reader, standards) = (log.reader(context), context.book().standards());
    let way = standards.shown(ListKind::Way, &talk.way, context.language);
    let outcome = standards.shown(ListKind::Outcome, &talk.outcome, context.language);
    let said = if talk.text.is_empty() { outcome } else { &talk.text };
    let text = escape(said, &reader.context());
    let text = if way.is_empty() { text } else { text.trim_start_matches('\\').to_owned() };
    let tags = talk.tags.iter().map(|tag| format!("#{tag}"));
    let parts: Vec<String> = [way.to_owned(), text].into_iter().chain(tags).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}
