//! The closed lists of the domain, by the numbers and keys that fields hold.

use crate::domain::choice::ListKind;
use crate::text::Words;
use crate::text::choices::Said;

/// A closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClosedList {
    /// Life stages.
    LifeStage,
    /// High, middle or low; worked out from orders also active, dormant or lost.
    Activity,
    /// High, middle or low.
    Level,
    /// Firm, person or authority.
    CustomerKind,
    /// Whether something is so.
    YesNo,
    /// Genders.
    Gender,
    /// Parts in a purchase.
    ContactRole,
    /// How a contact stands towards us.
    Attitude,
    /// Online or offline.
    Channel,
    /// Direct or through a distributor.
    Route,
    /// Who reached out.
    Direction,
    /// What a customer told us.
    FeedbackKind,
    /// What a target is to move.
    Measure,
    /// What money was spent on.
    Purpose,
    /// What a stage means for a deal.
    StageRole,
    /// The lists of the book.
    ListKind,
}

/// What is made of the domain's own type of a list, by the name it is given; the second where it has none.
macro_rules! of_type {
    ($list:expr, $type:ident => $made:expr, $none:expr) => {{
        macro_rules! made {
            ($domain:ident) => {{
                use crate::domain::choice::$domain as $type;
                $made
            }};
        }
        match $list {
            ClosedList::LifeStage => made!(LifeStage),
            ClosedList::Activity | ClosedList::Level => made!(Level),
            ClosedList::CustomerKind => made!(CustomerKind),
            ClosedList::Gender => made!(Gender),
            ClosedList::ContactRole => made!(ContactRole),
            ClosedList::Attitude => made!(Attitude),
            ClosedList::Channel => made!(Channel),
            ClosedList::Route => made!(Route),
            ClosedList::Direction => made!(Direction),
            ClosedList::FeedbackKind => made!(FeedbackKind),
            ClosedList::Measure => made!(Measure),
            ClosedList::Purpose => made!(Purpose),
            ClosedList::StageRole => made!(StageRole),
            ClosedList::YesNo | ClosedList::ListKind => $none,
        }
    }};
}

impl ClosedList {
    /// The key of a choice, by the number that a field holds.
    pub fn key(self, number: u8) -> Option<&'static str> {
        let list = || ListKind::try_from(number).ok().map(ListKind::key);
        of_type!(self, List => List::try_from(number).ok().map(List::key), list())
    }

    /// What a choice is called; the lists of the book have no words of their own.
    pub fn words(self, number: u8) -> Option<Words> {
        of_type!(self, List => List::try_from(number).ok().map(Said::words), None)
    }

    /// Every choice that has words, by its number and in order.
    pub fn choices(self) -> Vec<(u8, Words)> {
        let choice = |number: u8| Some((number, self.words(number)?));
        let numbers: Vec<u8> = of_type!(self, List => List::ALL.iter().copied().map(u8::from).collect(), Vec::new());
        numbers.into_iter().filter_map(choice).collect()
    }
}
