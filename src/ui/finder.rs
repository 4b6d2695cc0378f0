//! The finder of a book: made of all its rows, and kept up row by row.

use crate::book::find::{Building, Entry, Finder};
use crate::book::naming::index_names;
use crate::book::reach::Contacts;
use crate::book::row::{Row, RowText};
use crate::book::{Book, Slot};
use crate::domain::choice::Level;

/// What the finder is told of a row with its contacts.
fn entry<'a>(row: &'a Row, contacts: &'a Contacts<'_>, book: &'a Book) -> Entry<'a> {
    let contacts = || contacts.iter();
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
        tags: row.tags().map(|tag| book.symbols().word(tag)).collect(),
        // Of two talked to on the same day the one worth more comes first.
        weight: last << 2 | book.graded(row.id).map_or(0, worth),
    }
}

const fn worth(level: Level) -> u32 {
    match level {
        Level::High => 3,
        Level::Middle => 2,
        Level::Low => 1,
    }
}

/// The finder of a whole book, made at once, and with it the names that follow-up lines name customers by.
pub fn index(book: &Book) -> Finder {
    index_names(book);
    let mut building = Building::default();
    for (slot, row) in book.rows() {
        building.add(slot, &entry(row, &row.contacts(), book));
    }
    building.done()
}

/// Brings a finder up to the book, of which only these rows have changed.
pub fn bring_up(finder: &mut Finder, changed: &[Slot], book: &Book) {
    for slot in changed.iter().copied() {
        match book.row(slot) {
            Some(row) => finder.replace(slot, &entry(row, &row.contacts(), book)),
            None => finder.remove(slot),
        }
    }
}
