//! What open complaints are about, counted.

use crate::desk::looking_back::grievances;
use crate::domain::id::Id;
use crate::query::field::fold;
use crate::store::error::StoreError;
use crate::text::{Language, words};
use crate::ui::context::Context;
use crate::ui::effect::Effect;
use crate::ui::job::{Done, Job};
use crate::ui::pending::Pending;
use std::collections::HashMap;

/// Topics that are named at most.
const NAMED: usize = 4;
/// Customers up to which they are read at once; more are read beside the screen.
const AT_ONCE: usize = 50;

/// The topics of open complaints, customer by customer, read once each.
#[derive(Default)]
pub struct Grievances {
    heard: HashMap<Id, Vec<String>>,
    revision: u64,
    /// Whose are counted.
    of: Vec<Id>,
    /// Of these, who is still to be read beside the screen.
    unread: Pending<Vec<Id>, Vec<(Id, Vec<String>)>>,
    counted: Vec<(String, usize)>,
    trouble: Option<StoreError>,
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
        self.of = book.each(|_, row| {
            let complains = row.open().is_some_and(|open| !open.complaints.is_empty());
            (complains && (only_of.is_none() || row.owner == only_of)).then_some(row.id)
        });
        self.trouble = None;
        self.unread.forget();
        let unread: Vec<Id> = self.of.iter().copied().filter(|id| !self.heard.contains_key(id)).collect();
        if unread.len() <= AT_ONCE {
            self.take(grievances(context.desk, &unread));
        } else {
            self.unread.ask(unread, self.revision);
        }
        self.sum_up();
    }

    /// The reading that is to be done beside the screen, once.
    pub fn work(&mut self, context: &Context<'_>) -> Option<Job> {
        self.unread.unsent()?;
        let desk = context.desk.snapshot();
        self.unread.send(|unread| {
            let unread = unread.clone();
            move || grievances(&desk, &unread)
        })
    }

    /// Takes what was read.
    ///
    /// # Errors
    /// Gives back what was not asked here.
    pub fn found(&mut self, done: Done) -> Result<Effect, Done> {
        if let Some((_, heard)) = self.unread.receive(done)? {
            self.take(heard);
            self.sum_up();
        }
        Ok(Effect::None)
    }

    fn take(&mut self, heard: Result<Vec<(Id, Vec<String>)>, StoreError>) {
        match heard {
            Ok(heard) => self.heard.extend(heard),
            Err(error) => self.trouble = Some(error),
        }
    }

    fn sum_up(&mut self) {
        let mut counts: HashMap<String, (String, usize)> = HashMap::new();
        for topic in self.of.iter().filter_map(|id| self.heard.get(id)).flatten() {
            counts.entry(fold(topic)).or_insert_with(|| (topic.clone(), 0)).1 += 1;
        }
        self.counted = counts.into_values().collect();
        // What has no topic comes last.
        self.counted.sort_by_key(|(topic, count)| (topic.is_empty(), std::cmp::Reverse(*count), topic.clone()));
    }

    /// Such as `complaints: delivery 3, quality 2`; nothing while there are none.
    pub fn told(&self, language: Language) -> String {
        if let Some(trouble) = &self.trouble {
            return trouble.unread(language);
        }
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
