//! Hints for cross-selling: what customers of the same industry buy and this one does not.

use crate::book::row::Row;
use crate::desk::Desk;
use crate::query::field::Column;
use crate::store::dossier::Dossier;
use crate::store::error::StoreError;
use std::collections::{BTreeMap, BTreeSet};

/// Similar customers that are looked at, so that a hint never takes long.
const LOOKED_AT: usize = 200;
/// Hints given at most.
const GIVEN: usize = 5;
/// Buyers from which a product is worth a hint.
const BUYERS: usize = 2;

/// A product that similar customers buy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The product, as it is written in orders.
    pub product: String,
    /// How many of the similar customers buy it.
    pub buyers: usize,
    /// Of how many.
    pub of: usize,
}

/// What buyers of the same industry buy and this customer does not, the commonest first; nothing without an industry.
pub fn cross_sell(desk: &Desk, row: &Row, own: &Dossier) -> Result<Vec<Hint>, StoreError> {
    if row.word(Column::Industry).is_empty() {
        return Ok(Vec::new());
    }
    let bought = products(own);
    let similar = desk.book().rows().map(|(_, other)| other).filter(|other| {
        other.id != row.id
            && other.word(Column::Industry) == row.word(Column::Industry)
            && other.facts().iter().next().is_some()
    });
    let (mut counts, mut of) = (BTreeMap::<String, usize>::new(), 0);
    for other in similar.take(LOOKED_AT) {
        of += 1;
        for product in products(&desk.dossier(other.id)?) {
            *counts.entry(product).or_default() += 1;
        }
    }
    let new = counts.into_iter().filter(|(product, buyers)| *buyers >= BUYERS && !bought.contains(product));
    let mut hints: Vec<Hint> = new.map(|(product, buyers)| Hint { product, buyers, of }).collect();
    hints.sort_by_key(|hint| std::cmp::Reverse(hint.buyers));
    hints.truncate(GIVEN);
    Ok(hints)
}

/// The products a customer bought and kept.
fn products(dossier: &Dossier) -> BTreeSet<String> {
    let orders = dossier.orders().into_iter().filter(|order| !order.returned);
    let lines = orders.flat_map(|order| order.lines);
    lines.map(|line| line.product).filter(|product| !product.is_empty()).collect()
}
