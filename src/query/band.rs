//! Bands of revenue, as sizes are written: from how much to how much `1000万-5000万`, `under 5M` or `1亿元以上` goes.

use crate::domain::money::Money;
use crate::parse::amount::whole;
use crate::parse::number::Number;

/// Words before an amount, or behind it, that leave the band open below.
const BELOW: &[&str] =
    &["under", "below", "less than", "up to", "at most", "<", "＜", "≤", "不足", "不超过", "以内", "及以下", "以下"];
/// Words that leave it open above.
const ABOVE: &[&str] =
    &["over", "above", "more than", "at least", ">", "＞", "≥", "超过", "不低于", "及以上", "以上", "+", "＋"];
/// What stands between the ends of a band.
const BETWEEN: &[&str] = &["-", "–", "—", "~", "～", "到", "至", "..", " to "];

/// A band of revenue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// Where it begins.
    low: Money,
    /// Where it ends; a band may be open.
    high: Money,
}

impl Band {
    /// The band of one amount.
    pub const fn of(amount: Money) -> Band {
        Band { low: amount, high: amount }
    }

    /// The band that a word says; `None` where it says none.
    pub fn read(word: &str) -> Option<Band> {
        let word = word.trim().to_lowercase();
        let open = |marks: &[&str]| {
            marks.iter().find_map(|mark| word.strip_prefix(mark).or_else(|| word.strip_suffix(mark))).map(str::to_owned)
        };
        let number = |text: &str| whole(text).ok();
        let money = |number: Number| number.money().ok();
        if let Some(high) = open(BELOW) {
            return Some(Band { low: Money::ZERO, high: number(&high).and_then(money)? });
        }
        if let Some(low) = open(ABOVE) {
            return Some(Band { low: number(&low).and_then(money)?, high: Money::from_cents(i64::MAX) });
        }
        if let Some((low, high)) = BETWEEN.iter().find_map(|mark| word.split_once(mark)) {
            let (low, high) = (number(low)?, number(high)?);
            return Some(Band { low: money(low.with_unit_of(high))?, high: money(high)? });
        }
        number(&word).and_then(money).map(Band::of)
    }

    /// Whether it is no more than one amount.
    pub fn is_amount(self) -> bool {
        self.low == self.high
    }

    /// Whether all of it lies above another.
    pub fn is_above(self, other: Band) -> bool {
        self.low >= other.high
    }

    /// Whether none of it lies below another.
    pub fn is_from(self, other: Band) -> bool {
        self.low >= other.low
    }

    /// Whether none of it lies above another.
    pub fn is_up_to(self, other: Band) -> bool {
        self.high <= other.high
    }
}

#[cfg(test)]
mod tests {
    use super::Band;

    #[test]
    fn every_shipped_size_is_a_band_in_both_languages_and_they_stand_in_order() {
        let sizes = crate::domain::list::shipped_items();
        let sizes: Vec<_> =
            sizes.iter().filter(|item| item.list == Some(crate::domain::choice::ListKind::Size)).collect();
        let bands: Vec<Band> = sizes.iter().map(|item| Band::read(&item.zh).unwrap()).collect();
        let english: Vec<Band> = sizes.iter().map(|item| Band::read(&item.en).unwrap()).collect();
        assert_eq!(bands, english);
        assert!(bands.windows(2).all(|pair| pair[1].is_above(pair[0])));
    }

    #[test]
    fn a_unit_behind_the_second_end_is_that_of_both() {
        assert_eq!(Band::read("500-1000万"), Band::read("500万~1000万"));
        assert_eq!(Band::read("大型"), None);
    }

    /// A story: a size written in other words was none, and nobody passed.
    #[test]
    fn a_band_reads_also_in_other_words_and_with_signs_of_a_currency() {
        let band = Band::read("500万-1000万");
        for word in
            ["500万到1000万", "500万至1000万", "500万..1000万", "￥500万-￥1000万", "¥500-¥1000万", "5M to $10M"]
        {
            assert_eq!(Band::read(word), band, "{word}");
        }
        for word in ["500万以内", "不超过500万", "up to 5M", "at most 5M", "500万及以下"] {
            assert_eq!(Band::read(word), Band::read("500万以下"), "{word}");
        }
        for word in ["5M+", "500万＋", "500万及以上", "at least $5M"] {
            assert_eq!(Band::read(word), Band::read("500万以上"), "{word}");
        }
    }
}
