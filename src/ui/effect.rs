//! What a view asks for, as plain data.

use crate::analysis::grading::Grading;
use crate::book::arrangement::Arrangement;
use crate::book::command::Command;
use crate::domain::customer::{Contact, Customer};
use crate::domain::deal::Deal;
use crate::domain::feedback::Feedback;
use crate::domain::follow_up::NextStep;
use crate::domain::id::Id;
use crate::domain::record::Record;
use crate::domain::tiers::{Scheme, TierHold};
use crate::domain::time::Day;
use crate::query::field::Column;
use crate::text::Words;
use crate::ui::action::{Action, Scope};
use std::collections::HashSet;
use std::sync::Arc;

/// What a view asks of the program after a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing: the key was taken.
    None,
    /// The key means nothing here.
    Unknown,
    /// Show another view above this one.
    Open(Place),
    /// Show another view instead of this one.
    Replace(Place),
    /// Back to the view below.
    Back,
    /// Back to the view below, which then gets this answer.
    Answer(Answer),
    /// Back to the view below, which then does this act.
    Do(Action),
    /// Ask the book for changes as one step, and say so when they are done.
    Run {
        /// What is asked for.
        commands: Vec<Command>,
        /// What is said.
        told: Told,
        /// Where one is then.
        then: Then,
    },
    /// Say something at the foot.
    Say(Notice),
    /// Write these files where the person is working, and say so.
    Write(Vec<Outgoing>),
    /// Stop the long work at the desk.
    Stop,
    /// Show another screen, as it was left, or another view above; it is told what is wanted of it there, and this is said.
    Go(Box<Place>, Option<Intent>, Option<Notice>),
    /// Back to the view below, which is told this.
    Leave(Intent),
    /// Send this text to the terminal's clipboard, and show it alone.
    Copy(String),
}

/// What is said when changes are done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The same words for everyone.
    Words(Words),
    /// What is told in numbers and names.
    Text(String),
}

impl From<Words> for Told {
    fn from(words: Words) -> Told {
        Told::Words(words)
    }
}

impl From<String> for Told {
    fn from(text: String) -> Told {
        Told::Text(text)
    }
}

/// Where one is when changes are done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// Where one was.
    Stay,
    /// At the view below.
    Back,
    /// At the view below; this line can be walked back to.
    BackFrom(String),
}

/// What is wanted of a view by another, or by the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Do this act.
    Act(Action),
    /// Go to this customer: it was just entered, or an undo brought it back.
    Select(Id),
    /// Go to this customer: it was seen last in the view that was closed above.
    Seen(Id),
    /// A follow-up with this customer was just logged from here.
    Logged(Id),
    /// Mark the customers made after this id was given out.
    MarkMadeSince(Id),
    /// Grade in this way, seen from this day; only these customers, where some were chosen.
    Grade(Box<Grading>, Day, Option<Arc<HashSet<Id>>>),
}

impl Effect {
    /// Asks for changes as one step, and stays.
    pub fn run(commands: Vec<Command>, told: impl Into<Told>) -> Effect {
        Effect::Run { commands, told: told.into(), then: Then::Stay }
    }

    /// Asks for changes as one step, and goes back when they are done.
    pub fn save(commands: Vec<Command>, told: impl Into<Told>) -> Effect {
        Effect::Run { commands, told: told.into(), then: Then::Back }
    }
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Rows in it, where it is one table.
    pub rows: Option<u64>,
}

/// What was chosen from a list of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The option at this place.
    Option(usize),
    /// Own text, where none was fitting.
    Own(String),
    /// A customer.
    Customer(Id),
    /// Another layout of the list.
    Layout(Box<Arrangement>),
}

/// Something said at the foot of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What is said.
    pub text: String,
    /// Where no text is typed an error swallows the next key, so that it is seen; a notice lets it through.
    pub is_error: bool,
}

impl Notice {
    /// Whether the next key only makes it go away.
    pub const fn takes_a_key(&self) -> bool {
        self.is_error
    }

    /// Something to know.
    pub fn note(text: impl Into<String>) -> Notice {
        Notice { text: text.into(), is_error: false }
    }

    /// Something that went wrong.
    pub fn error(text: impl Into<String>) -> Notice {
        Notice { text: text.into(), is_error: true }
    }
}

/// Where one can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// What waits today.
    Today,
    /// The list of customers.
    Customers,
    /// The funnel of deals.
    Funnel,
    /// The tiers of customers.
    Tiers,
    /// What came in, and what was changed.
    Data,
    /// Everything about one customer, with the list it was opened from.
    Detail {
        /// The customer.
        customer: Id,
        /// The list's customers in its order.
        among: Arc<Vec<Id>>,
    },
    /// The form of a customer: a new one, or one that is there.
    CustomerForm(Box<Customer>),
    /// The form of a contact.
    ContactForm(Box<Contact>),
    /// The form of a record of the timeline: a follow-up, next step, order, deal or feedback.
    EntryForm(Box<Record>),
    /// The form of a way of grading: one without a name is saved as a new scheme.
    SchemeForm(Box<Grading>),
    /// How a record of a customer's was settled, in words.
    Settle(Settling),
    /// Everything about one customer, with the timeline at one of its records.
    Happened {
        /// The customer.
        customer: Id,
        /// The record.
        record: Id,
        /// The customers it was found among.
        among: Arc<Vec<Id>>,
    },
    /// Words looked for in all that was said with anyone, these to begin with.
    SearchTalk(String),
    /// The palette of what can be done in a scope.
    Palette(Scope),
    /// The keys of a scope.
    Help(Scope),
    /// When a customer is to be contacted next.
    NextContact(Id),
    /// The follow-up line about a customer.
    Log(Id),
    /// The actions of a quarter, looked at again.
    QuarterReview,
    /// Complaints counted by kind.
    Complaints,
    /// The days that are not worked as their weekday says.
    Workdays,
    /// A customer looked for from wherever one is.
    FindAnywhere,
    /// A customer looked for; the view below gets it as its answer.
    WhichCustomer,
    /// A list of values to choose from; the view below gets the answer.
    Choose(Box<Menu>),
    /// The columns of the list, to be chosen and ordered, and how wide those on the screen are.
    Columns(Box<Arrangement>, Vec<(Column, u16)>),
    /// Customers to be handed over to others, with all that hangs on them.
    HandOver(Vec<Id>),
}

/// Something to be settled with a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settling {
    /// A next step is done.
    Done(Box<NextStep>),
    /// A complaint is resolved.
    Resolved(Box<Feedback>),
    /// Deals are lost, for a reason of the list.
    Lost(Vec<Deal>, String),
    /// A tier is held, for a reason and up to a day.
    Held(Box<TierHold>),
    /// A way of grading is saved under a name.
    Named(Box<Scheme>),
}

/// A list of values to choose from, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// What is chosen.
    pub title: Words,
    /// Whom or what the choice is about, beside the title.
    pub about: String,
    /// The values as shown, with a hint each.
    pub options: Vec<(String, String)>,
    /// The value selected at first.
    pub selected: usize,
    /// Whether own text may be taken instead.
    pub own: bool,
    /// Whether a digit chooses one of the first nine at once.
    pub numbered: bool,
    /// How many at the end are no values but acts on them: `+` chooses the first of these, `-` the second.
    pub acts: usize,
}

impl Menu {
    /// These options, the first of them selected.
    pub const fn new(title: Words, options: Vec<(String, String)>) -> Menu {
        Menu { title, about: String::new(), options, selected: 0, own: false, numbered: false, acts: 0 }
    }
}
