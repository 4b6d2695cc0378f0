//! Customers looked for by a name that is being typed, in a large book beside the screen: a search goes on from the one before.

use crate::book::Slot;
use crate::book::find::Previous;
use crate::book::listing::{Listed, Listing};
use crate::ui::context::Context;
use crate::ui::job::{Done, Job};
use crate::ui::pending::Pending;

/// Customers from which a list is worked out beside the screen.
pub const MANY: usize = 5_000;

/// Customers found by a name that is being typed, the best first.
#[derive(Default)]
pub struct Finding {
    /// The search that is on its way.
    search: Pending<String, Listed>,
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
            self.search.forget();
            self.found.clear();
            self.found_by.clone_from(&self.query);
            return;
        }
        self.search.ask_anew(query.to_owned(), context.book().revision());
        if context.book().len() <= MANY {
            self.settle(context);
        }
    }

    /// Finds at once what was to be found beside the screen: whoever chooses means what was typed. True when there was
    /// anything to find.
    pub fn settle(&mut self, context: &Context<'_>) -> bool {
        let waits = self.search.withdraw().is_some();
        if waits {
            self.take(self.listing(context).run());
        }
        waits
    }

    /// The search that is wanted beside the screen.
    pub fn work(&mut self, context: &Context<'_>) -> Option<Job> {
        self.search.unsent()?;
        let listing = self.listing(context);
        self.search.send(|_| move || Ok(listing.run()))
    }

    /// Takes what comes back from beside the screen; true when that is news.
    ///
    /// # Errors
    /// Gives back what was not asked here.
    pub fn came_back(&mut self, done: Done) -> Result<bool, Done> {
        let Some((_, Ok(listed))) = self.search.receive(done)? else { return Ok(false) };
        self.take(listed);
        Ok(true)
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
        self.search.is_waiting()
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
