//! An import cut into steps: stopped or killed anywhere, the book is as before.

use super::{NOW, added, everything, open};
use crate::exchange::{import, taken};
use kehu::desk::Desk;
use kehu::desk::import::Mode;
use kehu::desk::import::stepping::{Import, Load};
use kehu::desk::trouble::Trouble;
use kehu::domain::id::Id;
use kehu::domain::record::Kind;
use kehu::domain::value::Value;
use kehu::exchange::intake::Incoming;
use kehu::exchange::intake::harvest::Harvest;
use kehu::store::entry::{Entry, Target};
use proptest::prelude::*;
use std::sync::Arc;

fn customer(name: &str, code: &str, phone: &str) -> Incoming {
    let text = |field: &str, text: &str| {
        let number = Kind::Customer.fields().iter().find(|(_, name)| *name == field).unwrap().0;
        (number, Value::Text(text.to_owned()))
    };
    let fields = vec![text("name", name), text("code", code), text("phone", phone)];
    Incoming { kind: Kind::Customer, file: 0, line: 2, under: None, fields, links: Vec::new() }
}

fn load(count: usize) -> Load {
    let mut incoming = Harvest::default();
    (0..count).for_each(|at| incoming.push(customer(&format!("客户{at}"), "", "")));
    Load { name: "many.csv".into(), incoming: Arc::new(incoming), ..Load::default() }
}

/// Goes on for so many small steps, or to the end.
fn step(desk: &mut Desk, import: &mut Import, steps: usize) -> bool {
    (0..steps).any(|_| desk.step_import(import, &mut || true).unwrap())
}

#[test]
fn steps_do_together_what_the_whole_does() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    let mut import = desk.begin_import(load(2_500), NOW).unwrap();
    assert!(step(&mut desk, &mut import, 100_000));
    let imported = import.into_imported();
    assert_eq!((imported.counts[&Kind::Customer].created, desk.book().len()), (2_500, 2_500));
    desk.undo_chosen(Target::Group(imported.group.unwrap()), NOW).unwrap();
    assert_eq!(desk.book().len(), 0);
}

/// What could not be read of an import was once taken for whole, and the import for undone.
#[test]
fn an_import_whose_entries_cannot_be_read_is_not_taken_back_and_the_reason_is_passed_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    let mut import = desk.begin_import(load(2_500), NOW).unwrap();
    assert!(step(&mut desk, &mut import, 100_000));
    let journal = folder.path().join("journal").join("00000001.kj");
    let mut bytes = std::fs::read(&journal).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0);
    std::fs::write(&journal, bytes).unwrap();
    let undone = desk.undo(NOW);
    assert!(matches!(undone, Err(Trouble::Store(_))), "{undone:?}");
    assert_eq!(desk.book().len(), 2_500);
}

#[test]
fn a_trial_counts_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    let before = desk.store().next_seq();
    let mut import = desk.begin_import(Load { dry_run: true, ..load(40) }, NOW).unwrap();
    assert!(step(&mut desk, &mut import, 100_000));
    assert_eq!(import.imported().counts[&Kind::Customer].created, 40);
    assert_eq!((desk.store().next_seq(), desk.book().len()), (before, 0));
}

#[test]
fn an_import_stopped_half_way_is_not_made_again_by_redo() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    let mut import = desk.begin_import(load(2_500), NOW).unwrap();
    step(&mut desk, &mut import, 1_500);
    assert!(!desk.book().is_empty());
    import.stop();
    step(&mut desk, &mut import, 100_000);
    assert_eq!(desk.book().len(), 0);
    assert!(desk.redo(NOW).is_err());
    assert!(desk.undo(NOW).is_err());
}

#[test]
fn a_customer_said_to_be_one_of_the_book_keeps_the_name_and_code_it_has_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    let id = added(&mut desk, "华东重工有限公司");
    let code = desk.book().row_of(id).unwrap().text(kehu::book::row::RowText::Code).to_owned();
    let mut incoming = Harvest::default();
    incoming.push(customer("华东重工", "K-9", "13800001111"));
    let same = vec![("K-9".to_owned(), "华东重工".to_owned(), id)];
    let load = Load { incoming: Arc::new(incoming), same, mode: Mode::Both, ..Load::default() };
    let mut import = desk.begin_import(load, NOW).unwrap();
    step(&mut desk, &mut import, 100);
    let customer = desk.dossier(id).unwrap().customer().unwrap();
    assert_eq!((customer.name.as_str(), customer.phone.as_str()), ("华东重工有限公司", "13800001111"));
    assert_eq!((customer.code, desk.book().len()), (code, 1));
}

#[test]
fn the_journal_tells_file_row_and_column_of_what_an_import_brought() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    let take = |desk: &mut Desk, name: &str, text: &str| {
        let intake = taken(desk, &[(name.to_owned(), text.as_bytes().to_vec())]);
        import(desk, intake);
        desk.store().entry(desk.store().next_seq() - 2).unwrap()
    };
    let entry = take(&mut desk, "a.csv", "客户编号,客户名称,电话\nZ1,甲公司,1\nZ2,乙公司,2\n");
    let told = |entry: &Entry| -> Vec<Option<(String, u32, u32)>> {
        let of = |place| entry.lineage.of(place).map(|(sheet, cell)| (sheet.file.clone(), cell.row, cell.column));
        (0..entry.changes.len()).map(of).collect()
    };
    let mut rows = told(&entry);
    rows.sort();
    assert_eq!(rows, [Some(("a.csv".to_owned(), 2, 0)), Some(("a.csv".to_owned(), 3, 0))]);
    let entry = take(&mut desk, "b.csv", "客户编号,客户名称,地址,邮箱\nZ2,乙公司,杭州,b@example.com\n");
    let mut cells = told(&entry);
    cells.sort();
    assert_eq!(cells, [Some(("b.csv".to_owned(), 2, 3)), Some(("b.csv".to_owned(), 2, 4))], "{entry:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn stopped_anywhere_the_book_is_as_before(steps in 0..3_000_usize) {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = open(folder.path());
        added(&mut desk, "老客户");
        let before = everything(&desk);
        let mut import = desk.begin_import(load(2_500), NOW).unwrap();
        if !step(&mut desk, &mut import, steps) {
            import.stop();
            step(&mut desk, &mut import, 100_000);
        } else {
            let group: Id = import.imported().group.unwrap();
            desk.undo_chosen(Target::Group(group), NOW).unwrap();
        }
        prop_assert_eq!(everything(&desk), before);
    }

    #[test]
    fn killed_anywhere_the_book_is_as_before_when_it_is_opened_again(steps in 0..2_520_usize) {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = open(folder.path());
        added(&mut desk, "老客户");
        let before = everything(&desk);
        let mut import = desk.begin_import(load(2_500), NOW).unwrap();
        let over = step(&mut desk, &mut import, steps);
        drop(desk);
        let mut desk = open(folder.path());
        if over {
            desk.undo_chosen(Target::Group(import.imported().group.unwrap()), NOW).unwrap();
        }
        prop_assert_eq!(everything(&desk), before);
        prop_assert!(desk.redo(NOW).is_err() || over);
    }
}
