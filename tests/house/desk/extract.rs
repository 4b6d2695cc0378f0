//! What is drawn from all dossiers and kept in a file beside the book: with the file everything is as it is without.

use crate::desk::{NOW, added, open};
use kehu::book::command::Command;
use kehu::book::last_words::LastWords;
use kehu::book::logging::Logging;
use kehu::book::tiers::worth::Worth;
use kehu::desk::gathering::{deals, last_words};
use kehu::desk::worth::worth;
use kehu::desk::{Desk, Opening};
use kehu::domain::choice::Purpose;
use kehu::domain::cost::Cost;
use kehu::domain::customer::Customer;
use kehu::domain::deal::Deal;
use kehu::domain::follow_up::FollowUp;
use kehu::domain::id::Id;
use kehu::domain::money::Money;
use kehu::domain::record::{Kind, Record};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// A book large enough for the files, with nothing kept yet.
fn large(folder: &Path) -> Desk {
    let mut desk = open(folder);
    let customer = |nth| Customer { name: format!("客户{nth:04}"), ..Customer::default() };
    let commands: Vec<Command> =
        (0..2_000).map(|nth| Command::AddCustomer(Box::new(customer(nth)), Vec::new())).collect();
    desk.run_all(&commands, NOW).unwrap();
    for nth in 0..3 {
        happens(&mut desk, nth, "等采购回复");
    }
    desk
}

fn customer(desk: &Desk, nth: usize) -> Id {
    desk.book().rows().nth(nth).unwrap().1.id
}

/// A customer is talked to, has a deal and costs something.
fn happens(desk: &mut Desk, nth: usize, said: &str) {
    let customer = customer(desk, nth);
    let follow_up =
        FollowUp { customer: Some(customer), at: NOW, way: "call".into(), text: said.into(), ..FollowUp::default() };
    let deal =
        Deal { customer: Some(customer), title: said.into(), stage: format!("阶段 {said}"), ..Deal::default() };
    let cost = Cost {
        customer: Some(customer),
        from: Some(NOW.day()),
        amount: Some(Money::from_units(900)),
        purpose: Some(Purpose::Service),
        ..Cost::default()
    };
    desk.run(&Command::Add(Box::new(Record::from(deal))), NOW).unwrap();
    desk.run(&Command::Add(Box::new(Record::from(cost))), NOW).unwrap();
    desk.run(&Command::Log(Box::new(Logging { customer, follow_up, ..Logging::default() })), NOW).unwrap();
}

/// Deals with the names of their stages, what was said last, and what all are worth.
fn drawn(desk: &Desk) -> (Vec<String>, LastWords, Worth) {
    let deals = deals(desk).unwrap();
    let told = |deal| format!("{:?} in {}", deal, deals.stage(deals.get(deal).unwrap().stage));
    let told = deals.iter().map(|deal| told(deal.at())).collect();
    (told, last_words(desk).unwrap(), Worth { revision: 0, ..worth(desk, NOW.day()).unwrap() })
}

fn files(folder: &Path) -> Vec<fs::DirEntry> {
    fs::read_dir(folder.join("sidecars")).map(|files| files.map(Result::unwrap).collect()).unwrap_or_default()
}

/// Which files there are on the disk, and when each was written: one written anew is another.
fn written(folder: &Path) -> Vec<(u64, i64, i64)> {
    let of = |about: fs::Metadata| (about.ino(), about.mtime(), about.mtime_nsec());
    let mut written: Vec<_> = files(folder).iter().map(|file| of(file.metadata().unwrap())).collect();
    written.sort_unstable();
    written
}

/// Draws everything with the files and without them; how many deals there are.
fn assert_same_without(folder: &Path) -> usize {
    let desk = open(folder);
    let kept = written(folder);
    let with = drawn(&desk);
    assert_eq!(written(folder), kept, "the files were used");
    fs::remove_dir_all(folder.join("sidecars")).unwrap();
    assert!(drawn(&desk) == with);
    with.0.len()
}

#[test]
fn what_was_drawn_once_is_kept_and_used() {
    let folder = tempfile::tempdir().unwrap();
    let desk = large(folder.path());
    let shown = drawn(&desk);
    assert_eq!((shown.0.len(), files(folder.path()).len()), (3, 4));
    assert_eq!(shown.1.with(customer(&desk, 1)), "等采购回复");
    drop(desk);
    assert_eq!(assert_same_without(folder.path()), 3);
}

#[test]
fn what_happened_since_is_drawn_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = large(folder.path());
    drawn(&desk);
    happens(&mut desk, 0, "发合同");
    happens(&mut desk, 7, "送样");
    desk.undo(NOW).unwrap();
    let gone = customer(&desk, 1);
    desk.run(&Command::Remove { kind: Kind::Customer, id: gone, home: gone }, NOW).unwrap();
    added(&mut desk, "渝江汽配");
    desk.close().unwrap();
    let again = open(folder.path());
    let said = last_words(&again).unwrap();
    assert_eq!((said.with(customer(&again, 0)), said.with(gone)), ("发合同", ""));
    drop(again);
    assert_eq!(assert_same_without(folder.path()), 4);
}

#[test]
fn a_file_far_behind_is_written_anew_once_it_was_brought_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = large(folder.path());
    drawn(&desk);
    let kept = written(folder.path());
    for _ in 0..17 {
        happens(&mut desk, 5, "催款");
    }
    let shown = drawn(&desk);
    assert!(kept.iter().all(|file| !written(folder.path()).contains(file)));
    assert_eq!((shown.0.len(), shown.1.with(customer(&desk, 5))), (20, "催款"));
    drop(desk);
    assert_same_without(folder.path());
}

#[test]
fn after_an_import_of_very_many_all_is_drawn_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = large(folder.path());
    drawn(&desk);
    let (home, mut many) = (customer(&desk, 3), Vec::new());
    for nth in 0..150 {
        let deal =
            Deal { customer: Some(home), title: format!("商机 {nth}"), stage: "won".into(), ..Deal::default() };
        many.push(Command::Add(Box::new(Record::from(deal))));
    }
    desk.run_all(&many, NOW).unwrap();
    assert_eq!(drawn(&desk).0.len(), 153);
    drop(desk);
    assert_same_without(folder.path());
}

#[test]
fn files_of_another_book_or_of_another_past_are_not_used() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut desk, mut elsewhere) = (large(one.path()), large(other.path()));
    // Both journals are of the same length; what their last entries say is not the same.
    happens(&mut desk, 9, "甲");
    happens(&mut elsewhere, 9, "乙");
    let shown = drawn(&desk);
    assert!(drawn(&elsewhere) != shown);
    for file in files(other.path()) {
        fs::copy(file.path(), one.path().join("sidecars").join(file.file_name())).unwrap();
    }
    assert!(drawn(&desk) == shown);
}

#[test]
fn spoiled_files_are_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    let desk = large(folder.path());
    let shown = drawn(&desk);
    for file in files(folder.path()) {
        let mut bytes = fs::read(file.path()).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(file.path(), bytes).unwrap();
    }
    assert!(drawn(&desk) == shown);
}

#[test]
fn who_only_looks_at_a_book_keeps_nothing_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    large(folder.path()).close().unwrap();
    let before = files(folder.path()).len();
    let (me, device) = ("王建国".to_owned(), "desk".to_owned());
    let opening =
        Opening { me, device, now: NOW, read_only: true, despite_damage: false, despite_lost_journal: false, seed: 7 };
    let (desk, _) = Desk::look(folder.path(), opening, &mut |_, _| {}).unwrap();
    assert_eq!(drawn(&desk).0.len(), 3);
    assert_eq!(drawn(&desk.snapshot()).0.len(), 3);
    assert_eq!(files(folder.path()).len(), before);
}
