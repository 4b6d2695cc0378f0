//! Money in whole cents of the book's one currency.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// An amount in whole cents. Sums saturate, so that no figure can wrap around.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(0);

    /// An amount of so many cents.
    pub const fn from_cents(cents: i64) -> Money {
        Money(cents)
    }

    /// An amount of so many whole units (元, dollars).
    pub const fn from_units(units: i64) -> Money {
        Money(units.saturating_mul(100))
    }

    /// The amount in cents.
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// Whether the amount is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The amount divided into `parts`, rounded half away from zero; `None` for no parts.
    pub fn divided_by(self, parts: u64) -> Option<Money> {
        let parts = i128::from(parts);
        (parts > 0).then(|| Money::from_wide(round_div(i128::from(self.0), parts)))
    }

    /// The amount × `numerator` ÷ `denominator`, rounded half away from zero once; `None` when the denominator is not above 0.
    pub fn scaled(self, numerator: i64, denominator: i64) -> Option<Money> {
        (denominator > 0)
            .then(|| Money::from_wide(round_div(i128::from(self.0) * i128::from(numerator), i128::from(denominator))))
    }

    /// An amount of so many cents, held within what can be stored.
    pub fn from_wide(cents: i128) -> Money {
        Money(cents.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64)
    }
}

/// `value` ÷ `by` (above 0), rounded half away from zero.
pub fn round_div(value: i128, by: i128) -> i128 {
    let half = by / 2;
    if value >= 0 { (value + half) / by } else { (value - half) / by }
}

impl fmt::Display for Money {
    /// Plain, with two decimals: `1234.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", cents / 100, cents % 100)
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        *self = *self + other;
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0.saturating_sub(other.0))
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Money) {
        *self = *self - other;
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(self.0.saturating_neg())
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

/// An amount in ten-thousandths of a unit: price × quantity × (1 − discount) of one order line, before the order's sum
/// is rounded to a cent once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Exact(i64);

impl Exact {
    /// So many ten-thousandths of a unit.
    pub const fn from_parts(parts: i64) -> Exact {
        Exact(parts)
    }

    /// Ten-thousandths of a unit.
    pub const fn parts(self) -> i64 {
        self.0
    }

    /// The exact sum of `amounts`, rounded half away from zero to a cent.
    pub fn total(amounts: impl Iterator<Item = Exact>) -> Money {
        let parts: i128 = amounts.map(|amount| i128::from(amount.0)).sum();
        Money::from_wide(round_div(parts, 100))
    }
}

impl From<Money> for Exact {
    fn from(money: Money) -> Exact {
        Exact(money.0.saturating_mul(100))
    }
}

#[cfg(test)]
mod tests {
    use super::{Exact, Money};

    #[test]
    fn an_order_is_rounded_once_and_not_line_by_line() {
        let lines = [Exact::from_parts(3_793_125), Exact::from_parts(40)];
        assert_eq!(Exact::total(lines.into_iter()), Money::from_cents(37_932));
        let halves = [Exact::from_parts(50), Exact::from_parts(50)];
        assert_eq!(Exact::total(halves.into_iter()), Money::from_cents(1));
    }

    #[test]
    fn an_amount_is_written_with_two_decimals() {
        assert_eq!(Money::from_cents(123_450).to_string(), "1234.50");
        assert_eq!(Money::from_cents(-5).to_string(), "-0.05");
    }

    #[test]
    fn a_division_rounds_half_away_from_zero_and_never_by_nothing() {
        assert_eq!(Money::from_cents(5).divided_by(2), Some(Money::from_cents(3)));
        assert_eq!(Money::from_cents(-5).divided_by(2), Some(Money::from_cents(-3)));
        assert_eq!(Money::from_cents(5).divided_by(0), None);
    }

    #[test]
    fn a_sum_beyond_all_bounds_stays_at_the_bound() {
        let most = Money::from_cents(i64::MAX);
        assert_eq!(most + most, most);
    }
}
