//! Names for records that two machines can make without asking each other.

use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};
use uuid::Uuid;

/// A record's name for ever: a UUIDv7. Never sort records by it: an imported order is older than its id.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Id([u8; 16]);

impl Id {
    /// The book itself: home of its lists, stages and people.
    pub const BOOK: Id = Id([0; 16]);

    /// The id made of these bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Id {
        Id(bytes)
    }

    /// The id that `name` has in every book, made from it alone (FNV-1a, 128 bits).
    pub fn of_name(name: &str) -> Id {
        let hash = name.bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, |hash, byte| {
            (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
        });
        Id(uuid::Builder::from_custom_bytes(hash.to_be_bytes()).into_uuid().into_bytes())
    }

    /// The id's bytes.
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The id written as a UUID, if `text` is one.
    pub fn parse(text: &str) -> Option<Id> {
        Uuid::try_parse(text).ok().map(|uuid| Id(uuid.into_bytes()))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Uuid::from_bytes(self.0).hyphenated())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Something by id, where very many are looked up.
pub type IdMap<T> = HashMap<Id, T, BuildHasherDefault<Scatter>>;

/// Scatters ids by their own bytes: most of these are random already, and nobody but this program makes them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scatter(u64);

impl Hasher for Scatter {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let number = part.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
            self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }

    /// All ids are of one length.
    fn write_usize(&mut self, _length: usize) {}

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

/// Makes ids: UUIDv7 of a given moment, with a counter and random bits from a seed, so that a seeded source repeats itself.
#[derive(Clone, Debug)]
pub struct IdSource {
    state: u64,
    last_millis: u64,
    counter: u16,
}

impl IdSource {
    /// A source whose ids depend on `seed` alone.
    pub const fn seeded(seed: u64) -> IdSource {
        IdSource { state: seed, last_millis: 0, counter: 0 }
    }

    /// The next id, made at `now`.
    pub fn next(&mut self, now: Moment) -> Id {
        let millis = u64::try_from(now.seconds()).unwrap_or(0).saturating_mul(1000);
        if millis > self.last_millis {
            self.last_millis = millis;
            self.counter = 0;
        } else {
            self.counter = (self.counter + 1) % 0x1000;
            if self.counter == 0 {
                self.last_millis += 1;
            }
        }
        let mut random = [0; 10];
        let (head, tail) = random.split_at_mut(2);
        head.copy_from_slice(&self.counter.to_be_bytes());
        tail.copy_from_slice(&self.random().to_be_bytes());
        Id(uuid::Builder::from_unix_timestamp_millis(self.last_millis, &random).into_uuid().into_bytes())
    }

    /// SplitMix64 (Steele, Lea, Flood 2014): spread enough for names, and small.
    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::{Id, IdSource};
    use crate::domain::time::Moment;
    use std::collections::HashSet;

    #[test]
    fn a_seeded_source_repeats_itself_and_never_gives_the_same_id_twice() {
        let now = Moment::from_parts(1_700_000_000, 480);
        let ids = |seed| {
            let mut source = IdSource::seeded(seed);
            (0..10_000).map(|_| source.next(now)).collect::<Vec<Id>>()
        };
        assert_eq!(ids(1), ids(1));
        assert_ne!(ids(1), ids(2));
        assert_eq!(ids(1).into_iter().collect::<HashSet<_>>().len(), 10_000);
    }

    #[test]
    fn an_id_is_read_back_from_its_text() {
        let id = IdSource::seeded(7).next(Moment::from_parts(1_700_000_000, 0));
        assert_eq!(Id::parse(&id.to_string()), Some(id));
        assert_eq!(Id::parse("C2023001"), None);
    }
}
