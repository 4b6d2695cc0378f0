//! Everybody graded anew, previewed, applied, undone.

use crate::ground::figures::{clocked, count};
use crate::ground::{NOW, SIZES, TODAY};
use crate::orders::{book, open};
use divan::Bencher;
use kehu::analysis::grading::Grading;
use kehu::book::tiers::proposal::Proposal;
use kehu::book::tiers::subjects::subjects;
use kehu::domain::tiers::Method;

fn recalculated(bencher: Bencher, method: Method, customers: usize) {
    let desk = open(&book(customers));
    let grading = Grading::of(method);
    let name = format!("tiers, {} {customers:>6}", method.key());
    bencher.bench_local(|| {
        clocked(&*name, || {
            let (_, subjects) = subjects(desk.book(), &grading, TODAY, &|_| None);
            kehu::analysis::tier::grade(&subjects, &grading).grades.len()
        })
    });
    let distribution = Proposal::of(desk.book(), &grading, TODAY, &|_| None).distribution();
    for (tier, filled) in distribution.iter().enumerate() {
        count(format!("tiers, {} {customers:>6}, customers in tier {tier}", method.key()), filled.customers as usize);
    }
    desk.close().unwrap();
}

macro_rules! methods {
    ($($name:ident: $method:ident),* $(,)?) => { $(
        #[divan::bench(args = SIZES, sample_size = 1, sample_count = 15, max_time = 1)]
        fn $name(bencher: Bencher, customers: usize) {
            recalculated(bencher, Method::$method, customers);
        }
    )* };
}

methods! { quantile: Quantile, ntile: Ntile, nested: Nested, threshold: Threshold, abc: Abc }

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 15, max_time = 1)]
fn previewed(bencher: Bencher, customers: usize) {
    let desk = open(&book(customers));
    let name = format!("tiers, preview with movers and matrix {customers:>6}");
    bencher.bench_local(|| {
        clocked(&*name, || {
            let proposal = Proposal::of(desk.book(), &Grading::default(), TODAY, &|_| None);
            (proposal.matrix(), proposal.distribution(), proposal.movers().len())
        })
    });
    desk.close().unwrap();
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 3)]
fn opened_and_recalculated(bencher: Bencher, customers: usize) {
    let folder = book(customers);
    let name = format!("tiers, opened and recalculated {customers:>6}");
    bencher.bench_local(|| {
        let desk = clocked(&*name, || {
            let desk = open(&folder);
            assert_eq!(Proposal::of(desk.book(), &Grading::default(), TODAY, &|_| None).members.len(), customers);
            desk
        });
        desk.close().unwrap();
    });
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 3)]
fn applied_and_undone(bencher: Bencher, customers: usize) {
    let mut desk = open(&book(customers));
    bencher.bench_local(|| {
        let proposal = Proposal::of(desk.book(), &Grading::default(), TODAY, &|_| None);
        clocked(format!("tiers, applied, on the disk {customers:>6}"), || {
            desk.run(&proposal.apply("bench", None), NOW).unwrap();
        });
        clocked(format!("tiers, undone {customers:>6}"), || desk.undo(NOW).unwrap());
    });
    desk.close().unwrap();
}
