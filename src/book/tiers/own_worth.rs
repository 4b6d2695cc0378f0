//! What one customer is worth and what it cost: every figure with its formula in words.

use super::worth::{Amount, Counted, DISCOUNT, Figure, YEARS, spent};
use crate::analysis::value;
use crate::book::Book;
use crate::book::row::Row;
use crate::domain::choice::Purpose;
use crate::domain::cost::Cost;
use crate::domain::customer::Customer;
use crate::domain::money::Money;
use crate::domain::time::Day;
use crate::query::field::Column;
use crate::text::{Language, Words, words};

/// Where the cost of winning a customer was taken from.
#[derive(Clone, Copy)]
enum Won {
    /// It is noted with the customer.
    Noted,
    /// Its channel's, shared among those the channel won.
    Channel,
    /// All there was, shared among all that were won.
    All,
}

impl Won {
    const fn formula(self) -> Words {
        match self {
            Won::Noted => words("as noted with the customer", "按该客户记录的获客成本"),
            Won::Channel => words(
                "costs of its channel ÷ customers with a first order through it, 12 months",
                "近 12 个月该来源渠道获客费用 ÷ 该渠道首次下单客户数",
            ),
            Won::All => words(
                "costs of winning ÷ customers with a first order, 12 months",
                "近 12 个月获客费用 ÷ 首次下单客户数",
            ),
        }
    }
}

/// What a customer is worth as of a day. `costs` are all there are.
pub fn own_worth(book: &Book, row: &Row, record: &Customer, costs: &[Cost], as_of: Day) -> Vec<Figure> {
    let (mut own, mut whole) = (Counted::default(), Counted::default());
    own.take(row, as_of);
    book.rows().for_each(|(_, other)| whole.take(other, as_of));
    let margin = own.margin().or_else(|| whole.margin());
    let order_value = own.revenue.divided_by(u64::from(own.orders));
    let monthly = (own.orders > 0).then(|| own.revenue.divided_by(12)).flatten();
    let gain = || own.revenue.scaled(i64::from(margin?.basis_points()), 10_000).filter(|_| own.orders > 0);
    let simple = || value::clv_simple(order_value?, own.orders.checked_mul(100)?, YEARS, margin?);
    let by_retention = || value::clv_by_retention(gain()?, whole.retention()?, DISCOUNT);
    let (won, cost) = winning(book, row, record, costs, &whole, as_of);
    let times = || value::value_to_cost(by_retention()?, cost?);
    let payback = || value::payback_months(cost?, monthly?, margin?);
    let served: Vec<Cost> = costs.iter().filter(|cost| cost.customer == Some(row.id)).cloned().collect();
    let served = spent(&served, Purpose::Service, as_of).unwrap_or_default();
    let recommends = own.answers.first().map(|points| Amount::Points(f64::from(*points)));
    let amounts = [
        simple().map(Amount::Money),
        by_retention().map(Amount::Money),
        cost.map(Amount::Money),
        times().map(Amount::Times),
        payback().map(Amount::Months),
        value::contribution(own.profit, served).map(Amount::Money),
        recommends,
    ];
    let named = FIGURES.iter().zip(amounts);
    named
        .map(|((key, name, formula), amount)| {
            let formula = if *key == "cac" { won.formula() } else { *formula };
            Figure { key, name: *name, formula, amount }
        })
        .collect()
}

/// What it cost to win a customer: as it was noted, else its share of its channel's costs, else of all.
fn winning(
    book: &Book,
    row: &Row,
    record: &Customer,
    costs: &[Cost],
    whole: &Counted,
    as_of: Day,
) -> (Won, Option<Money>) {
    let of_its_own = costs.iter().filter(|cost| cost.customer == Some(row.id));
    let of_its_own = of_its_own.filter(|cost| cost.purpose == Some(Purpose::Acquisition));
    let noted: Vec<Money> =
        record.acquisition_cost.into_iter().chain(of_its_own.filter_map(|cost| cost.amount)).collect();
    if !noted.is_empty() {
        return (Won::Noted, Some(noted.into_iter().sum()));
    }
    let of_channel = |cost: &&Cost| !record.source.is_empty() && cost.source == record.source;
    let of_channel: Vec<Cost> = costs.iter().filter(of_channel).cloned().collect();
    if let Some(spend) = spent(&of_channel, Purpose::Acquisition, as_of) {
        let mut through = Counted::default();
        book.rows()
            .filter(|(_, other)| other.word(Column::Source) == row.word(Column::Source))
            .for_each(|(_, other)| through.take(other, as_of));
        return (Won::Channel, value::acquisition_cost(spend, through.new));
    }
    let all = spent(costs, Purpose::Acquisition, as_of);
    (Won::All, all.and_then(|spend| value::acquisition_cost(spend, whole.new)))
}

const FIGURES: [(&str, Words, Words); 7] = [
    (
        "clv_simple",
        words("CLV, simple", "终身价值（简单）"),
        words(
            "order value × orders a year × 3 years × margin, 12 months",
            "客单价 × 年均单数 × 3 年 × 毛利率（近 12 个月）",
        ),
    ),
    (
        "clv_retention",
        words("CLV by retention", "终身价值（留存）"),
        words(
            "m·r ÷ (1 + i − r): m its margin of 12 months, r all buyers' retention, i 10 %",
            "m·r ÷ (1+i−r)：m 为该客户近 12 个月毛利，r 为全部买家留存率，i 取 10%",
        ),
    ),
    ("cac", words("CAC", "获客成本"), words("", "")),
    (
        "clv_to_cac",
        words("CLV : CAC", "终身价值与获客成本比"),
        words("CLV by retention ÷ CAC; 3 and more is healthy", "终身价值（留存）÷ 获客成本，3 以上为健康"),
    ),
    (
        "payback",
        words("payback", "回本周期"),
        words("CAC ÷ (its revenue a month × margin)", "获客成本 ÷（该客户月均销售额 × 毛利率）"),
    ),
    (
        "contribution",
        words("profit contribution", "利润贡献"),
        words("its profit less its costs of service, 12 months", "该客户近 12 个月利润 − 服务费用"),
    ),
    (
        "recommends",
        words("would recommend", "推荐意愿"),
        words("last answer, 0–10: 9–10 promote, 0–6 detract", "最近一次 0–10 分：9–10 推荐，0–6 贬损"),
    ),
];

/// What a card calls the figures it has room for.
const ON_A_CARD: [(&str, Words); 5] = [
    ("clv_retention", words("CLV", "终身价值")),
    ("cac", words("CAC", "获客成本")),
    ("clv_to_cac", words("CLV:CAC", "价值成本比")),
    ("payback", words("payback", "回本周期")),
    ("contribution", words("contribution", "利润贡献")),
];

/// What is known of it on one line, for a card.
pub fn worth_words(figures: &[Figure], language: Language) -> Option<String> {
    let told = |(key, name): &(&str, Words)| {
        let figure = figures.iter().find(|figure| figure.key == *key && figure.amount.is_some())?;
        Some(format!("{} {}", name.say(language), figure.said(language)))
    };
    let told: Vec<String> = ON_A_CARD.iter().filter_map(told).collect();
    (!told.is_empty()).then(|| told.join(" · "))
}
