//! Figures measured in this run, printed beside a plainer way of doing the same and beside those last recorded.
//!
//! Recorded figures stand in `benches/recorded.tsv`; `KEHU_BENCH_RECORD=FILE` writes those of this run to a file. A name that
//! ends in ` ~ another way` is a peer of the name before the sign, and its ratio to that is printed.

use super::timed;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;
use std::time::Duration;

/// Between what is measured and the other way of doing it.
const PEER: &str = " ~ ";
/// What was recorded last.
const RECORDED: &str = include_str!("../recorded.tsv");

/// What was measured: by name, each time in microseconds, or each count.
static MEASURED: Mutex<BTreeMap<String, Vec<u64>>> = Mutex::new(BTreeMap::new());

/// Does the work and notes how long it took.
pub fn clocked<T>(name: impl Into<String>, work: impl FnOnce() -> T) -> T {
    let (took, made) = timed(work);
    note(name, took);
    made
}

/// Notes a time.
pub fn note(name: impl Into<String>, took: Duration) {
    // Tenths of a microsecond, so that what takes less than one is not nothing.
    add(name.into(), took.as_nanos() as u64 / 100);
}

/// Notes a number of something, as bytes or megabytes.
pub fn count(name: impl Into<String>, number: usize) {
    add(name.into(), number as u64 * 10);
}

fn add(name: String, tenths: u64) {
    MEASURED.lock().unwrap().entry(name).or_default().push(tenths);
}

/// The median, the 99th of a hundred and the largest, with ratios; `unit` is printed behind them.
pub fn print(title: &str) {
    let measured = MEASURED.lock().unwrap();
    let recorded = recorded();
    if measured.is_empty() {
        return;
    }
    println!("\n{title}: µs, or what the name says");
    println!("{:<58}{:>11}{:>11}{:>11}  {:>7}   beside", "", "p50", "p99", "max", "taken");
    for (name, values) in &*measured {
        let mut sorted = values.clone();
        sorted.sort_unstable();
        let at = |part: usize| sorted[(sorted.len() - 1) * part / 100] as f64 / 10.0;
        let mut line = format!("{name:<58}{:>11.1}{:>11.1}{:>11.1}  {:>7}   ", at(50), at(99), at(100), sorted.len());
        let own = name.split_once(PEER).and_then(|(own, _)| measured.get(own)).map(|values| median(values));
        if let Some(own) = own.filter(|own| *own > 0.0) {
            let _ = write!(line, "{:.2} x kehu's   ", at(50) / own);
        }
        if let Some(before) = recorded.get(name.as_str()).filter(|before| **before > 0.0) {
            let _ = write!(line, "{:.2} x as recorded", at(50) / before);
        }
        println!("{}", line.trim_end());
    }
    record(&measured);
}

fn median(values: &[u64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted[(sorted.len() - 1) / 2] as f64 / 10.0
}

/// The medians recorded last, by name.
fn recorded() -> BTreeMap<&'static str, f64> {
    let lines = RECORDED.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, value)| Some((name, value.parse().ok()?)))
        .collect()
}

/// Writes this run's medians where they are asked for, over those of the same names.
fn record(measured: &BTreeMap<String, Vec<u64>>) {
    let Some(path) = std::env::var_os("KEHU_BENCH_RECORD") else { return };
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let mut text = String::new();
    for line in before.lines().filter(|line| line.split_once('\t').is_none_or(|(name, _)| !measured.contains_key(name)))
    {
        let _ = writeln!(text, "{line}");
    }
    for (name, values) in measured {
        let _ = writeln!(text, "{name}\t{:.1}", median(values));
    }
    std::fs::write(path, text).unwrap();
}
