//! Records as they were laid out before, and what they are now.

use crate::domain::deal::{Deal, StageMove};
use crate::domain::id::Id;
use crate::domain::measure::Rate;
use crate::domain::money::Money;
use crate::domain::tiers::Membership;
use crate::domain::time::Day;
use serde::Deserialize;

/// Version 1 of a deal: it named no contacts.
#[derive(Deserialize)]
pub(super) struct FirstDeal {
    id: Id,
    customer: Option<Id>,
    title: String,
    amount: Option<Money>,
    owner: Option<Id>,
    competitor: String,
    stage: String,
    moves: Vec<StageMove>,
    opened: Option<Day>,
    expected_close: Option<Day>,
    closed: Option<Day>,
    lost_reason: String,
    reason_note: String,
    products: Vec<String>,
    probability: Option<Rate>,
    number: String,
    parked_until: Option<Day>,
    note: String,
}

/// Version 1 of a member level: it asked for no points, and gave none for an order.
#[derive(Deserialize)]
pub(super) struct FirstMembership {
    id: Id,
    name: String,
    spend: Money,
    years: u32,
    points: u32,
    benefits: String,
}

impl From<FirstMembership> for Membership {
    fn from(level: FirstMembership) -> Membership {
        let FirstMembership { id, name, spend, years, points, benefits } = level;
        Membership { id, name, spend, years, points, benefits, ..Membership::default() }
    }
}

impl From<FirstDeal> for Deal {
    fn from(deal: FirstDeal) -> Deal {
        Deal {
            id: deal.id,
            customer: deal.customer,
            title: deal.title,
            amount: deal.amount,
            owner: deal.owner,
            competitor: deal.competitor,
            stage: deal.stage,
            moves: deal.moves,
            opened: deal.opened,
            expected_close: deal.expected_close,
            closed: deal.closed,
            lost_reason: deal.lost_reason,
            reason_note: deal.reason_note,
            products: deal.products,
            probability: deal.probability,
            number: deal.number,
            parked_until: deal.parked_until,
            note: deal.note,
            contacts: Vec::new(),
        }
    }
}
