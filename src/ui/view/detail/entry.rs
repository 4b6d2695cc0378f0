//! What is done to the entry selected on the timeline.

use super::{Chosen, Detail, Pane};
use crate::book::command::edit_between;
use crate::book::tiers::advice::advised;
use crate::domain::choice::{FeedbackKind, Level};
use crate::domain::feedback::Feedback;
use crate::domain::follow_up::NextStep;
use crate::domain::id::Id;
use crate::domain::record::Record;
use crate::domain::time::Due;
use crate::text::choices::Said;
use crate::text::{Words, words};
use crate::ui::choosing::Choosing;
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Place, Settling};
use crate::ui::view::choose::owners;
use crate::ui::view::timeline::Happening;

const ASSIGNED: Words = words("Complaint assigned", "投诉已指派");
const WHO: Words = words("Who sees to it", "指派给谁");
const GRADE: Words = words("How grave is it", "严重程度");
/// The grades, the gravest first.
const GRADES: [Level; 3] = [Level::High, Level::Middle, Level::Low];

impl Detail {
    /// The entry selected, while the timeline has the keys.
    pub(super) fn selected_entry(&self) -> Option<&Happening> {
        let read = self.read.as_ref().filter(|_| self.pane == Pane::Timeline)?;
        read.stream.get(self.timeline.selected)
    }

    /// The record selected; an error is told.
    fn selected_record(&self, context: &Context<'_>) -> Result<Option<Record>, Effect> {
        let Some(entry) = self.selected_entry() else { return Ok(None) };
        self.record(entry.id, context)
    }

    /// Makes the advice a next step, to be looked at before it is saved: what, by when, by whom.
    pub(super) fn take_advice(&self, context: &Context<'_>) -> Effect {
        let book = context.book();
        let Some(row) = book.row_of(self.customer) else { return Effect::None };
        let own = context.desk.dossier(self.customer).ok().and_then(|dossier| dossier.customer());
        let own = own.map(|customer| customer.conclusion).filter(|text| !text.trim().is_empty());
        let advised = advised(book, row, context.today(), context.language);
        // What somebody wrote of the customer says what to do; when, only the rules do.
        let days = advised.as_ref().map_or(14, |advised| advised.days);
        let Some(what) = own.or(advised.map(|advised| advised.action)) else { return Effect::None };
        let me = || book.standards().owner_called(context.desk.me()).map(|owner| owner.id);
        let due = context.today().plus(i32::try_from(days).unwrap_or(14));
        let step = NextStep {
            customer: Some(self.customer),
            what,
            due: Some(Due::on(due)),
            owner: row.owner.or_else(me),
            by: context.desk.me().to_owned(),
            ..NextStep::default()
        };
        Effect::Open(Place::EntryForm(Box::new(step.into())))
    }

    fn record(&self, id: Id, context: &Context<'_>) -> Result<Option<Record>, Effect> {
        match context.desk.dossier(self.customer) {
            Ok(dossier) => Ok(dossier.get(id)),
            Err(error) => Err(Effect::Say(Notice::error(error.say(context.language)))),
        }
    }

    /// Opens the form of what is selected.
    pub(super) fn open_entry(&self, context: &Context<'_>) -> Effect {
        match self.selected_record(context) {
            Ok(Some(record)) => Effect::Open(Place::EntryForm(Box::new(record))),
            Ok(None) => Effect::None,
            Err(told) => told,
        }
    }

    /// Asks what a next step changed, and then it is done.
    pub(super) fn done(&self, context: &Context<'_>) -> Effect {
        let note = |words: Words| Effect::Say(Notice::note(context.say(words)));
        match self.selected_record(context) {
            Ok(Some(Record::NextStep(step))) if step.done_at.is_some() => {
                note(words("it is done already; edit it to change that", "已经完成；要改请编辑这一条"))
            }
            Ok(Some(Record::NextStep(step))) => Effect::Open(Place::Settle(Settling::Done(Box::new(step)))),
            Ok(_) => note(words("select a next step on the timeline first", "请先在时间线上选中一条待办")),
            Err(told) => told,
        }
    }

    /// Asks how a complaint was resolved, and then it is.
    pub(super) fn resolve(&self, context: &Context<'_>) -> Effect {
        match self.complaint(context) {
            Ok(complaint) if complaint.resolved_at.is_some() => {
                let already = words("it is resolved already; edit it to change that", "已经解决；要改请编辑这一条");
                Effect::Say(Notice::note(context.say(already)))
            }
            Ok(complaint) => Effect::Open(Place::Settle(Settling::Resolved(Box::new(complaint)))),
            Err(told) => told,
        }
    }

    fn complaint(&self, context: &Context<'_>) -> Result<Feedback, Effect> {
        match self.selected_record(context)? {
            Some(Record::Feedback(feedback)) if feedback.kind == Some(FeedbackKind::Complaint) => Ok(feedback),
            _ => {
                let first = words("select a complaint on the timeline first", "请先在时间线上选中一条投诉");
                Err(Effect::Say(Notice::note(context.say(first))))
            }
        }
    }

    /// Asks who is to see to a complaint.
    pub(super) fn assign(&mut self, context: &Context<'_>) -> Effect {
        let complaint = match self.complaint(context) {
            Ok(complaint) => complaint,
            Err(told) => return told,
        };
        let of_customer = context.book().row_of(self.customer).and_then(|row| row.owner);
        match owners(WHO, complaint.assigned.or(of_customer), context) {
            Ok(people) => {
                let complaint = complaint.id;
                self.choice.open(people.map(move |person| Chosen::Person { complaint, person }))
            }
            Err(told) => told,
        }
    }

    /// The person is chosen: asks how grave it is.
    pub(super) fn ask_grade(&mut self, complaint: Id, person: Id, context: &Context<'_>) -> Effect {
        let kept = match self.record(complaint, context) {
            Ok(Some(Record::Feedback(feedback))) => feedback.grade,
            _ => None,
        };
        let graded = |grade: Level| Chosen::Grade { complaint, person, grade };
        let options = GRADES.map(|grade| (graded(grade), context.say(grade.words()).to_owned()));
        let kept = graded(kept.unwrap_or(Level::Middle));
        self.choice.open(Choosing::new(GRADE, options).selecting(|chosen| *chosen == kept))
    }

    /// Person and grade are chosen.
    pub(super) fn assigned(&self, complaint: Id, person: Id, grade: Level, context: &Context<'_>) -> Effect {
        let before = match self.record(complaint, context) {
            Ok(Some(Record::Feedback(before))) => before,
            Ok(_) => return Effect::None,
            Err(told) => return told,
        };
        let after =
            Feedback { assigned: Some(person), assigned_at: Some(context.now), grade: Some(grade), ..before.clone() };
        edit_between(&before.into(), &after.into()).map_or(Effect::None, |command| Effect::Run(command, ASSIGNED))
    }
}
