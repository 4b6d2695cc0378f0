//! How days are spread: how many, their mean, their median and the day by which nine of ten are over.

/// The spread of so many days.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// How many there are.
    pub count: usize,
    /// Their sum ÷ their number.
    pub mean: f64,
    /// The middle one, or the mean of the two in the middle.
    pub median: f64,
    /// The 90th percentile, interpolated linearly.
    pub p90: f64,
}

impl Spread {
    /// The spread of `days`, which are put in order; none where there are none.
    pub fn of(days: &mut [i32]) -> Option<Spread> {
        if days.is_empty() {
            return None;
        }
        days.sort_unstable();
        let sum: i64 = days.iter().map(|day| i64::from(*day)).sum();
        Some(Spread {
            count: days.len(),
            mean: sum as f64 / days.len() as f64,
            median: quantile(days, 0.5),
            p90: quantile(days, 0.9),
        })
    }
}

/// The quantile of days in order, interpolated linearly between the two nearest.
fn quantile(days: &[i32], share: f64) -> f64 {
    let place = share * (days.len() - 1) as f64;
    let at = |place: f64| days.get(place as usize).copied().map_or(0.0, f64::from);
    let (below, above) = (at(place.floor()), at(place.ceil()));
    below + (above - below) * (place - place.floor())
}

/// `part` ÷ `whole`; none for no whole.
pub fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::Spread;

    #[test]
    fn the_middle_of_an_even_number_lies_between_the_two() {
        let spread = Spread::of(&mut [10, 1, 3, 2]).unwrap();
        assert_eq!((spread.count, spread.median, spread.mean), (4, 2.5, 4.0));
    }

    #[test]
    fn one_day_is_its_own_mean_median_and_percentile() {
        assert_eq!(Spread::of(&mut [7]), Some(Spread { count: 1, mean: 7.0, median: 7.0, p90: 7.0 }));
    }

    #[test]
    fn no_days_have_no_spread() {
        assert_eq!(Spread::of(&mut []), None);
    }
}
