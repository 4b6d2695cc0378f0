//! By what a record is known again when its file comes a second time.

use crate::domain::record::{Kind, Record};
use crate::exchange::text_key::normal_name;

/// What a record of a kind is known by; `None` where only its id says which it is.
pub(super) fn natural_key(record: &Record) -> Option<(Kind, String)> {
    let key = match record {
        Record::Contact(contact) => normal_name(&contact.name),
        Record::Order(order) if order.number.is_empty() => format!("{} {}", order.date, order.amount()),
        Record::Order(order) => format!("#{}", order.number),
        Record::FollowUp(follow_up) => format!("{} {}", follow_up.at, follow_up.text),
        Record::NextStep(step) => format!("{:?} {}", step.due, step.what),
        Record::Deal(deal) if deal.number.is_empty() => format!("{} {:?}", deal.title, deal.opened),
        Record::Deal(deal) => format!("#{}", deal.number),
        Record::Feedback(feedback) => format!("{} {:?} {}", feedback.at, feedback.kind, feedback.text),
        Record::Target(target) => {
            format!("{:?} {:?} {:?} {:?} {}", target.owner, target.team, target.from, target.measure, target.group)
        }
        Record::Strategy(strategy) => strategy.title.clone(),
        Record::Owner(owner) => normal_name(&owner.name),
        Record::Team(team) => normal_name(&team.name),
        Record::Cost(cost) => format!("{} {:?} {:?} {}", cost.source, cost.from, cost.purpose, cost.note),
        Record::Product(product) => normal_name(&product.name),
        Record::ListItem(item) => format!("{:?} {}", item.list, item.key),
        Record::Stage(stage) => stage.key.clone(),
        Record::Mapping(mapping) => format!("{} {}", mapping.rows, mapping.header),
        Record::Template(template) => template.name.clone(),
        Record::Rhythm(_) => "rhythm".to_owned(),
        Record::PotentialWeights(_) => "potential".to_owned(),
        Record::CalendarDay(exception) => exception.day.map(|day| day.to_string()).unwrap_or_default(),
        Record::Review(review) => review.step.map(|step| step.to_string()).unwrap_or_default(),
        Record::Scheme(scheme) => scheme.name.clone(),
        Record::Advice(advice) => advice.topic.clone(),
        Record::Membership(level) => normal_name(&level.name),
        Record::TierHold(hold) => format!("{} {:?}", hold.tier, hold.until),
        Record::Departure(departure) => format!("{} {:?}", departure.on, departure.cause),
        Record::TierRun(run) => format!("{} {}", run.at, run.scheme),
        Record::SavedView(view) => view.name.clone(),
        // No file brings others.
        _ => return None,
    };
    (!key.is_empty()).then(|| (record.kind(), key))
}
