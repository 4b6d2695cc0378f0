//! What a column shows of a row, as a value that list, files and JSON each write in their own way.

use crate::analysis::lifecycle::Activity;
use crate::domain::choice::{Level, LifeStage};
use crate::domain::measure::{Rate, Score};
use crate::domain::money::Money;
use crate::domain::time::{Day, Due};
use crate::query::filter::Choice;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing known.
    Empty,
    /// Text.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
    /// A count.
    Whole(u32),
    /// An amount.
    Money(Money),
    /// A share.
    Rate(Rate),
    /// A score.
    Score(Score),
    /// A day.
    Day(Day),
    /// A day with or without a time.
    Due(Due),
    /// A life stage.
    LifeStage(LifeStage),
    /// A level.
    Level(Level),
    /// An activity.
    Activity(Activity),
    /// A choice of another closed list, or yes or no.
    Choice(Choice),
}

impl Cell {
    /// A text; nothing where it is empty.
    pub(super) fn text(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }

    /// What is made of a value, where there is one.
    pub(super) fn some<T>(value: Option<T>, make: impl FnOnce(T) -> Cell) -> Cell {
        value.map_or(Cell::Empty, make)
    }
}

/// A cell, and whether it is a figure given by a table rather than computed from orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What it shows.
    pub cell: Cell,
    /// Given by a table.
    pub given: bool,
}

impl Shown {
    /// What is known of itself.
    pub(super) const fn known(cell: Cell) -> Shown {
        Shown { cell, given: false }
    }

    /// What a table gave, where it gave anything.
    pub(super) fn given(cell: Cell) -> Shown {
        Shown { given: cell != Cell::Empty, cell }
    }
}
