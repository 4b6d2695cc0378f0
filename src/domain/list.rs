//! The standard lists of a book and those it begins with; every item can be edited.

use crate::domain::choice::ListKind;
use crate::domain::choice::StageRole;
use crate::domain::deal::Stage;
use crate::domain::fields::record;
use crate::domain::id::Id;
use crate::domain::measure::Rate;

record! {
    /// An item of a standard list.
    ListItem {
        /// Which list.
        1 list: Option<ListKind>,
        /// Key kept in records.
        2 key: String,
        /// In English.
        3 en: String,
        /// In Chinese.
        4 zh: String,
        /// Place in the list.
        5 position: u32,
        /// No longer offered.
        6 hidden: bool,
        /// Other words read as this item.
        7 aliases: Vec<String>,
        /// Outcome: default next contact in working days; lost reason: days until the customer is asked again.
        8 days: Option<u32>,
        /// Lost reason: can be won back.
        9 can_return: bool,
    }
}

record! {
    /// How a file's columns were read, remembered by its header.
    Mapping {
        /// The header, its names joined.
        1 header: String,
        /// Kind of rows: a key.
        2 rows: String,
        /// Field and column.
        3 columns: Vec<(String, String)>,
    }
}

/// Key, English, Chinese, aliases.
type Shipped = (&'static str, &'static str, &'static str, &'static [&'static str]);

const INDUSTRIES: &[Shipped] = &[
    ("manufacturing", "Manufacturing", "制造业", &["制造", "工业"]),
    ("services", "Services", "服务业", &["服务"]),
    ("retail", "Retail", "零售业", &["零售", "商贸"]),
    ("wholesale", "Wholesale", "批发业", &["批发"]),
    ("software", "Software & IT", "信息技术", &["软件", "it", "互联网", "software"]),
    ("technology", "Technology", "科技", &["technolgy", "高科技"]),
    ("finance", "Finance", "金融业", &["金融"]),
    ("medical", "Medical", "医疗健康", &["医疗", "healthcare"]),
    ("education", "Education", "教育", &[]),
    ("construction", "Construction", "建筑业", &["建筑", "工程"]),
    ("real_estate", "Real estate", "房地产", &["地产"]),
    ("logistics", "Logistics", "物流运输", &["物流", "运输"]),
    ("energy", "Energy", "能源", &[]),
    ("telecommunications", "Telecommunications", "通信", &["telecommunications", "电信"]),
    ("agriculture", "Agriculture", "农业", &[]),
    ("catering", "Catering", "餐饮业", &["餐饮"]),
    ("entertainment", "Entertainment", "文化娱乐", &["文娱"]),
    ("marketing", "Marketing", "广告营销", &["广告"]),
    ("employment", "Employment services", "人力资源", &["employment", "人力"]),
    ("government", "Public sector", "政府机构", &["政府", "事业单位"]),
];

const SIZES: &[Shipped] = &[
    ("under_5m", "under 5M", "500万以下", &["500万元以下", "<500万"]),
    ("5m_10m", "5M–10M", "500万-1000万", &["500-1000万", "500万~1000万"]),
    ("10m_50m", "10M–50M", "1000万-5000万", &["1000-5000万", "1000万~5000万"]),
    ("50m_100m", "50M–100M", "5000万-1亿元", &["5000万-1亿", "5000万~1亿元"]),
    ("over_100m", "over 100M", "1亿元以上", &["1亿以上", ">1亿"]),
];

const REGIONS: &[Shipped] = &[
    ("east", "East China", "华东", &[]),
    ("south", "South China", "华南", &[]),
    ("north", "North China", "华北", &[]),
    ("central", "Central China", "华中", &[]),
    ("southwest", "Southwest China", "西南", &[]),
    ("northwest", "Northwest China", "西北", &[]),
    ("northeast", "Northeast China", "东北", &[]),
    ("overseas", "Overseas", "海外", &["国外"]),
];

const SOURCES: &[Shipped] = &[
    ("referral", "Referral", "客户介绍", &["转介绍", "老客户介绍"]),
    ("exhibition", "Exhibition", "展会", &["trade show"]),
    ("website", "Website", "官网", &["网站"]),
    ("search", "Search engine", "搜索推广", &["百度", "seo"]),
    ("social", "Social media", "社交媒体", &["公众号", "抖音", "小红书"]),
    ("cold_call", "Cold call", "电话开发", &["陌拜", "电销"]),
    ("dealer", "Dealer", "经销商", &["渠道", "中间商"]),
    ("tender", "Tender", "招投标", &["投标"]),
    ("walk_in", "Walk-in", "自然到访", &["上门"]),
    ("other", "Other", "其他", &["其它"]),
];

const NEEDS: &[Shipped] = &[
    ("price", "Price-conscious", "价格敏感型", &["价格敏感"]),
    ("quality", "Quality-seeking", "品质追求型", &["品质追求", "质量"]),
    ("custom", "Custom needs", "个性化需求", &["个性化", "定制"]),
    ("service", "Service-dependent", "服务依赖型", &["服务依赖"]),
];

const WAYS: &[Shipped] = &[
    ("call", "call", "电话", &["phone", "c", "去电", "来电", "打电话"]),
    ("wechat", "WeChat", "微信", &["w", "wx", "企微", "企业微信"]),
    ("visit", "visit", "拜访", &["v", "来访", "上门"]),
    ("email", "e-mail", "邮件", &["e", "mail", "邮箱"]),
    ("meeting", "meeting", "会议", &["m", "开会"]),
    ("conference_call", "conference call", "电话会议", &["con call"]),
    ("video", "video call", "视频", &["视频会议"]),
    ("text", "text message", "短信", &["sms"]),
    ("whatsapp", "WhatsApp", "WhatsApp", &["wa"]),
    ("voicemail", "voicemail", "语音留言", &["留言"]),
    ("exhibition", "exhibition", "展会", &["trade show"]),
    ("dinner", "dinner", "宴请", &["饭局", "吃饭"]),
    ("event", "event", "活动", &[]),
    ("other", "other", "其他", &[]),
];

/// Key, English, Chinese, aliases, working days until the next contact.
const OUTCOMES: &[(Shipped, Option<u32>)] = &[
    (("connected", "connected", "接通", &["reached", "已接通"]), None),
    (("no_answer", "no answer", "无人接听", &["没人接", "未接"]), Some(1)),
    (("busy", "busy", "占线", &["忙线"]), Some(1)),
    (("unreachable", "unreachable", "关机", &["不在服务区"]), Some(1)),
    (("wrong_number", "wrong number", "空号", &["号码错误"]), None),
    (("gatekeeper", "gatekeeper", "他人转达", &["转达"]), Some(2)),
    (("meeting_set", "meeting set", "已约", &["约好"]), Some(1)),
    (("interested", "interested", "有意向", &["有兴趣"]), Some(3)),
    (("thinking", "thinking", "考虑中", &["再考虑", "再想想"]), Some(5)),
    (("not_interested", "not interested", "暂无意向", &["没有意向", "没意向", "不需要"]), Some(60)),
    (("wants_quote", "wants quote", "索要报价", &["要报价"]), Some(1)),
    (("ordered", "ordered", "已下单", &["下单"]), Some(5)),
];

/// Key, English, Chinese, aliases, can be won back, days until the customer is asked again.
const LOST_REASONS: &[(Shipped, bool, Option<u32>)] = &[
    (("price", "price too high", "价格过高", &["价格高"]), true, Some(90)),
    (("competitor", "lost to a competitor", "输给竞品", &["竞品"]), true, Some(180)),
    (("budget", "no budget", "预算不足", &[]), true, Some(180)),
    (("need_changed", "need changed", "需求变化", &[]), true, Some(180)),
    (("specification", "specification not met", "技术参数不符", &[]), true, Some(180)),
    (("delivery", "delivery too late", "交期过长", &[]), true, Some(90)),
    (("postponed", "project postponed or dropped", "项目延期或取消", &["项目取消"]), true, Some(120)),
    (("no_access", "decision maker not reached", "未触达决策人", &[]), true, Some(60)),
    (("silent", "customer went silent", "客户失联", &["失联"]), true, Some(60)),
    (("not_a_fit", "not a fit", "非目标客户", &[]), false, None),
    (("payment_terms", "payment terms", "账期谈不拢", &["账期"]), true, Some(120)),
    (("tender_lost", "tender lost", "未中标", &["废标"]), true, Some(365)),
    (("status_quo", "stays as it is", "维持现状", &[]), true, Some(180)),
    (("other", "other (say which)", "其他", &["其它"]), false, None),
];

/// Key, English, Chinese, aliases, role, probability in per cent (definitions: Funnel).
const STAGES: &[(Shipped, StageRole, i32)] = &[
    (("prospecting", "Prospecting", "线索", &["潜在客户", "潜在", "lead"]), StageRole::Open, 5),
    (("interested", "Interested", "意向", &["意向客户", "engaging", "engage"]), StageRole::Open, 20),
    (("needs_confirmed", "Needs confirmed", "需求确认", &["跟进客户", "qualified"]), StageRole::Open, 40),
    (("proposal", "Proposal", "方案报价", &["方案提交", "报价", "quote"]), StageRole::Open, 60),
    (("negotiation", "Negotiation", "商务谈判", &["谈判"]), StageRole::Open, 80),
    (("contract", "Contract", "合同签订", &["签约", "合同"]), StageRole::Open, 90),
    (("won", "Won", "赢单", &["成交", "成交客户", "closed won"]), StageRole::Won, 100),
    (("lost", "Lost", "输单", &["丢单", "流单", "closed lost"]), StageRole::Lost, 0),
    (("on_hold", "On hold", "搁置", &["暂停", "parked"]), StageRole::Parked, 0),
];

/// The list items every new book begins with, each with an id that depends on its list and key alone.
pub fn shipped_items() -> Vec<ListItem> {
    let plain: [(ListKind, &[Shipped]); 6] = [
        (ListKind::Industry, INDUSTRIES),
        (ListKind::Size, SIZES),
        (ListKind::Region, REGIONS),
        (ListKind::Source, SOURCES),
        (ListKind::Need, NEEDS),
        (ListKind::Way, WAYS),
    ];
    let plain = plain
        .iter()
        .flat_map(|(list, items)| items.iter().enumerate().map(|(position, shipped)| item(*list, position, shipped)));
    let outcomes = OUTCOMES
        .iter()
        .enumerate()
        .map(|(position, (shipped, days))| ListItem { days: *days, ..item(ListKind::Outcome, position, shipped) });
    let reasons = LOST_REASONS.iter().enumerate().map(|(position, (shipped, can_return, days))| ListItem {
        days: *days,
        can_return: *can_return,
        ..item(ListKind::LostReason, position, shipped)
    });
    plain.chain(outcomes).chain(reasons).collect()
}

/// The stages every new book begins with.
pub fn shipped_stages() -> Vec<Stage> {
    let stage = |(position, ((key, en, zh, aliases), role, percent)): (usize, &(Shipped, StageRole, i32))| Stage {
        id: Id::of_name(&format!("stage/{key}")),
        key: (*key).to_owned(),
        en: (*en).to_owned(),
        zh: (*zh).to_owned(),
        role: Some(*role),
        probability: Some(Rate::from_basis_points(percent * 100)),
        position: position as u32,
        aliases: owned(aliases),
        hidden: false,
        ..Stage::default()
    };
    STAGES.iter().enumerate().map(stage).collect()
}

fn item(list: ListKind, position: usize, (key, en, zh, aliases): &Shipped) -> ListItem {
    ListItem {
        id: Id::of_name(&format!("list/{}/{key}", list.key())),
        list: Some(list),
        key: (*key).to_owned(),
        en: (*en).to_owned(),
        zh: (*zh).to_owned(),
        position: position as u32,
        aliases: owned(aliases),
        ..ListItem::default()
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{shipped_items, shipped_stages};
    use std::collections::HashSet;

    #[test]
    fn no_two_shipped_items_share_an_id() {
        let items = shipped_items();
        let ids: HashSet<_> =
            items.iter().map(|item| item.id).chain(shipped_stages().iter().map(|stage| stage.id)).collect();
        assert_eq!(ids.len(), items.len() + shipped_stages().len());
    }
}
