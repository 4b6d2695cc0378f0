//! What a filter is: a tree of conditions over columns and what they are held against.

use crate::domain::measure::{Rate, Score};
use crate::domain::money::Money;
use crate::parse::period::Period;
use crate::query::field::Column;
use crate::query::filter::choice::Choice;

/// What is asked of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// All of these hold.
    All(Vec<Filter>),
    /// At least one of these holds.
    Any(Vec<Filter>),
    /// This does not hold.
    Not(Box<Filter>),
    /// A field passes a check.
    Test(Subject, Check),
    /// There is an order in the period.
    Bought(Period),
}

/// The field asked about, and of which window where not of all time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The field.
    pub column: Column,
    /// The window its orders lie in.
    pub window: Option<Period>,
}

/// What a field is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// It is one of these; never an empty list.
    Is(Vec<Value>),
    /// It lies on this side of a value.
    Compare(Order, Value),
    /// It lies between two values, both included.
    Between(Value, Value),
    /// It contains one of these texts.
    Has(Vec<String>),
    /// It begins with one of these texts.
    Starts(Vec<String>),
    /// Nothing is known of it.
    Empty,
    /// It is among the largest, or the smallest.
    Rank {
        /// The largest, not the smallest.
        largest: bool,
        /// How many of all that have the figure.
        share: Share,
    },
}

/// On which side of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Above it.
    More,
    /// Not below it.
    AtLeast,
    /// Below it.
    Less,
    /// Not above it.
    AtMost,
}

/// A part of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// A share.
    Part(Rate),
    /// So many.
    Count(u32),
}

/// What a field is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// An amount.
    Money(Money),
    /// A count.
    Whole(i64),
    /// A share.
    Rate(Rate),
    /// A score.
    Score(Score),
    /// Days.
    Period(Period),
    /// A choice of a closed list.
    Choice(Choice),
    /// A word: of a list of the book, or plain text.
    Word(String),
    /// Whoever asks.
    Me,
}

impl Filter {
    /// All of these together; no layer more than is needed.
    pub fn all(parts: Vec<Filter>) -> Filter {
        let flat = parts.into_iter().flat_map(|part| match part {
            Filter::All(inner) => inner,
            other => vec![other],
        });
        single(flat.collect()).unwrap_or_else(Filter::All)
    }

    /// Any of these; no layer more than is needed.
    pub fn any(parts: Vec<Filter>) -> Filter {
        let flat = parts.into_iter().flat_map(|part| match part {
            Filter::Any(inner) => inner,
            other => vec![other],
        });
        single(flat.collect()).unwrap_or_else(Filter::Any)
    }

    /// The contrary.
    pub fn negated(self) -> Filter {
        match self {
            Filter::Not(inner) => *inner,
            other => Filter::Not(Box::new(other)),
        }
    }

    /// Whether it asks for a part of all, so that a change of one customer may concern others.
    pub fn is_relative(&self) -> bool {
        match self {
            Filter::All(parts) | Filter::Any(parts) => parts.iter().any(Filter::is_relative),
            Filter::Not(inner) => inner.is_relative(),
            Filter::Test(_, check) => matches!(check, Check::Rank { .. }),
            Filter::Bought(_) => false,
        }
    }

    /// Whether it asks for whoever asks.
    pub fn asks_for_me(&self) -> bool {
        match self {
            Filter::All(parts) | Filter::Any(parts) => parts.iter().any(Filter::asks_for_me),
            Filter::Not(inner) => inner.asks_for_me(),
            Filter::Test(_, Check::Is(values)) => values.contains(&Value::Me),
            Filter::Test(..) | Filter::Bought(_) => false,
        }
    }

    /// A column held against something.
    pub const fn test(column: Column, check: Check) -> Filter {
        Filter::Test(Subject { column, window: None }, check)
    }
}

/// The only one, or all of them back.
fn single(mut parts: Vec<Filter>) -> Result<Filter, Vec<Filter>> {
    match parts.pop() {
        Some(only) if parts.is_empty() => Ok(only),
        last => {
            parts.extend(last);
            Err(parts)
        }
    }
}
