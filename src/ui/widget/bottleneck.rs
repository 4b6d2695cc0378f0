//! The bottleneck of a funnel said in one sentence, with its reason and its numbers.

use crate::analysis::funnel::bottleneck::{Bottleneck, Lead};
use crate::analysis::funnel::ladder::Ladder;
use crate::book::deals::Deals;
use crate::book::standards::Standards;
use crate::domain::choice::ListKind;
use crate::text::figures::{grouped, rounded_percent, short_money};
use crate::text::{Language, words};

/// How stages and reasons are called.
#[derive(Clone, Copy)]
pub struct Naming<'a> {
    /// The deals, which number stages and reasons.
    pub deals: &'a Deals,
    /// The book's lists.
    pub standards: &'a Standards,
    /// The language.
    pub language: Language,
}

impl Naming<'_> {
    /// A stage by its number.
    pub fn stage(&self, number: u16) -> String {
        self.standards.stage_shown(self.deals.stage(number), self.language).to_owned()
    }

    /// A lost reason by its number.
    pub fn reason(&self, number: Option<u16>) -> String {
        match number {
            Some(number) => {
                self.standards.shown(ListKind::LostReason, self.deals.reason(number), self.language).to_owned()
            }
            None => words("no reason given", "未填原因").say(self.language).to_owned(),
        }
    }
}

/// The sentence.
pub fn sentence(found: &Bottleneck, ladder: &Ladder, naming: &Naming<'_>) -> String {
    let stage = |at: usize| ladder.way().get(at).map_or_else(String::new, |rung| naming.stage(rung.stage));
    let step = format!("{} → {}", stage(found.at), stage(found.at + 1));
    let (on, all) = (grouped(found.passed as u64), grouped((found.passed + found.lost) as u64));
    let rate = found.rate.map(rounded_percent).unwrap_or_default();
    let main = match (naming.language, found.before.map(rounded_percent)) {
        (Language::En, Some(before)) => format!("{step}: {on} of {all} decided went on ({rate}, before {before})"),
        (Language::Zh, Some(before)) => format!("{step}：已定 {all} 个中推进 {on} 个（{rate}，以往 {before}）"),
        (Language::En, None) => format!("{step} loses most: {}", lost(found, naming.language)),
        (Language::Zh, None) => format!("{step} 漏损最大：{}", lost(found, naming.language)),
    };
    let why = why(found, naming);
    match (why.is_empty(), naming.language) {
        (true, _) => main,
        (_, Language::En) => format!("{main}; {why}"),
        (_, Language::Zh) => format!("{main}；{why}"),
    }
}

fn lost(found: &Bottleneck, language: Language) -> String {
    let count = grouped(found.lost as u64);
    let amount = short_money(found.lost_amount, language);
    match (found.lost_amount.is_zero(), language) {
        (true, Language::En) => format!("{count} deals"),
        (true, Language::Zh) => format!("输单 {count} 个"),
        (false, Language::En) => format!("{count} deals, {amount}"),
        (false, Language::Zh) => format!("输单 {count} 个共 {amount}"),
    }
}

/// What the reason is seen in, with its numbers.
fn why(found: &Bottleneck, naming: &Naming<'_>) -> String {
    let waiting = grouped(found.waiting as u64);
    match (found.lead, naming.language) {
        (Lead::SlowFollowUp, language) => {
            let days = found.silence.unwrap_or_default().round();
            match language {
                Language::En => {
                    format!("slow follow-up: half of the {waiting} waiting have not been spoken with for {days} days")
                }
                Language::Zh => format!("跟进慢：停留的 {waiting} 个中，半数已 {days} 天未联系"),
            }
        }
        (Lead::OverAge, language) => {
            let (over, limit) = (grouped(found.over_age as u64), found.limit.unwrap_or_default().round());
            match language {
                Language::En => format!("{over} of the {waiting} waiting are there for more than {limit} days"),
                Language::Zh => format!("停留的 {waiting} 个中 {over} 个已超过 {limit} 天"),
            }
        }
        (Lead::LostFor, language) => {
            let named = found.reasons.iter().filter(|(reason, _)| reason.is_some());
            let named = named.map(|(reason, count)| format!("{} {count}", naming.reason(*reason)));
            let named: Vec<String> = named.collect();
            match language {
                Language::En => format!("lost to {}", named.join(", ")),
                Language::Zh => format!("多因{}", named.join("、")),
            }
        }
        (Lead::Unknown, Language::En) => "no reason is on record".to_owned(),
        (Lead::Unknown, Language::Zh) => "原因没有记录".to_owned(),
    }
}
