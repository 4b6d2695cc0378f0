//! What is done to many at once.

use crate::domain::choice::StageRole;
use crate::domain::deal::Deal;
use crate::domain::id::Id;
use crate::domain::time::{Day, Due};
use crate::exchange::export::Format;
use crate::store::dossier::Dossier;
use crate::ui::context::Context;

/// An act over many, with its value once it is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui::view::list) enum Bulk {
    /// Another owner.
    Owner(Option<Id>),
    /// Everything handed over to others: whom and how a view of its own asks.
    HandOver,
    /// One tag more.
    AddTag(String),
    /// One tag less.
    DropTag(String),
    /// A stage set by hand.
    Stage(String),
    /// A next contact, or none.
    NextContact(Option<Due>),
    /// The tier held, for a reason and up to a day.
    HoldTier(String, Day),
    /// Written to a file.
    Export(Format),
    /// Gone.
    Delete,
}

/// Whether a customer stands where its deals are: a stage set by hand would not be seen.
pub(super) fn stands_by_deals(dossier: &Dossier, context: &Context<'_>) -> bool {
    let standards = context.book().standards();
    let counts = |deal: &Deal| matches!(standards.role(&deal.stage), StageRole::Open | StageRole::Won);
    dossier.deals().iter().any(counts)
}
