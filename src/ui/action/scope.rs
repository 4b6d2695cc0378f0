//! Where keys are being pressed: the scopes, and the tables each of them asks.

use crate::text::{Words, words};

/// Where keys are being pressed: each has a table of its own in the keymap files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Everywhere, unless the narrower table says otherwise.
    Global,
    /// The list of customers.
    List,
    /// What waits today.
    Today,
    /// The queue of the day walked one by one.
    Run,
    /// What was decided and complained of, looked at again.
    Review,
    /// Everything about one customer.
    Detail,
    /// The funnel of deals.
    Funnel,
    /// The deals behind a number of the funnel.
    Deals,
    /// The stages deals go through.
    Stages,
    /// The tiers of customers.
    Tiers,
    /// What tiers, advice and member levels are made by.
    Rules,
    /// What came in, and what was changed.
    Data,
    /// The steps of taking files in.
    Wizard,
    /// The line of a file's path.
    Path,
    /// Any line being typed: lies between the three tables below and `Global`.
    Text,
    /// A form of fields.
    Form,
    /// The follow-up line.
    Line,
    /// The line that narrows a list.
    Find,
    /// The palette, and every list of values to choose from.
    Picker,
    /// The page of keys.
    Help,
}

impl Scope {
    /// All of them, in the order the help shows them.
    pub const ALL: [Self; 20] = [
        Self::Global,
        Self::List,
        Self::Today,
        Self::Run,
        Self::Review,
        Self::Detail,
        Self::Funnel,
        Self::Deals,
        Self::Stages,
        Self::Tiers,
        Self::Rules,
        Self::Data,
        Self::Wizard,
        Self::Text,
        Self::Path,
        Self::Form,
        Self::Line,
        Self::Find,
        Self::Picker,
        Self::Help,
    ];

    /// Its table's name in the keymap files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::List => "list",
            Self::Today => "today",
            Self::Run => "run",
            Self::Review => "review",
            Self::Detail => "detail",
            Self::Funnel => "funnel",
            Self::Deals => "deals",
            Self::Stages => "stages",
            Self::Tiers => "tiers",
            Self::Rules => "rules",
            Self::Data => "data",
            Self::Wizard => "wizard",
            Self::Path => "path",
            Self::Text => "text",
            Self::Form => "form",
            Self::Line => "line",
            Self::Find => "find",
            Self::Picker => "picker",
            Self::Help => "help",
        }
    }

    /// Its heading in the help.
    pub const fn words(self) -> Words {
        match self {
            Self::Global => words("Everywhere", "全局"),
            Self::List => words("Customers", "客户列表"),
            Self::Today => words("Today", "今日待办"),
            Self::Run => words("Walking the queue", "连续跟进"),
            Self::Review => words("Review", "复盘"),
            Self::Detail => words("One customer", "客户详情"),
            Self::Funnel => words("Funnel", "销售漏斗"),
            Self::Deals => words("Deals", "商机列表"),
            Self::Stages => words("Stages", "阶段设置"),
            Self::Tiers => words("Tiers", "客户分级"),
            Self::Rules => words("Schemes, advice, levels", "方案、建议、会员等级"),
            Self::Data => words("Data", "数据管理"),
            Self::Wizard => words("Import", "导入向导"),
            Self::Path => words("Path of a file", "文件路径"),
            Self::Text => words("Typing", "输入文字"),
            Self::Form => words("Forms", "表单"),
            Self::Line => words("Follow-up line", "跟进栏"),
            Self::Find => words("Find line", "查找栏"),
            Self::Picker => words("Lists to choose from", "选择列表"),
            Self::Help => words("This help", "帮助"),
        }
    }

    /// The scope whose table has this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }

    /// Whether printable characters are text here, never acts.
    pub const fn takes_text(self) -> bool {
        matches!(self, Self::Text | Self::Path | Self::Form | Self::Line | Self::Find | Self::Picker)
    }

    /// The tables asked for a key pressed here, narrowest first.
    pub const fn chain(self) -> &'static [Self] {
        match self {
            Self::Global => &[Self::Global],
            Self::List => &[Self::List, Self::Global],
            Self::Today => &[Self::Today, Self::Global],
            Self::Run => &[Self::Run, Self::Global],
            Self::Review => &[Self::Review, Self::Global],
            Self::Detail => &[Self::Detail, Self::Global],
            Self::Funnel => &[Self::Funnel, Self::Global],
            Self::Deals => &[Self::Deals, Self::Global],
            Self::Stages => &[Self::Stages, Self::Global],
            Self::Tiers => &[Self::Tiers, Self::Global],
            Self::Rules => &[Self::Rules, Self::Global],
            Self::Data => &[Self::Data, Self::Global],
            Self::Wizard => &[Self::Wizard, Self::Global],
            Self::Path => &[Self::Path, Self::Text, Self::Global],
            Self::Text => &[Self::Text, Self::Global],
            Self::Form => &[Self::Form, Self::Text, Self::Global],
            Self::Line => &[Self::Line, Self::Text, Self::Global],
            Self::Find => &[Self::Find, Self::Text, Self::Global],
            Self::Picker => &[Self::Picker, Self::Text, Self::Global],
            Self::Help => &[Self::Help, Self::Global],
        }
    }
}
