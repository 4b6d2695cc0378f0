//! What was done to the book: who, when, what; the latest first.

use crate::desk::deeds::deeds;
use crate::desk::deeds::{Deed, Walk};
use crate::desk::history::summary;
use crate::domain::id::Id;
use crate::store::entry::{Cause, Target};
use crate::store::error::StoreError;
use crate::text::figures::short_day;
use crate::text::words;
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Place};
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::layout::Position;
use ratatui::style::Style;
use std::collections::HashSet;
use std::sync::Arc;

/// Deeds looked up at once.
const STRETCH: usize = 100;

/// The deeds seen so far.
#[derive(Default)]
pub struct Changes {
    /// The deeds, the latest first.
    pub deeds: Vec<Deed>,
    /// Which is selected.
    pub rows: Rows,
    walk: Walk,
    /// The number of the next entry when they were looked up.
    next: u64,
    trouble: Option<StoreError>,
}

impl Changes {
    /// Looks them up anew when something was done since. While long work goes on there is no end to that.
    pub fn refresh(&mut self, context: &Context<'_>) {
        self.rows.leaps = context.slow_line;
        let next = context.desk.store().next_seq();
        if next == self.next || context.far.is_some() {
            return;
        }
        (self.deeds, self.walk, self.trouble, self.next) = (Vec::new(), Walk::default(), None, next);
        self.look(context);
        self.rows.select(self.rows.selected, self.deeds.len());
    }

    fn look(&mut self, context: &Context<'_>) {
        match deeds(context.desk, &mut self.walk, STRETCH) {
            Ok(deeds) => self.deeds.extend(deeds),
            Err(error) => self.trouble = Some(error),
        }
    }

    /// Looks up more when the end comes near.
    pub fn look_further(&mut self, context: &Context<'_>) {
        if self.rows.selected + self.rows.height + 1 >= self.deeds.len() {
            self.look(context);
        }
    }

    /// The place of the deed that an entry is, or is a part of.
    pub fn place_of(&self, seq: u64) -> Option<usize> {
        self.deeds.iter().position(|deed| deed.told.head.seq <= seq)
    }

    /// Opens the customer a deed is about.
    pub fn open(&self, context: &Context<'_>) -> Effect {
        let home = |deed: &Deed| deed.told.changes.first().map(|change| change.home_after());
        let is_there = |home: &Id| context.book().row_of(*home).is_some();
        match self.deeds.get(self.rows.selected).and_then(home).filter(is_there) {
            Some(customer) => {
                let mut met = HashSet::new();
                let homes = self.deeds.iter().filter_map(home).filter(|home| is_there(home) && met.insert(*home));
                Effect::Open(Place::Detail { customer, among: Arc::new(homes.collect()) })
            }
            None => Effect::None,
        }
    }

    /// Draws the deeds; gives where the selected one stands.
    pub fn draw(&mut self, brush: &mut Brush<'_>, has_keys: bool, context: &Context<'_>) -> Option<Position> {
        let theme = context.theme;
        let area = brush.area();
        let title = context.say(words("Changes", "修改历史"));
        let x = brush.text(1, 0, title, 20, if has_keys { theme.bar } else { theme.dim });
        if let Some(error) = &self.trouble {
            brush.text(x + 2, 0, &error.say(context.language), u16::MAX, theme.alarm);
        }
        self.rows.fit(usize::from(area.height.saturating_sub(1)), self.deeds.len());
        let mut cursor = None;
        for (y, at) in (1..).zip(self.rows.seen(self.deeds.len())) {
            let Some(deed) = self.deeds.get(at) else { continue };
            draw_deed(brush, y, deed, context);
            if at == self.rows.selected {
                brush.select_line(y, if has_keys { theme.selected } else { theme.resting });
                cursor = Some(Position { x: area.x, y: area.y + y });
            }
        }
        cursor
    }
}

fn draw_deed(brush: &mut Brush<'_>, y: u16, deed: &Deed, context: &Context<'_>) {
    let theme = context.theme;
    let width = brush.area().width;
    let head = &deed.told.head;
    let at = format!("{} {}", short_day(head.at.day(), context.today()), head.at.local().format("%H:%M"));
    brush.text(2, y, &at, 12, theme.dim);
    brush.text_left_of(22, y, &format!("#{}", head.seq), 7, theme.dim);
    brush.text(23, y, &head.by, 9, theme.dim);
    let (state, room) = if deed.stands { ("", 1) } else { (context.say(words("taken back", "已撤销")), 13) };
    let style = if deed.stands { Style::new() } else { theme.dim };
    brush.text(33, y, &what(deed, context), width.saturating_sub(33 + room), style);
    brush.text_left_of(width.saturating_sub(1), y, state, 11, theme.dim);
}

/// What was done, in words: an import by its files, an undo by what it took back.
fn what(deed: &Deed, context: &Context<'_>) -> String {
    match &deed.told.head.cause {
        Cause::Import(files) => format!("{} {files}", context.say(words("imported", "导入"))),
        Cause::Undo(Target::Group(_)) => context.say(words("took an import back", "撤销一次导入")).to_owned(),
        Cause::Redo(Target::Group(_)) => context.say(words("made an import again", "恢复一次导入")).to_owned(),
        _ => summary(context.desk, &deed.told, context.language),
    }
}
