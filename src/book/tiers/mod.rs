//! The tier and segment each customer was given, and what a recalculation would make of them.

pub mod advice;
pub mod costs;
pub mod leaving;
pub mod member;
pub mod outlook;
pub mod own_worth;
pub mod potential;
pub mod proposal;
pub mod rules;
pub mod say;
pub mod schemes;
pub mod subjects;
pub mod why;
pub mod worth;
