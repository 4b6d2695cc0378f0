//! What was to be sold in a month: targets, and how far they are off.

use crate::analysis::funnel::movement::Sheet;
use crate::domain::choice::Measure;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::target::Target;
use crate::domain::time::Month;
use std::collections::BTreeMap;

/// Revenue to be reached in one month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    /// Of the whole firm: its own target, else the sum of its people's.
    pub firm: Option<Money>,
    /// Of each person.
    pub people: BTreeMap<Id, Money>,
    /// Some are the month's share of a longer period.
    pub shared: bool,
}

impl Targets {
    /// The targets of a month. One of a longer period counts with the month's share where there is none of the month itself.
    pub fn of(all: &[Target], month: Month) -> Targets {
        let mut targets = Targets::default();
        let revenue = |target: &&Target| {
            target.measure == Some(Measure::Revenue) && target.group.is_empty() && target.team.is_none()
        };
        let mut firm: Option<(i32, Money)> = None;
        let mut people: BTreeMap<Id, (i32, Money)> = BTreeMap::new();
        for target in all.iter().filter(revenue) {
            let (Some(months), Some(amount)) = (months_with(target, month), target.amount) else { continue };
            let share = (months, amount.divided_by(u64::try_from(months).unwrap_or(1)).unwrap_or_default());
            let known = match target.owner {
                Some(owner) => people.entry(owner).or_insert(share),
                None => firm.get_or_insert(share),
            };
            // The shortest period says it best.
            if share.0 < known.0 {
                *known = share;
            }
        }
        targets.shared = people.values().chain(&firm).any(|(months, _)| *months > 1);
        let sum = || people.values().map(|(_, amount)| *amount).sum();
        targets.firm = firm.map(|(_, amount)| amount).or_else(|| (!people.is_empty()).then(sum));
        targets.people = people.into_iter().map(|(owner, (_, amount))| (owner, amount)).collect();
        targets
    }

    /// What is still missing of the firm's target, or of one person's; below nothing, what is over.
    pub fn gap(&self, sheet: &Sheet, owner: Option<Id>) -> Option<Money> {
        match owner {
            None => Some(self.firm? - sheet.total.won.amount),
            Some(owner) => {
                let won = sheet.owners.get(&Some(owner)).map_or(Money::ZERO, |line| line.won.amount);
                Some(*self.people.get(&owner)? - won)
            }
        }
    }
}

/// Over how many months a target runs, when the month is one of them.
fn months_with(target: &Target, month: Month) -> Option<i32> {
    let (from, to) = (target.from?.month(), target.to?.month());
    let months = to.months_since(from) + 1;
    ((from..=to).contains(&month) && months > 0).then_some(months)
}

#[cfg(test)]
mod tests {
    use super::Targets;
    use crate::domain::choice::Measure;
    use crate::domain::id::Id;
    use crate::domain::money::Money;
    use crate::domain::target::Target;
    use crate::domain::time::Day;

    fn target(owner: Option<u8>, from: (u32, u32), to: (u32, u32), units: i64) -> Target {
        Target {
            owner: owner.map(|number| Id::from_bytes([number; 16])),
            from: Day::from_ymd(2026, from.0, from.1),
            to: Day::from_ymd(2026, to.0, to.1),
            measure: Some(Measure::Revenue),
            amount: Some(Money::from_units(units)),
            ..Target::default()
        }
    }

    #[test]
    fn the_months_own_target_goes_before_its_share_of_the_year() {
        let november = Day::from_ymd(2026, 11, 1).unwrap().month();
        let year = target(Some(1), (1, 1), (12, 31), 1_200);
        let alone = Targets::of(std::slice::from_ref(&year), november);
        assert_eq!((alone.firm, alone.shared), (Some(Money::from_units(100)), true));
        let both = Targets::of(&[year, target(Some(1), (11, 1), (11, 30), 300)], november);
        assert_eq!((both.firm, both.shared), (Some(Money::from_units(300)), false));
    }

    #[test]
    fn without_a_target_of_the_firm_its_peoples_add_up() {
        let november = Day::from_ymd(2026, 11, 1).unwrap().month();
        let people = [target(Some(1), (11, 1), (11, 30), 300), target(Some(2), (11, 1), (11, 30), 200)];
        assert_eq!(Targets::of(&people, november).firm, Some(Money::from_units(500)));
        assert_eq!(Targets::of(&[], november), Targets::default());
    }
}
