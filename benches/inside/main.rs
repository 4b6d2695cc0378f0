//! The book from the inside, at 1,000, 10,000 and 100,000 customers: `cargo bench --bench inside [part of a name …]`.
//!
//! Names are `find`, `list`, `tiers`, `funnel`, `disk` and what is below them: `cargo bench --bench inside find::pinyin`. Behind the
//! table stand the 99th of a hundred of each, and how it compares with a plainer way and with what was recorded.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::string_slice,
    reason = "a failure here is to stop everything"
)]

mod disk;
mod find;
mod funnel;
#[path = "../ground/mod.rs"]
mod ground;
mod list;
mod orders;
mod tiers;

fn main() {
    divan::main();
    orders::clear();
    ground::figures::print("inside");
    if let Ok(path) = std::env::var("KEHU_BENCH_NAMES") {
        find::quality(&path);
    }
}
