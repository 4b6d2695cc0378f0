//! Moves as they are kept: the tiers by name, then one line a customer.

use crate::analysis::rfm::Scores;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::tiers::{Segment, TierMoves};

/// One customer's move. Tiers are places in the list of names kept beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Who.
    pub customer: Id,
    /// The tier it had.
    pub before: Option<u8>,
    /// The tier it has now.
    pub after: Option<u8>,
    /// The segment it has now.
    pub segment: Option<Segment>,
    /// Its scores.
    pub scores: Scores,
    /// Days since its last purchase.
    pub days: Option<i32>,
    /// Orders in the window.
    pub orders: u32,
    /// Revenue in the window.
    pub revenue: Money,
}

/// Customers in one record, so that none grows too long for the store.
pub const MOST: usize = 100_000;

/// Writes moves as records.
pub fn write_moves(names: &[String], moves: &[Moved]) -> Vec<TierMoves> {
    let write = |moves: &[Moved]| {
        let mut figures = String::with_capacity(moves.len() * 24 + 64);
        figures.push_str(&names.join("\t"));
        for moved in moves {
            figures.push('\n');
            line(moved, &mut figures);
        }
        let customers = moves.iter().map(|moved| moved.customer).collect();
        TierMoves { customers, figures, ..TierMoves::default() }
    };
    moves.chunks(MOST).map(write).collect()
}

fn line(moved: &Moved, into: &mut String) {
    let Scores { r, f, m } = moved.scores;
    let tier = |tier: Option<u8>| tier.map_or(-1, i64::from);
    let all = [
        tier(moved.before),
        tier(moved.after),
        moved.segment.map_or(0, |segment| i64::from(u8::from(segment))),
        i64::from(r) * 100 + i64::from(f) * 10 + i64::from(m),
        moved.days.map_or(-1, i64::from),
        i64::from(moved.orders),
        moved.revenue.cents(),
    ];
    for (place, number) in all.into_iter().enumerate() {
        if place > 0 {
            into.push(' ');
        }
        push_number(number, into);
    }
}

/// Seven hundred thousand numbers are written at once, so not by the formatter.
fn push_number(number: i64, into: &mut String) {
    if number < 0 {
        into.push('-');
    }
    let mut rest = number.unsigned_abs();
    let mut digits = [0_u8; 20];
    let mut count = 0;
    for digit in &mut digits {
        *digit = (rest % 10) as u8;
        rest /= 10;
        count += 1;
        if rest == 0 {
            break;
        }
    }
    digits.iter().take(count).rev().for_each(|digit| into.push(char::from(b'0' + digit)));
}

/// The names of tiers, and the moves of a record; a line that cannot be read is a move to no tier known.
pub fn moves_in(moves: &TierMoves) -> (Vec<&str>, impl Iterator<Item = Moved> + '_) {
    let mut lines = moves.figures.split('\n');
    let names = lines.next().unwrap_or_default().split('\t').collect();
    (names, moves.customers.iter().zip(lines).map(|(customer, line)| read(*customer, line)))
}

fn read(customer: Id, line: &str) -> Moved {
    let [before, after, segment, scores, days, orders, cents] = numbers(line);
    let tier = |number: i64| u8::try_from(number).ok();
    let scores = u16::try_from(scores).unwrap_or(0);
    Moved {
        customer,
        before: tier(before),
        after: tier(after),
        segment: u8::try_from(segment).ok().and_then(|number| Segment::try_from(number).ok()),
        scores: Scores { r: (scores / 100) as u8, f: (scores / 10 % 10) as u8, m: (scores % 10) as u8 },
        days: i32::try_from(days).ok().filter(|days| *days >= 0),
        orders: u32::try_from(orders).unwrap_or(0),
        revenue: Money::from_cents(cents),
    }
}

/// The numbers of a line; what is missing is −1, so that half a line names no tier.
fn numbers(line: &str) -> [i64; 7] {
    let mut numbers = [-1_i64; 7];
    for (number, word) in numbers.iter_mut().zip(line.as_bytes().split(|byte| *byte == b' ')) {
        let (negative, digits) = word.strip_prefix(b"-").map_or((false, word), |digits| (true, digits));
        let whole = digits
            .iter()
            .fold(0_i64, |whole, digit| whole.wrapping_mul(10).wrapping_add(i64::from(digit.wrapping_sub(b'0'))));
        *number = if negative { whole.wrapping_neg() } else { whole };
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::{Moved, moves_in, write_moves};
    use crate::analysis::rfm::Scores;
    use crate::domain::id::Id;
    use crate::domain::money::Money;
    use crate::domain::tiers::Segment;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn moves_written_and_read_again_are_the_same(
            all in prop::collection::vec(
                (any::<[u8; 16]>(), any::<Option<u8>>(), any::<Option<u8>>(), 0..9_u8, (1..6_u8, 1..6_u8, 1..6_u8),
                    prop::option::of(0..i32::MAX), any::<u32>(), any::<i64>()),
                0..20,
            )
        ) {
            let moves: Vec<Moved> = all
                .into_iter()
                .map(|(id, before, after, segment, (r, f, m), days, orders, cents)| Moved {
                    customer: Id::from_bytes(id),
                    before,
                    after,
                    segment: Segment::try_from(segment).ok(),
                    scores: Scores { r, f, m },
                    days,
                    orders,
                    revenue: Money::from_cents(cents),
                })
                .collect();
            let names = ["高".to_owned(), "own name".to_owned()];
            let records = write_moves(&names, &moves);
            let read: Vec<Moved> = records.iter().flat_map(|record| moves_in(record).1).collect();
            prop_assert_eq!(read, moves);
            prop_assert!(records.iter().all(|record| moves_in(record).0 == ["高", "own name"]));
        }
    }
}
