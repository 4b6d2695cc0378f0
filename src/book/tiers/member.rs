//! Loyalty points and member levels by rule (requirements A8).

use crate::book::Book;
use crate::book::command::{Command, edit_between};
use crate::book::row::Row;
use crate::domain::choice::CustomerKind;
use crate::domain::id::Id;
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

/// A level every book begins with: its key, name, spent at least, years at least, points for each 100 spent, benefits.
type Shipped = (&'static str, Words, i64, u32, u32, Words);

const SHIPPED: [Shipped; 3] = [
    ("gold", words("gold", "金卡"), 100_000, 2, 3, words("priority service, 5 % off", "优先服务，九五折")),
    ("silver", words("silver", "银卡"), 20_000, 1, 2, words("birthday gift, 2 % off", "生日礼，九八折")),
    ("member", words("member", "普通会员"), 0, 0, 1, words("points", "积分")),
];

/// The levels that are offered, the highest first: the book's own, and of those every book begins with what it did
/// not change.
pub fn member_levels(book: &Book, language: Language) -> Vec<Membership> {
    let own = book.standards().memberships();
    let unchanged = shipped(language).into_iter().filter(|level| !own.iter().any(|other| other.id == level.id));
    let mut levels: Vec<Membership> = own.iter().filter(|level| !level.hidden).cloned().chain(unchanged).collect();
    levels.sort_by_key(|level| std::cmp::Reverse((level.spend, level.least, level.years)));
    levels
}

/// Why `level` cannot be kept: the field at fault, and what to do.
pub fn level_flaw(book: &Book, level: &Membership, language: Language) -> Option<(&'static str, Words)> {
    let name = level.name.trim().to_lowercase();
    let taken = |other: &Membership| other.id != level.id && other.name.trim().to_lowercase() == name;
    if name.is_empty() {
        Some(("name", words("a name is needed", "请填写名称")))
    } else if member_levels(book, language).iter().any(taken) {
        let other = words("there is a level of this name already: take another name", "已有同名等级，请换一个名称");
        Some(("name", other))
    } else if level.spend.cents() < 0 {
        Some((
            "spend",
            words("what is spent cannot be negative: write 0 or more", "消费额不能是负数，请填 0 或更大的金额"),
        ))
    } else {
        None
    }
}

/// The command that keeps a level as it is given: changed where the book has it, added where it is new or shipped.
pub fn put_level(book: &Book, level: Membership) -> Option<Command> {
    match book.standards().memberships().iter().find(|own| own.id == level.id && own.id != Id::BOOK) {
        Some(own) => edit_between(&own.clone().into(), &level.into()),
        None => Some(Command::Add(Box::new(level.into()))),
    }
}

/// A customer's level and points; `None` for who never bought, or has reached no level made for its kind.
pub fn member(book: &Book, row: &Row, as_of: Day, language: Language) -> Option<Member> {
    let sums = row.purchases(as_of);
    let years = u32::try_from(as_of.month().months_since(sums.first?.month()) / 12).unwrap_or(0);
    let is_person = row.kind == Some(CustomerKind::Consumer);
    let mut levels = member_levels(book, language);
    levels.retain(|level| is_person || !level.persons_only);
    member_of(&levels, Bought { spent: sums.total, orders: sums.orders, years })
}

/// What levels and points are reckoned from.
#[derive(Clone, Copy, Debug)]
struct Bought {
    spent: Money,
    orders: u32,
    years: u32,
}

impl Bought {
    /// Points by the rule of a level: for each whole 100 spent, and for each order.
    fn points(self, level: &Membership) -> u64 {
        let hundreds = u64::try_from(self.spent.cents() / 10_000).unwrap_or(0);
        let for_spend = hundreds.saturating_mul(u64::from(level.points));
        for_spend.saturating_add(u64::from(self.orders) * u64::from(level.per_order))
    }
}

/// The levels every book begins with; for persons only.
fn shipped(language: Language) -> Vec<Membership> {
    let level = |(key, name, spend, years, points, benefits): &Shipped| Membership {
        id: Id::of_name(&format!("member level/{key}")),
        name: name.say(language).to_owned(),
        spend: Money::from_units(*spend),
        years: *years,
        points: *points,
        benefits: benefits.say(language).to_owned(),
        persons_only: true,
        ..Membership::default()
    };
    SHIPPED.iter().map(level).collect()
}

/// The first of `levels`, which stand from the highest, whose spend, years and points are reached. The points a level
/// asks for are gathered by the rule of the lowest, so that a higher level never lifts itself.
fn member_of(levels: &[Membership], bought: Bought) -> Option<Member> {
    let gathered = bought.points(levels.last()?);
    let reached = |level: &&Membership| {
        bought.spent >= level.spend && bought.years >= level.years && gathered >= u64::from(level.least)
    };
    let level = levels.iter().find(reached)?;
    Some(Member { level: level.name.clone(), points: bought.points(level), benefits: level.benefits.clone() })
}

#[cfg(test)]
mod tests {
    use super::{Bought, member_of, shipped};
    use crate::domain::money::Money;
    use crate::domain::tiers::Membership;
    use crate::text::Language;

    fn given(levels: &[Membership], spent: i64, orders: u32, years: u32) -> Option<(String, u64)> {
        let bought = Bought { spent: Money::from_units(spent), orders, years };
        member_of(levels, bought).map(|member| (member.level, member.points))
    }

    #[test]
    fn the_highest_level_whose_spend_and_years_are_reached_is_given_with_its_points() {
        let levels = shipped(Language::Zh);
        assert_eq!(given(&levels, 150_000, 9, 3), Some(("金卡".to_owned(), 4_500)));
        assert_eq!(given(&levels, 150_000, 9, 1), Some(("银卡".to_owned(), 3_000)));
        assert_eq!(given(&levels, 99, 1, 0), Some(("普通会员".to_owned(), 0)));
    }

    #[test]
    fn a_level_by_points_counts_them_by_the_rule_of_the_lowest_level() {
        let level = |name: &str, least, points, per_order| Membership {
            name: name.into(),
            least,
            points,
            per_order,
            ..Membership::default()
        };
        let levels = [level("VIP", 100, 5, 50), level("普通", 0, 1, 10)];
        // 6,000 spent in four orders: 60 + 40 by the lowest level's rule, so VIP; and by its own 300 + 200.
        assert_eq!(given(&levels, 6_000, 4, 0), Some(("VIP".to_owned(), 500)));
        assert_eq!(given(&levels, 6_000, 3, 0), Some(("普通".to_owned(), 90)));
    }
}
