//! A small book drawn from a seed, with everything in it that is hard to write and to read.

use crate::exchange::NOW;
use kehu::domain::choice::{
    Attitude, Channel, ContactRole, CustomerKind, Direction, FeedbackKind, Gender, Level, LifeStage, ListKind, Measure,
    Purpose, Route, StageRole,
};
use kehu::domain::cost::Cost;
use kehu::domain::customer::{Contact, Customer};
use kehu::domain::deal::{Deal, Stage, StageMove};
use kehu::domain::feedback::Feedback;
use kehu::domain::follow_up::{FollowUp, NextStep};
use kehu::domain::id::{Id, IdSource};
use kehu::domain::list::ListItem;
use kehu::domain::measure::{Rate, Score};
use kehu::domain::money::{Exact, Money};
use kehu::domain::order::{Order, OrderLine, Product};
use kehu::domain::people::{Owner, Team};
use kehu::domain::record::Record;
use kehu::domain::target::{Strategy, Target};
use kehu::domain::time::{Day, Due, Moment};

/// Picks from what a number says, so that a book depends on its seed alone.
struct Pick(u64);

impl Pick {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let at = self.below(all.len() as u64 + 1) as usize;
        all.get(at).copied()
    }

    fn word(&mut self) -> String {
        const WORDS: &[&str] = &[
            "=SUM(A1)",
            "+86 138-0000",
            "-5",
            "@home",
            "'=quoted",
            "华东, \"重工\"",
            "a;b|c",
            "多行\n文字",
            "Ünï",
            "x=y",
            "1,234",
            "50%",
            "2023-05-08",
            "TRUE",
            "反\\斜",
            "[x]",
            "{y}",
            "#标签",
            "",
        ];
        WORDS.get(self.below(WORDS.len() as u64) as usize).copied().unwrap_or_default().to_owned()
    }

    /// A word that is no list, no tag and no line break.
    fn name(&mut self, stem: &str) -> String {
        let sign = self.of(&["", " (华东)", ", Ltd", "; x", "'s"]).unwrap_or("=");
        format!("{stem}{}{sign}", self.below(1_000_000))
    }

    fn day(&mut self) -> Day {
        Day::from_number(self.below(20_000) as i32 + 5_000)
    }

    fn some_day(&mut self) -> Option<Day> {
        (self.below(2) > 0).then(|| self.day())
    }

    fn moment(&mut self) -> Moment {
        let offset = self.of(&[480, 0, -210]).unwrap_or(480);
        Moment::from_parts(self.below(1_500_000_000) as i64 + 300_000_000, offset)
    }

    fn some_moment(&mut self) -> Option<Moment> {
        (self.below(2) > 0).then(|| self.moment())
    }

    fn money(&mut self) -> Option<Money> {
        (self.below(3) > 0).then(|| Money::from_cents(self.below(2_000_000_000) as i64 - 500_000_000))
    }

    fn rate(&mut self) -> Option<Rate> {
        (self.below(2) > 0).then(|| Rate::from_basis_points(self.below(10_001) as i32))
    }

    fn score(&mut self, most: u64) -> Option<Score> {
        (self.below(2) > 0).then(|| Score::from_hundredths(self.below(most * 100 + 1) as i32))
    }

    fn whole(&mut self) -> Option<u32> {
        (self.below(2) > 0).then(|| self.below(5_000) as u32)
    }

    fn tags(&mut self) -> Vec<String> {
        (0..self.below(3)).map(|at| format!("标签{at}{}", self.of(&[",", ";x", "=", " y"]).unwrap_or(""))).collect()
    }
}

fn phone(pick: &mut Pick) -> String {
    pick.of(&["13800001234", "+86 21 5588", "(021) 5588-1234"]).unwrap_or("").to_owned()
}

fn customer(pick: &mut Pick, id: Id, number: usize, owners: &[Id]) -> Customer {
    let given = pick.below(2) > 0;
    Customer {
        id,
        code: format!("C20260{number:02}"),
        name: pick.name("客户"),
        short_name: pick.name("简"),
        phone: phone(pick),
        address: pick.word().replace('\n', " "),
        industry: pick.of(&["manufacturing", "retail", "养蜂业"]).unwrap_or("").to_owned(),
        size: pick.of(&["under_5m", "over_100m"]).unwrap_or("").to_owned(),
        head_count: pick.whole(),
        region: pick.of(&["east", "WA/Seattle"]).unwrap_or("").to_owned(),
        founded: pick.of(&[1996, 2020]),
        kind: pick.of(CustomerKind::ALL),
        source: pick.of(&["referral", "自己找来"]).unwrap_or("").to_owned(),
        owner: pick.of(owners),
        helpers: pick.of(owners).into_iter().collect(),
        first_contact: pick.some_day(),
        next_contact: pick.some_day().map(|day| Due { day, minute: pick.of(&[0, 845]) }),
        stage: pick.of(&["interested", "自定阶段"]).unwrap_or("").to_owned(),
        note: pick.word(),
        need: pick.of(&["price"]).unwrap_or("").to_owned(),
        price_sensitivity: pick.of(Level::ALL),
        tags: pick.tags(),
        acquisition_cost: pick.money(),
        potential: pick.score(100),
        conclusion: pick.word(),
        custom: (0..pick.below(3)).map(|at| (format!("自定{at};="), pick.name("值"))).collect(),
        life_stage: pick.of(LifeStage::ALL),
        email: pick.of(&["a@b.cn", "x@y.com; z@y.com"]).unwrap_or("").to_owned(),
        given_total: pick.money().filter(|_| given),
        given_repurchase: pick.rate().filter(|_| given),
        given_satisfaction: pick.score(5).filter(|_| given),
        given_orders: Some(3).filter(|_| given),
        given_tier: if given { "高价值".into() } else { String::new() },
        given_first_purchase: pick.some_day().filter(|_| given),
        given_life_stage: pick.of(LifeStage::ALL).filter(|_| given),
        given_activity: pick.of(Level::ALL).filter(|_| given),
        given_from: if given { "表.csv".into() } else { String::new() },
        given_on: pick.some_day().filter(|_| given),
        ..Customer::default()
    }
}

fn contact(pick: &mut Pick, id: Id, customer: Id, boss: Option<Id>) -> Contact {
    Contact {
        id,
        customer: Some(customer),
        name: pick.name("联系"),
        role: pick.of(ContactRole::ALL),
        title: pick.name("职"),
        reports_to: boss,
        attitude: pick.of(Attitude::ALL),
        phone: phone(pick),
        email: pick.of(&["a@b.cn"]).unwrap_or("").to_owned(),
        wechat: pick.name("wx"),
        birthday: pick.some_day(),
        age: pick.whole(),
        gender: pick.of(Gender::ALL),
        primary: pick.below(2) > 0,
        note: pick.word(),
        ..Contact::default()
    }
}

fn order(pick: &mut Pick, id: Id, customer: Id, number: u64, owners: &[Id]) -> Order {
    let line = |pick: &mut Pick| OrderLine {
        product: pick.name("泵"),
        category: pick.name("类"),
        quantity: pick.below(9_000) as i64 - 1_000,
        amount: Exact::from_parts(pick.below(2_000_000) as i64 - 500_000),
        cost: (pick.below(2) > 0).then(|| Exact::from_parts(pick.below(1_000_000) as i64)),
        ..OrderLine::default()
    };
    Order {
        id,
        customer: Some(customer),
        number: if number.is_multiple_of(3) { String::new() } else { format!("00{number}") },
        date: pick.day(),
        channel: pick.of(Channel::ALL),
        route: pick.of(Route::ALL),
        promotion: pick.name("促"),
        returned: pick.below(2) > 0,
        due: pick.some_day(),
        paid: pick.money(),
        lines: (0..pick.below(4)).map(|_| line(pick)).collect(),
        owner: pick.of(owners),
        note: pick.name("注"),
        ..Order::default()
    }
}

fn deal(pick: &mut Pick, id: Id, customer: Option<Id>, number: u64, owners: &[Id]) -> Deal {
    let step = |pick: &mut Pick| StageMove {
        stage: pick.of(&["prospecting", "won"]).unwrap_or("自定阶段").to_owned(),
        at: pick.some_moment(),
        by: pick.name("人"),
        ..StageMove::default()
    };
    Deal {
        id,
        customer,
        title: pick.name("项目"),
        amount: pick.money().map(|amount| amount.max(Money::ZERO)),
        owner: pick.of(owners),
        competitor: pick.name("竞"),
        stage: pick.of(&["won", "自定阶段"]).unwrap_or("interested").to_owned(),
        moves: (0..pick.below(3)).map(|_| step(pick)).collect(),
        opened: pick.some_day(),
        expected_close: pick.some_day(),
        closed: pick.some_day(),
        lost_reason: pick.of(&["status_quo", "自己的原因"]).unwrap_or("").to_owned(),
        reason_note: pick.name("因"),
        products: pick.tags(),
        probability: pick.rate(),
        number: format!("D{number}"),
        parked_until: pick.some_day(),
        note: pick.name("注"),
        contacts: Vec::new(),
        ..Deal::default()
    }
}

fn follow_up(pick: &mut Pick, id: Id, customer: Id, contact: Id, deal: Id, number: u64) -> FollowUp {
    FollowUp {
        id,
        customer: Some(customer),
        at: pick.moment(),
        way: pick.of(&["call", "自己的方式"]).unwrap_or("").to_owned(),
        direction: pick.of(Direction::ALL),
        by: pick.name("人"),
        contact: (pick.below(2) > 0).then_some(contact),
        deal: (pick.below(2) > 0).then_some(deal),
        tags: pick.tags(),
        amount: pick.money(),
        priority: pick.below(4) as u32,
        text: format!("{number} {}", pick.word()).trim().to_owned(),
        outcome: pick.of(&["自己的结果"]).unwrap_or("").to_owned(),
        ..FollowUp::default()
    }
}

fn rest(pick: &mut Pick, ids: &mut IdSource, customer: Id, contact: Id, owners: &[Id], number: u64) -> Vec<Record> {
    let step = NextStep {
        id: ids.next(NOW),
        customer: Some(customer),
        what: format!("事{number}{}", pick.word().replace('\n', " ")).trim().to_owned(),
        due: pick.some_day().map(|day| Due { day, minute: pick.of(&[845]) }),
        deadline: pick.below(2) > 0,
        owner: pick.of(owners),
        done_at: pick.some_moment(),
        result: pick.word(),
        by: pick.name("人"),
        ..NextStep::default()
    };
    let feedback = Feedback {
        id: ids.next(NOW),
        customer: Some(customer),
        at: pick.moment(),
        kind: pick.of(FeedbackKind::ALL),
        score: pick.score(10),
        text: format!("反馈{number} {}", pick.word()).trim().to_owned(),
        by: pick.name("人"),
        contact: (pick.below(2) > 0).then_some(contact),
        grade: pick.of(Level::ALL),
        assigned: pick.of(owners),
        assigned_at: pick.some_moment(),
        answered_at: pick.some_moment(),
        resolved_at: pick.some_moment(),
        promised: pick.some_moment(),
        topic: pick.name("题"),
        resolution: pick.word(),
        ..Feedback::default()
    };
    let cost = Cost {
        id: ids.next(NOW),
        customer: (pick.below(2) > 0).then_some(customer),
        source: pick.of(&["exhibition"]).unwrap_or("").to_owned(),
        from: pick.some_day(),
        to: pick.some_day(),
        amount: pick.money(),
        purpose: pick.of(Purpose::ALL),
        note: format!("费用{number}"),
        ..Cost::default()
    };
    let target = Target {
        id: ids.next(NOW),
        owner: pick.of(owners),
        group: format!("地域=华东{number}"),
        from: pick.some_day(),
        to: pick.some_day(),
        measure: pick.of(Measure::ALL),
        amount: pick.money(),
        count: pick.whole(),
        rate: pick.rate(),
        score: pick.score(5),
        ..Target::default()
    };
    let product = Product {
        id: ids.next(NOW),
        name: pick.name(&format!("产品{number}")),
        aliases: pick.tags().into_iter().map(|tag| format!("别{number}{tag}")).collect(),
        category: pick.name("类"),
        price: pick.money(),
        unit: pick.name("单"),
        cost: pick.money(),
        discontinued: pick.below(2) > 0,
        ..Product::default()
    };
    let strategy = Strategy {
        id: ids.next(NOW),
        title: format!("策略{number}{}", pick.word().replace('\n', " ")).trim().to_owned(),
        group: format!("地域=华东{number}"),
        measure: pick.of(Measure::ALL),
        text: pick.word(),
        from: pick.some_day(),
        review_on: pick.some_day(),
        review: pick.word(),
        owner: pick.of(owners),
        ..Strategy::default()
    };
    vec![strategy.into(), step.into(), feedback.into(), cost.into(), target.into(), product.into()]
}

/// A stage and an item of a list that are the user's own.
fn lists(pick: &mut Pick, ids: &mut IdSource) -> Vec<Record> {
    let stage = Stage {
        id: ids.next(NOW),
        key: "trial".into(),
        zh: pick.name("试"),
        en: pick.name("trial"),
        role: pick.of(StageRole::ALL),
        probability: pick.rate(),
        position: 30,
        aliases: pick.tags(),
        hidden: pick.below(2) > 0,
        ..Stage::default()
    };
    // A stage that deals name is there, for an import would add it.
    let own = Stage {
        id: ids.next(NOW),
        key: "自定阶段".into(),
        zh: "自定阶段".into(),
        en: "own".into(),
        role: Some(StageRole::Open),
        position: 31,
        ..Stage::default()
    };
    let item = ListItem {
        id: ids.next(NOW),
        list: Some(ListKind::LostReason),
        key: "too_far".into(),
        zh: pick.name("远"),
        en: pick.name("far"),
        position: 40,
        aliases: pick.tags(),
        days: pick.whole(),
        can_return: pick.below(2) > 0,
        hidden: pick.below(2) > 0,
        ..ListItem::default()
    };
    vec![stage.into(), own.into(), item.into()]
}

/// A small book that depends on `seed` alone, each piece the records of one home.
pub fn pieces(seed: u64) -> Vec<Vec<Record>> {
    let (mut pick, mut ids) = (Pick(seed), IdSource::seeded(seed));
    let owners: Vec<Owner> = (0..2)
        .map(|at| {
            let owner = Owner::called(&format!("经理{at}"));
            Owner {
                office: pick.name("办"),
                active_since: pick.some_day(),
                phone: phone(&mut pick),
                aliases: pick.tags().into_iter().map(|tag| format!("{tag}{at}")).collect(),
                ..owner
            }
        })
        .collect();
    let teams: Vec<Team> = (0..2)
        .map(|at| Team {
            id: ids.next(NOW),
            name: format!("{at}{}", pick.name("团队")),
            manager: owners.get(at).map(|owner| owner.id),
            office: pick.name("办"),
            ..Team::default()
        })
        .collect();
    let team_ids: Vec<Id> = teams.iter().map(|team| team.id).collect();
    let owners: Vec<Owner> = owners.into_iter().map(|owner| Owner { team: pick.of(&team_ids), ..owner }).collect();
    let boss = owners.first().map(|owner| owner.id);
    let owner_ids: Vec<Id> = owners.iter().map(|owner| owner.id).collect();
    let with_boss = |owner: Owner| Record::from(Owner { manager: boss.filter(|id| *id != owner.id), ..owner });
    let mut pieces: Vec<Vec<Record>> = vec![owners.into_iter().map(with_boss).collect()];
    pieces.push(teams.into_iter().map(Record::from).collect());
    pieces.push(lists(&mut pick, &mut ids));
    let goal = Target { id: ids.next(NOW), team: pick.of(&team_ids), count: Some(3), ..Target::default() };
    pieces.push(vec![goal.into()]);
    for number in 0..4 {
        let home = ids.next(NOW);
        let first = contact(&mut pick, ids.next(NOW), home, None);
        let second = contact(&mut pick, ids.next(NOW), home, Some(first.id));
        let deal = deal(&mut pick, ids.next(NOW), Some(home), number, &owner_ids);
        let deal = Deal { contacts: vec![second.id, first.id], ..deal };
        let mut piece: Vec<Record> = vec![customer(&mut pick, home, number as usize, &owner_ids).into()];
        let talk = follow_up(&mut pick, ids.next(NOW), home, first.id, deal.id, number);
        let contact_id = first.id;
        piece.extend([first.into(), second.into(), deal.into(), talk.into()]);
        for order_number in 0..3 {
            piece.push(order(&mut pick, ids.next(NOW), home, number * 10 + order_number, &owner_ids).into());
        }
        for record in rest(&mut pick, &mut ids, home, contact_id, &owner_ids, number) {
            if record.home() == home {
                piece.push(record);
            } else {
                pieces.push(vec![record]);
            }
        }
        pieces.push(piece);
    }
    pieces.push(vec![deal(&mut pick, ids.next(NOW), None, 99, &owner_ids).into()]);
    pieces
}
