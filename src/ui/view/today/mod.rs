//! What waits today, and a way to walk through it one by one.

mod draw;
mod queue;
mod screen;

use crate::analysis::queue::Why;
use crate::book::command::Command;
use crate::book::logging::{Logging, next_after};
use crate::book::row::Row;
use crate::domain::choice::{FeedbackKind, ListKind};
use crate::domain::customer::Customer;
use crate::domain::feedback::Feedback;
use crate::domain::follow_up::{FollowUp, NextStep};
use crate::domain::id::Id;
use crate::domain::list::ListItem;
use crate::domain::record::Record;
use crate::domain::time::Day;
use crate::store::dossier::Dossier;
use crate::text::{Words, words};
use crate::ui::action::Action;
use crate::ui::choosing::{Choice, Choosing};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Place, Settling};
use crate::ui::keymap::shown as key_shown;
use crate::ui::view::View;
use crate::ui::view::grievances::Grievances;
use crate::ui::widget::rows::Rows;
use queue::{AHEAD, Asked, Grouping, Shown, Waiter, by_weight, grouped};
use std::collections::{HashMap, HashSet};

const WHOSE: Words = words("Whose queue", "看谁的待办");
const DONE: Words = words("Done: ", "已完成：");
const NOBODY: Words = words("Nobody waits. Well done.", "没有待办，干得漂亮。");
const OUTCOMES: [Action; 9] = [
    Action::Outcome1,
    Action::Outcome2,
    Action::Outcome3,
    Action::Outcome4,
    Action::Outcome5,
    Action::Outcome6,
    Action::Outcome7,
    Action::Outcome8,
    Action::Outcome9,
];

/// What a queue was gathered from: revision, day, whose, how grouped, walked.
type Seen = (u64, Day, Option<Id>, Grouping, bool);

/// The view of the day.
pub struct Today {
    queue: Vec<Waiter>,
    /// The place selected in the queue.
    rows: Rows,
    /// The lines of the screen, and which of them are seen.
    shown: Vec<Shown>,
    seen_lines: Rows,
    grouping: Grouping,
    running: bool,
    /// Whose queue it is; everybody's where none is chosen.
    of: Option<Id>,
    choice: Choice<Option<Id>>,
    /// Customers dealt with in this walk, each once.
    walked: Vec<Id>,
    /// An outcome was just logged: go on to the next, though this one may still wait for something else.
    logged: bool,
    seen: Option<Seen>,
    words: HashMap<Id, (String, usize)>,
    grievances: Grievances,
}

impl Today {
    /// The queue of today.
    pub fn new(context: &Context<'_>) -> Today {
        let rows = Rows { leaps: context.slow_line, ..Rows::default() };
        let mut today = Today {
            queue: Vec::new(),
            rows,
            shown: Vec::new(),
            seen_lines: rows,
            grouping: Grouping::default(),
            running: false,
            of: None,
            choice: Choice::default(),
            walked: Vec::new(),
            logged: false,
            seen: None,
            words: HashMap::new(),
            grievances: Grievances::default(),
        };
        today.gather(context);
        today
    }

    /// Gathers who waits.
    fn gather(&mut self, context: &Context<'_>) {
        let now = (context.book().revision(), context.today(), self.of, self.grouping, self.running);
        if self.seen == Some(now) {
            return;
        }
        let before: Vec<Id> = self.queue.iter().map(|waiter| waiter.id).collect();
        let selected = self.selected().map(|waiter| waiter.id);
        self.bring_up(context);
        self.shown = match self.running {
            true => by_weight(&mut self.queue),
            false => grouped(&mut self.queue, self.grouping, context),
        };
        self.words.clear();
        self.grievances.count(self.of, context);
        // Whoever waits no longer, with nothing else changed, was dealt with, in whatever way.
        let same = self.seen.is_some_and(|seen| (seen.1, seen.2, seen.3, seen.4) == (now.1, now.2, now.3, now.4));
        if self.running && same {
            let still: HashSet<Id> = self.queue.iter().map(|waiter| waiter.id).chain(self.walked.clone()).collect();
            self.walked.extend(before.into_iter().filter(|id| !still.contains(id)));
        }
        let stays = selected.and_then(|id| self.queue.iter().position(|waiter| waiter.id == id));
        // Grouped anew, the selection stays with its customer; when the book changed it stays in its place, and the next
        // one comes up.
        let regrouped = self.seen.is_some_and(|seen| seen.0 == now.0);
        let place = stays.filter(|_| regrouped).unwrap_or(self.rows.selected);
        self.rows.select(place, self.queue.len());
        if std::mem::take(&mut self.logged) {
            self.go_on();
        }
        self.seen = Some(now);
    }

    /// Brings the queue up to the book: only of the rows that changed, where nothing else did.
    fn bring_up(&mut self, context: &Context<'_>) {
        let asked = Asked { today: context.today(), of: self.of, ahead: if self.running { 0 } else { AHEAD } };
        let same = |seen: &Seen| (seen.1, seen.2, seen.4) == (asked.today, self.of, self.running);
        let known = self.seen.filter(same).and_then(|seen| context.book().only_rows_changed_since(seen.0));
        match known {
            Some(changed) => asked.renew(&mut self.queue, &changed, context.book()),
            None => self.queue = asked.queue(context.book()),
        }
    }

    /// To the next customer not yet dealt with, from where one is.
    fn go_on(&mut self) {
        let waits = |place: &usize| self.queue.get(*place).is_some_and(|waiter| !self.walked.contains(&waiter.id));
        let from = self.rows.selected;
        let next = (from..self.queue.len()).find(waits).or_else(|| (0..from).find(waits));
        self.rows.select(next.unwrap_or(from), self.queue.len());
    }

    fn selected(&self) -> Option<&Waiter> {
        self.queue.get(self.rows.selected)
    }

    fn moved(&mut self, action: Action) -> bool {
        let count = self.queue.len();
        self.rows.act(action, count)
    }

    /// Everybody stands first, then the people by name.
    fn ask_owner(&mut self, context: &Context<'_>) -> Effect {
        let everybody = context.say(words("everybody", "所有人")).to_owned();
        let owners = context.book().standards().owners();
        let people = owners.iter().map(|owner| (Some(owner.id), owner.name.clone()));
        let options = std::iter::once((None, everybody)).chain(people);
        self.choice.open(Choosing::new(WHOSE, options).selecting(|owner| *owner == self.of))
    }

    fn walk(&mut self, on: bool, context: &Context<'_>) {
        self.running = on;
        self.walked.clear();
        // Whoever has gone to a customer begins and ends there; from the top of the list, with the most urgent.
        let customer = self.selected().map(|waiter| waiter.id).filter(|_| !on || self.rows.selected > 0);
        self.gather(context);
        let place = customer.and_then(|id| self.queue.iter().position(|waiter| waiter.id == id));
        self.rows.select(place.unwrap_or_default(), self.queue.len());
    }

    /// Marks the promise as kept; a call that was due is no longer.
    fn done(&self, context: &Context<'_>) -> Effect {
        let Some(waiter) = self.selected() else { return Effect::None };
        let dossier = match context.desk.dossier(waiter.id) {
            Ok(dossier) => dossier,
            Err(error) => return Effect::Say(Notice::error(error.say(context.language))),
        };
        if waiter.first.why == Why::Complaint
            && let Some(complaint) = open_complaint(&dossier)
        {
            return Effect::Open(Place::Settle(Settling::Resolved(Box::new(complaint))));
        }
        let pair = match &waiter.first.why {
            Why::Promise(promise) => dossier.get(promise.step).and_then(|record| match record {
                Record::NextStep(step) => {
                    let after = NextStep { done_at: Some(context.now), ..step.clone() };
                    Some((Record::from(step), Record::from(after)))
                }
                _ => None,
            }),
            Why::Contact => dossier.customer().map(|customer| {
                let after = Customer { next_contact: None, ..customer.clone() };
                (Record::from(customer), Record::from(after))
            }),
            _ => None,
        };
        match pair.and_then(|(before, after)| crate::book::command::edit_between(&before, &after)) {
            Some(command) => {
                let name = context.book().row_of(waiter.id).map_or("", Row::name);
                Effect::RunTold(vec![command], format!("{}{name}", context.say(DONE)))
            }
            None => {
                let key = context.keymap.key_for(Action::FollowUp, self.scope());
                let key = key.map(|keys| key_shown(keys, context.ascii)).unwrap_or_default();
                let log = words("{} logs a follow-up, which settles this", "请按 {} 记一笔跟进来处理");
                Effect::Say(Notice::note(context.say(log).replacen("{}", &key, 1)))
            }
        }
    }

    /// Logs a call with this outcome; the next contact falls on the outcome's working day.
    fn outcome(&self, number: usize, context: &Context<'_>) -> Effect {
        let outcomes: Vec<&ListItem> = context.book().standards().items(ListKind::Outcome).collect();
        let (Some(outcome), Some(waiter)) = (outcomes.get(number), self.selected()) else { return Effect::None };
        let due = next_after(&outcome.key, context.today(), context.book());
        let customer = waiter.id;
        let follow_up = FollowUp {
            customer: Some(customer),
            at: context.now,
            way: "call".to_owned(),
            outcome: outcome.key.clone(),
            by: context.desk.me().to_owned(),
            ..FollowUp::default()
        };
        let logging = Logging { customer, follow_up, next_contact: due, ..Logging::default() };
        Effect::Run(Command::Log(Box::new(logging)), SAVED)
    }

    /// The last words with a customer, and how often it was tried without being reached since.
    fn last_words(&mut self, id: Id, context: &Context<'_>) -> (String, usize) {
        if let Some(known) = self.words.get(&id) {
            return known.clone();
        }
        let mut talks = context.desk.dossier(id).map(|dossier| dossier.follow_ups()).unwrap_or_default();
        talks.sort_by_key(|talk| std::cmp::Reverse(talk.at));
        let text = talks.iter().map(|talk| talk.text.as_str()).find(|text| !text.is_empty()).unwrap_or("").to_owned();
        let tries = talks.iter().take_while(|talk| talk.reached_nobody()).count();
        self.words.insert(id, (text.clone(), tries));
        (text, tries)
    }
}

const SAVED: Words = words("Logged", "已记录");

/// The complaint that is to be resolved first: that whose answer was promised earliest.
fn open_complaint(dossier: &Dossier) -> Option<Feedback> {
    let mut open = dossier.feedback();
    open.retain(|told| told.kind == Some(FeedbackKind::Complaint) && told.resolved_at.is_none());
    open.into_iter().min_by_key(|complaint| (complaint.promised.is_none(), complaint.promised, complaint.at))
}
