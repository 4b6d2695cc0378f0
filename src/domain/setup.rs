//! What a book is set to, and what is asked of it again and again.

use crate::domain::choice::OwnType;
use crate::domain::fields::record;
use crate::domain::id::Id;
use crate::domain::time::Due;

record! {
    /// An own field of a kind of record 自定义字段.
    OwnField {
        /// Of which kind of record: a key.
        1 kind: String,
        /// Name 名称.
        2 name: String,
        /// What it holds.
        3 holds: Option<OwnType>,
        /// The words it may hold.
        4 choices: Vec<String>,
        /// No longer offered.
        5 hidden: bool,
    }
}

record! {
    /// What a book is set to; it has one record of these.
    BookSettings {
        /// The book's currency: its letters, such as CNY.
        1 currency: String,
        /// The day a week begins with: 1 for Monday.
        2 week_start: Option<u32>,
        /// Days since the last purchase from which a customer is dormant.
        3 dormant_days: Option<u32>,
        /// Days from which it is lost.
        4 lost_days: Option<u32>,
        /// Days since the first order in which it is new.
        5 new_days: Option<u32>,
        /// The threshold of each reason of a churn warning, by its key.
        6 thresholds: Vec<(String, String)>,
    }
}

record! {
    /// A question asked of the figures, kept under a name 问题.
    Question {
        /// Name 名称.
        1 name: String,
        /// The question as it is typed.
        2 line: String,
        /// Whose; none for everybody's.
        3 owner: Option<Id>,
        /// No longer offered.
        4 hidden: bool,
    }
}

record! {
    /// A report as it is made again and again 报表设置.
    ReportSetup {
        /// Name 名称.
        1 name: String,
        /// The questions it answers, in order.
        2 questions: Vec<Id>,
        /// Over which period, in words.
        3 period: String,
        /// In which format: an ending.
        4 format: String,
        /// No longer offered.
        5 hidden: bool,
    }
}

record! {
    /// An own rule of warning 预警规则.
    WarningRule {
        /// Name 名称.
        1 name: String,
        /// Whom it warns of, in the filter language.
        2 filter: String,
        /// After how many days without a touch.
        3 days: Option<u32>,
    }
}

record! {
    /// What was told a person about a period of their work 点评.
    OwnerNote {
        /// Whom.
        1 owner: Option<Id>,
        /// About which period: `2026-09`, `2026-Q3`.
        2 period: String,
        /// What.
        3 text: String,
        /// The next step that follows.
        4 step: Option<Id>,
        /// By when.
        5 due: Option<Due>,
    }
}
