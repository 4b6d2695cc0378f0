//! Feedback: satisfaction after orders, recommendation, events, complaints and how they went on.

use crate::domain::choice::{ContactRole, FeedbackKind, Level};
use crate::domain::feedback::Feedback;
use crate::domain::measure::Score;
use crate::domain::time::{Day, Moment};
use crate::sample::calendar;
use crate::sample::course::Course;
use crate::sample::dice::Dice;
use crate::sample::draft::Draft;
use crate::sample::phrase::fill;
use crate::sample::product::ARTICLES;
use crate::sample::topic::Topic;
use crate::sample::{phrase_en, phrase_zh, script};

/// The places in the book of a customer whose complaint is past its promise, and of one whose complaint was answered.
const PAST_PROMISE: usize = 6;
const ANSWERED: usize = 7;

impl Draft<'_> {
    /// What the customer told us over the years.
    pub fn gather_feedback(&mut self) {
        for place in 0..self.orders.len() {
            let day = calendar::workday_from(self.orders[place].date.plus(self.dice.days(9, 20)));
            if day <= self.until && self.dice.chance(if place + 1 == self.orders.len() { 260 } else { 120 }) {
                self.add_satisfaction(day);
            }
        }
        if self.orders.len() > 2 && self.dice.chance(260) {
            let day = calendar::workday_until(self.until.plus(-self.dice.days(0, 330)));
            self.add_recommendation(day);
        }
        if self.orders.len() > 1 && self.dice.chance(110) {
            let day = calendar::workday_until(self.until.plus(-self.dice.days(5, 500)));
            self.add_event(day);
        }
        self.add_complaint();
    }

    fn blank(&mut self, day: Day, role: ContactRole) -> Feedback {
        let contact = self.contact_for(role).and_then(|place| self.people.get(place)).map(|person| person.record.id);
        Feedback {
            id: self.register.id(),
            customer: Some(self.id),
            at: calendar::hour_of(&mut self.dice, day, self.offset, false),
            by: self.owner_name(),
            contact,
            ..Feedback::default()
        }
    }

    fn add_satisfaction(&mut self, day: Day) {
        let leaving = matches!(self.profile.course, Course::Declining | Course::Lost);
        let points = if leaving {
            self.dice.weighted(&[(12, 500), (22, 400), (10, 350), (30, 300), (18, 200), (8, 100)])
        } else {
            self.dice.weighted(&[(40, 500), (12, 450), (34, 400), (10, 300), (3, 200), (1, 100)])
        };
        let opinions = if self.english() { phrase_en::OPINIONS } else { phrase_zh::OPINIONS };
        let row = match points {
            400.. => 0,
            300..400 => 1,
            _ => 2,
        };
        let text = (*self.dice.pick(opinions[row])).to_owned();
        let blank = self.blank(day, ContactRole::Purchaser);
        let score = Some(Score::from_hundredths(points));
        self.feedback.push(Feedback { kind: Some(FeedbackKind::Satisfaction), score, text, ..blank });
    }

    fn add_recommendation(&mut self, day: Day) {
        let leaving = matches!(self.profile.course, Course::Declining | Course::Lost);
        let points = if leaving {
            self.dice.weighted(&[(25, 7), (25, 6), (20, 5), (15, 8), (15, 3)])
        } else {
            self.dice.weighted(&[(26, 10), (28, 9), (24, 8), (13, 7), (7, 6), (2, 4)])
        };
        let blank = self.blank(day, ContactRole::DecisionMaker);
        let score = Some(Score::from_hundredths(points * 100));
        self.feedback.push(Feedback { kind: Some(FeedbackKind::Recommendation), score, ..blank });
    }

    fn add_event(&mut self, day: Day) {
        let events = if self.english() { phrase_en::EVENTS } else { phrase_zh::EVENTS };
        let topic = (*self.dice.pick(events)).to_owned();
        let blank = self.blank(day, ContactRole::User);
        self.feedback.push(Feedback { kind: Some(FeedbackKind::Event), topic, ..blank });
    }

    /// A complaint after one of the orders, more likely from those who leave, with the talks it led to.
    fn add_complaint(&mut self) {
        let open_one = matches!(self.place, PAST_PROMISE | ANSWERED);
        let share = match self.profile.course {
            Course::Declining => 420,
            Course::Lost => 380,
            _ => 95,
        };
        if self.orders.is_empty() || !(open_one || self.dice.chance(share)) {
            return;
        }
        let late = matches!(self.profile.course, Course::Lost | Course::Declining) || open_one;
        let count = self.orders.len();
        let place = if late { count - 1 } else { self.dice.below(count) };
        let order = &self.orders[place];
        let article = order.lines.first().and_then(|line| ARTICLES.iter().find(|article| article.zh == line.product));
        let Some(article) = article.filter(|article| !article.is_service()) else { return };
        let mut day = calendar::workday_from(order.date.plus(12)).min(self.until).max(order.date);
        if open_one {
            day = calendar::workday_until(self.until.plus(if self.place == PAST_PROMISE { -5 } else { -1 }));
        }
        if day > self.until {
            return;
        }
        let grievances = if self.english() { phrase_en::GRIEVANCES } else { phrase_zh::GRIEVANCES };
        let setting = self.setting(article, order_amount(self, place));

        let (topic, said, mended) = script::pick(&mut self.dice, grievances, setting, |row| row.1);
        let slots = self.slots(article, 1, order_amount(self, place), self.contact_for(ContactRole::User));
        let blank = self.blank(day, ContactRole::User);
        let complaint = Feedback {
            kind: Some(FeedbackKind::Complaint),
            text: fill(said, &slots),
            grade: Some(self.dice.weighted(&[(3, Level::Low), (5, Level::Middle), (2, Level::High)])),
            topic: topic.to_owned(),
            ..blank
        };
        let complaint = self.handle(complaint, fill(mended, &slots));
        self.talk_about(&complaint, article);
        self.feedback.push(complaint);
    }

    /// What became of a complaint: older ones are resolved, those of the last days partly answered.
    fn handle(&mut self, complaint: Feedback, mended: String) -> Feedback {
        let (day, offset) = (complaint.at.day(), self.offset);
        let end = Moment::start_of(self.until.plus(1), offset);
        let past = |moment: Moment| (moment < end).then_some(moment);
        let hour =
            |days: i32, dice: &mut Dice| calendar::hour_of(dice, calendar::workday_from(day.plus(days)), offset, false);
        let promised = complaint.at.plus_seconds(if complaint.grade == Some(Level::High) { 24 } else { 48 } * 3600);
        let assigned = complaint.at.plus_seconds(self.dice.between(5, 100) * 60);
        let (waits, takes) = (self.dice.weighted(&[(60, 1), (30, 2), (10, 5)]), self.dice.days(2, 9));
        let answered = hour(waits, &mut self.dice);
        let resolved = hour(takes.max(waits), &mut self.dice).max(answered.plus_seconds(3600));
        let untouched = self.place == PAST_PROMISE;
        let unresolved = untouched || self.place == ANSWERED;
        let resolved_at = past(resolved).filter(|_| !unresolved);
        Feedback {
            assigned: if self.dice.chance(250) { self.firm.id(0) } else { self.firm.id(self.owner) },
            assigned_at: past(assigned),
            answered_at: past(answered).filter(|_| !untouched),
            resolved_at,
            promised: Some(promised),
            resolution: if resolved_at.is_some() { mended } else { String::new() },
            ..complaint
        }
    }

    fn talk_about(&mut self, complaint: &Feedback, article: &'static crate::sample::product::Article) {
        let mut told = self.occasion(complaint.at.day(), Topic::Delivered, ContactRole::User);
        (told.article, told.words, told.incoming) = (article, Some(complaint.text.clone()), true);
        self.occasions.push(told);
        if let Some(resolved) = complaint.resolved_at {
            let mut mended = self.occasion(resolved.day(), Topic::Delivered, ContactRole::User);
            (mended.article, mended.words) = (article, Some(complaint.resolution.clone()));
            self.occasions.push(mended);
        }
    }
}

fn order_amount(draft: &Draft, place: usize) -> crate::domain::money::Money {
    draft.orders.get(place).map(crate::domain::order::Order::amount).unwrap_or_default()
}
