//! What the sample book promises, checked.

use super::{Sample, book};
use crate::domain::choice::ListKind;
use crate::domain::deal::StageMove;
use crate::domain::id::Id;
use crate::domain::list::{shipped_items, shipped_stages};
use crate::domain::record::{Kind, Record};
use crate::domain::time::Day;
use crate::domain::value::Value;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

fn sample(customers: usize, seed: u64) -> Sample {
    Sample { customers, seed, today: Day::from_ymd(2026, 11, 21).unwrap(), offset_minutes: 480, english: false }
}

fn records(customers: usize) -> Vec<Record> {
    book(sample(customers, 1)).flatten().collect()
}

fn hash(sample: Sample) -> u64 {
    let mut hash = DefaultHasher::new();
    book(sample).for_each(|piece| format!("{piece:?}").hash(&mut hash));
    hash.finish()
}

fn values(record: &Record) -> Vec<(&'static str, Value)> {
    record.kind().fields().iter().filter_map(|(number, name)| Some((*name, record.get(*number)?))).collect()
}

#[test]
fn the_same_seed_makes_the_same_book_and_another_one_another() {
    assert_eq!(hash(sample(120, 1)), hash(sample(120, 1)));
    assert_ne!(hash(sample(120, 1)), hash(sample(120, 2)));
    let day_later = Sample { today: sample(120, 1).today.plus(1), ..sample(120, 1) };
    assert_ne!(hash(sample(120, 1)), hash(day_later));
}

#[test]
fn every_link_points_to_a_record_already_given() {
    let mut known: HashSet<Id> = HashSet::new();
    for piece in book(sample(600, 3)) {
        known.extend(piece.iter().map(Record::id));
        for record in &piece {
            for (name, value) in values(record) {
                let links = match value {
                    Value::Link(link) => vec![link],
                    Value::Links(links) => links,
                    _ => continue,
                };
                assert!(links.iter().all(|link| known.contains(link)), "{name} of {record:?}");
            }
        }
    }
}

#[test]
fn ids_codes_and_order_numbers_are_unique() {
    let records = records(2_000);
    let ids: HashSet<Id> = records.iter().map(Record::id).collect();
    assert_eq!(ids.len(), records.len());
    let codes: Vec<&str> = records
        .iter()
        .filter_map(|record| match record {
            Record::Customer(customer) if !customer.code.is_empty() => Some(customer.code.as_str()),
            Record::Order(order) => Some(order.number.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(codes.iter().collect::<HashSet<_>>().len(), codes.len());
}

#[test]
fn every_stage_way_outcome_and_kind_of_feedback_occurs() {
    let mut seen: HashSet<String> = HashSet::new();
    for record in records(300) {
        match record {
            Record::Deal(deal) => {
                seen.insert(deal.stage);
            }
            Record::FollowUp(follow_up) => seen.extend([follow_up.way, follow_up.outcome]),
            Record::Feedback(feedback) => seen.extend(feedback.kind.map(|kind| kind.key().to_owned())),
            _ => {}
        }
    }
    let items = shipped_items();
    let wanted = items
        .iter()
        .filter(|item| matches!(item.list, Some(ListKind::Way | ListKind::Outcome)))
        .map(|item| item.key.clone())
        .chain(shipped_stages().into_iter().map(|stage| stage.key))
        .chain(["satisfaction", "nps", "complaint", "event"].map(str::to_owned));
    let missing: Vec<String> = wanted.filter(|key| !seen.contains(key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn nothing_happens_after_today_but_what_is_promised_or_expected() {
    let today = sample(1, 1).today;
    let ahead = ["due", "expected_close", "next_contact", "promised", "parked_until", "review_on", "from", "to"];
    for record in records(600) {
        for (name, value) in values(&record).into_iter().filter(|(name, _)| !ahead.contains(name)) {
            let latest = match value {
                Value::Day(day) => day,
                Value::Moment(moment) => moment.day(),
                Value::Due(due) => due.day,
                parts @ Value::Parts(_) if record.kind() == Kind::Deal => {
                    let moves: Vec<StageMove> = parts.read().unwrap_or_default();
                    moves.iter().filter_map(|step| step.at).map(|at| at.day()).max().unwrap_or(today)
                }
                _ => continue,
            };
            assert!(latest <= today, "{name} of {record:?}");
        }
    }
}

#[test]
fn only_keys_of_the_standard_lists_are_used() {
    let mut keys: HashMap<ListKind, HashSet<String>> = HashMap::new();
    for item in shipped_items() {
        keys.entry(item.list.unwrap()).or_default().insert(item.key);
    }
    let stages: HashSet<String> = shipped_stages().into_iter().map(|stage| stage.key).collect();
    let check = |list: ListKind, key: &str| assert!(key.is_empty() || keys[&list].contains(key), "{list:?} {key}");
    for record in records(600) {
        match record {
            Record::Customer(customer) => {
                check(ListKind::Industry, &customer.industry);
                check(ListKind::Size, &customer.size);
                check(ListKind::Source, &customer.source);
                check(ListKind::Need, &customer.need);
                assert!(customer.stage.is_empty() || stages.contains(&customer.stage));
            }
            Record::FollowUp(follow_up) => {
                check(ListKind::Way, &follow_up.way);
                check(ListKind::Outcome, &follow_up.outcome);
            }
            Record::Deal(deal) => {
                check(ListKind::LostReason, &deal.lost_reason);
                assert!(deal.moves.iter().all(|step| stages.contains(&step.stage)) && stages.contains(&deal.stage));
                assert_eq!(deal.moves.last().map(|step| &step.stage), Some(&deal.stage));
            }
            Record::Cost(cost) => check(ListKind::Source, &cost.source),
            _ => {}
        }
    }
}

#[test]
fn names_of_twenty_thousand_customers_are_unique() {
    let mut names = HashSet::new();
    let mut numbered = 0;
    for piece in book(sample(20_000, 5)) {
        let Some(Record::Customer(customer)) = piece.first() else { continue };
        assert!(names.insert(customer.name.clone()), "{}", customer.name);
        numbered += usize::from(customer.name.ends_with(|sign: char| sign.is_ascii_digit()));
    }
    assert_eq!(numbered, 0);
}

#[test]
fn stage_histories_run_forward_and_begin_with_the_opening() {
    for record in records(300) {
        let Record::Deal(deal) = record else { continue };
        let times: Vec<_> = deal.moves.iter().filter_map(|step| step.at).collect();
        assert!(times.windows(2).all(|pair| pair[0] < pair[1]), "{deal:?}");
        assert_eq!(times.first().map(|at| at.day()), deal.opened);
    }
}

#[test]
fn a_book_has_the_flaws_and_the_full_lives_of_a_real_one() {
    let pieces: Vec<Vec<Record>> = book(sample(300, 1)).collect();
    let customers: Vec<_> = pieces
        .iter()
        .filter_map(|piece| match piece.first() {
            Some(Record::Customer(customer)) => Some(customer),
            _ => None,
        })
        .collect();
    assert!(customers.iter().any(|customer| customer.name.chars().count() > 40));
    assert!(customers.iter().any(|customer| customer.phone.contains('０')));
    assert!(customers.iter().any(|customer| customer.owner.is_none()));
    assert!(customers.iter().any(|customer| customer.code.is_empty()));
    assert!(customers.iter().any(|customer| customer.name.starts_with(' ')));
    let most = pieces.iter().map(|piece| piece.iter().filter(|record| record.kind() == Kind::FollowUp).count()).max();
    assert!(most > Some(200), "{most:?}");
    let orders = pieces.iter().flatten().filter(|record| record.kind() == Kind::Order).count();
    assert!((2_400..4_200).contains(&orders), "{orders}");
}
