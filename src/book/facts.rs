//! The orders of one customer packed into a few bytes each, so that a million stay in memory.

use crate::analysis::purchases::OrderFact;
use crate::domain::money::Money;
use crate::domain::time::Day;

/// Order facts, packed: day since the one before, amount, what is known besides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts<'a>(&'a [u8]);

/// The order was sent back.
const RETURNED: u64 = 1;
/// Its profit is known and follows.
const PROFIT: u64 = 2;

impl<'a> Facts<'a> {
    /// The bytes of facts packed, oldest first.
    pub fn pack(mut facts: Vec<OrderFact>) -> Vec<u8> {
        facts.sort_by_key(|fact| (fact.day, fact.amount, fact.profit, fact.returned));
        let mut bytes = Vec::with_capacity(facts.len() * 8);
        let mut before = 0;
        for fact in facts {
            let flags = u64::from(fact.returned) * RETURNED + u64::from(fact.profit.is_some()) * PROFIT;
            write(&mut bytes, zigzag(i64::from(fact.day.number()) - before) << 2 | flags);
            write(&mut bytes, zigzag(fact.amount.cents()));
            if let Some(profit) = fact.profit {
                write(&mut bytes, zigzag(profit.cents()));
            }
            before = i64::from(fact.day.number());
        }
        bytes
    }

    /// The packed bytes, for the store.
    pub const fn bytes(self) -> &'a [u8] {
        self.0
    }

    /// Facts from their packed bytes.
    pub const fn of(bytes: &'a [u8]) -> Facts<'a> {
        Facts(bytes)
    }

    /// The facts, oldest first.
    pub fn iter(self) -> impl Iterator<Item = OrderFact> + 'a {
        let mut rest = self.0.iter();
        let mut day = 0_i64;
        std::iter::from_fn(move || {
            let head = read(&mut rest)?;
            day += unzigzag(head >> 2);
            let amount = Money::from_cents(unzigzag(read(&mut rest)?));
            let profit = match head & PROFIT {
                0 => None,
                _ => Some(Money::from_cents(unzigzag(read(&mut rest)?))),
            };
            let day = Day::from_number(i32::try_from(day).ok()?);
            Some(OrderFact { day, amount, profit, returned: head & RETURNED != 0 })
        })
    }
}

const fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

const fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// Seven bits a byte, the lowest first.
fn write(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn read(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.next()?;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Facts;
    use crate::analysis::purchases::OrderFact;
    use crate::domain::money::Money;
    use crate::domain::time::Day;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_out_again_by_day(
            orders in prop::collection::vec((-40_000..40_000_i32, any::<i64>(), any::<Option<i64>>(), any::<bool>()), 0..20)
        ) {
            let mut facts: Vec<OrderFact> = orders
                .into_iter()
                .map(|(day, amount, profit, returned)| OrderFact {
                    day: Day::from_number(day),
                    amount: Money::from_cents(amount),
                    profit: profit.map(Money::from_cents),
                    returned,
                })
                .collect();
            let packed = Facts::pack(facts.clone());
            facts.sort_by_key(|fact| (fact.day, fact.amount, fact.profit, fact.returned));
            prop_assert_eq!(Facts::of(&packed).iter().collect::<Vec<_>>(), facts);
        }

        #[test]
        fn damaged_bytes_end_the_facts_and_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = Facts::of(&bytes).iter().count();
        }
    }
}
