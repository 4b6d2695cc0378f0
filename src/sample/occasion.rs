//! When there is something to say to a customer, and about what.

use crate::domain::choice::{ContactRole, CustomerKind};
use crate::domain::deal::Deal;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::time::Day;
use crate::sample::calendar;
use crate::sample::course::Course;
use crate::sample::draft::Draft;
use crate::sample::product::{ARTICLES, Article};
use crate::sample::topic::Topic;
use ContactRole::{DecisionMaker, Influencer, Purchaser, User};

/// Something to talk about.
pub(super) struct Occasion {
    /// When.
    pub day: Day,
    /// About what.
    pub topic: Topic,
    /// With whom.
    pub role: ContactRole,
    /// The product spoken of.
    pub article: &'static Article,
    /// How many of it.
    pub pieces: i64,
    /// The amount spoken of.
    pub amount: Money,
    /// On which deal.
    pub deal: Option<Id>,
    /// The very words, where another record has them.
    pub words: Option<String>,
    /// Whether the customer reached out, where the words are given.
    pub incoming: bool,
    /// When the next step is due that is still to be done.
    pub open_due: Option<Day>,
}

/// The place in the book of the customer one talks to every week.
pub(super) const TALKATIVE: usize = 2;

impl Draft<'_> {
    /// Plans the talks: how it began, deals, orders, complaints, visits between, signs of leaving, what is to be done now.
    pub fn plan_talks(&mut self) {
        self.plan_beginning();
        self.plan_deals();
        self.plan_orders();
        self.plan_rounds();
        self.plan_leaving();
        self.plan_now();
        let until = self.until;
        self.occasions.retain(|occasion| occasion.day <= until);
        self.occasions.sort_by_key(|occasion| occasion.day);
    }

    /// An occasion about something of the basket.
    pub fn occasion(&mut self, day: Day, topic: Topic, role: ContactRole) -> Occasion {
        let basket = &self.profile.basket;
        let things = basket.iter().filter(|article| !article.is_service()).count().max(1);
        let place = self.dice.below(things);
        let article = basket.iter().copied().filter(|article| !article.is_service()).nth(place).unwrap_or(&ARTICLES[0]);
        let units = self.profile.order * self.dice.between(60, 150) / 100;
        let pieces = crate::sample::order::round_quantity(units * 100 / article.price.max(1)).min(800);
        Occasion {
            day: calendar::workday_from(day),
            topic,
            role,
            article,
            pieces,
            amount: Money::from_units((units / 100).max(3) * 100),
            deal: None,
            words: None,
            incoming: false,
            open_due: None,
        }
    }

    fn add(&mut self, day: Day, topic: Topic, role: ContactRole) {
        let occasion = self.occasion(day, topic, role);
        self.occasions.push(occasion);
    }

    fn plan_beginning(&mut self) {
        let start = self.profile.first_contact;
        let consumer = self.profile.company.kind == CustomerKind::Consumer;
        let first = if consumer || self.dice.chance(400) { Topic::Inquiry } else { Topic::ColdCall };
        let wanted = self.deals.first().and_then(|deal| deal.products.first());
        let wanted = wanted.and_then(|name| ARTICLES.iter().find(|article| article.zh == name));
        let mut beginning = self.occasion(start, first, Purchaser);
        beginning.article = wanted.filter(|article| !article.is_service()).unwrap_or(beginning.article);
        self.occasions.push(beginning);
        if consumer {
            return;
        }
        if self.dice.chance(350) {
            let day = start.plus(self.dice.days(1, 5));
            self.add(day, Topic::Missed, Purchaser);
        }
        if self.dice.chance(650) {
            let day = start.plus(self.dice.days(6, 16));
            self.add(day, Topic::FirstVisit, DecisionMaker);
        }
    }

    fn plan_deals(&mut self) {
        let deals: Vec<Deal> = self.deals.clone();
        for deal in deals {
            let article = deal.products.first().and_then(|name| ARTICLES.iter().find(|article| article.zh == name));
            let Some(article) = article else { continue };
            let amount = deal.amount.unwrap_or_default();
            for step in &deal.moves {
                let Some(at) = step.at else { continue };
                let (topic, role) = match step.stage.as_str() {
                    "prospecting" => continue,
                    "interested" => (Topic::Interest, Influencer),
                    "needs_confirmed" => (Topic::Needs, User),
                    "proposal" => (Topic::Quote, Purchaser),
                    "negotiation" => (Topic::Haggle, DecisionMaker),
                    "contract" => (Topic::Contract, Purchaser),
                    "won" => (Topic::Won, Purchaser),
                    "on_hold" => (Topic::Parked, DecisionMaker),
                    _ => (Topic::Gone, Purchaser),
                };
                let decided = matches!(step.stage.as_str(), "won" | "lost" | "on_hold");
                if !decided && self.dice.chance(220) {
                    continue;
                }
                let mut occasion = self.occasion(at.day(), topic, role);
                let pieces = crate::sample::order::round_quantity(amount.cents() / article.price.max(1)).max(1);
                (occasion.article, occasion.pieces, occasion.amount, occasion.deal) =
                    (article, pieces, amount, Some(deal.id));
                if topic == Topic::Needs && self.dice.chance(300) {
                    self.plan_trial(&occasion, deal.closed);
                }
                if step.stage == "lost" {
                    occasion.words = Some(deal.reason_note.clone());
                }
                self.occasions.push(occasion);
            }
        }
    }

    /// A sample sent some days after the needs were clear, and what came of it if there was time.
    fn plan_trial(&mut self, needs: &Occasion, closed: Option<Day>) {
        let end = closed.unwrap_or(self.until).min(self.until);
        let sent = needs.day.plus(self.dice.days(2, 5));
        for (day, topic) in [(sent, Topic::Trial), (sent.plus(self.dice.days(13, 22)), Topic::TrialEnd)] {
            let mut trial = self.occasion(day, topic, User);
            (trial.article, trial.deal, trial.amount) = (needs.article, needs.deal, needs.amount);
            if trial.day < end {
                self.occasions.push(trial);
            }
        }
    }

    fn plan_orders(&mut self) {
        let consumer = self.profile.company.kind == CustomerKind::Consumer;
        let share = if self.profile.rhythm < 30 { 30 } else { 50 };
        for place in 0..self.orders.len() {
            let order = &self.orders[place];
            let (date, amount, due, paid) = (order.date, order.amount(), order.due, order.paid.unwrap_or_default());
            let line = order.lines.iter().max_by_key(|line| line.amount);
            let article = line.and_then(|line| ARTICLES.iter().find(|article| article.zh == line.product));
            let pieces = line.map_or(1, |line| line.quantity / 1000);
            let Some(article) = article.filter(|article| !article.is_service()) else { continue };
            let from_deal = order.note.contains("SJ");
            let recent = self.today.days_since(date) < 60;
            let told = if consumer {
                0
            } else if recent {
                share + 25
            } else {
                share
            };
            let mut talks: Vec<(Day, Topic, ContactRole)> = Vec::new();
            if !from_deal && self.dice.chance(told * 9) {
                talks.push((date, Topic::Ordered, Purchaser));
            }
            if self.dice.chance(told * 5) {
                talks.push((date.plus(self.dice.days(6, 15)), Topic::Delivered, User));
            }
            if place > 0 && !from_deal && self.dice.chance(told * 3) {
                talks.push((date.plus(-self.dice.days(2, 6)), Topic::Reorder, Purchaser));
            }
            match due {
                Some(due) if paid < amount && due < self.today => {
                    talks.push((due.plus(self.dice.days(2, 12)), Topic::Payment, Purchaser));
                }
                Some(due) if paid == amount && self.dice.chance(60) => {
                    talks.push((due.plus(self.dice.days(-3, 6)), Topic::Paid, Purchaser));
                }
                _ => {}
            }
            for (day, topic, role) in talks {
                let mut occasion = self.occasion(day, topic, role);
                (occasion.article, occasion.pieces, occasion.amount) =
                    (article, pieces, amount - paid_part(topic, paid));
                self.occasions.push(occasion);
            }
        }
    }

    /// Visits, greetings and news while the customer buys.
    fn plan_rounds(&mut self) {
        let Some((start, last)) = self.profile.buying else { return };
        if self.profile.company.kind == CustomerKind::Consumer {
            return;
        }
        let rhythm = if self.place == TALKATIVE {
            6
        } else if self.profile.order > 40_000 {
            75
        } else {
            150
        };
        let mut day = start.plus(self.dice.days(20, 90));
        while day <= last.min(self.until) {
            let topic = self.dice.weighted(&[
                (60, Topic::Routine),
                (14, Topic::News),
                (12, Topic::Missed),
                (14, Topic::Delivered),
            ]);
            let role = *self.dice.pick(&[Purchaser, User, DecisionMaker, Influencer]);
            self.add(day, topic, role);
            day = day.plus((rhythm * self.dice.days(60, 140) / 100).max(3));
        }
        for year in start.month().year()..=last.month().year() {
            let greetings = [calendar::new_year(year).plus(-7), calendar::mid_autumn(year).plus(-4)];
            let christmas = Day::from_ymd(year, 12, 18).unwrap_or_default();
            let days: &[Day] = if self.english() { &[christmas] } else { &greetings };
            for day in days.iter().filter(|day| **day > start && **day < last) {
                if self.dice.chance(130) {
                    let day = calendar::workday_until(*day);
                    self.add(day, Topic::Greeting, DecisionMaker);
                }
            }
        }
    }

    fn plan_leaving(&mut self) {
        match (self.profile.course, self.profile.buying) {
            (Course::Declining, _) => {
                for _ in 0..self.dice.between(1, 3) {
                    let day = self.today.plus(-self.dice.days(8, 150));
                    self.add(day, Topic::Slipping, Purchaser);
                }
            }
            (Course::Lost, Some((_, last))) => {
                let day = last.plus(self.dice.days(30, 80));
                self.add(day, Topic::Missed, Purchaser);
                self.add(day.plus(self.profile.rhythm.min(60)), Topic::Gone, Purchaser);
                if self.dice.chance(600) {
                    let day = self.today.plus(-self.dice.days(6, 150)).max(day.plus(65));
                    self.add(day, Topic::WinBack, DecisionMaker);
                }
            }
            _ => {}
        }
    }

    /// The talk of these days and what it left to be done: overdue, today, in the coming week, later.
    fn plan_now(&mut self) {
        let alive = match self.profile.course {
            Course::Prospect => 620,
            Course::New => 700,
            Course::Growing | Course::Stable => 480,
            Course::Declining => 520,
            Course::Lost => 110,
            Course::Single => 40,
        };
        let left = self.until.plus(5) < self.today;
        let consumer = self.profile.company.kind == CustomerKind::Consumer;
        if left || consumer || !(self.place < 14 || self.dice.chance(alive)) {
            return;
        }
        let ahead = match self.dice.below(100) {
            0..=18 => -self.dice.days(1, 11),
            19..=32 => 0,
            33..=79 => self.dice.days(1, 7),
            _ => self.dice.days(8, 30),
        };
        let due = if ahead < 0 {
            calendar::workday_until(self.today.plus(ahead))
        } else {
            calendar::workday_from(self.today.plus(ahead))
        };
        let due = if ahead == 0 { self.today } else { due };
        let said = calendar::workday_until(due.plus(-self.dice.days(2, 13)).min(self.until));
        let open = self.deals.iter().rev().find(|deal| deal.closed.is_none() && deal.parked_until.is_none()).cloned();
        let topic = match (&open, self.profile.course) {
            (Some(deal), _) => match deal.stage.as_str() {
                "prospecting" | "interested" => Topic::Interest,
                "needs_confirmed" => Topic::Needs,
                "proposal" => Topic::Quote,
                "negotiation" => Topic::Haggle,
                _ => Topic::Contract,
            },
            (None, Course::Prospect) => *self.dice.pick(&[Topic::Interest, Topic::Missed, Topic::Needs]),
            (None, Course::New) => Topic::Delivered,
            (None, Course::Declining) => Topic::Slipping,
            (None, Course::Lost) => Topic::WinBack,
            _ => *self.dice.pick(&[Topic::Reorder, Topic::Reorder, Topic::Routine, Topic::News]),
        };
        if said <= self.profile.first_contact {
            return;
        }
        let role = *self.dice.pick(&[Purchaser, DecisionMaker]);
        let mut occasion = self.occasion(said, topic, role);
        if let Some(deal) = open {
            let article = deal.products.first().and_then(|name| ARTICLES.iter().find(|article| article.zh == name));
            occasion.article = article.unwrap_or(occasion.article);
            occasion.amount = deal.amount.unwrap_or_default();
            occasion.pieces =
                crate::sample::order::round_quantity(occasion.amount.cents() / occasion.article.price.max(1)).max(1);
            occasion.deal = Some(deal.id);
        }
        occasion.open_due = Some(due);
        self.occasions.push(occasion);
    }
}

/// What is already paid of an amount spoken of when asking for the rest.
fn paid_part(topic: Topic, paid: Money) -> Money {
    if topic == Topic::Payment { paid } else { Money::ZERO }
}
