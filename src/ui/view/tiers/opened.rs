//! Customers opened from a number: of a recalculation, or of a quadrant.

use super::runs;
use crate::analysis::tier::Quadrant;
use crate::book::tiers::say::{quadrant_words, tier_shown};
use crate::book::tiers::worth::Worth;
use crate::desk::backstory::tier_moves;
use crate::domain::id::Id;
use crate::domain::tiers::TierRun;
use crate::exchange::export::cell::OutCell;
use crate::exchange::export::record::out_of;
use crate::exchange::export::{Asked, Format, OutError, Written, write_rows};
use crate::query::field::Column;
use crate::store::error::StoreError;
use crate::text::figures::short_money;
use crate::text::{Words, words};
use crate::ui::context::Context;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::style::Style;
use std::cmp::Reverse;

/// What a file says of each customer, before what is told of it here.
const COLUMNS: [Column; 5] = [Column::Code, Column::Name, Column::Owner, Column::Tier, Column::Phone];
/// Columns of a customer's name.
const NAME: u16 = 34;

/// Customers that no outlook holds, each with what is told of it.
pub struct Opened {
    title: String,
    /// What is told of each, and what a file of them is called by.
    told: Words,
    holds: &'static str,
    lines: Vec<(Id, String)>,
    /// Those seen, and the one selected.
    pub rows: Rows,
}

impl Opened {
    /// Who moved in a recalculation, falls first, from which tier to which.
    pub fn moved_in(run: &TierRun, context: &Context<'_>) -> Result<Opened, StoreError> {
        let shown = |name: &str| if name.is_empty() { "–".to_owned() } else { tier_shown(name, context.language) };
        let moves = tier_moves(context.desk, run)?.into_iter();
        let lines =
            moves.map(|(customer, before, after)| (customer, format!("{} → {}", shown(&before), shown(&after))));
        let (told, title) = (words("move", "变动"), runs::head(run, context.language));
        Ok(Opened { title, told, holds: "tier-moves", lines: lines.collect(), rows: Rows::default() })
    }

    /// Who stands in a quadrant, with the revenue of twelve months, the most first.
    pub fn standing_in(quadrant: Quadrant, worth: &Worth, context: &Context<'_>) -> Opened {
        let mut standing: Vec<_> = worth.standing.iter().filter(|(_, other, _)| *other == quadrant).collect();
        standing.sort_by_key(|(_, _, revenue)| Reverse(*revenue));
        let lines =
            standing.into_iter().map(|(customer, _, revenue)| (*customer, short_money(*revenue, context.language)));
        let title = quadrant_words(quadrant).0.say(context.language).to_owned();
        let told = words("revenue, 12 months", "近12个月销售额");
        Opened { title, told, holds: "quadrant", lines: lines.collect(), rows: Rows::default() }
    }

    /// The customers, in the order they are listed.
    pub fn customers(&self) -> impl Iterator<Item = Id> {
        self.lines.iter().map(|(customer, _)| *customer)
    }

    /// What a file of them is called by.
    pub const fn holds(&self) -> &'static str {
        self.holds
    }

    /// The customers written to a file, each with what is told of it here.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn write(&self, format: Format, bytes: &mut Vec<u8>, context: &Context<'_>) -> Result<Written, OutError> {
        let asked = Asked {
            language: context.language,
            as_of: context.today(),
            offset_minutes: context.now.offset_minutes(),
            ..Asked::default()
        };
        let named = COLUMNS.iter().map(|column| column.field());
        let mut headings: Vec<&str> = named.map(|field| field.heading(context.language)).collect();
        headings.push(context.say(self.told));
        let cells = |(customer, told): &(Id, String)| {
            let row = context.book().row_of(*customer)?;
            let cell = |column: &Column| context.book().cell(row, *column, context.today(), context.language).cell;
            let cells = COLUMNS.iter().map(|column| out_of(cell(column), |words| context.say(words).to_owned()));
            Some(cells.chain([OutCell::Text(told.clone())]).collect::<Vec<_>>())
        };
        write_rows(format, &asked, &headings, self.lines.iter().filter_map(cells), bytes)
    }

    /// How many customers there are.
    pub fn count(&self) -> usize {
        self.lines.len()
    }

    /// Draws the customers, one a line.
    pub fn draw(&mut self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let theme = context.theme;
        brush.text(1, 0, &self.title, u16::MAX, theme.strong);
        self.rows.leaps = context.slow_line;
        self.rows.fit(usize::from(brush.area().height.saturating_sub(2)), self.lines.len());
        for (y, place) in (2..).zip(self.rows.seen(self.lines.len())) {
            let Some((customer, told)) = self.lines.get(place) else { continue };
            let name = context.book().row_of(*customer).map_or("–", |row| row.name());
            brush.text(2, y, name, NAME - 3, theme.strong);
            brush.text(NAME, y, told, u16::MAX, Style::new());
            if place == self.rows.selected {
                brush.select_line(y, theme.selected);
            }
        }
        if self.lines.is_empty() {
            brush.text(2, 2, context.say(words("nobody", "没有客户")), u16::MAX, theme.dim);
        }
    }
}
