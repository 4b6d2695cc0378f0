//! The day as a view: what its keys do, and what is seen of it.

use super::queue::Waiter;
use super::{NOBODY, OUTCOMES, Today, draw};
use crate::domain::id::Id;
use crate::text::words;
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Notice, Place};
use crate::ui::job::{Done, Work};
use crate::ui::view::View;
use crate::ui::view::customer::{copy_phone, edit};
use crate::ui::widget::paint::Brush;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::sync::Arc;

impl View for Today {
    fn scope(&self) -> Scope {
        if self.running { Scope::Run } else { Scope::Today }
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        if self.moved(action) {
            return Effect::None;
        }
        if let Some(number) = OUTCOMES.iter().position(|outcome| *outcome == action) {
            return self.outcome(number, context);
        }
        match action {
            Action::Open => {
                let among: Vec<Id> = self.queue.iter().map(|waiter| waiter.id).collect();
                let open = |waiter: &Waiter| Place::Detail { customer: waiter.id, among: Arc::new(among) };
                return self.selected().map(open).map_or(Effect::None, Effect::Open);
            }
            Action::Run if self.queue.is_empty() => return Effect::Say(Notice::note(context.say(NOBODY))),
            Action::Run => self.walk(true, context),
            Action::GoBack if self.running => self.walk(false, context),
            Action::Done => return self.done(context),
            Action::OnlyMine => {
                let me = context.book().standards().owner_called(context.desk.me()).map(|owner| owner.id);
                self.of = if self.of.is_some() { None } else { me };
                self.gather(context);
            }
            Action::QueueOwner => return self.ask_owner(context),
            Action::GroupQueue => {
                self.grouping = self.grouping.next();
                self.gather(context);
            }
            Action::Edit => return edit(self.selected().map(|waiter| waiter.id), context),
            Action::CopyPhone => {
                let row = self.selected().and_then(|waiter| context.book().row(waiter.slot));
                return copy_phone(row, context);
            }
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn answered(&mut self, answer: Answer, context: &Context<'_>) -> Effect {
        if let Some(owner) = self.choice.chosen(answer) {
            self.of = owner;
            self.gather(context);
        }
        Effect::None
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.gather(context);
    }

    fn work(&mut self, context: &Context<'_>) -> Option<Work> {
        self.grievances.work(context).map(Work::from)
    }

    fn found(&mut self, done: Done, _context: &Context<'_>) -> Result<Effect, Done> {
        self.grievances.found(done)
    }

    fn logged(&mut self, customer: Id) {
        if self.running {
            if !self.walked.contains(&customer) {
                self.walked.push(customer);
            }
            self.logged = true;
        }
    }

    /// Whoever was dealt with up there stays so.
    fn last_seen(&mut self, customer: Id, context: &Context<'_>) {
        self.gather(context);
        if let Some(place) = self.queue.iter().position(|waiter| waiter.id == customer) {
            self.rows.select(place, self.queue.len());
        }
    }

    /// An undo goes back to the customer it brought back.
    fn select_customer(&mut self, customer: Id, context: &Context<'_>) {
        self.gather(context);
        if let Some(place) = self.queue.iter().position(|waiter| waiter.id == customer) {
            self.walked.retain(|id| *id != customer);
            self.rows.select(place, self.queue.len());
        }
    }

    fn selected_customer(&self, _context: &Context<'_>) -> Option<Id> {
        self.selected().map(|waiter| waiter.id)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        self.gather(context);
        self.draw_about(&mut Brush::new(buffer, Rect { height: 2.min(area.height), ..area }), context);
        let legend = if self.running { 4 } else { 0 };
        let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + legend), ..area };
        self.rows.height = usize::from(body.height);
        let mut brush = Brush::new(buffer, body);
        if self.queue.is_empty() {
            let first = words(
                "This book is empty: on 2 enter a customer or bring a file in.",
                "客户簿还是空的：请到 2 客户 录入或导入。",
            );
            let said = if context.book().is_empty() { first } else { NOBODY };
            brush.text(2, 1, context.say(said), u16::MAX, context.theme.strong);
            return None;
        }
        let cursor = self.draw_queue(&mut brush, context);
        if self.running {
            let below = Rect { y: body.bottom(), height: legend, ..area };
            draw::draw_legend(&mut Brush::new(buffer, below), context);
        }
        cursor
    }

    fn foot(&self, _context: &Context<'_>) -> String {
        match self.queue.len() {
            0 => String::new(),
            count => format!("{}/{count}", self.rows.selected + 1),
        }
    }
}
