//! What is done on the disk: a book opened, a follow-up saved and taken back, a customer read.

use crate::ground::figures::clocked;
use crate::ground::{NOW, SIZES, book, folder};
use crate::orders::open;
use divan::Bencher;
use kehu::book::command::Command;
use kehu::desk::gathering::deals;
use kehu::domain::follow_up::FollowUp;
use kehu::domain::id::Id;
use kehu::domain::record::Record;
use std::io::Write;

/// What is written of a talk, about as long as people write.
const TALK: &str = "客户对新报价基本满意，要求下周三前给出正式合同，并希望付款方式改为月结三十天。";

/// Some customers of a desk, from all over the book.
fn some(desk: &kehu::desk::Desk, count: usize) -> Vec<Id> {
    let rows = desk.book().rows().step_by((desk.book().len() / count).max(1));
    rows.map(|(_, row)| row.id).collect()
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 5)]
fn opened(bencher: Bencher, customers: usize) {
    let folder = book(customers);
    let name = format!("disk, opened {customers:>6}");
    bencher.bench_local(|| {
        let desk = clocked(&*name, || open(&folder));
        desk.close().unwrap();
    });
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 50)]
fn follow_up_saved_and_undone(bencher: Bencher, customers: usize) {
    let mut desk = open(&book(customers));
    let mut homes = some(&desk, 50).into_iter().cycle();
    let name = format!("disk, follow-up saved {customers:>6}");
    bencher.bench_local(|| {
        let customer = homes.next();
        let talk = FollowUp { customer, at: NOW, way: "call".to_owned(), text: TALK.to_owned(), ..FollowUp::default() };
        clocked(&*name, || desk.run(&Command::Add(Box::new(Record::from(talk))), NOW).unwrap());
        clocked(format!("disk, follow-up taken back {customers:>6}"), || desk.undo(NOW).unwrap());
    });
    desk.close().unwrap();
    let mut file = tempfile::tempfile_in(folder()).unwrap();
    for _ in 0..20 {
        clocked(format!("{name} ~ its bytes alone, synced to a file"), || {
            file.write_all(TALK.as_bytes()).unwrap();
            file.sync_data().unwrap();
        });
    }
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 200)]
fn customer_read(bencher: Bencher, customers: usize) {
    let desk = open(&book(customers));
    let mut homes = some(&desk, 200).into_iter().cycle();
    let name = format!("disk, a customer read with all its records {customers:>6}");
    bencher.bench_local(|| clocked(&*name, || desk.dossier(homes.next().unwrap()).unwrap().records().count()));
    desk.close().unwrap();
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 1)]
fn deals_gathered(bencher: Bencher, customers: usize) {
    let desk = open(&book(customers));
    let name = format!("disk, all deals gathered {customers:>6}");
    bencher.bench_local(|| clocked(&*name, || deals(&desk).unwrap().len()));
    desk.close().unwrap();
}
