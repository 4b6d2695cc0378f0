//! The words for the closed lists, as they are met in files of both languages.

use crate::domain::choice::{
    Attitude, Channel, ContactRole, CustomerKind, Direction, FeedbackKind, Gender, Level, LifeStage, ListKind, Measure,
    Purpose, Route, StageRole,
};
use crate::exchange::amount::is_nothing;
use crate::exchange::reason::Reason;
use crate::query::closed_list::ClosedList;
use crate::query::field::fold;
use crate::text::{Words, words};

/// A closed list whose choices have words.
pub trait Spoken: Copy + 'static {
    /// Each choice with the keys of its words.
    const WORDS: &'static [(Self, &'static [&'static str])];
    /// Some words to try, for who wrote another.
    const EXAMPLES: Words;
}

/// The choice a cell names; `None` for an empty one.
///
/// # Errors
/// [`Reason::NotAChoice`] with words to try.
pub fn choice<T: Spoken>(text: &str) -> Result<Option<T>, Reason> {
    let key = fold(text);
    let found = T::WORDS.iter().find(|(_, words)| words.contains(&key.as_str()));
    match found {
        Some((choice, _)) => Ok(Some(*choice)),
        None if is_nothing(text) => Ok(None),
        None => Err(Reason::NotAChoice(T::EXAMPLES)),
    }
}

/// The number of the choice that a cell names in a closed list; `None` for an empty one.
///
/// # Errors
/// See [`choice`].
pub fn number_in(list: ClosedList, text: &str) -> Result<Option<u8>, Reason> {
    fn number<T: Spoken + Into<u8>>(text: &str) -> Result<Option<u8>, Reason> {
        Ok(choice::<T>(text)?.map(Into::into))
    }
    match list {
        ClosedList::LifeStage => number::<LifeStage>(text),
        ClosedList::Activity | ClosedList::Level => number::<Level>(text),
        ClosedList::CustomerKind => number::<CustomerKind>(text),
        ClosedList::Gender => number::<Gender>(text),
        ClosedList::ContactRole => number::<ContactRole>(text),
        ClosedList::Attitude => number::<Attitude>(text),
        ClosedList::Channel => number::<Channel>(text),
        ClosedList::Route => number::<Route>(text),
        ClosedList::Direction => number::<Direction>(text),
        ClosedList::FeedbackKind => number::<FeedbackKind>(text),
        ClosedList::Measure => number::<Measure>(text),
        ClosedList::Purpose => number::<Purpose>(text),
        // These are worked out, or named by their keys.
        ClosedList::YesNo => Ok(None),
        ClosedList::StageRole => Ok(StageRole::from_key(text.trim()).map(Into::into)),
        ClosedList::ListKind => Ok(ListKind::from_key(text.trim()).map(Into::into)),
    }
}

/// High, middle or low.
///
/// # Errors
/// See [`choice`].
pub fn level(text: &str) -> Result<Option<Level>, Reason> {
    choice(text)
}

/// A stage of life.
///
/// # Errors
/// See [`choice`].
pub fn life_stage(text: &str) -> Result<Option<LifeStage>, Reason> {
    choice(text)
}

macro_rules! spoken {
    ($($type:ident $en:literal $zh:literal { $($choice:ident: $($word:literal)+;)+ })+) => {$(
        impl Spoken for $type {
            const WORDS: &'static [($type, &'static [&'static str])] = &[$(($type::$choice, &[$($word),+]),)+];
            const EXAMPLES: Words = words($en, $zh);
        }
    )+};
}

spoken! {
    CustomerKind "B2B, B2C, government" "企业、个人、政府" {
        Business: "b2b" "tob" "business" "company" "firm" "corporate" "enterprise" "企业" "公司" "企业客户" "公司客户" "单位";
        Consumer: "b2c" "toc" "consumer" "person" "individual" "private" "个人" "个人客户" "消费者" "散客";
        Government: "government" "b2g" "tog" "public" "authority" "政府" "政府机构" "机关" "事业单位" "政府客户";
    }
    Level "high, middle, low" "高、中、低" {
        Low: "low" "l" "低" "较低" "弱" "small";
        Middle: "middle" "mid" "medium" "m" "moderate" "中" "中等" "一般" "较中";
        High: "high" "h" "高" "较高" "强" "很高" "large";
    }
    LifeStage "prospect, new, growing, stable, declining, lost" "潜在期、新客期、成长期、稳定期、衰退期、流失期" {
        Prospect: "prospect" "potential" "lead" "潜在" "潜在期" "潜在客户" "潜客" "潜客期";
        New: "new" "新客" "新客期" "新客户" "新户" "导入期" "引入期" "初创期" "考察期";
        Growing: "growing" "growth" "成长" "成长期" "发展期" "形成期";
        Stable: "stable" "mature" "maturity" "稳定" "稳定期" "成熟" "成熟期";
        Declining: "declining" "decline" "衰退" "衰退期" "下滑期" "退化期";
        Lost: "lost" "churned" "流失" "流失期" "流失客户" "已流失";
    }
    ContactRole "decision maker, user, influencer, purchaser" "决策者、使用者、影响者、采购" {
        DecisionMaker: "decisionmaker" "decider" "decision" "决策者" "决策人" "决策" "拍板人";
        User: "user" "enduser" "使用者" "使用人" "用户" "使用";
        Influencer: "influencer" "advisor" "技术" "影响者" "影响人" "技术把关";
        Purchaser: "purchaser" "buyer" "purchasing" "procurement" "采购" "采购者" "采购人" "采购员" "采购经理";
    }
    Attitude "supports, neutral, opposes" "支持、中立、反对" {
        Supports: "supports" "supportsus" "support" "supportive" "positive" "支持" "友好" "正面";
        Neutral: "neutral" "中立" "一般";
        Opposes: "opposes" "opposesus" "oppose" "against" "negative" "反对" "抵触" "负面";
    }
    Gender "female, male" "女、男" {
        Female: "female" "f" "woman" "ms" "mrs" "miss" "女" "女士" "女性" "小姐";
        Male: "male" "m" "man" "mr" "男" "先生" "男性";
    }
    Channel "online, offline" "线上、线下" {
        Online: "online" "web" "ecommerce" "internet" "线上" "网上" "电商" "网店" "在线";
        Offline: "offline" "store" "instore" "线下" "门店" "实体店" "展会";
    }
    Route "direct, distribution" "直销、分销" {
        Direct: "direct" "directsales" "直销" "直营" "直接";
        Distribution: "distribution" "distributor" "dealer" "reseller" "indirect" "分销" "经销" "代理" "渠道";
    }
    Direction "outgoing, incoming" "去、来" {
        Outgoing: "outgoing" "out" "outbound" "去" "去电" "主动" "呼出" "拨出" "外呼";
        Incoming: "incoming" "in" "inbound" "来" "来电" "来访" "呼入" "接入" "被动";
    }
    FeedbackKind "satisfaction, NPS, complaint, event" "满意度、推荐、投诉、活动" {
        Satisfaction: "satisfaction" "csat" "满意度" "满意度调查" "评价";
        Recommendation: "nps" "recommendation" "推荐" "推荐度" "净推荐值";
        Complaint: "complaint" "投诉" "客诉" "抱怨";
        Event: "event" "活动" "参会" "活动参与";
        Suggestion: "suggestion" "proposal" "建议" "意见";
    }
    Measure "revenue, new customers, conversion, satisfaction, repurchase" "销售额、新客户数、转化率、满意度、复购率" {
        Revenue: "revenue" "sales" "销售额" "销售" "业绩" "营收" "收入";
        NewCustomers: "newcustomers" "新客户数" "新客户" "新增客户" "新客";
        Conversion: "conversion" "conversionrate" "转化率" "转化" "成交率";
        Satisfaction: "satisfaction" "满意度";
        Repurchase: "repurchase" "repurchaserate" "复购率" "复购";
        WonDeals: "wondeals" "dealswon" "赢单数" "赢单";
        Paid: "paid" "payments" "回款" "回款额";
        FollowUps: "followups" "跟进数" "跟进次数";
        DealCycle: "dealcycle" "daystowin" "成交周期";
        ResponseHours: "responsehours" "hourstoanswer" "响应时长";
        Recommendation: "nps" "推荐度" "净推荐值";
        SecondOrder: "secondorder" "secondorders" "二次下单";
    }
    Purpose "acquisition, service" "获客、服务" {
        Acquisition: "acquisition" "marketing" "获客" "获客成本" "推广" "市场";
        Service: "service" "servicecost" "服务" "服务成本" "维护" "售后";
    }
}

#[cfg(test)]
mod tests {
    use super::{Spoken, choice, level, life_stage};
    use crate::domain::choice::{CustomerKind, Gender, Level, LifeStage};
    use crate::exchange::reason::Reason;

    #[test]
    fn a_choice_is_known_by_its_words_in_both_languages() {
        assert_eq!(level("高"), Ok(Some(Level::High)));
        assert_eq!(level("Medium"), Ok(Some(Level::Middle)));
        assert_eq!(life_stage("成长期"), Ok(Some(LifeStage::Growing)));
        assert_eq!(life_stage("growing"), Ok(Some(LifeStage::Growing)));
        assert_eq!(choice("B2B"), Ok(Some(CustomerKind::Business)));
        assert_eq!(choice("先生"), Ok(Some(Gender::Male)));
        assert_eq!(choice::<Gender>(""), Ok(None));
        assert_eq!(level("很好"), Err(Reason::NotAChoice(Level::EXAMPLES)));
    }

    #[test]
    fn every_key_of_a_closed_list_is_one_of_its_words() {
        for stage in LifeStage::ALL {
            assert_eq!(life_stage(stage.key()), Ok(Some(*stage)));
        }
        for kind in CustomerKind::ALL {
            assert_eq!(choice(kind.key()), Ok(Some(*kind)));
        }
    }
}
