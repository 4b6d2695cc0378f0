//! What all customers are worth, with the costs that lie among their records.

use crate::book::products::Products;
use crate::book::tiers::costs::Costs;
use crate::book::tiers::own_worth;
use crate::book::tiers::potential::Potential;
use crate::book::tiers::worth::{Figure, Worth};
use crate::desk::Desk;
use crate::desk::extract::{extract, kept};
use crate::domain::id::Id;
use crate::domain::time::Day;
use crate::store::error::StoreError;

/// Customers up to which every dossier is read for the card of one.
const QUICK: usize = 2_000;

/// What one customer comes to as of a day: nothing for one that is not there.
///
/// # Errors
/// When a dossier cannot be read.
pub fn own_worth(desk: &Desk, customer: Id, as_of: Day) -> Result<Vec<Figure>, StoreError> {
    let own = desk.dossier(customer)?;
    let (Some(row), Some(record)) = (desk.book.row_of(customer), own.customer()) else { return Ok(Vec::new()) };
    let costs = extract::<Costs>(desk)?.all();
    Ok(own_worth::own_worth(&desk.book, row, &record, &costs, as_of))
}

/// What the customers come to as of a day.
///
/// # Errors
/// When a dossier cannot be read.
pub fn worth(desk: &Desk, as_of: Day) -> Result<Worth, StoreError> {
    let costs = extract::<Costs>(desk)?.all();
    let products = extract::<Products>(desk)?;
    Ok(Worth::of(&desk.book, &costs, &products, as_of))
}

/// The potential of a customer as of a day. Where what everyone bought would take long to gather and was not yet,
/// products do not count.
///
/// # Errors
/// When a dossier cannot be read.
pub fn potential(desk: &Desk, customer: Id, as_of: Day) -> Result<Option<Potential>, StoreError> {
    let Some(row) = desk.book.row_of(customer) else { return Ok(None) };
    let products = if desk.book.len() < QUICK { Some(extract::<Products>(desk)?) } else { kept(desk) };
    let assortment = products.as_ref().map(|products| products.by_industry(desk.book.rows().map(|(_, row)| row)));
    Ok(Some(Potential::of(row, assortment.as_ref(), desk.book.standards().potential(), as_of)))
}
