//! A way of grading: method, window, weights, cuts, names, edges and rules, and how it is written down.

use crate::analysis::rfm::{Edges, Scores, Span};
use crate::domain::choice::CustomerKind;
use crate::domain::measure::Score;
use crate::domain::money::Money;
use crate::domain::tiers::{Method, Scheme, Segment, TierRun};
use crate::domain::time::Day;

/// What each score weighs in the value of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    /// Recency.
    pub r: u32,
    /// Frequency.
    pub f: u32,
    /// Revenue.
    pub m: u32,
    /// Size of the firm, where it is known.
    pub size: u32,
    /// Satisfaction, where it was asked.
    pub satisfaction: u32,
}

impl Weights {
    /// Each of the three as much as the others.
    pub const EQUAL: Weights = Weights { r: 1, f: 1, m: 1, size: 0, satisfaction: 0 };
    /// Firms: size weighs (S0 ToB).
    pub const BUSINESS: Weights = Weights { r: 25, f: 20, m: 30, size: 25, satisfaction: 0 };
    /// Persons: frequency and satisfaction weigh (S0 ToC).
    pub const CONSUMER: Weights = Weights { r: 20, f: 35, m: 20, size: 0, satisfaction: 25 };
}

/// When a score counts as high.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum High {
    /// From this score up.
    Score(u8),
    /// Better than the mean of all who bought.
    Mean,
    /// Better than the median of all who bought.
    Median,
}

/// From which day a scheme looks back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AsOf {
    /// The day it is used.
    #[default]
    Today,
    /// The last day of the month before.
    MonthEnd,
    /// The last day of the quarter before.
    QuarterEnd,
}

impl AsOf {
    /// All of them.
    pub const ALL: [AsOf; 3] = [AsOf::Today, AsOf::MonthEnd, AsOf::QuarterEnd];

    /// The day, when it is used today.
    pub fn day(self, today: Day) -> Day {
        let month = today.month();
        let quarter = month.plus(-((month.number() as i32 - 1) % 3));
        match self {
            AsOf::Today => today,
            AsOf::MonthEnd => month.first_day().plus(-1),
            AsOf::QuarterEnd => quarter.first_day().plus(-1),
        }
    }

    /// Its name where it is kept.
    pub const fn key(self) -> &'static str {
        match self {
            AsOf::Today => "today",
            AsOf::MonthEnd => "month_end",
            AsOf::QuarterEnd => "quarter_end",
        }
    }
}

/// A rule of a rules scheme, written in the filter language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The tier it gives.
    pub tier: String,
    /// When it holds.
    pub when: String,
}

/// A way of grading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grading {
    /// Its name; empty for the program's own.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// How scores and tiers are made.
    pub method: Method,
    /// Months of the window; `None` for all years.
    pub months: Option<u32>,
    /// Weights of firms and authorities.
    pub weights: Weights,
    /// Weights of persons.
    pub consumer_weights: Weights,
    /// When a score is high.
    pub high: High,
    /// Tiers, the best first.
    pub tiers: Vec<String>,
    /// Between the tiers: the least value score of each but the last.
    pub cuts: Vec<Score>,
    /// Between the tiers of ABC: share in per cent before which a customer still belongs to each but the last.
    pub shares: Vec<u32>,
    /// Own edges.
    pub edges: Edges,
    /// Rules, the first that holds wins.
    pub rules: Vec<Rule>,
    /// From which day it looks back, unless another is said.
    pub as_of: AsOf,
}

/// The keys of the shipped tiers, the best first; any other name is the firm's own.
pub const LEVELS: [&str; 3] = ["high", "middle", "low"];
/// The keys of the tiers of ABC.
pub const SHARES: [&str; 3] = ["core", "potential", "tail"];

impl Default for Grading {
    fn default() -> Grading {
        Grading::of(Method::Quantile)
    }
}

impl Grading {
    /// The shipped way of grading by a method.
    pub fn of(method: Method) -> Grading {
        let names: &[&str] = if method == Method::Abc { &SHARES } else { &LEVELS };
        Grading {
            name: String::new(),
            version: 1,
            method,
            months: Some(12),
            weights: Weights::EQUAL,
            consumer_weights: Weights::EQUAL,
            high: High::Score(4),
            tiers: names.iter().map(|name| (*name).to_owned()).collect(),
            cuts: vec![Score::from_hundredths(367), Score::from_hundredths(233)],
            shares: vec![80, 95],
            edges: Edges::set(
                [30, 90, 180, 365],
                [1, 2, 5, 10],
                [10_000, 50_000, 100_000, 500_000].map(Money::from_units),
            ),
            rules: Vec::new(),
            as_of: AsOf::Today,
        }
    }

    /// Which orders count, seen from a day.
    pub fn span(&self, as_of: Day) -> Span {
        Span::months(self.months, as_of)
    }

    /// The weights for a kind of customer.
    pub fn weights_of(&self, kind: Option<CustomerKind>) -> Weights {
        if kind == Some(CustomerKind::Consumer) { self.consumer_weights } else { self.weights }
    }

    /// The tier (its place, the best is 0) of a weighted score.
    pub fn tier_of(&self, value: Score) -> u8 {
        self.cuts.iter().take_while(|cut| value < **cut).count().min(self.tiers.len().saturating_sub(1)) as u8
    }

    /// The scheme this is.
    pub fn to_scheme(&self) -> Scheme {
        Scheme {
            name: self.name.clone(),
            version: self.version,
            method: Some(self.method),
            months: self.months,
            settings: self.settings(),
            ..Scheme::default()
        }
    }

    /// The grading of a saved scheme.
    pub fn of_scheme(scheme: &Scheme) -> Grading {
        let mut grading = Grading::of(scheme.method.unwrap_or(Method::Quantile));
        (grading.name, grading.version, grading.months) = (scheme.name.clone(), scheme.version, scheme.months);
        grading.take(&scheme.settings);
        grading
    }

    /// The grading a recalculation was made by.
    pub fn of_run(run: &TierRun) -> Grading {
        let mut grading = Grading::of(run.method.unwrap_or(Method::Quantile));
        (grading.name, grading.version, grading.months) = (run.scheme.clone(), run.version, run.months);
        grading.take(&run.settings);
        grading
    }

    /// Weights, cuts, names, edges and rules by name, as they are kept.
    pub fn settings(&self) -> Vec<(String, String)> {
        let list = |values: &mut dyn Iterator<Item = String>| values.collect::<Vec<_>>().join(" ");
        let weights = |of: &Weights| format!("{} {} {} {} {}", of.r, of.f, of.m, of.size, of.satisfaction);
        let high = match self.high {
            High::Score(score) => score.to_string(),
            High::Mean => "mean".to_owned(),
            High::Median => "median".to_owned(),
        };
        let mut all = vec![
            ("weights", weights(&self.weights)),
            ("weights_consumer", weights(&self.consumer_weights)),
            ("high", high),
            ("tiers", self.tiers.join("\t")),
            ("cuts", list(&mut self.cuts.iter().map(|cut| cut.hundredths().to_string()))),
            ("shares", list(&mut self.shares.iter().map(u32::to_string))),
        ];
        if self.method == Method::Threshold {
            let fifths = |cuts: &[i64; 4]| list(&mut cuts.iter().map(i64::to_string));
            all.push(("edges_r", fifths(&self.edges.r)));
            all.push(("edges_f", fifths(&self.edges.of_orders(1))));
            all.push(("edges_m", fifths(&self.edges.of_revenue(1, 1))));
        }
        if self.as_of != AsOf::Today {
            all.push(("as_of", self.as_of.key().to_owned()));
        }
        let rules = self.rules.iter().map(|rule| ("rule", format!("{}\t{}", rule.tier, rule.when)));
        all.into_iter().chain(rules).map(|(name, text)| (name.to_owned(), text)).collect()
    }

    /// Takes over what is kept by name; what cannot be read is left as it was.
    fn take(&mut self, settings: &[(String, String)]) {
        for (name, text) in settings {
            let numbers = || text.split(' ').filter_map(|word| word.parse::<i64>().ok()).collect::<Vec<_>>();
            let four = || <[i64; 4]>::try_from(numbers()).ok();
            match name.as_str() {
                "weights" => self.weights = weights(&numbers()).unwrap_or(self.weights),
                "weights_consumer" => self.consumer_weights = weights(&numbers()).unwrap_or(self.consumer_weights),
                "high" => self.high = high(text),
                "tiers" => self.tiers = text.split('\t').map(str::to_owned).collect(),
                "cuts" => self.cuts = numbers().into_iter().map(|cut| Score::from_hundredths(cut as i32)).collect(),
                "shares" => self.shares = numbers().into_iter().map(|share| share.clamp(0, 100) as u32).collect(),
                "edges_r" => self.edges.r = four().unwrap_or(self.edges.r),
                "edges_f" => self.edges.f = four().map_or(std::mem::take(&mut self.edges.f), |cuts| vec![cuts]),
                "edges_m" => self.edges.m = four().map_or(std::mem::take(&mut self.edges.m), |cuts| vec![cuts]),
                "as_of" => self.as_of = AsOf::ALL.into_iter().find(|as_of| as_of.key() == text).unwrap_or_default(),
                "rule" => {
                    if let Some((tier, when)) = text.split_once('\t') {
                        self.rules.push(Rule { tier: tier.to_owned(), when: when.to_owned() });
                    }
                }
                _ => {}
            }
        }
    }
}

fn weights(numbers: &[i64]) -> Option<Weights> {
    let whole: Vec<u32> = numbers.iter().map(|number| (*number).clamp(0, 1_000_000) as u32).collect();
    match whole.as_slice() {
        [r, f, m, size, satisfaction] if r + f + m + size + satisfaction > 0 => {
            Some(Weights { r: *r, f: *f, m: *m, size: *size, satisfaction: *satisfaction })
        }
        _ => None,
    }
}

fn high(text: &str) -> High {
    match text {
        "mean" => High::Mean,
        "median" => High::Median,
        score => High::Score(score.parse().unwrap_or(4).clamp(1, 5)),
    }
}

/// The segment of high and low.
pub const fn segment(r: bool, f: bool, m: bool) -> Segment {
    match (r, f, m) {
        (true, true, true) => Segment::Champions,
        (true, false, true) => Segment::BigInfrequent,
        (false, true, true) => Segment::SlippingChampions,
        (false, false, true) => Segment::BigLeaving,
        (true, true, false) => Segment::Regulars,
        (true, false, false) => Segment::Newcomers,
        (false, true, false) => Segment::SlippingRegulars,
        (false, false, false) => Segment::Dormant,
    }
}

/// The label of S0, where it has one: 高价值 all high, 潜力价值 often and much but not of late, 流失风险 not of late and not much of the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// 高价值.
    HighValue,
    /// 潜力价值.
    PotentialValue,
    /// 流失风险.
    AtRisk,
}

/// S0's label of a segment.
pub const fn label(segment: Segment) -> Option<Label> {
    match segment {
        Segment::Champions => Some(Label::HighValue),
        Segment::SlippingChampions => Some(Label::PotentialValue),
        Segment::BigLeaving | Segment::SlippingRegulars | Segment::Dormant => Some(Label::AtRisk),
        Segment::BigInfrequent | Segment::Regulars | Segment::Newcomers => None,
    }
}

/// The weighted value score; what is not known weighs nothing. `None` when nothing that weighs is known.
pub fn weighted(scores: Scores, size: Option<u8>, satisfaction: Option<Score>, weights: Weights) -> Option<Score> {
    let known = [
        (Some(i64::from(scores.r) * 100), weights.r),
        (Some(i64::from(scores.f) * 100), weights.f),
        (Some(i64::from(scores.m) * 100), weights.m),
        (size.map(|size| i64::from(size) * 100), weights.size),
        (satisfaction.map(|score| i64::from(score.hundredths()).clamp(100, 500)), weights.satisfaction),
    ];
    let parts = || known.iter().filter_map(|(value, weight)| Some(((*value)?, i64::from(*weight))));
    let whole: i64 = parts().map(|(_, weight)| weight).sum();
    // Rounded down, so that a score just below a cut never reaches it.
    (whole > 0)
        .then(|| Score::from_hundredths((parts().map(|(value, weight)| value * weight).sum::<i64>() / whole) as i32))
}

#[cfg(test)]
mod tests {
    use super::{AsOf, Grading, High, Rule, Weights, weighted};
    use crate::analysis::rfm::Scores;
    use crate::domain::measure::Score;
    use crate::domain::tiers::Method;

    #[test]
    fn a_grading_saved_and_read_again_is_the_same() {
        for method in Method::ALL {
            let mut grading = Grading::of(*method);
            grading.name = "季度".into();
            grading.months = None;
            grading.weights = Weights::BUSINESS;
            grading.high = High::Median;
            grading.as_of = AsOf::QuarterEnd;
            grading.tiers = ["A", "B", "C", "D"].map(str::to_owned).to_vec();
            grading.cuts = [400, 300, 200].map(Score::from_hundredths).to_vec();
            grading.rules =
                vec![Rule { tier: "高价值忠诚".into(), when: "客单价>10万 且 满意度>4".into() }];
            assert_eq!(Grading::of_scheme(&grading.to_scheme()), grading);
        }
    }

    #[test]
    fn the_cuts_of_the_tiers_are_those_of_the_definition() {
        let tier = |r, f, m| {
            let value = weighted(Scores { r, f, m }, None, None, Weights::EQUAL);
            value.map(|value| Grading::default().tier_of(value))
        };
        assert_eq!((tier(4, 4, 4), tier(5, 5, 1), tier(5, 5, 2)), (Some(0), Some(1), Some(0)));
        assert_eq!((tier(2, 2, 3), tier(1, 2, 3), tier(1, 1, 1)), (Some(1), Some(2), Some(2)));
    }

    #[test]
    fn what_is_not_known_weighs_nothing() {
        let scores = Scores { r: 5, f: 5, m: 5 };
        assert_eq!(weighted(scores, None, None, Weights::BUSINESS), Some(Score::from_hundredths(500)));
        assert_eq!(weighted(scores, Some(1), None, Weights::BUSINESS), Some(Score::from_hundredths(400)));
        let none = Weights { r: 0, f: 0, m: 0, size: 1, satisfaction: 0 };
        assert_eq!(weighted(scores, None, None, none), None);
    }
}
