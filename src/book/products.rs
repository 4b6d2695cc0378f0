//! Which products each customer bought, gathered from all orders, and what similar customers buy.

use crate::book::row::Row;
use crate::book::symbols::Symbol;
use crate::domain::id::Id;
use crate::domain::measure::Rate;
use crate::domain::record::Kind;
use crate::query::field::Column;
use crate::store::codec::derived;
use crate::store::dossier::Dossier;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The version of the packed products.
const VERSION: u8 = 1;
/// Customers in one piece.
const PIECE: usize = 5_000;
/// Buyers among similar customers from which a product is one that they buy.
const BUYERS: u32 = 2;
/// One in so many of them is to buy it, too.
const ONE_IN: u32 = 10;

/// The products of every customer who bought any: as numbers, each product named once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Products {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
    bought: BTreeMap<Id, Vec<u32>>,
}

impl Products {
    /// The products of a dossier's orders in the place of those that were there; what was returned was not kept.
    pub fn take(&mut self, dossier: &Dossier) {
        let orders = if dossier.count(Kind::Order) == 0 { Vec::new() } else { dossier.orders() };
        let lines = orders.into_iter().filter(|order| !order.returned).flat_map(|order| order.lines);
        let named = lines.map(|line| line.product).filter(|product| !product.is_empty());
        let products: BTreeSet<u32> = named.map(|product| self.number(product)).collect();
        match products.is_empty() {
            true => self.bought.remove(&dossier.home()),
            false => self.bought.insert(dossier.home(), products.into_iter().collect()),
        };
    }

    /// What a customer bought, in the order in which products were first met.
    pub fn of(&self, customer: Id) -> Vec<String> {
        let numbers = self.bought.get(&customer).map_or(&[][..], Vec::as_slice);
        numbers.iter().filter_map(|number| self.names.get(*number as usize)).cloned().collect()
    }

    /// Every product, that of most customers first.
    pub fn commonest(&self) -> Vec<String> {
        let mut buyers = vec![0_u32; self.names.len()];
        for number in self.bought.values().flatten() {
            buyers.get_mut(*number as usize).into_iter().for_each(|count| *count += 1);
        }
        let mut names: Vec<(&String, u32)> = self.names.iter().zip(buyers).filter(|(_, count)| *count > 0).collect();
        names.sort_by(|(a, many), (b, more)| more.cmp(many).then(a.cmp(b)));
        names.into_iter().map(|(name, _)| name.clone()).collect()
    }

    fn number(&mut self, product: String) -> u32 {
        let next = self.names.len() as u32;
        match self.numbers.get(&product) {
            Some(number) => *number,
            None => {
                self.names.push(product.clone());
                self.numbers.insert(product, next);
                next
            }
        }
    }

    /// All of it in pieces, the names first; `None` when one is too long.
    pub fn pack(&self) -> Option<Vec<Vec<u8>>> {
        let bought: Vec<(&Id, &Vec<u32>)> = self.bought.iter().collect();
        let names = derived::write(VERSION, &self.names);
        std::iter::once(names).chain(bought.chunks(PIECE).map(|piece| derived::write(VERSION, &piece))).collect()
    }

    /// What was packed; `None` where a piece cannot be read.
    pub fn unpack(pieces: &[&[u8]]) -> Option<Products> {
        let (names, pieces) = pieces.split_first()?;
        let names: Vec<String> = derived::read(VERSION, names)?;
        let numbers = names.iter().cloned().zip(0..).collect();
        let mut bought = BTreeMap::new();
        for piece in pieces {
            bought.extend(derived::read::<Vec<(Id, Vec<u32>)>>(VERSION, piece)?);
        }
        Some(Products { names, numbers, bought })
    }

    /// How many customers of each industry buy each product.
    pub fn by_industry<'r>(&self, rows: impl Iterator<Item = &'r Row>) -> Assortment<'_> {
        let mut industries: HashMap<Symbol, Industry> = HashMap::new();
        for row in rows.filter(|row| !row.word(Column::Industry).is_empty()) {
            let Some(products) = self.bought.get(&row.id) else { continue };
            let industry = industries.entry(row.word(Column::Industry)).or_default();
            industry.buyers += 1;
            for product in products {
                *industry.of_product.entry(*product).or_default() += 1;
            }
        }
        Assortment { products: self, industries }
    }
}

/// The buyers of one industry.
#[derive(Clone, Debug, Default)]
struct Industry {
    buyers: u32,
    of_product: HashMap<u32, u32>,
}

/// What is bought in each industry.
pub struct Assortment<'a> {
    products: &'a Products,
    industries: HashMap<Symbol, Industry>,
}

impl Assortment<'_> {
    /// The share of what similar customers buy that this one does not; nothing for who bought nothing yet, has no industry,
    /// or nobody to be compared with. Similar are the other buyers of its industry; what two of them and one in ten buy is
    /// what they buy.
    pub fn lacking(&self, row: &Row) -> Option<Rate> {
        let own = self.products.bought.get(&row.id)?;
        let industry = self.industries.get(&row.word(Column::Industry))?;
        let others = industry.buyers.saturating_sub(1);
        let (mut common, mut missing) = (0, 0);
        for (product, buyers) in &industry.of_product {
            let is_own = own.binary_search(product).is_ok();
            let buyers = buyers.saturating_sub(u32::from(is_own));
            if buyers >= BUYERS && buyers * ONE_IN >= others {
                common += 1;
                missing += u64::from(!is_own);
            }
        }
        Rate::of(missing, common)
    }
}

#[cfg(test)]
mod tests {
    use super::Products;
    use crate::domain::change::Change;
    use crate::domain::id::Id;
    use crate::domain::order::{Order, OrderLine};
    use crate::domain::record::Record;
    use crate::store::dossier::Dossier;

    fn dossier(customer: u8, products: &[(&str, bool)]) -> Dossier {
        let home = Id::from_bytes([customer; 16]);
        let mut dossier = Dossier::empty(home);
        for (number, (product, returned)) in (100..).zip(products) {
            let line = OrderLine { product: (*product).to_owned(), ..OrderLine::default() };
            let order = Order {
                id: Id::from_bytes([number; 16]),
                customer: Some(home),
                lines: vec![line],
                returned: *returned,
                ..Order::default()
            };
            dossier.apply(&Change::Born(Record::from(order)));
        }
        dossier
    }

    #[test]
    fn products_are_packed_and_come_out_again_and_what_was_returned_is_none() {
        let mut products = Products::default();
        products.take(&dossier(1, &[("阀门", false), ("泵", false), ("泵", false), ("垫片", true)]));
        products.take(&dossier(2, &[("泵", false)]));
        let pieces = products.pack().unwrap();
        let again = Products::unpack(&pieces.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap();
        assert_eq!(again, products);
        assert_eq!(again.bought.values().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(again.names.len(), 2);
    }

    #[test]
    fn a_customer_whose_orders_are_gone_has_no_products_any_more() {
        let mut products = Products::default();
        products.take(&dossier(1, &[("阀门", false)]));
        products.take(&dossier(1, &[]));
        assert!(products.bought.is_empty());
    }
}
