//! The funnel of deals with six steps each, reckoned as after every change on the screen.

use crate::ground::figures::clocked;
use crate::ground::{Dice, NOW, SIZES, TODAY};
use divan::Bencher;
use kehu::analysis::funnel::period::Period;
use kehu::book::Book;
use kehu::book::deals::Deals;
use kehu::book::deals::grouping::By;
use kehu::book::deals::reckoning::Asked;
use kehu::book::standards::Standards;
use kehu::domain::change::Change;
use kehu::domain::deal::{Deal, StageMove};
use kehu::domain::id::{Id, IdSource};
use kehu::domain::money::Money;
use kehu::domain::people::Owner;
use kehu::domain::record::Record;
use kehu::domain::time::{Day, Moment};
use kehu::store::dossier::Dossier;
use kehu::text::Language;

/// Steps of a deal.
const STEPS: usize = 6;
const PATH: [&str; 9] =
    ["prospecting", "interested", "needs_confirmed", "proposal", "negotiation", "contract", "won", "lost", "on_hold"];

/// So many deals of half as many customers, and the last customer.
fn made(count: usize, book: &Book) -> (Deals, Dossier) {
    let (mut dice, mut ids) = (Dice(7), IdSource::seeded(3));
    let mut deals = Deals::new(book.standards());
    let mut last = Dossier::empty(Id::BOOK);
    for _ in 0..count / 2 {
        last = dossier(ids.next(NOW), TODAY, &mut dice, &mut ids);
        deals.take(&last);
    }
    (deals, last)
}

fn reckoned(bencher: Bencher, what: &str, count: usize, period: Period, by: Option<By>) {
    let book = Book::new(Standards::shipped());
    let (deals, _) = made(count, &book);
    let asked = Asked { period, owner: None, by, as_of: TODAY, language: Language::Zh };
    let name = format!("funnel, {what} {count:>6}");
    bencher.bench_local(|| clocked(&*name, || asked.reckon(&deals, &book)));
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 9)]
fn all_of_time(bencher: Bencher, deals: usize) {
    reckoned(bencher, "all of time", deals, Period::ALL, None);
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 9)]
fn this_month(bencher: Bencher, deals: usize) {
    reckoned(bencher, "this month", deals, Period::months(TODAY.month(), 1), None);
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 9)]
fn by_owner(bencher: Bencher, deals: usize) {
    reckoned(bencher, "all of time, by owner", deals, Period::ALL, Some(By::Owner));
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 50)]
fn one_customer_anew_under_a_snapshot(bencher: Bencher, count: usize) {
    let (mut deals, last) = made(count, &Book::new(Standards::shipped()));
    let name = format!("funnel, one customer anew under a snapshot {count:>6}");
    bencher.bench_local(|| {
        let held = deals.clone();
        clocked(&*name, || deals.take(&last));
        drop(held);
    });
}

/// A customer with two deals that go forward, now and then back, and end somehow.
fn dossier(customer: Id, today: Day, dice: &mut Dice, ids: &mut IdSource) -> Dossier {
    let mut dossier = Dossier::empty(customer);
    for _ in 0..2 {
        let mut day = today.plus(-(dice.below(900) as i32) - 120);
        let opened = day;
        let moves: Vec<StageMove> = (0..STEPS)
            .map(|step| {
                let at = if step + 1 == STEPS { dice.below(PATH.len()) } else { (step + dice.below(2)).min(5) };
                day = day.plus(dice.below(20) as i32 + 1);
                StageMove { stage: PATH[at].into(), at: Some(Moment::start_of(day, 480)), ..StageMove::default() }
            })
            .collect();
        let stage = moves.last().unwrap().stage.clone();
        let deal = Deal {
            id: ids.next(Moment::start_of(today, 480)),
            customer: Some(customer),
            title: "年度框架".into(),
            amount: Some(Money::from_units(dice.below(90_000) as i64)),
            owner: Some(Owner::called(["张伟", "李娜", "王建国", "Anna Keller"][dice.below(4)]).id),
            closed: matches!(stage.as_str(), "won" | "lost").then_some(day),
            lost_reason: if stage == "lost" { "price".into() } else { String::new() },
            expected_close: Some(today.plus(dice.below(120) as i32 - 20)),
            opened: Some(opened),
            stage,
            moves,
            ..Deal::default()
        };
        dossier.apply(&Change::Born(Record::from(deal)));
    }
    dossier
}
