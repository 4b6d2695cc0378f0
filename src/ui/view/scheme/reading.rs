//! What stands in a line of a scheme's form, read as the part of the scheme it is and written again.

use crate::analysis::grading::{AsOf, Grading, High, Rule, Weights};
use crate::analysis::rfm::Edges;
use crate::book::tiers::rules::tiers_of;
use crate::book::tiers::say::{as_of_words, rule_words, tier_called, tier_shown, window_words};
use crate::domain::measure::Score;
use crate::domain::money::{Money, round_div};
use crate::domain::tiers::Method;
use crate::exchange::amount::amount;
use crate::exchange::cell::score;
use crate::exchange::header::Unit;
use crate::parse::period_words::window;
use crate::text::choices::Said;
use crate::text::figures::short_money;
use crate::text::{Language, Words, words};

/// A part of a scheme that has a line of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its name.
    Name,
    /// How scores and tiers are made.
    Method,
    /// Orders of how long.
    Window,
    /// From which day it looks back.
    AsOf,
    /// Names of the tiers, the best first.
    Tiers,
    /// The least value score of each tier but the last.
    Cuts,
    /// The shares between the tiers of ABC.
    Shares,
    /// From which score up one is high.
    High,
    /// Weights for firms.
    Business,
    /// Weights for persons.
    Consumer,
    /// Own edges of days.
    EdgesR,
    /// Own edges of orders.
    EdgesF,
    /// Own edges of revenue.
    EdgesM,
    /// A rule.
    Rule,
}

impl Part {
    /// The parts of every scheme in the order they are asked, rules apart.
    pub const ALL: [Part; 13] = [
        Part::Name,
        Part::Method,
        Part::Window,
        Part::AsOf,
        Part::Tiers,
        Part::Cuts,
        Part::Shares,
        Part::High,
        Part::Business,
        Part::Consumer,
        Part::EdgesR,
        Part::EdgesF,
        Part::EdgesM,
    ];

    /// Whether a method asks for it.
    pub const fn is_asked(self, method: Method) -> bool {
        match self {
            Part::Name | Part::Method | Part::Window | Part::AsOf => true,
            Part::Tiers => !matches!(method, Method::Rules),
            Part::Cuts | Part::Business | Part::Consumer => !matches!(method, Method::Rules | Method::Abc),
            Part::Shares => matches!(method, Method::Abc),
            Part::High => !matches!(method, Method::Rules),
            Part::EdgesR | Part::EdgesF | Part::EdgesM => matches!(method, Method::Threshold),
            Part::Rule => matches!(method, Method::Rules),
        }
    }

    /// What it is called.
    pub const fn words(self) -> Words {
        match self {
            Part::Name => words("name", "方案名称"),
            Part::Method => words("method", "分级方法"),
            Part::Window => words("window", "时间窗口"),
            Part::AsOf => words("as of", "截止日期"),
            Part::Tiers => words("tiers", "等级名称"),
            Part::Cuts => words("cuts", "等级分界"),
            Part::Shares => words("shares, %", "累计占比 %"),
            Part::High => words("high from", "高分标准"),
            Part::Business => words("weights, firms", "企业权重"),
            Part::Consumer => words("weights, persons", "个人权重"),
            Part::EdgesR => words("R, days", "R 界线（天）"),
            Part::EdgesF => words("F, orders", "F 界线（单）"),
            Part::EdgesM => words("M, revenue", "M 界线（元）"),
            Part::Rule => words("rule", "规则"),
        }
    }
}

/// The part as it stands in its line; a rule has its own words.
pub fn written(part: Part, grading: &Grading, language: Language) -> String {
    let fifth = |cut: &i64| round_div(i128::from(*cut), 5).to_string();
    let money = |cut: &i64| plain_money(Money::from_wide(round_div(i128::from(*cut), 5)));
    let set = |cuts: &[i64; 4], say: &dyn Fn(&i64) -> String| joined(cuts.iter().map(say));
    match part {
        Part::Name => grading.name.clone(),
        Part::Method => grading.method.words().say(language).to_owned(),
        Part::Window => window_words(grading.months, language),
        Part::AsOf => as_of_words(grading.as_of).say(language).to_owned(),
        Part::Tiers => joined(grading.tiers.iter().map(|tier| tier_shown(tier, language))),
        Part::Cuts => joined(grading.cuts.iter().map(|cut| format!("{:.2}", cut.as_number()))),
        Part::Shares => joined(grading.shares.iter().map(u32::to_string)),
        Part::High => high_words(grading.high, language),
        Part::Business => weights_text(grading.weights),
        Part::Consumer => weights_text(grading.consumer_weights),
        Part::EdgesR => set(&grading.edges.r, &fifth),
        Part::EdgesF => set(&grading.edges.of_orders(1), &fifth),
        Part::EdgesM => set(&grading.edges.of_revenue(1, 1), &money),
        Part::Rule => String::new(),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" / ")
}

fn plain_money(money: Money) -> String {
    money.to_string().trim_end_matches(".00").to_owned()
}

fn weights_text(weights: Weights) -> String {
    let Weights { r, f, m, size, satisfaction } = weights;
    joined([r, f, m, size, satisfaction].iter().map(u32::to_string))
}

/// When a score counts as high, in words.
pub fn high_words(high: High, language: Language) -> String {
    match high {
        High::Score(score) => score.to_string(),
        High::Mean => words("mean", "均值").say(language).to_owned(),
        High::Median => words("median", "中位数").say(language).to_owned(),
    }
}

/// What a score can be held against to be high.
pub const HIGHS: [High; 5] = [High::Score(4), High::Score(3), High::Score(5), High::Mean, High::Median];

/// A rule as it stands in its line.
pub fn rule_text(rule: &Rule, language: Language) -> String {
    format!("{} ← {}", tier_shown(&rule.tier, language), rule_words(&rule.when, language))
}

/// The rule a line says, and at which character its condition begins; without a tier the whole line is the condition.
pub fn rule_of(text: &str) -> (Rule, usize) {
    let sign = ["←", "<-"].into_iter().find_map(|sign| text.split_once(sign).map(|(tier, when)| (tier, sign, when)));
    let colon = || text.split_once([':', '：']).map(|(tier, when)| (tier, ":", when));
    let Some((tier, sign, when)) = sign.or_else(colon) else {
        return (Rule { tier: String::new(), when: text.trim().to_owned() }, leading(text));
    };
    let begins = tier.chars().count() + sign.chars().count() + leading(when);
    (Rule { tier: tier_called(tier).to_owned(), when: when.trim().to_owned() }, begins)
}

/// How many spaces stand before a text.
fn leading(text: &str) -> usize {
    text.chars().take_while(|c| c.is_whitespace()).count()
}

const NUMBERS: Words = words("numbers, with / between", "请填数字，用 / 隔开");
const A_NAME: Words = words("a scheme needs a name", "请填写方案名称");
const A_METHOD: Words = words("a method of the list: Enter shows it", "按回车选择分级方法");
const A_WINDOW: Words = words("months such as 18, or all", "填月数，例如 18，或“全部年份”");
const A_DAY: Words = words("today, end of last month or quarter: Enter", "今天、上月末或上季末：按回车选择");
const A_HIGH: Words = words("1 to 5, mean or median", "填 1 到 5、均值或中位数");
const SOME_TIERS: Words = words("2 to 9 names, all different, with / between", "2 到 9 个不同的名称，用 / 隔开");
const SOME_CUTS: Words = words("one cut fewer than tiers, falling from 5 to 1", "比等级少一个，由大到小，5 到 1");
const SOME_SHARES: Words = words("one fewer than tiers, rising, 1 to 100", "比等级少一个，由小到大，1 到 100");
const FIVE_WEIGHTS: Words =
    words("five: R / F / M / size / satisfaction, not all 0", "五个：R / F / M / 规模 / 满意度，不能全为 0");
const FOUR_EDGES: Words = words("four numbers, rising, with / between", "四个数字，由小到大，用 / 隔开");

/// Puts what a line says into the scheme; an error says what is to stand there.
pub fn take(part: Part, text: &str, into: &mut Grading) -> Result<(), Words> {
    let text = text.trim();
    match part {
        Part::Name if text.is_empty() => return Err(A_NAME),
        Part::Name => into.name = text.to_owned(),
        Part::Method => into.method = method_called(text).ok_or(A_METHOD)?,
        Part::Window => into.months = window(text).ok_or(A_WINDOW)?,
        Part::AsOf => into.as_of = as_of_called(text).ok_or(A_DAY)?,
        Part::Tiers => into.tiers = tiers(text).ok_or(SOME_TIERS)?,
        Part::Cuts => into.cuts = cuts(text, into.tiers.len()).ok_or(SOME_CUTS)?,
        Part::Shares => into.shares = shares(text, into.tiers.len()).ok_or(SOME_SHARES)?,
        Part::High => into.high = high_called(text).ok_or(A_HIGH)?,
        Part::Business => into.weights = weights(text)?,
        Part::Consumer => into.consumer_weights = weights(text)?,
        Part::EdgesR | Part::EdgesF | Part::EdgesM => take_edges(part, text, &mut into.edges)?,
        Part::Rule => {}
    }
    Ok(())
}

/// The method of these words, in either language.
pub fn method_called(text: &str) -> Option<Method> {
    let is_it = |method: &&Method| is_said(method.words(), text) || method.key().eq_ignore_ascii_case(text);
    Method::ALL.iter().find(is_it).copied()
}

fn is_said(words: Words, text: &str) -> bool {
    words.zh == text || words.en.eq_ignore_ascii_case(text)
}

fn as_of_called(text: &str) -> Option<AsOf> {
    AsOf::ALL.into_iter().find(|as_of| is_said(as_of_words(*as_of), text))
}

fn high_called(text: &str) -> Option<High> {
    let named = [High::Mean, High::Median].into_iter();
    let said = |high: &High| [Language::En, Language::Zh].iter().any(|language| high_words(*high, *language) == text);
    let score = || text.parse::<u8>().ok().filter(|score| (1..=5).contains(score)).map(High::Score);
    named.clone().find(said).or_else(score)
}

/// Names of tiers between slashes; every one another, none empty.
fn tiers(text: &str) -> Option<Vec<String>> {
    let names: Vec<String> = text.split(['/', '／', '、']).map(|name| tier_called(name).to_owned()).collect();
    let differ = names.iter().enumerate().all(|(at, name)| !names.iter().take(at).any(|other| other == name));
    let fits = (2..=9).contains(&names.len()) && names.iter().all(|name| !name.is_empty()) && differ;
    fits.then_some(names)
}

/// What stands between slashes, commas of lists and spaces.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['/', '／', '、', '，', ' ']).map(str::trim).filter(|part| !part.is_empty())
}

fn cuts(text: &str, tiers: usize) -> Option<Vec<Score>> {
    let cuts: Vec<Score> = parts(text).map(|part| score(part, 5).ok().flatten()).collect::<Option<_>>()?;
    let inside = cuts.iter().all(|cut| (100..=500).contains(&cut.hundredths()));
    (cuts.len() + 1 == tiers && inside && falls(&cuts)).then_some(cuts)
}

fn falls<T: PartialOrd>(values: &[T]) -> bool {
    values.windows(2).all(|pair| matches!(pair, [first, second] if first > second))
}

fn rises<T: PartialOrd>(values: &[T]) -> bool {
    values.windows(2).all(|pair| matches!(pair, [first, second] if first < second))
}

fn shares(text: &str, tiers: usize) -> Option<Vec<u32>> {
    let share = |part: &str| part.trim_end_matches(['%', '％']).parse::<u32>().ok();
    let shares: Vec<u32> = parts(text).map(share).collect::<Option<_>>()?;
    let inside = shares.iter().all(|share| (1..=100).contains(share));
    (shares.len() + 1 == tiers && inside && rises(&shares)).then_some(shares)
}

fn weights(text: &str) -> Result<Weights, Words> {
    let numbers: Vec<u32> = parts(text).map(|part| part.parse().ok()).collect::<Option<_>>().ok_or(NUMBERS)?;
    match numbers.as_slice() {
        [r, f, m, size, satisfaction]
            if numbers.iter().any(|number| *number > 0) && numbers.iter().all(|n| *n <= 1_000) =>
        {
            Ok(Weights { r: *r, f: *f, m: *m, size: *size, satisfaction: *satisfaction })
        }
        _ => Err(FIVE_WEIGHTS),
    }
}

/// Four edges, rising, in days, orders or money.
fn take_edges(part: Part, text: &str, into: &mut Edges) -> Result<(), Words> {
    let money = |part: &str| amount(part, Unit::One).ok().flatten();
    let wholes = || parts(text).map(|part| part.parse::<u32>().ok()).collect::<Option<Vec<u32>>>();
    let four = |numbers: Option<Vec<u32>>| {
        numbers.filter(|numbers| rises(numbers)).and_then(|numbers| <[u32; 4]>::try_from(numbers).ok())
    };
    let (none, days) = ([Money::ZERO; 4], [0; 4]);
    match part {
        Part::EdgesR => {
            let set = four(wholes().filter(|numbers| numbers.iter().all(|days| *days < 100_000))).ok_or(FOUR_EDGES)?;
            into.r = Edges::set(set.map(|day| day as i32), days, none).r;
        }
        Part::EdgesF => into.f = Edges::set([0; 4], four(wholes()).ok_or(FOUR_EDGES)?, none).f,
        _ => {
            let all: Option<Vec<Money>> = parts(text).map(money).collect();
            let set = all.filter(|all| rises(all)).and_then(|all| <[Money; 4]>::try_from(all).ok());
            into.m = Edges::set([0; 4], days, set.ok_or(FOUR_EDGES)?).m;
        }
    }
    Ok(())
}

/// What a line comes to, beside it: which score parts which tiers, what each weight is of.
pub fn understood(part: Part, grading: &Grading, language: Language) -> String {
    let pairs = |names: &mut dyn Iterator<Item = String>| names.collect::<Vec<_>>().join(" · ");
    let tier = |tier: &String| tier_shown(tier, language);
    let weights = |of: Weights| {
        let [size, satisfaction] =
            [words("size", "规模"), words("satisfaction", "满意度")].map(|words| words.say(language));
        let all = [("R", of.r), ("F", of.f), ("M", of.m), (size, of.size), (satisfaction, of.satisfaction)];
        pairs(&mut all.iter().filter(|(_, weight)| *weight > 0).map(|(name, weight)| format!("{name} {weight}")))
    };
    match part {
        Part::Cuts => {
            let cut = |(name, cut): (&String, &Score)| format!("{} ≥ {:.2}", tier(name), cut.as_number());
            pairs(&mut grading.tiers.iter().zip(&grading.cuts).map(cut).chain(grading.tiers.last().map(tier)))
        }
        Part::Shares => {
            let share = |(name, share): (&String, &u32)| format!("{} < {share}%", tier(name));
            pairs(&mut grading.tiers.iter().zip(&grading.shares).map(share).chain(grading.tiers.last().map(tier)))
        }
        Part::Business => weights(grading.weights),
        Part::Consumer => weights(grading.consumer_weights),
        Part::EdgesM => {
            let money = |cut: &i64| short_money(Money::from_wide(round_div(i128::from(*cut), 5)), language);
            pairs(&mut grading.edges.of_revenue(1, 1).iter().map(money))
        }
        _ => String::new(),
    }
}

/// The scheme with tiers as its rules give them.
pub fn with_rules(mut grading: Grading, rules: Vec<Rule>) -> Grading {
    grading.tiers = tiers_of(&rules);
    grading.rules = rules;
    grading
}

#[cfg(test)]
mod tests {
    use super::{Part, rule_of, take, understood, written};
    use crate::analysis::grading::{Grading, Weights};
    use crate::domain::tiers::Method;
    use crate::text::Language;

    #[test]
    fn every_part_written_and_read_again_is_the_same_in_both_languages() {
        for language in [Language::En, Language::Zh] {
            for method in Method::ALL {
                let mut grading = Grading::of(*method);
                (grading.name, grading.weights) = ("季度".into(), Weights::BUSINESS);
                for part in Part::ALL.into_iter().filter(|part| part.is_asked(*method)) {
                    let mut read = grading.clone();
                    assert_eq!(take(part, &written(part, &grading, language), &mut read), Ok(()), "{part:?}");
                    assert_eq!(read, grading, "{part:?} {method:?}");
                }
            }
        }
    }

    #[test]
    fn four_own_tiers_need_three_cuts_that_fall() {
        let mut grading = Grading::default();
        take(Part::Tiers, "战略/重点、普通 / 观察", &mut grading).unwrap();
        assert!(take(Part::Cuts, "3.67 / 2.33", &mut grading).is_err());
        assert!(take(Part::Cuts, "2 / 3 / 4", &mut grading).is_err());
        take(Part::Cuts, "4 / 3 / 2", &mut grading).unwrap();
        let said = understood(Part::Cuts, &grading, Language::Zh);
        assert_eq!(said, "战略 ≥ 4.00 · 重点 ≥ 3.00 · 普通 ≥ 2.00 · 观察");
    }

    #[test]
    fn what_cannot_be_is_refused_and_changes_nothing() {
        let wrong = [
            (Part::Name, " "),
            (Part::Method, "abcd"),
            (Part::Window, "0"),
            (Part::Tiers, "高 / 高"),
            (Part::Tiers, "高"),
            (Part::Shares, "95 / 80"),
            (Part::High, "6"),
            (Part::Business, "0 / 0 / 0 / 0 / 0"),
            (Part::Consumer, "1 / 1 / 1"),
            (Part::EdgesR, "30 / 90 / 90 / 365"),
            (Part::EdgesM, "1万 / 5万 / 3万 / 50万"),
        ];
        for (part, text) in wrong {
            let mut grading = Grading::default();
            assert!(take(part, text, &mut grading).is_err(), "{part:?} {text}");
            assert_eq!(grading, Grading::default());
        }
    }

    #[test]
    fn a_rule_is_its_tier_and_its_condition_and_knows_where_that_begins() {
        for text in ["高价值忠诚 ← 客单价>10万", "高价值忠诚：客单价>10万", "高价值忠诚 <- 客单价>10万"]
        {
            let (rule, begins) = rule_of(text);
            assert_eq!((rule.tier.as_str(), rule.when.as_str()), ("loyal", "客单价>10万"));
            assert_eq!(text.chars().skip(begins).collect::<String>(), "客单价>10万");
        }
        assert_eq!(rule_of("客单价>10万").0.tier, "");
    }
}
