//! Who of a book is listed, and in which order: found, filtered, sorted. It can be worked out beside the screen.

use crate::book::find::{Finder, Previous};
use crate::book::row::Row;
use crate::book::sorting::{Sorting, sorted};
use crate::book::{Book, Slot};
use crate::domain::id::Id;
use crate::domain::time::Day;
use crate::query::filter::Filter;
use crate::text::Language;

/// Customers listed of those found: nobody reads further, and more would cost time at every key.
pub const MOST_FOUND: usize = 2_000;

/// What is to be listed of a book.
pub struct Listing {
    /// The book as it is.
    pub book: Book,
    /// The finder, once it has been made.
    pub finder: Option<Finder>,
    /// What is looked for: the best come first. Empty for everybody, as they are sorted.
    pub query: String,
    /// The search before.
    pub previous: Option<Previous>,
    /// Who is let through.
    pub filter: Option<Filter>,
    /// By which columns everybody is sorted, the first leading.
    pub sorting: Vec<Sorting>,
    /// Who asks.
    pub me: Option<Id>,
    /// The day on which figures are computed.
    pub today: Day,
    /// The language words are sorted in.
    pub language: Language,
}

/// What is listed.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// The customers in order.
    pub order: Vec<Slot>,
    /// How many there are, though not all may be listed.
    pub found: usize,
    /// To be given with the next letter.
    pub previous: Option<Previous>,
}

impl Listing {
    /// Works it out.
    pub fn run(self) -> Listed {
        match (self.query.is_empty(), &self.finder) {
            (true, _) => Listed::all(self.everybody()),
            (false, None) => Listed::all(self.called()),
            (false, Some(finder)) => self.best(finder),
        }
    }

    /// Everybody the filter lets through, sorted.
    fn everybody(&self) -> Vec<Slot> {
        let slots = match &self.filter {
            None => self.book.rows().map(|(slot, _)| slot).collect(),
            Some(filter) => self.book.filtered(filter, self.today, self.me),
        };
        sorted(&self.book, &slots, &self.sorting, self.today, self.language)
    }

    /// Who has these very letters in the name, while there is no finder yet.
    fn called(&self) -> Vec<Slot> {
        let passes = self.passes();
        let called = |row: &Row| row.name().contains(&self.query) && passes(row);
        self.book.rows().filter(|(_, row)| called(row)).map(|(slot, _)| slot).collect()
    }

    /// What the finder finds, best first, as far as the filter lets it through.
    fn best(&self, finder: &Finder) -> Listed {
        let most = if self.filter.is_some() { self.book.len() } else { MOST_FOUND };
        let hits = finder.list(&self.query, most, self.previous.as_ref());
        let passes = self.passes();
        let passing = hits.slots.into_iter().filter(|slot| self.book.row(*slot).is_some_and(&passes));
        let order: Vec<Slot> = passing.collect();
        let found = if self.filter.is_some() { order.len() } else { hits.total };
        Listed { order, found, previous: Some(hits.previous) }
    }

    fn passes(&self) -> impl Fn(&Row) -> bool + '_ {
        let sieve = self.filter.as_ref().map(|filter| self.book.sieve(filter, self.today, self.me));
        move |row| sieve.as_ref().is_none_or(|sieve| sieve.passes(row))
    }
}

impl Listed {
    /// Just these.
    pub fn all(order: Vec<Slot>) -> Listed {
        Listed { found: order.len(), order, previous: None }
    }
}
