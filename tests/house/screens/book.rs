//! Seven customers of fixed days, Chinese and English, in a book on disk.

use kehu::book::command::Command;
use kehu::desk::{Desk, Opening};
use kehu::domain::choice::{Attitude, ContactRole, CustomerKind, FeedbackKind};
use kehu::domain::customer::{Contact, Customer};
use kehu::domain::deal::{Deal, StageMove};
use kehu::domain::feedback::Feedback;
use kehu::domain::follow_up::{FollowUp, NextStep};
use kehu::domain::id::{Id, IdSource};
use kehu::domain::measure::{Rate, Score};
use kehu::domain::money::{Exact, Money};
use kehu::domain::order::{Order, OrderLine};
use kehu::domain::people::Owner;
use kehu::domain::record::Record;
use kehu::domain::time::{Day, Due, Moment};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;

/// Minutes east of UTC.
const EAST: i16 = 480;

/// Wednesday, 18 March 2026.
pub fn today() -> Day {
    Day::from_ymd(2026, 3, 18).unwrap()
}

/// So many days from today, at ten in the morning.
fn at(days: i32) -> Moment {
    Moment::start_of(today().plus(days), EAST).plus_seconds(36_000)
}

/// Ten in the morning of today.
pub fn now() -> Moment {
    at(0)
}

/// Writes records with ids of one seed.
struct Pen(IdSource);

impl Pen {
    fn id(&mut self) -> Id {
        self.0.next(at(-700))
    }

    fn contact(&mut self, customer: Id, name: &str, title: &str, phone: &str) -> Contact {
        let id = self.id();
        Contact {
            id,
            customer: Some(customer),
            name: name.into(),
            title: title.into(),
            phone: phone.into(),
            ..Contact::default()
        }
    }

    fn order(&mut self, customer: Id, days: i32, product: &str, units: i64) -> Record {
        let line = OrderLine {
            product: product.into(),
            quantity: 1_000,
            amount: Exact::from(Money::from_units(units)),
            cost: Some(Exact::from(Money::from_units(units * 6 / 10))),
            ..OrderLine::default()
        };
        let (id, date) = (self.id(), today().plus(days));
        Order { id, customer: Some(customer), date, lines: vec![line], ..Order::default() }.into()
    }

    fn follow_up(&mut self, customer: Id, days: i32, way: &str, outcome: &str, text: &str) -> Record {
        let (way, outcome, text) = (way.into(), outcome.into(), text.into());
        let (id, by) = (self.id(), "王建国".into());
        FollowUp { id, customer: Some(customer), at: at(days), way, outcome, text, by, ..FollowUp::default() }.into()
    }
}

/// The people and the seven customers.
fn records() -> Vec<Vec<Record>> {
    let mut pen = Pen(IdSource::seeded(7));
    let owners = [Owner::called("王建国"), Owner::called("Anna Keller")];
    let [wang, anna] = [owners[0].id, owners[1].id];
    let people = owners.into_iter().map(Record::from).collect();
    vec![people, huadong(&mut pen, wang), chongqing(&mut pen, wang), long(&mut pen), northwind(&mut pen, anna)]
        .into_iter()
        .chain([akerstrom(&mut pen, anna), given(&mut pen, wang), vec![bare(&mut pen)]])
        .collect()
}

/// The customer everything happened with.
fn huadong(pen: &mut Pen, owner: Id) -> Vec<Record> {
    let id = pen.id();
    let customer = Customer {
        id,
        code: "C2024001".into(),
        name: "华东重工有限公司".into(),
        short_name: "华东重工".into(),
        phone: "021-5555 0101".into(),
        industry: "manufacturing".into(),
        size: "10m_50m".into(),
        region: "east".into(),
        source: "exhibition".into(),
        kind: Some(CustomerKind::Business),
        owner: Some(owner),
        next_contact: Some(Due { day: today().plus(-2), minute: Some(840) }),
        tags: vec!["重点".into(), "年框".into()],
        conclusion: "季度框架合同在谈，先稳住交期，再谈价格".into(),
        ..Customer::default()
    };
    let li = Contact {
        role: Some(ContactRole::DecisionMaker),
        attitude: Some(Attitude::Supports),
        primary: true,
        ..pen.contact(id, "李秀英", "采购总监", "138 0000 1234")
    };
    let zhang = pen.contact(id, "张工", "设备工程师", "139 0000 5678");
    let moves = [("prospecting", -90), ("proposal", -20)].map(|(stage, days)| StageMove {
        stage: stage.into(),
        at: Some(at(days)),
        by: "王建国".into(),
        ..StageMove::default()
    });
    let deal = Deal {
        id: pen.id(),
        customer: Some(id),
        title: "年度框架".into(),
        amount: Some(Money::from_units(1_250_000)),
        stage: "proposal".into(),
        moves: moves.into(),
        ..Deal::default()
    };
    let step = NextStep {
        id: pen.id(),
        customer: Some(id),
        what: "发合同初稿".into(),
        due: Some(Due::on(today().plus(1))),
        owner: Some(owner),
        ..NextStep::default()
    };
    let complaint = Feedback {
        id: pen.id(),
        customer: Some(id),
        at: at(-40),
        kind: Some(FeedbackKind::Complaint),
        text: "交期晚了三天".into(),
        ..Feedback::default()
    };
    let months = [-400, -300, -200, -120, -60, -15];
    let orders: Vec<Record> = (1..).zip(months).map(|(n, days)| pen.order(id, days, "液位开关", n * 12_345)).collect();
    let talks = [
        pen.follow_up(id, -1, "call", "wants_quote", "李总要按上次清单重新报价"),
        pen.follow_up(id, -15, "visit", "connected", "验收通过，签了验收单"),
    ];
    let own = [customer.into(), li.into(), zhang.into(), deal.into(), step.into(), complaint.into()];
    own.into_iter().chain(orders).chain(talks).collect()
}

/// A name whose first character and surname are read in two ways.
fn chongqing(pen: &mut Pen, owner: Id) -> Vec<Record> {
    let id = pen.id();
    let customer = Customer {
        id,
        code: "C2024002".into(),
        name: "重庆曾氏商贸".into(),
        industry: "retail".into(),
        region: "southwest".into(),
        owner: Some(owner),
        next_contact: Some(Due::on(today())),
        ..Customer::default()
    };
    let contact = pen.contact(id, "曾国强", "经理", "023-5555 0202");
    let orders = [pen.order(id, -200, "压力表", 6_800), pen.order(id, -20, "压力表", 9_900)];
    [customer.into(), contact.into()].into_iter().chain(orders).collect()
}

/// A name wider than its column.
fn long(pen: &mut Pen) -> Vec<Record> {
    let id = pen.id();
    let name = "北京市朝阳区亚太国际进出口贸易股份有限公司第二分公司华北区域采购中心".into();
    let next_contact = Some(Due::on(today().plus(12)));
    let customer = Customer { id, code: "C2025003".into(), name, next_contact, ..Customer::default() };
    vec![customer.into(), pen.order(id, -365, "流量计", 88_000)]
}

fn northwind(pen: &mut Pen, owner: Id) -> Vec<Record> {
    let id = pen.id();
    let customer = Customer {
        id,
        code: "C2025004".into(),
        name: "Northwind Traders Ltd".into(),
        phone: "+44 20 5550 0404".into(),
        industry: "logistics".into(),
        region: "overseas".into(),
        owner: Some(owner),
        email: "office@northwind.example".into(),
        conclusion: "Buys twice a year; ask for the spring order in March".into(),
        ..Customer::default()
    };
    let contact = pen.contact(id, "Mary O'Neil", "Buyer", "+44 20 5550 0405");
    let talk = pen.follow_up(id, -9, "email", "thinking", "asked for a price list");
    vec![customer.into(), contact.into(), pen.order(id, -30, "Flow meter FM-2", 154_321), talk]
}

/// Latin with accents, one of them a character of its own.
fn akerstrom(pen: &mut Pen, owner: Id) -> Vec<Record> {
    let id = pen.id();
    let name = "A\u{30a}kerstro\u{308}m & Søn A/S".into();
    let next_contact = Some(Due::on(today().plus(3)));
    let customer =
        Customer { id, code: "C2025005".into(), name, owner: Some(owner), next_contact, ..Customer::default() };
    vec![customer.into(), pen.follow_up(id, -100, "call", "not_interested", "call again after summer")]
}

/// Figures from a table, and no orders.
fn given(pen: &mut Pen, owner: Id) -> Vec<Record> {
    let customer = Customer {
        id: pen.id(),
        code: "C2026006".into(),
        name: "临江食品厂".into(),
        owner: Some(owner),
        given_total: Some(Money::from_units(286_000)),
        given_orders: Some(4),
        given_repurchase: Some(Rate::from_basis_points(2_500)),
        given_satisfaction: Some(Score::from_hundredths(420)),
        given_tier: "VIP".into(),
        ..Customer::default()
    };
    vec![customer.into()]
}

/// A name and nothing else.
fn bare(pen: &mut Pen) -> Record {
    Customer { id: pen.id(), code: "C2026007".into(), name: "周敏".into(), ..Customer::default() }.into()
}

/// The book in `folder`, made when there is none.
pub fn desk(folder: &Path) -> Desk {
    let opening = Opening {
        me: "王建国".into(),
        device: "desk".into(),
        now: now(),
        read_only: false,
        despite_damage: false,
        despite_lost_journal: false,
        seed: 11,
    };
    Desk::open(folder, opening, &mut |_, _| {}).unwrap().0
}

/// So many more follow-ups of the first customer.
pub fn talk(folder: &Path, count: usize) {
    let mut desk = desk(folder);
    let customer = desk.book().rows().find(|(_, row)| row.name().starts_with("华东")).map(|(_, row)| row.id);
    let talk = |number: usize| FollowUp {
        customer,
        at: at(-(number as i32) / 4),
        way: "call".into(),
        text: format!("第 {number} 次沟通"),
        by: "王建国".into(),
        ..FollowUp::default()
    };
    let commands: Vec<Command> = (1..=count).map(|number| Command::Add(Box::new(talk(number).into()))).collect();
    desk.run_all(&commands, now()).unwrap();
    desk.close().unwrap();
}

/// So many more customers, each with an open complaint about the delivery.
pub fn complain(folder: &Path, count: usize) {
    let mut desk = desk(folder);
    let customer = |number: usize| Customer { name: format!("投诉客户 {number}"), ..Customer::default() };
    let customers: Vec<Command> =
        (0..count).map(|number| Command::AddCustomer(Box::new(customer(number)), Vec::new())).collect();
    desk.run_all(&customers, now()).unwrap();
    let unhappy = desk.book().rows().filter(|(_, row)| row.name().starts_with("投诉客户")).map(|(_, row)| row.id);
    let complaint = |customer: Id| Feedback {
        customer: Some(customer),
        at: now(),
        kind: Some(FeedbackKind::Complaint),
        topic: "交期".into(),
        ..Feedback::default()
    };
    let commands: Vec<Command> = unhappy.map(|id| Command::Add(Box::new(complaint(id).into()))).collect();
    desk.run_all(&commands, now()).unwrap();
    desk.close().unwrap();
}

/// A book of so many customers, with codes and names in order.
pub fn crowd(folder: &Path, count: usize) {
    let mut pen = Pen(IdSource::seeded(7));
    let mut customer = |number: usize| Customer {
        id: pen.id(),
        code: format!("C{number:05}"),
        name: format!("客户{number:05}"),
        ..Customer::default()
    };
    let mut desk = desk(folder);
    let records: Vec<Vec<Record>> = (1..=count).map(|number| vec![customer(number).into()]).collect();
    desk.fill(records.into_iter(), now(), &mut |_| {}).unwrap();
    desk.close().unwrap();
}

/// A copy of the book with the seven customers, or of an empty one.
pub fn folder(empty: bool) -> TempDir {
    static FULL: OnceLock<TempDir> = OnceLock::new();
    static EMPTY: OnceLock<TempDir> = OnceLock::new();
    let made = if empty { &EMPTY } else { &FULL };
    let made = made.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = desk(folder.path());
        if !empty {
            desk.fill(records().into_iter(), now(), &mut |_| {}).unwrap();
        }
        desk.close().unwrap();
        folder
    });
    let copy = tempfile::tempdir().unwrap();
    copy_all(made.path(), copy.path());
    copy
}

fn copy_all(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let there = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&there).unwrap();
            copy_all(&entry.path(), &there);
        } else {
            fs::copy(entry.path(), there).unwrap();
        }
    }
}
