//! The words for the domain's closed lists.

use crate::domain::choice::{
    Attitude, Channel, ContactRole, CustomerKind, Direction, FeedbackKind, Gender, Level, LifeStage, Measure, Purpose,
    Route, StageRole,
};
use crate::domain::record::Kind;
use crate::domain::tiers::{Leaving, Method, Segment};
use crate::text::{Words, words};

/// A choice that can be said.
pub trait Said: Copy {
    /// Its words.
    fn words(self) -> Words;
}

/// The words of a closed list, one line a choice; a missing one does not compile.
macro_rules! said {
    ($($type:ident { $($choice:ident => $en:literal $zh:literal,)+ })+) => {$(
        impl Said for $type {
            fn words(self) -> Words {
                match self { $($type::$choice => words($en, $zh),)+ }
            }
        }
    )+};
}

said! {
    CustomerKind {
        Business => "business" "企业",
        Consumer => "consumer" "个人",
        Government => "government" "政府",
    }
    Level {
        Low => "low" "低",
        Middle => "middle" "中",
        High => "high" "高",
    }
    LifeStage {
        Prospect => "prospect" "潜在期",
        New => "new" "新客期",
        Growing => "growing" "成长期",
        Stable => "stable" "稳定期",
        Declining => "declining" "衰退期",
        Lost => "lost" "流失期",
    }
    ContactRole {
        DecisionMaker => "decision maker" "决策者",
        User => "user" "使用者",
        Influencer => "influencer" "影响者",
        Purchaser => "purchaser" "采购",
    }
    Attitude {
        Supports => "supports us" "支持",
        Neutral => "neutral" "中立",
        Opposes => "opposes us" "反对",
    }
    Gender {
        Female => "female" "女",
        Male => "male" "男",
    }
    Channel {
        Online => "online" "线上",
        Offline => "offline" "线下",
    }
    Route {
        Direct => "direct" "直销",
        Distribution => "distribution" "分销",
    }
    StageRole {
        Open => "open" "进行中",
        Won => "won" "赢单",
        Lost => "lost" "输单",
        Parked => "on hold" "搁置",
    }
    Direction {
        Outgoing => "outgoing" "去",
        Incoming => "incoming" "来",
    }
    FeedbackKind {
        Satisfaction => "satisfaction" "满意度",
        Recommendation => "NPS" "NPS",
        Complaint => "complaint" "投诉",
        Event => "event" "活动",
        Suggestion => "suggestion" "建议",
    }
    Measure {
        Revenue => "revenue" "销售额",
        NewCustomers => "new customers" "新客户数",
        Conversion => "conversion" "转化率",
        Satisfaction => "satisfaction" "满意度",
        Repurchase => "repurchase" "复购率",
        WonDeals => "deals won" "赢单数",
        Paid => "paid" "回款",
        FollowUps => "follow-ups" "跟进数",
        DealCycle => "days to win" "成交周期",
        ResponseHours => "hours to answer" "响应时长",
        Recommendation => "NPS" "NPS",
        SecondOrder => "second orders" "二次下单",
    }
    Purpose {
        Acquisition => "acquisition" "获客",
        Service => "service" "服务",
    }
    Kind {
        Customer => "customer" "客户",
        Contact => "contact" "联系人",
        Order => "order" "订单",
        FollowUp => "follow-up" "跟进",
        NextStep => "next step" "下一步",
        Deal => "deal" "商机",
        Feedback => "feedback" "反馈",
        Target => "target" "目标",
        Strategy => "strategy" "策略",
        Owner => "owner" "负责人",
        Team => "team" "团队",
        Cost => "cost" "费用",
        Product => "product" "产品",
        ListItem => "list item" "列表项",
        Stage => "stage" "阶段",
        Mapping => "column mapping" "列对应",
        SavedView => "view" "视图",
        Template => "line template" "跟进模板",
        Rhythm => "contact rhythm" "联系频率",
        PotentialWeights => "weights of potential" "潜力权重",
        CalendarDay => "workday exception" "调休",
        Review => "review" "复盘",
        Scheme => "tier scheme" "分级方案",
        TierRun => "tiers recalculated" "重新分级",
        TierHold => "tier held" "等级保留",
        Advice => "advice rule" "建议规则",
        Departure => "cause of leaving" "流失原因",
        Membership => "member level" "会员等级",
        TierMoves => "tier moves" "等级变动",
        Payment => "payment" "回款",
        ExchangeRate => "exchange rate" "汇率",
        PointsEntry => "points" "积分",
        Campaign => "campaign" "活动",
        SurveyRound => "survey" "调查",
        Waiver => "confirmed as right" "确认无误",
        NotSame => "not the same" "不是同一个",
        QualityRule => "check of data" "检查规则",
        QualityDay => "quality of a day" "当日质量",
        Retention => "retention" "保存期限",
        Tombstone => "erased" "已抹除",
        OwnField => "own field" "自定义字段",
        BookSettings => "settings of the book" "客户簿设置",
        Question => "question" "问题",
        ReportSetup => "report setup" "报表设置",
        WarningRule => "warning rule" "预警规则",
        OwnerNote => "note to a person" "点评",
    }
    Method {
        Quantile => "quantiles" "分位（同值同分）",
        Ntile => "equal fifths" "五等分（NTILE）",
        Nested => "nested quantiles" "嵌套分位",
        Threshold => "own thresholds" "自定阈值",
        Abc => "share of revenue (ABC)" "累计占比（ABC）",
        Rules => "rules" "规则",
    }
    Segment {
        Champions => "Champions" "重要价值客户",
        BigInfrequent => "Big but infrequent" "重要发展客户",
        SlippingChampions => "Slipping champions" "重要保持客户",
        BigLeaving => "Big and leaving" "重要挽留客户",
        Regulars => "Regulars" "一般价值客户",
        Newcomers => "Newcomers" "一般发展客户",
        SlippingRegulars => "Slipping regulars" "一般保持客户",
        Dormant => "Dormant" "一般挽留客户",
    }
    Leaving {
        Price => "price" "价格",
        Product => "product or quality" "产品质量",
        Service => "service" "服务",
        Competitor => "went to a competitor" "转向竞品",
        NeedGone => "no need any more" "需求消失",
        ContactLeft => "their contact left" "关键人离职",
        Closed => "out of business" "停业",
        Other => "other" "其他",
    }
}
