//! What to advise: by segment and life stage, from the firm's own rules, else from those every book begins with.

use crate::book::Book;
use crate::book::cell::Cell;
use crate::book::row::Row;
use crate::book::tiers::say::{churn_words, segment_shown, tier_shown};
use crate::book::tiers::why::{grading_in_force, why};
use crate::domain::choice::LifeStage;
use crate::domain::id::Id;
use crate::domain::tiers::{Advice, Segment};
use crate::domain::time::Day;
use crate::query::field::Column;
use crate::text::choices::Said;
use crate::text::{Language, Words, words};

/// What the data says to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advised {
    /// What the data shows: tier, segment, life stage, the strongest warning.
    pub conclusion: String,
    /// What to do.
    pub action: String,
    /// Within how many days.
    pub days: u32,
}

/// What is shipped: topic, words, days until it is to be done.
const SHIPPED: [(&str, Words, u32); 14] = [
    ("champions", words("Keep close: own contact, first in line for new products", "专人维护，优先供货与新品体验"), 14),
    (
        "big_but_infrequent",
        words("Raise the frequency: frame contract, stocking proposal", "提高频次：框架协议、备货方案"),
        14,
    ),
    ("slipping_champions", words("Call back now: visit, find out what changed", "尽快回访，了解变化原因"), 7),
    (
        "big_and_leaving",
        words("Win back: visit with an offer of ours to decide on", "重点挽留：上门拜访并提交挽留方案"),
        7,
    ),
    ("regulars", words("Raise the order value: bundles, higher grades", "提高客单价：组合销售、产品升级"), 30),
    (
        "newcomers",
        words("Settle in: check on the first delivery, propose the next order", "新客培育：跟进首单体验，推荐复购"),
        14,
    ),
    ("slipping_regulars", words("Remind: seasonal offer, ask for the next order", "节点提醒，询问下一单需求"), 14),
    ("dormant", words("Try once at little cost: mailing, event", "低成本唤醒：群发、活动邀请"), 30),
    ("prospect", words("Find the first need: sample, small trial order", "挖掘首单需求：送样、小单试用"), 14),
    ("new", words("Ask how the first order went", "回访首单使用情况"), 14),
    ("growing", words("Widen: further products and sites", "扩大合作：更多品类与分支机构"), 30),
    ("stable", words("Keep the rhythm; review once a quarter", "保持节奏，每季度回顾一次"), 90),
    ("declining", words("Find the cause of the fall: price, service, a rival", "查明下滑原因：价格、服务还是竞品"), 14),
    ("lost", words("Ask why they left, note the cause, decide on winning back", "确认流失原因并决定是否挽回"), 14),
];

/// What a rule of advice is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Customers of a tier.
    Tier,
    /// Customers of a segment.
    Segment,
    /// Customers in a life stage.
    LifeStage,
}

/// A rule of advice with what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What it is for.
    pub about: About,
    /// The tier, segment or life stage in words.
    pub name: String,
    /// The rule: the book's own, or as it is shipped; without words for a tier nobody wrote one for.
    pub advice: Advice,
    /// The book's own.
    pub is_own: bool,
}

/// Where advice for a tier is kept: tiers go by names of the firm, which may be a segment's or a stage's.
fn topic_of_tier(tier: &str) -> String {
    format!("tier:{tier}")
}

/// The rule shipped for a topic; one without words where there is none.
fn shipped(topic: &str) -> Advice {
    let id = Id::of_name(&format!("advice/{topic}"));
    let found = SHIPPED.iter().find(|(other, _, _)| *other == topic);
    let (en, zh, days) = found.map_or(("", "", 14), |(_, words, days)| (words.en, words.zh, *days));
    Advice {
        id,
        topic: topic.to_owned(),
        en: en.to_owned(),
        zh: zh.to_owned(),
        days,
        hidden: false,
        ..Advice::default()
    }
}

/// Every rule of advice in the order it is asked: for the tiers in force, the segments, the life stages.
pub fn advice_rules(book: &Book, language: Language) -> Vec<Rule> {
    let own = book.standards().advice();
    let rule = |about, name: String, topic: String| {
        let kept = own.iter().find(|rule| !rule.hidden && rule.topic == topic);
        Rule { about, name, is_own: kept.is_some(), advice: kept.cloned().unwrap_or_else(|| shipped(&topic)) }
    };
    let tiers = grading_in_force(book).tiers;
    let tiers = tiers.iter().map(|tier| rule(About::Tier, tier_shown(tier, language), topic_of_tier(tier)));
    let segments = Segment::ALL
        .iter()
        .map(|segment| rule(About::Segment, segment_shown(*segment, language).to_owned(), segment.key().to_owned()));
    let stages = LifeStage::ALL
        .iter()
        .map(|stage| rule(About::LifeStage, stage.words().say(language).to_owned(), stage.key().to_owned()));
    tiers.chain(segments).chain(stages).collect()
}

/// What the data says of a customer and what to do; `None` for one of whom nothing is known. The own text of the
/// customer stands above it wherever there is one.
pub fn advised(book: &Book, row: &Row, as_of: Day, language: Language) -> Option<Advised> {
    let standing = book.tiers().of(row.id);
    let segment = standing.and_then(|standing| standing.segment);
    let segment = segment.or_else(|| why(book, row, as_of)?.computed.map(|(_, grade)| grade.segment));
    // As the list shows it: by hand, given, or computed; not known where only a number of orders was given.
    let stage = match book.cell(row, Column::LifeStage, as_of, language).cell {
        Cell::LifeStage(stage) => Some(stage),
        _ => None,
    };
    let tier = standing.map_or("", |standing| book.tiers().name(standing.tier));
    let topics = [segment.map(Segment::key), stage.map(LifeStage::key)];
    let of_topics = || topics.into_iter().flatten().find_map(|topic| advice_on(book, topic, language));
    let (action, days) = firms_advice(book, &topic_of_tier(tier), language).or_else(of_topics)?;
    let conclusion = concluded(row, tier, segment, stage, as_of, language);
    Some(Advised { conclusion, action, days })
}

fn concluded(
    row: &Row,
    tier: &str,
    segment: Option<Segment>,
    stage: Option<LifeStage>,
    as_of: Day,
    language: Language,
) -> String {
    let warned = row.warning(as_of).and_then(|warning| warning.reasons.first().copied());
    let parts = [
        tier_shown(tier, language),
        segment.map_or("", |segment| segment_shown(segment, language)).to_owned(),
        stage.map_or("", |stage| stage.words().say(language)).to_owned(),
        warned.map(|reason| churn_words(&reason, language)).unwrap_or_default(),
    ];
    let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    said.join(words(", ", "，").say(language))
}

fn firms_advice(book: &Book, topic: &str, language: Language) -> Option<(String, u32)> {
    let rules = book.standards().advice();
    let rule = rules.iter().find(|rule| !rule.hidden && rule.topic == topic)?;
    let (own, other) = match language {
        Language::En => (&rule.en, &rule.zh),
        Language::Zh => (&rule.zh, &rule.en),
    };
    Some((if own.is_empty() { other.clone() } else { own.clone() }, rule.days))
}

fn advice_on(book: &Book, topic: &str, language: Language) -> Option<(String, u32)> {
    firms_advice(book, topic, language).or_else(|| {
        let shipped = SHIPPED.iter().find(|(other, _, _)| *other == topic);
        shipped.map(|(_, words, days)| (words.say(language).to_owned(), *days))
    })
}

#[cfg(test)]
mod tests {
    use super::SHIPPED;
    use crate::domain::choice::LifeStage;
    use crate::domain::tiers::Segment;

    #[test]
    fn every_segment_and_life_stage_has_advice_shipped() {
        let topics = Segment::ALL.iter().map(|segment| segment.key());
        for topic in topics.chain(LifeStage::ALL.iter().map(|stage| stage.key())) {
            assert!(SHIPPED.iter().any(|(other, _, _)| *other == topic), "{topic}");
        }
    }
}
