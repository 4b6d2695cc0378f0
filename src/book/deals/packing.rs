//! The deals of a book as bytes and back, so that they need not be gathered anew each time.

use crate::analysis::funnel::fact::DealFact;
use crate::book::deals::{Deals, Numbered};
use crate::domain::id::Id;
use crate::store::codec::derived;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

/// The version of what is written here: it rises whenever a field of [`DealFact`] comes, goes or changes its place.
const VERSION: u8 = 1;
/// Homes in one piece.
const PIECE: usize = 1_000;

impl Deals {
    /// All of it in pieces; `None` when one is too long.
    pub fn pack(&self) -> Option<Vec<Vec<u8>>> {
        let words = [&self.stages, &self.reasons, &self.products].map(|numbered| &numbered.words);
        let words = words.map(|words| words.iter().map(AsRef::as_ref).collect::<Vec<&str>>());
        let homes: Vec<(&Id, &[DealFact])> = self.homes.iter().map(|(home, facts)| (home, facts.as_ref())).collect();
        let pieces = homes.chunks(PIECE).map(|piece| derived::write(VERSION, &piece));
        std::iter::once(derived::write(VERSION, &words)).chain(pieces).collect()
    }

    /// What was packed; `None` where a piece cannot be read.
    pub fn unpack(pieces: &[&[u8]]) -> Option<Deals> {
        let (words, pieces) = pieces.split_first()?;
        let [stages, reasons, products] = derived::read::<[Vec<&str>; 3]>(VERSION, words)?.map(Numbered::of);
        let (front, back) = pieces.split_at(pieces.len() / 2);
        let homes: BTreeMap<Id, Arc<[DealFact]>> = thread::scope(|scope| {
            let behind = thread::Builder::new().spawn_scoped(scope, || read(back)).ok()?;
            let mut homes = read(front)?;
            homes.extend(behind.join().ok()??);
            Some(homes.into_iter().collect())
        })?;
        let count = homes.values().map(|facts| facts.len()).sum();
        Some(Deals { homes, stages, reasons, products, count })
    }
}

impl Numbered {
    fn of(words: Vec<&str>) -> Numbered {
        let mut numbered = Numbered::default();
        for word in words {
            numbered.keep(word);
        }
        numbered
    }
}

fn read(pieces: &[&[u8]]) -> Option<Vec<(Id, Arc<[DealFact]>)>> {
    let mut homes = Vec::with_capacity(pieces.len() * PIECE);
    for piece in pieces {
        let read: Vec<(Id, Vec<DealFact>)> = derived::read(VERSION, piece)?;
        homes.extend(read.into_iter().map(|(home, facts)| (home, facts.into())));
    }
    Some(homes)
}

#[cfg(test)]
mod tests {
    use super::VERSION;
    use crate::analysis::funnel::fact::{DealFact, Step};
    use crate::book::deals::Deals;
    use crate::book::standards::Standards;
    use crate::domain::change::Change;
    use crate::domain::deal::{Deal, StageMove};
    use crate::domain::id::Id;
    use crate::domain::record::Record;
    use crate::domain::time::{Day, Moment};
    use crate::store::codec::derived;
    use crate::store::dossier::Dossier;

    fn deals() -> Deals {
        let mut deals = Deals::new(&Standards::shipped());
        for number in 1..=9 {
            let home = Id::from_bytes([number; 16]);
            let at = Some(Moment::start_of(Day::from_number(20_000 + i32::from(number)), 480));
            let moves = vec![StageMove { stage: "试用".into(), at, by: String::new(), ..StageMove::default() }];
            let deal = Deal {
                id: Id::from_bytes([number + 100; 16]),
                customer: Some(home),
                title: format!("年度框架 {number}"),
                stage: "won".into(),
                moves,
                products: vec!["泵".into()],
                lost_reason: "price".into(),
                ..Deal::default()
            };
            let mut dossier = Dossier::empty(home);
            dossier.apply(&Change::Born(Record::from(deal)));
            deals.take(&dossier);
        }
        deals
    }

    fn unpacked(pieces: &[Vec<u8>]) -> Option<Deals> {
        Deals::unpack(&pieces.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_packed_comes_out_again_with_its_words() {
        let deals = deals();
        let again = unpacked(&deals.pack().unwrap()).unwrap();
        assert!(again.iter().eq(deals.iter()) && again.len() == 9);
        let first = again.iter().next().unwrap();
        assert_eq!((again.stage(first.stage), again.product(first.products[0])), ("won", "泵"));
        assert_eq!(again.stage_number("试用"), deals.stage_number("试用"));
    }

    #[test]
    fn a_piece_cut_short_or_of_another_version_is_no_deal() {
        let pieces = deals().pack().unwrap();
        let cut: Vec<Vec<u8>> = pieces.iter().map(|piece| piece[..piece.len() - 1].to_vec()).collect();
        assert!(unpacked(&cut).is_none());
        let other: Vec<Vec<u8>> = pieces.iter().map(|piece| [&[VERSION + 1], &piece[1..]].concat()).collect();
        assert!(unpacked(&other).is_none() && unpacked(&[]).is_none());
    }

    /// A file of the same version is read field by field in their order, so that one more or less is read as another.
    #[test]
    fn the_layout_is_that_of_the_version() {
        let fact = DealFact {
            id: Id::from_bytes([1; 16]),
            home: Id::from_bytes([2; 16]),
            customer: None,
            owner: None,
            title: "t".into(),
            stage: 3,
            steps: [Step { stage: 4, day: Some(Day::from_number(5)) }].into(),
            disordered: true,
            amount: None,
            opened: Some(Day::from_number(6)),
            closed: None,
            expected: None,
            parked_until: None,
            probability: None,
            reason: Some(7),
            products: [8].into(),
            contacts: ["c".into()].into(),
            first_contact: None,
            last_contact: Some(Day::from_number(9)),
        };
        let bytes = derived::write(VERSION, &fact).unwrap();
        let body: Vec<u8> =
            [vec![1; 16], vec![2; 16], vec![0, 0, 1, b't', 3, 1, 4, 1, 10, 1, 0, 1, 12, 0, 0, 0, 0, 1, 7]].concat();
        assert_eq!(bytes, [vec![1], body, vec![1, 8, 1, 1, b'c', 0, 1, 18]].concat());
    }
}
