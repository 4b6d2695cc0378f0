//! Tables of cases: what a phrase or a line must be read as.
mod book;
mod lines;
mod properties;
