//! Who is listed, in which order: sorted by every kind of column, filtered, grouped, summed.

use crate::ground::figures::clocked;
use crate::ground::{NOW, SIZES, TODAY, book};
use divan::Bencher;
use kehu::book::find::sort_key;
use kehu::book::listing::Listing;
use kehu::book::sorting::Sorting;
use kehu::book::{Book, Slot, grouping};
use kehu::desk::{Desk, Opening};
use kehu::query::field::Column;
use kehu::query::filter::Filter;
use kehu::text::Language;

/// The sample book, only looked at.
fn looked_at(customers: usize) -> Desk {
    let (me, device) = ("bench".to_owned(), String::new());
    let opening =
        Opening { me, device, now: NOW, read_only: true, despite_damage: false, despite_lost_journal: false, seed: 7 };
    Desk::look(&book(customers), opening, &mut |_, _| ()).unwrap().0
}

/// What the screen asks for: everybody, let through and sorted.
fn listing(book: &Book, filter: Option<Filter>, sorting: Vec<Sorting>) -> Listing {
    Listing {
        book: book.clone(),
        finder: None,
        query: String::new(),
        previous: None,
        filter,
        sorting,
        me: None,
        today: TODAY,
        language: Language::Zh,
    }
}

fn sorted(bencher: Bencher, columns: &[Column], customers: usize) {
    let desk = looked_at(customers);
    let by: Vec<Sorting> = columns.iter().map(|column| Sorting { column: *column, descending: true }).collect();
    let said: Vec<String> = columns.iter().map(|column| format!("{column:?}")).collect();
    let name = format!("list, sorted by {} {customers:>6}", said.join(", "));
    bencher.bench_local(|| clocked(&*name, || listing(desk.book(), None, by.clone()).run().order.len()));
    if columns == [Column::Name] {
        clocked(format!("{name} ~ a key at every comparison"), || by_name_afresh(desk.book()));
    }
}

/// The same order by what comes to mind first.
fn by_name_afresh(book: &Book) -> Vec<Slot> {
    let mut rows: Vec<_> = book.rows().collect();
    rows.sort_by_key(|(_, row)| std::cmp::Reverse(sort_key(row.name())));
    rows.into_iter().map(|(slot, _)| slot).collect()
}

macro_rules! sorts {
    ($($name:ident: [$($column:ident),*]),* $(,)?) => { $(
        #[divan::bench(args = SIZES, sample_size = 1, sample_count = 9, max_time = 2)]
        fn $name(bencher: Bencher, customers: usize) {
            sorted(bencher, &[$(Column::$column),*], customers);
        }
    )* };
}

sorts! {
    by_name: [Name],
    by_code: [Code],
    by_owner: [Owner],
    by_revenue: [TotalAmount],
    by_next_contact: [NextContact],
    by_last_purchase: [LastPurchase],
    by_life_stage: [LifeStage],
    by_churn_risk: [ChurnRisk],
    by_tier_then_revenue: [Tier, TotalAmount],
}

fn filtered(bencher: Bencher, text: &str, customers: usize) {
    let desk = looked_at(customers);
    let filter = Filter::read(text).unwrap();
    let name = format!("list, filter {text} {customers:>6}");
    bencher.bench_local(|| clocked(&*name, || desk.book().filtered(&filter, TODAY, None).len()));
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 15, max_time = 1)]
fn filter_by_a_sum(bencher: Bencher, customers: usize) {
    filtered(bencher, "revenue>=100000", customers);
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 15, max_time = 1)]
fn filter_by_several(bencher: Bencher, customers: usize) {
    filtered(bencher, "stage:decline next_contact<today", customers);
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 15, max_time = 1)]
fn grouped_by_owner(bencher: Bencher, customers: usize) {
    let desk = looked_at(customers);
    let all: Vec<Slot> = desk.book().rows().map(|(slot, _)| slot).collect();
    let name = format!("list, grouped by owner {customers:>6}");
    bencher.bench_local(|| {
        clocked(&*name, || grouping::groups(desk.book(), &all, Column::Owner, TODAY, Language::Zh).len());
    });
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 15, max_time = 1)]
fn summed(bencher: Bencher, customers: usize) {
    let desk = looked_at(customers);
    let all: Vec<Slot> = desk.book().rows().map(|(slot, _)| slot).collect();
    let name = format!("list, revenue summed {customers:>6}");
    bencher.bench_local(|| clocked(&*name, || grouping::summed(desk.book(), &all, Column::TotalAmount, TODAY)));
}
