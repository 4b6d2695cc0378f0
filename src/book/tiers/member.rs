//! Loyalty points and member levels by rule (requirements A8).

use crate::book::Book;
use crate::book::row::Row;
use crate::domain::choice::CustomerKind;
use crate::domain::money::Money;
use crate::domain::tiers::Membership;
use crate::domain::time::Day;
use crate::text::{Language, Words, words};

/// A customer as a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The level's name.
    pub level: String,
    /// Points gathered.
    pub points: u64,
    /// What the level brings.
    pub benefits: String,
}

/// The levels of a firm that has set none: name, spent at least, years at least, points for each 100 spent, benefits.
const SHIPPED: [(Words, i64, u32, u32, Words); 3] = [
    (words("gold", "金卡"), 100_000, 2, 3, words("priority service, 5 % off", "优先服务，九五折")),
    (words("silver", "银卡"), 20_000, 1, 2, words("birthday gift, 2 % off", "生日礼，九八折")),
    (words("member", "普通会员"), 0, 0, 1, words("points", "积分")),
];

impl Book {
    /// A customer's level and points: persons by the shipped levels, everybody by the firm's own where it has set some.
    /// `None` for who never bought.
    pub fn member(&self, row: &Row, as_of: Day, language: Language) -> Option<Member> {
        let own = self.standards().memberships();
        if own.is_empty() && row.kind != Some(CustomerKind::Consumer) {
            return None;
        }
        let sums = row.purchases(as_of);
        let years = u32::try_from(as_of.month().months_since(sums.first?.month()) / 12).unwrap_or(0);
        let levels = if own.is_empty() { shipped(language) } else { own.to_vec() };
        member_of(&levels, sums.total, years)
    }
}

fn shipped(language: Language) -> Vec<Membership> {
    let level = |(name, spend, years, points, benefits): &(Words, i64, u32, u32, Words)| Membership {
        name: name.say(language).to_owned(),
        spend: Money::from_units(*spend),
        years: *years,
        points: *points,
        benefits: benefits.say(language).to_owned(),
        ..Membership::default()
    };
    SHIPPED.iter().map(level).collect()
}

/// The first of `levels`, which stand from the highest, whose spend and years are reached.
fn member_of(levels: &[Membership], spent: Money, years: u32) -> Option<Member> {
    let level = levels.iter().find(|level| spent >= level.spend && years >= level.years)?;
    let hundreds = u64::try_from(spent.cents() / 10_000).unwrap_or(0);
    let points = hundreds.saturating_mul(u64::from(level.points));
    Some(Member { level: level.name.clone(), points, benefits: level.benefits.clone() })
}

#[cfg(test)]
mod tests {
    use super::{member_of, shipped};
    use crate::domain::money::Money;
    use crate::text::Language;

    #[test]
    fn the_highest_level_whose_spend_and_years_are_reached_is_given_with_its_points() {
        let levels = shipped(Language::Zh);
        let of = |units, years| member_of(&levels, Money::from_units(units), years).map(|m| (m.level, m.points));
        assert_eq!(of(150_000, 3), Some(("金卡".to_owned(), 4_500)));
        assert_eq!(of(150_000, 1), Some(("银卡".to_owned(), 3_000)));
        assert_eq!(of(99, 0), Some(("普通会员".to_owned(), 0)));
    }
}
