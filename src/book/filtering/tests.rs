//! Which customers of a small book pass.

use crate::analysis::purchases::OrderFact;
use crate::book::Book;
use crate::book::facts::Facts;
use crate::book::row::{Heard, StoredRow};
use crate::book::standards::Standards;
use crate::domain::id::Id;
use crate::domain::measure::Score;
use crate::domain::money::Money;
use crate::domain::people::Owner;
use crate::domain::record::Record;
use crate::domain::time::{Day, Due};
use crate::query::field::Column;
use crate::query::filter::Filter;

fn today() -> Day {
    Day::from_ymd(2026, 11, 19).unwrap()
}

fn me() -> Id {
    Id::of_name("owner/王芳")
}

/// A row with orders so many days ago of so many units.
fn row<'a>(code: &'a str, name: &'a str, orders: &[(i32, i64)]) -> StoredRow<'a> {
    let fact = |(ago, units): &(i32, i64)| OrderFact {
        day: today().plus(-ago),
        amount: Money::from_units(*units),
        profit: None,
        returned: false,
    };
    let facts = Facts::pack(orders.iter().map(fact).collect());
    StoredRow {
        id: Id::of_name(code),
        code: code.into(),
        name: name.into(),
        facts: facts.into(),
        ..StoredRow::default()
    }
}

fn book() -> Book {
    let owner = Owner { id: me(), name: "王芳".to_owned(), ..Owner::default() };
    let shipped = Standards::shipped();
    let items = crate::domain::list::shipped_items().into_iter().map(Record::from);
    let stages = shipped.stages().to_vec().into_iter().map(Record::from);
    let mut book = Book::new(Standards::of(items.chain(stages).chain([Record::from(owner)])));
    let rows = [
        StoredRow {
            owner: Some(me()),
            heard: Some(Box::new(Heard {
                ratings: vec![(today().plus(-30), Score::from_hundredths(450))],
                ..Heard::default()
            })),
            tags: vec!["重点".into()],
            ..row("C1", "华东重工", &[(10, 300_000), (200, 100_000)])
        }
        .with(Column::Industry, "manufacturing")
        .with(Column::Stage, "negotiation"),
        StoredRow { next_contact: Some(Due::on(today().plus(-1))), ..row("C2", "Acme Trading", &[(400, 80_000)]) }
            .with(Column::Industry, "retail")
            .with(Column::Stage, "interested"),
        StoredRow { phone: "0571-8888 1234".into(), ..row("C3", "蜂农合作社", &[]) }.with(Column::Industry, "养蜂"),
        row("C4", "小店", &[(20, 500), (50, 700), (80, 900)]),
    ];
    for row in rows {
        book.put(row.id, Some(row));
    }
    book
}

/// The codes a filter lets through, in order.
fn passing(filter: &str) -> String {
    let filter = Filter::read(filter).unwrap();
    let book = book();
    let slots = book.filtered(&filter, today(), Some(me()));
    let mut codes: Vec<&str> =
        slots.iter().filter_map(|slot| book.row(*slot)).map(|row| row.text(crate::book::row::RowText::Code)).collect();
    codes.sort_unstable();
    codes.join(" ")
}

#[test]
fn a_listed_word_is_met_by_its_key_its_words_and_its_aliases_and_own_text_by_itself() {
    for filter in ["行业=制造业", "industry = Manufacturing", "行业=制造", "行业=manufacturing", "industry ~ manu"]
    {
        assert_eq!(passing(filter), "C1", "{filter}");
    }
    assert_eq!(passing("行业=养蜂"), "C3");
    assert_eq!(passing("行业=制造业,零售业"), "C1 C2");
    assert_eq!(passing("行业≠制造业"), "C2 C3 C4");
    assert_eq!(passing("行业为空"), "C4");
}

#[test]
fn a_region_is_met_by_its_city_its_province_and_the_part_of_the_country() {
    let mut book = book();
    let wuxi = row("C5", "无锡机械", &[]).with(Column::Region, "江苏省/无锡市");
    let chengdu = row("C6", "成都自动化", &[]).with(Column::Region, "四川 成都");
    let east = row("C7", "东部贸易", &[]).with(Column::Region, "east");
    for row in [wuxi, chengdu, east] {
        book.put(row.id, Some(row));
    }
    let count = |filter: &str| book.filtered(&Filter::read(filter).unwrap(), today(), None).len();
    assert_eq!((count("地域=江苏"), count("地域=江苏省"), count("地域=江苏省/无锡市")), (1, 1, 1));
    assert_eq!((count("地域=华东"), count("region = East China"), count("地域=西南")), (2, 2, 1));
    assert_eq!((count("地域=无锡"), count("地域=江"), count("地域=华北")), (1, 0, 0));
}

#[test]
fn amounts_counts_and_ranges_are_compared_exactly() {
    assert_eq!(passing("总金额>=40万"), "C1");
    assert_eq!(passing("总金额>40万"), "");
    assert_eq!(passing("客单价=8万..20万"), "C1 C2");
    assert_eq!(passing("频次=3"), "C4");
    assert_eq!(passing("满意度>4 且 总金额>10万"), "C1");
}

#[test]
fn what_is_unknown_fulfils_no_condition_and_every_negation() {
    assert_eq!(passing("满意度<5"), "C1");
    assert_eq!(passing("非 满意度<5"), "C2 C3 C4");
    assert_eq!(passing("满意度为空"), "C2 C3 C4");
}

#[test]
fn a_window_limits_the_orders_a_figure_is_made_of() {
    assert_eq!(passing("总金额(近90天)>1000"), "C1 C4");
    assert_eq!(passing("频次(近12月)=0"), "C2 C3");
    assert_eq!(passing("近12月"), "C1 C4");
    assert_eq!(passing("客单价(近90天)=300k"), "C1");
}

#[test]
fn a_share_is_of_all_that_have_the_figure_and_equal_ones_stay_together() {
    assert_eq!(passing("前1%"), "C1");
    assert_eq!(passing("前50%"), "C1 C2");
    assert_eq!(passing("前2名"), "C1 C2");
    assert_eq!(passing("后1名"), "C4");
    assert_eq!(passing("近90天金额前50%"), "C1");
    assert_eq!(passing("利润前20%"), "");
}

#[test]
fn days_are_met_by_periods_and_by_sides() {
    assert_eq!(passing("最近购买 近30天"), "C1 C4");
    assert_eq!(passing("最近购买 早于 90天前"), "C2");
    assert_eq!(passing("下次联系<今天"), "C2");
    assert_eq!(passing("下次联系为空"), "C1 C3 C4");
}

#[test]
fn whoever_asks_meets_their_own_customers() {
    assert_eq!(passing("负责人=我"), "C1");
    assert_eq!(passing("owner = 王芳"), "C1");
    assert_eq!(passing("负责人为空"), "C2 C3 C4");
    assert_eq!(passing("负责人≠我"), "C2 C3 C4");
    assert_eq!(passing("负责人=张三"), "");
}

#[test]
fn stages_stand_in_the_order_of_the_funnel() {
    assert_eq!(passing("阶段状态>=方案报价"), "C1");
    assert_eq!(passing("阶段状态=意向,谈判"), "C1 C2");
}

#[test]
fn texts_tags_and_phones_are_met_without_case_and_signs() {
    assert_eq!(passing("名称包含acme"), "C2");
    assert_eq!(passing("name starts 华东"), "C1");
    assert_eq!(passing("电话~88881234"), "C3");
    assert_eq!(passing("#重点"), "C1");
    assert_eq!(passing("标签为空"), "C2 C3 C4");
    assert_eq!(passing("生命周期=潜在期"), "C3");
}
