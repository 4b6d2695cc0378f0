//! The screens that views are opened from, each kept as it was left.

use super::App;
use crate::ui::action::Action;
use crate::ui::effect::Place;
use crate::ui::view;

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

    const fn place(self) -> Place {
        match self {
            Base::Today => Place::Today,
            Base::Customers => Place::Customers,
            Base::Funnel => Place::Funnel,
            Base::Tiers => Place::Tiers,
            Base::Data => Place::Data,
        }
    }
}

impl App {
    /// Shows one of the screens, as it was left.
    pub(super) fn show(&mut self, base: Base) {
        self.save_drafts();
        self.stack.truncate(1);
        self.asked_from = None;
        if base != self.base {
            let kept = self.beside.iter().position(|(kept, _)| *kept == base);
            let view = match kept {
                Some(place) => self.beside.swap_remove(place).1,
                None => {
                    let mut view = view::open(base.place(), &self.context());
                    if let Some(draft) = view.draft_key().and_then(|key| self.draft(&key)) {
                        view.take_up(&draft);
                    }
                    view
                }
            };
            self.beside.extend(self.stack.pop().map(|left| (self.base, left)));
            self.stack.push(view);
            self.base = base;
        }
        self.refresh_top();
    }
}
