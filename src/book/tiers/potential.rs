//! How much more a customer may come to: growth, products not bought yet, recommendation and open deals, each weighed.

use crate::analysis::value;
use crate::book::products::Assortment;
use crate::book::row::Row;
use crate::domain::measure::{Rate, Score};
use crate::domain::money::Money;
use crate::domain::tiers::PotentialWeights;
use crate::domain::time::Day;
use crate::query::field::Column;
use crate::text::figures::percent;
use crate::text::{Language, Words, words};

/// The parts of the potential, as they are weighed.
pub const PARTS: [Words; 4] = [
    words("growth", "近半年增长"),
    words("products not bought yet", "未购品类"),
    words("recommends us", "推荐意愿"),
    words("open deals", "在谈商机"),
];

/// What a customer brought in a year, and its potential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Potential {
    /// Revenue of twelve months.
    pub revenue: Money,
    /// The parts, each from nothing to all; nothing where it is not known.
    pub parts: [Option<Rate>; 4],
    /// The firm's own number stands for it.
    pub is_own: bool,
    /// From 0 to 100; nothing where nothing is known that weighs.
    pub score: Option<Score>,
}

impl Potential {
    /// The potential of a customer: the firm's own number, else the weighted mean of what is known. Growth is the share of
    /// the last half-year in the year; of products, the share of what similar customers buy and this one does not; of deals
    /// those open against the year's revenue.
    pub fn of(row: &Row, assortment: Option<&Assortment<'_>>, weights: &PotentialWeights, as_of: Day) -> Potential {
        let (year, half) = (as_of.plus_months(-12), as_of.plus_months(-6));
        let of = |from: Day, to: Day| -> Money {
            let inside = row.facts().iter().filter(|fact| !fact.returned && fact.day > from && fact.day <= to);
            inside.map(|fact| fact.amount.max(Money::ZERO)).sum()
        };
        let (early, late) = (of(year, half), of(half, as_of));
        let revenue = early + late;
        let heard = row.heard();
        let heard = heard.as_ref();
        let share = |part: Money| value::share(part, revenue).map(|rate| rate.min(ALL));
        let deals = heard.map(|heard| heard.open_deals).filter(|deals| *deals > Money::ZERO);
        let recommends = heard.and_then(|heard| heard.recommends);
        let parts = [
            share(late),
            assortment.and_then(|assortment| assortment.lacking(row)),
            recommends.map(|points| Rate::from_basis_points(i32::from(points.min(10)) * 1_000)),
            deals.map(|deals| share(deals).unwrap_or(ALL)),
        ];
        let own = row.values().score(Column::Potential);
        Potential { revenue, parts, is_own: own.is_some(), score: own.or_else(|| mean(&parts, weights)) }
    }

    /// The potential with what it comes of; nothing where it is not known.
    pub fn say(&self, language: Language) -> Option<String> {
        let score = format!("{:.0}", self.score?.as_number());
        let known = PARTS.iter().zip(self.parts).filter_map(|(part, rate)| Some((part, rate?)));
        let parts: Vec<String> =
            known.map(|(part, rate)| format!("{} {}", part.say(language), percent(rate))).collect();
        let of = match (self.is_own, parts.is_empty(), language) {
            (true, _, Language::En) => " (set by hand)".to_owned(),
            (true, _, Language::Zh) => "（手动填写）".to_owned(),
            (false, true, _) => String::new(),
            (false, false, Language::En) => format!(": {}", parts.join(" · ")),
            (false, false, Language::Zh) => format!("：{}", parts.join(" · ")),
        };
        Some(format!("{} {score}{of}", words("potential", "潜力").say(language)))
    }
}

const ALL: Rate = Rate::from_basis_points(10_000);

/// The weighted mean of what is known, from 0 to 100.
fn mean(parts: &[Option<Rate>; 4], weights: &PotentialWeights) -> Option<Score> {
    let known = || parts.iter().zip(weights.all()).filter_map(|(part, weight)| Some(((*part)?, i64::from(weight))));
    let whole: i64 = known().map(|(_, weight)| weight).sum();
    let sum: i64 = known().map(|(part, weight)| i64::from(part.basis_points()) * weight).sum();
    (whole > 0).then(|| Score::from_hundredths((sum / whole) as i32))
}

#[cfg(test)]
mod tests {
    use super::mean;
    use crate::domain::measure::{Rate, Score};
    use crate::domain::tiers::PotentialWeights;

    fn rates(parts: [Option<i32>; 4]) -> [Option<Rate>; 4] {
        parts.map(|part| part.map(|percent| Rate::from_basis_points(percent * 100)))
    }

    #[test]
    fn the_potential_is_the_weighted_mean_of_what_is_known() {
        let equal = PotentialWeights::shipped();
        let of = |parts, weights: &PotentialWeights| mean(&rates(parts), weights).map(Score::hundredths);
        assert_eq!(of([Some(40), Some(80), None, None], &equal), Some(6_000));
        assert_eq!(of([Some(40), Some(80), Some(90), Some(30)], &equal), Some(6_000));
        let products = PotentialWeights { products: Some(3), deals: None, ..equal.clone() };
        assert_eq!(of([Some(40), Some(80), None, Some(0)], &products), Some(7_000));
        assert_eq!(of([None, None, None, Some(50)], &products), None);
        assert_eq!(of([None; 4], &equal), None);
    }
}
