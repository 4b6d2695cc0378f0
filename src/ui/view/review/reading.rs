//! How the review comes by what it shows: gathered once beside the screen, then kept up.

use crate::analysis::review::quarter;
use crate::book::past::Past;
use crate::desk::looking_back::{LookBack, LookedBack, look_again};
use crate::domain::id::Id;
use crate::domain::time::Day;
use crate::store::error::StoreError;
use crate::ui::context::Context;
use crate::ui::effect::Effect;
use crate::ui::job::{Done, Job};
use crate::ui::pending::Pending;

/// Months in which complaints recur.
const MONTHS: i32 = 12;

/// What was gathered so far, and how far that is.
pub(super) struct Reading {
    past: Past,
    /// The stretch on its way, behind this customer; when there is none, all was read, or no more can be.
    stretch: Pending<Option<Id>, LookedBack>,
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
        let (past, revision) = (wanted(context.today()), context.book().revision());
        let mut stretch = Pending::default();
        stretch.ask(None, revision);
        Reading { past, stretch, revision, read: 0, trouble: None }
    }

    pub(super) const fn is_going(&self) -> bool {
        self.stretch.is_waiting()
    }

    /// All there is to look back on, as soon as it was read.
    pub(super) fn past(&self) -> Option<&Past> {
        (!self.is_going()).then_some(&self.past)
    }

    /// The revision of the book it is of.
    pub(super) const fn revision(&self) -> u64 {
        self.revision
    }

    /// Brings it up to the book and the day as they are now.
    pub(super) fn catch_up(&mut self, context: &Context<'_>) {
        let now = context.book().revision();
        if self.is_going() {
            return;
        }
        if self.past.told_since != wanted(context.today()).told_since {
            *self = Reading::new(context);
            return;
        }
        if now == self.revision {
            return;
        }
        match look_again(context.desk, &mut self.past, self.revision) {
            Ok(true) => self.revision = now,
            Ok(false) => *self = Reading::new(context),
            Err(error) => (self.trouble, self.revision) = (Some(error), now),
        }
    }

    /// The next stretch to be read.
    pub(super) fn next(&mut self, context: &Context<'_>) -> Option<Job> {
        let after = *self.stretch.unsent()?;
        match context.desk.store().reader() {
            Ok(reader) => {
                let before = &mut self.past;
                self.stretch.send(|_| {
                    let past = std::mem::replace(before, wanted(context.today()));
                    let look_back = LookBack { reader, past, after };
                    move || Ok(look_back.run())
                })
            }
            Err(error) => {
                self.stretch.withdraw();
                self.trouble = Some(error);
                None
            }
        }
    }

    /// Takes what was read.
    ///
    /// # Errors
    /// Gives back what was not asked here.
    pub(super) fn take(&mut self, done: Done) -> Result<Effect, Done> {
        if let Some((_, Ok(found))) = self.stretch.receive(done)? {
            self.past = found.past;
            self.read += found.read;
            self.trouble = found.trouble;
            if let Some(last) = found.last {
                self.stretch.ask(Some(last), self.revision);
            }
        }
        Ok(Effect::None)
    }
}
