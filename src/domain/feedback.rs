//! What customers tell us: satisfaction, recommendation, complaints, events.

use crate::domain::choice::{FeedbackKind, Level};
use crate::domain::fields::record;
use crate::domain::id::Id;
use crate::domain::measure::Score;
use crate::domain::time::Moment;

record! {
    /// Feedback 反馈.
    Feedback {
        /// The customer.
        1 customer: Option<Id>,
        /// When.
        2 at: Moment,
        /// Which sort of feedback.
        3 kind: Option<FeedbackKind>,
        /// Satisfaction 1–5, or recommendation 0–10.
        4 score: Option<Score>,
        /// What was said.
        5 text: String,
        /// Who wrote it down.
        6 by: String,
        /// Who said it.
        7 contact: Option<Id>,
        /// A complaint's grade.
        8 grade: Option<Level>,
        /// Who is to resolve it.
        9 assigned: Option<Id>,
        /// When it was assigned.
        10 assigned_at: Option<Moment>,
        /// When it was first answered.
        11 answered_at: Option<Moment>,
        /// When it was resolved.
        12 resolved_at: Option<Moment>,
        /// By when an answer was promised.
        13 promised: Option<Moment>,
        /// The sort of complaint, for counting what recurs; or the event's name.
        14 topic: String,
        /// How it was resolved.
        15 resolution: String,
    }
}
