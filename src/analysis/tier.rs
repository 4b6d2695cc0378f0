//! Tiers and segments of many customers at once, and what is missing to the next tier.

use crate::analysis::grading::{Grading, High, segment, weighted};
use crate::analysis::rfm::{Buying, Edges, Scores, by_nested, by_ntile, by_quantile, by_threshold, least_for};
use crate::domain::choice::CustomerKind;
use crate::domain::measure::{Rate, Score};
use crate::domain::money::Money;
use crate::domain::tiers::{Method, Segment};

/// A customer to be graded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What it bought.
    pub buying: Buying,
    /// Size of the firm, 1–5.
    pub size: Option<u8>,
    /// Satisfaction.
    pub satisfaction: Option<Score>,
    /// Firm, person or authority.
    pub kind: Option<CustomerKind>,
    /// The place of the first rule that holds.
    pub rule: Option<u8>,
}

/// What a customer came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grade {
    /// The scores.
    pub scores: Scores,
    /// Their weighted mean.
    pub value: Score,
    /// The segment.
    pub segment: Segment,
    /// Place of the tier, the best is 0; `None` where no rule holds.
    pub tier: Option<u8>,
}

/// What all came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graded {
    /// One for each subject.
    pub grades: Vec<Grade>,
    /// Where the scores are parted.
    pub edges: Edges,
    /// For ABC: the least revenue of each tier but the last.
    pub least: Vec<Money>,
    /// Revenue of all.
    pub total: Money,
    /// The share of it that the fifth with the most revenue brings; `None` without revenue.
    pub top_fifth: Option<Rate>,
}

/// Grades `subjects`, which stand in the order of their codes.
pub fn grade(subjects: &[Subject], grading: &Grading) -> Graded {
    let buyings: Vec<Buying> = subjects.iter().map(|subject| subject.buying).collect();
    let (scores, edges) = match grading.method {
        Method::Ntile => by_ntile(&buyings),
        Method::Nested => by_nested(&buyings),
        Method::Threshold => (by_threshold(&buyings, &grading.edges), grading.edges.clone()),
        Method::Quantile | Method::Abc | Method::Rules => by_quantile(&buyings),
    };
    let high = Highs::of(&buyings, grading.high);
    let shares = (grading.method == Method::Abc).then(|| by_share(&buyings, grading));
    let grade = |(place, (subject, scores)): (usize, (&Subject, &Scores))| {
        let value = weighted(*scores, subject.size, subject.satisfaction, grading.weights_of(subject.kind));
        let value = value.unwrap_or(Score::from_hundredths(100));
        let tier = match grading.method {
            Method::Abc => shares.as_ref().and_then(|(tiers, _)| tiers.get(place)).copied(),
            Method::Rules => subject.rule,
            _ => Some(grading.tier_of(value)),
        };
        Grade { scores: *scores, value, segment: high.segment(&subject.buying, *scores), tier }
    };
    Graded {
        grades: subjects.iter().zip(&scores).enumerate().map(grade).collect(),
        edges,
        least: shares.map(|(_, least)| least).unwrap_or_default(),
        total: buyings.iter().map(|buying| buying.revenue).sum(),
        top_fifth: top_fifth(&buyings),
    }
}

/// What is high.
enum Highs {
    Score(u8),
    /// Fewer days, more orders or revenue than these, each times their number: (days, orders, cents, number).
    Above(i128, i128, i128, i128),
}

impl Highs {
    fn of(buyings: &[Buying], high: High) -> Highs {
        let inside = || buyings.iter().filter(|buying| buying.inside);
        let days = || inside().map(|buying| i128::from(buying.recency.unwrap_or(i32::MAX)));
        let orders = || inside().map(|buying| i128::from(buying.orders));
        let cents = || inside().map(|buying| i128::from(buying.revenue.cents()));
        match high {
            High::Score(score) => Highs::Score(score),
            High::Mean => Highs::Above(days().sum(), orders().sum(), cents().sum(), inside().count().max(1) as i128),
            High::Median => Highs::Above(median(days()), median(orders()), median(cents()), 2),
        }
    }

    fn segment(&self, buying: &Buying, scores: Scores) -> Segment {
        match self {
            Highs::Score(least) => segment(scores.r >= *least, scores.f >= *least, scores.m >= *least),
            Highs::Above(days, orders, cents, by) => {
                let recent = buying.inside && i128::from(buying.recency.unwrap_or(i32::MAX)) * by < *days;
                segment(
                    recent,
                    i128::from(buying.orders) * by > *orders,
                    i128::from(buying.revenue.cents()) * by > *cents,
                )
            }
        }
    }
}

/// Twice the median.
fn median(values: impl Iterator<Item = i128>) -> i128 {
    let mut values: Vec<i128> = values.collect();
    values.sort_unstable();
    let at = |place: usize| values.get(place).copied().unwrap_or(0);
    let last = values.len().saturating_sub(1);
    at(last / 2) + at(last.div_ceil(2))
}

/// What a tier asks for that nobody can reach: there is no revenue.
const OUT_OF_REACH: Money = Money::from_cents(i64::MAX);

/// The tier of each by the share of revenue before it, and the least revenue of each tier but the last.
fn by_share(buyings: &[Buying], grading: &Grading) -> (Vec<u8>, Vec<Money>) {
    let total: i128 = buyings.iter().map(|buying| i128::from(buying.revenue.cents())).sum();
    let mut order: Vec<usize> = (0..buyings.len()).collect();
    let revenue = |place: &usize| buyings.get(*place).map_or(Money::ZERO, |buying| buying.revenue);
    order.sort_by_key(|place| (std::cmp::Reverse(revenue(place)), *place));
    let lowest = grading.tiers.len().saturating_sub(1);
    let mut tiers = vec![lowest as u8; buyings.len()];
    let mut least = vec![None; lowest];
    let mut before: i128 = 0;
    for place in order {
        let own = revenue(&place);
        let tier = grading.shares.iter().take_while(|share| before * 100 >= i128::from(**share) * total).count();
        if let Some(slot) = tiers.get_mut(place) {
            *slot = tier.min(lowest) as u8;
        }
        if let Some(least) = least.get_mut(tier) {
            *least = Some(own);
        }
        before += i128::from(own.cents());
    }
    // Whoever has more than an empty tier would ask for is in the one above it.
    let mut above = OUT_OF_REACH;
    let filled = least.into_iter().map(|least| {
        above = least.unwrap_or(above);
        above
    });
    (tiers, filled.collect())
}

/// What the fifth of customers with the most revenue brings of it.
fn top_fifth(buyings: &[Buying]) -> Option<Rate> {
    let mut cents: Vec<i64> = buyings.iter().map(|buying| buying.revenue.cents()).collect();
    let total: i128 = cents.iter().map(|cents| i128::from(*cents)).sum();
    let fifth = ((cents.len() * 2 + 5) / 10).max(1);
    if cents.len() > fifth {
        cents.select_nth_unstable_by_key(fifth, |cents| std::cmp::Reverse(*cents));
    }
    let top: i128 = cents.iter().take(fifth).map(|cents| i128::from(*cents)).sum();
    Rate::of(u64::try_from(top).ok()?, u64::try_from(total).ok()?)
}

/// What would lift a customer one tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Place of the tier it would reach.
    pub tier: u8,
    /// Revenue missing in the window.
    pub revenue: Money,
    /// Orders missing in the window.
    pub orders: u32,
    /// Whether it takes a purchase now, so that the last one is of today.
    pub now: bool,
}

/// The least that lifts a customer one tier: more revenue if that is enough, else an order today, else several. `None`
/// for the best tier, and where rules decide.
pub fn missing(subject: &Subject, grade: &Grade, graded: &Graded, grading: &Grading) -> Option<Missing> {
    let tier = grade.tier?.checked_sub(1)?;
    match grading.method {
        Method::Rules => None,
        Method::Abc => {
            let least = graded.least.get(usize::from(tier)).copied().filter(|least| *least < OUT_OF_REACH)?;
            // An empty tier is passed over.
            let tier = graded.least.iter().position(|other| *other == least).unwrap_or_default() as u8;
            let revenue = (least - subject.buying.revenue + Money::from_cents(1)).max(Money::from_cents(1));
            Some(Missing { tier, revenue, orders: 0, now: !subject.buying.inside })
        }
        _ => by_scores(subject, grade, &graded.edges, grading, tier),
    }
}

fn by_scores(subject: &Subject, grade: &Grade, edges: &Edges, grading: &Grading, tier: u8) -> Option<Missing> {
    let reaches = |scores| {
        let value = weighted(scores, subject.size, subject.satisfaction, grading.weights_of(subject.kind));
        value.is_some_and(|value| grading.tier_of(value) <= tier)
    };
    let revenue_to = |scores: Scores| {
        let least = least_for(scores.m, &edges.of_revenue(scores.r, scores.f));
        (Money::from_cents(least) - subject.buying.revenue).max(Money::ZERO)
    };
    let Scores { r, f, m } = grade.scores;
    if subject.buying.inside
        && let Some(m) = (m + 1..=5).find(|m| reaches(Scores { r, f, m: *m }))
    {
        return Some(Missing { tier, revenue: revenue_to(Scores { r, f, m }), orders: 0, now: false });
    }
    // A purchase today makes recency the best there is, and is one more order at least.
    let after = |orders: u32| Edges::scores(edges, &Buying { recency: Some(0), orders, ..subject.buying });
    (1..=60).find_map(|more| {
        let with = after(subject.buying.orders.saturating_add(more));
        let m = (with.m.max(1)..=5).find(|m| reaches(Scores { m: *m, ..with }))?;
        Some(Missing { tier, revenue: revenue_to(Scores { m, ..with }), orders: more, now: true })
    })
}

/// A quadrant of current value and potential (E5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quadrant {
    /// Much now, much to come: invest 重点投入.
    Star,
    /// Much now, little to come: keep 维持.
    Keep,
    /// Little now, much to come: develop 培育.
    Develop,
    /// Little of both: serve at little cost 低成本服务.
    Serve,
}

impl Quadrant {
    /// Every quadrant.
    pub const ALL: [Quadrant; 4] = [Quadrant::Star, Quadrant::Keep, Quadrant::Develop, Quadrant::Serve];

    /// The quadrant of value and potential, each against its own cut; on the cut counts as above.
    pub fn of(value: Money, potential: Score, value_cut: Money, potential_cut: Score) -> Quadrant {
        match (value >= value_cut, potential >= potential_cut) {
            (true, true) => Quadrant::Star,
            (true, false) => Quadrant::Keep,
            (false, true) => Quadrant::Develop,
            (false, false) => Quadrant::Serve,
        }
    }

    /// The key in files and JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Quadrant::Star => "star",
            Quadrant::Keep => "keep",
            Quadrant::Develop => "develop",
            Quadrant::Serve => "serve",
        }
    }
}

/// Marcus 1998: purchases × average amount, each against its mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marcus {
    /// Often and much.
    Best,
    /// Seldom and much.
    Spender,
    /// Often and little.
    Frequent,
    /// Seldom and little.
    Uncertain,
}

/// The Marcus cell of each customer who bought; on the mean counts as above.
pub fn marcus(buyings: &[Buying]) -> Vec<Option<Marcus>> {
    let average = |buying: &Buying| buying.revenue.divided_by(u64::from(buying.orders)).unwrap_or_default();
    let bought = || buyings.iter().filter(|buying| buying.orders > 0);
    let count = bought().count() as i128;
    let orders: i128 = bought().map(|buying| i128::from(buying.orders)).sum();
    let amounts: i128 = bought().map(|buying| i128::from(average(buying).cents())).sum();
    let cell = |buying: &Buying| {
        let often = i128::from(buying.orders) * count >= orders;
        let much = i128::from(average(buying).cents()) * count >= amounts;
        match (often, much) {
            (true, true) => Marcus::Best,
            (false, true) => Marcus::Spender,
            (true, false) => Marcus::Frequent,
            (false, false) => Marcus::Uncertain,
        }
    };
    buyings.iter().map(|buying| (buying.orders > 0).then(|| cell(buying))).collect()
}

#[cfg(test)]
mod tests;
