//! Which columns fit on the screen, where, how wide.

use super::{List, SHOWN};
use crate::query::field::{Column, of_column};
use crate::text::Language;
use crate::ui::context::Context;
use crate::ui::fit;

/// Columns of the screen a column wants: never less than its heading and the sign of the order, or a whole phone number.
fn wish(column: Column, language: Language, sign: u16) -> u16 {
    let Some(field) = of_column(column) else { return 0 };
    let wish = match column {
        Column::Name => 26,
        Column::Phone => 18,
        _ => field.column.map_or(0, |(_, wish)| wish),
    };
    wish.max(fit::width(field.heading(language)) as u16 + sign)
}

/// A column on the screen: which, where, how wide.
pub(super) struct Placed {
    pub(super) column: Column,
    pub(super) x: u16,
    pub(super) width: u16,
    pub(super) right: bool,
}

impl List {
    /// The columns that fit: the first stays, the others move with `first_column`; the first takes what is left over.
    pub(super) fn placed(&self, width: u16, context: &Context<'_>) -> Vec<Placed> {
        const GAP: u16 = 2;
        const LEAD: u16 = 2;
        let width = width.saturating_sub(LEAD);
        let sign = |column: Column| u16::from(column == self.sorting.column);
        let wish = |column: Column| wish(column, context.language, sign(column));
        let is_number = |column: Column| of_column(column).is_some_and(|field| field.holds.is_number());
        let [first, rest @ ..] = SHOWN;
        let lead = wish(first).min(width);
        let mut room = width - lead;
        let fitting: Vec<Column> = rest
            .into_iter()
            .skip(self.first_column)
            .take_while(|column| {
                let need = wish(*column) + GAP;
                let fits = room >= need;
                room = room.saturating_sub(if fits { need } else { room });
                fits
            })
            .collect();
        let used: u16 = fitting.iter().map(|column| wish(*column) + GAP).sum();
        let mut x = LEAD;
        let lead = (width - used).min(40);
        let all = std::iter::once((first, lead)).chain(fitting.into_iter().map(|column| (column, wish(column))));
        all.map(|(column, width)| {
            let placed = Placed { column, x, width, right: is_number(column) };
            x += width + GAP;
            placed
        })
        .collect()
    }
}
