//! The command line as it is used: the real program, files and books of its own, answers and exit statuses.

// In a test's helper, too, a failed step is the test's failure.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod backup;
mod ending;
mod exporting;
mod filtering;
mod funnel;
mod handing;
mod hostile;
mod importing;
mod levels;
mod lost;
mod manual;
mod old_book;
mod reading;
mod readme;
mod rights;
mod rough;
mod safety;
mod sample;
mod tiers;
mod world;
mod worth;
mod writing;
