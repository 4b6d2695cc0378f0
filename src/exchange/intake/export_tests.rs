//! What other programs export: their headings, their slips, and rows that say one thing twice.

use super::more_tests::take;
use super::{Incoming, Intake, Options, Problem};
use crate::domain::customer::{Contact, Customer};
use crate::domain::id::Id;
use crate::domain::order::Order;
use crate::domain::record::{Kind, Record};
use crate::exchange::reason::Reason;

fn plain(text: &str) -> Intake {
    take(&[text], &Options::default())
}

fn record(incoming: Incoming) -> Record {
    let mut record = Record::empty(incoming.kind, Id::BOOK);
    incoming.fields.into_iter().for_each(|(number, value)| assert!(record.set(number, value)));
    record
}

fn customers(intake: &Intake) -> Vec<Customer> {
    let customer = |record| if let Record::Customer(customer) = record { customer } else { panic!() };
    intake.incoming.of(Kind::Customer).map(|incoming| customer(record(incoming))).collect()
}

fn contacts(intake: &Intake) -> Vec<Contact> {
    let contact = |record| if let Record::Contact(contact) = record { contact } else { panic!() };
    intake.incoming.of(Kind::Contact).map(|incoming| contact(record(incoming))).collect()
}

fn orders(intake: &Intake) -> Vec<Order> {
    let order = |record| if let Record::Order(order) = record { order } else { panic!() };
    intake.incoming.of(Kind::Order).map(|incoming| order(record(incoming))).collect()
}

fn told(problems: &[Problem]) -> Vec<(u32, &str, &str, Reason)> {
    problems.iter().map(|one| (one.line, one.column.as_str(), one.value.as_str(), one.reason.clone())).collect()
}

#[test]
fn a_code_twice_in_one_file_keeps_the_first_and_says_where_the_second_differs() {
    let intake = plain("编号,名称,电话,备注\nC1,甲,1111,\nC2,乙,2222,\nC1,甲,3333,好\n");
    assert_eq!(told(&intake.problems), [(4, "电话", "3333", Reason::SaidAbove(2))]);
    let found = customers(&intake);
    assert_eq!((found[0].phone.as_str(), found[0].note.as_str()), ("1111", "好"));
    assert!(found.iter().all(|customer| customer.phone != "3333"));
}

#[test]
fn a_firm_on_one_row_for_each_of_its_people_is_no_contradiction() {
    let intake = plain("编号,名称,行业,联系人,联系人电话\nC1,甲,制造业,李雷,1111\nC1,甲,制造业,韩梅,2222\n");
    assert_eq!(told(&intake.problems), []);
    assert_eq!(contacts(&intake).iter().map(|one| one.name.clone()).collect::<Vec<_>>(), ["李雷", "韩梅"]);
}

#[test]
fn telephone_and_mobile_are_both_kept_and_beside_a_contact_the_mobile_is_the_contacts() {
    let both = customers(&plain("名称,行业,电话,手机\n甲,制造业,021-5588,13800000001\n")).remove(0);
    assert_eq!(both.phone, "021-5588; 13800000001");
    for text in [
        "名称,行业,固定电话,联系人,手机\n甲,制造业,021-5588,李雷,13800000001\n",
        "company,industry,phone,contact,mobile\n甲,制造业,021-5588,李雷,13800000001\n",
    ] {
        let intake = plain(text);
        assert_eq!((customers(&intake)[0].phone.as_str(), intake.problems.len()), ("021-5588", 0), "{text}");
        assert_eq!(contacts(&intake)[0].phone, "13800000001", "{text}");
    }
}

#[test]
fn the_headings_of_other_programs_are_known() {
    let heads: &[(&str, Kind, &[&str])] = &[
        (
            "客户名称,客户级别,下次跟进时间,客户来源,负责人",
            Kind::Customer,
            &["name", "tier", "next_contact", "source", "owner"],
        ),
        ("客户名称,客户等级,下次联系时间", Kind::Customer, &["name", "tier", "next_contact"]),
        (
            "客户编码,客户名称,客户简称,所属地区,专管业务员名称,发展日期",
            Kind::Customer,
            &["code", "name", "short_name", "region", "owner", "first_contact"],
        ),
        (
            "单据编号,日期,往来单位,存货名称,实发数量,价税合计(本位币)",
            Kind::Order,
            &["number", "date", "customer", "product", "quantity", "amount"],
        ),
        (
            "Company name,Company owner,Phone Number,City,Industry,Create Date,Number of Employees",
            Kind::Customer,
            &["name", "owner", "phone", "region", "industry", "first_contact", "head_count"],
        ),
        (
            "Account Name,Account Owner,Billing City,Industry,Rating,Last Activity Date",
            Kind::Customer,
            &["name", "owner", "region", "industry", "tier", "custom"],
        ),
        (
            "First Name,Last Name,Title,Account Name,Email,Mobile",
            Kind::Contact,
            &["name", "name", "contact_title", "customer", "contact_email", "contact_phone"],
        ),
        (
            "Opportunity Name,Account Name,Amount,Close Date,Stage,Probability (%),Opportunity Owner",
            Kind::Deal,
            &["title", "customer", "deal_amount", "closed", "deal_stage", "probability", "deal_owner"],
        ),
        (
            "Deal - Title,Deal - Organization,Deal - Value,Deal - Stage,Deal - Expected close date",
            Kind::Deal,
            &["title", "customer", "deal_amount", "deal_stage", "expected_close"],
        ),
        (
            "销售机会名称,客户名称,销售金额,销售阶段,结单日期,商机所有人",
            Kind::Deal,
            &["title", "customer", "deal_amount", "deal_stage", "expected_close", "deal_owner"],
        ),
    ];
    for (head, kind, fields) in heads {
        let intake = plain(&format!("{head}\n"));
        let read: Vec<&str> = intake.files[0].columns.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!((intake.files[0].kind, read.as_slice()), (Some(*kind), *fields), "{head}");
    }
}

#[test]
fn what_the_user_says_of_a_column_wins_over_one_known_by_itself() {
    let map = |pairs: &[(&str, &str)]| Options {
        map: pairs.iter().map(|(field, column)| ((*field).to_owned(), (*column).to_owned())).collect(),
        ..Options::default()
    };
    let intake = take(&["名称,客户,电话\n旧,新,138\n"], &map(&[("name", "客户")]));
    assert_eq!(customers(&intake)[0].name, "新");
    assert_eq!(told(&intake.notes), [(1, "名称", "名称", Reason::SameFieldOwn)]);
    let intake = take(&["account,employees,revenue\n甲,5,12\n"], &map(&[("total_amount", "revenue")]));
    assert!(customers(&intake)[0].given_total.is_some());
}

/// An order whose amount could not be read was made without one, and only the cell was reported.
#[test]
fn an_amount_that_cannot_be_read_is_left_out_and_not_worked_out_and_the_order_is_named() {
    let intake = plain(
        "订单号,日期,客户名称,产品,数量,单价,金额\n1,2026-01-05,甲,泵,2,100,一百\n2,2026-01-05,甲,泵,两,100,\n3,2026-01-05,甲,泵,2,100,\n",
    );
    let amounts: Vec<String> = orders(&intake).iter().map(|order| order.amount().to_string()).collect();
    assert_eq!(amounts, ["0.00", "0.00", "200.00"]);
    assert_eq!(
        told(&intake.problems),
        [
            (2, "金额", "一百", Reason::NotAnAmount),
            (2, "", "", Reason::AmountUnread),
            (3, "数量", "两", Reason::NotAnAmount),
            (3, "", "", Reason::AmountUnread)
        ]
    );
    let intake = plain("订单号,日期,客户名称,金额\n1,2026-01-05,甲,一百\n2,2026-01-05,甲,50\n");
    let named: Vec<u32> =
        intake.problems.iter().filter(|one| one.reason == Reason::AmountUnread).map(|one| one.line).collect();
    assert_eq!((orders(&intake).len(), named), (2, vec![2]));
}

#[test]
fn an_amount_split_by_its_own_commas_is_put_together() {
    let intake = plain("名称,总金额,电话\n甲,￥1,234.50,13800000001\n乙,1,234,567,13800000002\n丙,12,13800000003\n");
    let amounts: Vec<String> =
        customers(&intake).iter().filter_map(|one| one.given_total.map(|money| money.to_string())).collect();
    assert_eq!(amounts, ["1234.50", "1234567.00", "12.00"]);
    assert!(customers(&intake).iter().all(|one| one.phone.starts_with("1380000000")));
    assert_eq!(told(&intake.problems), []);
    assert!(intake.notes.iter().all(|note| note.reason == Reason::Mended) && intake.notes.len() == 2);
}

#[test]
fn a_row_that_can_be_put_together_in_two_ways_keeps_what_stands_before() {
    let intake = plain("名称,总金额,频次,电话\n甲,5,100,234,13800000001\n");
    let customer = customers(&intake).remove(0);
    assert_eq!((customer.name.as_str(), customer.given_total, customer.given_orders), ("甲", None, None));
    assert_eq!(customer.phone, "");
    assert_eq!(intake.problems[0].reason, Reason::LongRow(1));
}

#[test]
fn in_a_row_with_a_comma_too_many_nothing_behind_the_first_misfit_is_read() {
    let intake = plain("名称,地址,首次接触,总金额\n甲,上海,浦东,2026-01-05,77\n");
    let customer = customers(&intake).remove(0);
    assert_eq!((customer.first_contact, customer.given_total), (None, None));
    let reasons: Vec<_> = intake.problems.iter().map(|problem| problem.reason.clone()).collect();
    assert_eq!(reasons, [Reason::NotADate, Reason::LongRow(1)]);
}

#[test]
fn a_day_beyond_all_calendars_is_said_to_be_too_far() {
    let intake = plain("名称,首次接触\n甲,12023-01-05\n乙,1/5/12023\n丙,9999-12-31\n");
    assert!(intake.problems.iter().all(|problem| problem.reason == Reason::FarYear), "{:?}", intake.problems);
    assert_eq!(intake.problems.len(), 3);
}

#[test]
fn an_unknown_column_is_named_with_the_field_it_may_be() {
    let intake = plain("名称,贵公司所属行业,最后跟进时间,xyz\n甲,制造业,2026-01-05,1\n");
    let reasons: Vec<_> = intake.notes.iter().map(|note| (note.column.as_str(), note.reason.clone())).collect();
    let [
        ("贵公司所属行业", Reason::NearField(near, true)),
        ("最后跟进时间", Reason::WorkedOut),
        ("xyz", Reason::KeptAsOwn),
    ] = reasons.as_slice()
    else {
        panic!("{reasons:?}")
    };
    assert_eq!(near.zh, "行业");
}
