//! All rows in one file beside the book: whatever came since, opening by it gives the same book as opening without.

use crate::desk::{NOW, added, open, rename};
use kehu::book::command::{Command, edit_between};
use kehu::desk::Desk;
use kehu::domain::customer::{Contact, Customer};
use kehu::domain::id::Id;
use kehu::domain::record::Kind;
use std::fs;
use std::path::Path;

/// A customer, every third without anybody there.
fn customer(nth: usize) -> Command {
    let customer = Customer { code: format!("K{nth:04}"), name: format!("客户{nth:04}"), ..Customer::default() };
    let contact = |of: usize| Contact {
        name: format!("单{nth}"),
        phone: format!("138{nth:04}{of:04}"),
        email: format!("shan{of}@k{nth}.example.cn"),
        ..Contact::default()
    };
    Command::AddCustomer(Box::new(customer), (0..nth % 3).map(contact).collect())
}

/// A book large enough for the file, closed with it.
fn large(folder: &Path) -> Desk {
    let mut desk = open(folder);
    let commands: Vec<Command> = (0..2_000).map(customer).collect();
    desk.run_all(&commands, NOW).unwrap();
    desk.tidy().unwrap();
    desk.close().unwrap();
    assert_eq!(fs::read_dir(folder.join("sidecars")).unwrap().count(), 1);
    open(folder)
}

/// Every row with its place, as a desk has it.
fn rows(desk: &Desk) -> Vec<(u32, String)> {
    let book = desk.book();
    book.rows().map(|(slot, row)| (slot, format!("{:?}", row.to_stored(book.symbols())))).collect()
}

/// Opens the book with the file and without it.
fn assert_same_without(folder: &Path) {
    let with = open(folder);
    let shown = rows(&with);
    with.close().unwrap();
    fs::remove_dir_all(folder.join("sidecars")).unwrap();
    let without = open(folder);
    assert!(rows(&without) == shown);
    without.close().unwrap();
}

#[test]
fn nothing_came_since() {
    let folder = tempfile::tempdir().unwrap();
    large(folder.path()).close().unwrap();
    assert_same_without(folder.path());
}

#[test]
fn names_were_changed_since() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = large(folder.path());
    let id = desk.book().rows().nth(7).unwrap().1.id;
    rename(&mut desk, id, "华东重型");
    desk.close().unwrap();
    assert_eq!(open(folder.path()).book().row_of(id).unwrap().name(), "华东重型");
    assert_same_without(folder.path());
}

#[test]
fn customers_came_and_went_since() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = large(folder.path());
    let id = desk.book().rows().nth(7).unwrap().1.id;
    desk.run(&Command::Remove { kind: Kind::Customer, id, home: id }, NOW).unwrap();
    let new = added(&mut desk, "渝江汽配");
    desk.close().unwrap();
    let desk = open(folder.path());
    assert!(desk.book().row_of(id).is_none() && desk.book().row_of(new).is_some());
    drop(desk);
    assert_same_without(folder.path());
}

/// What the file holds once the book was changed and closed as a session closes it.
fn file_after(folder: &Path, change: impl FnOnce(&mut Desk)) -> Vec<u8> {
    let mut desk = open(folder);
    change(&mut desk);
    desk.tidy().unwrap();
    desk.close().unwrap();
    fs::read(fs::read_dir(folder.join("sidecars")).unwrap().next().unwrap().unwrap().path()).unwrap()
}

#[test]
fn the_file_serves_on_after_a_name_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let desk = large(folder.path());
    let id = called(&desk, "客户0007");
    desk.close().unwrap();
    let before = file_after(folder.path(), |_| ());
    assert!(file_after(folder.path(), |desk| rename(desk, id, "华东重型")) == before);
}

/// One new customer made the next opening read every row from the store: six times the work, and twice the memory.
#[test]
fn the_file_is_written_again_after_somebody_came() {
    let folder = tempfile::tempdir().unwrap();
    large(folder.path()).close().unwrap();
    let before = file_after(folder.path(), |_| ());
    let after = file_after(folder.path(), |desk| {
        added(desk, "渝江汽配");
    });
    assert!(after != before);
}

#[test]
fn the_file_is_written_again_after_one_entry_that_changed_very_many() {
    let folder = tempfile::tempdir().unwrap();
    large(folder.path()).close().unwrap();
    let before = file_after(folder.path(), |_| ());
    let after = file_after(folder.path(), |desk| {
        let tagged = |(_, row): (u32, &kehu::book::row::Row)| desk.dossier(row.id).unwrap().customer().unwrap();
        let customers: Vec<Customer> = desk.book().rows().take(101).map(tagged).collect();
        let tag = |customer: &Customer| Customer { tags: vec!["老客户".into()], ..customer.clone() };
        let edits = customers.iter().map(|one| edit_between(&one.clone().into(), &tag(one).into()).unwrap());
        desk.run_all(&edits.collect::<Vec<_>>(), NOW).unwrap();
    });
    assert!(after != before);
}

#[test]
fn a_spoiled_file_is_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = large(folder.path());
    let shown = rows(&desk);
    added(&mut desk, "渝江汽配");
    desk.undo(NOW).unwrap();
    desk.close().unwrap();
    spoil(folder.path(), |bytes| bytes[20] ^= 1);
    assert!(rows(&open(folder.path())) == shown);
}

/// The only file beside the book is written over.
fn spoil(folder: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let side = fs::read_dir(folder.join("sidecars")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = fs::read(&side).unwrap();
    change(&mut bytes);
    fs::write(side, bytes).unwrap();
}

/// The first piece, with what stands before it: its length, the key byte, and its checksum.
fn with_version(bytes: &mut [u8], version: u8) {
    let length = u32::from_le_bytes(*bytes.first_chunk().unwrap()) as usize;
    bytes[9 + 12] = version;
    let sum = crc32fast::hash(&bytes[9..9 + length]);
    bytes[5..9].copy_from_slice(&sum.to_le_bytes());
}

/// Until contacts were left in the file, the version of the rows stood where that of the layout stands now.
#[test]
fn a_file_of_before_contacts_were_left_in_it_is_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    let desk = large(folder.path());
    let shown = rows(&desk);
    desk.close().unwrap();
    spoil(folder.path(), |bytes| with_version(bytes, 8));
    assert!(rows(&open(folder.path())) == shown);
    assert_same_without(folder.path());
}

/// The last of the contacts, which stand at the end of the file: nothing of it is read before it is asked for.
#[test]
fn contacts_that_are_spoiled_are_nobody_and_are_never_written_down_as_such() {
    let folder = tempfile::tempdir().unwrap();
    large(folder.path()).close().unwrap();
    spoil(folder.path(), |bytes| *bytes.last_mut().unwrap() ^= 1);
    let mut desk = open(folder.path());
    let last = desk.book().slot_of(called(&desk, "客户1999")).unwrap();
    let row = |desk: &Desk| desk.book().row(last).unwrap().clone();
    assert_eq!(row(&desk).contacts().iter().count(), 0);
    // Its row is written with that of a neighbour.
    let neighbour = desk.book().row(last - 1).unwrap().id;
    rename(&mut desk, neighbour, "华东重型");
    desk.tidy().unwrap();
    desk.close().unwrap();
    fs::remove_dir_all(folder.path().join("sidecars")).unwrap();
    let desk = open(folder.path());
    assert_eq!(row(&desk).contacts().iter().count(), 1);
}

#[test]
fn contacts_are_put_away_again_from_where_they_were_left() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = large(folder.path());
    let id = called(&desk, "客户1001");
    (0..100).for_each(|nth| rename(&mut desk, id, &format!("客户1001-{nth}")));
    let before = rows(&desk);
    desk.tidy().unwrap();
    desk.close().unwrap();
    assert!(rows(&open(folder.path())) == before);
    assert_same_without(folder.path());
}

/// They stayed unread session after session, since what could not be read could not be put away anew either.
#[test]
fn contacts_that_are_spoiled_are_there_again_in_the_next_session() {
    let folder = tempfile::tempdir().unwrap();
    large(folder.path()).close().unwrap();
    spoil(folder.path(), |bytes| *bytes.last_mut().unwrap() ^= 1);
    let mut desk = open(folder.path());
    // The finder of a session asks for all.
    assert!(desk.book().rows().any(|(_, row)| !row.knows_contacts()));
    desk.tidy().unwrap();
    desk.close().unwrap();
    assert_eq!(fs::read_dir(folder.path().join("sidecars")).unwrap().count(), 0);
    let desk = open(folder.path());
    let row = desk.book().row_of(called(&desk, "客户1999")).unwrap();
    assert_eq!(row.contacts().iter().count(), 1);
}

fn called(desk: &Desk, name: &str) -> Id {
    desk.book().rows().find(|(_, row)| row.name() == name).unwrap().1.id
}
