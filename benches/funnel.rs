//! The funnel of 100,000 deals with six steps each, reckoned as after every change on the screen.
#![allow(clippy::unwrap_used, clippy::expect_used)]
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
use std::time::{Duration, Instant};

const DEALS: usize = 100_000;
/// Steps of a deal.
const STEPS: usize = 6;
const PATH: [&str; 9] =
    ["prospecting", "interested", "needs_confirmed", "proposal", "negotiation", "contract", "won", "lost", "on_hold"];

/// A row of numbers that is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

fn main() {
    let today = Day::from_ymd(2026, 11, 19).unwrap();
    let book = Book::new(Standards::shipped());
    let mut deals = Deals::new(book.standards());
    let (mut dice, mut ids) = (Dice(7), IdSource::seeded(3));
    let now = Moment::start_of(today, 480);
    let begun = Instant::now();
    let (mut apart, mut last) = (Duration::ZERO, None);
    for _ in 0..DEALS / 2 {
        let customer = ids.next(now);
        let dossier = dossier(customer, today, &mut dice, &mut ids);
        let read = Instant::now();
        deals.take(&dossier);
        apart += read.elapsed();
        last = Some(dossier);
    }
    println!("{} deals made in {:?}, of which taken from their dossiers {apart:?}", deals.len(), begun.elapsed());
    let month = Period::months(today.month(), 1);
    measure("all of time", &deals, &book, Period::ALL, None, today);
    measure("this month", &deals, &book, month, None, today);
    measure("all of time, by owner", &deals, &book, Period::ALL, Some(By::Owner), today);
    let begun = Instant::now();
    let held = deals.clone();
    deals.take(&last.unwrap());
    println!("one customer's deals taken anew while a snapshot is held: {:?}", begun.elapsed());
    drop(held);
}

fn measure(what: &str, deals: &Deals, book: &Book, period: Period, by: Option<By>, as_of: Day) {
    let asked = Asked { period, owner: None, by, as_of, language: Language::Zh };
    let mut times: Vec<Duration> = (0..9)
        .map(|_| {
            let begun = Instant::now();
            std::hint::black_box(asked.reckon(deals, book));
            begun.elapsed()
        })
        .collect();
    times.sort();
    println!("{what}: median {:?}, slowest {:?}", times[4], times[8]);
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
                StageMove { stage: PATH[at].into(), at: Some(Moment::start_of(day, 480)), by: String::new() }
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
