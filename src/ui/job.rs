//! Long work, done away from the screen on a snapshot.

use crate::analysis::funnel::movement::Earlier;
use crate::analysis::grading::Grading;
use crate::book::Book;
use crate::book::beyond::{Beyond, asks_beyond};
use crate::book::deals::reckoning::{Answered, Reckoning};
use crate::book::find::{Building, Entry, Finder};
use crate::book::listing::{Listed, Listing};
use crate::book::naming::index_names;
use crate::book::reach::Contacts;
use crate::book::row::{Row, RowText};
use crate::book::standards::Standards;
use crate::book::tiers::outlook::Outlook;
use crate::book::tiers::rules::{Catch, catch};
use crate::book::tiers::worth::Worth;
use crate::desk::Desk;
use crate::desk::backstory::Backstory;
use crate::desk::backstory::backstory;
use crate::desk::chronicle::Chapter;
use crate::desk::errand::Outcome;
use crate::desk::gathering::{Gather, Gathered, Recollection};
use crate::desk::gathering::{beyond, know_beyond};
use crate::desk::looking_back::grievances;
use crate::desk::looking_back::{LookBack, LookedBack};
use crate::desk::talk::{Found as TalkFound, Stretch};
use crate::desk::trouble::Trouble;
use crate::desk::worth;
use crate::domain::choice::Level;
use crate::domain::id::Id;
use crate::domain::time::Day;
use crate::exchange::inspection::{Inspected, Looked, Wanted, Watch};
use crate::exchange::intake::IntakeError;
use crate::query::filter::{Fault, Filter};
use crate::store::Pages;
use crate::store::error::StoreError;
use std::sync::atomic::{AtomicU64, Ordering};

/// Long work, done away from the screen on a snapshot.
pub enum Job {
    /// Make the finder.
    Index(Book),
    /// Look for words in a stretch of what was said.
    Talk(Stretch),
    /// Find, filter and sort very many customers.
    List(Ticket, Box<Listing>),
    /// Gather a stretch of deals.
    Gather(Box<Gather>),
    /// Gather a stretch of what is looked back on.
    LookBack(Box<LookBack>),
    /// Reckon the funnel; before, where it is not known yet, when deals were expected at the beginning of the meeting's month.
    Reckon(Box<Reckoning>, Option<Box<Recollection>>),
    /// Look at the headers of files, with the book's lists; with the flag, as files with their headers were read before.
    Look(Ticket, Box<Wanted>, Box<Standards>, bool),
    /// Read files whole.
    Read(Ticket, Box<Wanted>, Book, Watch),
    /// Read the journal on.
    Chronicle(Box<Pages>),
    /// Grade everyone, as seen from a day; and see who is leaving, today.
    Grade(Box<Desk>, Box<Grading>, Day, Day),
    /// Look up what is not in a customer's row, as of a day.
    Trace(Box<Desk>, Id, Day),
    /// Count what each of these rules catches, by orders of so many months, as of a day.
    Catch(Box<Desk>, Vec<String>, Option<u32>, Day),
    /// Gather what rows do not hold of customers.
    Beyond(Box<Desk>),
    /// Reckon what all customers are worth as of a day.
    Weigh(Box<Desk>, Day),
    /// Read what these customers' open complaints are about.
    Hear(Box<Desk>, Vec<Id>),
}

/// Which question an answer is to: a later one makes it worthless.
pub type Ticket = u64;

/// A ticket that no other question has, whichever view asks.
pub fn new_ticket() -> Ticket {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

/// What long work answers.
pub enum Done {
    /// The finder, and the revision of the book it was made of.
    Index(Box<Finder>, u64),
    /// What was said with these words.
    Talk(TalkFound),
    /// Who is listed.
    Listed(Ticket, Listed),
    /// The deals gathered so far.
    Gathered(Box<Gathered>),
    /// What was gathered so far to be looked back on.
    LookedBack(Box<LookedBack>),
    /// The funnel's figures, and what was found in the journal for them.
    Reckoned(Box<Answered>, Option<Result<Earlier, StoreError>>),
    /// How files would be read.
    Look(Ticket, Result<Looked, IntakeError>),
    /// What files say.
    Read(Ticket, Result<Box<Inspected>, IntakeError>),
    /// What the journal says.
    Chronicle(Result<Chapter, StoreError>),
    /// What became of long work at the desk.
    Errand(Result<Outcome, Trouble>),
    /// Everyone graded; or the rule that could not be read, by its number.
    Graded(Result<Box<Outlook>, (usize, Fault)>),
    /// What is not in a customer's row, and the revision of the book it was looked up in.
    Traced(Id, u64, Result<Box<Backstory>, StoreError>),
    /// What each rule catches.
    Caught(Catch),
    /// Why what rules ask for could not be read: nothing was graded or counted.
    Unread(StoreError),
    /// What rows do not hold of customers, and the revision of the book it was gathered of.
    Beyond(u64, Result<Box<Beyond>, StoreError>),
    /// What all customers are worth.
    Weighed(Result<Box<Worth>, StoreError>),
    /// What open complaints are about, and the revision of the book it was read of.
    Heard(u64, Result<Vec<(Id, Vec<String>)>, StoreError>),
}

impl Job {
    /// Does the work. It writes nothing.
    pub fn run(self) -> Done {
        match self {
            Job::Index(book) => Done::Index(Box::new(index(&book)), book.revision()),
            Job::Talk(stretch) => Done::Talk(stretch.run()),
            Job::List(ticket, listing) => Done::Listed(ticket, listing.run()),
            Job::Gather(gather) => Done::Gathered(Box::new(gather.run())),
            Job::LookBack(look) => Done::LookedBack(Box::new(look.run())),
            Job::Reckon(reckoning, look_back) => reckoned(*reckoning, look_back),
            Job::Look(ticket, wanted, standards, remember) => Done::Look(ticket, wanted.look(&standards, remember)),
            Job::Read(ticket, wanted, book, watch) => Done::Read(ticket, wanted.inspect(&book, &watch).map(Box::new)),
            Job::Chronicle(pages) => Done::Chronicle(Chapter::of(*pages)),
            Job::Grade(desk, grading, as_of, today) => {
                match know(&desk, grading.rules.iter().map(|rule| rule.when.as_str())) {
                    Ok(()) => Done::Graded(Outlook::of(desk.book(), &grading, as_of, today).map(Box::new)),
                    Err(error) => Done::Unread(error),
                }
            }
            Job::Catch(desk, rules, months, as_of) => match know(&desk, rules.iter().map(String::as_str)) {
                Ok(()) => Done::Caught(catch(desk.book(), rules, months, as_of)),
                Err(error) => Done::Unread(error),
            },
            Job::Beyond(desk) => Done::Beyond(desk.book().revision(), beyond(&desk).map(Box::new)),
            Job::Weigh(desk, as_of) => Done::Weighed(worth::worth(&desk, as_of).map(Box::new)),
            Job::Hear(desk, customers) => Done::Heard(desk.book().revision(), grievances(&desk, &customers)),
            Job::Trace(desk, customer, as_of) => {
                Done::Traced(customer, desk.book().revision(), backstory(&desk, customer, as_of).map(Box::new))
            }
        }
    }
}

/// Gathers what rows do not hold where one of these rules asks for it.
fn know<'a>(desk: &Desk, mut rules: impl Iterator<Item = &'a str>) -> Result<(), StoreError> {
    let asked = rules.any(|rule| Filter::read(rule).is_ok_and(|filter| asks_beyond(&filter)));
    if asked { know_beyond(desk) } else { Ok(()) }
}

fn reckoned(reckoning: Reckoning, look_back: Option<Box<Recollection>>) -> Done {
    let found = look_back.map(|look_back| look_back.run());
    let earlier = match &found {
        Some(Ok(earlier)) => earlier.clone(),
        _ => reckoning.earlier,
    };
    Done::Reckoned(Box::new(Reckoning { earlier, ..reckoning }.run()), found)
}

/// What the finder is told of a row with its contacts.
pub(in crate::ui) fn entry<'a>(row: &'a Row, contacts: &'a Contacts<'_>, book: &'a Book) -> Entry<'a> {
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
