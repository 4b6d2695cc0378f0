//! What a line says: the parts that were understood, where they stand, and the text that remains.

use super::opening::Heard;
use super::suggestion::Suggestion;
use crate::domain::choice::Direction;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::time::Due;
use crate::parse::when::{Note, Reading, Why};
use std::ops::Range;

/// What a line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Way 方式: a key of the list.
    pub way: Option<String>,
    /// Who reached out, where the way says it (来电, 去电).
    pub direction: Option<Direction>,
    /// When it was, if that was said.
    pub at: Option<Reading>,
    /// The customer: the one named, else the one the writer stands on.
    pub customer: Option<Id>,
    /// The contacts named.
    pub contacts: Vec<Id>,
    /// Colleagues named outside a next step.
    pub colleagues: Vec<Id>,
    /// The deal that was picked.
    pub deal: Option<Id>,
    /// Tags 标签.
    pub tags: Vec<String>,
    /// Amount 金额.
    pub amount: Option<Money>,
    /// Whether the amount is the deal's: a stage was named or a deal was picked.
    pub amount_is_deal: bool,
    /// Stage 阶段: a key.
    pub stage: Option<String>,
    /// Priority, 0 to 3.
    pub priority: u8,
    /// Outcome 结果: a key of the list.
    pub outcome: Option<String>,
    /// What is to be done next, in the order written.
    pub steps: Vec<Step>,
    /// Feedback the line begins with.
    pub feedback: Option<Heard>,
    /// What remains to be said: without what was understood, escapes undone.
    pub text: String,
    /// What stands where, by characters, in order.
    pub spans: Vec<Span>,
    /// A date at the end that could be a next step.
    pub suggestion: Option<Suggestion>,
    /// What looked like a sign but stayed text.
    pub unread: Vec<String>,
}

impl Line {
    /// The first date of a next step that no calendar has (2月30日): a slip that is mended before anything is promised by it.
    pub fn impossible(&self) -> Option<&str> {
        let mut unknown = self.steps.iter().filter_map(|step| step.unknown.as_ref());
        unknown.find(|(_, why)| *why == Why::NoSuchDay).map(|(phrase, _)| phrase.as_str())
    }
}

/// A next step 下一步.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// By when; `None` where nobody can say.
    pub due: Option<Due>,
    /// Whether that is a deadline (前, by).
    pub deadline: bool,
    /// What else the date could mean.
    pub rival: Option<Due>,
    /// What is to be said of the date.
    pub note: Option<Note>,
    /// The phrase that names no day, and why it does not.
    pub unknown: Option<(String, Why)>,
    /// What is to be done.
    pub what: String,
    /// Who is to do it.
    pub who: Option<Id>,
}

/// A part of a line that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its characters.
    pub range: Range<usize>,
    /// What it is.
    pub part: Part,
}

/// What a part of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The way, or the feedback it begins with.
    Way,
    /// A customer.
    Customer,
    /// A colleague.
    Colleague,
    /// A contact.
    Contact,
    /// A tag.
    Tag,
    /// An amount.
    Amount,
    /// A stage.
    Stage,
    /// The priority.
    Priority,
    /// When it was.
    When,
    /// The date of a next step.
    Next,
    /// The date of a next step that names no day.
    Unknown,
    /// The outcome, which stays in the text.
    Outcome,
    /// A backslash that takes a meaning away.
    Escape,
    /// What looked like a sign but stayed text.
    Unread,
}
