//! The real program in a real terminal.

// In a test's helper, too, a failed step is the test's failure.
#![allow(clippy::expect_used, clippy::unwrap_used)]

#[cfg(target_os = "linux")]
mod bytes;
mod door;
mod drawing;
mod endings;
mod harness;
mod place;
mod pty;
mod slow_disk;
mod ssh;
mod start;
mod stream;
mod suspending;
mod typing;
