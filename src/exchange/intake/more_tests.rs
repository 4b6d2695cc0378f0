//! Logs of stages, sheets of other programs, and products that are nearly known.

use super::{Intake, Lists, Options, read};
use crate::domain::deal::Deal;
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::exchange::opening::{Opening, open_reader};
use crate::exchange::reason::Reason;
use crate::exchange::split::Table;

/// Reads files as the program opens them.
pub(super) fn take(files: &[&str], options: &Options) -> Intake {
    let open = |text: &&str| open_reader("x", text.as_bytes(), &Opening::default()).unwrap();
    let tables: Vec<Box<dyn Table>> = files.iter().flat_map(open).collect();
    let tables: Vec<&dyn Table> = tables.iter().map(AsRef::as_ref).collect();
    let stage = |word: &str| (word == "意向").then(|| "interested".to_owned());
    read(&tables, options, &Lists { item: &|_, _| None, stage: &stage }, &mut |_| true).unwrap()
}

fn records(intake: &Intake, kind: Kind) -> Vec<Record> {
    let made = |incoming: super::Incoming| {
        let mut record = Record::empty(kind, Id::BOOK);
        incoming.fields.into_iter().for_each(|(number, value)| assert!(record.set(number, value)));
        record
    };
    intake.incoming.of(kind).map(made).collect()
}

fn deals(intake: &Intake) -> Vec<Deal> {
    let deal = |record| if let Record::Deal(deal) = record { deal } else { panic!() };
    records(intake, Kind::Deal).into_iter().map(deal).collect()
}

fn orders(intake: &Intake) -> Vec<(String, usize, String)> {
    let told = |record| match record {
        Record::Order(order) => (order.number.clone(), order.lines.len(), order.amount().to_string()),
        other => panic!("{other:?}"),
    };
    records(intake, Kind::Order).into_iter().map(told).collect()
}

#[test]
fn a_log_of_stages_makes_deals_with_their_history() {
    let text =
        "deal,stage,at\n泵站,意向,2026-03-01\n管网,意向,2026-02-01\n泵站,won,2026-05-01 10:00\n泵站,线索,2026-01-01\n";
    let intake = take(&[text], &Options::default());
    assert_eq!(intake.problems, []);
    let found = deals(&intake);
    let [first, second] = found.as_slice() else { panic!("{found:?}") };
    let steps: Vec<_> = first.moves.iter().map(|step| step.stage.as_str()).collect();
    assert_eq!((first.title.as_str(), first.stage.as_str(), steps), ("泵站", "won", vec!["线索", "interested", "won"]));
    assert_eq!((second.moves.len(), second.stage.as_str()), (1, "interested"));
}

#[test]
fn a_sheet_that_leaves_an_orders_head_out_below_its_first_line_is_put_together() {
    let text = "销售出库序时簿,,,,\n单据编号,日期,购货单位,产品名称,金额\nA1,2023-05-08,甲,泵,100\n,,,阀,50\nA2,2023-05-09,乙,泵,7\n合计,,,,157\n";
    let intake = take(&[text], &Options::default());
    assert_eq!(orders(&intake), [("A1".into(), 2, "150.00".into()), ("A2".into(), 1, "7.00".into())]);
    assert_eq!((intake.problems.len(), intake.files[0].passed), (0, 1));
}

#[test]
fn a_header_of_two_rows_is_read_by_its_lower() {
    let text = "客户名称,联系方式,\n客户名称,电话,邮箱\n甲,138,a@b.cn\n";
    let intake = take(&[text], &Options::default());
    assert_eq!((intake.incoming.len(), intake.files[0].header_line), (1, 2));
}

#[test]
fn errors_of_a_spreadsheet_are_left_empty_and_said() {
    let intake = take(&["名称,总金额,备注\n甲,#REF!,#N/A\n"], &Options::default());
    let reasons: Vec<_> = intake.problems.iter().map(|problem| problem.reason.clone()).collect();
    assert_eq!(reasons, [Reason::ErrorCell, Reason::ErrorCell]);
}

#[test]
fn a_product_nearly_known_is_said_once_and_an_alias_is_read_as_the_product() {
    let options = Options { products: vec![("MG Special".into(), vec!["特供".into()])], ..Options::default() };
    let products = "product,series,sales_price\nGTX Pro,GTX,4821\n";
    let pipeline = "opportunity_id,product,account,deal_stage,close_value\n1,GTXPro,甲,Won,5\n2,GTXPro,乙,Won,6\n3,特供,乙,Won,7\n";
    let intake = take(&[products, pipeline], &options);
    let said: Vec<_> = intake.notes.iter().filter(|note| matches!(note.reason, Reason::NearProduct(_))).collect();
    assert_eq!(said.iter().map(|note| (note.line, note.value.as_str())).collect::<Vec<_>>(), [(2, "GTXPro")]);
    let names: Vec<_> = deals(&intake).into_iter().flat_map(|deal| deal.products).collect();
    assert_eq!(names, ["GTXPro", "GTXPro", "MG Special"]);
    let order = "订单号,日期,客户名称,产品,金额\n1,2023-01-01,甲,GTXPro,5\n2,2023-01-02,甲,特供,6\n";
    let intake = take(&[products, order], &options);
    assert!(intake.notes.iter().any(|note| note.reason == Reason::NearProduct("GTX Pro".into())));
    let Some(Record::Order(second)) = records(&intake, Kind::Order).pop() else { panic!() };
    assert_eq!(second.lines[0].product, "MG Special");
}
