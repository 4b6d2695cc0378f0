//! What a field is, and the table of every field there is.

use crate::domain::choice::ListKind;
use crate::domain::record::Kind;
use crate::query::closed_list::ClosedList;
use crate::text::{Words, words};

/// What rows a field belongs to: a kind of record, or the lines inside an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Rows of this kind.
    Of(Kind),
    /// Lines of orders.
    OrderLine,
    /// What is gathered of a customer from its contacts and orders: asked for, and never brought by a file.
    Gathered,
}

/// What a field holds, and so how it is read, shown and compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldType {
    /// Text.
    Text,
    /// A word of a standard list.
    List(ListKind),
    /// A word of a closed list: the domain's own names for its choices.
    Choice(ClosedList),
    /// Several words.
    Texts,
    /// A whole number.
    Whole,
    /// A number with up to three decimals.
    Quantity,
    /// An amount.
    Money,
    /// A unit price, to a ten-thousandth.
    Price,
    /// A share.
    Rate,
    /// A score.
    Score,
    /// A day.
    Day,
    /// A moment.
    Moment,
    /// Yes or no.
    Flag,
    /// A stage of the funnel.
    Stage,
    /// Another record, by its code or name.
    Link(Kind),
}

impl FieldType {
    /// Whether the field stands at the right of its column.
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            FieldType::Whole
                | FieldType::Quantity
                | FieldType::Money
                | FieldType::Price
                | FieldType::Rate
                | FieldType::Score
        )
    }
}

/// One field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Whose field it is.
    pub topic: Topic,
    /// Name in JSON, on the command line and in filters: English snake case.
    pub name: &'static str,
    /// What it is called on the screen.
    pub words: Words,
    /// Other names it goes by in files and filters.
    pub aliases: &'static [&'static str],
    /// What it holds.
    pub holds: FieldType,
    /// The record's field that an import writes; `None` for what is computed only.
    pub stores: Option<&'static str>,
    /// Its column in the customer list, with the columns of the screen it likes to have.
    pub column: Option<(Column, u16)>,
    /// Its place in the form of its record, counted in tens so that another can stand between, and what it is called there;
    /// `None` where no form asks for it.
    pub asked: Option<(u8, Words)>,
}

const CUSTOMER: Topic = Topic::Of(Kind::Customer);
const CONTACT: Topic = Topic::Of(Kind::Contact);
const ORDER: Topic = Topic::Of(Kind::Order);
const LINE: Topic = Topic::OrderLine;
const GATHERED: Topic = Topic::Gathered;
const PRODUCT: Topic = Topic::Of(Kind::Product);
const OWNER: Topic = Topic::Of(Kind::Owner);
const FOLLOW_UP: Topic = Topic::Of(Kind::FollowUp);
const NEXT_STEP: Topic = Topic::Of(Kind::NextStep);
const DEAL: Topic = Topic::Of(Kind::Deal);
const FEEDBACK: Topic = Topic::Of(Kind::Feedback);
const COST: Topic = Topic::Of(Kind::Cost);
const TARGET: Topic = Topic::Of(Kind::Target);
const TEAM: Topic = Topic::Of(Kind::Team);
const STRATEGY: Topic = Topic::Of(Kind::Strategy);
const STAGE: Topic = Topic::Of(Kind::Stage);
const ITEM: Topic = Topic::Of(Kind::ListItem);

/// A field that is stored, and filled by a file.
const fn stored(
    topic: Topic,
    name: &'static str,
    en: &'static str,
    zh: &'static str,
    holds: FieldType,
    stores: &'static str,
    aliases: &'static [&'static str],
) -> Field {
    Field { topic, name, words: words(en, zh), aliases, holds, stores: Some(stores), column: None, asked: None }
}

/// A field that is worked out, and never filled by a file.
const fn computed(
    topic: Topic,
    name: &'static str,
    en: &'static str,
    zh: &'static str,
    holds: FieldType,
    aliases: &'static [&'static str],
) -> Field {
    Field { stores: None, ..stored(topic, name, en, zh, holds, "", aliases) }
}

impl Field {
    /// The field as a column of so many cells.
    const fn column(self, column: Column, width: u16) -> Field {
        Field { column: Some((column, width)), ..self }
    }

    /// The field as one that a form asks for, at this place.
    const fn asked(self, place: u8) -> Field {
        Field { asked: Some((place, self.words)), ..self }
    }

    /// The same, where the form calls it otherwise.
    const fn asked_as(self, place: u8, en: &'static str, zh: &'static str) -> Field {
        Field { asked: Some((place, words(en, zh))), ..self }
    }
}

/// The table and the columns of the customer list, of one line a field: `=> Column width` makes a column of it, and no other
/// place needs to know of it, except the one that says what a computed column shows.
macro_rules! fields {
    ($($field:expr $(=> $column:ident $width:literal)?;)+) => {
        /// A column of the customer list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the table beside says each one's words")]
        pub enum Column { $($($column,)?)+ }

        impl Column {
            /// Every column, in the order of the table.
            pub const ALL: &'static [Column] = &[$($(Column::$column,)?)+];
        }

        /// Every field there is.
        pub(super) static FIELDS: &[Field] = &[$($field$(.column(Column::$column, $width))?,)+];
    };
}

/// The place of every column's field in the table.
static PLACES: [usize; Column::ALL.len()] = {
    let mut places = [0; Column::ALL.len()];
    let (mut place, mut column) = (0, 0);
    while place < FIELDS.len() {
        if FIELDS[place].column.is_some() {
            places[column] = place;
            column += 1;
        }
        place += 1;
    }
    places
};

impl Column {
    /// The field it shows.
    pub const fn field(self) -> &'static Field {
        &FIELDS[PLACES[self as usize]]
    }
}

use ClosedList::{
    Activity, Attitude, Channel, ContactRole, CustomerKind, Direction, FeedbackKind, Gender, Level, LifeStage, Measure,
    Purpose, Route, StageRole, YesNo,
};
use FieldType::{
    Choice, Day, Flag, Link, List, Moment, Money, Price, Quantity, Rate, Score, Stage, Text, Texts, Whole,
};

#[rustfmt::skip]
fields! {
    stored(CUSTOMER, "code", "code", "编号", Text, "code", &["客户编号", "客户ID", "customer_id", "customer code", "client id", "account id", "会员号", "客户代码", "客户编码", "编码", "会员编号", "account number", "company id", "organization id"]).asked(30) => Code 11;
    stored(CUSTOMER, "name", "name", "名称", Text, "name", &["客户名称", "客户", "customer", "customer name", "company", "company name", "account", "account name", "client", "公司", "公司名称", "单位名称", "购货单位", "客户全称", "企业名称", "公司全称", "往来单位", "往来单位名称", "购买方", "购买方名称", "associated company", "organization", "organization name", "deal organization"]).asked(10) => Name 26;
    stored(CUSTOMER, "short_name", "short name", "简称", Text, "short_name", &["客户简称", "abbreviation"]).asked(20) => ShortName 12;
    stored(CUSTOMER, "industry", "industry", "行业", List(ListKind::Industry), "industry", &["所属行业", "sector", "客户行业", "一级行业", "行业类别", "行业分类"]).asked(70) => Industry 12;
    stored(CUSTOMER, "size", "size", "规模", List(ListKind::Size), "size", &["企业规模", "企业规模(营收)", "revenue band", "营收规模", "公司规模", "客户规模"]).asked(80) => Size 14;
    stored(CUSTOMER, "region", "region", "地域", List(ListKind::Region), "region", &["地区", "区域", "所在地区", "省市", "city", "城市", "province", "省份", "office location", "省", "市", "区县", "所在城市", "所属地区", "所在省份", "billing city", "billing state", "billing state/province", "state", "state/region"]).asked(90) => Region 14;
    stored(CUSTOMER, "source", "source", "来源", List(ListKind::Source), "source", &["来源渠道", "客户来源", "source channel", "lead source", "线索来源", "获客渠道", "account source", "original source"]).asked(100) => Source 10;
    stored(CUSTOMER, "owner", "owner", "负责人", Link(Kind::Owner), "owner", &["跟进人", "业务员", "销售", "销售员", "客户经理", "sales agent", "sales rep", "account manager", "salesperson", "客户负责人", "客户所有人", "所有人", "所属业务员", "所属销售", "专管业务员", "专管业务员名称", "分管业务员", "销售人员", "销售代表", "account owner", "company owner", "contact owner", "organization owner"]).asked(50) => Owner 10;
    stored(CUSTOMER, "life_stage", "life stage", "生命周期", Choice(LifeStage), "given_life_stage", &["生命周期阶段", "阶段", "lifecycle", "lifecycle stage"]) => LifeStage 8;
    stored(CUSTOMER, "first_purchase", "first order", "首次购买", Day, "given_first_purchase", &["首次购买日期", "首次交易日期", "首单日期", "first purchase", "first purchase date", "首次成交日期", "首次成交时间", "首次下单时间", "first order date"]) => FirstPurchase 10;
    stored(CUSTOMER, "last_purchase", "last order", "最近购买", Day, "given_last_purchase", &["最近购买日期", "最后购买日期", "最近交易日期", "last purchase", "last purchase date", "最近成交日期", "最近成交时间", "最近下单", "最近下单时间", "最近下单日期", "最后成交日期", "最后交易日期", "last order date"]) => LastPurchase 10;
    stored(CUSTOMER, "total_amount", "revenue", "总金额", Money, "given_total", &["总交易金额", "交易总额", "消费金额", "累计金额", "成交金额", "total", "total revenue", "total spent", "lifetime value", "累计成交金额", "累计消费金额", "累计交易金额", "累计销售额", "成交总额"]) => TotalAmount 10;
    stored(CUSTOMER, "order_value", "per order", "客单价", Money, "given_order_value", &["order value", "average order value", "aov", "平均订单金额"]) => OrderValue 9;
    stored(CUSTOMER, "orders", "orders", "频次", Whole, "given_orders", &["购买频次", "购买次数", "历史购买记录", "历史购买", "订单数", "frequency", "order count", "number of orders", "成交次数", "交易次数", "订单数量", "累计订单数"]) => Orders 6;
    stored(CUSTOMER, "repurchase_rate", "repeat", "复购率", Rate, "given_repurchase", &["repurchase", "repurchase rate", "repeat rate"]) => RepurchaseRate 7;
    stored(CUSTOMER, "satisfaction", "satisf.", "满意度", Score, "given_satisfaction", &["满意度评分", "satisfaction", "csat", "satisfaction score"]) => Satisfaction 7;
    stored(CUSTOMER, "tier", "tier", "价值等级", Text, "given_tier", &["客户价值等级", "客户等级", "等级", "分级", "客户分级", "grade", "level", "客户级别", "级别", "客户评级", "rating", "account rating"]) => Tier 16;
    computed(CUSTOMER, "segment", "segment", "分群", Text, &["客户分群"]) => Segment 14;
    stored(CUSTOMER, "conclusion", "advice", "结论", Text, "conclusion", &["核心结论与建议", "结论与建议", "建议", "conclusion", "recommendation"]).asked_as(190, "advice", "结论建议") => Conclusion 32;
    stored(CUSTOMER, "phone", "phone", "电话", Text, "phone", &["联系方式", "联系电话", "手机", "手机号", "telephone", "tel", "mobile", "phone number", "固定电话", "固话", "座机", "公司电话", "办公电话", "电话号码", "手机号码", "移动电话", "mobile phone", "mobile number", "mobile phone number", "cell phone", "main phone", "work phone", "business phone", "organization phone"]).asked(40) => Phone 18;
    stored(CUSTOMER, "profit", "profit", "利润", Money, "given_profit", &["利润贡献", "profit contribution", "毛利"]) => Profit 9;
    stored(CUSTOMER, "activity", "activity", "活跃度", Choice(Activity), "given_activity", &["活跃程度"]) => Activity 8;
    stored(CUSTOMER, "loyalty", "loyalty", "忠诚度", Choice(Level), "given_loyalty", &[]) => Loyalty 8;
    stored(CUSTOMER, "need", "need", "需求偏好", List(ListKind::Need), "need", &["需求和偏好", "需求", "偏好", "preference", "need preference"]).asked(110) => Need 14;
    stored(CUSTOMER, "next_contact", "next contact", "下次联系", Day, "next_contact", &["下次跟进", "下次联系日期", "下次跟进日期", "next follow-up", "follow up date", "下次跟进时间", "下次联系时间", "下次回访时间", "下次回访日期", "next activity", "next activity date"]).asked(60) => NextContact 12;
    computed(CUSTOMER, "last_contact", "last contact", "最近联系", Day, &["最近跟进", "最后跟进", "最近联系日期", "最近联系时间", "最后联系日期", "最后联系时间", "最近跟进日期", "最近跟进时间", "最后跟进日期", "最后跟进时间", "最新跟进时间", "最新活动记录时间", "last activity", "last activity date", "last contacted"]) => LastContact 12;
    stored(CUSTOMER, "stage", "stage", "阶段状态", Stage, "stage", &["销售阶段", "客户阶段", "sales stage", "funnel stage", "客户状态", "跟进状态", "跟进阶段"]) => Stage 10;
    stored(CUSTOMER, "tags", "tags", "标签", Texts, "tags", &["tag", "客户标签", "labels"]).asked(160) => Tags 14;
    stored(CUSTOMER, "address", "address", "地址", Text, "address", &["联系地址", "详细地址", "street", "通讯地址", "公司地址", "单位地址", "客户地址", "billing street", "billing address", "street address", "organization address"]).asked(180);
    stored(CUSTOMER, "email", "e-mail", "邮箱", Text, "email", &["电子邮箱", "邮件", "mail", "邮箱地址", "电子邮件", "email address", "公司邮箱"]).asked(170);
    stored(CUSTOMER, "parent", "parent group", "集团", Link(Kind::Customer), "parent", &["所属集团", "母公司", "上级单位", "parent", "parent company", "subsidiary of", "上级客户", "parent account"]);
    stored(CUSTOMER, "dealer", "dealer", "中间商", Link(Kind::Customer), "dealer", &["经销商", "代理商", "distributor"]);
    stored(CUSTOMER, "head_count", "employees", "人数", Whole, "head_count", &["员工人数", "head count", "employee count", "员工数", "公司人数", "number of employees"]).asked(140);
    stored(CUSTOMER, "founded", "founded", "成立年份", Whole, "founded", &["成立时间", "year established", "founded in", "year founded", "成立日期"]).asked(150);
    stored(CUSTOMER, "kind", "kind", "客户类型", Choice(CustomerKind), "kind", &["客户性质", "类型", "customer type"]).asked(130) => Kind 8;
    stored(CUSTOMER, "helpers", "helpers", "协作人", Text, "helpers", &["协助人"]);
    stored(CUSTOMER, "first_contact", "first contact", "首次接触", Day, "first_contact", &["首次接触日期", "首次联系", "first contact date", "创建日期", "创建时间", "建档日期", "建档时间", "发展日期", "登记日期", "录入日期", "create date", "created date"]);
    stored(CUSTOMER, "note", "note", "备注", Text, "note", &["说明", "notes", "remark", "remarks", "comment", "描述", "客户备注", "description", "comments"]).asked(200);
    stored(CUSTOMER, "price_sensitivity", "price sensitivity", "价格敏感度", Choice(Level), "price_sensitivity", &[]);
    stored(CUSTOMER, "acquisition_cost", "acquisition cost", "获客成本", Money, "acquisition_cost", &["cac"]);
    stored(CUSTOMER, "potential", "potential", "潜力", Score, "potential", &["潜力评分", "potential score"]) => Potential 7;
    computed(CUSTOMER, "churn_risk", "at risk", "流失风险", Choice(YesNo), &["churn risk", "流失预警", "churn warning"]) => ChurnRisk 8;
    computed(CUSTOMER, "years_of_cooperation", "years", "合作年限", Quantity, &["合作年数", "years of cooperation", "years with us"]) => YearsOfCooperation 8;
    computed(GATHERED, "product", "products", "产品", Texts, &["购买产品", "产品偏好", "买过", "product", "product bought"]) => Product 24;
    computed(GATHERED, "age", "age", "年龄", Whole, &[]) => Age 5;
    computed(GATHERED, "gender", "gender", "性别", Choice(Gender), &["sex"]) => Gender 6;
    stored(CUSTOMER, "own_life_stage", "own life stage", "手定生命周期", Choice(LifeStage), "life_stage", &[]).asked_as(120, "life stage", "生命周期");
    stored(CUSTOMER, "own_fields", "own fields", "自定义字段", Text, "custom", &["custom fields"]);
    stored(CUSTOMER, "given_from", "figures from", "数据来源", Text, "given_from", &[]);
    stored(CUSTOMER, "given_on", "figures as of", "数据日期", Day, "given_on", &[]);

    stored(CONTACT, "contact_name", "contact", "联系人", Text, "name", &["姓名", "联系人姓名", "contact name", "contact person", "full name", "name", "联络人", "客户联系人", "对接人", "contact full name", "person", "person name"]);
    stored(CONTACT, "contact_title", "job title", "职务", Text, "title", &["职位", "contact title", "position", "title", "联系人职务", "联系人职位", "职称"]);
    stored(CONTACT, "contact_phone", "contact phone", "联系人电话", Text, "phone", &["联系人手机", "contact mobile", "联系人手机号", "联系人手机号码", "联系人联系电话", "contact phone number", "person phone"]);
    stored(CONTACT, "contact_email", "contact e-mail", "联系人邮箱", Text, "email", &["contact email address", "联系人邮箱地址", "person email"]);
    stored(CONTACT, "contact_wechat", "WeChat", "微信", Text, "wechat", &["微信号", "contact wechat", "联系人微信", "wechat id"]);
    stored(CONTACT, "contact_role", "role", "角色", Choice(ContactRole), "role", &["决策角色", "contact role"]);
    stored(CONTACT, "contact_birthday", "birthday", "生日", Day, "birthday", &["出生日期", "birth date"]);
    stored(CONTACT, "contact_attitude", "attitude", "态度", Choice(Attitude), "attitude", &["contact attitude"]);
    stored(CONTACT, "contact_gender", "gender", "性别", Choice(Gender), "gender", &["sex"]);
    stored(CONTACT, "contact_age", "age", "年龄", Whole, "age", &[]);
    stored(CONTACT, "contact_reports_to", "reports to", "汇报对象", Link(Kind::Contact), "reports_to", &["上级联系人"]);
    stored(CONTACT, "contact_primary", "first to call", "主要联系人", Flag, "primary", &["首要联系人", "primary contact"]);
    stored(CONTACT, "contact_note", "contact note", "联系人备注", Text, "note", &[]);

    stored(ORDER, "number", "order number", "单号", Text, "number", &["订单号", "订单编号", "order id", "order no", "order", "单据编号", "invoice", "invoice no", "销售订单号", "销售单号", "单据号", "出库单号", "发票号", "发票号码", "invoice number"]);
    stored(ORDER, "date", "order date", "订单日期", Day, "date", &["日期", "下单日期", "date", "购买日期", "交易日期", "单据日期", "purchase date", "invoice date", "下单时间", "订单时间", "制单日期", "出库日期", "开票日期", "销售日期"]);
    stored(ORDER, "customer", "customer", "客户名称", Link(Kind::Customer), "customer", &["客户", "customer name", "company", "company name", "account", "购货单位", "公司名称", "客户全称", "往来单位", "往来单位名称", "购买方", "购买方名称", "organization"]);
    stored(ORDER, "customer_code", "customer code", "客户编号", Link(Kind::Customer), "customer", &["客户ID", "customer id", "客户代码", "account id", "client id", "客户编码"]);
    stored(ORDER, "channel", "channel", "渠道", Choice(Channel), "channel", &["下单渠道", "sales channel"]);
    stored(ORDER, "route", "sold by", "销售方式", Choice(Route), "route", &["直销分销"]);
    stored(ORDER, "promotion", "promotion", "促销", Text, "promotion", &["促销活动", "campaign"]);
    stored(ORDER, "returned", "returned", "退货", Flag, "returned", &["是否退货", "refunded"]);
    stored(ORDER, "due", "payment due", "到期日", Day, "due", &["账期", "应收日期", "due date", "回款日期", "应收到期日", "payment due date"]);
    stored(ORDER, "paid", "paid", "已回款", Money, "paid", &["回款", "回款金额", "paid amount", "已付金额", "已收金额", "实收金额", "已收款", "累计收款"]);
    stored(ORDER, "owner", "owner", "负责人", Link(Kind::Owner), "owner", &["业务员", "销售员", "销售", "跟进人", "sales agent", "salesperson", "employee", "employee id"]);
    stored(ORDER, "order_note", "note", "备注", Text, "note", &["订单备注", "remark", "remarks", "notes"]);

    stored(LINE, "product", "product", "产品", Text, "product", &["产品名称", "商品", "商品名称", "物料名称", "product name", "product id", "item", "存货名称", "货品名称", "品名", "物料", "item name"]);
    stored(LINE, "category", "category", "类别", Text, "category", &["产品类别", "产品分类", "product category", "品类", "存货分类", "物料分组", "商品分类", "商品类别"]);
    stored(LINE, "quantity", "quantity", "数量", Quantity, "quantity", &["qty", "units", "件数", "销售数量", "实发数量", "出库数量", "订单数量", "订货数量"]);
    stored(LINE, "unit_price", "unit price", "单价", Price, "unit_price", &["price", "sales price", "含税单价", "销售单价", "原币单价", "原币含税单价"]);
    stored(LINE, "discount", "discount", "折扣", Rate, "discount", &["折扣率"]);
    stored(LINE, "amount", "amount", "金额", Money, "amount", &["订单金额", "销售额", "交易金额", "总价", "total", "order amount", "sales", "revenue", "价税合计", "line total", "close value", "原币价税合计", "本币价税合计", "含税金额", "销售金额", "合计金额", "订单总额", "订单总金额", "应收金额"]);
    stored(LINE, "cost", "cost", "成本", Money, "cost", &["成本金额", "总成本", "cost amount"]);
    stored(LINE, "line_number", "line", "行号", Whole, "line_number", &["line number", "line no", "序号"]);

    stored(PRODUCT, "product_name", "product", "产品", Text, "name", &["产品名称", "商品名称", "product name", "name", "名称", "存货名称", "物料名称", "货品名称", "品名", "item name"]);
    stored(PRODUCT, "product_category", "category", "类别", Text, "category", &["产品类别", "series", "系列", "category id", "存货分类", "物料分组", "商品分类", "产品分类"]);
    stored(PRODUCT, "product_price", "list price", "单价", Money, "price", &["unit price", "sales price", "price", "价格", "参考售价", "标准售价", "销售价"]);
    stored(PRODUCT, "product_cost", "cost", "成本", Money, "cost", &["成本价", "参考成本"]);
    stored(PRODUCT, "product_unit", "unit", "单位", Text, "unit", &["quantity per unit", "计量单位", "主计量单位"]);
    stored(PRODUCT, "product_aliases", "other names", "别名", Texts, "aliases", &["aliases", "产品别名"]);
    stored(PRODUCT, "discontinued", "discontinued", "停售", Flag, "discontinued", &["已停售", "是否停售", "停产"]);

    stored(OWNER, "owner_name", "name", "姓名", Text, "name", &["负责人", "业务员", "sales agent", "owner"]);
    stored(OWNER, "owner_manager", "manager", "上级", Link(Kind::Owner), "manager", &["经理"]);
    stored(OWNER, "owner_office", "office", "办事处", Text, "office", &["区域", "regional office", "region"]);
    stored(OWNER, "owner_since", "since", "入职日期", Day, "active_since", &["hire date"]);
    stored(OWNER, "owner_until", "until", "离职日期", Day, "active_until", &["leaving date"]);
    stored(OWNER, "owner_phone", "phone", "电话", Text, "phone", &["手机", "mobile"]);
    stored(OWNER, "owner_email", "e-mail", "邮箱", Text, "email", &["电子邮箱", "mail"]);
    stored(OWNER, "owner_team", "team", "团队", Link(Kind::Team), "team", &["所属团队", "部门", "所属部门", "department"]);
    stored(OWNER, "owner_aliases", "other names", "别名", Texts, "aliases", &["aliases"]);

    stored(FOLLOW_UP, "follow_up_at", "when", "时间", Moment, "at", &["跟进时间", "日期", "跟进日期", "date", "time", "拜访时间", "拜访日期", "沟通时间", "联系时间", "联系日期", "activity date"]);
    stored(FOLLOW_UP, "way", "way", "方式", List(ListKind::Way), "way", &["跟进方式", "联系方式", "method", "type", "活动类型", "activity type"]);
    stored(FOLLOW_UP, "direction", "direction", "方向", Choice(Direction), "direction", &["呼叫方向"]);
    stored(FOLLOW_UP, "by", "by", "记录人", Text, "by", &["跟进人", "业务员", "负责人", "author", "owner", "sales agent", "跟进人员", "拜访人", "创建人", "created by", "assigned to"]);
    stored(FOLLOW_UP, "text", "what was said", "内容", Text, "text", &["跟进内容", "跟进记录", "沟通内容", "备注", "text", "content", "note", "notes", "summary", "沟通记录", "拜访内容", "拜访记录", "联系内容", "洽谈内容", "comments", "description"]);
    stored(FOLLOW_UP, "outcome", "outcome", "结果", List(ListKind::Outcome), "outcome", &["跟进结果", "result"]);
    stored(FOLLOW_UP, "follow_up_amount", "amount", "金额", Money, "amount", &["意向金额"]);
    stored(FOLLOW_UP, "follow_up_tags", "tags", "标签", Texts, "tags", &["tag"]);
    stored(FOLLOW_UP, "follow_up_contact", "contact", "联系人", Link(Kind::Contact), "contact", &["with", "contact name", "contact person"]);
    stored(FOLLOW_UP, "follow_up_deal", "about deal", "关联商机", Link(Kind::Deal), "deal", &[]);
    stored(FOLLOW_UP, "priority", "priority", "优先级", Whole, "priority", &[]);

    stored(NEXT_STEP, "what", "what", "事项", Text, "what", &["下一步", "待办", "next step", "task", "to do"]);
    stored(NEXT_STEP, "step_due", "due", "到期", Day, "due", &["截止", "截止日期", "到期日", "due date", "deadline date"]);
    stored(NEXT_STEP, "is_deadline", "is a deadline", "是否期限", Flag, "deadline", &[]);
    stored(NEXT_STEP, "step_owner", "owner", "负责人", Link(Kind::Owner), "owner", &["执行人", "assignee"]);
    stored(NEXT_STEP, "done_at", "done", "完成时间", Moment, "done_at", &["完成日期", "done at", "done date", "completed"]);
    stored(NEXT_STEP, "step_result", "what it changed", "成效", Text, "result", &[]);
    stored(NEXT_STEP, "step_by", "by", "记录人", Text, "by", &["author"]);

    stored(DEAL, "deal_number", "deal number", "商机编号", Text, "number", &["编号", "opportunity id", "deal id", "opportunity number", "机会编号", "record id"]);
    stored(DEAL, "title", "title", "商机名称", Text, "title", &["商机", "项目名称", "项目", "opportunity", "opportunity name", "deal", "deal name", "机会名称", "销售机会", "销售机会名称", "deal title"]);
    stored(DEAL, "deal_amount", "amount", "金额", Money, "amount", &["商机金额", "预计金额", "合同金额", "value", "deal value", "close value", "expected amount", "销售金额", "预计销售金额", "预计签约金额", "预估金额", "opportunity amount"]);
    stored(DEAL, "deal_owner", "owner", "负责人", Link(Kind::Owner), "owner", &["业务员", "销售", "销售员", "跟进人", "sales agent", "sales rep", "salesperson", "商机负责人", "商机所有人", "机会所有人", "deal owner", "opportunity owner"]);
    stored(DEAL, "deal_stage", "stage", "阶段", Stage, "stage", &["销售阶段", "商机阶段", "deal stage", "sales stage", "status", "状态", "当前阶段", "opportunity stage", "pipeline stage"]);
    stored(DEAL, "opened", "opened", "开始日期", Day, "opened", &["创建日期", "立项日期", "engage date", "open date", "created", "created date", "start date", "创建时间", "发现日期", "create date", "deal created", "deal deal created"]);
    stored(DEAL, "expected_close", "expected close", "预计成交", Day, "expected_close", &["预计成交日期", "预计签单日期", "expected close date", "预计成交时间", "预计签约日期", "预计结单日期", "结单日期", "deal expected close date"]);
    stored(DEAL, "closed", "closed", "成交日期", Day, "closed", &["结束日期", "签单日期", "close date", "closed date", "赢单日期", "赢单时间", "签约日期", "won time", "deal won time", "deal lost time"]);
    stored(DEAL, "lost_reason", "lost reason", "输单原因", List(ListKind::LostReason), "lost_reason", &["丢单原因", "loss reason", "输单理由", "closed lost reason", "deal lost reason"]);
    stored(DEAL, "competitor", "competitor", "竞品", Text, "competitor", &["竞争对手", "competitors"]);
    stored(DEAL, "products", "products", "产品", Texts, "products", &["意向产品", "product", "product name"]);
    stored(DEAL, "deal_contacts", "contacts", "商机联系人", Link(Kind::Contact), "contacts", &["关联联系人", "associated contacts", "associated contact", "deal contacts"]);
    stored(DEAL, "probability", "probability", "赢率", Rate, "probability", &["成交概率", "概率", "win probability", "赢单率", "成交可能性", "deal probability"]);
    stored(DEAL, "deal_note", "note", "备注", Text, "note", &["notes", "remark", "remarks", "商机描述", "description"]);
    stored(DEAL, "reason_note", "more on the reason", "原因说明", Text, "reason_note", &["输单说明"]);
    stored(DEAL, "parked_until", "parked until", "搁置至", Day, "parked_until", &[]);
    stored(DEAL, "stage_log", "stage log", "阶段记录", Text, "moves", &["stage history", "moves"]);
    stored(DEAL, "stage_at", "stage entered", "进入时间", Moment, "moves", &["at", "entered", "entered at", "进入日期", "阶段时间", "变更时间", "moved at"]);
    stored(DEAL, "stage_by", "moved by", "变更人", Text, "moves", &["操作人"]);

    stored(FEEDBACK, "feedback_at", "when", "时间", Moment, "at", &["日期", "反馈时间", "反馈日期", "投诉时间", "date", "time"]);
    stored(FEEDBACK, "feedback_kind", "kind", "反馈类型", Choice(FeedbackKind), "kind", &["类型", "feedback type", "type"]);
    stored(FEEDBACK, "feedback_score", "score", "评分", Score, "score", &["分数", "nps", "rating"]);
    stored(FEEDBACK, "feedback_text", "what was said", "反馈内容", Text, "text", &["内容", "投诉内容", "意见", "text", "comment", "feedback"]);
    stored(FEEDBACK, "topic", "topic", "主题", Text, "topic", &["投诉类别", "问题类别", "活动名称", "category"]);
    stored(FEEDBACK, "feedback_grade", "grade", "级别", Choice(Level), "grade", &["投诉级别", "severity"]);
    stored(FEEDBACK, "resolved_at", "resolved", "解决时间", Moment, "resolved_at", &["处理完成时间", "resolved at", "resolved date"]);
    stored(FEEDBACK, "resolution", "resolution", "处理结果", Text, "resolution", &["处理办法"]);
    stored(FEEDBACK, "feedback_by", "by", "记录人", Text, "by", &["author"]);
    stored(FEEDBACK, "feedback_contact", "contact", "联系人", Link(Kind::Contact), "contact", &["contact name", "contact person"]);
    stored(FEEDBACK, "assigned", "assigned to", "处理人", Link(Kind::Owner), "assigned", &["责任人"]);
    stored(FEEDBACK, "assigned_at", "assigned on", "分派时间", Moment, "assigned_at", &["assigned at", "分派日期"]);
    stored(FEEDBACK, "answered_at", "first answer", "首次响应", Moment, "answered_at", &["answered at", "响应时间", "首次响应时间"]);
    stored(FEEDBACK, "promised", "promised by", "承诺时间", Moment, "promised", &["承诺日期", "promised"]);

    stored(COST, "cost_amount", "amount", "费用金额", Money, "amount", &["金额", "费用", "成本", "cost", "spend"]);
    stored(COST, "cost_source", "source", "来源渠道", List(ListKind::Source), "source", &["渠道", "source channel", "channel"]);
    stored(COST, "purpose", "purpose", "用途", Choice(Purpose), "purpose", &["费用类型", "费用类别", "cost type"]);
    stored(COST, "cost_from", "from", "开始日期", Day, "from", &["日期", "起始日期", "date", "from date", "start date"]);
    stored(COST, "cost_to", "to", "结束日期", Day, "to", &["截止日期", "to date", "end date"]);
    stored(COST, "cost_note", "note", "备注", Text, "note", &["说明", "notes", "remark", "remarks"]);

    stored(TARGET, "target_owner", "owner", "负责人", Link(Kind::Owner), "owner", &["业务员", "销售员", "sales agent", "salesperson"]);
    stored(TARGET, "target_team", "team", "团队", Link(Kind::Team), "team", &["部门"]);
    stored(TARGET, "measure", "measure", "指标", Choice(Measure), "measure", &["考核指标", "metric", "kpi"]);
    stored(TARGET, "target_amount", "amount", "目标金额", Money, "amount", &["目标", "销售目标", "target", "quota"]);
    stored(TARGET, "target_from", "from", "开始日期", Day, "from", &["起始日期", "start date", "from date"]);
    stored(TARGET, "target_to", "to", "结束日期", Day, "to", &["截止日期", "end date", "to date"]);
    stored(TARGET, "target_group", "which customers", "客户范围", Text, "group", &["customer group"]);
    stored(TARGET, "target_count", "target count", "目标数量", Whole, "count", &["count", "目标数"]);
    stored(TARGET, "target_rate", "target share", "目标比率", Rate, "rate", &["目标率"]);
    stored(TARGET, "target_score", "target score", "目标评分", Score, "score", &["目标分"]);

    stored(TEAM, "team_name", "team", "团队", Text, "name", &["团队名称", "team name", "部门名称"]);
    stored(TEAM, "team_manager", "manager", "团队负责人", Link(Kind::Owner), "manager", &["负责人", "经理", "team manager"]);
    stored(TEAM, "team_office", "office", "办事处", Text, "office", &["区域", "regional office", "region"]);

    stored(STRATEGY, "strategy_title", "strategy", "策略", Text, "title", &["策略名称", "strategy title"]);
    stored(STRATEGY, "strategy_group", "which customers", "客户范围", Text, "group", &["customer group"]);
    stored(STRATEGY, "strategy_measure", "measure", "指标", Choice(Measure), "measure", &["考核指标", "metric", "kpi"]);
    stored(STRATEGY, "strategy_text", "what is done", "做法", Text, "text", &["措施", "策略内容"]);
    stored(STRATEGY, "strategy_from", "from", "开始日期", Day, "from", &["起始日期", "start date", "from date"]);
    stored(STRATEGY, "review_on", "review on", "复盘日期", Day, "review_on", &["评估日期", "review date"]);
    stored(STRATEGY, "review", "review", "复盘结论", Text, "review", &["评估结果"]);
    stored(STRATEGY, "strategy_owner", "owner", "负责人", Link(Kind::Owner), "owner", &["执行人", "salesperson"]);

    stored(STAGE, "stage_key", "stage key", "阶段键", Text, "key", &[]);
    stored(STAGE, "stage_zh", "in Chinese", "中文名", Text, "zh", &[]);
    stored(STAGE, "stage_en", "in English", "英文名", Text, "en", &[]);
    stored(STAGE, "stage_role", "meaning", "含义", Choice(StageRole), "role", &[]);
    stored(STAGE, "stage_probability", "probability", "赢率", Rate, "probability", &[]);
    stored(STAGE, "stage_position", "place", "次序", Whole, "position", &[]);
    stored(STAGE, "stage_aliases", "other names", "别名", Texts, "aliases", &["aliases"]);
    stored(STAGE, "stage_hidden", "hidden", "已停用", Flag, "hidden", &[]);

    stored(ITEM, "item_list", "list", "列表", Choice(ClosedList::ListKind), "list", &[]);
    stored(ITEM, "item_key", "item key", "选项键", Text, "key", &[]);
    stored(ITEM, "item_zh", "in Chinese", "中文名", Text, "zh", &[]);
    stored(ITEM, "item_en", "in English", "英文名", Text, "en", &[]);
    stored(ITEM, "item_position", "place", "次序", Whole, "position", &[]);
    stored(ITEM, "item_aliases", "other names", "别名", Texts, "aliases", &["aliases"]);
    stored(ITEM, "item_days", "days", "天数", Whole, "days", &[]);
    stored(ITEM, "item_can_return", "can return", "可挽回", Flag, "can_return", &[]);
    stored(ITEM, "item_hidden", "hidden", "已停用", Flag, "hidden", &[]);
}
