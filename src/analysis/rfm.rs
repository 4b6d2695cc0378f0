//! Recency, frequency and revenue of each customer, and their scores 1–5 (definitions: RFM).

use crate::analysis::purchases::OrderFact;
use crate::domain::money::Money;
use crate::domain::time::Day;

/// Days and amounts are compared in fifths, so that interpolated edges stay whole numbers.
const FIFTHS: i64 = 5;

/// Which orders count: those after the one day, up to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Orders of this day and before are left out; `None` for all there are.
    pub after: Option<Day>,
    /// Orders after this day are left out.
    pub as_of: Day,
}

impl Span {
    /// The months up to and with `as_of`; `None` for all years.
    pub fn months(months: Option<u32>, as_of: Day) -> Span {
        let back = |months: u32| as_of.plus_months(-i32::try_from(months).unwrap_or(12_000).min(12_000));
        Span { after: months.map(back), as_of }
    }

    fn holds(self, day: Day) -> bool {
        day <= self.as_of && self.after.is_none_or(|after| day > after)
    }
}

/// What one customer bought, as far as tiers ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Buying {
    /// R: whole days since the last purchase, of the window or before; `None` where a table told of orders without a day.
    pub recency: Option<i32>,
    /// F: orders in the window.
    pub orders: u32,
    /// M: their amounts, gross.
    pub revenue: Money,
    /// Their amounts less what negative orders took back.
    pub net: Money,
    /// Bought in the window. Who has not is below every edge, and shapes none.
    pub inside: bool,
    /// Figures a table brought stand in for orders.
    pub given: bool,
}

impl Buying {
    /// What `facts` say; `None` without an order up to the day. Returned orders count nowhere, negative ones in net alone.
    pub fn of(facts: impl Iterator<Item = OrderFact>, span: Span) -> Option<Buying> {
        let (mut last, mut orders, mut revenue, mut net) = (None::<Day>, 0, Money::ZERO, Money::ZERO);
        for fact in facts.filter(|fact| !fact.returned && fact.day <= span.as_of) {
            let inside = span.holds(fact.day);
            if inside {
                net += fact.amount;
            }
            if fact.amount < Money::ZERO {
                continue;
            }
            last = last.max(Some(fact.day));
            if inside {
                orders += 1;
                revenue += fact.amount;
            }
        }
        let recency = Some(span.as_of.days_since(last?));
        Some(Buying { recency, orders, revenue, net, inside: orders > 0, given: false })
    }

    /// What a table says of last purchase, orders and total; `None` when it says nothing, or only of later days.
    pub fn given(last: Option<Day>, orders: Option<u32>, total: Option<Money>, span: Span) -> Option<Buying> {
        if last.is_some_and(|day| day > span.as_of) || (last.is_none() && orders.is_none() && total.is_none()) {
            return None;
        }
        let revenue = total.unwrap_or_default().max(Money::ZERO);
        let orders = orders.unwrap_or_else(|| u32::from(last.is_some() || revenue > Money::ZERO));
        if orders == 0 && revenue.is_zero() && last.is_none() {
            return None;
        }
        let inside = last.is_none_or(|day| span.holds(day));
        let recency = last.map(|day| span.as_of.days_since(day));
        let counted = if inside { (orders, revenue) } else { (0, Money::ZERO) };
        Some(Buying { recency, orders: counted.0, revenue: counted.1, net: counted.1, inside, given: true })
    }
}

/// The scores of one customer, 5 the best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scores {
    /// Of recency.
    pub r: u8,
    /// Of frequency.
    pub f: u8,
    /// Of revenue.
    pub m: u8,
}

/// The scores of who bought before the window only.
pub const LAPSED: Scores = Scores { r: 1, f: 1, m: 1 };

/// Four edges between five scores, in fifths of a day, an order or a cent: a score is 1 and one more for each edge
/// strictly below the value.
pub type Cuts = [i64; 4];

/// Where the scores are parted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edges {
    /// Of days since the last purchase.
    pub r: Cuts,
    /// Of orders: one set, or one for each score of recency (nested).
    pub f: Vec<Cuts>,
    /// Of revenue: one set, or one for each pair of scores before it (nested).
    pub m: Vec<Cuts>,
}

impl Edges {
    /// Edges the user set, in days, orders and amounts.
    pub fn set(r: [i32; 4], f: [u32; 4], m: [Money; 4]) -> Edges {
        Edges {
            r: r.map(|days| i64::from(days) * FIFTHS),
            f: vec![f.map(|orders| i64::from(orders) * FIFTHS)],
            m: vec![m.map(|money| money.cents().saturating_mul(FIFTHS))],
        }
    }

    /// The edges of orders for who has this score of recency.
    pub fn of_orders(&self, r: u8) -> Cuts {
        let own = self.f.get(usize::from(r.saturating_sub(1)));
        own.or_else(|| self.f.first()).copied().unwrap_or_default()
    }

    /// The edges of revenue for who has these scores of recency and orders.
    pub fn of_revenue(&self, r: u8, f: u8) -> Cuts {
        let own = self.m.get(usize::from(r.saturating_sub(1)) * 5 + usize::from(f.saturating_sub(1)));
        own.filter(|_| self.m.len() > 1).or_else(|| self.m.first()).copied().unwrap_or_default()
    }

    /// The scores these edges give.
    pub fn scores(&self, buying: &Buying) -> Scores {
        let r = buying.recency.map_or(1, |days| 6 - score(i64::from(days), &self.r));
        let f = score(i64::from(buying.orders), &self.of_orders(r));
        let m = score(buying.revenue.cents(), &self.of_revenue(r, f));
        Scores { r, f, m }
    }
}

/// 1, and one more for each edge strictly below the value.
pub fn score(value: i64, cuts: &Cuts) -> u8 {
    1 + cuts.iter().filter(|cut| **cut < value.saturating_mul(FIFTHS)).count() as u8
}

/// The least whole value whose score is at least `wanted`: one above the edge before it.
pub fn least_for(wanted: u8, cuts: &Cuts) -> i64 {
    match usize::from(wanted).checked_sub(2).and_then(|place| cuts.get(place)) {
        Some(cut) => cut.div_euclid(FIFTHS) + 1,
        None => 0,
    }
}

/// The 20, 40, 60 and 80 % quantiles by linear interpolation; none of no values.
pub fn quantiles(values: &mut [i64]) -> Cuts {
    let mut cuts = Cuts::default();
    let Some(last) = values.len().checked_sub(1) else { return cuts };
    for (place, cut) in cuts.iter_mut().enumerate() {
        let at = last * (place + 1);
        let (low, rest) = (at / 5, (at % 5) as i64);
        let (_, below, above) = values.select_nth_unstable(low);
        let below = *below;
        let above = above.iter().copied().min().unwrap_or(below);
        let step = i128::from(above - below) * i128::from(rest);
        *cut = (i128::from(below) * i128::from(FIFTHS) + step).clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64;
    }
    cuts
}

/// Tie-safe quantiles of all who bought in the window.
pub fn by_quantile(buyings: &[Buying]) -> (Vec<Scores>, Edges) {
    let inside = || buyings.iter().filter(|buying| buying.inside);
    let mut days: Vec<i64> = inside().filter_map(|buying| buying.recency.map(i64::from)).collect();
    let mut orders: Vec<i64> = inside().map(|buying| i64::from(buying.orders)).collect();
    let mut revenue: Vec<i64> = inside().map(|buying| buying.revenue.cents()).collect();
    let edges = Edges { r: quantiles(&mut days), f: vec![quantiles(&mut orders)], m: vec![quantiles(&mut revenue)] };
    (by_edges(buyings, &edges), edges)
}

/// Frequency in quantiles inside each score of recency, revenue inside each of frequency.
pub fn by_nested(buyings: &[Buying]) -> (Vec<Scores>, Edges) {
    let mut days: Vec<i64> =
        buyings.iter().filter(|buying| buying.inside).filter_map(|buying| buying.recency.map(i64::from)).collect();
    let mut edges = Edges { r: quantiles(&mut days), ..Edges::default() };
    let mut orders = vec![Vec::new(); 5];
    for buying in buyings.iter().filter(|buying| buying.inside) {
        let r = buying.recency.map_or(1, |days| 6 - score(i64::from(days), &edges.r));
        if let Some(group) = orders.get_mut(usize::from(r) - 1) {
            group.push(i64::from(buying.orders));
        }
    }
    edges.f = orders.iter_mut().map(|group| quantiles(group)).collect();
    let mut revenue = vec![Vec::new(); 25];
    for buying in buyings.iter().filter(|buying| buying.inside) {
        let Scores { r, f, .. } = edges.scores(buying);
        if let Some(group) = revenue.get_mut(usize::from(r - 1) * 5 + usize::from(f - 1)) {
            group.push(buying.revenue.cents());
        }
    }
    edges.m = revenue.iter_mut().map(|group| quantiles(group)).collect();
    (by_edges(buyings, &edges), edges)
}

/// Scores by edges; who bought before the window only has the lowest.
fn by_edges(buyings: &[Buying], edges: &Edges) -> Vec<Scores> {
    buyings.iter().map(|buying| if buying.inside { edges.scores(buying) } else { LAPSED }).collect()
}

/// Scores by edges the user set.
pub fn by_threshold(buyings: &[Buying], edges: &Edges) -> Vec<Scores> {
    buyings.iter().map(|buying| edges.scores(buying)).collect()
}

/// SQL's NTILE(5) over all who bought in the window; `buyings` stand in the order of their codes, which parts equal values.
pub fn by_ntile(buyings: &[Buying]) -> (Vec<Scores>, Edges) {
    let mut scores = vec![LAPSED; buyings.len()];
    let mut edges = Edges::default();
    let older = |buying: &Buying| -i64::from(buying.recency.unwrap_or(i32::MAX));
    edges.r = tiles(buyings, older, |place, tile| set(&mut scores, place, |scores| scores.r = tile)).map(|cut| -cut);
    // Days are parted from the other side: a day less than the lowest of a tile is the next one's.
    edges.r.reverse();
    edges.r = edges.r.map(|cut| cut.saturating_sub(FIFTHS));
    let orders = |buying: &Buying| i64::from(buying.orders);
    edges.f = vec![tiles(buyings, orders, |place, tile| set(&mut scores, place, |scores| scores.f = tile))];
    let revenue = |buying: &Buying| buying.revenue.cents();
    edges.m = vec![tiles(buyings, revenue, |place, tile| set(&mut scores, place, |scores| scores.m = tile))];
    (scores, edges)
}

fn set(scores: &mut [Scores], place: usize, put: impl FnOnce(&mut Scores)) {
    if let Some(scores) = scores.get_mut(place) {
        put(scores);
    }
}

/// Deals out the tiles from the lowest value; gives the highest value of each tile but the last, in fifths.
fn tiles(buyings: &[Buying], value: impl Fn(&Buying) -> i64, mut put: impl FnMut(usize, u8)) -> Cuts {
    let mut order: Vec<(i64, usize)> = buyings
        .iter()
        .enumerate()
        .filter(|(_, buying)| buying.inside)
        .map(|(place, buying)| (value(buying), place))
        .collect();
    order.sort_unstable();
    let (each, more) = (order.len() / 5, order.len() % 5);
    let mut cuts = Cuts::default();
    let mut rest = order.as_slice();
    let mut highest = 0;
    for tile in 0..5 {
        let (own, after) = rest.split_at((each + usize::from(tile < more)).min(rest.len()));
        own.iter().for_each(|(_, place)| put(*place, tile as u8 + 1));
        // A tile without anyone ends where the one before it does.
        highest = own.last().map_or(highest, |(value, _)| value.saturating_mul(FIFTHS));
        if let Some(cut) = cuts.get_mut(tile) {
            *cut = highest;
        }
        rest = after;
    }
    cuts
}

#[cfg(test)]
mod tests;
