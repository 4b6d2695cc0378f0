//! The sample firm itself: its people, teams, products, costs, targets and strategies.

use crate::domain::choice::{Measure, Purpose};
use crate::domain::cost::Cost;
use crate::domain::id::Id;
use crate::domain::measure::{Rate, Score};
use crate::domain::money::Money;
use crate::domain::order::Product;
use crate::domain::people::{Owner, Team};
use crate::domain::record::Record;
use crate::domain::target::{Strategy, Target};
use crate::domain::time::Day;
use crate::sample::company::Company;
use crate::sample::dice::Dice;
use crate::sample::english;
use crate::sample::product::ARTICLES;
use crate::sample::register::Register;
use crate::sample::word_zh::Zone;

/// Name, other names, home team (0 or 1), office, years with the firm, share of the firm's revenue in per cent.
pub(super) type Member = (&'static str, &'static [&'static str], usize, &'static str, i32, i64);

const MEMBERS: &[Member] = &[
    ("陈志远", &["陈总", "chenzy"], 0, "苏州总部", 11, 12),
    ("王建国", &["王工", "wangjg"], 0, "苏州总部", 9, 17),
    ("李敏", &["limin"], 0, "杭州办", 7, 16),
    ("周海燕", &["zhouhy"], 0, "广州办", 6, 15),
    ("单志强", &["shanzq"], 0, "北京办", 8, 13),
    ("曾雪梅", &["zengxm"], 0, "重庆办", 5, 12),
    ("Anna Keller", &["anna"], 1, "Shanghai", 6, 8),
    ("David Lim", &["david"], 1, "Singapore", 5, 5),
    ("赵磊", &["zhaolei"], 0, "苏州总部", 6, 2),
];

/// The people of the firm; as many in either language.
const fn members(english: bool) -> &'static [Member] {
    if english { english::MEMBERS } else { MEMBERS }
}

/// Days since the one who left did so.
const LEFT_AGO: i32 = 64;

/// What a customer brings a year, in units, over the whole book.
const YEARLY: i64 = 80_000;

/// The people and lists that customers point to.
pub struct Firm {
    /// Teams.
    pub teams: Vec<Team>,
    /// Owners; the second is named 王建国.
    pub owners: Vec<Owner>,
    /// Products.
    pub products: Vec<Product>,
    today: Day,
}

impl Firm {
    /// The firm, made with the register's ids.
    pub(super) fn new(register: &mut Register, today: Day) -> Firm {
        let members = members(register.english);
        let ids: Vec<Id> = members.iter().map(|_| register.id()).collect();
        let team = |register: &mut Register, name: &str, manager: usize, office: &str| Team {
            id: register.id(),
            name: name.to_owned(),
            manager: ids.get(manager).copied(),
            office: office.to_owned(),
            ..Team::default()
        };
        let [home, abroad] = if register.english {
            english::TEAMS
        } else {
            [("国内销售部", "苏州总部"), ("International", "Shanghai")]
        };
        let teams = vec![team(register, home.0, 0, home.1), team(register, abroad.0, 6, abroad.1)];
        let owners =
            members.iter().enumerate().map(|(place, member)| owner(member, place, &ids, &teams, today)).collect();
        let products = ARTICLES.iter().map(|article| Product {
            id: register.id(),
            name: article.zh.to_owned(),
            aliases: vec![article.en.to_owned(), article.word.to_owned()],
            category: article.category.to_owned(),
            price: Some(Money::from_cents(article.price)),
            unit: article.unit.to_owned(),
            cost: Money::from_cents(article.price).scaled(article.cost, 1000),
            discontinued: article.zh.starts_with("PH-60"),
            ..Product::default()
        });
        let products = products.collect();
        Firm { teams, owners, products, today }
    }

    /// The owner, by place, of a customer: key accounts the head of sales, the others by zone.
    pub(super) fn owner_of(dice: &mut Dice, company: &Company, order: i64, english: bool) -> usize {
        if english {
            return if order > 150_000 && dice.chance(700) { 0 } else { dice.weighted(english::SHARES) };
        }
        if order > 150_000 && !company.english() && dice.chance(700) {
            return 0;
        }
        match company.zone() {
            None if dice.chance(600) => 6,
            None => 7,
            Some(_) if dice.chance(22) => 8,
            Some(Zone::East) if dice.chance(520) => 1,
            Some(Zone::East) => 2,
            Some(Zone::South) => 3,
            Some(Zone::North) => 4,
            Some(Zone::West) => 5,
        }
    }

    /// The owner at `place`.
    pub(super) fn name(&self, place: usize) -> &str {
        self.owners.get(place).map_or("", |owner| owner.name.as_str())
    }

    /// The id of the owner at `place`.
    pub(super) fn id(&self, place: usize) -> Option<Id> {
        self.owners.get(place).map(|owner| owner.id)
    }

    /// The last day on which the owner at `place` can have acted, at most `otherwise`.
    pub(super) fn active_until(&self, place: usize, otherwise: Day) -> Day {
        self.owners.get(place).and_then(|owner| owner.active_until).map_or(otherwise, |until| until.min(otherwise))
    }

    /// All the firm's records, for a book of so many customers.
    pub(super) fn records(&self, register: &mut Register, dice: &mut Dice, customers: usize) -> Vec<Record> {
        let mut records: Vec<Record> = self.teams.iter().cloned().map(Record::from).collect();
        records.extend(self.owners.iter().cloned().map(Record::from));
        records.extend(self.products.iter().cloned().map(Record::from));
        self.costs(register, dice, customers, &mut records);
        self.targets(register, dice, customers, &mut records);
        self.strategies(register, &mut records);
        records
    }

    /// What winning customers cost by source channel and quarter, three years back.
    fn costs(&self, register: &mut Register, dice: &mut Dice, customers: usize, records: &mut Vec<Record>) {
        const YEAR_PER_CUSTOMER: &[(&str, i64, &str)] = &[
            ("exhibition", 420, "展位、差旅、样机运输"),
            ("search", 300, "搜索推广账户"),
            ("website", 90, "官网与案例制作"),
            ("social", 80, "公众号与短视频"),
            ("cold_call", 130, "名单与电话"),
            ("tender", 110, "标书与保证金手续费"),
            ("referral", 70, "介绍礼与答谢"),
            ("dealer", 100, "渠道大会"),
        ];
        for back in 0..12 {
            let from = quarter(self.today, -back);
            let to = quarter(self.today, 1 - back).plus(-1).min(self.today);
            for (source, yearly, note) in YEAR_PER_CUSTOMER {
                let units = (yearly * customers as i64 / 4 * dice.between(70, 130) / 100).max(200);
                records.push(Record::from(Cost {
                    id: register.id(),
                    source: (*source).to_owned(),
                    from: Some(from),
                    to: Some(to),
                    amount: Some(Money::from_units(units / 100 * 100)),
                    purpose: Some(Purpose::Acquisition),
                    note: (*note).to_owned(),
                    ..Cost::default()
                }));
            }
        }
    }

    /// Targets: revenue of every owner and team for the last four quarters and this one, and the year's other measures.
    fn targets(&self, register: &mut Register, dice: &mut Dice, customers: usize, records: &mut Vec<Record>) {
        let yearly = YEARLY * customers.max(20) as i64;
        for back in 0..5 {
            let (from, to) = (Some(quarter(self.today, -back)), Some(quarter(self.today, 1 - back).plus(-1)));
            let blank = Target { from, to, measure: Some(Measure::Revenue), ..Target::default() };
            for (place, owner) in self.owners.iter().enumerate().filter(|(_, owner)| owner.active_until.is_none()) {
                let share = MEMBERS.get(place).map_or(0, |member| member.5);
                let units = yearly / 4 * share / 100 * dice.between(92, 122) / 100;
                let amount = Some(Money::from_units(units / 10_000 * 10_000 + 10_000));
                records.push(Target { id: register.id(), owner: Some(owner.id), amount, ..blank.clone() }.into());
            }
            for (team, share) in self.teams.iter().zip([87, 13]) {
                let amount = Some(Money::from_units(yearly / 4 * share / 100 / 10_000 * 10_000 + 10_000));
                records.push(Target { id: register.id(), team: Some(team.id), amount, ..blank.clone() }.into());
            }
        }
        let year = self.today.month().year();
        let (from, to) = (Day::from_ymd(year, 1, 1), Day::from_ymd(year, 12, 31));
        let other = Target { from, to, ..Target::default() };
        for team in self.teams.iter().map(|team| Some(team.id)) {
            let blank = Target { team, ..other.clone() };
            let count = Some((customers / 8).max(3) as u32);
            let (conversion, repurchase) = (Some(Rate::from_basis_points(3_000)), Some(Rate::from_basis_points(6_500)));
            let score = Some(Score::from_hundredths(430));
            let measure = |measure| Some(measure);
            records.push(
                Target { id: register.id(), measure: measure(Measure::NewCustomers), count, ..blank.clone() }.into(),
            );
            records.push(
                Target { id: register.id(), measure: measure(Measure::Conversion), rate: conversion, ..blank.clone() }
                    .into(),
            );
            records.push(
                Target { id: register.id(), measure: measure(Measure::Repurchase), rate: repurchase, ..blank.clone() }
                    .into(),
            );
            records.push(Target { id: register.id(), measure: measure(Measure::Satisfaction), score, ..blank }.into());
        }
    }

    fn strategies(&self, register: &mut Register, records: &mut Vec<Record>) {
        let strategy =
            |title: &str, group: &str, measure, text: &str, begun: i32, review: i32, found: &str, owner: usize| {
                Strategy {
                    id: Id::BOOK,
                    title: title.to_owned(),
                    group: group.to_owned(),
                    measure: Some(measure),
                    text: text.to_owned(),
                    from: Some(self.today.plus(begun)),
                    review_on: Some(self.today.plus(review)),
                    review: found.to_owned(),
                    owner: self.id(owner),
                    ..Strategy::default()
                }
            };
        let all = [
            strategy(
                "华东制造业备件寄售",
                "行业=制造业 负责人=王建国",
                Measure::Repurchase,
                "用量前20%的客户在现场放寄售柜，月底盘点结算",
                -200,
                -20,
                "六家试点，复购间隔缩短9天，继续推广",
                1,
            ),
            strategy(
                "流失客户挽回计划",
                "生命周期=流失期",
                Measure::Revenue,
                "半年未下单的客户由负责人上门一次，带书面交期承诺和九折券",
                -75,
                15,
                "",
                0,
            ),
            strategy(
                "Overseas service contracts",
                "region=overseas",
                Measure::Satisfaction,
                "Offer a yearly calibration contract with the first repeat order",
                -120,
                40,
                "",
                6,
            ),
        ];
        records.extend(all.into_iter().map(|strategy| Record::from(Strategy { id: register.id(), ..strategy })));
    }
}

fn owner(member: &Member, place: usize, ids: &[Id], teams: &[Team], today: Day) -> Owner {
    let (name, aliases, team, office, years, _) = *member;
    let login = aliases.last().copied().unwrap_or_default();
    let head = if team == 1 && place != 6 { 6 } else { 0 };
    Owner {
        id: ids.get(place).copied().unwrap_or_default(),
        name: name.to_owned(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        manager: if place == 0 { None } else { ids.get(head).copied() },
        team: teams.get(team).map(|team| team.id),
        office: office.to_owned(),
        active_since: Some(today.plus_months(-12 * years).plus(-17 * (place as i32 + 1))),
        active_until: (place + 1 == MEMBERS.len()).then(|| today.plus(-LEFT_AGO)),
        phone: format!("139 0000 {:04}", 8001 + place),
        email: format!("{login}@example.com"),
        ..Owner::default()
    }
}

/// First day of the quarter so many quarters from that of `day`.
fn quarter(day: Day, by: i32) -> Day {
    let month = day.month();
    month.plus(-((month.number() as i32 - 1) % 3) + by * 3).first_day()
}
