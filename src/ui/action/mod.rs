//! The one table of acts a key can ask for.
//!
//! Footer, help, palette, keymap files and the tables of keymaps/README.md all come from the list below: a new act is one line here,
//! and one match arm in the view that does it.

mod places;
mod scope;
mod search;

pub use scope::Scope;

use crate::text::{Words, words};
use places::*;

/// How an act is to be treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nature {
    /// Shown in help and palette only.
    Plain,
    /// Also shown at the foot of the screen.
    Footer,
    /// Takes something away: never on a key that moves about, never Enter, in no shipped map.
    Danger,
}

/// One row of the table of acts.
struct Row {
    name: &'static str,
    scopes: &'static [Scope],
    nature: Nature,
    label: Words,
    help: Words,
}

macro_rules! acts {
    ($($act:ident $name:literal $scopes:ident $nature:ident [$en:literal $zh:literal] $help_en:literal $help_zh:literal)*) => {
        /// What a key can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $(#[doc = concat!($help_en, ".")] $act,)* }

        impl Action {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$act),*];

            const fn row(self) -> &'static Row {
                match self {
                    $(Self::$act => &const { Row {
                        name: $name,
                        scopes: $scopes,
                        nature: Nature::$nature,
                        label: words($en, $zh),
                        help: words($help_en, $help_zh),
                    } },)*
                }
            }
        }
    };
}

// act, its name in the keymap files, where it works, its nature, [label en zh], one line of help en zh
acts! {
    FollowUp         "follow-up"          SELECTED Footer ["follow up" "跟进"]      "Log a follow-up with this customer" "给这位客户记一笔跟进"
    FollowUpRepeat   "follow-up-repeat"   CUSTOMER Plain  ["same again" "重复跟进"] "Log the last outcome again, for this customer" "用上次的结果给这位客户再记一笔"
    SetNextContact   "set-next-contact"   CUSTOMER Plain  ["next contact" "下次联系"] "Set or put off the date of the next contact" "设定或推迟下次联系日期"
    CopyPhone        "copy-phone"         CUSTOMER Plain  ["copy phone" "复制电话"] "Copy the phone number, and show it alone" "复制电话号码，并单独显示"
    Find             "find"               LIST     Footer ["find" "查找"]           "Narrow the list as you type: name, phone, pinyin" "边输入边筛选：名称、电话、拼音都行"
    Open             "open"               OPENED   Footer ["open" "打开"]           "Open what is selected" "打开选中的这一项"
    Mark             "mark"               MARKED   Footer ["mark" "标记"]           "Mark this row or take its mark off, then go on" "标记或取消标记这一行，并移到下一行"
    MarkAll          "mark-all"           MARKED   Plain  ["mark all" "全部标记"]   "Mark every row shown" "标记当前列出的所有行"
    ClearMarks       "clear-marks"        MARKED   Plain  ["clear marks" "清除标记"] "Take all marks off" "取消所有标记"
    NextMatch        "next-match"         LIST     Plain  ["next match" "下一匹配"] "Go to the next row found" "跳到下一个找到的行"
    PreviousMatch    "previous-match"     LIST     Plain  ["prev match" "上一匹配"] "Go to the row found before" "跳到上一个找到的行"
    SortReverse      "sort-reverse"       LIST     Plain  ["reverse" "倒序"]        "Turn the order round" "把当前排序倒过来"
    NextColumn       "next-column"        LIST     Plain  ["cols right" "右移列"]    "Show the columns further right" "显示右边的列"
    PreviousColumn   "previous-column"    LIST     Plain  ["cols left" "左移列"]    "Show the columns further left" "显示左边的列"
    Filter           "filter"             LIST     Footer ["filter" "筛选"]         "Filter: industry = manufacturing, order_value > 100k, top 20%" "按条件筛选：行业=制造业 客单价>10万 前20%"
    Views            "views"              LIST     Footer ["views" "视图"]          "Choose a view, or keep this one under a name" "选择视图，或把现在的样子存为视图"
    SortBy           "sort-by"            LIST     Footer ["sort" "排序"]           "Choose the column to sort by" "选择按哪一列排序"
    SortAlso         "sort-also"          LIST     Plain  ["then sort" "再排序"]    "Sort by one more column" "再加一列排序"
    GroupBy          "group-by"           GROUPED  Plain  ["group by" "分组"]       "Put together what has something in common, with counts" "按某一项分组计数"
    SumUp            "sum-up"             LIST     Plain  ["sum" "合计"]            "Sum up a column in the last line" "在末行合计某一列"
    MarkDown         "mark-down"          LIST     Plain  ["mark down" "向下连标"]  "Mark a range, one row further down" "向下连续标记"
    MarkUp           "mark-up"            LIST     Plain  ["mark up" "向上连标"]    "Mark a range, one row further up" "向上连续标记"
    Bulk             "bulk"               LIST     Footer ["bulk" "批量"]  "Do something to all marked: owner, tag, stage, handover" "对已标记的客户批量操作：负责人、标签、阶段、交接"
    NewCustomer      "new-customer"       LIST     Footer ["new customer" "新建客户"] "Enter a new customer" "录入一位新客户"
    Edit             "edit"               EDITED   Footer ["edit" "编辑"]           "Change the selected customer's fields" "修改选中客户的资料"
    Columns          "columns"            LIST     Footer ["columns" "列"]          "Choose, order and size the columns" "选择、排列、调整列"
    Delete           "delete"             KEPT     Danger ["delete" "删除"]         "Delete what is selected or marked; undo brings it back" "删除选中或已标记的；撤销即可找回"

    Run              "run"                TODAY    Footer ["walk through" "连续跟进"] "Walk through the queue: a digit logs the outcome" "逐个跟进：按数字记结果，自动到下一位"
    Done             "done"               SETTLED  Footer ["done" "完成"]           "Done: the promise is kept, or the call was made" "标记已完成：承诺已兑现或已联系"
    OnlyMine         "only-mine"          OWN      Plain  ["mine only" "仅我的"] "Show only my customers, or everybody's" "只看我的客户，或看全部"
    QueueOwner       "queue-owner"        QUEUE    Plain  ["whose" "看谁的"]   "Show the queue of one person, or of everybody" "只看某一位负责人的待办，或看全部"
    GroupQueue       "group-queue"        TODAY    Footer ["group" "分组"]     "Group the queue by reason, by owner or by day" "按事由、负责人或到期日分组"
    NoteFinding      "note-finding"       REVIEW   Footer ["finding" "写结论"]  "Write down what was found of the selected action" "给选中的行动写下复盘结论"
    OtherQuarter     "other-quarter"      REVIEW   Footer ["quarter" "换季度"]   "Last quarter, or this one again" "切换上季度与本季度"
    ExportReview     "export-review"      REVIEW   Footer ["export" "导出"]     "Write the review, with complaints by kind, to a file" "把复盘和投诉统计导出成文件"
    Outcome1         "outcome-1"          RUN      Plain  ["outcome 1" "结果1"]     "Log the first outcome of the list" "记录列表中的第 1 种结果"
    Outcome2         "outcome-2"          RUN      Plain  ["outcome 2" "结果2"]     "Log the second outcome of the list" "记录列表中的第 2 种结果"
    Outcome3         "outcome-3"          RUN      Plain  ["outcome 3" "结果3"]     "Log the third outcome of the list" "记录列表中的第 3 种结果"
    Outcome4         "outcome-4"          RUN      Plain  ["outcome 4" "结果4"]     "Log the fourth outcome of the list" "记录列表中的第 4 种结果"
    Outcome5         "outcome-5"          RUN      Plain  ["outcome 5" "结果5"]     "Log the fifth outcome of the list" "记录列表中的第 5 种结果"
    Outcome6         "outcome-6"          RUN      Plain  ["outcome 6" "结果6"]     "Log the sixth outcome of the list" "记录列表中的第 6 种结果"
    Outcome7         "outcome-7"          RUN      Plain  ["outcome 7" "结果7"]     "Log the seventh outcome of the list" "记录列表中的第 7 种结果"
    Outcome8         "outcome-8"          RUN      Plain  ["outcome 8" "结果8"]     "Log the eighth outcome of the list" "记录列表中的第 8 种结果"
    Outcome9         "outcome-9"          RUN      Plain  ["outcome 9" "结果9"]     "Log the ninth outcome of the list" "记录列表中的第 9 种结果"

    TakeAdvice       "take-advice"        DETAIL   Footer ["act on it" "转为行动"] "Make the advice a next step, with a person and a day" "把建议变成下一步：定负责人和日期"
    NextRecord       "next-record"        DETAIL   Footer ["next" "下一位"]         "Go to the next customer of the list you came from" "到列表中的下一位客户"
    PreviousRecord   "previous-record"    DETAIL   Footer ["previous" "上一位"]     "Go to the customer before in the list you came from" "到列表中的上一位客户"
    NextSection      "next-section"       DETAIL   Plain  ["next part" "下一栏目"]  "Go to the next part: numbers, contacts, timeline" "到下一个栏目：数据、联系人、时间线"
    PreviousSection  "previous-section"   DETAIL   Plain  ["prev part" "上一栏目"]  "Go to the part before" "到上一个栏目"
    AddContact       "add-contact"        DETAIL   Plain  ["add contact" "加联系人"] "Add a contact person to this customer" "给这位客户添加联系人"
    EditContact      "edit-contact"       DETAIL   Plain  ["edit contact" "改联系人"] "Change the selected contact person" "修改选中的联系人"
    EditCustomer     "edit-customer"      DETAIL   Plain  ["edit head" "改资料"]    "Change this customer's own fields" "修改这位客户的资料"
    Resolve          "resolve"            DETAIL   Footer ["resolve" "解决"]        "Resolve the selected complaint, saying how" "解决选中的投诉，写明处理结果"
    Assign           "assign"             ASSIGNED Plain  ["assign" "指派"]         "Give the selected complaint or deals to somebody" "把选中的投诉或商机指派给人"
    FilterTimeline   "filter-timeline"    DETAIL   Plain  ["filter" "筛选记录"]     "Choose what the timeline shows" "选择时间线显示哪些记录"

    SwitchMeasure    "switch-measure"     FUNNEL   Footer ["measure" "口径"]      "Show deals, amounts or customers" "切换：商机数、金额、客户数"
    ChoosePeriod     "choose-period"      FUNNEL   Footer ["period" "期间"]       "Choose the period in which deals were opened" "选择商机开始的期间"
    ChooseOwner      "choose-owner"       FUNNEL   Footer ["whose" "看谁的"]      "Choose whose deals are shown" "选择看谁的商机"
    Compare          "compare"            FUNNEL   Footer ["compare" "对比"]      "Choose a period or a person to compare with" "选择与哪个期间或哪个人对比"
    EditStages       "edit-stages"        FUNNEL   Footer ["stages" "阶段设置"]   "Change the stages: names, order, probabilities, presets" "设置阶段：名称、顺序、概率、预设"
    ExportMeeting    "export-meeting"     FUNNEL   Footer ["export" "导出"]       "Write the sheet of the monthly meeting to files" "把月会报表导出成文件"

    StageForward     "stage-forward"      DEALS    Footer ["forward" "推进"]      "Move the selected or marked deals one stage forward" "把选中或标记的商机推进一个阶段"
    StageBack        "stage-back"         DEALS    Footer ["step back" "退一步"]  "Move them one stage back, or open decided ones again" "退回一个阶段；已结束的重新打开"
    SetStage         "set-stage"          DEALS    Footer ["stage" "改阶段"]      "Choose the stage they move to" "选择要移到的阶段"
    LoseDeal         "lose-deal"          DEALS    Footer ["lost" "输单"]         "Lost: choose the reason, then a note; plans the win-back" "输单：选原因、写说明，并安排赢回"
    ParkDeal         "park-deal"          DEALS    Plain  ["park" "搁置"]         "Put them aside until a day" "搁置到某一天"
    NewDeal          "new-deal"           DEALT    Footer ["new deal" "新建商机"] "Enter a new deal" "录入一个新商机"

    AddStage         "add-stage"          STAGES   Footer ["add stage" "加阶段"]  "Add a stage" "添加一个阶段"
    MoveUp           "move-up"            ORDERED  Footer ["earlier" "前移"]      "Move the stage, or the rule, one place earlier" "把阶段或规则前移一位"
    MoveDown         "move-down"          ORDERED  Footer ["later" "后移"]        "Move the stage, or the rule, one place later" "把阶段或规则后移一位"
    StagePreset      "stage-preset"       STAGES   Footer ["presets" "预设"]      "Choose one of the shipped sets of stages" "选用一套预设阶段"

    Revert           "revert"             DATA     Footer ["take back" "撤销此项"]   "Take back the selected import or change as one step" "把选中的导入或修改整个撤销"
    GoOn             "go-on"              WIZARD   Footer ["go on" "下一步"]        "Go on to the next step of the import" "到导入的下一步"
    Change           "change"             WIZARD   Footer ["change" "更改"]         "Change what is selected" "更改选中的这一项"
    LeaveOut         "leave-out"          WIZARD   Footer ["leave out" "不导入"]    "Leave the selected column out, or take it in again" "不导入选中的列，或重新导入"
    WriteProblems    "write-problems"     WIZARD   Footer ["write rows" "存问题行"] "Write the rows with problems to a file, to mend and feed in again" "把有问题的行存成文件，改好后可再导入"
    Complete         "complete"           PATH     Footer ["complete" "补全"]       "Complete the path as far as it is clear" "补全路径"
    AddRule          "add-rule"           RULES    Footer ["add" "新增"]          "Add: a copy of the selected scheme under a name, or a level" "新增：以选中的方案为样本另存一个，或加一个等级"
    Recalculate      "recalculate"        GRADED   Footer ["recalculate" "重新分级"] "Grade everyone, or those marked: see what changes, then apply" "给全部或已标记的客户重新分级：先预览，再应用"
    ApplyTiers       "apply-tiers"        TIERS    Footer ["apply" "应用"]          "Apply the tiers proposed to all or those marked; undo takes it back" "应用预览的等级：全部或已标记的；可一次撤销"
    HoldTier         "hold-tier"          TIERS    Plain  ["hold tier" "保留等级"]  "Hold the selected customer's tier: why, and until when" "保留选中客户的等级：写明原因和期限"
    ConfirmCause     "confirm-cause"      TIERS    Plain  ["cause" "流失原因"]      "Confirm why the selected customer is leaving" "确认选中客户的流失原因"
    ExportRows       "export-rows"        EXPORTED Footer ["export" "导出"]          "Write those listed, or marked, to a file" "把列出或已标记的客户导出成文件"
    SaveScheme       "save-scheme"        TIERS    Plain  ["save scheme" "存为方案"] "Save this way of grading under a name" "把当前分级方法存为方案"

    SelectNext       "select-next"        ROWS     Plain  ["down" "下移"]           "Go one row down" "下移一行"
    SelectPrevious   "select-previous"    ROWS     Plain  ["up" "上移"]             "Go one row up" "上移一行"
    SelectFirst      "select-first"       PAGES    Plain  ["first" "首行"]          "Go to the first row" "到第一行"
    SelectLast       "select-last"        PAGES    Plain  ["last" "末行"]           "Go to the last row" "到最后一行"
    PageDown         "page-down"          ROWS     Plain  ["page down" "下翻页"]    "Go one page down" "下翻一页"
    PageUp           "page-up"            ROWS     Plain  ["page up" "上翻页"]      "Go one page up" "上翻一页"
    HalfPageDown     "half-page-down"     PAGES    Plain  ["half down" "下翻半页"]  "Go half a page down" "下翻半页"
    HalfPageUp       "half-page-up"       PAGES    Plain  ["half up" "上翻半页"]    "Go half a page up" "上翻半页"
    Left             "left"               SIDEWAYS Plain  ["left" "左移"]           "Go left: one pane, or one character" "左移一栏，或一个字"
    Right            "right"              SIDEWAYS Plain  ["right" "右移"]          "Go right: one pane, or one character" "右移一栏，或一个字"
    NextPane         "next-pane"          PANES    Plain  ["next pane" "下一区"]    "Go to the next pane" "切换到下一区"
    PreviousPane     "previous-pane"      PANES    Plain  ["prev pane" "上一区"]    "Go to the pane before" "切换到上一区"

    Save             "save"               TYPED    Footer ["save" "保存"]           "Save and go back" "保存并返回"
    Cancel           "cancel"             TYPED    Footer ["leave" "离开"]          "Leave; what was typed is kept as a draft" "离开；已填内容留作草稿"
    Accept           "accept"             LINE     Footer ["accept" "采纳"]         "Take the suggestion: a date at the end, or the value selected" "采纳建议：句末日期，或选中的候选"
    ExpandLine       "expand-line"        TYPED    Plain  ["as a form" "表单"]   "Show the line as a form, or the form as a line again" "把这一行展开为表单，或由表单收回一行"
    Template         "template"           LINE     Plain  ["template" "模板"]     "Put in a line kept under a name, or keep this one" "插入存好的模板，或把这一行存为模板"
    CompleteName     "complete-name"      FOUND    Footer ["complete" "补全"]     "In a filter: take the name or value offered; again for the next" "筛选时采用提示的列名或值；再按换下一个"
    NextField        "next-field"         FORM     Plain  ["next field" "下一项"]   "Go to the next field" "到下一项"
    PreviousField    "previous-field"     FORM     Plain  ["prev field" "上一项"]   "Go to the field before" "到上一项"
    Choose           "choose"             CHOICE   Footer ["choose" "选定"]         "Take what is selected; in a form, open the field's list or go on" "选定当前项；表单里打开该项的列表或到下一项"
    Close            "close"              OVERLAY  Footer ["close" "关闭"]          "Close this and go back" "关闭并返回"

    LineStart        "line-start"         TEXT     Plain  ["line start" "行首"]     "Go to the start of the line" "到行首"
    LineEnd          "line-end"           TEXT     Plain  ["line end" "行尾"]       "Go to the end of the line" "到行尾"
    WordLeft         "word-left"          TEXT     Plain  ["word left" "左移一词"]  "Go one word left" "左移一个词"
    WordRight        "word-right"         TEXT     Plain  ["word right" "右移一词"] "Go one word right" "右移一个词"
    DeleteLeft       "delete-left"        TEXT     Plain  ["rub out" "删前一字"]    "Delete the character before the caret" "删除光标前的一个字"
    DeleteRight      "delete-right"       TEXT     Plain  ["delete char" "删后一字"] "Delete the character at the caret" "删除光标处的一个字"
    DeleteWord       "delete-word"        TEXT     Plain  ["delete word" "删前一词"] "Cut the word before the caret" "剪掉光标前的一个词"
    DeleteWordRight  "delete-word-right"  TEXT     Plain  ["cut word" "删后一词"]   "Cut the word after the caret" "剪掉光标后的一个词"
    KillToStart      "kill-to-start"      TEXT     Plain  ["cut to start" "剪到行首"] "Cut from the line's start to the caret" "从行首剪到光标"
    KillToEnd        "kill-to-end"        TEXT     Plain  ["cut to end" "剪到行尾"] "Cut from the caret to the line's end" "从光标剪到行尾"
    Paste            "paste"              TEXT     Plain  ["paste" "粘贴"]          "Put back what was cut last" "粘贴上次剪下的文字"
    ClearField       "clear-field"        TEXT     Plain  ["clear" "清空"]          "Cut the whole line" "剪掉整行"

    FindAnywhere     "find-anywhere"      GLOBAL   Plain  ["find anyone" "查客户"]  "Find a customer from wherever you are; Esc walks back" "随时查找客户；Esc 回到原处"
    SearchTalk       "search-talk"        GLOBAL   Plain  ["search talk" "搜记录"]  "Search all that was ever said with anyone, word by word" "搜索沟通记录：在全部客户的跟进内容里查词"
    Review           "review"             GLOBAL   Plain  ["review" "季度复盘"]      "Look again at what was decided this quarter, and what followed" "复盘本季度定下的行动：完成没有，带来了什么"
    Complaints       "complaints"         GLOBAL   Plain  ["complaints" "投诉统计"] "Complaints of twelve months by kind, and whether promises were kept" "近 12 个月投诉：按类别统计，是否按承诺答复"
    ContactRhythm    "contact-rhythm"     GLOBAL   Plain  ["rhythm" "联系频率"]      "Set after how many days each tier is to be contacted" "设定各级客户多少天内应联系一次"
    Schemes          "schemes"            GLOBAL   Plain  ["schemes" "分级方案"]    "Ways of grading: copy, edit, delete; rules in words" "分级方案：复制、修改、删除，按条件设规则"
    AdviceRules      "advice-rules"       GLOBAL   Plain  ["advice rules" "建议规则"] "What to advise by tier, segment and life stage" "按等级、分群、生命周期设定建议"
    MemberLevels     "member-levels"      GLOBAL   Plain  ["levels" "会员等级"]     "Member levels: what they ask for, points, benefits" "会员等级：条件、积分、权益"
    PotentialWeights "potential-weights"  GLOBAL   Plain  ["potential" "潜力权重"]  "Set what weighs how much in the potential of a customer" "设定客户潜力各项的权重"
    Workdays         "workdays"           GLOBAL   Plain  ["workdays" "工作日历"]    "Enter holidays and worked weekends, by which days are counted" "维护节假日和调休，按工作日推算时使用"
    GoBack           "go-back"            GLOBAL   Footer ["back" "返回"]           "Go one level back; never leaves kehu" "返回上一层；不会退出"
    Undo             "undo"               GLOBAL   Footer ["undo" "撤销"]           "Take back the last change, even of an earlier day" "撤销上一次修改，重启后也行"
    Redo             "redo"               GLOBAL   Plain  ["redo" "重做"]           "Make the change taken back again" "重做刚撤销的修改"
    Today            "today"              GLOBAL   Plain  ["today" "今日"]          "Today: who to call and why" "今日待办：该联系谁，为什么"
    Customers        "customers"          GLOBAL   Plain  ["customers" "客户"]      "Customers: the whole list" "客户：完整列表"
    Funnel           "funnel"             GLOBAL   Plain  ["funnel" "漏斗"]         "Funnel: deals by stage, and where they are lost" "销售漏斗：各阶段商机，漏损在哪里"
    Tiers            "tiers"              GLOBAL   Plain  ["tiers" "分级"]          "Tiers: what each customer is worth, and why" "客户分级：每位客户的价值及原因"
    Import           "import"             GLOBAL   Plain  ["import" "导入"]         "Import files: spreadsheets, cards, exports of other systems" "导入文件：表格、名片、其他系统导出的数据"
    Data             "data"               GLOBAL   Plain  ["data" "数据"]           "Data: files in, what they brought, and what was changed" "数据管理：导入文件、导入记录、修改历史"
    Palette          "palette"            GLOBAL   Plain  ["palette" "命令"]        "Find any act by name or pinyin, and see its key" "按名称或拼音查找任何操作及其按键"
    SwitchLanguage   "switch-language"    GLOBAL   Plain  ["中文" "English"]        "Switch between English and Chinese" "切换中文和英文"
    Repaint          "repaint"            GLOBAL   Plain  ["repaint" "重绘"]        "Draw the screen afresh" "重新绘制屏幕"
    ReloadKeys       "reload-keys"        GLOBAL   Plain  ["reload keys" "重读键位"] "Read the keymap files again" "重新读取键位文件"
    Suspend          "suspend"            GLOBAL   Plain  ["suspend" "挂起"]        "Step out to the shell; fg comes back" "暂回命令行；fg 回来"
    Quit             "quit"               GLOBAL   Plain  ["quit" "退出"]           "Leave kehu; everything is saved, drafts are kept" "退出；一切已保存，草稿保留"
    Help             "help"               GLOBAL   Footer ["keys" "按键"]           "Show the keys" "查看按键"
}

impl Action {
    /// Its name in the keymap files.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The act of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.name() == name)
    }

    /// What the footer and the palette call it: at most 12 columns.
    pub const fn label(self) -> Words {
        self.row().label
    }

    /// What it does, in one line.
    pub const fn help(self) -> Words {
        self.row().help
    }

    /// The scopes it belongs to.
    pub const fn scopes(self) -> &'static [Scope] {
        self.row().scopes
    }

    /// Whether it takes something away.
    pub const fn is_danger(self) -> bool {
        matches!(self.row().nature, Nature::Danger)
    }

    /// Whether the foot of the screen shows it without being told to.
    pub const fn in_footer(self) -> bool {
        matches!(self.row().nature, Nature::Footer)
    }

    /// Whether it can be done in `scope`.
    pub fn works_in(self, scope: Scope) -> bool {
        self.scopes().iter().any(|own| scope.chain().contains(own))
    }

    /// Whether binding it in `table` can ever have an effect: it works where that table is asked.
    pub fn fits_table(self, table: Scope) -> bool {
        Scope::ALL.iter().any(|scope| scope.chain().contains(&table) && self.works_in(*scope))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn every_act_is_named_once_in_kebab_case() {
        let mut seen = HashSet::new();
        for act in Action::ALL {
            let debug = format!("{act:?}");
            let mut kebab = String::new();
            for (at, c) in debug.chars().enumerate() {
                if (c.is_uppercase() || c.is_ascii_digit()) && at > 0 {
                    kebab.push('-');
                }
                kebab.extend(c.to_lowercase());
            }
            assert_eq!(act.name(), kebab);
            assert!(seen.insert(act.name()), "{debug}");
            assert_eq!(Action::named(act.name()), Some(*act));
        }
    }

    #[test]
    fn every_act_is_worded_in_both_languages_and_short_enough_for_the_footer() {
        let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for act in Action::ALL {
            let (label, help) = (act.label(), act.help());
            assert!((1..=12).contains(&label.en.width()), "{act:?}: {}", label.en);
            assert!((1..=8).contains(&label.zh.width()), "{act:?}: {}", label.zh);
            assert!(!help.en.is_empty() && !han(help.en) && help.en.width() <= 70, "{act:?}: {}", help.en);
            assert!(han(help.zh) && help.zh.width() <= 50, "{act:?}: {}", help.zh);
            assert!(!help.en.ends_with('.') && !help.zh.ends_with('。'), "{act:?}");
            // The language switch is worded in the other language, for whoever cannot read this one.
            assert!(*act == Action::SwitchLanguage || (han(label.zh) && !han(label.en)), "{act:?}");
        }
    }

    #[test]
    fn no_two_acts_of_one_scope_share_a_label() {
        for scope in Scope::ALL {
            for language in [crate::text::Language::En, crate::text::Language::Zh] {
                let mut seen = HashSet::new();
                for act in Action::ALL.iter().filter(|act| act.works_in(scope)) {
                    assert!(seen.insert(act.label().say(language)), "{scope:?} {act:?}");
                }
            }
        }
    }

    #[test]
    fn scopes_are_found_by_name_and_end_in_the_global_one() {
        for scope in Scope::ALL {
            assert_eq!(Scope::named(scope.name()), Some(scope));
            assert_eq!(scope.chain().first(), Some(&scope));
            assert_eq!(scope.chain().last(), Some(&Scope::Global));
        }
        assert_eq!(Scope::named("nowhere"), None);
    }

    #[test]
    fn an_act_works_where_the_table_says() {
        assert!(Action::Quit.works_in(Scope::Form));
        assert!(Action::WordLeft.works_in(Scope::Find));
        assert!(!Action::WordLeft.works_in(Scope::List));
        assert!(Action::SelectNext.fits_table(Scope::Global));
        assert!(Action::SelectNext.fits_table(Scope::Text));
        assert!(!Action::Delete.fits_table(Scope::Help));
    }
}
