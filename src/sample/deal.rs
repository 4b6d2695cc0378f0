//! Deals on their way through the funnel.

use crate::domain::choice::ContactRole;
use crate::domain::deal::{Deal, StageMove};
use crate::domain::measure::Rate;
use crate::domain::money::Money;
use crate::domain::time::Day;
use crate::sample::calendar;
use crate::sample::course::Course;
use crate::sample::draft::Draft;
use crate::sample::order::{priced, round_quantity};
use crate::sample::phrase::{Slots, fill, quantity};
use crate::sample::product::{ARTICLES, Article, categories};
use crate::sample::{phrase_en, phrase_zh, script};

/// The path to a contract, with the days a deal commonly stays at each stage.
const PATH: &[(&str, i32)] = &[
    ("prospecting", 9),
    ("interested", 14),
    ("needs_confirmed", 15),
    ("proposal", 21),
    ("negotiation", 13),
    ("contract", 8),
];

/// Where lost deals got to.
const LOST_AT: &[(usize, usize)] = &[(10, 0), (22, 1), (17, 2), (32, 3), (15, 4), (4, 5)];

/// Where open deals stand.
const OPEN_AT: &[(usize, usize)] = &[(20, 0), (21, 1), (18, 2), (22, 3), (12, 4), (7, 5)];

const EARLY_REASONS: &[(usize, &str)] = &[
    (18, "silent"),
    (14, "not_a_fit"),
    (16, "no_access"),
    (18, "budget"),
    (12, "status_quo"),
    (14, "need_changed"),
    (8, "other"),
];

const LATE_REASONS: &[(usize, &str)] = &[
    (26, "price"),
    (22, "competitor"),
    (12, "tender_lost"),
    (10, "delivery"),
    (9, "specification"),
    (8, "payment_terms"),
    (13, "postponed"),
];

/// How a deal ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Open,
    Won,
    Lost,
    Parked,
}

impl Draft<'_> {
    /// Makes the customer's deals: won ones from its orders, lost, parked and open ones beside them.
    pub fn make_deals(&mut self) {
        if self.profile.company.kind == crate::domain::choice::CustomerKind::Consumer {
            return;
        }
        self.won_deals();
        let (lost, parked, open) = match self.profile.course {
            Course::Prospect => (260, 90, 700),
            Course::New => (60, 20, 330),
            Course::Growing => (220, 60, 520),
            Course::Stable => (240, 60, 330),
            Course::Declining => (330, 70, 240),
            Course::Lost => (420, 60, 80),
            Course::Single => (120, 30, 60),
        };
        if self.dice.chance(lost) {
            let room = self.until.days_since(self.profile.first_contact);
            let closed = self.until.plus(-self.dice.days(0, (room - 30).clamp(0, 800)));
            self.other_deal(Ending::Lost, closed);
        }
        if self.dice.chance(parked) {
            let day = self.until.plus(-self.dice.days(8, 160));
            self.other_deal(Ending::Parked, day);
        }
        let twice = self.profile.order > 50_000 && self.dice.chance(300);
        for _ in 0..1 + usize::from(twice) {
            if self.dice.chance(open) || self.place == 0 {
                let entered = self.until.plus(-self.dice.weighted(&[(50, 4), (25, 12), (15, 30), (10, 75)]));
                let entered = entered.plus(-self.dice.days(0, 9));
                self.other_deal(Ending::Open, entered);
            }
        }
    }

    /// The first order and the largest one are often the end of a deal.
    fn won_deals(&mut self) {
        let Some((start, _)) = self.profile.buying else { return };
        let fresh = start.days_since(self.profile.first_contact) < 130;
        let largest = (0..self.orders.len()).max_by_key(|place| self.orders[*place].amount());
        let mut chosen: Vec<usize> = Vec::new();
        if !self.orders.is_empty() && fresh && self.dice.chance(620) {
            chosen.push(0);
        }
        if let Some(place) = largest.filter(|place| *place > 0 && self.dice.chance(420)) {
            chosen.push(place);
        }
        let worth = Money::from_units(5_000);
        chosen.retain(|place| {
            let order = &self.orders[*place];
            !order.returned && order.date <= self.until && order.amount() >= worth
        });
        for place in chosen {
            self.won_deal(place);
        }
    }

    fn won_deal(&mut self, place: usize) {
        let order = &self.orders[place];
        let (date, amount) = (order.date, order.amount());
        let line = order.lines.iter().max_by_key(|line| line.amount);
        let Some(line) = line else { return };
        let Some(article) = ARTICLES.iter().find(|article| article.zh == line.product) else { return };
        let pieces = line.quantity / 1000;
        let products: Vec<String> = order.lines.iter().map(|line| line.product.clone()).collect();
        let deal = self.deal(Ending::Won, date, (article, pieces, amount));
        let number = deal.number.clone();
        self.deals.push(Deal { products, ..deal });
        let note = if self.english() { format!("Deal {number}") } else { format!("对应商机 {number}") };
        if let Some(order) = self.orders.get_mut(place) {
            order.note = note;
        }
    }

    fn other_deal(&mut self, ending: Ending, day: Day) {
        let day = day.max(self.profile.first_contact.plus(3)).min(self.until);
        let units = (self.profile.order * self.dice.between(150, 700) / 100).max(6_000);
        let wanted = categories(self.profile.company.industry);
        let within = |article: &&Article| {
            article.price <= units * 100 && !article.is_service() && wanted.contains(&article.category)
        };
        let all: Vec<&'static Article> = ARTICLES.iter().filter(within).collect();
        let near: Vec<&'static Article> =
            all.iter().copied().filter(|article| article.price * article.most() > units * 100).collect();
        if all.is_empty() {
            return;
        }
        let article = *self.dice.pick(if near.is_empty() { &all } else { &near });
        let pieces = round_quantity(units * 100 / article.price);
        let discount = self.profile.discount;
        let exact = priced(article, pieces, discount, 0, false).amount.parts() / 10_000;
        let rounded = if exact > 20_000 { exact / 500 * 500 } else { exact / 100 * 100 };
        let deal =
            self.deal(ending, calendar::workday_until(day), (article, pieces, Money::from_units(rounded.max(500))));
        self.deals.push(deal);
    }

    /// A deal that entered its last stage on `day`.
    fn deal(&mut self, ending: Ending, day: Day, (article, pieces, amount): (&'static Article, i64, Money)) -> Deal {
        let reached = match ending {
            Ending::Won => 5,
            Ending::Lost => self.dice.weighted(LOST_AT),
            Ending::Open => self.dice.weighted(OPEN_AT),
            Ending::Parked => 1 + self.dice.below(4),
        };
        let moves = self.moves(ending, day, reached);
        let opened = moves.first().and_then(|first| first.at).map(|at| at.day());
        let reason = match ending {
            Ending::Lost if reached < 2 => self.dice.weighted(EARLY_REASONS),
            Ending::Lost => self.dice.weighted(LATE_REASONS),
            _ => "",
        };
        let stage = moves.last().map_or("prospecting", |last| last.stage.as_str()).to_owned();
        let contested =
            reached >= 3 && self.dice.chance(480) || matches!(reason, "competitor" | "tender_lost" | "price");
        let number = self.register.deal_number(day);
        let title = self.title(article, pieces, amount);
        Deal {
            id: self.register.id(),
            customer: Some(self.id),
            title,
            amount: Some(amount),
            owner: self.firm.id(self.owner),
            competitor: if contested { self.rival.to_owned() } else { String::new() },
            stage,
            moves,
            opened,
            expected_close: self.expected_close(ending, day, reached),
            closed: matches!(ending, Ending::Won | Ending::Lost).then_some(day),
            lost_reason: reason.to_owned(),
            reason_note: self.reason_note(ending, reason, article, amount),
            products: vec![article.zh.to_owned()],
            probability: (ending == Ending::Open && self.dice.chance(240))
                .then(|| Rate::from_basis_points(self.dice.between(1, 19) as i32 * 500)),
            number,
            contacts: self
                .contact_for(ContactRole::Purchaser)
                .map(|place| self.people[place].record.id)
                .into_iter()
                .collect(),
            parked_until: (ending == Ending::Parked).then(|| self.today.plus(self.dice.days(20, 190))),
            ..Deal::default()
        }
    }

    fn title(&mut self, article: &'static Article, pieces: i64, amount: Money) -> String {
        let english = self.english();
        let titles = if english { phrase_en::DEALS } else { phrase_zh::DEALS };
        let setting = self.setting(article, amount);

        let template =
            if article.is_service() { titles[0] } else { script::pick(&mut self.dice, titles, setting, |title| title) };
        let slots = Slots {
            product: if english { article.en.split_once(' ').map_or(article.en, |pair| pair.1) } else { article.word },
            quantity: quantity(pieces, article, english),
            ..Slots::default()
        };
        let title = fill(template, &slots);
        let mut signs = title.chars();
        signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
    }

    fn reason_note(&mut self, ending: Ending, reason: &str, article: &'static Article, amount: Money) -> String {
        let english = self.english();
        let template = match ending {
            Ending::Won => *self.dice.pick(if english { phrase_en::WON_NOTES } else { phrase_zh::WON_NOTES }),
            Ending::Lost => self.dice.pick(if english { phrase_en::lost(reason) } else { phrase_zh::lost(reason) }),
            _ => return String::new(),
        };
        let slots = self.slots(article, 1, amount, self.contact_for(ContactRole::Purchaser));
        fill(template, &slots)
    }

    /// Steps up to stage `reached`, walked backwards from the day the last one was entered.
    fn moves(&mut self, ending: Ending, day: Day, reached: usize) -> Vec<StageMove> {
        let closing = match ending {
            Ending::Open => None,
            Ending::Won => Some("won"),
            Ending::Lost => Some("lost"),
            Ending::Parked => Some("on_hold"),
        };
        let pace = if self.profile.order > 60_000 { 150 } else { 100 };
        let mut stages: Vec<(&str, i32)> = Vec::with_capacity(8);
        for (place, (stage, days)) in PATH.iter().enumerate().take(reached + 1) {
            if place > 0 && place < reached && self.dice.chance(90) {
                continue;
            }
            stages.push((stage, (days * pace / 100 * self.dice.days(25, 210) / 100).max(1)));
        }
        if reached > 3 && self.dice.chance(50) {
            stages.insert(stages.len() - 1, ("needs_confirmed", 6));
        }
        match closing {
            Some(closing) => stages.push((closing, 0)),
            None => stages.last_mut().into_iter().for_each(|last| last.1 = 0),
        }
        let room = day.days_since(self.profile.first_contact).max(0);
        let wanted: i32 = stages.iter().map(|stage| stage.1).sum();
        let squeeze = |days: i32| if wanted > room { days * room / wanted.max(1) } else { days };
        let mut left: i32 = stages.iter().map(|stage| squeeze(stage.1)).sum();
        let by = self.owner_name();
        let mut last = None;
        stages
            .into_iter()
            .map(|(stage, days)| {
                let on = calendar::workday_until(day.plus(-left));
                left -= squeeze(days);
                let drawn = calendar::hour_of(&mut self.dice, on, self.offset, false);
                let at = last
                    .filter(|last| *last >= drawn)
                    .map_or(drawn, |last: crate::domain::time::Moment| last.plus_seconds(300));
                last = Some(at);
                StageMove { stage: stage.to_owned(), at: Some(at), by: by.clone(), ..StageMove::default() }
            })
            .collect()
    }

    /// When it was hoped to close: a fifth of the open ones has slipped, some were never given a date.
    fn expected_close(&mut self, ending: Ending, day: Day, reached: usize) -> Option<Day> {
        match ending {
            Ending::Won | Ending::Lost => Some(day.plus(self.dice.days(-25, 12))),
            Ending::Parked => None,
            Ending::Open if self.dice.chance(150) => None,
            Ending::Open if self.dice.chance(200) => Some(self.today.plus(-self.dice.days(2, 28))),
            Ending::Open => {
                let left = (6 - reached as i32) * 12;
                Some(calendar::workday_from(self.today.plus(self.dice.days(4, 20) + left)))
            }
        }
    }
}
