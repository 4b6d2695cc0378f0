//! Long work, done away from the screen on a snapshot.

use crate::book::Book;
use crate::book::deals::reckoning::{Answered, Reckoning};
use crate::book::find::{Entry, Finder};
use crate::book::row::{Row, RowText};
use crate::desk::gathering::{Gather, Gathered};
use crate::desk::talk::{Found as TalkFound, Stretch};

/// Long work, done away from the screen on a snapshot.
pub enum Job {
    /// Make the finder.
    Index(Book),
    /// Look for words in a stretch of what was said.
    Talk(Stretch),
    /// Gather a stretch of deals.
    Gather(Box<Gather>),
    /// Reckon the funnel.
    Reckon(Box<Reckoning>),
}

/// What long work answers.
pub enum Done {
    /// The finder, and the revision of the book it was made of.
    Index(Box<Finder>, u64),
    /// What was said with these words.
    Talk(TalkFound),
    /// The deals gathered so far.
    Gathered(Box<Gathered>),
    /// The funnel's figures.
    Reckoned(Box<Answered>),
}

impl Job {
    /// Does the work. It writes nothing.
    pub fn run(self) -> Done {
        match self {
            Job::Index(book) => {
                let rows = book.rows().map(|(slot, row)| (slot, entry(row, &book)));
                Done::Index(Box::new(Finder::build(rows)), book.revision())
            }
            Job::Talk(stretch) => Done::Talk(stretch.run()),
            Job::Gather(gather) => Done::Gathered(Box::new(gather.run())),
            Job::Reckon(reckoning) => Done::Reckoned(Box::new(reckoning.run())),
        }
    }
}

/// What the finder is told of a row.
pub(in crate::ui) fn entry<'a>(row: &'a Row, book: &'a Book) -> Entry<'a> {
    let contacts = || row.contacts();
    let last = row.last_contact.map_or(0, |day| u32::try_from(day.number()).unwrap_or(0));
    let phones = std::iter::once(row.text(RowText::Phone)).chain(contacts().map(|(_, phone, _)| phone));
    Entry {
        name: row.text(RowText::Name),
        short: row.text(RowText::ShortName),
        code: row.text(RowText::Code),
        owner: book.standards().owner_name(row.owner),
        phones: phones.filter(|phone| !phone.is_empty()).collect(),
        contacts: contacts().map(|(name, _, _)| name).collect(),
        emails: contacts().map(|(_, _, email)| email).filter(|email| !email.is_empty()).collect(),
        tags: row.tags.iter().map(|tag| book.symbols().word(*tag)).collect(),
        weight: last,
    }
}

/// The finder of a whole book, made at once.
pub fn index(book: &Book) -> Finder {
    Finder::build(book.rows().map(|(slot, row)| (slot, entry(row, book))))
}
