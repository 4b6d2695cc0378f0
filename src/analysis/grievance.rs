//! Complaints counted by what they are about: how many are open, and whether what was promised was kept.

use crate::domain::feedback::Feedback;
use crate::domain::time::{Day, Moment};

/// The complaints about one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What they are about, as it was written first; empty where nothing was.
    pub topic: String,
    /// All of them.
    pub all: usize,
    /// Those not resolved.
    pub open: usize,
    /// Those answered by the time promised.
    pub kept: usize,
    /// Those answered after it, and those for which it has passed.
    pub late: usize,
    /// When the latest came.
    pub last: Option<Day>,
}

impl Tally {
    /// Those resolved.
    pub const fn resolved(&self) -> usize {
        self.all - self.open
    }

    fn count(&mut self, told: &Feedback, now: Moment) {
        self.all += 1;
        self.open += usize::from(told.resolved_at.is_none());
        // Who resolves a complaint has answered it.
        let answered = [told.answered_at, told.resolved_at].into_iter().flatten().min();
        match (told.promised, answered) {
            (Some(promised), Some(answered)) if answered <= promised => self.kept += 1,
            (Some(promised), answered) if answered.is_some() || promised < now => self.late += 1,
            _ => {}
        }
        self.last = self.last.max(Some(told.at.day()));
    }
}

/// Counts complaints by what they are about, those that recur most first; `same` gives what is counted as one.
pub fn tallied<'a>(
    complaints: impl Iterator<Item = &'a Feedback>,
    now: Moment,
    same: impl Fn(&str) -> String,
) -> Vec<Tally> {
    let mut found: std::collections::BTreeMap<String, Tally> = std::collections::BTreeMap::new();
    for told in complaints {
        let begun = || Tally { topic: told.topic.trim().to_owned(), ..Tally::default() };
        found.entry(same(told.topic.trim())).or_insert_with(begun).count(told, now);
    }
    let mut found: Vec<Tally> = found.into_values().collect();
    // What has no topic comes last.
    found.sort_by_key(|tally| (tally.topic.is_empty(), std::cmp::Reverse(tally.all)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Moment {
        Moment::start_of(Day::from_ymd(2026, 3, 18).unwrap(), 480).plus_seconds(hours * 3_600)
    }

    fn told(topic: &str, promised: Option<i64>, answered: Option<i64>, resolved: Option<i64>) -> Feedback {
        Feedback {
            topic: topic.into(),
            at: at(0),
            promised: promised.map(at),
            answered_at: answered.map(at),
            resolved_at: resolved.map(at),
            ..Feedback::default()
        }
    }

    #[test]
    fn kinds_are_counted_open_and_resolved_within_the_promise_and_past_it() {
        let all = [
            told("Delivery", Some(24), Some(20), None),
            told("delivery ", Some(24), Some(30), Some(40)),
            told("delivery", Some(24), None, Some(10)),
            told("delivery", Some(24), None, None),
            told("delivery", None, None, None),
            told("quality", Some(99), None, None),
            told("", None, None, Some(1)),
            told("", None, None, Some(1)),
        ];
        let found = tallied(all.iter(), at(48), str::to_lowercase);
        let told: Vec<_> = found
            .iter()
            .map(|one| (one.topic.as_str(), one.all, one.open, one.resolved(), one.kept, one.late))
            .collect();
        assert_eq!(told, [("Delivery", 5, 3, 2, 2, 2), ("quality", 1, 1, 0, 0, 0), ("", 2, 0, 2, 0, 0)]);
    }
}
