//! Tiers, scores and warnings in words.

use crate::analysis::churn::Reason;
use crate::analysis::grading::{AsOf, Grading, Label, Weights};
use crate::analysis::rfm::Scores;
use crate::analysis::tier::{Grade, Marcus, Missing, Quadrant, Subject};
pub use crate::book::tier_words::{tier_called, tier_shown};
use crate::book::tiers::why::{Source, Why};
use crate::domain::money::Money;
use crate::domain::tiers::{Method, Segment};
use crate::domain::time::Day;
use crate::query::filter::Filter;
use crate::text::choices::Said;
use crate::text::figures::{grouped, points, short_money};
use crate::text::{Language, Words, words};

/// The orders a way of grading looks at, in words: rules name their periods themselves.
pub fn period_words(grading: &Grading, language: Language) -> String {
    match grading.method {
        Method::Rules => words("periods as the rules name them", "期间按规则所写").say(language).to_owned(),
        _ => window_words(grading.months, language),
    }
}

/// The months a scheme looks back, in words.
pub fn window_words(months: Option<u32>, language: Language) -> String {
    match (months, language) {
        (None, _) => words("all years", "全部年份").say(language).to_owned(),
        (Some(months), Language::En) => format!("last {months} months"),
        (Some(months), Language::Zh) => format!("近 {months} 个月"),
    }
}

/// What a way of grading is called: a saved scheme with its version, else its method.
pub fn grading_words(grading: &Grading, language: Language) -> String {
    if !grading.name.is_empty() {
        return format!("{} v{}", grading.name, grading.version);
    }
    let method = grading.method.words().say(language);
    if grading.weights == Weights::BUSINESS {
        return format!("{method}{}", words(", weighed by kind", "，按客户类型加权").say(language));
    }
    method.to_owned()
}

/// The condition of a rule in a language, whichever it was written in; one that cannot be read stays as it is.
pub fn rule_words(when: &str, language: Language) -> String {
    Filter::read(when).map_or_else(|_| when.to_owned(), |filter| filter.said(language))
}

/// From which day a scheme looks back, in words.
pub const fn as_of_words(as_of: AsOf) -> Words {
    match as_of {
        AsOf::Today => words("today", "今天"),
        AsOf::MonthEnd => words("end of last month", "上月末"),
        AsOf::QuarterEnd => words("end of last quarter", "上季末"),
    }
}

/// What gave a customer its tier: scheme and version, the day it was applied and the one it looked back from where that is
/// another, the rule where rules did.
pub fn source_words(source: &Source, language: Language) -> String {
    let way = grading_words(&source.grading, language);
    let rule = source.rule.as_deref().map(|rule| rule_words(rule, language)).unwrap_or_default();
    let mut said = words("by {}, applied {}", "按“{}”，{} 应用").filled(&[&way, &source.applied.to_string()], language);
    if source.as_of != source.applied {
        said += &words(", as of {}", "，截至 {}").filled(&[&source.as_of.to_string()], language);
    }
    match rule.as_str() {
        "" => said,
        rule => said + words(": ", "：").say(language) + rule,
    }
}

/// What is missing to the next tier; and from which tier, where today's figures give another than the customer has.
pub fn missing_today(why: &Why, has: &str, language: Language) -> Option<String> {
    let (missing, next) = why.missing.as_ref()?;
    let said = missing_words(missing, next, language);
    Some(match why.tier_today.as_deref().filter(|tier| *tier != has) {
        Some(tier) => words("today {}: {}", "今天为{}：{}").filled(&[&tier_shown(tier, language), &said], language),
        None => said,
    })
}

/// What the figures of today say of a customer that was graded as of an earlier day, and the tier they would give where
/// that is another than the one it has.
pub fn reason_today(why: &Why, has: &str, said: String, today: Day, language: Language) -> String {
    if why.source.as_ref().is_none_or(|source| source.as_of >= today) {
        return said;
    }
    let now = words("today: {}", "今天：{}").filled(&[&said], language);
    match why.tier_today.as_deref().filter(|tier| *tier != has) {
        Some(tier) => format!("{now} → {}", tier_shown(tier, language)),
        None => now,
    }
}

/// Why a customer has its tier: the figures with their scores, and what they come to.
pub fn reason(subject: &Subject, grade: &Grade, language: Language) -> String {
    let buying = &subject.buying;
    let value = format!("{:.2}", grade.value.as_number());
    let given = if buying.given { words(" (given figures)", "（表格所给数字）").say(language) } else { "" };
    if !buying.inside {
        let last = last_words(buying.recency, language);
        let none = words("no order in the window", "窗口内没有订单").say(language);
        return match language {
            Language::En => format!("{last}: {none}{given}"),
            Language::Zh => format!("{last}，{none}{given}"),
        };
    }
    let bought = bought_words(buying.recency, buying.orders, buying.revenue, grade.scores, language);
    match language {
        Language::En => format!("{bought}: {value}{given}"),
        Language::Zh => format!("{bought}，综合 {value}{given}"),
    }
}

fn last_words(days: Option<i32>, language: Language) -> String {
    match (days, language) {
        (Some(days), Language::En) => format!("last bought {days} days ago"),
        (Some(days), Language::Zh) => format!("距上次购买 {days} 天"),
        (None, Language::En) => "last purchase unknown".to_owned(),
        (None, Language::Zh) => "上次购买日期不详".to_owned(),
    }
}

/// What was bought, each figure with its score.
pub fn bought_words(days: Option<i32>, orders: u32, revenue: Money, scores: Scores, language: Language) -> String {
    let (last, money) = (last_words(days, language), short_money(revenue, language));
    let Scores { r, f, m } = scores;
    match (language, orders) {
        (Language::En, 1) => format!("{last} (R{r}), 1 order (F{f}), {money} (M{m})"),
        (Language::En, _) => format!("{last} (R{r}), {} orders (F{f}), {money} (M{m})", grouped(u64::from(orders))),
        (Language::Zh, _) => format!("{last}（R{r}），{} 单（F{f}），{money}（M{m}）", grouped(u64::from(orders))),
    }
}

/// What is missing to the next tier.
pub fn missing_words(missing: &Missing, tier: &str, language: Language) -> String {
    // What is shown without cents is never shown as nothing.
    let revenue = if missing.revenue.is_zero() { missing.revenue } else { missing.revenue.max(Money::from_units(1)) };
    let (tier, money) = (tier_shown(tier, language), short_money(revenue, language));
    let orders = missing.orders;
    match (missing.orders, missing.revenue.is_zero(), language) {
        (0, _, Language::En) => format!("{money} short of {tier}"),
        (0, _, Language::Zh) => format!("还差{money}升{tier}"),
        (1, true, Language::En) => format!("one order now lifts it to {tier}"),
        (1, true, Language::Zh) => format!("现在再下 1 单可升{tier}"),
        (_, true, Language::En) => format!("{orders} orders now lift it to {tier}"),
        (_, true, Language::Zh) => format!("还差 {orders} 单升{tier}"),
        (1, false, Language::En) => format!("one order of {money} now lifts it to {tier}"),
        (1, false, Language::Zh) => format!("现在下单 {money} 可升{tier}"),
        (_, false, Language::En) => format!("{orders} orders and {money} short of {tier}"),
        (_, false, Language::Zh) => format!("还差 {orders} 单、{money}升{tier}"),
    }
}

/// A reason for leaving, with its number.
pub fn churn_words(reason: &Reason, language: Language) -> String {
    let en = language == Language::En;
    let money = |amount| short_money(amount, language);
    match *reason {
        Reason::Gap { days, usual: Some(usual) } if en => format!("no order for {days} days, usually every {usual}"),
        Reason::Gap { days, usual: Some(usual) } => format!("{days} 天未购买（平常 {usual} 天）"),
        Reason::Gap { days, usual: None } if en => format!("no order for {days} days"),
        Reason::Gap { days, usual: None } => format!("{days} 天未购买"),
        Reason::Frequency { now, before } if en => format!("orders down from {before} to {now} in half a year"),
        Reason::Frequency { now, before } => format!("半年订单 {before} → {now}"),
        Reason::Spend { now, before } if en => format!("spend down from {} to {}", money(before), money(now)),
        Reason::Spend { now, before } => format!("半年消费 {} → {}", money(before), money(now)),
        Reason::Complaints { open: 0, year } if en => format!("{year} complaints in a year"),
        Reason::Complaints { open: 0, year } => format!("一年内投诉 {year} 次"),
        Reason::Complaints { open: 1, .. } if en => "a complaint open".to_owned(),
        Reason::Complaints { open, .. } if en => format!("{open} complaints open"),
        Reason::Complaints { open, .. } => format!("{open} 个投诉未解决"),
        Reason::Satisfaction { now, before } if en => {
            format!("satisfaction down from {} to {}", points(before), points(now))
        }
        Reason::Satisfaction { now, before } => format!("满意度 {} → {}", points(before), points(now)),
        Reason::Silence(days) if en => format!("silent for {days} days"),
        Reason::Silence(days) => format!("{days} 天没有联系"),
        Reason::Promise(days) if en => format!("a promise {days} days overdue"),
        Reason::Promise(days) => format!("承诺逾期 {days} 天"),
        Reason::Payment { amount, days } if en => format!("{} unpaid for {days} days", money(amount)),
        Reason::Payment { amount, days } => format!("{} 逾期未付 {days} 天", money(amount)),
    }
}

/// Every reason for leaving, the strongest first.
pub fn reasons_words(reasons: &[Reason], language: Language) -> String {
    let told: Vec<String> = reasons.iter().map(|reason| churn_words(reason, language)).collect();
    told.join(words("; ", "；").say(language))
}

/// S0's label.
pub const fn label_words(label: Label) -> Words {
    match label {
        Label::HighValue => words("high value", "高价值"),
        Label::PotentialValue => words("potential value", "潜力价值"),
        Label::AtRisk => words("at risk of leaving", "流失风险"),
    }
}

/// Marcus's cell.
pub const fn marcus_words(cell: Marcus) -> Words {
    match cell {
        Marcus::Best => words("best", "最佳"),
        Marcus::Spender => words("spender", "大额低频"),
        Marcus::Frequent => words("frequent", "高频小额"),
        Marcus::Uncertain => words("uncertain", "不确定"),
    }
}

/// A quadrant, and what to do in it.
pub const fn quadrant_words(quadrant: Quadrant) -> (Words, Words) {
    match quadrant {
        Quadrant::Star => (
            words("much now, much to come", "高价值·高潜力"),
            words("invest: own contact, first in line", "重点投入：专人服务，优先保障"),
        ),
        Quadrant::Keep => (
            words("much now, little to come", "高价值·低潜力"),
            words("keep: steady service, watch for decline", "维持：稳定服务，防止下滑"),
        ),
        Quadrant::Develop => (
            words("little now, much to come", "低价值·高潜力"),
            words("develop: try-outs, cross-selling", "培育：试用引导，交叉销售"),
        ),
        Quadrant::Serve => (
            words("little now, little to come", "低价值·低潜力"),
            words("serve at little cost", "低成本服务，批量触达"),
        ),
    }
}

/// A segment in words.
pub fn segment_shown(segment: Segment, language: Language) -> &'static str {
    segment.words().say(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A story: a card said “middle, 3 short of middle”, for it was graded as of the quarter's end and is low today.
    #[test]
    fn what_is_missing_names_the_tier_of_today_where_it_is_not_the_one_the_customer_has() {
        let missing = Missing { tier: 1, revenue: Money::from_units(3), orders: 0, now: false };
        let why = Why {
            standing: None,
            computed: None,
            tier_today: Some("low".to_owned()),
            missing: Some((missing, "middle".to_owned())),
            source: None,
        };
        let said = |has, language| missing_today(&why, has, language).unwrap();
        assert_eq!(said("middle", Language::En), "today low: 3 short of middle");
        assert_eq!(said("middle", Language::Zh), "今天为低：还差3升中");
        assert_eq!(said("low", Language::En), "3 short of middle");
    }
}
