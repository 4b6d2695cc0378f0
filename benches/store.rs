//! How long the store takes and how much room: `cargo bench --bench store [customers]`.
#![allow(clippy::unwrap_used, reason = "a failure here is to stop everything")]

use kehu::domain::change::Change;
use kehu::domain::customer::Customer;
use kehu::domain::follow_up::FollowUp;
use kehu::domain::id::{Id, IdSource};
use kehu::domain::money::Exact;
use kehu::domain::order::{Order, OrderLine};
use kehu::domain::record::Record;
use kehu::domain::time::{Day, Moment};
use kehu::store::entry::{Cause, Draft, Durability, Target};
use kehu::store::{Options, Store};
use std::path::Path;
use std::time::Instant;

const ORDERS: u32 = 10;
const FOLLOW_UPS: u32 = 3;

/// Names the book that a second process is to open, so that its memory is that of opening alone.
const BOOK: &str = "KEHU_BENCH_BOOK";

fn main() {
    if let Some(folder) = std::env::var_os(BOOK) {
        return open_alone(Path::new(&folder));
    }
    let customers = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(20_000);
    let folder = std::env::var_os("KEHU_BENCH_FOLDER").map_or_else(std::env::temp_dir, Into::into);
    let folder = tempfile::tempdir_in(folder).unwrap();
    println!("{customers} customers, {ORDERS} orders and {FOLLOW_UPS} follow-ups each");
    let homes = import(folder.path(), customers);
    reopen(folder.path(), "open after a clean close");
    commits(folder.path(), &homes);
    reads(folder.path(), &homes);
    compact(folder.path());
    reopen(folder.path(), "open after compacting");
    std::fs::remove_dir_all(folder.path().join("working")).unwrap();
    reopen(folder.path(), "rebuild");
    reopen(folder.path(), "open after a rebuild");
}

fn open(folder: &Path) -> Store {
    Store::open(folder, Options::default(), &mut |_| ()).unwrap().0
}

fn draft(ids: &mut IdSource, group: Option<Id>, cause: Cause, changes: Vec<Change>) -> Draft {
    let at = Moment::from_parts(1_700_000_000, 480);
    Draft { id: ids.next(at), at, by: "bench".to_owned(), group, cause, changes }
}

fn import(folder: &Path, customers: u32) -> Vec<Id> {
    let mut ids = IdSource::seeded(1);
    let now = Moment::from_parts(1_700_000_000, 480);
    let mut store = open(folder);
    let group = ids.next(now);
    let mut homes = Vec::new();
    let (mut changes, mut making) = (Vec::new(), std::time::Duration::ZERO);
    let started = Instant::now();
    for number in 0..customers {
        let begun = Instant::now();
        homes.push(records(number, &mut ids, &mut changes));
        making += begun.elapsed();
        if changes.len() > 980 || number + 1 == customers {
            let entry =
                draft(&mut ids, Some(group), Cause::Import("orders.csv".to_owned()), std::mem::take(&mut changes));
            let seq = store.append(&entry, Durability::Later).unwrap();
            store.settle(seq, &entry.changes, &[]).unwrap();
        }
    }
    let end = draft(&mut ids, Some(group), Cause::GroupEnd, Vec::new());
    let seq = store.append(&end, Durability::Now).unwrap();
    store.settle(seq, &[], &[]).unwrap();
    println!("import: {:?} (and {making:?} to make the records)", started.elapsed() - making);
    let begun = Instant::now();
    store.rest().unwrap();
    println!("rest: {:?}", begun.elapsed());
    let begun = Instant::now();
    let sizes = store.sizes();
    store.close().unwrap();
    println!("close: {:?}", begun.elapsed());
    println!("{sizes:?}");
    homes
}

fn records(number: u32, ids: &mut IdSource, changes: &mut Vec<Change>) -> Id {
    let now = Moment::from_parts(1_700_000_000, 480);
    let id = ids.next(now);
    let customer = Some(id);
    changes.push(Change::Born(Record::from(Customer {
        id,
        code: format!("C{number:07}"),
        name: format!("上海第{number}精密机械有限公司"),
        phone: format!("1390000{number:04}"),
        address: "上海市浦东新区张江高科技园区博云路2号".to_owned(),
        industry: "manufacturing".to_owned(),
        region: "east".to_owned(),
        ..Customer::default()
    })));
    for order in 0..ORDERS {
        let line = OrderLine {
            product: format!("轴承 {}", 6200 + order),
            category: "轴承".to_owned(),
            quantity: 12_000,
            amount: Exact::from_parts(1_234_500),
            cost: Some(Exact::from_parts(800_000)),
        };
        let order = Order {
            id: ids.next(now),
            customer,
            number: format!("SO-{number:06}-{order}"),
            date: Day::from_number(19_000 + order as i32 * 31),
            lines: vec![line],
            ..Order::default()
        };
        changes.push(Change::Born(Record::from(order)));
    }
    for _ in 0..FOLLOW_UPS {
        let follow_up = FollowUp {
            id: ids.next(now),
            customer,
            at: now,
            way: "call".to_owned(),
            by: "王芳".to_owned(),
            text: "客户对新报价基本满意，要求下周三前给出正式合同，并希望付款方式改为月结三十天。".to_owned(),
            outcome: "interested".to_owned(),
            ..FollowUp::default()
        };
        changes.push(Change::Born(Record::from(follow_up)));
    }
    id
}

/// Opens the book in a process of its own.
fn reopen(folder: &Path, what: &str) {
    let mut alone = std::process::Command::new(std::env::current_exe().unwrap());
    let said = alone.env(BOOK, folder).output().unwrap().stdout;
    println!("{what}: {}", String::from_utf8_lossy(&said).trim());
}

fn compact(folder: &Path) {
    let mut store = open(folder);
    let begun = Instant::now();
    store.compact(&mut |_| ()).unwrap();
    println!("compact: {:?}, {:?}", begun.elapsed(), store.sizes());
    store.close().unwrap();
}

fn open_alone(folder: &Path) {
    let before = resident();
    let begun = Instant::now();
    let store = open(folder);
    println!("{:?}, {before} then {} kB resident, {:?}", begun.elapsed(), resident(), store.sizes());
    if std::env::var_os("KEHU_BENCH_SCAN").is_some() {
        let begun = Instant::now();
        store.scan(|_| ()).unwrap();
        println!("scan: {:?}, {} kB resident", begun.elapsed(), resident());
    }
    store.close().unwrap();
}

fn commits(folder: &Path, homes: &[Id]) {
    let mut store = open(folder);
    let mut ids = IdSource::seeded(2);
    let mut times = Vec::new();
    let mut appends = Vec::new();
    for home in homes.iter().step_by((homes.len() / 1000).max(1)) {
        let follow_up = FollowUp {
            id: ids.next(Moment::from_parts(1_700_000_000, 480)),
            customer: Some(*home),
            text: "已寄样品".to_owned(),
            ..FollowUp::default()
        };
        let entry = draft(&mut ids, None, Cause::Do, vec![Change::Born(Record::from(follow_up))]);
        let begun = Instant::now();
        let seq = store.append(&entry, Durability::Now).unwrap();
        appends.push(begun.elapsed());
        store.settle(seq, &entry.changes, &[]).unwrap();
        times.push(begun.elapsed());
    }
    times.sort();
    appends.sort();
    let at = |times: &[std::time::Duration], part: usize| times[(times.len() - 1) * part / 100];
    println!("durable commit: p50 {:?}, p99 {:?}", at(&times, 50), at(&times, 99));
    println!("of which the journal: p50 {:?}, p99 {:?}", at(&appends, 50), at(&appends, 99));
    let last = store.next_seq() - 1;
    let undo = draft(&mut ids, None, Cause::Undo(Target::Entry(last)), Vec::new());
    let seq = store.append(&undo, Durability::Now).unwrap();
    let changes = store.changes_of(&store.head(seq).unwrap()).unwrap();
    store.settle(seq, &changes, &[]).unwrap();
}

fn reads(folder: &Path, homes: &[Id]) {
    let store = open(folder);
    let some: Vec<&Id> = homes.iter().step_by((homes.len() / 1000).max(1)).collect();
    let begun = Instant::now();
    let records: usize = some.iter().map(|home| store.dossier(**home).unwrap().records().count()).sum();
    println!("dossier with all its records read: {:?} ({records} records)", begun.elapsed() / some.len() as u32);
    let begun = Instant::now();
    let mut count = 0;
    store.scan(|dossier| count += dossier.len()).unwrap();
    println!("scan of {count} records, packed: {:?}", begun.elapsed());
    let begun = Instant::now();
    let heads = store.entries_back().take(1000).filter(Result::is_ok).count();
    println!("newest {heads} entries: {:?}, {} kB resident", begun.elapsed(), resident());
}

fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}
