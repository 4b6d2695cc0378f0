//! The fields each form asks for, the most asked for first.

use crate::domain::choice::{FeedbackKind, ListKind};
use crate::domain::record::{Kind, Record};
use crate::parse::when::Looking;
use crate::query::closed_list::ClosedList;
use crate::query::field::{Field, FieldType, Topic, fields};
use crate::text::{Words, words};
use std::sync::LazyLock;

/// How a field is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Text as it is.
    Text,
    /// A telephone number.
    Phone,
    /// An item of one of the book's lists, or a word of one's own.
    List(ListKind),
    /// A stage of the funnel.
    Stage,
    /// A person responsible; a new name is entered along with the record.
    Owner,
    /// Words between spaces.
    Tags,
    /// A day, as a date or in words.
    Day(Looking),
    /// A day with or without a time.
    Due(Looking),
    /// A moment.
    Moment(Looking),
    /// A whole number.
    Whole,
    /// An amount.
    Money,
    /// Points.
    Score,
    /// A choice of a closed list.
    Choice(ClosedList),
    /// A share in per cent.
    Percent,
    /// Names of products.
    Products,
    /// Contacts of the customer.
    Contacts,
    /// Yes or no.
    Flag,
}

impl Entry {
    /// Whether several are named in one line, between commas.
    pub const fn is_several(self) -> bool {
        matches!(self, Entry::Products | Entry::Contacts)
    }
}

/// A field of a form: the record's field, what it is called, and how it is read.
pub type Asked = (&'static str, Words, Entry);

/// The fields of a customer, as the table of fields says.
static CUSTOMER: LazyLock<Vec<Asked>> = LazyLock::new(|| {
    let asked = fields(Topic::Of(Kind::Customer)).filter_map(|field| Some((field.asked?, field)));
    let mut asked: Vec<_> = asked.collect();
    asked.sort_by_key(|((place, _), _)| *place);
    asked.into_iter().filter_map(|((_, words), field)| Some((field.stores?, words, entry_of(field)?))).collect()
});

/// How a field is read and written; nothing for what no line of a form can hold.
fn entry_of(field: &Field) -> Option<Entry> {
    Some(match field.holds {
        FieldType::Text if field.stores == Some("phone") => Entry::Phone,
        FieldType::Text => Entry::Text,
        FieldType::List(list) => Entry::List(list),
        FieldType::Stage => Entry::Stage,
        FieldType::Choice(ClosedList::YesNo) | FieldType::Flag => Entry::Flag,
        FieldType::Choice(list) => Entry::Choice(list),
        FieldType::Texts => Entry::Tags,
        FieldType::Whole => Entry::Whole,
        FieldType::Money => Entry::Money,
        FieldType::Rate => Entry::Percent,
        FieldType::Score => Entry::Score,
        // What is due lies ahead; a plain day is one of the past.
        FieldType::Day if field.is_timed() => Entry::Due(Looking::Ahead),
        FieldType::Day => Entry::Day(Looking::Back),
        FieldType::Moment => Entry::Moment(Looking::Back),
        FieldType::Link(Kind::Owner) => Entry::Owner,
        FieldType::Link(_) | FieldType::Quantity | FieldType::Price => return None,
    })
}

const CONTACT: &[Asked] = &[
    ("name", words("name", "姓名"), Entry::Text),
    ("title", words("job title", "职务"), Entry::Text),
    ("phone", words("phone", "电话"), Entry::Phone),
    ("wechat", words("WeChat", "微信"), Entry::Text),
    ("email", words("e-mail", "邮箱"), Entry::Text),
    ("role", words("role", "角色"), Entry::Choice(ClosedList::ContactRole)),
    ("attitude", words("attitude", "态度"), Entry::Choice(ClosedList::Attitude)),
    ("birthday", words("birthday", "生日"), Entry::Day(Looking::Back)),
    ("primary", words("main contact", "主要联系人"), Entry::Flag),
    ("note", words("note", "备注"), Entry::Text),
];

const FOLLOW_UP: &[Asked] = &[
    ("at", words("when", "时间"), Entry::Moment(Looking::Back)),
    ("way", words("way", "方式"), Entry::List(ListKind::Way)),
    ("outcome", words("outcome", "结果"), Entry::List(ListKind::Outcome)),
    ("text", words("what was said", "沟通内容"), Entry::Text),
    ("tags", words("tags", "标签"), Entry::Tags),
    ("amount", words("amount", "金额"), Entry::Money),
];

const NEXT_STEP: &[Asked] = &[
    ("what", words("what to do", "待办事项"), Entry::Text),
    ("due", words("due", "到期"), Entry::Due(Looking::Ahead)),
    ("deadline", words("at the latest", "最晚期限"), Entry::Flag),
    ("owner", words("who", "负责人"), Entry::Owner),
    ("result", words("what it changed", "带来的结果"), Entry::Text),
    ("done_at", words("done", "完成时间"), Entry::Moment(Looking::Back)),
];

const COMPLAINT: &[Asked] = &[
    ("kind", words("kind", "类型"), Entry::Choice(ClosedList::FeedbackKind)),
    ("at", words("when", "时间"), Entry::Moment(Looking::Back)),
    ("text", words("what was said", "投诉内容"), Entry::Text),
    ("topic", words("topic", "问题类别"), Entry::Text),
    ("grade", words("grade", "严重程度"), Entry::Choice(ClosedList::Level)),
    ("assigned", words("assigned to", "处理人"), Entry::Owner),
    ("promised", words("answer promised", "承诺答复"), Entry::Moment(Looking::Ahead)),
    ("answered_at", words("answered", "答复时间"), Entry::Moment(Looking::Back)),
    ("resolved_at", words("resolved", "解决时间"), Entry::Moment(Looking::Back)),
    ("resolution", words("how resolved", "处理结果"), Entry::Text),
];

const OPINION: &[Asked] = &[
    ("kind", words("kind", "类型"), Entry::Choice(ClosedList::FeedbackKind)),
    ("at", words("when", "时间"), Entry::Moment(Looking::Back)),
    ("score", words("score", "评分"), Entry::Score),
    ("text", words("what was said", "反馈内容"), Entry::Text),
    ("topic", words("topic", "主题"), Entry::Text),
];

const ORDER: &[Asked] = &[
    ("number", words("order number", "订单号"), Entry::Text),
    ("date", words("date", "日期"), Entry::Day(Looking::Back)),
    ("due", words("payment due", "账期到期"), Entry::Day(Looking::Ahead)),
    ("paid", words("paid so far", "已回款"), Entry::Money),
    ("channel", words("channel", "渠道"), Entry::Choice(ClosedList::Channel)),
    ("route", words("sold by", "销售方式"), Entry::Choice(ClosedList::Route)),
    ("promotion", words("promotion", "促销活动"), Entry::Text),
    ("returned", words("returned", "已退货"), Entry::Flag),
    ("owner", words("owner", "负责人"), Entry::Owner),
    ("note", words("note", "备注"), Entry::Text),
];

const DEAL: &[Asked] = &[
    ("title", words("title", "商机名称"), Entry::Text),
    ("amount", words("amount", "金额"), Entry::Money),
    ("stage", words("stage", "阶段"), Entry::Stage),
    ("owner", words("owner", "负责人"), Entry::Owner),
    ("expected_close", words("expected close", "预计成交"), Entry::Day(Looking::Ahead)),
    ("probability", words("own probability", "自估概率"), Entry::Percent),
    ("products", words("products", "产品"), Entry::Products),
    ("contacts", words("contacts", "联系人"), Entry::Contacts),
    ("competitor", words("competitor", "竞争对手"), Entry::Text),
    ("parked_until", words("on hold until", "搁置到"), Entry::Day(Looking::Ahead)),
    ("lost_reason", words("why lost", "输单原因"), Entry::List(ListKind::LostReason)),
    ("note", words("note", "备注"), Entry::Text),
];

const TEMPLATE: &[Asked] =
    &[("name", words("name", "名称"), Entry::Text), ("line", words("line", "跟进内容"), Entry::Text)];

const REVIEW: &[Asked] = &[("text", words("what was found", "复盘结论"), Entry::Text)];

const RHYTHM: &[Asked] = &[
    ("high", words("top tier, days", "高价值（天）"), Entry::Whole),
    ("middle", words("middle tier, days", "中价值（天）"), Entry::Whole),
    ("low", words("low tier, days", "低价值（天）"), Entry::Whole),
    ("untiered", words("no tier, days", "未分级（天）"), Entry::Whole),
];

const POTENTIAL: &[Asked] = &[
    ("growth", words("growth, half a year", "近半年增长"), Entry::Whole),
    ("products", words("products not bought yet", "未购品类"), Entry::Whole),
    ("recommends", words("recommends us", "推荐意愿"), Entry::Whole),
    ("deals", words("open deals", "在谈商机"), Entry::Whole),
];

const STAGE: &[Asked] = &[
    ("zh", words("Chinese name", "中文名"), Entry::Text),
    ("en", words("English name", "英文名"), Entry::Text),
    ("role", words("meaning", "含义"), Entry::Choice(ClosedList::StageRole)),
    ("probability", words("probability", "默认概率"), Entry::Percent),
    ("aliases", words("also called", "别名"), Entry::Tags),
];

const ADVICE: &[Asked] = &[
    ("zh", words("in Chinese", "中文建议"), Entry::Text),
    ("en", words("in English", "英文建议"), Entry::Text),
    ("days", words("due in days", "几天内完成"), Entry::Whole),
];

const MEMBERSHIP: &[Asked] = &[
    ("name", words("level", "等级名称"), Entry::Text),
    ("spend", words("spent at least", "累计消费满"), Entry::Money),
    ("years", words("years at least", "合作年限满"), Entry::Whole),
    ("least", words("points at least", "积分满"), Entry::Whole),
    ("points", words("points per 100", "每消费 100 积分"), Entry::Whole),
    ("per_order", words("points per order", "每单积分"), Entry::Whole),
    ("benefits", words("benefits", "会员权益"), Entry::Text),
    ("persons_only", words("persons only", "仅限个人客户"), Entry::Flag),
];

/// The fields asked of a record; none of a kind that has no form.
pub fn fields_of(record: &Record) -> &'static [Asked] {
    match record {
        Record::Customer(_) => &CUSTOMER,
        Record::Contact(_) => CONTACT,
        Record::FollowUp(_) => FOLLOW_UP,
        Record::NextStep(_) => NEXT_STEP,
        Record::Feedback(feedback) if feedback.kind == Some(FeedbackKind::Complaint) => COMPLAINT,
        Record::Feedback(_) => OPINION,
        Record::Order(_) => ORDER,
        Record::Deal(_) => DEAL,
        Record::Template(_) => TEMPLATE,
        Record::Rhythm(_) => RHYTHM,
        Record::PotentialWeights(_) => POTENTIAL,
        Record::Review(_) => REVIEW,
        Record::Stage(_) => STAGE,
        Record::Advice(_) => ADVICE,
        Record::Membership(_) => MEMBERSHIP,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::fields_of;
    use crate::domain::choice::FeedbackKind;
    use crate::domain::feedback::Feedback;
    use crate::domain::id::Id;
    use crate::domain::record::{Kind, Record};

    #[test]
    fn every_field_asked_for_is_a_field_of_its_record() {
        let complaint = Feedback { kind: Some(FeedbackKind::Complaint), ..Feedback::default() };
        let all = Kind::ALL.iter().map(|kind| Record::empty(*kind, Id::BOOK));
        for record in all.chain([complaint.into()]) {
            for (name, ..) in fields_of(&record) {
                let known = record.kind().fields().iter().any(|(_, field)| field == name);
                assert!(known, "{:?} has no field {name}", record.kind());
            }
        }
    }
}
