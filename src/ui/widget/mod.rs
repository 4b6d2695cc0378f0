//! The parts that views are drawn from.

pub mod bar;
pub mod bottleneck;
pub mod chart;
pub mod field;
pub mod input;
pub mod paint;
pub mod path;
pub mod rows;
pub mod written;
