//! What is to be done: open next steps and next contacts by their day, the longest overdue first.

use crate::domain::customer::Customer;
use crate::domain::follow_up::NextStep;
use crate::domain::id::Id;
use crate::domain::time::{Day, Due};

/// Why a customer stands in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Something was promised.
    NextStep,
    /// The customer is to be contacted.
    NextContact,
}

impl Kind {
    /// The key in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Kind::NextStep => "next_step",
            Kind::NextContact => "next_contact",
        }
    }
}

/// One thing to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// For which customer.
    pub customer: Id,
    /// The next step it is, if it is one.
    pub step: Option<Id>,
    /// Of what kind.
    pub kind: Kind,
    /// By when.
    pub due: Due,
    /// What was promised; empty for a contact.
    pub what: String,
    /// Who is to do it: who the step was given to, else the customer's owner.
    pub owner: Option<Id>,
}

impl Task {
    /// Whole days it is overdue on `today`; negative while it is still to come.
    pub fn days_over(&self, today: Day) -> i32 {
        today.days_since(self.due.day)
    }
}

/// When something of a customer is due first: its next contact or the first open step.
pub fn first_due(next_contact: Option<Due>, first_step: Option<Due>) -> Option<Due> {
    next_contact.into_iter().chain(first_step).min()
}

/// When the first open step is due.
pub fn first_step_due<'a>(steps: impl IntoIterator<Item = &'a NextStep>) -> Option<Due> {
    steps.into_iter().filter(|step| step.done_at.is_none()).filter_map(|step| step.due).min()
}

/// What is to be done for one customer up to `last`. A next contact on the day of an open step is that step and not told
/// again.
pub fn tasks(customer: &Customer, steps: &[NextStep], last: Day) -> Vec<Task> {
    let owner = customer.owner;
    let mut tasks: Vec<Task> = steps
        .iter()
        .filter(|step| step.done_at.is_none())
        .filter_map(|step| {
            let due = step.due.filter(|due| due.day <= last)?;
            let (step_id, owner) = (Some(step.id), step.owner.or(owner));
            Some(Task {
                customer: customer.id,
                step: step_id,
                kind: Kind::NextStep,
                due,
                what: step.what.clone(),
                owner,
            })
        })
        .collect();
    if let Some(due) = customer.next_contact.filter(|due| due.day <= last)
        && !tasks.iter().any(|task| task.due.day == due.day)
    {
        let (kind, what) = (Kind::NextContact, String::new());
        tasks.push(Task { customer: customer.id, step: None, kind, due, what, owner });
    }
    tasks
}

/// Puts tasks in the order in which they are to be done: by day, those with a time first and by it, promises before contacts.
pub fn sort(tasks: &mut [Task]) {
    tasks.sort_by_key(|task| (task.due.day, task.due.minute.is_none(), task.due.minute, task.kind, task.customer));
}

#[cfg(test)]
mod tests {
    use super::{Kind, first_step_due, sort, tasks};
    use crate::domain::customer::Customer;
    use crate::domain::follow_up::NextStep;
    use crate::domain::id::Id;
    use crate::domain::time::{Day, Due, Moment};

    const TODAY: Day = Day::from_number(20_000);

    fn on(days: i32, minute: Option<u16>) -> Option<Due> {
        Some(Due { day: TODAY.plus(days), minute })
    }

    fn step(what: &str, due: Option<Due>) -> NextStep {
        NextStep { id: Id::of_name(what), what: what.into(), due, ..NextStep::default() }
    }

    fn told(customer: &Customer, steps: &[NextStep]) -> Vec<(Kind, i32, String)> {
        let mut found = tasks(customer, steps, TODAY.plus(7));
        sort(&mut found);
        found.into_iter().map(|task| (task.kind, task.days_over(TODAY), task.what)).collect()
    }

    #[test]
    fn the_longest_overdue_comes_first_and_a_time_before_none() {
        let steps = [
            step("later", on(3, None)),
            step("some time today", on(0, None)),
            step("at ten", on(0, Some(600))),
            step("long ago", on(-30, None)),
            step("far", on(8, None)),
            step("undated", None),
        ];
        let expected = [("long ago", 30), ("at ten", 0), ("some time today", 0), ("later", -3)];
        let expected: Vec<_> = expected.map(|(what, over)| (Kind::NextStep, over, what.to_owned())).to_vec();
        assert_eq!(told(&Customer::default(), &steps), expected);
    }

    #[test]
    fn a_step_that_is_done_is_not_to_be_done() {
        let done = NextStep { done_at: Some(Moment::default()), ..step("sent", on(-1, None)) };
        assert!(told(&Customer::default(), std::slice::from_ref(&done)).is_empty());
        assert_eq!(first_step_due(&[done, step("open", on(2, None))]), on(2, None));
    }

    #[test]
    fn a_contact_on_the_day_of_a_step_is_told_once() {
        let customer = Customer { next_contact: on(1, None), ..Customer::default() };
        assert_eq!(told(&customer, &[step("send the quote", on(1, Some(540)))]).len(), 1);
        assert_eq!(told(&customer, &[step("send the quote", on(2, None))])[0].0, Kind::NextContact);
    }

    #[test]
    fn the_person_named_does_it_and_else_the_owner() {
        let (owner, named) = (Some(Id::of_name("a")), Some(Id::of_name("b")));
        let customer = Customer { owner, ..Customer::default() };
        let steps = [NextStep { owner: named, ..step("x", on(0, None)) }, step("y", on(1, None))];
        let owners: Vec<_> = tasks(&customer, &steps, TODAY.plus(1)).into_iter().map(|task| task.owner).collect();
        assert_eq!(owners, [named, owner]);
    }
}
