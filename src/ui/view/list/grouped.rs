//! Groups listed in place of customers: how many have what in common; one opened shows its customers.

use super::List;
use crate::book::grouping::{Group, can_group, groups};
use crate::query::field::{Column, columns, of_column};
use crate::query::filter::Filter;
use crate::text::figures::{column_percent, grouped, short_money};
use crate::text::{Words, words};
use crate::ui::context::Context;
use crate::ui::effect::{Choosing, Effect, Place};
use crate::ui::fit;
use crate::ui::widget::paint::Brush;
use ratatui::layout::Position;
use ratatui::style::Style;

const GROUP_BY: Words = words("Group by", "按什么分组");
/// Cells that the name of a group takes, and the bar beside it.
const NAME: u16 = 24;
const BAR: u16 = 24;

/// The columns that customers can be grouped by.
fn groupings() -> impl Iterator<Item = Column> {
    columns().filter_map(|field| field.column.map(|(column, _)| column)).filter(|column| can_group(*column))
}

impl List {
    /// Whether groups are listed; a find lists customers again.
    pub(super) fn is_grouped(&self) -> bool {
        self.layout.grouping.is_some() && self.find.is_empty()
    }

    /// Asks what to group by; the first takes the groups away.
    pub(super) fn choose_grouping(&mut self, context: &Context<'_>) -> Effect {
        let none = context.say(words("no groups", "不分组")).to_owned();
        let heading = |column| of_column(column).map_or("", |field| field.heading(context.language)).to_owned();
        let options = std::iter::once(none).chain(groupings().map(heading)).map(|name| (name, String::new())).collect();
        let selected = groupings().position(|column| Some(column) == self.layout.grouping).map_or(0, |place| place + 1);
        self.question = super::Question::Group;
        Effect::Open(Place::Choose(Choosing { title: GROUP_BY, options, selected, own: false }))
    }

    /// Takes the answer to what to group by.
    pub(super) fn group_by(&mut self, place: usize, context: &Context<'_>) {
        self.layout.grouping = place.checked_sub(1).and_then(|place| groupings().nth(place));
        self.opened_from.clear();
        self.regroup(context);
        self.rows.select(0, self.count());
    }

    /// Makes the groups of those listed.
    pub(super) fn regroup(&mut self, context: &Context<'_>) {
        let grouping = self.layout.grouping.filter(|_| self.is_grouped() && !self.is_in_doubt(context));
        self.groups = match grouping {
            Some(column) => groups(context.book(), &self.order, column, context.today(), context.language),
            None => Vec::new(),
        };
    }

    /// Lists the customers of the group selected; going back lists the groups again.
    pub(super) fn open_group(&mut self, context: &Context<'_>) {
        let Some(group) = self.groups.get(self.rows.selected) else { return };
        let parts = self.filter.filter().cloned().into_iter().chain([group.filter.clone()]).collect();
        let text = Filter::all(parts).said(context.language);
        self.opened_from.push((self.layout.clone(), self.called.clone(), self.rows.selected));
        self.layout.grouping = None;
        self.put_filter(&text);
        self.arrange(context, false);
    }

    /// Back to the groups that a list of customers was opened from; false where it was opened from none.
    pub(super) fn leave_group(&mut self) -> bool {
        let Some((layout, called, place)) = self.opened_from.pop() else { return false };
        self.filter.set(&layout.filter);
        (self.layout, self.called, self.rows.selected) = (layout, called, place);
        self.seen = None;
        true
    }

    pub(super) fn draw_groups(&self, brush: &mut Brush<'_>, context: &Context<'_>) -> Option<Position> {
        if self.is_in_doubt(context) {
            self.draw_gathering(brush, context);
            return None;
        }
        let largest = self.groups.iter().map(|group| group.count).max().unwrap_or(0);
        let mut cursor = None;
        for (y, place) in (0..).zip(self.rows.seen(self.groups.len())) {
            let Some(group) = self.groups.get(place) else { continue };
            self.draw_group(brush, y, group, largest, context);
            if place == self.rows.selected {
                brush.select_line(y, context.theme.selected);
                cursor = Some(Position { x: brush.area().x, y: brush.area().y + y });
            }
        }
        cursor
    }

    fn draw_group(&self, brush: &mut Brush<'_>, y: u16, group: &Group, largest: usize, context: &Context<'_>) {
        let unknown = context.say(words("(not known)", "（未填）"));
        let (name, style) = match group.name.as_str() {
            "" => (unknown, context.theme.dim),
            name => (name, context.theme.strong),
        };
        brush.text(2, y, &fit::fit(name, usize::from(NAME)), NAME, style);
        let x = 2 + NAME + 10;
        brush.text_left_of(x, y, &grouped(group.count as u64), 9, Style::new());
        let share = crate::domain::measure::Rate::of(group.count as u64, self.order.len() as u64);
        brush.text_left_of(x + 9, y, &share.map(column_percent).unwrap_or_default(), 8, context.theme.dim);
        brush.text_left_of(x + 21, y, &short_money(group.total, context.language), 11, Style::new());
        let room = usize::from(BAR.min(brush.area().width.saturating_sub(x + 25)));
        let filled = if largest == 0 { 0 } else { (room * group.count).div_ceil(largest) };
        let bar = if context.ascii { "#" } else { "█" }.repeat(filled);
        brush.text(x + 24, y, &bar, BAR, context.theme.accent);
    }

    /// The headings over groups.
    pub(super) fn draw_group_headings(&self, brush: &mut Brush<'_>, y: u16, context: &Context<'_>) {
        let theme = context.theme;
        let by = self.layout.grouping.and_then(of_column).map_or("", |field| field.heading(context.language));
        brush.text(2, y, by, NAME, theme.accent);
        let x = 2 + NAME + 10;
        brush.text_left_of(x, y, context.say(words("customers", "客户数")), 10, theme.dim);
        brush.text_left_of(x + 9, y, context.say(words("share", "占比")), 8, theme.dim);
        brush.text_left_of(x + 21, y, context.say(words("revenue", "总金额")), 11, theme.dim);
    }
}
