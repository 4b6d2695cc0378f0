//! The follow-up line: what a salesperson writes, read without ever refusing it.
//!
//! A line is read from left to right, once. What is understood is taken out of it; everything else stays text.

mod amount;
mod context;
mod escape;
mod kept;
mod model;
mod opening;
mod outcome;
mod parts;
mod pass;
mod picker;
mod sign;
mod suggestion;

#[cfg(test)]
mod tests;

pub use context::{Context, NAME_CHARS, Named, Names, longest_name, longest_of};
pub use escape::escape;
pub use model::{Line, Part, Span, Step};
pub use opening::Heard;
pub use parts::{Parts, StepParts};
pub use picker::{Opened, Picker, complete, picker};
pub use suggestion::Suggestion;

/// Reads a line. Nothing is refused: what is not understood is text.
pub fn parse(line: &str, context: &Context) -> Line {
    pass::read(line, context)
}
