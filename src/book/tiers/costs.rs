//! The costs that lie among customers' records, gathered.

use crate::domain::cost::Cost;
use crate::domain::id::Id;
use crate::domain::record::Record;
use crate::store::codec::derived;
use crate::store::codec::record::{read_record, write_record};
use crate::store::dossier::Dossier;
use std::collections::BTreeMap;

/// The version of the packed costs; each is a record with its own.
const VERSION: u8 = 1;
/// Homes in one piece.
const PIECE: usize = 10_000;

/// Every cost, by where it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Costs(BTreeMap<Id, Vec<Cost>>);

impl Costs {
    /// The costs of a dossier in the place of those that were there.
    pub fn take(&mut self, dossier: &Dossier) {
        let costs = dossier.costs();
        match costs.is_empty() {
            true => self.0.remove(&dossier.home()),
            false => self.0.insert(dossier.home(), costs),
        };
    }

    /// All of them.
    pub fn all(self) -> Vec<Cost> {
        self.0.into_values().flatten().collect()
    }

    /// All of it in pieces; `None` when one is too long.
    pub fn pack(&self) -> Option<Vec<Vec<u8>>> {
        let bytes = |cost: &Cost| write_record(&Record::from(cost.clone())).ok();
        let home =
            |(home, costs): (&Id, &Vec<Cost>)| Some((*home, costs.iter().map(bytes).collect::<Option<Vec<_>>>()?));
        let homes: Vec<(Id, Vec<Vec<u8>>)> = self.0.iter().map(home).collect::<Option<_>>()?;
        homes.chunks(PIECE).map(|piece| derived::write(VERSION, &piece)).collect()
    }

    /// What was packed; `None` where a piece cannot be read.
    pub fn unpack(pieces: &[&[u8]]) -> Option<Costs> {
        let cost = |bytes: &Vec<u8>| match read_record(bytes) {
            Ok(Record::Cost(cost)) => Some(cost),
            _ => None,
        };
        let mut costs = BTreeMap::new();
        for piece in pieces {
            for (home, found) in derived::read::<Vec<(Id, Vec<Vec<u8>>)>>(VERSION, piece)? {
                costs.insert(home, found.iter().map(cost).collect::<Option<Vec<Cost>>>()?);
            }
        }
        Some(Costs(costs))
    }
}

#[cfg(test)]
mod tests {
    use super::Costs;
    use crate::domain::change::Change;
    use crate::domain::cost::Cost;
    use crate::domain::id::Id;
    use crate::domain::money::Money;
    use crate::domain::record::Record;
    use crate::store::dossier::Dossier;

    #[test]
    fn what_is_packed_comes_out_again() {
        let customer = Id::from_bytes([3; 16]);
        let cost = Cost {
            id: Id::from_bytes([4; 16]),
            customer: Some(customer),
            amount: Some(Money::from_units(70)),
            ..Cost::default()
        };
        let mut dossier = Dossier::empty(customer);
        dossier.apply(&Change::Born(Record::from(cost.clone())));
        let mut costs = Costs::default();
        costs.take(&dossier);
        let pieces = costs.pack().unwrap();
        let again = Costs::unpack(&pieces.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap();
        assert_eq!(again.all(), [cost]);
        costs.take(&Dossier::empty(customer));
        assert!(costs.all().is_empty());
    }
}
