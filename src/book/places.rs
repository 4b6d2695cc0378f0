//! Where each customer's row is: a table of ids with a quick hash, for it is filled anew whenever a book is opened.

use crate::domain::id::Id;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A row's place in the book; it keeps it for as long as the customer is there.
pub type Slot = u32;

/// The place of every customer.
pub(super) type Places = HashMap<Id, Slot, BuildHasherDefault<IdHasher>>;

/// Ids are random for the most part, so that little is to be done to spread them.
#[derive(Default)]
pub(super) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        for eight in bytes.chunks(8) {
            let mut word = [0; 8];
            word.iter_mut().zip(eight).for_each(|(kept, byte)| *kept = *byte);
            // The multiplier is the golden ratio's; the fold brings the upper bits, where it mixes best, down to the lower.
            let mixed = u128::from(self.0 ^ u64::from_le_bytes(word)) * 0x9e37_79b9_7f4a_7c15;
            self.0 = (mixed >> 64) as u64 ^ mixed as u64;
        }
    }

    fn write_usize(&mut self, _length: usize) {
        // All ids are of one length.
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::IdHasher;
    use crate::domain::id::IdSource;
    use crate::domain::time::Moment;
    use std::collections::HashSet;
    use std::hash::{Hash, Hasher};

    #[test]
    fn ids_given_out_one_behind_the_other_are_spread() {
        let mut source = IdSource::seeded(7);
        let hash = |_| {
            let mut hasher = IdHasher::default();
            source.next(Moment::default()).hash(&mut hasher);
            hasher.finish()
        };
        let hashes: Vec<u64> = (0..4_096).map(hash).collect();
        let ends: HashSet<u64> = hashes.iter().map(|hash| hash % 4_096).collect();
        let tops: HashSet<u64> = hashes.iter().map(|hash| hash >> 57).collect();
        // As many as a fair draw leaves unlike each other: 63 of 100.
        assert!(ends.len() > 2_400 && tops.len() == 128, "{} {}", ends.len(), tops.len());
    }
}
