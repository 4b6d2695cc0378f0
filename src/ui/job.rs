//! Long work that a view wants done: away from the screen on a snapshot, or at the desk. Its answer comes back by a ticket.

use crate::desk::errand::Asked;
use std::any::{Any, TypeId};
use std::sync::atomic::{AtomicU64, Ordering};

/// Which question an answer is to: no two questions share one, whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(u64);

impl Ticket {
    /// A new one.
    pub fn next() -> Ticket {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Ticket(LAST.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

/// Work that a view wants done.
pub enum Work {
    /// Away from the screen.
    Away(Job),
    /// At the desk, between two keys: it writes.
    AtDesk(Ticket, Asked),
}

impl From<Job> for Work {
    fn from(job: Job) -> Work {
        Work::Away(job)
    }
}

/// Long work, done away from the screen on a snapshot: it writes nothing.
pub struct Job {
    ticket: Ticket,
    watched: bool,
    answers: TypeId,
    work: Box<dyn FnOnce() -> Answer + Send>,
}

/// An answer, of whichever type: whoever gave the ticket out knows it.
type Answer = Box<dyn Any + Send>;

/// What long work answers.
pub struct Done {
    ticket: Ticket,
    answer: Answer,
}

impl Job {
    /// This work, asked for with this ticket.
    pub fn new<A: Any + Send>(ticket: Ticket, work: impl FnOnce() -> A + Send + 'static) -> Job {
        Job { ticket, watched: false, answers: TypeId::of::<A>(), work: Box::new(|| Box::new(work())) }
    }

    /// The same; how far it is, is seen meanwhile.
    pub fn watched(self) -> Job {
        Job { watched: true, ..self }
    }

    /// Whether it is seen how far it is.
    pub const fn is_watched(&self) -> bool {
        self.watched
    }

    /// The ticket it was asked for with.
    pub const fn ticket(&self) -> Ticket {
        self.ticket
    }

    /// Whether its answer is of this type.
    pub fn answers<A: Any>(&self) -> bool {
        self.answers == TypeId::of::<A>()
    }

    /// Does the work.
    pub fn run(self) -> Done {
        Done { ticket: self.ticket, answer: (self.work)() }
    }

    /// As if the work had come to this.
    pub fn instead<A: Any + Send>(self, answer: A) -> Done {
        Done::new(self.ticket, answer)
    }
}

impl Done {
    /// The answer to what was asked with this ticket.
    pub fn new<A: Any + Send>(ticket: Ticket, answer: A) -> Done {
        Done { ticket, answer: Box::new(answer) }
    }

    /// The ticket it was asked for with.
    pub const fn ticket(&self) -> Ticket {
        self.ticket
    }

    /// The answer.
    ///
    /// # Errors
    /// Gives it back where it is of another type.
    pub fn into_answer<A: Any>(self) -> Result<A, Done> {
        let ticket = self.ticket;
        self.answer.downcast().map(|answer| *answer).map_err(|answer| Done { ticket, answer })
    }
}
