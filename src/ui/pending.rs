//! A question answered beside the screen: only the newest counts, it is asked again when the book is another, and what was
//! answered before is shown meanwhile.

use crate::store::error::StoreError;
use crate::ui::job::{Done, Job, Ticket};
use std::any::Any;

/// Questions on the way at a time; a later one waits, and only the newest is sent.
const AT_ONCE: usize = 2;

/// What came back: the question it answers, and the answer; nothing where another is asked by now.
pub type Received<Q, A, E> = Option<(Q, Result<A, E>)>;

/// A question, and the last answer to it.
pub struct Pending<Q, A, E = StoreError> {
    asked: Option<Asked<Q>>,
    /// What was answered last, in the book of which revision.
    settled: Option<(Q, u64)>,
    answer: Option<A>,
    error: Option<E>,
    on_the_way: Vec<Ticket>,
}

/// A question that is not answered yet.
struct Asked<Q> {
    question: Q,
    /// Of the book.
    revision: u64,
    /// With which it was sent.
    ticket: Option<Ticket>,
}

impl<Q, A, E> Default for Pending<Q, A, E> {
    fn default() -> Self {
        Self { asked: None, settled: None, answer: None, error: None, on_the_way: Vec::new() }
    }
}

impl<Q, A, E> Pending<Q, A, E> {
    /// Asks this and nothing else any more, whatever was answered before.
    pub fn ask_anew(&mut self, question: Q, revision: u64) {
        self.asked = Some(Asked { question, revision, ticket: None });
    }

    /// What is asked and not answered yet.
    pub fn asked(&self) -> Option<&Q> {
        self.asked.as_ref().map(|asked| &asked.question)
    }

    /// What is asked and was not sent yet.
    pub fn unsent(&self) -> Option<&Q> {
        self.asked.as_ref().filter(|asked| asked.ticket.is_none()).map(|asked| &asked.question)
    }

    /// Whether an answer is waited for.
    pub const fn is_waiting(&self) -> bool {
        self.asked.is_some()
    }

    /// Waits for no answer any more; gives what was asked.
    pub fn withdraw(&mut self) -> Option<Q> {
        self.asked.take().map(|asked| asked.question)
    }

    /// Asks nothing any more, and gives the last answer away.
    pub fn finish(&mut self) -> Option<A> {
        (self.asked, self.settled, self.error) = (None, None, None);
        self.answer.take()
    }

    /// Forgets question and answers: the same asked again is sent again.
    pub fn forget(&mut self) {
        *self = Self { on_the_way: std::mem::take(&mut self.on_the_way), ..Self::default() };
    }

    /// The last answer, be it of a book that has changed since.
    pub const fn answer(&self) -> Option<&A> {
        self.answer.as_ref()
    }

    /// Why what was asked last could not be answered.
    pub const fn error(&self) -> Option<&E> {
        self.error.as_ref()
    }

    /// The ticket with which the question is to be sent now, once.
    pub fn set_out(&mut self) -> Option<Ticket> {
        let asked = self.asked.as_mut().filter(|asked| asked.ticket.is_none())?;
        if self.on_the_way.len() >= AT_ONCE {
            return None;
        }
        let ticket = Ticket::next();
        asked.ticket = Some(ticket);
        self.on_the_way.push(ticket);
        Some(ticket)
    }

    /// What came back to the question that is asked, which is answered by it; nothing where another is asked by now.
    ///
    /// # Errors
    /// Gives back what was not asked here.
    pub fn receive(&mut self, done: Done) -> Result<Received<Q, A, E>, Done>
    where
        A: Any,
        E: Any,
    {
        let Some(place) = self.on_the_way.iter().position(|sent| *sent == done.ticket()) else { return Err(done) };
        let ticket = self.on_the_way.swap_remove(place);
        let outcome = done.into_answer::<Result<A, E>>()?;
        // The answer to an earlier question may come while the newest is still worked on.
        let asked = self.asked.take_if(|asked| asked.ticket == Some(ticket));
        Ok(asked.map(|asked| (asked.question, outcome)))
    }
}

impl<Q, A: Any + Send, E: Any + Send> Pending<Q, A, E> {
    /// The work that answers the question, where it is to be sent now.
    pub fn send<W>(&mut self, work: impl FnOnce(&Q) -> W) -> Option<Job>
    where
        W: FnOnce() -> Result<A, E> + Send + 'static,
    {
        let ticket = self.set_out()?;
        self.asked().map(work).map(|work| Job::new(ticket, work))
    }
}

impl<Q: Clone, A: Any, E: Any> Pending<Q, A, E> {
    /// Keeps what came back; true when it answers what is asked.
    ///
    /// # Errors
    /// Gives back what was not asked here.
    pub fn take(&mut self, done: Done) -> Result<bool, Done> {
        let revision = self.asked.as_ref().map_or(0, |asked| asked.revision);
        let Some((question, outcome)) = self.receive(done)? else { return Ok(false) };
        self.settled = Some((question, revision));
        match outcome {
            Ok(answer) => (self.answer, self.error) = (Some(answer), None),
            Err(error) => self.error = Some(error),
        }
        Ok(true)
    }

    /// The answer, to be kept elsewhere, where what it answers still stands; else the question is asked once more.
    pub fn take_answer_if(&mut self, stands: impl FnOnce(&Q) -> bool) -> Option<(Q, A)> {
        if self.is_waiting() {
            return None;
        }
        let answer = self.answer.take()?;
        let (question, revision) = self.settled.take()?;
        if stands(&question) {
            return Some((question, answer));
        }
        self.ask_anew(question, revision);
        None
    }

    /// The last answer, to be kept elsewhere.
    pub fn take_answer(&mut self) -> Option<A> {
        self.take_answer_if(|_| true).map(|(_, answer)| answer)
    }
}

impl<Q: PartialEq + Clone, A, E> Pending<Q, A, E> {
    /// Asks this of the book of this revision, unless it is asked or was answered already.
    pub fn ask(&mut self, question: Q, revision: u64) {
        if self.asked.as_ref().is_some_and(|asked| asked.question == question && asked.revision == revision) {
            return;
        }
        let is_it = |settled: &&(Q, u64)| settled.0 == question && settled.1 == revision;
        if self.settled.as_ref().filter(is_it).is_some() {
            self.asked = None;
        } else {
            self.ask_anew(question, revision);
        }
    }

    /// Asks the same again where the book is another by now.
    pub fn renew(&mut self, revision: u64) {
        let settled = || self.settled.as_ref().map(|(question, _)| question);
        if let Some(question) = self.asked().or_else(settled).cloned() {
            self.ask(question, revision);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Counted = Pending<&'static str, usize, &'static str>;

    /// Sends what is asked; its answer is the length of the question.
    fn sent(pending: &mut Counted) -> Option<Job> {
        pending.send(|question| {
            let count = question.len();
            move || Ok(count)
        })
    }

    #[test]
    fn only_the_newest_question_is_answered() {
        let mut pending = Counted::default();
        pending.ask("c", 1);
        let first = sent(&mut pending).unwrap();
        pending.ask("cq", 1);
        let second = sent(&mut pending).unwrap();
        assert!(pending.take(second.run()).is_ok_and(|fresh| fresh));
        assert!(pending.take(first.run()).is_ok_and(|fresh| !fresh), "a stale answer is dropped");
        assert_eq!((pending.answer(), pending.is_waiting()), (Some(&2), false));
    }

    #[test]
    fn when_the_book_is_another_it_is_asked_again_and_the_answer_before_is_shown_meanwhile() {
        let mut pending = Counted::default();
        pending.ask("who", 1);
        let before = sent(&mut pending).unwrap();
        pending.take(before.run()).ok();
        pending.ask("who", 1);
        assert!(!pending.is_waiting(), "the same of the same book is known");
        pending.renew(2);
        assert_eq!((pending.answer(), pending.asked()), (Some(&3), Some(&"who")));
        let again = sent(&mut pending).unwrap();
        pending.renew(2);
        assert!(sent(&mut pending).is_none(), "it is sent once");
        assert!(pending.take(again.run()).is_ok_and(|fresh| fresh));
        assert!(!pending.is_waiting());
    }

    /// An undo came between question and answer: what was found in the book before it says nothing any more.
    #[test]
    fn an_answer_of_the_book_before_is_dropped_when_the_book_has_changed_meanwhile() {
        let mut pending = Counted::default();
        pending.ask("who", 1);
        let stale = sent(&mut pending).unwrap();
        pending.renew(2);
        assert!(pending.take(stale.run()).is_ok_and(|fresh| !fresh));
        assert_eq!((pending.answer(), pending.asked()), (None, Some(&"who")));
    }

    #[test]
    fn a_third_question_waits_for_one_of_two_on_the_way() {
        let mut pending = Counted::default();
        let mut jobs: Vec<Option<Job>> = Vec::new();
        for question in ["c", "cq", "cqh"] {
            pending.ask(question, 1);
            jobs.push(sent(&mut pending));
        }
        assert!(jobs[0].is_some() && jobs[1].is_some() && jobs[2].is_none());
        pending.take(jobs.remove(0).unwrap().run()).ok();
        assert!(pending.answer().is_none(), "an earlier answer is none");
        assert!(sent(&mut pending).is_some());
    }

    #[test]
    fn what_another_asked_is_given_back() {
        let (mut mine, mut yours) = (Counted::default(), Counted::default());
        mine.ask("mine", 1);
        yours.ask("yours", 1);
        sent(&mut mine).unwrap();
        let job = sent(&mut yours).unwrap();
        assert!(mine.take(job.run()).is_err());
    }

    #[test]
    fn an_answer_to_what_no_longer_stands_is_dropped_and_the_question_stays() {
        let mut pending = Counted::default();
        pending.ask("who", 1);
        let job = sent(&mut pending).unwrap();
        pending.take(job.run()).ok();
        assert!(pending.take_answer_if(|_| false).is_none());
        assert_eq!(pending.asked(), Some(&"who"));
    }

    #[test]
    fn what_failed_is_not_asked_again_and_again_but_in_another_book_or_after_it_was_forgotten() {
        let mut pending = Counted::default();
        pending.ask("who", 1);
        let job = sent(&mut pending).unwrap();
        pending.take(job.instead(Err::<usize, _>("worn"))).ok();
        assert_eq!(pending.error(), Some(&"worn"));
        pending.ask("who", 1);
        assert!(!pending.is_waiting());
        pending.renew(2);
        assert!(pending.is_waiting());
        pending.withdraw();
        pending.forget();
        pending.ask("who", 1);
        assert!(pending.is_waiting() && pending.error().is_none());
    }
}
