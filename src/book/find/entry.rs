//! What is given to the finder, and what it answers.
use std::sync::Arc;

/// The texts of one customer, borrowed while they are packed.
#[derive(Clone, Debug, Default)]
pub struct Entry<'a> {
    /// Full name.
    pub name: &'a str,
    /// Short name, empty if none.
    pub short: &'a str,
    /// Customer code.
    pub code: &'a str,
    /// Person who looks after the customer.
    pub owner: &'a str,
    /// Phones of the customer and its contacts.
    pub phones: Vec<&'a str>,
    /// Names of contacts.
    pub contacts: Vec<&'a str>,
    /// E-mail addresses.
    pub emails: Vec<&'a str>,
    /// Tags.
    pub tags: Vec<&'a str>,
    /// Breaks ties, higher first: recency of contact and tier.
    pub weight: u32,
}

/// Which text of a customer matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Full name.
    Name,
    /// Short name.
    Short,
    /// Name of a contact.
    Contact,
    /// A tag.
    Tag,
    /// Person who looks after the customer.
    Owner,
    /// Customer code.
    Code,
    /// A phone.
    Phone,
    /// An e-mail address.
    Email,
}

impl Field {
    /// Every field, in the order it is packed.
    pub const ALL: [Field; 8] =
        [Field::Name, Field::Short, Field::Contact, Field::Tag, Field::Owner, Field::Code, Field::Phone, Field::Email];
}

/// One customer found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The slot it was put in.
    pub slot: u32,
    /// How good the match is, higher first; comparable within one answer only.
    pub score: u32,
    /// The text that matched best.
    pub field: Field,
    /// Which of several texts of that field, from 0.
    pub nth: usize,
}

/// What a search answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The best hits first, at most as many as asked for.
    pub hits: Vec<Hit>,
    /// How many customers matched in all.
    pub total: usize,
    /// Nothing was asked: the query holds no character to look for.
    pub blank: bool,
    /// To be given with the next keystroke.
    pub previous: Previous,
}

/// What a search answers when nobody asks how they match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The slots of the best first, at most as many as asked for.
    pub slots: Vec<u32>,
    /// How many customers matched in all.
    pub total: usize,
    /// To be given with the next keystroke.
    pub previous: Previous,
}

/// Who was left after the last keystroke; it only saves time and never changes an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Previous {
    pub(super) revision: u64,
    pub(super) words: Vec<Vec<char>>,
    /// Slots in order.
    pub(super) slots: Arc<Vec<u32>>,
    /// The slots of all others who matched with an error, in order, if errors were looked for.
    pub(super) erring: Option<Arc<Vec<u32>>>,
}
