//! Figures: pure functions of records, rules and a day.

pub mod churn;
pub mod funnel;
pub mod grading;
pub mod grievance;
pub mod lifecycle;
pub mod purchases;
pub mod queue;
pub mod review;
pub mod rfm;
pub mod tier;
pub mod value;
