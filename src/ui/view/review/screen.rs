//! Looking back as a view: what its keys do, and what is seen of it.

use super::{BELOW, Page, QuarterReview, complaints, draw};
use crate::domain::id::Id;
use crate::text::words;
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::Effect;
use crate::ui::job::{Done, Work};
use crate::ui::view::View;
use crate::ui::view::customer::copy_phone;
use crate::ui::widget::paint::Brush;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

impl View for QuarterReview {
    fn scope(&self) -> Scope {
        Scope::Review
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        // What was read since the last frame is there for a key typed ahead of the next.
        self.make(context);
        if self.moved(action) {
            return Effect::None;
        }
        match action {
            Action::NextPane | Action::PreviousPane => self.turn(),
            Action::Review if self.page == Page::Complaints => self.turn(),
            Action::Complaints if self.page == Page::Decisions => self.turn(),
            Action::Review | Action::Complaints => {}
            Action::OtherQuarter if self.page == Page::Decisions => self.before = 1 - self.before,
            Action::OnlyMine => self.mine = !self.mine,
            Action::Open => return self.open(context),
            Action::NoteFinding => return self.note(context),
            Action::Done => return self.done(context),
            Action::ExportReview => return self.export(context),
            Action::CopyPhone => {
                let row = self.decision().and_then(|one| context.book().row_of(one.customer));
                return copy_phone(row, context);
            }
            Action::GoBack => return Effect::Back,
            _ => return Effect::Unknown,
        }
        self.make(context);
        Effect::None
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.make(context);
    }

    fn work(&mut self, context: &Context<'_>) -> Option<Work> {
        self.reading.next(context).map(Work::from)
    }

    fn found(&mut self, done: Done, context: &Context<'_>) -> Result<Effect, Done> {
        let taken = self.reading.take(done);
        self.make(context);
        taken
    }

    fn selected_customer(&self, _context: &Context<'_>) -> Option<Id> {
        self.decision().map(|one| one.customer)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        self.make(context);
        let head = Rect { height: 2.min(area.height), ..area };
        let below = if self.page == Page::Decisions { BELOW } else { 0 };
        let height = area.height.saturating_sub(2 + below);
        let body = Rect { y: area.y + 2, height, ..area };
        match self.page {
            Page::Decisions => self.draw_head(&mut Brush::new(buffer, head), context),
            Page::Complaints => self.draw_kinds_head(&mut Brush::new(buffer, head), context),
        }
        if self.page == Page::Decisions && !self.looked.is_empty() {
            self.draw_found(&mut Brush::new(buffer, Rect { y: body.bottom(), height: BELOW, ..area }), context);
        }
        self.draw_rows(body, buffer, context)
    }

    fn offers(&self, action: Action) -> bool {
        let decisions = self.page == Page::Decisions;
        match action {
            Action::OtherQuarter => decisions,
            Action::Open | Action::FollowUp | Action::NoteFinding | Action::Done => {
                decisions && self.decision().is_some()
            }
            _ => true,
        }
    }

    fn foot(&self, _context: &Context<'_>) -> String {
        match self.count() {
            0 => String::new(),
            count => format!("{}/{count}", self.rows.selected + 1),
        }
    }
}

impl QuarterReview {
    fn draw_rows(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let count = self.count();
        self.rows.fit(usize::from(area.height), count);
        let mut brush = Brush::new(buffer, area);
        if count == 0 && !self.reading.is_going() {
            let none = match self.page {
                Page::Decisions => words("Nothing was promised in this quarter.", "这个季度没有定下任何待办。"),
                Page::Complaints => words("No complaints in twelve months.", "近 12 个月没有投诉。"),
            };
            brush.text(2, 1, context.say(none), u16::MAX, context.theme.strong);
        }
        let mut cursor = None;
        for (y, place) in (0..).zip(self.rows.seen(count)) {
            match (self.page, self.looked.get(place), self.tallies.get(place)) {
                (Page::Decisions, Some(one), _) => draw::draw_looked(&mut brush, y, one, context),
                (Page::Complaints, _, Some(tally)) => complaints::draw_kind(&mut brush, y, tally, context),
                _ => continue,
            }
            if place == self.rows.selected {
                brush.select_line(y, context.theme.selected);
                cursor = Some(Position { x: area.x, y: area.y + y });
            }
        }
        cursor
    }
}
