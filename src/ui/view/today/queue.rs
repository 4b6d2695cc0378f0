//! Who waits, gathered from the whole book and put in groups.

use crate::analysis::queue::{Waiting, Why, waiting};
use crate::book::Slot;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::text::{Language, Words, words};
use crate::ui::context::Context;

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
    fn group(self, waiter: &Waiter, context: &Context<'_>) -> (u8, String) {
        let plain = |place: u8, en, zh| (place, words(en, zh).say(context.language).to_owned());
        match self {
            Grouping::Owner => match context.book().standards().owner_name(waiter.owner) {
                "" => plain(1, "nobody's", "无负责人"),
                name => (0, name.to_owned()),
            },
            Grouping::Day if waiter.first.is_undated() => plain(3, "no date", "未定日期"),
            Grouping::Day => match waiter.first.days_over(context.today()) {
                1.. => plain(0, "overdue", "逾期"),
                0 => plain(1, "today", "今天"),
                _ => match context.language {
                    Language::En => (2, format!("next {} days", super::AHEAD)),
                    Language::Zh => (2, format!("未来 {} 天", super::AHEAD)),
                },
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
}

/// A line of the screen: the head of a group, or the customer at this place of the queue.
pub(super) enum Shown {
    /// What the group is called, and how many it holds.
    Head(String, usize),
    /// A place in the queue.
    Waiter(usize),
}

/// Every customer that waits for one person or for anybody.
pub(super) fn queue(context: &Context<'_>, of: Option<Id>, ahead: i32) -> Vec<Waiter> {
    let (today, book) = (context.today(), context.book());
    let mut queue: Vec<Waiter> = Vec::new();
    for (slot, row) in book.rows() {
        let reasons = waiting(&book.standing(row, today), book.standards().rhythm(), today, ahead);
        let owner = |waiting: &Waiting| waiting.owner().or(row.owner);
        let mut reasons = reasons.into_iter().filter(|waiting| of.is_none() || owner(waiting) == of);
        let Some(first) = reasons.next() else { continue };
        let late = i128::from(first.days_over(today).clamp(0, 90)) + 1;
        let worth: Money = row.purchases(today).total;
        let weight = late * i128::from(worth.cents().max(1));
        let is_late = row.next_contact.is_some_and(|due| due.day < today);
        queue.push(Waiter { slot, id: row.id, owner: owner(&first), first, more: reasons.count(), is_late, weight });
    }
    queue
}

/// Puts the queue in the order it is walked in: worth × lateness.
pub(super) fn by_weight(queue: &mut [Waiter]) -> Vec<Shown> {
    queue.sort_by_key(|waiter| std::cmp::Reverse(waiter.weight));
    (0..queue.len()).map(Shown::Waiter).collect()
}

/// Puts the queue in groups, the longest overdue first within each; gives the lines of the screen.
pub(super) fn grouped(queue: &mut Vec<Waiter>, grouping: Grouping, context: &Context<'_>) -> Vec<Shown> {
    let mut keyed: Vec<((u8, String), Waiter)> =
        queue.drain(..).map(|waiter| (grouping.group(&waiter, context), waiter)).collect();
    keyed.sort_by(|(a, one), (b, other)| {
        let urgency = |waiter: &Waiter| (waiter.first.due, std::cmp::Reverse(waiter.weight));
        a.cmp(b).then_with(|| urgency(one).cmp(&urgency(other)))
    });
    let mut shown: Vec<Shown> = Vec::new();
    let mut last: Option<(u8, String)> = None;
    for (group, waiter) in keyed {
        if last.as_ref() != Some(&group) {
            shown.push(Shown::Head(group.1.clone(), 0));
            last = Some(group);
        }
        if let Some(Shown::Head(_, count)) = shown.iter_mut().rev().find(|line| matches!(line, Shown::Head(..))) {
            *count += 1;
        }
        shown.push(Shown::Waiter(queue.len()));
        queue.push(waiter);
    }
    shown
}
