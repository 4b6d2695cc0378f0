//! What an order of the list was made for.

use crate::book::sorting::Sorting;
use crate::domain::time::Day;
use crate::text::Language;

/// What an order was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) revision: u64,
    pub(super) finder: bool,
    /// What rows do not hold is known by now, where it is asked for.
    pub(super) beyond: bool,
    pub(super) query: String,
    pub(super) filter: String,
    pub(super) sorting: Vec<Sorting>,
    pub(super) language: Language,
    pub(super) today: Day,
}

impl Asked {
    /// Whether only the book may be another.
    pub(super) fn same_but_for_the_book(&self, other: &Asked) -> bool {
        Asked { revision: 0, finder: true, ..self.clone() } == Asked { revision: 0, finder: true, ..other.clone() }
    }
}

/// A list that is worked out beside the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Away {
    pub(super) asked: Asked,
    /// The selected customer stays selected.
    pub(super) keeps: bool,
    /// It lists other customers than those seen meanwhile.
    pub(super) narrows: bool,
    /// Only the book is another: the selected customer stays so in the first row too.
    pub(super) same_question: bool,
}
