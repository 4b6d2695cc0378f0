//! Tables of cases: what a phrase must be read as.
mod when;
