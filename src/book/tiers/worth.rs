//! What customers are worth and what they cost, as a whole: every figure with its formula in words, and the value matrix.

use crate::analysis::grading::{Label, label};
use crate::analysis::purchases::OrderFact;
use crate::analysis::rfm::Buying;
use crate::analysis::tier::{Marcus, Quadrant, marcus};
use crate::analysis::value;
use crate::book::Book;
use crate::book::products::Products;
use crate::book::row::Row;
use crate::book::tiers::potential::Potential;
use crate::book::tiers::proposal::Filled;
use crate::book::tiers::subjects::buying;
use crate::domain::choice::Purpose;
use crate::domain::cost::Cost;
use crate::domain::id::Id;
use crate::domain::measure::{Rate, Score};
use crate::domain::money::{Money, round_div};
use crate::domain::time::Day;
use crate::text::figures::{percent, short_money};
use crate::text::{Language, Words, words};

/// Years a customer stays, for the simple lifetime value.
pub(super) const YEARS: u32 = 3;
/// What a year's money is discounted by.
pub(super) const DISCOUNT: Rate = Rate::from_basis_points(1_000);
/// Potential from which a customer counts as having much to come: half of the scale.
const POTENTIAL_CUT: Score = Score::from_hundredths(5_000);

/// A figure, in its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// Money.
    Money(Money),
    /// A share of one.
    Share(f64),
    /// So many times.
    Times(f64),
    /// Months.
    Months(f64),
    /// Points from −100 to 100.
    Points(f64),
}

/// A figure with its name and formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The key in JSON.
    pub key: &'static str,
    /// What it is called.
    pub name: Words,
    /// Formula, divisor and window in words.
    pub formula: Words,
    /// The figure; nothing where the data lacks.
    pub amount: Option<Amount>,
}

impl Figure {
    /// The figure as it is read; `–` where the data lacks.
    pub fn said(&self, language: Language) -> String {
        match (self.amount, language) {
            (None, _) => "–".to_owned(),
            (Some(Amount::Money(money)), _) => short_money(money, language),
            (Some(Amount::Share(share)), _) => percent(Rate::from_basis_points((share * 10_000.0).round() as i32)),
            (Some(Amount::Times(times)), _) => format!("{times:.1} : 1"),
            (Some(Amount::Months(months)), Language::En) => format!("{months:.1} months"),
            (Some(Amount::Months(months)), Language::Zh) => format!("{months:.1} 个月"),
            (Some(Amount::Points(points)), _) => format!("{points:.0}"),
        }
    }
}

/// What all customers come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// The figures.
    pub figures: Vec<Figure>,
    /// Who stands in each quadrant, in the order of [`Quadrant::ALL`].
    pub quadrants: Vec<(Quadrant, Filled)>,
    /// Who stands in which, with the revenue of twelve months.
    pub standing: Vec<(Id, Quadrant, Money)>,
    /// Mean revenue of a buyer: where the matrix parts much from little.
    pub value_cut: Option<Money>,
    /// Customers of each of S0's labels.
    pub labels: Vec<(Label, u32)>,
    /// Customers of each cell after Marcus.
    pub marcus: Vec<(Marcus, u32)>,
    /// Revision of the book it was made of.
    pub revision: u64,
}

/// What is counted of all customers over the twelve months up to a day, and the twelve before.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    pub(super) revenue: Money,
    pub(super) orders: u32,
    pub(super) profit: Option<Money>,
    costed: Money,
    buyers: u32,
    pub(super) new: u32,
    before: u32,
    kept: u32,
    /// Orders of each customer, and whether its first of all is among them.
    counts: Vec<(u32, bool)>,
    pairs: Vec<(bool, bool)>,
    pub(super) answers: Vec<u8>,
}

impl Counted {
    pub(super) fn take(&mut self, row: &Row, as_of: Day) {
        let (year, earlier) = (as_of.plus_months(-12), as_of.plus_months(-24));
        let facts =
            || row.facts().iter().filter(|fact| !fact.returned && fact.day <= as_of && fact.amount >= Money::ZERO);
        let inside = || facts().filter(|fact| fact.day > year);
        let count = inside().count() as u32;
        let before = facts().any(|fact| fact.day > earlier && fact.day <= year);
        let first = facts().map(|fact| fact.day).min();
        self.orders += count;
        self.buyers += u32::from(count > 0);
        let is_new = first.is_some_and(|first| first > year);
        self.new += u32::from(is_new);
        self.before += u32::from(before);
        self.kept += u32::from(before && count > 0);
        self.counts.push((count, is_new));
        self.pairs.push((before, count > 0));
        self.answers.extend(row.heard().and_then(|heard| heard.recommends));
        for OrderFact { amount, profit, .. } in inside() {
            self.revenue += amount;
            if let Some(profit) = profit {
                self.profit = Some(self.profit.unwrap_or_default() + profit);
                self.costed += amount;
            }
        }
    }

    /// Profit ÷ revenue of the orders whose cost is known.
    pub(super) fn margin(&self) -> Option<Rate> {
        value::share(self.profit?, self.costed)
    }

    /// Money of all buyers for each of them.
    fn each(&self, money: Money) -> Option<Money> {
        money.divided_by(u64::from(self.buyers))
    }

    pub(super) fn retention(&self) -> Option<Rate> {
        Rate::of(u64::from(self.kept), u64::from(self.before))
    }

    /// The monthly churn that comes to the year's.
    fn monthly_churn(&self) -> Option<Rate> {
        let kept = self.retention()?.as_number();
        Some(Rate::from_basis_points(((1.0 - kept.powf(1.0 / 12.0)) * 10_000.0).round() as i32))
    }
}

/// What was spent in the twelve months up to a day, for one purpose. A cost counts in the year in which it ends.
pub(super) fn spent(costs: &[Cost], purpose: Purpose, as_of: Day) -> Option<Money> {
    let year = as_of.plus_months(-12);
    let end = |cost: &Cost| cost.to.or(cost.from).is_some_and(|day| day > year && day <= as_of);
    let of = costs.iter().filter(|cost| cost.purpose == Some(purpose) && end(cost));
    let amounts: Vec<Money> = of.filter_map(|cost| cost.amount).collect();
    (!amounts.is_empty()).then(|| amounts.into_iter().sum())
}

impl Worth {
    /// What the customers of a book come to with these costs and products bought.
    pub fn of(book: &Book, costs: &[Cost], products: &Products, as_of: Day) -> Worth {
        let mut counted = Counted::default();
        book.rows().for_each(|(_, row)| counted.take(row, as_of));
        let value_cut = counted.each(counted.revenue);
        let standing = standing(book, products, value_cut.unwrap_or_default(), as_of);
        Worth {
            figures: lifetime(&counted, costs, as_of).into_iter().chain(loyalty(&counted)).collect(),
            quadrants: quadrants(&standing),
            standing,
            value_cut,
            labels: labels(book),
            marcus: cells(book, as_of),
            revision: book.revision(),
        }
    }
}

fn lifetime(counted: &Counted, costs: &[Cost], as_of: Day) -> Vec<Figure> {
    let (margin, retention) = (counted.margin(), counted.retention());
    let order_value = counted.revenue.divided_by(u64::from(counted.orders));
    let often = |buyers: u32| round_div(i128::from(counted.orders) * 100, i128::from(buyers)) as u32;
    let often = (counted.buyers > 0).then(|| often(counted.buyers));
    let yearly = counted.each(counted.revenue);
    let monthly = yearly.and_then(|yearly| yearly.divided_by(12));
    let gain = || yearly?.scaled(i64::from(margin?.basis_points()), 10_000);
    let simple = || value::clv_simple(order_value?, often?, YEARS, margin?);
    let by_retention = || value::clv_by_retention(gain()?, retention?, DISCOUNT);
    let subscribed = || value::clv_subscription(monthly?, margin?, counted.monthly_churn()?);
    let cost = || value::acquisition_cost(spent(costs, Purpose::Acquisition, as_of)?, counted.new);
    let times = || value::value_to_cost(by_retention()?, cost()?);
    let payback = || value::payback_months(cost()?, monthly?, margin?);
    let served = spent(costs, Purpose::Service, as_of).unwrap_or_default();
    let amounts = [
        simple().map(Amount::Money),
        by_retention().map(Amount::Money),
        subscribed().map(Amount::Money),
        cost().map(Amount::Money),
        times().map(Amount::Times),
        payback().map(Amount::Months),
        value::contribution(counted.profit, served).map(Amount::Money),
    ];
    let named = LIFETIME.iter().zip(amounts);
    named.map(|((key, name, formula), amount)| Figure { key, name: *name, formula: *formula, amount }).collect()
}

const LIFETIME: [(&str, Words, Words); 7] = [
    (
        "clv_simple",
        words("CLV, simple", "客户终身价值（简单）"),
        words(
            "order value × orders a year × 3 years × margin, 12 months",
            "客单价 × 年均单数 × 3 年 × 毛利率（近 12 个月）",
        ),
    ),
    (
        "clv_retention",
        words("CLV by retention", "客户终身价值（留存）"),
        words(
            "m·r ÷ (1 + i − r): m margin a buyer of 12 months, i 10 %",
            "m·r ÷ (1+i−r)：m 为每位买家近 12 个月毛利，i 取 10%",
        ),
    ),
    (
        "clv_subscription",
        words("CLV, subscription", "客户终身价值（订阅）"),
        words(
            "revenue a buyer and month × margin ÷ monthly churn, 12 months",
            "每位买家月销售额 × 毛利率 ÷ 月流失率（近 12 个月）",
        ),
    ),
    (
        "cac",
        words("CAC", "获客成本"),
        words("costs of winning ÷ customers with a first order, 12 months", "近 12 个月获客费用 ÷ 首次下单客户数"),
    ),
    (
        "clv_to_cac",
        words("CLV : CAC", "终身价值与获客成本比"),
        words("CLV by retention ÷ CAC; 3 and more is healthy", "终身价值（留存）÷ 获客成本，3 以上为健康"),
    ),
    (
        "payback",
        words("payback", "回本周期"),
        words("CAC ÷ (revenue a buyer and month × margin)", "获客成本 ÷（每位买家月销售额 × 毛利率）"),
    ),
    (
        "contribution",
        words("profit contribution", "利润贡献"),
        words("profit less costs of service, 12 months", "近 12 个月利润 − 服务费用"),
    ),
];

fn loyalty(counted: &Counted) -> Vec<Figure> {
    let (kept, before) = (counted.kept, counted.before);
    let amounts = [
        value::retention(before, kept, 0).map(Amount::Share),
        value::churn(before - kept.min(before), before).map(Amount::Share),
        value::nps(counted.answers.iter().copied()).map(Amount::Points),
        value::repurchase_by_buyers(counted.counts.iter().map(|(count, _)| *count)).map(Amount::Share),
        value::repurchase_by_orders(counted.counts.iter().copied()).map(Amount::Share),
        value::bought_again(counted.pairs.iter().copied()).map(Amount::Share),
    ];
    let named = LOYALTY.iter().zip(amounts);
    named.map(|((key, name, formula), amount)| Figure { key, name: *name, formula: *formula, amount }).collect()
}

const LOYALTY: [(&str, Words, Words); 6] = [
    (
        "retention",
        words("retention", "客户留存率"),
        words(
            "(buyers of 12 months − new and won back) ÷ buyers of the 12 before",
            "（近 12 个月买家 − 新增与回流）÷ 前 12 个月买家",
        ),
    ),
    (
        "churn",
        words("churn", "客户流失率"),
        words(
            "buyers of the 12 months before who did not buy since ÷ all of those",
            "前 12 个月买家中此后未购 ÷ 前 12 个月买家",
        ),
    ),
    (
        "nps",
        words("NPS", "净推荐值"),
        words(
            "% of 9–10 less % of 0–6, last answers; 7–8 stay in the base",
            "9–10 分占比 − 0–6 分占比（最近一次，7–8 分计入总数）",
        ),
    ),
    (
        "repurchase_buyers",
        words("repurchase, buyers", "复购率（按客户）"),
        words("buyers with 2 orders and more ÷ buyers, 12 months", "近 12 个月下单 2 次及以上客户 ÷ 下单客户"),
    ),
    (
        "repurchase_orders",
        words("repurchase, orders", "复购率（按订单）"),
        words(
            "orders after each customer's first ever ÷ orders, 12 months",
            "近 12 个月非首单订单 ÷ 全部订单（首单指客户历史首单）",
        ),
    ),
    (
        "bought_again",
        words("bought again", "回购率"),
        words(
            "buyers of the 12 months before who bought since ÷ all of those",
            "前 12 个月买家中近 12 个月又下单 ÷ 前 12 个月买家",
        ),
    ),
];

/// Who has nothing that tells of either stands in no quadrant.
fn standing(book: &Book, products: &Products, cut: Money, as_of: Day) -> Vec<(Id, Quadrant, Money)> {
    let (assortment, weights) = (products.by_industry(book.rows().map(|(_, row)| row)), book.standards().potential());
    let stands = |(_, row): (_, &Row)| {
        let Potential { revenue, score, .. } = Potential::of(row, Some(&assortment), weights, as_of);
        let quadrant = Quadrant::of(revenue, score?, cut.max(Money::from_cents(1)), POTENTIAL_CUT);
        Some((row.id, quadrant, revenue))
    };
    book.rows().filter_map(stands).collect()
}

fn quadrants(standing: &[(Id, Quadrant, Money)]) -> Vec<(Quadrant, Filled)> {
    let mut all: Vec<(Quadrant, Filled)> =
        Quadrant::ALL.iter().map(|quadrant| (*quadrant, Filled::default())).collect();
    for (_, quadrant, revenue) in standing {
        if let Some((_, filled)) = all.iter_mut().find(|(other, _)| other == quadrant) {
            filled.customers += 1;
            filled.revenue += *revenue;
        }
    }
    all
}

/// Customers of each label by the segment that was applied.
fn labels(book: &Book) -> Vec<(Label, u32)> {
    let mut all: Vec<(Label, u32)> = Vec::new();
    let segments = book.rows().filter_map(|(_, row)| book.tiers().of(row.id)?.segment);
    for label in segments.filter_map(label) {
        match all.iter_mut().find(|(other, _)| *other == label) {
            Some((_, count)) => *count += 1,
            None => all.push((label, 1)),
        }
    }
    all.sort_by_key(|(label, _)| *label as u8);
    all
}

fn cells(book: &Book, as_of: Day) -> Vec<(Marcus, u32)> {
    let span = crate::analysis::grading::Grading::default().span(as_of);
    let buyings: Vec<Buying> = book.rows().filter_map(|(_, row)| buying(row, span)).collect();
    let cells = marcus(&buyings);
    let count = |cell: Marcus| cells.iter().filter(|other| **other == Some(cell)).count() as u32;
    [Marcus::Best, Marcus::Spender, Marcus::Frequent, Marcus::Uncertain].map(|cell| (cell, count(cell))).to_vec()
}
