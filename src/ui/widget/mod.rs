//! The parts that views are drawn from.

pub mod bottleneck;
pub mod chart;
pub mod input;
pub mod paint;
pub mod rows;
pub mod written;
