//! Long work that writes, done at the desk a step at a time: an import, or the undo of one.

use crate::desk::import::Imported;
use crate::desk::import::stepping::{Import, Load};
use crate::desk::trouble::Trouble;
use crate::desk::undoing::Turning;
use crate::desk::{Desk, Done};
use crate::domain::time::Moment;
use crate::store::entry::Target;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Take in what files said.
    Import(Box<Load>),
    /// Take back a chosen entry or group.
    TakeBack(Target),
}

/// Long work under way.
pub enum Errand {
    /// Files are taken in.
    Import(Box<Import>),
    /// Something is taken back.
    TakeBack(Box<Turning>),
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Files were taken in, or would be.
    Imported(Imported),
    /// Something was taken back.
    TakenBack(Done),
    /// It was given up before anything was written.
    GivenUp,
}

/// How far an errand is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Far {
    /// Done.
    pub done: u64,
    /// Of how many.
    pub of: u64,
    /// What was written is being taken back.
    pub back: bool,
}

impl Errand {
    /// Begins what is asked; [`Errand::go_on`] goes on with it.
    ///
    /// # Errors
    /// Why it cannot be begun: nothing is written then.
    pub fn begin(desk: &mut Desk, asked: Asked, now: Moment) -> Result<Errand, Trouble> {
        match asked {
            Asked::Import(load) => Ok(Errand::Import(Box::new(desk.begin_import(*load, now)?))),
            Asked::TakeBack(target) => Ok(Errand::TakeBack(Box::new(desk.begin_undo(target, now)?))),
        }
    }

    /// Goes on until `enough` says that it is; true when it is over.
    ///
    /// # Errors
    /// What stopped it; what was written is taken back as far as the disk allows it.
    pub fn go_on(&mut self, desk: &mut Desk, enough: &mut dyn FnMut() -> bool) -> Result<bool, Trouble> {
        match self {
            Errand::Import(import) => desk.step_import(import, enough),
            Errand::TakeBack(turning) => desk.step_turning(turning, enough),
        }
    }

    /// How far it is.
    pub const fn far(&self) -> Far {
        match self {
            Errand::Import(import) => {
                let (done, of) = import.progress();
                Far { done, of, back: import.is_taking_back() }
            }
            Errand::TakeBack(turning) => {
                let (done, of) = turning.progress();
                Far { done, of, back: true }
            }
        }
    }

    /// Whether it only counts.
    pub fn is_trial(&self) -> bool {
        matches!(self, Errand::Import(import) if import.is_trial())
    }

    /// Stops it, leaving nothing behind; what is being taken back already is taken back to its end.
    pub fn stop(&mut self) {
        match self {
            Errand::Import(import) => import.stop(),
            Errand::TakeBack(turning) => turning.stop(),
        }
    }

    /// What became of it, once it is over.
    pub fn outcome(self) -> Outcome {
        match self {
            Errand::Import(import) => Outcome::Imported(import.into_imported()),
            Errand::TakeBack(turning) if turning.was_stopped() => Outcome::GivenUp,
            Errand::TakeBack(turning) => Outcome::TakenBack(turning.done()),
        }
    }
}
