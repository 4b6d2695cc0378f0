//! Who waits, gathered from the whole book and put in groups.

use crate::analysis::queue::{Waiting, Why, waiting};
use crate::book::row::Row;
use crate::book::{Book, Slot};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::time::Day;
use crate::text::{Words, words};
use crate::ui::context::Context;
use std::collections::BTreeSet;

/// Days ahead that are shown.
pub(super) const AHEAD: i32 = 7;

/// A customer that waits: its most urgent reason, and how many more there are.
pub(super) struct Waiter {
    pub slot: Slot,
    pub id: Id,
    pub first: Waiting,
    pub more: usize,
    /// Who is to see to it: whoever it was given to, else the customer's owner.
    pub owner: Option<Id>,
    /// The day its next contact was planned for is past.
    pub is_late: bool,
    /// Worth × lateness, by which the queue is walked.
    pub weight: i128,
}

/// By what the queue is put in groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Grouping {
    /// By the kind of reason.
    #[default]
    Reason,
    /// By who is to see to it.
    Owner,
    /// Overdue, today, to come.
    Day,
}

impl Grouping {
    /// The next one, round and round.
    pub const fn next(self) -> Grouping {
        match self {
            Grouping::Reason => Grouping::Owner,
            Grouping::Owner => Grouping::Day,
            Grouping::Day => Grouping::Reason,
        }
    }

    /// What it is called.
    pub const fn words(self) -> Words {
        match self {
            Grouping::Reason => words("by reason", "按事由"),
            Grouping::Owner => words("by owner", "按负责人"),
            Grouping::Day => words("by day", "按到期"),
        }
    }

    /// Where a customer's group stands, and what it is called.
    fn group<'a>(self, waiter: &Waiter, context: &Context<'a>) -> (u8, &'a str) {
        let plain = |place: u8, en, zh| (place, words(en, zh).say(context.language));
        match self {
            Grouping::Owner => match context.desk.book().standards().owner_name(waiter.owner) {
                "" => plain(1, "nobody's", "无负责人"),
                name => (0, name),
            },
            Grouping::Day if waiter.first.is_undated() => plain(3, "no date", "未定日期"),
            Grouping::Day => match waiter.first.days_over(context.today()) {
                1.. => plain(0, "overdue", "逾期"),
                0 => plain(1, "today", "今天"),
                _ => plain(2, "next {} days", "未来 {} 天"),
            },
            Grouping::Reason => match &waiter.first.why {
                Why::Complaint => plain(0, "complaints", "投诉"),
                Why::Promise(_) => plain(1, "promised", "承诺事项"),
                Why::Contact => plain(2, "planned contacts", "计划联系"),
                Why::Unanswered => plain(3, "waiting for an answer", "来信未回"),
                Why::Birthday(_) => plain(4, "birthdays", "生日关怀"),
                Why::Dormant | Why::Leaving(_) => plain(5, "may be leaving", "流失预警"),
                Why::Rhythm { .. } => plain(6, "past their rhythm", "超过联系频率"),
            },
        }
    }

    /// The head of a group: what it is called, with the days ahead where it speaks of them.
    fn head(self, name: &str) -> String {
        if self == Grouping::Day { name.replacen("{}", &AHEAD.to_string(), 1) } else { name.to_owned() }
    }
}

/// A line of the screen: the head of a group, or the customer at this place of the queue.
pub(super) enum Shown {
    /// What the group is called, and how many it holds.
    Head(String, usize),
    /// A place in the queue.
    Waiter(usize),
}

/// Whose queue is asked for, and how many days ahead.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub today: Day,
    pub of: Option<Id>,
    pub ahead: i32,
}

impl Asked {
    /// Every customer that waits for one person or for anybody.
    pub fn queue(self, book: &Book) -> Vec<Waiter> {
        book.each(|slot, row| self.waiter(slot, row, book))
    }

    /// Brings a queue up to the book where nothing but these rows changed since.
    pub fn renew(self, queue: &mut Vec<Waiter>, changed: &[Slot], book: &Book) {
        let changed: BTreeSet<Slot> = changed.iter().copied().collect();
        queue.retain(|waiter| !changed.contains(&waiter.slot));
        let rows = changed.into_iter().filter_map(|slot| Some((slot, book.row(slot)?)));
        queue.extend(rows.filter_map(|(slot, row)| self.waiter(slot, row, book)));
    }

    fn waiter(self, slot: Slot, row: &Row, book: &Book) -> Option<Waiter> {
        let Asked { today, of, ahead } = self;
        let reasons = waiting(&book.standing(row, today), book.standards().rhythm(), today, ahead);
        let owner = |waiting: &Waiting| waiting.owner().or(row.owner);
        let mut reasons = reasons.into_iter().filter(|waiting| of.is_none() || owner(waiting) == of);
        let first = reasons.next()?;
        let late = i128::from(first.days_over(today).clamp(0, 90)) + 1;
        let worth: Money = row.purchases(today).total;
        let weight = late * i128::from(worth.cents().max(1));
        let is_late = row.next_contact.is_some_and(|due| due.day < today);
        Some(Waiter { slot, id: row.id, owner: owner(&first), first, more: reasons.count(), is_late, weight })
    }
}

/// Puts the queue in the order it is walked in: worth × lateness.
pub(super) fn by_weight(queue: &mut [Waiter]) -> Vec<Shown> {
    queue.sort_by_key(|waiter| (std::cmp::Reverse(waiter.weight), waiter.slot));
    (0..queue.len()).map(Shown::Waiter).collect()
}

/// Puts the queue in groups, the longest overdue first within each; gives the lines of the screen.
pub(super) fn grouped(queue: &mut Vec<Waiter>, grouping: Grouping, context: &Context<'_>) -> Vec<Shown> {
    let mut keyed: Vec<((u8, &str), Waiter)> =
        queue.drain(..).map(|waiter| (grouping.group(&waiter, context), waiter)).collect();
    keyed.sort_by(|(a, one), (b, other)| {
        let urgency = |waiter: &Waiter| (waiter.first.due, std::cmp::Reverse(waiter.weight), waiter.slot);
        a.cmp(b).then_with(|| urgency(one).cmp(&urgency(other)))
    });
    let mut shown: Vec<Shown> = Vec::with_capacity(keyed.len());
    let (mut last, mut head): (Option<(u8, &str)>, usize) = (None, 0);
    for (group, waiter) in keyed {
        if last != Some(group) {
            (last, head) = (Some(group), shown.len());
            shown.push(Shown::Head(grouping.head(group.1), 0));
        }
        if let Some(Shown::Head(_, count)) = shown.get_mut(head) {
            *count += 1;
        }
        shown.push(Shown::Waiter(queue.len()));
        queue.push(waiter);
    }
    shown
}
