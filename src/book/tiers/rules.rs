//! Rules of a rules scheme, read in the filter language and asked of each customer.

use crate::analysis::grading::{Grading, Rule};
use crate::analysis::rfm::Span;
use crate::book::Book;
use crate::book::filtering::Sieve;
use crate::book::row::Row;
use crate::book::tiers::subjects::buying;
use crate::domain::tiers::Method;
use crate::domain::time::Day;
use crate::query::filter::{Fault, Filter};

/// The rules every book begins with, giving the tiers of S0's own table; the first that holds wins.
const SHIPPED: [(&str, &str); 4] = [
    ("loyal", "客单价>10万 且 复购率>30% 且 满意度>4"),
    ("promising", "客单价>10万"),
    ("growing", "生命周期=成长期 或 生命周期=新客期"),
    ("leaving", "生命周期=衰退期 或 生命周期=流失期"),
];

/// The shipped way of grading by rules.
pub fn shipped() -> Grading {
    let mut grading = Grading::of(Method::Rules);
    grading.rules =
        SHIPPED.iter().map(|(tier, when)| Rule { tier: (*tier).to_owned(), when: (*when).to_owned() }).collect();
    grading.tiers = tiers_of(&grading.rules);
    grading
}

/// The tiers that rules give, each once, in their order.
pub fn tiers_of(rules: &[Rule]) -> Vec<String> {
    let mut tiers: Vec<String> = Vec::new();
    for rule in rules.iter().filter(|rule| !rule.tier.is_empty()) {
        if !tiers.contains(&rule.tier) {
            tiers.push(rule.tier.clone());
        }
    }
    tiers
}

/// Rules made ready for one book and day.
pub struct Rules<'a> {
    sieves: Vec<(u8, Sieve<'a>)>,
}

impl Rules<'_> {
    /// The place of the tier that the first rule which holds gives.
    pub fn of(&self, row: &Row) -> Option<u8> {
        self.sieves.iter().find(|(_, sieve)| sieve.passes(row)).map(|(tier, _)| *tier)
    }
}

/// The rules of a grading made ready; none for a method that asks no rules. A rule that cannot be read is told with
/// its number.
pub fn rules_of<'a>(book: &'a Book, grading: &Grading, as_of: Day) -> Result<Rules<'a>, (usize, Fault)> {
    let mut sieves = Vec::new();
    if grading.method == Method::Rules {
        for (number, rule) in grading.rules.iter().enumerate() {
            let filter = Filter::read(&rule.when).map_err(|fault| (number + 1, fault))?;
            if let Some(tier) = grading.tiers.iter().position(|tier| *tier == rule.tier) {
                sieves.push((tier.min(254) as u8, book.sieve(&filter, as_of, None)));
            }
        }
    }
    Ok(Rules { sieves })
}

/// What a rule catches among the customers that can be graded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caught {
    /// Those of whom it is the first that holds: they get its tier.
    pub first: u32,
    /// All for whom it holds.
    pub holds: u32,
}

/// What each of several rules catches; nothing for one that cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catch {
    /// The rules, as they were asked.
    pub asked: Vec<String>,
    /// What each catches, in the same order.
    pub caught: Vec<Option<Caught>>,
    /// Customers for whom none holds.
    pub left: u32,
    /// Revision of the book it was counted in.
    pub revision: u64,
}

impl Catch {
    /// Whether it tells of these rules in a book of this revision.
    pub fn tells(&self, rules: &[String], revision: u64) -> bool {
        self.asked == rules && self.revision == revision
    }
}

/// Counts what each rule catches of everyone that has something to be graded by.
pub fn catch(book: &Book, rules: Vec<String>, months: Option<u32>, as_of: Day) -> Catch {
    let read = |rule: &String| Filter::read(rule).ok().map(|filter| book.sieve(&filter, as_of, None));
    let sieves: Vec<Option<Sieve<'_>>> = rules.iter().map(read).collect();
    let mut caught: Vec<Option<Caught>> =
        sieves.iter().map(|sieve| sieve.as_ref().map(|_| Caught::default())).collect();
    let (span, mut left) = (Span::months(months, as_of), 0);
    for (_, row) in book.rows().filter(|(_, row)| buying(row, span).is_some()) {
        let mut free = true;
        for (sieve, caught) in sieves.iter().zip(&mut caught) {
            if let (Some(sieve), Some(caught)) = (sieve, caught)
                && sieve.passes(row)
            {
                caught.holds += 1;
                caught.first += u32::from(std::mem::take(&mut free));
            }
        }
        left += u32::from(free);
    }
    Catch { asked: rules, caught, left, revision: book.revision() }
}

#[cfg(test)]
mod tests {
    use super::shipped;
    use crate::query::filter::Filter;

    #[test]
    fn the_shipped_rules_can_all_be_read() {
        for rule in shipped().rules {
            assert!(Filter::read(&rule.when).is_ok(), "{}", rule.when);
        }
    }
}
