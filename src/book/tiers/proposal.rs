//! What a recalculation would change: computed, looked at, held in part, and applied as one step.

use crate::analysis::grading::Grading;
use crate::analysis::tier::{Grade, Graded, Missing, Subject, grade, missing};
use crate::book::command::Command;
use crate::book::row::Row;
use crate::book::tier_moves::{Moved, write_moves};
use crate::book::tiers::say::{reason, rule_words, tier_called};
use crate::book::tiers::subjects::{RuleOf, subjects};
use crate::book::tiers::why::scored;
use crate::book::{Book, Slot};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::tiers::{Method, Segment, TierRun};
use crate::domain::time::Day;
use crate::query::field::Column;
use crate::text::{Language, words};
use std::collections::HashSet;
use std::sync::Arc;

/// One customer in a recalculation. Tiers are places in the proposal's list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Where its row is.
    pub slot: Slot,
    /// Who.
    pub customer: Id,
    /// The figures it was graded by; `None` for who has a tier and no orders any more.
    pub graded: Option<(Subject, Grade)>,
    /// The tier it has, or the one a table gave it.
    pub before: Option<u8>,
    /// The tier it would have.
    pub after: Option<u8>,
    /// The segment it has.
    pub segment_before: Option<Segment>,
    /// The tier is held.
    pub held: bool,
    /// Nothing was ever applied to it.
    pub is_new: bool,
}

impl Member {
    /// Whether its tier would change.
    pub fn moves(&self) -> bool {
        self.before != self.after
    }

    /// The segment it would have.
    pub fn segment(&self) -> Option<Segment> {
        self.graded.map(|(_, grade)| grade.segment)
    }

    /// What it brought in the window.
    pub fn revenue(&self) -> Money {
        self.graded.map_or(Money::ZERO, |(subject, _)| subject.buying.revenue)
    }

    /// Whether something is to be written of it.
    fn changes(&self) -> bool {
        self.moves() || self.is_new || self.segment() != self.segment_before
    }
}

/// What a recalculation would make of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The way of grading.
    pub grading: Grading,
    /// The day it looks from.
    pub as_of: Day,
    /// Names of tiers: those of the grading, then those customers have besides.
    pub names: Vec<String>,
    /// Everyone with a tier now or then.
    pub members: Vec<Member>,
    /// Edges, totals and shares.
    pub graded: Graded,
    /// Only these are looked at and applied, where some were chosen. Their scores stay relative to the whole book: a
    /// quantile of twelve customers would say nothing of them.
    pub only: Option<Arc<HashSet<Id>>>,
}

/// A tier with what is in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Customers.
    pub customers: u32,
    /// What they brought in the window.
    pub revenue: Money,
}

impl Proposal {
    /// What grading `book` would come to. Nothing is written.
    pub fn of(book: &Book, grading: &Grading, as_of: Day, rule: RuleOf<'_>) -> Proposal {
        let (slots, subjects) = subjects(book, grading, as_of, rule);
        let mut graded = grade(&subjects, grading);
        let grades = std::mem::take(&mut graded.grades);
        let mut names = Names(grading.tiers.clone());
        // The tiers of the book, each looked for once and not for every customer.
        let places: Vec<Option<u8>> = book.tiers().names().iter().map(|name| names.place(name)).collect();
        let mut make = Making { book, as_of, names: &mut names, places };
        let mut members = Vec::with_capacity(subjects.len());
        for ((slot, subject), grade) in slots.iter().zip(&subjects).zip(&grades) {
            if let Some(row) = book.row(*slot) {
                members.push(make.member(row, *slot, Some((*subject, *grade))));
            }
        }
        let had = members.iter().filter(|member| !member.is_new).count();
        if had < book.tiers().len() {
            let known: HashSet<Slot> = slots.into_iter().collect();
            let left = book.rows().filter(|(slot, row)| !known.contains(slot) && book.tiers().of(row.id).is_some());
            members.extend(left.map(|(slot, row)| make.member(row, slot, None)));
        }
        Proposal { grading: grading.clone(), as_of, names: names.0, members, graded, only: None }
    }

    /// The name of a tier; empty for none.
    pub fn name(&self, tier: Option<u8>) -> &str {
        tier.and_then(|tier| self.names.get(usize::from(tier))).map_or("", String::as_str)
    }

    /// Whether a member is one of those looked at.
    fn concerns(&self, member: &Member) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&member.customer))
    }

    /// Those looked at whose tier changes: the falls first, then by revenue.
    pub fn movers(&self) -> Vec<usize> {
        let concerned = self.members.iter().enumerate().filter(|(_, member)| self.concerns(member));
        let moving = concerned.filter(|(_, member)| member.moves());
        let mut movers: Vec<(bool, std::cmp::Reverse<Money>, usize)> = moving
            .map(|(place, member)| (member.after <= member.before, std::cmp::Reverse(member.revenue()), place))
            .collect();
        movers.sort_unstable();
        movers.into_iter().map(|(_, _, place)| place).collect()
    }

    /// Of those chosen, the ones whose tier stays, by revenue; nobody where all are looked at.
    pub fn staying(&self) -> Vec<usize> {
        if self.only.is_none() {
            return Vec::new();
        }
        let all = self.members.iter().enumerate();
        let mut staying: Vec<(std::cmp::Reverse<Money>, usize)> = all
            .filter(|(_, member)| self.concerns(member) && !member.moves())
            .map(|(place, member)| (std::cmp::Reverse(member.revenue()), place))
            .collect();
        staying.sort_unstable();
        staying.into_iter().map(|(_, place)| place).collect()
    }

    /// How many went from each tier (rows) to each (columns); the last of both is no tier.
    pub fn matrix(&self) -> Vec<Vec<u32>> {
        let none = self.names.len();
        let mut matrix = vec![vec![0; none + 1]; none + 1];
        for member in self.members.iter().filter(|member| self.concerns(member)) {
            let place = |tier: Option<u8>| tier.map_or(none, usize::from);
            let cell = matrix.get_mut(place(member.before)).and_then(|row| row.get_mut(place(member.after)));
            if let Some(cell) = cell {
                *cell += 1;
            }
        }
        matrix
    }

    /// Each tier after it, in the order of the names; customers without one are left out.
    pub fn distribution(&self) -> Vec<Filled> {
        self.filled(|_| true)
    }

    /// Each tier once it is applied to the chosen ones only, the others where they are.
    fn filled(&self, chosen: impl Fn(&Member) -> bool) -> Vec<Filled> {
        let mut filled = vec![Filled::default(); self.names.len()];
        for member in &self.members {
            let tier = if chosen(member) { member.after } else { member.before };
            if let Some(tier) = tier.and_then(|tier| filled.get_mut(usize::from(tier))) {
                tier.customers += 1;
                tier.revenue += member.revenue();
            }
        }
        filled
    }

    /// What is missing to the next tier.
    pub fn missing(&self, member: &Member) -> Option<Missing> {
        let (subject, grade) = member.graded.as_ref()?;
        missing(subject, grade, &self.graded, &self.grading)
    }

    /// Why a customer would have its tier: the rule that holds, or what its scores come to.
    pub fn reason(&self, member: &Member, language: Language) -> String {
        let Some((subject, grade)) = member.graded.as_ref() else {
            return words("no order any more", "已没有订单").say(language).to_owned();
        };
        let scores = reason(subject, grade, language);
        let tier = self.name(member.after);
        let rule = self.grading.rules.iter().find(|rule| self.grading.method == Method::Rules && rule.tier == tier);
        match rule {
            Some(rule) => format!("{} · {scores}", rule_words(&rule.when, language)),
            None => scores,
        }
    }

    /// The command that applies it: to all that are looked at, or to those named among them.
    pub fn apply(&self, by: &str, only: Option<&HashSet<Id>>) -> Command {
        let is_chosen =
            |member: &Member| self.concerns(member) && only.is_none_or(|only| only.contains(&member.customer));
        let chosen = || self.members.iter().filter(|member| is_chosen(member) && member.changes());
        let moves: Vec<Moved> = chosen().map(moved).collect();
        let after = self.filled(is_chosen);
        let filled = || self.names.iter().zip(&after);
        let run = TierRun {
            by: by.to_owned(),
            as_of: self.as_of,
            scheme: self.grading.name.clone(),
            version: self.grading.version,
            method: Some(self.grading.method),
            months: self.grading.months,
            settings: self.grading.settings().into_iter().chain(scored(&self.graded)).collect(),
            moved: chosen().filter(|member| member.moves()).count() as u32,
            customers: filled().map(|(name, filled)| (name.clone(), filled.customers.to_string())).collect(),
            revenue: filled().map(|(name, filled)| (name.clone(), filled.revenue.to_string())).collect(),
            total: self.graded.total,
            ..TierRun::default()
        };
        Command::SetTiers(Box::new(run), write_moves(&self.names, &moves))
    }
}

fn moved(member: &Member) -> Moved {
    let grade = member.graded.map(|(_, grade)| grade);
    let buying = member.graded.map(|(subject, _)| subject.buying);
    Moved {
        customer: member.customer,
        before: member.before,
        after: member.after,
        segment: grade.map(|grade| grade.segment),
        scores: grade.map(|grade| grade.scores).unwrap_or_default(),
        days: buying.and_then(|buying| buying.recency),
        orders: buying.map_or(0, |buying| buying.orders),
        revenue: member.revenue(),
    }
}

/// Names of tiers, each once.
struct Names(Vec<String>);

impl Names {
    fn place(&mut self, name: &str) -> Option<u8> {
        if name.is_empty() {
            return None;
        }
        let known = self.0.iter().position(|known| known == name);
        let place = known.unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        });
        u8::try_from(place).ok()
    }
}

/// What members are made with.
struct Making<'a> {
    book: &'a Book,
    as_of: Day,
    names: &'a mut Names,
    /// The place of each of the book's tiers among the names.
    places: Vec<Option<u8>>,
}

impl Making<'_> {
    fn member(&mut self, row: &Row, slot: Slot, graded: Option<(Subject, Grade)>) -> Member {
        let standing = self.book.tiers().of(row.id);
        let before = match standing {
            Some(standing) => self.places.get(usize::from(standing.tier)).copied().flatten(),
            None => self.names.place(&given_tier(row)),
        };
        let hold = row.heard().and_then(|heard| heard.hold);
        let held = hold.as_ref().filter(|(_, until)| until.is_none_or(|until| until >= self.as_of));
        let after = match held {
            Some((tier, _)) => self.names.place(tier),
            None => graded.and_then(|(_, grade)| grade.tier),
        };
        Member {
            slot,
            customer: row.id,
            graded,
            before,
            after,
            segment_before: standing.and_then(|standing| standing.segment),
            held: held.is_some(),
            is_new: standing.is_none(),
        }
    }
}

/// The tier a customer has now: as it was applied last, else as a table gave it; empty for none.
pub fn tier_now(book: &Book, row: &Row) -> String {
    book.tiers().of(row.id).map_or_else(|| given_tier(row), |standing| book.tiers().name(standing.tier).to_owned())
}

/// The tier a table gave: a shipped one where its words are known, else as it was written.
fn given_tier(row: &Row) -> String {
    let given = row.values().text(Column::Tier);
    // A firm's own word stays its own: only the plain ones are the shipped tiers.
    match given.trim() {
        "高" | "高价值" | "高价值客户" | "A" | "A级" | "A类" => "high".to_owned(),
        "中" | "中价值" | "中价值客户" | "B" | "B级" | "B类" => "middle".to_owned(),
        "低" | "低价值" | "低价值客户" | "C" | "C级" | "C类" => "low".to_owned(),
        own => tier_called(own).to_owned(),
    }
}
