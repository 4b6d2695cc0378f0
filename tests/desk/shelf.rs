//! All rows in one file beside the book: whatever came since, opening by it gives the same book as opening without.

use crate::{NOW, added, open, rename};
use kehu::book::command::Command;
use kehu::desk::Desk;
use kehu::domain::customer::Customer;
use kehu::domain::record::Kind;
use std::fs;
use std::path::Path;

/// A book large enough for the file, closed with it.
fn large(folder: &Path) -> Desk {
    let mut desk = open(folder);
    let customer =
        |nth| Customer { code: format!("K{nth:04}"), name: format!("客户{nth:04}"), ..Customer::default() };
    let commands: Vec<Command> =
        (0..2_000).map(|nth| Command::AddCustomer(Box::new(customer(nth)), Vec::new())).collect();
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

#[test]
fn a_spoiled_file_is_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = large(folder.path());
    let shown = rows(&desk);
    added(&mut desk, "渝江汽配");
    desk.undo(NOW).unwrap();
    desk.close().unwrap();
    let side = |folder: &Path| fs::read_dir(folder.join("sidecars")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = fs::read(side(folder.path())).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(side(folder.path()), bytes).unwrap();
    assert!(rows(&open(folder.path())) == shown);
}
