//! Rates and scores as whole numbers, so that they compare and store exactly.

use serde::{Deserialize, Serialize};

/// A share of the whole, in hundredths of a per cent: 50 % is 5,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Rate(i32);

impl Rate {
    /// So many hundredths of a per cent.
    pub const fn from_basis_points(points: i32) -> Rate {
        Rate(points)
    }

    /// `part` ÷ `whole`; `None` for no whole.
    pub fn of(part: u64, whole: u64) -> Option<Rate> {
        (whole > 0).then(|| {
            let points = (u128::from(part) * 10_000 + u128::from(whole) / 2) / u128::from(whole);
            Rate(points.min(i32::MAX as u128) as i32)
        })
    }

    /// Hundredths of a per cent.
    pub const fn basis_points(self) -> i32 {
        self.0
    }

    /// As a number where 1 is the whole.
    pub fn as_number(self) -> f64 {
        f64::from(self.0) / 10_000.0
    }
}

/// A score with two decimals, such as satisfaction 1–5 or a potential 0–100.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Score(i32);

impl Score {
    /// So many hundredths of a point.
    pub const fn from_hundredths(hundredths: i32) -> Score {
        Score(hundredths)
    }

    /// Hundredths of a point.
    pub const fn hundredths(self) -> i32 {
        self.0
    }

    /// In points.
    pub fn as_number(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}
