//! One customer of the sample book while it is being written.

use crate::domain::choice::{ContactRole, CustomerKind, Level};
use crate::domain::cost::Cost;
use crate::domain::customer::{Contact, Customer};
use crate::domain::deal::Deal;
use crate::domain::feedback::Feedback;
use crate::domain::follow_up::{FollowUp, NextStep};
use crate::domain::id::Id;
use crate::domain::measure::Score;
use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::record::Record;
use crate::domain::time::{Day, Due};
use crate::sample::calendar;
use crate::sample::company::Place;
use crate::sample::course::{Course, Profile};
use crate::sample::dice::Dice;
use crate::sample::firm::Firm;
use crate::sample::occasion::Occasion;
use crate::sample::opinion::gather_feedback;
use crate::sample::order::place_orders;
use crate::sample::person::{self, Person};
use crate::sample::register::{Known, Register, yesterday};
use crate::sample::{phrase_en, phrase_zh};

/// A customer being written: what was drawn for it, and its records so far.
pub(super) struct Draft<'a> {
    pub firm: &'a Firm,
    pub register: &'a mut Register,
    pub dice: Dice,
    pub today: Day,
    pub offset: i16,
    pub place: usize,
    pub profile: Profile,
    pub id: Id,
    pub owner: usize,
    /// Last day on which anything can have happened.
    pub until: Day,
    pub rival: &'static str,
    pub people: Vec<Person>,
    pub orders: Vec<Order>,
    pub deals: Vec<Deal>,
    pub feedback: Vec<Feedback>,
    pub occasions: Vec<Occasion>,
    pub follow_ups: Vec<FollowUp>,
    pub steps: Vec<NextStep>,
}

impl<'a> Draft<'a> {
    /// Draws the customer at `place` in the book.
    pub fn new(
        firm: &'a Firm,
        register: &'a mut Register,
        mut dice: Dice,
        place: usize,
        today: Day,
        offset: i16,
    ) -> Draft<'a> {
        let profile = Profile::draw(&mut dice, register, place, today);
        let id = register.id();
        let owner = Firm::owner_of(&mut dice, &profile.company, profile.order, register.english);
        let mut people = person::gather(&mut dice, register, &profile.company, id, today);
        if let (Some(ahead), Some(first)) = ([0, 2, 0, 5].get(place).filter(|ahead| **ahead > 0), people.first_mut()) {
            first.record.birthday = Some(person::birthday_in(&mut dice, today, *ahead));
        }
        let rivals: &[&'static str] = if profile.company.english() { phrase_en::RIVALS } else { phrase_zh::RIVALS };
        let rival = *dice.pick(rivals);
        Draft {
            until: firm.active_until(owner, yesterday(today)),
            rival,
            firm,
            register,
            dice,
            today,
            offset,
            place,
            profile,
            id,
            owner,
            people,
            orders: Vec::new(),
            deals: Vec::new(),
            feedback: Vec::new(),
            occasions: Vec::new(),
            follow_ups: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// Writes everything, in the order in which one thing causes another.
    pub fn write(mut self) -> Vec<Record> {
        place_orders(&mut self);
        self.make_deals();
        gather_feedback(&mut self);
        self.plan_talks();
        self.write_talks();
        self.finish()
    }

    /// Whether one talks to this customer in English.
    pub fn english(&self) -> bool {
        self.profile.company.english()
    }

    /// The place of a contact with this role, else of the first.
    pub fn contact_for(&self, role: ContactRole) -> Option<usize> {
        let found = self.people.iter().position(|person| person.record.role == Some(role));
        found.or((!self.people.is_empty()).then_some(0))
    }

    /// Name of the customer's owner.
    pub fn owner_name(&self) -> String {
        self.firm.name(self.owner).to_owned()
    }

    fn finish(mut self) -> Vec<Record> {
        let customer = self.customer();
        let known = Known { id: self.id, name: customer.name.clone(), phone: customer.phone.clone() };
        self.remember(known, &customer);
        let mut records = vec![Record::from(customer)];
        if self.profile.order > 60_000 && self.orders.len() > 3 {
            records.push(self.service_cost());
        }
        records.extend(self.people.into_iter().map(|person| Record::from(Contact { ..person.record })));
        records.extend(self.orders.into_iter().map(Record::from));
        records.extend(self.deals.into_iter().map(Record::from));
        records.extend(self.feedback.into_iter().map(Record::from));
        records.extend(self.follow_ups.into_iter().map(Record::from));
        records.extend(self.steps.into_iter().map(Record::from));
        records
    }

    fn remember(&mut self, known: Known, customer: &Customer) {
        if self.english() || self.profile.company.kind != CustomerKind::Business {
            return;
        }
        if customer.industry == "wholesale" && self.register.dealers.len() < 40 {
            self.register.dealers.push(known.clone());
        }
        if customer.name.contains("集团") && self.register.groups.len() < 40 {
            self.register.groups.push(known.clone());
        }
        self.register.last = Some((known, self.profile.company.clone()));
    }

    fn service_cost(&mut self) -> Record {
        let orders = self.orders.len() as i64;
        let units = orders * self.dice.between(150, 420);
        Record::from(Cost {
            id: self.register.id(),
            customer: Some(self.id),
            from: Some(self.today.plus_months(-12)),
            to: Some(self.today),
            amount: Some(Money::from_units(units)),
            purpose: Some(crate::domain::choice::Purpose::Service),
            note: if self.english() { "On-site service, travel" } else { "上门服务、差旅" }.to_owned(),
            ..Cost::default()
        })
    }

    fn customer(&mut self) -> Customer {
        let company = self.profile.company.clone();
        let consumer = company.kind == CustomerKind::Consumer;
        let english = self.english();
        let due = self.steps.iter().filter(|step| step.done_at.is_none()).filter_map(|step| step.due).min();
        let head_count = (!consumer).then(|| head_count(self.profile.order, &mut self.dice));
        let mail = if english { "info" } else { "office" };
        let domain = if english { "example.com" } else { "example.cn" };
        Customer {
            id: self.id,
            code: self.register.code(self.profile.first_contact),
            phone: self.phone(),
            address: company.address(&mut self.dice),
            region: company.region(self.register.english),
            industry: company.industry.to_owned(),
            size: if consumer { String::new() } else { size(self.profile.order).to_owned() },
            head_count: head_count.filter(|_| self.dice.chance(820)),
            founded: (!consumer && self.dice.chance(780)).then(|| self.dice.between(1978, 2021) as u32),
            kind: Some(company.kind),
            source: self.source().to_owned(),
            owner: self.firm.id(self.owner),
            helpers: self.helpers(),
            first_contact: Some(self.profile.first_contact),
            next_contact: due.or_else(|| self.plain_next()),
            email: if consumer || self.dice.chance(450) || company.slug.is_empty() {
                String::new()
            } else {
                format!("{mail}@{}.{domain}", company.slug)
            },
            potential: self.dice.chance(380).then(|| Score::from_hundredths(self.dice.between(15, 96) as i32 * 100)),
            acquisition_cost: self.dice.chance(300).then(|| Money::from_units(self.dice.between(6, 120) * 100)),
            parent: self.linked(true),
            dealer: self.linked(false),
            name: company.name,
            short_name: if consumer { String::new() } else { company.short },
            ..self.judgement()
        }
    }

    /// What the salesperson thinks of the customer: need, tags, note, conclusion, a stage set by hand.
    fn judgement(&mut self) -> Customer {
        let english = self.english();
        let (notes, all_tags, conclusions) = if english {
            (phrase_en::NOTES, phrase_en::TAGS, phrase_en::CONCLUSIONS)
        } else {
            (phrase_zh::NOTES, phrase_zh::TAGS, phrase_zh::CONCLUSIONS)
        };
        let mut tags: Vec<String> = Vec::new();
        for _ in 0..self.dice.weighted(&[(45, 0), (35, 1), (20, 2)]) {
            let tag = *self.dice.pick(all_tags);
            if !tags.iter().any(|held| held == tag) {
                tags.push(tag.to_owned());
            }
        }
        let need = self.dice.weighted(&[(25, ""), (22, "price"), (28, "quality"), (10, "custom"), (15, "service")]);
        let sensitivity = match need {
            "price" => Some(Level::High),
            "quality" | "service" => Some(*self.dice.pick(&[Level::Low, Level::Middle])),
            _ => None,
        };
        let called = self.people.first().map_or("", |person| person.called.as_str()).to_owned();
        let business = self.profile.company.kind != CustomerKind::Consumer;
        let note = if business && self.dice.chance(240) {
            self.dice.pick(notes).replace("{c}", if called.is_empty() { "对方" } else { &called })
        } else {
            String::new()
        };
        let conclusion = if business && (self.place < 22 || self.dice.chance(330)) {
            (*self.dice.pick(conclusions[self.profile.course as usize])).to_owned()
        } else {
            String::new()
        };
        let undecided = self.profile.course == Course::Prospect && self.deals.is_empty() && self.dice.chance(500);
        Customer {
            need: need.to_owned(),
            price_sensitivity: sensitivity,
            tags,
            note,
            conclusion,
            stage: if undecided { (*self.dice.pick(&["prospecting", "interested"])).to_owned() } else { String::new() },
            ..Customer::default()
        }
    }

    fn phone(&mut self) -> String {
        match self.profile.company.place {
            Place::Abroad(country, _) => self.register.foreign(country.3),
            Place::City(_) if self.profile.company.kind == CustomerKind::Consumer => {
                self.people.first().map_or_else(String::new, |person| person.record.phone.clone())
            }
            Place::City((_, _, code, digits, _)) => self.register.landline(code, *digits),
        }
    }

    fn source(&mut self) -> &'static str {
        let public = self.profile.company.kind == CustomerKind::Government;
        if public && self.dice.chance(600) {
            return "tender";
        }
        self.dice.weighted(&[
            (24, "referral"),
            (19, "exhibition"),
            (11, "website"),
            (12, "search"),
            (6, "social"),
            (14, "cold_call"),
            (7, "dealer"),
            (4, "walk_in"),
            (3, "other"),
        ])
    }

    fn helpers(&mut self) -> Vec<Id> {
        if !self.dice.chance(if self.profile.order > 40_000 { 350 } else { 60 }) {
            return Vec::new();
        }
        let place = self.dice.below(8);
        self.firm.id(place).filter(|_| place != self.owner).into_iter().collect()
    }

    /// The next contact of a customer nothing is promised to, for some of those who buy.
    fn plain_next(&mut self) -> Option<Due> {
        let alive = matches!(self.profile.course, Course::Stable | Course::Growing | Course::New);
        if self.until < yesterday(self.today) || !alive || !self.dice.chance(180) {
            return None;
        }
        Some(Due::on(calendar::workday_from(self.today.plus(self.dice.days(3, 40)))))
    }

    fn linked(&mut self, parent: bool) -> Option<Id> {
        if self.english() || self.profile.company.kind != CustomerKind::Business || self.place < 22 {
            return None;
        }
        let (pool, share) = if parent { (&self.register.groups, 35) } else { (&self.register.dealers, 60) };
        if pool.is_empty() || !self.dice.chance(share) {
            return None;
        }
        Some(pool[self.dice.below(pool.len())].id)
    }
}

/// The size by revenue that goes with a common order.
fn size(order: i64) -> &'static str {
    match order {
        ..=4_500 => "under_5m",
        4_501..=9_500 => "5m_10m",
        9_501..=36_000 => "10m_50m",
        36_001..=85_000 => "50m_100m",
        _ => "over_100m",
    }
}

fn head_count(order: i64, dice: &mut Dice) -> u32 {
    let heads = (order / 180).max(6) * dice.between(60, 180) / 100;
    let rounded = if heads > 100 { heads / 10 * 10 } else { heads };
    u32::try_from(rounded).unwrap_or(10)
}
