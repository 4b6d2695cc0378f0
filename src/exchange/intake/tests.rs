//! Files small enough to be read beside what is expected of them.

use super::{Incoming, Intake, IntakeError, Lists, Options, Problem, read};
use crate::domain::choice::ListKind;
use crate::domain::id::Id;
use crate::domain::money::{Exact, Money};
use crate::domain::order::OrderLine;
use crate::domain::record::{Kind, Record};
use crate::domain::time::Day;
use crate::exchange::encoding::Charset;
use crate::exchange::header::Unit;
use crate::exchange::reason::Reason;
use crate::exchange::split::{CsvFile, Table};
use proptest::prelude::*;

fn take(files: &[&str], options: &Options) -> Result<Intake, IntakeError> {
    let item = |list, word: &str| (list == ListKind::Industry && word == "制造业").then(|| "manufacturing".to_owned());
    let lists = Lists { item: &item, stage: &|word| (word == "意向").then(|| "interested".to_owned()) };
    let open: Vec<CsvFile> = files
        .iter()
        .enumerate()
        .map(|(at, text)| CsvFile::from_reader(&format!("{at}.csv"), text.as_bytes(), Charset::Auto).unwrap())
        .collect();
    let tables: Vec<&dyn Table> = open.iter().map(|file| file as &dyn Table).collect();
    read(&tables, options, &lists, &mut |_| true)
}

fn plain(files: &[&str]) -> Intake {
    take(files, &Options::default()).unwrap()
}

/// The incoming as the record it would make; fails where a field cannot hold its value.
fn record(incoming: &Incoming) -> Record {
    let mut record = Record::empty(incoming.kind, Id::BOOK);
    for (number, value) in &incoming.fields {
        assert!(record.set(*number, value.clone()), "{:?} {number} {value:?}", incoming.kind);
    }
    record
}

fn records(intake: &Intake, kind: Kind) -> Vec<Record> {
    intake.incoming.of(kind).map(|incoming| record(&incoming)).collect()
}

fn all(intake: &Intake) -> Vec<Incoming> {
    intake.incoming.iter().collect()
}

/// Line, column, value, reason and whether the row was kept.
fn told(problems: &[Problem]) -> Vec<(u32, &str, &str, Reason, bool)> {
    let tell = |problem| {
        let Problem { line, column, value, reason, kept, .. }: &Problem = problem;
        (*line, column.as_str(), value.as_str(), reason.clone(), *kept)
    };
    problems.iter().map(tell).collect()
}

fn amounts(intake: &Intake) -> Vec<(String, String)> {
    let amount = |record: &Record| match record {
        Record::Order(order) => (order.number.clone(), order.amount().to_string()),
        other => panic!("{other:?}"),
    };
    records(intake, Kind::Order).iter().map(amount).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect()
}

#[test]
fn a_table_of_figures_becomes_given_figures_marked_with_their_source() {
    let text = "客户ID,客户名称,所属行业,生命周期阶段,首次购买日期,总交易金额(万元),购买频次(次),复购率(%),满意度评分(分),跟进人,客户价值等级\n\
                C1,甲公司,制造业,成长期,2023-03-15,120,6,50,4.2,王经理,高价值\n";
    let today = Day::from_ymd(2026, 11, 21);
    let intake = take(&[text], &Options { today, ..Options::default() }).unwrap();
    assert_eq!((told(&intake.problems), told(&intake.notes)), (vec![], vec![]));
    let found = records(&intake, Kind::Customer);
    let [Record::Customer(customer)] = found.as_slice() else { panic!() };
    assert_eq!((customer.code.as_str(), customer.name.as_str()), ("C1", "甲公司"));
    assert_eq!(customer.industry, "manufacturing");
    assert_eq!(customer.given_total, Some(Money::from_units(1_200_000)));
    assert_eq!(customer.given_orders, Some(6));
    assert_eq!(customer.given_repurchase.map(|rate| rate.basis_points()), Some(5_000));
    assert_eq!(customer.given_satisfaction.map(|score| score.hundredths()), Some(420));
    assert_eq!((customer.given_from.as_str(), customer.given_on), ("0.csv", today));
    let owner = &all(&intake)[0].links[0];
    assert_eq!((owner.0, owner.1.name.as_str()), (15, "王经理"));
}

#[test]
fn words_for_satisfaction_become_points_and_unknown_columns_own_fields() {
    let intake = plain(&[
        "客户名称,联系方式,历史购买记录,消费金额,购买频率,满意度\n甲,12345678,10次,10000元,高,满意\n乙,87654321,2次,1万,低,不满意\n",
    ]);
    let customers = records(&intake, Kind::Customer);
    let [Record::Customer(first), Record::Customer(second)] = customers.as_slice() else { panic!() };
    assert_eq!((first.given_orders, first.given_total), (Some(10), Some(Money::from_units(10_000))));
    assert_eq!(first.given_satisfaction.map(|score| score.hundredths()), Some(400));
    assert_eq!(second.given_satisfaction.map(|score| score.hundredths()), Some(200));
    assert_eq!(first.custom, pairs(&[("购买频率", "高")]));
    assert_eq!(
        told(&intake.notes),
        [(1, "购买频率", "购买频率", Reason::KeptAsOwn, true), (2, "满意度", "满意", Reason::WordsAsPoints, true)]
    );
}

#[test]
fn a_bad_cell_is_left_empty_and_a_nameless_row_refused_each_with_its_place() {
    let intake = plain(&[
        "名称,电话,首次接触,总金额\n甲,1.38E+10,2023-13-40,200万\n,138,2023/5/8,abc\n\"多行\n名称\",,,\n乙,138,45123,-500,多余\n丙\n",
    ]);
    assert_eq!(
        told(&intake.problems),
        [
            (2, "电话", "1.38E+10", Reason::ExcelNumber, true),
            (2, "首次接触", "2023-13-40", Reason::NoSuchDay, true),
            (3, "总金额", "abc", Reason::NotAnAmount, false),
            (3, "", "138, 2023/5/8, abc", Reason::Nameless, false),
            (6, "", "多余", Reason::LongRow(1), true),
            (7, "", "丙", Reason::ShortRow(3), true),
        ]
    );
    assert_eq!(intake.files[0].rows, 5);
    assert_eq!(intake.incoming.iter().map(|incoming| incoming.line).collect::<Vec<_>>(), [2, 4, 6, 7]);
}

const ORDERS: &str =
    "OrderID,CustomerID,EmployeeID,OrderDate\n1,ACME,5,1996-07-04 00:00:00.000\n2,BETA,6,1996-07-05 00:00:00.000\n";
const LINES: &str =
    "OrderID,ProductID,UnitPrice,Quantity,Discount\n1,11,14.0,12,0.0\n1,42,9.8,10,0.05\n2,11,0.015,1,0.0\n9,11,1,1,0\n";
const PRODUCTS: &str = "ProductID,ProductName,CategoryID,UnitPrice\n11,Cheese,4,21\n42,Noodles,5,14\n";
const CATEGORIES: &str = "CategoryID,CategoryName,Description\n4,Dairy,x\n5,Grain,y\n";
const CUSTOMERS: &str =
    "CustomerID,CompanyName,ContactName,ContactTitle,City,Region\nACME,Acme Ltd,Ann,Owner,Seattle,WA\n";
const EMPLOYEES: &str = "EmployeeID,LastName,FirstName,HireDate\n5,Buchanan,Steven,1993-10-17\n";

#[test]
fn orders_their_lines_and_the_names_behind_their_ids_are_joined() {
    let intake = plain(&[ORDERS, LINES, PRODUCTS, CATEGORIES, CUSTOMERS, EMPLOYEES]);
    assert_eq!(amounts(&intake), pairs(&[("1", "261.10"), ("2", "0.02")]));
    let found = records(&intake, Kind::Order);
    let [Record::Order(order), _] = found.as_slice() else { panic!() };
    let lines: Vec<_> =
        order.lines.iter().map(|line| (line.product.as_str(), line.category.as_str(), line.quantity)).collect();
    assert_eq!(lines, [("Cheese", "Dairy", 12_000), ("Noodles", "Grain", 10_000)]);
    let first = all(&intake).remove(0);
    let link = |at: usize| first.links.get(at).map(|(_, word)| (word.code.as_str(), word.name.as_str()));
    assert_eq!((link(0), link(1)), (Some(("ACME", "Acme Ltd")), Some(("5", "Steven Buchanan"))));
    assert_eq!(told(&intake.problems), [(5, "", "9", Reason::LineWithoutOrder, false)]);
}

#[test]
fn a_customers_row_brings_its_contact_and_its_place_from_two_columns() {
    let intake = plain(&[CUSTOMERS]);
    let [customer, contact] = &all(&intake)[..] else { panic!() };
    assert!(matches!(record(customer), Record::Customer(customer) if customer.region == "WA/Seattle"));
    assert!(matches!(record(contact), Record::Contact(contact) if contact.name == "Ann" && contact.title == "Owner"));
    assert_eq!((contact.under, contact.links[0].1.code.as_str()), (Some(0), "ACME"));
}

#[test]
fn a_person_who_buys_is_the_customer_and_the_contact_in_one() {
    let intake = plain(&["姓名,手机,消费金额,性别,年龄\n李雷,13800000001,500,男,30\n"]);
    let [customer, contact] = &all(&intake)[..] else { panic!() };
    assert!(
        matches!(record(customer), Record::Customer(customer) if customer.name == "李雷" && customer.phone == "13800000001")
    );
    assert!(matches!(record(contact), Record::Contact(contact) if contact.name == "李雷" && contact.age == Some(30)));
    let intake = plain(&["客户名称,联系人,职务,行业\n甲公司,,经理,制造业\n"]);
    assert_eq!(told(&intake.problems), [(2, "", "甲公司", Reason::NamelessContact, true)]);
}

#[test]
fn the_user_may_say_what_the_rows_are() {
    let said = Options { kind: Some(Kind::Contact), ..Options::default() };
    let text = "客户名称,姓名,行业,电话\n甲公司,李雷,制造业,138\n";
    assert_eq!(plain(&[text]).files[0].kind, Some(Kind::Customer));
    let intake = take(&[text, text], &said).unwrap();
    assert_eq!(intake.files.iter().map(|file| file.kind).collect::<Vec<_>>(), [Some(Kind::Contact); 2]);
    let Some(Record::Contact(contact)) = records(&intake, Kind::Contact).into_iter().next() else { panic!() };
    assert_eq!((contact.name.as_str(), contact.phone.as_str()), ("李雷", "138"));
    assert_eq!(all(&intake)[0].links[0].1.name, "甲公司");
}

#[test]
fn a_flat_file_is_grouped_by_its_order_numbers() {
    let intake = plain(&[
        "订单号,日期,客户名称,产品,数量,单价,折扣\nA1,2023-05-08,甲,泵,2,100,9折\nA2,2023-05-09,乙,阀,1,50,\nA1,2023-05-08,甲,阀,1,50,\n",
    ]);
    assert_eq!(amounts(&intake), pairs(&[("A1", "230.00"), ("A2", "50.00")]));
    assert_eq!(told(&intake.problems), []);
}

#[test]
fn a_total_repeated_on_every_line_is_counted_once() {
    let intake = plain(&[
        "order id,date,customer,product,qty,unit price,order amount\n1,2023-05-08,A,p,2,100,250\n1,2023-05-08,A,q,1,50,250\n",
    ]);
    assert_eq!(amounts(&intake), pairs(&[("1", "250.00")]));
}

#[test]
fn an_order_may_be_but_an_amount_and_a_number_of_another_customer_s_order_is_refused() {
    let intake =
        plain(&["订单号,客户,日期,金额（万元）\nA1,甲,2023-05-08,12.5\nA1,乙,2023-05-08,1\n,,2023-05-08,\nA2,甲,,3\n"]);
    assert_eq!(amounts(&intake), pairs(&[("A1", "125000.00"), ("A2", "30000.00")]));
    assert_eq!(
        told(&intake.problems),
        [
            (3, "", "A1, 乙, 2023-05-08, 1", Reason::OtherOrder, false),
            (4, "", "2023-05-08", Reason::EmptyOrder, false),
            (5, "", "A2", Reason::NoDate, true),
        ]
    );
}

#[test]
fn the_kind_of_rows_is_told_by_the_header() {
    let cases = [
        ("account,sector,year_established,revenue,employees", Kind::Customer),
        ("客户名称,姓名,职务,电话", Kind::Contact),
        ("姓名,手机,消费金额,性别", Kind::Customer),
        ("product,series,sales_price", Kind::Product),
        ("sales_agent,manager,regional_office", Kind::Owner),
        ("opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value", Kind::Deal),
        ("客户名称,跟进时间,跟进方式,跟进内容", Kind::FollowUp),
        ("日期,客户名称,产品,数量,金额", Kind::Order),
        ("单据编号,单据日期,购货单位,价税合计", Kind::Order),
    ];
    for (header, kind) in cases {
        assert_eq!(plain(&[&format!("{header}\n")]).files[0].kind, Some(kind), "{header}");
    }
    assert_eq!(take(&["什么,都不\n1,2\n"], &Options::default()), Err(IntakeError::UnknownRows("0.csv".into())));
}

#[test]
fn a_deal_names_its_customer_and_its_stage_is_read_as_the_user_said() {
    let options = Options {
        map: pairs(&[("deal_stage", "where it is")]),
        values: vec![("stage".into(), "Engaging".into(), "意向".into())],
        ..Options::default()
    };
    let text = "opportunity_id,account,where it is,engage_date,close_value\nD1,Acme,Engaging,2017-03-01,1054\nD2,,Parked,3/14/2017,\n";
    let intake = take(&[text], &options).unwrap();
    let found = records(&intake, Kind::Deal);
    let [Record::Deal(first), Record::Deal(second)] = found.as_slice() else { panic!() };
    assert_eq!((first.stage.as_str(), first.amount), ("interested", Some(Money::from_units(1_054))));
    assert_eq!((second.stage.as_str(), second.opened), ("Parked", Day::from_ymd(2017, 3, 14)));
    assert_eq!(all(&intake)[0].links[0].1.name, "Acme");
    assert!(all(&intake)[1].links.is_empty());
}

#[test]
fn a_pairing_that_cannot_be_is_refused() {
    let map = |field: &str, column: &str| Options { map: pairs(&[(field, column)]), ..Options::default() };
    let refused = |options| take(&["名称,电话\n甲,138\n"], &options).err();
    assert_eq!(refused(map("phone", "传真")), Some(IntakeError::NoSuchColumn("传真".into())));
    assert_eq!(refused(map("colour", "电话")), Some(IntakeError::NoSuchField("colour".into())));
}

#[test]
fn the_unit_of_amounts_comes_from_the_heading_the_user_or_the_title() {
    let total = |text: &str, unit| {
        let intake = take(&[text], &Options { unit, ..Options::default() }).unwrap();
        match records(&intake, Kind::Customer).first() {
            Some(Record::Customer(customer)) => customer.given_total.map(|money| money.cents() / 100),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(total("名称,总金额\n甲,12\n", None), Some(12));
    assert_eq!(total("名称,总金额\n甲,12\n", Some(Unit::TenThousand)), Some(120_000));
    assert_eq!(total("名称,总金额(元)\n甲,12\n", Some(Unit::TenThousand)), Some(12));
    assert_eq!(total("客户汇总,\n单位：万元,\n名称,总金额\n甲,12\n", None), Some(120_000));
}

#[test]
fn a_column_of_dates_is_read_in_one_order_and_doubt_is_noted() {
    let first = |text: &str| {
        let intake = plain(&[text]);
        let Some(Record::Customer(customer)) = records(&intake, Kind::Customer).into_iter().next() else { panic!() };
        (customer.first_contact.map(|day| day.to_string()).unwrap(), intake.notes.len())
    };
    assert_eq!(first("名称,首次接触\n甲,3/4/2023\n乙,14/3/2023\n"), ("2023-04-03".into(), 0));
    assert_eq!(first("名称,首次接触\n甲,3/4/2023\n乙,3/14/2023\n"), ("2023-03-04".into(), 0));
    assert_eq!(first("名称,首次接触\n甲,3/4/2023\n"), ("2023-03-04".into(), 1));
}

#[test]
fn a_second_column_of_the_same_name_is_not_read() {
    let intake = plain(&["名称,电话,电话\n甲,138,139\n"]);
    assert_eq!(told(&intake.problems), [(1, "电话", "电话", Reason::SameHeader, true)]);
    let Some(Record::Customer(customer)) = records(&intake, Kind::Customer).into_iter().next() else { panic!() };
    assert_eq!(customer.phone, "138");
}

#[test]
fn sums_and_blank_rows_are_counted_and_noted() {
    let intake = plain(&["名称,总金额\n甲,1\n\n合计,1\n"]);
    let read = &intake.files[0];
    assert_eq!((read.rows, read.blank, read.passed), (1, 1, 1));
    assert_eq!(told(&intake.notes), [(4, "", "合计", Reason::TotalRow, false)]);
}

#[test]
fn the_user_can_stop_it() {
    let text = "名称\n".to_owned() + &"甲\n".repeat(5_000);
    let file = CsvFile::from_reader("long", text.as_bytes(), Charset::Auto).unwrap();
    let lists = Lists { item: &|_, _| None, stage: &|_| None };
    let mut calls = 0;
    let stopped = read(&[&file], &Options::default(), &lists, &mut |_| {
        calls += 1;
        calls < 2
    });
    assert_eq!((stopped, calls), (Err(IntakeError::Stopped), 2));
}

#[test]
fn a_line_amount_is_exact_to_a_ten_thousandth() {
    let intake = plain(&["order id,date,customer,qty,unit price,discount\n1,2023-01-01,A,3,9.995,0.15\n"]);
    let first = all(&intake).remove(0);
    let (_, lines) = first.fields.iter().find(|(number, _)| *number == 10).unwrap();
    let lines: Vec<OrderLine> = lines.read().unwrap();
    assert_eq!(lines[0].amount, Exact::from_parts(254_873));
}

proptest! {
    #[test]
    fn no_row_is_lost_without_a_word(
        cells in proptest::collection::vec(proptest::collection::vec("[^\\p{Cc}\"]{0,8}", 5), 0..8)
    ) {
        let rows: Vec<String> =
            cells.iter().map(|row| row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",")).collect();
        for header in ["名称,电话,首次接触,总金额,复购率", "订单号,日期,客户,数量,单价", "姓名,职务,客户名称,生日,年龄"] {
            let text = [header.to_owned()].into_iter().chain(rows.iter().cloned()).collect::<Vec<_>>().join("\n");
            let Ok(intake) = take(&[&text], &Options::default()) else { continue };
            let read = &intake.files[0];
            let refused = intake.problems.iter().filter(|p| !p.kept && p.column.is_empty() && matches!(p.reason, Reason::Nameless | Reason::EmptyOrder)).count();
            let known: std::collections::HashSet<u32> = intake.incoming.iter().map(|incoming| incoming.line).collect();
            let joined = if read.kind == Some(Kind::Order) { read.rows as usize - refused - known.len() } else { 0 };
            prop_assert_eq!(known.len() + refused + joined, read.rows as usize);
            prop_assert_eq!((read.rows + read.blank + read.passed) as usize, cells.len());
            intake.incoming.iter().for_each(|incoming| { record(&incoming); });
        }
    }
}
