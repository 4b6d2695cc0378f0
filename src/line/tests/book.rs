//! A small book to read lines against, and a line written out for comparing.

use crate::domain::choice::{Direction, ListKind};
use crate::domain::deal::Stage;
use crate::domain::id::Id;
use crate::domain::list::{ListItem, shipped_items, shipped_stages};
use crate::domain::time::{Day, Moment};
use crate::line::{Context, Line, Named, Names, longest_name};
use crate::parse::when::{Clock, DateOrder};
use crate::parse::working_days::Calendar;
use crate::text::Language;
use chrono::Weekday;

pub(super) const CUSTOMERS: &[&str] = &["华东机械", "李工机械", "Acme", "Acme Corp"];
/// Contacts and their customers.
pub(super) const CONTACTS: &[(&str, &str)] =
    &[("王总", "华东机械"), ("王工", "华东机械"), ("Jane", "Acme"), ("Jane Doe", "Acme Corp")];
pub(super) const OWNERS: &[&str] = &["李工", "张伟", "Bob"];

pub(super) struct Roll;

fn named(names: &[&str], text: &str) -> Option<Named> {
    let (at, chars) = longest_name(names.iter().copied(), text)?;
    Some(Named { id: Id::of_name(names[at]), chars })
}

impl Names for Roll {
    fn customer(&self, text: &str) -> Option<Named> {
        named(CUSTOMERS, text)
    }
    fn contact(&self, customer: Option<Id>, text: &str) -> Option<Named> {
        let here = |home: &str| customer.is_none_or(|customer| customer == Id::of_name(home));
        let names: Vec<&str> = CONTACTS.iter().filter(|(_, home)| here(home)).map(|(name, _)| *name).collect();
        named(&names, text)
    }
    fn owner(&self, text: &str) -> Option<Named> {
        named(OWNERS, text)
    }
}

/// The shipped lists, a few names, and ten o'clock on Saturday, 21 November 2026.
pub(super) struct Book {
    pub(super) ways: Vec<ListItem>,
    pub(super) outcomes: Vec<ListItem>,
    pub(super) stages: Vec<Stage>,
    pub(super) tags: Vec<String>,
    calendar: Calendar,
}

impl Book {
    pub(super) fn new() -> Book {
        let items = |kind| shipped_items().into_iter().filter(|item| item.list == Some(kind)).collect();
        Book {
            ways: items(ListKind::Way),
            outcomes: items(ListKind::Outcome),
            stages: shipped_stages(),
            tags: ["合同", "大客户", "contract", "VIP"].map(str::to_owned).to_vec(),
            calendar: Calendar::default(),
        }
    }

    pub(super) fn context(&self) -> Context<'_> {
        let day = Day::from_ymd(2026, 11, 21).unwrap();
        let now = Moment::start_of(day, 480).plus_seconds(10 * 3600);
        Context {
            clock: Clock {
                now,
                week_start: Weekday::Mon,
                order: DateOrder::MonthFirst,
                calendar: Some(&self.calendar),
            },
            language: Language::Zh,
            ways: &self.ways,
            outcomes: &self.outcomes,
            stages: &self.stages,
            tags: &self.tags,
            names: &Roll,
            customer: None,
            deal: None,
        }
    }
}

fn name_of(id: Id) -> &'static str {
    let contacts = CONTACTS.iter().map(|(name, _)| *name);
    let mut all = CUSTOMERS.iter().copied().chain(contacts).chain(OWNERS.iter().copied());
    all.find(|name| Id::of_name(name) == id).unwrap_or("nobody")
}

/// A line written out: everything read, in a fixed order, then the text in 「」, what was not read, and the suggestion.
pub(super) fn said(line: &Line) -> String {
    let mut parts: Vec<String> = line.way.clone().into_iter().collect();
    let names = |ids: &[Id]| ids.iter().map(|id| name_of(*id)).collect::<Vec<_>>().join(",");
    parts.extend(line.direction.map(|way| if way == Direction::Incoming { "in" } else { "out" }.to_owned()));
    parts.extend(line.feedback.map(|heard| {
        let score = heard.score.map(|score| format!("/{}", score.hundredths())).unwrap_or_default();
        format!("fb:{}{score}", heard.kind.key())
    }));
    parts.extend(
        line.at.map(|at| format!("^{}{}", at.due, at.rival.map(|rival| format!(" or {rival}")).unwrap_or_default())),
    );
    parts.extend(line.customer.map(|id| format!("@{}", name_of(id))));
    parts.extend((!line.colleagues.is_empty()).then(|| format!("&{}", names(&line.colleagues))));
    parts.extend((!line.contacts.is_empty()).then(|| format!("+{}", names(&line.contacts))));
    parts.extend((!line.tags.is_empty()).then(|| format!("#{}", line.tags.join(","))));
    parts.extend(line.amount.map(|amount| amount.to_string()));
    parts.extend(line.amount_is_deal.then(|| "deal".to_owned()));
    parts.extend(line.stage.as_ref().map(|stage| format!("stage:{stage}")));
    parts.extend((line.priority > 0).then(|| format!("!{}", line.priority)));
    parts.extend(line.outcome.as_ref().map(|outcome| format!("={outcome}")));
    for step in &line.steps {
        let mut text = match (&step.due, &step.unknown) {
            (Some(due), _) => format!(">{due}"),
            (None, unknown) => format!(">?{}", unknown.as_ref().map_or("", |(phrase, _)| phrase)),
        };
        text.push_str(if step.deadline { " by" } else { "" });
        text.push_str(&step.rival.map(|rival| format!(" or {rival}")).unwrap_or_default());
        if !step.what.is_empty() {
            text.push_str(&format!(" {}", step.what));
        }
        text.push_str(&step.who.map(|who| format!(" &{}", name_of(who))).unwrap_or_default());
        parts.push(text);
    }
    parts.push(format!("「{}」", line.text));
    parts.extend(line.unread.iter().map(|words| format!("?{words}")));
    parts.extend(line.suggestion.as_ref().map(|found| format!("…{} {}", found.reading.due, found.accepted)));
    parts.join(" ")
}
