//! Writes follow-ups, and the next steps they promise, out of the occasions.

use crate::domain::choice::Direction;
use crate::domain::follow_up::{FollowUp, NextStep};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::time::{Day, Due, Moment};
use crate::sample::calendar;
use crate::sample::draft::Draft;
use crate::sample::occasion::Occasion;
use crate::sample::phrase::{Slots, fill, of_a_woman, quantity, said};
use crate::sample::product::Article;
use crate::sample::script::{self, Setting};
use crate::sample::topic::{Line, Topic};
use crate::sample::{phrase_en, phrase_zh};

impl Draft<'_> {
    /// Writes every planned talk, oldest first.
    pub fn write_talks(&mut self) {
        let occasions = std::mem::take(&mut self.occasions);
        let mut recent: Vec<&'static str> = Vec::new();
        for occasion in &occasions {
            let line = self.line_for(occasion, &recent);
            recent.push(line.4);
            self.write_talk(occasion, line);
        }
        self.follow_ups.sort_by_key(|follow_up| follow_up.at);
    }

    /// A line on the topic that was not just used; words given by another record are a plain call or mail.
    fn line_for(&mut self, occasion: &Occasion, recent: &[&str]) -> Line {
        if occasion.words.is_some() {
            let way = if self.english() { "email" } else { *self.dice.pick(&["call", "call", "wechat"]) };
            return (way, if occasion.incoming { '<' } else { '>' }, "connected", "", "");
        }
        let lines = script::lines(occasion.topic, self.english());
        let setting = self.setting(occasion.article, occasion.amount);
        let said_yes = |line: &Line| occasion.open_due.is_none() || line.2 != "not_interested";
        let drawn = (0..6)
            .map(|_| self.dice.pick(lines))
            .find(|(line, asks)| setting.meets(*asks) && said_yes(line) && !recent.contains(&line.4));
        if let Some((line, _)) = drawn {
            return *line;
        }
        let fitting = lines.iter().filter(|(line, asks)| setting.meets(*asks) && said_yes(line)).map(|row| row.0);
        let fitting: Vec<Line> = fitting.collect();
        let last_said = |line: &Line| recent.iter().rposition(|said| *said == line.4);
        let fresh: Vec<Line> = fitting.iter().copied().filter(|line| last_said(line).is_none()).collect();
        if !fresh.is_empty() {
            return *self.dice.pick(&fresh);
        }
        fitting.into_iter().min_by_key(last_said).unwrap_or_else(|| self.dice.pick(lines).0)
    }

    fn write_talk(&mut self, occasion: &Occasion, line: Line) {
        let (way, direction, outcome, tag, template) = line;
        let contact = self.contact_for(occasion.role);
        let deadline = template.contains("{d}前") || template.contains("by {d}");
        let due = self.due_after(occasion, deadline);
        let mut slots = self.slots(occasion.article, occasion.pieces, occasion.amount, contact);
        slots.day = calendar::spoken(occasion.day, due, self.english());
        let setting = self.setting(occasion.article, occasion.amount);
        let text = match &occasion.words {
            Some(words) => words.clone(),
            None => self.with_tail(fill(template, &slots), occasion.topic, setting, &slots),
        };
        let woman = contact.and_then(|place| self.people.get(place)).is_some_and(|person| person.woman);
        let text = if woman { of_a_woman(&text) } else { text };
        let at = calendar::hour_of(
            &mut self.dice,
            occasion.day,
            self.offset,
            matches!(way, "wechat" | "whatsapp" | "dinner"),
        );
        let helped = self.dice.chance(40);
        let follow_up = FollowUp {
            id: self.register.id(),
            customer: Some(self.id),
            at,
            way: way.to_owned(),
            direction: Some(if direction == '<' { Direction::Incoming } else { Direction::Outgoing }),
            by: if helped && self.english() { self.firm.name(7).to_owned() } else { self.owner_name() },
            contact: contact.and_then(|place| self.people.get(place)).map(|person| person.record.id),
            deal: occasion.deal,
            tags: self.tags(occasion, tag),
            amount: template.contains("{a}").then_some(occasion.amount),
            priority: self.priority(occasion),
            text,
            outcome: outcome.to_owned(),
            ..FollowUp::default()
        };
        let promised = template.contains("{d}") || occasion.open_due.is_some() || self.dice.chance(120);
        if promised && occasion.words.is_none() {
            let step = self.step(occasion, &slots, follow_up.id, at, due, deadline);
            self.steps.push(step);
        }
        self.follow_ups.push(follow_up);
    }

    fn tags(&mut self, occasion: &Occasion, tag: &str) -> Vec<String> {
        let complaint = occasion.words.is_some() && occasion.deal.is_none();
        let tag = match (complaint, self.english()) {
            (true, false) => "投诉",
            (true, true) => "complaint",
            _ => tag.trim_start_matches('#'),
        };
        if tag.is_empty() { Vec::new() } else { vec![tag.to_owned()] }
    }

    fn priority(&mut self, occasion: &Occasion) -> u32 {
        match occasion.topic {
            Topic::Slipping | Topic::Payment if self.dice.chance(300) => 2,
            Topic::Haggle | Topic::Contract if self.dice.chance(250) => 1,
            _ if occasion.open_due.is_some() && self.dice.chance(80) => 3,
            _ => 0,
        }
    }

    /// What decides which lines fit.
    pub fn setting(&self, article: &'static Article, amount: Money) -> Setting {
        let works = matches!(self.profile.company.industry, "manufacturing" | "energy" | "technology");
        Setting { article, amount, works }
    }

    /// What stands in the slots of a phrase said to a contact.
    pub fn slots(&self, article: &'static Article, pieces: i64, amount: Money, contact: Option<usize>) -> Slots {
        let english = self.english();
        let nobody = if english { "they" } else { "对方" };
        let called = contact.and_then(|place| self.people.get(place)).map_or(nobody, |person| person.called.as_str());
        Slots {
            product: if english { article.en } else { article.word },
            contact: called.to_owned(),
            amount: said(amount, english),
            quantity: quantity(pieces, article, english),
            day: String::new(),
            rival: self.rival,
            firm: self.profile.company.short.clone(),
        }
    }

    /// Something more, said in passing.
    fn with_tail(&mut self, text: String, topic: Topic, setting: Setting, slots: &Slots) -> String {
        let open = matches!(
            topic,
            Topic::FirstVisit | Topic::Needs | Topic::Interest | Topic::Quote | Topic::Routine | Topic::Reorder
        );
        if !open || !self.dice.chance(240) {
            return text;
        }
        let english = self.english();
        let tails = if english { phrase_en::TAILS } else { phrase_zh::TAILS };
        let tail = *self.dice.pick(tails);
        if !setting.fits(tail) {
            return text;
        }
        let tail = fill(tail, slots);
        let ended = text.ends_with(['？', '?', '”', '"', '.', '！', '!']);
        let mark = match (ended, english) {
            (true, false) => "",
            (true, true) => " ",
            (false, false) => "。",
            (false, true) => ". ",
        };
        let tail = if english { tail.as_str() } else { tail.trim_end_matches('。') };
        format!("{text}{mark}{tail}")
    }

    fn due_after(&mut self, occasion: &Occasion, deadline: bool) -> Day {
        occasion.open_due.unwrap_or_else(|| {
            calendar::workday_from(occasion.day.plus(self.dice.days(if deadline { 4 } else { 1 }, 9)))
        })
    }

    /// What is to be done next: still open when the occasion says so or the day is yet to come, else done with a result.
    fn step(&mut self, occasion: &Occasion, slots: &Slots, from: Id, at: Moment, due: Day, deadline: bool) -> NextStep {
        let promises = script::promises(occasion.topic, self.english());
        let setting = self.setting(occasion.article, occasion.amount);

        let (what, result) = script::pick(&mut self.dice, promises, setting, |promise| promise.0);
        let open = occasion.open_due.is_some() || due > self.until;
        let late = if self.dice.chance(250) { self.dice.days(1, 6) } else { 0 };
        let done_on = calendar::workday_until(due.plus(late).min(self.until)).max(occasion.day);
        let done_at = (!open).then(|| {
            let drawn = calendar::hour_of(&mut self.dice, done_on, self.offset, false);
            if drawn <= at { at.plus_seconds(1_800) } else { drawn }
        });
        let timed = (open && self.dice.chance(220)).then(|| self.dice.between(18, 34) as u16 * 30);
        let doer = if self.dice.chance(60) { 0 } else { self.owner };
        NextStep {
            id: self.register.id(),
            customer: Some(self.id),
            follow_up: Some(from),
            what: fill(what, slots),
            due: Some(Due { day: due, minute: timed.filter(|minute| !(720..810).contains(minute)) }),
            deadline,
            owner: self.firm.id(doer),
            done_at,
            result: if open { String::new() } else { fill(result, slots) },
            by: self.owner_name(),
            ..NextStep::default()
        }
    }
}
