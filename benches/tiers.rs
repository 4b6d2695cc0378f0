//! How long a recalculation takes: `cargo bench --bench tiers [customers]`, ten orders each. `KEHU_BENCH_CSV=FILE` writes
//! the same orders for other programs.
#![allow(clippy::unwrap_used, reason = "a failure here is to stop everything")]

use kehu::analysis::grading::Grading;
use kehu::book::command::Command;
use kehu::book::tiers::proposal::Proposal;
use kehu::desk::{Desk, Opening};
use kehu::domain::customer::Customer;
use kehu::domain::id::{Id, IdSource};
use kehu::domain::money::Exact;
use kehu::domain::order::{Order, OrderLine};
use kehu::domain::record::Record;
use kehu::domain::tiers::Method;
use kehu::domain::time::{Day, Moment};
use kehu::store::entry::{Cause, Draft, Durability};
use kehu::store::{Options, Store};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

const ORDERS: u32 = 10;
const TODAY: Day = Day::from_number(20_776);
const NOW: Moment = Moment::from_parts(1_795_050_000, 480);
/// Names the book that a second process is to open, so that its memory is that of working with it alone.
const BOOK: &str = "KEHU_BENCH_BOOK";

fn main() {
    if let Some(folder) = std::env::var_os(BOOK) {
        return alone(Path::new(&folder));
    }
    let customers = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(100_000);
    let folder = std::env::var_os("KEHU_BENCH_FOLDER").map_or_else(std::env::temp_dir, Into::into);
    let folder = tempfile::tempdir_in(folder).unwrap();
    println!("{customers} customers, {ORDERS} orders each");
    make(folder.path(), customers);
    open(folder.path()).close().unwrap();
    for what in ["first", "again, with everyone graded"] {
        let mut alone = std::process::Command::new(std::env::current_exe().unwrap());
        let said = alone.env(BOOK, folder.path()).output().unwrap();
        println!("{what}:\n{}{}", String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    }
}

fn open(folder: &Path) -> Desk {
    let opening = Opening {
        me: "bench".to_owned(),
        device: String::new(),
        now: NOW,
        read_only: false,
        despite_damage: false,
        seed: 7,
    };
    Desk::open(folder, opening, &mut |_, _| ()).unwrap().0
}

fn make(folder: &Path, customers: u32) {
    open(folder).close().unwrap();
    let (mut store, _) = Store::open(folder, Options::default(), &mut |_| ()).unwrap();
    let mut csv = std::env::var_os("KEHU_BENCH_CSV").map(|path| std::fs::File::create(path).unwrap());
    let mut csv = csv.as_mut().map(std::io::BufWriter::new);
    if let Some(csv) = &mut csv {
        writeln!(csv, "customer,day,cents").unwrap();
    }
    let mut ids = IdSource::seeded(1);
    let mut random = 42_u64;
    let mut next = |below: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % below
    };
    let group = ids.next(NOW);
    let mut changes = Vec::new();
    for number in 0..customers {
        let id = ids.next(NOW);
        let customer =
            Customer { id, code: format!("C{number:07}"), name: format!("客户 {number}"), ..Customer::default() };
        changes.push(kehu::domain::change::Change::Born(Record::from(customer)));
        let rare = next(400) as i32;
        for _ in 0..ORDERS {
            let day = TODAY.plus(-(next(700) as i32 + rare));
            let cents = (1 + next(1_000)) as i64 * (1 + next(1_000)) as i64;
            if let Some(csv) = &mut csv {
                writeln!(csv, "{number},{},{cents}", day.number()).unwrap();
            }
            changes.push(kehu::domain::change::Change::Born(Record::from(order(id, ids.next(NOW), day, cents))));
        }
        if changes.len() > 980 || number + 1 == customers {
            let cause = Cause::Import("orders.csv".to_owned());
            let entry = draft(&mut ids, Some(group), cause, std::mem::take(&mut changes));
            let seq = store.append(&entry, Durability::Later).unwrap();
            store.settle(seq, &entry.changes, &[]).unwrap();
        }
    }
    let end = draft(&mut ids, Some(group), Cause::GroupEnd, Vec::new());
    let seq = store.append(&end, Durability::Now).unwrap();
    store.settle(seq, &[], &[]).unwrap();
    store.close().unwrap();
    // Its rows are made when a desk finds none.
    std::fs::remove_dir_all(folder.join("working")).unwrap();
}

fn order(customer: Id, id: Id, date: Day, cents: i64) -> Order {
    let line = OrderLine { amount: Exact::from_parts(cents * 100), quantity: 1_000, ..OrderLine::default() };
    Order { id, customer: Some(customer), date, lines: vec![line], ..Order::default() }
}

fn draft(ids: &mut IdSource, group: Option<Id>, cause: Cause, changes: Vec<kehu::domain::change::Change>) -> Draft {
    Draft { id: ids.next(NOW), at: NOW, by: "bench".to_owned(), group, cause, changes }
}

/// The shortest and the median of some runs.
fn timed<T>(mut run: impl FnMut() -> T) -> (Duration, Duration, T) {
    let mut times = Vec::new();
    let mut last = run();
    for _ in 0..9 {
        let begun = Instant::now();
        last = run();
        times.push(begun.elapsed());
    }
    times.sort();
    (times[0], times[times.len() / 2], last)
}

fn alone(folder: &Path) {
    let opened = Instant::now();
    let mut desk = open(folder);
    println!("  open {:?}, {} MB resident", opened.elapsed(), resident() / 1024);
    let begun = Instant::now();
    let first = Proposal::of(desk.book(), &Grading::default(), TODAY, &|_| None);
    println!("  first recalculation {:?} ({} graded)", begun.elapsed(), first.members.len());
    println!("  open and first recalculation {:?}", opened.elapsed());
    for method in [Method::Quantile, Method::Ntile, Method::Nested, Method::Threshold, Method::Abc] {
        let grading = Grading::of(method);
        let (least, grading_alone, _) = timed(|| {
            let (_, subjects) = desk.book().subjects(&grading, TODAY, &|_| None);
            kehu::analysis::tier::grade(&subjects, &grading).grades.len()
        });
        let (least_preview, preview, found) = timed(|| {
            let proposal = Proposal::of(desk.book(), &grading, TODAY, &|_| None);
            (proposal.matrix(), proposal.distribution(), proposal.movers().len())
        });
        let tiers: Vec<String> = found.1.iter().map(|filled| filled.customers.to_string()).collect();
        println!(
            "  {}: recalculation {least:?} (median {grading_alone:?}), preview {least_preview:?} (median {preview:?}), \
             {} move, tiers {}",
            method.key(),
            found.2,
            tiers.join(" ")
        );
    }
    let shifted = Grading { months: Some(24), ..Grading::of(Method::Abc) };
    let grading = if desk.book().tiers().is_empty() { Grading::default() } else { shifted };
    let proposal = Proposal::of(desk.book(), &grading, TODAY, &|_| None);
    let begun = Instant::now();
    let command: Command = proposal.apply("bench", None);
    let made = begun.elapsed();
    desk.run(&command, NOW).unwrap();
    println!(
        "  apply {:?} durable, of which {made:?} to write it down; {} MB resident",
        begun.elapsed(),
        resident() / 1024
    );
    let begun = Instant::now();
    desk.undo(NOW).unwrap();
    println!("  undo {:?}", begun.elapsed());
    desk.redo(NOW).unwrap();
    desk.close().unwrap();
}

fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}
