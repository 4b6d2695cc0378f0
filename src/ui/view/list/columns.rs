//! Which columns fit on the screen, where, how wide.

use crate::book::arrangement::Arrangement;
use crate::query::field::Column;
use crate::text::Language;
use crate::ui::context::Context;
use crate::ui::fit;

/// Cells between two columns.
const GAP: u16 = 2;
/// Cells before the first column, for marks.
const LEAD: u16 = 2;
/// The widest that the first column grows by itself.
const WIDEST: u16 = 40;

/// Columns of the screen a column wants by itself: never less than its heading and the sign of the order, or a whole
/// phone number.
pub(in crate::ui) fn wish(column: Column, language: Language, sign: u16) -> u16 {
    let field = column.field();
    let wish = field.column.map_or(0, |(_, wish)| wish);
    wish.max(fit::width(field.heading(language)) as u16 + sign)
}

/// A column on the screen: which, where, how wide.
pub(super) struct Placed {
    pub(super) column: Column,
    pub(super) x: u16,
    pub(super) width: u16,
    pub(super) right: bool,
}

/// How far the columns are moved.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sideways {
    /// The first of those that move.
    first: usize,
    /// How many stay on the screen as it was drawn last.
    stay: Option<usize>,
}

/// Columns that are to stay when the others move.
fn frozen(layout: &Arrangement) -> usize {
    layout.frozen.clamp(1, layout.columns.len().max(1))
}

/// Those of them that do in so many cells: there must be room for one more column, whichever it is, or nothing moves.
fn held(layout: &Arrangement, wishes: &[(Column, u16)], width: u16) -> usize {
    let fits = |held: &usize| {
        let (stay, move_on) = wishes.split_at_checked(*held).unwrap_or((wishes, &[]));
        let widest = move_on.iter().map(|(_, wish)| *wish).max().unwrap_or(0);
        stay.iter().map(|(_, wish)| wish + GAP).sum::<u16>() + widest <= width.saturating_sub(LEAD)
    };
    (1..=frozen(layout)).rev().find(fits).unwrap_or(1)
}

/// How wide each column would be.
fn wishes(layout: &Arrangement, context: &Context<'_>) -> Vec<(Column, u16)> {
    let signs = if layout.sorting.len() > 1 { 2 } else { 1 };
    let is_sorted = |column: Column| layout.sorting.iter().any(|sorting| sorting.column == column);
    let sign = |column: Column| if is_sorted(column) { signs } else { 0 };
    let wish = |(column, own): (Column, Option<u16>)| {
        (column, own.unwrap_or_else(|| wish(column, context.language, sign(column))))
    };
    layout.columns.iter().copied().map(wish).collect()
}

impl Sideways {
    /// How far the columns can be moved.
    fn last(self, layout: &Arrangement) -> usize {
        layout.columns.len().saturating_sub(self.stay.unwrap_or_else(|| frozen(layout)) + 1)
    }

    /// Moves them by one.
    pub(super) fn go(&mut self, on: bool, layout: &Arrangement) {
        self.first = if on { self.first + 1 } else { self.first.saturating_sub(1) };
        self.keep_within(layout);
    }

    /// Moves them no further than the last.
    pub(super) fn keep_within(&mut self, layout: &Arrangement) {
        self.first = self.first.min(self.last(layout));
    }

    /// Minds how many columns stay in so many cells, so that the others can be moved to the last.
    pub(super) fn mind_width(&mut self, layout: &Arrangement, width: u16, context: &Context<'_>) {
        self.stay = Some(held(layout, &wishes(layout, context), width));
        self.keep_within(layout);
    }

    /// The columns that fit: the first ones stay, the others move; the very first takes what is left
    /// over, unless it has a width of its own.
    pub(super) fn placed(self, layout: &Arrangement, width: u16, context: &Context<'_>) -> Vec<Placed> {
        let wishes = wishes(layout, context);
        let (frozen, moving) = wishes.split_at_checked(held(layout, &wishes, width)).unwrap_or((&wishes, &[]));
        let moving = moving.iter().skip(self.first);
        let mut room = width.saturating_sub(LEAD);
        let mut fitting: Vec<(Column, u16)> = Vec::new();
        for (place, (column, wish)) in frozen.iter().chain(moving).enumerate() {
            let gap = if place == 0 { 0 } else { GAP };
            // The first is always there, however narrow the screen.
            let wish = if place == 0 { (*wish).min(room) } else { *wish };
            if wish + gap > room {
                break;
            }
            room -= wish + gap;
            fitting.push((*column, wish));
        }
        let own = layout.columns.first().is_some_and(|(_, own)| own.is_some());
        if let Some((_, first)) = fitting.first_mut().filter(|_| !own) {
            *first = (*first + room).min(WIDEST.max(*first));
        }
        let mut x = LEAD;
        let place = |(column, width): (Column, u16)| {
            let right = column.field().holds.is_number();
            let placed = Placed { column, x, width, right };
            x += width + GAP;
            placed
        };
        fitting.into_iter().map(place).collect()
    }
}
