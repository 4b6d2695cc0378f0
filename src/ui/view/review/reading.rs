//! How the review comes by what it shows: gathered once beside the screen, then kept up.

use crate::analysis::review::quarter;
use crate::book::past::Past;
use crate::desk::looking_back::look_again;
use crate::desk::looking_back::{LookBack, LookedBack};
use crate::domain::id::Id;
use crate::domain::time::Day;
use crate::store::error::StoreError;
use crate::ui::context::Context;
use crate::ui::job::{Job, Ticket};

/// Months in which complaints recur.
const MONTHS: i32 = 12;

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Going {
    /// The next stretch is to be read, behind this customer.
    On(Option<Id>),
    /// A stretch is being read.
    Away,
    /// All was read, or no more can be.
    Done,
}

/// What was gathered so far, and how far that is.
pub(super) struct Reading {
    past: Past,
    going: Going,
    ticket: Ticket,
    revision: u64,
    /// Dossiers read so far.
    pub(super) read: usize,
    /// Why not all could be read.
    pub(super) trouble: Option<StoreError>,
}

/// Decisions of the last quarter and this one, complaints of twelve months.
fn wanted(today: Day) -> Past {
    Past::since(quarter(today, 1).0, today.plus_months(-MONTHS).plus(1))
}

impl Reading {
    pub(super) fn new(context: &Context<'_>) -> Reading {
        let past = wanted(context.today());
        let revision = context.book().revision();
        Reading { past, going: Going::On(None), ticket: 0, revision, read: 0, trouble: None }
    }

    pub(super) fn is_going(&self) -> bool {
        self.going != Going::Done
    }

    /// All there is to look back on, as soon as it was read.
    pub(super) fn past(&self) -> Option<&Past> {
        (!self.is_going()).then_some(&self.past)
    }

    /// The revision of the book and the reading it is of: what was made of it stays true while this does.
    pub(super) const fn stands_for(&self) -> (u64, Ticket) {
        (self.revision, self.ticket)
    }

    fn begin_anew(&mut self, context: &Context<'_>) {
        *self = Reading { ticket: self.ticket + 1, ..Reading::new(context) };
    }

    /// Brings it up to the book and the day as they are now.
    pub(super) fn catch_up(&mut self, context: &Context<'_>) {
        let now = context.book().revision();
        if self.is_going() {
            return;
        }
        if self.past.told_since != wanted(context.today()).told_since {
            return self.begin_anew(context);
        }
        if now == self.revision {
            return;
        }
        match look_again(context.desk, &mut self.past, self.revision) {
            Ok(true) => self.revision = now,
            Ok(false) => self.begin_anew(context),
            Err(error) => (self.trouble, self.revision) = (Some(error), now),
        }
    }

    /// The next stretch to be read.
    pub(super) fn next(&mut self, context: &Context<'_>) -> Option<Job> {
        let Going::On(after) = self.going else { return None };
        match context.desk.store().reader() {
            Ok(reader) => {
                self.going = Going::Away;
                let past = std::mem::replace(&mut self.past, wanted(context.today()));
                Some(Job::LookBack(Box::new(LookBack { ticket: self.ticket, reader, past, after })))
            }
            Err(error) => {
                (self.trouble, self.going) = (Some(error), Going::Done);
                None
            }
        }
    }

    /// Takes what was read; what was read for an older wish is let go.
    pub(super) fn take(&mut self, found: LookedBack) {
        if found.ticket != self.ticket || self.going != Going::Away {
            return;
        }
        self.past = found.past;
        self.read += found.read;
        self.trouble = found.trouble;
        self.going = found.last.map_or(Going::Done, |last| Going::On(Some(last)));
    }
}
