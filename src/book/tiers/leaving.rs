//! Who is leaving, why, how much a year is at risk, and what is being done about it.

use crate::analysis::churn::Warning;
use crate::book::row::Row;
use crate::book::{Book, Slot};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::tiers::Leaving;
use crate::domain::time::{Day, Due};
use std::cmp::Reverse;

/// A customer that seems to be leaving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaver {
    /// Where its row is.
    pub slot: Slot,
    /// Who.
    pub customer: Id,
    /// Who looks after it.
    pub owner: Option<Id>,
    /// Why, and how much a year is at risk.
    pub warning: Warning,
    /// The cause, where it was confirmed.
    pub cause: Option<Leaving>,
    /// What is to be done next: what, by when, by whom.
    pub doing: Option<(String, Option<Due>, Option<Id>)>,
    /// When it is contacted next.
    pub next_contact: Option<Due>,
}

/// Who is leaving, or has left and may be won back; the most at risk first.
pub fn leaving(book: &Book, as_of: Day, owner: Option<Id>, gone: bool) -> Vec<Leaver> {
    let mine = |row: &Row| owner.is_none() || row.owner == owner;
    let mut leaving: Vec<Leaver> = book.each(|slot, row| {
        let leaver = if mine(row) { leaver(slot, row, as_of) } else { None };
        leaver.filter(|leaver| leaver.warning.gone == gone)
    });
    leaving.sort_by_key(|leaver| (Reverse(leaver.warning.amount), leaver.slot));
    leaving
}

/// What all of them bring a year.
pub fn at_risk(leaving: &[Leaver]) -> Money {
    leaving.iter().map(|leaver| leaver.warning.amount).sum()
}

fn leaver(slot: Slot, row: &Row, as_of: Day) -> Option<Leaver> {
    let warning = row.warning(as_of)?;
    let promises = row.open().map(|open| open.promises).unwrap_or_default();
    let next = promises.iter().min_by_key(|(_, _, due, _)| (due.is_none(), *due));
    let departed = row.heard().and_then(|heard| heard.departed);
    Some(Leaver {
        slot,
        customer: row.id,
        owner: row.owner,
        warning,
        cause: departed.map(|(_, cause)| cause),
        doing: next.map(|(_, what, due, owner)| (what.clone(), *due, owner.or(row.owner))),
        next_contact: row.next_contact,
    })
}
