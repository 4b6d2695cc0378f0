//! What was said last with each customer.

use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::store::codec::derived;
use crate::store::dossier::Dossier;
use std::collections::BTreeMap;

/// The version of the packed words.
const VERSION: u8 = 1;
/// Customers in one piece.
const PIECE: usize = 1_000;

/// The words of the latest follow-up with each customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LastWords(BTreeMap<Id, Box<str>>);

impl LastWords {
    /// The words of a dossier in the place of those that were there.
    pub fn take(&mut self, dossier: &Dossier) {
        let LastWords(said) = self;
        let talks = if dossier.count(Kind::FollowUp) == 0 { Vec::new() } else { dossier.follow_ups() };
        match talks.into_iter().max_by_key(|talk| talk.at).filter(|talk| !talk.text.is_empty()) {
            Some(talk) => said.insert(dossier.home(), talk.text.into()),
            None => said.remove(&dossier.home()),
        };
    }

    /// What was said last with a customer; nothing where nobody has spoken with it, or not a word was written down.
    pub fn with(&self, customer: Id) -> &str {
        self.0.get(&customer).map_or("", |said| said)
    }

    /// All of it in pieces; `None` when one is too long.
    pub fn pack(&self) -> Option<Vec<Vec<u8>>> {
        let said: Vec<(&Id, &str)> = self.0.iter().map(|(customer, said)| (customer, said.as_ref())).collect();
        said.chunks(PIECE).map(|piece| derived::write(VERSION, &piece)).collect()
    }

    /// What was packed; `None` where a piece cannot be read.
    pub fn unpack(pieces: &[&[u8]]) -> Option<LastWords> {
        let mut said: Vec<(Id, Box<str>)> = Vec::with_capacity(pieces.len() * PIECE);
        for piece in pieces {
            said.extend(derived::read::<Vec<(Id, Box<str>)>>(VERSION, piece)?);
        }
        Some(LastWords(said.into_iter().collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::LastWords;
    use crate::domain::change::Change;
    use crate::domain::follow_up::FollowUp;
    use crate::domain::id::Id;
    use crate::domain::record::Record;
    use crate::domain::time::{Day, Moment};
    use crate::store::dossier::Dossier;

    const CUSTOMER: Id = Id::from_bytes([7; 16]);

    fn dossier(said: &[(i32, &str)]) -> Dossier {
        let mut dossier = Dossier::empty(CUSTOMER);
        for (number, (day, text)) in (1..).zip(said) {
            let talk = FollowUp {
                id: Id::from_bytes([number; 16]),
                customer: Some(CUSTOMER),
                at: Moment::start_of(Day::from_number(*day), 480),
                text: (*text).to_owned(),
                ..FollowUp::default()
            };
            dossier.apply(&Change::Born(Record::from(talk)));
        }
        dossier
    }

    #[test]
    fn the_latest_words_are_kept_and_come_out_of_their_pieces_again() {
        let mut words = LastWords::default();
        words.take(&dossier(&[(2, "发合同"), (9, "等采购回复"), (4, "报价")]));
        let pieces = words.pack().unwrap();
        let again = LastWords::unpack(&pieces.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap();
        assert_eq!((again.with(CUSTOMER), again.with(Id::BOOK)), ("等采购回复", ""));
    }

    #[test]
    fn a_latest_talk_without_words_leaves_none_of_those_before() {
        let mut words = LastWords::default();
        words.take(&dossier(&[(2, "发合同")]));
        words.take(&dossier(&[(2, "发合同"), (3, "")]));
        assert_eq!(words, LastWords::default());
    }
}
