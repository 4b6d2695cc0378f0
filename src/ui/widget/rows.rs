//! Which rows of a long list are seen, and which is selected.

use crate::ui::action::Action;

/// A selection in a list and the part of it that is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The selected row, counted from 0; 0 as well when there is none.
    pub selected: usize,
    /// The first row seen.
    pub top: usize,
    /// Rows that fit, as of the last drawing.
    pub height: usize,
    /// At the edge go on by half a page, for lines where each row scrolled costs time.
    pub leaps: bool,
}

impl Rows {
    /// Moves the selection by so many rows in a list of `count`.
    pub fn move_by(&mut self, rows: isize, count: usize) {
        self.select(self.selected.saturating_add_signed(rows), count);
    }

    /// Selects a row, or the last when there are fewer.
    pub fn select(&mut self, row: usize, count: usize) {
        self.selected = row.min(count.saturating_sub(1));
        self.follow(count);
    }

    /// Rows of a whole page.
    pub fn page(&self) -> isize {
        self.height.max(1) as isize
    }

    /// Rows of half a page.
    pub fn half(&self) -> isize {
        (self.height / 2).max(1) as isize
    }

    /// Moves as an act asks in a list of `count`; false when the act asks for something else.
    pub fn act(&mut self, action: Action, count: usize) -> bool {
        match action {
            Action::SelectNext => self.move_by(1, count),
            Action::SelectPrevious => self.move_by(-1, count),
            Action::SelectFirst => self.select(0, count),
            Action::SelectLast => self.select(count, count),
            Action::PageDown => self.move_by(self.page(), count),
            Action::PageUp => self.move_by(-self.page(), count),
            Action::HalfPageDown => self.move_by(self.half(), count),
            Action::HalfPageUp => self.move_by(-self.half(), count),
            _ => return false,
        }
        true
    }

    /// Shows the list in `height` rows: the selection stays inside and no room is left unused.
    pub fn fit(&mut self, height: usize, count: usize) {
        self.height = height;
        self.select(self.selected, count);
    }

    fn follow(&mut self, count: usize) {
        // How many fit is not known before the first drawing, and nothing is out of sight then.
        let height = if self.height == 0 { count.max(1) } else { self.height };
        let leap = if self.leaps { height / 2 } else { 0 };
        if self.selected < self.top {
            self.top = self.selected.saturating_sub(leap);
        } else if self.selected >= self.top + height {
            self.top = self.selected + 1 + leap - height.min(self.selected + 1 + leap);
        }
        self.top = self.top.min(count.saturating_sub(height));
    }

    /// The rows seen of a list of `count`.
    pub fn seen(&self, count: usize) -> std::ops::Range<usize> {
        self.top.min(count)..(self.top + self.height).min(count)
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;
    use proptest::prelude::*;

    #[test]
    fn over_a_slow_line_the_edge_moves_by_half_a_page() {
        let mut rows = Rows { height: 10, leaps: true, ..Rows::default() };
        (0..10).for_each(|_| rows.move_by(1, 100));
        assert_eq!((rows.selected, rows.top), (10, 6));
        let mut rows = Rows { height: 10, ..Rows::default() };
        (0..10).for_each(|_| rows.move_by(1, 100));
        assert_eq!((rows.selected, rows.top), (10, 1));
    }

    proptest! {
        #[test]
        fn the_selection_is_always_inside_and_seen(
            moves in prop::collection::vec((-200..200_isize, 0..50_usize, 0..300_usize, any::<bool>()), 1..40)
        ) {
            let mut rows = Rows::default();
            for (by, height, count, leaps) in moves {
                rows.leaps = leaps;
                rows.fit(height, count);
                rows.move_by(by, count);
                prop_assert!(rows.selected < count.max(1));
                if height > 0 && count > 0 {
                    prop_assert!(rows.seen(count).contains(&rows.selected));
                    prop_assert_eq!(rows.seen(count).len(), height.min(count));
                }
            }
        }
    }
}
