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
    // All books first, so that nothing is said between the figures; who asks for some of them only waits for those.
    if std::env::args().skip(1).all(|word| word.starts_with('-')) {
        ground::SIZES.iter().for_each(|size| drop(ground::book(*size)));
    }
    divan::main();
    orders::clear();
    ground::figures::print("inside");
    if let Ok(path) = std::env::var("KEHU_BENCH_NAMES") {
        find::quality(&path);
    }
}
