//! The screens that views are opened from, each kept as it was left.

use crate::ui::action::Action;
use crate::ui::effect::Place;

/// The screens that views are opened from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    Today,
    Customers,
    Funnel,
    Tiers,
    Data,
}

impl Base {
    /// All of them, in the order of the bar.
    pub(super) const ALL: [Base; 5] = [Base::Today, Base::Customers, Base::Funnel, Base::Tiers, Base::Data];

    /// The act that shows it.
    pub(super) const fn action(self) -> Action {
        match self {
            Base::Today => Action::Today,
            Base::Customers => Action::Customers,
            Base::Funnel => Action::Funnel,
            Base::Tiers => Action::Tiers,
            Base::Data => Action::Data,
        }
    }

    /// The one that a place is.
    pub(super) fn of(place: &Place) -> Option<Base> {
        Base::ALL.into_iter().find(|base| base.place() == *place)
    }

    /// What shows it.
    pub(super) const fn place(self) -> Place {
        match self {
            Base::Today => Place::Today,
            Base::Customers => Place::Customers,
            Base::Funnel => Place::Funnel,
            Base::Tiers => Place::Tiers,
            Base::Data => Place::Data,
        }
    }
}
