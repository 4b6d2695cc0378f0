//! What customers tell us: satisfaction, recommendation, complaints, events.

use crate::domain::choice::{Extent, FeedbackKind, Level, SuggestionStatus};
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
        /// What other systems call it: system and number.
        16 other_ids: Vec<(String, String)>,
        /// The product it is about 产品.
        17 product: String,
        /// The order it is about 订单.
        18 order: Option<Id>,
        /// The survey it answers 调查.
        19 round: Option<Id>,
        /// What became of a suggestion 建议状态.
        20 status: Option<SuggestionStatus>,
        /// The sort of cause a complaint had 原因类别.
        21 cause: String,
        /// Why, and why that, at most five times 五个为什么.
        22 whys: Vec<String>,
        /// Whether it happened once or lies in how we work 偶发或系统性.
        23 extent: Option<Extent>,
        /// The next step that keeps it from coming again 预防措施.
        24 prevention: Option<Id>,
    }
}
