//! Figures: pure functions of records, rules and a day.

pub mod funnel;
pub mod lifecycle;
pub mod purchases;
pub mod queue;
