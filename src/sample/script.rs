//! Which lines of talk fit a product, an amount and a customer; read once from the tables.

use crate::domain::money::Money;
use crate::sample::dice::Dice;
use crate::sample::product::Article;
use crate::sample::topic::{Line, Promise, Topic};
use crate::sample::{line_en, line_zh, phrase_en, phrase_zh};
use std::sync::LazyLock;

/// What a line asks of the setting it is said in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asks {
    instrument: bool,
    used_up: bool,
    large: bool,
    works: bool,
}

/// Words that only fit a customer with a works.
const WORKS_WORDS: &[&str] = &[
    "车间",
    "产线",
    "号线",
    "新线",
    "三班倒",
    "操作工",
    "停线",
    "工况",
    "技改",
    "上机",
    "厂房",
    "厂子",
    "设备科",
    "工艺",
    "line",
    "Plant",
    "plant",
    "rocess",
];

impl Asks {
    /// What `template` asks.
    pub fn of(template: &str) -> Asks {
        Asks {
            instrument: template.contains("{i}") || template.contains("{!}"),
            used_up: template.contains("{k}"),
            large: template.contains("{b}"),
            works: WORKS_WORDS.iter().any(|word| template.contains(word)),
        }
    }
}

/// What is spoken of and with whom, as far as it decides which lines fit.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    /// The product.
    pub article: &'static Article,
    /// The amount.
    pub amount: Money,
    /// Whether the customer has a works, with lines and shifts.
    pub works: bool,
}

/// From here on an amount is worth a tender, a budget and lawyers.
const LARGE: Money = Money::from_units(30_000);

impl Setting {
    /// Whether a line that asks this can be said here.
    pub fn meets(&self, asks: Asks) -> bool {
        let kind = if self.article.is_instrument() { !asks.used_up } else { !asks.instrument };
        kind && (self.works || !asks.works) && (!asks.large || self.amount >= LARGE)
    }

    /// Whether `template` can be said here.
    pub fn fits(&self, template: &str) -> bool {
        self.meets(Asks::of(template))
    }
}

/// One of `items` whose template fits, or the first that does after several vain attempts; the very first if none does.
pub(super) fn pick<T: Copy>(dice: &mut Dice, items: &[T], setting: Setting, template: fn(&T) -> &'static str) -> T {
    let drawn = (0..6).map(|_| *dice.pick(items)).find(|item| setting.fits(template(item)));
    drawn.or_else(|| items.iter().copied().find(|item| setting.fits(template(item)))).unwrap_or(items[0])
}

type Script = Vec<Vec<(Line, Asks)>>;

fn read(table: &[(Topic, &'static [Line])]) -> Script {
    let lines = |topic: Topic| table.iter().filter(move |(of, _)| *of == topic).flat_map(|(_, lines)| *lines);
    let with_asks = |line: &Line| (*line, Asks::of(line.4));
    Topic::ALL.iter().map(|topic| lines(*topic).map(with_asks).collect()).collect()
}

static CHINESE: LazyLock<Script> = LazyLock::new(|| read(line_zh::LINES));
static ENGLISH: LazyLock<Script> = LazyLock::new(|| read(line_en::LINES));

/// The lines on a topic, each with what it asks.
pub(super) fn lines(topic: Topic, english: bool) -> &'static [(Line, Asks)] {
    let script: &'static Script = if english { &ENGLISH } else { &CHINESE };
    script.get(topic as usize).map_or(&[], Vec::as_slice)
}

/// What is promised after a talk on a topic, and what came of it.
pub(super) fn promises(topic: Topic, english: bool) -> &'static [Promise] {
    let table = if english { phrase_en::PROMISES } else { phrase_zh::PROMISES };
    table.iter().find(|(topics, _)| topics.contains(&topic)).map_or(&[], |(_, promises)| *promises)
}

#[cfg(test)]
mod tests {
    use super::{Asks, lines, promises};
    use crate::sample::topic::Topic;

    #[test]
    fn every_topic_has_a_line_for_any_product_amount_and_customer() {
        for (place, topic) in Topic::ALL.iter().enumerate() {
            assert_eq!(*topic as usize, place);
            for english in [false, true] {
                let plain = |asks: &Asks| !asks.large && !asks.works;
                let any = |wanted: fn(&Asks) -> bool| {
                    lines(*topic, english).iter().any(|(_, asks)| plain(asks) && wanted(asks))
                };
                assert!(any(|asks| !asks.instrument) && any(|asks| !asks.used_up), "{topic:?} {english}");
            }
        }
    }

    #[test]
    fn something_is_promised_on_every_topic() {
        for topic in Topic::ALL {
            assert!(!promises(*topic, false).is_empty() && !promises(*topic, true).is_empty(), "{topic:?}");
        }
    }

    #[test]
    fn there_are_many_ways_to_say_things() {
        let count = |english| Topic::ALL.iter().map(|topic| lines(*topic, english).len()).sum::<usize>();
        assert!(count(false) >= 120 && count(true) >= 60, "{} {}", count(false), count(true));
    }
}
