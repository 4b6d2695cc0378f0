//! A book of orders alone, ten for each customer, written through the store as an import writes it.
//!
//! `KEHU_BENCH_CSV=FILE` writes the same orders of the largest book for other programs.

use crate::ground::figures::note;
use crate::ground::{Dice, NOW, SIZES, TODAY, folder, timed};
use kehu::desk::{Desk, Opening};
use kehu::domain::change::Change;
use kehu::domain::customer::Customer;
use kehu::domain::id::{Id, IdSource};
use kehu::domain::money::Exact;
use kehu::domain::order::{Order, OrderLine};
use kehu::domain::record::Record;
use kehu::domain::time::Day;
use kehu::store::entry::{Cause, Draft, Durability};
use kehu::store::{Options, Store};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;
use tempfile::TempDir;

/// Orders of a customer.
const ORDERS: usize = 10;

/// The books made in this run.
static BOOKS: Mutex<Vec<(usize, TempDir)>> = Mutex::new(Vec::new());

/// The book of so many customers, made once a run.
pub fn book(customers: usize) -> PathBuf {
    let mut books = BOOKS.lock().unwrap();
    if let Some((_, made)) = books.iter().find(|(size, _)| *size == customers) {
        return made.path().to_owned();
    }
    let made = tempfile::tempdir_in(folder()).unwrap();
    let path = made.path().to_owned();
    open(&path).close().unwrap();
    note(format!("disk, import of ten orders each {customers:>6}"), write(&path, customers));
    // Its rows are made when a desk finds none.
    std::fs::remove_dir_all(path.join("working")).unwrap();
    let (rebuilding, desk) = timed(|| open(&path));
    note(format!("disk, all made anew from the journal {customers:>6}"), rebuilding);
    desk.close().unwrap();
    books.push((customers, made));
    path
}

/// Takes the books of this run away.
pub fn clear() {
    BOOKS.lock().unwrap().clear();
}

/// A desk on a book.
pub fn open(folder: &Path) -> Desk {
    let (me, device) = ("bench".to_owned(), String::new());
    let opening =
        Opening { me, device, now: NOW, read_only: false, despite_damage: false, despite_lost_journal: false, seed: 7 };
    Desk::open(folder, opening, &mut |_, _| ()).unwrap().0
}

/// Writes the orders; gives how long that took without making them up.
fn write(folder: &Path, customers: usize) -> Duration {
    let (mut store, _) = Store::open(folder, Options::default(), &mut |_| ()).unwrap();
    let (mut ids, mut dice, mut csv) = (IdSource::seeded(1), Dice(42), csv(customers));
    let group = ids.next(NOW);
    let (mut changes, mut took) = (Vec::new(), Duration::ZERO);
    for number in 0..customers {
        changes.extend(buyer(number, &mut ids, &mut dice, csv.as_mut()));
        if changes.len() > 980 || number + 1 == customers {
            let entry = draft(&mut ids, group, Cause::Import("orders.csv".to_owned()), std::mem::take(&mut changes));
            took += timed(|| append(&mut store, &entry, Durability::Later)).0;
        }
    }
    let end = draft(&mut ids, group, Cause::GroupEnd, Vec::new());
    took += timed(|| append(&mut store, &end, Durability::Now)).0;
    store.close().unwrap();
    took
}

fn append(store: &mut Store, entry: &Draft, durability: Durability) {
    let seq = store.append(entry, durability).unwrap();
    store.settle(seq, &entry.changes, &[]).unwrap();
}

/// Where the orders are written for other programs, if that is asked for.
fn csv(customers: usize) -> Option<BufWriter<File>> {
    let path = std::env::var_os("KEHU_BENCH_CSV").filter(|_| customers == SIZES[SIZES.len() - 1])?;
    let mut csv = BufWriter::new(File::create(path).unwrap());
    writeln!(csv, "customer,day,cents").unwrap();
    Some(csv)
}

/// A customer and what it ordered.
fn buyer(number: usize, ids: &mut IdSource, dice: &mut Dice, mut csv: Option<&mut BufWriter<File>>) -> Vec<Change> {
    let id = ids.next(NOW);
    let (code, name) = (format!("C{number:07}"), format!("客户 {number}"));
    let mut changes = vec![Change::Born(Record::from(Customer { id, code, name, ..Customer::default() }))];
    let rare = dice.below(400) as i32;
    for _ in 0..ORDERS {
        let day = TODAY.plus(-(dice.below(700) as i32 + rare));
        let cents = (1 + dice.below(1_000)) as i64 * (1 + dice.below(1_000)) as i64;
        if let Some(csv) = &mut csv {
            writeln!(csv, "{number},{},{cents}", day.number()).unwrap();
        }
        changes.push(Change::Born(Record::from(order(id, ids.next(NOW), day, cents))));
    }
    changes
}

fn order(customer: Id, id: Id, date: Day, cents: i64) -> Order {
    let line = OrderLine { amount: Exact::from_parts(cents * 100), quantity: 1_000, ..OrderLine::default() };
    Order { id, customer: Some(customer), date, lines: vec![line], ..Order::default() }
}

fn draft(ids: &mut IdSource, group: Id, cause: Cause, changes: Vec<Change>) -> Draft {
    Draft { id: ids.next(NOW), at: NOW, by: "bench".to_owned(), group: Some(group), cause, changes, ..Draft::default() }
}
