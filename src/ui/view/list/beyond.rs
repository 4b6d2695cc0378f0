//! What rows do not hold, products, age and gender, is gathered beside the screen once the list asks for it.

use super::List;
use super::filter_line::gathering;
use crate::book::beyond::{asks_beyond, is_gathered};
use crate::ui::action::Action;
use crate::ui::context::{Context, Gathering};
use crate::ui::effect::{Effect, Notice};
use crate::ui::job::Job;
use crate::ui::widget::paint::Brush;

impl List {
    /// Whether anything is asked for that rows do not hold.
    pub(super) fn wants_beyond(&self) -> bool {
        let shown = self.layout.columns.iter().map(|(column, _)| *column);
        let sorted = self.layout.sorting.iter().map(|sorting| sorting.column);
        let told = self.layout.grouping.into_iter().chain(self.layout.summed).chain(self.filter.about());
        shown.chain(sorted).chain(told).any(is_gathered) || self.filter.filter().is_some_and(asks_beyond)
    }

    /// Whether it is still being gathered.
    pub(super) fn awaits_beyond(&self, context: &Context<'_>) -> bool {
        self.wants_beyond() && !context.book().knows_beyond()
    }

    /// Whether it is not known yet who is listed, or in which groups.
    pub(super) fn is_in_doubt(&self, context: &Context<'_>) -> bool {
        let grouping = self.layout.grouping.filter(|_| self.is_grouped());
        let asks = self.filter.filter().is_some_and(asks_beyond) || grouping.is_some_and(is_gathered);
        asks && !context.book().knows_beyond()
    }

    /// Says what an act over many has to wait for.
    pub(super) fn must_wait(&self, action: Action, context: &Context<'_>) -> Option<Effect> {
        let waits = match action {
            Action::ExportRows => self.awaits_beyond(context),
            Action::MarkAll | Action::Bulk | Action::Recalculate => self.is_in_doubt(context),
            _ => false,
        };
        waits.then(|| Effect::Say(Notice::note(gathering(context))))
    }

    /// The work of gathering it: one at a time, none while the book changes by much, and none again where it failed.
    pub(super) fn gather_beyond(&self, context: &Context<'_>) -> Option<Job> {
        let may = *context.gathering == Gathering::Idle && context.far.is_none();
        (may && self.awaits_beyond(context)).then(|| Job::Beyond(Box::new(context.desk.snapshot())))
    }

    /// Says that it is being gathered, or why it cannot be.
    pub(super) fn draw_gathering(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        brush.text(2, 1, &gathering(context), u16::MAX, context.theme.dim);
    }
}
