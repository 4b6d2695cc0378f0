//! What all benches stand on: chance that is the same every time, books made once, and figures set beside others.
#![allow(dead_code, reason = "no bench needs all of it")]

pub mod figures;

use kehu::domain::time::{Day, Moment};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Customers in the books.
pub const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// The day the books are made for and opened on.
pub const TODAY: Day = Day::from_number(20_776);
/// The same for the program.
pub const TODAY_WRITTEN: &str = "2026-11-19";
/// A moment of that day.
pub const NOW: Moment = Moment::from_parts(1_795_050_000, 480);

/// A row of numbers that is the same every time.
pub struct Dice(pub u64);

impl Dice {
    /// One of the numbers below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    /// One of a list.
    pub fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// Some characters out of a list.
    pub fn chars(&mut self, from: &[char], n: usize) -> String {
        (0..n).map(|_| from[self.below(from.len())]).collect()
    }
}

/// Where books are kept from one run to the next: `KEHU_BENCH_FOLDER`, else the system's temporary folder.
pub fn folder() -> PathBuf {
    std::env::var_os("KEHU_BENCH_FOLDER").map_or_else(std::env::temp_dir, PathBuf::from)
}

/// The sample book of so many customers, each with about ten orders and twenty follow-ups; made if it is not there yet.
pub fn book(customers: usize) -> PathBuf {
    let book = folder().join(format!("kehu-bench-{customers}"));
    if !book.exists() {
        let (begun, making) = (Instant::now(), book.with_extension("making"));
        // Half a book is what a run that was stopped has left.
        let _ = std::fs::remove_dir_all(&making);
        let made = std::process::Command::new(env!("CARGO_BIN_EXE_kehu"))
            .args(["demo", "--mixed", "--customers", &customers.to_string(), "--into"])
            .arg(&making)
            .env("KEHU_TODAY", TODAY_WRITTEN)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        std::fs::rename(&making, &book).unwrap();
        eprintln!("a book of {customers} customers made in {:.1} s", begun.elapsed().as_secs_f64());
    }
    book
}

/// A field of a process's state in KiB, where the system tells; `self` is this process.
pub fn status(process: &str, field: &str) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
    line.trim_start_matches(':').split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or(0)
}

/// Does the work and gives how long it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let made = work();
    (begun.elapsed(), made)
}
