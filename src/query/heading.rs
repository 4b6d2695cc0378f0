//! What a stored field of any record is called, also where no file and no column knows it.

use crate::domain::record::Kind;
use crate::query::field::of_stored;
use crate::text::{Words, words};

/// The fields that are in no table: kind, stored name, words. A kind of `None` holds for every kind.
const OTHERS: &[(Option<Kind>, &str, Words)] = &[
    (None, "customer", words("customer", "客户")),
    (None, "contact", words("contact", "联系人")),
    (None, "deal", words("deal", "商机")),
    (None, "owner", words("owner", "负责人")),
    (None, "by", words("by", "记录人")),
    (None, "note", words("note", "备注")),
    (None, "name", words("name", "名称")),
    (None, "title", words("title", "名称")),
    (None, "phone", words("phone", "电话")),
    (None, "email", words("e-mail", "邮箱")),
    (None, "aliases", words("other names", "别名")),
    (None, "team", words("team", "团队")),
    (None, "manager", words("manager", "上级")),
    (None, "office", words("office", "办事处")),
    (None, "group", words("group", "客群")),
    (None, "measure", words("measure", "指标")),
    (None, "key", words("key", "键")),
    (None, "en", words("in English", "英文")),
    (None, "zh", words("in Chinese", "中文")),
    (None, "position", words("place", "顺序")),
    (None, "hidden", words("hidden", "隐藏")),
    (None, "probability", words("probability", "概率")),
    (None, "role", words("role", "角色")),
    (Some(Kind::Customer), "custom", words("own fields", "自定义字段")),
    (Some(Kind::Customer), "life_stage", words("life stage", "生命周期")),
    (Some(Kind::Customer), "given_from", words("figures from", "数字来源")),
    (Some(Kind::Customer), "given_on", words("figures of", "数字日期")),
    (Some(Kind::Contact), "reports_to", words("reports to", "上级")),
    (Some(Kind::Contact), "primary", words("first to call", "主要联系人")),
    (Some(Kind::Order), "lines", words("lines", "明细")),
    (Some(Kind::Product), "discontinued", words("no longer sold", "停售")),
    (Some(Kind::FollowUp), "priority", words("priority", "优先级")),
    (Some(Kind::NextStep), "follow_up", words("follow-up", "跟进")),
    (Some(Kind::NextStep), "what", words("what", "事项")),
    (Some(Kind::NextStep), "due", words("due", "到期")),
    (Some(Kind::NextStep), "deadline", words("deadline", "截止")),
    (Some(Kind::NextStep), "done_at", words("done", "完成时间")),
    (Some(Kind::NextStep), "result", words("result", "结果")),
    (Some(Kind::Deal), "moves", words("way", "阶段变化")),
    (Some(Kind::Deal), "reason_note", words("reason", "原因说明")),
    (Some(Kind::Deal), "parked_until", words("parked until", "搁置至")),
    (Some(Kind::Feedback), "assigned", words("assigned to", "处理人")),
    (Some(Kind::Feedback), "assigned_at", words("assigned", "指派时间")),
    (Some(Kind::Feedback), "answered_at", words("answered", "答复时间")),
    (Some(Kind::Feedback), "promised", words("promised", "承诺时间")),
    (Some(Kind::Owner), "active_until", words("active until", "离职")),
    (Some(Kind::Target), "count", words("count", "数量")),
    (Some(Kind::Target), "rate", words("rate", "比率")),
    (Some(Kind::Target), "score", words("score", "评分")),
    (Some(Kind::Strategy), "text", words("what is done", "做法")),
    (Some(Kind::Strategy), "from", words("from", "开始")),
    (Some(Kind::Strategy), "review_on", words("review on", "复盘日期")),
    (Some(Kind::Strategy), "review", words("review", "复盘")),
    (Some(Kind::ListItem), "list", words("list", "列表")),
    (Some(Kind::ListItem), "days", words("days", "天数")),
    (Some(Kind::ListItem), "can_return", words("can be won back", "可挽回")),
    (Some(Kind::Mapping), "header", words("header", "表头")),
    (Some(Kind::Mapping), "rows", words("rows", "行")),
    (Some(Kind::Mapping), "columns", words("columns", "列")),
    (Some(Kind::Template), "line", words("line", "跟进内容")),
    (Some(Kind::Template), "language", words("language", "语言")),
    (Some(Kind::PotentialWeights), "growth", words("growth", "近半年增长")),
    (Some(Kind::PotentialWeights), "products", words("products not bought yet", "未购品类")),
    (Some(Kind::PotentialWeights), "recommends", words("recommends us", "推荐意愿")),
    (Some(Kind::PotentialWeights), "deals", words("open deals", "在谈商机")),
    (Some(Kind::Rhythm), "high", words("top tier", "高价值")),
    (Some(Kind::Rhythm), "middle", words("middle tier", "中价值")),
    (Some(Kind::Rhythm), "low", words("low tier", "低价值")),
    (Some(Kind::Rhythm), "untiered", words("no tier", "未分级")),
    (Some(Kind::CalendarDay), "day", words("day", "日期")),
    (Some(Kind::CalendarDay), "off", words("day off", "放假")),
    (Some(Kind::Review), "step", words("next step", "下一步")),
    (Some(Kind::Review), "text", words("what was found", "复盘结论")),
    (Some(Kind::Review), "at", words("when", "时间")),
    (None, "version", words("version", "版本")),
    (None, "method", words("method", "方法")),
    (None, "months", words("months", "月数")),
    (None, "settings", words("settings", "设置")),
    (Some(Kind::TierRun), "at", words("applied", "应用时间")),
    (Some(Kind::TierRun), "as_of", words("as of", "截止日期")),
    (Some(Kind::TierRun), "scheme", words("scheme", "方案")),
    (Some(Kind::TierRun), "moves", words("moves", "变动")),
    (Some(Kind::TierRun), "moved", words("moved", "变动数")),
    (Some(Kind::TierRun), "customers", words("customers by tier", "各等级客户数")),
    (Some(Kind::TierRun), "revenue", words("revenue by tier", "各等级销售额")),
    (Some(Kind::TierRun), "total", words("revenue", "销售额")),
    (Some(Kind::TierMoves), "run", words("recalculation", "重新分级")),
    (Some(Kind::TierMoves), "customers", words("customers", "客户")),
    (Some(Kind::TierMoves), "figures", words("figures", "数值")),
    (Some(Kind::TierHold), "tier", words("tier", "等级")),
    (Some(Kind::TierHold), "reason", words("reason", "原因")),
    (Some(Kind::TierHold), "until", words("until", "保留至")),
    (Some(Kind::Advice), "topic", words("for", "适用")),
    (Some(Kind::Advice), "days", words("days", "天数")),
    (Some(Kind::Departure), "on", words("confirmed", "确认日期")),
    (Some(Kind::Departure), "cause", words("cause", "流失原因")),
    (Some(Kind::Membership), "spend", words("spent at least", "累计消费")),
    (Some(Kind::Membership), "years", words("years at least", "合作年限")),
    (Some(Kind::Membership), "points", words("points per 100", "每百元积分")),
    (Some(Kind::Membership), "least", words("points at least", "积分满")),
    (Some(Kind::Membership), "per_order", words("points per order", "每单积分")),
    (Some(Kind::Membership), "persons_only", words("persons only", "仅限个人客户")),
    (Some(Kind::Membership), "benefits", words("benefits", "权益")),
    (Some(Kind::SavedView), "filter", words("filter", "筛选条件")),
    (Some(Kind::SavedView), "columns", words("columns", "列")),
    (Some(Kind::SavedView), "sorting", words("sorted by", "排序")),
    (Some(Kind::SavedView), "grouping", words("grouped by", "分组")),
    (Some(Kind::SavedView), "summed", words("summed column", "合计列")),
    (Some(Kind::SavedView), "frozen", words("fixed columns", "冻结列数")),
];

/// What a stored field is called; nothing for one that does not exist.
pub fn heading_of(kind: Kind, stored: &str) -> Option<Words> {
    let table = of_stored(kind, stored).map(|field| field.words);
    let other = |of: Option<Kind>| OTHERS.iter().find(|(kind, name, _)| *kind == of && *name == stored);
    table.or_else(|| other(Some(kind)).or_else(|| other(None)).map(|(_, _, words)| *words))
}

#[cfg(test)]
mod tests {
    use super::heading_of;
    use crate::domain::record::Kind;

    #[test]
    fn every_field_of_every_record_has_words() {
        for kind in Kind::ALL {
            for (_, name) in kind.fields() {
                assert!(heading_of(*kind, name).is_some(), "{kind:?}.{name}");
            }
        }
    }
}
