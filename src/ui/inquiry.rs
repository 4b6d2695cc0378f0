//! Customers looked for beside the screen: only the newest question counts, and a search goes on from the one before.

use crate::book::Slot;
use crate::book::find::Previous;
use crate::book::listing::{Listed, Listing};
use crate::ui::context::Context;
use crate::ui::job::{Done, Job, Ticket, new_ticket};

/// Customers from which a list is worked out beside the screen.
pub const MANY: usize = 5_000;
/// Questions on the way at a time; later ones wait, and only the newest is asked.
const AT_ONCE: usize = 2;

/// The newest question about whom to list, and its answer once it is there.
pub struct Inquiry<Q> {
    newest: Option<Newest<Q>>,
    on_the_way: Vec<Ticket>,
}

struct Newest<Q> {
    question: Q,
    ticket: Option<Ticket>,
    answer: Option<Listed>,
}

impl<Q> Default for Inquiry<Q> {
    fn default() -> Self {
        Self { newest: None, on_the_way: Vec::new() }
    }
}

impl<Q> Inquiry<Q> {
    /// Asks this and nothing else any more.
    pub fn ask(&mut self, question: Q) {
        self.newest = Some(Newest { question, ticket: None, answer: None });
    }

    /// What is asked and not answered yet.
    pub fn asked(&self) -> Option<&Q> {
        self.newest.as_ref().map(|newest| &newest.question)
    }

    /// Asks nothing any more; gives what was asked.
    pub fn withdraw(&mut self) -> Option<Q> {
        self.newest.take().map(|newest| newest.question)
    }

    /// The ticket with which the question is to be sent now, if it is.
    pub fn send(&mut self) -> Option<Ticket> {
        let newest = self.newest.as_mut().filter(|newest| newest.ticket.is_none())?;
        if self.on_the_way.len() >= AT_ONCE {
            return None;
        }
        let ticket = new_ticket();
        newest.ticket = Some(ticket);
        self.on_the_way.push(ticket);
        Some(ticket)
    }

    /// Takes what comes back from beside the screen, or gives it back when it was not asked here.
    pub fn came_back(&mut self, done: Done) -> Option<Done> {
        let Done::Listed(ticket, listed) = done else { return Some(done) };
        let Some(place) = self.on_the_way.iter().position(|sent| *sent == ticket) else {
            return Some(Done::Listed(ticket, listed));
        };
        self.on_the_way.swap_remove(place);
        // The answer to an earlier question may come while the newest is still worked on.
        if let Some(newest) = self.newest.as_mut().filter(|newest| newest.ticket == Some(ticket)) {
            newest.answer = Some(listed);
        }
        None
    }

    /// The question with its answer, if that is there and the question still stands.
    pub fn answered(&mut self, stands: impl FnOnce(&Q) -> bool) -> Option<(Q, Listed)> {
        let newest = self.newest.as_mut()?;
        let answer = newest.answer.take()?;
        if !stands(&newest.question) {
            return None;
        }
        self.withdraw().map(|question| (question, answer))
    }
}

/// Customers found by a name that is being typed, the best first.
#[derive(Default)]
pub struct Finding {
    inquiry: Inquiry<()>,
    query: String,
    found: Vec<Slot>,
    /// The words by which they were found.
    found_by: String,
    previous: Option<Previous>,
    /// The revision of the book that is looked through, and whether there is a finder.
    of: Option<(u64, bool)>,
}

impl Finding {
    /// Looks for this, if it is not what was looked for; in a large book beside the screen, and those found before are
    /// seen meanwhile.
    pub fn seek(&mut self, query: &str, context: &Context<'_>) {
        let of = Some((context.book().revision(), context.finder.is_some()));
        if of == self.of && query == self.query {
            return;
        }
        if of != self.of {
            // The finder may have been made anew since, and counts its changes from the beginning then.
            self.previous = None;
        }
        self.of = of;
        query.clone_into(&mut self.query);
        if query.trim().is_empty() {
            self.inquiry.withdraw();
            self.found.clear();
            self.found_by.clone_from(&self.query);
            return;
        }
        self.inquiry.ask(());
        if context.book().len() <= MANY {
            self.settle(context);
        }
    }

    /// Finds at once what was to be found beside the screen: whoever chooses means what was typed. True when there was
    /// anything to find.
    pub fn settle(&mut self, context: &Context<'_>) -> bool {
        let waits = self.inquiry.withdraw().is_some();
        if waits {
            self.take(self.listing(context).run());
        }
        waits
    }

    /// The search that is wanted beside the screen.
    pub fn work(&mut self, context: &Context<'_>) -> Option<Job> {
        let ticket = self.inquiry.send()?;
        Some(Job::List(ticket, Box::new(self.listing(context))))
    }

    /// Takes what comes back from beside the screen, or gives it back when it was not asked here.
    pub fn came_back(&mut self, done: Done) -> Option<Done> {
        self.inquiry.came_back(done)
    }

    /// Takes over what was found; true when that is news.
    pub fn update(&mut self) -> bool {
        let answered = self.inquiry.answered(|()| true);
        let is_new = answered.is_some();
        answered.into_iter().for_each(|(_, listed)| self.take(listed));
        is_new
    }

    /// Who was found.
    pub fn found(&self) -> &[Slot] {
        &self.found
    }

    /// Whether they were found by the words that are looked for now, be it in a book that has changed since.
    pub fn found_by_these_words(&self) -> bool {
        self.found_by == self.query
    }

    /// Whether they are those of an earlier question.
    pub fn is_waiting(&self) -> bool {
        self.inquiry.asked().is_some()
    }

    fn take(&mut self, listed: Listed) {
        self.found = listed.order;
        self.found_by.clone_from(&self.query);
        self.previous = listed.previous;
    }

    fn listing(&self, context: &Context<'_>) -> Listing {
        Listing {
            book: context.book().clone(),
            finder: context.finder.cloned(),
            query: self.query.trim().to_owned(),
            previous: self.previous.clone(),
            filter: None,
            sorting: Vec::new(),
            me: None,
            today: context.today(),
            language: context.language,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(found: usize) -> Listed {
        Listed { found, ..Listed::default() }
    }

    #[test]
    fn only_the_newest_question_is_answered() {
        let mut inquiry = Inquiry::default();
        inquiry.ask("c");
        let first = inquiry.send().unwrap();
        inquiry.ask("cq");
        let second = inquiry.send().unwrap();
        assert!(inquiry.came_back(Done::Listed(second, answer(2))).is_none());
        assert!(inquiry.came_back(Done::Listed(first, answer(1))).is_none());
        let answered = inquiry.answered(|_| true).map(|(question, listed)| (question, listed.found));
        assert_eq!(answered, Some(("cq", 2)));
        assert!(inquiry.asked().is_none() && inquiry.answered(|_| true).is_none());
    }

    #[test]
    fn a_third_question_waits_for_one_of_two_on_the_way() {
        let mut inquiry = Inquiry::default();
        let tickets: Vec<_> = ["c", "cq", "cqh"]
            .into_iter()
            .map(|question| {
                inquiry.ask(question);
                inquiry.send()
            })
            .collect();
        assert!(tickets[0].is_some() && tickets[1].is_some() && tickets[2].is_none());
        inquiry.came_back(Done::Listed(tickets[0].unwrap(), answer(1)));
        assert!(inquiry.answered(|_| true).is_none(), "an earlier answer is none");
        assert!(inquiry.send().is_some());
    }

    #[test]
    fn what_another_view_asked_is_given_back() {
        let (mut mine, mut yours) = (Inquiry::default(), Inquiry::default());
        mine.ask(1);
        yours.ask(2);
        mine.send().unwrap();
        let ticket = yours.send().unwrap();
        assert!(mine.came_back(Done::Listed(ticket, answer(2))).is_some());
    }

    #[test]
    fn an_answer_to_what_no_longer_stands_is_dropped_and_the_question_stays() {
        let mut inquiry = Inquiry::default();
        inquiry.ask(1);
        let ticket = inquiry.send().unwrap();
        inquiry.came_back(Done::Listed(ticket, answer(1)));
        assert!(inquiry.answered(|_| false).is_none());
        assert_eq!(inquiry.asked(), Some(&1));
    }
}
