//! Fills the slots of a phrase: product, contact, amount, quantity, day, competitor, customer.

use crate::domain::money::Money;
use crate::sample::product::Article;

/// What stands in the slots.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    /// `{p}`
    pub product: &'static str,
    /// `{c}`
    pub contact: String,
    /// `{a}`
    pub amount: String,
    /// `{q}`
    pub quantity: String,
    /// `{d}`
    pub day: String,
    /// `{x}`
    pub rival: &'static str,
    /// `{f}`
    pub firm: String,
}

/// `template` with its slots filled.
pub(super) fn fill(template: &str, slots: &Slots) -> String {
    let mut text = String::with_capacity(template.len() + 24);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((key, tail)) = after.split_once('}') else { break };
        text.push_str(match key {
            "!" | "b" => "",
            "p" | "i" | "k" => slots.product,
            "c" => &slots.contact,
            "a" => &slots.amount,
            "q" => &slots.quantity,
            "d" => &slots.day,
            "x" => slots.rival,
            _ => &slots.firm,
        });
        rest = tail;
    }
    text.push_str(rest);
    text
}

/// `text` speaking of a woman: 他 becomes 她, but not in 他们 and 其他.
pub(super) fn of_a_woman(text: &str) -> String {
    if !text.contains('他') {
        return text.to_owned();
    }
    let signs: Vec<char> = text.chars().collect();
    let other = |place: usize| signs.get(place + 1) == Some(&'们') || place > 0 && signs.get(place - 1) == Some(&'其');
    signs.iter().enumerate().map(|(place, sign)| if *sign == '他' && !other(place) { '她' } else { *sign }).collect()
}

/// An amount as one says it: 12.5万, 8600元, 12.5k.
pub(super) fn said(amount: Money, english: bool) -> String {
    let units = (amount.cents() + 50) / 100;
    let (step, mark, plain) = if english { (1_000, "k", "¥") } else { (10_000, "万", "") };
    if units < step {
        return if english { format!("{plain}{units}") } else { format!("{units}元") };
    }
    let tenths = (units * 10 + step / 2) / step;
    match tenths % 10 {
        0 => format!("{}{mark}", tenths / 10),
        tenth => format!("{}.{tenth}{mark}", tenths / 10),
    }
}

/// So many pieces of an article: 12台, 12 pcs.
pub(super) fn quantity(pieces: i64, article: &Article, english: bool) -> String {
    if english {
        format!("{pieces} {}", if pieces == 1 { "pc" } else { "pcs" })
    } else {
        format!("{pieces}{}", article.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::{Slots, fill, said};
    use crate::domain::money::Money;

    #[test]
    fn a_phrase_has_its_slots_filled() {
        let slots = Slots { product: "压力表", contact: "王总".to_owned(), ..Slots::default() };
        assert_eq!(fill("{c}要{p}", &slots), "王总要压力表");
    }

    #[test]
    fn an_amount_is_said_in_the_words_of_the_language() {
        let amounts =
            [(8_600, "8600元", "8.6k"), (125_000, "12.5万", "125k"), (850, "850元", "¥850"), (99_999, "10万", "100k")];
        for (units, zh, en) in amounts {
            assert_eq!(
                (said(Money::from_units(units), false), said(Money::from_units(units), true)),
                (zh.into(), en.into())
            );
        }
    }
}
