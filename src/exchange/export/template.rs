//! The ready tables of the templates: S0, the analysis of customers, and S4, their tiers.

use crate::book::row::Row;
use crate::domain::customer::Customer;
use crate::domain::record::Record;
use crate::exchange::export::cell::OutCell;
use crate::exchange::export::mask;
use crate::exchange::export::record::{Describing, out_of};
use crate::exchange::export::{OutError, Sheet, Subject};
use crate::query::field::Column;
use crate::store::dossier::Dossier;
use crate::store::error::StoreError;
use crate::text::{Language, Words, words};

/// How a column's figure is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Plain,
    TenThousands,
    Percent,
    /// Orders in the twelve months before.
    Frequency,
    /// Satisfied, neutral or dissatisfied.
    Satisfaction,
}

type Place = (&'static str, Column, Words, Written);

const S0: &[Place] = &[
    ("code", Column::Code, words("customer code", "客户ID"), Written::Plain),
    ("name", Column::Name, words("name", "客户名称"), Written::Plain),
    ("industry", Column::Industry, words("industry", "所属行业"), Written::Plain),
    ("size", Column::Size, words("size", "企业规模(营收)"), Written::Plain),
    ("life_stage", Column::LifeStage, words("life stage", "生命周期阶段"), Written::Plain),
    ("first_purchase", Column::FirstPurchase, words("first order", "首次购买日期"), Written::Plain),
    ("last_purchase", Column::LastPurchase, words("last order", "最近购买日期"), Written::Plain),
    ("total_amount", Column::TotalAmount, words("revenue (万元)", "总交易金额(万元)"), Written::TenThousands),
    ("order_value", Column::OrderValue, words("per order (万元)", "客单价(万元)"), Written::TenThousands),
    ("orders", Column::Orders, words("orders", "购买频次(次)"), Written::Plain),
    ("repurchase_rate", Column::RepurchaseRate, words("repeat (%)", "复购率(%)"), Written::Percent),
    ("satisfaction", Column::Satisfaction, words("satisfaction (points)", "满意度评分(分)"), Written::Plain),
    ("owner", Column::Owner, words("owner", "跟进人"), Written::Plain),
    ("tier", Column::Tier, words("tier", "客户价值等级"), Written::Plain),
    ("conclusion", Column::Conclusion, words("advice", "核心结论与建议"), Written::Plain),
];

const S4: &[Place] = &[
    ("name", Column::Name, words("name", "客户名称"), Written::Plain),
    ("phone", Column::Phone, words("phone", "联系方式"), Written::Plain),
    ("industry", Column::Industry, words("industry", "所属行业"), Written::Plain),
    ("orders", Column::Orders, words("orders", "历史购买记录"), Written::Plain),
    ("total_amount", Column::TotalAmount, words("revenue", "消费金额"), Written::Plain),
    ("profit", Column::Profit, words("profit", "利润贡献"), Written::Plain),
    ("purchase_frequency", Column::Orders, words("purchase frequency", "购买频率"), Written::Frequency),
    ("activity", Column::Activity, words("activity", "活跃度"), Written::Plain),
    ("loyalty", Column::Loyalty, words("loyalty", "忠诚度"), Written::Plain),
    ("need", Column::Need, words("need", "需求和偏好"), Written::Plain),
    ("satisfaction", Column::Satisfaction, words("satisfaction", "满意度"), Written::Satisfaction),
    ("tier", Column::Tier, words("tier", "分级"), Written::Plain),
];

const fn places(subject: Subject) -> &'static [Place] {
    match subject {
        Subject::S4 => S4,
        _ => S0,
    }
}

/// The names of the columns in JSON.
pub fn names(subject: Subject) -> Vec<&'static str> {
    places(subject).iter().map(|(name, ..)| *name).collect()
}

/// Writes the table.
pub fn write(
    subject: Subject,
    source: impl Iterator<Item = Result<Dossier, StoreError>>,
    describing: &Describing,
    sheet: &mut dyn Sheet,
) -> Result<u64, OutError> {
    let headings: Vec<&str> =
        places(subject).iter().map(|(_, _, words, _)| words.say(describing.asked.language)).collect();
    sheet.head(&headings)?;
    let count = rows(subject, source, describing, &mut |cells| sheet.row(cells))?;
    sheet.end()?;
    Ok(count)
}

/// Shows each row to `see`.
pub fn rows(
    subject: Subject,
    source: impl Iterator<Item = Result<Dossier, StoreError>>,
    describing: &Describing,
    see: &mut dyn FnMut(&[OutCell]) -> Result<(), OutError>,
) -> Result<u64, OutError> {
    let mut count = 0;
    for dossier in source {
        let dossier = dossier?;
        let Some(customer) = dossier.customer() else { continue };
        let Some(row) = describing.book.row_of(customer.id) else { continue };
        let record = Record::Customer(customer);
        if describing.asked.keep.is_some_and(|keep| !keep(&record)) {
            continue;
        }
        let Record::Customer(customer) = &record else { continue };
        let cells: Vec<OutCell> =
            places(subject).iter().map(|place| cell(place, row, customer, &record, describing)).collect();
        see(&cells)?;
        count += 1;
    }
    Ok(count)
}

fn cell(place: &Place, row: &Row, customer: &Customer, record: &Record, describing: &Describing) -> OutCell {
    let (_, column, _, written) = *place;
    let (asked, language) = (describing.asked, describing.asked.language);
    let found = describing.book.cell(row, column, asked.as_of, language).cell;
    let found = out_of(found, |words| words.say(language).to_owned());
    let found = if asked.mask { mask::listed(column, describing.is_person(record), found) } else { found };
    match (written, column, found) {
        (Written::Frequency, _, _) => frequency(row, customer, describing),
        (Written::TenThousands, _, OutCell::Money(money)) => OutCell::TenThousands(money),
        (Written::Percent, _, OutCell::Rate(rate)) => OutCell::Percent(rate),
        (Written::Satisfaction, _, OutCell::Score(score)) => OutCell::text(satisfied(score.hundredths(), language)),
        // The row keeps but the beginning of it.
        (_, Column::Conclusion, _) => OutCell::text(mask::free(&customer.conclusion, asked.mask)),
        (_, _, found) => found,
    }
}

const fn satisfied(hundredths: i32, language: Language) -> &'static str {
    match hundredths {
        400.. => words("satisfied", "满意"),
        300.. => words("neutral", "中立"),
        _ => words("dissatisfied", "不满意"),
    }
    .say(language)
}

/// Orders in the twelve months up to the day; without any order, what a table said of it.
fn frequency(row: &Row, customer: &Customer, describing: &Describing) -> OutCell {
    let (as_of, language) = (describing.asked.as_of, describing.asked.language);
    let sums = row.purchases(as_of);
    if sums.orders == 0 {
        let own = customer.custom.iter().find(|(name, _)| name == "购买频率" || name == "purchase frequency");
        return own.map_or(OutCell::Empty, |(_, text)| OutCell::text(text.as_str()));
    }
    let from = as_of.plus_months(-12);
    let count = row.facts().iter().filter(|fact| !fact.returned && fact.day > from && fact.day <= as_of).count();
    OutCell::text(match language {
        Language::En => format!("{count} a year"),
        Language::Zh => format!("{count}次/年"),
    })
}
