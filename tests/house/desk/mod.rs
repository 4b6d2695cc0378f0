//! The desk: whatever is asked, undo brings the book back, and every way of opening it gives the same book.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod extract;
mod finding;
mod importing;
mod shelf;

use kehu::book::command::{Command, edit_between};
use kehu::book::planning::Refusal;
use kehu::desk::history::history;
use kehu::desk::trouble::Trouble;
use kehu::desk::{Desk, Opening};
use kehu::domain::choice::StageRole;
use kehu::domain::customer::{Contact, Customer};
use kehu::domain::deal::{Deal, Stage};
use kehu::domain::id::Id;
use kehu::domain::measure::{Rate, Score};
use kehu::domain::money::{Exact, Money};
use kehu::domain::order::OrderLine;
use kehu::domain::record::{Kind, Record};
use kehu::domain::time::{Day, Due, Moment};
use kehu::domain::value::{FieldValue, Value};
use kehu::query::field::Column;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

const NOW: Moment = Moment::from_parts(1_795_000_000, 480);

fn open(folder: &Path) -> Desk {
    let (me, device) = ("王建国".to_owned(), "desk".to_owned());
    let opening =
        Opening { me, device, now: NOW, read_only: false, despite_damage: false, despite_lost_journal: false, seed: 7 };
    Desk::open(folder, opening, &mut |_, _| {}).unwrap().0
}

/// Every record by its id, and every row as the list has it.
type Everything = (BTreeMap<Id, Record>, BTreeMap<Id, String>);

fn everything(desk: &Desk) -> Everything {
    let mut records = BTreeMap::new();
    for dossier in desk.store().dossiers().unwrap() {
        records.extend(dossier.unwrap().records().map(|record| (record.id(), record)));
    }
    let book = desk.book();
    let rows = book.rows().map(|(_, row)| (row.id, format!("{:?}", row.to_stored(book.symbols()))));
    (records, rows.collect())
}

/// Another content for a field, of the kind that it holds.
fn other_value(record: &Record, field: u16, chance: u64) -> Option<Value> {
    let candidates = [
        Value::Text(format!("字{chance}")),
        Value::Whole(chance as u32 % 100),
        Value::Flag(chance.is_multiple_of(2)),
        Value::Choice((chance % 3 + 1) as u8),
        Value::Day(Day::from_number(20_000 + (chance % 900) as i32)),
        Value::Moment(NOW.plus_seconds(chance as i64 % 100_000)),
        Value::Due(Due::on(Day::from_number(20_000 + (chance % 900) as i32))),
        Value::Money(Money::from_cents(chance as i64 % 1_000_000)),
        Value::Rate(Rate::from_basis_points(chance as i32 % 10_000)),
        Value::Score(Score::from_hundredths(chance as i32 % 500)),
        Value::Texts(vec![format!("标{}", chance % 5)]),
        Value::Pairs(vec![("own".into(), chance.to_string())]),
        vec![OrderLine { amount: Exact::from_parts(chance as i64 % 1_000_000), ..OrderLine::default() }].to_value(),
    ];
    candidates.into_iter().find(|value| {
        let mut tried = record.clone();
        tried.get(field).is_some() && tried.set(field, value.clone())
    })
}

/// One thing to ask, made of chance and what is there.
fn command(desk: &Desk, chance: u64) -> Command {
    let customers: Vec<Id> = desk.book().rows().map(|(_, row)| row.id).collect();
    let kinds = Kind::ALL;
    let kind = kinds[(chance / 7) as usize % kinds.len()];
    let customer = (!customers.is_empty()).then(|| customers[(chance / 3) as usize % customers.len()]);
    let there: Vec<Record> = match customer {
        Some(customer) if !chance.is_multiple_of(5) => desk.dossier(customer).unwrap().records().collect(),
        _ => desk.dossier(Id::BOOK).unwrap().records().collect(),
    };
    let chosen = there.get((chance / 11) as usize % there.len().max(1));
    match (chance % 6, chosen) {
        (0, _) | (_, None) => {
            let name = format!("客户 {}", chance % 1000);
            Command::AddCustomer(Box::new(Customer { name, ..Customer::default() }), vec![Contact::default()])
        }
        (1 | 2, _) => {
            let mut record = Record::empty(kind, Id::BOOK);
            let of = kind.fields().iter().find(|(_, name)| *name == "customer");
            if let (Some((field, _)), Some(customer)) = (of, customer) {
                record.set(*field, Value::Link(customer));
            }
            Command::Add(Box::new(record))
        }
        (3 | 4, Some(record)) => {
            let fields = record.kind().fields();
            let (field, _) = fields[(chance / 13) as usize % fields.len()];
            let fields = other_value(record, field, chance).map(|value| (field, value)).into_iter().collect();
            Command::Edit { kind: record.kind(), id: record.id(), home: record.home(), fields }
        }
        (_, Some(record)) => Command::Remove { kind: record.kind(), id: record.id(), home: record.home() },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn undo_restores_redo_repeats_and_every_opening_gives_the_same_book(chances in prop::collection::vec(any::<u64>(), 1..25)) {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = open(folder.path());
        let mut states = vec![everything(&desk)];
        for chance in chances {
            let asked = command(&desk, chance);
            match desk.run(&asked, NOW) {
                Ok(_) => states.push(everything(&desk)),
                Err(Trouble::Refused(_)) => prop_assert_eq!(&everything(&desk), states.last().unwrap()),
                Err(trouble) => return Err(TestCaseError::fail(format!("{trouble:?}"))),
            }
        }
        let last = states.len() - 1;
        for state in states[..last].iter().rev() {
            desk.undo(NOW).unwrap();
            prop_assert_eq!(&everything(&desk), state);
        }
        prop_assert_eq!(desk.undo(NOW).unwrap_err(), Trouble::Refused(Refusal::NothingToUndo));
        for state in &states[1..] {
            desk.redo(NOW).unwrap();
            prop_assert_eq!(&everything(&desk), state);
        }
        drop(desk);
        prop_assert_eq!(&everything(&open(folder.path())), &states[last]);
        std::fs::remove_dir_all(folder.path().join("working")).unwrap();
        prop_assert_eq!(&everything(&open(folder.path())), &states[last]);
    }
}

fn added(desk: &mut Desk, name: &str) -> Id {
    let customer = Customer { name: name.into(), ..Customer::default() };
    desk.run(&Command::AddCustomer(Box::new(customer), Vec::new()), NOW).unwrap();
    desk.book().rows().find(|(_, row)| row.name() == name).unwrap().1.id
}

fn rename(desk: &mut Desk, id: Id, name: &str) {
    let before = desk.dossier(id).unwrap().customer().unwrap();
    let after = Customer { name: name.into(), ..before.clone() };
    desk.run(&edit_between(&before.into(), &after.into()).unwrap(), NOW).unwrap();
}

#[test]
fn what_i_did_yesterday_is_undone_after_reopening_today() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    let id = added(&mut desk, "华东重工");
    rename(&mut desk, id, "华东重型");
    desk.close().unwrap();
    let mut desk = open(folder.path());
    desk.undo(NOW).unwrap();
    assert_eq!(desk.book().row_of(id).unwrap().name(), "华东重工");
}

#[test]
fn a_customer_deleted_comes_back_with_all_that_hung_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    let id = added(&mut desk, "华东重工");
    let contact = Contact { customer: Some(id), name: "单先生".into(), ..Contact::default() };
    desk.run(&Command::Add(Box::new(contact.into())), NOW).unwrap();
    desk.run(&Command::Remove { kind: Kind::Customer, id, home: id }, NOW).unwrap();
    assert!(desk.book().is_empty());
    desk.undo(NOW).unwrap();
    assert_eq!(desk.dossier(id).unwrap().contacts().len(), 1);
}

#[test]
fn a_creation_is_not_undone_while_something_was_added_by_somebody_else_since() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    let id = added(&mut desk, "华东重工");
    let seq = history(&desk, None, 1).unwrap().first().unwrap().head.seq;
    let contact = Contact { customer: Some(id), name: "单先生".into(), ..Contact::default() };
    desk.run(&Command::Add(Box::new(contact.into())), NOW).unwrap();
    let refused = desk.undo_chosen(kehu::store::entry::Target::Entry(seq), NOW).unwrap_err();
    assert_eq!(refused, Trouble::Refused(Refusal::InUse { name: "华东重工".into() }));
}

#[test]
fn an_edit_changed_again_since_is_not_undone_and_the_later_entry_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    let id = added(&mut desk, "甲");
    rename(&mut desk, id, "乙");
    let seq = history(&desk, None, 1).unwrap().first().unwrap().head.seq;
    rename(&mut desk, id, "丙");
    let refused = desk.undo_chosen(kehu::store::entry::Target::Entry(seq), NOW).unwrap_err();
    let Trouble::Refused(Refusal::ChangedSince { seq: later, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(later, Some(seq + 1));
}

#[test]
fn two_customers_cannot_have_one_code() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    added(&mut desk, "甲");
    let code = desk.book().rows().next().unwrap().1.text(kehu::book::row::RowText::Code).to_owned();
    let again = Customer { name: "乙".into(), code, ..Customer::default() };
    let refused = desk.run(&Command::AddCustomer(Box::new(again), Vec::new()), NOW);
    assert!(matches!(refused, Err(Trouble::Refused(Refusal::CodeTaken { .. }))));
}

#[test]
fn a_deal_without_a_customer_moves_into_the_dossier_of_the_one_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    let id = added(&mut desk, "甲");
    let deal = Deal { title: "泵".into(), ..Default::default() };
    desk.run(&Command::Add(Box::new(deal.into())), NOW).unwrap();
    let orphans = |desk: &Desk| {
        let dossiers = desk.store().dossiers().unwrap().map(Result::unwrap);
        dossiers.filter(|dossier| dossier.home() != id).flat_map(|dossier| dossier.deals()).collect::<Vec<_>>()
    };
    let orphan = orphans(&desk).pop().unwrap();
    let given = Deal { customer: Some(id), ..orphan.clone() };
    desk.run(&edit_between(&orphan.clone().into(), &given.into()).unwrap(), NOW).unwrap();
    assert_eq!((desk.dossier(id).unwrap().deals().len(), orphans(&desk).len()), (1, 0));
    desk.undo(NOW).unwrap();
    assert_eq!((desk.dossier(id).unwrap().deals().len(), orphans(&desk)), (0, vec![orphan]));
}

/// The list named a customer's furthest stage by the old order until the customer was next touched.
#[test]
fn a_customers_furthest_stage_follows_the_stages_when_they_change_places() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    let id = added(&mut desk, "甲");
    for stage in ["interested", "proposal"] {
        let deal = Deal { customer: Some(id), stage: stage.into(), ..Deal::default() };
        desk.run(&Command::Add(Box::new(deal.into())), NOW).unwrap();
    }
    let furthest =
        |desk: &Desk| desk.book().symbols().word(desk.book().row_of(id).unwrap().word(Column::Stage)).to_owned();
    assert_eq!(furthest(&desk), "proposal");
    let before = desk.book().standards().stage("interested").unwrap().clone();
    let after = Stage { position: 900, ..before.clone() };
    desk.run(&edit_between(&before.into(), &after.into()).unwrap(), NOW).unwrap();
    assert_eq!(furthest(&desk), "interested");
    desk.undo(NOW).unwrap();
    assert_eq!(furthest(&desk), "proposal");
}

#[test]
fn a_stage_that_means_lost_from_now_on_is_no_longer_the_furthest_of_anyone() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    let id = added(&mut desk, "甲");
    let deal = Deal { customer: Some(id), stage: "proposal".into(), ..Deal::default() };
    desk.run(&Command::Add(Box::new(deal.into())), NOW).unwrap();
    let before = desk.book().standards().stage("proposal").unwrap().clone();
    let after = Stage { role: Some(StageRole::Lost), ..before.clone() };
    desk.run(&edit_between(&before.into(), &after.into()).unwrap(), NOW).unwrap();
    assert_eq!(desk.book().symbols().word(desk.book().row_of(id).unwrap().word(Column::Stage)), "");
}
