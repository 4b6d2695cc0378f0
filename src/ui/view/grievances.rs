//! What open complaints are about, counted.

use crate::domain::choice::FeedbackKind;
use crate::domain::id::Id;
use crate::query::field::fold;
use crate::text::{Language, words};
use crate::ui::context::Context;
use std::collections::HashMap;

/// Topics that are named at most.
const NAMED: usize = 4;

/// The topics of open complaints, customer by customer, read once each.
#[derive(Default)]
pub struct Grievances {
    heard: HashMap<Id, Vec<String>>,
    revision: u64,
    counted: Vec<(String, usize)>,
}

impl Grievances {
    /// Counts them anew; only customers changed since are read again.
    pub fn count(&mut self, only_of: Option<Id>, context: &Context<'_>) {
        let book = context.book();
        match book.changed_since(self.revision) {
            Some(changed) => {
                for row in changed.into_iter().filter_map(|slot| book.row(slot)) {
                    self.heard.remove(&row.id);
                }
            }
            None => self.heard.clear(),
        }
        self.revision = book.revision();
        let mut counts: HashMap<String, (String, usize)> = HashMap::new();
        for (_, row) in book.rows().filter(|(_, row)| row.open().is_some_and(|open| !open.complaints.is_empty())) {
            if only_of.is_some() && row.owner != only_of {
                continue;
            }
            for topic in self.heard.entry(row.id).or_insert_with(|| topics(row.id, context)) {
                counts.entry(fold(topic)).or_insert_with(|| (topic.clone(), 0)).1 += 1;
            }
        }
        self.counted = counts.into_values().collect();
        // What has no topic comes last.
        self.counted.sort_by_key(|(topic, count)| (topic.is_empty(), std::cmp::Reverse(*count), topic.clone()));
    }

    /// Such as `complaints: delivery 3, quality 2`; nothing while there are none.
    pub fn told(&self, language: Language) -> String {
        let other = words("other", "其他").say(language);
        let named = self.counted.iter().take(NAMED).map(|(topic, count)| {
            let topic = if topic.is_empty() { other } else { topic };
            format!("{topic} {count}")
        });
        let named: Vec<String> = named.collect();
        let more = if self.counted.len() > NAMED { " …" } else { "" };
        match (named.is_empty(), language) {
            (true, _) => String::new(),
            (false, Language::En) => format!("complaints: {}{more}", named.join(", ")),
            (false, Language::Zh) => format!("投诉：{}{more}", named.join("，")),
        }
    }
}

/// What the open complaints of a customer are about.
fn topics(customer: Id, context: &Context<'_>) -> Vec<String> {
    let feedback = context.desk.dossier(customer).map(|dossier| dossier.feedback()).unwrap_or_default();
    let open =
        feedback.into_iter().filter(|entry| entry.kind == Some(FeedbackKind::Complaint) && entry.resolved_at.is_none());
    open.map(|entry| entry.topic).collect()
}
